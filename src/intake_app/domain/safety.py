"""What the safety questions (F-70 to F-110) mean to flags and sheets, as typed facts.

``None`` means nobody asked or answered; ``Answer.UNKNOWN`` means "we do not know" was the answer.
Neither is ever treated as no.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from intake_app.domain.asking import Raised, counted, raised
from intake_app.domain.values import Answer, Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.answers import Answers
    from intake_app.domain.fields import FieldValue
    from intake_app.domain.questionnaires import Questionnaire


@dataclass(frozen=True, slots=True)
class Allergy:
    """One allergy as it was told (F-80)."""

    substance: str
    """In words: the label of the list and which one exactly."""
    reaction: str = ""
    severity: str = ""
    kind: str = ""
    """Code of the list: ``cement``, ``contrast``, ``adhesive``, ``other`` …; empty if none."""


@dataclass(frozen=True, slots=True)
class BloodThinner:
    """One blood thinner or antiplatelet (F-71)."""

    name: str
    dose: str = ""
    last_dose_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyFacts:
    """The answers that rules compute with."""

    blood_thinner: Answer | None = None
    blood_thinners: tuple[BloodThinner, ...] = ()
    hold_ordered: str = ""
    """F-72 as typed: drug, last dose and who ordered it; empty unless both are there."""
    hold_plan: str = ""
    """F-72 as typed, whether or not somebody is named who ordered it."""
    bleeding_disorder: Answer | None = None
    inr: Decimal | None = None
    platelets: Decimal | None = None
    """10⁹/L."""
    allergy_status: str | None = None
    """``known``, ``none_known``, ``unknown``."""
    no_known_allergies: bool = False
    allergies: tuple[Allergy, ...] = ()
    temperature_c: Decimal | None = None
    infection_signs: Mapping[str, Answer] = field(default_factory=dict)
    """Label of each infection question (F-91) with its answer."""
    pregnancy: str | None = None
    """``no``, ``possible``, ``positive``, ``not_applicable``, ``unknown``."""
    pregnancy_test: str | None = None
    """``not_done``, ``negative``, ``positive``, ``unknown``."""
    diabetes: str | None = None
    """``none``, ``type_1``, ``type_2``, ``other``, ``unknown``."""
    diabetes_drugs: tuple[str, ...] = ()
    """Of ``insulin``, ``sglt2``, ``metformin``, ``glp1``: those answered yes."""
    diabetes_drugs_unknown: tuple[str, ...] = ()
    """Of the same: those answered unknown."""
    diabetes_plan: str = ""
    glucose_mg_dl: Decimal | None = None
    kidney: str | None = None
    """``none``, ``disease``, ``dialysis``, ``unknown``."""
    conditions: tuple[str, ...] = ()
    """Of ``heart_failure``, ``severe_heart``, ``heart``, ``severe_lung``, ``lung``, ``liver``,
    ``stroke``, ``seizure``, ``ulcer``."""
    conditions_unknown: bool = False
    asa: str | None = None
    """``1`` to ``6``."""
    sleep_apnoea: str | None = None
    """``none``, ``suspected``, ``diagnosed``, ``unknown``."""
    cpap: Answer | None = None
    last_solid_at: datetime | None = None
    last_fluid_at: datetime | None = None
    lie_prone: str | None = None
    """``yes``, ``short``, ``no``, ``unknown``."""
    skin: str | None = None
    """``intact``, ``rash``, ``wound``, ``unknown``."""
    cancer: Answer | None = None
    cancer_kind: str = ""
    chemotherapy: Answer | None = None
    """Within the last four weeks (F-104)."""
    epidural_tumour: Answer | None = None
    cord_signs: Answer | None = None
    nerve_root_pain: Answer | None = None
    """Leg or nerve pain beyond the back pain, by the physician's note."""
    unstable: Answer | None = None
    """Called unstable in the report; the program never derives it."""
    steroids: Answer | None = None
    tumour_work_up: str = ""
    """What the referral or report states; empty when nothing is stated."""
    sees_to_teaching: str = ""
    """Who receives the teaching (F-107)."""
    raised: tuple[Raised, ...] = ()
    """Answers that the clinic's own questionnaire marks with a note."""


DIABETES_DRUGS = ("insulin", "sglt2", "metformin", "glp1")
_INFECTION_HANDLE = "F-91"


