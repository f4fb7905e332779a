"""Sheets that run from right to left, and two languages side by side: where things stand."""

from dataclasses import replace
from io import BytesIO

import numpy
import pikepdf
import pytest

from intake_app.documents.engine import ReportLabEngine
from intake_app.domain.countries import Paper
from intake_app.domain.sheets import (
    Bullets,
    Lines,
    Paragraph,
    PrintSize,
    Sheet,
    SheetWords,
    SpineFigure,
    Table,
)
from tests.documents import samples
from tests.documents.looking import (
    Letter,
    letters_of,
    outside,
    overlapping,
    pages_of,
    picture_of,
    sizes_of,
)

WIDTH = 612.0
WHITE = 12.0 / 25.4 * 72
WORDS = SheetWords(
    page="صفحة {page} من {pages}",
    born="تاريخ الميلاد: {date}",
    record="رقم السجل: {number}",
    check_code="رمز التحقق: {code}",
    draft="مسودة",
    demonstration="عرض توضيحي",
)
ARABIC = replace(
    samples.ordinary(),
    language="ar",
    words=WORDS,
    title="العناية بكم في البيت",
    subtitle="22 نوفمبر",
    foot="تعليمات عامة.",
    version_line="الإصدار 1",
    blocks=(
        samples.block("A-02", "باختصار", Paragraph("استريحوا."), boxed=True, first_page=True),
        samples.block(
            "R-1",
            "اتصلوا الآن على 911",
            Bullets(("ألم في الصدر",), lead="الرئتان"),
            boxed=True,
            first_page=True,
        ),
        samples.block("A-03", "ماذا", SpineFigure(("T12",), "الأسود إسمنت."), first_page=True),
        samples.block(
            "A-06", "متى", Table(("قيادة", "AAA"), (("دش", "BBB"), ("عمل", "CCC")), (0.5, 0.5))
        ),
        samples.block("A-29", "كلام", Lines(("الاسم هنا",))),
    ),
)
ENGLISH = (
    samples.block("A-02", "In short", Paragraph("Rest."), boxed=True, first_page=True),
    samples.block(
        "R-1",
        "Call 911 now",
        Bullets(("Chest pain",), lead="Lungs"),
        boxed=True,
        first_page=True,
    ),
    samples.block("A-03", "What", SpineFigure(("T12",), "Black is cement."), first_page=True),
    samples.block(
        "A-06", "When", Table(("Drive", "AAA"), (("Shower", "BBB"), ("Work", "CCC")), (0.5, 0.5))
    ),
    samples.block("A-29", "Words", Lines(("Name here",))),
)
BOTH = replace(ARABIC, beside=ENGLISH, beside_language="en")


def place_of(pdf: bytes, text: str) -> tuple[float, float, float]:
    """Return left and right edge and height of a text without spaces, on the first page."""
    letters = [letter for letter in letters_of(pdf) if letter.page == 0]
    wanted = text.replace(" ", "")
    spelled = "".join(letter.character for letter in letters)
    start = spelled.index(wanted)
    found: list[Letter] = letters[start : start + len(wanted)]
    return min(f.left for f in found), max(f.right for f in found), found[0].bottom


def test_lines_begin_at_the_right_margin(engine: ReportLabEngine) -> None:
    pdf = engine.draw(ARABIC).pdf

    assert place_of(pdf, "العناية")[1] == pytest.approx(WIDTH - WHITE, abs=2)
    assert place_of(pdf, "Whitfield")[1] == pytest.approx(WIDTH - WHITE, abs=2)


def test_the_page_number_and_the_square_stand_at_the_left(engine: ReportLabEngine) -> None:
    pdf = engine.draw(ARABIC).pdf

    square = picture_of(pdf, dots_per_inch=72).crop((0, 60, 100, 140))
    assert place_of(pdf, "صفحة")[1] < 150
    assert numpy.asarray(square).min() < 100


def test_the_words_of_a_name_stand_in_their_own_order(engine: ReportLabEngine) -> None:
    pdf = engine.draw(ARABIC).pdf

    assert place_of(pdf, "Eleanor")[1] < place_of(pdf, "Whitfield")[0]


def test_the_first_column_of_a_table_stands_at_the_right(engine: ReportLabEngine) -> None:
    pdf = engine.draw(ARABIC).pdf

    assert place_of(pdf, "قيادة")[0] > place_of(pdf, "AAA")[1]


def test_a_rule_to_write_on_runs_to_the_left_of_its_label(engine: ReportLabEngine) -> None:
    pdf = engine.draw(ARABIC).pdf

    left, _, bottom = place_of(pdf, "الاسم هنا")
    top = round(792 - bottom)
    rule = picture_of(pdf, dots_per_inch=72).crop((40, top - 8, int(left) - 8, top + 8))
    assert numpy.asarray(rule).min() < 160


