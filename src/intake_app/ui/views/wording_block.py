"""One block of a wording in place: its title, its condition, every text of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.wording_blocks import BlockPresenter
from intake_app.ui.presenters.wording_fields import (
    GROWING,
    Place,
    kind_words,
    places_of,
    shape_of,
    spoken,
    text_at,
)
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button
from intake_app.ui.views.wording_line import LineMenu, TextLine, WhenButton
from intake_app.ui.widgets.growing_text import GrowingText
from intake_app.ui.widgets.texts import SignedText, card, clear, muted, show_text

if TYPE_CHECKING:
    from intake_app.domain.wording_edit import BlockText

ALT_UP, ALT_DOWN, CTRL_ENTER = "Alt+↑", "Alt+↓", "Ctrl+↵"


class BlockEditor(QScrollArea):
    """Shows the chosen block; inputs stay while only their texts change."""

    when_wanted = Signal(object)
    """A ``Place``: its condition is to be chosen."""
    insert_wanted = Signal()

    def __init__(self, presenter: BlockPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._shape: tuple[object, ...] = ()
        self._lines: list[TextLine] = []
        self._menus: list[QWidget] = []
        self._whens: dict[int, WhenButton] = {}
        self._last: GrowingText | None = None
        self.setObjectName("wording.block")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(self)
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(GRID, GRID, 3 * GRID, GRID)
        self._layout.setSpacing(2 * GRID)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(inside)
        presenter.block_changed.connect(self.show_block)

    # --- what is shown ----------------------------------------------------------------------

    def show_block(self) -> None:
        """Show the chosen block as it is now; the keyboard stays where it was."""
        block = self._presenter.block
        if block is None:
            self._shape, self._lines = (), []
            clear(self._layout)
            return
        shape = (*shape_of(block), self._presenter.may_edit)
        if shape != self._shape:
            name = self._focused()
            self._shape = shape
            self._build(block)
            self._follow_texts(block)
            self.focus_name(self._presenter.take_focus_wish() or name)
        else:
            self._follow_texts(block)
            self.focus_name(self._presenter.take_focus_wish())

    def _focused(self) -> str:
        widget = QApplication.focusWidget()
        return widget.objectName() if widget is not None and self.isAncestorOf(widget) else ""

    def focus_name(self, name: str) -> bool:
        """Put the keyboard into the input of this name; return whether there is one."""
        for line in self._lines:
            for place, made in line.inputs.items():
                if place.name == name:
                    made.setFocus(Qt.FocusReason.OtherFocusReason)
                    self.ensureWidgetVisible(made)
                    return True
        return False

    def put_in(self, text: str) -> None:
        """Write a text where the cursor is, or was last."""
        if self._last is not None:
            self._last.setFocus(Qt.FocusReason.OtherFocusReason)
            self._last.put_in(text)

    # --- building ---------------------------------------------------------------------------

    def _build(self, block: BlockText) -> None:
        clear(self._layout)
        self._lines, self._menus, self._whens, self._last = [], [], {}, None
        title = Place(block.id, part="title")
        self._layout.addWidget(self._line([title], None))
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self._when_button(Place(block.id)))
        head.addStretch(1)
        host = QWidget()
        host.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(host)
        if self._presenter.locked_words:
            self._layout.addWidget(SignedText("lock", self._presenter.locked_words))
        self._note = muted()
        self._layout.addWidget(self._note)
        for number in range(len(block.elements)):
            self._build_element(block, number)
        if self._presenter.may_edit and not block.place:
            add = action_button("add_element", N_("Add a text to this part…"), "plus")
            add.clicked.connect(self._presenter.add_paragraph)
            self._layout.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_element(self, block: BlockText, number: int) -> None:
        element = block.elements[number]
        panel, lines = card(name=f"wording.{block.id}.{number}")
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(muted(kind_words(element.kind)))
        head.addWidget(self._when_button(Place(block.id, number)))
        head.addStretch(1)
        lines.addLayout(head)
        places = places_of(block, number)
        for place in places:
            if place.part == "lead":
                lines.addWidget(self._line([place], number))
        heads = [place for place in places if place.part == "head"]
        if heads:
            lines.addWidget(self._line(heads, number))
        for item in range(len(element.items)):
            row = [place for place in places if place.item == item]
            lines.addWidget(self._line(row, number))
        self._layout.addWidget(panel)

    def _line(self, places: list[Place], element: int | None) -> TextLine:
        block = self._presenter.block
        assert block is not None
        part = block.elements[element] if element is not None else None
        names = [spoken(place, part) for place in places]
        line = TextLine(places, names)
        line.edited.connect(self._presenter.type)
        for place, made in line.inputs.items():
            made.entered.connect(partial(self._entered, made))
            made.left.connect(self._presenter.editor.leave)
            made.undo_wanted.connect(self._presenter.editor.undo)
            made.redo_wanted.connect(self._presenter.editor.redo)
            if place.part == "lead":
                made.setPlaceholderText(translated(N_("Line over the list; it may stay empty")))
            if place.is_line:
                made.move_wanted.connect(partial(self._presenter.move_line, place))
                made.add_wanted.connect(partial(self._presenter.add_line, place))
        first = places[0]
        if first.is_line and part is not None and self._presenter.may_edit:
            line.add_menu(self._menu(first, names[0], grows=part.kind in GROWING))
        self._lines.append(line)
        return line

    def _menu(self, place: Place, title: str, *, grows: bool) -> LineMenu:
        presenter = self._presenter
        name = place.name.removeprefix("wording.")
        menu = LineMenu(name, title)
        menu.add("line_when", N_("When it prints…"), partial(self.when_wanted.emit, place))
        menu.add("line_insert", N_("Insert what the program fills in…"), self.insert_wanted.emit)
        if grows:
            menu.add(
                "line_add",
                N_("Add a line under it"),
                partial(presenter.add_line, place),
                keys=CTRL_ENTER,
            )
            menu.add("line_up", N_("Up"), partial(presenter.move_line, place, -1), keys=ALT_UP)
            menu.add("line_down", N_("Down"), partial(presenter.move_line, place, 1), keys=ALT_DOWN)
            menu.add("line_remove", N_("Remove"), partial(presenter.remove_line, place))
        self._menus.append(menu)
        return menu

    def _when_button(self, place: Place) -> WhenButton:
        name = place.name.removeprefix("wording.")
        button = WhenButton(name)
        button.clicked.connect(partial(self._want_when, place))
        self._whens[place.element] = button
        return button

    def _want_when(self, place: Place, *_: object) -> None:
        self.when_wanted.emit(place)

    def _entered(self, made: GrowingText) -> None:
        self._last = made

    # --- following --------------------------------------------------------------------------

    def _follow_texts(self, block: BlockText) -> None:
        presenter = self._presenter
        for line in self._lines:
            first = line.places[0]
            line.show_texts(
                [text_at(block, place) for place in line.places],
                may_edit=presenter.may_edit,
                right_to_left=presenter.right_to_left,
            )
            line.show_problem(presenter.problem_at(first))
            if first.is_line:
                item = block.elements[first.element].items[first.item]
                line.show_when(presenter.when_words(item.when))
                line.show_check(item.approver_check)
        for number, button in self._whens.items():
            when = block.when if number < 0 else block.elements[number].when
            words = presenter.when_words(when)
            said = (
                translated(N_("Prints only if {when}")).format(when=words)
                if words
                else translated(N_("Always prints"))
            )
            name = said if number >= 0 else f"{block.id} {block.title}: {said}"
            button.say(said, name=name)
            button.setEnabled(presenter.may_edit and presenter.may_condition(number))
            button.setVisible(number < 0 or bool(words) or presenter.may_edit)
        show_text(self._note, presenter.note_words)
