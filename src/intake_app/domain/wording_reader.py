"""Reads the blocks of a wording file and refuses what is not in the closed lists."""

from __future__ import annotations

import re
from collections.abc import Mapping

from intake_app.domain.conditions import ALWAYS, ALWAYS_WHEN, When
from intake_app.domain.errors import WordingError
from intake_app.domain.sheets import SheetKind
from intake_app.domain.vocabulary import names_of
from intake_app.domain.wording_tree import BlockWording, ElementWording, Item

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
MOST_ITEMS = 7
"""No list is longer without a lead of its own (clinical.md 4.2, L-16)."""
FIRST_GROUPS, FIRST_SIGNS, SECOND_SIGNS = 4, 17, 11
"""R-1 and R-2 may only grow (clinical.md 3.3); only signs that always print count."""
SPECIALS = ("spine", "diary", "limits_table", "medicines_table", "fractures_table")
TABLES = ("table", "limits_table", "medicines_table", "fractures_table")
_WHOLE = 1.001
"""What the widths of the columns may add up to, as shares of the line."""
KINDS = ("paragraph", "bullets", "table", "lines", "limits", *SPECIALS)
PLACES = ("", "header", "foot")
MODES = ("all", "any", "none")
DEEPEST = 4
"""How many conditions may stand inside each other."""
LEAST_LETTERS = 2
"""What has fewer letters says nothing."""
CONTENT_KEYS = {"paragraph": "text", "table": "rows", "limits": "rows", "spine": "caption"}
"""Where the texts of an element stand, by kind; else under ``items``."""
COLUMNS = {"limits": 3, "limits_table": 3, "medicines_table": 4, "fractures_table": 4}
"""How many cells a row has, where the program makes or takes over the rows."""


def sign_of(text: str) -> str:
    """Return a danger sign without what makes no difference; '' when it says nothing."""
    bare = PLACEHOLDER.sub("", text)
    if sum(letter.isalnum() for letter in bare) < LEAST_LETTERS:
        return ""
    return "".join(letter for letter in text.casefold() if letter.isalnum() or letter in "{}")


def refused(file: str, block: str, why: str, *, name: str = "") -> WordingError:
    """Return the error that names file, block and what is wrong."""
    return WordingError(file, file=file, block=block, why=why, name=name)


Entry = dict[str, object]


