"""Sheets on their way to a real printer, and everything that may happen to them."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.countries import Paper
from intake_app.domain.errors import NoPrinterError, PrintFailedError
from intake_app.domain.handing import CopyFor, PrintState
from intake_app.domain.printing import JobState, JobStatus, Printer, PrintRequest, Trouble
from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import Actor, Role
from tests.printing.documents import A4, LETTER, a_pdf
from tests.printing.lab import QUEUE, PrintLab

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("print_lab"),
    pytest.mark.filterwarnings("default:The print lab:UserWarning"),
]

DESK = PrintRequest(printer=QUEUE)
TRIES = 5


def stuck(lab: PrintLab) -> str:
    """Return a job that waits for paper."""
    lab.take_paper_out()
    ticket = lab.spooler.submit(a_pdf(), DESK)
    lab.wait_for(ticket, Trouble.PAPER_OUT)
    return ticket


def cancelled_at_the_printer(lab: PrintLab) -> JobStatus:
    """Cancel a job at the printer until the print service notices; return what it says then.

    CUPS asks the printer now and then; a job that ends between two questions it may call completed.
    """
    for _ in range(TRIES):
        ticket = stuck(lab)
        lab.cancel_at_the_printer()
        lab.put_paper_in()
        status = lab.wait_for(ticket, JobState.CANCELLED, JobState.PRINTED, within_s=20)
        if status.state is JobState.CANCELLED:
            return status
    raise AssertionError(f"not noticed once in {TRIES} tries")


def test_the_printers_of_this_computer_are_listed(lab: PrintLab) -> None:
    (printer,) = lab.spooler.printers()

    # What the last job ran into is said until the next one: it is no fault of the list.
    assert replace(printer, trouble=None) == Printer(
        name=QUEUE,
        place="Front desk",
        model="Printer - IPP Everywhere",
        default=True,
        trays=("auto", "main", "manual", "by-pass-tray"),
        two_sided=True,
    )


@pytest.mark.parametrize(("paper", "size"), [(Paper.LETTER, LETTER), (Paper.A4, A4)])
def test_a_sheet_arrives_whole_in_its_size_and_text_is_still_text(
    lab: PrintLab, tmp_path: Path, paper: Paper, size: tuple[float, float]
) -> None:
    request = PrintRequest(printer=QUEUE, tray="main", two_sided=True, paper=paper)

    ticket = lab.spooler.submit(a_pdf(3, size), request)
    lab.wait_for(ticket, JobState.PRINTED)

    arrived = lab.arrived[-1]
    path = tmp_path / "arrived.pdf"
    path.write_bytes(arrived.pdf)
    said = subprocess.run(
        ["pdftotext", str(path), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    document = pypdfium2.PdfDocument(arrived.pdf)
    assert len(document) == 3
    assert document[0].get_size() == pytest.approx(size, abs=1)
    assert [line for line in said.splitlines() if line] == [
        f"Page {number} of the sheet" for number in (1, 2, 3)
    ]


def test_tray_and_sides_are_those_that_were_chosen(lab: PrintLab) -> None:
    ticket = lab.spooler.submit(
        a_pdf(), PrintRequest(printer=QUEUE, tray="by-pass-tray", two_sided=True)
    )
    lab.wait_for(ticket, JobState.PRINTED)

    asked = lab.arrived[-1].asked
    assert asked["IPP_SIDES"] == "two-sided-long-edge"
    assert "media-source=by-pass-tray" in asked["IPP_MEDIA_COL"]


def test_the_printer_learns_nothing_of_the_patient(lab: PrintLab) -> None:
    ticket = lab.spooler.submit(a_pdf(), DESK)
    lab.wait_for(ticket, JobState.PRINTED)

    assert lab.arrived[-1].asked["IPP_JOB_NAME"] == "Clinic sheet"


def test_paper_out_is_said_and_the_sheet_comes_out_once_there_is_paper(lab: PrintLab) -> None:
    lab.take_paper_out()

    ticket = lab.spooler.submit(a_pdf(), DESK)
    waiting = lab.wait_for(ticket, Trouble.PAPER_OUT)
    lab.put_paper_in()

    assert waiting.state is JobState.WAITING
    assert lab.wait_for(ticket, JobState.PRINTED, within_s=20).trouble is None


def test_a_printer_that_is_switched_off_is_said_and_goes_on_when_it_is_on(lab: PrintLab) -> None:
    lab.switch_off()

    ticket = lab.spooler.submit(a_pdf(), DESK)
    waiting = lab.wait_for(ticket, Trouble.OFF)
    lab.switch_on()

    assert waiting.state is JobState.WAITING
    lab.wait_for(ticket, JobState.PRINTED, within_s=40)


def test_a_queue_that_is_paused_is_said_and_goes_on(lab: PrintLab) -> None:
    lab.run("cupsdisable", QUEUE)

    ticket = lab.spooler.submit(a_pdf(), DESK)
    lab.wait_for(ticket, Trouble.PAUSED)
    (listed,) = lab.spooler.printers()
    lab.run("cupsenable", QUEUE)

    assert listed.trouble is Trouble.PAUSED
    lab.wait_for(ticket, JobState.PRINTED, within_s=20)


def test_a_queue_that_takes_no_jobs_is_said_at_once(lab: PrintLab) -> None:
    lab.run("cupsreject", QUEUE)

    with pytest.raises(PrintFailedError) as refused:
        lab.spooler.submit(a_pdf(), DESK)

    assert refused.value.values == {"trouble": "rejecting"}
    assert lab.spooler.printers()[0].trouble is Trouble.REJECTING


def test_a_printer_that_nobody_has_is_said_at_once(lab: PrintLab) -> None:
    with pytest.raises(NoPrinterError) as refused:
        lab.spooler.submit(a_pdf(), PrintRequest(printer="no such printer"))

    assert refused.value.values == {"trouble": "removed"}


def test_a_printer_that_is_removed_takes_its_jobs_with_it(lab: PrintLab) -> None:
    ticket = stuck(lab)

    lab.run("lpadmin", "-x", QUEUE)

    assert lab.wait_for(ticket, JobState.CANCELLED).trouble is Trouble.REMOVED
    assert lab.spooler.printers() == ()


def test_a_job_cancelled_at_the_printer_is_known(lab: PrintLab) -> None:
    assert cancelled_at_the_printer(lab).trouble is Trouble.CANCELLED


def test_a_job_we_take_back_does_not_come_out(lab: PrintLab) -> None:
    ticket = stuck(lab)

    lab.spooler.cancel(ticket)

    lab.wait_for(ticket, JobState.CANCELLED)


def test_a_print_service_that_stops_is_said_and_goes_on_with_the_job(lab: PrintLab) -> None:
    lab.run("cupsdisable", QUEUE)
    ticket = lab.spooler.submit(a_pdf(), DESK)

    lab.stop_service()
    waiting = lab.spooler.status(ticket)
    with pytest.raises(NoPrinterError):
        lab.spooler.printers()
    with pytest.raises(PrintFailedError) as refused:
        lab.spooler.submit(a_pdf(), DESK)
    lab.start_service()
    lab.run("cupsenable", QUEUE)

    assert (waiting.state, waiting.trouble) == (JobState.WAITING, Trouble.NO_SERVICE)
    assert refused.value.values == {"trouble": "no_service"}
    lab.wait_for(ticket, JobState.PRINTED, within_s=20)


def test_a_print_service_that_forgot_its_jobs_does_not_know(lab: PrintLab) -> None:
    ticket = lab.spooler.submit(a_pdf(), DESK)
    lab.wait_for(ticket, JobState.PRINTED)

    lab.forget_jobs()
    lab.start_service()

    assert lab.spooler.status(ticket).state is JobState.UNKNOWN


def test_a_sheet_is_followed_from_the_database_to_the_paper_over_a_restart(
    lab: PrintLab, tmp_path: Path
) -> None:
    paths = Paths(tmp_path / "clinic")
    application = program_at(paths, lab)
    application.demonstration.create()
    nora = Actor("nora", "Nora Hill", frozenset({Role.NURSE}))
    day = application.board.today()
    visits = [line.visit_id for line in application.board.lines(nora, day)]
    papers = [application.sheets.prepare(nora, each, SheetKind.WHAT_TO_EXPECT) for each in visits]
    shown = next(each for each in papers if each.sheet is not None)
    drawn = application.sheets.draw(shown)
    stored = application.sheets.hand_out(nora, shown, drawn, printer=QUEUE, confirmed_by_eye=True)
    lab.take_paper_out()
    (job,) = application.prints.send(nora, stored, (CopyFor.PATIENT,), request=DESK)
    lab.wait_for(job.ticket, Trouble.PAPER_OUT)
    (waiting,) = application.prints.follow()
    application.close()

    restarted = program_at(paths, lab)
    lab.put_paper_in()
    lab.wait_for(job.ticket, JobState.PRINTED, within_s=20)
    (printed,) = restarted.prints.follow()
    complete = restarted.prints.set_state(stored.id).complete
    restarted.close()

    assert (waiting.state, waiting.trouble) == (PrintState.WAITING, "paper_out")
    assert (printed.state, complete) == (PrintState.PRINTED, True)
    assert len(pypdfium2.PdfDocument(lab.arrived[-1].pdf)) == stored.pages


def program_at(paths: Paths, lab: PrintLab) -> Application:
    """Return the real program over a folder, with the printer of the lab."""
    application = Application(paths)
    application.spooler = lab.spooler
    return application


def test_numbers_that_begin_anew_are_not_taken_for_an_older_job(lab: PrintLab) -> None:
    first = lab.spooler.submit(a_pdf(), DESK)
    lab.wait_for(first, JobState.PRINTED)
    lab.forget_jobs()
    lab.start_service()
    tickets = [lab.spooler.submit(a_pdf(), DESK)]
    lab.wait_for(tickets[0], JobState.PRINTED)

    number, _, uuid = tickets[0].partition(" ")
    other = f"{number} {first.partition(' ')[2]}"

    assert uuid
    assert lab.spooler.status(other).state is JobState.UNKNOWN
