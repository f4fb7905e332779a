"""Jane Doe, registered twice: what the tests of merging start from."""

from dataclasses import dataclass

from intake_app.domain.merging import Merge, Side
from intake_app.domain.patients import Patient
from intake_app.domain.visits import Visit
from tests.services.desk import RECEPTION, Desk, a_desk


@dataclass
class Twins:
    """Two records of one person: first P-000001, a day later P-000002."""

    desk: Desk
    stays: str
    joins: str
    first_visit: str
    second_visit: str

    def merge(self, **picks: Side) -> Merge:
        """Merge, picking by the key of a patient's field."""
        seen = self.desk.merging.compare(RECEPTION, self.stays, self.joins)
        named = {f"patient.{key}": side for key, side in picks.items()}
        return self.desk.merging.merge(RECEPTION, seen, named)

    def patient(self, patient_id: str) -> Patient:
        """Return a record as it is stored."""
        with self.desk.work as work:
            return work.records(Patient).get(patient_id)

    def visits(self, patient_id: str) -> list[str]:
        """Return the ids of the visits stored with a record."""
        with self.desk.work as work:
            return [visit.id for visit in work.records(Visit).owned_by(patient_id)]


def twins_at_the_desk() -> Twins:
    """Return a desk where Jane Doe was registered twice; the later record knows her e-mail."""
    desk = a_desk()
    first = desk.register("Doe, Jane 3/4/1951")
    desk.clock.advance(days=1)
    second = desk.register("Dow, Jane 3/4/1951")
    stays, joins = desk.case(first).patient, desk.case(second).patient
    desk.save(joins, {"email": "jane@example.org", "mobile_phone": "312 555 0142"})
    return Twins(desk, stays.id, joins.id, first, second)
