"""Wording files: closed lists, what is refused, fingerprints and approval."""

import pytest

from intake_app.domain.aftercare import compose
from intake_app.domain.errors import WordingError
from intake_app.domain.sheets import SheetKind
from intake_app.domain.vocabulary import AFTERCARE_BLOCKS
from intake_app.domain.wording import (
    read_wording,
)
from tests.domain.papers import AFTERCARE, ORDINARY, WORDING_FOLDER, shipped

TEXT = (WORDING_FOLDER / "aftercare.toml").read_text("utf-8")
FILES = tuple(f"{kind.value}.toml" for kind in SheetKind)
CARD = """
sheet = "driver_card"
language = "en"
version = "3"
title = "Card"
[[block]]
id = "D-1"
title = "Come"
when = {when}
[[block.element]]
kind = "paragraph"
text = "{text}"
"""


def card(text: str = "Come", when: str = '"always"') -> str:
    return CARD.replace("{when}", when).replace("{text}", text)


@pytest.mark.parametrize("name", FILES)
def test_every_shipped_wording_can_be_read(name: str) -> None:
    wording = shipped(name)

    assert wording.id == f"{name.removesuffix('.toml')}/en"
    assert wording.language == "en"


def test_the_aftercare_wording_has_every_block_of_the_fact_file() -> None:
    handles = {h for block in AFTERCARE.blocks for h in (block.id, *block.covers)}

    assert set(AFTERCARE_BLOCKS) <= handles


def test_what_no_source_confirmed_is_marked_for_the_approver_and_never_prints() -> None:
    notes = dict(AFTERCARE.to_check)

    assert {"R-1", "R-2", "A-13", "A-20", "A-21", "A-28"} <= set(notes)
    assert not [note for note in notes.values() if note in "\n".join(AFTERCARE.texts)]


REFUSED = [
    ("not_toml", "sheet = ", "", ""),
    ("heading", 'title = "x"', "", ""),
    ("heading", card().replace("driver_card", "recipe"), "", ""),
    ("heading", card().replace('title = "Card"', "title = 5"), "", ""),
    ("heading", card().replace('language = "en"', "language = 5"), "", ""),
    ("text", card().partition("[[block]]")[0] + "block = 5", "", "block"),
    ("empty_text", card(" "), "D-1", ""),
    ("placeholder", card("See {levels}"), "D-1", "levels"),
    ("placeholder", card("See {day"), "D-1", "{"),
    ("condition", card(when='"full_moon"'), "D-1", "full_moon"),
    ("condition", card(when='{ any = ["sedation", "full_moon"] }'), "D-1", "full_moon"),
    ("condition", card(when='{ xor = ["sedation"] }'), "D-1", "xor"),
    ("condition", card(when='{ all = ["sedation"], any = ["sedation"] }'), "D-1", ""),
    ("element", card().replace('kind = "paragraph"', 'kind = "poem"'), "D-1", "poem"),
    ("text", card().replace('text = "Come"', "text = 5"), "D-1", ""),
    ("text", card().replace('title = "Come"', ""), "D-1", "title"),
    ("text", card() + 'covers = 5\n[[block]]\nid = "D-2"', "D-2", "title"),
    ("text", card().replace('title = "Come"', 'title = "Come"\ncovers = 5'), "D-1", "covers"),
    ("element", card().partition("[[block.element]]")[0] + "element = [5]", "D-1", ""),
    ("empty_block", card() + 'place = "x"\n[[block]]\nid = "D-2"\ntitle = "x"', "D-2", ""),
    ("place", card() + '[[block]]\nid = "D-2"\ntitle = "x"\nplace = "roof"', "D-2", "roof"),
    ("missing_block", card().replace("D-1", "D-9"), "D-1", ""),
    ("doubled_block", card() + card().partition("[[block]]")[2].join(("[[block]]", "")), "D-1", ""),
    ("into", card().replace('title = "Come"', 'title = "Come"\ninto = "D-7"'), "D-1", "D-7"),
    (
        "long_list",
        card().replace('kind = "paragraph"', 'kind = "bullets"\nitems = ["a"' + ', "b"' * 7 + "]"),
        "D-1",
        "",
    ),
]


@pytest.mark.parametrize(
    ("why", "text", "block", "name"),
    REFUSED,
    ids=[f"{case[0]}-{n}" for n, case in enumerate(REFUSED)],
)
def test_a_bad_file_is_refused_by_file_block_and_name(
    why: str, text: str, block: str, name: str
) -> None:
    with pytest.raises(WordingError) as caught:
        read_wording(text, "card.toml")

    assert dict(caught.value.values) == {
        "file": "card.toml",
        "block": block,
        "why": why,
        "name": name,
    }


