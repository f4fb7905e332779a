"""Print a finished PDF on any printer of this computer, page by page as a picture.

Heavy parts of Qt are imported when something is printed, not when the program starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter

from intake_app.domain.errors import NoPrinterError, PrintFailedError
from intake_app.domain.printing import (
    JOB_NAME,
    JobState,
    JobStatus,
    Printer,
    PrintRequest,
    Trouble,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

NO_TICKET = ""
RESOLUTION_DPI = 300
"""Sharp for 14 pt text; 1200 dpi, the default, needs 2 GB."""
_POINTS_PER_INCH = 72


class QtSpooler:
    """Printers through Qt, where no print service can be asked: a page goes as a picture."""

    tells = False

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers, the default one first."""
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        usual = QPrinterInfo.defaultPrinterName()
        names = QPrinterInfo.availablePrinterNames()
        duplex = QPrinter.DuplexMode.DuplexLongSide
        infos = {name: QPrinterInfo.printerInfo(name) for name in names}
        return tuple(
            Printer(
                name=name,
                place=info.location(),
                model=info.makeAndModel(),
                default=name == usual,
                two_sided=duplex in info.supportedDuplexModes(),
            )
            for name, info in sorted(infos.items(), key=lambda each: each[0] != usual)
        )

    def submit(self, pdf: bytes, request: PrintRequest) -> str:
        """Hand a document over; there is no ticket.

        Raises:
            NoPrinterError: there is no such printer.
            PrintFailedError: the printer did not take it.
        """
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        info = QPrinterInfo.printerInfo(request.printer)
        if info.isNull():
            raise NoPrinterError(trouble=Trouble.REMOVED.value)
        printer = QPrinter(info)
        printer.setCopyCount(request.copies)
        modes = QPrinter.DuplexMode
        printer.setDuplex(modes.DuplexLongSide if request.two_sided else modes.DuplexNone)
        paint_pages(pdf, printer)
        return NO_TICKET

    def status(self, ticket: str) -> JobStatus:  # noqa: ARG002 - the same for every job
        """Return that nobody knows."""
        return JobStatus(state=JobState.UNKNOWN)

    def cancel(self, ticket: str) -> None:
        """Do nothing: what was handed over is out of reach."""

    def follow(self, tickets: Sequence[str]) -> dict[str, JobStatus]:
        """Return that nobody knows."""
        return {ticket: self.status(ticket) for ticket in tickets}


def paint_pages(pdf: bytes, printer: QPrinter) -> int:
    """Paint every page of ``pdf`` on ``printer`` in its own size; return how many there were.

    Raises:
        PrintFailedError: the printer did not take the job, or this is no PDF.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = _opened(buffer)
    printer.setDocName(JOB_NAME)
    printer.setResolution(RESOLUTION_DPI)
    printer.setFullPage(True)
    _take_page_size(printer, document.pagePointSize(0))
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintFailedError
    try:
        for number in range(document.pageCount()):
            points = document.pagePointSize(number)
            if number:
                _take_page_size(printer, points)
                if not printer.newPage():
                    raise PrintFailedError
            pixels = _pixels(points)
            painter.drawImage(
                QRect(0, 0, pixels.width(), pixels.height()), page_image(document, number)
            )
    finally:
        ended = painter.end()
        pages = document.pageCount()
        document.close()
    if not ended:
        raise PrintFailedError
    return pages


def page_image(document: QPdfDocument, number: int) -> QImage:
    """Return one page as a grey picture on white."""
    pixels = _pixels(document.pagePointSize(number))
    drawn = document.render(number, pixels)  # transparent where there is no ink
    paper = QImage(pixels, QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return paper.convertToFormat(QImage.Format.Format_Grayscale8)


def _opened(buffer: QBuffer) -> QPdfDocument:
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    document.load(buffer)
    if document.status() is not QPdfDocument.Status.Ready or document.pageCount() == 0:
        raise PrintFailedError
    return document


def _take_page_size(printer: QPrinter, points: QSizeF) -> None:
    printer.setPageSize(QPageSize(points, QPageSize.Unit.Point))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))


def _pixels(points: QSizeF) -> QSize:
    return (points * (RESOLUTION_DPI / _POINTS_PER_INCH)).toSize()
