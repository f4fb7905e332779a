"""Tables as other programs write them: recognised, and read row by row."""

import os
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain.errors import (
    FileEmptyError,
    FileForbiddenError,
    FileIsFolderError,
    FileMissingError,
    FileNotATableError,
    FileUnusableError,
    FileWithoutRowsError,
)
from intake_app.domain.exchange import ENCODINGS, DateOrder, Incoming, Refused, Table
from intake_app.interop.csv_in import CsvFiles, split_name

FILES = CsvFiles()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "patients.csv"


def looked(path: Path, content: bytes | str, *, encoding: str = "utf-8") -> Table:
    """Write a file; return what is recognised of it."""
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return FILES.look(path, clinic_order="mdy")


def read(path: Path, content: bytes | str, **changes: Any) -> list[Incoming | Refused]:
    """Write a file; return its people as recognised."""
    return list(FILES.read(path, looked(path, content, **changes).reading))


def values(people: list[Incoming | Refused]) -> list[dict[str, object]]:
    return [dict(person.values) for person in people if isinstance(person, Incoming)]


def reasons(people: list[Incoming | Refused]) -> list[str]:
    return [each.reasons[0].code for each in people if isinstance(each, Refused)]


# --- letters ------------------------------------------------------------------------------

NAMES = "Nachname;Vorname\r\nMüller;Jürgen\r\nGröße;Åse\r\nNuñez;Renée\r\n"


@pytest.mark.parametrize(
    ("encoding", "recognised"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
        ("mac-roman", "mac-roman"),
    ],
)
def test_names_are_read_as_they_were_written(path: Path, encoding: str, recognised: str) -> None:
    table = looked(path, NAMES, encoding=encoding)

    people = list(FILES.read(path, table.reading))

    assert table.reading.encoding == recognised
    assert values(people)[1] == {"family_name": "Größe", "given_name": "Åse"}
    assert table.rows == 3


def test_an_accent_on_the_last_of_many_rows_still_tells_the_letters(path: Path) -> None:
    plain = "".join(f"Doe{number},Jane\n" for number in range(5000))

    table = looked(path, f"Last,First\n{plain}Müller,Jürgen\n", encoding="cp1252")

    *_, last = FILES.read(path, table.reading)
    assert isinstance(last, Incoming)
    assert last.values == {"family_name": "Müller", "given_name": "Jürgen"}


def test_each_row_of_a_file_that_mixes_letters_is_read_in_its_own(path: Path) -> None:
    mixed = b"Last,First\n" + "Müller,A\n".encode() + "Größe,B\n".encode("cp1252")

    table = looked(path, mixed)

    assert [remark.code for remark in table.remarks] == ["mixed_encodings"]
    assert [row["family_name"] for row in values(list(FILES.read(path, table.reading)))] == [
        "Müller",
        "Größe",
    ]


def test_empty_bytes_are_left_out_and_named(path: Path) -> None:
    table = looked(path, b"Last,First\nDo\0e,Jane\n")

    assert [remark.code for remark in table.remarks] == ["nul_characters"]


# --- separators, columns ------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_parts_rows_evenly(path: Path, separator: str) -> None:
    rows = [["Last", "First", "Notes"], ["Doe", "Jane", "a, b; c | d"], ["Roe", "Ann", ""]]
    text = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)

    table = looked(path, text)

    assert table.reading.separator == separator
    assert table.headers == ("Last", "First", "Notes")


def test_a_first_line_may_only_name_the_separator(path: Path) -> None:
    people = read(path, "sep=;\r\nLast;First\r\nDoe;Jane\r\n")

    assert values(people) == [{"family_name": "Doe", "given_name": "Jane"}]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_computer(path: Path, end: str) -> None:
    people = read(path, f"Last,First{end}Doe,Jane{end}Roe,Ann")

    assert [row["given_name"] for row in values(people)] == ["Jane", "Ann"]


HEADERS = [
    ("Last name", "family_name"),
    ("Surname", "family_name"),
    ("Apellidos", "family_name"),
    ("Nom de famille", "family_name"),
    ("Nachname", "family_name"),
    ("Patient First Name", "given_name"),
    ("Vorname", "given_name"),
    ("Prénom", "given_name"),
    ("D.O.B.", "birth_date"),
    ("Geb.-Datum", "birth_date"),
    ("Fecha de nacimiento", "birth_date"),
    ("Date de naissance", "birth_date"),
    ("MRN", "record_number"),
    ("Patienten-Nr.", "record_number"),
    ("Geschlecht", "sex"),
    ("Sexo", "sex"),
    ("PLZ", "postcode"),
    ("Código postal", "postcode"),
    ("ZIP", "postcode"),
    ("Straße", "address_line_1"),
    ("E-Mail", "email"),
    ("Correo electrónico", "email"),
    ("Handy", "mobile_phone"),
    ("Idioma", "language_spoken"),
    ("family_name", "family_name"),
    ("Sex at birth", "sex"),
    ("Favourite colour", ""),
]


