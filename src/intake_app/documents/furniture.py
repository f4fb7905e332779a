"""What stands on every page: who it is for, page numbers, version, check code, DRAFT."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

from intake_app.documents.lines import draw_line
from intake_app.documents.page import Frame, Pen
from intake_app.documents.pieces import Piece, Setter, stacked
from intake_app.documents.tagging import PARAGRAPH, part
from intake_app.documents.type import BOLD
from intake_app.domain.sheets import CARDS, SheetKind

if TYPE_CHECKING:
    from intake_app.documents.type import Letters
    from intake_app.domain.sheets import Sheet

_HEADER_GAP: Final = 8.0
_FOOT_GAP: Final = 5.0
_WIDEST_PAGE: Final = "8"
_FIRST, _LAST = -1.0, 1e6
"""Before and after all blocks, in reading order."""


class Furniture:
    """The header and the foot of one sheet."""

    def __init__(self, setter: Setter, sheet: Sheet, paper: Frame, *, lean: bool = False) -> None:
        """Measure both; ``paper`` is the printable part of the page.

        A ``lean`` first page leaves the clinic's address out and who approved the sheet to page 2.
        Who the sheet is for is read before everything, what stands at the foot after it, once.
        """
        over, under = part(_FIRST), part(_LAST)
        self._setter = setter.under(over)
        self._sheet = sheet
        self._paper = paper
        clinic = sheet.clinic_lines[:1]
        letterhead = sheet.clinic_lines
        self._lean = lean
        if sheet.demonstration or lean:
            letterhead = (*letterhead[:1], *letterhead[2:])  # the notice needs the address's room
        self._heads = (
            self._header(paper.width, letterhead, first=True),
            self._header(paper.width, (_name_of(sheet), *clinic), first=False),
        )
        self._number = over.child(PARAGRAPH)
        self._setter = setter.under(under)
        second = self._other_foot(paper.width, version=lean)
        third = self._other_foot(paper.width) if lean else second
        self._feet = (self._first_foot(paper.width), second, third)

    def frame(self, page: int) -> Frame:
        """Return what the header and the foot leave free on a page counted from 0."""
        head, foot = self._of_page(page)
        return Frame(
            self._paper.left,
            self._paper.right,
            self._paper.top - head.height - _HEADER_GAP,
            self._paper.bottom + foot.height + _FOOT_GAP,
        )

    def draw(self, pen: Pen, page: int, pages: int) -> None:
        """Draw header and foot of a page counted from 0."""
        paper = self._paper
        head, foot = self._of_page(page)
        with nullcontext() if page == 0 else pen.decorating():
            head.draw(pen, paper.left, paper.top)
            self._draw_number(pen, self._sheet.words.page.format(page=page + 1, pages=pages))
        # The second foot says what the first leaves out; later ones say nothing new.
        with nullcontext() if page <= 1 else pen.decorating():
            foot.draw(pen, paper.left, paper.bottom + foot.height)

    def _draw_number(self, pen: Pen, number: str) -> None:
        paper, small = self._paper, self._setter.measures.small
        wide = self._setter.letters.width(number, small)
        lines = self._setter.lines(number, wide + 1, size=small)
        leading = self._setter.measures.leading(small)
        with pen.tagged(self._number):
            pen.text(lines, paper.right - wide, paper.top, size=small, leading=leading)

    def _of_page(self, page: int) -> tuple[Piece, Piece]:
        return self._heads[min(page, 1)], self._feet[min(page, 2)]

    def _header(self, width: float, second: Sequence[str], *, first: bool) -> Piece:
        setter, sheet = self._setter, self._sheet
        small, letters = setter.measures.small, setter.letters
        number = self._sheet.words.page.format(page=_WIDEST_PAGE, pages=_WIDEST_PAGE)
        beside = letters.width(number, small) + 1.4 * small
        dot = " \N{MIDDLE DOT} "
        known_by = [f"**{sheet.patient_name.replace('**', '')}**"]
        if sheet.patient_birth_date:
            known_by.append(sheet.words.born.format(date=_together(sheet.patient_birth_date)))
        if sheet.record_number:
            known_by.append(sheet.words.record.format(number=_together(sheet.record_number)))
        who = dot.join(known_by)
        line = dot.join(text for text in second if text)
        if line and not first and letters.width(who + dot + line, small) <= width - beside:
            who, line = who + dot + line, ""
        pieces = [
            setter.text(who, width - beside, size=small),
            *([setter.text(line, width, size=small)] if line else []),
        ]
        if sheet.demonstration and first:
            pieces = self._with_notice(pieces, line, width)
        words = stacked(pieces)
        ruled = words.height + 4

        def draw(pen: Pen, x: float, top: float) -> None:
            words.draw(pen, x, top)
            pen.rule(x, top - ruled, to=x + width, weight=1.0)

        return Piece(ruled, 0.0, draw)

    def _with_notice(self, pieces: list[Piece], line: str, width: float) -> list[Piece]:
        """Add the demonstration notice: at the right of the last line, or on its own line."""
        setter, small = self._setter, self._setter.measures.small
        notice = self._sheet.words.demonstration
        wide = setter.letters.width(notice, small, BOLD)
        words = setter.text(notice, width, size=small, font=BOLD)
        last = pieces[-1]
        if setter.letters.width(line, small) + 2 * small + wide > width or len(pieces) == 1:
            return [*pieces, words]

        def draw(pen: Pen, x: float, top: float) -> None:
            last.draw(pen, x, top)
            words.draw(pen, x + width - wide, top)

        return [*pieces[:-1], Piece(last.height, last.gap, draw)]

    def _first_foot(self, width: float) -> Piece:
        sheet = self._sheet
        texts = [self._code()] if self._lean else [sheet.version_line, self._code()]
        if sheet.kind is not SheetKind.AFTERCARE:
            texts.insert(0, sheet.foot)
        return self._ruled(texts, width)

    def _other_foot(self, width: float, *, version: bool = False) -> Piece:
        sheet = self._sheet
        texts = [sheet.version_line] if sheet.kind is not SheetKind.AFTERCARE else [sheet.foot]
        if version:
            texts.append(sheet.version_line)
        notice = f"**{sheet.words.demonstration}**" if sheet.demonstration else ""
        return self._ruled([*texts, self._code(), notice], width)

    def _code(self) -> str:
        code = self._sheet.check_code
        return _together(self._sheet.words.check_code.format(code=f"**{code}**")) if code else ""

    def _ruled(self, texts: Sequence[str], width: float) -> Piece:
        """Return running words under a rule."""
        setter = self._setter
        said = " \N{MIDDLE DOT} ".join(text for text in texts if text)
        words = setter.text(said, width, size=setter.measures.foot)
        height = words.height + 4

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.rule(x, top, to=x + width, weight=1.0)
            words.draw(pen, x, top - 4)

        return Piece(height, 0.0, draw)


def draw_draft(pen: Pen, letters: Letters, word: str, *, paper: tuple[float, float]) -> None:
    """Draw ``word`` (DRAFT) across the page in outline, so that text over it stays readable."""
    from math import atan2, degrees

    (width, height), canvas = paper, pen.canvas
    (line,) = letters.lines(word.replace(" ", "\N{NO-BREAK SPACE}"), size=1, width=99, font=BOLD)
    diagonal = (width**2 + height**2) ** 0.5
    size = min(0.72 * diagonal / max(line.width, 1), 0.3 * width)
    pen.mark(height)
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(degrees(atan2(height, width)))
    canvas.setStrokeGray(0.34)
    canvas.setLineWidth(1.1)
    draw_line(canvas, line, -line.width * size / 2, -0.24 * size, size=size, outlined=True)
    canvas.restoreState()


def _name_of(sheet: Sheet) -> str:
    """Return what later pages call the sheet; a card's title is too long for that."""
    return "" if sheet.kind in CARDS else sheet.title


def _together(text: str) -> str:
    """Keep the words of an identifier on one line."""
    return "\N{NO-BREAK SPACE}".join(text.split())
