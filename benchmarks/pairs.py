"""Time two things in turn, and carry over the median of the ratios of neighbours."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable


def row(  # noqa: PLR0913 - the columns of the table
    name: str,
    *,
    ours: float | None,
    floor: float | None,
    ratio: float | None,
    unit: str,
    goal: str,
    met: bool | None,
) -> dict[str, object]:
    """Return one row of the table."""
    return {
        "name": name,
        "ours": None if ours is None else round(ours, 3),
        "floor": None if floor is None else round(floor, 3),
        "ratio": None if ratio is None else round(ratio, 3),
        "unit": unit,
        "goal": goal,
        "met": met,
    }


def alternate(
    ours: Callable[[int], object], floor: Callable[[int], object], *, pairs: int, warm: int = 3
) -> tuple[float, float, float]:
    """Return the median seconds of ours and of the floor, and the median of the pairs' ratios.

    Who goes first changes from pair to pair, and the collector rests, so that neither side pays
    for what the other left behind.
    """
    mine, theirs = [], []
    gc.collect()
    gc.disable()
    try:
        for number in range(pairs + warm):
            if number % 2:
                b = _timed(floor, number)
                a = _timed(ours, number)
            else:
                a = _timed(ours, number)
                b = _timed(floor, number)
            if number >= warm:
                mine.append(a)
                theirs.append(b)
    finally:
        gc.enable()
    ratios = [a / b for a, b in zip(mine, theirs, strict=True)]
    return statistics.median(mine), statistics.median(theirs), statistics.median(ratios)


def percentile(values: list[float], percent: int) -> float:
    """Return the nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _timed(job: Callable[[int], object], number: int) -> float:
    start = time.perf_counter()
    job(number)
    return time.perf_counter() - start
