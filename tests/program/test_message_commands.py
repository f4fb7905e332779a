"""Messages in and FHIR out on the command line, from one clinic to the next."""

import json
from pathlib import Path

import pytest

from intake_app.__main__ import main
from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.countries import Country
from intake_app.domain.patients import Patient
from intake_app.domain.staff import Role
from tests.interop.letters import appointment, message
from tests.interop.r4 import faults


@pytest.fixture
def clinics(tmp_path: Path) -> tuple[Path, Path]:
    """Return the data folders of two clinics with a manager each."""
    folders = (tmp_path / "here", tmp_path / "there")
    for folder in folders:
        application = Application(Paths(folder))
        draft = {**application.clinic.proposed(Country.US), "name": "Hillside"}
        application.clinic.set_up(draft, [("Max Low", frozenset({Role.MANAGER}))])
        application.close()
    return folders


def run(folder: Path, *arguments: object) -> int:
    return main(["--data", str(folder), *map(str, arguments), "--as", "Max Low"])


def people(folder: Path) -> list[tuple[str, str, str]]:
    """Return name, birth date and record number of everybody."""
    application = Application(Paths(folder))
    with application.office.work() as work:
        found = work.records(Patient).all()
    application.close()
    return [(each.full_name, str(each.birth_date), each.record_number) for each in found]


def test_messages_come_in_and_go_on_as_fhir_to_the_next_clinic(
    clinics: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = clinics
    letters = tmp_path / "from-the-hospital.hl7"
    letters.write_text(message() + appointment() + message("ADT^A03"), encoding="utf-8")
    bundle = tmp_path / "everybody.json"

    codes = [
        run(here, "import", letters),
        run(here, "export", bundle, "--format", "fhir"),
        run(there, "import", bundle, "--json"),
    ]

    printed = capsys.readouterr().out.splitlines()
    assert codes == [1, 0, 1]
    assert printed[:2] == ["1 new, 1 here already, 1 refused.", "1 patients in everybody.json."]
    assert people(there) == people(here) == [("Jane Q Doe", "1951-03-04", "P-000001")]
    assert faults(json.loads(bundle.read_text(encoding="utf-8"))) == []
    said = json.loads(printed[2])
    assert (said["accepted"], [each["place"] for each in said["refusals"]]) == (1, ["entry 2"])
    assert "Encounter" in said["refusals"][0]["why"]


def test_one_patient_goes_out_by_record_number(
    clinics: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, _ = clinics
    letters = tmp_path / "from-the-hospital.hl7"
    letters.write_text(
        appointment() + appointment(pid={3: "78^^^HOSP", 5: "Roe^Max"}, filler="F-2")
    )
    run(here, "import", letters)

    code = run(here, "export", tmp_path, "--patient", "P-000001")

    bundle = json.loads((tmp_path / "patient.json").read_text(encoding="utf-8"))
    kinds = [each["resource"]["resourceType"] for each in bundle["entry"]]
    assert code == 0
    assert kinds == ["Patient", "Encounter"]
    assert capsys.readouterr().out.endswith("1 patient in patient.json.\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cut.json", '{"resourceType":"Bundle","entry":[{"resource":{"resou'),
        ("deep.json", "[" * 9999),
    ],
)
def test_a_damaged_file_is_one_sentence_and_changes_nothing(
    clinics: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str,
) -> None:
    damaged = tmp_path / name
    damaged.write_text(text, encoding="utf-8")

    code = run(clinics[0], "import", damaged, "--format", "fhir")

    assert code == 1
    assert "damaged or ends in the middle" in capsys.readouterr().err
    assert people(clinics[0]) == []
