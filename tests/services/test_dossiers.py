"""People are gathered for other systems: one with everything, or all of them, few at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.dossiers import Dossier, Telling
from intake_app.domain.errors import NotAllowedError, NotFoundError
from intake_app.domain.exchange import Cancelled
from intake_app.domain.staff import Actor
from intake_app.domain.told import VisitNumber
from intake_app.services import dossiers
from intake_app.services.dossiers import DossierService
from tests.services.desk import MANAGER, NURSE, PHYSICIAN, RECEPTION, Desk
from tests.services.test_rights import NOBODY

OUT = Path("out.json")


@dataclass
class Kept:
    """Keeps what is to be written."""

    dossiers: list[Dossier] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)

    def write(
        self,
        target: Path,
        dossiers: Iterable[Dossier],
        telling: Telling,
        *,
        cancelled: Cancelled | None = None,
    ) -> int:
        self.dossiers = list(dossiers)
        self.tellings.append(telling)
        return 0 if cancelled is not None and cancelled() else len(self.dossiers)


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def service(desk: Desk, kept: Kept) -> DossierService:
    return DossierService(desk.office, kept)


def patient_of(desk: Desk, visit_id: str) -> str:
    return desk.patients.case(NURSE, visit_id).patient.id


def test_one_patient_goes_with_every_visit_fracture_and_number(
    desk: Desk, service: DossierService, kept: Kept, visit_id: str
) -> None:
    patient_id = patient_of(desk, visit_id)
    second = desk.patients.new_visit(RECEPTION, patient_id)
    desk.fractures.add(NURSE, second, "L1")
    desk.fractures.add(NURSE, second, "T12")
    with desk.work as work:
        work.records(VisitNumber).add(
            VisitNumber(id="n", visit_id=second, system="HIS filler", value="7")
        )
        work.commit()

    how_many = service.write_one(RECEPTION, patient_id, target=OUT)

    (dossier,) = kept.dossiers
    assert how_many == 1
    assert [each.visit.id for each in dossier.visits] == [visit_id, second]
    assert [each.level for each in dossier.visits[1].fractures] == ["T12", "L1"]
    assert dossier.visits[1].numbers == (("HIS filler", "7"),)
    assert kept.tellings[0].with_papers


def test_everybody_goes_in_the_order_they_came(
    desk: Desk, service: DossierService, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dossiers, "_AT_ONCE", 2)
    names = ["Ash", "Birch", "Cedar", "Elm", "Fir"]
    for name in names:
        desk.register(f"{name}, Ann")
    told: list[int] = []

    how_many = service.write_all(MANAGER, OUT, progress=told.append)

    assert how_many == 5
    assert [each.patient.family_name for each in kept.dossiers] == names
    assert told == [40, 80, 100]
    assert not kept.tellings[0].with_papers


def test_records_that_became_one_lead_to_each_other(
    desk: Desk, service: DossierService, kept: Kept
) -> None:
    stays, joins = (patient_of(desk, desk.register(f"Doe, Jane{end}")) for end in ("", "t"))
    seen = desk.merging.compare(RECEPTION, stays, joins)
    desk.merging.merge(RECEPTION, seen, {})

    service.write_all(MANAGER, OUT)

    first, second = kept.dossiers
    assert first.replaces == (joins,)
    assert second.patient.merged_into == stays


@pytest.mark.parametrize("actor", [RECEPTION, NURSE, PHYSICIAN], ids=lambda actor: actor.name)
def test_only_a_manager_writes_everybody(service: DossierService, actor: Actor) -> None:
    with pytest.raises(NotAllowedError):
        service.write_all(actor, OUT)


def test_somebody_without_a_role_writes_nobody(
    desk: Desk, service: DossierService, visit_id: str
) -> None:
    with pytest.raises(NotAllowedError):
        service.write_one(NOBODY, patient_of(desk, visit_id), target=OUT)


def test_nobody_is_written_who_is_not_there(service: DossierService) -> None:
    with pytest.raises(NotFoundError):
        service.write_one(RECEPTION, "nobody", target=OUT)


def test_without_a_clinic_there_is_nothing_to_write(kept: Kept) -> None:
    with pytest.raises(NotFoundError):
        DossierService(Desk().office, kept).write_all(MANAGER, OUT)


def test_the_history_says_who_wrote_a_patient_to_a_file(
    desk: Desk, service: DossierService, visit_id: str
) -> None:
    patient_id = patient_of(desk, visit_id)

    service.write_one(RECEPTION, patient_id, target=OUT)

    latest = desk.patients.history(RECEPTION, patient_id)[0]
    assert (latest.deed, latest.actor_id) == (Deed.EXPORTED, RECEPTION.id)


def test_the_trail_says_how_many_were_written_and_not_whom(
    desk: Desk, service: DossierService, visit_id: str
) -> None:
    service.write_all(MANAGER, OUT)

    entry = desk.work.kept.trail[-1]
    assert entry.deed is Deed.EXPORTED
    assert [(each.key, each.after) for each in entry.changes] == [
        ("kind", "fhir"),
        ("patients", "1"),
        ("visits", "1"),
    ]
    assert entry.patient_id == ""


def test_an_export_that_was_stopped_is_not_in_the_trail(
    desk: Desk, service: DossierService, visit_id: str
) -> None:
    before = len(desk.work.kept.trail)

    how_many = service.write_all(MANAGER, OUT, cancelled=lambda: True)

    assert how_many == 0
    assert len(desk.work.kept.trail) == before
