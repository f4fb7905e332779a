"""Phones in search results, written the way the clinic's country writes them."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake_app.domain.ports import Found, Mark

_PHONE = "phone"


def with_written_phone(found: Found, country: str) -> Found:
    """Return a result whose phone reads as people read it, what matched still marked.

    Only a phone that matched is shown, so every other one stays as it is kept.
    """
    if not any(mark.field == _PHONE for mark in found.marks):
        return found
    from intake_app.domain.phones import written_phone

    written = written_phone(found.phone, country)
    before, after = _digits_at(found.phone), _digits_at(written)
    pairs = zip(reversed(before), reversed(after), strict=False)
    same = list(takewhile(lambda pair: found.phone[pair[0]] == written[pair[1]], pairs))
    if not same:
        return found
    places = dict(same)
    marks = (
        _moved(mark, before, places) if mark.field == _PHONE and mark.end else mark
        for mark in found.marks
    )
    return replace(found, phone=written, marks=tuple(marks))


def _digits_at(text: str) -> list[int]:
    return [place for place, sign in enumerate(text) if sign.isdigit()]


def _moved(mark: Mark, before: list[int], places: dict[int, int]) -> Mark:
    """Return the mark over the same digits; over the whole where the prefix is another one now."""
    marked = [at for at in before if mark.start <= at < mark.end]
    if not marked or not all(at in places for at in marked):
        return replace(mark, start=0, end=0)
    return replace(mark, start=places[marked[0]], end=places[marked[-1]] + 1)
