"""What services may rely on: the same questions to the real database and to the fake."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.clinic import CLINIC_ID, Clinic
from intake_app.domain.countries import Country
from intake_app.domain.drafts import Draft, Edit, RowDeed
from intake_app.domain.errors import ConflictError, NotFoundError
from intake_app.domain.fractures import Fracture
from intake_app.domain.handing import PrintJob, PrintState
from intake_app.domain.imaging import Imaging
from intake_app.domain.pain import PainMedicine
from intake_app.domain.patients import EmergencyContact, Patient
from intake_app.domain.ports import MatchedBy, UnitOfWork
from intake_app.domain.sheets import SheetKind, StoredSheet
from intake_app.domain.spine import Level
from intake_app.domain.told import VisitNumber
from intake_app.domain.visits import Visit
from intake_app.domain.wording_versions import WordingStage, WordingVersion
from tests.fakes import FakeWork
from tests.storage.examples import ADA, NOON, VISIT, a_line, filled, with_owners

Works = Callable[[], UnitOfWork]

DAY = date(2026, 11, 23)


@pytest.fixture(params=["sqlite", "fake"])
def work(request: pytest.FixtureRequest) -> Works:
    """Return a function that gives the next transaction on one and the same database."""
    if request.param == "fake":
        fake = FakeWork()
        return lambda: fake
    works: Works = request.getfixturevalue("database").work
    return works


@pytest.fixture(params=["sqlite", "fake"])
def look(request: pytest.FixtureRequest) -> Works:
    """Return a function that gives the next transaction that only reads."""
    if request.param == "fake":
        return FakeWork().look
    looks: Works = request.getfixturevalue("database").look
    return looks


def keep(work: Works, *patients: Patient) -> None:
    with work() as opened:
        for patient in patients:
            opened.records(Patient).add(patient)
        opened.commit()


# --- transactions -------------------------------------------------------------------------


def test_what_was_committed_is_there(work: Works) -> None:
    keep(work, ADA)

    with work() as opened:
        assert opened.records(Patient).get(ADA.id) == replace(ADA, version=1)


def test_leaving_without_a_commit_keeps_nothing(work: Works) -> None:
    with work() as opened:
        with_owners(opened)
        opened.note(a_line())
        opened.keep_typed("patient", ADA.id, {"birth_date": "31/02"})

    with work() as opened:
        assert opened.records(Patient).all() == ()
        assert opened.records(Visit).all() == ()
        assert opened.trail_of(ADA.id) == ()
        assert opened.typed("patient", ADA.id) == {}


def test_an_error_keeps_nothing(work: Works) -> None:
    with suppress(NotFoundError), work() as opened:
        with_owners(opened)
        opened.records(Patient).get("nobody")

    with work() as opened:
        assert opened.records(Patient).find(ADA.id) is None


def test_a_look_has_nothing_to_commit(look: Works) -> None:
    with pytest.raises(RuntimeError, match="writes nothing"), look() as opened:
        opened.commit()


def test_nothing_can_be_done_outside_of_a_transaction(work: Works) -> None:
    opened = work()

    with pytest.raises(RuntimeError):
        opened.records(Patient).all()


def test_nothing_can_be_done_after_the_commit(work: Works) -> None:
    with work() as opened:
        opened.commit()

        with pytest.raises(RuntimeError):
            opened.next_record_number()


# --- records ------------------------------------------------------------------------------


def test_a_record_that_is_not_there_is_none(work: Works) -> None:
    with work() as opened:
        assert opened.records(Patient).find("nobody") is None


def test_asking_for_a_record_that_is_not_there_fails(work: Works) -> None:
    with work() as opened, pytest.raises(NotFoundError) as failure:
        opened.records(Patient).get("nobody")

    assert failure.value.reference == "nobody"


def test_records_come_in_the_order_in_which_they_were_added(work: Works) -> None:
    with work() as opened:
        with_owners(opened)
        for name in ("zoledronate", "aspirin", "morphine"):
            opened.records(PainMedicine).add(PainMedicine(id=name, visit_id=VISIT.id, name=name))
        opened.records(PainMedicine).update(opened.records(PainMedicine).get("zoledronate"))
        rows = opened.records(PainMedicine).owned_by(VISIT.id)
        everything = opened.records(PainMedicine).all()

    assert [row.id for row in rows] == ["zoledronate", "aspirin", "morphine"]
    assert everything == rows


def test_only_the_records_of_one_owner_are_returned(work: Works) -> None:
    with work() as opened:
        with_owners(opened)
        opened.records(Patient).add(replace(ADA, id="bea"))
        mine = opened.records(EmergencyContact).add(EmergencyContact(id="1", patient_id=ADA.id))
        opened.records(EmergencyContact).add(EmergencyContact(id="2", patient_id="bea"))

        assert opened.records(EmergencyContact).owned_by(ADA.id) == (mine,)


def test_each_save_counts_the_version_on(work: Works) -> None:
    with work() as opened:
        added = opened.records(Patient).add(ADA)
        saved = opened.records(Patient).update(replace(added, city="Ulm"))

        assert (added.version, saved.version) == (1, 2)
        assert opened.records(Patient).get(ADA.id) == saved


def test_the_second_of_two_saves_of_the_same_version_is_refused(work: Works) -> None:
    with work() as opened:
        read = opened.records(Patient).add(ADA)
        first = opened.records(Patient).update(replace(read, city="Ulm"))

        with pytest.raises(ConflictError):
            opened.records(Patient).update(replace(read, city="Bonn"))
        assert opened.records(Patient).get(ADA.id) == first


def test_a_record_is_handed_over_to_another_owner_as_it_stands(work: Works) -> None:
    with work() as opened:
        with_owners(opened)
        opened.records(Patient).add(replace(ADA, id="bea"))
        read = opened.records(Visit).get(VISIT.id)

        given = opened.records(Visit).hand_over(replace(read, room="not saved by this"), "bea")

        assert opened.records(Visit).owned_by(ADA.id) == ()
        (kept,) = opened.records(Visit).owned_by("bea")
        assert (kept.room, kept.version, given.version) == (read.room, 2, 2)


def test_a_save_never_changes_the_owner(work: Works) -> None:
    with work() as opened:
        with_owners(opened)
        opened.records(Patient).add(replace(ADA, id="bea"))
        read = opened.records(Visit).get(VISIT.id)
        opened.records(Visit).update(replace(read, patient_id="bea"))

        assert opened.records(Visit).owned_by("bea") == ()


def test_a_record_that_somebody_saved_is_not_handed_over(work: Works) -> None:
    with work() as opened:
        with_owners(opened)
        opened.records(Patient).add(replace(ADA, id="bea"))
        read = opened.records(Visit).get(VISIT.id)
        opened.records(Visit).update(read)

        with pytest.raises(ConflictError):
            opened.records(Visit).hand_over(read, "bea")


def test_nobody_gets_a_record_who_is_not_there(work: Works) -> None:
    with work() as opened:
        with_owners(opened)

        with pytest.raises(NotFoundError):
            opened.records(Visit).hand_over(opened.records(Visit).get(VISIT.id), "nobody")


def test_a_record_without_an_owner_is_not_handed_over(work: Works) -> None:
    with work() as opened:
        with_owners(opened)

        with pytest.raises(TypeError):
            opened.records(Patient).hand_over(opened.records(Patient).get(ADA.id), "bea")


def test_a_record_that_was_removed_cannot_be_saved(work: Works) -> None:
    with work() as opened:
        added = opened.records(Patient).add(ADA)
        opened.records(Patient).remove(added)

        with pytest.raises(ConflictError):
            opened.records(Patient).update(added)


def test_a_record_that_somebody_saved_cannot_be_removed(work: Works) -> None:
    with work() as opened:
        added = opened.records(Patient).add(ADA)
        saved = opened.records(Patient).update(added)

        with pytest.raises(ConflictError):
            opened.records(Patient).remove(added)
        assert opened.records(Patient).all() == (saved,)


def test_the_same_id_cannot_be_added_twice(work: Works) -> None:
    keep(work, ADA)

    with work() as opened, pytest.raises(ConflictError):
        opened.records(Patient).add(ADA)


def test_a_record_without_its_owner_is_refused(work: Works) -> None:
    with work() as opened, pytest.raises(NotFoundError) as failure:
        opened.records(Visit).add(VISIT)

    assert failure.value.reference == ADA.id


def test_a_second_row_where_a_visit_has_one_is_refused(work: Works) -> None:
    with work() as opened:
        with_owners(opened)
        opened.records(Imaging).add(Imaging(id="1", visit_id=VISIT.id))

        with pytest.raises(ConflictError):
            opened.records(Imaging).add(Imaging(id="2", visit_id=VISIT.id))


def test_a_level_cannot_be_broken_twice(work: Works) -> None:
    with work() as opened:
        with_owners(opened)
        opened.records(Fracture).add(Fracture(id="1", visit_id=VISIT.id, level=Level.T12))
        other = opened.records(Fracture).add(Fracture(id="2", visit_id=VISIT.id, level=Level.L1))

        with pytest.raises(ConflictError):
            opened.records(Fracture).update(replace(other, level=Level.T12))


def test_several_levels_may_be_unknown(work: Works) -> None:
    with work() as opened:
        with_owners(opened)
        for record_id in ("1", "2"):
            row = Fracture(id=record_id, visit_id=VISIT.id, level=Level.UNKNOWN)
            opened.records(Fracture).add(row)

        assert len(opened.records(Fracture).owned_by(VISIT.id)) == 2


# --- lists --------------------------------------------------------------------------------


def test_visits_of_a_day_come_by_planned_start_and_those_without_one_last(work: Works) -> None:
    starts = {"none": None, "late": NOON + timedelta(hours=2), "early": NOON}
    with work() as opened:
        opened.records(Patient).add(ADA)
        for name, start in starts.items():
            visit = Visit(id=name, patient_id=ADA.id, day=DAY, planned_start=start)
            opened.records(Visit).add(visit)
        opened.records(Visit).add(
            Visit(id="other", patient_id=ADA.id, day=DAY + timedelta(days=1), planned_start=NOON)
        )

        assert opened.visit_ids_on(DAY) == ("early", "late", "none")


def test_record_numbers_count_up(work: Works) -> None:
    with work() as opened:
        numbers = [opened.next_record_number() for _ in range(3)]

    assert numbers == ["P-000001", "P-000002", "P-000003"]


def test_the_record_number_of_a_patient_who_was_removed_is_not_given_out_again(
    work: Works,
) -> None:
    with work() as opened:
        number = opened.next_record_number()
        added = opened.records(Patient).add(replace(ADA, record_number=number))
        opened.records(Patient).remove(added)
        opened.commit()

    with work() as opened:
        assert opened.next_record_number() != number


def test_a_record_number_that_somebody_typed_is_not_given_out(work: Works) -> None:
    keep(work, replace(ADA, record_number="P-000001"))

    with work() as opened:
        assert opened.next_record_number() == "P-000002"


def test_recent_patients_are_those_one_person_looked_at_latest_first(work: Works) -> None:
    keep(work, *(replace(ADA, id=name, given_name=name) for name in ("a", "b", "c", "d")))
    views = [("nurse", "a"), ("nurse", "b"), ("desk", "c"), ("nurse", "a"), ("nurse", "gone")]
    with work() as opened:
        for actor, patient_id in views:
            opened.note(a_line(actor_id=actor, patient_id=patient_id, deed=Deed.VIEWED))
        opened.note(a_line(patient_id="d", deed=Deed.CHANGED))

        assert [found.patient_id for found in opened.recent("nurse")] == ["a", "b"]
        assert [found.patient_id for found in opened.recent("nurse", limit=1)] == ["a"]


# --- typed text ---------------------------------------------------------------------------


def test_unreadable_text_is_kept_as_it_was_typed(work: Works) -> None:
    texts = {"birth_date": "31/02/1951", "city": "a\u202eb 🙂 \ud800"}
    with work() as opened:
        opened.keep_typed("patient", ADA.id, {"birth_date": "before"})
        opened.keep_typed("patient", ADA.id, texts)

        assert opened.typed("patient", ADA.id) == texts


def test_an_empty_mapping_forgets_the_unreadable_text_of_that_form_alone(work: Works) -> None:
    with work() as opened:
        opened.keep_typed("patient", "1", {"city": "x"})
        opened.keep_typed("patient", "2", {"city": "y"})
        opened.keep_typed("patient", "1", {})

        assert opened.typed("patient", "1") == {}
        assert opened.typed("patient", "2") == {"city": "y"}


# --- sheets and trail ---------------------------------------------------------------------


def test_the_sheets_of_a_visit_come_latest_first_and_by_kind(work: Works) -> None:
    kinds = {"1": SheetKind.AFTERCARE, "2": SheetKind.DRIVER_CARD, "3": SheetKind.AFTERCARE}
    with work() as opened:
        with_owners(opened)
        for name, kind in kinds.items():
            opened.records(StoredSheet).add(replace(filled(StoredSheet, name), kind=kind))

        every = opened.sheets_of(VISIT.id)
        aftercare = opened.sheets_of(VISIT.id, SheetKind.AFTERCARE)

    assert [sheet.id for sheet in every] == ["3", "2", "1"]
    assert [sheet.id for sheet in aftercare] == ["3", "1"]


def test_a_sheet_is_found_by_its_code(work: Works) -> None:
    with work() as opened:
        with_owners(opened)
        sheet = replace(filled(StoredSheet), check_code="7K3M-Q2XD")
        kept = opened.records(StoredSheet).add(sheet)

        assert opened.sheet_by_code("7K3M-Q2XD") == kept
        assert opened.sheet_by_code("0000-0000") is None


def test_of_two_equal_sheets_the_latest_is_found(work: Works) -> None:
    with work() as opened:
        with_owners(opened)
        for name in ("1", "2"):
            opened.records(StoredSheet).add(filled(StoredSheet, name))

        found = opened.sheet_by_code(filled(StoredSheet).check_code)

    assert found is not None
    assert found.id == "2"


def test_the_trail_of_a_patient_comes_back_whole_and_latest_first(work: Works) -> None:
    first = a_line(at=datetime(2026, 11, 22, 8, tzinfo=UTC))
    second = a_line(deed=Deed.VIEWED, changes=())
    with work() as opened:
        opened.note(first)
        opened.note(a_line(patient_id="somebody else"))
        opened.note(second)

        assert opened.trail_of(ADA.id) == (second, first)


# --- search box ---------------------------------------------------------------------------


def test_a_patient_is_found_from_the_moment_of_saving(work: Works) -> None:
    keep(work, replace(ADA, record_number="P-000007", mobile_phone="+1 555 0100"))

    with work() as opened:
        (found,) = opened.search("lovel")

    assert found.patient_id == ADA.id
    assert found.name == "Lovelace, Ada"
    assert found.birth_date == ADA.birth_date
    assert found.record_number == "P-000007"
    assert found.phone == "+1 555 0100"
    assert found.last_visit is None


def test_the_last_visit_stands_beside_the_name(work: Works) -> None:
    with work() as opened:
        with_owners(opened)
        opened.records(Visit).add(Visit(id="2", patient_id=ADA.id, day=date(2025, 1, 1)))
        (found,) = opened.search("ada")

    assert found.last_visit == VISIT.day


def test_a_patient_is_found_by_the_new_name_and_no_longer_by_the_old(work: Works) -> None:
    keep(work, ADA)
    with work() as opened:
        patient = opened.records(Patient).get(ADA.id)
        opened.records(Patient).update(replace(patient, family_name="King"))

        assert len(opened.search("king")) == 1
        assert opened.search("lovelace") == ()


def test_a_patient_who_was_removed_is_not_found(work: Works) -> None:
    with work() as opened:
        opened.records(Patient).remove(opened.records(Patient).add(ADA))

        assert opened.search("ada") == ()


def test_digits_of_a_date_are_read_in_the_order_of_the_clinic(work: Works) -> None:
    march, april = date(1951, 3, 4), date(1951, 4, 3)
    keep(work, replace(ADA, birth_date=april), replace(ADA, id="bea", birth_date=march))
    with work() as opened:
        clinic = Clinic(id=CLINIC_ID, name="Clinic", country=Country.GB)
        opened.records(Clinic).add(clinic)

        found = [each.birth_date for each in opened.search("4/3/1951")]

    assert found == [march, april]


def test_no_more_than_asked_for_are_returned(work: Works) -> None:
    keep(work, *(replace(ADA, id=str(number)) for number in range(25)))

    with work() as opened:
        assert len(opened.search("ada")) == 20
        assert len(opened.search("ada", limit=3)) == 3


def test_who_comes_today_stands_before_others_and_says_so(work: Works) -> None:
    today = datetime.now(UTC).date()
    keep(work, ADA, replace(ADA, id="bea", given_name="Adaline"))
    with work() as opened:
        opened.records(Visit).add(Visit(id="v", patient_id="bea", day=today))

        found = opened.search("lovelace ada")

    assert [(each.patient_id, each.visit_today) for each in found] == [
        ("bea", True),
        ("ada", False),
    ]


@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ("lovelcae", MatchedBy.SPELLING),
        ("lavlase", MatchedBy.SOUND),
        ("byron", MatchedBy.FORMER_NAME),
        ("countess", MatchedBy.PREFERRED_NAME),
    ],
)
def test_how_somebody_was_found_is_said(work: Works, typed: str, by: MatchedBy) -> None:
    keep(work, replace(ADA, former_name="Byron", preferred_name="Countess"))

    with work() as opened:
        (found,) = opened.search(typed)

    assert found.matched == (by,)
    assert found.marks


def test_a_merged_record_leads_to_the_one_that_is_used(work: Works) -> None:
    keep(work, ADA, replace(ADA, id="old", family_name="Byron", record_number="B-17"))
    with work() as opened:
        old = opened.records(Patient).get("old")
        opened.records(Patient).update(replace(old, merged_into=ADA.id))
        opened.note(a_line(actor_id="nurse", patient_id="old", deed=Deed.VIEWED))

        names = [each.patient_id for each in opened.search("byron")]
        numbers = [each.patient_id for each in opened.search("b-17")]

        assert (names, numbers) == ([ADA.id], [ADA.id])
        assert opened.recent("nurse") == ()


# --- what came in files -------------------------------------------------------------------


@pytest.mark.parametrize("number", ["P-000001", "p-000001"])
def test_a_patient_is_found_by_the_record_number_in_large_or_small_letters(
    work: Works, number: str
) -> None:
    keep(work, replace(ADA, record_number="P-000001"))

    with work() as opened:
        assert opened.by_record_number(number) == ADA.id


@pytest.mark.parametrize("number", ["", "P-00000", "P-0000011"])
def test_only_the_whole_record_number_counts(work: Works, number: str) -> None:
    keep(work, replace(ADA, record_number="P-000001"), replace(ADA, id="x", record_number=""))

    with work() as opened:
        assert opened.by_record_number(number) is None


def test_the_record_that_others_were_merged_into_has_the_number(work: Works) -> None:
    keep(
        work,
        replace(ADA, id="gone", record_number="P-000001", merged_into=ADA.id),
        replace(ADA, record_number="P-000001"),
    )

    with work() as opened:
        assert opened.by_record_number("P-000001") == ADA.id


def test_a_row_of_a_file_is_remembered_with_its_patient(work: Works) -> None:
    keep(work, ADA, replace(ADA, id="other"))
    with work() as opened:
        opened.note_taken_in("mark", "other")
        opened.note_taken_in("mark", ADA.id)
        opened.commit()

    with work() as opened:
        assert opened.taken_in("mark") == ADA.id
        assert opened.taken_in("unknown") is None


def test_a_visit_is_found_by_the_number_another_system_gave_it(work: Works) -> None:
    number = VisitNumber(id="number", visit_id=VISIT.id, system="hospital", value="77")
    with work() as opened:
        with_owners(opened)
        opened.records(VisitNumber).add(number)
        opened.commit()

    with work() as opened:
        assert opened.visit_by_number("hospital", "77") == VISIT.id
        assert opened.visit_by_number("other", "77") is None


def test_a_number_of_another_system_belongs_to_one_visit(work: Works) -> None:
    number = VisitNumber(id="number", visit_id=VISIT.id, system="hospital", value="77")
    with work() as opened:
        with_owners(opened)
        opened.records(VisitNumber).add(number)

        with pytest.raises(ConflictError):
            opened.records(VisitNumber).add(replace(number, id="another"))


# --- prints -------------------------------------------------------------------------------


def a_print(number: int, state: PrintState = PrintState.WAITING, sheet: str = "first") -> PrintJob:
    return replace(filled(PrintJob, f"print-{number}"), sheet_id=sheet, state=state)


def with_prints(opened: UnitOfWork) -> None:
    """Add a visit with two sheets and one without, and prints of both."""
    with_owners(opened)
    opened.records(Visit).add(replace(VISIT, id="other"))
    for sheet, visit in (("first", VISIT.id), ("second", VISIT.id), ("third", "other")):
        opened.records(StoredSheet).add(replace(filled(StoredSheet, sheet), visit_id=visit))
    for each in (
        a_print(1),
        a_print(2, PrintState.PRINTED, "second"),
        a_print(3, sheet="third"),
        a_print(4, PrintState.SENT),
    ):
        opened.records(PrintJob).add(each)


def test_the_prints_of_a_visit_come_in_the_order_they_were_sent(work: Works) -> None:
    with work() as opened:
        with_prints(opened)

        assert [job.id for job in opened.prints_of(VISIT.id)] == ["print-1", "print-2", "print-4"]
        assert opened.prints_of("nobody") == ()


def test_open_prints_are_those_that_may_still_come_out(work: Works) -> None:
    with work() as opened:
        with_prints(opened)

        assert [job.id for job in opened.open_prints()] == ["print-1", "print-3"]


# --- wording ------------------------------------------------------------------------------


def a_version(
    number: int, stage: WordingStage = WordingStage.DRAFT, wording: str = "aftercare/en"
) -> WordingVersion:
    made = filled(WordingVersion, f"{wording} {number}")
    return replace(made, wording=wording, number=number, stage=stage)


def test_the_versions_of_a_wording_come_newest_first(work: Works) -> None:
    with work() as opened:
        for version in (a_version(2), a_version(1), a_version(3, wording="aftercare/es")):
            opened.records(WordingVersion).add(version)

        assert [each.number for each in opened.wording_versions("aftercare/en")] == [2, 1]
        assert opened.wording_versions("no/such") == ()


def test_the_approved_version_is_found_among_the_others(work: Works) -> None:
    with work() as opened:
        for version in (
            a_version(1, WordingStage.RETIRED),
            a_version(2, WordingStage.APPROVED),
            a_version(3, WordingStage.IN_REVIEW),
            a_version(1, WordingStage.APPROVED, "aftercare/es"),
        ):
            opened.records(WordingVersion).add(version)

        found = opened.approved_wording("aftercare/en")
        assert found is not None
        assert found.number == 2
        assert opened.approved_wording("driver_card/en") is None


def test_two_versions_with_one_number_are_refused(work: Works) -> None:
    with work() as opened:
        opened.records(WordingVersion).add(a_version(1))

        with pytest.raises(ConflictError):
            opened.records(WordingVersion).add(replace(a_version(1), id="another"))


def test_a_second_approved_version_is_refused(work: Works) -> None:
    with work() as opened:
        opened.records(WordingVersion).add(a_version(1, WordingStage.APPROVED))
        draft = opened.records(WordingVersion).add(a_version(2))

        with pytest.raises(ConflictError):
            opened.records(WordingVersion).update(replace(draft, stage=WordingStage.APPROVED))


# --- drafts -------------------------------------------------------------------------------

A_DRAFT = Draft(
    form="patient",
    record_id=ADA.id,
    actor_id="rita",
    patient_id=ADA.id,
    visit_id=VISIT.id,
    started_at=NOON,
    edited_at=NOON + timedelta(minutes=5),
    deed=RowDeed.REMOVED,
    undone=True,
    edits={
        "given_name": Edit(before=None, after="Ada"),
        "birth_date": Edit(before="1951-03-04", after="", text="31/2", aside="30/2"),
        "city": Edit(mine="", seen="Ames", by="nora", at="2026-11-22T14:00:00+00:00"),
    },
)


def test_a_draft_comes_back_as_it_was_kept(work: Works) -> None:
    with work() as opened:
        opened.keep_draft(A_DRAFT)
        opened.commit()

    with work() as opened:
        assert opened.draft("patient", ADA.id, actor_id="rita") == A_DRAFT
        assert opened.draft("patient", ADA.id, actor_id="nora") is None
        assert opened.draft("visit", ADA.id, actor_id="rita") is None


def test_a_draft_takes_the_place_of_the_one_before(work: Works) -> None:
    later = replace(A_DRAFT, edits={}, undone=False, deed=RowDeed.CHANGED)
    with work() as opened:
        opened.keep_draft(A_DRAFT)
        opened.keep_draft(later)

        assert opened.drafts_at(ADA.id) == (later,)


def test_a_forgotten_draft_is_gone_and_no_other(work: Works) -> None:
    other = replace(A_DRAFT, actor_id="nora")
    with work() as opened:
        opened.keep_draft(A_DRAFT)
        opened.keep_draft(other)
        opened.forget_draft("patient", ADA.id, actor_id="rita")

        assert opened.drafts_at(ADA.id) == (other,)


def test_drafts_of_a_patient_come_in_the_order_in_which_they_were_begun(work: Works) -> None:
    later = replace(A_DRAFT, form="driver", started_at=NOON + timedelta(hours=1))
    elsewhere = replace(A_DRAFT, form="imaging", patient_id="bob")
    with work() as opened:
        for each in (later, elsewhere, A_DRAFT):
            opened.keep_draft(each)

        assert opened.drafts_at(ADA.id) == (A_DRAFT, later)


def test_the_history_can_be_read_from_a_line_on(work: Works) -> None:
    with work() as opened:
        with_owners(opened)
        opened.note(a_line())
        line = opened.last_line(ADA.id)
        opened.note(replace(a_line(), patient_id="bob"))
        opened.note(replace(a_line(), deed=Deed.PRINTED))
        after, entries = opened.trail_after(ADA.id, line)

        assert [entry.deed for entry in entries] == [Deed.PRINTED]
        assert after == opened.last_line(ADA.id) > line
        assert opened.trail_after(ADA.id, after) == (after, ())
        assert opened.last_line("nobody") == 0
