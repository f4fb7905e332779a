"""What a print service says, and what becomes of it; over answers recorded from a real one."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.domain.countries import Paper
from intake_app.domain.errors import NoPrinterError, PrintFailedError
from intake_app.domain.printing import JobState, JobStatus, PrintRequest, Trouble
from intake_app.printing.connection import Place, place_of, usual_place
from intake_app.printing.cups import CupsSpooler
from intake_app.printing.ipp import Attributes, Group, Operation, decode, first_text
from intake_app.printing.troubles import job_status, printer_trouble, reason_trouble
from tests.printing.documents import a_pdf
from tests.printing.fake_service import FakeService

DATA = Path(__file__).parent / "data"
DESK = PrintRequest(printer="desk")
NOT_FOUND = b"\x01\x01\x04\x06\x00\x00\x00\x01\x03"


def recorded(name: str) -> bytes:
    """Return what a real print service answered."""
    return (DATA / f"{name}.ipp").read_bytes()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[FakeService]:
    """Return a print service that says nothing yet."""
    with FakeService(tmp_path) as service:
        yield service


@pytest.fixture
def spooler(service: FakeService) -> CupsSpooler:
    """Return what asks that service."""
    return CupsSpooler(lambda: service.place, user="nora")


@pytest.mark.parametrize(
    ("moment", "state", "trouble"),
    [
        ("printing", JobState.PRINTING, None),
        ("printed", JobState.PRINTED, None),
        ("paper_out", JobState.WAITING, Trouble.PAPER_OUT),
        ("switched_off", JobState.WAITING, Trouble.OFF),
        ("paused", JobState.WAITING, Trouble.PAUSED),
        ("cancelled_at_printer", JobState.CANCELLED, Trouble.CANCELLED),
        ("removed", JobState.CANCELLED, Trouble.REMOVED),
    ],
)
def test_what_happened_to_a_sheet_is_known(
    service: FakeService,
    spooler: CupsSpooler,
    moment: str,
    state: JobState,
    trouble: Trouble | None,
) -> None:
    service.says(Operation.CUPS_GET_PRINTERS, recorded(f"{moment}.printers"))
    service.says(Operation.GET_JOB_ATTRIBUTES, recorded(f"{moment}.job"))

    status = spooler.status("1")

    assert (status.state, status.trouble) == (state, trouble)


def test_a_job_that_the_service_forgot_is_unknown(
    service: FakeService, spooler: CupsSpooler
) -> None:
    service.says(Operation.CUPS_GET_PRINTERS, recorded("forgotten.printers"))
    service.says(Operation.GET_JOB_ATTRIBUTES, NOT_FOUND)

    assert spooler.status("999").state is JobState.UNKNOWN
    assert spooler.status("not a number").state is JobState.UNKNOWN


def test_the_number_of_another_job_is_not_taken_for_ours(
    service: FakeService, spooler: CupsSpooler
) -> None:
    service.says(Operation.CUPS_GET_PRINTERS, recorded("printed.printers"))
    service.says(Operation.GET_JOB_ATTRIBUTES, recorded("printed.job"))
    (job,) = decode(recorded("printed.job")).of(Group.JOB)
    ours = f"2 {first_text(job, 'job-uuid')}"

    states = spooler.follow((ours, "2 urn:uuid:of-another"))

    assert [each.state for each in states.values()] == [JobState.PRINTED, JobState.UNKNOWN]


def test_many_jobs_are_asked_for_in_one_conversation(
    service: FakeService, spooler: CupsSpooler
) -> None:
    service.says(Operation.CUPS_GET_PRINTERS, recorded("printing.printers"))
    service.says(Operation.GET_JOB_ATTRIBUTES, recorded("printing.job"))

    spooler.follow(("1", "2", "3"))

    assert service.asked.count(Operation.CUPS_GET_PRINTERS) == 1
    assert service.asked.count(Operation.GET_JOB_ATTRIBUTES) == 3


def test_a_sheet_is_handed_over_without_a_word_about_the_patient(
    service: FakeService, spooler: CupsSpooler
) -> None:
    service.says(Operation.PRINT_JOB, recorded("taken.submitted"))
    service.says(Operation.GET_JOB_ATTRIBUTES, recorded("printing.job"))
    pdf = a_pdf()
    request = PrintRequest(
        printer="Front desk/2", tray="tray-2", two_sided=True, copies=3, paper=Paper.A4
    )

    ticket = spooler.submit(pdf, request)

    head, job = service.bodies[0].removesuffix(pdf), service.bodies[0].endswith(pdf)
    asked = decode(head)
    (wanted,) = asked.of(Group.JOB)
    size = {"x-dimension": (21000,), "y-dimension": (29700,)}
    assert job
    assert ticket.startswith("1 urn:uuid:")
    assert {name: value[0] for name, value in asked.operation.items()} == {
        "attributes-charset": "utf-8",
        "attributes-natural-language": "en",
        "printer-uri": "ipp://localhost/printers/Front%20desk%2F2",
        "requesting-user-name": "nora",
        "job-name": "Clinic sheet",
        "document-format": "application/pdf",
    }
    assert wanted == {
        "copies": (3,),
        "sides": ("two-sided-long-edge",),
        "media-col": ({"media-size": (size,), "media-source": ("tray-2",)},),
    }


def test_a_queue_that_takes_nothing_says_so(service: FakeService, spooler: CupsSpooler) -> None:
    service.says(Operation.PRINT_JOB, recorded("refused.submitted"))

    with pytest.raises(PrintFailedError) as refused:
        spooler.submit(a_pdf(), DESK)

    assert refused.value.values == {"trouble": "rejecting"}


@pytest.mark.parametrize(
    ("answer", "expected", "trouble"),
    [
        (NOT_FOUND, NoPrinterError, "removed"),
        (b"\x01\x01\x05\x00\x00\x00\x00\x01\x03", PrintFailedError, "other"),
        (b"\x01\x01\x00\x00\x00\x00\x00\x01\x03", PrintFailedError, "other"),
        (b"<html>no</html>", PrintFailedError, "no_service"),
    ],
    ids=["no such printer", "an error inside", "taken without a number", "no print service"],
)
def test_whatever_the_answer_nothing_is_taken_for_printed(
    service: FakeService,
    spooler: CupsSpooler,
    answer: bytes,
    expected: type[Exception],
    trouble: str,
) -> None:
    service.says(Operation.PRINT_JOB, answer)

    with pytest.raises(expected) as refused:
        spooler.submit(a_pdf(), DESK)

    assert refused.value.values == {"trouble": trouble}  # type: ignore[attr-defined]


def test_printers_say_what_keeps_them_from_printing(
    service: FakeService, spooler: CupsSpooler
) -> None:
    service.says(Operation.CUPS_GET_PRINTERS, recorded("rejecting.printers"))

    (printer,) = spooler.printers()

    assert (printer.name, printer.default, printer.two_sided) == ("desk", True, True)
    assert printer.trouble is Trouble.REJECTING
    assert printer.trays == ("auto", "main", "manual", "by-pass-tray")


def test_a_service_without_printers_is_none_to_choose_from(
    service: FakeService, spooler: CupsSpooler
) -> None:
    service.says(Operation.CUPS_GET_PRINTERS, recorded("removed.printers"))

    assert spooler.printers() == ()


def test_who_cancels_is_vouched_for_by_the_system(
    service: FakeService, spooler: CupsSpooler
) -> None:
    service.says(Operation.GET_JOB_ATTRIBUTES, recorded("paused.job"))
    service.says(Operation.CANCEL_JOB, b"\x01\x01\x00\x00\x00\x00\x00\x01\x03")

    spooler.cancel("5")

    assert service.asked[-1] is Operation.CANCEL_JOB
    assert "Authorization: PeerCred nora" in service.heads[-1]


# --- no service -------------------------------------------------------------------------------


def test_where_nobody_listens_it_is_said(tmp_path: Path) -> None:
    spooler = CupsSpooler(lambda: Place(str(tmp_path / "no.sock")))

    with pytest.raises(NoPrinterError):
        spooler.printers()
    with pytest.raises(PrintFailedError):
        spooler.submit(a_pdf(), DESK)
    with pytest.raises(PrintFailedError):
        spooler.cancel("1")
    assert spooler.status("1") == JobStatus(state=JobState.WAITING, trouble=Trouble.NO_SERVICE)


def test_a_service_that_keeps_silent_is_given_up(tmp_path: Path) -> None:
    path = str(tmp_path / "silent.sock")
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(path)
        silent.listen()
        spooler = CupsSpooler(lambda: Place(path), timeout=0.2)

        assert spooler.status("1").trouble is Trouble.NO_SERVICE


@pytest.mark.parametrize(
    ("server", "place"),
    [
        ("/run/cups/other.sock", Place("/run/cups/other.sock")),
        ("printserver", Place(host="printserver")),
        ("printserver:8631", Place(host="printserver", port=8631)),
        ("printserver:631/version=1.1", Place(host="printserver")),
        ("[::1]:8631", Place(host="::1", port=8631)),
    ],
)
def test_another_service_may_be_named(
    monkeypatch: pytest.MonkeyPatch, server: str, place: Place
) -> None:
    monkeypatch.setitem(os.environ, "CUPS_SERVER", server)

    assert place_of(server) == place
    assert usual_place() == place


# --- what it means ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reasons", "trouble"),
    [
        (("none",), None),
        (("media-low-warning", "toner-low-report"), None),
        (("media-empty-warning", "media-needed-warning"), Trouble.PAPER_OUT),
        (("media-empty",), Trouble.PAPER_OUT),
        (("media-jam-error", "media-empty-error"), Trouble.JAM),
        (("cover-open-error",), Trouble.DOOR_OPEN),
        (("marker-supply-empty-error",), Trouble.INK_OUT),
        (("toner-empty",), Trouble.INK_OUT),
        (("offline-report",), Trouble.OFF),
        (("paused", "media-empty"), Trouble.PAUSED),
        (("com.maker-unheard-of",), None),
        (("moving-to-paused",), None),
    ],
)
def test_the_gravest_reason_is_said(reasons: tuple[str, ...], trouble: Trouble | None) -> None:
    assert reason_trouble(reasons) is trouble


def test_a_stale_reason_does_not_hide_that_the_printer_is_gone() -> None:
    job: Attributes = {
        "job-state": (5,),
        "job-printer-state-message": ("The printer may not exist or is unavailable at this time.",),
    }
    printer: Attributes = {"printer-state": (4,), "printer-state-reasons": ("media-empty-warning",)}

    assert job_status(job, printer).trouble is Trouble.OFF


def test_sheets_that_were_sent_are_not_sheets_that_came_out() -> None:
    job = {"job-state": (5,), "job-media-sheets-completed": (2,)}

    assert job_status(job, {"printer-state": (4,)}).state is JobState.PRINTING


@pytest.mark.parametrize(
    ("job", "status"),
    [
        ({"job-state": (4,)}, JobStatus(state=JobState.WAITING, trouble=Trouble.HELD)),
        ({"job-state": (6,)}, JobStatus(state=JobState.WAITING, trouble=Trouble.OTHER)),
        ({"job-state": (8,)}, JobStatus(state=JobState.FAILED, trouble=Trouble.OTHER)),
        (
            {"job-state": (9,), "job-state-reasons": ("job-canceled-at-device",)},
            JobStatus(state=JobState.CANCELLED, trouble=Trouble.CANCELLED),
        ),
        ({}, JobStatus(state=JobState.UNKNOWN)),
    ],
    ids=["held", "stopped", "aborted", "completed by being cancelled", "without a state"],
)
def test_rarer_ends_of_a_job(job: Attributes, status: JobStatus) -> None:
    found = job_status(job, {"printer-state": (3,)})

    assert found == status


def test_a_printer_in_order_has_no_trouble() -> None:
    assert printer_trouble({"printer-state": (3,), "printer-state-reasons": ("none",)}) is None
    assert printer_trouble({"printer-state": (5,)}) is Trouble.PAUSED
