"""Which given names are short for which: Bill is William, Peggy is Margaret."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Nicknames:
    """Names that people use for one another, by folded word."""

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        others: dict[str, set[str]] = {}
        for group in groups:
            words = set(group)
            for word in words:
                others.setdefault(word, set()).update(words - {word})
        self._others = {word: tuple(sorted(names)) for word, names in others.items()}

    def others(self, word: str) -> tuple[str, ...]:
        """Return the other names of somebody called ``word``; each group counts, chains do not."""
        return self._others.get(word, ())

    def same(self, one: str, other: str) -> bool:
        """Return whether one folded name is commonly used for the other."""
        return one != other and other in self._others.get(one, ())
