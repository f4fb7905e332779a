"""The wording that ships, for an ordinary patient and for one to whom everything applies."""

from dataclasses import replace

import pytest

from intake_app.documents.engine import ReportLabEngine, texts_of
from intake_app.domain.aftercare import AftercareFacts, aftercare_sheet
from intake_app.domain.countries import Paper
from intake_app.domain.sheets import PrintSize, Sheet
from tests.documents.looking import letters_of, outside, overlapping, pages_of, sizes_of
from tests.documents.test_engine import SIZES, WHITE
from tests.domain import papers

FACTS = {"ordinary": papers.ORDINARY, "everything": papers.EVERYTHING}
WAYS = [(who, paper, size) for who in FACTS for paper in Paper for size in PrintSize]
AT_MOST = {
    ("ordinary", PrintSize.NORMAL): 2,
    ("everything", PrintSize.NORMAL): 3,
    ("ordinary", PrintSize.LARGE): 4,
    ("everything", PrintSize.LARGE): 6,
}


def shipped(facts: AftercareFacts, paper: Paper, size: PrintSize) -> Sheet:
    on_paper = replace(facts, clinic=replace(facts.clinic, paper=paper))
    return aftercare_sheet(
        on_paper, papers.AFTERCARE, papers.composed(on_paper), size=size, specimen=False
    )


@pytest.mark.parametrize(("who", "paper", "size"), WAYS)
def test_it_fits_the_pages_it_may_have(
    engine: ReportLabEngine, who: str, paper: Paper, size: PrintSize
) -> None:
    drawn = engine.draw(shipped(FACTS[who], paper, size))

    assert drawn.pages <= AT_MOST[who, size]


@pytest.mark.parametrize(("who", "paper", "size"), WAYS)
def test_no_word_is_lost_and_none_covers_another(
    engine: ReportLabEngine, who: str, paper: Paper, size: PrintSize
) -> None:
    sheet = shipped(FACTS[who], paper, size)
    width, height = SIZES[paper]

    pdf = engine.draw(sheet).pdf

    letters = letters_of(pdf)
    printed = "".join(pages_of(pdf)).replace(" ", "")
    words = " ".join(texts_of(sheet)).replace("**", " ").split()
    assert [word for word in words if word not in printed] == []
    assert outside(letters, (WHITE, WHITE, width - WHITE, height - WHITE)) == []
    assert overlapping(letters) == []


@pytest.mark.parametrize(("who", "paper", "size"), WAYS)
def test_danger_signs_and_phones_stand_on_page_one(
    engine: ReportLabEngine, who: str, paper: Paper, size: PrintSize
) -> None:
    sheet = shipped(FACTS[who], paper, size)

    first = pages_of(engine.draw(sheet).pdf)[0]

    urgent = next(block for block in sheet.blocks if block.id == "R-1")
    same_day = next(block for block in sheet.blocks if block.id == "R-2")
    assert first.index(urgent.title) < first.index(same_day.title)
    assert papers.CLINIC.phone_day in first
    assert papers.CLINIC.phone_night in first


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize(
    ("size", "body", "first_page_body"), [(PrintSize.NORMAL, 14, 14), (PrintSize.LARGE, 18, 16)]
)
def test_the_body_has_the_size_that_was_asked_for(
    engine: ReportLabEngine, paper: Paper, size: PrintSize, body: float, first_page_body: float
) -> None:
    pdf = engine.draw(shipped(papers.ORDINARY, paper, size)).pdf

    first, second = sizes_of(pdf, 0), sizes_of(pdf, 1)

    assert max(first, key=lambda one: first[one]) >= first_page_body
    assert max(second, key=lambda one: second[one]) == body
    assert min((*first, *second)) >= 10
