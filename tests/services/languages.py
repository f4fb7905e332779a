"""A clinic with the wording of every language, and patients who read one of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from intake_app.domain.patients import Patient
from intake_app.domain.sheets import SheetKind
from tests.builders import a_clinic
from tests.domain.languages import CODES, KINDS, wording_text
from tests.services.desk import Desk, every_shipped_wording
from tests.services.papers import treated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.patients import Language


@cache
def wording_in_every_language() -> Mapping[str, str]:
    """Return every shipped wording by id."""
    translated = {
        f"{kind.value}/{code}": wording_text(kind, code) for kind in KINDS for code in CODES
    }
    return MappingProxyType({**every_shipped_wording(), **translated})


def a_desk_with_languages() -> Desk:
    """Return a desk at whose clinic every translation that ships may be approved."""
    desk = Desk(shipped_wording=wording_in_every_language())
    desk.open_clinic(a_clinic())
    return desk


def a_reader(desk: Desk, language: Language, *approved: str) -> str:
    """Return the visit of somebody who reads a language; aftercare is approved in some."""
    for each in approved:
        desk.approve(SheetKind.AFTERCARE, language=each)
    visit_id = treated(desk)
    patient = desk.case(visit_id).patient
    with desk.work as work:
        work.records(Patient).update(replace(patient, language_read=language))
        work.commit()
    return visit_id
