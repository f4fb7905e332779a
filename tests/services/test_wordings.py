"""Wording in versions: written, reviewed, approved by somebody else, retired."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.errors import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    WordingEditError,
    WordingError,
    WordingNotReadyError,
    WordingStageError,
)
from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import Actor, Role, Staff
from intake_app.domain.wording import WordingApproval, read_wording
from intake_app.domain.wording_changes import ChangeKind
from intake_app.domain.wording_edit import WordingText
from intake_app.domain.wording_sets import Taken
from intake_app.domain.wording_versions import (
    ReviewAnswer,
    Verdict,
    WordingStage,
    WordingVersion,
)
from tests.builders import TODAY, an_actor
from tests.services.desk import (
    MANAGER,
    NEXT_YEAR,
    NURSE,
    PHYSICIAN,
    RECEPTION,
    Desk,
    a_desk,
)

CARD = "driver_card/en"
OTHER_PHYSICIAN = an_actor(Role.PHYSICIAN, name="Dr. Ives")


def newest(desk: Desk, wording_id: str = CARD) -> WordingVersion:
    return desk.wordings.versions(NURSE, wording_id)[0]


def edited(desk: Desk, version: WordingVersion, title: str = "Please take care") -> WordingText:
    text = desk.wordings.open(NURSE, version.id).text
    return text.with_title("D-2", title)


def a_draft(desk: Desk, actor: Actor = NURSE, title: str = "Please take care") -> WordingVersion:
    """Begin a version and change a word of it."""
    draft = desk.wordings.start_draft(actor, CARD)
    text = edited(desk, draft, title)
    return desk.wordings.save(actor, draft.id, text, base_version=draft.version)


def in_review(desk: Desk, actor: Actor = NURSE) -> WordingVersion:
    return desk.wordings.send_for_review(actor, a_draft(desk, actor).id)


def approved(desk: Desk, title: str = "Please take care") -> WordingVersion:
    draft = a_draft(desk, NURSE, title)
    desk.wordings.send_for_review(NURSE, draft.id)
    return desk.wordings.approve(PHYSICIAN, draft.id, review_by=NEXT_YEAR, grade=5.0)


def reasons(error: WordingNotReadyError) -> set[str]:
    return {reason.code for reason in error.reasons}


# --- what ships -----------------------------------------------------------------------------


def test_shipped_wording_begins_as_a_draft_that_nobody_wrote(desk: Desk) -> None:
    version = newest(desk)

    assert (version.number, version.stage, version.origin) == (1, WordingStage.DRAFT, "shipped")
    assert (version.editors, version.made_by) == ("", "Spine Intake")


def test_shipped_wording_is_taken_in_once(desk: Desk) -> None:
    desk.wordings.overview(NURSE)
    commits = desk.work.commits

    again = a_desk_over(desk)
    again.wordings.overview(NURSE)

    assert desk.work.commits == commits
    assert len(again.wordings.versions(NURSE, CARD)) == 1


def a_desk_over(desk: Desk, **changes: str) -> Desk:
    """Return the services of a program that was started again, with other shipped files."""
    files = {**desk.shipped_wording, **changes}
    return Desk(desk.work, desk.clock, desk.ids, files)


def test_another_wording_in_an_update_becomes_a_draft_that_says_so(desk: Desk) -> None:
    desk.wordings.overview(NURSE)
    text = desk.shipped_wording[CARD].replace("Good to know", "Please note")
    updated = a_desk_over(desk, **{CARD: text.replace('version = "1"', 'version = "2"')})

    version = updated.wordings.versions(NURSE, CARD)[0]

    assert (version.number, version.note) == (2, "Shipped with version 2")
    assert version.stage is WordingStage.DRAFT


def test_an_update_leaves_what_is_approved_in_force(desk: Desk) -> None:
    desk.approve(SheetKind.DRIVER_CARD)
    text = desk.shipped_wording[CARD].replace("Good to know", "Please note")
    updated = a_desk_over(desk, **{CARD: text})

    line = next(each for each in updated.wordings.overview(NURSE) if each.wording_id == CARD)

    assert line.approved is not None
    assert (line.approved.number, line.open.number if line.open else 0) == (1, 2)


def old_approval(desk: Desk, **changes: object) -> WordingApproval:
    wording = read_wording(desk.shipped_wording[CARD], CARD)
    approval = WordingApproval(
        id="old",
        wording=CARD,
        fingerprint=wording.fingerprint,
        approved_by="Dr. Ruth Calder",
        approved_on=date(2026, 10, 1),
        review_by=date(2027, 10, 1),
    )
    return replace(approval, **changes)  # type: ignore[arg-type] # its own fields


def keep(desk: Desk, *records: WordingApproval | Staff) -> None:
    with desk.work as work:
        for record in records:
            work.records(type(record)).add(record)
        work.commit()


def test_what_was_approved_before_there_were_versions_stays_approved(desk: Desk) -> None:
    keep(desk, old_approval(desk))

    version = newest(desk)

    assert version.stage is WordingStage.APPROVED
    assert (version.approved_by, version.approved_on, version.review_by) == (
        "Dr. Ruth Calder",
        date(2026, 10, 1),
        date(2027, 10, 1),
    )


def test_the_latest_of_several_old_approvals_counts(desk: Desk) -> None:
    later = old_approval(desk, id="later", approved_on=date(2026, 11, 1), approved_by="Dr. Ives")
    keep(desk, later, old_approval(desk))

    assert newest(desk).approved_by == "Dr. Ives"


@pytest.mark.parametrize("changes", [{"fingerprint": "another"}, {"wording": "driver_card/es"}])
def test_an_old_approval_of_other_words_does_not_count(
    desk: Desk, changes: dict[str, object]
) -> None:
    keep(desk, old_approval(desk, **changes))

    assert newest(desk).stage is WordingStage.DRAFT


# --- what prints ----------------------------------------------------------------------------


def choice(desk: Desk, language: str = "en", kind: SheetKind = SheetKind.DRIVER_CARD):  # type: ignore[no-untyped-def] # its result is asserted
    with desk.work.look() as work:
        return desk.wordings.choose(work, kind, language=language, today=TODAY)


def test_wording_that_nobody_approved_prints_as_a_specimen(desk: Desk) -> None:
    chosen = choice(desk)

    assert (chosen.approval, chosen.version_number) == (None, 1)


def test_what_is_approved_prints_with_who_approved_it_and_its_number(desk: Desk) -> None:
    approved(desk)

    chosen = choice(desk)

    assert chosen.approval is not None
    assert (chosen.approval.approved_by, chosen.approval.number) == ("Dr. Park", 2)
    assert "Please take care" in chosen.wording.texts
    assert chosen.wording.version == "2"


def test_a_draft_does_not_print_while_another_version_is_approved(desk: Desk) -> None:
    approved(desk)
    a_draft(desk, title="Half done")

    assert "Half done" not in choice(desk).wording.texts


def test_the_newest_draft_is_the_specimen_where_nothing_is_approved(desk: Desk) -> None:
    a_draft(desk, title="Half done")

    assert "Half done" in choice(desk).wording.texts


def test_a_draft_with_a_problem_is_passed_over(desk: Desk) -> None:
    a_draft(desk, title="{nonsense}")

    assert choice(desk).version_number == 1


def test_expired_wording_prints_as_a_specimen_of_itself(desk: Desk) -> None:
    approved(desk)
    with desk.work.look() as work:
        late = NEXT_YEAR + timedelta(days=1)
        chosen = desk.wordings.choose(work, SheetKind.DRIVER_CARD, today=late)

    assert (chosen.approval, chosen.version_number) == (None, 2)


def test_wording_holds_on_its_last_day(desk: Desk) -> None:
    approved(desk)
    with desk.work.look() as work:
        chosen = desk.wordings.choose(work, SheetKind.DRIVER_CARD, today=NEXT_YEAR)

    assert chosen.approval is not None


def outdated(desk: Desk, wording_id: str = CARD) -> None:
    """Let the program have other phrases than those that were approved."""
    rows = desk.work.kept.tables["wording_version"]
    version = next(each for each in desk.wordings.versions(NURSE, wording_id) if each.approved_on)
    rows[version.id] = replace(version, phrases="of an earlier program")


def test_an_approval_holds_only_for_the_phrases_it_was_given_with(desk: Desk) -> None:
    approved(desk)
    before = choice(desk)
    outdated(desk)

    now = choice(desk)

    assert before.approval is not None
    assert before.lapsed == ()
    assert (now.approval, now.version_number) == (None, 2)
    assert [problem.code for problem in now.lapsed] == ["wording_phrases_changed"]


def test_the_overview_and_the_check_say_that_the_phrases_have_changed(desk: Desk) -> None:
    approved(desk)
    before = desk.wordings.outdated()
    outdated(desk)

    line = next(each for each in desk.wordings.overview(NURSE) if each.wording_id == CARD)

    assert before == ()
    assert (line.phrases_changed, line.expired, line.prints) == (True, False, False)
    assert [each.wording for each in desk.wordings.outdated()] == [CARD]


def test_looked_at_again_and_approved_it_prints_with_the_new_phrases(desk: Desk) -> None:
    approved(desk)
    outdated(desk)
    draft = desk.wordings.start_draft(NURSE, CARD)
    desk.wordings.send_for_review(NURSE, draft.id)

    desk.wordings.approve(PHYSICIAN, draft.id, review_by=NEXT_YEAR, grade=5.0)

    assert choice(desk).approval is not None
    assert desk.wordings.outdated() == ()


def test_a_translation_with_other_phrases_gives_way_to_english_and_says_why(spanish: Desk) -> None:
    spanish.approve(SheetKind.DRIVER_CARD, language="es")
    spanish.approve(SheetKind.DRIVER_CARD)
    outdated(spanish, "driver_card/es")

    chosen = choice(spanish, "es")

    assert (chosen.wording.language, chosen.approval is not None) == ("en", True)
    assert [dict(problem.values)["language"] for problem in chosen.lapsed] == ["Spanish"]


def test_nobody_approves_a_translation_of_their_own(spanish: Desk) -> None:
    version = newest(spanish, "driver_card/es")
    spanish.wordings.send_for_review(NURSE, version.id)

    with pytest.raises(WordingNotReadyError) as refused:
        spanish.wordings.approve(
            PHYSICIAN, version.id, review_by=NEXT_YEAR, grade=None, translator="DR  Park."
        )

    assert "wording_own_translation" in reasons(refused.value)


def tampered(desk: Desk) -> None:
    """Change a word of the approved version behind the program's back."""
    version = approved(desk)
    rows = desk.work.kept.tables["wording_version"]
    rows[version.id] = replace(
        version, content=version.content.replace("Call us before", "Never call us before")
    )


