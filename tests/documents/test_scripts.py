"""Names and wording in every script: covered by a font, printed, and read back."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy
import pikepdf
import pytest

from intake_app.documents.engine import ReportLabEngine
from intake_app.documents.fonts import REGULAR
from intake_app.documents.type import Letters, clean
from intake_app.domain.sheets import Paragraph
from tests.documents import samples
from tests.documents.conftest import FONTS
from tests.documents.looking import pages_of, picture_of

RESOURCES = FONTS.parent
NAMES = {
    "vietnamese": "Nguyễn Thị Đặng",
    "cyrillic": "Анна Шевчук",
    "greek": "Ελένη Παπαδοπούλου",
    "arabic": "عبد الرحمن القاضي",
    "persian": "پژمان گیلانی",
    "urdu": "ڈاکٹر ٹھاکر",
    "hebrew": "שרה כהן",
    "devanagari": "प्रिया शर्मा",
    "bengali": "শ্রীমতী চট্টোপাধ্যায়",
    "gurmukhi": "ਹਰਪ੍ਰੀਤ ਸਿੰਘ",
    "gujarati": "કૃષ્ણા પટેલ",
    "tamil": "கௌரி ஸ்ரீனிவாசன்",
    "telugu": "లక్ష్మీ రెడ్డి",
    "kannada": "ಕೃಷ್ಣ ಮೂರ್ತಿ",
    "malayalam": "ലക്ഷ്മി നായർ",
    "sinhala": "ප්‍රියන්ත ශ්‍රී",
    "thai": "สมชาย ศรีสุข",
    "lao": "ສົມສັກ ພົມມະ",
    "khmer": "សុភា ស្រីមុំ",
    "myanmar": "အောင်ဆန်း မြင့်",
    "georgian": "ნინო ბერიძე",
    "armenian": "Անահիտ Պետրոսյան",
    "ethiopic": "ሰላም ተስፋዬ",
    "korean": "김민수",
    "japanese": "やまだ タロウ",
    "chinese": "王喆 李琎",
    "traditional": "陳麗華 蕭鑫",
}


def strings_in(data: object) -> Iterator[str]:
    """Yield every text of a TOML file."""
    match data:
        case str():
            yield data
        case dict():
            for value in data.values():
                yield from strings_in(value)
        case list():
            for value in data:
                yield from strings_in(value)
        case _:
            return


FILES = [
    path.relative_to(RESOURCES)
    for folder in ("wording", "demonstration")
    for path in sorted((RESOURCES / folder).rglob("*.toml"))
]


@pytest.mark.parametrize("file", FILES, ids=map(str, FILES))
def test_a_font_has_every_character_of_what_ships(letters: Letters, file: Path) -> None:
    texts = list(strings_in(tomllib.loads((RESOURCES / file).read_text("utf-8"))))

    assert texts
    assert letters.missing("".join(texts)) == ()


@pytest.mark.parametrize("script", list(NAMES))
def test_a_name_prints_and_is_read_back(engine: ReportLabEngine, script: str) -> None:
    name = NAMES[script]

    first = pages_of(engine.draw(replace(samples.driver_card(), patient_name=name)).pdf)[0]

    assert clean(name).replace(" ", "") in first.replace(" ", "")


@pytest.mark.parametrize("script", list(NAMES))
def test_a_name_in_bold_is_darker(engine: ReportLabEngine, script: str) -> None:
    name = NAMES[script]

    def ink(text: str) -> int:
        block = samples.block("X", "", Paragraph(text))
        picture = picture_of(engine.draw(replace(samples.ordinary(), blocks=(block,))).pdf)
        return int((numpy.asarray(picture) < 128).sum())

    empty = ink(".")
    assert ink(f"**{name}**") - empty > 1.1 * (ink(name) - empty)


def test_only_the_fonts_that_are_needed_go_into_a_document(engine: ReportLabEngine) -> None:
    pdf = engine.draw(replace(samples.driver_card(), patient_name="김민수")).pdf

    with pikepdf.open(BytesIO(pdf)) as document:
        names = {str(font.BaseFont)[8:] for font in document.pages[0].Resources.Font.values()}
    assert "NotoSansKR-Regular" in names
    assert not any("SC" in name or "Arabic" in name for name in names)


def test_letters_of_arabic_are_joined(letters: Letters) -> None:
    font = letters._shelf.face("NotoSansArabic-Regular").font

    joined = font.shaped("بيت", leftwards=True).width
    apart = sum(font.shaped(letter, leftwards=True).width for letter in "بيت")

    assert joined < 0.8 * apart


def test_a_letter_and_its_dots_are_one_glyph_that_means_the_letter(letters: Letters) -> None:
    font = letters._shelf.face("NotoSansArabic-Regular").font

    glyphs = font.shaped("بيت", leftwards=True)

    assert len(glyphs.drawn) == 3
    assert [font._meant.get(ord(drawn), drawn) for drawn in glyphs.drawn] == ["ت", "ي", "ب"]


def test_a_word_wider_than_the_line_is_cut_between_letters_not_inside_them(
    letters: Letters,
) -> None:
    word = "कृष्णा" * 12

    lines = letters.lines(word, size=14, width=60)

    assert len(lines) > 3
    assert "".join(line.text for line in lines) == word
    assert max(line.width for line in lines) * 14 <= 60
    assert [line.text for line in lines if line.text[0] in "\u0943\u094d\u093e"] == []


@pytest.mark.parametrize(
    "text", ["\u200d", "\u200c \u200d", "a\u200db", "\u2066\u2069", "٣\u2069", "药\u200d药"]
)
def test_characters_that_print_nothing_do_no_harm(letters: Letters, text: str) -> None:
    lines = letters.lines(text, size=10, width=100)

    assert [run for line in lines for run in line if not run.text] == []


def test_a_document_is_the_same_whatever_was_drawn_before(engine: ReportLabEngine) -> None:
    sheet = replace(samples.driver_card(), patient_name=NAMES["arabic"])

    fresh = ReportLabEngine(FONTS).draw(sheet).pdf
    engine.draw(replace(sheet, patient_name=NAMES["urdu"]))

    assert engine.draw(sheet).pdf == fresh


def test_traditional_and_rare_letters_have_fonts_of_their_own(letters: Letters) -> None:
    lines = letters.lines("王喆麗", size=10, width=99)

    fonts = [run.font for run in lines[0]]
    assert fonts == ["NotoSansSC-Regular", "NotoSansSC-Names", "NotoSansSC-Traditional"]
    assert REGULAR not in fonts
