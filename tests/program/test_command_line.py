"""The program without a window: one sentence, the right exit code, never a traceback."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from intake_app import __version__
from intake_app.__main__ import main
from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.countries import Country
from intake_app.services.program import Program

VECTORS = [
    (1, (240, 300), "12:00-13:00", False),
    (2, (300, 360), "13:00-14:00", False),
    (3, (360, 420), "14:00-15:00", False),
    (4, (420, 480), "15:00-16:00", True),
    (6, (540, 600), "17:00-18:00", True),
]
"""n, shortest and longest stay, when they may leave, ask the physician: clinical.md 2.4."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with a clinic that closes at 16:00 and prepares for 90 minutes."""
    application = Application(Paths(tmp_path / "data"))
    draft = {
        **application.clinic.proposed(Country.US),
        "name": "Hillside",
        "closes": "16:00",
        "preparation_minutes": "90",
        "level_minutes": "45",
        "counts_from": "arrival",
    }
    application.clinic.set_up(draft, [])
    application.close()
    return tmp_path / "data"


def started(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "intake_app", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", **environment},
    )


@pytest.mark.parametrize(("n", "stay", "window", "ask"), VECTORS)
def test_the_estimate_is_right_to_the_minute(
    capsys: pytest.CaptureFixture[str], n: int, stay: tuple[int, int], window: str, ask: bool
) -> None:
    code = main(["estimate", str(n), "--start", "08:00", "--json"])

    said = json.loads(capsys.readouterr().out)
    assert code == 0
    assert said == {
        "n": n,
        "stay_min_minutes": stay[0],
        "stay_max_minutes": stay[1],
        "preparation_minutes": 0,
        "ask_physician": ask,
        "arrive": "08:00",
        "leave_from": window[:5],
        "leave_until": window[6:],
        "after_closing": False,
    }


def test_without_a_start_only_the_stay_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    main(["estimate", "2", "--json"])

    assert json.loads(capsys.readouterr().out).keys() == {
        "n",
        "stay_min_minutes",
        "stay_max_minutes",
        "preparation_minutes",
        "ask_physician",
    }


def test_the_estimate_is_said_in_words_with_its_rule(capsys: pytest.CaptureFixture[str]) -> None:
    main(["estimate", "4", "--start", "8"])

    assert capsys.readouterr().out.splitlines() == [
        "4 fractures: 7 h to 8 h from the start of the procedure "
        "(1 h for each fracture, plus 3 h to 4 h in recovery).",
        "Usually home between 15:00 and 16:00; the nurse decides when it is safe to leave.",
        "More than three levels in one session: ask the physician (C-11).",
    ]