def test_approved_words_that_somebody_changed_in_the_database_print_nothing(desk: Desk) -> None:
    tampered(desk)

    with pytest.raises(WordingError):
        choice(desk)


@pytest.mark.parametrize("content", ["", "sheet = 5"])
def test_a_version_without_words_is_named_too(desk: Desk, content: str) -> None:
    version = newest(desk)
    desk.work.kept.tables["wording_version"][version.id] = replace(version, content=content)

    assert [each.number for each in desk.wordings.damaged()] == [1]


def test_a_check_names_the_version_that_is_not_as_it_was_saved(desk: Desk) -> None:
    before = desk.wordings.damaged()
    tampered(desk)

    assert before == ()
    assert [(each.wording, each.number) for each in desk.wordings.damaged()] == [(CARD, 2)]


@pytest.fixture
def spanish() -> Desk:
    """Return a desk with a Spanish card, which nobody approved."""
    desk = a_desk()
    text = desk.shipped_wording[CARD].replace('language = "en"', 'language = "es"')
    return a_desk_over(desk, **{"driver_card/es": text})


def test_a_translation_that_is_a_draft_is_never_chosen(spanish: Desk) -> None:
    chosen = choice(spanish, "es")

    assert (chosen.wording.language, chosen.wanted, chosen.in_wanted_language) == (
        "en",
        "es",
        False,
    )


