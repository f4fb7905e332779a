import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from intake_app.documents.engine import ReportLabEngine, texts_of
from intake_app.domain.countries import Paper
from intake_app.domain.errors import CannotPrintError
from intake_app.domain.sheets import Block, Bullets, Paragraph, Sheet, SheetKind
from tests.documents import samples
from tests.documents.looking import (
    codes_in,
    letters_of,
    outside,
    overlapping,
    pages_of,
    picture_of,
)

KINDS = {
    "ordinary": samples.ordinary(),
    "everything": samples.everything(),
    "what to expect": samples.what_to_expect(),
    "driver card": samples.driver_card(),
}
EVERY_WAY = [
    pytest.param(
        samples.printed(sheet, paper=paper, large=large),
        id=f"{name}, {paper.value}, {'large' if large else 'normal'}",
    )
    for name, sheet in KINDS.items()
    for paper in Paper
    for large in (False, True)
]
SIZES = {Paper.LETTER: (612.0, 792.0), Paper.A4: (595.28, 841.89)}
WHITE = 12 * 72 / 25.4 - 0.5


def with_text(text: str) -> Sheet:
    block = Block(id="A-05", title="Rest", elements=(Paragraph(text),), reason="always")
    return replace(samples.ordinary(), blocks=(*samples.FIRST_PAGE, block))


