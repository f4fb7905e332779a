"""The blocks of the open version: which one is chosen, and every edit of its texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.condition_words import condition_words, placeholder_words, when_words
from intake_app.domain.conditions import ALWAYS_WHEN
from intake_app.domain.fields import Option
from intake_app.domain.language import N_, translated
from intake_app.domain.sheets import SheetKind
from intake_app.ui.presenters.wording_fields import Place, with_text
from intake_app.ui.presenters.wording_words import LOCKED, RIGHT_TO_LEFT, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intake_app.domain.conditions import When
    from intake_app.domain.wording_edit import BlockText, WordingText
    from intake_app.ui.presenters.wording_editor import WordingEditor

_LOCKED_WORDS = N_(
    "These danger signs may be reworded and added to. None can be taken away, and they stay on "
    "page 1."
)
_SIGNS = ("wording_red_flags_shrunk", "wording_red_flags_place", "wording_red_flag_number")
_PLACES: dict[str, str] = {
    "header": N_("Printed at the top of every page, by the program."),
    "foot": N_("Printed at the foot of every page, by the program."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRow:
    """One block, as the list shows it."""

    id: str
    title: str
    when: str
    locked: bool
    wrong: bool


class BlockPresenter(QObject):
    """Knows one chosen block of the words in the editor, and changes them there."""

    rows_changed = Signal()
    """The list of blocks: order, titles, conditions, what is wrong."""
    block_changed = Signal()
    """The chosen block is another one, or its texts changed."""
    refused = Signal(str)
    """Why something cannot be done, in words."""

    def __init__(self, editor: WordingEditor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.rows: tuple[BlockRow, ...] = ()
        self.chosen = ""
        self._wish = ""
        editor.shown.connect(self._show)
        editor.changed.connect(self._follow)
        editor.problems_changed.connect(self._follow)

    # --- what is shown ----------------------------------------------------------------------

    @property
    def block(self) -> BlockText | None:
        """The chosen block as it is now."""
        return self._found(self.chosen)

    def _found(self, block_id: str) -> BlockText | None:
        text = self.editor.text
        blocks = text.blocks if text is not None else ()
        return next((block for block in blocks if block.id == block_id), None)

    @property
    def may_edit(self) -> bool:
        """Whether the texts can be typed in now."""
        return self.editor.may_edit

    @property
    def right_to_left(self) -> bool:
        """Whether the language of the open version is written from right to left."""
        text = self.editor.text
        return text is not None and text.language in RIGHT_TO_LEFT

    @property
    def locked_words(self) -> str:
        """What cannot be done with the chosen block; empty for an ordinary one."""
        text = self.editor.text
        aftercare = text is not None and text.kind is SheetKind.AFTERCARE
        return translated(_LOCKED_WORDS) if aftercare and self.chosen in LOCKED else ""

    @property
    def note_words(self) -> str:
        """What else is to be said of the chosen block."""
        block = self.block
        if block is None:
            return ""
        said = [translated(_PLACES[block.place])] if block.place in _PLACES else []
        if block.into:
            said.append(translated(N_("Printed inside {block}.")).format(block=block.into))
        if block.approver_check:
            note = translated(N_("For the approver: {note}"))
            said.append(note.format(note=block.approver_check))
        said += [
            translated(N_("For the approver: {note}")).format(note=element.approver_check)
            for element in block.elements
            if element.approver_check
        ]
        wrong = [
            problem.sentence
            for problem in self.editor.problems
            if problem.block == block.id and problem.element is None
        ]
        return "\n".join((*said, *wrong))

    def may_condition(self, element: int) -> bool:
        """Return whether the chosen block, or an element of it, may print only for some."""
        return not self.locked_words or element >= 0

    def when_words(self, when: When[object]) -> str:
        """Return a condition in words; empty for what always prints."""
        text = self.editor.text
        if text is None or when == ALWAYS_WHEN:
            return ""
        return when_words(when, text.kind)

    def problem_at(self, place: Place) -> str:
        """Return what is wrong with a text, in words; empty when nothing is."""
        return " ".join(
            problem.sentence
            for problem in self.editor.problems
            if problem.block == place.block
            and problem.element == place.element
            and (problem.item == place.item if place.is_line else problem.item is None)
        )

    def conditions(self) -> tuple[Option, ...]:
        """Return the closed list of facts that a condition may ask for, in words."""
        text = self.editor.text
        pairs = condition_words(text.kind) if text is not None else ()
        return tuple(Option(name, words) for name, words in pairs)

    def placeholders(self) -> tuple[Option, ...]:
        """Return what the program can fill in, in words."""
        text = self.editor.text
        pairs = placeholder_words(text.kind) if text is not None else ()
        return tuple(Option(name, words) for name, words in pairs)

    def take_focus_wish(self) -> str:
        """Return the name of the input that the keyboard is to go to, once."""
        wish, self._wish = self._wish, ""
        return wish

    # --- following --------------------------------------------------------------------------

    def _show(self) -> None:
        text = self.editor.text
        ids = [block.id for block in text.blocks] if text is not None else []
        if self.chosen not in ids:
            self.chosen = next(iter(self._first(text)), "")
        self._follow()

    @staticmethod
    def _first(text: WordingText | None) -> Iterator[str]:
        for block in text.blocks if text is not None else ():
            if not block.place:
                yield block.id

    def _follow(self) -> None:
        text = self.editor.text
        if text is not None and self.block is None:
            self.chosen = next(self._first(text), "")
        rows = tuple(self._rows(text)) if text is not None else ()
        if rows != self.rows:
            self.rows = rows
            self.rows_changed.emit()
        self.block_changed.emit()

    def _rows(self, text: WordingText) -> Iterator[BlockRow]:
        spoken = dict(placeholder_words(text.kind))
        wrong = {problem.block for problem in self.editor.problems}
        for block in text.blocks:
            yield BlockRow(
                id=block.id,
                title=plain(block.title, spoken) or block.id,
                when=self.when_words(block.when),
                locked=block.id in LOCKED and text.kind is SheetKind.AFTERCARE,
                wrong=block.id in wrong,
            )

    def choose(self, block_id: str) -> None:
        """Show another block."""
        if block_id != self.chosen:
            self.editor.leave()
            self.chosen = block_id
            self.block_changed.emit()

    def go_to(self, place: Place) -> None:
        """Show the block of a text, and put the keyboard into it."""
        self._wish = place.name
        self.chosen = place.block
        self.block_changed.emit()

    # --- editing ----------------------------------------------------------------------------

    def type(self, place: Place, text: str) -> None:
        """Take what somebody typed as the text of a place."""
        self.editor.edit(lambda wording: with_text(wording, place, text), place=place.name)

    def move_block(self, by: int) -> None:
        """Move the chosen block up or down."""
        chosen = self.chosen
        self.editor.edit(lambda wording: wording.with_block_moved(chosen, by))

    def add_block(self) -> None:
        """Add a part of the clinic's own after the chosen one."""
        chosen, title = self.chosen, translated(N_("New part"))
        before = {row.id for row in self.rows}
        self.editor.edit(lambda wording: wording.with_block_added(chosen, title, title))
        added = [row.id for row in self.rows if row.id not in before]
        if added:
            self.go_to(Place(added[0], part="title"))

    def remove_block(self) -> None:
        """Remove the chosen block; one that every sheet needs says so instead."""
        chosen = self.chosen
        self.editor.edit(lambda wording: wording.with_block_removed(chosen))

    def add_paragraph(self) -> None:
        """Add sentences at the end of the chosen block."""
        block = self.block
        if block is not None:
            last = len(block.elements) - 1
            self._wish = Place(block.id, last + 1, 0).name
            self.editor.edit(
                lambda wording: wording.with_element_added(block.id, last, "paragraph", text="")
            )

    def add_line(self, place: Place) -> None:
        """Add a line, or a row, under another one."""
        block = self._found(place.block)
        if block is None:
            return
        element = block.elements[place.element]
        if element.kind == "paragraph":
            self._wish = Place(block.id, place.element + 1, 0).name
            self.editor.edit(
                lambda wording: wording.with_element_added(
                    block.id, place.element, "paragraph", text=""
                )
            )
            return
        cells = len(element.items[place.item].texts)
        new: str | tuple[str, ...] = ("",) * cells if element.has_cells else ""
        cell = 0 if element.has_cells else -1
        self._wish = Place(block.id, place.element, place.item + 1, cell).name
        self.editor.edit(
            lambda wording: wording.with_item_added(block.id, place.element, place.item, new)
        )

    def move_line(self, place: Place, by: int) -> None:
        """Move a line up or down among its neighbours; the keyboard goes with it."""
        block = self._found(place.block)
        if block is None or not 0 <= place.item + by < len(block.elements[place.element].items):
            return
        self._wish = Place(block.id, place.element, place.item + by, place.cell).name
        self.editor.edit(
            lambda wording: wording.with_item_moved(block.id, place.element, place.item, by=by)
        )
        self.block_changed.emit()

    def remove_line(self, place: Place) -> None:
        """Remove a line; a danger sign that may not go says so and stays."""

        def removed(wording: WordingText) -> WordingText:
            return wording.with_item_removed(place.block, place.element, place.item)

        text = self.editor.text
        lost = self.editor.problems_after(removed) if text is not None else ()
        fewer = [each for each in lost if each.code in _SIGNS and each not in self.editor.problems]
        if fewer:
            self.refused.emit(fewer[0].sentence)
            return
        self._wish = Place(place.block, place.element, max(place.item - 1, 0)).name
        self.editor.edit(removed)

    def set_when(self, place: Place, when: When[object]) -> None:
        """Print a block, an element or a line only under a condition."""
        if place.is_line:
            self.editor.edit(
                lambda wording: wording.with_item_when(place.block, place.element, place.item, when)
            )
        elif place.element >= 0:
            self.editor.edit(
                lambda wording: wording.with_element_when(place.block, place.element, when)
            )
        else:
            self.editor.edit(lambda wording: wording.with_block_when(place.block, when))

    def when_at(self, place: Place) -> When[object]:
        """Return the condition of a block, an element or a line."""
        block = self._found(place.block)
        if block is None:
            return ALWAYS_WHEN
        if place.element < 0:
            return block.when
        element = block.elements[place.element]
        return element.items[place.item].when if place.is_line else element.when
