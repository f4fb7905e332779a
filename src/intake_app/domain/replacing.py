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


def replaced_sheet(given: Sequence[StoredSheet], inputs: str) -> StoredSheet | None:
    """Return the sheet that one made from ``inputs`` now replaces, of those given, latest first.

    A sheet from the same facts corrects nothing: it replaces what the latest one replaced, so that
    the same facts give the same words however often they are printed, and in any size.
    """
    if not given:
        return None
    latest = given[0]
    if not same_facts(latest.inputs, inputs):
        return latest
    return next((sheet for sheet in given if sheet.id == latest.replaces), None)


def naming(sheet: Sheet, old: StoredSheet, clinic: Clinic, *, words: PaperWords) -> Sheet:
    """Return a sheet that says on page 1 which one it replaces; its check code is another."""
    local, dates = old.made_at.astimezone(clinic.zone), PaperDates(words, clinic)
    moment = words.say("moment", day=dates.full(local.date()), clock=dates.clock(local))
    said = replace(
        sheet, notice=sheet.words.replaces.format(moment=moment, code=old.check_code), check_code=""
    )
    return replace(said, check_code=check_code(sha256(canonical(said)).digest()))
