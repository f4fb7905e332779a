"""Make one patient of two records of the same person, and two again."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed
from intake_app.domain.errors import (
    AlreadyApartError,
    AlreadyMergedError,
    ConflictError,
    MergedFurtherError,
    SameRecordError,
)
from intake_app.domain.matching_decisions import DifferentPeople
from intake_app.domain.merging import (
    Agreement,
    Holding,
    Item,
    Merge,
    Side,
    entered_since,
    in_order,
    items_of,
    taken_over,
)
from intake_app.domain.patients import Identifier, Patient
from intake_app.domain.staff import Action
from intake_app.domain.visits import Visit
from intake_app.services.cases import PATIENT_SINGLES
from intake_app.services.living import living_id, merges_into
from intake_app.services.merge_steps import Deal
from intake_app.services.office import Office, require

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from intake_app.domain.audit import Entry
    from intake_app.domain.fields import Record
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.staff import Actor

COMPARED: tuple[type[Record], ...] = (Patient, *PATIENT_SINGLES)
"""Records of which each patient has one: chosen field by field."""
MOVED: tuple[type[Record], ...] = (Visit, Identifier)
"""Records of which a patient has many: all come over."""
STAYING: tuple[type[Record], ...] = (Merge, DifferentPeople)
"""Records about a record itself: they stay with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """One of two records as it goes into a merge."""

    patient: Patient
    visits: tuple[Visit, ...]
    registered_at: datetime | None
    """When the record was made; ``None`` when the trail does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two records side by side; what differs comes first."""

    stays: Half
    joins: Half
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """What came of taking two records apart."""

    merge: Merge
    kept: tuple[tuple[str, str], ...]
    """Form and key of each field that somebody changed since the merge: it stays as it is."""


class MergeService:
    """Compare two records of one person, merge them, take them apart again."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def compare(self, actor: Actor, stays_id: str, joins_id: str) -> Comparison:
        """Return both records side by side.

        Raises:
            SameRecordError: it is one record.
            AlreadyMergedError: one of them is part of another one already.
            NotFoundError: one of them is not there any more.
        """
        require(actor, Action.MERGE_PATIENTS)
        with self._office.look() as work:
            return _compare(work, stays_id, joins_id)

    def merge(self, actor: Actor, seen: Comparison, picks: Mapping[str, Side]) -> Merge:
        """Make one patient of the two records that were compared, in one transaction.

        ``picks`` holds the side chosen for an item by its name; elsewhere the suggested one counts.
        Visits and numbers of the other record come over; it is kept and leads to the one that
        stays.

        Raises:
            ConflictError: one of them is not as it was when it was compared.
            SameRecordError, AlreadyMergedError, NotFoundError: as for ``compare``.
        """
        require(actor, Action.MERGE_PATIENTS)
        with self._office.work() as work:
            now = _compare(work, seen.stays.patient.id, seen.joins.patient.id)
            if not _same(now.items, seen.items):
                raise ConflictError(now.stays.patient.id)
            merge = self._merge(Deal(self._office, work, actor, Deed.MERGED), now, picks)
            work.commit()
        return merge

    def merge_within(
        self, work: UnitOfWork, actor: Actor, *, stays_id: str, joins_id: str
    ) -> Merge:
        """Make one patient of two in a transaction that the caller commits.

        Where both say something else, the one that stays counts: nobody looked at them.

        Raises:
            SameRecordError, AlreadyMergedError, NotFoundError: as for ``compare``.
        """
        require(actor, Action.MERGE_PATIENTS)
        seen = _compare(work, stays_id, joins_id)
        differing = [item for item in seen.items if item.agreement is Agreement.DIFFER]
        picks = {item.name: Side.STAYS for item in differing}
        return self._merge(Deal(self._office, work, actor, Deed.MERGED), seen, picks)

    def merges(self, actor: Actor, patient_id: str) -> tuple[tuple[Merge, Patient], ...]:
        """Return which records became part of a patient and may be taken out, latest first."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            merges = merges_into(work, living_id(work, patient_id))
            patients = work.records(Patient)
            return tuple((merge, patients.get(merge.merged_id)) for merge in reversed(merges))

    def take_apart(self, actor: Actor, merge_id: str) -> Apart:
        """Make two patients of a merge again; what was entered since stays where it is.

        Raises:
            AlreadyApartError: that was done already.
            MergedFurtherError: the record that stayed is part of a third one now.
        """
        require(actor, Action.MERGE_PATIENTS)
        with self._office.work() as work:
            merge = work.records(Merge).get(merge_id)
            stays = work.records(Patient).get(merge.patient_id)
            joins = work.records(Patient).get(merge.merged_id)
            if merge.undone_at is not None or joins.merged_into != stays.id:
                raise AlreadyApartError(merge_id)
            if stays.merged_into:
                raise MergedFurtherError(merge_id)
            deal = Deal(self._office, work, actor, Deed.SEPARATED)
            merge = work.records(Merge).update(
                replace(merge, undone_at=self._office.clock.now(), undone_by=actor.id)
            )
            kept = self._take_apart(deal, merge, stays=stays, joins=joins)
            work.commit()
        return Apart(merge=merge, kept=kept)

    def _merge(self, deal: Deal, seen: Comparison, picks: Mapping[str, Side]) -> Merge:
        stays, joins = seen.stays.patient, seen.joins.patient
        over = taken_over(seen.items, picks)
        moved = [
            deal.hand_over(record, source=joins, target=stays)
            for record_type in self._moved(deal.work, stays)
            for record in deal.work.records(record_type).owned_by(joins.id)
        ]
        moved += deal.tell_apart(source=joins, target=stays)
        gone = deal.work.records(Patient).update(replace(joins, merged_into=stays.id))
        deal.tell(gone, other=stays)
        taken: list[list[str | None]] = []
        texts: list[list[str | None]] = []
        for record_type in reversed(COMPARED):  # the patient last: on top of the history
            held = over.get(record_type.FORM, {})
            record = _single(deal.work, record_type, stays)
            if record is not None:
                texts += deal.take_texts(record, held)
                taken += deal.take_over(record, held, other=joins)
        deal.take_disputes(source=joins, target=stays)
        return deal.work.records(Merge).add(
            Merge(
                id=self._office.ids.new(),
                patient_id=stays.id,
                merged_id=joins.id,
                merged_at=self._office.clock.now(),
                merged_by=deal.actor.id,
                moved=json.dumps(moved),
                taken=json.dumps(taken),
                texts=json.dumps(texts),
            )
        )

    @staticmethod
    def _moved(work: UnitOfWork, stays: Patient) -> tuple[type[Record], ...]:
        """Return what comes over: also a contact or an insurance that the other lacks."""
        lacking = [each for each in PATIENT_SINGLES if _single(work, each, stays) is None]
        return (*MOVED, *lacking)

    def _take_apart(
        self, deal: Deal, merge: Merge, *, stays: Patient, joins: Patient
    ) -> tuple[tuple[str, str], ...]:
        back = deal.work.records(Patient).update(replace(joins, merged_into=""))
        came_over: tuple[type[Record], ...] = (*MOVED, *PATIENT_SINGLES, DifferentPeople)
        known = {each.FORM: each for each in came_over}
        for form, record_id in json.loads(merge.moved):
            record = deal.work.records(known[form]).find(record_id)
            if isinstance(record, DifferentPeople):
                deal.work.records(DifferentPeople).remove(record)
            elif record is not None and getattr(record, "patient_id", "") == stays.id:
                deal.hand_over(record, source=stays, target=back)
        deal.tell(back, other=stays)
        kept: list[tuple[str, str]] = []
        taken, texts = json.loads(merge.taken), json.loads(merge.texts)
        for record_type in reversed(COMPARED):
            record = _single(deal.work, record_type, stays)
            if record is not None:
                kept += deal.give_back(record, taken, texts, other=back)
        return tuple(kept)


