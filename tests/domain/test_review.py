"""The reviewer's checklist: its items, its scores, and what the program decides by itself."""

from dataclasses import replace

import pytest

from intake_app.domain.aftercare import AftercareFacts, aftercare_sheet, compose
from intake_app.domain.procedures import Closure
from intake_app.domain.review_decisions import SamplePaper, decide, settled
from intake_app.domain.review_items import (
    REVIEW_ITEMS,
    Decision,
    ReviewList,
    may_be_released,
    open_musts,
    scores,
)
from intake_app.domain.safety import SafetyFacts
from intake_app.domain.sheets import PrintSize, Sheet
from intake_app.domain.values import Answer
from intake_app.domain.wording import Wording, read_wording
from intake_app.domain.wording_versions import Verdict
from intake_app.domain.writing_texts import placed_texts
from intake_app.resources import resource
from intake_app.services.writing import check_writing
from tests.domain.papers import EVERYTHING, ORDINARY, WORDING_FOLDER, shipped

TEXT = (WORDING_FOLDER / "aftercare.toml").read_text("utf-8")
ALL_YES = {item.handle: Verdict.YES for item in REVIEW_ITEMS}
OF_LIST = {part: [item.handle for item in REVIEW_ITEMS if item.list is part] for part in ReviewList}


def sheet_of(facts: AftercareFacts, wording: Wording, size: PrintSize = PrintSize.NORMAL) -> Sheet:
    return aftercare_sheet(facts, wording, compose(facts, wording), size=size, specimen=False)


def decided(
    text: str = TEXT,
    facts: AftercareFacts = ORDINARY,
    *,
    pages: int | None = None,
    translator: str = "",
) -> dict[str, Decision]:
    wording = read_wording(text, "aftercare.toml")
    sample = SamplePaper(name="sample", sheet=sheet_of(facts, wording), facts=facts, pages=pages)
    report = check_writing(placed_texts(wording), language=wording.language)
    return dict(decide(wording, [sample], report, translator=translator))


def changed(before: str, after: str) -> str:
    assert TEXT.count(before) == 1
    return TEXT.replace(before, after)


def test_the_lists_have_as_many_items_as_their_makers_gave_them() -> None:
    assert [len(OF_LIST[part]) for part in ReviewList] == [17, 7, 20, 31]
    assert OF_LIST[ReviewList.UNDERSTAND][-5:] == [f"PEMAT-{n}" for n in (15, 16, 17, 18, 19)]
    assert len({item.handle for item in REVIEW_ITEMS}) == len(REVIEW_ITEMS)


def test_the_musts_are_those_of_the_fact_file() -> None:
    musts = {item.handle for item in REVIEW_ITEMS if item.must}

    numbers = (1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 13, 22, 26, 27, 28, 29, 31)
    assert musts == {f"L-{number:02}" for number in numbers}


@pytest.mark.parametrize("item", REVIEW_ITEMS, ids=lambda item: item.handle)
def test_every_item_is_a_question(item: object) -> None:
    assert str(getattr(item, "question", "")).endswith("?")


def test_with_every_answer_yes_all_scores_are_full() -> None:
    reached = scores(ALL_YES)

    assert (reached.understand, reached.act, reached.cdc, reached.release) == (100,) * 4
    assert reached.open == ()
    assert may_be_released(ALL_YES)


def test_the_two_parts_of_pemat_are_never_merged() -> None:
    reached = scores(ALL_YES | {"PEMAT-20": Verdict.NO})

    assert reached.understand == 100
    assert reached.act == pytest.approx(100 * 6 / 7)


def test_what_does_not_apply_leaves_the_count() -> None:
    reached = scores(ALL_YES | {"PEMAT-20": Verdict.NO, "PEMAT-24": Verdict.NOT_APPLICABLE})

    assert reached.act == pytest.approx(100 * 5 / 6)


def test_a_list_with_an_open_item_has_no_score() -> None:
    answered = {handle: verdict for handle, verdict in ALL_YES.items() if handle != "CDC-7"}

    reached = scores(answered)

    assert reached.cdc is None
    assert reached.release == 100
    assert reached.open == ("CDC-7",)


def test_without_a_main_message_nothing_about_it_counts() -> None:
    reached = scores(ALL_YES | {"CDC-1": Verdict.NO})

    assert reached.cdc == pytest.approx(100 * 16 / 20)


