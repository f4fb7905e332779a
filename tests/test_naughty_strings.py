"""Any text in any name: typed, kept, found, written out and taken in again, or refused in words.

All strings go into one real database, once; each test then looks at what became of one of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.documents.engine import ReportLabEngine
from intake_app.domain.countries import Country
from intake_app.domain.errors import CannotPrintError
from intake_app.domain.exchange import FileKind, Incoming
from intake_app.domain.fields import Field, Kind, field_of, fields_of
from intake_app.domain.names import words_of
from intake_app.domain.patients import Patient
from intake_app.domain.reading import clean_text
from intake_app.domain.sentences import error_sentence, sentence
from intake_app.domain.staff import PROGRAM
from intake_app.domain.validation import draft_of, find_problems, read_draft
from intake_app.resources import resource
from intake_app.services.forms import Saved
from intake_app.ui.presenters.form import FormModel
from intake_app.ui.widgets.field_form import FieldForm
from tests.builders import a_locality
from tests.documents.samples import driver_card
from tests.naughty import STRINGS

NUMBERS = range(len(STRINGS))
LONGEST = field_of(Patient, "family_name").max_length
NOTE = Field(key="note", label="Note", kind=Kind.LONG_TEXT, max_length=2000)


@dataclass
class World:
    """A database with one patient for each string, and their file."""

    application: Application
    folder: Path
    ids: list[str]
    saved: list[Saved[Patient]]
    read_back: dict[str, Incoming]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Register a patient for each string and write all of them to a table."""
    folder = tmp_path_factory.mktemp("naughty")
    application = Application(Paths(folder / "data"))
    application.clinic.set_up({**application.clinic.proposed(Country.US), "name": "Hillside"}, [])
    ids, saved = [], []
    # Nobody pulls the plug here: five hundred saves need not reach the disk one by one.
    application.database._opened()[0].execute("PRAGMA synchronous = OFF")
    for text in STRINGS:
        visit = application.patients.register(PROGRAM)
        patient = application.patients.case(PROGRAM, visit).patient
        draft = {"family_name": text, "address_line_1": text, "birth_date": "1951-03-04"}
        ids.append(patient.id)
        saved.append(application.forms.save(PROGRAM, Patient, patient.id, draft=draft, seen={}))
    file = folder / "patients.csv"
    application.exchange.export_tables(PROGRAM, file, folder / "visits.csv")
    table = application.exchange.look(PROGRAM, file)
    people = application.exchange.people_of(PROGRAM, file, kind=FileKind.CSV, reading=table.reading)
    read_back = {
        str(person.values["record_number"]): person
        for person in people
        if isinstance(person, Incoming)
    }
    yield World(application, folder, ids, saved, read_back)
    application.close()


def kept(world: World, number: int) -> Patient:
    """Return the patient as the database has them."""
    with world.application.office.work() as work:
        return work.records(Patient).get(world.ids[number])


def fits(text: str) -> bool:
    return 0 < len(clean_text(text)) <= LONGEST


def failing(check: Callable[[int], object]) -> list[int]:
    """Return the numbers of the strings for which something is not so."""
    return [number for number in NUMBERS if not check(number)]


def test_what_is_kept_is_what_was_typed_or_a_sentence_says_why_not(world: World) -> None:
    def so(number: int) -> bool:
        text, saved = STRINGS[number], world.saved[number]
        problems = [p for p in saved.problems if p.key == "family_name" and not p.warning]
        name = clean_text(text) if fits(text) else ""
        return (
            kept(world, number).family_name == name
            and bool(problems) is not fits(text)
            and all(sentence(problem).endswith(".") for problem in problems)
        )

    assert failing(so) == []


def test_searching_for_it_finds_whom_it_names(world: World) -> None:
    def so(number: int) -> bool:
        found = world.application.patients.search(PROGRAM, STRINGS[number], limit=600)
        name = kept(world, number).family_name
        words = words_of(name)
        nameable = bool(words) and all(len(word) > 2 and word.isalpha() for word in words)
        return not nameable or world.ids[number] in {hit.patient_id for hit in found}

    assert failing(so) == []