def test_the_estimate_of_a_clinic_uses_its_minutes_and_hours(
    capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    code = main(["--data", str(data), "estimate", "6", "--start", "10:00"])

    assert code == 0
    assert capsys.readouterr().out.splitlines() == [
        "6 fractures: 7 h 30 min to 8 h 30 min from arrival "
        "(45 min for each fracture, plus 3 h to 4 h in recovery).",
        "Usually home between 16:00 and 17:00; the nurse decides when it is safe to leave.",
        "More than three levels in one session: ask the physician (C-11).",
        "The latest time is after the clinic closes.",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ["estimate", "0"],
        ["estimate", "-1"],
        ["estimate", "1.5"],
        ["estimate", "two"],
        ["estimate", ""],
        ["estimate", "31"],
        ["estimate", "9" * 5000],
        ["estimate", "2", "--start", "25:00"],
        ["estimate", "2", "--start", ""],
    ],
    ids=lambda arguments: " ".join(arguments)[:24],
)
def test_bad_usage_is_one_sentence_and_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    code = main(arguments)

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["estimate"], ["dance"], ["demo"], ["estimate", "1", "-x"]])
def test_a_command_line_nobody_knows_is_one_sentence_and_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])

    assert caught.value.code == 0
    assert capsys.readouterr().out == f"Spine Intake {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check-sheet", "7K3M-Q2XD"],
        ["check-sheet", "hello"],
        ["restore", "nowhere.sqlite3"],
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_one_sentence_and_code_1(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    data: Path,
    arguments: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    code = main(["--data", str(data), *arguments])

    said = capsys.readouterr()
    assert (code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1
    assert not (tmp_path / "sheet.pdf").exists()


def test_a_data_folder_that_cannot_be_made_is_one_sentence_and_code_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")

    code = main(["--data", str(blocked / "data"), "check"])

    assert code == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_file_that_is_no_database_is_one_sentence_and_code_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "intake.sqlite3").write_bytes(b"not a database, " * 100)

    code = main(["--data", str(tmp_path), "estimate", "2"])

    assert code == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_healthy_program_passes_its_own_checks(
    capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    code = main(["--data", str(data), "check", "--json"])

    said = json.loads(capsys.readouterr().out)
    assert (code, said["ok"]) == (0, True), said


def test_the_checks_are_said_line_by_line(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    main(["--data", str(data), "check"])

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) >= 5
    assert {line[:4] for line in lines} == {"ok  "}


def test_a_backup_can_be_put_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: Path
) -> None:
    backup = tmp_path / "copy.sqlite3"

    codes = [main(["--data", str(data), job, str(backup)]) for job in ("backup", "restore")]

    said = capsys.readouterr().out
    assert (codes, backup.exists()) == ([0, 0], True)
    assert "copy.sqlite3 is in place." in said


def test_the_application_has_everything_that_the_windows_use(data: Path) -> None:
    application = Application(Paths(data))
    promised = [name for name in vars(Program) if not name.startswith("_")]

    missing = [name for name in promised if not hasattr(application, name)]

    application.close()
    assert (missing, len(promised) > 10) == ([], True)


@pytest.mark.slow
def test_the_program_starts_as_a_process_and_answers() -> None:
    done = started("estimate", "2", "--start", "08:00", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["leave_from"] == "13:00"


@pytest.mark.slow
def test_what_nobody_foresaw_is_a_sentence_and_stands_in_the_log(data: Path) -> None:
    with closing(sqlite3.connect(Paths(data).database)) as connection:
        connection.execute("DROP TABLE staff")

    done = started("--data", str(data), "sheet", "P-000001", "--out", str(data / "sheet.pdf"))

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "something went wrong" in done.stderr
    reference = done.stderr.partition(", ")[2].partition(")")[0]
    assert f"unexpected failure {reference}" in (data / "logs" / "intake.log").read_text()


def test_without_a_display_the_window_says_what_to_do_instead(tmp_path: Path) -> None:
    done = started("--data", str(tmp_path))

    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no display here" in done.stderr


@pytest.mark.slow
def test_a_job_without_a_window_loads_no_widgets() -> None:
    script = (
        "import sys; from intake_app.__main__ import main; main(['estimate', '2']);"
        "print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'reportlab')])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_a_sheet_is_written_checked_and_found_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = str(tmp_path / "data")
    application = Application(Paths(tmp_path / "data"))
    application.demonstration.create()
    application.close()
    sheet = tmp_path / "sheet.pdf"

    nurse = ["--as", "Nora Bell"]
    codes = [main(["--data", data, "sheet", "P-000001", "--out", str(sheet), *nurse])]
    code = capsys.readouterr().out.split("check code ")[1][:9]
    codes.append(main(["--data", data, "check-sheet", f"SI:{code.lower()}"]))

    assert (codes, sheet.read_bytes()[:5]) == ([0, 0], b"%PDF-")
    assert ", unchanged. It is not recorded" in capsys.readouterr().out


@pytest.mark.slow
def test_a_sheet_is_written_as_text_for_a_voice(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    application = Application(Paths(tmp_path / "data"))
    application.demonstration.create()
    application.close()
    text = tmp_path / "sheet.txt"
    command = ["sheet", "P-000001", "--out", str(text), "--as", "Nora Bell", "--text"]

    code = main(["--data", str(tmp_path / "data"), *command])

    lines = text.read_text(encoding="utf-8").splitlines()
    check_code = capsys.readouterr().out.split("check code ")[1][:9].replace("-", "")
    assert code == 0
    assert "Demonstration, not a real patient." in lines
    assert [line for line in lines if "**" in line] == []
    assert lines[-1].removeprefix("Check code").translate({32: "", 44: "", 46: ""}) == check_code


@pytest.mark.slow
def test_no_sheet_is_written_in_nobodys_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    application = Application(Paths(tmp_path / "data"))
    application.demonstration.create()
    application.close()
    sheet = tmp_path / "sheet.pdf"

    code = main(["--data", str(tmp_path / "data"), "sheet", "P-000001", "--out", str(sheet)])

    assert code == 2
    assert "--as NAME" in capsys.readouterr().err
    assert not sheet.exists()


@pytest.mark.slow
def test_reception_writes_no_aftercare_sheet(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    application = Application(Paths(tmp_path / "data"))
    application.demonstration.create()
    application.close()
    command = ["sheet", "P-000001", "--out", str(tmp_path / "sheet.pdf"), "--as", "Sam Ortiz"]

    code = main(["--data", str(tmp_path / "data"), *command])

    assert code == 1
    assert "Choose at the top who you are" in capsys.readouterr().err
    assert not (tmp_path / "sheet.pdf").exists()
