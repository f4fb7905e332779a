"""Where the things are put right that a paper says are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.fields import fields_of, object_name
from intake_app.domain.imaging import Imaging
from intake_app.domain.patients import Patient
from intake_app.domain.procedures import ProcedureRecord
from intake_app.domain.visits import Visit

if TYPE_CHECKING:
    from intake_app.domain.validation import Problem

_ELSEWHERE = {
    "treated_level": "action.take_over_plan",
    "level": "action.take_over_plan",
    "punctures": "action.take_over_plan",
    "cause": "fractures.rows",
    "happened": "fractures.rows",
    "levels": "fractures.levels",
    "fractures": "fractures.levels",
    "driver": "driver.name",
}
"""Problem keys that are no field of a form, and where to put them right."""


def place_of(problem: Problem) -> str:
    """Return the object name of the field that a problem of a paper is about; "" for none."""
    if problem.key in _ELSEWHERE:
        return _ELSEWHERE[problem.key]
    for record_type in (ProcedureRecord, Patient, Visit, Imaging):
        if any(field.key == problem.key for field in fields_of(record_type)):
            return object_name(record_type.FORM, problem.key)
    return ""
