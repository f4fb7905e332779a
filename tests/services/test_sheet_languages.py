"""In which language a sheet prints: approved in the patient's, else English and an interpreter."""

from __future__ import annotations

import pytest

from intake_app.domain.patients import Language
from intake_app.domain.sheets import PrintSize, SheetKind
from intake_app.services.sheets import Prepared
from tests.services.desk import NURSE, Desk
from tests.services.languages import a_desk_with_languages, a_reader
from tests.services.papers import make_demonstration, printed

AFTERCARE = SheetKind.AFTERCARE
INTERPRETER = "Ask us for an interpreter. It is free."


@pytest.fixture
def desk() -> Desk:
    """Return a desk at whose clinic every translation may be approved."""
    return a_desk_with_languages()


def remarks(prepared: Prepared) -> list[str]:
    return [problem.code for problem in prepared.composition.remarks]


def foot(prepared: Prepared) -> str:
    assert prepared.sheet is not None
    return prepared.sheet.foot


def test_a_sheet_is_in_the_patients_language_when_its_wording_is_approved(desk: Desk) -> None:
    visit_id = a_reader(desk, Language.SPANISH, "en", "es")

    prepared = desk.sheets.prepare(NURSE, visit_id, AFTERCARE)

    assert prepared.sheet is not None
    assert (prepared.language, prepared.sheet.language) == ("es", "es")
    assert not prepared.specimen
    assert prepared.sheet.title == "Sus cuidados en casa"
    assert "traducción revisada por Tara Novak" in prepared.sheet.version_line


@pytest.mark.parametrize(
    "language",
    [Language.SPANISH, Language.CHINESE, Language.VIETNAMESE, Language.ARABIC],
)
def test_a_draft_translation_never_prints(desk: Desk, language: Language) -> None:
    visit_id = a_reader(desk, language, "en")

    prepared = desk.sheets.prepare(NURSE, visit_id, AFTERCARE)

    assert prepared.language == "en"
    assert "no_wording_in_language" in remarks(prepared)
    assert INTERPRETER in foot(prepared)


def test_not_even_when_it_is_asked_for(desk: Desk) -> None:
    visit_id = a_reader(desk, Language.ENGLISH, "en")

    prepared = desk.sheets.prepare(NURSE, visit_id, AFTERCARE, language="ar")

    assert prepared.language == "en"


@pytest.mark.parametrize("language", [Language.KOREAN, Language.OTHER])
def test_a_reader_of_another_language_gets_english_and_the_way_to_an_interpreter(
    desk: Desk, language: Language
) -> None:
    visit_id = a_reader(desk, language, "en", "es")

    prepared = desk.sheets.prepare(NURSE, visit_id, AFTERCARE)

    assert prepared.language == "en"
    assert INTERPRETER in foot(prepared)


def test_whoever_reads_english_is_not_sent_to_an_interpreter(desk: Desk) -> None:
    visit_id = a_reader(desk, Language.ENGLISH, "en")

    prepared = desk.sheets.prepare(NURSE, visit_id, AFTERCARE)

    assert INTERPRETER not in foot(prepared)
    assert "no_wording_in_language" not in remarks(prepared)


def test_english_may_be_chosen_and_the_remark_says_that_it_was(desk: Desk) -> None:
    visit_id = a_reader(desk, Language.SPANISH, "en", "es")

    prepared = desk.sheets.prepare(NURSE, visit_id, AFTERCARE, language="en")

    assert prepared.language == "en"
    assert "language_chosen" in remarks(prepared)
    assert INTERPRETER in foot(prepared)


def test_only_languages_that_print_are_offered(desk: Desk) -> None:
    visit_id = a_reader(desk, Language.ENGLISH, "en", "vi")

    assert desk.sheets.prepare(NURSE, visit_id, AFTERCARE).languages == ("en", "vi")


def test_english_stands_beside_a_translation_block_for_block(desk: Desk) -> None:
    visit_id = a_reader(desk, Language.SPANISH, "en", "es")

    sheet = desk.sheets.prepare(NURSE, visit_id, AFTERCARE, beside=True).sheet

    assert sheet is not None
    assert sheet.beside_language == "en"
    assert [block.id for block in sheet.beside] == [block.id for block in sheet.blocks]
    assert sheet.beside != sheet.blocks


