"""A table of patients taken in: rows a second, memory, and how long a desk waits meanwhile."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.memory import peak_mib
from benchmarks.pairs import percentile, row
from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.patients import Patient
from intake_app.domain.staff import PROGRAM

ROOT = Path(__file__).resolve().parent.parent
ROWS = 100_000
FLAT_MB = 64
"""How much more memory a file of 100,000 rows may take than one of 2,000."""
_FEW = 2_000
_BETWEEN_SAVES_S = 0.25


def rows(size: int = ROWS) -> list[dict[str, object]]:
    """Measure in a process of its own for each size; a desk saves beside it."""
    with tempfile.TemporaryDirectory(prefix="bench-exchange-") as folder:
        small, _ = _measured(Path(folder) / "small", _FEW)
        large, waits = _measured(Path(folder) / "large", size)
    more = large["peak_mb"] - small["peak_mb"]
    waited = percentile(waits, 95) * 1e3
    plain: dict[str, object] = {"floor": None, "ratio": None}
    return [
        row(
            f"{size} rows recognised, by reading all of them",
            ours=large["look_s"], unit="s", goal="-", met=None, **plain,  # type: ignore[arg-type]
        ),
        row(
            f"rows taken in a second, {size} in all",
            ours=size / large["take_s"], unit="/s", goal="-", met=None, **plain,  # type: ignore[arg-type]
        ),
        row(
            f"peak memory of {size} rows over {_FEW} rows",
            ours=more, unit="MB", goal=f"<= {FLAT_MB}", met=more <= FLAT_MB, **plain,  # type: ignore[arg-type]
        ),
        row(
            f"save at a desk while {size} rows are taken in, 95th percentile",
            ours=waited, unit="ms", goal="-", met=None, **plain,  # type: ignore[arg-type]
        ),
    ]  # fmt: skip


def _measured(folder: Path, size: int) -> tuple[dict[str, float], list[float]]:
    folder.mkdir()
    application = Application(Paths(folder / "data"))
    application.clinic.set_up({"name": "Bench", "time_zone": "UTC"}, [])
    table = folder / "patients.csv"
    _write(table, size)
    visit = application.patients.register(PROGRAM, "Desk, Anna 3/4/1951")
    patient = application.patients.case(PROGRAM, visit).patient
    waits: list[float] = []
    done = threading.Event()

    def work_at_the_desk() -> None:
        number = 0
        while not done.wait(_BETWEEN_SAVES_S):
            number += 1
            began = time.perf_counter()
            draft = {"city": f"Town {number}"}
            application.forms.save(PROGRAM, Patient, patient.id, draft=draft, seen={})
            waits.append(time.perf_counter() - began)

    desk = threading.Thread(target=work_at_the_desk)
    desk.start()
    command = [sys.executable, "-m", "benchmarks.exchange", str(folder / "data"), str(table)]
    try:
        printed = subprocess.run(
            command, check=True, capture_output=True, text=True, cwd=ROOT
        ).stdout
    finally:
        done.set()
        desk.join()
        application.close()
    return json.loads(printed), waits


def _write(table: Path, size: int) -> None:
    from benchmarks.people import people

    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Last name", "First name", "DOB", "MRN", "Mobile", "City", "ZIP"])
        for who in people(size):
            phone = f"{who.phone[:-7]} {who.phone[-7:]}"
            cells = (who.family, who.given, who.born, who.record_number, phone)
            writer.writerow([*cells, f"Town {who.number % 997}", f"{who.number % 99991:05}"])


def _take_in(data: Path, table: Path) -> dict[str, float]:
    """Take in one table; what this process needed says what the program needs."""
    application = Application(Paths(data))
    began = time.perf_counter()
    looked = application.exchange.look(PROGRAM, table)
    look_s = time.perf_counter() - began
    began = time.perf_counter()
    from intake_app.domain.exchange import FileKind

    people = application.exchange.people_of(
        PROGRAM, table, kind=FileKind.CSV, reading=looked.reading
    )
    summary = application.exchange.take_in(PROGRAM, people)
    take_s = time.perf_counter() - began
    application.close()
    peak = peak_mib()
    return {
        "look_s": look_s,
        "take_s": take_s,
        "peak_mb": peak,
        "accepted": summary.accepted,
        "matched": summary.matched,
        "refused": summary.refused,
    }


if __name__ == "__main__":
    print(json.dumps(_take_in(Path(sys.argv[1]), Path(sys.argv[2]))))
