"""Lines of text ready to print: runs of one font each, and how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, overload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfgen.canvas import Canvas

    from intake_app.documents.shaping import Glyphs

FIRST_IDEOGRAPH: Final = "\u2e80"
"""From here on characters stand without spaces between words."""
_OUTLINED: Final = 1
_BOTH: Final = 2
"""How letters are drawn: their outline, or that and their inside."""
_HEAVY: Final = 0.03
"""Outline that makes letters bold, as a share of the size."""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one font, one after the other, as they are read."""

    font: str
    text: str
    width: float = 0.0
    """At one point of size."""
    level: int = 0
    """Odd where the letters print leftwards."""
    glyphs: Glyphs | None = None
    """The letters joined and placed, where their script needs it."""
    heavy: bool = False
    """Drawn with an outline, for a bold that the font has not."""
    lead: float = 0.0
    """White before it, in ems, counted in its width."""

    @property
    def simple(self) -> bool:
        """Whether it prints letter by letter, from the left, in the usual way."""
        return self.glyphs is None and not (self.level or self.heavy or self.lead)

    @property
    def drawn(self) -> str:
        """What its font prints, from the left."""
        return self.text if self.glyphs is None else self.glyphs.drawn


@dataclass(frozen=True, slots=True)
class Token:
    """What stays on one line: its runs as they are read, its width at one point of size."""

    runs: tuple[Run, ...]
    width: float
    spaced: bool = True
    """A space stands before it where it does not begin a line."""
    space_level: int = 0


@dataclass(frozen=True, slots=True)
class Line(Sequence[Run]):
    """What one line prints: runs from the left, and how wide they are at one point of size."""

    runs: tuple[Run, ...]
    width: float
    language: str = ""
    logical: tuple[Run, ...] = ()
    """The runs as they are read, where that is not from the left."""
    simple: bool = True
    """All runs print in the usual way."""

    @property
    def read(self) -> tuple[Run, ...]:
        """The runs as they are read."""
        return self.logical or self.runs

    @property
    def text(self) -> str:
        """The text as it is read."""
        return "".join(run.text for run in self.read)

    def __len__(self) -> int:
        """Return how many runs there are."""
        return len(self.runs)

    def __iter__(self) -> Iterator[Run]:
        """Yield the runs from the left."""
        return iter(self.runs)

    @overload
    def __getitem__(self, place: int) -> Run: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Run, ...]: ...
    def __getitem__(self, place: int | slice) -> Run | tuple[Run, ...]:
        """Return a run, or some, counted from the left."""
        return self.runs[place]


def one_run(runs: list[Run]) -> Run:
    """Return runs that print alike, one after the other, as one."""
    first = runs[0]
    if len(runs) == 1:
        return first
    text = "".join([run.text for run in runs])
    width = sum([run.width for run in runs])
    glyphs = next((run.glyphs for run in runs if run.glyphs is not None), None)
    if glyphs is not None:
        parts = [run.drawn for run in (reversed(runs) if first.level % 2 else runs)]
        glyphs = type(glyphs)("".join(parts), width - first.lead)
    return Run(first.font, text, width, first.level, glyphs, first.heavy, first.lead)


def without_lead(run: Run) -> Run:
    """Return a run that begins its line."""
    return replace(run, lead=0.0, width=run.width - run.lead)


def joined(left: Token, right: Token) -> Token:
    """Return two words that stay together as one."""
    return Token(left.runs + right.runs, left.width + right.width, left.spaced, left.space_level)


def draw_line(  # noqa: PLR0913 - where, how large and how
    canvas: Canvas, line: Line, x: float, base: float, *, size: float, outlined: bool = False
) -> None:
    """Print a line of any script; ``x`` is its left edge, ``base`` where the letters stand.

    ``outlined`` letters stay white.
    """
    text = canvas.beginText(x, base)
    show = text._textOut  # type: ignore[attr-defined] # noqa: SLF001 - does not measure again
    font, waiting = "", ""
    mode: Literal[0, 1, 2] = 0
    for run in line.runs:
        wanted: Literal[0, 1, 2] = _OUTLINED if outlined else _BOTH if run.heavy else 0
        if waiting and (run.lead or run.font != font or wanted != mode):
            show(waiting)
            waiting = ""
        if run.lead:
            text.setTextOrigin(x + run.lead * size, base)
        if run.font != font:
            font = run.font
            text.setFont(font, size)
        if wanted != mode:
            mode = wanted
            text.setTextRenderMode(mode)
        waiting += run.drawn
        x += run.width * size
    show(waiting)
    if mode:
        text.setTextRenderMode(0)
    if not line.logical and line.text[-1:] < FIRST_IDEOGRAPH:
        show(" ")
    if not outlined and any(run.heavy for run in line.runs):
        canvas.setLineWidth(_HEAVY * size)
    canvas.drawText(text)
