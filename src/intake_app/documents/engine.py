"""Draw a sheet as a PDF with ReportLab."""

from __future__ import annotations

from contextlib import nullcontext
from functools import cached_property
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Final

from intake_app.documents.furniture import draw_draft
from intake_app.documents.page import MM, Pen
from intake_app.documents.pieces import draw_stack
from intake_app.documents.sheet_layout import lay_out
from intake_app.documents.stamp import joined, stamped
from intake_app.documents.type import REGULAR, Letters
from intake_app.domain.errors import CannotPrintError
from intake_app.domain.language import translated
from intake_app.domain.ports import Drawn
from intake_app.domain.sheets import Bullets, Lines, Paragraph, SpineFigure, Table
from intake_app.domain.validation import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from intake_app.documents.sheet_layout import Layout
    from intake_app.documents.tagging import Tag
    from intake_app.domain.sheets import Element, Sheet, SheetWords

CREATOR: Final = "Spine Intake"


class ReportLabEngine:
    """Draws sheets with the shipped fonts; loads ReportLab when it draws the first one."""

    def __init__(self, font_folder: Path) -> None:
        self._font_folder = font_folder
        self._drawing = Lock()

    @cached_property
    def _letters(self) -> Letters:
        return Letters(self._font_folder)

    def draw(self, sheet: Sheet) -> Drawn:
        """Return the document. Equal sheets give equal bytes.

        Raises:
            CannotPrintError: a character no font has, or content that fits no page.
        """
        with self._drawing:
            lacking = self._letters.missing("".join((*texts_of(sheet), *_own_texts(sheet.words))))
            if lacking:
                raise CannotPrintError([Problem.of("", "no_glyph", characters=" ".join(lacking))])
            letters = self._letters.reading(sheet.language)
            layout = lay_out(sheet, letters)
            return Drawn(_document(sheet, layout, letters), len(layout.pages))

    def stamp_copy(self, pdf: bytes, text: str) -> bytes:
        """Return the same pages with ``text`` ("COPY 22 November 2026, 14:05") in the margin."""
        with self._drawing:
            return stamped(pdf, text, self._letters)

    def join(self, pdf: bytes, more: bytes) -> bytes:
        """Return the pages of both, one document after the other; for paper, without tags."""
        return joined(pdf, more)

    def missing_characters(self, text: str) -> tuple[str, ...]:
        """Return the characters that no shipped font has."""
        return self._letters.missing(text)


def texts_of(sheet: Sheet) -> Iterator[str]:
    """Yield everything a sheet prints, in no particular order."""
    yield from (sheet.title, sheet.subtitle, *sheet.clinic_lines, sheet.foot, sheet.version_line)
    yield sheet.notice
    yield from (sheet.patient_name, sheet.patient_birth_date, sheet.record_number, sheet.check_code)
    for block in (*sheet.blocks, *sheet.beside):
        yield block.title
        for element in block.elements:
            yield from _texts(element)


def _own_texts(words: SheetWords) -> tuple[str, ...]:
    """Return what the engine itself may write on a page."""
    own = words.page, words.born, words.record, words.check_code, words.draft, words.demonstration
    return tuple(text.replace("{", "").replace("}", "") for text in own)


def _texts(element: Element) -> Iterator[str]:
    match element:
        case Paragraph():
            yield element.text
        case Bullets():
            yield element.lead
            yield from element.items
        case Table():
            yield from element.head
            for row in element.rows:
                yield from row
        case SpineFigure():
            yield from (*element.text, element.caption)
        case Lines():
            yield from element.labels


def _document(sheet: Sheet, layout: Layout, letters: Letters) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    from intake_app.documents.structure import write_structure

    stream = BytesIO()
    canvas = Canvas(
        stream,
        pagesize=layout.paper,
        pdfVersion=(1, 7),
        pageCompression=1,
        invariant=1,
        lang=sheet.language,
        initialFontName=REGULAR,  # type: ignore[arg-type] # the stubs want a number
    )
    # The title names the kind of paper and nobody: it shows in window and printer lists.
    title = translated(sheet.kind.label)
    canvas.setTitle(title)
    canvas.setAuthor(sheet.clinic_lines[0] if sheet.clinic_lines else CREATOR)
    canvas.setCreator(CREATOR)
    canvas.setSubject("")
    pages = len(layout.pages)
    marked: list[Sequence[Tag]] = []
    for number, placed in enumerate(layout.pages):
        pen = Pen(canvas, number)
        if sheet.specimen:
            draw_draft(pen, letters, sheet.words.draft, paper=layout.paper)
        with pen.turned(0, layout.paper[0]) if letters.leftwards else nullcontext():
            layout.furniture.draw(pen, number, pages)
            for place in placed:
                draw_stack(pen, place.pieces, place.x, place.top)
            if layout.cut_at is not None:
                _draw_cut(pen, layout.paper[0], layout.cut_at)
        pen.end()
        marked.append(pen.marked)
        canvas.showPage()
    write_structure(canvas, marked, title=title, language=sheet.language)
    canvas.save()
    return stream.getvalue()


def _draw_cut(pen: Pen, width: float, height: float) -> None:
    canvas = pen.canvas
    canvas.setDash(5, 4)
    pen.rule(5 * MM, height, to=width - 5 * MM)
    canvas.setDash()
