"""The draft translations that ship say, block by block and item by item, what the English says."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from intake_app.domain.aftercare import aftercare_sheet, compose
from intake_app.domain.before import compose_before
from intake_app.domain.countries import Country, Units
from intake_app.domain.sheets import Composition, PrintSize, SheetKind
from intake_app.domain.wording_reader import PLACEHOLDER
from intake_app.domain.wording_tree import BlockWording, ElementWording
from tests.domain import papers
from tests.domain.languages import KINDS, TRANSLATED, wording_in, words_in

BOTH = [(kind, language) for kind in KINDS for language in TRANSLATED]
IDS = [f"{kind.value}-{language}" for kind, language in BOTH]
LATIN = re.compile(r"[A-Za-z]{2,}")


def named(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def shape_of_element(element: ElementWording) -> object:
    """Return everything of an element but its words."""
    return (
        element.kind,
        element.when,
        named(element.lead),
        bool(element.lead),
        [named(cell) for cell in element.head],
        [(item.when, [named(text) for text in item.texts]) for item in element.items],
        (element.columns, element.tick, element.widths, element.writing, element.group),
    )


def shape(block: BlockWording) -> object:
    """Return everything of a block but its words."""
    return (
        (block.id, block.when, block.boxed, block.first_page),
        (block.into, block.place, block.covers, named(block.title)),
        [shape_of_element(element) for element in block.elements],
    )


@pytest.mark.parametrize(("kind", "language"), BOTH, ids=IDS)
def test_a_translation_is_built_like_the_english(kind: SheetKind, language: str) -> None:
    english = wording_in(kind, "en")

    translated = wording_in(kind, language)

    assert [shape(block) for block in translated.blocks] == [shape(b) for b in english.blocks]


@pytest.mark.parametrize(("kind", "language"), BOTH, ids=IDS)
def test_nothing_is_left_in_english(kind: SheetKind, language: str) -> None:
    english = set(wording_in(kind, "en").texts)

    same = [text for text in wording_in(kind, language).texts if text in english]

    assert [text for text in same if LATIN.search(PLACEHOLDER.sub("", text))] == (
        ["Diabetes"] if (kind, language) == (SheetKind.AFTERCARE, "es") else []
    )


@pytest.mark.parametrize(("kind", "language"), BOTH, ids=IDS)
def test_bold_words_stay_bold(kind: SheetKind, language: str) -> None:
    marks = [text.count("**") for text in wording_in(kind, language).texts]

    assert marks == [text.count("**") for text in wording_in(kind, "en").texts]


@pytest.mark.parametrize(("kind", "language"), BOTH, ids=IDS)
def test_whoever_approves_is_told_that_it_is_a_draft(kind: SheetKind, language: str) -> None:
    notes = [note for _, note in wording_in(kind, language).to_check]

    assert any("Draft translation by the makers" in note for note in notes)


def composed_in(language: str, **clinic: object) -> Composition:
    """Return the aftercare sheet of somebody to whom everything applies."""
    facts = replace(
        papers.EVERYTHING,
        words=words_in(language),
        clinic=replace(papers.CLINIC, **clinic),  # type: ignore[arg-type]
    )
    return compose(facts, wording_in(SheetKind.AFTERCARE, language))


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_sheet_to_which_everything_applies_has_no_gap(language: str) -> None:
    composition = composed_in(language)

    assert composition.blocking == ()
    assert "…" not in papers.all_text(composition)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_same_blocks_print_in_every_language(language: str) -> None:
    english = compose(papers.EVERYTHING, wording_in(SheetKind.AFTERCARE, "en"))

    assert papers.ids(composed_in(language)) == papers.ids(english)


@pytest.mark.parametrize("language", ["zh-Hans", "ar"])
def test_the_words_of_the_program_are_translated_too(language: str) -> None:
    facts = replace(papers.ORDINARY, words=words_in(language))
    wording = wording_in(SheetKind.AFTERCARE, language)
    sheet = aftercare_sheet(
        facts, wording, compose(facts, wording), size=PrintSize.NORMAL, specimen=True
    )

    said = " ".join((sheet.subtitle, sheet.foot, sheet.version_line, sheet.patient_birth_date))

    typed = ("Ruth", "Calder", "Dr", "Prairie", "Spine", "Center")
    assert [word for word in LATIN.findall(said) if word not in typed] == []


@pytest.mark.parametrize(
    ("language", "pounds", "kilograms"),
    [
        ("es", "10 libras", "4.5 kg"),
        ("zh-Hans", "10磅", "4.5公斤"),
        ("vi", "10 pound", "4.5 kg"),
        ("ar", "10 أرطال", "4.5 كغم"),
    ],
)
def test_one_stored_weight_prints_in_both_units(language: str, pounds: str, kilograms: str) -> None:
    american, metric = (
        papers.all_text(composed_in(language, units=units)) for units in (Units.US, Units.METRIC)
    )

    assert pounds in american
    assert kilograms in metric


@pytest.mark.parametrize("language", TRANSLATED)
def test_one_stored_temperature_prints_in_both_units(language: str) -> None:
    american, metric = (
        papers.said_by(composed_in(language, units=units), "R-2")
        for units in (Units.US, Units.METRIC)
    )

    assert "100.4 °F" in american
    assert "38.0 °C" in metric


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "acetaminofén (acetaminophen)"),
        ("zh-Hans", "对乙酰氨基酚（acetaminophen）"),
        ("vi", "acetaminophen"),
        ("ar", "أسيتامينوفين (acetaminophen)"),
    ],
)
def test_a_medicine_has_the_name_that_stands_on_the_box(language: str, said: str) -> None:
    assert words_in(language).say("acetaminophen") == said


@pytest.mark.parametrize("language", TRANSLATED)
def test_typed_orders_stand_as_they_were_typed(language: str) -> None:
    said = papers.said_by(composed_in(language), "A-15")

    assert "apixaban 5 mg, twice a day" in said
    assert "Dr. Ruth Calder" in said


@pytest.mark.parametrize("language", TRANSLATED)
def test_phones_and_doses_have_the_digits_of_the_box(language: str) -> None:
    said = papers.all_text(composed_in(language))

    assert papers.CLINIC.phone_night in said
    assert "3,000 mg" in papers.all_text(
        compose(
            replace(papers.ORDINARY, words=words_in(language)),
            wording_in(SheetKind.AFTERCARE, language),
        )
    )


def test_chinese_sentences_stand_without_blanks_between_them() -> None:
    facts = replace(papers.ORDINARY, words=words_in("zh-Hans"))

    said = papers.said_by(compose(facts, wording_in(SheetKind.AFTERCARE, "zh-Hans")), "A-03")

    assert "。 " not in said


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("country", [Country.US, Country.GB])
def test_the_papers_from_before_have_no_gap(language: str, country: Country) -> None:
    facts = replace(
        papers.BEFORE, words=words_in(language), clinic=replace(papers.CLINIC, country=country)
    )

    composition = compose_before(facts, wording_in(SheetKind.WHAT_TO_EXPECT, language))

    assert composition.blocking == ()
    assert "…" not in papers.all_text(composition)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_address_stands_as_on_an_envelope(language: str) -> None:
    facts = replace(papers.BEFORE, words=words_in(language))

    composition = compose_before(facts, wording_in(SheetKind.WHAT_TO_EXPECT, language))

    assert "Prairie Spine Center, 1200 Sample Avenue, Des Moines" in papers.all_text(composition)