def read_safety(questionnaire: Questionnaire, answers: Answers) -> SafetyFacts:
    """Return the typed facts in the answers; answers to questions not asked now do not count."""
    asked = counted(questionnaire, answers)
    read = _Facts(questionnaire, asked)
    status = read.text("allergy_status") or None
    allergies = tuple(read.allergy(f"allergies.{row}") for row in asked.rows("allergies"))
    chosen = read.choices("conditions")
    plan, ordered_by = read.text("hold_plan"), read.text("hold_ordered_by")
    drugs = {drug: read.answer(drug) for drug in DIABETES_DRUGS}
    return SafetyFacts(
        blood_thinner=read.answer("blood_thinner"),
        blood_thinners=tuple(
            read.blood_thinner(f"blood_thinners.{row}") for row in asked.rows("blood_thinners")
        ),
        hold_ordered=f"{plan} ({ordered_by})" if plan and ordered_by else "",
        hold_plan=plan,
        bleeding_disorder=read.answer("bleeding_disorder"),
        inr=read.number("inr"),
        platelets=read.number("platelets"),
        allergy_status=status,
        no_known_allergies=status == "none_known",
        allergies=tuple(allergy for allergy in allergies if allergy.substance),
        temperature_c=read.quantity("temperature", "°C"),
        infection_signs=read.infection_signs(),
        pregnancy=read.pregnancy(),
        pregnancy_test=read.text("pregnancy_test") or None,
        diabetes=read.text("diabetes") or None,
        diabetes_drugs=tuple(drug for drug, said in drugs.items() if said is Answer.YES),
        diabetes_drugs_unknown=tuple(d for d, said in drugs.items() if said is Answer.UNKNOWN),
        diabetes_plan=read.text("diabetes_plan"),
        glucose_mg_dl=read.quantity("glucose", "mg/dL"),
        kidney=read.text("kidney") or None,
        conditions=tuple(name for name in chosen if name not in ("none", "unknown")),
        conditions_unknown="unknown" in chosen,
        asa=read.asa(),
        sleep_apnoea=read.text("sleep_apnoea") or None,
        cpap=read.answer("cpap"),
        last_solid_at=read.moment("last_solid_at"),
        last_fluid_at=read.moment("last_fluid_at"),
        lie_prone=read.text("lie_prone") or None,
        skin=read.text("skin") or None,
        cancer=read.answer("cancer"),
        cancer_kind=read.text("cancer_kind"),
        chemotherapy=read.answer("chemotherapy"),
        epidural_tumour=read.answer("epidural_tumour"),
        cord_signs=read.answer("cord_signs"),
        nerve_root_pain=read.answer("nerve_root_pain"),
        unstable=read.answer("unstable"),
        steroids=read.answer("steroids"),
        tumour_work_up=read.tumour_work_up(),
        sees_to_teaching=read.teaching(),
        raised=raised(questionnaire, answers),
    )


class _Facts:
    """Looks single answers up; an answer of another type than expected is left out."""

    def __init__(self, questionnaire: Questionnaire, asked: Answers) -> None:
        self._questionnaire = questionnaire
        self._asked = asked

    def text(self, path: str) -> str:
        value = self._asked.get(path)
        return str(value) if isinstance(value, str) else ""

    def choices(self, path: str) -> tuple[str, ...]:
        value = self._asked.get(path)
        return value if isinstance(value, tuple) else ()

    def answer(self, path: str) -> Answer | None:
        """Return yes, no or unknown; any answer that is neither yes nor no is unknown."""
        return _answer(self._asked.get(path))

    def number(self, path: str) -> Decimal | None:
        value = self._asked.get(path)
        return Decimal(value) if isinstance(value, int | Decimal) else None

    def quantity(self, path: str, unit: str) -> Decimal | None:
        value = self._asked.get(path)
        return value.to(unit) if isinstance(value, Quantity) else None

    def moment(self, path: str) -> datetime | None:
        value = self._asked.get(path)
        return value if isinstance(value, datetime) else None

    def label(self, path: str) -> str:
        """Return the answer as people read it."""
        value, item = self.text(path), self._questionnaire.item_at(path)
        options = item.options if item else ()
        return next((option.label for option in options if option.value == value), value)

    def allergy(self, row: str) -> Allergy:
        kind, which = self.text(f"{row}.substance"), self.text(f"{row}.which")
        words = [] if kind == "other" and which else [self.label(f"{row}.substance"), which]
        substance = ": ".join(word for word in words if word) or which
        return Allergy(substance, self.text(f"{row}.reaction"), self.text(f"{row}.severity"), kind)

    def blood_thinner(self, row: str) -> BloodThinner:
        return BloodThinner(
            self.text(f"{row}.name"), self.text(f"{row}.dose"), self.moment(f"{row}.last_dose")
        )

    def infection_signs(self) -> dict[str, Answer]:
        """Return every question with the handle F-91, also one the clinic added, by its label."""
        return {
            item.text: said
            for item in self._questionnaire
            if item.handle == _INFECTION_HANDLE
            and self._questionnaire.rows_of(item) is None
            and (said := self.answer(item.link_id)) is not None
        }

    def pregnancy(self) -> str | None:
        if self.text("pregnancy_test") == "positive":
            return "positive"
        said = self.text("pregnancy_possible")
        return {"yes": "possible", "": None}.get(said, said)

    def asa(self) -> str | None:
        given = self.text("asa")
        return given if given.isdecimal() else None

    def tumour_work_up(self) -> str:
        if self.answer("tumour_work_up") is not Answer.YES:
            return ""
        return self.text("tumour_work_up_note") or self.label("tumour_work_up")

    def teaching(self) -> str:
        name, who = self.text("teaching_name"), self.label("teaching_to")
        return f"{who}: {name}" if name else who


def _answer(value: FieldValue) -> Answer | None:
    match value:
        case None:
            return None
        case True | "yes":
            return Answer.YES
        case False | "no":
            return Answer.NO
    return Answer.UNKNOWN
