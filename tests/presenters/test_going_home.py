"""The aftercare sheet: reasons, preview, handing out, printing again."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import AppError, DatabaseLockedError
from intake_app.domain.procedures import DoneAtLevel, TreatedLevel
from intake_app.domain.sheets import PrintSize, SheetKind, StoredSheet
from intake_app.ui.presenters import paper_out
from intake_app.ui.presenters.going_home import PaperPresenter
from intake_app.ui.presenters.patient_page import PatientPagePresenter
from intake_app.ui.tasks import Lane
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import a_page, approve
from tests.services.desk import NURSE, RECEPTION, Desk

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def treated(desk: Desk, visit_id: str) -> str:
    """Return a visit at which T12 was treated, with an approved wording."""
    desk.fractures.set_levels(NURSE, visit_id, "T12")
    desk.forms.add_row(
        NURSE, TreatedLevel, visit_id, {"level": "T12", "done": DoneAtLevel.VERTEBROPLASTY}
    )
    desk.save(desk.case(visit_id).procedure, {"sedation": "moderate", "closure": "strips"})
    desk.visits.stamp(NURSE, visit_id, "started_at")
    approve(desk)
    return visit_id


def a_paper(page: PatientPagePresenter, kind: SheetKind = SheetKind.AFTERCARE) -> PaperPresenter:
    """Return a paper that is in view."""
    paper = PaperPresenter(page, kind)
    paper.start()
    return paper


def test_every_block_that_prints_has_its_reason(desk: Desk, treated: str) -> None:
    text = a_paper(a_page(desk, treated)).text()

    assert text.blocks
    assert all(title and reason for title, reason in text.blocks)
    assert all(title and reason for title, reason in text.left_out)
    assert not text.blocking


def test_without_a_treated_level_nothing_prints_and_the_way_there_is_shown(
    desk: Desk, visit_id: str
) -> None:
    paper = a_paper(a_page(desk, visit_id))

    assert paper.pdf is None
    assert not paper.can_print
    assert "action.take_over_plan" in {point.place for point in paper.text().blocking}


def test_what_is_missing_leads_to_its_field(desk: Desk, treated: str) -> None:
    places = {point.place for point in a_paper(a_page(desk, treated)).text().missing}

    assert {"procedure.ended_at", "procedure.follow_up_at", "safety.blood_thinner"} <= places


def test_a_blood_thinner_without_an_order_is_said_before_printing(desk: Desk, treated: str) -> None:
    desk.safety.save(NURSE, treated, {"blood_thinner": "yes"})

    text = a_paper(a_page(desk, treated)).text()

    assert "procedure.blood_thinner_restart" in {point.place for point in text.remarks}


def test_the_preview_is_the_document_that_prints(desk: Desk, treated: str) -> None:
    paper = a_paper(a_page(desk, treated))
    handed_out: list[StoredSheet] = []
    paper.handed_out.connect(handed_out.append)

    paper.record("Desk printer")

    assert handed_out[0].pdf == paper.pdf
    assert handed_out[0].printer == "Desk printer"


def test_drawing_leaves_the_database_lane_free(desk: Desk, treated: str) -> None:
    tasks = ImmediateTasks()
    page = a_page(desk, treated, tasks=tasks)
    tasks.lanes.clear()

    a_paper(page)

    assert tasks.lanes.count(Lane.WORK) == 1


def test_an_older_preview_never_overtakes_a_newer_one(desk: Desk, treated: str) -> None:
    tasks = ImmediateTasks()
    page = a_page(desk, treated, tasks=tasks)
    paper = a_paper(page)
    normal = paper.pdf
    tasks.held = True
    paper.choose_size(PrintSize.LARGE)
    paper.choose_size(PrintSize.NORMAL)

    tasks.release()
    tasks.release()

    assert paper.pdf == normal
    assert not paper.working


def test_while_a_newer_preview_is_made_nothing_can_be_printed(desk: Desk, treated: str) -> None:
    tasks = ImmediateTasks()
    page = a_page(desk, treated, tasks=tasks)
    paper = a_paper(page)
    tasks.held = True

    paper.choose_size(PrintSize.LARGE)

    assert not paper.can_print


def test_large_print_is_proposed_to_whom_it_helps(desk: Desk, treated: str) -> None:
    desk.save(desk.case(treated).patient, {"reading_needs": ("large_print",)})

    assert a_paper(a_page(desk, treated)).size is PrintSize.LARGE


def test_a_record_that_changed_since_the_preview_is_looked_at_first(
    desk: Desk, treated: str
) -> None:
    page = a_page(desk, treated)
    paper = a_paper(page)
    said: list[str] = []
    printed: list[bool] = []
    page.said.connect(said.append)
    desk.save(desk.case(treated).procedure, {"closure": "glue"})

    paper.check_fresh(lambda: printed.append(True))

    assert printed == []
    assert len(said) == 1
    assert paper.can_print


def test_a_fresh_preview_goes_on_to_print(desk: Desk, treated: str) -> None:
    paper = a_paper(a_page(desk, treated))
    printed: list[bool] = []

    paper.check_fresh(lambda: printed.append(True))

    assert printed == [True]


def test_reception_prints_no_aftercare_sheet(desk: Desk, treated: str) -> None:
    page = a_page(desk, treated, RECEPTION)
    paper = a_paper(page)
    failures: list[AppError] = []
    page.failed.connect(failures.append)

    paper.check_fresh(lambda: None)

    assert not paper.can_print
    assert [failure.code for failure in failures] == ["not_allowed"]


def test_a_file_name_says_nothing_about_the_patient(desk: Desk, treated: str) -> None:
    paper = a_paper(a_page(desk, treated))
    handed_out: list[StoredSheet] = []
    paper.handed_out.connect(handed_out.append)
    paper.record("file")

    assert paper.file_name() == f"aftercare-{handed_out[0].check_code}.pdf"


def test_what_was_handed_out_is_listed_with_its_code(desk: Desk, treated: str) -> None:
    paper = a_paper(a_page(desk, treated))

    paper.record("Desk printer")

    (stored,) = paper.sheets
    words = paper.sheet_words(stored)
    assert words.startswith(stored.check_code)
    assert "22 November 2026, 14:00" in words
    assert "2 pages" in words


def test_once_the_sheet_is_printed_it_is_still_to_be_handed_over(desk: Desk, treated: str) -> None:
    page = a_page(desk, treated)
    paper = a_paper(page)
    (before,) = page.sections()[7].missing

    paper.record("Desk printer")

    (after,) = page.sections()[7].missing
    assert before.text == "Aftercare sheet, printed"
    assert (after.text, after.place) == ("Aftercare sheet, handed over", "action.hand_over")


def test_wording_that_nobody_approved_is_a_specimen(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(NURSE, visit_id, "T12")
    desk.save(desk.case(visit_id).visit, {"planned_start": "08:00"})

    paper = a_paper(a_page(desk, visit_id, RECEPTION), SheetKind.WHAT_TO_EXPECT)

    assert paper.text().specimen
    assert paper.can_print


def test_a_second_press_while_one_paper_is_on_its_way_prints_nothing(
    desk: Desk, treated: str
) -> None:
    tasks = ImmediateTasks()
    paper = a_paper(a_page(desk, treated, tasks=tasks))
    printed: list[str] = []
    tasks.held = True

    for _ in range(2):
        paper.check_fresh(lambda: printed.append("paper"))
    offered = paper.can_print
    tasks.held = False
    tasks.release()

    assert printed == ["paper"]
    assert (offered, paper.can_print) == (False, True)


def test_a_paper_that_was_printed_is_recorded_once_the_database_is_back(
    desk: Desk, treated: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_out, "RETRY_MS", 10)
    page = a_page(desk, treated)
    paper = a_paper(page)
    hand_out, failures = desk.sheets.hand_out, [DatabaseLockedError()]

    def refuse_once(*given: Any, **named: Any) -> StoredSheet:
        if failures:
            raise failures.pop()
        return hand_out(*given, **named)

    monkeypatch.setattr(desk.sheets, "hand_out", refuse_once)

    paper.record("office")
    saved_at_once = page.is_saved()

    qtbot.waitUntil(lambda: len(paper.sheets) == 1, timeout=3000)
    assert not saved_at_once
    assert page.is_saved()
    assert paper.can_print


def test_once_a_paper_is_kept_nothing_is_being_saved_any_more(desk: Desk, treated: str) -> None:
    page = a_page(desk, treated)
    said: list[str] = []
    page.status.connect(said.append)

    a_paper(page).record("Desk printer")

    assert said == ["Saving…", "Everything is saved"]


def test_handing_out_the_same_print_twice_keeps_one_sheet(desk: Desk, treated: str) -> None:
    prepared = desk.sheets.prepare(NURSE, treated, SheetKind.AFTERCARE)
    drawn = desk.sheets.draw(prepared)

    sheets = [
        desk.sheets.hand_out(
            NURSE, prepared, drawn, printer="office", confirmed_by_eye=True, sheet_id="once"
        )
        for _ in range(2)
    ]

    assert sheets[0] == sheets[1]
    assert desk.sheets.sheets(NURSE, treated) == (sheets[0],)