def test_a_table_holds_it_and_gives_it_back(world: World) -> None:
    def so(number: int) -> bool:
        patient = kept(world, number)
        cells = world.read_back[patient.record_number].values
        read = read_draft(Patient, cells, a_locality()).values
        return read == {k: v for k, v in draft_of(patient).items() if v not in ("", None, ())}

    assert failing(so) == []


def test_taking_the_table_in_again_changes_nothing(world: World) -> None:
    file = world.folder / "patients.csv"
    exchange = world.application.exchange
    reading = exchange.look(PROGRAM, file).reading
    nameless = sum(not fits(text) for text in STRINGS)

    summary = exchange.take_in(
        PROGRAM, exchange.people_of(PROGRAM, file, kind=FileKind.CSV, reading=reading)
    )

    assert (summary.accepted, summary.refused) == (0, nameless)
    assert summary.matched == len(STRINGS) - nameless


def test_a_table_that_somebody_else_made_of_it_is_read_or_refused_in_words(
    tmp_path: Path, world: World
) -> None:
    file, exchange = tmp_path / "strings.csv", world.application.exchange

    def so(number: int) -> bool:
        content = f"Last,First\n{STRINGS[number]},Jane\n"
        file.write_text(content, encoding="utf-8", errors="surrogatepass")
        reading = exchange.look(PROGRAM, file).reading
        people = list(exchange.people_of(PROGRAM, file, kind=FileKind.CSV, reading=reading))
        return bool(people) and all(
            isinstance(person, Incoming) or sentence(person.reasons[0]).endswith(".")
            for person in people
        )

    assert failing(so) == []


def test_a_bundle_holds_it_and_gives_it_back(world: World) -> None:
    file = world.folder / "patients.json"
    world.application.dossiers.write_all(PROGRAM, file)
    people = world.application.exchange.people_of(PROGRAM, file, kind=FileKind.FHIR)
    told = {
        str(person.values["record_number"]): person.values
        for person in people
        if isinstance(person, Incoming)
    }

    def so(number: int) -> bool:
        patient = kept(world, number)
        if not patient.family_name:  # a bundle tells only of somebody with a name
            return True
        read = read_draft(Patient, told[patient.record_number], a_locality()).values
        return (read["family_name"], read.get("address_line_1") or "") == (
            patient.family_name,
            patient.address_line_1,
        )

    assert failing(so) == []


@pytest.mark.slow
def test_a_sheet_prints_it_or_says_which_letters_no_font_has() -> None:
    engine = ReportLabEngine(resource("fonts"))
    card = driver_card()

    def so(number: int) -> bool:
        name = clean_text(STRINGS[number])[:LONGEST]
        try:
            return engine.draw(replace(card, patient_name=name)).pages == 1
        except CannotPrintError as error:
            return error_sentence(error).endswith(".")

    assert failing(so) == []


def test_a_form_hands_on_what_was_pasted_into_it(qapp: QApplication) -> None:
    model = FormModel("patient", [field_of(Patient, "family_name"), NOTE], locality=a_locality())
    model.load({})
    form = FieldForm(model)
    name, note = form.widget("family_name", QLineEdit), form.widget("note", QPlainTextEdit)

    def so(number: int) -> bool:
        text = STRINGS[number].replace("\ud800", "")  # a clipboard cannot hold half a letter
        lines = clean_text(text, keep_lines=True)
        name.clear()
        name.insert(text)
        note.setPlainText(text)
        return model.value("family_name") == (clean_text(text) if fits(text) else None) and (
            model.value("note") == (lines if 0 < len(lines) <= NOTE.max_length else None)
        )

    assert failing(so) == []
    form.deleteLater()


@pytest.mark.parametrize("field", fields_of(Patient), ids=lambda field: field.key)
def test_every_field_takes_it_or_says_why_not(field: Field) -> None:
    def so(number: int) -> bool:
        problems = find_problems(Patient, {field.key: STRINGS[number]}, a_locality())
        return all(sentence(problem).endswith(".") for problem in problems)

    assert failing(so) == []


def test_the_list_is_whole() -> None:
    assert len(STRINGS) > 490
