"""Every use case asks for the right to it: somebody without a role can do nothing at all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from intake_app.domain.errors import NotAllowedError
from intake_app.domain.exchange import DateOrder, FileKind, Reading
from intake_app.domain.fractures import Fracture
from intake_app.domain.matching import Person
from intake_app.domain.patients import Patient
from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import Actor, Role
from intake_app.domain.visits import VisitState
from intake_app.domain.wording_edit import WordingText
from tests.builders import TODAY
from tests.services.desk import NURSE, Desk

NOBODY = Actor("staff-0", "Nobody", frozenset())
READING = Reading(
    encoding="utf-8", separator=",", header=True, date_order=DateOrder.ISO, columns=("family_name",)
)
Job = Callable[[Desk, str], object]

JOBS: dict[str, Job] = {
    "search": lambda desk, _: desk.patients.search(NOBODY, "doe"),
    "register": lambda desk, _: desk.patients.register(NOBODY, "doe"),
    "new visit": lambda desk, _: desk.patients.new_visit(NOBODY, "id-1"),
    "latest visit": lambda desk, _: desk.patients.latest_visit(NOBODY, "id-1"),
    "visit by name": lambda desk, visit: desk.patients.visit_named(NOBODY, visit),
    "visits": lambda desk, _: desk.patients.visits(NOBODY, "id-1"),
    "case": lambda desk, visit: desk.patients.case(NOBODY, visit),
    "history": lambda desk, _: desk.patients.history(NOBODY, "id-1"),
    "open a form": lambda desk, _: desk.forms.open(NOBODY, Patient, "id-1"),
    "texts of a form": lambda desk, _: desk.forms.typed(NOBODY, "patient", "id-1"),
    "save a form": lambda desk, _: desk.forms.save(NOBODY, Patient, "id-1", draft={}),
    "add a row": lambda desk, visit: desk.forms.add_row(NOBODY, Fracture, visit, {}),
    "remove a row": lambda desk, _: desk.forms.remove_row(NOBODY, Patient, "id-1"),
    "levels": lambda desk, visit: desk.fractures.set_levels(NOBODY, visit, "T12"),
    "add a fracture": lambda desk, visit: desk.fractures.add(NOBODY, visit, "T12"),
    "move a fracture": lambda desk, _: desk.fractures.move(NOBODY, "id-1", "T12"),
    "remove a fracture": lambda desk, _: desk.fractures.remove(NOBODY, "id-1"),
    "confirm": lambda desk, visit: desk.fractures.confirm(NOBODY, visit),
    "identity": lambda desk, visit: desk.visits.check_identity(NOBODY, visit),
    "advance": lambda desk, visit: desk.visits.advance(NOBODY, visit),
    "undo": lambda desk, visit: desk.visits.undo(NOBODY, visit),
    "state": lambda desk, visit: desk.visits.set_state(NOBODY, visit, VisitState.LEFT),
    "stamp": lambda desk, visit: desk.visits.stamp(NOBODY, visit, "started_at"),
    "plan": lambda desk, visit: desk.visits.take_over_plan(NOBODY, visit),
    "case of a visit": lambda desk, visit: desk.visits.case(NOBODY, visit),
    "questions": lambda desk, visit: desk.safety.open(NOBODY, visit),
    "answers": lambda desk, visit: desk.safety.save(NOBODY, visit, {}),
    "add an answer row": lambda desk, visit: desk.safety.add_row(NOBODY, visit, "allergies"),
    "remove an answer row": lambda desk, visit: desk.safety.remove_row(
        NOBODY, visit, "allergies", index=0
    ),
    "doubles of a person": lambda desk, _: desk.doubles.likely(NOBODY, Person()),
    "doubles of a patient": lambda desk, _: desk.doubles.likely_of(NOBODY, "id-1"),
    "tell apart": lambda desk, _: desk.doubles.mark_different(NOBODY, "id-1", "id-2"),
    "doubles": lambda desk, _: desk.doubles.report(NOBODY),
    "day": lambda desk, _: desk.board.lines(NOBODY, TODAY),
    "prepare": lambda desk, visit: desk.sheets.prepare(NOBODY, visit, SheetKind.AFTERCARE),
    "sheets": lambda desk, visit: desk.sheets.sheets(NOBODY, visit),
    "specimen": lambda desk, _: desk.wordings.specimen(NOBODY, SheetKind.AFTERCARE),
    "wordings": lambda desk, _: desk.wordings.overview(NOBODY),
    "versions of a wording": lambda desk, _: desk.wordings.versions(NOBODY, "aftercare/en"),
    "open a wording": lambda desk, _: desk.wordings.open(NOBODY, "id-1"),
    "changes of a wording": lambda desk, _: desk.wordings.changes(NOBODY, "id-1"),
    "compared wording": lambda desk, _: desk.wordings.compared_with(NOBODY, "id-1"),
    "start a draft of wording": lambda desk, _: desk.wordings.start_draft(NOBODY, "aftercare/en"),
    "save wording": lambda desk, _: desk.wordings.save(
        NOBODY, "id-1", WordingText({}), base_version=1
    ),
    "delete a draft of wording": lambda desk, _: desk.wordings.delete_draft(NOBODY, "id-1"),
    "send wording": lambda desk, _: desk.wordings.send_for_review(NOBODY, "id-1"),
    "send wording back": lambda desk, _: desk.wordings.send_back(NOBODY, "id-1", "why"),
    "approve": lambda desk, _: desk.wordings.approve(
        NOBODY, "id-1", review_by=date(2027, 1, 1), grade=5.0
    ),
    "approve the demonstration's": lambda desk, _: desk.wordings.approve_for_demonstration(
        NOBODY, SheetKind.AFTERCARE, review_by=date(2027, 1, 1)
    ),
    "retire wording": lambda desk, _: desk.wordings.retire(NOBODY, "id-1", "why"),
    "preview wording": lambda desk, _: desk.wordings.preview(NOBODY, WordingText({})),
    "sample papers": lambda desk, _: desk.wordings.sample_papers(NOBODY, WordingText({})),
    "export wording": lambda desk, _: desk.wordings.export_set(NOBODY),
    "import wording": lambda desk, _: desk.wordings.import_set(NOBODY, ""),
    "take in": lambda desk, _: desk.exchange.take_in(NOBODY, []),
    "look at a file": lambda desk, _: desk.exchange.look(NOBODY, Path("no.csv")),
    "look again": lambda desk, _: desk.exchange.look_again(NOBODY, Path("no.csv"), READING),
    "kind of a file": lambda desk, _: desk.exchange.kind_of(NOBODY, Path("no.csv")),
    "people of a file": lambda desk, _: desk.exchange.people_of(
        NOBODY, Path("no.csv"), kind=FileKind.CSV
    ),
    "first people of a file": lambda desk, _: desk.exchange.sample(
        NOBODY, Path("no.csv"), FileKind.CSV, reading=READING, limit=1
    ),
    "refused rows": lambda desk, _: desk.exchange.save_refused(
        NOBODY, Path("no.csv"), headers=(), returned=()
    ),
    "export": lambda desk, _: desk.exchange.export_tables(NOBODY, Path("a.csv"), Path("b.csv")),
    "staff": lambda desk, _: desk.clinic.add_staff(NOBODY, "Sam", frozenset({Role.NURSE})),
}


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS.keys())
def test_without_a_role_nobody_does_anything(desk: Desk, visit_id: str, job: Job) -> None:
    desk.fractures.confirm(NURSE, visit_id)
    before = desk.work.commits

    with pytest.raises(NotAllowedError):
        job(desk, visit_id)

    assert desk.work.commits == before
