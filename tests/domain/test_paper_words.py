"""What the program itself writes on papers, in every language."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from intake_app.domain.clinic import Clinic
from intake_app.domain.countries import Country
from intake_app.domain.errors import WordingError
from intake_app.domain.paper_dates import (
    PaperDates,
    written_days,
    written_hours,
    written_minutes,
)
from intake_app.domain.paper_languages import paper_language
from intake_app.domain.paper_words_reader import read_words
from intake_app.domain.plurals import plural_form
from tests.domain.languages import CODES, TRANSLATED, phrases_text, words_in
from tests.domain.papers import CLINIC

BRITISH = replace(CLINIC, country=Country.GB, time_zone="Europe/London")
DAY = date(2026, 11, 22)
AFTERNOON = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
"""2:30 in the afternoon in Chicago."""


def dates(language: str, clinic: Clinic = CLINIC) -> PaperDates:
    return PaperDates(words_in(language), clinic)


def keys(data: object, path: str = "") -> set[str]:
    """Return the path of every phrase; plural forms differ from language to language."""
    if not isinstance(data, dict) or path.startswith("plurals."):
        return {path}
    return {key for name, part in data.items() for key in keys(part, f"{path}{name}.")}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_the_phrases_that_english_has(language: str) -> None:
    english = keys(tomllib.loads(phrases_text("en")))

    assert keys(tomllib.loads(phrases_text(language))) == english


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "November 22, 2026"),
        ("es", "22 de noviembre de 2026"),
        ("zh-Hans", "2026年11月22日"),
        ("vi", "ngày 22 tháng 11 năm 2026"),
        ("ar", "22 نوفمبر 2026"),
    ],
)
def test_a_date_is_written_the_way_of_its_language(language: str, said: str) -> None:
    assert dates(language).full(DAY) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "22 November 2026"),
        ("es", "22 de noviembre de 2026"),
        ("zh-Hans", "2026年11月22日"),
        ("vi", "ngày 22 tháng 11 năm 2026"),
        ("ar", "22 نوفمبر 2026"),
    ],
)
def test_the_clinics_order_of_day_and_month_counts_in_english_alone(
    language: str, said: str
) -> None:
    assert dates(language, BRITISH).full(DAY) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Tuesday, November 24, 2:30 pm"),
        ("es", "martes 24 de noviembre, 2:30 pm"),
        ("zh-Hans", "11月24日星期二 下午2:30"),
        ("vi", "Thứ Ba, ngày 24 tháng 11, 2:30 chiều"),
        ("ar", "الثلاثاء 24 نوفمبر، الساعة 2:30 بعد الظهر"),
    ],
)
def test_a_moment_has_twelve_hours_where_the_clinic_counts_twelve(language: str, said: str) -> None:
    assert dates(language).moment(AFTERNOON, year=2026) == said


@pytest.mark.parametrize("language", CODES)
def test_a_clock_has_twenty_four_hours_where_the_clinic_counts_them(language: str) -> None:
    assert dates(language, BRITISH).clock(datetime(2026, 11, 24, 14, 5, tzinfo=UTC)) == "14:05"


@pytest.mark.parametrize(
    ("language", "noon", "night"),
    [
        ("en", "12:00 pm", "12:30 am"),
        ("es", "12:00 pm", "12:30 am"),
        ("zh-Hans", "中午12:00", "凌晨12:30"),
        ("vi", "12:00 trưa", "12:30 đêm"),
        ("ar", "12:00 ظهرًا", "12:30 بعد منتصف الليل"),
    ],
)
def test_noon_and_the_first_half_hour_are_not_mixed_up(
    language: str, noon: str, night: str
) -> None:
    clock = dates(language).clock

    said = (
        clock(datetime(2026, 11, 24, 12, 0, tzinfo=UTC)),
        clock(datetime(2026, 11, 24, 0, 30, tzinfo=UTC)),
    )

    assert said == (noon, night)


@pytest.mark.parametrize(
    ("number", "form"),
    [
        *[(0, "zero"), (1, "one"), (2, "two"), (3, "few"), (10, "few"), (11, "many")],
        *[(99, "many"), (100, "other"), (102, "other"), (103, "few"), (110, "few")],
        *[(111, "many"), (199, "many"), (200, "other"), (1003, "few")],
    ],
)
def test_arabic_has_six_plural_forms(number: int, form: str) -> None:
    assert plural_form("ar", number) == form


@pytest.mark.parametrize(
    ("language", "one", "two", "eleven"),
    [
        ("en", "1 day", "2 days", "11 days"),
        ("es", "1 día", "2 días", "11 días"),
        ("zh-Hans", "1天", "2天", "11天"),
        ("vi", "1 ngày", "2 ngày", "11 ngày"),
        ("ar", "يوم واحد", "يومين", "11 يومًا"),
    ],
)
def test_a_length_in_days_has_the_right_plural(
    language: str, one: str, two: str, eleven: str
) -> None:
    words = words_in(language)

    assert [written_days(days, words) for days in (1, 2, 11)] == [one, two, eleven]


@pytest.mark.parametrize(
    ("language", "hours", "weeks", "nothing"),
    [
        ("en", "24 hours", "6 weeks", "no wait"),
        ("es", "24 horas", "6 semanas", "sin espera"),
        ("zh-Hans", "24小时", "6个星期", "不用等"),
        ("vi", "24 giờ", "6 tuần", "không phải chờ"),
        ("ar", "24 ساعة", "6 أسابيع", "بدون انتظار"),
    ],
)
def test_lengths_are_said_as_people_say_them(
    language: str, hours: str, weeks: str, nothing: str
) -> None:
    words = words_in(language)

    said = [written_hours(24, words), written_days(42, words), written_hours(0, words)]

    assert said == [hours, weeks, nothing]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1 hour 30 minutes"),
        ("es", "1 hora 30 minutos"),
        ("zh-Hans", "1小时30分钟"),
        ("vi", "1 giờ 30 phút"),
        ("ar", "ساعة واحدة و 30 دقيقة"),
    ],
)
def test_hours_and_minutes_are_said_together(language: str, said: str) -> None:
    assert written_minutes(90, words_in(language)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "T11, T12 and L1"),
        ("es", "T11, T12 y L1"),
        ("zh-Hans", "T11、T12和L1"),
        ("vi", "T11, T12 và L1"),
        ("ar", "T11، T12 و L1"),
    ],
)
def test_a_list_is_joined_the_way_of_its_language(language: str, said: str) -> None:
    assert words_in(language).joined(["T11", "T12", "L1"]) == said


@pytest.mark.parametrize("language", CODES)
def test_digits_are_western_in_every_language(language: str) -> None:
    said = dates(language).moment(AFTERNOON) + words_in(language).counted(11, "day")

    assert all(c in "0123456789" for c in said if c.isdigit())


@pytest.mark.parametrize(
    ("code", "language"),
    [
        *[("en", "en"), ("en-GB", "en"), ("es", "es"), ("es-MX", "es"), ("ES_us", "es")],
        *[("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-SG", "zh-Hans"), ("zh-Hans", "zh-Hans")],
        *[("zh-TW", ""), ("zh-Hant", ""), ("zh-Hant-HK", ""), ("vi", "vi"), ("ar-EG", "ar")],
        *[("ko", ""), ("und", ""), ("", ""), ("arc", "")],
    ],
)
def test_the_code_of_a_language_is_one_of_ours_or_none(code: str, language: str) -> None:
    assert paper_language(code) == language


@pytest.mark.parametrize(
    ("line", "instead", "why", "name"),
    [
        ('no_wait = "no wait"', "", "phrase_missing", "phrases.no_wait"),
        ('today = "today"', 'today = "today"\nsoon = "soon"', "phrase_unknown", "phrases.soon"),
        ("{clock} on {day}", "{clock} on", "phrase_placeholder", "phrases.clock_on"),
        ("{month} {day}, {year}", "{month} {dey}", "phrase_placeholder", "mdy.full"),
        ('one = "{n} day", ', "", "phrase_missing", "day.one"),
        ('"Saturday", "Sunday"]', '"Saturday"]', "phrase_missing", "weekdays"),
        ('[0, "am"], ', "", "phrase_placeholder", "parts_of_day"),
        ('page = "Page {page} of {pages}"', "", "phrase_missing", "sheet.page"),
        ('language = "en"', 'language = "xx"', "heading", "xx"),
        ('language = "en"', "language = ", "not_toml", ""),
    ],
)
def test_a_file_of_phrases_with_a_gap_is_refused_by_name(
    line: str, instead: str, why: str, name: str
) -> None:
    text = phrases_text("en")
    assert line in text

    with pytest.raises(WordingError) as caught:
        read_words(text.replace(line, instead, 1), "phrases.toml")

    assert (caught.value.values["why"], caught.value.values["name"]) == (why, name)


def test_a_short_weekday_of_two_words_is_not_parted_from_its_number() -> None:
    assert dates("vi").short_day(date(2026, 11, 24)) == "Th\N{NO-BREAK SPACE}3 24"
