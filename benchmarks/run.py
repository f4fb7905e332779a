"""Measure every goal in one run: one table on the screen, ``build/bench.json`` beside it.

Each module has ``rows()``: floor and ours in alternating pairs, the median of the ratios.
``python benchmarks/run.py [NAME ...]`` runs only the modules named.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = (
    "start",
    "widgets",
    "saves",
    "search",
    "keystroke",
    "people_compared",
    "exchange",
    "messages",
    "pdf",
    "pdf_compared",
    "wording",
    "printing",
    "freeze",
    "million",
)


def main(names: list[str]) -> int:
    """Run the benchmarks; return 0 when every measured goal is met, else 1."""
    sys.path.insert(0, str(ROOT))
    rows = []
    for name in names or list(MODULES):
        sys.stderr.write(f"measuring {name} ...\n")
        rows.extend(importlib.import_module(f"benchmarks.{name}").rows())
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    print(f"{'goal':76} {'ours':>10} {'floor':>10} {'ratio':>7} {'unit':6} {'goal':>8}  met")
    for row in rows:
        unmet = "not measured" if row["ours"] is None else "-"
        met = {True: "yes", False: "NO", None: unmet}[row["met"]]
        print(
            f"{row['name'][:76]:76} {_number(row['ours']):>10} {_number(row['floor']):>10} "
            f"{_number(row['ratio']):>7} {row['unit']:6} {row['goal']:>8}  {met}"
        )
    return 1 if any(row["met"] is False for row in rows) else 0


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
