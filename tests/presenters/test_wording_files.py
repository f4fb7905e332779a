"""Wording to and from a file: one language at a time, whole or not at all."""

from pathlib import Path

import pytest

from intake_app.ui.presenters.wording_fields import Place
from intake_app.ui.presenters.wording_files import FilesPresenter
from tests.presenters.wordings import Page, a_wording_page

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """Return the page with English and Spanish."""
    return a_wording_page(tmp_path, languages=("es",))


@pytest.fixture
def files(page: Page) -> FilesPresenter:
    """Return what the two buttons do."""
    files = FilesPresenter(page.wording)
    files.said.connect(page.said.append)
    return files


def test_the_sheets_of_the_open_language_are_written(
    page: Page, files: FilesPresenter, tmp_path: Path
) -> None:
    page.wording.choose("aftercare/es")

    files.export(tmp_path / files.suggested())

    text = (tmp_path / "wording-es-2026-11-22.toml").read_text("utf-8")
    assert 'id = "aftercare/es"' in text
    assert 'id = "aftercare/en"' not in text


def test_what_is_typed_is_saved_before_it_is_written(
    page: Page, files: FilesPresenter, tmp_path: Path
) -> None:
    page.blocks.type(Place("R-1", 0, 0), "Pain in your chest")

    files.export(tmp_path / "ours.toml")

    assert "Pain in your chest" in (tmp_path / "ours.toml").read_text("utf-8")


def test_a_file_from_another_clinic_comes_in_as_a_draft(
    page: Page, files: FilesPresenter, tmp_path: Path
) -> None:
    files.export(tmp_path / "ours.toml")
    theirs = (tmp_path / "ours.toml").read_text("utf-8").replace("Chest pain", "Pain in the chest")
    (tmp_path / "theirs.toml").write_text(theirs, "utf-8")

    files.take_in(tmp_path / "theirs.toml")

    said = page.said[-1]
    assert "Aftercare sheet, English: Taken in as a draft. Version 2." in said
    assert "The words were changed after they were exported." in said
    assert len(page.wording.versions) == 2


@pytest.mark.parametrize(
    ("name", "code"), [("missing.toml", "file_missing"), ("", "file_is_folder")]
)
def test_a_file_that_cannot_be_read_is_told(
    page: Page, files: FilesPresenter, tmp_path: Path, name: str, code: str
) -> None:
    files.take_in(tmp_path / name)

    assert [getattr(error, "code", "") for error in page.errors] == [code]


def test_a_file_that_holds_no_wording_is_told(
    page: Page, files: FilesPresenter, tmp_path: Path
) -> None:
    (tmp_path / "other.toml").write_bytes(b"\xff\xfe\x00")

    files.take_in(tmp_path / "other.toml")

    assert [getattr(error, "code", "") for error in page.errors] == ["file_damaged"]


def test_where_nothing_can_be_written_what_was_there_stays(
    page: Page, files: FilesPresenter, tmp_path: Path
) -> None:
    files.export(tmp_path / "no such folder" / "ours.toml")

    assert [getattr(error, "code", "") for error in page.errors] == ["file_unwritable"]


def test_reception_does_neither(page: Page, files: FilesPresenter) -> None:
    page.be("Rita Vale")

    assert files.why_not() == "Nurses, physicians and managers do this."
