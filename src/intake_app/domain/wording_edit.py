"""Wording while it is written: a tree to look at, and edits that each give a new wording."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from intake_app.domain.conditions import ALWAYS_WHEN, When
from intake_app.domain.errors import WordingEditError
from intake_app.domain.sheets import SheetKind
from intake_app.domain.validation import Problem
from intake_app.domain.vocabulary import names_of
from intake_app.domain.wording import data_of, fingerprint, heading_of, wording_of
from intake_app.domain.wording_problems import WordingProblem, problems_in
from intake_app.domain.wording_reader import CONTENT_KEYS
from intake_app.domain.wording_text import (
    CELLS_KINDS,
    BlockText,
    ElementText,
    Entry,
    ItemText,
    blocks_of,
    tables_in,
    text_key,
    when_in,
)
from intake_app.domain.wording_writer import write_toml

if TYPE_CHECKING:
    from intake_app.domain.wording_tree import Wording

__all__ = [
    "FIRST",
    "BlockText",
    "ElementText",
    "ItemText",
    "WordingProblem",
    "WordingText",
    "when_in",
]

FIRST = -1
"""``after`` of what is to stand first."""
ADDABLE = ("paragraph", "bullets", "table", "lines")
"""Kinds of text that a writer may add."""
_ONE_TEXT_KINDS = ("paragraph", "spine")
_NEW_WIDTHS = [0.4, 0.6]
_OWN_PREFIX = "C-"


@dataclass(frozen=True)
class WordingText:
    """The whole wording of one paper in one language, as it is written."""

    data: Mapping[str, object]
    """As the file has it. Never changed: every edit gives a new one."""

    @classmethod
    def from_toml(cls, text: str) -> WordingText:
        """Return the wording that a file holds, right or wrong.

        Raises:
            WordingError: it is not TOML, or does not say for which paper it is.
        """
        return cls.of(data_of(text, ""))

    @classmethod
    def of(cls, data: Mapping[str, object]) -> WordingText:
        """Return the wording that the data of a file are, right or wrong.

        Raises:
            WordingError: they do not say for which paper it is.
        """
        heading_of(data, "")
        return cls(data)

    def to_toml(self) -> str:
        """Return the wording as a file that reads like those that are shipped."""
        return write_toml(self.data)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content; equal to the one of the file it is written to."""
        return fingerprint(self.data)

    @property
    def kind(self) -> SheetKind:
        """Which paper it is for."""
        return SheetKind(str(self.data["sheet"]))

    @property
    def language(self) -> str:
        """BCP-47 tag of its language."""
        return str(self.data["language"])

    @property
    def wording_id(self) -> str:
        """``aftercare/en``."""
        return f"{self.kind.value}/{self.language}"

    @property
    def title(self) -> str:
        """Title of the whole paper."""
        return str(self.data.get("title", ""))

    @cached_property
    def blocks(self) -> tuple[BlockText, ...]:
        """The blocks in the order of the paper."""
        return blocks_of(self.data, frozenset(names_of(self.kind)[2]))

    def block(self, block_id: str) -> BlockText:
        """Return one block.

        Raises:
            WordingEditError: there is none with this handle.
        """
        found = next((block for block in self.blocks if block.id == block_id), None)
        if found is None:
            raise _refused(block_id, "wording_no_such_place")
        return found

    def problems(self, shipped: Wording | None = None) -> tuple[WordingProblem, ...]:
        """Return everything that keeps it from printing as final, beside the shipped wording."""
        return problems_in(self.data, shipped)

    def wording(self, file: str = "") -> Wording:
        """Return the wording as it is composed.

        Raises:
            WordingError: it has a problem.
        """
        return wording_of(self.data, file or self.wording_id)

    # --- the whole paper and its blocks -----------------------------------------------------

    def with_paper_title(self, title: str) -> WordingText:
        """Return it with another title of the whole paper."""
        return WordingText({**self.data, "title": title})

    def with_title(self, block_id: str, title: str) -> WordingText:
        """Return it with another title of a block."""
        return self._edited(block_id, lambda entry: _put(entry, "title", title))

    def with_block_when(self, block_id: str, when: When[object]) -> WordingText:
        """Return it with another condition for a whole block."""
        return self._edited(block_id, lambda entry: _set_when(entry, when))

    def with_block_moved(self, block_id: str, by: int) -> WordingText:
        """Return it with a block ``by`` places further down; as far as there is room."""
        entries = self._copied()
        place = self._place(block_id)
        entry = entries.pop(place)
        entries.insert(min(max(place + by, 0), len(entries)), entry)
        return self._with(entries)

    def with_block_added(self, after: str, title: str, text: str) -> WordingText:
        """Return it with a new block of one paragraph behind the block ``after``.

        Its handle is the clinic's own: C-1, C-2.
        """
        entries = self._copied()
        taken = {block.id for block in self.blocks}
        number = next(n for n in range(1, len(taken) + 2) if f"{_OWN_PREFIX}{n}" not in taken)
        new: Entry = {
            "id": f"{_OWN_PREFIX}{number}",
            "title": title,
            "element": [{"kind": "paragraph", "text": text}],
        }
        entries.insert(self._place(after) + 1, new)
        return self._with(entries)

    def with_block_removed(self, block_id: str) -> WordingText:
        """Return it without a block.

        Raises:
            WordingEditError: every paper of this kind needs it.
        """
        if self.block(block_id).required:
            raise _refused(block_id, "wording_part_needed")
        entries = self._copied()
        del entries[self._place(block_id)]
        return self._with(entries)

    # --- elements ---------------------------------------------------------------------------

    def with_element_when(self, block_id: str, element: int, when: When[object]) -> WordingText:
        """Return it with another condition for an element."""
        return self._element(block_id, element, lambda entry: _set_when(entry, when))

    def with_lead(self, block_id: str, element: int, lead: str) -> WordingText:
        """Return it with another line over a list; '' for none."""
        return self._element(block_id, element, lambda entry: _put(entry, "lead", lead))

    def with_head(self, block_id: str, element: int, head: tuple[str, ...]) -> WordingText:
        """Return it with another head of a table."""
        return self._element(block_id, element, lambda entry: _put(entry, "head", list(head)))

    def with_element_added(
        self, block_id: str, after: int, kind: str, *, text: str | tuple[str, ...] = ""
    ) -> WordingText:
        """Return it with a new element behind the element ``after`` (FIRST: before all).

        Raises:
            WordingEditError: a writer cannot add this kind.
        """
        if kind not in ADDABLE:
            raise _refused(block_id, "wording_element", name=kind)
        new: Entry = {"kind": kind}
        if kind == "paragraph":
            new["text"] = _joined(text)
        elif kind == "table":
            new |= {"head": ["", ""], "widths": list(_NEW_WIDTHS)}
            new["rows"] = [list(text) if isinstance(text, tuple) else [text, ""]]
        else:
            new["items"] = [_joined(text)]

        def add(entry: Entry) -> None:
            entry["element"] = elements = list(tables_in(entry, "element"))
            elements.insert(after + 1, new)

        return self._edited(block_id, add)

    def with_element_removed(self, block_id: str, element: int) -> WordingText:
        """Return it without an element."""

        def remove(entry: Entry) -> None:
            elements = list(tables_in(entry, "element"))
            _within(block_id, elements, element)
            del elements[element]
            entry["element"] = elements

        return self._edited(block_id, remove)

    # --- lines and rows ---------------------------------------------------------------------

    def with_item(
        self, block_id: str, element: int, index: int, text: str | tuple[str, ...]
    ) -> WordingText:
        """Return it with another text of a line, or other cells of a row."""

        def change(items: list[object], cells: bool) -> None:  # noqa: FBT001 - called below only
            _within(block_id, items, index)
            given = items[index]
            new: object = _cells(text) if cells else _joined(text)
            items[index] = {**given, text_key(given): new} if isinstance(given, dict) else new

        return self._items(block_id, element, change)

    def with_item_when(
        self, block_id: str, element: int, index: int, when: When[object]
    ) -> WordingText:
        """Return it with another condition for a line or row."""
        if self._element_of(block_id, element).kind in _ONE_TEXT_KINDS:
            return self.with_element_when(block_id, element, when)

        def change(items: list[object], cells: bool) -> None:  # noqa: FBT001 - called below only
            _within(block_id, items, index)
            given = items[index]
            entry: Entry = (
                dict(given) if isinstance(given, dict) else {"cells" if cells else "text": given}
            )
            _set_when(entry, when)
            alone = set(entry) <= {"text", "cells"}
            items[index] = entry[text_key(entry)] if alone else entry

        return self._items(block_id, element, change)

    def with_item_added(
        self, block_id: str, element: int, after: int, text: str | tuple[str, ...]
    ) -> WordingText:
        """Return it with a new line or row behind the one at ``after`` (FIRST: before all)."""

        def change(items: list[object], cells: bool) -> None:  # noqa: FBT001 - called below only
            items.insert(after + 1, _cells(text) if cells else _joined(text))

        return self._items(block_id, element, change)

    def with_item_removed(self, block_id: str, element: int, index: int) -> WordingText:
        """Return it without a line or row; without its element when that was the last one."""
        if len(self._element_of(block_id, element).items) <= 1:
            return self.with_element_removed(block_id, element)

        def change(items: list[object], cells: bool) -> None:  # noqa: FBT001, ARG001 - one shape
            _within(block_id, items, index)
            del items[index]

        return self._items(block_id, element, change)

    def with_item_moved(self, block_id: str, element: int, index: int, *, by: int) -> WordingText:
        """Return it with a line or row ``by`` places further down; as far as there is room."""

        def change(items: list[object], cells: bool) -> None:  # noqa: FBT001, ARG001 - one shape
            _within(block_id, items, index)
            item = items.pop(index)
            items.insert(min(max(index + by, 0), len(items)), item)

        return self._items(block_id, element, change)

    # --- how an edit is made ----------------------------------------------------------------

    def _element_of(self, block_id: str, element: int) -> ElementText:
        elements = self.block(block_id).elements
        _within(block_id, elements, element)
        return elements[element]

    def _place(self, block_id: str) -> int:
        self.block(block_id)
        return next(n for n, block in enumerate(self.blocks) if block.id == block_id)

    def _copied(self) -> list[Entry]:
        return deepcopy(list(tables_in(self.data, "block")))

    def _with(self, entries: list[Entry]) -> WordingText:
        return WordingText({**self.data, "block": entries})

    def _edited(self, block_id: str, edit: Callable[[Entry], None]) -> WordingText:
        entries = self._copied()
        edit(entries[self._place(block_id)])
        return self._with(entries)

    def _element(self, block_id: str, element: int, edit: Callable[[Entry], None]) -> WordingText:
        def inside(entry: Entry) -> None:
            elements = list(tables_in(entry, "element"))
            _within(block_id, elements, element)
            edit(elements[element])
            entry["element"] = elements

        return self._edited(block_id, inside)

    def _items(
        self, block_id: str, element: int, edit: Callable[[list[object], bool], None]
    ) -> WordingText:
        def inside(entry: Entry) -> None:
            kind = str(entry.get("kind"))
            key = CONTENT_KEYS.get(kind, "items")
            given = entry.get(key, [])
            items = list(given) if isinstance(given, list) else [given]
            edit(items, kind in CELLS_KINDS)
            one = not isinstance(given, list) and len(items) == 1
            entry[key] = items[0] if one else items

        return self._element(block_id, element, inside)


def _refused(block_id: str, code: str, **values: object) -> WordingEditError:
    return WordingEditError([Problem(block_id, code, tuple(sorted(values.items())))])


def _within(block_id: str, items: object, index: int) -> None:
    if not 0 <= index < len(cast("list[object]", items)):
        raise _refused(block_id, "wording_no_such_place")


def _put(entry: Entry, key: str, value: object) -> None:
    """Set a value where it stands, or last; an empty one is left out unless it stood there."""
    if value or key in entry:
        entry[key] = value


def _cells(text: str | tuple[str, ...]) -> list[str]:
    return list(text) if isinstance(text, tuple) else [text]


def _joined(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else " ".join(text)


def _set_when(entry: Entry, when: When[object]) -> None:
    if when == ALWAYS_WHEN:
        entry.pop("when", None)
    else:
        entry["when"] = _written(when)


def _written(when: When[object]) -> object:
    """Return a condition as the file has it."""
    parts = [part if isinstance(part, str) else _written(part) for part in when.parts]
    if when.mode == "all" and len(parts) == 1:
        return parts[0]
    return {when.mode: parts}
