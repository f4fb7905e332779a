"""The same words of a sheet through other engines: simple markup, one column, no choice of layout.

They are here for the record. None of them lays the page out as the sheet needs it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from intake_app.documents.page import PAPER_SIZES
from intake_app.domain.sheets import Bullets, Lines, Paragraph, Sheet, SpineFigure, Table
from intake_app.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from intake_app.domain.sheets import Block

REGULAR = "AtkinsonHyperlegibleNext-Regular.ttf"
BOLD = "AtkinsonHyperlegibleNext-Bold.ttf"


def weasyprint() -> Callable[[Sheet], bytes]:
    """Return what draws a sheet from HTML, tagged, with our fonts read once."""
    from weasyprint import CSS, HTML  # type: ignore[import-untyped] # has no types
    from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped] # as above

    fonts = FontConfiguration()
    style = CSS(
        string=(
            "@page { size: letter; margin: 12mm; @bottom-right { content: counter(page) } }"
            "body { font: 14pt/1.2 Sheet } h1 { font-size: 22pt } h2 { font-size: 16pt }"
            "table { border-collapse: collapse; width: 100% }"
            "td, th { border: 0.75pt solid black; padding: 3pt } .box { border: 3pt solid black }"
            + "".join(
                f"@font-face {{ font-family: Sheet; font-weight: {weight};"
                f" src: url({(resource('fonts') / file).as_uri()}) }}"
                for weight, file in ((400, REGULAR), (700, BOLD))
            )
        ),
        font_config=fonts,
    )

    def draw(sheet: Sheet) -> bytes:
        document = HTML(string=as_html(sheet))
        made = document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
        return bytes(made or b"")

    return draw


def typst() -> Callable[[Sheet], bytes]:
    """Return what draws a sheet from Typst markup, tagged.

    It remembers what it set before, also words of another sheet.
    """
    import typst as compiler

    make: Any = compiler.Compiler
    typesetter = make(b"", font_paths=[str(resource("fonts"))])

    def draw(sheet: Sheet) -> bytes:
        made = typesetter.compile(
            input=as_typst(sheet).encode(), format="pdf", pdf_standards=["ua-1"]
        )
        return bytes(made)

    return draw


def fpdf2() -> Callable[[Sheet], bytes]:
    """Return what draws a sheet with fpdf2, untagged: it has no tags."""
    from fpdf import FPDF

    def draw(sheet: Sheet) -> bytes:
        pdf = FPDF(unit="pt", format=PAPER_SIZES[sheet.paper])
        pdf.add_font("Sheet", "", str(resource("fonts") / REGULAR))
        pdf.add_font("Sheet", "B", str(resource("fonts") / BOLD))
        pdf.set_margin(34)
        pdf.add_page()

        def say(text: str, *, size: float = 14, style: str = "") -> None:
            pdf.set_font("Sheet", style, size)
            pdf.multi_cell(0, size * 1.2, text, markdown=not style, new_x="LMARGIN", new_y="NEXT")

        say(sheet.title, size=22, style="B")
        for text in _heading(sheet):
            say(text)
        for block in sheet.blocks:
            say(block.heading, size=16, style="B")
            for element in block.elements:
                if isinstance(element, Table):
                    pdf.set_font("Sheet", "", 14)
                    with pdf.table(col_widths=element.widths, line_height=17) as table:
                        for row in (element.head, *element.rows):
                            table.row([cell.replace("**", "") for cell in row])
                    continue
                for text in _said(element):
                    say(text)
        return bytes(pdf.output())

    return draw


def as_html(sheet: Sheet) -> str:
    """Return a sheet as HTML."""
    body = [f"<h1>{escape(sheet.title)}</h1>"]
    body += [f"<p>{_bold(text)}</p>" for text in _heading(sheet)]
    for block in sheet.blocks:
        box = ' class="box"' if block.boxed else ""
        body.append(f"<section{box}><h2>{escape(block.heading)}</h2>{_html(block)}</section>")
    return (
        f'<html lang="{sheet.language}"><head><title>Aftercare sheet</title></head>'
        f"<body>{''.join(body)}</body></html>"
    )


def as_typst(sheet: Sheet) -> str:
    """Return a sheet as Typst markup."""
    body = [
        '#set document(title: "Aftercare sheet")',
        '#set page(paper: "us-letter", margin: 12mm, numbering: "1")',
        '#set text(font: "Atkinson Hyperlegible Next", size: 14pt)',
        f"= {_plain(sheet.title)}",
        *map(_plain, _heading(sheet)),
    ]
    for block in sheet.blocks:
        body.append(f"== {_plain(block.heading)}")
        for element in block.elements:
            if isinstance(element, Table):
                shares = ", ".join(f"{share}fr" for share in element.widths)
                cells = ", ".join(f"[{_plain(cell)}]" for row in element.rows for cell in row)
                heads = ", ".join(f"[{_plain(cell)}]" for cell in element.head)
                body.append(f"#table(columns: ({shares}), table.header({heads}), {cells})")
            elif isinstance(element, Bullets):
                body.append(f"=== {_plain(element.lead)}" if element.lead else "")
                body.append("\n".join(f"- {_plain(item)}" for item in element.items))
            else:
                body += [_plain(text) for text in _said(element)]
    return "\n\n".join(body)


def _heading(sheet: Sheet) -> tuple[str, ...]:
    return (
        f"{sheet.patient_name} · {sheet.patient_birth_date} · {sheet.record_number}",
        " · ".join(sheet.clinic_lines),
        sheet.subtitle,
    )


def _html(block: Block) -> str:
    parts = []
    for element in block.elements:
        if isinstance(element, Table):
            rows = [("th", element.head), *(("td", row) for row in element.rows)]
            cells = (
                "".join(f"<{kind}>{_bold(cell)}</{kind}>" for cell in row) for kind, row in rows
            )
            parts.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>")
        elif isinstance(element, Bullets):
            items = "".join(f"<li>{_bold(item)}</li>" for item in element.items)
            lead = f"<h3>{escape(element.lead)}</h3>" if element.lead else ""
            parts.append(f"{lead}<ul>{items}</ul>")
        else:
            parts += [f"<p>{_bold(text)}</p>" for text in _said(element)]
    return "".join(parts)


def _said(element: object) -> Iterator[str]:
    match element:
        case Paragraph():
            yield element.text
        case Bullets():
            if element.lead:
                yield f"**{element.lead}**"
            yield from (f"• {item}" for item in element.items)
        case SpineFigure():
            yield from (element.caption, *element.text)
        case Lines():
            yield from (f"{label} ____________" for label in element.labels)


def _bold(text: str) -> str:
    parts = escape(text).split("**")
    return "".join(f"<b>{part}</b>" if number % 2 else part for number, part in enumerate(parts))


def _plain(text: str) -> str:
    return "".join(
        f"\\{sign}" if sign in "#$*_`<>@=-+/[]~\\" else sign for sign in text.replace("**", "")
    )
