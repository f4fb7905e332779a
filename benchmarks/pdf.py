"""The aftercare sheet beside a raw canvas and beside a word processor; memory of 1,000 sheets."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.memory import peak_mib
from benchmarks.pairs import alternate, row
from benchmarks.raw_sheet import RawSheet, flat_document
from intake_app.documents.engine import ReportLabEngine
from intake_app.documents.qr import dark_runs
from intake_app.documents.type import Letters
from intake_app.domain.aftercare import aftercare_sheet, compose
from intake_app.domain.sheets import PrintSize, Sheet
from intake_app.resources import resource
from tests.domain.papers import AFTERCARE, ORDINARY

ROOT = Path(__file__).resolve().parent.parent
SLOWEST = 1.5
LARGEST = 1.3
FASTER = 25
PAIRS = 31
FIRST_DAY = date(2026, 11, 22)
FEW, MANY = 10, 1000
GIVEN = ("Ana", "Björn", "Chloé", "Elif", "Gábor", "José", "Łucja", "Niamh", "Ruth", "Søren")
FAMILY = ("García", "Okafor", "Müller", "O’Brien", "Kowalska", "Haddad", "Dvořák", "Silva")


def sheet(number: int) -> Sheet:
    """Return a two-page sheet; another number gives other names, dates and code."""
    facts = replace(
        ORDINARY,
        patient=replace(
            ORDINARY.patient,
            given_name=GIVEN[number % len(GIVEN)],
            family_name=FAMILY[number % len(FAMILY)],
            record_number=f"{100000 + number}",
        ),
        visit=replace(ORDINARY.visit, day=FIRST_DAY + timedelta(days=number % 300)),
    )
    composition = compose(facts, AFTERCARE)
    return aftercare_sheet(facts, AFTERCARE, composition, size=PrintSize.NORMAL, specimen=False)


def rows() -> list[dict[str, object]]:
    """Measure time beside both floors, and memory."""
    engine = ReportLabEngine(resource("fonts"))
    Letters(resource("fonts"))
    sheets = [sheet(number) for number in range(PAIRS + 3)]
    pages = {engine.draw(one).pages for one in sheets[:5]}

    def ours(number: int) -> None:
        dark_runs.cache_clear()  # or the one who draws second gets the square for nothing
        engine.draw(sheets[number])

    def raw(number: int) -> None:
        dark_runs.cache_clear()
        RawSheet(sheets[number]).make()

    mine, theirs, ratio = alternate(ours, raw, pairs=PAIRS)
    few, many = _memory()
    return [
        row(
            f"aftercare sheet, warm, {max(pages)} pages, beside a raw canvas",
            ours=mine * 1e3,
            floor=theirs * 1e3,
            ratio=ratio,
            unit="ms",
            goal=f"<= {SLOWEST}",
            met=ratio <= SLOWEST,
        ),
        row(
            f"memory after {MANY} different sheets beside {FEW}",
            ours=many,
            floor=few,
            ratio=many / few,
            unit="MiB",
            goal=f"<= {LARGEST}",
            met=many / few <= LARGEST,
        ),
        _beside_word_processor(engine),
    ]


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
        engine.draw(sheet(number))
        if number + 1 in (FEW, MANY):
            peaks.append(peak_mib())
    print(json.dumps(peaks))


def _beside_word_processor(engine: ReportLabEngine) -> dict[str, object]:
    name, goal = "aftercare sheet beside one LibreOffice call for each", f">= {FASTER}"
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


if __name__ == "__main__":
    _draw_many()
