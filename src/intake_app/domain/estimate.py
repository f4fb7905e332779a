"""How long the visit takes, by the practice's rule; and what follows for the driver.

Source: clinical.md 2.4 ([SEED]): one hour for each fracture to be repaired plus three to four
hours of recovery, counted from the start of the procedure. Both ends are given, never a middle.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from intake_app.domain.errors import NoFracturesError

if TYPE_CHECKING:
    from datetime import tzinfo

    from intake_app.domain.clinic import Clinic

MOST_LEVELS_WITHOUT_NOTE = 3
"""More than three levels in one session: ask the physician (C-11)."""
MOST_LEVELS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The minutes the estimate is made of; the defaults are the seed's."""

    level_minutes: int = 60
    recovery_min_minutes: int = 180
    recovery_max_minutes: int = 240
    preparation_minutes: int = 0
    from_arrival: bool = False
    """The clinic may count the visit from arrival (D-19); the default is from procedure start."""

    @classmethod
    def of(cls, clinic: Clinic) -> Rule:
        """Return the rule with the clinic's own minutes."""
        return cls(
            level_minutes=clinic.level_minutes,
            recovery_min_minutes=clinic.recovery_min_minutes,
            recovery_max_minutes=clinic.recovery_max_minutes,
            preparation_minutes=clinic.preparation_minutes,
            from_arrival=clinic.counts_from.value == "arrival",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The stay of a visit in minutes, and the clock times when a start is known.

    Clock times are UTC moments; durations hold across midnight and clock changes.
    """

    n: int
    stay_min: int
    """Minutes from the counted moment (procedure start) to the earliest leaving."""
    stay_max: int
    preparation_minutes: int
    from_arrival: bool = False
    arrive_at: datetime | None = None
    start_at: datetime | None = None
    leave_from: datetime | None = None
    leave_until: datetime | None = None
    closes_at: datetime | None = None

    @property
    def after_closing(self) -> bool:
        """Whether the latest leaving is after the clinic closes."""
        return bool(self.closes_at and self.leave_until and self.leave_until > self.closes_at)

    @property
    def many_levels(self) -> bool:
        """Whether more than three levels are planned in one session (C-11)."""
        return self.n > MOST_LEVELS_WITHOUT_NOTE

    @property
    def last_safe_start(self) -> datetime | None:
        """The latest procedure start with which everybody is home by closing time."""
        if not (self.closes_at and self.start_at and self.leave_until):
            return None
        return self.closes_at - (self.leave_until - self.start_at)


def estimate(  # noqa: PLR0913 - one keyword for each thing that was booked
    n: int,
    rule: Rule,
    *,
    start: datetime | None = None,
    arrival: datetime | None = None,
    closes: time | None = None,
    zone: tzinfo = UTC,
) -> Estimate:
    """Return the estimate for ``n`` fractures planned to treat.

    ``start`` is the start of the procedure (aware), ``arrival`` what was booked instead of the
    start less the preparation; ``closes`` is the clinic's wall clock in ``zone`` on that day.

    Raises:
        NoFracturesError: ``n`` is below one: there is nothing to estimate.
    """
    if n < 1:
        raise NoFracturesError
    stay_min = rule.level_minutes * n + rule.recovery_min_minutes
    stay_max = rule.level_minutes * n + rule.recovery_max_minutes
    arrive = leave_from = leave_until = closes_at = None
    if start is not None:
        arrive = arrival or start - timedelta(minutes=rule.preparation_minutes)
        counted = arrive if rule.from_arrival else start
        leave_from = counted + timedelta(minutes=stay_min)
        leave_until = counted + timedelta(minutes=stay_max)
        if closes is not None:
            local = start.astimezone(zone)
            closes_at = datetime.combine(local.date(), closes, tzinfo=zone).astimezone(UTC)
    return Estimate(
        n=n,
        stay_min=stay_min,
        stay_max=stay_max,
        preparation_minutes=rule.preparation_minutes,
        from_arrival=rule.from_arrival,
        arrive_at=arrive,
        start_at=start,
        leave_from=leave_from,
        leave_until=leave_until,
        closes_at=closes_at,
    )


def hours(minutes: int) -> str:
    """Return minutes as people say them: "4 h", "4 h 30 min"."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest} min"
    return f"{whole} h {rest} min" if rest else f"{whole} h"
