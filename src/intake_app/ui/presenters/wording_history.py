"""The way back: every state of a text that was there, as long as the page is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

T = TypeVar("T")

MOST_STEPS = 500
"""How many steps can be taken back."""


@dataclass(frozen=True, slots=True)
class History(Generic[T]):
    """What is there now, what was before, and what was taken back."""

    now: T
    past: tuple[T, ...] = ()
    future: tuple[T, ...] = ()
    place: str = ""
    """Where typing goes on: more of it there is the same step."""

    def changed(self, now: T, *, place: str = "") -> History[T]:
        """Return the history after a change; typing on in one place is one step."""
        if now == self.now:
            return self
        if place and place == self.place:
            return replace(self, now=now, future=())
        return History(now, (*self.past, self.now)[-MOST_STEPS:], (), place)

    def paused(self) -> History[T]:
        """Return the history after a pause: what is typed next is a step of its own."""
        return replace(self, place="")

    def undone(self) -> History[T]:
        """Return the history one step back; the same where there is none."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (self.now, *self.future))

    def redone(self) -> History[T]:
        """Return the history one step forward again; the same where there is none."""
        if not self.future:
            return self
        return History(self.future[0], (*self.past, self.now), self.future[1:])
