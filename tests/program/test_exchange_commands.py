"""Import and export on the command line: one sentence, the right exit code."""

import json
from pathlib import Path

import pytest

from intake_app.__main__ import main
from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.countries import Country
from intake_app.domain.patients import Patient
from intake_app.domain.staff import PROGRAM, Role

TABLE = "Last,First,DOB,Sex\nDoe,Jane,3/14/1951,F\nRoe,Ann,12/31/1940,F\nPoe,Eve,2/31/1950,F\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with a manager and a receptionist."""
    application = Application(Paths(tmp_path / "data"))
    draft = {**application.clinic.proposed(Country.US), "name": "Hillside"}
    staff = [("Max Low", frozenset({Role.MANAGER})), ("Rita Vale", frozenset({Role.RECEPTION}))]
    application.clinic.set_up(draft, staff)
    application.close()
    return tmp_path / "data"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "patients.csv"
    path.write_text(TABLE)
    return path


def run(data: Path, *arguments: object, who: str = "Max Low") -> int:
    return main(["--data", str(data), *map(str, arguments), "--as", who])


def names(data: Path) -> list[str]:
    application = Application(Paths(data))
    with application.office.work() as work:
        found = [patient.family_name for patient in work.records(Patient).all()]
    application.close()
    return found


def test_a_table_is_taken_in_and_the_refused_go_to_a_file(
    data: Path, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(data, "import", table, "--refused", tmp_path / "refused.csv")

    printed = capsys.readouterr()
    assert code == 1
    assert printed.out == "2 new, 0 here already, 1 refused.\n"
    assert printed.err == "intake-app: 1 not taken in: see refused.csv.\n"
    assert names(data) == ["Doe", "Roe"]
    assert "31 February 1950" not in printed.out + printed.err
    assert "February 1950 has 28 days" in (tmp_path / "refused.csv").read_text("utf-8-sig")


def test_a_script_gets_the_reasons(
    data: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(data, "import", table, "--json")

    said = json.loads(capsys.readouterr().out)
    assert (said["accepted"], said["matched"], said["refused"]) == (2, 0, 1)
    assert said["refusals"][0]["place"] == "row 4"
    assert said["refusals"][0]["why"].startswith("Date of birth: 31 February 1950")


def test_the_same_table_again_doubles_nobody(
    data: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(data, "import", table)
    run(data, "import", table)

    assert capsys.readouterr().out.splitlines()[1] == "0 new, 2 here already, 1 refused."
    assert names(data) == ["Doe", "Roe"]


def test_dates_nobody_can_tell_apart_are_asked_for(
    data: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text("Last,DOB\nDoe,3/4/1951\n")

    unsure = run(data, "import", table)
    sure = run(data, "import", table, "--dates", "dmy")

    assert (unsure, sure) == (2, 0)
    assert "add --dates dmy or --dates mdy" in capsys.readouterr().err


def test_what_goes_out_comes_in_again_elsewhere(
    data: Path, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(data, "import", table)
    out = tmp_path / "out"
    out.mkdir()

    code = run(data, "export", out)

    assert code == 0
    assert sorted(path.name for path in out.iterdir()) == ["patients.csv", "visits.csv"]
    assert "2 patients in patients.csv, 0 visits in visits.csv." in capsys.readouterr().out


def test_a_name_without_an_ending_is_a_new_folder(data: Path, tmp_path: Path) -> None:
    run(data, "export", tmp_path / "everybody")

    names = sorted(path.name for path in (tmp_path / "everybody").iterdir())
    assert names == ["patients.csv", "visits.csv"]


def test_a_name_that_ends_in_json_is_fhir(data: Path, table: Path, tmp_path: Path) -> None:
    run(data, "import", table)
    run(data, "export", tmp_path / "everybody.json")

    bundle = json.loads((tmp_path / "everybody.json").read_text(encoding="utf-8"))
    assert [entry["resource"]["resourceType"] for entry in bundle["entry"]].count("Patient") == 2


def test_without_a_name_it_is_done_in_the_name_of_the_program(data: Path, table: Path) -> None:
    code = main(["--data", str(data), "import", str(table)])

    application = Application(Paths(data))
    with application.office.work() as work:
        (patient, _) = work.records(Patient).all()
        doers = {entry.actor_id for entry in work.trail_of(patient.id)}
    application.close()
    assert code == 1  # one row is refused, two are in
    assert doers == {PROGRAM.id}


def test_a_file_name_gives_the_visits_theirs(data: Path, tmp_path: Path) -> None:
    run(data, "export", tmp_path / "all.csv")

    assert (tmp_path / "all-visits.csv").is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["import", "missing.csv"], 1, "no longer there"),
        (["import", "."], 1, "This is a folder."),
        (["export", "no/such/folder/a.csv"], 1, "cannot be written there"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert run(data, *arguments) == code
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("who", ["Rita Vale", "Nobody"])
def test_only_a_manager_does_it(
    data: Path, table: Path, capsys: pytest.CaptureFixture[str], who: str
) -> None:
    assert run(data, "import", table, who=who) != 0
    assert run(data, "export", table, who=who) != 0
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert table.read_text() == TABLE
