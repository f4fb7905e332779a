"""The page for a new patient: what is typed, and beside it who that may be already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import (
    action_button,
    emphasise,
    heading,
    note,
    page_layout,
    subheading,
)
from intake_app.ui.views.section_page import scrolling
from intake_app.ui.widgets.field_form import FieldForm
from intake_app.ui.widgets.inputs import TextInput
from intake_app.ui.widgets.person_lines import KEY, WHY, PersonDelegate
from intake_app.ui.widgets.texts import Panel

if TYPE_CHECKING:
    from intake_app.services.new_patients import HalfTyped
    from intake_app.ui.presenters.registration import CandidateRow, RegistrationPresenter

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_OPEN_KEY = "F4"
_WIDE_LETTERS = 110
"""Below this width in average letters the list goes under the form."""
_LINES = 4
"""Name, details, and reasons that may need two lines."""
_SHOWN_UNDER_FORM = 2
_ANY_HEIGHT = 16777215
_LOW_LINES = 30
"""Below this height in lines of text one of them is shown there; the others are scrolled to."""
_PANEL_SHARE = 4
_AROUND_FOCUS = 8 * GRID


class CandidatesModel(QAbstractListModel):
    """The people who may be meant."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[CandidateRow, ...] = ()
        self._marked = 0

    def show_rows(self, rows: tuple[CandidateRow, ...]) -> None:
        """Show these people; the key opens the first."""
        self.beginResetModel()
        self._rows, self._marked = rows, 0
        self.endResetModel()

    def mark(self, number: int) -> None:
        """Let the key open another row."""
        self._marked = max(number, 0)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def marked(self) -> CandidateRow | None:
        """Return the row that the key opens."""
        return self.row(self._marked)

    def row(self, number: int) -> CandidateRow | None:
        """Return one of the people; ``None`` when there is no such row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: _Index = _ROOT, /) -> int:
        """Return how many people are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = 0, /) -> Any:
        """Return the row in words."""
        row = self.row(index.row())
        if row is None:
            return None
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return row.sentence
        if role == Qt.ItemDataRole.UserRole:
            return row.row
        if role == WHY:
            return row.why
        if role == KEY:
            return _OPEN_KEY if index.row() == self._marked else ""
        return None


