"""The form model: what is typed over what is saved, what differs and which problems show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.fields import Field, Kind
from intake_app.domain.phones import written_phone
from intake_app.ui.presenters.disputes import Disputes, Settle
from intake_app.ui.presenters.form_draft import FormDraft
from intake_app.ui.presenters.sameness import identical, same_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from intake_app.domain.drafts import Dispute
    from intake_app.domain.fields import FieldValue
    from intake_app.domain.reading import Locality
    from intake_app.domain.validation import CrossChecks, Problem


def _anyone(_: Field) -> bool:
    return True


class FormModel(QObject):
    """Hold one record's draft; say what it reads as, what is wrong and what is not saved yet.

    A problem appears when its field is left (``leave``) or typing pauses (``pause``), and goes
    at once when it is put right.
    """

    changed = Signal(str)
    """The draft of a field changed, by typing or by ``edit``."""
    rewritten = Signal(str)
    """The text to show for a field changed without being typed into the input."""
    problem_changed = Signal(str)
    dirty_changed = Signal(bool)
    settled = Signal(str, object)
    """A field and a ``Settle``: which of two values for it was chosen."""
    fields_changed = Signal()
    """The field table, or who may type what, changed."""

    def __init__(
        self,
        form: str,
        table: Iterable[Field],
        *,
        locality: Locality,
        checks: CrossChecks = (),
        may_type: Callable[[Field], bool] = _anyone,
    ) -> None:
        super().__init__()
        self.form = form
        self.record_id = ""
        """Whose fields these are; empty for a form of no record."""
        self._may_type = may_type
        self._draft = FormDraft(table, locality, checks)
        self._saved: dict[str, FieldValue] = {}
        self._kept: dict[str, str] = {}
        self._disputes = Disputes()
        self._shown: dict[str, Problem] = {}
        self._active = ""
        self._dirty = False

    # --- the table --------------------------------------------------------------------------

    @property
    def fields(self) -> tuple[Field, ...]:
        """The rows of the field table, in the order they are asked."""
        return tuple(self._draft.fields.values())

    @property
    def locality(self) -> Locality:
        """What reading depends on: today, the zone, the order of day and month."""
        return self._draft.locality

    def field(self, key: str) -> Field:
        """Return one row of the table.

        Raises:
            KeyError: the form has no such field.
        """
        return self._draft.fields[key]

    def has(self, key: str) -> bool:
        """Return whether the form asks ``key`` now."""
        return key in self._draft.fields

    def read_only(self, key: str) -> bool:
        """Return whether the person at the keyboard may not type this field."""
        return not self._may_type(self._draft.fields[key])

    def set_fields(self, table: Iterable[Field]) -> None:
        """Ask another list of questions; answers to questions that stay are kept."""
        fields = self._draft.fields = {field.key: field for field in table}
        for key in self._shown.keys() - fields.keys():
            del self._shown[key]
        for key in fields:
            self._draft.typed.setdefault(key, self._saved.get(key))
        self._draft.read(fields)
        self.fields_changed.emit()
        self._refresh_shown()
        self._tell_dirty()

    def set_may_type(self, may_type: Callable[[Field], bool]) -> None:
        """Change who may type what: somebody else took over the keyboard."""
        self._may_type = may_type
        self.fields_changed.emit()

    def set_locality(self, locality: Locality) -> None:
        """Read everything again, on another day or with other habits."""
        self._draft.locality = locality
        self._draft.read(self._draft.fields)
        for key in self._draft.fields:
            self.rewritten.emit(key)
        self._refresh_shown()
        self._tell_dirty()

    # --- filling ----------------------------------------------------------------------------

    def load(
        self, values: Mapping[str, FieldValue], typed: Mapping[str, str] | None = None
    ) -> None:
        """Show a saved record and the texts kept because they could not be read; forget edits."""
        self._saved.clear()
        self._draft.clear()
        self._disputes.clear()
        self._active = ""
        self._take(values, typed or {}, self._draft.fields)

    def refresh(
        self, values: Mapping[str, FieldValue], typed: Mapping[str, str] | None = None
    ) -> None:
        """Show what is saved now, but keep every edit that is not saved yet."""
        edited = self.readable().keys() | self._unsaved_texts() | self._disputes.all.keys()
        self._take(values, typed or {}, [key for key in self._draft.fields if key not in edited])

    def _take(
        self, values: Mapping[str, FieldValue], typed: Mapping[str, str], keys: Iterable[str]
    ) -> None:
        self._saved.update(values)
        self._kept = dict(typed)
        taken = list(keys)
        for key in taken:
            self._draft.typed[key] = typed.get(key) or values.get(key, self._saved.get(key))
            if typed.get(key):
                self._draft.touched.add(key)
        self._draft.read(taken)
        for key in taken:
            self.rewritten.emit(key)
        self._refresh_shown()
        self._tell_dirty()

    def edit(self, key: str, typed: FieldValue) -> None:
        """Take what was typed or picked. Problems of this field wait until it is left."""
        if key in self._draft.typed and identical(self._draft.typed[key], typed):
            return
        self._draft.told.pop(key, None)
        self._active = key
        self._draft.put(key, typed)
        self.changed.emit(key)
        self._refresh_shown()
        self._tell_dirty()

    def set_value(self, key: str, value: FieldValue) -> None:
        """Change a field from the program (a button, another control) and show it in its input."""
        self.edit(key, value)
        self.leave(key)
        self.rewritten.emit(key)

    def show_value(self, key: str, value: FieldValue) -> None:
        """Show a value or text in a field without telling that it was typed."""
        self._draft.put(key, value)
        self.rewritten.emit(key)
        self._refresh_shown()

    def cannot_be_read(self, key: str) -> bool:
        """Return whether what is typed in a field is no value."""
        return self._draft.refused(key)

    def leave(self, key: str) -> None:
        """Note that the input was left: write the value out readably and show its problems."""
        if self._active == key:
            self._active = ""
        draft = self._draft
        if key in draft.fields and isinstance(draft.typed.get(key), str) and not draft.refused(key):
            before = self.text(key)
            draft.typed[key] = draft.values.get(key)
            if key in draft.touched and draft.fields[key].kind is Kind.PHONE:
                self._write_phone(key)
            if self.text(key) != before:
                self.rewritten.emit(key)
        self._refresh_shown()

    def _write_phone(self, key: str) -> None:
        """Write a number that was typed the way the clinic's country writes it."""
        typed, country = str(self._draft.values.get(key) or ""), self.locality.country
        written = written_phone(typed, country) if country else typed
        if written != typed:
            self._draft.put(key, written)
            self.changed.emit(key)
            self._tell_dirty()

    def pause(self) -> None:
        """Show the problems of the field being typed in, too: typing has paused."""
        self._active = ""
        self._refresh_shown()

    def reveal(self) -> None:
        """Show every problem there is, also of required fields nobody has touched yet."""
        self._active = ""
        self._draft.touched.update(self._draft.fields)
        self._draft.read(self._draft.fields)
        self._refresh_shown()

    def tell(self, problems: Iterable[Problem]) -> None:
        """Show problems found elsewhere (by a service) until their fields are edited."""
        for problem in problems:
            self._draft.told[problem.key] = problem
        self._refresh_shown()

    def mark_saved(
        self, values: Mapping[str, FieldValue], typed: Mapping[str, str] | None = None
    ) -> None:
        """Note what a finished save took: values and kept texts. Later typing stays unsaved."""
        self._saved.update(values)
        self._kept = dict(typed or {})
        self._tell_dirty()

    # --- two values for one field -----------------------------------------------------------

    def dispute(self, key: str, dispute: Dispute | None, *, typed: FieldValue = None) -> None:
        """Note that somebody else saved another value before ``typed``; ``None`` settles it."""
        if dispute is None:
            self._disputes.end(key)
        else:
            self._disputes.note(key, dispute, typed)
            self._saved[key] = dispute.theirs
        if self._shown.get(key) is not None:
            self.problem_changed.emit(key)  # other values under the same sentence
        self._refresh_shown()
        self._tell_dirty()

    def disputed(self, key: str) -> Dispute | None:
        """Return what somebody else saved first at a field; ``None`` where nobody did."""
        return self._disputes.all.get(key)

    @property
    def disputes(self) -> Mapping[str, Dispute]:
        """Every field with two values, by key."""
        return self._disputes.all

    def settle(self, key: str, choice: Settle) -> None:
        """Choose one of two values, or both of two texts; autosave keeps it."""
        if key in self._disputes.all:
            self.settled.emit(key, choice)

    def waits(self, key: str) -> bool:
        """Return whether a field waits for a choice of two, and nothing was typed since."""
        if key not in self._disputes.all:
            return False
        waiting, draft = self._disputes.typed(key), self._draft
        if identical(waiting, draft.typed.get(key)):
            return True
        value, found = draft.reading_of(key, waiting)
        return not found and not draft.refused(key) and same_value(value, draft.values.get(key))

    # --- asking -----------------------------------------------------------------------------

    def text(self, key: str) -> str:
        """Return the text to show in the input."""
        return self._draft.text(key)

    def words(self, key: str, value: FieldValue) -> str:
        """Return a value of a field as its input would show it."""
        return self._draft.words(key, value)

    def value(self, key: str) -> FieldValue:
        """Return what the field reads as; ``None`` when it is empty or cannot be read."""
        return self._draft.values.get(key)

    def values(self) -> dict[str, FieldValue]:
        """Return everything that can be read, saved or not."""
        values = self._draft.values
        return {key: values[key] for key in self._draft.fields if key in values}

    def problem(self, key: str) -> Problem | None:
        """Return the problem to show at a field: an error first, else a warning."""
        return self._shown.get(key)

    def problems(self) -> tuple[Problem, ...]:
        """Return every problem there is, shown or not, in field order."""
        everything = [p for key in self._draft.fields for p in self._all(key)]
        return tuple(everything)

    def first_problem(self) -> str:
        """Return the key of the first field with an error; empty when there is none."""
        for key in self._draft.fields:
            if any(not problem.warning for problem in self._all(key)):
                return key
        return ""

    @property
    def dirty(self) -> bool:
        """Whether something readable or typed is not saved."""
        return self._dirty

    def readable(self) -> dict[str, FieldValue]:
        """Return the values that can be saved and differ from what is saved."""
        return {
            key: value
            for key, value in self.values().items()
            if key in self._draft.typed
            and not self._draft.refused(key)
            and not self.waits(key)
            and not same_value(value, self._saved.get(key))
        }

    def unreadable(self) -> dict[str, str]:
        """Return the texts that cannot be saved as values, to be kept as they were typed."""
        kept = {}
        for key in self._draft.fields:
            typed = self._draft.typed.get(key)
            if typed is None or not self._draft.refused(key) or self.waits(key):
                continue
            if isinstance(typed, str):
                if typed.strip():
                    kept[key] = typed
            elif not same_value(typed, self._saved.get(key)):
                kept[key] = self._draft.words(key, typed)
        return kept

    # --- inside -----------------------------------------------------------------------------

    def _unsaved_texts(self) -> set[str]:
        now = self.unreadable()
        return {key for key, text in now.items() if self._kept.get(key) != text}

    def _all(self, key: str) -> tuple[Problem, ...]:
        return self._disputes.problems(key) + self._draft.problems(key)

    def _refresh_shown(self) -> None:
        differing = []
        for key in self._draft.fields:
            found = self._all(key)
            wanted = next((p for p in found if not p.warning), found[0] if found else None)
            if wanted and key == self._active and key not in self._shown:
                continue
            if self._shown.get(key) != wanted:
                differing.append(key)
                if wanted:
                    self._shown[key] = wanted
                else:
                    del self._shown[key]
        for key in differing:
            self.problem_changed.emit(key)

    def _tell_dirty(self) -> None:
        dirty = bool(self.readable()) or self.unreadable() != self._kept
        if dirty != self._dirty:
            self._dirty = dirty
            self.dirty_changed.emit(dirty)
