"""From *Print* to the print service holding the job, beside ``lp`` with the same bytes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.pairs import alternate, row
from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.handing import CopyFor
from intake_app.domain.printing import PrintRequest
from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import PROGRAM, Actor, Role
from tests.printing.lab import QUEUE, NoLabError, PrintLab

GOAL_MS = 500.0
PAIRS = 20
_NAME = "Print: compared, kept and held by the print service; floor: lp"
_NORA = Actor("nora", "Nora Hill", frozenset({Role.NURSE}))


def rows() -> list[dict[str, object]]:
    """Measure against a real print service of our own; without one there is no figure."""
    try:
        lab = PrintLab().start()
    except NoLabError as error:
        sys.stderr.write(f"no print lab here: {error}\n")
        return [_row(None, None, None)]
    with tempfile.TemporaryDirectory(prefix="bench-printing-") as folder:
        application = Application(Paths(Path(folder) / "ours"))
        application.spooler = lab.spooler
        try:
            lab.run("cupsdisable", QUEUE)
            return [_measured(application, lab)]
        finally:
            application.close()
            lab.stop()


def _measured(application: Application, lab: PrintLab) -> dict[str, object]:
    application.demonstration.create()
    day = application.board.today()
    found = (
        application.sheets.prepare(_NORA, line.visit_id, SheetKind.WHAT_TO_EXPECT)
        for line in application.board.lines(PROGRAM, day)
    )
    shown = next(each for each in found if each.sheet is not None)
    drawn = application.sheets.draw(shown)
    request = PrintRequest(printer=QUEUE)
    prints = application.prints

    def ours(_: int) -> None:
        prepared = application.sheets.prepare(_NORA, shown.visit_id, shown.kind)
        stored = application.sheets.hand_out(
            _NORA,
            prepared,
            drawn,
            printer=QUEUE,
            confirmed_by_eye=True,
            also=lambda work, sheet: prints.note_wanted(
                _NORA, work, sheet, copies=(CopyFor.PATIENT,), request=request
            ),
        )
        (job,) = prints.submit(prints.outgoing(stored.id, request))
        if not job.ticket:
            raise RuntimeError("the print service does not hold the job")

    def floor(_: int) -> None:
        command = ["lp", "-s", "-h", lab.place.path, "-d", QUEUE, "-t", "Clinic sheet"]
        subprocess.run(command, input=drawn.pdf, check=True, capture_output=True)

    mine, theirs, ratio = alternate(ours, floor, pairs=PAIRS)
    return _row(mine * 1000, theirs * 1000, ratio)


def _row(ours: float | None, floor: float | None, ratio: float | None) -> dict[str, object]:
    return row(
        _NAME,
        ours=ours,
        floor=floor,
        ratio=ratio,
        unit="ms",
        goal=f"<={GOAL_MS:.0f}",
        met=None if ours is None else ours <= GOAL_MS,
    )


if __name__ == "__main__":
    print(rows())
