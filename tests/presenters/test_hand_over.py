"""Teach-back and hand-over on the page: what is asked, what is kept, what it says."""

import pytest
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import AppError
from intake_app.domain.handing import Listener, SaidBack, TeachBack
from intake_app.domain.staff import Actor
from intake_app.domain.visits import VisitState
from intake_app.ui.presenters.hand_over import HandOverPresenter, Row
from intake_app.ui.presenters.patient_page import PatientPagePresenter
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import a_page
from tests.services.desk import NURSE, RECEPTION, Desk
from tests.services.papers import approved, printed

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def visit_id(desk: Desk) -> str:
    """Return a visit in recovery whose sheet can be printed."""
    return approved(desk)


def handing(
    desk: Desk, visit_id: str, actor: Actor = NURSE, tasks: ImmediateTasks | None = None
) -> HandOverPresenter:
    """Return the presenter of a visit's hand-over, in view."""
    presenter = HandOverPresenter(a_page(desk, visit_id, actor, tasks))
    presenter.start()
    return presenter


def page_of(presenter: HandOverPresenter) -> PatientPagePresenter:
    page = presenter.parent()
    assert isinstance(page, PatientPagePresenter)
    return page


def row(presenter: HandOverPresenter, key: str) -> Row:
    return next(each for each in presenter.rows() if each.key == key)


def give(presenter: HandOverPresenter, **values: bool | str) -> None:
    """Type to whom the sheet goes."""
    for key, value in ({"to_patient": True} | values).items():
        presenter.form.set_value(key, value)
    page_of(presenter).autosave.flush()


def kept(desk: Desk, visit_id: str) -> dict[str, TeachBack]:
    with desk.work as work:
        return {each.group: each for each in work.records(TeachBack).owned_by(visit_id)}


def test_the_questions_are_those_of_the_sheet(desk: Desk, visit_id: str) -> None:
    rows = handing(desk, visit_id).rows()

    assert [each.title for each in rows][:2] == ["Danger signs", "Whom to call"]
    assert all(each.question.endswith("?") and each.line == "" for each in rows)


def test_looking_writes_nothing(desk: Desk, visit_id: str) -> None:
    presenter = handing(desk, visit_id)
    commits = desk.work.commits

    presenter.refresh()

    assert desk.work.commits == commits


def test_an_answer_is_kept_at_once_and_says_who_asked(desk: Desk, visit_id: str) -> None:
    presenter = handing(desk, visit_id)

    presenter.say("wound", SaidBack.FIRST)

    answer = kept(desk, visit_id)["wound"]
    assert (answer.said_back, answer.listener) == (SaidBack.FIRST, Listener.PATIENT)
    assert row(presenter, "wound").line == "Patient · Nora Hill, 14:00"


def test_the_carer_says_it_back(desk: Desk, visit_id: str) -> None:
    presenter = handing(desk, visit_id)
    presenter.listener = Listener.CARER

    presenter.say("wound", SaidBack.AGAIN)

    assert kept(desk, visit_id)["wound"].listener is Listener.CARER
    assert row(presenter, "wound").more


def test_the_same_answer_again_takes_it_back(desk: Desk, visit_id: str) -> None:
    presenter = handing(desk, visit_id)
    presenter.say("wound", SaidBack.FIRST)

    presenter.say("wound", SaidBack.FIRST)

    answer = kept(desk, visit_id)["wound"]
    assert (answer.said_back, answer.listener) == (None, None)
    assert row(presenter, "wound").line == ""


def test_a_note_is_kept_by_itself(desk: Desk, visit_id: str) -> None:
    presenter = handing(desk, visit_id)
    presenter.say("limits", SaidBack.AGAIN)

    presenter.model("limits").edit("note", "Mixed up the days")
    page_of(presenter).autosave.flush()

    assert kept(desk, visit_id)["limits"].note == "Mixed up the days"


def test_what_another_nurse_answered_shows(desk: Desk, visit_id: str) -> None:
    presenter = handing(desk, visit_id)
    desk.handing_over.say_back(
        NURSE, visit_id, "limits", draft={"said_back": SaidBack.NOT_ABLE, "listener": "carer"}
    )

    page_of(presenter).reread()

    assert row(presenter, "limits").said_back is SaidBack.NOT_ABLE