@pytest.mark.parametrize(
    ("verdict", "open_handles"),
    [(Verdict.NO, ("L-13",)), (Verdict.NOT_APPLICABLE, ()), (Verdict.YES, ())],
)
def test_a_must_is_open_until_it_is_yes_or_does_not_apply(
    verdict: Verdict, open_handles: tuple[str, ...]
) -> None:
    found = open_musts(ALL_YES | {"L-13": verdict})

    assert tuple(item.handle for item in found) == open_handles


def test_a_must_cannot_be_said_not_to_apply_where_it_always_does() -> None:
    found = open_musts(ALL_YES | {"L-29": Verdict.NOT_APPLICABLE})

    assert [item.handle for item in found] == ["L-29"]


def test_a_must_nobody_answered_is_open() -> None:
    assert "L-01" in [item.handle for item in open_musts({})]


def test_below_ninety_per_cent_nothing_is_released() -> None:
    handles = ("L-05", "L-12", "L-14", "L-15")

    assert not may_be_released(ALL_YES | dict.fromkeys(handles, Verdict.NO))


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({}, Verdict.YES),
        ({"CDC-5": Verdict.NO, "CDC-6": Verdict.NO}, Verdict.YES),
        ({"CDC-5": Verdict.NO, "CDC-6": Verdict.NO, "CDC-8": Verdict.NO}, Verdict.NO),
        (dict.fromkeys(OF_LIST[ReviewList.ACT][:3], Verdict.NO), Verdict.NO),
    ],
)
def test_the_item_on_scores_follows_from_them(
    answers: dict[str, Verdict], verdict: Verdict
) -> None:
    assert settled({}, ALL_YES | answers)["L-30"] is verdict


def test_the_item_on_scores_is_open_while_a_list_is() -> None:
    assert "L-30" not in settled({}, {"L-30": Verdict.YES})


def test_what_the_program_decides_no_person_can_answer_otherwise() -> None:
    decisions = {"L-20": Decision("L-20", Verdict.NO, "a sum")}

    assert settled(decisions, {"L-20": Verdict.YES})["L-20"] is Verdict.NO


def test_the_program_decides_nothing_that_needs_a_reader() -> None:
    found = decided()

    assert {"PEMAT-1", "PEMAT-15", "CDC-1", "CDC-11", "L-21", "L-25", "L-29"} & set(found) == set()


@pytest.mark.parametrize("facts", [ORDINARY, EVERYTHING], ids=["ordinary", "everything"])
def test_every_must_the_program_decides_is_yes_for_the_shipped_sheet(
    facts: AftercareFacts,
) -> None:
    found = decided(facts=facts)

    musts = [item.handle for item in REVIEW_ITEMS if item.must and item.handle != "L-29"]
    assert {handle: found[handle].verdict for handle in musts} == dict.fromkeys(musts, Verdict.YES)


def test_every_decision_says_why() -> None:
    assert all(
        decision.why.endswith((".", "”")) and "{" not in decision.why
        for decision in decided().values()
    )


BROKEN = [
    ("L-04", changed('title = "In short"\nboxed = true', 'title = "In short"')),
    ("CDC-3", changed('title = "In short"\nboxed = true', 'title = "In short"')),
    ("L-02", changed('"**{phone_night}**"', '"**{phone_day}**"')),
    ("L-05", changed('"Look at the wound each day"', '"Wound red: look at it"')),
    ("L-06", changed('"Look at the wound each day"', '"Look at it for 2 weeks"')),
    ("L-20", changed('"Look at the wound each day"', '"Look at it every 6 hours"')),
    ("PEMAT-7", changed('"Look at the wound each day"', '"Look at it every 6 hours"')),
    ("PEMAT-5", changed('"Look at the wound each day"', '"The wound is checked each day"')),
    ("PEMAT-3", changed('"Look at the wound each day"', '"Observe the wound each day"')),
    ("PEMAT-4", changed('"Look at the wound each day"', '"You have osteoporosis"')),
    ("L-15", changed('"Look at the wound each day"', '"You have osteoporosis"')),
    ("L-23", changed('"Look at the wound each day"', '"LOOK at the wound each day"')),
    ("L-07", changed('"Look at the wound each day"', '"Call at 101 °F (38 °C)"')),
    (
        "L-09",
        changed('when = "sedation"\n\n[[block.element]]', 'when = "brace"\n\n[[block.element]]'),
    ),
    ("L-10", changed('when = "closure_glue"', 'when = "closure_strips"')),
    ("L-08", changed("Start again: **{restart}**. ", "Start again. ")),
    ("L-11", TEXT.replace('when = "bone_health"', 'when = "brace"')),
    ("PEMAT-17", changed('caption = "Black bones have cement."', "")),
    ("L-31", changed('"Look at the wound each day"', '"TODO: wound"')),
    ("L-14", changed('"Look at the wound each day"', f'"{"look " * 26}"')),
]


