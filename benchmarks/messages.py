"""Everybody written as FHIR and read back, messages taken in: people a second, and memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.memory import peak_mib
from benchmarks.pairs import row
from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.fractures import Fracture
from intake_app.domain.patients import Sex
from intake_app.domain.spine import Level
from intake_app.domain.staff import PROGRAM
from intake_app.interop.fhir_in import read_bundle
from intake_app.interop.hl7_in import read_messages
from intake_app.services.registration import new_patient, new_visit

PEOPLE = 100_000
FLAT_MB = 72
"""How much more memory 100,000 people may take than 2,000: the database keeps 64 MB of pages."""
_FEW = 2_000
_MESSAGES = 2_000


def rows(size: int = PEOPLE) -> list[dict[str, object]]:
    """Measure the export in a process of its own for each size."""
    with tempfile.TemporaryDirectory(prefix="bench-messages-") as folder:
        small = _exported(Path(folder) / "small", _FEW)
        large = _exported(Path(folder) / "large", size)
        read = _seconds_to_read((Path(folder) / "small" / "all.json").read_bytes())
        taken = _seconds_to_take_in(Path(folder) / "messages")
    more = large["peak_mb"] - small["peak_mb"]
    plain: dict[str, object] = {"floor": None, "ratio": None}
    return [
        row(
            f"people written as FHIR a second, {size} in all, each with a visit",
            ours=size / large["seconds"], unit="/s", goal="-", met=None, **plain,  # type: ignore[arg-type]
        ),
        row(
            f"peak memory of {size} people over {_FEW} people",
            ours=more, unit="MB", goal=f"<= {FLAT_MB}", met=more <= FLAT_MB, **plain,  # type: ignore[arg-type]
        ),
        row(
            f"people read from FHIR a second, {_FEW} in all",
            ours=_FEW / read, unit="/s", goal="-", met=None, **plain,  # type: ignore[arg-type]
        ),
        row(
            f"messages of HL7 v2 taken in a second, {_MESSAGES} in all",
            ours=_MESSAGES / taken, unit="/s", goal="-", met=None, **plain,  # type: ignore[arg-type]
        ),
    ]  # fmt: skip


def _exported(folder: Path, size: int) -> dict[str, float]:
    folder.mkdir()
    application = Application(Paths(folder / "data"))
    application.clinic.set_up({"name": "Bench", "time_zone": "UTC"}, [])
    with application.office.work() as work:
        for number in range(size):
            values = {
                "family_name": f"Family{number}",
                "given_name": "Jane",
                "birth_date": date(1951, 3, 4),
                "sex": Sex.FEMALE,
                "mobile_phone": f"515 555 {number % 10000:04}",
                "city": "Ames",
            }
            office = application.office
            patient = new_patient(office, work, PROGRAM, values=values)
            day = {"day": date(2026, 12, 3)}
            visit = new_visit(office, work, PROGRAM, patient_id=patient.id, values=day)
            fracture = Fracture(id=f"fracture-{number}", visit_id=visit.id, level=Level.T12)
            work.records(Fracture).add(fracture)
        work.commit()
    application.close()
    target = folder / "all.json"
    command = [sys.executable, "-m", "benchmarks.messages", str(folder / "data"), str(target)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    measured: dict[str, float] = json.loads(printed)
    return measured


def _export(data: Path, target: Path) -> dict[str, float]:
    application = Application(Paths(data))
    began = time.perf_counter()
    application.dossiers.write_all(PROGRAM, target)
    seconds = time.perf_counter() - began
    application.close()
    peak = peak_mib()
    return {"seconds": seconds, "peak_mb": peak}


def _seconds_to_read(data: bytes) -> float:
    began = time.perf_counter()
    for _ in read_bundle(data):
        pass
    return time.perf_counter() - began


def _seconds_to_take_in(folder: Path) -> float:
    application = Application(Paths(folder))
    application.clinic.set_up({"name": "Bench", "time_zone": "UTC"}, [])
    data = "".join(_message(number) for number in range(_MESSAGES)).encode()
    began = time.perf_counter()
    application.exchange.take_in(PROGRAM, read_messages(data))
    seconds = time.perf_counter() - began
    application.close()
    return seconds


def _message(number: int) -> str:
    born = f"19{number % 90 + 10}0304"
    return (
        "MSH|^~\\&|HIS|HOSP|||20261122080000||ADT^A04|1|P|2.5.1||||||UNICODE UTF-8\r"
        f"PID|1||{number}^^^HOSP^MR||Name{number * 7919}^Given{number % 60}||{born}|F\r"
    )


if __name__ == "__main__":
    print(json.dumps(_export(Path(sys.argv[1]), Path(sys.argv[2]))))
