"""An edited record that now looks like somebody else's."""

import pytest

from intake_app.domain.patients import Patient
from intake_app.ui.presenters.likeness import LikenessPresenter
from intake_app.ui.presenters.patient_page import PatientPagePresenter
from tests.presenters.pages import a_page
from tests.services.desk import Desk

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def page(desk: Desk) -> PatientPagePresenter:
    """Return the page of John Miller; Clara Weber is in the database, too."""
    desk.register("Weber, Clara 3/4/1951")
    return a_page(desk, desk.register("Miller, John 5/6/1960"))


@pytest.fixture
def likeness(page: PatientPagePresenter) -> LikenessPresenter:
    """Return who watches that page."""
    return LikenessPresenter(page)


def become(page: PatientPagePresenter, **values: str) -> None:
    """Type these fields of the patient and save."""
    form = page.form(Patient)
    for key, value in values.items():
        form.edit(key, value)
    page.autosave.flush()


def test_a_record_edited_into_somebody_elses_likeness_says_so(
    page: PatientPagePresenter, likeness: LikenessPresenter
) -> None:
    become(page, family_name="Weber", given_name="Clara", birth_date="3/4/1951")

    assert likeness.text().startswith("May be the same person as Weber, Clara, 4 March 1951")


def test_another_edit_asks_nobody(page: PatientPagePresenter, likeness: LikenessPresenter) -> None:
    become(page, city="Ames")

    assert likeness.text() == ""


def test_an_edit_that_is_taken_back_takes_the_line_back(
    page: PatientPagePresenter, likeness: LikenessPresenter
) -> None:
    become(page, family_name="Weber", given_name="Clara", birth_date="3/4/1951")

    become(page, family_name="Miller", given_name="John", birth_date="5/6/1960")

    assert likeness.text() == ""


def test_two_people_told_apart_are_not_shown_again(
    page: PatientPagePresenter, likeness: LikenessPresenter
) -> None:
    become(page, family_name="Weber", given_name="Clara", birth_date="3/4/1951")

    likeness.tell_apart()
    after = likeness.text()
    become(page, given_name="Klara")

    assert (after, likeness.text()) == ("", "")
