"""Levels typed, drawn and listed stay in step."""

import pytest
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import AppError
from intake_app.domain.fractures import FractureStatus
from intake_app.domain.sentences import error_sentence, sentence
from intake_app.services.fractures import LEVELS_FORM
from intake_app.ui.presenters.fractures import FracturesPresenter
from intake_app.ui.presenters.patient_page import PatientPagePresenter
from tests.presenters.pages import a_page
from tests.services.desk import NURSE, RECEPTION, Desk

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def page(desk: Desk, visit_id: str) -> PatientPagePresenter:
    """Return the page of a visit, seen by a nurse."""
    return a_page(desk, visit_id)


@pytest.fixture
def fractures(page: PatientPagePresenter) -> FracturesPresenter:
    """Return the fractures of that visit."""
    return FracturesPresenter(page)


def marked(desk: Desk, visit_id: str) -> list[str]:
    """Return the levels in the database."""
    return [row.level.value for row in desk.case(visit_id).fractures]


@pytest.mark.parametrize("typed", ["T12, L1", "d12 l1", "12th thoracic, L1", "L1;Th12"])
def test_a_typed_line_becomes_rows(
    desk: Desk, visit_id: str, fractures: FracturesPresenter, typed: str
) -> None:
    fractures.type_levels(typed.replace("d12 l1", "d12, l1"))

    fractures.commit_levels()

    assert marked(desk, visit_id) == ["T12", "L1"]
    assert fractures.text == "T12, L1"


def test_the_estimate_counts_while_the_line_is_typed(
    page: PatientPagePresenter, fractures: FracturesPresenter
) -> None:
    fractures.type_levels("T12, L1-L3")

    assert page.estimate_text().count == "4 fractures planned to treat"


def test_a_line_that_cannot_be_read_changes_nothing(
    desk: Desk, visit_id: str, fractures: FracturesPresenter
) -> None:
    fractures.type_levels("T12")
    fractures.commit_levels()
    fractures.type_levels("T12, T13")

    fractures.commit_levels()

    assert marked(desk, visit_id) == ["T12"]
    assert [sentence(problem) for problem in fractures.problems] == [
        "There is no T13: this part of the spine goes from T1 to T12."
    ]


def test_a_line_that_cannot_be_read_is_shown_again_at_reopening(
    desk: Desk, visit_id: str, fractures: FracturesPresenter
) -> None:
    fractures.type_levels("T12, banana")
    fractures.commit_levels()

    again = FracturesPresenter(a_page(desk, visit_id))

    assert again.text == "T12, banana"
    assert len(again.problems) == 1


def test_a_level_named_twice_is_said_and_counted_once(
    desk: Desk, visit_id: str, fractures: FracturesPresenter
) -> None:
    fractures.type_levels("T12, T12")

    fractures.commit_levels()

    assert marked(desk, visit_id) == ["T12"]
    assert [problem.code for problem in fractures.problems] == ["level_twice"]


def test_marking_a_vertebra_writes_it_into_the_line(fractures: FracturesPresenter) -> None:
    fractures.add("L2")
    fractures.add("T12")

    assert fractures.text == "T12, L2"
    assert list(fractures.statuses()) == ["T12", "L2"]


def test_a_level_that_is_there_already_is_refused_with_a_sentence(
    page: PatientPagePresenter, fractures: FracturesPresenter
) -> None:
    failures: list[AppError] = []
    page.failed.connect(failures.append)
    fractures.add("T12")

    fractures.add("T12")

    assert [error_sentence(failure) for failure in failures] == [
        "T12 is already in the list of fractures. Change that row instead."
    ]


def test_unknown_levels_count_and_survive_another_line(
    desk: Desk, visit_id: str, page: PatientPagePresenter, fractures: FracturesPresenter
) -> None:
    fractures.add_unknown()
    fractures.add_unknown()
    fractures.type_levels("T12")

    fractures.commit_levels()

    assert marked(desk, visit_id) == ["T12", "unknown", "unknown"]
    assert page.estimate_text().count == "3 fractures planned to treat"


