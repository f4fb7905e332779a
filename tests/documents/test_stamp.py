from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from intake_app.documents.engine import ReportLabEngine
from intake_app.domain.countries import Paper
from tests.documents import samples
from tests.documents.looking import codes_in, letters_of, overlapping, pages_of, picture_of
from tests.documents.test_engine import names_of_fonts

TEXT = "COPY 22 November 2026, 14:05"


@pytest.mark.parametrize("paper", list(Paper))
def test_every_page_of_a_copy_says_so_in_the_margin(engine: ReportLabEngine, paper: Paper) -> None:
    sheet = samples.printed(samples.everything(), paper=paper)
    original = engine.draw(sheet).pdf

    copy = engine.stamp_copy(original, TEXT)

    assert all(TEXT in page for page in pages_of(copy))
    assert overlapping(letters_of(copy)) == []
    added = len(letters_of(copy)) - len(letters_of(original))
    assert added == len(pages_of(original)) * len(TEXT.replace(" ", ""))


def test_the_sheet_under_the_stamp_is_unchanged(engine: ReportLabEngine) -> None:
    original = engine.draw(samples.ordinary()).pdf

    copy = engine.stamp_copy(original, TEXT)

    with pikepdf.open(BytesIO(original)) as before, pikepdf.open(BytesIO(copy)) as after:
        drawn = [page.Contents.read_bytes() for page in before.pages]
        kept = [
            [page.Contents[number].read_bytes() for number in range(len(page.Contents))]
            for page in after.pages
        ]
    assert [page for page, parts in zip(drawn, kept, strict=True) if page not in parts] == []
    assert codes_in(picture_of(copy)) == ["SI:7K3M-Q2XD"]


def test_the_same_stamp_gives_the_same_bytes(engine: ReportLabEngine) -> None:
    original = engine.draw(samples.ordinary()).pdf

    assert engine.stamp_copy(original, TEXT) == engine.stamp_copy(original, TEXT)


def test_the_font_of_the_stamp_is_embedded(engine: ReportLabEngine) -> None:
    copy = engine.stamp_copy(engine.draw(samples.ordinary()).pdf, TEXT)

    with pikepdf.open(BytesIO(copy)) as document:
        fonts = [
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
        ]
        embedded = ["/FontFile2" in font.FontDescriptor for font in fonts]
    assert embedded
    assert all(embedded)
    assert all(names_of_fonts(copy).values())


def test_a_copy_of_a_specimen_still_says_draft(engine: ReportLabEngine) -> None:
    specimen = engine.draw(replace(samples.ordinary(), specimen=True)).pdf

    pages = pages_of(engine.stamp_copy(specimen, TEXT))

    assert all("DRAFT" in page.replace(" ", "") for page in pages)
