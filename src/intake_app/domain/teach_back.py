"""Which instructions are explained and said back, and what to ask (clinical.md 4.6).

The groups follow the sheet: what it does not say is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.language import N_

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Instructions that belong together, and the question that shows whether they arrived."""

    key: str
    """As ``TeachBack.group`` keeps it."""
    title: str
    question: str
    """To be said aloud: the patient answers in own words, not with yes or no."""
    handles: frozenset[str]
    """The group is asked when one of these blocks prints."""


GROUPS: tuple[Group, ...] = (
    Group(
        key="danger_signs",
        title=N_("Danger signs"),
        question=N_("What will you do if your chest hurts, or you cannot move a leg?"),
        handles=frozenset({"R-1", "A-24"}),
    ),
    Group(
        key="whom_to_call",
        title=N_("Whom to call"),
        question=N_("Whom do you call if you have a fever? And at night?"),
        handles=frozenset({"R-2", "A-25", "A-26"}),
    ),
    Group(
        key="limits",
        title=N_("What must wait"),
        question=N_("When may you drive again? What may you lift until then?"),
        handles=frozenset({"A-06", "A-07", "A-08"}),
    ),
    Group(
        key="wound",
        title=N_("Wound and washing"),
        question=N_("How do you look after the wound? When may you shower?"),
        handles=frozenset({"A-09", "A-10", "A-11"}),
    ),
    Group(
        key="medicines",
        title=N_("Pain and medicines"),
        question=N_("Which medicines do you take at home, how much, and when?"),
        handles=frozenset({"A-12", "A-13", "A-14"}),
    ),
    Group(
        key="blood_thinner",
        title=N_("Blood thinner"),
        question=N_("When do you start your blood thinner again? If no day is set, who tells you?"),
        handles=frozenset({"A-15"}),
    ),
    Group(
        key="next_visit",
        title=N_("Next visit"),
        question=N_("When is your next visit, and what is it for?"),
        handles=frozenset({"A-27"}),
    ),
)
"""In the order in which they are asked: what is dangerous first."""
BY_KEY = {group.key: group for group in GROUPS}


def groups_of(handles: Iterable[str]) -> tuple[Group, ...]:
    """Return the groups of a sheet that holds the blocks with these handles."""
    present = frozenset(handles)
    return tuple(group for group in GROUPS if group.handles & present)
