"""Two records side by side: what is proposed, picked and done."""

import pytest

from intake_app.domain.errors import AppError
from intake_app.domain.merging import Agreement, Side
from intake_app.domain.patients import Patient
from intake_app.domain.staff import Actor
from intake_app.ui.presenters.merge import MergeLine, MergePresenter
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import a_page, program
from tests.services.desk import RECEPTION
from tests.services.twins import Twins, twins_at_the_desk

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def twins() -> Twins:
    """Return a desk where Jane Doe was registered twice."""
    return twins_at_the_desk()


def a_merge(
    twins: Twins, *ids: str, tasks: ImmediateTasks | None = None, actor: Actor = RECEPTION
) -> MergePresenter:
    one, other = ids or (twins.stays, twins.joins)
    presenter = MergePresenter(
        program(twins.desk), actor, tasks or ImmediateTasks(), one_id=one, other_id=other
    )
    presenter.load()
    return presenter


def line(presenter: MergePresenter, name: str) -> MergeLine:
    return {each.name: each for each in presenter.lines()}[name]


def test_the_record_registered_first_is_proposed_to_stay(twins: Twins) -> None:
    presenter = a_merge(twins, twins.joins, twins.stays)

    assert presenter.half(Side.STAYS).record_number == "P-000001"


def test_each_record_says_who_it_is_and_which_visits_it_has(twins: Twins) -> None:
    half = a_merge(twins).half(Side.JOINS)

    assert half.sentence == (
        "Dow, Jane, 4 March 1951, 75 years, P-000002, registered 23 November 2026, "
        "1 visit: 23 November 2026"
    )


def test_of_what_differs_the_newer_is_marked_and_picked(twins: Twins) -> None:
    shown = line(a_merge(twins), "patient.family_name")

    assert (shown.stays, shown.joins) == ("Doe", "Dow")
    assert (shown.agreement, shown.newer, shown.picked) == (
        Agreement.DIFFER,
        Side.JOINS,
        Side.JOINS,
    )


def test_what_one_of_them_lacks_is_a_dash(twins: Twins) -> None:
    shown = line(a_merge(twins), "patient.email")

    assert (shown.stays, shown.joins, shown.newer) == ("–", "jane@example.org", None)


def test_a_text_that_cannot_be_read_is_shown_as_such(twins: Twins) -> None:
    twins.desk.save(twins.patient(twins.joins), {"home_phone": "ask her"}, actor=RECEPTION)

    shown = line(a_merge(twins), "patient.home_phone")

    assert shown.joins == "“ask her” (cannot be read)"


def test_another_pick_counts(twins: Twins) -> None:
    presenter = a_merge(twins)
    told: list[str] = []
    presenter.picked.connect(told.append)

    presenter.pick("patient.family_name", Side.STAYS)
    presenter.pick("patient.family_name", Side.STAYS)
    presenter.merge()

    assert told == ["patient.family_name"]
    assert twins.patient(twins.stays).family_name == "Doe"


def test_swapping_keeps_what_was_picked(twins: Twins) -> None:
    presenter = a_merge(twins)
    presenter.pick("patient.family_name", Side.STAYS)

    presenter.swap()
    presenter.merge()

    assert presenter.half(Side.STAYS).record_number == "P-000002"
    assert twins.patient(twins.joins).family_name == "Doe"
    assert twins.patient(twins.stays).merged_into == twins.joins


def test_different_dates_of_birth_are_warned_of(twins: Twins) -> None:
    twins.desk.save(twins.patient(twins.joins), {"birth_date": "4/3/1951"}, actor=RECEPTION)

    assert "date of birth" in a_merge(twins).warning()


def test_without_such_a_difference_there_is_no_warning(twins: Twins) -> None:
    assert a_merge(twins).warning() == ""


def test_the_summary_names_both_numbers(twins: Twins) -> None:
    said = a_merge(twins).summary()

    assert said.startswith("All visits of P-000002 come to P-000001")


def test_merging_tells_who_stays(twins: Twins) -> None:
    presenter = a_merge(twins)
    told: list[str] = []
    presenter.merged.connect(told.append)

    presenter.merge()

    assert told == [twins.stays]


def test_a_second_press_does_nothing(twins: Twins) -> None:
    tasks = ImmediateTasks()
    presenter = a_merge(twins, tasks=tasks)
    errors: list[AppError] = []
    presenter.failed.connect(errors.append)
    tasks.held = True

    presenter.merge()
    presenter.merge()
    tasks.release()
    presenter.merge()
    tasks.release()

    assert errors == []
    assert len(twins.desk.merging.merges(RECEPTION, twins.stays)) == 1


def test_what_somebody_changed_meanwhile_is_shown_and_can_be_merged_then(twins: Twins) -> None:
    presenter = a_merge(twins)
    errors: list[AppError] = []
    presenter.failed.connect(errors.append)
    presenter.pick("patient.family_name", Side.STAYS)
    twins.desk.save(twins.patient(twins.joins), {"pronouns": "she"}, actor=RECEPTION)

    presenter.merge()

    assert [error.code for error in errors] == ["conflict"]
    assert line(presenter, "patient.pronouns").joins == "she"
    assert line(presenter, "patient.family_name").picked is Side.STAYS
    presenter.merge()
    assert twins.patient(twins.stays).pronouns == "she"


@pytest.mark.parametrize(
    ("ids", "code"),
    [(("id-1", "id-1"), "same_record"), (("id-1", "nobody"), "not_found")],
    ids=["one and the same", "gone"],
)
def test_what_cannot_be_compared_is_told(twins: Twins, ids: tuple[str, str], code: str) -> None:
    errors: list[AppError] = []
    presenter = MergePresenter(
        program(twins.desk), RECEPTION, ImmediateTasks(), one_id=ids[0], other_id=ids[1]
    )
    presenter.failed.connect(errors.append)

    presenter.load()

    assert [error.code for error in errors] == [code]
    assert not presenter.is_ready


def test_a_page_that_was_open_shows_the_patient_who_stays_and_saves_there(twins: Twins) -> None:
    page = a_page(twins.desk, twins.second_visit, RECEPTION)
    form = page.form(Patient)
    twins.merge()

    page.reread()
    form.edit("city", "Ames")
    page.flush()

    assert page.header().record.endswith("P-000001")
    assert twins.patient(twins.stays).city == "Ames"
    assert twins.patient(twins.joins).city == ""
