"""The estimate in words: the rule, both ends, the pick-up window, the warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.estimate import MOST_LEVELS_WITHOUT_NOTE, Rule, hours
from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.dates import clock_words

if TYPE_CHECKING:
    from intake_app.domain.clinic import Clinic
    from intake_app.domain.estimate import Estimate

NOTICE = N_(
    "Planning figure from the practice’s rule. Real times vary; "
    "the nurse decides when you may leave."
)
"""clinical.md 7.5."""
_NONE_YET = N_("No estimate yet: mark at least one fracture to treat.")
_WHOLE_HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateText:
    """What the estimate card says. Empty parts are not shown."""

    count: str
    stay: str
    rule: str
    preparation: str = ""
    times: tuple[str, ...] = ()
    pick_up: str = ""
    warnings: tuple[str, ...] = ()
    line: str = ""
    """All of it in one line, for the header."""


def count_words(n: int) -> str:
    """Return "2 fractures planned to treat"."""
    if n == 1:
        return translated(N_("1 fracture planned to treat"))
    return translated(N_("{n} fractures planned to treat")).format(n=n)


def rule_words(rule: Rule) -> str:
    """Return the practice's rule as a sentence part; it is shown in every state."""
    low, high = rule.recovery_min_minutes, rule.recovery_max_minutes
    if low % _WHOLE_HOUR == high % _WHOLE_HOUR == 0 and low != high:
        recovery = translated(N_("{low} to {high} hours")).format(low=low // 60, high=high // 60)
    elif low == high:
        recovery = _long(low)
    else:
        recovery = translated(N_("{low} to {high}")).format(low=hours(low), high=hours(high))
    return translated(N_("{each} for each fracture, plus {recovery} in recovery")).format(
        each=_long(rule.level_minutes), recovery=recovery
    )


def estimate_text(found: Estimate | None, clinic: Clinic) -> EstimateText:
    """Return what the card says; without a fracture to treat it says what is needed."""
    rule = rule_words(Rule.of(clinic))
    if found is None:
        return EstimateText(
            count=count_words(0), stay=translated(_NONE_YET), rule=rule, line=translated(_NONE_YET)
        )
    return EstimateText(
        count=count_words(found.n),
        stay=_stay(found),
        rule=rule,
        preparation=translated(N_("Preparation before that: {time}")).format(
            time=hours(found.preparation_minutes)
        ),
        times=_times(found, clinic),
        pick_up=_pick_up(found, clinic),
        warnings=_warnings(found, clinic),
        line=_line(found, clinic),
    )


def _long(minutes: int) -> str:
    if minutes == _WHOLE_HOUR:
        return translated(N_("1 hour"))
    if minutes % _WHOLE_HOUR == 0:
        return translated(N_("{n} hours")).format(n=minutes // _WHOLE_HOUR)
    if minutes < _WHOLE_HOUR:
        return translated(N_("{n} minutes")).format(n=minutes)
    return hours(minutes)


def _stay(found: Estimate) -> str:
    template = (
        N_("{low} to {high} from arrival")
        if found.from_arrival
        else N_("{low} to {high} from the start of the procedure")
    )
    return translated(template).format(low=hours(found.stay_min), high=hours(found.stay_max))


def _window(found: Estimate, clinic: Clinic) -> tuple[str, str] | None:
    if found.start_at is None or found.leave_from is None or found.leave_until is None:
        return None
    day = found.start_at.astimezone(clinic.zone).date()
    return (
        clock_words(found.leave_from, clinic.zone, day),
        clock_words(found.leave_until, clinic.zone, day),
    )


def _pick_up(found: Estimate, clinic: Clinic) -> str:
    window = _window(found, clinic)
    if window is None:
        return translated(N_("Type when the procedure starts to see when the driver should come."))
    return translated(
        N_(
            "Pick-up: usually between {low} and {high}; "
            "your nurse decides when it is safe to leave."
        )
    ).format(low=window[0], high=window[1])


def _times(found: Estimate, clinic: Clinic) -> tuple[str, ...]:
    if found.start_at is None or found.arrive_at is None:
        return ()
    day = found.start_at.astimezone(clinic.zone).date()
    lines = [
        translated(N_("Arrive at {time}")).format(
            time=clock_words(found.arrive_at, clinic.zone, day)
        ),
        translated(N_("Procedure starts at {time}")).format(
            time=clock_words(found.start_at, clinic.zone, day)
        ),
    ]
    if found.last_safe_start is not None and found.closes_at is not None:
        lines.append(
            translated(N_("Last safe start: {time} (the clinic closes at {closes})")).format(
                time=clock_words(found.last_safe_start, clinic.zone, day),
                closes=clock_words(found.closes_at, clinic.zone, day),
            )
        )
    return tuple(lines)


def _warnings(found: Estimate, clinic: Clinic) -> tuple[str, ...]:
    warnings = []
    if found.after_closing and found.closes_at is not None:
        warnings.append(
            translated(
                N_("This may last beyond closing time: the clinic closes at {closes}.")
            ).format(closes=clock_words(found.closes_at, clinic.zone))
        )
    if found.many_levels:
        warnings.append(
            translated(
                N_("More than {most} levels in one session: ask the physician (C-11).")
            ).format(most=MOST_LEVELS_WITHOUT_NOTE)
        )
    return tuple(warnings)


def _line(found: Estimate, clinic: Clinic) -> str:
    """Return the estimate in as few words as both ends need."""
    low, high = hours(found.stay_min), hours(found.stay_max)
    window = _window(found, clinic)
    if window is None:
        return translated(N_("{low} to {high}")).format(low=low, high=high)
    return translated(N_("{low} to {high} · pick-up {first} to {last}")).format(
        low=low, high=high, first=window[0], last=window[1]
    )
