"""A corrected sheet names the one it replaces, so that nobody follows the old one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from intake_app.domain.paper import canonical
from intake_app.domain.paper_dates import PaperDates
from intake_app.domain.sheets import check_code
from intake_app.domain.still_true import same_facts

if TYPE_CHECKING:
    from intake_app.domain.clinic import Clinic
    from intake_app.domain.paper_words import PaperWords
    from intake_app.domain.sheets import Sheet, StoredSheet


def corrected(
    sheet: Sheet,
    given: Sequence[StoredSheet],
    inputs: str,
    *,
    clinic: Clinic,
    words: PaperWords,
) -> tuple[Sheet, StoredSheet | None]:
    """Return a sheet that names the one it replaces, and that one; ``given`` are latest first.

    A sheet from the same facts, or in the very same words, corrects nothing: it replaces what the
    latest one replaced, so that it is the same sheet however often it is printed.
    """
    if not given:
        return sheet, None
    latest = given[0]
    before = next((each for each in given if each.id == latest.replaces), None)
    again = naming(sheet, before, clinic, words=words) if before is not None else sheet
    if again.check_code == latest.check_code or same_facts(latest.inputs, inputs):
        return again, before
    return naming(sheet, latest, clinic, words=words), latest


def naming(sheet: Sheet, old: StoredSheet, clinic: Clinic, *, words: PaperWords) -> Sheet:
    """Return a sheet that says on page 1 which one it replaces; its check code is another."""
    local, dates = old.made_at.astimezone(clinic.zone), PaperDates(words, clinic)
    moment = words.say("moment", day=dates.full(local.date()), clock=dates.clock(local))
    said = replace(
        sheet, notice=sheet.words.replaces.format(moment=moment, code=old.check_code), check_code=""
    )
    return replace(said, check_code=check_code(sha256(canonical(said)).digest()))
