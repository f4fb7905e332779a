"""Who works at the clinic, what their roles may do, and who does something now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Annotated, ClassVar

from intake_app.domain.fields import EnteredBy, Record, Spec
from intake_app.domain.language import N_
from intake_app.domain.values import Choice

if TYPE_CHECKING:
    from intake_app.domain.fields import Field


class Role(Choice):
    """What somebody does at the clinic."""

    RECEPTION = "reception", N_("Reception")
    NURSE = "nurse", N_("Nurse")
    PHYSICIAN = "physician", N_("Physician")
    MANAGER = "manager", N_("Manager")


class Action(Enum):
    """What services ask rights for."""

    VIEW_PATIENT = "view_patient"
    EDIT_INTAKE = "edit_intake"
    CONFIRM_INTAKE = "confirm_intake"
    RECORD_PROCEDURE = "record_procedure"
    PRINT_BEFORE = "print_before"
    PRINT_AFTERCARE = "print_aftercare"
    HAND_OVER = "hand_over"
    ACKNOWLEDGE_FLAG = "acknowledge_flag"
    MOVE_VISIT = "move_visit"
    EDIT_CLINIC = "edit_clinic"
    EDIT_STAFF = "edit_staff"
    EDIT_WORDING = "edit_wording"
    APPROVE_WORDING = "approve_wording"
    BACK_UP = "back_up"
    MERGE_PATIENTS = "merge_patients"
    IMPORT_PATIENTS = "import_patients"
    EXPORT_PATIENTS = "export_patients"


_EVERYBODY = frozenset(
    {
        Action.VIEW_PATIENT,
        Action.EDIT_INTAKE,
        Action.PRINT_BEFORE,
        Action.MOVE_VISIT,
        Action.BACK_UP,
        Action.MERGE_PATIENTS,
    }
)
_CLINICAL = _EVERYBODY | {
    Action.CONFIRM_INTAKE,
    Action.RECORD_PROCEDURE,
    Action.PRINT_AFTERCARE,
    Action.HAND_OVER,
    Action.ACKNOWLEDGE_FLAG,
    Action.EDIT_WORDING,
}
RIGHTS: dict[Role, frozenset[Action]] = {
    Role.RECEPTION: _EVERYBODY,
    Role.NURSE: _CLINICAL,
    Role.PHYSICIAN: _CLINICAL | {Action.APPROVE_WORDING},
    Role.MANAGER: _EVERYBODY
    | {
        Action.EDIT_CLINIC,
        Action.EDIT_STAFF,
        Action.EDIT_WORDING,
        Action.IMPORT_PATIENTS,
        Action.EXPORT_PATIENTS,
    },
}

_ENTERED_BY: dict[EnteredBy, frozenset[Role]] = {
    EnteredBy.RECEPTION: frozenset(Role),
    EnteredBy.RECEPTION_THEN_NURSE: frozenset(Role),
    EnteredBy.NURSE: frozenset({Role.NURSE, Role.PHYSICIAN}),
    EnteredBy.PHYSICIAN: frozenset({Role.PHYSICIAN, Role.NURSE}),
    EnteredBy.MANAGER: frozenset({Role.MANAGER}),
}
"""Who may type a field. A nurse types what a physician decides, from the written order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff(Record):
    """One person of the clinic's staff."""

    FORM: ClassVar[str] = "staff"

    name: Annotated[str, Spec(N_("Name"), max_length=80, by=EnteredBy.MANAGER)]
    roles: Annotated[tuple[Role, ...], Spec(N_("Roles"), by=EnteredBy.MANAGER)] = ()
    active: Annotated[bool, Spec(N_("Works here now"), by=EnteredBy.MANAGER)] = True


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: goes with every call into a service, and into the trail."""

    id: str
    name: str
    roles: frozenset[Role]

    @classmethod
    def of(cls, staff: Staff) -> Actor:
        """Return the actor that a member of staff is."""
        return cls(staff.id, staff.name, frozenset(staff.roles))

    def may(self, action: Action) -> bool:
        """Return whether one of the roles has the right to ``action``."""
        return any(action in RIGHTS[role] for role in self.roles)

    def may_type(self, field: Field) -> bool:
        """Return whether one of the roles enters ``field``."""
        return bool(self.roles & _ENTERED_BY[field.by])


PROGRAM = Actor("program", "Spine Intake", frozenset(Role))
"""The program itself: set-up and the demonstration before anybody is chosen."""