def test_an_approved_translation_is_chosen_even_when_english_is_not_approved(
    spanish: Desk,
) -> None:
    spanish.approve(SheetKind.DRIVER_CARD, language="es")

    chosen = choice(spanish, "es")

    assert (chosen.wording.language, chosen.in_wanted_language) == ("es", True)
    assert chosen.approval is not None
    assert chosen.approval.translator == "Tara Novak"


def test_an_expired_translation_gives_way_to_approved_english(spanish: Desk) -> None:
    spanish.approve(SheetKind.DRIVER_CARD, TODAY + timedelta(days=1), language="es")
    spanish.approve(SheetKind.DRIVER_CARD)
    with spanish.work.look() as work:
        chosen = spanish.wordings.choose(
            work, SheetKind.DRIVER_CARD, language="es", today=TODAY + timedelta(days=2)
        )

    assert chosen.wording.language == "en"
    assert chosen.approval is not None


def test_a_language_nobody_ships_prints_in_english(desk: Desk) -> None:
    assert choice(desk, "tlh").wording.language == "en"


def test_what_nobody_ships_is_held_against_nothing(spanish: Desk) -> None:
    assert spanish.wordings.shipped("driver_card/tlh") is None


def test_a_draft_has_no_approval(desk: Desk) -> None:
    assert newest(desk).approval is None


