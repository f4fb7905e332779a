"""Pieces of a block: what is measured once, placed somewhere, and then drawn there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from intake_app.documents.page import Measures, Pen
from intake_app.documents.tagging import HEADING, PARAGRAPH, Tag, part
from intake_app.documents.type import BOLD, REGULAR, Letters
from intake_app.domain.sheets import SheetWords, Table

if TYPE_CHECKING:
    from intake_app.documents.type import Line

Draw = Callable[[Pen, float, float], None]
"""Draws a piece; x is its left edge, top its upper edge."""

GUTTER: Final = 20.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is never cut: its height, the white above it, and how to draw it."""

    height: float
    gap: float
    draw: Draw
    keep: bool = False
    """Must not be parted from the piece below it."""
    company: bool = False
    """Had better not be parted from the piece below it: one of the two would stand alone."""


def stack_height(pieces: Sequence[Piece]) -> float:
    """Return how tall pieces are one under the other; white above the first does not count."""
    if not pieces:
        return 0.0
    height = -pieces[0].gap
    for piece in pieces:
        height += piece.height + piece.gap
    return height


def draw_stack(pen: Pen, pieces: Sequence[Piece], x: float, top: float) -> None:
    """Draw pieces one under the other."""
    for number, piece in enumerate(pieces):
        if number:
            top -= piece.gap
        piece.draw(pen, x, top)
        top -= piece.height


def stacked(pieces: Sequence[Piece], *, gap: float = 0.0) -> Piece:
    """Return one piece made of pieces one under the other."""

    def draw(pen: Pen, x: float, top: float) -> None:
        draw_stack(pen, pieces, x, top)

    return Piece(stack_height(pieces), gap, draw)


def side_by_side(left: Piece, right: Piece, *, shift: float, gap: float) -> Piece:
    """Return one piece with ``right`` beside ``left``, ``shift`` to the right of its left edge."""

    def draw(pen: Pen, x: float, top: float) -> None:
        left.draw(pen, x, top)
        right.draw(pen, x + shift, top)

    return Piece(max(left.height, right.height), gap, draw)


def shifted(piece: Piece, shift: float) -> Piece:
    """Return a piece that draws itself further right."""

    def draw(pen: Pen, x: float, top: float) -> None:
        piece.draw(pen, x + shift, top)

    return Piece(piece.height, piece.gap, draw)


def turned(piece: Piece, width: float) -> Piece:
    """Return a piece that draws itself with left and right swapped."""

    def draw(pen: Pen, x: float, top: float) -> None:
        with pen.turned(x, width):
            piece.draw(pen, x, top)

    return replace(piece, draw=draw)


def tagged(piece: Piece, tag: Tag) -> Piece:
    """Return a piece whose drawing is content of ``tag``."""

    def draw(pen: Pen, x: float, top: float) -> None:
        with pen.tagged(tag):
            piece.draw(pen, x, top)

    return replace(piece, draw=draw)


@dataclass(frozen=True, slots=True)
class Memory:
    """What was measured while one sheet is laid out; spacing does not change it."""

    lines: dict[tuple[str, float, float, str, str], list[Line]] = field(default_factory=dict)
    columns: dict[tuple[Table, Table, float, float, str], list[float]] = field(default_factory=dict)


class Setter:
    """Sets text in type at one set of measures; remembers the lines it broke.

    What it sets is read as children of ``tag``; ``words`` are what the engine itself says.
    """

    def __init__(
        self,
        letters: Letters,
        measures: Measures,
        *,
        memory: Memory,
        tag: Tag | None = None,
        words: SheetWords | None = None,
    ) -> None:
        self.letters = letters
        self.measures = measures
        self.memory = memory
        self.tag = tag or part(0)
        self.words = words or SheetWords()

    def under(self, tag: Tag) -> Setter:
        """Return the same setter for what is read as children of ``tag``."""
        return Setter(self.letters, self.measures, memory=self.memory, tag=tag, words=self.words)

    def reading(self, language: str) -> Setter:
        """Return the same setter for text of another language."""
        return Setter(
            self.letters.reading(language),
            self.measures,
            memory=self.memory,
            tag=self.tag,
            words=self.words if language == self.letters.language else SheetWords(),
        )

    def lines(self, text: str, width: float, *, size: float, font: str = REGULAR) -> list[Line]:
        """Return the lines of a text, broken once for each width and size."""
        key = (text, width, size, font, self.letters.language)
        found = self.memory.lines.get(key)
        if found is None:
            found = self.memory.lines[key] = self.letters.lines(
                text, size=size, width=width, font=font
            )
        return found

    def text(  # noqa: PLR0913 - one keyword for each property of the type
        self,
        text: str,
        width: float,
        *,
        size: float,
        font: str = REGULAR,
        gap: float = 0.0,
        tag: Tag | None = None,
    ) -> Piece:
        """Return a paragraph as one piece, read as ``tag`` or as a new paragraph."""
        return self.set(self.lines(text, width, size=size, font=font), size=size, gap=gap, tag=tag)

    def title(
        self, text: str, width: float, *, size: float, gap: float = 0.0, role: str = HEADING
    ) -> Piece:
        """Return a bold line that stays with what follows."""
        lines = self.lines(text, width, size=size, font=BOLD)
        return self.set(lines, size=size, gap=gap, keep=True, tag=self.tag.child(role))

    def set(
        self,
        lines: Sequence[Line],
        *,
        size: float,
        gap: float,
        keep: bool = False,
        tag: Tag | None = None,
    ) -> Piece:
        """Return lines as one piece, read as ``tag`` or as a new paragraph."""
        leading = self.measures.leading(size)
        belongs = tag or self.tag.child(PARAGRAPH)

        def draw(pen: Pen, x: float, top: float) -> None:
            with pen.tagged(belongs):
                pen.text(lines, x, top, size=size, leading=leading)

        return Piece(len(lines) * leading, gap, draw, keep)

    @property
    def shortest_line(self) -> float:
        """The narrowest column that still reads well: about 30 letters."""
        return 13.5 * self.measures.body
