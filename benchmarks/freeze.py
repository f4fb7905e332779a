"""Size and start of the frozen folder, where ``make freeze`` has made one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.pairs import alternate, row

ROOT = Path(__file__).resolve().parent.parent
LARGEST_MIB = 140
SLOWEST = 1.15
PAIRS = 9


def rows() -> list[dict[str, object]]:
    """Measure the frozen program beside the same from source, once ``make freeze`` has run."""
    folders = sorted((ROOT / "build" / "freeze").glob("**/intake-app"))
    program = next((path for path in folders if path.is_file() and os.access(path, os.X_OK)), None)
    if program is None:
        return [
            _unmeasured("frozen folder", "MiB", f"<= {LARGEST_MIB}"),
            _unmeasured("frozen start beside source", "ms", f"<= {SLOWEST}"),
        ]
    files = (path for path in program.parent.rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in files if not path.is_symlink())
    mib = size / 2**20
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    with tempfile.TemporaryDirectory(prefix="bench-freeze-") as folder:
        arguments = ["--data", folder, "--quit-after-first-paint"]

        def frozen(_: int) -> None:
            _run([str(program), *arguments], environment)

        def source(_: int) -> None:
            _run([sys.executable, "-m", "intake_app", *arguments], environment)

        mine, theirs, ratio = alternate(frozen, source, pairs=PAIRS, warm=2)
    return [
        row(
            "frozen folder",
            ours=mib,
            floor=None,
            ratio=None,
            unit="MiB",
            goal=f"<= {LARGEST_MIB}",
            met=mib <= LARGEST_MIB,
        ),
        row(
            "frozen start to first paint beside source",
            ours=mine * 1e3,
            floor=theirs * 1e3,
            ratio=ratio,
            unit="ms",
            goal=f"<= {SLOWEST}",
            met=ratio <= SLOWEST,
        ),
    ]


def _unmeasured(name: str, unit: str, goal: str) -> dict[str, object]:
    return row(
        f"{name} (run make freeze first)",
        ours=None,
        floor=None,
        ratio=None,
        unit=unit,
        goal=goal,
        met=None,
    )


def _run(command: list[str], environment: dict[str, str]) -> None:
    start = time.monotonic_ns()
    subprocess.run(
        command,
        check=True,
        env=environment | {"T0_NS": str(start)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
