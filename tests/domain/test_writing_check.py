"""The writer's helper: what it remarks on, what it leaves alone, and what it says to do."""

import ast
import string
from pathlib import Path

import pytest

import intake_app.domain
from intake_app.domain.aftercare import aftercare_sheet
from intake_app.domain.sentences_writing import BANDS, REMARKS, band_sentence, remark_sentence
from intake_app.domain.sheets import PrintSize
from intake_app.domain.wording import read_wording
from intake_app.domain.writing_check import (
    Placed,
    Remark,
    TextKind,
    WritingReport,
    placed_sheet,
    placed_texts,
)
from intake_app.domain.writing_words import forms_of
from intake_app.resources import resource
from intake_app.services.writing import check_writing, word_lists
from tests.domain.papers import AFTERCARE, EVERYTHING, ORDINARY, composed

DOMAIN = Path(intake_app.domain.__file__).parent


def a_text(
    text: str, kind: TextKind = TextKind.PARAGRAPH, *, block: str = "A-05", beside: str = ""
) -> Placed:
    return Placed(block, 0, 0, text, kind, "", beside)


def checked(*texts: Placed, language: str = "en") -> WritingReport:
    return check_writing(texts, language=language)


def codes(
    text: str, kind: TextKind = TextKind.PARAGRAPH, *, block: str = "A-05", language: str = "en"
) -> list[tuple[str, str]]:
    report = checked(a_text(text, kind, block=block), language=language)
    return [(remark.code, remark.text) for remark in report.remarks]


LONG = "walk " * 15 + "now"
TOO_LONG = "walk " * 25 + "now"

FOUND = [
    (LONG, "sentence_over_15", LONG),
    (TOO_LONG, "sentence_over_25", TOO_LONG),
    ("The skin was closed with glue.", "passive", "was closed"),
    ("Your stitches have been taken out.", "passive", "been taken"),
    ("It is usually worn at night.", "passive", "is usually worn"),
    ("Ordered by Dr. Calder.", "passive", "Ordered by"),
    ("Commence on Monday.", "hard_word", "Commence"),
    ("Stop if pain persists.", "hard_word", "persists"),
    ("Do it as soon as possible.", "hard_word", "as soon as possible"),
    ("You had sedation today.", "unexplained", "sedation"),
    ("Do not lift for 2 weeks.", "limit_without_date", "for 2 weeks"),
    ("Bathe after fourteen days, or in 3 weeks.", "limit_without_date", "in 3 weeks"),
    ("Wear it for {brace_wait}.", "limit_without_date", "for {brace_wait}"),
    ("Take twice the dose.", "sum", "twice the"),
    ("Take half of the pills.", "sum", "half of the"),
    ("Take it every 6 hours.", "sum", "every 6 hours"),
    ("Take 500 mg × 3, that is 500 × 3.", "sum", "0 × 3"),
    ("One in five, or 20 %.", "sum", "20 %"),
    ("Call at 101 °F (38 °C).", "units_disagree", "101 °F, 38 °C"),
    ("Lift at most 10 lb (5 kg).", "units_disagree", "10 lb, 5 kg"),
    ("Do NOT bend.", "capitals", "NOT"),
    ("Do *not* bend.", "italics", "*not*"),
    ("Do _not_ bend.", "italics", "_not_"),
    ("Rest!", "exclamation", "Rest!"),
    ("You should walk.", "should", "You should"),
    ("It is important to walk.", "should", "It is important"),
]


@pytest.mark.parametrize(("text", "code", "about"), FOUND)
def test_what_is_hard_to_read_is_found(text: str, code: str, about: str) -> None:
    assert (code, about) in codes(text)


FINE = [
    "You may be tired.",
    "Your leg is swollen.",
    "We closed the skin with glue.",
    "You are worried about the visit.",
    "Is your wound red?",
    "You had sedation (medicine that makes you sleepy).",
    "Strong pain medicine (opioid).",
    "Its name is **vertebroplasty**.",
    "T11: **vertebroplasty**. L1: **balloon kyphoplasty**, with a balloon.",
    "Do not lift for 2 weeks, until {lifting_end}.",
    "Do not lift for 2 weeks, until Saturday, February 20.",
    "At most 3,000 mg in 24 hours.",
    "Call at 100.4 °F (38.0 °C).",
    "Lift at most 10 lb (4.5 kg).",
    "Use your CPAP (sleep mask).",
    "Do **not** bend.",
    "Rest. Walk 5 minutes.",
    "Press for 10 minutes.",
    "Call {emergency} now.",
    "Take {pain_medicine}",
]


@pytest.mark.parametrize("text", FINE)
def test_what_is_easy_to_read_is_left_alone(text: str) -> None:
    assert [code for code, _ in codes(text) if code != "units_mixed"] == []


