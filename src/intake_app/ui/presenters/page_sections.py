"""The sections of the patient page, and what is still missing in each. Nothing here blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.asking import Asked, Rows, sections_for
from intake_app.domain.fields import Record, field_of, object_name
from intake_app.domain.fractures import planned
from intake_app.domain.language import N_, translated
from intake_app.domain.patients import EmergencyContact, Patient
from intake_app.domain.procedures import ProcedureRecord, levels_treated
from intake_app.domain.spine import UNKNOWN
from intake_app.domain.values import Choice
from intake_app.domain.visits import ResponsibleAdult, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.services.cases import Case


class PageSection(Choice):
    """One section of the patient page, in the order of the visit."""

    IDENTITY = "identity", N_("Identity")
    CONTACTS = "contacts", N_("Contacts and driver")
    FRACTURES = "fractures", N_("Fractures")
    IMAGING = "imaging", N_("Imaging and pain")
    SAFETY = "safety", N_("Safety")
    APPOINTMENT = "appointment", N_("Appointment")
    PROCEDURE = "procedure", N_("Procedure record")
    GOING_HOME = "going_home", N_("Going home")


@dataclass(frozen=True, slots=True)
class Missing:
    """Something nobody typed yet: what, and the object name of where to type it."""

    text: str
    place: str
    needed: str = ""
    """What it is needed for, in words; empty when only the intake is fuller with it."""


@dataclass(frozen=True, slots=True)
class SectionState:
    """What the section list says of one section."""

    section: PageSection
    missing: tuple[Missing, ...]
    questions: int = 0
    """Questions to the nurse nobody has answered."""
    started: bool = True
    """Nothing to do in it yet, as the procedure record before the procedure."""

    @property
    def line(self) -> str:
        """The state in a few words."""
        return " · ".join(part for part in (self._missing_line, self._questions_line) if part)

    @property
    def _missing_line(self) -> str:
        if not self.started:
            return translated(N_("Not yet"))
        count = len(self.missing)
        if not count:
            return translated(N_("Complete"))
        return translated(N_("{n} missing")).format(n=count)

    @property
    def _questions_line(self) -> str:
        if not self.questions:
            return ""
        one = N_("1 question") if self.questions == 1 else N_("{n} questions")
        return translated(one).format(n=self.questions)

    @property
    def explanation(self) -> str:
        """Every missing item on a line of its own."""
        return "\n".join(
            f"{each.text} ({each.needed})" if each.needed else each.text for each in self.missing
        )


_WANTED: dict[PageSection, tuple[tuple[type[Record], str], ...]] = {
    PageSection.IDENTITY: (
        (Patient, "family_name"),
        (Patient, "birth_date"),
        (Patient, "record_number"),
        (Patient, "sex"),
        (Patient, "language_read"),
        (Patient, "lives_alone"),
        (Patient, "representative"),
        (Patient, "referrer_name"),
    ),
    PageSection.APPOINTMENT: (
        (Visit, "day"),
        (Visit, "planned_start"),
        (Visit, "operator"),
        (Visit, "planned_procedure"),
        (Visit, "planned_sedation"),
        (Visit, "identity_checked"),
    ),
    PageSection.PROCEDURE: (
        (ProcedureRecord, "started_at"),
        (ProcedureRecord, "ended_at"),
        (ProcedureRecord, "recovery_at"),
        (ProcedureRecord, "sedation"),
        (ProcedureRecord, "closure"),
        (ProcedureRecord, "brace"),
        (ProcedureRecord, "follow_up_at"),
        (ProcedureRecord, "discharge_ordered_by"),
    ),
}
_DRIVER = ("name", "phone", "will_take_home", "confirmed_at")


def section_states(
    case: Case,
    questionnaire: Questionnaire,
    *,
    printed: bool | None = None,
    handed: bool | None = None,
) -> tuple[SectionState, ...]:
    """Return the state of every section; whether the sheet was ``printed`` and ``handed`` over."""
    finders = {
        PageSection.IDENTITY: _identity,
        PageSection.CONTACTS: _contacts,
        PageSection.FRACTURES: _fractures,
        PageSection.IMAGING: _imaging,
        PageSection.APPOINTMENT: _appointment,
        PageSection.PROCEDURE: _procedure,
    }
    begun = case.procedure.started_at is not None
    states = []
    for section in PageSection:
        if section is PageSection.SAFETY:
            missing = tuple(_safety(case, questionnaire))
        elif section is PageSection.GOING_HOME:
            missing = tuple(_going_home(printed=bool(printed), handed=bool(handed)))
        else:
            missing = tuple(finders[section](case))
        late = section in (PageSection.PROCEDURE, PageSection.GOING_HOME)
        states.append(SectionState(section, missing, started=begun or not late or not missing))
    return tuple(states)


def _going_home(*, printed: bool, handed: bool) -> Iterator[Missing]:
    if not printed:
        yield Missing(translated(N_("Aftercare sheet, printed")), "")
    elif not handed:
        yield Missing(translated(N_("Aftercare sheet, handed over")), "action.hand_over")


def _empty(value: object) -> bool:
    return value is None or value in ("", (), False)


def _named(record_type: type[Record], key: str) -> Missing:
    label = translated(field_of(record_type, key).label)
    return Missing(label, object_name(record_type.FORM, key))


def _wanted(case_record: Record, section: PageSection) -> Iterator[Missing]:
    for record_type, key in _WANTED[section]:
        if _empty(getattr(case_record, key)):
            yield _named(record_type, key)


def _identity(case: Case) -> Iterator[Missing]:
    yield from _wanted(case.patient, PageSection.IDENTITY)
    if not (case.patient.mobile_phone or case.patient.home_phone):
        yield Missing(translated(N_("A phone number")), "patient.mobile_phone")


def _contacts(case: Case) -> Iterator[Missing]:
    if not case.driver.exempted:
        for key in _DRIVER:
            if _empty(getattr(case.driver, key)):
                yield _named(ResponsibleAdult, key)
    for key in ("name", "phone"):
        if _empty(getattr(case.contact, key)):
            yield _named(EmergencyContact, key)


def _fractures(case: Case) -> Iterator[Missing]:
    rows = planned(case.fractures)
    if not rows:
        yield Missing(translated(N_("At least one fracture to treat")), "fractures.levels")
    for row in rows:
        name = translated(row.level.label)
        if row.level == UNKNOWN:
            yield Missing(translated(N_("Which vertebra the unknown level is")), "fractures.rows")
        elif row.happened is None:
            yield Missing(
                translated(N_("{level}: when it broke")).format(level=name), "fractures.rows"
            )
        if row.cause is None:
            yield Missing(translated(N_("{level}: cause")).format(level=name), "fractures.rows")
    if any(not row.confirmed_by for row in case.fractures):
        yield Missing(translated(N_("Nurse confirms the levels")), "action.confirm_fractures")


def _imaging(case: Case) -> Iterator[Missing]:
    for form, record, keys in (
        ("imaging", case.imaging, ("mri", "level_match")),
        ("pain", case.pain, ("pain_now", "course", "walking", "leg_weakness", "bladder_bowel")),
    ):
        for key in keys:
            if _empty(getattr(record, key)):
                label = translated(field_of(type(record), key).label)
                yield Missing(label, object_name(form, key))


def _safety(case: Case, questionnaire: Questionnaire) -> Iterator[Missing]:
    for section in sections_for(questionnaire, case.answers):
        paths = []
        for part in section.parts:
            if isinstance(part, Asked):
                paths.append(part.path)
            elif isinstance(part, Rows):
                paths.extend(a.path for row in part.rows for a in row if isinstance(a, Asked))
        if paths and all(case.answers.get(path) is None for path in paths):
            yield Missing(translated(section.title), object_name("safety", paths[0]))


def _appointment(case: Case) -> Iterator[Missing]:
    for missing in _wanted(case.visit, PageSection.APPOINTMENT):
        if missing.place == "visit.identity_checked":
            yield Missing(missing.text, "action.check_identity")
        else:
            yield missing


def _procedure(case: Case) -> Iterator[Missing]:
    if not levels_treated(case.treated):
        yield Missing(translated(N_("What was done at each level")), "action.take_over_plan")
    yield from _wanted(case.procedure, PageSection.PROCEDURE)
