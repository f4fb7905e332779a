"""The estimate without a window: in words, or as JSON for another program."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from intake_app.domain.errors import NoFracturesError
from intake_app.domain.estimate import MOST_LEVELS, Rule, estimate, hours
from intake_app.domain.reading import UnreadableError, read_time, to_utc
from intake_app.domain.sentences import error_sentence

if TYPE_CHECKING:
    import argparse
    from datetime import tzinfo

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.estimate import Estimate

_LONGEST_NUMBER = 4


class BadNumberError(Exception):
    """What was asked for is no number of fractures, or no clock time; the text says so."""


def tell(options: argparse.Namespace, clinic: Clinic | None) -> str:
    """Return how long the visit takes, by the clinic's rule or else the usual one.

    Raises:
        BadNumberError: the number or the start cannot be read.
    """
    rule = Rule.of(clinic) if clinic else Rule()
    zone: tzinfo | None = clinic.zone if clinic else None
    n = _number(options.n)
    start = None
    if options.start is not None:
        today = datetime.now().astimezone(zone)
        zone = zone or today.tzinfo
        assert zone is not None
        try:
            start = to_utc(datetime.combine(today.date(), read_time(options.start)), zone)
        except UnreadableError as error:
            raise BadNumberError(
                f"“{options.start}” is not a clock time today: type it like 08:00"
            ) from error
    try:
        found = estimate(
            n, rule, start=start, closes=clinic.closes if clinic else None, zone=zone or UTC
        )
    except NoFracturesError as error:
        raise BadNumberError(error_sentence(error)) from error
    return _as_json(found, zone) if options.json else _in_words(found, rule, zone)


def _number(text: str) -> int:
    short = len(text) <= _LONGEST_NUMBER and text.isdecimal()
    if not short or int(text) > MOST_LEVELS:
        raise BadNumberError(
            f"“{text}” is not a number of fractures: type a whole number from 1 to {MOST_LEVELS}"
        )
    return int(text)


def _as_json(found: Estimate, zone: tzinfo | None) -> str:
    result: dict[str, object] = {
        "n": found.n,
        "stay_min_minutes": found.stay_min,
        "stay_max_minutes": found.stay_max,
        "preparation_minutes": found.preparation_minutes,
        "ask_physician": found.many_levels,
    }
    if found.leave_from and found.leave_until and found.arrive_at:
        result |= {
            "arrive": f"{found.arrive_at.astimezone(zone):%H:%M}",
            "leave_from": f"{found.leave_from.astimezone(zone):%H:%M}",
            "leave_until": f"{found.leave_until.astimezone(zone):%H:%M}",
            "after_closing": found.after_closing,
        }
    return json.dumps(result)


def _in_words(found: Estimate, rule: Rule, zone: tzinfo | None) -> str:
    counted = "arrival" if found.from_arrival else "the start of the procedure"
    fractures = "1 fracture" if found.n == 1 else f"{found.n} fractures"
    lines = [
        f"{fractures}: {hours(found.stay_min)} to {hours(found.stay_max)} from {counted} "
        f"({hours(rule.level_minutes)} for each fracture, plus "
        f"{hours(rule.recovery_min_minutes)} to {hours(rule.recovery_max_minutes)} in recovery)."
    ]
    if found.leave_from and found.leave_until:
        lines.append(
            f"Usually home between {found.leave_from.astimezone(zone):%H:%M} and "
            f"{found.leave_until.astimezone(zone):%H:%M}; "
            "the nurse decides when it is safe to leave."
        )
    if found.many_levels:
        lines.append("More than three levels in one session: ask the physician (C-11).")
    if found.after_closing:
        lines.append("The latest time is after the clinic closes.")
    return "\n".join(lines)