def test_the_drawing_is_not_turned_round(engine: ReportLabEngine) -> None:
    left = place_of(engine.draw(ARABIC).pdf, "T12")[0]
    caption = place_of(engine.draw(ARABIC).pdf, "الأسود إسمنت.")[1]

    assert caption < left  # the words stand at the left of the drawing, the levels left in it


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("size", list(PrintSize))
@pytest.mark.parametrize("sheet", [ARABIC, BOTH], ids=["one", "two"])
def test_nothing_sticks_out_or_overlaps(
    engine: ReportLabEngine, sheet: Sheet, size: PrintSize, paper: Paper
) -> None:
    pdf = engine.draw(replace(sheet, size=size, paper=paper)).pdf

    letters = letters_of(pdf)
    width = WIDTH if paper is Paper.LETTER else 595.28
    # Letters of Arabic reach into each other's boxes; those of other words must not.
    latin = [letter for letter in letters if letter.character.isascii()]
    assert outside(letters, (WHITE - 1, WHITE - 1, width - WHITE + 1, 842)) == []
    assert overlapping(latin) == []


def test_a_draft_says_so_in_its_language(engine: ReportLabEngine) -> None:
    pdf = engine.draw(replace(ARABIC, specimen=True)).pdf

    assert "مسودة" in pages_of(pdf)[0].replace(" ", "")


# --- two languages --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("باختصار", "In"),
        ("اتصلوا", "Call"),
        ("ألم", "Chest"),
        ("الأسود", "Black"),
    ],
)
def test_the_same_thing_stands_beside_itself_ours_at_the_right(
    engine: ReportLabEngine, ours: str, theirs: str
) -> None:
    pdf = engine.draw(BOTH).pdf

    one, two = place_of(pdf, ours), place_of(pdf, theirs)
    assert one[0] > WIDTH / 2 > two[1]
    assert one[2] == pytest.approx(two[2], abs=8)


def test_english_beside_arabic_still_begins_at_its_left(engine: ReportLabEngine) -> None:
    pdf = engine.draw(BOTH).pdf

    assert place_of(pdf, "In short")[0] == pytest.approx(place_of(pdf, "Rest.")[0], abs=1.5)


def test_beside_a_language_that_runs_like_english_ours_stands_at_the_left(
    engine: ReportLabEngine,
) -> None:
    spanish = replace(
        samples.ordinary(),
        language="es",
        blocks=(samples.block("A-02", "En breve", Paragraph("Descanse."), first_page=True),),
        beside=(samples.block("A-02", "In short", Paragraph("Rest."), first_page=True),),
        beside_language="en",
    )

    pdf = engine.draw(spanish).pdf

    assert place_of(pdf, "Descanse.")[1] < WIDTH / 2 < place_of(pdf, "Rest.")[0]


def test_a_wide_table_says_both_in_each_cell_and_the_same_only_once(
    engine: ReportLabEngine,
) -> None:
    head, row = ("Acto", "Cuándo", "Quién"), ("a", "312 555 0142", "b")
    ours = samples.block("A-26", "T", Table(head, (row, row), (0.3, 0.4, 0.3)))
    theirs = samples.block(
        "A-26", "T", Table(("What", "When", "Who"), (("x", "312 555 0142", "y"),) * 2, (0.3,) * 3)
    )

    page = pages_of(
        engine.draw(
            replace(samples.ordinary(), blocks=(ours,), beside=(theirs,), beside_language="en")
        ).pdf
    )[0]

    assert "Acto What Cuándo When Quién Who" in page
    assert page.count("312 555 0142") == 3  # the header's, and one in each row


@pytest.mark.parametrize(("size", "least"), [(PrintSize.NORMAL, 12), (PrintSize.LARGE, 16)])
def test_emergencies_are_on_page_1_and_large_enough_to_read(
    engine: ReportLabEngine, size: PrintSize, least: float
) -> None:
    sheet = replace(samples.everything(), size=size, language="es", beside_language="en")
    sheet = replace(sheet, beside=sheet.blocks)

    pdf = engine.draw(sheet).pdf

    assert "Call 911 right away" in pages_of(pdf)[0]
    sizes = sizes_of(pdf, 0)
    assert max(sizes, key=lambda one: sizes[one]) >= least


def test_a_block_the_other_language_lacks_takes_the_width(engine: ReportLabEngine) -> None:
    sheet = replace(BOTH, beside=BOTH.beside[1:])

    page = pages_of(engine.draw(sheet).pdf)[0]

    assert "باختصار" in page
    assert "In short" not in page


def test_words_of_the_other_language_are_marked_as_such(engine: ReportLabEngine) -> None:
    with pikepdf.open(BytesIO(engine.draw(BOTH).pdf)) as document:
        languages = {
            str(thing.Lang)
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/Lang" in thing
        }
    assert languages == {"en"}