def test_reception_reads_and_answers_nothing(desk: Desk, visit_id: str) -> None:
    presenter = handing(desk, visit_id, RECEPTION)

    presenter.say("wound", SaidBack.FIRST)

    assert kept(desk, visit_id) == {}
    assert not presenter.may_hand_over
    assert presenter.form.read_only("interpreter")


def test_the_reasons_stand_there_until_they_are_gone(desk: Desk, visit_id: str) -> None:
    presenter = handing(desk, visit_id)
    first = presenter.refusals()
    printed(desk, visit_id)
    page_of(presenter).reread()
    second = presenter.refusals()

    give(presenter)

    assert [said.split(".")[0] for said in first] == [
        "The aftercare sheet has not been printed yet"
    ]
    assert [said.split(":")[0] for said in second] == ["Tick who gets the sheet"]
    assert presenter.refusals() == ()
    assert presenter.can_hand_over


def test_handing_over_says_when_by_whom_and_to_whom(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    presenter = handing(desk, visit_id)
    give(presenter, to_carer=True, carer_name="John Doe")

    presenter.check_fresh(presenter.hand_over)

    assert presenter.is_done
    assert presenter.done_words() == "Handed over 14:00 by Nora Hill: Patient, Carer (John Doe)"
    assert presenter.refusals() == ()
    assert desk.case(visit_id).visit.state is VisitState.READY


def test_the_section_is_complete_once_the_sheet_is_handed_over(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    presenter = handing(desk, visit_id)
    page = page_of(presenter)
    page.printed = True
    told: list[bool] = []
    page.sections_changed.connect(lambda: told.append(True))
    give(presenter)

    presenter.hand_over()

    assert page.sections()[7].missing == ()
    assert told


def test_a_record_that_changed_meanwhile_is_said_and_nothing_is_recorded(
    qtbot: QtBot, desk: Desk, visit_id: str
) -> None:
    printed(desk, visit_id)
    presenter = handing(desk, visit_id)
    give(presenter)
    desk.save(desk.case(visit_id).procedure, {"closure": "glue"})
    called: list[bool] = []
    failures: list[AppError] = []
    page_of(presenter).failed.connect(failures.append)

    presenter.check_fresh(lambda: called.append(True))

    assert called == []
    assert [error.code for error in failures] == ["cannot_hand_over"]
    assert "Print the corrected sheet" in presenter.refusals()[0]


def test_taking_it_back_opens_it_again(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    presenter = handing(desk, visit_id)
    give(presenter)
    presenter.hand_over()

    presenter.take_back()

    assert not presenter.is_done
    assert presenter.can_hand_over
    assert desk.case(visit_id).visit.state is VisitState.RECOVERY


def test_a_corrected_sheet_keeps_the_hand_over_of_the_old_one_in_sight(
    desk: Desk, visit_id: str
) -> None:
    printed(desk, visit_id)
    presenter = handing(desk, visit_id)
    give(presenter)
    presenter.hand_over()
    desk.save(desk.case(visit_id).procedure, {"closure": "glue"})
    printed(desk, visit_id)

    page_of(presenter).reread()

    assert not presenter.is_done
    assert presenter.earlier_words() == ("Handed over 14:00 by Nora Hill: Patient",)


def test_an_older_answer_on_its_way_is_dropped(desk: Desk, visit_id: str) -> None:
    tasks = ImmediateTasks()
    presenter = handing(desk, visit_id, tasks=tasks)
    tasks.held = True
    presenter.refresh()
    printed(desk, visit_id)
    presenter.refresh()

    tasks.release()

    assert presenter.has_sheet


def test_out_of_view_nothing_is_read(desk: Desk, visit_id: str) -> None:
    presenter = handing(desk, visit_id)
    presenter.stop()
    printed(desk, visit_id)

    page_of(presenter).reread()

    assert not presenter.has_sheet


def test_a_press_counts_although_the_record_is_read_again_meanwhile(
    desk: Desk, visit_id: str
) -> None:
    printed(desk, visit_id)
    tasks = ImmediateTasks()
    presenter = handing(desk, visit_id, tasks=tasks)
    give(presenter)
    pressed: list[str] = []
    tasks.held = True

    presenter.check_fresh(lambda: pressed.append("handed over"))
    presenter.refresh()
    tasks.release()

    assert pressed == ["handed over"]
