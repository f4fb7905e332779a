"""Tables that go out: harmless, whole or not there, and read back exactly."""

import csv
import errno
import os
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.errors import DiskFullError, FileUnwritableError
from intake_app.domain.exchange import DateOrder, Incoming, Refused
from intake_app.domain.fields import fields_of
from intake_app.domain.patients import Language, Patient, ReadingNeed, Sex
from intake_app.domain.reading import clean_text
from intake_app.domain.validation import draft_of, read_draft
from intake_app.domain.values import Answer
from intake_app.interop.csv_in import CsvFiles
from intake_app.interop.csv_values import as_meant, harmless
from tests.builders import a_fracture, a_locality, a_patient, a_visit

FILES = CsvFiles()
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "|x"]


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "patients.csv", tmp_path / "visits.csv"


def write(paths: tuple[Path, Path], *patients: Patient) -> None:
    with FILES.writing_tables(*paths, a_locality()) as writer:
        for patient in patients:
            writer.patient(patient)


def read_back(path: Path) -> list[dict[str, Any]]:
    """Return what our own import makes of a file of ours."""
    table = FILES.look(path, clinic_order="mdy")
    found: list[dict[str, Any]] = []
    for person in FILES.read(path, table.reading):
        assert isinstance(person, Incoming)
        found.append(dict(read_draft(Patient, person.values, a_locality()).values))
    return found


