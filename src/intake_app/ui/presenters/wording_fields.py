"""The texts of one block as the page shows them: what each is called, and how it is edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.language import N_, translated

if TYPE_CHECKING:
    from intake_app.domain.wording_edit import BlockText, ElementText, WordingText

NAME = "wording"
_NONE = -1
_KINDS: dict[str, str] = {
    "paragraph": N_("Sentences"),
    "bullets": N_("List"),
    "table": N_("Table"),
    "lines": N_("Lines to write on"),
    "limits": N_("Row in the table of limits"),
    "spine": N_("Text beside the drawing of the spine"),
    "diary": N_("Diary, made by the program"),
    "limits_table": N_("Table of limits, made by the program"),
    "medicines_table": N_("Table of medicines, made by the program"),
}
GROWING = ("bullets", "table", "lines", "limits", "paragraph")
"""Kinds that may have several lines."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands in a wording."""

    block: str
    element: int = _NONE
    item: int = _NONE
    cell: int = _NONE
    part: str = ""
    """``title``, ``lead`` or ``head``; empty for a line."""

    @property
    def name(self) -> str:
        """The object name of its input: ``wording.R-1.0.2``."""
        numbers = [str(n) for n in (self.element, self.item) if n != _NONE]
        cell = [str(self.cell)] if self.cell != _NONE else []
        return ".".join((NAME, self.block, *numbers, *([self.part] if self.part else []), *cell))

    @property
    def is_line(self) -> bool:
        """Whether it is a line of a list, a row or a paragraph."""
        return self.item != _NONE


def kind_words(kind: str) -> str:
    """Return what an element is, in words."""
    return translated(_KINDS.get(kind, N_("Text")))


def spoken(place: Place, element: ElementText | None) -> str:
    """Return what a screen reader calls the input of a text."""
    if place.part == "title":
        return translated(N_("{block}: title")).format(block=place.block)
    if place.part == "lead":
        return translated(N_("{block}: line over the list")).format(block=place.block)
    kind = kind_words(element.kind) if element is not None else ""
    if place.part == "head":
        words = N_("{block}: heading of column {cell}")
    elif place.cell != _NONE:
        words = N_("{block}, {kind}: row {item}, column {cell}")
    else:
        words = N_("{block}, {kind}: line {item}")
    return translated(words).format(
        block=place.block, kind=kind, item=place.item + 1, cell=place.cell + 1
    )


def text_at(block: BlockText, place: Place) -> str:
    """Return the text that stands at a place."""
    if place.part == "title":
        return block.title
    element = block.elements[place.element]
    if place.part == "lead":
        return element.lead
    if place.part == "head":
        return element.head[place.cell]
    texts = element.items[place.item].texts
    return texts[max(place.cell, 0)]


def with_text(wording: WordingText, place: Place, text: str) -> WordingText:
    """Return the wording with another text at a place."""
    if place.part == "title":
        return wording.with_title(place.block, text)
    if place.part == "lead":
        return wording.with_lead(place.block, place.element, text)
    element = wording.block(place.block).elements[place.element]
    if place.part == "head":
        return wording.with_head(
            place.block, place.element, _changed(element.head, place.cell, text)
        )
    if place.cell == _NONE:
        return wording.with_item(place.block, place.element, place.item, text)
    cells = _changed(element.items[place.item].texts, place.cell, text)
    return wording.with_item(place.block, place.element, place.item, cells)


def _changed(texts: tuple[str, ...], index: int, text: str) -> tuple[str, ...]:
    return (*texts[:index], text, *texts[index + 1 :])


def places_of(block: BlockText, element: int) -> tuple[Place, ...]:
    """Return where the texts of one element stand, in reading order."""
    part = block.elements[element]
    places = []
    if part.kind == "bullets":
        places.append(Place(block.id, element, part="lead"))
    places += [Place(block.id, element, cell=n, part="head") for n in range(len(part.head))]
    for number, item in enumerate(part.items):
        if part.has_cells:
            places += [Place(block.id, element, number, n) for n in range(len(item.texts))]
        else:
            places.append(Place(block.id, element, number))
    return tuple(places)


def shape_of(block: BlockText) -> tuple[object, ...]:
    """Return what decides which inputs a block needs: not the texts themselves."""
    return (
        block.id,
        tuple(
            (part.kind, len(part.head), tuple(len(item.texts) for item in part.items))
            for part in block.elements
        ),
    )
