"""Why a paper prints in its language, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.language import N_, translated
from intake_app.domain.paper_languages import paper_language
from intake_app.domain.paper_reader import language_read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intake_app.domain.patients import Patient


def language_reason(patient: Patient, printed: str, *, offered: Sequence[str]) -> str:
    """Return why a paper prints in a language; empty when there is nothing to say."""
    reads = language_read(patient)
    if reads is None:
        return ""
    wanted = paper_language(reads.value)
    if wanted == printed:
        template = N_("The patient reads {language}")
    elif wanted in offered:
        template = N_("Chosen here; the patient reads {language}")
    else:
        template = N_("No approved wording in {language}")
    return translated(template).format(language=translated(reads.label))
