"""Every sample patient's sheet in every language: it draws, page 1 holds the danger signs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest

from intake_app.documents.engine import ReportLabEngine
from intake_app.domain.countries import Paper
from intake_app.domain.paper import with_beside
from intake_app.domain.ports import Drawn
from intake_app.domain.sheets import PrintSize, Sheet, SheetKind
from intake_app.domain.wording_versions import Approval
from intake_app.resources import resource
from intake_app.services.papers import paper_of
from intake_app.services.specimens import SAMPLES, SPECIMEN_NURSE, sample_case, sample_size
from tests.documents.looking import pages_of
from tests.domain import papers
from tests.domain.languages import CODES, KINDS, TRANSLATED, wording_in, words_in
from tests.services.desk import shipped_questionnaire

NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
EVERY = [(sample.id, code) for sample in SAMPLES for code in CODES]
TRANSLATIONS = [(sample.id, code) for sample in SAMPLES for code in TRANSLATED]
WORD = re.compile(r"[^\W\d_]{2}")
PAGES = {PrintSize.NORMAL: 2, PrintSize.LARGE: 4}
"""What an English sheet may have (L-24), when not everything applies."""
MORE = {"en": 0, "zh-Hans": 0, "ar": 1, "es": 1, "vi": 1}
"""Pages that a language needs beyond the English; its words are longer or its letters larger."""


@cache
def engine() -> ReportLabEngine:
    return ReportLabEngine(resource("fonts"))


def sheet_of(
    sample: str,
    language: str,
    size: PrintSize,
    kind: SheetKind = SheetKind.AFTERCARE,
    *,
    approval: Approval | None = None,
) -> Sheet:
    return paper_of(
        sample_case(sample, papers.CLINIC, NOW),
        wording_in(kind, language),
        shipped_questionnaire(),
        size=size,
        approval=approval,
        nurse=SPECIMEN_NURSE.name,
        now=NOW,
    ).sheet


@cache
def drawn(sample: str, language: str, size: PrintSize) -> Drawn:
    return engine().draw(sheet_of(sample, language, size))


def lost(words: str, page: str) -> list[str]:
    """Return the words of a text that do not stand on a page; signs like °F are no words."""
    printed = "".join(page.split())
    return [word for word in words.split() if WORD.search(word) and word not in printed]


@pytest.mark.parametrize("size", list(PrintSize))
@pytest.mark.parametrize(("sample", "language"), EVERY)
def test_danger_signs_stand_on_page_one_of_every_sheet(
    sample: str, language: str, size: PrintSize
) -> None:
    sheet = sheet_of(sample, language, size)

    first = pages_of(drawn(sample, language, size).pdf)[0]

    urgent, same_day = (
        next(block for block in sheet.blocks if block.id == handle) for handle in ("R-1", "R-2")
    )
    assert lost(f"{urgent.title} {same_day.title}", first) == []
    assert [lost(text, first) for text in papers.texts_of(urgent)] == [
        [] for _ in papers.texts_of(urgent)
    ]
    assert [lost(text, first) for text in papers.texts_of(same_day)] == [
        [] for _ in papers.texts_of(same_day)
    ]


@pytest.mark.parametrize(("sample", "language"), EVERY)
def test_an_approved_sheet_in_large_print_says_who_approved_it_and_keeps_the_danger_signs(
    sample: str, language: str
) -> None:
    approval = Approval(
        approved_by="Dr. Ruth Calder",
        approved_on=date(2026, 11, 1),
        review_by=date(2027, 11, 1),
        translator="" if language == "en" else "Maria Fernanda Lopez",
    )
    sheet = sheet_of(sample, language, PrintSize.LARGE, approval=approval)

    pages = pages_of(engine().draw(sheet).pdf)

    signs = [block for block in sheet.blocks if block.id in {"R-1", "R-2"}]
    assert (
        lost(" ".join(text for block in signs for text in papers.texts_of(block)), pages[0]) == []
    )
    assert lost(f"{approval.approved_by[4:]} {approval.translator}", " ".join(pages[:2])) == []


@pytest.mark.parametrize(("sample", "language"), EVERY)
def test_a_sheet_has_no_more_pages_than_its_language_needs(sample: str, language: str) -> None:
    size = sample_size(sample)
    english = drawn(sample, "en", size).pages

    assert drawn(sample, language, size).pages <= english + MORE[language]


@pytest.mark.parametrize("language", CODES)
def test_an_ordinary_sheet_keeps_to_the_pages_that_people_read(language: str) -> None:
    pages = [drawn(SAMPLES[0].id, language, size).pages for size in PrintSize]

    assert pages <= [PAGES[size] + MORE[language] for size in PrintSize]


@pytest.mark.parametrize("size", list(PrintSize))
@pytest.mark.parametrize(("sample", "language"), TRANSLATIONS)
def test_with_english_beside_it_page_one_still_holds_every_danger_sign(
    sample: str, language: str, size: PrintSize
) -> None:
    english = paper_of(
        sample_case(sample, papers.CLINIC, NOW),
        wording_in(SheetKind.AFTERCARE, "en"),
        shipped_questionnaire(),
        size=size,
        approval=None,
        nurse=SPECIMEN_NURSE.name,
        now=NOW,
    )
    sheet = with_beside(sheet_of(sample, language, size), english.composition, "en")

    first, second, *_ = pages_of(engine().draw(sheet).pdf)

    urgent, same_day = (
        next(block for block in sheet.blocks if block.id == handle) for handle in ("R-1", "R-2")
    )
    english_urgent = next(block for block in sheet.beside if block.id == "R-1")
    assert lost(" ".join((*papers.texts_of(urgent), *papers.texts_of(same_day))), first) == []
    assert lost(" ".join(papers.texts_of(english_urgent)), second) == []


def test_of_two_long_columns_the_one_wraps_that_costs_fewer_lines() -> None:
    second = pages_of(drawn(SAMPLES[0].id, "vi", PrintSize.NORMAL).pdf)[1]

    assert "Thứ Ba, ngày 24 tháng 11, 9:00 sáng" in second.replace("\xa0", " ")


def test_chinese_sentences_beside_the_drawing_follow_each_other_without_a_blank() -> None:
    first = pages_of(drawn(SAMPLES[0].id, "zh-Hans", PrintSize.NORMAL).pdf)[0]

    assert "。这叫" in first


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_the_foot_names_the_paper_in_its_own_language(language: str, kind: SheetKind) -> None:
    english, own = (words_in(code).kind(kind) for code in ("en", language))

    assert own != english
    assert sheet_of(SAMPLES[0].id, language, PrintSize.NORMAL, kind).version_line.startswith(own)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not SheetKind.AFTERCARE])
@pytest.mark.parametrize("language", TRANSLATED)
def test_papers_from_before_have_as_many_pages_as_in_english(
    language: str, kind: SheetKind
) -> None:
    sheets = [
        replace(sheet_of(SAMPLES[0].id, code, PrintSize.NORMAL, kind), paper=Paper.LETTER)
        for code in ("en", language)
    ]

    english, translated = (engine().draw(sheet).pages for sheet in sheets)

    assert translated <= english
