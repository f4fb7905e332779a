"""What a voice reads: the words of the sheet, in reading order, one sentence on a line."""

from dataclasses import replace

import pytest

from intake_app.domain.sheets import Block, Bullets, Element, Lines, Paragraph, Sheet, Table
from intake_app.domain.spoken import spoken_text
from tests.documents import samples


def said(*elements: Element, title: str = "") -> list[str]:
    """Return the lines of one block alone."""
    block = Block(id="A-05", title=title, elements=elements, reason="always")
    whole = spoken_text(replace(samples.ordinary(), blocks=(block,), clinic_lines=("Clinic",)))
    return whole.split("Clinic.\n\n")[1].split("\n\nThis sheet does not")[0].splitlines()


def test_a_sheet_is_read_from_title_to_check_code() -> None:
    lines = spoken_text(samples.ordinary()).splitlines()

    assert lines[0] == "Going home after your back procedure."
    assert lines.index("Eleanor Whitfield.") < lines.index("Call 9 1 1 right away if you have.")
    assert lines.index("Call 9 1 1 right away if you have.") < lines.index("What was done.")
    assert lines[-1] == "Check code 7 K 3 M, Q 2 X D."


def test_each_sentence_has_a_line_and_an_end() -> None:
    lines = said(Paragraph("Rest today. Do not drive! Who helps you? Dr. J. Ma calls you"))

    assert lines == ["Rest today.", "Do not drive!", "Who helps you?", "Dr. J. Ma calls you."]


def test_a_heading_stands_alone_before_its_list() -> None:
    signs = Bullets(items=("chest pain", "fainting"), lead="Chest")

    lines = said(signs, title="Call now for:")

    assert lines == ["Call now for.", "", "Chest.", "chest pain.", "fainting."]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Call 312 555 0142.", "Call 3 1 2, 5 5 5, 0 1 4 2."),
        ("Call (515) 555-0100 now.", "Call 5 1 5, 5 5 5, 0 1 0 0 now."),
        ("Call +44 20 7946 0018.", "Call +4 4, 2 0, 7 9 4 6, 0 0 1 8."),
        ("Call **911** at once.", "Call 9 1 1 at once."),
        ("Ring 112.", "Ring 1 1 2."),
        ("Weighs 112 kg.", "Weighs 112 kg."),
        ("Take at most 3,000 mg in 24 hours.", "Take at most 3,000 mg in 24 hours."),
        ("Fever of 100.4 °F.", "Fever of 100.4 °F."),
        ("On November 22, 2026 at 10:30.", "On November 22, 2026 at 10:30."),
    ],
)
def test_phone_numbers_are_parted_into_digits_and_other_numbers_are_not(
    written: str, read: str
) -> None:
    assert said(Paragraph(written)) == [read]


def test_a_row_of_limits_is_a_sentence() -> None:
    table = Table(
        head=("What must wait?", "How long", "Not before"),
        rows=(
            ("Lifting over 5 lb", "2 weeks", "Sunday, December 6"),
            ("Driving", "2 days", "Tuesday, November 24"),
        ),
        widths=(0.4, 0.2, 0.4),
    )

    assert said(table) == [
        "What must wait?",
        "Lifting over 5 lb: 2 weeks, not before Sunday, December 6.",
        "Driving: 2 days, not before Tuesday, November 24.",
    ]


def test_a_table_of_one_row_names_each_cell() -> None:
    table = Table(
        head=("Danger sign", "By day", "At night"),
        rows=(("**911**", "**312 555 0142**", "312 555 0143"),),
        widths=(0.2, 0.4, 0.4),
    )

    assert said(table, title="Whom to call") == [
        "Whom to call.",
        "Danger sign: 9 1 1.",
        "By day: 3 1 2, 5 5 5, 0 1 4 2.",
        "At night: 3 1 2, 5 5 5, 0 1 4 3.",
    ]


def test_a_table_with_many_columns_names_all_of_them() -> None:
    table = Table(
        head=("Medicine", "Dose", "Times", "Until"),
        rows=(("Iron", "1 tablet", "2 a day", "Friday"), ("Zinc", "", "1 a day", "Sunday")),
        widths=(0.25,) * 4,
    )

    assert said(table, title="Pills")[1:] == [
        "Iron: dose 1 tablet, times 2 a day, until Friday.",
        "Zinc: times 1 a day, until Sunday.",
    ]


def test_the_diary_is_one_sentence() -> None:
    lines = said(
        Table(
            head=("Your first week", "Mon 23", "Tue 24"),
            rows=(("Pain, 0 to 10", "", ""), ("Minutes walked", "", "")),
            widths=(0.4, 0.3, 0.3),
            writing=True,
        )
    )

    assert lines == [
        "Your first week.",
        "A table to fill in by hand, with room for Mon 23, Tue 24: Pain, 0 to 10, Minutes walked.",
    ]


def test_a_line_to_write_on_is_said() -> None:
    assert said(Lines(("Nurse, time",))) == ["Nurse, time: Line to write on."]


def test_chinese_sentences_are_parted_without_blanks_between_them() -> None:
    assert said(Paragraph("今天休息。不要开车。多喝水")) == ["今天休息。", "不要开车。", "多喝水。"]


def test_marks_that_only_steer_direction_are_left_out() -> None:
    lines = said(Paragraph("اتصل بالرقم \u2066312 555 0142\u2069."))

    assert lines == ["اتصل بالرقم 3 1 2, 5 5 5, 0 1 4 2."]


def test_a_draft_and_a_demonstration_say_so_first() -> None:
    sheet = replace(samples.ordinary(), specimen=True, demonstration=True)

    assert spoken_text(sheet).splitlines()[:2] == ["DRAFT.", "Demonstration, not a real patient."]


@pytest.mark.parametrize(
    "sheet",
    [
        samples.ordinary(),
        samples.everything(),
        samples.what_to_expect(),
        samples.driver_card(),
    ],
    ids=["ordinary", "everything", "what to expect", "driver card"],
)
def test_no_markup_and_no_line_without_an_end_is_left(sheet: Sheet) -> None:
    lines = spoken_text(sheet).splitlines()

    assert [line for line in lines if "*" in line or "  " in line] == []
    assert [line for line in lines if line and line[-1] not in ".!?"] == []
