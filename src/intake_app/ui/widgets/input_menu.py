"""The menu of an input: what its kind offers, and what the page around it adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QAction


@runtime_checkable
class AddsToMenu(Protocol):
    """A page that has something to offer at each of its fields."""

    def field_actions(self, name: str, menu: QMenu) -> Iterable[QAction]:
        """Return what to add to the menu of the input with this object name."""


def field_menu(widget: QWidget) -> QMenu:
    """Return the menu of an input; cut and paste only where there is text."""
    menu = None
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        menu = widget.createStandardContextMenu()
    menu = menu or QMenu(widget)
    menu.setObjectName("field_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, AddsToMenu):
            actions = list(around.field_actions(widget.objectName(), menu))
            if actions and not menu.isEmpty():
                menu.addSeparator()
            menu.addActions(actions)
        around = around.parentWidget()
    return menu


def show_field_menu(widget: QWidget, place: QPoint) -> None:
    """Open the menu of an input; one with nothing in it does not open."""
    menu = field_menu(widget)
    if menu.isEmpty():
        menu.deleteLater()
        return
    menu.popup(widget.mapToGlobal(place))


def ask_for_menu() -> None:
    """Open the menu of whatever has the keyboard, as the menu key does."""
    widget = QApplication.focusWidget()
    if widget is None:
        return
    place = widget.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
