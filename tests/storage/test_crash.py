"""A program that is killed in the middle of a save loses nothing it said was saved."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from intake_app.domain.patients import Patient
from intake_app.storage.database import SqliteDatabase

SAVING = """
import sys
from dataclasses import replace
from pathlib import Path
from intake_app.domain.patients import Patient
from intake_app.storage.database import SqliteDatabase
from tests.storage.examples import a_line
path = Path(sys.argv[1])
database = SqliteDatabase(path, path.parent)
with database.work() as work:
    patient = work.records(Patient).add(Patient(id="ada", family_name="0"))
    work.note(a_line())
    work.commit()
while True:
    with database.work() as work:
        patient = replace(patient, family_name=f"Name{patient.version}", who_helps="x" * 9000)
        patient = work.records(Patient).update(patient)
        work.note(a_line())
        work.keep_typed("patient", "ada", {"birth_date": patient.family_name})
        work.commit()
    print(patient.version, flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize("saves", [1, 40, 111])
def test_the_last_acknowledged_save_is_there_after_a_kill(tmp_path: Path, saves: int) -> None:
    path = tmp_path / "intake.sqlite3"
    command = [sys.executable, "-c", SAVING, str(path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=root) as program:
        assert program.stdout is not None
        read = [program.stdout.readline() for _ in range(saves)]
        program.send_signal(signal.SIGKILL)
        read += program.stdout.readlines()
    acknowledged = max(int(line) for line in read if line.endswith("\n"))

    database = SqliteDatabase(path, tmp_path)
    with database.work() as work:
        patient = work.records(Patient).get("ada")
        lines = work.trail_of("ada")
        typed = work.typed("patient", "ada")
        (found,) = work.search(patient.family_name)
    problems = database.problems()
    database.close()

    assert patient.version in (acknowledged, acknowledged + 1)
    assert len(lines) == patient.version
    assert typed == {"birth_date": patient.family_name}
    assert found.patient_id == "ada"
    assert problems == ()