def names_of_fonts(pdf: bytes) -> dict[str, bool]:
    """Return the fonts that pages use, and whether each is embedded."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return {
            str(font.BaseFont): "/FontFile2" in font.FontDescriptor
            if "/FontDescriptor" in font
            else False
            for page in document.pages
            for font in page.Resources.Font.values()
        }


# --- on the page --------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", EVERY_WAY)
def test_no_letter_stands_in_the_margin(engine: ReportLabEngine, sheet: Sheet) -> None:
    width, height = SIZES[sheet.paper]

    letters = letters_of(engine.draw(sheet).pdf)

    assert outside(letters, (WHITE, WHITE, width - WHITE, height - WHITE)) == []


@pytest.mark.parametrize("sheet", EVERY_WAY)
def test_no_letter_covers_another(engine: ReportLabEngine, sheet: Sheet) -> None:
    letters = letters_of(engine.draw(sheet).pdf)

    assert overlapping(letters) == []


@pytest.mark.parametrize("sheet", EVERY_WAY)
def test_every_word_is_printed(engine: ReportLabEngine, sheet: Sheet) -> None:
    words = " ".join(texts_of(sheet)).replace("**", " ").split()

    printed = "".join(pages_of(engine.draw(sheet).pdf)).replace(" ", "")

    assert [word for word in words if word not in printed] == []


_NAME_AND_CLINIC = ("Eleanor Whitfield", "Lakeside Spine Clinic")
_IDENTIFIERS = (*_NAME_AND_CLINIC, "Born 4 March 1951", "Record 000123")
NAMED_ON = {
    SheetKind.AFTERCARE: _IDENTIFIERS,
    SheetKind.WHAT_TO_EXPECT: _IDENTIFIERS,
    SheetKind.DRIVER_CARD: _NAME_AND_CLINIC,
}


@pytest.mark.parametrize("sheet", EVERY_WAY)
def test_every_page_says_who_it_is_for_and_which_page_it_is(
    engine: ReportLabEngine, sheet: Sheet
) -> None:
    drawn = engine.draw(sheet)

    pages = pages_of(drawn.pdf)

    needed = NAMED_ON[sheet.kind]
    assert len(pages) == drawn.pages
    assert [
        (number, words)
        for number, page in enumerate(pages, start=1)
        for words in (*needed, f"Page {number} of {drawn.pages}", "7K3M-Q2XD")
        if words not in page
    ] == []


@pytest.mark.parametrize("sheet", EVERY_WAY[:8])
def test_danger_signs_and_whom_to_call_stand_on_page_one(
    engine: ReportLabEngine, sheet: Sheet
) -> None:
    first = pages_of(engine.draw(sheet).pdf)[0]

    assert first.index("Call 911 right away") < first.index("Call the clinic the same day")
    assert "a drooping face or trouble speaking" in first
    assert "throwing up more than once" in first
    assert "312 555 0142" in first


@pytest.mark.parametrize("sheet", EVERY_WAY)
def test_nothing_but_the_shipped_fonts_is_used_and_all_are_embedded(
    engine: ReportLabEngine, sheet: Sheet
) -> None:
    fonts = names_of_fonts(engine.draw(sheet).pdf)

    assert fonts
    assert [name for name in fonts if "Atkinson" not in name and "Noto" not in name] == []
    assert all(fonts.values())


def test_the_body_is_14_points_and_18_in_large_print(engine: ReportLabEngine) -> None:
    sheet = with_text("hxhxhx")

    normal, large = (
        next(
            letter.top - letter.bottom
            for letter in letters_of(engine.draw(samples.printed(sheet, large=size)).pdf)
            if letter.character == "x"
            and letter.page == engine.draw(samples.printed(sheet, large=size)).pages - 1
        )
        for size in (False, True)
    )

    assert large / normal == pytest.approx(18 / 14, rel=0.01)


# --- marks --------------------------------------------------------------------------------


@pytest.mark.parametrize("threshold", [None, 128, 200], ids=["grey", "black", "black, dark print"])
@pytest.mark.parametrize("paper", list(Paper))
def test_the_check_code_can_be_scanned_from_a_print(
    engine: ReportLabEngine, paper: Paper, threshold: int | None
) -> None:
    picture = picture_of(engine.draw(samples.printed(samples.ordinary(), paper=paper)).pdf)

    read = picture.point(lambda grey: 255 * (grey > threshold)) if threshold else picture

    assert codes_in(read) == ["SI:7K3M-Q2XD"]


def test_a_sheet_without_a_code_has_no_square(engine: ReportLabEngine) -> None:
    sheet = replace(samples.ordinary(), check_code="")

    pdf = engine.draw(sheet).pdf

    assert codes_in(picture_of(pdf)) == []
    assert "Check code" not in pages_of(pdf)[0]


def test_a_specimen_says_draft_across_every_page_and_stays_readable(
    engine: ReportLabEngine,
) -> None:
    sheet = samples.ordinary()

    drawn = engine.draw(replace(sheet, specimen=True))

    pages = pages_of(drawn.pdf)
    large = [letter for letter in letters_of(drawn.pdf) if letter.top - letter.bottom > 60]
    assert {letter.page for letter in large} == set(range(drawn.pages))
    assert all("Page" in page and "DRAFT" in page.replace(" ", "") for page in pages)
    assert codes_in(picture_of(drawn.pdf)) == ["SI:7K3M-Q2XD"]


def test_an_approved_sheet_does_not_say_draft(engine: ReportLabEngine) -> None:
    assert "DRAFT" not in "".join(pages_of(engine.draw(samples.ordinary()).pdf))


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_page_of_the_demonstration_says_so(engine: ReportLabEngine, kind: str) -> None:
    pages = pages_of(engine.draw(replace(KINDS[kind], demonstration=True)).pdf)

    assert [page for page in pages if "Demonstration, not a real patient" not in page] == []


def test_the_driver_card_leaves_the_lower_half_empty(engine: ReportLabEngine) -> None:
    drawn = engine.draw(samples.driver_card())

    assert drawn.pages == 1
    assert min(letter.bottom for letter in letters_of(drawn.pdf)) > 792 / 2


def test_a_card_with_too_much_for_half_a_page_takes_the_whole_page(
    engine: ReportLabEngine,
) -> None:
    sheet = samples.driver_card()
    more = tuple(replace(block, id=f"D-{n}") for n in range(4) for block in sheet.blocks)

    drawn = engine.draw(replace(sheet, blocks=more))

    assert drawn.pages == 1
    assert min(letter.bottom for letter in letters_of(drawn.pdf)) < 792 / 2


# --- bytes --------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", EVERY_WAY)
def test_equal_sheets_give_equal_bytes(engine: ReportLabEngine, sheet: Sheet) -> None:
    assert engine.draw(sheet).pdf == engine.draw(replace(sheet)).pdf


def test_another_process_gives_the_same_bytes(engine: ReportLabEngine) -> None:
    command = (
        "import hashlib; from tests.documents import samples, conftest;"
        "from intake_app.documents.engine import ReportLabEngine;"
        "pdf = ReportLabEngine(conftest.FONTS).draw(samples.ordinary()).pdf;"
        "print(hashlib.sha256(pdf).hexdigest())"
    )

    done = [
        subprocess.run(
            [sys.executable, "-c", command], capture_output=True, encoding="utf-8", check=True
        ).stdout
        for _ in range(2)
    ]

    assert done[0] == done[1]


def test_the_file_names_the_kind_of_paper_and_never_the_patient(engine: ReportLabEngine) -> None:
    with pikepdf.open(BytesIO(engine.draw(samples.ordinary()).pdf)) as document:
        said = {key: str(value) for key, value in document.docinfo.items()}
        language = str(document.Root.Lang)

    assert said["/Title"] == "Aftercare sheet"
    assert said["/Author"] == "Lakeside Spine Clinic"
    assert language == "en"
    assert "Whitfield" not in " ".join(said.values())


def test_the_package_loads_nothing_heavy_before_the_first_sheet() -> None:
    command = (
        "import sys; import intake_app.documents.engine;"
        "print([n for n in ('reportlab', 'pikepdf', 'PIL') if n in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout.strip() == "[]"


# --- letters ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Thị Lan", "Ελένη Παπαδοπούλου", "Дмитрий Иванов", "Łucja Dvořák", "O’Brien-Nuñez"],
)
def test_names_in_other_letters_are_printed(engine: ReportLabEngine, name: str) -> None:
    page = pages_of(engine.draw(replace(samples.ordinary(), patient_name=name)).pdf)[0]

    assert name in page


@pytest.mark.parametrize("character", ["😀", "\U00012000", "\uac02", "\x07"])
def test_a_letter_no_font_has_is_named_and_nothing_is_printed(
    engine: ReportLabEngine, character: str
) -> None:
    sheet = replace(samples.ordinary(), patient_name=f"Ann {character}")

    with pytest.raises(CannotPrintError) as refused:
        engine.draw(sheet)

    (problem,) = refused.value.reasons
    assert problem.code == "no_glyph"
    assert dict(problem.values) == {"characters": character}
    assert engine.missing_characters(sheet.patient_name) == (character,)


def test_marks_that_only_steer_direction_are_left_out(engine: ReportLabEngine) -> None:
    hidden = "Ann\u200b \u202eLee\u202c"

    page = pages_of(engine.draw(replace(samples.ordinary(), patient_name=hidden)).pdf)[0]

    assert "Ann Lee" in page


# --- too much -----------------------------------------------------------------------------


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("name", ["W" * 300, "Anna " * 60], ids=["one word", "many words"])
def test_a_name_of_300_letters_is_printed_whole(
    engine: ReportLabEngine, name: str, large: bool
) -> None:
    sheet = samples.printed(replace(samples.what_to_expect(), patient_name=name), large=large)

    drawn = engine.draw(sheet)

    letters = letters_of(drawn.pdf)
    printed = "".join(pages_of(drawn.pdf)).replace(" ", "")
    assert name.replace(" ", "") in printed
    assert outside(letters, (WHITE, WHITE, 612 - WHITE, 792 - WHITE)) == []


def test_a_note_longer_than_a_page_goes_on_over_pages(engine: ReportLabEngine) -> None:
    words = [f"word{number}" for number in range(1500)]

    drawn = engine.draw(with_text(" ".join(words)))

    printed = " ".join(pages_of(drawn.pdf))
    assert drawn.pages > 3
    assert [word for word in words if word not in printed] == []
    assert overlapping(letters_of(drawn.pdf)) == []


def test_danger_signs_that_do_not_fit_page_one_keep_the_sheet_from_printing(
    engine: ReportLabEngine,
) -> None:
    signs = Bullets(items=tuple(f"sign number {number} of many" for number in range(120)))
    block = Block(
        id="R-1", title="Danger", elements=(signs,), reason="always", boxed=True, first_page=True
    )

    with pytest.raises(CannotPrintError) as refused:
        engine.draw(replace(samples.ordinary(), blocks=(block,)))

    assert [problem.code for problem in refused.value.reasons] == ["does_not_fit"]
    assert dict(refused.value.reasons[0].values) == {"block": "Danger"}
