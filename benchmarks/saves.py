"""One acknowledged save with its history and draft, beside the raw three-row durable commit."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from benchmarks.pairs import alternate, row
from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.patients import Patient
from intake_app.domain.staff import PROGRAM, Actor, Role

GOAL = 1.5
PAIRS = 300
WAL_IS_SAFE = (3, 51, 3)
"""The release that mends the WAL-reset error; below it the program uses TRUNCATE too."""
_TYPED_BEFORE = ("given_name", "gender", "address_line_1", "region", "country", "who_helps")
"""Fields that are in the draft already, as after a minute of typing."""
_SCHEMA = (
    "create table patient(id integer primary key, mrn text unique, family text, given text,"
    " dob text, phone text, updated text)",
    "create index patient_family on patient(family, given)",
    "create table visit(id integer primary key, patient_id integer references patient(id),"
    " at text, note text)",
    "create index visit_patient on visit(patient_id, at)",
    "create table audit(id integer primary key, at text, who text, what text, hash blob)",
)


def rows() -> list[dict[str, object]]:
    """Measure the save; both databases lie in one folder and use the same journal."""
    with tempfile.TemporaryDirectory(prefix="bench-saves-") as folder:
        application = Application(Paths(Path(folder) / "ours"))
        application.clinic.set_up({"name": "Bench", "time_zone": "UTC"}, [])
        visit_id = application.patients.register(PROGRAM, "Doe, Jane 3/4/1951")
        patient = application.patients.case(PROGRAM, visit_id).patient
        rita = Actor("rita", "Rita Vale", frozenset({Role.RECEPTION}))
        typed = dict.fromkeys(_TYPED_BEFORE, "typed a moment ago")
        application.forms.save(rita, Patient, patient.id, draft=typed, drafting=True)
        journal = "wal" if sqlite3.sqlite_version_info >= WAL_IS_SAFE else "truncate"

        raw = sqlite3.connect(Path(folder) / "raw.sqlite3", isolation_level=None)
        raw.execute(f"pragma journal_mode={journal}").fetchall()
        raw.execute("pragma synchronous=full")
        raw.execute("pragma foreign_keys=on")
        for statement in _SCHEMA:
            raw.execute(statement)

        def ours(number: int) -> None:
            application.forms.save(
                rita, Patient, patient.id, draft={"city": f"Town {number}"}, seen={}, drafting=True
            )

        def floor(number: int) -> None:
            raw.execute("begin immediate")
            raw.execute(
                "insert into patient(mrn,family,given,dob,phone,updated) values(?,?,?,?,?,?)",
                (f"M{number}", "Doe", "Jane", "1951-03-04", "515 555 0100", "2026-01-01T00:00Z"),
            )
            raw.execute(
                "insert into visit(patient_id,at,note) values(?,?,?)",
                (number + 1, "2026-01-01T10:00", "n" * 300),
            )
            raw.execute(
                "insert into audit(at,who,what,hash) values(?,?,?,?)",
                ("2026-01-01T10:00", "u1", "save", b"\0" * 32),
            )
            raw.execute("commit")

        mine, theirs, ratio = alternate(ours, floor, pairs=PAIRS)
        raw.close()
        application.close()
    return [
        row(
            f"one acknowledged save with its history and draft ({journal})",
            ours=mine * 1e3,
            floor=theirs * 1e3,
            ratio=ratio,
            unit="ms",
            goal=f"<= {GOAL}",
            met=ratio <= GOAL,
        )
    ]
