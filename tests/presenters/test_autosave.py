"""What is typed is saved by itself, and never lost."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import DatabaseLockedError
from intake_app.domain.fields import FieldValue, fields_of
from intake_app.domain.patients import Patient
from intake_app.domain.sentences import sentence
from intake_app.domain.validation import checks_of, draft_of
from intake_app.ui.presenters.autosave import Autosave, Draft, Kept
from intake_app.ui.presenters.disputes import Settle
from intake_app.ui.presenters.form import FormModel
from tests.builders import a_locality
from tests.fakes_ui import ImmediateTasks
from tests.services.desk import NURSE, RECEPTION, Desk

pytestmark = pytest.mark.usefixtures("qapp")


class Form:
    """The identity of one patient as a form that saves itself at a desk."""

    def __init__(self, desk: Desk, visit_id: str, *, held: bool = False) -> None:
        self.desk = desk
        self.patient = desk.case(visit_id).patient
        self.tasks = ImmediateTasks(held=held)
        self.autosave = Autosave(self.tasks)
        self.saves: list[Draft] = []
        self.broken = False
        self.failures: list[object] = []
        self.autosave.failed.connect(self.failures.append)
        self.model = FormModel(
            "patient", fields_of(Patient), locality=a_locality(), checks=checks_of(Patient)
        )
        opened = desk.forms.open(NURSE, Patient, self.patient.id)
        self.autosave.watch(
            self.model, self.save, values=draft_of(opened.record), typed=opened.typed
        )

    def save(self, draft: Draft, seen: Draft) -> Kept:
        """Keep a draft at the desk."""
        if self.broken:
            raise DatabaseLockedError
        self.saves.append(draft)
        saved = self.desk.forms.save(NURSE, Patient, self.patient.id, draft=draft, seen=seen)
        return Kept(draft_of(saved.record), saved.problems)

    def stored(self, key: str) -> FieldValue:
        """Return what the database holds."""
        record = self.desk.forms.open(NURSE, Patient, self.patient.id).record
        value: FieldValue = getattr(record, key)
        return value

    def changed_by_reception(self, key: str, value: str) -> None:
        """Let somebody else save a field."""
        self.desk.forms.save(RECEPTION, Patient, self.patient.id, draft={key: value})


@pytest.fixture
def form(desk: Desk, visit_id: str) -> Form:
    """Return the form of Jane Doe."""
    return Form(desk, visit_id)


def test_what_was_typed_is_kept_by_a_flush(form: Form) -> None:
    form.model.edit("city", "Ames")

    form.autosave.flush()

    assert form.stored("city") == "Ames"
    assert not form.autosave.pending


def test_what_was_typed_is_kept_after_a_pause(form: Form, qtbot: QtBot) -> None:
    form.model.edit("city", "Ames")

    qtbot.waitUntil(lambda: form.stored("city") == "Ames", timeout=3000)


def test_edits_of_one_pause_are_one_save(form: Form) -> None:
    form.model.edit("city", "Ames")
    form.model.edit("region", "Iowa")

    form.autosave.flush()

    assert form.saves == [{"city": "Ames", "region": "Iowa"}]


def test_nothing_is_saved_where_nothing_changed(form: Form) -> None:
    form.model.edit("city", "Ames")
    form.model.edit("city", "")

    form.autosave.flush()

    assert form.saves == []


def test_unreadable_text_is_shown_again_at_reopening(form: Form, desk: Desk, visit_id: str) -> None:
    form.model.edit("birth_date", "31 February 1951")
    form.autosave.flush()

    again = Form(desk, visit_id)

    assert again.model.text("birth_date") == "31 February 1951"
    assert again.model.problem("birth_date") is not None
    assert form.stored("birth_date") == date(1951, 3, 4)


def test_text_that_was_put_right_is_forgotten(form: Form, desk: Desk, visit_id: str) -> None:
    form.model.edit("birth_date", "31 February 1951")
    form.autosave.flush()
    form.model.edit("birth_date", "4 March 1951")
    form.autosave.flush()

    again = Form(desk, visit_id)

    assert again.model.text("birth_date") == "4 March 1951"
    assert not again.autosave.pending


def test_a_finished_save_does_not_rewrite_what_is_being_typed(form: Form) -> None:
    form.model.edit("given_name", "Anna ")

    form.autosave.flush()

    assert form.model.text("given_name") == "Anna "


def test_what_somebody_else_saved_meanwhile_is_shown(form: Form) -> None:
    form.changed_by_reception("city", "Ames")
    form.model.edit("region", "Iowa")

    form.autosave.flush()

    assert form.model.text("city") == "Ames"
    assert form.stored("region") == "Iowa"


def test_a_field_somebody_else_changed_is_not_overwritten(form: Form) -> None:
    form.changed_by_reception("city", "Ames")
    form.model.edit("city", "Boone")

    form.autosave.flush()

    problem = form.model.problem("city")
    assert form.stored("city") == "Ames"
    assert form.model.text("city") == "Boone"
    assert problem is not None
    assert sentence(problem)


def test_keeping_mine_having_seen_the_other_value_replaces_it(form: Form) -> None:
    form.changed_by_reception("city", "Ames")
    form.model.edit("city", "Boone")
    form.autosave.flush()

    form.model.settle("city", Settle.MINE)
    form.autosave.flush()

    assert form.stored("city") == "Boone"


def test_a_disputed_field_is_not_sent_again_by_itself(form: Form) -> None:
    form.changed_by_reception("city", "Ames")
    form.model.edit("city", "Boone")
    form.autosave.flush()

    form.autosave.flush()

    assert form.stored("city") == "Ames"


def test_a_database_that_cannot_be_reached_loses_nothing(form: Form) -> None:
    form.broken = True
    form.model.edit("city", "Ames")
    form.autosave.flush()
    form.broken = False

    form.autosave.flush()

    assert [type(failure) for failure in form.failures] == [DatabaseLockedError]
    assert form.stored("city") == "Ames"


def test_a_save_on_its_way_counts_as_not_saved(desk: Desk, visit_id: str) -> None:
    form = Form(desk, visit_id, held=True)
    form.model.edit("city", "Ames")
    form.autosave.flush()

    before = form.autosave.pending
    form.tasks.release()

    assert before
    assert not form.autosave.pending


def test_typing_on_while_a_save_is_on_its_way_is_no_conflict(desk: Desk, visit_id: str) -> None:
    form = Form(desk, visit_id, held=True)
    form.model.edit("city", "Am")
    form.autosave.flush()
    form.model.edit("city", "Ames")
    form.autosave.flush()

    form.tasks.release()

    assert form.stored("city") == "Ames"
    assert form.model.problem("city") is None
    assert not form.autosave.pending


def test_a_new_value_in_the_database_does_not_hide_a_later_conflict(form: Form) -> None:
    form.model.edit("city", "Boone")
    form.changed_by_reception("city", "Ames")
    form.autosave.reload(form.model, values={"city": "Ames"})

    form.autosave.flush()

    assert form.stored("city") == "Ames"
    assert form.model.problem("city") is not None


def test_who_waits_for_the_save_is_told_when_it_is_done(desk: Desk, visit_id: str) -> None:
    form = Form(desk, visit_id, held=True)
    told: list[FieldValue] = []
    form.model.edit("city", "Ames")

    form.autosave.when_saved(lambda: told.append(form.stored("city")))
    before = list(told)
    form.tasks.release()

    assert before == []
    assert told == ["Ames"]


# --- two people at one field ----------------------------------------------------------------


def disputed(form: Form, mine: str = "Boone") -> Form:
    """Let reception save Ames while a nurse types something else."""
    form.changed_by_reception("city", "Ames")
    form.model.edit("city", mine)
    form.autosave.flush()
    return form


def test_both_values_wait_under_the_field(form: Form) -> None:
    disputed(form)

    dispute = form.model.disputed("city")
    assert dispute is not None
    assert (dispute.mine, dispute.theirs, form.model.text("city")) == ("Boone", "Ames", "Boone")
    assert not form.autosave.pending


def test_taking_theirs_shows_theirs(form: Form) -> None:
    disputed(form).model.settle("city", Settle.THEIRS)

    assert (form.model.text("city"), form.stored("city")) == ("Ames", "Ames")
    assert (form.model.disputed("city"), form.autosave.pending) == (None, False)


def test_keeping_both_of_two_texts_joins_them(form: Form) -> None:
    form.changed_by_reception("who_helps", "Her son")
    form.model.edit("who_helps", "Her neighbour")
    form.autosave.flush()

    form.model.settle("who_helps", Settle.BOTH)

    assert form.stored("who_helps") == "Her son; Her neighbour"


def test_typing_on_does_not_decide_a_dispute(form: Form) -> None:
    disputed(form).model.edit("city", "Boone, Iowa")
    form.autosave.flush()

    dispute = form.model.disputed("city")
    assert (dispute.mine if dispute else "", form.stored("city")) == ("Boone, Iowa", "Ames")
    assert not form.autosave.pending


def test_typing_what_the_other_saved_ends_a_dispute(form: Form) -> None:
    disputed(form).model.edit("city", "Ames")
    form.autosave.flush()

    assert (form.model.disputed("city"), form.stored("city")) == (None, "Ames")


def test_what_is_typed_after_the_save_was_sent_is_not_lost_in_a_dispute(
    desk: Desk, visit_id: str
) -> None:
    form = Form(desk, visit_id, held=True)
    form.changed_by_reception("city", "Ames")
    form.model.edit("city", "Boo")
    form.autosave.flush()
    form.model.edit("city", "Boone")
    form.tasks.release()

    form.autosave.flush()
    form.tasks.release()

    dispute = form.model.disputed("city")
    assert (dispute.mine if dispute else "", form.stored("city")) == ("Boone", "Ames")


def test_a_third_value_is_shown_in_the_dispute(form: Form) -> None:
    disputed(form)
    form.changed_by_reception("city", "Nevada")

    form.autosave.reload(form.model, values={"city": "Nevada"})

    dispute = form.model.disputed("city")
    assert (dispute.theirs if dispute else "", form.model.text("city")) == ("Nevada", "Boone")


def test_keeping_mine_while_a_third_value_was_saved_asks_again(form: Form) -> None:
    disputed(form)
    form.changed_by_reception("city", "Nevada")

    form.model.settle("city", Settle.MINE)

    dispute = form.model.disputed("city")
    assert (dispute.theirs if dispute else "", form.stored("city")) == ("Nevada", "Nevada")


@pytest.mark.parametrize(
    ("key", "theirs", "mine", "stored"),
    [
        ("birth_date", "3/5/1951", "3/6/1951", date(1951, 3, 6)),
        ("sex", "female", "male", "male"),
        ("reading_needs", "Large print", ("read_aloud",), ("read_aloud",)),
    ],
)
def test_keeping_mine_works_for_every_kind_of_field(
    form: Form, key: str, theirs: str, mine: FieldValue, stored: FieldValue
) -> None:
    form.changed_by_reception(key, theirs)
    form.model.edit(key, mine)
    form.autosave.flush()
    waited = form.model.disputed(key)

    form.model.settle(key, Settle.MINE)

    assert waited is not None
    assert (form.stored(key), form.model.disputed(key)) == (stored, None)


def test_a_choice_that_could_not_be_saved_is_sent_again(form: Form) -> None:
    disputed(form)
    form.broken = True
    form.model.settle("city", Settle.MINE)
    waiting = form.autosave.pending
    form.broken = False

    form.autosave.flush()

    assert waiting
    assert (form.stored("city"), form.autosave.pending) == ("Boone", False)
