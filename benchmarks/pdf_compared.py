"""The aftercare sheet through other engines, for the record, and through a word processor."""

from __future__ import annotations

import importlib.util
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import other_engines
from benchmarks.pairs import alternate, row
from benchmarks.raw_sheet import flat_document
from benchmarks.sheets import sheet
from intake_app.documents.engine import ReportLabEngine
from intake_app.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.domain.sheets import Sheet

FASTER = 25
PAIRS = 7
ENGINES: dict[str, tuple[str, Callable[[], Callable[[Sheet], bytes]]]] = {
    "WeasyPrint, tagged": ("weasyprint", other_engines.weasyprint),
    "fpdf2, untagged": ("fpdf", other_engines.fpdf2),
    "Typst, tagged": ("typst", other_engines.typst),
}


def rows() -> list[dict[str, object]]:
    """Measure ours and each of the others in pairs."""
    engine = ReportLabEngine(resource("fonts"))
    sheets = [sheet(number) for number in range(PAIRS + 3)]
    found = []
    for name, (module, prepared) in ENGINES.items():
        if importlib.util.find_spec(module) is None:
            found.append(_record(f"{name} (not installed)", None))
            continue
        other = prepared()

        def ours(number: int) -> None:
            engine.draw(sheets[number])

        def theirs(number: int, draw: Callable[[Sheet], bytes] = other) -> None:
            draw(sheets[number])

        found.append(_record(name, alternate(ours, theirs, pairs=PAIRS)))
    return [*found, _beside_word_processor(engine)]


def _record(name: str, measured: tuple[float, float, float] | None) -> dict[str, object]:
    mine, theirs, ratio = measured or (None, None, None)
    return row(
        f"tagged Latin sheet beside {name}, simple layout",
        ours=None if mine is None else mine * 1e3,
        floor=None if theirs is None else theirs * 1e3,
        ratio=ratio,
        unit="ms",
        goal="",
        met=None,
    )


def _beside_word_processor(engine: ReportLabEngine) -> dict[str, object]:
    name, goal = "tagged Latin sheet beside one LibreOffice call for each", f">= {FASTER}"
    program = shutil.which("soffice")
    if program is None:
        return row(
            f"{name} (not measured here)",
            ours=None,
            floor=None,
            ratio=None,
            unit="ms",
            goal=goal,
            met=None,
        )
    with tempfile.TemporaryDirectory(prefix="bench-pdf-") as folder:
        home = Path(folder)

        def convert(number: int) -> None:
            source = home / f"sheet{number}.fodt"
            source.write_text(flat_document(sheet(number)), encoding="utf-8")
            subprocess.run(
                [
                    program,
                    f"-env:UserInstallation={(home / 'profile').as_uri()}",
                    "--headless",
                    "--convert-to",
                    "pdf",
                    "--outdir",
                    str(home),
                    str(source),
                ],
                capture_output=True,
                check=True,
            )
            if not source.with_suffix(".pdf").is_file():
                raise FileNotFoundError(source.with_suffix(".pdf").name)

        convert(0)  # makes the profile
        ratios, mine, theirs = [], [], []
        for number in range(1, 6):
            one = sheet(number)
            a = time.perf_counter()
            engine.draw(one)
            b = time.perf_counter()
            convert(number)
            c = time.perf_counter()
            mine.append(b - a)
            theirs.append(c - b)
            ratios.append((c - b) / (b - a))
    ratio = statistics.median(ratios)
    return row(
        f"{name}: times faster",
        ours=statistics.median(mine) * 1e3,
        floor=statistics.median(theirs) * 1e3,
        ratio=ratio,
        unit="ms",
        goal=goal,
        met=ratio >= FASTER,
    )