@pytest.mark.parametrize(("header", "key"), HEADERS)
def test_columns_are_known_by_the_names_people_give_them(path: Path, header: str, key: str) -> None:
    table = looked(path, f'"{header}";Zzz\nx;y\n')

    assert table.reading.columns[0] == key


@pytest.mark.parametrize(
    ("headers", "columns"),
    [
        ("Name;Vorname", ("family_name", "given_name")),
        ("Name;Geburtsdatum", ("full_name", "birth_date")),
        ("Telefon;Handy;Name", ("home_phone", "mobile_phone", "full_name")),
        ("Phone;Phone;Name", ("mobile_phone", "home_phone", "full_name")),
        ("Nombre;DNI", ("full_name", "other_number")),
        ("Nombre;Apellidos", ("given_name", "family_name")),
        ("Last;Last;First", ("family_name", "", "given_name")),
        ("Last;First;SSN", ("family_name", "given_name", "")),
        ("NOM de naissance;Prénom", ("family_name", "given_name")),
        (
            "NOM de naissance;Nom d'usage;Prénom;Tél. fixe;Tél. portable",
            ("former_name", "family_name", "given_name", "home_phone", "mobile_phone"),
        ),
        ("Last;First;What to do", ("family_name", "given_name", "")),
    ],
)
def test_columns_are_seen_together(path: Path, headers: str, columns: tuple[str, ...]) -> None:
    assert looked(path, f"{headers}\na;b;c\n").reading.columns == columns


def test_columns_without_names_are_known_by_what_is_in_them(path: Path) -> None:
    table = looked(
        path,
        "Doe,Jane,03/14/1951,F,515 555 0100,jane@example.org\n"
        "Roe,Ann,12/01/1940,F,515 555 0101,ann@example.org\n",
    )

    assert [remark.code for remark in table.remarks] == ["no_header"]
    assert table.headers[0] == "Column 1"
    assert table.rows == 2
    assert table.reading.columns == (
        "family_name",
        "given_name",
        "birth_date",
        "sex",
        "mobile_phone",
        "email",
    )


@pytest.mark.parametrize(
    ("header", "cells", "key"),
    [("Gender", "F\nM", "sex"), ("Gender", "she/her\nnone", "gender"), ("Sex", "F\nM", "sex")],
)
def test_a_gender_of_f_and_m_is_what_we_call_sex(
    path: Path, header: str, cells: str, key: str
) -> None:
    rows = "".join(f"Doe,{cell}\n" for cell in cells.split("\n"))

    assert looked(path, f"Last,{header}\n{rows}").reading.columns[1] == key


def test_phones_in_pairs_of_digits_are_no_dates(path: Path) -> None:
    table = looked(path, "Nom,Prénom,Né(e) le,Tél\nDupont,Anne,14/03/1951,01 23 45 67 89\n")

    assert (table.reading.date_order, table.sure_of_dates) == (DateOrder.DAY_FIRST, True)


@pytest.mark.parametrize(
    ("whole", "family", "given"),
    [
        ("Maria van der Berg", "van der Berg", "Maria"),
        ("Mr. John Public Jr.", "Public Jr.", "John"),
        ("Doe, Jr.", "Doe Jr.", ""),
        ("de la Cruz, Ana", "de la Cruz", "Ana"),
        ("Dr. Doe", "Doe", ""),
        ("Le Van", "Van", "Le"),
    ],
)
def test_what_belongs_to_the_family_name_stays_with_it(whole: str, family: str, given: str) -> None:
    parts = split_name(whole)

    assert (parts["family_name"], parts.get("given_name", "")) == (family, given)


def test_two_columns_of_one_name_are_named(path: Path) -> None:
    table = looked(path, "Last,First,Note,Note\nDoe,Jane,a,b\n")

    assert [remark.code for remark in table.remarks] == ["same_headers"]


def test_a_whole_name_is_taken_apart(path: Path) -> None:
    people = read(path, 'Name,DOB\n"Doe, Jane",1951-03-04\nAnn Mary Roe,1940-12-31\n')

    assert values(people)[0] == {
        "family_name": "Doe",
        "given_name": "Jane",
        "birth_date": "1951-03-04",
    }
    assert values(people)[1]["family_name"] == "Roe"
    assert split_name("Suharto") == {"family_name": "Suharto"}


