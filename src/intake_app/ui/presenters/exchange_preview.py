"""The first rows of a file as they will be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake_app.domain.exchange import Incoming, Refused
from intake_app.domain.fields import fields_of
from intake_app.domain.language import translated
from intake_app.domain.patients import Patient
from intake_app.domain.reading import edit_text
from intake_app.domain.sentences import sentence
from intake_app.domain.validation import read_draft
from intake_app.services.exchange import in_words

if TYPE_CHECKING:
    from intake_app.domain.exchange import Table
    from intake_app.domain.reading import Locality


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as it will be read, or what is wrong with it."""

    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the file as it will be read."""

    place: str
    cells: tuple[Cell, ...]
    """In the order of ``keys``; none for a row that cannot be read at all."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of the file, under the fields they go to."""

    keys: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    rows: tuple[PreviewRow, ...] = ()
    examples: tuple[str, ...] = ()
    """What stands in each column of the file first."""


def preview_of(
    people: tuple[Incoming | Refused, ...], table: Table | None, locality: Locality
) -> Preview:
    """Return rows as they will be read."""
    given = [person for person in people if isinstance(person, Incoming)]
    there = {key for person in given for key in person.values}
    fields = [field for field in fields_of(Patient) if field.key in there]
    rows = []
    for person in people:
        if isinstance(person, Refused):
            said = " ".join(map(in_words, person.reasons))
            rows.append(PreviewRow(person.place, (), said))
            continue
        here = replace(locality, date_order=person.date_order or locality.date_order)
        reading = read_draft(Patient, person.values, here)
        wrong = {problem.key: sentence(problem) for problem in reading.errors}
        cells = tuple(
            Cell(str(person.values[field.key]), wrong[field.key])
            if field.key in wrong
            else Cell(edit_text(field, reading.values.get(field.key), here))
            for field in fields
        )
        rows.append(PreviewRow(person.place, cells))
    width = len(table.headers) if table else 0
    examples = tuple(
        next(
            (each.cells[at] for each in people if at < len(each.cells) and each.cells[at].strip()),
            "",
        )
        for at in range(width)
    )
    return Preview(
        tuple(field.key for field in fields),
        tuple(translated(field.label) for field in fields),
        tuple(rows),
        examples,
    )
