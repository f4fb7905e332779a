import pytest

from intake_app.documents.spine_drawing import label_tops, spine_for
from intake_app.domain.spine import LEVELS, STANDARD_LEVELS, TRANSITIONAL
from tests.documents.looking import falling


@pytest.mark.parametrize("level", [*LEVELS, TRANSITIONAL])
def test_every_level_can_be_marked(level: str) -> None:
    drawn = {bone.level for bone in spine_for([level]).bones}

    assert level in drawn


def test_all_17_usual_levels_are_drawn_and_neck_and_pelvis_are_hinted() -> None:
    drawn = [bone.level for bone in spine_for(["T12"]).bones]

    assert [level for level in drawn if level[0] in "TL"] == list(STANDARD_LEVELS)
    assert {level[0] for level in drawn} == set("CTLS")


def test_the_drawing_stays_in_its_box() -> None:
    drawn = spine_for(["C2", "L6"])

    points = [point for bone in drawn.bones for point in (*bone.body, *bone.process)]

    assert min(x for x, _ in points) >= -1e-9
    assert max(x for x, _ in points) <= drawn.width + 1e-9
    assert min(y for _, y in points) >= -1e-9
    assert max(y for _, y in points) <= 1 + 1e-9


def test_bones_follow_each_other_downwards() -> None:
    fronts = [-bone.front[1] for bone in spine_for(["T12"]).bones]

    assert falling(fronts, by=0.01)


@pytest.mark.parametrize(
    "wanted",
    [[50.0], [52.0, 50.0, 48.0], [99.0, 98.0, 97.0], [3.0, 2.0, 1.0], [90.0, 51.0, 50.0, 4.0]],
    ids=["one", "neighbours", "at the top", "at the bottom", "apart"],
)
def test_labels_never_cover_each_other_or_leave_the_drawing(wanted: list[float]) -> None:
    tops = label_tops(wanted, step=15, top=100, bottom=0)

    assert falling(tops, by=15)
    assert max(tops) <= 100 - 7.5
    assert min(tops) >= 7.5


def test_a_label_alone_stands_beside_its_bone() -> None:
    assert label_tops([50.0], step=15, top=100, bottom=0) == [50.0]
