"""Editing words: nothing typed is lost, every step has a way back, two people do not collide."""

from pathlib import Path

import pytest

from intake_app.domain.conditions import ALWAYS_WHEN, When
from intake_app.domain.errors import StorageUnavailableError
from intake_app.ui.presenters.wording_fields import Place
from intake_app.ui.presenters.wording_history import History
from tests.fakes_ui import ImmediateTasks
from tests.presenters.wordings import Page, a_wording_page

pytestmark = pytest.mark.usefixtures("qapp")

FIRST = Place("R-1", 0, 0)
SECOND = Place("R-1", 0, 1)


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """Return the page as it opens for a nurse: a draft she may write in."""
    return a_wording_page(tmp_path)


def signs(page: Page) -> list[str]:
    """Return the first group of danger signs as it is now."""
    return [item.text for item in page.text.block("R-1").elements[0].items]


def type_on(page: Page, place: Place, text: str) -> None:
    """Type letter by letter."""
    for end in range(1, len(text) + 1):
        page.blocks.type(place, text[:end])


def test_what_is_typed_is_saved_after_a_pause(page: Page) -> None:
    type_on(page, FIRST, "Pain")
    pending = page.wording.pending

    page.wording.flush()

    assert (pending, page.wording.pending) == (True, False)
    assert page.stored().block("R-1").elements[0].items[0].text == "Pain"


def test_typing_on_in_one_text_is_one_step_back(page: Page) -> None:
    before = signs(page)
    type_on(page, FIRST, "Pain in the chest")

    page.wording.editor.undo()

    assert signs(page) == before


def test_another_text_is_another_step(page: Page) -> None:
    type_on(page, FIRST, "One")
    type_on(page, SECOND, "Two")

    page.wording.editor.undo()

    assert signs(page)[:2] == ["One", "Short of breath"]


def test_a_pause_begins_another_step(page: Page) -> None:
    type_on(page, FIRST, "One")
    page.wording.flush()
    type_on(page, FIRST, "One more")

    page.wording.editor.undo()

    assert signs(page)[0] == "One"


def test_what_was_undone_can_be_redone_and_is_saved(page: Page) -> None:
    type_on(page, FIRST, "One")
    page.wording.editor.undo()

    page.wording.editor.redo()
    page.wording.flush()

    assert page.stored().block("R-1").elements[0].items[0].text == "One"
    assert not page.wording.editor.can_redo


def test_words_with_a_problem_are_kept_as_they_were_typed(page: Page) -> None:
    page.blocks.type(FIRST, "Pain {nowhere")
    page.wording.flush()

    assert page.stored().block("R-1").elements[0].items[0].text == "Pain {nowhere"
    assert "curly brackets" in page.blocks.problem_at(FIRST)
    assert page.blocks.problem_at(SECOND) == ""
    assert next(row for row in page.blocks.rows if row.id == "R-1").wrong


def test_a_problem_goes_as_soon_as_it_is_put_right(page: Page) -> None:
    page.blocks.type(FIRST, "Pain {nowhere")

    page.blocks.type(FIRST, "Pain")

    assert page.blocks.problem_at(FIRST) == ""
    assert page.wording.editor.problems == ()


def test_a_danger_sign_cannot_be_removed(page: Page) -> None:
    before = signs(page)

    page.blocks.remove_line(FIRST)

    assert signs(page) == before
    assert "fewer danger signs than in the shipped wording" in page.said[-1]


def test_a_danger_sign_that_was_added_can_be_removed(page: Page) -> None:
    before = signs(page)
    page.blocks.add_line(FIRST)
    page.blocks.type(SECOND, "Very fast heart")
    added = signs(page)

    page.blocks.remove_line(SECOND)

    assert added == [before[0], "Very fast heart", *before[1:]]
    assert signs(page) == before


def test_a_line_moves_with_the_keyboard_on_it(page: Page) -> None:
    before = signs(page)

    page.blocks.move_line(FIRST, 1)

    assert signs(page) == [before[1], before[0], *before[2:]]


def test_the_first_line_does_not_move_up(page: Page) -> None:
    before = signs(page)

    page.blocks.move_line(FIRST, -1)

    assert signs(page) == before
    assert not page.wording.editor.can_undo


def test_a_block_moves_down_the_paper(page: Page) -> None:
    page.blocks.choose("A-05")
    before = [row.id for row in page.blocks.rows]

    page.blocks.move_block(1)

    after = [row.id for row in page.blocks.rows]
    assert after.index("A-05") == before.index("A-05") + 1


def test_a_part_that_every_sheet_needs_is_not_removed(page: Page) -> None:
    page.blocks.choose("A-05")

    page.blocks.remove_block()

    assert [getattr(error, "code", "") for error in page.errors] == ["wording_edit"]
    assert "A-05" in [row.id for row in page.blocks.rows]


def test_a_part_of_the_clinics_own_can_be_added_and_removed(page: Page) -> None:
    page.blocks.choose("A-05")

    page.blocks.add_block()
    added = page.blocks.chosen
    page.blocks.type(Place(added, part="title"), "Parking")
    title = page.text.block(added).title
    page.blocks.remove_block()

    assert title == "Parking"
    assert added not in [row.id for row in page.blocks.rows]


