"""Papers of people who do not exist, to look at the wording."""

import pytest

from intake_app.domain.countries import Paper
from intake_app.domain.errors import CannotPrintError, NotFoundError
from intake_app.domain.sheets import PrintSize, SheetKind
from intake_app.domain.wording_edit import WordingText
from intake_app.services.specimens import SAMPLES
from tests.services.desk import MANAGER, NURSE, PHYSICIAN, Desk, a_desk


@pytest.mark.parametrize("kind", SheetKind)
def test_every_wording_can_be_looked_at_and_is_a_draft(desk: Desk, kind: SheetKind) -> None:
    drawn = desk.wordings.specimen(PHYSICIAN, kind)

    assert b"Ruth Specimen" in drawn.pdf
    assert b"specimen=True" in drawn.pdf


def test_a_specimen_is_a_draft_even_when_the_wording_is_approved(desk: Desk) -> None:
    desk.approve(SheetKind.DRIVER_CARD, desk.board.today().replace(year=2027))

    drawn = desk.wordings.specimen(PHYSICIAN, SheetKind.DRIVER_CARD)

    assert b"specimen=True" in drawn.pdf


def test_a_manager_who_prints_no_sheet_may_look_at_its_wording(desk: Desk) -> None:
    drawn = desk.wordings.specimen(MANAGER, SheetKind.AFTERCARE)

    assert b"Ruth Specimen" in drawn.pdf


def test_a_specimen_leaves_nobody_behind(desk: Desk) -> None:
    desk.wordings.specimen(PHYSICIAN, SheetKind.AFTERCARE)

    assert desk.work.kept.tables.get("patient", {}) == {}
    assert desk.work.kept.tables.get("sheet", {}) == {}


def test_without_a_clinic_phone_there_is_no_specimen_either() -> None:
    desk = a_desk(phone_day="", phone_night="")

    with pytest.raises(CannotPrintError):
        desk.wordings.specimen(PHYSICIAN, SheetKind.AFTERCARE)


def test_before_the_set_up_there_is_no_specimen() -> None:
    with pytest.raises(NotFoundError):
        Desk().wordings.specimen(PHYSICIAN, SheetKind.AFTERCARE)


# --- the six sample patients ----------------------------------------------------------------


def text_of(desk: Desk, kind: SheetKind = SheetKind.AFTERCARE) -> WordingText:
    version = desk.wordings.versions(NURSE, f"{kind.value}/en")[0]
    return desk.wordings.open(NURSE, version.id).text


@pytest.mark.parametrize("sample", [sample.id for sample in SAMPLES])
@pytest.mark.parametrize("kind", SheetKind)
def test_every_paper_of_every_sample_patient_is_whole(
    desk: Desk, kind: SheetKind, sample: str
) -> None:
    paper = desk.wordings.sample_papers(NURSE, text_of(desk, kind))[sample]

    assert paper.composition.blocking == ()
    assert paper.sheet.specimen
    assert "…" not in repr(paper.sheet.blocks)


@pytest.mark.parametrize(
    ("sample", "there", "left_out"),
    [
        ("one_sedated", {"A-04", "A-19"}, {"A-13", "A-15", "A-17", "A-18", "A-20", "A-23"}),
        ("three_apixaban_diabetes", {"A-15", "A-17", "A-23"}, {"A-13", "A-18", "A-20"}),
        ("tumour_chemotherapy", {"A-20"}, {"A-13", "A-15", "A-17"}),
        ("local_only", {"A-05"}, {"A-04", "A-15", "A-20"}),
        ("kyphoplasty_brace_opioid", {"A-13", "A-18", "A-19"}, {"A-15", "A-20", "A-23"}),
        ("everything_large", {f"A-{n:02}" for n in range(1, 31)} | {"NOTE", "R-1", "R-2"}, set()),
    ],
)
def test_each_sample_patient_shows_what_the_others_do_not(
    desk: Desk, sample: str, there: set[str], left_out: set[str]
) -> None:
    composition = desk.wordings.sample_papers(NURSE, text_of(desk))[sample].composition

    assert there <= {block.id for block in composition.blocks}
    assert left_out <= {handle for handle, _, _ in composition.left_out}


def test_the_one_with_everything_reads_large_print(desk: Desk) -> None:
    papers = desk.wordings.sample_papers(NURSE, text_of(desk))

    sizes = [paper.sheet.size for paper in papers.values()]
    assert sizes == [PrintSize.NORMAL] * 5 + [PrintSize.LARGE]


def test_the_preview_shows_words_that_nobody_saved(desk: Desk) -> None:
    text = text_of(desk).with_title("A-05", "Move a little")

    drawn = desk.wordings.preview(NURSE, text, "local_only")

    assert b"Move a little" in drawn.pdf
    assert b"specimen=True" in drawn.pdf
    assert b"Paul Specimen" in drawn.pdf


def test_the_preview_can_be_on_other_paper_in_another_size(desk: Desk) -> None:
    drawn = desk.wordings.preview(NURSE, text_of(desk), size=PrintSize.LARGE, paper=Paper.A4)

    assert b"<Paper.A4" in drawn.pdf
    assert b"<PrintSize.LARGE" in drawn.pdf


def test_words_with_a_problem_have_no_preview_but_the_reasons(desk: Desk) -> None:
    text = text_of(desk).with_title("A-05", "{nonsense}").with_title("A-09", "{more}")

    with pytest.raises(CannotPrintError) as caught:
        desk.wordings.preview(NURSE, text)

    assert [(each.key, each.code) for each in caught.value.reasons] == [
        ("A-05", "wording_placeholder"),
        ("A-09", "wording_placeholder"),
    ]


def test_the_preview_of_a_clinic_without_a_phone_says_why_there_is_none() -> None:
    desk = a_desk(phone_day="")

    with pytest.raises(CannotPrintError) as caught:
        desk.wordings.preview(NURSE, text_of(desk))

    assert [each.code for each in caught.value.reasons] == ["no_phone_day"]


def test_a_sample_patient_nobody_made_up_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.wordings.preview(NURSE, text_of(desk), "nobody")


def test_a_specimen_shows_the_wording_in_its_own_language() -> None:
    desk = a_desk()
    text = desk.shipped_wording["driver_card/en"].replace('language = "en"', 'language = "es"')
    spanish = Desk(
        desk.work, desk.clock, desk.ids, {**desk.shipped_wording, "driver_card/es": text}
    )

    drawn = spanish.wordings.specimen(NURSE, SheetKind.DRIVER_CARD, language="es")

    assert b"language='es'" in drawn.pdf
