"""What two versions of a wording have different: block by block, side by side, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from intake_app.domain.conditions import ALWAYS_WHEN, When
from intake_app.domain.language import N_
from intake_app.domain.values import Choice

if TYPE_CHECKING:
    from intake_app.domain.wording_edit import BlockText, WordingText

_WORD = re.compile(r"\{[^{}]*\}|[\u2e80-\u9fff\uf900-\ufaff]|[^\W\u2e80-\u9fff]+|\s+|[^\w\s]")
_ALIKE = 0.3
"""Lines with less in common than this are one taken out and one put in."""


class ChangeKind(Choice):
    """What happened to a block or a line."""

    SAME = "same", N_("Unchanged")
    CHANGED = "changed", N_("Changed")
    MOVED = "moved", N_("Moved")
    ADDED = "added", N_("Added")
    REMOVED = "removed", N_("Removed")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line; marked when only this side has it."""

    text: str
    marked: bool = False


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """One line of both versions side by side; an empty side has no such line."""

    kind: ChangeKind
    before: Pieces = ()
    after: Pieces = ()
    when_before: When[object] = ALWAYS_WHEN
    when_after: When[object] = ALWAYS_WHEN

    @property
    def condition_changed(self) -> bool:
        """Whether it prints for other people than before."""
        both = bool(self.before) and bool(self.after)
        return both and self.when_before != self.when_after


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockChange:
    """One block of both versions side by side; the title is its first line."""

    id: str
    title: str
    kind: ChangeKind
    lines: tuple[LineChange, ...]
    moved_by: int = 0
    """How many places further down it stands; 0 where it kept its place among the others."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    when: When[object]


def changes_of(before: WordingText | None, after: WordingText) -> tuple[BlockChange, ...]:
    """Return every block of both, in the order of the later version, removed ones in between."""
    old = {block.id: block for block in before.blocks} if before else {}
    new = {block.id: block for block in after.blocks}
    stayed = _stayed([key for key in old if key in new], [key for key in new if key in old])
    places = {key: number for number, key in enumerate(old)}
    found = [
        _block(old.get(key), block, stayed=key in stayed, moved_by=number - places.get(key, number))
        for number, (key, block) in enumerate(new.items())
    ]
    for number, (key, block) in enumerate(old.items()):
        if key not in new:
            found.insert(min(number, len(found)), _block(block, None, stayed=True, moved_by=0))
    return tuple(found)


def _stayed(old: list[str], new: list[str]) -> set[str]:
    """Return the handles that kept their order; the fewest possible are called moved."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return {key for match in matcher.get_matching_blocks() for key in old[match.a :][: match.size]}


def _block(
    before: BlockText | None, after: BlockText | None, *, stayed: bool, moved_by: int
) -> BlockChange:
    there = after or before
    assert there is not None
    lines = tuple(_lines(_of(before), _of(after)))
    if before is None or after is None:
        kind = ChangeKind.ADDED if before is None else ChangeKind.REMOVED
    elif any(line.kind is not ChangeKind.SAME for line in lines) or before.when != after.when:
        kind = ChangeKind.CHANGED
    else:
        kind = ChangeKind.SAME if stayed else ChangeKind.MOVED
    return BlockChange(
        id=there.id,
        title=there.title,
        kind=kind,
        lines=lines,
        moved_by=0 if stayed else moved_by,
    )


def _of(block: BlockText | None) -> list[_Line]:
    """Return a block line by line: title, leads, heads, items."""
    if block is None:
        return []
    lines = [_Line(block.title, block.when)]
    for element in block.elements:
        for text in (element.lead, " | ".join(element.head)):
            if text:
                lines.append(_Line(text, element.when))
        for item in element.items:
            lines.append(_Line(item.text, _both(element.when, item.when)))
    return lines


def _both(outer: When[object], inner: When[object]) -> When[object]:
    if outer == ALWAYS_WHEN:
        return inner
    return outer if inner == ALWAYS_WHEN else When("all", (outer, inner))


def _lines(before: Sequence[_Line], after: Sequence[_Line]) -> Iterator[LineChange]:
    matcher = SequenceMatcher(
        None, [each.text for each in before], [each.text for each in after], autojunk=False
    )
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            for old, new in zip(before[a:b], after[c:d], strict=True):
                yield _pair(old, new)
        else:
            yield from _replaced(list(before[a:b]), list(after[c:d]))


def _replaced(before: list[_Line], after: list[_Line]) -> Iterator[LineChange]:
    """Pair the lines that have much in common, in their order; the rest went or came."""
    while before and after:
        old, new = before[0], after[0]
        if _ratio(old.text, new.text) >= _ALIKE or len(before) == len(after) == 1:
            yield _pair(before.pop(0), after.pop(0))
        elif any(_ratio(old.text, each.text) >= _ALIKE for each in after[1:]):
            yield _came(after.pop(0))
        else:
            yield _went(before.pop(0))
    yield from map(_went, before)
    yield from map(_came, after)


def _went(line: _Line) -> LineChange:
    return LineChange(
        kind=ChangeKind.REMOVED, before=(Piece(line.text, marked=True),), when_before=line.when
    )


def _came(line: _Line) -> LineChange:
    return LineChange(
        kind=ChangeKind.ADDED, after=(Piece(line.text, marked=True),), when_after=line.when
    )


def _pair(old: _Line, new: _Line) -> LineChange:
    same = old == new
    before, after = word_marks(old.text, new.text)
    return LineChange(
        kind=ChangeKind.SAME if same else ChangeKind.CHANGED,
        before=before,
        after=after,
        when_before=old.when,
        when_after=new.when,
    )


def word_marks(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Return both texts in pieces; the words that only one of them has are marked."""
    if before == after:
        return (Piece(before),), (Piece(after),)
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        marked = tag != "equal"
        left += _piece(old[a:b], marked=marked)
        right += _piece(new[c:d], marked=marked)
    return tuple(left), tuple(right)


def _piece(words: Iterable[str], *, marked: bool) -> list[Piece]:
    text = "".join(words)
    return [Piece(text, marked=marked)] if text else []


def _ratio(before: str, after: str) -> float:
    return SequenceMatcher(None, _WORD.findall(before), _WORD.findall(after)).ratio()