def test_numbers_of_the_other_system_come_along(path: Path) -> None:
    (person,) = read(path, "Last,First,NHS number\nDoe,Jane,943 476 5919\n")

    assert isinstance(person, Incoming)
    assert person.identifiers == (("csv:nhs number", "943 476 5919"),)


# --- dates --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "order", "sure"),
    [
        (["3/4/1951", "31/12/1940"], DateOrder.DAY_FIRST, True),
        (["3/4/1951", "12/31/1940"], DateOrder.MONTH_FIRST, True),
        (["3/4/1951", "5/6/1940"], DateOrder.MONTH_FIRST, False),
        (["3.4.1951", "5.6.1940"], DateOrder.DAY_FIRST, True),
        (["1951-03-04", "1940-12-31"], DateOrder.ISO, True),
        (["19510304", "19401231"], DateOrder.ISO, True),
        (["31/12/1940", "12/31/1940"], DateOrder.DAY_FIRST, False),
    ],
)
def test_the_dates_themselves_say_what_comes_first(
    path: Path, dates: list[str], order: DateOrder, sure: bool
) -> None:
    rows = "".join(f"Doe,{day}\n" for day in dates)

    table = looked(path, f"Last,DOB\n{rows}")

    assert (table.reading.date_order, table.sure_of_dates) == (order, sure)


def test_one_date_at_the_end_of_a_long_file_says_what_comes_first(path: Path) -> None:
    rows = "Doe,3/4/1951\n" * 5000

    table = looked(path, f"Last,DOB\n{rows}Roe,31/12/1940\n")

    assert (table.reading.date_order, table.sure_of_dates) == (DateOrder.DAY_FIRST, True)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("1951-03-04 00:00:00", "1951-03-04"),
        ("1951-03-04T00:00:00.000Z", "1951-03-04"),
        ("3/4/1951 0:00", "3/4/1951"),
        ("19510304", "1951-03-04"),
        ("4. März 1951", "4 Mar 1951"),
        ("4 de marzo de 1951", "4 Mar 1951"),
        ("4 août 1951", "4 Aug 1951"),
        ("March 4, 1951", "4 Mar 1951"),
        ("4th of July 1951", "4 Jul 1951"),
        ("0000-00-00", None),
        ("NULL", None),
        ("N/A", None),
        ("4 Mar 1951 perhaps", "4 Mar 1951 perhaps"),
        ("sometime in 1951", "sometime in 1951"),
    ],
)
def test_days_are_made_readable_and_nothing_is_guessed(
    path: Path, cell: str, text: str | None
) -> None:
    people = read(path, f'Last;DOB\nDoe;"{cell}"\n')

    assert values(people)[0].get("birth_date") == text


# --- answers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cell", "key", "value"),
    [
        ("Sex", "F", "sex", "F"),
        ("Geschlecht", "w", "sex", "female"),
        ("Geschlecht", "männlich", "sex", "male"),
        ("Sexe", "Femme", "sex", "female"),
        ("Sex", "Female", "sex", "female"),
        ("Sex", "2", "sex", "female"),
        ("Sex", "?!", "sex", "?!"),
        ("Language", "en-US", "language_spoken", "en"),
        ("Idioma", "Español", "language_spoken", "es"),
        ("Language", "spa", "language_spoken", "es"),
        ("Sprache", "Französisch", "language_spoken", "fr"),
        ("Lives alone", "Ja", "lives_alone", "yes"),
        ("Lives alone", "1", "lives_alone", "yes"),
    ],
)
def test_answers_in_other_languages_are_understood(
    path: Path, header: str, cell: str, key: str, value: str
) -> None:
    people = read(path, f"Nachname;{header}\nDoe;{cell}\n")

    assert values(people)[0][key] == value


def test_beside_h_for_men_m_is_for_women(path: Path) -> None:
    people = read(path, "Apellidos;Nombre;Sexo\nPaz;Ana;M\nGil;Juan;H\nSanz;Eva;m\n")

    assert [row["sex"] for row in values(people)] == ["female", "male", "female"]


# --- hard files ---------------------------------------------------------------------------


def test_a_line_of_ten_megabytes_is_refused_alone(path: Path) -> None:
    people = read(path, b"Last,First\nDoe,Jane\n" + b"x" * 10_000_000 + b"\nRoe,Ann\n")

    assert reasons(people) == ["row_too_long"]
    assert [row["given_name"] for row in values(people)] == ["Jane", "Ann"]