@pytest.mark.parametrize("handle", ["A-02", "A-15", "A-26", "A-30", "R-1", "R-2", "A-24"])
def test_an_aftercare_set_without_one_of_its_blocks_is_refused(handle: str) -> None:
    text = TEXT.replace(f'"{handle}"', f'"{handle}X"')

    with pytest.raises(WordingError) as caught:
        read_wording(text, "aftercare.toml")

    assert caught.value.values["block"] in (handle, "A-26")


@pytest.mark.parametrize(
    ("line", "block"), [('  "Chest pain",\n', "R-1"), ('  "A rash",\n', "R-2")], ids=["R-1", "R-2"]
)
def test_red_flags_may_only_grow(line: str, block: str) -> None:
    assert line in TEXT

    with pytest.raises(WordingError) as caught:
        read_wording(TEXT.replace(line, ""), "aftercare.toml")

    assert (caught.value.values["why"], caught.value.values["block"]) == ("red_flags_shrunk", block)


@pytest.mark.parametrize("handle", ["R-1", "R-2"])
@pytest.mark.parametrize(
    ("line", "instead"),
    [("first_page = true", "first_page = false"), ("first_page = true", 'when = "sedation"')],
    ids=["off page one", "with a condition"],
)
def test_red_flags_are_always_on_page_one(handle: str, line: str, instead: str) -> None:
    before, mark, after = TEXT.partition(f'id = "{handle}"')

    with pytest.raises(WordingError) as caught:
        read_wording(before + mark + after.replace(line, instead, 1), "aftercare.toml")

    assert caught.value.values["why"] == "red_flags_place"


def test_emergencies_stand_above_calls() -> None:
    start, first, rest = TEXT.partition('[[block]]\nid = "R-1"')
    danger, second, after = rest.partition('[[block]]\nid = "R-2"')
    calls, third, end = after.partition('[[block]]\nid = "A-26"')

    with pytest.raises(WordingError) as caught:
        read_wording(start + second + calls + first + danger + third + end, "aftercare.toml")

    assert caught.value.values["why"] == "red_flags_place"


def test_a_list_of_which_nothing_holds_is_left_out() -> None:
    line = 'title = "Rest and moving"\n'
    extra = """
[[block.element]]
kind = "bullets"
lead = "Never"
items = [{ text = "Nothing", when = "nurse_note" }]
"""
    assert line in TEXT

    composition = compose(ORDINARY, read_wording(TEXT.replace(line, line + extra), "a.toml"))

    (block,) = [block for block in composition.blocks if block.id == "A-05"]
    assert len(block.elements) == 1
    assert composition.blocking == ()


def test_a_sign_may_be_added() -> None:
    text = TEXT.replace('  "Short of breath",\n', '  "Short of breath",\n  "Blue lips",\n')

    assert "Blue lips" in read_wording(text, "aftercare.toml").texts


# --- fingerprint and approval -------------------------------------------------------------


def test_comments_and_spacing_do_not_change_the_fingerprint() -> None:
    text = "# a comment\n" + TEXT.replace("Rest today. Do", "Rest today.  Do")

    assert read_wording(text, "aftercare.toml").fingerprint == AFTERCARE.fingerprint


@pytest.mark.parametrize(
    ("word", "other"),
    [("Your care at home", "Your care at work"), ('version = "1"', 'version = "2"')],
)
def test_every_word_counts_in_the_fingerprint(word: str, other: str) -> None:
    assert word in TEXT

    text = TEXT.replace(word, other)

    assert read_wording(text, "aftercare.toml").fingerprint != AFTERCARE.fingerprint


def test_a_block_that_comes_out_empty_keeps_the_sheet_back() -> None:
    block = TEXT.index('id = "A-02"')
    line = TEXT[TEXT.index("text = ", block) :].partition("\n")[0]
    text = TEXT.replace(line, f'when = "nurse_note"\n{line}')

    composition = compose(ORDINARY, read_wording(text, "aftercare.toml"))

    assert [(p.key, p.code) for p in composition.blocking] == [("A-02", "block_failed")]


def test_the_kinds_of_paper_are_those_that_have_wording() -> None:
    assert {shipped(name).kind for name in FILES} == set(SheetKind)
