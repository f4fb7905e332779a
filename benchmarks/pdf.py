"""The aftercare sheet beside a raw canvas and beside a word processor; memory of 1,000 sheets."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.memory import peak_mib
from benchmarks.pairs import alternate, row
from benchmarks.raw_sheet import RawSheet
from benchmarks.sheets import LANGUAGES, sheet
from intake_app.documents.engine import ReportLabEngine
from intake_app.documents.qr import dark_runs
from intake_app.documents.type import BOLD, REGULAR
from intake_app.resources import resource

ROOT = Path(__file__).resolve().parent.parent
SLOWEST = 1.8
SLOWEST_SHAPED = 2.5
LARGEST = 1.3
PAIRS = 31
FEW, MANY = 10, 1000
ARABIC = ("RawArabic", "RawArabic-Bold")


def rows() -> list[dict[str, object]]:
    """Measure time beside both floors, and memory."""
    engine = ReportLabEngine(resource("fonts"))
    engine.draw(sheet(0, "ar"))  # reads its fonts before another claims their names
    few, many = _memory()
    return [
        _beside_canvas(engine, "en", (REGULAR, BOLD), goal=SLOWEST, name="tagged Latin sheet"),
        _beside_canvas(
            engine, "ar", _arabic(), goal=SLOWEST_SHAPED, name="tagged sheet from right to left"
        ),
        row(
            f"memory after {MANY} different sheets in five languages beside {FEW}",
            ours=many,
            floor=few,
            ratio=many / few,
            unit="MiB",
            goal=f"<= {LARGEST}",
            met=many / few <= LARGEST,
        ),
    ]


def _beside_canvas(
    engine: ReportLabEngine, language: str, fonts: tuple[str, str], *, goal: float, name: str
) -> dict[str, object]:
    """Measure a sheet as we draw it beside the same content put down letter by letter, untagged.

    The floor breaks lines by itself, joins no letters and keeps them in the order of the text.
    """
    sheets = [sheet(number, language) for number in range(PAIRS + 3)]
    pages = max(engine.draw(one).pages for one in sheets[:5])

    def ours(number: int) -> None:
        dark_runs.cache_clear()  # or the one who draws second gets the square for nothing
        engine.draw(sheets[number])

    def raw(number: int) -> None:
        dark_runs.cache_clear()
        RawSheet(sheets[number], fonts).make()

    mine, theirs, ratio = alternate(ours, raw, pairs=PAIRS)
    return row(
        f"{name}, warm, {pages} pages, beside a raw canvas",
        ours=mine * 1e3,
        floor=theirs * 1e3,
        ratio=ratio,
        unit="ms",
        goal=f"<= {goal}",
        met=ratio <= goal,
    )


def _arabic() -> tuple[str, str]:
    """Register the Arabic fonts as anybody would; return their names."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, style in zip(ARABIC, ("Regular", "Bold"), strict=True):
        path = resource("fonts") / f"NotoSansArabic-{style}.ttf"
        pdfmetrics.registerFont(TTFont(name, str(path)))
    return ARABIC


def _memory() -> tuple[float, float]:
    """Return the peak memory in MiB after few and after many sheets in a process of their own."""
    command = [sys.executable, "-m", "benchmarks.pdf", "memory"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    few, many = json.loads(done.stdout)
    return few, many


def _draw_many() -> None:
    engine = ReportLabEngine(resource("fonts"))
    peaks = []
    for number in range(MANY):
        engine.draw(sheet(number, LANGUAGES[number % len(LANGUAGES)]))
        if number + 1 in (FEW, MANY):
            peaks.append(peak_mib())
    print(json.dumps(peaks))


if __name__ == "__main__":
    _draw_many()
