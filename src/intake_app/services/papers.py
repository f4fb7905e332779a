"""Compose any paper of a visit from everything recorded about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.aftercare import AftercareFacts, aftercare_sheet, compose, inputs_json
from intake_app.domain.before import BeforeFacts, before_sheet, compose_before
from intake_app.domain.letters import compose_letter, letter_facts, letter_sheet
from intake_app.domain.sheets import LETTERS, SheetKind
from intake_app.services.case_facts import aftercare_facts
from intake_app.services.phrases import paper_words

if TYPE_CHECKING:
    from datetime import datetime

    from intake_app.domain.letter_facts import LetterFacts
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.domain.sheets import Composition, PrintSize, Sheet
    from intake_app.domain.wording_tree import Wording
    from intake_app.domain.wording_versions import Approval
    from intake_app.services.cases import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A composed paper: what is in it and why, its tree, and the facts it was made from."""

    composition: Composition
    sheet: Sheet
    inputs: str
    """The facts, as JSON."""
    facts: AftercareFacts | BeforeFacts | LetterFacts


def before_facts(case: Case, *, language: str = "en") -> BeforeFacts:
    """Return the facts of a paper from before the visit."""
    return BeforeFacts(
        patient=case.patient,
        visit=case.visit,
        clinic=case.clinic,
        fractures=case.fractures,
        driver=case.driver,
        words=paper_words(language),
    )


def paper_of(  # noqa: PLR0913 - each one is a different fact of the paper
    case: Case,
    wording: Wording,
    questionnaire: Questionnaire,
    *,
    size: PrintSize,
    approval: Approval | None,
    nurse: str,
    now: datetime,
) -> Paper:
    """Return the paper that a wording makes of a visit; without an approval a specimen."""
    specimen = approval is None
    if wording.kind is not SheetKind.AFTERCARE and wording.kind not in LETTERS:
        before = before_facts(case, language=wording.language)
        composition = compose_before(before, wording)
        sheet = before_sheet(
            before, wording, composition, size=size, specimen=specimen, approval=approval
        )
        return Paper(composition=composition, sheet=sheet, inputs=inputs_json(before), facts=before)
    words = paper_words(wording.language)
    facts = aftercare_facts(case, questionnaire, nurse=nurse, now=now, words=words)
    if wording.kind in LETTERS:
        letter = letter_facts(wording.kind, facts, imaging=case.imaging, pain=case.pain)
        composition = compose_letter(letter, wording)
        sheet = letter_sheet(
            letter, wording, composition, size=size, specimen=specimen, approval=approval
        )
        return Paper(composition=composition, sheet=sheet, inputs=inputs_json(letter), facts=letter)
    composition = compose(facts, wording)
    sheet = aftercare_sheet(
        facts, wording, composition, size=size, specimen=specimen, approval=approval
    )
    return Paper(composition=composition, sheet=sheet, inputs=inputs_json(facts), facts=facts)
