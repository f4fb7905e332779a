"""What each role may do and type."""

import pytest

from intake_app.domain.clinic import Clinic
from intake_app.domain.fields import EnteredBy, Field, Kind, field_of
from intake_app.domain.fractures import Fracture
from intake_app.domain.patients import Patient
from intake_app.domain.staff import PROGRAM, Action, Actor, Role, Staff
from intake_app.domain.visits import ResponsibleAdult
from tests.builders import an_actor

NOBODY = Actor("staff-0", "Nobody", frozenset())


@pytest.mark.parametrize(
    ("role", "may_not"),
    [
        (
            Role.RECEPTION,
            "confirm_intake record_procedure print_aftercare hand_over acknowledge_flag "
            "edit_clinic edit_staff edit_wording approve_wording import_patients export_patients",
        ),
        (
            Role.NURSE,
            "edit_clinic edit_staff approve_wording import_patients export_patients",
        ),
        (Role.PHYSICIAN, "edit_clinic edit_staff import_patients export_patients"),
        (
            Role.MANAGER,
            "confirm_intake record_procedure print_aftercare hand_over acknowledge_flag "
            "approve_wording",
        ),
    ],
)
def test_each_role_is_refused_exactly_this(role: Role, may_not: str) -> None:
    refused = {action.value for action in Action if not an_actor(role).may(action)}

    assert refused == set(may_not.split())


@pytest.mark.parametrize("action", Action)
def test_somebody_without_a_role_may_do_nothing(action: Action) -> None:
    assert not NOBODY.may(action)


@pytest.mark.parametrize("action", Action)
def test_the_program_itself_may_do_everything(action: Action) -> None:
    assert PROGRAM.may(action)


def test_two_roles_together_may_do_what_either_may() -> None:
    both = an_actor(Role.NURSE, Role.MANAGER)

    assert (both.may(Action.PRINT_AFTERCARE), both.may(Action.EDIT_CLINIC)) == (True, True)


@pytest.mark.parametrize(
    ("role", "typed"),
    [
        (Role.RECEPTION, "family_name level"),
        (Role.NURSE, "family_name level severity exempted"),
        (Role.PHYSICIAN, "family_name level severity exempted"),
        (Role.MANAGER, "family_name level name"),
    ],
)
def test_each_role_types_its_own_fields(role: Role, typed: str) -> None:
    fields = [
        field_of(Patient, "family_name"),
        field_of(Fracture, "level"),
        field_of(Fracture, "severity"),
        field_of(ResponsibleAdult, "exempted"),
        field_of(Clinic, "name"),
    ]

    mine = [field.key for field in fields if an_actor(role).may_type(field)]

    assert mine == typed.split()


@pytest.mark.parametrize("by", EnteredBy)
def test_every_field_can_be_typed_by_somebody(by: EnteredBy) -> None:
    field = Field(key="it", label="It", kind=Kind.TEXT, by=by)

    assert any(an_actor(role).may_type(field) for role in Role)


def test_an_actor_is_a_member_of_staff_with_the_same_roles() -> None:
    staff = Staff(id="staff-1", name="Sam Reed", roles=(Role.NURSE, Role.MANAGER))

    assert Actor.of(staff) == Actor("staff-1", "Sam Reed", frozenset({Role.NURSE, Role.MANAGER}))
