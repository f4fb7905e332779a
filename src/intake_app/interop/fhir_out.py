"""Write people as one FHIR R4 bundle, entry by entry, so that a whole clinic fits in any memory."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.domain.errors import DiskFullError, FileUnwritableError
from intake_app.interop.fhir_people import (
    bare,
    contact_resource,
    driver_resource,
    full_url,
    patient_resource,
)
from intake_app.interop.fhir_visits import (
    answers_resource,
    condition_resource,
    document_resources,
    encounter_resource,
    moment,
    procedure_resource,
)

if TYPE_CHECKING:
    from intake_app.domain.dossiers import Dossier, Telling, VisitDossier
    from intake_app.domain.exchange import Cancelled
    from intake_app.interop.fhir_terms import Json

_PRIVATE = 0o600


def resources_of(dossier: Dossier, telling: Telling) -> Iterator[Json]:
    """Yield every resource of one person, the patient first."""
    yield bare(patient_resource(dossier, telling))
    if dossier.contact is not None:
        yield from _if_any(contact_resource(dossier.contact))
    for visit in dossier.visits:
        yield from _visit_resources(visit, dossier, telling)


def _visit_resources(visit: VisitDossier, dossier: Dossier, telling: Telling) -> Iterator[Json]:
    patient_id = dossier.patient.id
    yield bare(encounter_resource(visit, telling))
    if visit.driver is not None:
        yield from _if_any(driver_resource(visit.driver, patient_id))
    for fracture in visit.fractures:
        yield bare(condition_resource(fracture, patient_id, telling))
    yield from _if_any(answers_resource(visit))
    for treated in visit.treated:
        yield from _if_any(procedure_resource(treated, visit, patient_id, telling=telling))
    for document in document_resources(visit, telling, staff=dossier.staff):
        yield bare(document)


def _if_any(resource: Json) -> Iterator[Json]:
    if resource:
        yield bare(resource)


def entries(dossiers: Iterable[Dossier], telling: Telling) -> Iterator[Json]:
    """Yield the entries of a bundle."""
    for dossier in dossiers:
        for each in resources_of(dossier, telling):
            yield {"fullUrl": full_url(each["resourceType"], each["id"]), "resource": each}


class FhirFiles:
    """Writes people for other systems as FHIR R4."""

    def write(
        self,
        target: Path,
        dossiers: Iterable[Dossier],
        telling: Telling,
        *,
        cancelled: Cancelled | None = None,
    ) -> int:
        """Write everybody to one file, whole or not at all; return how many there were.

        Stopped half-way, it leaves nothing behind and returns 0.

        Raises:
            DiskFullError: there is no room for it.
            FileUnwritableError: it cannot be written there.
        """
        part = target.with_name(f"{target.name}.part")
        count = 0
        try:
            with suppress(FileNotFoundError):
                part.unlink()
            handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE)
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(_head(telling))
                before = ',"entry":[\n'
                for dossier in dossiers:
                    if cancelled is not None and cancelled():
                        return 0
                    for entry in entries((dossier,), telling):
                        file.write(before + _json(entry))
                        before = ",\n"
                    count += 1
                file.write("\n]}\n" if count else "}\n")
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFullError(errno.errorcode[error.errno]) from error
            raise FileUnwritableError(why=error.strerror or type(error).__name__) from error
        finally:
            with suppress(OSError):
                part.unlink()
        return count


def _head(telling: Telling) -> str:
    head = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": moment(telling.at, telling),
    }
    return _json(head)[:-1]


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
