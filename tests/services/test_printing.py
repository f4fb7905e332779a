"""Sheets on their way to paper: noted first, followed, never taken for printed too early."""

from dataclasses import replace

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.errors import NotAllowedError, NotFoundError, PrintFailedError
from intake_app.domain.handing import CopyFor, PrintJob, PrintState
from intake_app.domain.printing import JobState, JobStatus, PrintRequest, Trouble
from intake_app.domain.procedures import DoneAtLevel, TreatedLevel
from intake_app.domain.sheets import SheetKind, StoredSheet
from intake_app.services.printing import PrintService
from tests.builders import TODAY
from tests.fakes_printing import DONE, NO_PAPER, WAITS
from tests.presenters.pages import approve
from tests.services import papers
from tests.services.desk import NURSE, RECEPTION, Desk, a_desk

ON_DESK = PrintRequest(printer="Desk printer", tray="main", two_sided=True)
ELSEWHERE = PrintRequest(printer="Nurses")
PATIENT = (CopyFor.PATIENT,)


@pytest.fixture
def desk() -> Desk:
    """Return the services of a clinic whose printer takes its time."""
    desk = a_desk()
    desk.spooler.now = WAITS
    return desk


@pytest.fixture
def sheet(desk: Desk) -> StoredSheet:
    """Return an aftercare sheet that was kept."""
    visit_id = desk.register()
    desk.fractures.set_levels(NURSE, visit_id, "T12")
    desk.forms.add_row(
        NURSE, TreatedLevel, visit_id, {"level": "T12", "done": DoneAtLevel.VERTEBROPLASTY}
    )
    desk.visits.stamp(NURSE, visit_id, "started_at")
    approve(desk)
    prepared = desk.sheets.prepare(NURSE, visit_id, SheetKind.AFTERCARE)
    drawn = desk.sheets.draw(prepared)
    return desk.sheets.hand_out(
        NURSE, prepared, drawn, printer="Desk printer", confirmed_by_eye=True
    )


def sent(desk: Desk, sheet: StoredSheet) -> PrintJob:
    """Send the patient's copy to the desk."""
    (job,) = desk.prints.send(NURSE, sheet, PATIENT, request=ON_DESK)
    return job


def test_a_sheet_is_printed_only_when_the_printer_says_so(desk: Desk, sheet: StoredSheet) -> None:
    before = sent(desk, sheet)
    desk.spooler.now = DONE

    (after,) = desk.prints.follow()

    assert (before.state, before.ticket) == (PrintState.WAITING, "ticket 1")
    assert after.state is PrintState.PRINTED
    assert desk.prints.set_state(sheet.id).complete
    assert desk.prints.open_jobs() == ()


def test_tray_sides_and_the_paper_of_the_clinic_go_with_it(desk: Desk, sheet: StoredSheet) -> None:
    sent(desk, sheet)

    ((pdf, request),) = desk.spooler.taken
    assert pdf == sheet.pdf
    assert (request.tray, request.two_sided, request.paper) == ("main", True, "letter")


def test_what_keeps_it_from_coming_out_is_said(desk: Desk, sheet: StoredSheet) -> None:
    sent(desk, sheet)
    desk.spooler.now = NO_PAPER

    desk.prints.follow(sheet.visit_id)

    known = desk.prints.set_state(sheet.id)
    assert not known.complete
    assert known.sentence == "Patient’s copy: Not printed yet. The printer is out of paper."


