"""The check code as a QR square that a scanner reads."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from intake_app.documents.page import Pen

_QUIET: Final = 4
"""White modules a scanner needs on every side."""


@lru_cache(maxsize=64)
def dark_runs(content: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Return modules on a side, and every run of dark modules as column, row, length."""
    from reportlab.graphics.barcode import qrencoder

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(content)
    code.make()
    side = int(code.getModuleCount())  # type: ignore[no-untyped-call] # no types in the library
    runs: list[tuple[int, int, int]] = []
    for row in range(side):
        start = None
        for column in range(side + 1):
            dark = column < side and code.isDark(row, column)  # type: ignore[no-untyped-call] # as above
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((start, row, column - start))
                start = None
    return side, tuple(runs)


def draw_qr(pen: Pen, content: str, *, x: float, top: float, side: float) -> None:
    """Draw the code ``side`` wide, its quiet zone included."""
    modules, runs = dark_runs(content)
    unit = side / (modules + 2 * _QUIET)
    left = pen.at(x)
    path = pen.canvas.beginPath()
    for column, row, length in runs:
        path.rect(
            left + (column + _QUIET) * unit, top - (row + 1 + _QUIET) * unit, length * unit, unit
        )
    pen.filled(path)
