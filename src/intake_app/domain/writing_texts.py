"""Every text of a paper with its place in it, for whoever looks at how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from intake_app.domain.conditions import ALWAYS_WHEN
from intake_app.domain.sheets import Bullets, Lines, Paragraph, SpineFigure, Table
from intake_app.domain.wording_reader import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from intake_app.domain.sheets import Block, Element, Sheet
    from intake_app.domain.wording_tree import BlockWording, ElementWording, Wording

TITLE_PLACE = -1
"""Element index of a block's title."""
LEAD_PLACE = -1
"""Item index of the line over a list."""
SHEET_BLOCK, FOOT_BLOCK = "SHEET", "FOOT"
"""Handles under which title and foot of the whole sheet are placed."""


class TextKind(Enum):
    """What a text is on the paper."""

    TITLE = "title"
    LEAD = "lead"
    ITEM = "item"
    QUESTION = "question"
    """An item that is ticked when it was answered."""
    CELL = "cell"
    HEAD = "head"
    """The head of a table's column, or the first cell of a row."""
    PARAGRAPH = "paragraph"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Placed:
    """One text and where it stands."""

    block: str
    element: int
    item: int
    text: str
    kind: TextKind
    heading: str = ""
    """Title of the block, and the line over the list: what the reader has read just before."""
    beside: str = ""
    """The other cells of the row: a date there ends a limit here."""
    always: bool = True
    """``False`` for a text of a wording that prints only under a condition."""


def placed_texts(wording: Wording) -> tuple[Placed, ...]:
    """Return every text of a wording that can print, with its {placeholders} as they stand."""
    return tuple(text for block in wording.blocks for text in _of_wording(block))


def placed_sheet(sheet: Sheet) -> tuple[Placed, ...]:
    """Return every text that will print for the reader, as it will print."""
    found = [Placed(SHEET_BLOCK, TITLE_PLACE, 0, sheet.title, TextKind.TITLE)]
    found += placed_blocks(sheet.blocks)
    if sheet.foot:
        found.append(Placed(FOOT_BLOCK, 0, 0, sheet.foot, TextKind.PARAGRAPH))
    return tuple(found)


def placed_blocks(blocks: Iterable[Block]) -> tuple[Placed, ...]:
    """Return every text of composed blocks."""
    return tuple(text for block in blocks for text in _of_block(block))


def placeholders_in(text: str) -> tuple[str, ...]:
    """Return the names of the placeholders of a text, in their order."""
    return tuple(PLACEHOLDER.findall(text))


def _of_wording(block: BlockWording) -> Iterator[Placed]:
    if not block.place and block.title:
        yield Placed(block.id, TITLE_PLACE, 0, block.title, TextKind.TITLE)
    for number, element in enumerate(block.elements):
        yield from _of_element_wording(block, number, element)


def _of_element_wording(
    block: BlockWording, number: int, element: ElementWording
) -> Iterator[Placed]:
    kind = _KINDS.get(element.kind, TextKind.PARAGRAPH)
    heading = f"{block.title}\n{element.lead}".strip()
    if element.lead:
        yield Placed(block.id, number, LEAD_PLACE, element.lead, TextKind.LEAD, block.title)
    for cell in element.head:
        yield Placed(block.id, number, LEAD_PLACE, cell, TextKind.HEAD, block.title)
    if element.tick:
        kind = TextKind.QUESTION
    for place, item in enumerate(element.items):
        if kind is TextKind.CELL:
            yield from _of_row(block.id, number, place, item.texts, heading)
        else:
            always = item.when == ALWAYS_WHEN
            for text in item.texts:
                yield Placed(block.id, number, place, text, kind, heading, always=always)


_KINDS = {
    "bullets": TextKind.ITEM,
    "table": TextKind.CELL,
    "limits": TextKind.CELL,
    "diary": TextKind.HEAD,
    "lines": TextKind.HEAD,
    "spine": TextKind.CAPTION,
}


def _of_row(
    block: str, element: int, place: int, cells: tuple[str, ...], heading: str
) -> Iterator[Placed]:
    for number, cell in enumerate(cells):
        if cell:
            others = " ".join(cells[:number] + cells[number + 1 :])
            kind = TextKind.CELL if number else TextKind.HEAD
            yield Placed(block, element, place, cell, kind, heading, others)


def _of_block(block: Block) -> Iterator[Placed]:
    if block.title and block.elements:
        yield Placed(block.id, TITLE_PLACE, 0, block.title, TextKind.TITLE)
    for number, element in enumerate(block.elements):
        yield from _of_element(block, number, element)


def _of_element(block: Block, number: int, element: Element) -> Iterator[Placed]:
    title = block.title
    match element:
        case Paragraph():
            yield Placed(block.id, number, 0, element.text, TextKind.PARAGRAPH, title)
        case Bullets():
            if element.lead:
                yield Placed(block.id, number, LEAD_PLACE, element.lead, TextKind.LEAD, title)
            kind = TextKind.QUESTION if element.tick else TextKind.ITEM
            heading = f"{title}\n{element.lead}".strip()
            for place, text in enumerate(element.items):
                yield Placed(block.id, number, place, text, kind, heading)
        case Table():
            for cell in element.head:
                yield Placed(block.id, number, LEAD_PLACE, cell, TextKind.HEAD, title)
            for place, row in enumerate(element.rows):
                yield from _of_row(block.id, number, place, row, title)
        case SpineFigure():
            if element.caption:
                yield Placed(block.id, number, LEAD_PLACE, element.caption, TextKind.CAPTION, title)
            for place, text in enumerate(element.text):
                yield Placed(block.id, number, place, text, TextKind.PARAGRAPH, title)
        case Lines():
            for place, label in enumerate(element.labels):
                yield Placed(block.id, number, place, label, TextKind.HEAD, title)
