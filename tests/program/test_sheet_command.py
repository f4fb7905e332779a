"""The sheet without a window, in another language than English."""

from dataclasses import replace
from pathlib import Path

import pytest

from intake_app.__main__ import main
from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.clinic import CLINIC_ID, Clinic
from tests.documents.looking import pages_of

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the data folder of the demonstration clinic."""
    application = Application(Paths(tmp_path / "data"))
    application.demonstration.create()
    application.close()
    return tmp_path / "data"


def sheet(folder: Path, *options: str) -> int:
    """Write the sheet of the first patient in the nurse's name."""
    command = ["sheet", "P-000001", "--out", str(folder / "sheet.pdf"), "--as", "Nora Bell"]
    return main(["--data", str(folder), *command, *options])


def first_page(folder: Path) -> str:
    return pages_of((folder / "sheet.pdf").read_bytes())[0]


def test_the_demonstration_writes_a_draft_translation(folder: Path) -> None:
    code = sheet(folder, "--language", "es-MX")

    assert code == 0
    assert "Sus cuidados en casa" in first_page(folder)
    assert "Llámenos el mismo día" in first_page(folder)


def test_english_is_set_beside_it(folder: Path) -> None:
    sheet(folder, "--language", "vi", "--beside")

    said = " ".join(pages_of((folder / "sheet.pdf").read_bytes()))
    assert "Chăm sóc vết thương" in said
    assert "Wound care" in said


def test_a_clinic_that_approved_no_translation_gets_english_and_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    application = Application(Paths(folder))
    with application.office.work() as work:
        clinic = work.records(Clinic).get(CLINIC_ID)
        work.records(Clinic).update(replace(clinic, demonstration=False))
        work.commit()
    application.close()

    code = sheet(folder, "--language", "ar")

    assert code == 0
    assert "Your care at home" in first_page(folder)
    assert "No approved wording in Arabic: the sheet prints in English." in capsys.readouterr().out


def test_a_language_that_is_none_of_ours_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sheet(folder, "--language", "fr") == 2
    assert "no paper is written in that language" in capsys.readouterr().err


def test_a_number_that_nobody_has_is_said_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder / "sheet.pdf"

    code = main(
        ["--data", str(folder), "sheet", "P-999999", "--out", str(out), "--as", "Nora Bell"]
    )

    assert code == 1
    assert "no patient this record number" in capsys.readouterr().err
    assert not out.exists()
