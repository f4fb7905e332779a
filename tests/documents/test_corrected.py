"""A corrected sheet says on page 1 which one it replaces; a page for the file can follow."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from intake_app.documents.engine import ReportLabEngine
from intake_app.domain.sheets import Sheet
from tests.documents import samples
from tests.documents.looking import letters_of, overlapping, pages_of

NOTICE = (
    "This sheet replaces the one of November 22, 2026, 2:05 pm (7K3M-Q2XD). Throw the old one away."
)


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("sample", [samples.ordinary, samples.everything, samples.driver_card])
def test_the_first_page_names_the_sheet_it_replaces(
    engine: ReportLabEngine, sample: object, large: bool
) -> None:
    assert callable(sample)
    sheet = samples.printed(sample(), large=large)

    pages = pages_of(engine.draw(replace(sheet, notice=NOTICE)).pdf)

    assert NOTICE in " ".join(pages[0].split())
    assert NOTICE not in " ".join(" ".join(pages[1:]).split())


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_the_notice_keeps_the_danger_signs_on_page_1(engine: ReportLabEngine, large: bool) -> None:
    sheet = samples.printed(samples.everything(), large=large)

    drawn = engine.draw(replace(sheet, notice=NOTICE)).pdf

    assert "chest pain" in pages_of(drawn)[0]
    assert overlapping(letters_of(drawn)) == []


def test_a_character_of_the_notice_without_a_font_is_found(engine: ReportLabEngine) -> None:
    from intake_app.domain.errors import CannotPrintError

    with pytest.raises(CannotPrintError):
        engine.draw(replace(samples.ordinary(), notice="\ue000"))


def test_joined_documents_print_one_after_the_other(engine: ReportLabEngine) -> None:
    first, second = (engine.draw(sheet).pdf for sheet in (samples.ordinary(), one_page()))

    both = engine.join(first, second)

    assert pages_of(both) == pages_of(first) + pages_of(second)
    assert both == engine.join(first, second)


def test_the_tags_of_the_first_document_stay_true(engine: ReportLabEngine) -> None:
    first, second = (engine.draw(sheet).pdf for sheet in (samples.ordinary(), one_page()))

    with pikepdf.open(BytesIO(engine.join(first, second))) as both:
        numbered = ["/StructParents" in page.obj for page in both.pages]

    pages = len(pages_of(first))
    assert numbered == [True] * pages + [False] * len(pages_of(second))


def one_page() -> Sheet:
    return samples.driver_card()
