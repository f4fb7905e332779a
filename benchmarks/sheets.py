"""Aftercare sheets of made-up patients, no two alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from intake_app.domain.aftercare import aftercare_sheet, compose
from intake_app.domain.sheets import PrintSize, Sheet, SheetKind
from tests.domain.languages import wording_in, words_in
from tests.domain.papers import ORDINARY

if TYPE_CHECKING:
    from intake_app.domain.paper_words import PaperWords
    from intake_app.domain.wording_tree import Wording

LANGUAGES = ("en", "es", "zh-Hans", "vi", "ar")
FIRST_DAY = date(2026, 11, 22)
GIVEN = ("Ana", "Björn", "Chloé", "Elif", "Gábor", "José", "Łucja", "Niamh", "Ruth", "Søren")
FAMILY = ("García", "Okafor", "Müller", "O’Brien", "Kowalska", "Haddad", "Dvořák", "Silva")


def sheet(number: int, language: str = "en") -> Sheet:
    """Return a sheet; another number gives other names, dates and code."""
    wording, words = _spoken(language)
    facts = replace(
        ORDINARY,
        words=words,
        patient=replace(
            ORDINARY.patient,
            given_name=GIVEN[number % len(GIVEN)],
            family_name=FAMILY[number % len(FAMILY)],
            record_number=f"{100000 + number}",
        ),
        visit=replace(ORDINARY.visit, day=FIRST_DAY + timedelta(days=number % 300)),
    )
    composition = compose(facts, wording)
    return aftercare_sheet(facts, wording, composition, size=PrintSize.NORMAL, specimen=False)


@cache
def _spoken(language: str) -> tuple[Wording, PaperWords]:
    return wording_in(SheetKind.AFTERCARE, language), words_in(language)
