"""The lines of the day in words and shares of the day; loaded with the first line there is."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from intake_app.domain.language import N_, translated
from intake_app.domain.visits import VisitState, next_state, previous_state
from intake_app.ui.presenters.dates import clock_words
from intake_app.ui.presenters.today import Bar, Group, TodayLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.estimate import Estimate
    from intake_app.services.board import BoardLine

GROUP_OF = {
    VisitState.BOOKED: Group.EXPECTED,
    VisitState.ARRIVED: Group.HERE,
    VisitState.PREPARING: Group.HERE,
    VisitState.PROCEDURE: Group.PROCEDURE,
    VisitState.RECOVERY: Group.RECOVERY,
    VisitState.READY: Group.RECOVERY,
    VisitState.LEFT: Group.GONE,
    VisitState.CANCELLED: Group.NOT_COMING,
    VisitState.NO_SHOW: Group.NOT_COMING,
}
NEXT_STEP = {
    VisitState.ARRIVED: N_("Arrived"),
    VisitState.PREPARING: N_("To preparation"),
    VisitState.PROCEDURE: N_("To procedure"),
    VisitState.RECOVERY: N_("To recovery"),
    VisitState.READY: N_("Ready to go home"),
    VisitState.LEFT: N_("Left"),
}
_ENDED = (VisitState.LEFT, VisitState.CANCELLED, VisitState.NO_SHOW)
_OPENS, _CLOSES = time(7), time(18)
"""What the bars span in a clinic that has not said when it opens."""


def today_lines(
    board: Sequence[BoardLine], clinic: Clinic, *, day: date, now: datetime
) -> tuple[TodayLine, ...]:
    """Return every visit of the day as it stands ``now``."""
    span = _span(board, clinic, day)
    return tuple(_line(visit, clinic, span, now=now) for visit in board)


def _line(
    visit: BoardLine, clinic: Clinic, span: tuple[datetime, datetime], *, now: datetime
) -> TodayLine:
    found = visit.estimate
    home = _home(visit, found)
    late = bool(home and visit.state not in _ENDED and now > home[1])
    following = next_state(visit.state)
    return TodayLine(
        visit_id=visit.visit_id,
        time=clock_words(visit.start, clinic.zone) if visit.start else "–",
        name=visit.name or translated(N_("No name yet")),
        initials=visit.initials or "–",
        levels=_levels(visit),
        state=_state(visit, clinic, now),
        group=GROUP_OF[visit.state],
        home=_window(home, clinic) if visit.state not in _ENDED else _left(visit, clinic),
        last_safe_start=_last_safe_start(found, clinic),
        too_late=_too_late(visit, found, now),
        open_flags=visit.open_flags,
        open_questions=visit.open_questions,
        unprinted=visit.unprinted,
        driver=visit.driver,
        driver_confirmed=visit.driver_confirmed,
        late=late,
        bar=_bar(visit, home, span, now=now),
        next_step=translated(NEXT_STEP[following]) if following else "",
        can_undo=previous_state(visit.state) is not None,
        is_booked=visit.state is VisitState.BOOKED,
        may_cancel=GROUP_OF[visit.state] in (Group.EXPECTED, Group.HERE),
    )


def _levels(visit: BoardLine) -> str:
    if not visit.n:
        return translated(N_("None planned"))
    return f"{visit.levels}  ({visit.n})"


def _state(visit: BoardLine, clinic: Clinic, now: datetime) -> str:
    """Return the state with the minutes in it; who got the sheet only waits for the driver."""
    if visit.state is not VisitState.READY or visit.handed_over is None:
        return _since(visit, now)
    return translated(N_("Handed over {time}")).format(
        time=clock_words(visit.handed_over, clinic.zone)
    )


def _since(visit: BoardLine, now: datetime) -> str:
    label = translated(visit.state.label)
    if visit.since is None or visit.state in _ENDED or visit.since > now:
        return label
    minutes = int((now - visit.since).total_seconds() // 60)
    return f"{label}, {spent(minutes)}"


def spent(minutes: int) -> str:
    """Return how long somebody has been there: "35 min", "2 h 05"."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return translated(N_("{n} min")).format(n=rest)
    return translated(N_("{hours} h {minutes:02}")).format(hours=whole, minutes=rest)


def _home(visit: BoardLine, found: Estimate | None) -> tuple[datetime, datetime] | None:
    """Return when the patient is expected home: by the plan, or from the real start on."""
    if found is None or found.leave_from is None or found.leave_until is None:
        if found is None or visit.started is None or found.from_arrival:
            return None
        low = visit.started + timedelta(minutes=found.stay_min)
        return low, visit.started + timedelta(minutes=found.stay_max)
    if visit.started is None or found.start_at is None or found.from_arrival:
        return found.leave_from, found.leave_until
    shift = visit.started - found.start_at
    return found.leave_from + shift, found.leave_until + shift


def _window(home: tuple[datetime, datetime] | None, clinic: Clinic) -> str:
    if home is None:
        return "–"
    low, high = (clock_words(moment, clinic.zone) for moment in home)
    return f"{low} – {high}"


def _left(visit: BoardLine, clinic: Clinic) -> str:
    if visit.state is VisitState.LEFT and visit.left is not None:
        return translated(N_("left {time}")).format(time=clock_words(visit.left, clinic.zone))
    return "–"


def _last_safe_start(found: Estimate | None, clinic: Clinic) -> str:
    if found is None or found.last_safe_start is None:
        return "–"
    return clock_words(found.last_safe_start, clinic.zone)


def _too_late(visit: BoardLine, found: Estimate | None, now: datetime) -> bool:
    """Return whether the procedure can no longer start in time for closing, or is planned so."""
    if found is None or found.last_safe_start is None or visit.state in _ENDED:
        return False
    if visit.started is not None:
        return visit.started > found.last_safe_start
    planned = visit.start or now
    return max(planned, now) > found.last_safe_start


def _span(board: Sequence[BoardLine], clinic: Clinic, day: date) -> tuple[datetime, datetime]:
    """Return the part of the day that the bars show: opening hours, and more where needed."""
    opens = datetime.combine(day, clinic.opens or _OPENS, tzinfo=clinic.zone)
    closes = datetime.combine(day, clinic.closes or _CLOSES, tzinfo=clinic.zone)
    starts = [moment for visit in board for moment in (visit.start, visit.started) if moment]
    ends = [home[1] for visit in board if (home := _home(visit, visit.estimate))]
    ends += [visit.left for visit in board if visit.left]
    return min([opens, *starts]), max([closes, *ends])


def _bar(
    visit: BoardLine,
    home: tuple[datetime, datetime] | None,
    span: tuple[datetime, datetime],
    *,
    now: datetime,
) -> Bar | None:
    first, last = span
    length = (last - first).total_seconds() or 1.0

    def share(moment: datetime | None) -> float | None:
        if moment is None:
            return None
        return min(1.0, max(0.0, (moment - first).total_seconds() / length))

    planned = visit.start or visit.started
    if planned is None or visit.state in (VisitState.CANCELLED, VisitState.NO_SHOW):
        return None
    until = visit.left
    if until is None and visit.started is not None:
        until = max(now, visit.started)
    return Bar(
        planned=share(planned) or 0.0,
        home_from=share(home[0]) if home else None,
        home_until=share(home[1]) if home else None,
        started=share(visit.started),
        until=share(until),
        now=share(now) if first <= now <= last else None,
    )