# --- writing --------------------------------------------------------------------------------


def test_a_new_version_begins_with_the_words_of_the_approved_one(desk: Desk) -> None:
    before = approved(desk)
    a_draft(desk, title="Half done")

    draft = desk.wordings.start_draft(MANAGER, CARD)

    assert (draft.number, draft.content, draft.origin) == (4, before.content, before.id)
    assert draft.editors == ""


def test_a_new_version_can_begin_with_an_older_one(desk: Desk) -> None:
    first = newest(desk)
    approved(desk)

    draft = desk.wordings.start_draft(NURSE, CARD, from_id=first.id)

    assert draft.fingerprint == first.fingerprint


def test_what_is_begun_from_an_unapproved_draft_keeps_its_writers(desk: Desk) -> None:
    draft = a_draft(desk, PHYSICIAN)

    begun = desk.wordings.start_draft(NURSE, CARD, from_id=draft.id)

    assert begun.editors == PHYSICIAN.id


@pytest.mark.parametrize(("wording_id", "from_id"), [("no/such", ""), (CARD, "no such")])
def test_nothing_can_be_begun_from_what_is_not_there(
    desk: Desk, wording_id: str, from_id: str
) -> None:
    with pytest.raises(NotFoundError):
        desk.wordings.start_draft(NURSE, wording_id, from_id=from_id)


def test_whoever_changes_a_word_is_noted_once(desk: Desk) -> None:
    draft = a_draft(desk)
    text = edited(desk, draft, "Again")
    saved = desk.wordings.save(NURSE, draft.id, text, base_version=draft.version)

    both = desk.wordings.save(
        MANAGER, draft.id, edited(desk, saved, "Once more"), base_version=saved.version
    )

    assert both.editors == f"{NURSE.id} {MANAGER.id}"


def test_saving_without_a_changed_word_makes_nobody_a_writer(desk: Desk) -> None:
    draft = desk.wordings.start_draft(NURSE, CARD)
    text = desk.wordings.open(NURSE, draft.id).text

    saved = desk.wordings.save(NURSE, draft.id, text, note="nothing yet", base_version=1)

    assert (saved.editors, saved.note) == ("", "nothing yet")
    assert saved.content == draft.content


def test_the_second_of_two_saves_is_refused(desk: Desk) -> None:
    draft = desk.wordings.start_draft(NURSE, CARD)
    desk.wordings.save(NURSE, draft.id, edited(desk, draft, "Mine"), base_version=draft.version)

    with pytest.raises(ConflictError):
        desk.wordings.save(
            MANAGER, draft.id, edited(desk, draft, "Yours"), base_version=draft.version
        )


def test_words_with_a_problem_can_be_kept_and_say_what_is_wrong(desk: Desk) -> None:
    draft = a_draft(desk, title="{nonsense}")

    opened = desk.wordings.open(NURSE, draft.id)

    assert [(each.block, each.code) for each in opened.problems] == [("D-2", "wording_placeholder")]


def test_the_words_of_another_sheet_are_not_kept(desk: Desk) -> None:
    draft = desk.wordings.start_draft(NURSE, CARD)
    other = desk.wordings.open(NURSE, newest(desk, "what_to_expect/en").id).text

    with pytest.raises(WordingNotReadyError):
        desk.wordings.save(NURSE, draft.id, other, base_version=draft.version)


def test_the_writers_are_named(desk: Desk) -> None:
    keep(desk, Staff(id=NURSE.id, name="Nora Hill", roles=(Role.NURSE,)))

    opened = desk.wordings.open(PHYSICIAN, a_draft(desk).id)

    assert opened.editors == ("Nora Hill",)