def test_a_verb_at_the_end_of_an_instruction_is_noted() -> None:
    assert codes("Red wound: call us", TextKind.ITEM) == [("verb_first", "Red wound: call us")]
    assert codes("Call us if the wound is red", TextKind.ITEM) == []


def test_danger_signs_are_no_instructions_and_need_no_date() -> None:
    assert codes("Throwing up for 24 hours", TextKind.ITEM, block="R-2") == []
    assert codes("Throwing up for 24 hours", TextKind.ITEM) != []


def test_a_date_in_the_same_row_ends_a_limit() -> None:
    alone = checked(a_text("6 weeks", TextKind.CELL))
    dated = checked(a_text("6 weeks", TextKind.CELL, beside="Hard work Sunday, January 3"))

    assert [remark.code for remark in alone.remarks] == ["limit_without_date"]
    assert dated.remarks == ()


def test_a_medical_word_is_asked_for_once_and_may_be_explained_anywhere() -> None:
    twice = checked(a_text("You had sedation."), a_text("Sedation lasts."))
    later = checked(a_text("You had sedation."), a_text("Sleepy medicine (sedation) lasts."))

    assert [remark.code for remark in twice.remarks] == ["unexplained"]
    assert later.remarks == ()


def test_eight_lines_are_too_many_for_one_list() -> None:
    items = [Placed("B-1", 0, n, "Walk", TextKind.ITEM) for n in range(8)]

    report = checked(*items)

    assert [(remark.code, remark.item) for remark in report.remarks] == [("list_over_7", 7)]
    assert checked(*items[:7]).remarks == ()


def test_two_sets_of_units_are_noted_once() -> None:
    report = checked(a_text("Call at 100.4 °F."), a_text("Or at 38.5 °C."))

    assert [(remark.code, remark.note) for remark in report.remarks] == [("units_mixed", True)]


def test_the_longer_phrase_is_taken_for_the_hard_one() -> None:
    report = checked(a_text("Do it in the event that it bleeds."))

    assert [dict(remark.params)["plain"] for remark in report.remarks] == ["if"]


def test_a_paper_for_a_clinician_may_have_medical_words_and_the_passive() -> None:
    text = a_text("Sedation was given. Commence apixaban!")

    report = check_writing([text], language="en", for_patient=False)

    assert [remark.code for remark in report.remarks] == ["exclamation"]


SPANISH = [
    ("La herida fue cerrada.", "passive", "fue cerrada"),
    ("Utilizar hielo.", "hard_word", "Utilizar"),
    ("Tuvo sedación.", "unexplained", "sedación"),
    ("No levante peso durante 2 semanas.", "limit_without_date", "durante 2 semanas"),
    ("Tome la mitad de la pastilla.", "sum", "la mitad de"),
    ("Tome una pastilla cada 6 horas.", "sum", "cada 6 horas"),
    ("Debe caminar.", "should", "Debe caminar"),
    ("¡Llame!", "exclamation", "¡Llame!"),
]


@pytest.mark.parametrize(("text", "code", "about"), SPANISH)
def test_spanish_is_looked_at_too(text: str, code: str, about: str) -> None:
    assert (code, about) in codes(text, language="es")


def test_an_instruction_in_spanish_begins_with_its_verb() -> None:
    late = codes("Herida roja: llame", TextKind.ITEM, language="es")

    assert late == [("verb_first", "Herida roja: llame")]
    assert codes("Llame si la herida está roja", TextKind.ITEM, language="es") == []


def test_spanish_has_its_own_indices_and_no_grade() -> None:
    report = checked(a_text("Descanse hoy. Llame si tiene fiebre."), language="es")

    assert report.grade is None
    assert report.ease is not None
    assert report.inflesz is not None
    assert report.band == "very_easy"


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("vi", "Hãy nghỉ ngơi. Đi bộ.", 5),
        ("ar", "استرح اليوم. امش قليلا.", 4),
        ("zh-Hans", "休息。", 0),
    ],
)
def test_where_there_is_no_formula_the_report_says_so(language: str, text: str, words: int) -> None:
    report = checked(a_text(text), language=language)

    assert (report.grade, report.ease, report.inflesz, report.smog) == (None,) * 4
    assert report.words == words
    assert band_sentence(report).startswith("There is no formula for this language.")


def test_a_grade_above_eight_needs_a_reason() -> None:
    hard = checked(a_text("Percutaneous augmentation necessitates prolonged immobilization."))

    assert hard.needs_reason
    assert hard.band == "hard"
    assert not checked(a_text("Rest today. Call us.")).needs_reason


