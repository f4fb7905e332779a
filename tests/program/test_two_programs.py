"""Two programs at one database file: what both type is there, whoever was faster."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.drafts import Dispute
from intake_app.domain.fields import fields_of
from intake_app.domain.patients import Patient
from intake_app.domain.staff import Actor, Role, Staff
from intake_app.domain.validation import draft_of

ROOT = Path(__file__).parents[2]
TYPING = """
import json, sys
from pathlib import Path
from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.patients import Patient
from intake_app.domain.staff import Actor, Staff
from intake_app.domain.validation import draft_of
folder, staff_id, patient_id, typed = sys.argv[1:]
application = Application(Paths(Path(folder)))
with application.office.work() as work:
    actor = Actor.of(work.records(Staff).get(staff_id))
    seen = draft_of(work.records(Patient).get(patient_id))
print("read", flush=True)
sys.stdin.readline()
for key, text in json.loads(typed):
    saved = application.forms.save(
        actor, Patient, patient_id, draft={key: text}, seen={key: seen[key]}, drafting=True
    )
    seen[key] = getattr(saved.record, key)
print("changed" if application.database.changed_elsewhere() else "alone", flush=True)
application.close()
"""


@pytest.fixture
def clinic(tmp_path: Path) -> Paths:
    """Return the data folder of a clinic with Jane Doe, a receptionist and a nurse."""
    paths = Paths(tmp_path / "clinic")
    application = Application(paths)
    application.clinic.set_up({"name": "Clinic", "time_zone": "UTC"}, [])
    with application.office.work() as work:
        for name, role in (("rita", Role.RECEPTION), ("nora", Role.NURSE)):
            work.records(Staff).add(Staff(id=name, name=name.title(), roles=(role,)))
        work.records(Patient).add(Patient(id="jane", family_name="Doe"))
        work.commit()
    application.close()
    return paths


def type_together(paths: Paths, *people: tuple[str, list[tuple[str, str]]]) -> list[str]:
    """Let each person type into the same patient in a program of their own; return what is said."""
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", TYPING, str(paths.data), name, "jane", json.dumps(typed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            cwd=ROOT,
        )
        for name, typed in people
    ]
    for program in programs:
        assert program.stdout is not None
        program.stdout.readline()  # everybody has read the record before anybody saves
    return [program.communicate("go\n")[0].strip() for program in programs]


def left(paths: Paths) -> tuple[Patient, dict[str, dict[str, Dispute]], tuple[str, ...]]:
    """Return the record, what is in dispute for whom, and what is wrong with the file."""
    application = Application(paths)
    with application.office.work() as work:
        patient = work.records(Patient).get("jane")
        people = [Actor.of(each) for each in work.records(Staff).all()]
    disputes = {
        person.id: application.drafts.disputes(
            person, ("patient", "jane"), values=draft_of(patient), table=fields_of(Patient)
        )
        for person in people
    }
    problems = application.database.problems()
    application.close()
    return patient, disputes, problems


@pytest.mark.slow
def test_fields_that_do_not_touch_merge(clinic: Paths) -> None:
    words = [f"{number}" for number in range(20)]

    said = type_together(
        clinic,
        ("rita", [("city", f"Town {word}") for word in words]),
        ("nora", [("postcode", f"5{word}") for word in words]),
    )

    patient, disputes, problems = left(clinic)
    assert (patient.city, patient.postcode) == ("Town 19", "519")
    assert disputes == {"rita": {}, "nora": {}}
    assert "changed" in said
    assert problems == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("city", "Ames", "Boone"),
        ("birth_date", "1951-03-04", "1951-03-05"),
        ("sex", "female", "male"),
        ("who_helps", "her son", "her neighbour"),
    ],
)
def test_of_two_values_for_one_field_neither_is_lost(
    clinic: Paths, key: str, one: str, other: str
) -> None:
    type_together(clinic, ("rita", [(key, one)]), ("nora", [(key, other)]))

    patient, disputes, problems = left(clinic)
    ((person, found),) = [(who, each[key]) for who, each in disputes.items() if each]
    kept = {str(getattr(patient, key)), found.mine}
    assert kept == {one, other}
    assert str(found.theirs) == str(getattr(patient, key))
    assert found.by.lower() in {"rita", "nora"} - {person}
    assert problems == ()