def test_a_draft_can_be_thrown_away_with_its_answers(desk: Desk) -> None:
    draft = a_draft(desk)
    answer = ReviewAnswer(
        id="a1",
        version_id=draft.id,
        item="L-01",
        verdict=Verdict.YES,
        answered_by="Nora Hill",
        answered_at=desk.clock.now(),
        fingerprint=draft.fingerprint,
    )
    with desk.work as work:
        work.records(ReviewAnswer).add(answer)
        work.commit()

    desk.wordings.delete_draft(NURSE, draft.id)

    assert [each.number for each in desk.wordings.versions(NURSE, CARD)] == [1]
    assert desk.work.kept.rows("review_answer") == {}


def test_the_only_version_of_a_wording_stays(desk: Desk) -> None:
    with pytest.raises(WordingStageError):
        desk.wordings.delete_draft(NURSE, newest(desk).id)


# --- review and approval --------------------------------------------------------------------


def test_what_is_in_review_is_not_changed_any_more(desk: Desk) -> None:
    version = in_review(desk)

    with pytest.raises(WordingStageError):
        desk.wordings.save(NURSE, version.id, edited(desk, version), base_version=version.version)


def test_words_with_a_problem_are_not_sent(desk: Desk) -> None:
    draft = a_draft(desk, title="{nonsense}")

    with pytest.raises(WordingNotReadyError) as caught:
        desk.wordings.send_for_review(NURSE, draft.id)

    assert reasons(caught.value) == {"wording_has_problems"}


def test_what_is_sent_back_says_why_until_it_is_sent_again(desk: Desk) -> None:
    version = in_review(desk)

    back = desk.wordings.send_back(PHYSICIAN, version.id, "Say what to bring. ")
    again = desk.wordings.send_for_review(NURSE, version.id)

    assert (back.stage, back.sent_back_why) == (WordingStage.DRAFT, "Say what to bring.")
    assert (again.stage, again.sent_back_why) == (WordingStage.IN_REVIEW, "")


def test_approving_names_the_physician_and_retires_what_was_approved_before(desk: Desk) -> None:
    first = approved(desk)

    second = approved(desk, "Another one")

    before = desk.wordings.open(NURSE, first.id).version
    assert (second.stage, second.approved_by, second.approved_on, second.review_by) == (
        WordingStage.APPROVED,
        "Dr. Park",
        TODAY,
        NEXT_YEAR,
    )
    assert (before.stage, before.retired_on, before.retired_by) == (
        WordingStage.RETIRED,
        TODAY,
        "Dr. Park",
    )


def test_nobody_approves_what_they_wrote(desk: Desk) -> None:
    keep(desk, Staff(id=PHYSICIAN.id, name="Dr. Park", roles=(Role.PHYSICIAN,)))
    version = in_review(desk, PHYSICIAN)

    with pytest.raises(WordingNotReadyError) as caught:
        desk.wordings.approve(PHYSICIAN, version.id, review_by=NEXT_YEAR, grade=5.0)

    (reason,) = caught.value.reasons
    assert (reason.code, dict(reason.values)["names"]) == ("wording_own_edit", "Dr. Park")


def test_another_physician_approves_it(desk: Desk) -> None:
    version = in_review(desk, PHYSICIAN)

    done = desk.wordings.approve(
        replace(OTHER_PHYSICIAN, id="ives"), version.id, review_by=NEXT_YEAR, grade=5.0
    )

    assert done.approved_by == "Dr. Ives"


@pytest.mark.parametrize("actor", [RECEPTION, NURSE, MANAGER], ids=lambda actor: actor.id)
def test_only_a_physician_approves(desk: Desk, actor: Actor) -> None:
    version = in_review(desk)

    with pytest.raises(NotAllowedError):
        desk.wordings.approve(actor, version.id, review_by=NEXT_YEAR, grade=5.0)


def test_reception_writes_no_wording(desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        desk.wordings.start_draft(RECEPTION, CARD)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"review_by": TODAY}, "wording_review_past"),
        ({"review_by": TODAY.replace(year=TODAY.year + 36)}, "wording_review_far"),
        ({"grade": 8.06}, "wording_grade_reason"),
        ({"open_musts": ("L-01", "L-06")}, "wording_musts_open"),
    ],
)
def test_what_is_missing_for_an_approval_is_said(
    desk: Desk, values: dict[str, object], code: str
) -> None:
    version = in_review(desk)
    given = {"review_by": NEXT_YEAR, "grade": 5.0, **values}

    with pytest.raises(WordingNotReadyError) as caught:
        desk.wordings.approve(PHYSICIAN, version.id, **given)  # type: ignore[arg-type]

    assert reasons(caught.value) == {code}
    assert desk.wordings.open(NURSE, version.id).version.stage is WordingStage.IN_REVIEW