def test_headings_cannot_hide_hard_text() -> None:
    hard = a_text("Immobilization necessitates supervision of individuals.")
    titles = [a_text("Rest", TextKind.TITLE) for _ in range(200)]

    report = checked(hard, *titles)

    assert report.grade is not None
    assert report.grade < 8
    assert report.needs_reason


def test_names_of_drugs_and_bones_are_left_out_of_the_second_grade() -> None:
    report = checked(a_text("Take acetaminophen. Your T12 vertebra has cement."))

    assert report.grade is not None
    assert report.grade_plain is not None
    assert report.grade_plain < report.grade


def test_a_sheet_is_read_as_it_prints_foot_and_title_too() -> None:
    sheet = aftercare_sheet(
        ORDINARY, AFTERCARE, composed(ORDINARY), size=PrintSize.NORMAL, specimen=False
    )

    texts = [place.text for place in placed_sheet(sheet)]

    assert texts[0] == sheet.title
    assert sheet.foot in texts
    assert "Pain no better by November 25" in texts
    assert "Looked at wound" in texts
    assert "Friday, December 4" in " ".join(texts)
    assert "Nurse, time" in texts


def test_the_wording_file_is_read_with_its_places() -> None:
    texts = placed_texts(AFTERCARE)

    fever = next(place for place in texts if "{fever_limit}" in place.text)
    assert (fever.block, fever.element, fever.item, fever.kind) == ("R-2", 0, 0, TextKind.ITEM)
    assert fever.heading == "Call us the same day\nFever, wound, skin"
    lifting = next(place for place in texts if "{lifting_wait}" in place.text)
    assert "{lifting_end}" in lifting.beside


JUSTIFIED = {
    ("what_to_expect", "B-6", "limit_without_date"),  # nobody knows yet when the visit ends
    ("driver_card", "D-2", "limit_without_date"),
}


@pytest.mark.parametrize("name", ["aftercare", "what_to_expect", "driver_card", "appointment_card"])
def test_the_shipped_wording_has_no_remark_but_those_with_a_reason(name: str) -> None:
    file = resource("wording", "en", f"{name}.toml")
    report = check_writing(
        placed_texts(read_wording(file.read_text("utf-8"), file.name)), language="en"
    )

    found = {(name, remark.block, remark.code) for remark in report.remarks}

    assert found == {reason for reason in JUSTIFIED if reason[0] == name}
    assert not report.needs_reason


@pytest.mark.parametrize("facts", [ORDINARY, EVERYTHING], ids=["ordinary", "everything"])
def test_the_shipped_sheet_has_no_remark_but_on_what_the_record_brings(facts: object) -> None:
    sheet = aftercare_sheet(
        facts,  # type: ignore[arg-type] # both are facts
        AFTERCARE,
        composed(facts),  # type: ignore[arg-type]
        size=PrintSize.NORMAL,
        specimen=False,
    )

    report = check_writing(placed_sheet(sheet), language="en")

    # A-03 names four bones in one sentence; A-14 has the medicines as they were ordered.
    assert {remark.block for remark in report.remarks} <= {"A-03", "A-14"}
    assert report.hardest is not None
    assert report.hardest <= 6


def codes_made() -> set[str]:
    """Return the codes that the rules can give."""
    found: set[str] = set()
    for module in DOMAIN.glob("writing_*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "remark":
                found |= {str(ast.literal_eval(part)) for part in node.args[1:2]}
    return found


def test_every_remark_has_a_sentence_and_every_sentence_a_remark() -> None:
    assert codes_made() == set(REMARKS)


@pytest.mark.parametrize("template", [*REMARKS.values(), *BANDS.values()])
def test_a_template_is_a_full_sentence(template: str) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]

    assert template[-1] == "."
    assert all(name.isidentifier() for name in names)


@pytest.mark.parametrize(("text", "code", "about"), FOUND)
def test_every_remark_says_what_to_do(text: str, code: str, about: str) -> None:
    report = checked(a_text(text))

    said = [remark_sentence(remark) for remark in report.remarks]

    assert said
    assert all(sentence.endswith(".") for sentence in said)


def test_a_hard_word_is_named_with_a_plainer_one() -> None:
    remark = Remark(
        block="A",
        element=0,
        item=0,
        code="hard_word",
        text="commence",
        params=(("word", "commence"), ("plain", "begin")),
    )

    assert remark_sentence(remark) == "“commence” is a hard word. Try “begin”."


@pytest.mark.parametrize(("language", "least"), [("en", 300), ("es", 80)])
def test_the_list_of_plainer_words_is_long_and_really_plainer(language: str, least: int) -> None:
    plainer = word_lists(language).plainer
    hard = set(plainer) | {form for word in plainer for form in forms_of(word)}

    assert len(plainer) >= least
    assert [word for word, plain in plainer.items() if plain.casefold() in hard] == []
