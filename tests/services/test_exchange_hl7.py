"""What other systems tell: they may change what came from them, and nothing that was typed here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.clinic import Clinic
from intake_app.domain.exchange import Incoming, Outcome, Refused, Verdict
from intake_app.domain.fields import FieldValue
from intake_app.domain.patients import EmergencyContact, Identifier, Patient, Sex
from intake_app.domain.ports import UnitOfWork
from intake_app.domain.sentences import sentence
from intake_app.domain.visits import Visit, VisitState
from intake_app.interop.csv_in import CsvFiles
from intake_app.interop.fhir_in import read_bundle
from intake_app.interop.hl7_in import read_messages
from intake_app.interop.kinds import Messages
from intake_app.services.exchange import ExchangeService
from intake_app.services.forms import FormService
from intake_app.services.office import Office
from intake_app.services.visits import VisitService
from intake_app.storage.database import SqliteDatabase
from tests.builders import NOW, TODAY, a_clinic
from tests.fakes import FakeClock, FakeIds, FakeWork
from tests.interop.letters import appointment, message, segment
from tests.services.desk import MANAGER, RECEPTION, shipped_questionnaire

LATER = "20261122090000"
EARLIER = "20261122070000"


@dataclass
class Counter:
    """A clinic in Chicago that takes in messages; over the fake, or over a real database."""

    works: Callable[[], UnitOfWork]

    def __post_init__(self) -> None:
        self.clock, ids = FakeClock(NOW), FakeIds()
        self.office = Office(self.works, self.works, self.clock, ids)
        self.exchange = ExchangeService(self.office, CsvFiles(), Messages())
        self.forms = FormService(self.office)
        self.visits = VisitService(self.office, shipped_questionnaire())
        with self.works() as work:
            work.records(Clinic).add(a_clinic(time_zone="America/Chicago"))
            work.commit()

    def tell(self, *texts: str) -> list[Outcome]:
        """Take in a file of messages; return what became of each."""
        return self.take_in(read_messages("".join(texts).encode()))

    def take_in(self, people: Iterator[Incoming | Refused], **options: Any) -> list[Outcome]:
        told: list[Outcome] = []
        self.exchange.take_in(
            MANAGER, people, on_outcome=lambda _, outcome: told.append(outcome), **options
        )
        return told

    def patients(self) -> tuple[Patient, ...]:
        with self.works() as work:
            return work.records(Patient).all()

    def known_by(self, number: str) -> str | None:
        """Return who has a number of the hospital."""
        with self.works() as work:
            return work.by_identifier("HOSP", number)

    def patient(self) -> Patient:
        (patient,) = self.patients()
        return patient

    def contact(self) -> EmergencyContact:
        with self.works() as work:
            (contact,) = work.records(EmergencyContact).all()
        return contact

    def booked(self) -> tuple[Visit, ...]:
        with self.works() as work:
            return work.records(Visit).all()

    def visit(self) -> Visit:
        (visit,) = self.booked()
        return visit

    def type(self, record: Patient | Visit, **values: FieldValue) -> None:
        """Type something at the desk."""
        kind = type(record)
        self.forms.save(RECEPTION, kind, record.id, draft=values)

    def everything(self) -> dict[str, Any]:
        """Return all that is kept, without the lines about whole files."""
        with self.works() as work:
            kinds = (Patient, EmergencyContact, Identifier, Visit)
            kept: dict[str, Any] = {kind.FORM: work.records(kind).all() for kind in kinds}
            kept["trail"] = [work.trail_of(each.id) for each in work.records(Patient).all()]
        return kept


@pytest.fixture(params=["fake", "sqlite"])
def counter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Counter]:
    if request.param == "fake":
        fake = FakeWork(today=TODAY)
        yield Counter(lambda: fake)
        return
    database = SqliteDatabase(tmp_path / "intake.sqlite3", tmp_path / "backups")
    database.open()
    yield Counter(database.work)
    database.close()


def codes(outcome: Outcome) -> list[str]:
    return [each.code for each in outcome.reasons]


# --- people -------------------------------------------------------------------------------------


def test_somebody_new_is_taken_in_with_number_and_contact(counter: Counter) -> None:
    relative = segment("NK1", {1: "1", 2: "Doe^John", 3: "SPO", 5: "515 555 0101"})

    (outcome,) = counter.tell(message("ADT^A04", relative))

    patient = counter.patient()
    assert outcome.verdict is Verdict.ACCEPTED
    assert (patient.full_name, patient.birth_date) == ("Jane Q Doe", date(1951, 3, 4))
    assert patient.record_number
    assert (counter.contact().name, counter.contact().relation) == ("John Doe", "Spouse")
    assert counter.known_by("77") == patient.id


def test_the_same_message_twice_changes_nothing(counter: Counter) -> None:
    texts = (message("ADT^A04", segment("NK1", {2: "Doe^John"})), appointment())
    counter.tell(*texts)
    before = counter.everything()

    outcomes = counter.tell(*texts)

    assert [each.verdict for each in outcomes] == [Verdict.MATCHED, Verdict.MATCHED]
    assert [codes(each) for each in outcomes] == [[], []]
    assert counter.everything() == before


def test_what_came_from_the_sender_is_changed_by_the_sender(counter: Counter) -> None:
    counter.tell(message())

    counter.tell(message("ADT^A08", pid={5: "Roe^Jane^Q^^^^L"}, at=LATER))

    assert counter.patient().family_name == "Roe"


def test_what_was_typed_here_is_kept_and_said(counter: Counter) -> None:
    counter.tell(message())
    counter.type(counter.patient(), middle_name="Quinn")

    (outcome,) = counter.tell(message("ADT^A31", pid={5: "Doe^Jane^Quincy"}, at=LATER))

    assert counter.patient().middle_name == "Quinn"
    assert [sentence(each) for each in outcome.reasons] == [
        "Middle name: the file says “Quincy”; what was here was kept."
    ]


def test_what_was_emptied_here_stays_empty(counter: Counter) -> None:
    counter.tell(message())
    counter.type(counter.patient(), middle_name="")

    (outcome,) = counter.tell(message("ADT^A08", at=LATER))

    assert counter.patient().middle_name == ""
    assert codes(outcome) == ["kept_ours"]


def test_what_is_empty_is_filled(counter: Counter) -> None:
    counter.tell(message(pid={8: ""}))

    counter.tell(message("ADT^A08", at=LATER))

    assert counter.patient().sex is Sex.FEMALE


def test_what_is_not_said_is_not_emptied(counter: Counter) -> None:
    counter.tell(message())

    counter.tell(message("ADT^A08", pid={5: "Doe^Jane", 8: ""}, at=LATER))

    assert (counter.patient().middle_name, counter.patient().sex) == ("Q", Sex.FEMALE)


def test_the_sender_may_empty_its_own(counter: Counter) -> None:
    counter.tell(message())

    counter.tell(message("ADT^A08", pid={5: 'Doe^Jane^""'}, at=LATER))

    assert counter.patient().middle_name == ""


def test_the_sender_may_not_empty_what_was_typed_here(counter: Counter) -> None:
    counter.tell(message())
    counter.type(counter.patient(), middle_name="Quinn")

    (outcome,) = counter.tell(message("ADT^A08", pid={5: 'Doe^Jane^""'}, at=LATER))

    assert counter.patient().middle_name == "Quinn"
    assert "“nothing”" in sentence(outcome.reasons[0])


def test_an_older_message_changes_nothing(counter: Counter) -> None:
    counter.tell(message(at=LATER))

    (outcome,) = counter.tell(message("ADT^A08", pid={5: "Old^Jane", 8: "M"}, at=EARLIER))

    assert counter.patient().family_name == "Doe"
    assert outcome.verdict is Verdict.MATCHED
    assert codes(outcome) == ["older_than_held"]


def test_a_time_without_a_zone_is_the_clinics(counter: Counter) -> None:
    counter.tell(message(at="20261122080000"))  # 14:00 UTC

    (outcome,) = counter.tell(message("ADT^A08", pid={8: "M"}, at="20261122133000+0000"))

    assert codes(outcome) == ["older_than_held"]


def test_another_sender_does_not_change_what_this_one_told(counter: Counter) -> None:
    counter.tell(message())
    other = message("ADT^A08", pid={8: "M"}, at=LATER).replace("|HIS|", "|LAB|", 1)

    (outcome,) = counter.tell(other)

    assert counter.patient().sex is Sex.FEMALE
    assert codes(outcome) == ["kept_ours"]


def test_half_an_address_is_not_put_to_half_of_another(counter: Counter) -> None:
    counter.tell(message(pid={11: "1 Hill Rd^^Ames"}))
    counter.type(counter.patient(), address_line_1="9 New Rd")

    (outcome,) = counter.tell(message("ADT^A08", pid={11: "2 Elm St^^Boone^IA"}, at=LATER))

    patient = counter.patient()
    assert (patient.address_line_1, patient.city, patient.region) == ("9 New Rd", "Ames", "")
    assert codes(outcome) == ["kept_ours"] * 3


def test_a_number_that_goes_with_another_name_and_birth_date_is_refused(counter: Counter) -> None:
    counter.tell(message())

    (outcome,) = counter.tell(message("ADT^A08", pid={5: "Stone^Max", 7: "19800101"}, at=LATER))

    assert outcome.verdict is Verdict.REFUSED
    assert codes(outcome) == ["other_number_of_other"]
    assert counter.patient().family_name == "Doe"


def test_a_value_that_cannot_be_kept_is_left_out_and_said(counter: Counter) -> None:
    (outcome,) = counter.tell(message(pid={13: "ring the neighbours"}))

    assert outcome.verdict is Verdict.ACCEPTED
    assert counter.patient().home_phone == ""
    assert codes(outcome) == ["left_out"]


def test_every_change_stands_in_the_trail_with_who_and_what(counter: Counter) -> None:
    counter.tell(message())

    counter.tell(message("ADT^A08", pid={8: "M"}, at=LATER))

    patient = counter.patient()
    with counter.works() as work:
        latest = work.trail_of(patient.id)[0]
    assert (latest.deed, latest.actor_id) == (Deed.CHANGED, MANAGER.id)
    assert [(each.key, each.after) for each in latest.changes] == [("sex", "male")]


# --- merged records -----------------------------------------------------------------------------


def two_records(counter: Counter) -> None:
    """Take Jane Doe in twice, under two numbers and once with another birth date."""
    counter.tell(message())
    again = message(pid={3: "78^^^HOSP", 7: "19520304", 13: "5155550101"})
    counter.take_in(read_messages(again.encode()), doubtful_are_new=True)


def test_two_records_become_one(counter: Counter) -> None:
    two_records(counter)

    (outcome,) = counter.tell(message("ADT^A40", "MRG|78^^^HOSP", at=LATER))

    stays, gone = counter.patients()
    assert gone.merged_into == stays.id
    assert stays.home_phone == "5155550101"
    assert codes(outcome) == ["records_merged"]


def test_a_merge_told_twice_is_done_once(counter: Counter) -> None:
    two_records(counter)
    merge = message("ADT^A40", "MRG|78^^^HOSP", at=LATER)
    counter.tell(merge)
    before = counter.everything()

    (outcome,) = counter.tell(merge)

    assert outcome.verdict is Verdict.MATCHED
    assert counter.everything() == before


def test_a_message_with_the_old_number_reaches_the_record_that_stays(counter: Counter) -> None:
    two_records(counter)
    counter.tell(message("ADT^A40", "MRG|78^^^HOSP", at=LATER))

    (outcome,) = counter.tell(message("ADT^A08", pid={3: "78^^^HOSP"}, at="20261122100000"))

    assert outcome.patient_id == counter.patients()[0].id


def test_a_number_nobody_has_is_kept_for_later(counter: Counter) -> None:
    counter.tell(message())

    counter.tell(message("ADT^A40", "MRG|99^^^HOSP", at=LATER))

    assert counter.known_by("99") == counter.patient().id


def test_a_new_number_for_somebody_known_is_no_new_patient(counter: Counter) -> None:
    counter.tell(message(pid={3: "78^^^HOSP", 7: "19600101"}))

    counter.tell(message("ADT^A40", "MRG|78^^^HOSP", at=LATER))

    assert counter.patient().birth_date == date(1951, 3, 4)
    assert counter.known_by("77") == counter.patient().id


def test_the_old_number_of_somebody_quite_different_is_refused(counter: Counter) -> None:
    counter.tell(message(pid={3: "78^^^HOSP", 5: "Stone^Max", 7: "19800101"}))

    (outcome,) = counter.tell(message("ADT^A40", "MRG|78^^^HOSP", at=LATER))

    assert (outcome.verdict, codes(outcome)) == (Verdict.REFUSED, ["merge_not_possible"])
    assert counter.patient().family_name == "Stone"


def test_records_of_different_people_are_not_made_one(counter: Counter) -> None:
    counter.tell(message(), message(pid={3: "78^^^HOSP", 5: "Stone^Max", 7: "19800101"}))

    (outcome,) = counter.tell(message("ADT^A40", "MRG|78^^^HOSP", at=LATER))

    assert [each.merged_into for each in counter.patients()] == ["", ""]
    assert codes(outcome) == ["merge_not_possible"]


# --- appointments -------------------------------------------------------------------------------

NINE = datetime(2026, 12, 3, 15, 0, tzinfo=UTC)
"""9:00 in Chicago."""


def test_an_appointment_becomes_a_visit_on_the_clinics_clock(counter: Counter) -> None:
    (outcome,) = counter.tell(appointment())

    visit = counter.visit()
    assert outcome.verdict is Verdict.ACCEPTED
    assert (visit.day, visit.planned_start) == (date(2026, 12, 3), NINE)
    assert (visit.room, visit.operator) == ("2", "Dr. Ana Park")
    assert counter.visits.case(RECEPTION, visit.id).patient.full_name == "Jane Q Doe"


def test_a_moved_appointment_moves_the_visit(counter: Counter) -> None:
    counter.tell(appointment())

    counter.tell(appointment("S13", start="20261204100000", at=LATER))

    assert counter.visit().day == date(2026, 12, 4)


def test_a_moved_appointment_moves_day_and_time_whatever_zone_they_are_told_in(
    counter: Counter,
) -> None:
    counter.tell(appointment(start="20261203090000-0600"))

    (outcome,) = counter.tell(appointment("S13", start="20261204110000-0500", at=LATER))

    moved = datetime(2026, 12, 4, 16, 0, tzinfo=UTC)
    assert (counter.visit().day, counter.visit().planned_start) == (date(2026, 12, 4), moved)
    assert codes(outcome) == []


def test_a_day_is_not_moved_without_its_time(counter: Counter) -> None:
    counter.tell(appointment())
    counter.type(counter.visit(), planned_start="3 Dec 2026, 09:30")

    (outcome,) = counter.tell(appointment("S13", start="20261204100000", at=LATER))

    half_past = datetime(2026, 12, 3, 15, 30, tzinfo=UTC)
    assert (counter.visit().day, counter.visit().planned_start) == (date(2026, 12, 3), half_past)
    assert codes(outcome) == ["kept_ours", "kept_ours"]


def test_the_arrival_moves_with_the_start(counter: Counter) -> None:
    counter.tell(appointment())
    counter.type(counter.visit(), planned_arrival="3 Dec 2026, 08:00")

    counter.tell(appointment("S13", start="20261204100000", at=LATER))

    assert counter.visit().planned_arrival == datetime(2026, 12, 4, 15, 0, tzinfo=UTC)


def test_the_filler_number_alone_finds_the_visit(counter: Counter) -> None:
    counter.tell(appointment())
    moved = appointment("S14", room="7", at=LATER).replace("SCH|P-1^HIS", "SCH|")

    counter.tell(moved)

    assert counter.visit().room == "7"


def test_what_reception_changed_is_not_moved_back(counter: Counter) -> None:
    counter.tell(appointment())
    counter.type(counter.visit(), room="9")

    (outcome,) = counter.tell(appointment("S14", room="7", at=LATER))

    assert counter.visit().room == "9"
    assert codes(outcome) == ["kept_ours"]


def test_a_cancelled_appointment_cancels_the_visit_once(counter: Counter) -> None:
    counter.tell(appointment())

    first, second = counter.tell(appointment("S15", at=LATER), appointment("S15", at=LATER))

    assert counter.visit().state is VisitState.CANCELLED
    assert (codes(first), codes(second)) == ([], [])


def test_who_cancelled_may_bring_it_back(counter: Counter) -> None:
    counter.tell(appointment(), appointment("S15", at=LATER))

    counter.tell(appointment("S13", start="20261204100000", at="20261122100000"))

    assert counter.visit().state is VisitState.BOOKED
    assert counter.visit().day == date(2026, 12, 4)


def test_what_was_cancelled_here_stays_cancelled(counter: Counter) -> None:
    counter.tell(appointment())
    counter.visits.set_state(RECEPTION, counter.visit().id, VisitState.CANCELLED)

    (outcome,) = counter.tell(appointment("S14", room="7", at=LATER))

    assert counter.visit().state is VisitState.CANCELLED
    assert codes(outcome) == ["cancelled_here"]


def test_an_older_message_does_not_move_a_visit_back(counter: Counter) -> None:
    counter.tell(appointment(), appointment("S13", start="20261204100000", at=LATER))

    (outcome,) = counter.tell(appointment())

    assert counter.visit().day == date(2026, 12, 4)
    assert set(codes(outcome)) == {"older_than_held"}


@pytest.mark.parametrize("event", ["S13", "S15"])
def test_a_visit_that_has_begun_is_neither_moved_nor_cancelled(
    counter: Counter, event: str
) -> None:
    counter.tell(appointment())
    counter.visits.advance(RECEPTION, counter.visit().id)

    (outcome,) = counter.tell(appointment(event, start="20261204100000", at=LATER))

    assert counter.visit().state is VisitState.ARRIVED
    assert counter.visit().day == date(2026, 12, 3)
    assert (outcome.verdict, codes(outcome)) == (Verdict.REFUSED, ["visit_under_way"])


def test_cancelling_what_nobody_booked_is_refused_and_makes_no_patient(counter: Counter) -> None:
    (outcome,) = counter.tell(appointment("S15"))

    assert (outcome.verdict, codes(outcome)) == (Verdict.REFUSED, ["appointment_unknown"])
    assert counter.patients() == ()


def test_an_appointment_of_another_patient_is_refused(counter: Counter) -> None:
    counter.tell(appointment())
    other = appointment("S13", pid={3: "99^^^HOSP", 5: "Stone^Max", 7: "19800101"}, at=LATER)

    (outcome,) = counter.tell(other)

    assert codes(outcome) == ["appointment_of_other"]
    assert len(counter.patients()) == 1


def test_a_visit_booked_by_hand_on_that_day_is_the_same_visit(counter: Counter) -> None:
    counter.tell(message(), appointment())
    with counter.works() as work:
        by_hand = work.records(Visit).add(
            Visit(
                id="by-hand",
                patient_id=work.records(Patient).all()[0].id,
                day=date(2026, 12, 10),
                room="9",
            )
        )
        work.commit()

    (outcome,) = counter.tell(
        appointment("S12", start="20261210080000", filler="F-2", at=LATER).replace("P-1", "P-2")
    )

    found = next(each for each in counter.booked() if each.id == by_hand.id)
    assert len(counter.booked()) == 2
    assert found.planned_start == datetime(2026, 12, 10, 14, 0, tzinfo=UTC)
    assert (found.room, codes(outcome)) == ("9", ["kept_ours"])


def test_a_time_that_the_clocks_skipped_is_refused(counter: Counter) -> None:
    (outcome,) = counter.tell(appointment(start="20270314023000"))

    assert (outcome.verdict, codes(outcome)) == (Verdict.REFUSED, ["skipped_time"])
    assert counter.patients() == ()


# --- FHIR ---------------------------------------------------------------------------------------


def test_a_fhir_patient_is_taken_in_by_the_same_rules(counter: Counter) -> None:
    data = b"""{"resourceType":"Patient","id":"1","name":[{"family":"Doe","given":["Jane"]}],
        "birthDate":"1951-03-04","identifier":[{"system":"urn:oid:1.2","value":"77"}],
        "telecom":[{"system":"phone","value":"none","use":"home"}]}"""

    (first,) = counter.take_in(read_bundle(data))
    (again,) = counter.take_in(read_bundle(data))

    assert (first.verdict, again.verdict) == (Verdict.ACCEPTED, Verdict.MATCHED)
    assert codes(first) == ["left_out"]
    assert counter.patient().full_name == "Jane Doe"
