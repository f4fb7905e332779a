"""Floors for the aftercare sheet: the same content by hand on a canvas, and as a text document."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from intake_app.documents.page import PAPER_SIZES
from intake_app.documents.qr import dark_runs
from intake_app.documents.spine_drawing import spine_for
from intake_app.documents.type import BOLD, REGULAR
from intake_app.domain.sheets import Block, Bullets, Lines, Paragraph, Sheet, SpineFigure, Table

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MARGIN = 34.0
GUTTER = 20.0
BODY = 14.0
LEAD = 16.8


class RawSheet:
    """One sheet drawn with canvas calls only: own line breaking, one pass, no choice of layout."""

    def __init__(self, sheet: Sheet, fonts: tuple[str, str] = (REGULAR, BOLD)) -> None:
        self.sheet = sheet
        self.regular, self.bold = fonts
        self.width, self.height = PAPER_SIZES[sheet.paper]
        self.page = 1

    def make(self) -> bytes:
        """Return the document."""
        from reportlab.pdfgen.canvas import Canvas

        stream = BytesIO()
        self.c = Canvas(
            stream,
            pagesize=(self.width, self.height),
            pageCompression=1,
            invariant=1,
            lang=self.sheet.language,
            initialFontName=self.regular,  # type: ignore[arg-type] # the stubs want a number
        )
        self.c.setTitle("Aftercare sheet")
        self.c.setAuthor(self.sheet.clinic_lines[0])
        self._start_page()
        self._title()
        run: list[Block] = []
        for block in self.sheet.blocks:
            if block.boxed or any(
                isinstance(e, Lines) or (isinstance(e, Table) and len(e.rows) > 1)
                for e in block.elements
            ):
                self._columns(run)
                run = []
                self._block(block, MARGIN, self.width - 2 * MARGIN)
            else:
                run.append(block)
        self._columns(run)
        self._end_page()
        self.c.save()
        return stream.getvalue()

    # --- pages ----------------------------------------------------------------------------

    def _start_page(self) -> None:
        self.y = self.height - 90
        self.bottom = 70.0

    def _end_page(self) -> None:
        c, s = self.c, self.sheet
        c.setFont(self.bold, 12)
        c.drawString(MARGIN, self.height - 45, s.patient_name)
        c.setFont(self.regular, 12)
        c.drawString(
            MARGIN + 150, self.height - 45, f"Born {s.patient_birth_date} · {s.record_number}"
        )
        c.drawRightString(self.width - MARGIN, self.height - 45, f"page {self.page} of 2")
        c.drawString(MARGIN, self.height - 60, " · ".join(s.clinic_lines))
        c.setLineWidth(1)
        c.line(MARGIN, self.height - 66, self.width - MARGIN, self.height - 66)
        c.line(MARGIN, 62, self.width - MARGIN, 62)
        foot = s.version_line if self.page == 1 else s.foot
        self._text(f"{foot} Check code {s.check_code}", MARGIN, 52, 541, size=10.5, lead=12.6)
        c.showPage()
        self.page += 1

    def _next_page(self) -> None:
        self._end_page()
        self._start_page()

    def _title(self) -> None:
        c = self.c
        c.setFont(self.bold, 22)
        c.drawString(MARGIN, self.y, self.sheet.title)
        modules, runs = dark_runs(f"SI:{self.sheet.check_code}")
        unit = 34 / modules
        path = c.beginPath()
        for column, row, length in runs:
            path.rect(
                self.width - MARGIN - 34 + column * unit,
                self.y + 15 - (row + 1) * unit,
                length * unit,
                unit,
            )
        c.drawPath(path, stroke=0, fill=1)
        self.y -= 20
        self._para(self.sheet.subtitle, MARGIN, 490)

    # --- blocks ---------------------------------------------------------------------------

    def _columns(self, run: list[Block]) -> None:
        """Set blocks in two columns: half of them left, half right, by their number of letters."""
        if not run:
            return
        width = (self.width - 2 * MARGIN - GUTTER) / 2
        sizes = [sum(len(text) + 30 for text in _texts(block)) for block in run]
        top, left, lowest = self.y, True, self.y
        done = 0
        for block, size in zip(run, sizes, strict=True):
            if left and done >= sum(sizes) / 2:
                left, lowest, self.y = False, self.y, top
            done += size
            self._block(block, MARGIN if left else MARGIN + width + GUTTER, width, split=False)
        self.y = min(lowest, self.y)

    def _block(self, block: Block, x: float, width: float, *, split: bool = True) -> None:
        if split and self.y < self.bottom + 80 and self.page == 1:
            self._next_page()
        top = self.y + 14
        if block.boxed:
            x, width = x + 10, width - 20
        if block.title:
            self._para(block.title, x, width, font=self.bold, size=15)
        lists = [element for element in block.elements if isinstance(element, Bullets)]
        if len(lists) > 1 and width > 300:
            self._two_lists(lists, x, width)
        else:
            for element in block.elements:
                self._element(element, x, width)
        if block.boxed:
            self.c.setLineWidth(3 if block.id == "R-1" else 1)
            self.c.rect(x - 10, self.y + 8, width + 20, top - self.y, stroke=1, fill=0)
        self.y -= 6

    def _two_lists(self, lists: list[Bullets], x: float, width: float) -> None:
        top, half = self.y, (len(lists) + 1) // 2
        for element in lists[:half]:
            self._element(element, x, width / 2)
        lowest, self.y = self.y, top
        for element in lists[half:]:
            self._element(element, x + width / 2, width / 2)
        self.y = min(self.y, lowest)

    def _element(self, element: object, x: float, width: float) -> None:
        if isinstance(element, Paragraph):
            self._para(element.text, x, width)
        elif isinstance(element, Bullets):
            if element.lead:
                self._para(element.lead, x, width, font=self.bold)
            for item in element.items:
                if element.tick:
                    self.c.rect(x, self.y - 1, 11, 11, stroke=1, fill=0)
                else:
                    self.c.circle(x + 4, self.y + 4, 1.8, stroke=0, fill=1)
                self._para(item, x + 14, width - 14)
        elif isinstance(element, Table):
            self._table(element, x, width)
        elif isinstance(element, SpineFigure):
            self._spine(element, x, width)
        elif isinstance(element, Lines):
            for label in element.labels:
                self.c.line(x + 100, self.y - 3, x + width / 2, self.y - 3)
                self._para(label, x, width)

    def _table(self, table: Table, x: float, width: float) -> None:
        c = self.c
        c.setLineWidth(0.75)
        for number, cells in enumerate([table.head, *table.rows]):
            c.line(x, self.y + 13, x + width, self.y + 13)
            left, top, lowest = x, self.y, self.y
            for cell, share in zip(cells, table.widths, strict=True):
                c.line(left, top + 13, left, top - 6)
                self.y = top
                if cell:
                    font = self.regular if number else self.bold
                    self._para(cell, left + 5, max(share * width - 10, 60), font=font)
                lowest = min(lowest, self.y)
                left += share * width
            c.line(left, top + 13, left, top - 6)
            self.y = min(lowest, top - LEAD) - 2
        c.line(x, self.y + 13, x + width, self.y + 13)

    def _spine(self, figure: SpineFigure, x: float, width: float) -> None:
        c, top = self.c, self.y + 10
        drawn = spine_for(figure.treated)
        for bone in drawn.bones:
            c.setLineWidth(0.7)
            for outline in filter(None, (bone.body, bone.process)):
                path = c.beginPath()
                path.moveTo(x + 40 + outline[0][0] * 125, top - outline[0][1] * 125)
                for px, py in outline[1:]:
                    path.lineTo(x + 40 + px * 125, top - py * 125)
                path.close()
                c.setFillGray(0 if bone.level in figure.treated and outline is bone.body else 1)
                c.drawPath(path, stroke=1, fill=1)
        c.setFillGray(0)
        c.setFont(self.bold, BODY)
        for number, level in enumerate(figure.treated):
            c.drawString(x, top - 70 - number * 15, level)
            c.line(x + 28, top - 66 - number * 15, x + 60, top - 70)
        for text in (figure.caption, *figure.text):
            self._para(text, x + 95, width - 95)
        self.y = min(self.y, top - 130)

    # --- text -----------------------------------------------------------------------------

    def _para(
        self, text: str, x: float, width: float, *, font: str = "", size: float = BODY
    ) -> None:
        lines = self._text(text, x, self.y, width, font=font, size=size, lead=LEAD)
        self.y -= lines * LEAD

    def _text(  # noqa: PLR0913 - one keyword for each property of the type
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        *,
        font: str = "",
        size: float,
        lead: float,
    ) -> int:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        font = font or self.regular
        lines, current = [], ""
        for word in text.split():
            longer = f"{current} {word}" if current else word
            if stringWidth(longer.replace("**", ""), font, size) <= width or not current:
                current = longer
            else:
                lines.append(current)
                current = word
        lines.append(current)
        printed = self.c.beginText(x, y)
        printed.setFont(font, size, lead)
        bold = False
        for line in lines:
            parts = line.split("**")
            for number, part in enumerate(parts):
                if number:
                    bold = not bold
                    printed.setFont(self.bold if bold else font, size, lead)
                if number < len(parts) - 1:
                    printed.textOut(part)
                else:
                    printed.textLine(part)
        self.c.drawText(printed)
        return len(lines)

    c: Canvas


def _texts(block: Block) -> list[str]:
    found = [block.title]
    for element in block.elements:
        if isinstance(element, Paragraph):
            found.append(element.text)
        elif isinstance(element, Bullets):
            found += [element.lead, *element.items]
        elif isinstance(element, SpineFigure):
            found += [element.caption, *element.text, "", "", ""]
        elif isinstance(element, Table):
            found += [cell for row in (element.head, *element.rows) for cell in row]
    return found


_NAMES = (
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
)


def flat_document(sheet: Sheet) -> str:
    """Return the words of a sheet as a flat text document for a word processor."""
    body: list[str] = []

    def say(text: str, *, level: int = 0) -> None:
        words = escape(text.replace("**", ""))
        body.append(
            f'<text:h text:outline-level="{level}">{words}</text:h>'
            if level
            else f"<text:p>{words}</text:p>"
        )

    say(sheet.title, level=1)
    for text in (sheet.patient_name, sheet.patient_birth_date, sheet.record_number, sheet.subtitle):
        say(text)
    for block in sheet.blocks:
        say(block.title, level=2)
        for element in block.elements:
            if isinstance(element, Table):
                body.append("<table:table>")
                body.append(
                    f'<table:table-column table:number-columns-repeated="{len(element.head)}"/>'
                )
                for row in (element.head, *element.rows):
                    body.append("<table:table-row>")
                    for cell in row:
                        body.append("<table:table-cell>")
                        say(cell)
                        body.append("</table:table-cell>")
                    body.append("</table:table-row>")
                body.append("</table:table>")
            elif isinstance(element, Bullets):
                body.append("<text:list>")
                for item in element.items:
                    body.append("<text:list-item>")
                    say(item)
                    body.append("</text:list-item>")
                body.append("</text:list>")
            elif isinstance(element, Paragraph):
                say(element.text)
            elif isinstance(element, Lines):
                for label in element.labels:
                    say(f"{label} ________________")
            else:
                say(element.caption)
    say(sheet.version_line)
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
        f"{''.join(body)}</office:text></office:body></office:document>"
    )