class RegistrationPage(QWidget):
    """Asks who the new patient is; a record comes only with *Create*."""

    closed = Signal()
    """Esc: what is typed is put aside."""
    other_wanted = Signal(object)
    """A ``HalfTyped`` to go on with."""

    def __init__(self, presenter: RegistrationPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("registration_page")
        self.presenter = presenter
        self._others: tuple[HalfTyped, ...] = ()
        self._model = CandidatesModel(self)
        self.form = FieldForm(presenter.model, label_letters=16, parent=self)
        self.list = self._make_list()
        self._none = note("", self)
        self._none.setObjectName("registration.candidates_note")
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._beside = True
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._arrange()
        self._wire()
        self._show_candidates(presenter.candidates)

    # --- layout -----------------------------------------------------------------------------

    def _arrange(self) -> None:
        layout = page_layout(self)
        layout.addWidget(heading(N_("New patient"), self))
        layout.addLayout(self._other_row())
        self._body.setSpacing(6 * GRID)
        left = QWidget(self)
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 2 * GRID, 0)
        lines.setSpacing(4 * GRID)
        lines.addWidget(self.form)
        lines.addLayout(self._buttons())
        lines.addStretch(1)
        self._scroll = scrolling(left)
        for button in (self._create, self._throw):
            button.installEventFilter(self)
        self._body.addWidget(self._scroll, 5)
        self._panel = self._candidates_panel()
        self._body.addWidget(self._panel, _PANEL_SHARE)
        layout.addLayout(self._body, 1)

    def _other_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        self._other_note = note("", self)
        self._other_note.setObjectName("registration.other")
        self._other_button = action_button("go_on_with_other", N_("Go on with it"), parent=self)
        self._other_button.clicked.connect(self._go_on_with_other)
        row.addWidget(self._other_note, 1)
        row.addWidget(self._other_button)
        self._other_note.hide()
        self._other_button.hide()
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        self._create = action_button(
            "create_patient", N_("&Create patient"), "user-plus", parent=self
        )
        self._create.setToolTip(translated(N_("Enter in the last field, or Ctrl+Enter")))
        emphasise(self._create)
        self._throw = action_button("discard_registration", N_("Throw away"), parent=self)
        self._throw.setToolTip(
            translated(N_("Forgets what was typed. Esc keeps it for another time."))
        )
        row.addWidget(self._create)
        row.addWidget(self._throw)
        row.addStretch(1)
        return row

    def _candidates_panel(self) -> QWidget:
        panel = Panel(QPalette.ColorRole.Base)
        lines = QVBoxLayout(panel)
        lines.setContentsMargins(GRID, 2 * GRID, GRID, GRID)
        lines.setSpacing(GRID)
        head = QVBoxLayout()
        head.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        head.addWidget(subheading(N_("Is it one of these?"), panel))
        head.addWidget(self._none)
        lines.addLayout(head)
        lines.addWidget(self.list, 1)
        return panel

    def _make_list(self) -> QListView:
        view = QListView(self)
        view.setObjectName("registration.candidates")
        view.setAccessibleName(translated(N_("People who may be the same person")))
        view.setModel(self._model)
        view.setItemDelegate(PersonDelegate(view, lines=_LINES))
        view.setUniformItemSizes(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.doubleClicked.connect(self._open_marked)
        view.installEventFilter(self)
        return view

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Put the list under the form where there is no room beside it."""
        super().resizeEvent(event)
        letters = event.size().width() // max(self.fontMetrics().averageCharWidth(), 1)
        self._beside = letters >= _WIDE_LETTERS
        self._body.setDirection(
            QBoxLayout.Direction.LeftToRight if self._beside else QBoxLayout.Direction.TopToBottom
        )
        self._fit_list()

    def _fit_list(self) -> None:
        """Leave the room to the form where the list lies under it."""
        low = self.height() < _LOW_LINES * self.fontMetrics().lineSpacing()
        shown = min(self._model.rowCount(), 1 if low else _SHOWN_UNDER_FORM)
        line = self.list.sizeHintForRow(0) if shown else 0
        highest = _ANY_HEIGHT if self._beside else shown * line + GRID
        self.list.setMaximumHeight(highest)
        self._body.setStretchFactor(self._panel, _PANEL_SHARE if self._beside else 0)
        self._none.setVisible(self._beside or not shown)
        self._panel.setMaximumHeight(
            _ANY_HEIGHT if self._beside else highest + 3 * self.fontMetrics().height()
        )

    # --- wiring -----------------------------------------------------------------------------

    def _wire(self) -> None:
        presenter = self.presenter
        presenter.candidates_changed.connect(self._show_candidates)
        presenter.others_changed.connect(self._show_others)
        presenter.nameless.connect(self._ask_name)
        presenter.model.fields_changed.connect(self._listen)
        self._create.clicked.connect(presenter.create)
        self._throw.clicked.connect(presenter.throw_away)
        self.list.selectionModel().currentChanged.connect(self._follow_current)
        for keys, deed in (
            (_OPEN_KEY, self._open_marked),
            ("Ctrl+Return", presenter.create),
            ("Ctrl+Enter", presenter.create),
            ("Esc", self.closed.emit),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)
        self._listen()

    def _listen(self) -> None:
        for field in self.presenter.model.fields:
            self.form.widget(field.key, QWidget).installEventFilter(self)

    def begin(self) -> None:
        """Put the cursor into the first field that is still empty."""
        model = self.presenter.model
        empty = (field.key for field in model.fields if not model.text(field.key))
        self.form.focus_field(next(empty, model.fields[-1].key))

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Create on Enter in the last field; arrow down leads into the list, Enter opens there."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched, 0, _AROUND_FOCUS)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if watched is self.list:
                if key in _ENTER:
                    self._open_marked()
                    return True
                if key == Qt.Key.Key_Up and self.list.currentIndex().row() <= 0:
                    self.form.focus_field(self.presenter.model.fields[-1].key)
                    return True
            elif key in _ENTER and not event.isAutoRepeat() and watched is self._last():
                self.presenter.create()
                return True
            elif (
                key == Qt.Key.Key_Down and isinstance(watched, TextInput) and self._model.rowCount()
            ):
                self.list.setCurrentIndex(self._model.index(0, 0))
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _last(self) -> QWidget:
        return self.form.widget(self.presenter.model.fields[-1].key, QWidget)

    # --- following --------------------------------------------------------------------------

    def _show_candidates(self, rows: tuple[CandidateRow, ...]) -> None:
        self._model.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._fit_list()
        if rows:
            text = N_("Compare the dates of birth. F4 opens the marked person with what you typed.")
        elif self.presenter.compared:
            text = N_("Nobody alike is in the database.")
        else:
            text = N_("While you type, people who may be the same person are shown here.")
        self._none.setText(translated(text))

    def _show_others(self, others: tuple[HalfTyped, ...]) -> None:
        self._others = others
        shown = bool(others)
        if shown:
            name = others[-1].name or translated(N_("somebody without a name"))
            self._other_note.setText(
                translated(N_("Another new patient is half typed: {name}.")).format(name=name)
            )
        self._other_note.setVisible(shown)
        self._other_button.setVisible(shown)

    def _ask_name(self) -> None:
        self.form.focus_field("family_name")

    def _follow_current(self, current: QModelIndex, _: QModelIndex) -> None:
        self._model.mark(current.row())

    def _go_on_with_other(self) -> None:
        self.other_wanted.emit(self._others[-1])

    def _open_marked(self, *_: object) -> None:
        marked = self._model.marked()
        if marked is not None:
            self.presenter.open_existing(marked.row.patient_id)