def _compare(work: UnitOfWork, stays_id: str, joins_id: str) -> Comparison:
    if stays_id == joins_id:
        raise SameRecordError(stays_id)
    patients = work.records(Patient)
    stays, joins = patients.get(stays_id), patients.get(joins_id)
    if stays.merged_into or joins.merged_into:
        raise AlreadyMergedError(joins_id)
    trails = work.trail_of(stays_id), work.trail_of(joins_id)
    items: list[Item] = []
    for record_type in COMPARED:
        here = _holding(work, record_type, stays, trail=trails[0])
        there = _holding(work, record_type, joins, trail=trails[1])
        if here is not None and there is not None:
            items += items_of(here, there)
    return Comparison(
        stays=_half(work, stays, trails[0]),
        joins=_half(work, joins, trails[1]),
        items=in_order(items),
    )


def _half(work: UnitOfWork, patient: Patient, trail: tuple[Entry, ...]) -> Half:
    made = [
        entry.at for entry in trail if entry.record_id == patient.id and entry.deed is Deed.CREATED
    ]
    return Half(
        patient=patient,
        visits=work.records(Visit).owned_by(patient.id),
        registered_at=made[-1] if made else None,
    )


def _holding(
    work: UnitOfWork, record_type: type[Record], patient: Patient, *, trail: tuple[Entry, ...]
) -> Holding | None:
    record = _single(work, record_type, patient)
    if record is None:
        return None
    since = entered_since(trail, record)
    return Holding(record, work.typed(record_type.FORM, record.id), since)


def _single(work: UnitOfWork, record_type: type[Record], patient: Patient) -> Record | None:
    """Return the patient's one row of a class; the patient itself as it is stored now."""
    if record_type is Patient:
        return work.records(Patient).get(patient.id)
    rows = work.records(record_type).owned_by(patient.id)
    return rows[0] if rows else None


def _same(now: tuple[Item, ...], seen: tuple[Item, ...]) -> bool:
    """Return whether two comparisons say the same, in whatever order."""
    known = {item.name: item for item in seen}
    return len(now) == len(seen) and all(
        item.name in known and item.same_as(known[item.name]) for item in now
    )