def raw(path: Path) -> list[list[str]]:
    """Return the cells as they stand in a file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def filled(patient: Patient) -> dict[str, object]:
    return {k: v for k, v in draft_of(patient).items() if v not in ("", None, ())}


# --- formulas -----------------------------------------------------------------------------


@pytest.mark.parametrize("cell", [*FORMULAS, " =1", "'=1", "''=1"])
def test_a_formula_is_made_text_and_read_back(cell: str) -> None:
    written = harmless(cell)

    assert written == f"'{cell}"
    assert as_meant(written) == cell


@pytest.mark.parametrize("cell", ["Doe", "O'Brien", "'t Hooft", "", "a=b", "3-4", "'"])
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell
    assert as_meant(cell) == cell


@given(st.text())
def test_any_cell_is_read_back_as_it_was(cell: str) -> None:
    assert as_meant(harmless(cell)) == cell


@given(st.text())
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    written = harmless(cell)

    assert written.lstrip()[:1] not in ("=", "+", "-", "@")
    assert written[:1] not in ("\t", "\r", "\n")


# --- patients -----------------------------------------------------------------------------


def test_a_patient_is_read_back_exactly(paths: tuple[Path, Path]) -> None:
    patient = a_patient(
        family_name="=Núñez de la Cruz",
        former_name='O"Brien; -x',
        birth_date=date(1951, 3, 4),
        sex=Sex.FEMALE,
        language_spoken=Language.CHINESE,
        reading_needs=(ReadingNeed.LARGE_PRINT, ReadingNeed.READ_ALOUD),
        lives_alone=Answer.UNKNOWN,
        mobile_phone="+1 555 010 2030",
        address_line_1="1 Hill Road, 2nd floor",
        city="東京",
    )

    write(paths, patient)

    assert read_back(paths[0]) == [filled(patient)]


def test_every_field_has_a_column_that_is_known_again(paths: tuple[Path, Path]) -> None:
    write(paths, a_patient())

    table = FILES.look(paths[0], clinic_order="mdy")

    assert table.reading.columns == tuple(field.key for field in fields_of(Patient))
    assert table.remarks == ()


def test_days_are_written_so_that_nobody_reads_them_wrong(paths: tuple[Path, Path]) -> None:
    write(paths, a_patient(birth_date=date(1951, 3, 4)))

    assert raw(paths[0])[1][3] == "1951-03-04"
    assert FILES.look(paths[0], clinic_order="dmy").reading.date_order is DateOrder.ISO


@given(st.text(max_size=60))
def test_any_name_is_read_back_as_it_is_kept(
    tmp_path_factory: pytest.TempPathFactory, typed: str
) -> None:
    name = clean_text(typed)
    folder = tmp_path_factory.mktemp("any")
    paths = folder / "patients.csv", folder / "visits.csv"

    write(paths, a_patient(family_name=name or "Doe", given_name="Jane"))

    assert read_back(paths[0])[0]["family_name"] == (name or "Doe")


def test_a_visit_stands_with_its_patient_its_times_and_its_levels(
    paths: tuple[Path, Path],
) -> None:
    locality = a_locality(zone=ZoneInfo("America/Chicago"))
    visit = a_visit(planned_start=datetime(2026, 11, 22, 14, 0, tzinfo=UTC), operator="=Dr. Park")

    with FILES.writing_tables(*paths, locality) as writer:
        writer.visit(a_patient(), visit, (a_fracture("T12"), a_fracture("L1")))

    names, cells = raw(paths[1])
    said = dict(zip(names, cells, strict=True))
    assert said["Family name"] == "Doe"
    assert said["Record number"] == "P-000001"
    assert said["Procedure starts"] == "2026-11-22 08:00-06:00"
    assert said["Operator"] == "'=Dr. Park"
    assert (said["State"], said["Levels"]) == ("Booked", "T12, L1")


# --- whole, or not there ------------------------------------------------------------------


def fail(*_: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_what_was_there(
    paths: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(paths, a_patient(family_name="Before"))
    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(DiskFullError):
        write(paths, a_patient(family_name="After"))

    assert read_back(paths[0])[0]["family_name"] == "Before"
    assert sorted(path.name for path in paths[0].parent.iterdir()) == ["patients.csv", "visits.csv"]


def test_what_breaks_half_way_leaves_nothing(paths: tuple[Path, Path]) -> None:
    with suppress(KeyError), FILES.writing_tables(*paths, a_locality()) as writer:
        writer.patient(a_patient())
        raise KeyError

    assert list(paths[0].parent.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritableError):
        write((tmp_path / "no" / "a.csv", tmp_path / "no" / "b.csv"), a_patient())


@pytest.mark.skipif(os.name == "nt", reason="modes of files")
def test_only_this_user_may_read_what_was_written(paths: tuple[Path, Path]) -> None:
    write(paths, a_patient())

    assert paths[0].stat().st_mode & 0o077 == 0


# --- refused rows -------------------------------------------------------------------------

BROKEN = (
    "Last,First,DOB\r\n"
    "Doe,Jane,31/02/1951\r\n"
    "=x,+y,z\r\n"
    "Roe,Ann,1/2/1950,too,many\r\n"
    '"Poe,Eve,1/2/1950\r\n'
)


def refuse_all(path: Path, target: Path) -> list[tuple[str, ...]]:
    """Write every row of a file to a file of refused rows; return the rows."""
    table = FILES.look(path, clinic_order="mdy")
    people = list(FILES.read(path, table.reading))
    with FILES.writing_refusals(target, table.headers) as writer:
        for person in people:
            writer.refused(person.cells, "Correct it.")
    return [person.cells for person in people]


def test_refused_rows_keep_their_columns_and_say_what_to_do(tmp_path: Path) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_text(BROKEN, newline="")

    refuse_all(source, target)

    rows = raw(target)
    assert rows[0] == ["Last", "First", "DOB", "Record number", "What to do"]
    assert rows[1] == ["Doe", "Jane", "31/02/1951", "", "Correct it."]
    assert rows[2] == ["'=x", "'+y", "z", "", "Correct it."]


def test_refused_rows_are_read_again_as_they_were(tmp_path: Path) -> None:
    source, first, second = (tmp_path / name for name in ("a.csv", "b.csv", "c.csv"))
    source.write_text(BROKEN, newline="")

    before = refuse_all(source, first)
    after = refuse_all(first, second)

    assert [cells[:3] for cells in after[:2]] == before[:2]
    assert first.read_bytes() == second.read_bytes()


def test_a_row_that_could_not_be_taken_apart_is_not_taken_in_uncorrected(tmp_path: Path) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_text(BROKEN, newline="")
    refuse_all(source, target)

    again = list(FILES.read(target, FILES.look(target, clinic_order="mdy").reading))

    assert [isinstance(person, Refused) for person in again] == [False, False, True, True]