def test_a_file_of_one_line_of_ten_megabytes_is_no_table(path: Path) -> None:
    with pytest.raises(FileNotATableError):
        looked(path, b"x" * 10_000_000)


def test_a_quotation_mark_never_closed_takes_one_row_with_it(path: Path) -> None:
    rows = "".join(f"Roe,Ann{number}\n" for number in range(100))

    people = read(path, f'Last,First\n"Doe,Jane\n{rows}')

    assert reasons(people) == ["quote_never_closed"]
    assert len(values(people)) == 100


def test_a_quotation_mark_closed_by_another_row_takes_neither(path: Path) -> None:
    people = read(path, 'Last,First\n"Doe,Jane\nRoe,"Ann"\nPoe,Eve\n')

    assert reasons(people) == ["quote_never_closed"]
    assert [row["given_name"] for row in values(people)] == ["Ann", "Eve"]


def test_a_note_in_quotation_marks_goes_over_lines(path: Path) -> None:
    people = read(path, 'Last,First,Address\n"Doe","Jane","1 Hill Road\nAmes"\nRoe,Ann,\n')

    assert [person.place for person in people] == ["row 2", "row 3"]
    assert values(people)[0]["address_line_1"] == "1 Hill Road\nAmes"


def test_a_row_with_a_cell_too_many_is_refused(path: Path) -> None:
    people = read(path, "Last,First,City\nDoe,Jane,1 Hill Road,Ames\nRoe,Ann\nPoe,Eve,Ames,,\n")

    assert reasons(people) == ["too_many_cells"]
    assert values(people)[0] == {"family_name": "Roe", "given_name": "Ann"}
    assert values(people)[1]["city"] == "Ames"


def test_empty_rows_are_passed_over_and_still_counted(path: Path) -> None:
    people = read(path, "Last,First\n\nDoe,Jane\n \nRoe,Ann\n")

    assert [person.place for person in people] == ["row 3", "row 5"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", FileEmptyError),
        (b"\n\n \n", FileNotATableError),
        (b"Last,First\n", FileWithoutRowsError),
        (b"\xef\xbb\xbfLast,First\r\n\r\n", FileWithoutRowsError),
        (b"%PDF-1.7\n%...", FileNotATableError),
        (b"PK\x03\x04\x14\x00", FileNotATableError),
        (b"SQLite format 3\0", FileNotATableError),
    ],
)
def test_what_holds_no_patients_is_named(
    path: Path, content: bytes, error: type[FileUnusableError]
) -> None:
    with pytest.raises(error):
        looked(path, content)


def test_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileIsFolderError):
        FILES.look(tmp_path, clinic_order="mdy")


def test_a_file_that_is_gone_is_named(path: Path) -> None:
    with pytest.raises(FileMissingError):
        FILES.look(path, clinic_order="mdy")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_file_at_all_does_not_hang_the_program(path: Path) -> None:
    os.mkfifo(path)

    with pytest.raises(FileUnusableError):
        FILES.look(path, clinic_order="mdy")


def test_a_file_that_may_not_be_read_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path.write_text("Last\nDoe\n")
    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(FileForbiddenError):
        FILES.look(path, clinic_order="mdy")


def test_a_row_is_read_when_it_is_asked_for(path: Path) -> None:
    table = looked(path, "Last,First\n" + "Doe,Jane\n" * 200_000)
    told: list[int] = []

    list(islice(FILES.read(path, table.reading, progress=told.append), 10))

    assert table.rows == 200_000
    assert max(told, default=0) < 10


def test_how_far_it_is_is_told_to_the_end(path: Path) -> None:
    told: list[int] = []
    path.write_text("Last,First\n" + "Doe,Jane\n" * 100_000)

    FILES.look(path, clinic_order="mdy", progress=told.append)

    assert told == sorted(told)
    assert told[-1] == 100


@settings(max_examples=300)
@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"

    with suppress(FileUnusableError):
        assert read(path, content)


_TORN = st.text(alphabet=st.sampled_from("ab\",;\n\r\t' =1é"), min_size=1, max_size=120)


@settings(max_examples=300)
@given(_TORN)
def test_any_quotation_marks_are_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("torn") / "a.csv"

    with suppress(FileUnusableError):
        assert read(path, f"Last,First\n{text}\nDoe,Jane\n")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_table_is_read_in_the_letters_somebody_chooses(path: Path, encoding: str) -> None:
    table = looked(path, "Last;First\nDoe;Jane\n", encoding=encoding)

    people = list(FILES.read(path, replace(table.reading, encoding=encoding)))

    assert values(people) == [{"family_name": "Doe", "given_name": "Jane"}]
