"""What the drawn things are: headings, paragraphs, lists, tables, figures, in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from intake_app.documents.lines import FIRST_IDEOGRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intake_app.documents.lines import Line

SECTION: Final = "Sect"
TITLE: Final = "H1"
HEADING: Final = "H2"
LEAD: Final = "H3"
PARAGRAPH: Final = "P"
LIST, ITEM, MARK, ITEM_BODY = "L", "LI", "Lbl", "LBody"
TABLE, ROW, HEAD_CELL, CELL = "Table", "TR", "TH", "TD"
FIGURE: Final = "Figure"
SPAN: Final = "Span"
_IS_DRAWN: Final = frozenset((FIGURE, MARK, SPAN))
_KEPT_EMPTY: Final = frozenset((ROW, HEAD_CELL, CELL))
"""A table has a cell in every column, also where there is only room to write."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


class Tag:
    """A node of the structure tree; children read in the order in which they were made.

    Pieces hold the tag of what they draw, so a paragraph that goes over a page stays one. Layouts
    that were tried and not taken leave tags nobody drew: they are no part of the document.
    """

    alt: str = ""
    """Said instead of a drawing."""
    actual: str = ""
    """The text that a drawing stands for."""
    kind: str = ""
    """Which way a head cell looks, which marks a list has."""
    language: str = ""
    """When it is not the document's."""
    title: str = ""
    """Of a part: its bookmark."""
    order: float = 0.0
    """Of a part: which one it is, read from the start."""
    place: tuple[int, float] | None = None
    """Of a part: the page where it begins, and how high."""
    box: Box | None = None
    """Of a figure: where it stands."""
    marks: tuple[tuple[int, int], ...] = ()
    """Page and number of each marked content."""

    has_heading: bool = False
    """A heading stands in it, so that others in it stand under that."""
    is_used: bool = False
    """Something of it, or in it, was drawn."""

    def __init__(self, role: str, parent: Tag | None = None) -> None:
        """Make a node; one without a parent is a part of the document."""
        self.role = role
        self.parent = parent
        self.root: Tag = parent.root if parent else self
        self.kids: list[Tag] = []
        self.lines: list[Line] = []
        """The lines of text it holds."""

    def child(self, role: str, *, alt: str = "", actual: str = "", kind: str = "") -> Tag:
        """Return a new node read after the children that are there."""
        tag = Tag(role, self)
        if alt:
            tag.alt = alt
        if actual:
            tag.actual = actual
        if kind:
            tag.kind = kind
        self.kids.append(tag)
        return tag

    def drawn(self, page: int, number: int, top: float) -> None:
        """Take note of a marked content of a page, and of its upper edge."""
        self.marks = (*self.marks, (page, number))
        if self.root.place is None:
            self.root.place = (page, top)
        tag: Tag | None = self
        while tag is not None and not tag.is_used:
            tag.is_used = True
            tag = tag.parent

    def said(self, *, leftwards: bool) -> str:
        """Return the text it stands for, where the drawing does not say it.

        Such are dots, and letters that print in another order than they are read. On a page that
        runs ``leftwards`` readers take what is beside them for a part of the same line.
        """
        if self.actual or not (leftwards or any(line.logical for line in self.lines)):
            return self.actual
        parts = [f"{line.text.rstrip()}{after_line(line)}" for line in self.lines]
        if parts:
            parts += [kid.alt for kid in self.kids if kid.is_used]
        return "".join(parts).strip()

    @property
    def is_drawn(self) -> bool:
        """Whether lines and shapes inside it are content; elsewhere they are decoration."""
        return self.role in _IS_DRAWN

    @property
    def kept(self) -> list[Tag]:
        """The children that are part of the document."""
        return [kid for kid in self.kids if kid.is_used or kid.role in _KEPT_EMPTY]


def after_line(line: Line) -> str:
    """Return what parts a line from the next one: nothing in Chinese."""
    return "" if line.text[-1:] >= FIRST_IDEOGRAPH else " "


def part(order: float, *, title: str = "", language: str = "") -> Tag:
    """Return the root of a part of the document: a block, the header, the foot."""
    root = Tag(SECTION)
    root.order, root.title, root.language = order, title, language
    return root


def parts_of(marked: Iterator[Tag]) -> list[Tag]:
    """Return the parts that were drawn, in reading order."""
    return sorted(dict.fromkeys(tag.root for tag in marked), key=lambda tag: tag.order)
