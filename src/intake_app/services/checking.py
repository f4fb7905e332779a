"""Which sheet a check code belongs to, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from intake_app.domain.handing import HandOver, Listener, given_to
from intake_app.domain.language import N_, translated
from intake_app.domain.sheets import SheetKind, StoredSheet, read_code
from intake_app.domain.values import PartialDate
from intake_app.services.office import Office, clinic_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from intake_app.domain.ports import UnitOfWork

_THIS_IS = {
    SheetKind.AFTERCARE: N_("This is the aftercare sheet of {moment}"),
    SheetKind.WHAT_TO_EXPECT: N_("This is the “What to expect” sheet of {moment}"),
    SheetKind.DRIVER_CARD: N_("This is the driver card of {moment}"),
}
_WHOM = {Listener.PATIENT: N_("the patient"), Listener.CARER: N_("the carer")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A sheet of paper as the database knows it."""

    sheet: StoredSheet
    unchanged: bool
    """Whether its bytes are those that were printed."""
    replaced_by: StoredSheet | None
    """The sheet that is valid in its stead."""
    replaces: StoredSheet | None
    """The sheet that it corrected."""
    handed: tuple[HandOver, ...]
    """When it was handed over, to whom."""
    zone: tzinfo | None


class CheckService:
    """Compares a paper in somebody's hand with what was printed. Says nothing of the patient."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def check(self, typed: str) -> Checked | None:
        """Return the sheet that a typed or scanned check code belongs to."""
        code = read_code(typed)
        if not code:
            return None
        with self._office.look() as work:
            stored = work.sheet_by_code(code)
            if stored is None:
                return None
            clinic = clinic_of(work)
            others = work.sheets_of(stored.visit_id, stored.kind)
            same = {each.id for each in others if each.check_code == code}
            return Checked(
                sheet=stored,
                unchanged=unchanged(stored),
                replaced_by=_in_its_stead(stored, others),
                replaces=next((each for each in others if each.id == stored.replaces), None),
                handed=_handed(work, stored.visit_id, same),
                zone=clinic.zone if clinic is not None else None,
            )

    def in_words(self, typed: str) -> str:
        """Return what a check code says: which sheet, when, how many pages, what became of it."""
        if not read_code(typed):
            return translated(
                N_("This is no check code. A code has 8 letters and digits, such as 7K3M-Q2XD.")
            )
        found = self.check(typed)
        if found is None:
            return translated(N_("Not from this database: no sheet with this code is in it."))
        return " ".join(_sentences(found))


def unchanged(stored: StoredSheet) -> bool:
    """Return whether the stored bytes are those that were printed."""
    return sha256(stored.pdf).hexdigest() == stored.sha256


def _in_its_stead(stored: StoredSheet, others: Sequence[StoredSheet]) -> StoredSheet | None:
    """Return the last of the sheets that replaced one another after this one."""
    same = {each.id for each in others if each.check_code == stored.check_code}
    found: StoredSheet | None = None
    while following := [each for each in others if each.replaces in same and each.id not in same]:
        found = following[0]
        same |= {each.id for each in following}
    return found


def _handed(work: UnitOfWork, visit_id: str, sheet_ids: set[str]) -> tuple[HandOver, ...]:
    rows = work.records(HandOver).owned_by(visit_id)
    return tuple(row for row in rows if row.handed_at is not None and row.sheet_id in sheet_ids)


def _sentences(found: Checked) -> list[str]:
    sheet = found.sheet
    moment = _moment(sheet.made_at, found.zone)
    template = _THIS_IS.get(sheet.kind)
    if template is not None:
        begun = translated(template).format(moment=moment)
    else:
        begun = translated(N_("This is: {kind}, {moment}")).format(
            kind=translated(sheet.kind.label), moment=moment
        )
    if not found.unchanged:
        changed = N_("{begun}. What is stored was CHANGED since it was printed. Do not use it.")
        return [translated(changed).format(begun=begun)]
    pages = translated(N_("1 page") if sheet.pages == 1 else N_("{count} pages"))
    said = translated(N_("{begun}, {pages}, unchanged."))
    sentences = [said.format(begun=begun, pages=pages.format(count=sheet.pages))]
    if sheet.specimen:
        sentences.append(translated(N_("It is a DRAFT: nobody had approved its wording.")))
    if found.replaced_by is not None:
        template = N_("It was REPLACED by the sheet of {moment} ({code}). Use that one.")
        sentences.append(_named(template, found.replaced_by, found.zone))
    if found.replaces is not None:
        template = N_("It replaced the sheet of {moment} ({code}).")
        sentences.append(_named(template, found.replaces, found.zone))
    sentences += [_handed_words(each, found.zone) for each in found.handed]
    if not found.handed and sheet.kind is SheetKind.AFTERCARE:
        sentences.append(translated(N_("It is not recorded as handed over.")))
    return sentences


def _named(template: str, other: StoredSheet, zone: tzinfo | None) -> str:
    moment = _moment(other.made_at, zone)
    return translated(template).format(moment=moment, code=other.check_code)


def _handed_words(handed: HandOver, zone: tzinfo | None) -> str:
    assert handed.handed_at is not None
    whom = [translated(_WHOM[who]) for who in given_to(handed)]
    moment = _moment(handed.handed_at, zone)
    both = N_("Handed over {moment} to {one} and {other}.")
    if len(whom) > 1:
        return translated(both).format(moment=moment, one=whom[0], other=whom[1])
    return translated(N_("Handed over {moment} to {one}.")).format(moment=moment, one=whom[0])


def _moment(at: datetime, zone: tzinfo | None) -> str:
    local = at.astimezone(zone) if zone is not None else at
    return f"{PartialDate.on(local.date()).words}, {local:%H:%M}"
