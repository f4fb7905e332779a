"""The form model: what is typed, what is read, when a problem is shown, what is unsaved."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import SignalInstance

from intake_app.domain.fields import EnteredBy, Field, FieldValue, Kind, fields_of
from intake_app.domain.patients import Patient, Sex
from intake_app.domain.procedures import ProcedureRecord
from intake_app.domain.reading import Locality
from intake_app.domain.staff import Actor, Role
from intake_app.domain.validation import Problem, checks_of, draft_of
from intake_app.ui.presenters.form import FormModel

LOCALITY = Locality(today=date(2026, 11, 22))
SAVED = draft_of(Patient(id="p1", family_name="Okafor", birth_date=date(1951, 3, 4)))


def a_form(
    values: dict[str, FieldValue] | None = None, typed: dict[str, str] | None = None
) -> FormModel:
    form = FormModel("patient", fields_of(Patient), locality=LOCALITY, checks=checks_of(Patient))
    form.load(SAVED if values is None else values, typed)
    return form


def listen(signal: SignalInstance) -> list[object]:
    heard: list[object] = []
    signal.connect(heard.append)
    return heard


def test_a_loaded_form_is_clean_and_shows_dates_with_the_month_as_a_word() -> None:
    form = a_form()

    assert form.text("birth_date") == "4 March 1951"
    assert not form.dirty
    assert form.readable() == {}


def test_an_edit_can_be_read_and_makes_the_form_dirty() -> None:
    form = a_form()
    dirty, changed = listen(form.dirty_changed), listen(form.changed)

    form.edit("given_name", "Ana")

    assert form.readable() == {"given_name": "Ana"}
    assert (dirty, changed) == ([True], ["given_name"])


def test_typing_the_saved_value_again_is_no_change() -> None:
    form = a_form()

    form.edit("birth_date", "3/4/1951")

    assert not form.dirty


def test_a_problem_waits_until_the_field_is_left() -> None:
    form = a_form()

    form.edit("birth_date", "31/2/19")

    assert form.problem("birth_date") is None
    form.leave("birth_date")
    problem = form.problem("birth_date")
    assert problem is not None
    assert problem.code == "no_such_month"


def test_a_pause_in_typing_shows_the_problem() -> None:
    form = a_form()
    form.edit("birth_date", "yesteryear")

    form.pause()

    assert form.problem("birth_date") == Problem.of("birth_date", "not_a_date", example="3/4/1951")


def test_a_problem_goes_at_once_when_it_is_put_right() -> None:
    form = a_form()
    form.edit("birth_date", "2/31/1951")
    form.leave("birth_date")
    heard = listen(form.problem_changed)

    form.edit("birth_date", "2/28/1951")

    assert form.problem("birth_date") is None
    assert heard == ["birth_date"]


def test_leaving_a_field_writes_it_out_readably() -> None:
    form = a_form()
    rewritten = listen(form.rewritten)
    form.edit("birth_date", "030451")

    form.leave("birth_date")

    assert form.text("birth_date") == "4 March 1951"
    assert rewritten == ["birth_date"]


def test_text_that_cannot_be_read_is_kept_as_typed() -> None:
    form = a_form()

    form.edit("birth_date", "31 Feb 1951")

    assert form.unreadable() == {"birth_date": "31 Feb 1951"}
    assert form.readable() == {}
    assert form.dirty


def test_kept_text_is_shown_again_with_its_problem() -> None:
    form = a_form(typed={"birth_date": "31 Feb 1951"})

    problem = form.problem("birth_date")

    assert form.text("birth_date") == "31 Feb 1951"
    assert problem is not None
    assert problem.code == "no_such_day"
    assert not form.dirty


def test_a_new_record_is_not_told_off_before_anybody_typed() -> None:
    form = a_form(values={})

    assert form.problem("family_name") is None
    form.reveal()
    problem = form.problem("family_name")
    assert problem is not None
    assert problem.code == "required"
    assert form.first_problem() == "family_name"


def test_an_emptied_required_field_says_so_when_left() -> None:
    form = a_form()
    form.edit("family_name", "")

    form.leave("family_name")

    problem = form.problem("family_name")
    assert problem is not None
    assert problem.code == "required"
    assert "family_name" not in form.readable()


def test_a_warning_does_not_keep_a_value_from_being_saved() -> None:
    form = a_form()

    form.edit("birth_date", "3/4/2015")
    form.leave("birth_date")

    problem = form.problem("birth_date")
    assert problem is not None
    assert problem.warning
    assert form.readable() == {"birth_date": date(2015, 3, 4)}


def test_what_was_typed_while_saving_stays_unsaved() -> None:
    form = a_form()
    form.edit("given_name", "Ana")
    sent = form.readable()
    form.edit("given_name", "Ana Maria")

    form.mark_saved(sent)

    assert form.dirty
    assert form.readable() == {"given_name": "Ana Maria"}


def test_a_finished_save_leaves_the_form_clean() -> None:
    form = a_form()
    form.edit("given_name", "Ana")
    form.edit("birth_date", "31 Feb 1951")
    dirty = listen(form.dirty_changed)

    form.mark_saved(form.readable(), form.unreadable())

    assert dirty == [False]


def test_somebody_elses_save_never_replaces_unsaved_typing() -> None:
    form = a_form()
    form.edit("given_name", "Ana")

    form.refresh({**SAVED, "given_name": "Anne", "city": "Springfield"})

    assert form.text("given_name") == "Ana"
    assert form.text("city") == "Springfield"
    assert form.readable() == {"given_name": "Ana"}


def test_a_choice_is_edited_by_its_stored_value() -> None:
    form = a_form()

    form.edit("sex", "female")

    assert form.value("sex") is Sex.FEMALE
    assert form.readable() == {"sex": Sex.FEMALE}


def test_a_problem_between_two_stamps_keeps_the_second_as_text() -> None:
    form = FormModel(
        "procedure",
        fields_of(ProcedureRecord),
        locality=Locality(today=date(2026, 11, 22), zone=ZoneInfo("America/Chicago")),
        checks=checks_of(ProcedureRecord),
    )
    form.load({})
    form.edit("ended_at", "9:00")
    form.leave("ended_at")
    form.edit("started_at", "10:00")
    form.leave("started_at")

    problem = form.problem("ended_at")

    assert problem is not None
    assert problem.code == "stamp_out_of_order"
    assert form.unreadable() == {"ended_at": "09:00"}
    assert isinstance(form.readable()["started_at"], datetime)


def test_only_the_right_role_may_type_a_field() -> None:
    form = FormModel(
        "procedure",
        fields_of(ProcedureRecord),
        locality=LOCALITY,
        may_type=Actor("s", "S", frozenset({Role.RECEPTION})).may_type,
    )

    assert form.read_only("sedation")
    form.set_may_type(Actor("n", "N", frozenset({Role.NURSE})).may_type)
    assert not form.read_only("sedation")


def test_answers_outlive_a_change_of_questions() -> None:
    first = Field(key="smoker", label="Smoker", kind=Kind.BOOLEAN)
    second = Field(key="since", label="Since", kind=Kind.TEXT, by=EnteredBy.RECEPTION)
    form = FormModel("safety", (first, second), locality=LOCALITY)
    form.load({})
    form.edit("since", "school")

    form.set_fields((first,))

    assert form.readable() == {}
    form.set_fields((first, second))
    assert form.readable() == {"since": "school"}


def test_a_problem_found_by_a_service_goes_when_the_field_is_edited() -> None:
    form = a_form()
    form.tell([Problem.of("record_number", "not_a_number")])
    shown = form.problem("record_number")

    form.edit("record_number", "1002")

    assert shown is not None
    assert form.problem("record_number") is None


@pytest.mark.parametrize("nothing", [None, "", ()])
def test_every_kind_of_empty_is_the_same(nothing: FieldValue) -> None:
    form = a_form()

    form.edit("reading_needs", nothing)

    assert not form.dirty
