"""Side by side: the last approved words and those of the open version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.wording_changes import as_html, summary
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.texts import label, muted

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from intake_app.ui.presenters.wording_changes import ChangesPresenter


class ChangesView(QWidget):
    """Tells when it was shown down to the end."""

    end_shown = Signal()

    def __init__(
        self, presenter: ChangesPresenter, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.summary = label(name=f"{name}.summary")
        self.text = QTextBrowser(self)
        self.text.setObjectName(name)
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(translated(N_("Changes, before and now")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.summary)
        layout.addWidget(
            muted(translated(N_("Struck through: taken out. Bold and underlined: put in.")))
        )
        layout.addWidget(self.text, 1)
        presenter.changed.connect(self._show)
        self.text.verticalScrollBar().valueChanged.connect(self._look)
        self.text.verticalScrollBar().rangeChanged.connect(self._look)

    def _show(self) -> None:
        changes = self._presenter.changes
        if changes is None:
            return
        self.summary.setText(summary(changes))
        self.text.setHtml(as_html(changes) if changes.has_text else "")
        self.text.setVisible(changes.has_text)
        self._look()

    def _look(self, *_: object) -> None:
        """Tell when the end is in view."""
        bar = self.text.verticalScrollBar()
        if self._presenter.changes is None or not self.isVisible():
            return
        if not self._presenter.changes.has_text or bar.value() >= bar.maximum():
            self.end_shown.emit()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Look where the end is."""
        super().showEvent(event)
        self._look()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Look where the end is."""
        super().resizeEvent(event)
        self._look()