def test_an_unknown_level_can_be_named_later(
    desk: Desk, visit_id: str, page: PatientPagePresenter, fractures: FracturesPresenter
) -> None:
    fractures.add_unknown()
    assert fractures.editor is not None

    fractures.editor.edit("level", "L3")
    page.flush()

    assert marked(desk, visit_id) == ["L3"]


def test_a_row_cannot_take_the_level_of_another(
    desk: Desk, visit_id: str, page: PatientPagePresenter, fractures: FracturesPresenter
) -> None:
    fractures.add("T12")
    fractures.add("L1")
    assert fractures.editor is not None

    fractures.editor.edit("level", "T12")
    fractures.editor.edit("cause", "trauma")
    page.flush()

    problem = fractures.editor.problem("level")
    assert problem is not None
    assert "T12" in sentence(problem)
    assert marked(desk, visit_id) == ["T12", "L1"]
    assert desk.case(visit_id).fractures[1].cause == "trauma"


def test_only_planned_rows_count_and_a_new_status_counts_at_once(
    page: PatientPagePresenter, fractures: FracturesPresenter
) -> None:
    fractures.add("T12")
    fractures.add("L1")
    assert fractures.editor is not None

    fractures.editor.edit("status", "healed")

    assert page.estimate_text().count == "1 fracture planned to treat"
    assert fractures.statuses()["L1"] is FractureStatus.HEALED


def test_a_row_that_was_removed_is_gone_from_the_line(
    desk: Desk, visit_id: str, fractures: FracturesPresenter
) -> None:
    fractures.add("T12")
    fractures.add("L1")

    fractures.remove(fractures.rows[0].id)

    assert fractures.text == "L1"
    assert marked(desk, visit_id) == ["L1"]


def test_a_line_does_not_drop_a_row_with_data_by_a_mere_pause(
    page: PatientPagePresenter, fractures: FracturesPresenter, desk: Desk, visit_id: str
) -> None:
    fractures.add("T12")
    assert fractures.editor is not None
    fractures.editor.edit("cause", "osteoporosis")
    page.autosave.flush()

    fractures.type_levels("T1")
    going = fractures.rows_that_would_go()
    fractures.restore_text()

    assert [row.level.value for row in going] == ["T12"]
    assert fractures.text == "T12"
    assert marked(desk, visit_id) == ["T12"]


def test_a_row_without_data_of_its_own_goes_without_a_question(
    fractures: FracturesPresenter,
) -> None:
    fractures.add("T12")

    fractures.type_levels("T11")

    assert fractures.rows_that_would_go() == ()


def test_a_nurse_confirms_the_levels_by_name(fractures: FracturesPresenter) -> None:
    fractures.add("T12")
    before = fractures.confirmation()

    fractures.confirm()

    assert before == "Not confirmed by a nurse yet"
    assert fractures.confirmation() == f"Confirmed by {NURSE.name}"
    assert not fractures.may_confirm


def test_reception_marks_levels_but_does_not_confirm_them(desk: Desk, visit_id: str) -> None:
    fractures = FracturesPresenter(a_page(desk, visit_id, RECEPTION))

    fractures.add("T12")

    assert fractures.text == "T12"
    assert not fractures.may_confirm


def test_leaving_the_page_keeps_a_line_that_is_being_typed(
    desk: Desk, visit_id: str, page: PatientPagePresenter, fractures: FracturesPresenter
) -> None:
    fractures.type_levels("T12")
    before = page.is_saved()

    page.flush()

    assert not before
    assert page.is_saved()
    assert marked(desk, visit_id) == ["T12"]


def test_a_line_that_would_take_a_filled_row_away_is_kept_as_text_after_a_pause(
    desk: Desk, visit_id: str, qtbot: QtBot
) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12, L1")
    desk.save(desk.case(visit_id).fractures[0], {"cause": "osteoporosis"})
    fractures = FracturesPresenter(a_page(desk, visit_id, RECEPTION))

    fractures.type_levels("L1, L2")

    def kept() -> dict[str, str]:
        return dict(desk.forms.typed(RECEPTION, LEVELS_FORM, visit_id))

    qtbot.waitUntil(lambda: kept() == {"levels": "L1, L2"}, timeout=3000)
    assert [row.level for row in desk.case(visit_id).fractures] == ["T12", "L1"]
    fractures.restore_text()
    assert kept() == {}
