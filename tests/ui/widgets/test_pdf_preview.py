"""The preview: pages from memory, their text, and letting go."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from intake_app.ui.widgets.pdf_preview import PdfPreview


def a_pdf(*words: str) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(612, 792))
    for word in words:
        canvas.drawString(72, 720, word)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def preview(qtbot: QtBot) -> PdfPreview:
    """An empty preview, shown."""
    preview = PdfPreview()
    qtbot.addWidget(preview)
    preview.resize(400, 500)
    with qtbot.waitExposed(preview):
        preview.show()
    return preview


def test_an_empty_preview_says_so(preview: PdfPreview) -> None:
    assert preview.page_count == 0
    assert preview.accessibleName() == "There is no sheet to look at yet."


def test_a_document_is_shown_with_its_number_of_pages(
    preview: PdfPreview, name_of: Callable[[QWidget], str]
) -> None:
    shown = preview.show_pdf(a_pdf("first", "second"))

    view = preview.findChild(QPdfView, "preview.pdf")
    label = preview.findChild(QLabel, "preview.pages")
    assert shown
    assert view is not None
    assert label is not None
    assert view.isVisible()
    assert label.text() == "2 pages"
    assert name_of(view) == "Preview of the sheet, 2 pages"


def test_the_words_of_all_pages_can_be_read(preview: PdfPreview) -> None:
    preview.show_pdf(a_pdf("Call us", "Do not lift"))
    button = preview.findChild(QPushButton, "action.preview_as_text")
    words = preview.findChild(QPlainTextEdit, "preview.text")
    assert button is not None
    assert words is not None

    button.click()

    assert words.isVisible()
    assert "Call us" in preview.text()
    assert "Do not lift" in preview.text()


def test_another_document_replaces_the_first(preview: PdfPreview) -> None:
    preview.show_pdf(a_pdf("one", "two", "three"))

    preview.show_pdf(a_pdf("other"))

    assert preview.page_count == 1
    assert preview.text().strip() == "other"


def test_what_is_no_pdf_is_said(preview: PdfPreview) -> None:
    shown = preview.show_pdf(b"not a pdf")

    assert not shown
    assert preview.page_count == 0
    assert preview.accessibleName() == "This sheet cannot be shown."


def test_clearing_forgets_the_words(preview: PdfPreview) -> None:
    preview.show_pdf(a_pdf("private"))

    preview.clear("The patient was closed.")

    assert preview.text() == ""
    assert preview.accessibleName() == "The patient was closed."
