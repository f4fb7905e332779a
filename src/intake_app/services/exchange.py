"""People in and out: files of other systems, and files for them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from intake_app.domain.errors import NoNameColumnError
from intake_app.domain.exchange import FULL_NAME, FileKind, Refused, Verdict
from intake_app.domain.fields import fields_of
from intake_app.domain.language import N_, translated
from intake_app.domain.patients import Patient
from intake_app.domain.sentences import sentence
from intake_app.domain.staff import Action
from intake_app.services.exchange_hl7 import MessageImporter
from intake_app.services.exchange_out import Exported, export_tables, note_export
from intake_app.services.merging import MergeService
from intake_app.services.office import Office, clinic_of, require

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from intake_app.domain.exchange import (
        Cancelled,
        Incoming,
        Intake,
        MessageFiles,
        OnOutcome,
        Outcome,
        Progress,
        Reading,
        Summary,
        Table,
        TableFiles,
    )
    from intake_app.domain.reading import Locality
    from intake_app.domain.staff import Actor
    from intake_app.domain.validation import Problem

_NAMES = {"family_name", FULL_NAME}
_WHERE = N_("Where")
MOST_DIFFERING = 500
"""People of one file whose differences are listed."""


@dataclass(frozen=True, slots=True)
class Returned:
    """Somebody to look at again: as they stood in the file, and what to know or do."""

    place: str
    cells: tuple[str, ...]
    what_to_do: str

    @classmethod
    def of(cls, person: Incoming | Refused, outcome: Outcome) -> Returned:
        """Return what goes back to whoever corrects the file."""
        said = " ".join(map(in_words, outcome.reasons))
        return cls(outcome.place, person.cells, said)


_LABELS = {field.key: field.label for field in fields_of(Patient)}


def in_words(reason: Problem) -> str:
    """Return what is wrong, with the name of the field that it is about."""
    said = sentence(reason)
    label = _LABELS.get(reason.key)
    named = "field" in dict(reason.values)  # the sentence says it itself
    return f"{translated(label)}: {said}" if label and not named else said


class ExchangeService:
    """Takes in the people of files, and writes them."""

    def __init__(
        self,
        office: Office,
        tables: TableFiles,
        messages: MessageFiles,
    ) -> None:
        self._office = office
        self._tables = tables
        self._messages = messages

    # --- in ---------------------------------------------------------------------------------

    def locality(self) -> Locality:
        """Return how the clinic writes dates."""
        with self._office.look() as work:
            return self._office.locality(clinic_of(work))

    def kind_of(self, actor: Actor, path: Path) -> FileKind:
        """Return what sort of file somebody chose.

        Raises:
            FileUnusableError: it cannot be read, or there is nothing in it.
        """
        require(actor, Action.IMPORT_PATIENTS)
        return self._messages.kind_of(path)

    def look(self, actor: Actor, path: Path, *, progress: Progress | None = None) -> Table:
        """Return what is recognised of a table, for somebody to confirm.

        Raises:
            FileUnusableError: it cannot be read, or there is nothing in it.
        """
        require(actor, Action.IMPORT_PATIENTS)
        order = self.locality().date_order
        return self._tables.look(path, clinic_order=order, progress=progress)

    def look_again(self, actor: Actor, path: Path, reading: Reading) -> Table:
        """Return columns and dates anew, after letters, separator or header were changed.

        Raises:
            FileUnusableError: it cannot be read, or there is nothing in it.
        """
        require(actor, Action.IMPORT_PATIENTS)
        return self._tables.again(path, reading, clinic_order=self.locality().date_order)

    def people_of(
        self,
        actor: Actor,
        path: Path,
        *,
        kind: FileKind,
        reading: Reading | None = None,
        progress: Progress | None = None,
    ) -> Iterator[Incoming | Refused]:
        """Yield the people of a file, as ``reading`` says of a table.

        Raises:
            FileUnusableError: it cannot be read.
            NoNameColumnError: no column of the table holds the family name.
        """
        require(actor, Action.IMPORT_PATIENTS)
        if kind is not FileKind.CSV or reading is None:
            return self._messages.read(path, kind)
        if not _NAMES & set(reading.columns):
            raise NoNameColumnError
        return self._tables.read(path, reading, progress=progress)

    def sample(
        self, actor: Actor, path: Path, kind: FileKind, *, reading: Reading | None, limit: int
    ) -> tuple[Incoming | Refused, ...]:
        """Return the first people of a file, also of a table whose names nobody found yet.

        Of messages these are people, unless there is nobody among them.

        Raises:
            FileUnusableError: it cannot be read.
        """
        require(actor, Action.IMPORT_PATIENTS)
        if kind is FileKind.CSV and reading is not None:
            return tuple(islice(self._tables.read(path, reading), limit))
        found: list[Incoming | Refused] = []
        refused: list[Incoming | Refused] = []
        for person in self._messages.read(path, kind):
            into = refused if isinstance(person, Refused) else found
            if len(into) < limit:
                into.append(person)
            if len(found) == limit:
                break
        return tuple(found or refused)

    def take_in(
        self,
        actor: Actor,
        incoming: Intake,
        *,
        doubtful_are_new: bool = False,
        cancelled: Cancelled | None = None,
        on_outcome: OnOutcome | None = None,
    ) -> Summary:
        """Take in everybody of a file; what is empty is filled in, nothing is overwritten.

        They are kept ``exchange_in.BATCH`` at a time, all of these or none. Who was taken in before
        from an equal row is not doubled. Who may be somebody that is here already is
        refused, or with ``doubtful_are_new`` taken in as somebody new. ``on_outcome`` is told of
        each person once they are kept. A system that sends messages may change again what came
        from it and nobody changed here since.
        """
        require(actor, Action.IMPORT_PATIENTS)
        importer = MessageImporter(
            self._office,
            actor,
            doubtful_are_new=doubtful_are_new,
            merging=MergeService(self._office),
        )
        return importer.run(incoming, cancelled=cancelled, on_outcome=on_outcome)

    def save_refused(
        self, actor: Actor, path: Path, *, headers: Sequence[str], returned: Iterable[Returned]
    ) -> None:
        """Write who was not taken in, to be corrected and taken in again.

        Messages have no columns: of them, each place in the file is named.

        Raises:
            DiskFullError: there is no room for the file.
            FileUnwritableError: it cannot be written there.
        """
        require(actor, Action.IMPORT_PATIENTS)
        with self._tables.writing_refusals(path, headers or (translated(_WHERE),)) as writer:
            for each in returned:
                writer.refused(each.cells if headers else (each.place,), each.what_to_do)

    # --- out --------------------------------------------------------------------------------

    def export_tables(
        self,
        actor: Actor,
        patients: Path,
        visits: Path,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Exported:
        """Write every patient and every visit; both files are whole, or nothing changes.

        Raises:
            DiskFullError: there is no room for them.
            FileUnwritableError: they cannot be written there.
        """
        require(actor, Action.EXPORT_PATIENTS)
        written = export_tables(
            self._office, self._tables, (patients, visits), progress=progress, cancelled=cancelled
        )
        if not written.cancelled:
            note_export(
                self._office,
                actor,
                FileKind.CSV.value,
                patients=written.patients,
                visits=written.visits,
            )
        return written


class Listing:
    """Collects who was not taken in, and where the file says something else than we do."""

    def __init__(self) -> None:
        self.refused: list[Returned] = []
        self.differing: list[Returned] = []
        """The first of them; ``differences`` counts all."""
        self.differences = 0

    def add(self, person: Incoming | Refused, outcome: Outcome) -> None:
        """Note what became of somebody."""
        if outcome.verdict is Verdict.REFUSED:
            self.refused.append(Returned.of(person, outcome))
        elif outcome.reasons:
            self.differences += 1
            if self.differences <= MOST_DIFFERING:
                self.differing.append(Returned.of(person, outcome))