def test_a_condition_is_chosen_and_said_in_words(page: Page) -> None:
    place = Place("A-05", 0, 0)
    page.blocks.choose("A-05")

    page.blocks.set_when(place, When("none", ("sedation",)))

    assert page.blocks.when_words(page.blocks.when_at(place)).startswith("not: sedation")
    assert page.blocks.when_words(ALWAYS_WHEN) == ""


@pytest.mark.parametrize("block", ["R-1", "R-2"])
def test_locked_blocks_say_so(page: Page, block: str) -> None:
    page.blocks.choose(block)

    assert "None can be taken away" in page.blocks.locked_words
    assert not page.blocks.may_condition(-1)


def test_conditions_and_what_is_filled_in_are_in_words(page: Page) -> None:
    facts = {option.label for option in page.blocks.conditions()}
    filled = {option.value for option in page.blocks.placeholders()}

    assert "diabetes (or not asked)" in facts
    assert "emergency" in filled


def test_while_the_database_is_away_the_words_stay_pending(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise StorageUnavailableError

    monkeypatch.setattr(page.desk.wordings, "save", away)
    page.blocks.type(FIRST, "One")
    page.wording.flush()
    pending = page.wording.pending
    monkeypatch.undo()

    page.wording.flush()

    assert (pending, page.wording.pending) == (True, False)
    assert page.stored().block("R-1").elements[0].items[0].text == "One"


def test_nothing_else_is_opened_while_words_cannot_be_saved(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise StorageUnavailableError

    monkeypatch.setattr(page.desk.wordings, "save", away)
    page.blocks.type(FIRST, "One")

    page.wording.choose("driver_card/en")

    assert page.text.wording_id == "aftercare/en"
    assert signs(page)[0] == "One"


def test_what_is_typed_while_a_save_is_on_its_way_is_saved_after_it(tmp_path: Path) -> None:
    tasks = ImmediateTasks()
    page = a_wording_page(tmp_path, tasks)
    tasks.held = True
    page.blocks.type(FIRST, "One")
    page.wording.flush()
    page.blocks.type(FIRST, "One and two")
    tasks.held = False

    tasks.release()

    assert page.stored().block("R-1").elements[0].items[0].text == "One and two"
    assert not page.wording.pending


# --- two people at one draft -----------------------------------------------------------------


def somebody_else_saves(page: Page) -> None:
    """Let another person save the draft that is open here."""
    version = page.wording.editor.version
    assert version is not None
    theirs = page.stored().with_item("R-1", 0, 1, "Theirs")
    page.desk.wordings.save(page.main.actor, version.id, theirs, base_version=version.version)


def test_the_second_save_is_not_made_and_nothing_typed_is_lost(page: Page) -> None:
    somebody_else_saves(page)
    page.blocks.type(FIRST, "Mine")

    page.wording.flush()

    assert page.wording.editor.in_conflict
    assert page.wording.pending
    assert signs(page)[0] == "Mine"


def test_theirs_can_be_taken_over_and_mine_is_a_step_back(page: Page) -> None:
    somebody_else_saves(page)
    page.blocks.type(FIRST, "Mine")
    page.wording.flush()

    page.wording.editor.take_theirs()
    theirs = signs(page)[:2]
    page.wording.editor.undo()

    assert theirs == ["Chest pain", "Theirs"]
    assert signs(page)[0] == "Mine"


def test_mine_can_be_kept(page: Page) -> None:
    somebody_else_saves(page)
    page.blocks.type(FIRST, "Mine")
    page.wording.flush()

    page.wording.editor.keep_mine()

    assert not page.wording.pending
    assert page.stored().block("R-1").elements[0].items[0].text == "Mine"


# --- the way back ----------------------------------------------------------------------------


def test_a_new_change_forgets_what_was_undone() -> None:
    history = History("a").changed("b").undone().changed("c")

    assert history.redone().now == "c"
    assert history.undone().now == "a"


def test_there_is_nothing_before_the_beginning() -> None:
    assert History("a").undone().now == "a"


def test_what_somebody_else_saved_is_shown_when_nothing_is_typed_here(page: Page) -> None:
    somebody_else_saves(page)

    page.wording.load()

    assert signs(page)[1] == "Theirs"
    assert not page.wording.editor.in_conflict


def test_what_is_typed_here_stays_although_somebody_else_saved(page: Page) -> None:
    page.blocks.type(FIRST, "Mine")
    somebody_else_saves(page)

    page.wording.load()

    assert signs(page)[:2] == ["Mine", "Short of breath"]


def test_after_a_conflict_nothing_happens_that_was_asked_for_before(page: Page) -> None:
    somebody_else_saves(page)
    page.blocks.type(FIRST, "Mine")
    page.wording.choose("driver_card/en")

    page.wording.editor.keep_mine()

    assert page.text.wording_id == "aftercare/en"
    assert page.wording.wording_id == "aftercare/en"
