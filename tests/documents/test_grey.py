"""Sheets stay readable on a printer without grey, and as a copy of a copy; black is black."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from intake_app.documents.engine import ReportLabEngine
from intake_app.domain.countries import Paper
from intake_app.domain.sheets import Sheet
from tests.documents import samples
from tests.documents.conftest import FONTS
from tests.documents.ink import (
    DOTS,
    black_and_white,
    bones_of,
    faint,
    lost_lines,
    photocopied,
    segments_of,
    wrongly_filled,
)
from tests.documents.looking import codes_in, letters_of, picture_of
from tests.documents.test_engine import EVERY_WAY

SHEETS = {
    "ordinary": samples.ordinary(),
    "everything, large": samples.printed(samples.everything(), large=True),
    "what to expect, A4": samples.printed(samples.what_to_expect(), paper=Paper.A4),
    "driver card": samples.driver_card(),
}
WAYS = {"black and white": black_and_white, "photocopied twice": photocopied}


@cache
def drawn(name: str) -> tuple[bytes, int]:
    """Return a sheet and how many pages it has."""
    made = ReportLabEngine(FONTS).draw(SHEETS[name])
    return made.pdf, made.pages


@cache
def on_paper(name: str, page: int, way: str) -> Image.Image:
    """Return a page as it comes out of a plain printer, or out of a copier."""
    return WAYS[way](picture_of(drawn(name)[0], page, dots_per_inch=DOTS))


PAGES = [
    pytest.param(name, page, way, id=f"{name}, page {page + 1}, {way}")
    for name in SHEETS
    for page in range(drawn(name)[1])
    for way in WAYS
]


@pytest.mark.parametrize(("name", "page", "way"), PAGES)
def test_every_letter_keeps_its_ink_and_its_holes(name: str, page: int, way: str) -> None:
    letters = [letter for letter in letters_of(drawn(name)[0]) if letter.page == page]

    picture = on_paper(name, page, way)

    assert letters
    assert faint(picture, letters) == []


@pytest.mark.parametrize(("name", "page", "way"), PAGES)
def test_every_rule_and_border_is_there(name: str, page: int, way: str) -> None:
    segments = segments_of(drawn(name)[0], page)

    picture = on_paper(name, page, way)

    assert segments
    assert lost_lines(picture, segments) == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", SHEETS)
def test_the_square_can_be_scanned(name: str, way: str) -> None:
    assert codes_in(on_paper(name, 0, way)) == ["SI:7K3M-Q2XD"]


@pytest.mark.parametrize("way", WAYS)
def test_treated_bones_are_black_and_the_others_white(way: str) -> None:
    pages = range(drawn("everything, large")[1])
    bones = [(page, bones_of(drawn("everything, large")[0], page)) for page in pages]
    ((page, found),) = [(page, shapes) for page, shapes in bones if shapes]

    picture = on_paper("everything, large", page, way)

    assert sorted(shape.black for shape in found)[-3:] == [False, True, True]
    assert wrongly_filled(picture, found) == []


# --- contrast -----------------------------------------------------------------------------


def contrast(grey: float) -> float:
    """Return the contrast of a grey with white paper (WCAG 2.2)."""
    light = grey / 12.92 if grey <= 0.04045 else ((grey + 0.055) / 1.055) ** 2.4
    return 1.05 / (light + 0.05)


def inks(pdf: bytes) -> Iterator[float]:
    """Yield the grey of everything painted: letters, lines, and areas that are not white."""
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            fill = stroke = 0.0
            mode = 0
            kept: list[tuple[float, float]] = []
            for step in pikepdf.parse_content_stream(page):
                name = str(step.operator)
                match name:
                    case "g":
                        fill = float(step.operands[0])
                    case "G":
                        stroke = float(step.operands[0])
                    case "rg" | "RG" | "k" | "K" | "cs" | "CS" | "sc" | "scn" | "gs" | "sh":
                        raise AssertionError(name)
                    case "q":
                        kept.append((fill, stroke))
                    case "Q":
                        fill, stroke = kept.pop()
                    case "Tr":
                        mode = int(step.operands[0])
                    case "Tj" | "TJ":
                        yield stroke if mode == 1 else fill
                    case "S" | "s":
                        yield stroke
                    case "f" | "f*":
                        yield fill
                    case "B" | "B*" | "b" | "b*":
                        yield from (stroke, 0.0 if fill == 1 else fill)


@pytest.mark.parametrize("sheet", EVERY_WAY)
def test_nothing_is_printed_in_a_grey_that_is_hard_to_see(
    engine: ReportLabEngine, sheet: Sheet
) -> None:
    pdf = engine.draw(replace(sheet, specimen=True)).pdf

    greys = set(inks(pdf))

    assert greys
    assert [grey for grey in greys if contrast(grey) < 7] == []


def test_the_words_are_pure_black(engine: ReportLabEngine) -> None:
    assert set(inks(engine.draw(samples.ordinary()).pdf)) == {0.0}
