"""Read people and appointments from HL7 v2 messages in files: ADT and SIU."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.exchange import Appointment, Incoming, Refused
from intake_app.domain.language import N_, translated
from intake_app.domain.validation import Problem
from intake_app.interop.hl7_person import PersonReader, authority_of, identifier_of, surname
from intake_app.interop.hl7_text import (
    Message,
    Raw,
    Segment,
    UnreadableMessageError,
    split_messages,
    take_apart,
)
from intake_app.interop.hl7_time import Moment, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intake_app.domain.fields import FieldValue

_PERSON = ("A04", "A08", "A28", "A31")
_MERGE = "A40"
_APPOINTMENT = ("S12", "S13", "S14", "S15")
_CANCEL = "S15"
UNNAMED = "HL7"
"""Who told it, when the message does not say."""


def read_messages(data: bytes) -> Iterator[Incoming | Refused]:
    """Return each person that the messages of a file tell of, and why others are not taken in.

    Raises:
        FileUnusableError: it holds no message at all, or is too big.
    """
    return _read(split_messages(data))


def _read(raws: list[Raw]) -> Iterator[Incoming | Refused]:
    for number, raw in enumerate(raws, start=1):
        place = translated(N_("message {number}")).format(number=number)
        try:
            yield from _Letter(place, take_apart(raw)).people()
        except UnreadableMessageError as error:
            yield Refused(place=place, reasons=(error.problem,))


@dataclass(frozen=True, slots=True)
class _Letter:
    place: str
    message: Message

    @property
    def event(self) -> str:
        return self.message.header.text(9, 2) or self.message.first("EVN").text(1)

    @property
    def sender(self) -> str:
        header = self.message.header
        names = (header.text(3), header.text(4))
        return " ".join(name for name in names if name) or UNNAMED

    def people(self) -> Iterator[Incoming | Refused]:
        kind = self.message.header.text(9)
        if kind == "ADT" and self.event in _PERSON:
            yield self._person(self.message.first("PID"))
        elif kind == "ADT" and self.event == _MERGE:
            yield from self._merged()
        elif kind == "SIU" and self.event in _APPOINTMENT:
            yield self._booked()
        else:
            said = "^".join(part for part in (kind, self.event) if part)
            yield self._refused(Problem.of("message", "message_not_taken", kind=said[:40] or "?"))

    def _refused(self, reason: Problem) -> Refused:
        return Refused(place=self.place, reasons=(reason,))

    def _person(
        self,
        pid: Segment,
        *,
        replaces: tuple[tuple[str, str], ...] = (),
        appointments: tuple[Appointment, ...] = (),
    ) -> Incoming | Refused:
        reader = PersonReader(pid, self.sender)
        values = reader.values()
        if not values.get("family_name"):
            return self._refused(Problem.of("message", "no_name_told"))
        remarks = [*reader.remarks]
        if self.message.remark is not None:
            remarks.append(self.message.remark)
        said_at = read_moment(self.message.header.text(7))
        return Incoming(
            place=self.place,
            values=values,
            identifiers=reader.identifiers(),
            replaces=replaces,
            contact=reader.contact(self.message.all("NK1")),
            appointments=appointments,
            remarks=tuple(remarks),
            told_by=self.sender,
            told_at=said_at.moment if said_at else None,
        )

    def _merged(self) -> Iterator[Incoming | Refused]:
        pid: Segment | None = None
        seen = False
        for segment in self.message.segments:
            if segment.name == "PID":
                pid = segment
            elif segment.name == "MRG" and pid is not None:
                seen = True
                replaces = [
                    number
                    for each in segment.repetitions(1)
                    if (number := identifier_of(segment, 1, each, sender=self.sender))
                ]
                if replaces:
                    yield self._person(pid, replaces=tuple(replaces))
                else:
                    yield self._refused(Problem.of("message", "nobody_to_merge"))
        if not seen:
            yield self._refused(Problem.of("message", "nobody_to_merge"))

    # --- appointments -----------------------------------------------------------------------

    def _booked(self) -> Incoming | Refused:
        schedule = self.message.first("SCH")
        numbers = tuple(
            (f"{authority_of(schedule, field, 1, first=2, default=self.sender)} {role}", number)
            for field, role in ((1, "placer"), (2, "filler"))
            if (number := schedule.text(field))
        )
        if not numbers:
            return self._refused(Problem.of("message", "no_appointment_number"))
        cancelled = self.event == _CANCEL
        when = self._when(schedule)
        if when is None and not cancelled:
            return self._refused(Problem.of("message", "no_appointment_time"))
        appointment = Appointment(
            numbers=numbers,
            values={} if cancelled else self._values(when),
            cancelled=cancelled,
        )
        return self._person(self.message.first("PID"), appointments=(appointment,))

    def _when(self, schedule: Segment) -> Moment | None:
        """Return when it begins, from the first place that says so."""
        places = (
            (schedule, 11, 4),
            (self.message.first("TQ1"), 7, 1),
            (self.message.first("AIS"), 4, 1),
            (self.message.first("AIL"), 6, 1),
            (self.message.first("AIP"), 6, 1),
        )
        found = (read_moment(segment.text(field, part)) for segment, field, part in places)
        return next((moment for moment in found if moment), None)

    def _values(self, when: Moment | None) -> dict[str, FieldValue]:
        room, operator = self.message.first("AIL"), self.message.first("AIP")
        names = (operator.text(3, 6), operator.text(3, 3), surname(operator, 3, 2))
        values: dict[str, FieldValue] = {
            "room": room.text(3, 2) or room.text(3, 1),
            "operator": " ".join(name for name in names if name),
        }
        if when is not None:
            values |= {"day": when.day, "planned_start": when.start}
        return {key: value for key, value in values.items() if value not in ("", None)}