def test_a_print_is_noted_before_any_printer_knows_of_it(
    desk: Desk, sheet: StoredSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    submit = desk.spooler.submit

    def look(pdf: bytes, request: PrintRequest) -> str:
        seen.append(len(desk.prints.open_jobs()))
        return submit(pdf, request)

    monkeypatch.setattr(desk.spooler, "submit", look)

    sent(desk, sheet)

    assert seen == [1]


def test_a_print_whose_program_ended_is_asked_of_a_person(desk: Desk, sheet: StoredSheet) -> None:
    desk.prints.take(NURSE, sheet.id, PATIENT, request=ON_DESK)
    at_once = desk.prints.follow()
    desk.clock.advance(minutes=1)

    (later,) = desk.prints.follow()

    assert at_once == ()
    assert later.state is PrintState.SENT
    assert not desk.prints.set_state(sheet.id).complete


def test_after_a_restart_open_prints_are_followed_again(desk: Desk, sheet: StoredSheet) -> None:
    sent(desk, sheet)
    desk.spooler.now = DONE
    restarted = PrintService(
        desk.office, desk.spooler, filing=desk.handing_over, station=desk.prints.station
    )

    (job,) = restarted.follow()

    assert job.state is PrintState.PRINTED


def test_prints_of_another_workstation_are_left_alone(desk: Desk, sheet: StoredSheet) -> None:
    sent(desk, sheet)
    other = PrintService(desk.office, desk.spooler, filing=desk.handing_over, station="recovery")

    assert other.follow() == ()


def test_a_print_system_that_forgot_leaves_the_question_to_a_person(
    desk: Desk, sheet: StoredSheet
) -> None:
    job = sent(desk, sheet)
    desk.spooler.now = JobStatus(state=JobState.UNKNOWN)
    desk.prints.follow()
    unseen = desk.prints.set_state(sheet.id)

    desk.prints.confirm(NURSE, job.id)

    assert unseen.jobs[0].state is PrintState.SENT
    assert not unseen.complete
    seen = desk.prints.set_state(sheet.id)
    assert seen.complete
    assert seen.sentence == (
        "Patient’s copy: Printed, 2 pages. Nora Hill saw that all pages are there."
    )


def test_a_print_system_that_never_tells_asks_at_once(desk: Desk, sheet: StoredSheet) -> None:
    desk.spooler.tells = False

    job = sent(desk, sheet)

    assert job.state is PrintState.SENT
    assert "Are all pages there?" in desk.prints.set_state(sheet.id).sentence


def test_a_printer_that_takes_nothing_is_a_failure_that_is_kept(
    desk: Desk, sheet: StoredSheet
) -> None:
    desk.spooler.refuses = Trouble.REJECTING

    job = sent(desk, sheet)

    assert (job.state, job.trouble) == (PrintState.FAILED, "rejecting")
    assert not desk.prints.set_state(sheet.id).complete


def test_a_printer_that_is_gone_is_a_failure_that_is_kept(desk: Desk, sheet: StoredSheet) -> None:
    (job,) = desk.prints.send(NURSE, sheet, PATIENT, request=PrintRequest(printer="gone"))

    assert (job.state, job.trouble) == (PrintState.FAILED, "removed")


def test_cancelled_at_the_printer_is_not_printed(desk: Desk, sheet: StoredSheet) -> None:
    sent(desk, sheet)
    desk.spooler.now = JobStatus(state=JobState.CANCELLED, trouble=Trouble.CANCELLED)

    (job,) = desk.prints.follow()

    assert (job.state, job.trouble) == (PrintState.FAILED, "cancelled")
    assert not desk.prints.set_state(sheet.id).complete


def test_trying_again_elsewhere_takes_the_first_try_back(desk: Desk, sheet: StoredSheet) -> None:
    first = sent(desk, sheet)

    (second,) = desk.prints.again(NURSE, first.id, request=ELSEWHERE)

    assert desk.spooler.cancelled == [first.ticket]
    assert [request.printer for _, request in desk.spooler.taken] == ["Desk printer", "Nurses"]
    assert desk.prints.job(first.id).state is PrintState.CANCELLED
    desk.spooler.states[second.ticket] = DONE
    desk.prints.follow()
    assert desk.prints.set_state(sheet.id).complete


def test_a_print_somebody_calls_off_is_no_longer_asked_after(
    desk: Desk, sheet: StoredSheet
) -> None:
    job = sent(desk, sheet)

    cancelled = desk.prints.cancel(NURSE, job.id)

    assert cancelled.state is PrintState.CANCELLED
    assert desk.spooler.cancelled == [job.ticket]
    assert not desk.prints.set_state(sheet.id).complete


def test_calling_off_what_has_come_out_leaves_it_printed(desk: Desk, sheet: StoredSheet) -> None:
    job = sent(desk, sheet)
    desk.spooler.now = DONE

    assert desk.prints.cancel(NURSE, job.id).state is PrintState.PRINTED


def test_what_cannot_be_called_off_is_not_said_to_be(desk: Desk, sheet: StoredSheet) -> None:
    job = sent(desk, sheet)
    desk.spooler.silent = True

    with pytest.raises(PrintFailedError):
        desk.prints.cancel(NURSE, job.id)

    assert desk.prints.job(job.id).state is PrintState.WAITING


def test_a_set_is_complete_when_every_copy_is_on_paper(desk: Desk, sheet: StoredSheet) -> None:
    copies = (CopyFor.PATIENT, CopyFor.CARER, CopyFor.FILE)
    jobs = desk.prints.send(NURSE, sheet, copies, request=ON_DESK)
    desk.spooler.states = {job.ticket: DONE for job in jobs[:2]}
    desk.prints.follow()
    two = desk.prints.set_state(sheet.id)

    desk.prints.cancel(NURSE, jobs[2].id)

    assert two.missing == (CopyFor.FILE,)
    assert desk.prints.set_state(sheet.id).complete


def test_a_page_that_is_missing_makes_the_copy_not_printed(desk: Desk, sheet: StoredSheet) -> None:
    desk.spooler.now = DONE
    job = sent(desk, sheet)
    desk.prints.follow()

    missing = desk.prints.say_missing(NURSE, job.id)

    assert (missing.state, missing.trouble) == (PrintState.FAILED, "page_missing")
    assert not desk.prints.set_state(sheet.id).complete


def test_a_copy_carries_its_words_in_the_margin_every_time(desk: Desk, sheet: StoredSheet) -> None:
    outgoing = desk.prints.take(NURSE, sheet.id, PATIENT, request=ON_DESK, mark_copy=True)
    (job,) = desk.prints.keep(desk.prints.submit(outgoing))

    desk.prints.again(NURSE, job.id, request=ELSEWHERE)

    assert job.stamp == "COPY 22 November 2026, 14:00"
    assert [pdf.endswith(job.stamp.encode()) for pdf in desk.spooler.printed] == [True, True]


def test_a_copy_stands_in_the_history_as_one(desk: Desk, sheet: StoredSheet) -> None:
    (outgoing,) = desk.prints.take(NURSE, sheet.id, PATIENT, request=ON_DESK, mark_copy=True)

    patient_id = desk.case(sheet.visit_id).patient.id
    latest = desk.patients.history(NURSE, patient_id)[0]
    assert (latest.deed, latest.record_id) == (Deed.COPIED, outgoing.job.id)


def test_bytes_that_are_not_those_that_were_kept_are_not_printed(
    desk: Desk, sheet: StoredSheet
) -> None:
    with desk.work as work:
        work.records(StoredSheet).update(replace(sheet, pdf=b"another"))
        work.commit()

    with pytest.raises(NotFoundError):
        sent(desk, sheet)

    assert desk.spooler.taken == []


def test_who_may_not_print_the_sheet_prints_no_copy_of_it(desk: Desk, sheet: StoredSheet) -> None:
    with pytest.raises(NotAllowedError):
        desk.prints.send(RECEPTION, sheet, PATIENT, request=ON_DESK)

    assert desk.spooler.taken == []


def test_asking_without_news_writes_nothing(desk: Desk, sheet: StoredSheet) -> None:
    sent(desk, sheet)
    commits = desk.work.commits

    desk.prints.follow()
    desk.prints.follow()

    assert desk.work.commits == commits


def test_what_a_person_said_stays_when_the_printer_answers_late(
    desk: Desk, sheet: StoredSheet
) -> None:
    job = sent(desk, sheet)
    late = desk.prints.ask((job,))
    desk.prints.say_missing(NURSE, job.id)

    desk.prints.keep([replace(each, state=PrintState.PRINTED) for each in late])

    assert desk.prints.job(job.id).state is PrintState.FAILED


def test_every_deed_is_in_the_trail(desk: Desk, sheet: StoredSheet) -> None:
    job = sent(desk, sheet)
    desk.prints.cancel(NURSE, job.id)
    patient_id = desk.case(sheet.visit_id).patient.id
    with desk.work as work:
        lines = work.trail_of(patient_id)

    about = [(entry.deed, entry.record_id) for entry in lines if entry.table == "print_job"]
    assert about == [(Deed.CHANGED, job.id), (Deed.PRINTED, job.id)]


def test_the_board_shows_that_a_sheet_is_not_printed(desk: Desk, sheet: StoredSheet) -> None:
    desk.save(desk.case(sheet.visit_id).visit, {"day": TODAY})
    sent(desk, sheet)
    (waiting,) = desk.board.lines(NURSE, TODAY)
    desk.spooler.now = DONE
    desk.prints.follow()

    (printed,) = desk.board.lines(NURSE, TODAY)

    assert (waiting.unprinted, printed.unprinted) == (True, False)


def test_a_sheet_that_another_one_follows_is_not_waited_for(desk: Desk, sheet: StoredSheet) -> None:
    desk.save(desk.case(sheet.visit_id).visit, {"day": TODAY})
    job = sent(desk, sheet)
    desk.prints.say_missing(NURSE, job.id)
    desk.spooler.now = DONE

    sent(desk, papers.printed(desk, sheet.visit_id))
    desk.prints.follow()

    (line,) = desk.board.lines(NURSE, TODAY)
    assert not line.unprinted


def test_a_copy_that_does_not_come_out_leaves_the_sheet_printed(
    desk: Desk, sheet: StoredSheet
) -> None:
    sent(desk, sheet)
    desk.spooler.now = DONE
    desk.prints.follow()
    desk.spooler.now = NO_PAPER

    desk.prints.submit(desk.prints.take(NURSE, sheet.id, PATIENT, request=ON_DESK, mark_copy=True))

    assert desk.prints.set_state(sheet.id).complete
