from dataclasses import replace

import pytest

from intake_app.documents.flow import DoesNotFitError, Flow, Section
from intake_app.documents.page import Frame
from intake_app.documents.pieces import GUTTER, Piece

PAGE = Frame(0, 200 + GUTTER, 100, 0)
RIGHT = 100 + GUTTER


def piece(height: float, *, keep: bool = False) -> Piece:
    return Piece(height, 0.0, lambda pen, x, top: None, keep)


def section(name: str, *heights: float, wide: bool = False, first_page: bool = False) -> Section:
    title = piece(10, keep=True)
    body = [piece(height) for height in heights]
    return Section(name, [title, *body], wide=wide, gap=10, first_page=first_page)


def placed(*sections: Section, patience: float = 0) -> list[list[tuple[str, float, float, int]]]:
    """Return block, x, top and number of pieces of everything, page by page."""
    flow = Flow(lambda _: PAGE, patience=patience, cut_from=30)
    flow.place(sections)
    return [
        [(place.block, place.x, place.top, len(place.pieces)) for place in page]
        for page in flow.pages
    ]


def test_wide_blocks_stand_one_under_the_other() -> None:
    (page,) = placed(section("a", 20, wide=True), section("b", 20, wide=True))

    assert page == [("a", 0, 100, 2), ("b", 0, 60, 2)]


def test_narrow_blocks_share_two_even_columns() -> None:
    (page,) = placed(section("a", 20), section("b", 20))

    assert page == [("a", 0, 100, 2), ("b", RIGHT, 100, 2)]


def test_a_wide_block_stands_below_the_taller_column() -> None:
    (page,) = placed(section("a", 20), section("b", 20, 10), section("c", 5, wide=True))

    assert page[-1] == ("c", 0, 50, 2)


def test_a_block_that_does_not_fit_the_rest_of_a_page_goes_to_the_next() -> None:
    first, second = placed(section("a", 60, wide=True), section("b", 60, wide=True))

    assert first == [("a", 0, 100, 2)]
    assert second == [("b", 0, 100, 2)]


def test_a_title_is_never_parted_from_what_follows() -> None:
    first, second = placed(section("a", 75, wide=True), section("b", 20, 20, wide=True))

    assert first == [("a", 0, 100, 2)]
    assert second == [("b", 0, 100, 3)]


def test_a_block_longer_than_a_page_goes_on_and_loses_nothing() -> None:
    pages = placed(section("a", *[30] * 12, wide=True))

    assert sum(count for page in pages for *_, count in page) == 13
    assert all(count > 1 for page in pages for *_, count in page)


def test_a_long_narrow_block_goes_on_in_the_next_column_and_page() -> None:
    pages = placed(section("a", *[30] * 12))

    assert sum(count for page in pages for *_, count in page) == 13
    assert [x for _, x, _, _ in pages[0]] == [0, RIGHT]


@pytest.mark.parametrize(("company", "counts"), [(False, [7, 2]), (True, [5, 4])])
def test_no_item_of_a_list_is_left_alone_above_a_cut(company: bool, counts: list[int]) -> None:
    title, item = piece(10, keep=True), piece(14)
    lists = [title, *[item] * 4, title, replace(item, company=True), item, item]
    flow = Flow(lambda _: PAGE, patience=0, cut_from=10, company=company)

    flow.place([Section("a", lists, wide=True, gap=10)])

    assert [len(place.pieces) for page in flow.pages for place in page] == counts


def test_a_list_is_not_begun_at_the_foot_of_a_page_for_one_item() -> None:
    first, second = placed(section("a", 45, wide=True), section("b", *[14] * 6))

    assert [block for block, *_ in first] == ["a"]
    assert {block for block, *_ in second} == {"b"}


def test_a_block_left_alone_takes_the_whole_width() -> None:
    wide = section("c", 20, wide=True)
    alone = replace(section("c", 90), across=lambda: wide)

    first, second = placed(section("a", 60), section("b", 60), alone)

    assert [block for block, *_ in first] == ["a", "b"]
    assert second == [("c", 0, 100, 2)]


def test_white_is_given_away_to_keep_a_block_whole() -> None:
    sections = (section("a", 10), section("b", 10, 10, 10, 10, 10, 10))

    (cut,) = placed(*sections)
    (whole,) = placed(*sections, patience=40)

    assert {x for block, x, _, _ in cut if block == "b"} == {0, RIGHT}
    assert {x for block, x, _, _ in whole if block == "b"} == {RIGHT}


@pytest.mark.parametrize("wide", [True, False])
def test_a_piece_taller_than_a_page_is_refused(wide: bool) -> None:
    with pytest.raises(DoesNotFitError) as refused:
        placed(section("a", 120, wide=wide))

    assert refused.value.block == "a"


@pytest.mark.parametrize("wide", [True, False])
def test_a_block_that_must_stand_on_page_one_is_refused_elsewhere(wide: bool) -> None:
    with pytest.raises(DoesNotFitError) as refused:
        placed(section("a", 80, wide=True), section("b", 60, 60, 60, wide=wide, first_page=True))

    assert refused.value.block == "b"


def test_white_at_the_foot_is_shared_out_between_rows() -> None:
    flow = Flow(lambda _: PAGE, patience=0, cut_from=30)
    flow.place([section("a", 20, wide=True), section("b", 20, wide=True)])

    flow.spread(8)

    assert [place.top for place in flow.pages[0]] == [100, 52]
