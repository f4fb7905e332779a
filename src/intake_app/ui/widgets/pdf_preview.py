"""Look at a PDF that is only in memory: the very pages, or their text for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID, MUTED

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView


class PdfPreview(QWidget):
    """Shows a PDF as wide as there is room. QtPdf is loaded with the first one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self._document: QPdfDocument | None = None
        self._view: QPdfView | None = None
        self._blank: QPdfDocument | None = None
        self._buffer: QBuffer | None = None
        self._empty = QLabel(self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setForegroundRole(MUTED)
        self._empty.setWordWrap(True)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("preview.text")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(translated(N_("Text of the sheet")))
        self._pages = QLabel(self)
        self._pages.setObjectName("preview.pages")
        self._as_text = QPushButton(translated(N_("Show as text")), self)
        self._as_text.setObjectName("action.preview_as_text")
        self._as_text.setCheckable(True)
        self._as_text.setAutoDefault(False)
        self._as_text.toggled.connect(self._choose)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._text)
        bar = QHBoxLayout()
        bar.addWidget(self._pages, 1)
        bar.addWidget(self._as_text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)
        self.clear()

    @property
    def page_count(self) -> int:
        """How many pages are shown; 0 for none."""
        return self._document.pageCount() if self._document is not None else 0

    def text(self) -> str:
        """Return the text of all pages."""
        return self._text.toPlainText()

    def clear(self, reason: str = "") -> None:
        """Show no document, and why."""
        self._release()
        self._empty.setText(reason or translated(N_("There is no sheet to look at yet.")))
        self._text.clear()
        self._pages.clear()
        self._as_text.setEnabled(False)
        self.setAccessibleName(self._empty.text())
        self._stack.setCurrentWidget(self._empty)

    def show_pdf(self, pdf: bytes) -> bool:
        """Show a document from its first page; return whether it could be read."""
        from PySide6.QtPdf import QPdfDocument

        view = self._view or self._made_view()
        self._release()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument(self)
        document.load(self._buffer)
        self._document = document
        if document.status() is not QPdfDocument.Status.Ready or not document.pageCount():
            self.clear(translated(N_("This sheet cannot be shown.")))
            return False
        view.setDocument(document)
        count = document.pageCount()
        self._text.setPlainText(
            "\n\n".join(document.getAllText(number).text() for number in range(count))
        )
        pages = translated(N_("1 page") if count == 1 else N_("{count} pages"))
        self._pages.setText(pages.format(count=count))
        name = translated(N_("Preview of the sheet, {pages}")).format(pages=self._pages.text())
        view.setAccessibleName(name)
        view.setAccessibleDescription(translated(N_("“Show as text” gives you its words.")))
        self.setAccessibleName(name)
        self._as_text.setEnabled(True)
        self._choose(self._as_text.isChecked())
        return True

    def _made_view(self) -> QPdfView:
        from PySide6.QtPdf import QPdfDocument
        from PySide6.QtPdfWidgets import QPdfView

        self._blank = QPdfDocument(self)
        view = QPdfView(self)
        view.setObjectName("preview.pdf")
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view = view
        self._stack.addWidget(view)
        return view

    def _choose(self, as_text: bool) -> None:  # noqa: FBT001 - the signature of toggled
        if self._document is not None and self._view is not None:
            self._stack.setCurrentWidget(self._text if as_text else self._view)

    def _release(self) -> None:
        """Let go of the document before its bytes: it reads from them as long as it lives."""
        if self._document is not None:
            if self._view is not None and self._blank is not None:
                # Not None: QPdfView warns about a null document although it takes one.
                self._view.setDocument(self._blank)
            self._document.close()
            self._document.deleteLater()
            self._document = None
        if self._buffer is not None:
            self._buffer.close()
            self._buffer.deleteLater()
            self._buffer = None
