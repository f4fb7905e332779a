"""Wording as a tree: what the file of one paper says, before any fact is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.conditions import ALWAYS_WHEN, When

if TYPE_CHECKING:
    from intake_app.domain.sheets import SheetKind


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of text, or the cells of one row, and when it prints."""

    texts: tuple[str, ...]
    when: When[object] = ALWAYS_WHEN


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementWording:
    """One element of a block as the file has it."""

    kind: str
    """``paragraph``, ``bullets``, ``table``, ``lines``, ``limits``, or a special by its name."""
    when: When[object] = ALWAYS_WHEN
    items: tuple[Item, ...] = ()
    lead: str = ""
    columns: int = 1
    tick: bool = False
    head: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    writing: bool = False
    group: str = ""
    """Rows of limits in one group become one row when they end at the same moment."""

    @property
    def texts(self) -> Iterator[str]:
        """Every text of the element, in reading order."""
        if self.lead:
            yield self.lead
        yield from self.head
        for item in self.items:
            yield from item.texts


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockWording:
    """One block as the file has it."""

    id: str
    title: str
    when: When[object] = ALWAYS_WHEN
    elements: tuple[ElementWording, ...] = ()
    boxed: bool = False
    first_page: bool = False
    into: str = ""
    """Handle of the block whose content this one's is added to."""
    place: str = ""
    """``header`` or ``foot``: what the block stands for is printed there, on every page."""
    covers: tuple[str, ...] = ()
    """Further handles that this block stands for (R-1 is A-24)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The wording of one paper in one language."""

    id: str
    """``aftercare/en``"""
    version: str
    title: str
    kind: SheetKind
    language: str
    blocks: tuple[BlockWording, ...]
    to_check: tuple[tuple[str, str], ...]
    """Handle and note of each thing the approver looks at first; never printed."""
    fingerprint: str
    """SHA-256 of the content; any change of a word changes it, comments and spacing do not."""

    @property
    def texts(self) -> Iterator[str]:
        """Every text that can print, in reading order: one sentence or list item each."""
        for block in self.blocks:
            if not block.place:
                yield block.title
            for element in block.elements:
                yield from element.texts
