"""Look at a paper from before the visit, then print or save it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.domain.sentences import error_sentence
from intake_app.ui.notices import Notices
from intake_app.ui.theme import GRID
from intake_app.ui.views.language_choice import LanguageChoice
from intake_app.ui.views.page_parts import action_button, fit_over
from intake_app.ui.views.paper_actions import PaperActions
from intake_app.ui.views.print_state import PrintState
from intake_app.ui.views.printed_before import PrintedBefore
from intake_app.ui.views.section_page import scrolling
from intake_app.ui.views.size_choice import SizeChoice
from intake_app.ui.widgets.pdf_preview import PdfPreview
from intake_app.ui.widgets.texts import SignedText, clear, heading

if TYPE_CHECKING:
    from intake_app.ui.presenters.going_home import PaperPresenter

_WIDTH = 190 * GRID
_HEIGHT = 180 * GRID
_LEAST_PREVIEW = 50 * GRID


class PaperDialog(QDialog):
    """Preview of one paper with its buttons; what keeps it from printing stands above."""

    def __init__(self, presenter: PaperPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        title = translated(presenter.kind.label)
        self.setObjectName("paper")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.notices = Notices(self)
        self.preview = PdfPreview(self)
        self.buttons = PaperActions(presenter, self.notices)
        self.prints = PrintState(presenter)
        self.prints.other_wanted.connect(self.buttons.print_elsewhere)
        self.printed = PrintedBefore(presenter, self.buttons, name="paper.printed")
        self._points = QVBoxLayout()
        close = action_button("close_paper", N_("Close"))
        close.clicked.connect(self.reject)
        bar = QHBoxLayout()
        bar.addWidget(self.buttons, 1)
        bar.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(heading(title))
        layout.addWidget(self.notices)
        layout.addWidget(self._middle(), 1)
        layout.addLayout(bar)
        fit_over(self, _WIDTH, _HEIGHT)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        keys.activated.connect(self.buttons.print_sheet)
        presenter.text_changed.connect(self._show_points)
        presenter.preview_changed.connect(self._show_preview)
        presenter.start()

    def _middle(self) -> QWidget:
        """Return everything between heading and buttons; it scrolls where there is no room."""
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2 * GRID)
        lines.addWidget(self.prints)
        lines.addLayout(self._points)
        lines.addWidget(SizeChoice(self._presenter, "paper"))
        lines.addWidget(LanguageChoice(self._presenter, "paper"))
        lines.addWidget(self.printed)
        lines.addWidget(self.preview, 1)
        self.preview.setMinimumHeight(_LEAST_PREVIEW)
        return scrolling(inside)

    def done(self, result: int, /) -> None:
        """Close, and let go of the paper."""
        self._presenter.stop()
        super().done(result)

    def _show_points(self) -> None:
        clear(self._points)
        text = self._presenter.text()
        for point in text.blocking:
            self._points.addWidget(SignedText("circle-alert", point.text, attention=True))
        for point in text.remarks:
            self._points.addWidget(SignedText("triangle-alert", point.text, attention=True))
        if text.specimen:
            self._points.addWidget(SignedText("info", translated(SPECIMEN)))
        if self._presenter.failure is not None:
            said = error_sentence(self._presenter.failure)
            self._points.addWidget(SignedText("circle-alert", said, attention=True))

    def _show_preview(self) -> None:
        pdf = self._presenter.pdf
        if pdf is None:
            self.preview.clear()
        else:
            self.preview.show_pdf(pdf)


SPECIMEN = N_("This wording is not approved today: DRAFT stands across every page.")
