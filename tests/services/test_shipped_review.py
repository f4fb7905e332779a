"""The scored review of the English sheet in docs/ says what the program finds."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from intake_app.documents.engine import ReportLabEngine
from intake_app.domain.aftercare_facts import AftercareFacts
from intake_app.domain.review_decisions import SamplePaper, decide, settled
from intake_app.domain.review_items import REVIEW_ITEMS, may_be_released, open_musts, scores
from intake_app.domain.wording_versions import Verdict
from intake_app.domain.writing_texts import placed_sheet, placed_texts
from intake_app.services.specimens import SAMPLES
from intake_app.services.writing import check_writing
from tests.documents.conftest import FONTS
from tests.services.desk import NURSE, a_desk

REVIEW = (Path(__file__).parents[2] / "docs" / "review-aftercare-en.md").read_text("utf-8")
ROW = re.compile(
    r"^\| ((?:PEMAT|CDC|L)-\d+) \| (.+?) \| (.+?) \| (.+?) \| (program|makers) \|$", re.M
)
VERDICTS = {"yes": Verdict.YES, "no": Verdict.NO, "does not apply": Verdict.NOT_APPLICABLE}
SCORED = {row[1]: (VERDICTS[row[3]], row[4], row[5]) for row in ROW.finditer(REVIEW)}
BY_MAKERS = {handle: verdict for handle, (verdict, _, by) in SCORED.items() if by == "makers"}
TARGET_GRADE = 6.0


@cache
def samples() -> tuple[SamplePaper, ...]:
    """Return the sheets of the six sample patients, drawn and read."""
    desk = a_desk()
    engine = ReportLabEngine(FONTS)
    version = desk.wordings.versions(NURSE, "aftercare/en")[0]
    papers = desk.wordings.sample_papers(NURSE, desk.wordings.open(NURSE, version.id).text)
    return tuple(
        SamplePaper(
            name=name,
            sheet=paper.sheet,
            facts=paper.facts if isinstance(paper.facts, AftercareFacts) else None,
            pages=engine.draw(paper.sheet).pages,
            report=check_writing(placed_sheet(paper.sheet), language="en"),
        )
        for name, paper in papers.items()
    )


@cache
def verdicts() -> Mapping[str, Verdict]:
    """Return what the program decides, and what the makers said where it cannot."""
    desk = a_desk()
    version = desk.wordings.versions(NURSE, "aftercare/en")[0]
    wording = desk.wordings.open(NURSE, version.id).text.wording()
    report = check_writing(placed_texts(wording), language="en")
    return settled(decide(wording, samples(), report), BY_MAKERS)


def test_the_review_answers_every_item_once() -> None:
    assert list(SCORED) == [item.handle for item in REVIEW_ITEMS]
    assert len(ROW.findall(REVIEW)) == len(REVIEW_ITEMS)


@pytest.mark.parametrize("handle", list(SCORED))
def test_each_line_of_the_review_is_what_the_program_finds(handle: str) -> None:
    said, _, _ = SCORED[handle]

    assert verdicts()[handle] is said


def test_no_line_that_the_program_decides_is_said_to_be_the_makers_own() -> None:
    assert set(BY_MAKERS) & set(decided_alone()) == set()


def decided_alone() -> Mapping[str, Verdict]:
    desk = a_desk()
    version = desk.wordings.versions(NURSE, "aftercare/en")[0]
    wording = desk.wordings.open(NURSE, version.id).text.wording()
    report = check_writing(placed_texts(wording), language="en")
    return {name: found.verdict for name, found in decide(wording, samples(), report).items()}


def test_the_shipped_sheet_reaches_what_it_must() -> None:
    reached = scores(verdicts())

    assert open_musts(verdicts()) == ()
    assert may_be_released(verdicts())
    assert (reached.understand, reached.act) == (100, 100)
    assert reached.cdc is not None
    assert reached.cdc >= 95


def test_the_scores_in_the_review_are_those_of_its_lines() -> None:
    reached = scores(verdicts())

    assert f"| PEMAT-P, understand | {reached.understand:.1f} % |" in REVIEW
    assert f"| PEMAT-P, act | {reached.act:.1f} % |" in REVIEW
    assert f"| CDC Index | {reached.cdc:.1f} % |" in REVIEW
    assert f"| Release checklist | {reached.release:.1f} % |" in REVIEW


@pytest.mark.parametrize("number", range(len(SAMPLES)))
def test_every_sample_sheet_is_easy_to_read_and_the_review_says_how_easy(number: int) -> None:
    sample = samples()[number]
    report = sample.report

    assert report is not None
    assert report.grade is not None
    assert report.hardest is not None
    assert report.hardest <= TARGET_GRADE
    line = (
        f"| {report.words} | {report.sentences} | {report.grade:.1f} | {report.grade_running:.1f} "
        f"| {report.grade_plain:.1f} | {report.smog:.1f} | {sample.pages} |"
    )
    assert line in REVIEW
