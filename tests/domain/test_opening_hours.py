"""Opening hours in the language of the paper, and as typed where nobody can be sure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake_app.domain.countries import Country
from intake_app.domain.opening_hours import opening_hours
from intake_app.domain.paper_dates import PaperDates
from tests.domain.languages import words_in
from tests.domain.papers import CLINIC

PLAIN = "Monday to Friday, 7 am to 6 pm"


def said(line: str, language: str, country: Country = Country.US) -> str:
    words = words_in(language)
    return opening_hours(line, words, PaperDates(words, replace(CLINIC, country=country)))


@pytest.mark.parametrize(
    ("language", "hours"),
    [
        ("en", PLAIN),
        ("es", "lunes a viernes, 7:00 am a 6:00 pm"),
        ("zh-Hans", "星期一至星期五，上午7:00至晚上6:00"),
        ("vi", "Thứ Hai đến Thứ Sáu, 7:00 sáng đến 6:00 tối"),
        ("ar", "الاثنين إلى الجمعة، 7:00 صباحًا إلى 6:00 مساءً"),
    ],
)
def test_a_plain_line_is_written_like_the_other_days_and_times(language: str, hours: str) -> None:
    assert said(PLAIN, language) == hours


@pytest.mark.parametrize(
    "line",
    [
        "Mon-Fri 7:00-18:00",
        "mon to fri, 7 to 18",
        "Monday through Friday, 7:00 a.m. to 6:00 p.m.",
        "Monday – Friday, from 07:00 until 18:00",
    ],
)
def test_the_usual_ways_to_type_a_plain_line_are_read(line: str) -> None:
    assert said(line, "es", Country.ES) == "lunes a viernes, 07:00 a 18:00"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Monday to Friday",
        "Monday to Friday, 7 to 6",
        "Monday to Friday, 7 to 6 pm",
        "Monday to Friday, 7 am to 25 pm",
        "Monday to Friday, 7 to 99",
        "Monday to Payday, 7 am to 6 pm",
        "Monday to Friday, 7 am to 6 pm, Saturday 8 am to noon",
        "lunes a viernes, 7 a 18",
    ],
)
def test_a_line_that_could_be_misread_stands_as_it_was_typed(line: str) -> None:
    assert said(line, "vi") == line
