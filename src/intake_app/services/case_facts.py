"""What the papers of a visit are composed from, taken from everything recorded about it.

Light enough for the page that only says what is missing: nothing here composes or reads wording.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.aftercare_facts import AftercareFacts
from intake_app.domain.paper_words import WORDLESS, PaperWords
from intake_app.domain.safety import read_safety

if TYPE_CHECKING:
    from datetime import datetime

    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.services.cases import Case


def aftercare_facts(
    case: Case,
    questionnaire: Questionnaire,
    *,
    nurse: str,
    now: datetime,
    words: PaperWords = WORDLESS,
) -> AftercareFacts:
    """Return the facts of an aftercare sheet; without words it can be looked at, not written."""
    return AftercareFacts(
        patient=case.patient,
        visit=case.visit,
        clinic=case.clinic,
        procedure=case.procedure,
        safety=read_safety(questionnaire, case.answers),
        nurse=nurse,
        now=now,
        fractures=case.fractures,
        treated=case.treated,
        new_medicines=case.new_medicines,
        pain_medicines=case.pain_medicines,
        driver=case.driver,
        words=words,
    )
