"""Rights are asked before anything is done; days are the clinic's days."""

from datetime import UTC, date, datetime

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.errors import NotAllowedError
from intake_app.domain.staff import Action
from intake_app.services.office import Office, require
from tests.builders import a_clinic, a_patient
from tests.fakes import FakeClock, FakeIds, FakeWork
from tests.services.desk import NURSE, RECEPTION


def an_office(now: datetime) -> Office:
    return Office(FakeWork, FakeWork, FakeClock(now), FakeIds())


def test_a_right_that_is_missing_is_named() -> None:
    with pytest.raises(NotAllowedError) as caught:
        require(RECEPTION, Action.RECORD_PROCEDURE)

    assert caught.value.values == {"action": "record_procedure"}


def test_today_is_the_day_at_the_clinic() -> None:
    office = an_office(datetime(2026, 11, 23, 3, tzinfo=UTC))

    locality = office.locality(a_clinic(time_zone="America/Chicago"))

    assert (locality.today, locality.date_order) == (date(2026, 11, 22), "mdy")


def test_before_set_up_today_is_the_day_in_utc() -> None:
    office = an_office(datetime(2026, 11, 23, 3, tzinfo=UTC))

    assert office.locality(None).today == date(2026, 11, 23)


def test_a_line_of_the_trail_says_who_when_and_whose() -> None:
    office = an_office(datetime(2026, 11, 23, 3, tzinfo=UTC))

    entry = office.entry(NURSE, Deed.VIEWED, a_patient(), patient_id="patient-1")

    assert (entry.actor_id, entry.table, entry.record_id, entry.patient_id) == (
        NURSE.id,
        "patient",
        "patient-1",
        "patient-1",
    )
    assert entry.at == datetime(2026, 11, 23, 3, tzinfo=UTC)