class WordingReader:
    """Reads the entries of one file and refuses what is not in the closed lists."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._block = ""
        self._conditions: frozenset[str] = frozenset()
        self._placeholders: frozenset[str] = frozenset()
        self._required: tuple[str, ...] = ()
        self.to_check: list[tuple[str, str]] = []

    def names(self, kind: SheetKind) -> None:
        """Take the closed lists of a kind of paper."""
        self._conditions, self._placeholders, self._required = names_of(kind)

    def refuse(self, why: str, name: str = "") -> WordingError:
        """Return the error for the block being read."""
        return refused(self._file, self._block, why, name=name)

    def blocks(self, data: Mapping[str, object]) -> tuple[BlockWording, ...]:
        """Read every block of a file."""
        given = data.get("block", [])
        if not isinstance(given, list):
            raise self.refuse("text", "block")
        return tuple(self.block(self._entry(entry)) for entry in given)

    def block(self, entry: Entry) -> BlockWording:
        """Read one ``[[block]]``."""
        self._block = self._text(entry, "id")
        self._note(entry)
        elements = self._list(entry, "element")
        block = BlockWording(
            id=self._block,
            title=self.check_text(self._text(entry, "title")),
            when=self._when(entry.get("when", ALWAYS)),
            elements=tuple(self._element(self._entry(part)) for part in elements),
            boxed=entry.get("boxed") is True,
            first_page=entry.get("first_page") is True,
            into=self._text(entry, "into", ""),
            place=self._text(entry, "place", ""),
            covers=tuple(str(part) for part in self._list(entry, "covers")),
        )
        if block.place not in PLACES:
            raise self.refuse("place", block.place)
        if bool(block.elements) == bool(block.place):
            raise self.refuse("empty_block")
        return block

    def _element(self, entry: Entry) -> ElementWording:
        self._note(entry)
        kind = self._text(entry, "kind")
        if kind not in KINDS:
            raise self.refuse("element", kind)
        given = entry.get(CONTENT_KEYS.get(kind, "items"), [])
        items = tuple(self._item(part) for part in (given if isinstance(given, list) else [given]))
        always_there = [item for item in items if item.when == ALWAYS_WHEN]
        if kind == "bullets" and len(always_there) > MOST_ITEMS:
            raise self.refuse("long_list")
        columns = entry.get("columns", 1)
        element = ElementWording(
            kind=kind,
            when=self._when(entry.get("when", ALWAYS)),
            items=items,
            lead=self.check_text(self._text(entry, "lead", "")),
            columns=columns if isinstance(columns, int) else 1,
            tick=entry.get("tick") is True,
            head=tuple(self.check_text(str(part)) for part in self._list(entry, "head")),
            widths=tuple(self._share(part) for part in self._list(entry, "widths")),
            writing=entry.get("writing") is True,
            group=self._text(entry, "group", ""),
        )
        self._check_columns(element)
        return element

    def _share(self, given: object) -> float:
        if not isinstance(given, int | float) or isinstance(given, bool) or not 0 < given <= 1:
            raise self.refuse("table")
        return float(given)

    def _check_columns(self, element: ElementWording) -> None:
        """Refuse a table whose head, widths and rows have not the same number of columns."""
        count = COLUMNS.get(element.kind, len(element.widths))
        rows = element.items if element.kind in ("table", "limits") else ()
        fits = all(len(row.texts) == count for row in rows)
        if element.kind in TABLES:
            fits = fits and 0 < len(element.widths) == count and sum(element.widths) < _WHOLE
            fits = fits and len(element.head) in (0, count)
        if not fits:
            raise self.refuse("table")

    def _item(self, given: object) -> Item:
        when: object = ALWAYS
        if isinstance(given, dict):
            self._note(given)
            when = given.get("when", "always")
            given = given.get("text", given.get("cells"))
        texts = given if isinstance(given, list) else [given]
        said = tuple(self.check_text(text) for text in texts if isinstance(text, str))
        if not said or len(said) != len(texts):
            raise self.refuse("text")
        if not any(said):
            raise self.refuse("empty_text")
        return Item(said, self._when(when))

    def check_text(self, text: str) -> str:
        """Return the text with its spacing tidied; refuse unknown placeholders."""
        for name in PLACEHOLDER.findall(text):
            if name not in self._placeholders:
                raise self.refuse("placeholder", name)
        if "{" in PLACEHOLDER.sub("", text) or "}" in PLACEHOLDER.sub("", text):
            raise self.refuse("placeholder", "{")
        return " ".join(text.split())

    def _when(self, given: object, depth: int = 1) -> When[object]:
        if depth > DEEPEST:
            raise self.refuse("condition")
        if isinstance(given, str):
            return When("all", (self._condition(given),))
        if not isinstance(given, dict) or len(given) != 1:
            raise self.refuse("condition")
        ((mode, parts),) = given.items()
        if mode not in MODES or not isinstance(parts, list) or not parts:
            raise self.refuse("condition", str(mode))
        return When(
            mode,
            tuple(
                self._condition(part) if isinstance(part, str) else self._when(part, depth + 1)
                for part in parts
            ),
        )

    def _condition(self, name: str) -> str:
        if name not in self._conditions:
            raise self.refuse("condition", name)
        return name

    def check_blocks(self, blocks: tuple[BlockWording, ...], kind: SheetKind) -> None:
        """Refuse a set with a missing, doubled or misplaced block."""
        seen: dict[str, BlockWording] = {}
        for block in blocks:
            for handle in (block.id, *block.covers):
                self._block = handle
                if handle in seen:
                    raise self.refuse("doubled_block")
                seen[handle] = block
        for handle in self._required:
            self._block = handle
            if handle not in seen:
                raise self.refuse("missing_block")
        for block in blocks:
            self._block = block.id
            host = seen.get(block.into) if block.into else None
            if block.into and (host is None or host.into or host.when != ALWAYS_WHEN):
                raise self.refuse("into", block.into)
            if host is not None and blocks.index(host) > blocks.index(block):
                raise self.refuse("into", block.into)
        if kind is SheetKind.AFTERCARE:
            self._check_red_flags(blocks)

    def _check_red_flags(self, blocks: tuple[BlockWording, ...]) -> None:
        order = [block.id for block in blocks]
        for handle, groups, signs in (("R-1", FIRST_GROUPS, FIRST_SIGNS), ("R-2", 1, SECOND_SIGNS)):
            self._block = handle
            if handle not in order:
                raise self.refuse("missing_block")
            block = blocks[order.index(handle)]
            lists = [
                part
                for part in block.elements
                if part.kind == "bullets" and part.when == ALWAYS_WHEN
            ]
            said = {
                sign_of(item.texts[0])
                for part in lists
                for item in part.items
                if item.when == ALWAYS_WHEN
            }
            if not block.first_page or block.when != ALWAYS_WHEN or block.into:
                raise self.refuse("red_flags_place")
            if not sign_of(block.title):
                raise self.refuse("empty_text")
            if len(lists) < groups or len(said - {""}) < signs:
                raise self.refuse("red_flags_shrunk")
        if order.index("R-2") < order.index("R-1"):
            raise self.refuse("red_flags_place")

    def _note(self, entry: Entry) -> None:
        if note := self._text(entry, "approver_check", ""):
            about = next((entry[key] for key in ("text", "lead", "title") if entry.get(key)), "")
            self.to_check.append((self._block, f"“{about}”: {note}" if about else note))

    def _text(self, entry: Entry, key: str, default: str | None = None) -> str:
        value = entry.get(key, default)
        if not isinstance(value, str):
            raise self.refuse("text", key)
        return value

    def _list(self, entry: Entry, key: str) -> list[object]:
        value = entry.get(key, [])
        if not isinstance(value, list):
            raise self.refuse("text", key)
        return value

    def _entry(self, given: object) -> Entry:
        if not isinstance(given, dict):
            raise self.refuse("element")
        return given
