"""People to write for other systems: whoever the program could hold."""

import dataclasses
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from intake_app.domain.dossiers import Dossier, Telling, VisitDossier
from intake_app.domain.fields import Kind, Record, fields_of
from intake_app.domain.fractures import Fracture
from intake_app.domain.patients import Identifier, Patient
from intake_app.domain.procedures import TreatedLevel
from intake_app.domain.reading import clean_text
from intake_app.domain.values import PartialDate
from intake_app.domain.visits import Visit
from tests.builders import NOW, a_clinic, a_contact, a_driver, a_procedure

TELLING = Telling(clinic=a_clinic(time_zone="America/Chicago"), at=NOW)

words = st.text(max_size=30).map(clean_text)
"""What a text field can hold: anything typed, tidied."""
days = st.dates(date(1900, 1, 1), date(2026, 11, 22))
moments = st.integers(-1_000_000, 1_000_000).map(lambda minutes: NOW + timedelta(minutes=minutes))
partial_dates = st.one_of(
    days.map(PartialDate.on),
    st.builds(PartialDate.in_month, st.integers(1990, 2026), st.integers(1, 12)),
    st.builds(PartialDate.in_year, st.integers(1990, 2026)),
    st.builds(PartialDate.about, st.integers(1, 12), st.sampled_from("dwmy"), days),
)


def filled(record_type: type[Record], **fixed: Any) -> st.SearchStrategy[Any]:
    """Return records with anything in their declared fields."""
    values: dict[str, st.SearchStrategy[Any]] = {}
    defaults = {each.name: each.default for each in dataclasses.fields(record_type)}
    for field in fields_of(record_type):
        some: st.SearchStrategy[Any] = {
            Kind.DATE: days,
            Kind.DATE_TIME: moments,
            Kind.PARTIAL_DATE: partial_dates,
            Kind.INTEGER: st.integers(int(field.minimum or 0), int(field.maximum or 9)),
            Kind.BOOLEAN: st.booleans(),
        }.get(field.kind, words)
        if field.choice_type is not None:
            some = st.sampled_from(list(field.choice_type))
            if field.kind is Kind.CHOICES:
                some = st.lists(some, unique=True, max_size=3).map(tuple)
        may_lack = defaults.get(field.key, "") is None
        values[field.key] = st.none() | some if may_lack else some
    values |= {key: st.just(value) for key, value in fixed.items()}
    return st.builds(record_type, **values)


named = filled(Patient, id="0b1c2d3e4f5061728394a5b6c7d8e9f0").filter(lambda each: each.family_name)
"""Patients with a family name, as every record has one."""


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Return a patient with a number of others, a contact and one visit."""
    patient = draw(named)
    visit = draw(filled(Visit, id="visit-1", patient_id=patient.id))
    system = draw(st.sampled_from(["urn:oid:1.2.3", "General Hospital", "https://x.example/mrn"]))
    value = draw(words.filter(bool))
    number = Identifier(id="number-1", patient_id=patient.id, system=system, value=value)
    fracture = draw(filled(Fracture, id="fracture-1", visit_id=visit.id))
    treated = draw(filled(TreatedLevel, id="treated-1", visit_id=visit.id))
    started = draw(moments)
    procedure = a_procedure(
        visit_id=visit.id, started_at=started, ended_at=started + timedelta(minutes=50)
    )
    return Dossier(
        patient=patient,
        contact=a_contact(patient_id=patient.id, name=draw(words), relation=draw(words)),
        identifiers=(number,),
        visits=(
            VisitDossier(
                visit=visit,
                driver=a_driver(visit_id=visit.id, name=draw(words), phone=draw(words)),
                procedure=procedure,
                numbers=((system, value),),
                fractures=(fracture,),
                treated=(treated,),
            ),
        ),
    )
