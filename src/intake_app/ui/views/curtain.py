"""Draws a curtain over a window: nothing of it is seen, said, pressed or opened until it rises."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import isValid

from intake_app.ui.presenters.lock import LockPresenter
from intake_app.ui.views.activity import LOCK_KEYS, Activity

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from intake_app.ui.presenters.main import MainPresenter
    from intake_app.ui.presenters.page_sections import PageSection
    from intake_app.ui.views.lock import LockPage
    from intake_app.ui.views.main_window import MainWindow

_MINUTE_S = 60.0
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_MAY_SHOW = "bug"
"""The report of a failure says nothing about patients."""


@dataclass(frozen=True, slots=True)
class _PutAway:
    """A dialog that was open, and how it was."""

    dialog: QDialog
    parent: QWidget | None
    flags: Qt.WindowType
    place: QRect


class Curtain(QObject):
    """Covers the main window while it is locked.

    What lies in the window is taken out of it, not only hidden: a screen reader reads hidden
    widgets, too. It waits, with everything typed, where no screen shows it.
    """

    def __init__(self, window: MainWindow, main: MainPresenter) -> None:
        super().__init__(window)
        self._window = window
        self._main = main
        self._application = QApplication.instance()
        self.presenter = LockPresenter(main, self, self)
        self._backstage = QWidget(window, Qt.WindowType.Window)  # never shown
        self._page: LockPage | None = None
        self._inside: QWidget | None = None
        self._others: list[QWidget] = []
        self._dialogs: list[_PutAway] = []
        self._keys: list[QShortcut] = []
        self._focus: list[QWidget] = []
        self._section: PageSection | None = None
        shortcut = QShortcut(QKeySequence(LOCK_KEYS), window)
        shortcut.activated.connect(self.presenter.lock)
        window.top.lock_wanted.connect(self.presenter.lock)
        assert isinstance(self._application, QApplication)
        self.activity = Activity(self._application, self)
        # Queued: the window that hears the key may be put away by it.
        queued = Qt.ConnectionType.QueuedConnection
        self.activity.idle.connect(self.presenter.lock_unasked, queued)
        self.activity.lock_pressed.connect(self._lock_over_dialog, queued)
        self.presenter.locked.connect(self._fall)
        self.presenter.taking_over.connect(self._make_room)
        self.presenter.unlocked.connect(self._rise)
        main.preferences.changed.connect(self._follow_settings)
        self._follow_settings()

    # --- the contract with the presenter ----------------------------------------------------

    def put_down(self) -> None:
        """Take what is typed as finished, the input with the keyboard included, and save it."""
        found = (self._window.focusWidget(), QApplication.focusWidget())
        self._focus = [widget for widget in found if widget is not None]
        for widget in self._focus:
            widget.clearFocus()  # an input hands over what is in it when it is left
        self._window.save_now()
        self._window.patients.finish()

    def save_now(self) -> None:
        """Save what is typed, once more."""
        self._window.save_now()

    def is_saved(self) -> bool:
        """Return whether the database has acknowledged everything typed."""
        return self._window.is_saved()

    def is_printing(self) -> bool:
        """Return whether the system asks how to print; nothing happens beside the print itself."""
        dialog = QApplication.activeModalWidget()
        return dialog is not None and dialog.inherits("QAbstractPrintDialog")

    # --- down -------------------------------------------------------------------------------

    def _follow_settings(self) -> None:
        self.activity.limit_s = self._main.preferences.settings.lock_minutes * _MINUTE_S

    def _lock_over_dialog(self) -> None:
        """The window does not hear its keys while a dialog lies over it."""
        if self._open_dialogs():
            self.presenter.lock()

    def _fall(self) -> None:
        from intake_app.ui.views.lock import LockPage

        window = self._window
        window.pause()
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._keys = list(window.findChildren(QShortcut, options=_DIRECT))
        for key in self._keys:
            key.setEnabled(False)
        for dialog in self._open_dialogs():
            self._put_away(dialog)
        self._inside = window.takeCentralWidget()
        # With it goes what lies over it, the list of the search box: all widgets but dialogs.
        children = window.findChildren(QWidget, options=_DIRECT)
        self._others = [child for child in children if not child.isWindow()]
        for child in (self._inside, *self._others):
            if child is not None:
                child.setParent(self._backstage)
        self._page = LockPage(self.presenter)
        window.setCentralWidget(self._page)
        self._page.show()
        self._page.staff.setFocus(Qt.FocusReason.OtherFocusReason)
        assert self._application is not None
        self._application.installEventFilter(self)

    def _open_dialogs(self) -> list[QDialog]:
        """Return the dialogs over this window, those that lie under others first."""
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]
        mine = [each for each in found if each.isVisible() and self._depth(each)]
        return sorted(mine, key=self._depth)

    def _depth(self, widget: QWidget) -> int:
        """Return over how many widgets one lies until this window comes; 0 if it never comes."""
        depth, around = 0, widget.parentWidget()
        while around is not None:
            depth += 1
            if around is self._window:
                return depth
            around = around.parentWidget()
        return 0

    def _put_away(self, dialog: QDialog) -> None:
        if dialog.windowModality() == Qt.WindowModality.ApplicationModal:
            dialog.reject()  # somebody waits for the answer: it is the safe one
            return
        put = _PutAway(
            dialog,
            dialog.parentWidget(),
            dialog.windowFlags(),
            dialog.geometry(),
        )
        self._dialogs.append(put)
        dialog.hide()
        dialog.setParent(self._backstage)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Turn away dialogs that something begun before would open now."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QDialog)
            and self._depth(watched)
            and watched.objectName() != _MAY_SHOW
        ):
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            QTimer.singleShot(0, watched, watched.reject)
        return False

    # --- up ---------------------------------------------------------------------------------

    def _make_room(self) -> None:
        """Close what the person before left open; what they typed stays theirs."""
        window = self._window
        dialogs, self._dialogs = self._dialogs, []
        for put in reversed(dialogs):
            if isValid(put.dialog):
                put.dialog.reject()
                put.dialog.deleteLater()
        self._focus = []
        page = window.patients.current
        self._section = page.current if page is not None else None
        window.top.clear()
        if window.registrations.current is not None:
            window.show_today()

    def _rise(self, same: bool) -> None:  # noqa: FBT001 - a Qt signal
        assert self._application is not None
        self._application.removeEventFilter(self)
        self.activity.touch()
        self._put_back()
        self._window.go_on(same=same)
        self._open_again()
        self._go_to_section()
        for widget in self._focus:
            if isValid(widget):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus = []

    def _put_back(self) -> None:
        window, page, inside = self._window, self._page, self._inside
        if page is None or inside is None:
            return
        self._page = self._inside = None
        window.takeCentralWidget()
        page.hide()
        page.deleteLater()
        window.setCentralWidget(inside)
        inside.show()
        for child in self._others:
            if isValid(child):
                child.setParent(window)
        for key in self._keys:
            key.setEnabled(True)
        self._others, self._keys = [], []

    def _open_again(self) -> None:
        dialogs, self._dialogs = self._dialogs, []
        for put in dialogs:
            if isValid(put.dialog):
                put.dialog.setParent(put.parent, put.flags)
                put.dialog.setGeometry(put.place)
                put.dialog.open()

    def _go_to_section(self) -> None:
        """Show somebody else the section that was open; the page itself was read again."""
        section, self._section = self._section, None
        page = self._window.patients.current
        if section is None or page is None:
            return
        if page.presenter.is_loaded:
            page.jump(section)
        else:
            page.presenter.loaded.connect(partial(page.jump, section))
