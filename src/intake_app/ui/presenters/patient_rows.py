"""One patient as lists show it, with what of the search matched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from intake_app.domain.language import N_, translated
from intake_app.domain.ports import MatchedBy

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from intake_app.domain.ports import Found

Spans = tuple[tuple[int, int], ...]
BETWEEN = " · "

_HOW: dict[MatchedBy, str] = {
    MatchedBy.SPELLING: N_("spelt differently"),
    MatchedBy.SOUND: N_("sounds alike"),
    MatchedBy.NICKNAME: N_("another form of the name"),
}
_FORMERLY = N_("formerly {name}")
_CALLED = N_("called {name}")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text and the parts of it that matched, each from its first to before its last letter."""

    text: str
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One patient as lists show it: enough to tell two people of one name apart."""

    patient_id: str
    name: str
    born: str
    age: str
    record_number: str
    phone: str
    last_visit: str
    today: bool = False
    """Whether the patient has a visit today."""
    other_name: str = ""
    """"formerly Kowalski", when the patient was found by that name."""
    how: str = ""
    """How the name was found, when it was not typed as it is written."""
    marks: Mapping[str, Spans] = field(default_factory=dict)
    """What matched, by the name of the attribute."""

    def marked(self, *names: str) -> MarkedText:
        """Return these attributes as one line, empty ones left out."""
        line, spans = "", []
        for name in names:
            text = str(getattr(self, name))
            if not text:
                continue
            line += BETWEEN if line else ""
            spans += [(len(line) + a, len(line) + b) for a, b in self.marks.get(name, ())]
            line += text
        return MarkedText(line, tuple(spans))

    @property
    def details(self) -> str:
        """Everything but the name, in one line."""
        return self.marked_details().text

    def marked_details(self) -> MarkedText:
        """Return everything but the name in one line; the phone only when it matched.

        A visit today stands beside the name.
        """
        phone = ("phone",) if "phone" in self.marks else ()
        visit = () if self.today else ("last_visit",)
        return self.marked("born", "age", "record_number", *phone, *visit)

    @property
    def sentence(self) -> str:
        """The whole row as a screen reader says it."""
        today = self.last_visit if self.today else ""
        parts = (self.name, self.details, today, self.other_name, self.how)
        return ", ".join(part for part in parts if part)


def patient_row(found: Found, today: date) -> PatientRow:
    """Return a search hit as lists show it, every month as a word."""
    from intake_app.domain.patients import age_on
    from intake_app.ui.presenters.dates import day_words

    born = day_words(found.birth_date) if found.birth_date else translated(N_("no date of birth"))
    age = ""
    if found.birth_date and found.birth_date <= today:
        age = translated(N_("{years} years")).format(years=age_on(found.birth_date, today))
    last = ""
    if found.visit_today:
        last = translated(N_("visit today"))
    elif found.last_visit:
        template = N_("visit {day}") if found.last_visit >= today else N_("last visit {day}")
        last = translated(template).format(day=day_words(found.last_visit))
    other_name, other_starts = _other_name(found)
    row = PatientRow(
        patient_id=found.patient_id,
        name=found.name or translated(N_("No name yet")),
        born=born,
        age=age,
        record_number=found.record_number,
        phone=found.phone,
        last_visit=last,
        today=found.visit_today,
        other_name=other_name,
        how=", ".join(translated(_HOW[each]) for each in found.matched if each in _HOW),
    )
    return _with_marks(row, found, other_starts) if found.marks else row


def patient_rows(found: Iterable[Found], today: date) -> tuple[PatientRow, ...]:
    """Return search hits as lists show them."""
    return tuple(patient_row(hit, today) for hit in found)


def _other_name(found: Found) -> tuple[str, int]:
    """Return the other name in words, and where in the words the name begins."""
    if not found.other_name:
        return "", 0
    called = MatchedBy.PREFERRED_NAME in found.matched
    words = translated(_CALLED if called else _FORMERLY)
    return words.format(name=found.other_name), words.index("{name}")


_ATTRIBUTES = {"birth_date": "born"}


def _with_marks(row: PatientRow, found: Found, other_starts: int) -> PatientRow:
    from dataclasses import replace

    marks: dict[str, Spans] = {}
    for mark in found.marks:
        name = _ATTRIBUTES.get(mark.field, mark.field)
        shift = other_starts if name == "other_name" else 0
        whole = (shift, len(str(getattr(row, name))))
        span = (mark.start + shift, mark.end + shift) if mark.end else whole
        marks[name] = (*marks.get(name, ()), span)
    return replace(row, marks=marks)