def test_english_that_nobody_approved_does_not_stand_beside(desk: Desk) -> None:
    visit_id = a_reader(desk, Language.SPANISH, "es")

    prepared = desk.sheets.prepare(NURSE, visit_id, AFTERCARE, beside=True)

    assert prepared.sheet is not None
    assert prepared.sheet.beside == ()
    assert "no_english_beside" in remarks(prepared)


def test_large_print_has_no_english_beside_it(desk: Desk) -> None:
    visit_id = a_reader(desk, Language.SPANISH, "en", "es")

    prepared = desk.sheets.prepare(NURSE, visit_id, AFTERCARE, size=PrintSize.LARGE, beside=True)

    assert prepared.sheet is not None
    assert prepared.sheet.beside == ()
    assert "no_english_beside_large" in remarks(prepared)


def test_with_english_beside_it_a_sheet_has_another_check_code(desk: Desk) -> None:
    visit_id = a_reader(desk, Language.SPANISH, "en", "es")

    alone = desk.sheets.prepare(NURSE, visit_id, AFTERCARE).sheet
    both = desk.sheets.prepare(NURSE, visit_id, AFTERCARE, beside=True).sheet

    assert alone is not None
    assert both is not None
    assert alone.check_code != both.check_code


def test_what_is_kept_names_the_language_and_every_wording(desk: Desk) -> None:
    visit_id = a_reader(desk, Language.SPANISH, "en", "es")

    stored = printed(desk, visit_id, beside=True)

    first, second = stored.wording_version.split(" + ")
    assert stored.language == "es"
    assert (first.split()[0], second.split()[0]) == ("aftercare/es", "aftercare/en")


def test_a_translation_replaces_nothing_while_the_facts_are_the_same(desk: Desk) -> None:
    visit_id = a_reader(desk, Language.SPANISH, "en", "es")
    printed(desk, visit_id)

    english = desk.sheets.prepare(NURSE, visit_id, AFTERCARE, language="en")

    assert english.replaces == ""


def test_whoever_hands_out_a_translation_reads_its_titles_in_english(desk: Desk) -> None:
    visit_id = a_reader(desk, Language.ARABIC, "en", "ar")

    prepared = desk.sheets.prepare(NURSE, visit_id, AFTERCARE)

    assert prepared.in_english is not None
    assert "Pain" in [block.title for block in prepared.in_english.blocks]


def test_what_was_typed_by_hand_is_named_on_a_translation(desk: Desk) -> None:
    visit_id = a_reader(desk, Language.SPANISH, "en", "es")
    desk.save(desk.case(visit_id).procedure, {"nurse_note": "Your son has the dressings"})

    prepared = desk.sheets.prepare(NURSE, visit_id, AFTERCARE)

    assert "typed_as_it_is" in remarks(prepared)


def test_the_demonstration_shows_drafts_as_drafts_when_asked(desk: Desk) -> None:
    make_demonstration(desk)
    visit_id = a_reader(desk, Language.CHINESE, "en")

    prepared = desk.sheets.prepare(NURSE, visit_id, AFTERCARE, language="zh-Hans")

    assert prepared.language == "zh-Hans"
    assert prepared.specimen


def test_the_demonstration_prints_no_draft_by_itself(desk: Desk) -> None:
    make_demonstration(desk)
    visit_id = a_reader(desk, Language.CHINESE, "en")

    prepared = desk.sheets.prepare(NURSE, visit_id, AFTERCARE)

    assert (prepared.language, prepared.specimen) == ("en", False)
    assert "no_wording_in_language" in remarks(prepared)


def test_the_drivers_card_is_in_english_whatever_the_patient_reads(desk: Desk) -> None:
    desk.approve(SheetKind.DRIVER_CARD)
    desk.approve(SheetKind.DRIVER_CARD, language="es")
    visit_id = a_reader(desk, Language.SPANISH)

    prepared = desk.sheets.prepare(NURSE, visit_id, SheetKind.DRIVER_CARD)

    assert prepared.language == "en"
    assert INTERPRETER not in foot(prepared)


@pytest.mark.parametrize("kind", [SheetKind.DISCHARGE_LETTER, SheetKind.BONE_LETTER])
def test_letters_to_clinicians_are_offered_in_english_alone(desk: Desk, kind: SheetKind) -> None:
    visit_id = a_reader(desk, Language.SPANISH, "en", "es")

    assert desk.sheets.prepare(NURSE, visit_id, kind).languages == ("en",)
