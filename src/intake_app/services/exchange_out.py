"""Write patients and visits for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed, Entry, FieldChange
from intake_app.domain.fractures import Fracture
from intake_app.domain.patients import Patient
from intake_app.domain.spine import position
from intake_app.domain.visits import Visit
from intake_app.services.office import Office, clinic_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from intake_app.domain.exchange import Cancelled, Progress, TableFiles
    from intake_app.domain.staff import Actor

AT_ONCE = 200
"""Patients read in one transaction: reception saves in between."""
EXPORT = "export"
"""Name of the trail's lines about a whole export."""


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was written; ``cancelled`` when nothing was."""

    patients: int = 0
    visits: int = 0
    cancelled: bool = False


class StoppedError(Exception):
    """Somebody stopped the export."""


def people(
    office: Office,
) -> Iterator[tuple[Patient, tuple[tuple[Visit, tuple[Fracture, ...]], ...]]]:
    """Yield every patient who was not merged into another, with visits and fractures."""
    last = ""
    while True:
        with office.look() as work:
            patients = work.records(Patient).after(last, AT_ONCE)
            found = [
                (
                    patient,
                    tuple(
                        (
                            visit,
                            tuple(
                                sorted(
                                    work.records(Fracture).owned_by(visit.id),
                                    key=lambda row: position(row.level),
                                )
                            ),
                        )
                        for visit in work.records(Visit).owned_by(patient.id)
                    ),
                )
                for patient in patients
                if not patient.merged_into
            ]
        if not patients:
            return
        last = patients[-1].id
        yield from found


def export_tables(
    office: Office,
    tables: TableFiles,
    paths: tuple[Path, Path],
    *,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> Exported:
    """Write patients and visits to two paths; neither is touched when it is cancelled or fails."""
    with office.look() as work:
        locality = office.locality(clinic_of(work))
        total = work.records(Patient).count()
    written = stayed = 0
    try:
        with tables.writing_tables(*paths, locality) as writer:
            for patient, stays in people(office):
                if cancelled is not None and cancelled():
                    raise StoppedError
                writer.patient(patient)
                written += 1
                for visit, fractures in stays:
                    writer.visit(patient, visit, fractures)
                    stayed += 1
                if progress is not None and written % AT_ONCE == 0:
                    progress(min(99, written * 100 // max(total, 1)))
    except StoppedError:
        return Exported(cancelled=True)
    return Exported(written, stayed)


def note_export(office: Office, actor: Actor, kind: str, *, patients: int, visits: int) -> None:
    """Write into the trail who wrote how many into a file; never whom."""
    with office.work() as work:
        work.note(
            Entry(
                at=office.clock.now(),
                actor_id=actor.id,
                deed=Deed.EXPORTED,
                table=EXPORT,
                record_id=office.ids.new(),
                changes=(
                    FieldChange("kind", None, kind),
                    FieldChange("patients", None, str(patients)),
                    FieldChange("visits", None, str(visits)),
                ),
            )
        )
        work.commit()
