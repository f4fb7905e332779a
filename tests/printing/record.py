"""Write down what a real print service answers: ``python -m tests.printing.record``.

The answers are kept in ``tests/printing/data`` for the tests that need no print service.
"""

from pathlib import Path
from unittest.mock import patch

from intake_app.domain.printing import JobState, PrintRequest, Trouble
from intake_app.printing import connection
from intake_app.printing.ipp import Answer, Group, decode
from tests.printing.documents import a_pdf
from tests.printing.lab import QUEUE, PrintLab

DATA = Path(__file__).parent / "data"
REQUEST = PrintRequest(printer=QUEUE)


class Recorder:
    """Keeps the answers of one moment under its name: printers, job, submitted."""

    def __init__(self, lab: PrintLab) -> None:
        self._lab = lab
        self._last: list[bytes] = []

    def decode(self, raw: bytes) -> Answer:
        """Read an answer, and keep it."""
        self._last.append(raw)
        return decode(raw)

    def moment(self, name: str, ticket: str) -> None:
        """Ask as the program does, and write the answers."""
        self._last.clear()
        self._lab.spooler.status(ticket)
        for raw in self._last:
            kind = "job" if list(decode(raw).of(Group.JOB)) else "printers"
            (DATA / f"{name}.{kind}.ipp").write_bytes(raw)

    def submitted(self, name: str) -> None:
        """Write the answer to a document handed over."""
        self._last.clear()
        try:
            self._lab.spooler.submit(a_pdf(), REQUEST)
        finally:
            (DATA / f"{name}.submitted.ipp").write_bytes(self._last[0])


def record(lab: PrintLab) -> None:
    """Let everything happen to a sheet that can happen to one."""
    keep = Recorder(lab)
    with patch.object(connection, "decode", keep.decode):
        keep.submitted("taken")
        lab.mend()
        ticket = lab.spooler.submit(a_pdf(), REQUEST)
        keep.moment("printing", ticket)
        lab.wait_for(ticket, JobState.PRINTED)
        keep.moment("printed", ticket)
        lab.take_paper_out()
        ticket = lab.spooler.submit(a_pdf(), REQUEST)
        lab.wait_for(ticket, Trouble.PAPER_OUT)
        keep.moment("paper_out", ticket)
        lab.cancel_at_the_printer()
        lab.put_paper_in()
        lab.wait_for(ticket, JobState.CANCELLED, within_s=20)
        keep.moment("cancelled_at_printer", ticket)
        lab.mend()
        lab.switch_off()
        ticket = lab.spooler.submit(a_pdf(), REQUEST)
        lab.wait_for(ticket, Trouble.OFF)
        keep.moment("switched_off", ticket)
        lab.mend()
        lab.run("cupsdisable", QUEUE)
        ticket = lab.spooler.submit(a_pdf(), REQUEST)
        keep.moment("paused", ticket)
        lab.run("cancel", "-a")
        lab.run("cupsenable", QUEUE)
        lab.run("cupsreject", QUEUE)
        keep_refused(keep)
        keep.moment("rejecting", ticket)
        lab.mend()
        lab.take_paper_out()
        ticket = lab.spooler.submit(a_pdf(), REQUEST)
        lab.run("lpadmin", "-x", QUEUE)
        lab.wait_for(ticket, JobState.CANCELLED)
        keep.moment("removed", ticket)
        keep.moment("forgotten", "999")
        lab.mend()


def keep_refused(keep: Recorder) -> None:
    """Write what a queue answers that takes no jobs."""
    from intake_app.domain.errors import PrintFailedError

    try:
        keep.submitted("refused")
    except PrintFailedError:
        return
    raise AssertionError("the queue took the job")


if __name__ == "__main__":
    DATA.mkdir(exist_ok=True)
    with PrintLab() as running:
        record(running)