@pytest.mark.parametrize(
    "values", [{"grade": 8.04}, {"grade": 9.0, "grade_reason": "names of drugs"}, {"grade": None}]
)
def test_a_grade_up_to_8_needs_no_reason(desk: Desk, values: dict[str, object]) -> None:
    version = in_review(desk)

    done = desk.wordings.approve(PHYSICIAN, version.id, review_by=NEXT_YEAR, **values)  # type: ignore[arg-type]

    assert done.stage is WordingStage.APPROVED


def test_a_draft_is_not_approved_before_it_was_sent(desk: Desk) -> None:
    with pytest.raises(WordingNotReadyError) as caught:
        desk.wordings.approve(PHYSICIAN, a_draft(desk).id, review_by=NEXT_YEAR, grade=5.0)

    assert reasons(caught.value) == {"wording_not_in_review"}


def test_a_translation_needs_the_name_of_its_translator(spanish: Desk) -> None:
    version = newest(spanish, "driver_card/es")
    spanish.wordings.send_for_review(NURSE, version.id)

    with pytest.raises(WordingNotReadyError) as caught:
        spanish.wordings.approve(PHYSICIAN, version.id, review_by=NEXT_YEAR, grade=None)

    assert reasons(caught.value) == {"wording_no_translator"}


def test_what_is_retired_prints_no_more_as_final(desk: Desk) -> None:
    version = approved(desk)

    done = desk.wordings.retire(PHYSICIAN, version.id, "The door has moved.")

    assert (done.stage, done.retired_why) == (WordingStage.RETIRED, "The door has moved.")
    assert (choice(desk).approval, choice(desk).version_number) == (None, 1)


def test_only_what_is_approved_is_retired(desk: Desk) -> None:
    with pytest.raises(WordingStageError):
        desk.wordings.retire(PHYSICIAN, newest(desk).id, "why")


def test_every_step_is_in_the_trail_with_who_took_it(desk: Desk) -> None:
    version = approved(desk)

    told = [
        (
            entry.actor_id,
            entry.deed,
            [change.after for change in entry.changes if change.key == "stage"],
        )
        for entry in desk.work.kept.trail
        if entry.record_id == version.id
    ]

    assert told == [
        (NURSE.id, Deed.CREATED, []),
        (NURSE.id, Deed.CHANGED, []),
        (NURSE.id, Deed.CHANGED, ["in_review"]),
        (PHYSICIAN.id, Deed.CHANGED, ["approved"]),
    ]


