"""Phone numbers the way the clinic's country writes them; the list of all numbering plans is big.

``phonenumbers`` is loaded with the first number there is, never before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_EXTENSION = re.compile(r"[\s,;]*(?:extension|extn?|x|#)\.?\s*(\d+)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number as it is written in a country, and whether anybody can have it."""

    written: str
    """In the habit of the country; as it was typed where the number cannot be right."""
    is_valid: bool


@lru_cache(maxsize=1024)
def read_phone(typed: str, country: str) -> Phone:
    """Return a typed number as ``country`` (US, GB …) writes it; no country writes it as typed.

    A number of another country is written with its plus sign; an extension is kept.
    """
    import phonenumbers as plans

    plan = country if country in plans.SUPPORTED_REGIONS else None
    if plan is None and not typed.lstrip().startswith("+"):
        return Phone(typed, is_valid=True)  # nobody can say
    match = _EXTENSION.search(typed)
    number = typed[: match.start()] if match else typed
    try:
        read = plans.parse(number, plan)
    except plans.NumberParseException:
        return Phone(typed, is_valid=False)
    if not plans.is_valid_number(read):
        return Phone(typed, is_valid=False)
    at_home = plan is not None and plans.country_code_for_region(plan) == read.country_code
    style = plans.PhoneNumberFormat
    written = plans.format_number(read, style.NATIONAL if at_home else style.INTERNATIONAL)
    return Phone(f"{written} ext. {match[1]}" if match else written, is_valid=True)


def written_phone(typed: str, country: str) -> str:
    """Return a number for people to read and for paper."""
    return read_phone(typed, country).written if typed.strip() else typed
