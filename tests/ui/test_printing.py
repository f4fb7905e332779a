"""Printing, onto a file instead of paper."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from intake_app.domain.errors import NoPrinterError, PrintFailedError
from intake_app.domain.printing import JobState, PrintRequest
from intake_app.ui import printing

LETTER = (612.0, 792.0)
A4 = (595.0, 842.0)


def a_pdf(*sizes: tuple[float, float]) -> bytes:
    """Return a document with a black square, one inch wide, two inches from the corner."""
    out = BytesIO()
    canvas = Canvas(out)
    for width, height in sizes:
        canvas.setPageSize((width, height))
        canvas.rect(144, height - 216, 72, 72, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def printed(qtbot: QtBot, tmp_path: Path) -> tuple[QPrinter, Path]:
    """A printer that writes a file."""
    path = tmp_path / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer, path


def load(path: Path) -> QPdfDocument:
    document = QPdfDocument()
    document.load(str(path))
    return document


def test_every_page_is_printed_in_its_own_size(printed: tuple[QPrinter, Path]) -> None:
    printer, path = printed

    pages = printing.paint_pages(a_pdf(LETTER, A4), printer)

    document = load(path)
    assert pages == document.pageCount() == 2
    assert document.pagePointSize(0) == QSizeF(612, 792)
    assert (document.pagePointSize(1) - QSizeF(595, 842)).width() == pytest.approx(0, abs=1)


def test_nothing_is_shrunk_or_moved(printed: tuple[QPrinter, Path]) -> None:
    printer, path = printed

    printing.paint_pages(a_pdf(LETTER), printer)

    document = load(path)
    page = document.render(0, document.pagePointSize(0).toSize())
    inside = [page.pixelColor(x, y) for x, y in ((146, 146), (213, 213))]
    outside = [page.pixelColor(x, y) for x, y in ((140, 180), (220, 180), (180, 140), (180, 220))]
    assert all(colour.lightness() < 60 and colour.alpha() for colour in inside)
    assert all(colour.lightness() > 200 or not colour.alpha() for colour in outside)


def test_a_page_is_grey_ink_on_white_at_300_dpi(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(a_pdf(LETTER))

    image = printing.page_image(load(path), 0)

    assert image.format() == QImage.Format.Format_Grayscale8
    assert (image.width(), image.height()) == (2550, 3300)
    assert image.pixelColor(10, 10).lightness() == 255


def test_the_job_has_no_name_of_a_person(printed: tuple[QPrinter, Path]) -> None:
    printer, _ = printed

    printing.paint_pages(a_pdf(LETTER), printer)

    assert printer.docName() == "Clinic sheet"


def test_what_is_no_pdf_is_not_printed(printed: tuple[QPrinter, Path]) -> None:
    printer, path = printed

    with pytest.raises(PrintFailedError):
        printing.paint_pages(b"not a pdf", printer)

    assert not path.exists()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_a_failure(qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no" / "such" / "folder.pdf"))

    with pytest.raises(PrintFailedError):
        printing.paint_pages(a_pdf(LETTER), printer)


def test_a_printer_nobody_has_is_said(qtbot: QtBot) -> None:
    with pytest.raises(NoPrinterError) as refused:
        printing.QtSpooler().submit(a_pdf(LETTER), PrintRequest(printer="no such printer"))

    assert refused.value.values == {"trouble": "removed"}


def test_the_default_printer_comes_first(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["A", "B"]))
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", staticmethod(lambda: "B"))

    listed = printing.QtSpooler().printers()

    assert [(each.name, each.default) for each in listed] == [("B", True), ("A", False)]


def test_of_what_went_through_qt_nobody_knows_more(qtbot: QtBot) -> None:
    spooler = printing.QtSpooler()

    spooler.cancel("")

    assert not spooler.tells
    assert spooler.follow(("x",))["x"].state is JobState.UNKNOWN


def test_importing_this_module_does_not_load_the_print_system() -> None:
    import subprocess

    code = (
        "import sys, intake_app.ui.printing, intake_app.ui.widgets.pdf_preview;"
        "print([m for m in sys.modules if m in "
        "('PySide6.QtPdf', 'PySide6.QtPrintSupport', 'PySide6.QtPdfWidgets')])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout.strip() == "[]"