def test_a_real_clinic_has_no_short_way_to_an_approval(desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        desk.wordings.approve_for_demonstration(
            PHYSICIAN, SheetKind.DRIVER_CARD, review_by=NEXT_YEAR
        )


# --- comparing and looking ------------------------------------------------------------------


def test_a_version_is_compared_with_what_is_in_force(desk: Desk) -> None:
    before = approved(desk, "As it was")
    draft = a_draft(desk, title="As it is")

    changed = [
        each
        for each in desk.wordings.changes(PHYSICIAN, draft.id)
        if each.kind is not ChangeKind.SAME
    ]

    compared = desk.wordings.compared_with(PHYSICIAN, draft.id)
    assert compared is not None
    assert compared.id == before.id
    assert [(each.id, each.kind) for each in changed] == [("D-2", ChangeKind.CHANGED)]


def test_a_version_can_be_compared_with_any_other(desk: Desk) -> None:
    first = newest(desk)
    approved(desk, "As it was")
    draft = a_draft(desk, title=desk.wordings.open(NURSE, first.id).text.block("D-2").title)

    changes = desk.wordings.changes(PHYSICIAN, draft.id, since=first.id)

    assert {each.kind for each in changes} == {ChangeKind.SAME}


def test_where_nothing_was_approved_a_version_is_compared_with_the_one_before(desk: Desk) -> None:
    draft = a_draft(desk)

    compared = desk.wordings.compared_with(PHYSICIAN, draft.id)

    assert compared is not None
    assert compared.number == 1


def test_the_first_version_is_compared_with_nothing(desk: Desk) -> None:
    changes = desk.wordings.changes(PHYSICIAN, newest(desk).id)

    assert {each.kind for each in changes} == {ChangeKind.ADDED}


def test_the_overview_says_how_far_each_wording_has_come(spanish: Desk) -> None:
    approved(spanish)
    a_draft(spanish)

    lines = spanish.wordings.overview(RECEPTION)

    line = next(each for each in lines if each.wording_id == CARD)
    assert line.approved is not None
    assert line.open is not None
    assert (line.approved.number, line.open.number, line.expired) == (2, 3, False)
    assert [each.language for each in lines] == ["en"] * len(SheetKind) + ["es"]


def test_the_overview_says_what_has_expired(desk: Desk) -> None:
    approved(desk)
    desk.clock.advance(days=400)

    line = next(each for each in desk.wordings.overview(NURSE) if each.wording_id == CARD)

    assert line.expired


# --- sets -----------------------------------------------------------------------------------


def test_a_set_of_wordings_is_the_same_at_another_clinic(desk: Desk) -> None:
    approved(desk)
    text = desk.wordings.export_set(MANAGER, ["en"])
    other = a_desk()

    report = other.wordings.import_set(NURSE, text)

    found = {line.wording_id: (line.taken, line.number, line.unchanged) for line in report.lines}
    assert found[CARD] == (Taken.NEW, 2, True)
    assert found["aftercare/en"] == (Taken.KNOWN, 1, True)
    version = newest(other)
    assert (version.stage, version.origin) == (WordingStage.DRAFT, "imported")
    assert version.fingerprint == newest(desk).fingerprint


def test_whoever_brings_words_in_does_not_approve_them(desk: Desk) -> None:
    approved(desk)
    text = desk.wordings.export_set(MANAGER)
    other = a_desk()
    other.wordings.import_set(PHYSICIAN, text)
    version = other.wordings.send_for_review(NURSE, newest(other).id)

    with pytest.raises(WordingNotReadyError) as caught:
        other.wordings.approve(PHYSICIAN, version.id, review_by=NEXT_YEAR, grade=5.0)

    assert reasons(caught.value) == {"wording_own_edit"}


def test_words_that_were_changed_in_the_file_are_told(desk: Desk) -> None:
    text = desk.wordings.export_set(MANAGER).replace("Good to know", "Good to remember")

    report = desk.wordings.import_set(NURSE, text)

    line = next(each for each in report.lines if each.wording_id == CARD)
    assert (line.taken, line.unchanged) == (Taken.NEW, False)


def test_a_wording_with_a_problem_is_refused_and_the_others_are_not(desk: Desk) -> None:
    text = desk.wordings.export_set(MANAGER)
    text = text.replace("Good to know", "{good}").replace("What to expect on", "What comes on")

    report = desk.wordings.import_set(NURSE, text)

    (refused,) = report.refused
    assert (refused.wording_id, [each.code for each in refused.problems]) == (
        CARD,
        ["wording_placeholder"],
    )
    assert newest(desk, "what_to_expect/en").number == 2


def test_a_single_wording_file_is_taken_in_too(desk: Desk) -> None:
    text = desk.shipped_wording[CARD].replace("Good to know", "Please note")

    (line,) = desk.wordings.import_set(NURSE, text).lines

    assert (line.taken, line.unchanged) == (Taken.NEW, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml",
        "x = 1",
        'format = "spine-intake-wording"',
        'format = "spine-intake-wording"\nwording = [5]',
        "x = " + "[" * 9000,
        "# " + "x" * 5_000_000,
    ],
    ids=["empty", "words", "other", "no wording", "no table", "deep", "huge"],
)
def test_a_file_without_wording_is_refused(desk: Desk, text: str) -> None:
    with pytest.raises(WordingEditError):
        desk.wordings.import_set(NURSE, text)


def test_a_wording_of_no_known_sheet_is_refused(desk: Desk) -> None:
    text = desk.wordings.export_set(MANAGER).replace('sheet = "driver_card"', 'sheet = "poem"')

    (refused,) = desk.wordings.import_set(NURSE, text).refused

    assert [each.code for each in refused.problems] == ["wording_heading"]


@pytest.mark.parametrize("language", ["fr", "../../secret"])
def test_a_wording_in_a_language_that_nothing_prints_in_is_refused(
    desk: Desk, language: str
) -> None:
    text = desk.shipped_wording[CARD].replace('language = "en"', f'language = "{language}"')

    (refused,) = desk.wordings.import_set(NURSE, text).refused

    assert [each.code for each in refused.problems] == ["wording_language"]