@pytest.mark.parametrize(("handle", "text"), BROKEN, ids=[handle for handle, _ in BROKEN])
def test_a_sheet_that_breaks_a_rule_is_told_no(handle: str, text: str) -> None:
    assert decided()[handle].verdict is Verdict.YES
    assert decided(text, EVERYTHING_BUT_BRACE)[handle].verdict is Verdict.NO


EVERYTHING_BUT_BRACE = replace(EVERYTHING, procedure=replace(EVERYTHING.procedure, brace=Answer.NO))


def test_pages_are_counted_where_the_sheet_was_drawn() -> None:
    assert "L-24" not in decided()
    assert decided(pages=2)["L-24"].verdict is Verdict.YES
    assert decided(pages=3)["L-24"].verdict is Verdict.NO


def test_hard_words_end_at_the_grade() -> None:
    hard = " ".join(["immobilization necessitates supervision"] * 60)
    found = decided(changed('text = "{nurse_note}"', f'text = "{hard}"'))

    assert (found["L-12"].verdict, found["L-13"].verdict) == (Verdict.NO, Verdict.NO)


@pytest.mark.parametrize("closure", [*Closure, None])
def test_the_closure_line_is_looked_at_for_every_closure(closure: Closure | None) -> None:
    facts = replace(ORDINARY, procedure=replace(ORDINARY.procedure, closure=closure))

    assert decided(facts=facts)["L-10"].verdict is Verdict.YES


def test_an_unasked_question_keeps_the_safer_text_and_fits_the_record() -> None:
    found = decided(facts=replace(ORDINARY, safety=SafetyFacts()))

    assert found["L-08"].verdict is Verdict.YES
    assert found["L-09"].verdict is Verdict.YES


def test_a_translation_needs_a_name() -> None:
    spanish = TEXT.replace('language = "en"', 'language = "es"')

    assert decided(spanish)["L-27"].verdict is Verdict.NO
    assert decided(spanish, translator="Ana Ruiz")["L-27"].verdict is Verdict.YES
    assert decided(spanish.replace('"es"', '"vi"'))["L-13"].verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize("language", ["es", "vi", "zh-Hans", "ar"])
def test_the_draft_translations_keep_every_must_but_the_name_of_their_translator(
    language: str,
) -> None:
    text = resource("wording", language, "aftercare.toml").read_text("utf-8")

    verdicts = {handle: found.verdict for handle, found in decided(text).items()}

    open_handles = {item.handle for item in open_musts(verdicts)}
    assert open_handles == {"L-27", "L-29"}


def test_papers_before_the_visit_are_not_asked_for_aftercare() -> None:
    wording = shipped("driver_card.toml")
    report = check_writing(placed_texts(wording), language="en")

    found = decide(wording, [], report)

    assert found["L-01"].verdict is Verdict.NOT_APPLICABLE
    assert found["L-03"].verdict is Verdict.NOT_APPLICABLE
    assert {item.handle for item in open_musts({h: d.verdict for h, d in found.items()})} == {
        "L-29"
    }


def test_a_letter_to_a_clinician_is_not_scored_as_a_leaflet() -> None:
    wording = read_wording(
        resource("wording", "en", "discharge_letter.toml").read_text("utf-8"), "letter"
    )
    report = check_writing(placed_texts(wording), language="en", for_patient=False)

    found = decide(wording, [], report)

    assert found["CDC-1"].verdict is Verdict.NOT_APPLICABLE
    assert found["PEMAT-5"].verdict is Verdict.NOT_APPLICABLE
    assert "L-29" not in found
