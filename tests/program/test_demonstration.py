"""The demonstration carries twelve patients from the front door to the paper in their hands."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.procedures import DoneAtLevel, Sedation, levels_treated
from intake_app.domain.sheets import Composition, PrintSize, SheetKind
from intake_app.domain.staff import PROGRAM
from intake_app.services.cases import Case

EVERY_BLOCK = {f"A-{number:02}" for number in range(1, 31)}
MARGIN_POINTS = 28
NUMBERS = [f"{number:02}" for number in range(1, 13)]


class Ran(NamedTuple):
    """What one run of the demonstration left behind."""

    out: Path
    printed: str
    cases: tuple[Case, ...]
    compositions: tuple[Composition, ...]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Run ``intake-app demo`` once, as a process without a display."""
    out = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "intake_app", "demo", "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    application = Application(Paths(out / "data"))
    try:
        day = application.board.today()
        lines = application.board.lines(PROGRAM, day)
        cases = tuple(application.visits.case(PROGRAM, line.visit_id) for line in lines)
        compositions = tuple(
            application.sheets.prepare(PROGRAM, line.visit_id, SheetKind.AFTERCARE).composition
            for line in lines
        )
    finally:
        application.close()
    return Ran(out, done.stdout, cases, compositions)


@cache
def _pages(path: Path) -> tuple[pypdfium2.PdfPage, ...]:
    return tuple(pypdfium2.PdfDocument(path))


def _text(path: Path) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in _pages(path))


@pytest.mark.parametrize("name", ["aftercare", "what-to-expect", "driver-card"])
@pytest.mark.parametrize("number", NUMBERS)
def test_every_patient_gets_every_paper(ran: Ran, name: str, number: str) -> None:
    assert (ran.out / f"{name}-{number}.pdf").read_bytes().startswith(b"%PDF")


def test_every_step_is_one_line(ran: Ran) -> None:
    assert len(ran.printed.splitlines()) == 1 + 12 * 4 + 1


def test_together_the_twelve_sheets_hold_every_block(ran: Ran) -> None:
    held = {block.id for composition in ran.compositions for block in composition.blocks}

    assert held >= EVERY_BLOCK | {"R-1", "R-2"}


def test_every_conditional_block_is_left_out_somewhere(ran: Ran) -> None:
    left_out = {entry[0] for composition in ran.compositions for entry in composition.left_out}

    assert left_out >= {"A-04", "A-13", "A-15", "A-17", "A-18", "A-19", "A-20", "A-21", "A-23"}


def test_both_techniques_and_one_to_four_levels_are_treated(ran: Ran) -> None:
    done = {row.done for case in ran.cases for row in levels_treated(case.treated)}
    counts = {len(levels_treated(case.treated)) for case in ran.cases}

    assert done >= {DoneAtLevel.VERTEBROPLASTY, DoneAtLevel.KYPHOPLASTY}
    assert counts == {1, 2, 3, 4}


def test_somebody_has_local_anaesthetic_only(ran: Ran) -> None:
    assert any(case.procedure.sedation is Sedation.NONE for case in ran.cases)


def test_a_blood_thinner_without_an_order_is_remarked(ran: Ran) -> None:
    remarks = {remark.code for composition in ran.compositions for remark in composition.remarks}

    assert "blood_thinner_not_ordered" in remarks


def test_two_sheets_are_in_large_print(ran: Ran) -> None:
    application = Application(Paths(ran.out / "data"))
    sizes = [application.sheets.default_size(case) for case in ran.cases]
    application.close()

    assert sizes.count(PrintSize.LARGE) == 2


@pytest.mark.parametrize("name", ["aftercare", "what-to-expect", "driver-card"])
@pytest.mark.parametrize("number", NUMBERS)
def test_no_letter_stands_outside_the_margins(ran: Ran, name: str, number: str) -> None:
    outside = [
        (page_number, char)
        for page_number, page in enumerate(_pages(ran.out / f"{name}-{number}.pdf"), start=1)
        for char in _outside(page)
    ]

    assert outside == []


def _outside(page: pypdfium2.PdfPage) -> list[str]:
    width, height = page.get_size()
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        inside = (
            left >= MARGIN_POINTS
            and bottom >= MARGIN_POINTS
            and right <= width - MARGIN_POINTS
            and top <= height - MARGIN_POINTS
        )
        if not inside and right > left:
            found.append(text.get_text_range(index, 1))
    return found


@pytest.mark.parametrize("number", NUMBERS)
def test_the_danger_signs_are_on_the_first_page(ran: Ran, number: str) -> None:
    first = _pages(ran.out / f"aftercare-{number}.pdf")[0].get_textpage().get_text_range()

    assert "Call 911 now" in first
    assert "Chest pain" in first
    assert "Call us the same day" in first


@pytest.mark.parametrize("number", NUMBERS)
def test_every_page_names_the_patient_and_its_place(ran: Ran, number: str) -> None:
    pages = _pages(ran.out / f"aftercare-{number}.pdf")
    texts = [page.get_textpage().get_text_range() for page in pages]

    missing = [
        page
        for page, text in enumerate(texts, start=1)
        if f"Page {page} of {len(pages)}" not in text or "Born" not in text
    ]
    assert missing == []


@pytest.mark.parametrize("number", NUMBERS)
def test_no_placeholder_and_no_draft_is_printed(ran: Ran, number: str) -> None:
    text = _text(ran.out / f"aftercare-{number}.pdf")

    assert "{" not in text
    assert "DRAFT" not in text
    assert "not a real patient" in text
