"""What is different since the last approved version, for the screen: two columns, marked."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.condition_words import when_words
from intake_app.domain.conditions import ALWAYS_WHEN
from intake_app.domain.language import N_, translated
from intake_app.domain.wording_changes import ChangeKind
from intake_app.services.wording_reading import same_phrases
from intake_app.ui.presenters.wording_words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.conditions import When
    from intake_app.domain.wording_changes import BlockChange, LineChange, Piece
    from intake_app.domain.wording_versions import WordingVersion
    from intake_app.ui.presenters.main import MainPresenter

_BEFORE, _AFTER = N_("Before"), N_("Now")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everything that is different, and with which version it is compared."""

    version_id: str
    before: WordingVersion | None
    blocks: tuple[BlockChange, ...]
    own_words: tuple[str, ...] = ()
    """What the program itself writes on the sheet, where nobody approved it as it is now."""

    @property
    def different(self) -> tuple[BlockChange, ...]:
        """The blocks in which something is different."""
        return tuple(block for block in self.blocks if block.kind is not ChangeKind.SAME)

    @property
    def has_text(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.different or self.own_words)


class ChangesPresenter(QObject):
    """Reads the changes of the open version when somebody looks at them.

    With ``own_words`` the program's own words are read too: an approval is one of them as well.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, main: MainPresenter, parent: QObject | None = None, *, own_words: bool = False
    ) -> None:
        super().__init__(parent)
        self._main = main
        self._own_words = own_words
        self.changes: Changes | None = None

    def read(self, version_id: str) -> None:
        """Read what is different in a version."""
        services, actor = self._main.services, self._main.actor

        def work() -> Changes:
            before = services.wordings.compared_with(actor, version_id)
            wanted = self._own_words and (before is None or not same_phrases(before))
            return Changes(
                version_id=version_id,
                before=before,
                blocks=services.wordings.changes(actor, version_id),
                own_words=services.wordings.own_words(actor, version_id) if wanted else (),
            )

        self._main.tasks.run(work, owner=self, done=self._took, failed=self.failed.emit)

    def _took(self, changes: Changes) -> None:
        self.changes = changes
        self.changed.emit()


def summary(changes: Changes) -> str:
    """Return in a sentence what is different, and with what it is compared."""
    if changes.before is None:
        return translated(N_("This is the first version: all of it is new."))
    words = N_("Different from version {number}: {count} of {all} parts.")
    if not changes.different:
        words = N_("No word is different from version {number}.")
    said = translated(words).format(
        number=changes.before.number, count=len(changes.different), all=len(changes.blocks)
    )
    approved = changes.before.approved_by
    if approved:
        by = translated(N_("That one was approved by {name}.")).format(name=approved)
        return f"{said} {by}"
    return said


def as_html(changes: Changes) -> str:
    """Return the different blocks side by side; what only one side has is marked.

    Words that went are struck through, words that came are underlined, both bold: never colour.
    """
    if not changes.different:
        return _own(changes.own_words)
    parts = [
        f"<table width='100%' cellspacing='0' cellpadding='4'><tr><th align='left' width='50%'>"
        f"{escape(translated(_BEFORE))}</th><th align='left'>{escape(translated(_AFTER))}</th></tr>"
    ]
    parts += [_block(block) for block in changes.different]
    return "".join(parts) + "</table>" + _own(changes.own_words)


def _own(words: tuple[str, ...]) -> str:
    """Return the program's own words, one on each line."""
    if not words:
        return ""
    said = translated(
        N_(
            "These words the program itself puts on the sheet: dates, times, units, and the foot "
            "of the page. You approve them, too. Square brackets are filled in."
        )
    )
    lines = "".join(f"<li>{escape(plain(text, {}))}</li>" for text in dict.fromkeys(words))
    return f"<p><b>{escape(said)}</b></p><ul>{lines}</ul>"


def _block(block: BlockChange) -> str:
    kind = translated(block.kind.label)
    if block.moved_by:
        moved = N_("moved down by {n}") if block.moved_by > 0 else N_("moved up by {n}")
        kind = f"{kind}, {translated(moved).format(n=abs(block.moved_by))}"
    head = f"<tr><td colspan='2'><b>{escape(block.id)} {escape(block.title)}</b>: {kind}</td></tr>"
    return head + "".join(_line(line) for line in block.lines if _counts(line, block))


def _counts(line: LineChange, block: BlockChange) -> bool:
    return line.kind is not ChangeKind.SAME or block.kind in (ChangeKind.ADDED, ChangeKind.REMOVED)


def _line(line: LineChange) -> str:
    before, after = _pieces(line.before, "s"), _pieces(line.after, "u")
    if line.condition_changed:
        before += _when(line.when_before)
        after += _when(line.when_after)
    elif line.before and not line.after:
        before += _only(line.when_before)
    elif line.after and not line.before:
        after += _only(line.when_after)
    return f"<tr><td valign='top'>{before}</td><td valign='top'>{after}</td></tr>"


def _pieces(pieces: Iterable[Piece], mark: str) -> str:
    return "".join(
        f"<{mark}><b>{escape(piece.text)}</b></{mark}>" if piece.marked else escape(piece.text)
        for piece in pieces
    )


def _only(when: When[object]) -> str:
    return "" if when == ALWAYS_WHEN else _when(when)


def _when(when: When[object]) -> str:
    if when == ALWAYS_WHEN:
        said = translated(N_("Always prints"))
    else:
        said = translated(N_("Prints only if {when}")).format(when=when_words(when))
    return f"<br><i>{escape(said)}</i>"
