"""Wording as its writer sees it: blocks, elements and lines, right or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake_app.domain.conditions import ALWAYS, ALWAYS_WHEN, When
from intake_app.domain.wording_reader import CONTENT_KEYS

Entry = dict[str, object]
CELLS_KINDS = ("table", "limits")
"""Kinds whose items are rows of cells."""


@dataclass(frozen=True, slots=True)
class ItemText:
    """One line of an element, or the cells of one row."""

    texts: tuple[str, ...]
    """The text; for a row the text of each cell."""
    when: When[object] = ALWAYS_WHEN
    approver_check: str = ""

    @property
    def text(self) -> str:
        """The text, or the cells with bars between them."""
        return " | ".join(self.texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementText:
    """One element of a block: a paragraph, a list, a table."""

    kind: str
    when: When[object] = ALWAYS_WHEN
    lead: str = ""
    """The line over a list."""
    head: tuple[str, ...] = ()
    """The head of a table."""
    items: tuple[ItemText, ...] = ()
    approver_check: str = ""

    @property
    def has_cells(self) -> bool:
        """Whether its items are rows of cells."""
        return self.kind in CELLS_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockText:
    """One block as its writer sees it."""

    id: str
    title: str
    when: When[object] = ALWAYS_WHEN
    place: str = ""
    into: str = ""
    first_page: bool = False
    boxed: bool = False
    required: bool = False
    """Every paper of this kind needs it: it cannot be removed."""
    covers: tuple[str, ...] = ()
    elements: tuple[ElementText, ...] = ()
    approver_check: str = ""


def blocks_of(data: Mapping[str, object], required: frozenset[str]) -> tuple[BlockText, ...]:
    """Return the blocks of a wording; ``required`` are the handles that every paper needs."""
    return tuple(_block(entry, required) for entry in tables_in(data, "block"))


def when_in(given: object) -> When[object]:
    """Return a condition of a file; what cannot be understood is kept as a name."""
    if isinstance(given, Mapping) and len(given) == 1:
        ((mode, parts),) = given.items()
        if isinstance(parts, list):
            inner = tuple(part if isinstance(part, str) else when_in(part) for part in parts)
            return When(str(mode), inner)
    return When("all", (str(given),))


def tables_in(entry: Mapping[str, object], key: str) -> list[Entry]:
    """Return the tables that stand under a key; anything else there is left out."""
    found = entry.get(key, [])
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []


def text_key(entry: Mapping[str, object]) -> str:
    """Return under which key an item with a condition has its text."""
    return "cells" if "cells" in entry else "text"


def _block(entry: Entry, required: frozenset[str]) -> BlockText:
    covers = entry.get("covers", [])
    handles = tuple(map(str, covers)) if isinstance(covers, list) else ()
    handle = str(entry.get("id", ""))
    return BlockText(
        id=handle,
        title=_said(entry, "title"),
        when=when_in(entry.get("when", ALWAYS)),
        place=_said(entry, "place"),
        into=_said(entry, "into"),
        first_page=entry.get("first_page") is True,
        boxed=entry.get("boxed") is True,
        required=bool(required & {handle, *handles}),
        covers=handles,
        elements=tuple(_element(part) for part in tables_in(entry, "element")),
        approver_check=_said(entry, "approver_check"),
    )


def _element(entry: Entry) -> ElementText:
    kind = _said(entry, "kind")
    given = entry.get(CONTENT_KEYS.get(kind, "items"), [])
    head = entry.get("head", [])
    return ElementText(
        kind=kind,
        when=when_in(entry.get("when", ALWAYS)),
        lead=_said(entry, "lead"),
        head=tuple(map(str, head)) if isinstance(head, list) else (),
        items=tuple(map(_item, given if isinstance(given, list) else [given])),
        approver_check=_said(entry, "approver_check"),
    )


def _item(given: object) -> ItemText:
    entry = given if isinstance(given, dict) else {"text": given}
    texts = entry.get(text_key(entry))
    return ItemText(
        tuple(map(str, texts)) if isinstance(texts, list) else (str(texts or ""),),
        when_in(entry.get("when", ALWAYS)),
        _said(entry, "approver_check"),
    )


def _said(entry: Mapping[str, object], key: str) -> str:
    value = entry.get(key, "")
    return value if isinstance(value, str) else ""
