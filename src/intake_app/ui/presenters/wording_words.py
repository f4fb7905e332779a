"""What the wording page says of papers, languages, versions and stages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from intake_app.domain.language import N_, translated
from intake_app.domain.paper_languages import PaperLanguage
from intake_app.domain.wording_versions import WordingStage
from intake_app.services.wording_reading import same_phrases
from intake_app.ui.presenters.dates import day_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from intake_app.domain.sheets import SheetKind
    from intake_app.domain.wording_versions import WordingVersion

RIGHT_TO_LEFT = frozenset({"ar"})
LOCKED = ("R-1", "R-2")
"""Blocks that may grow, never shrink, and stay on page 1."""
PHRASES_CHANGED = N_(
    "The program’s own words have changed since it was approved: prints only with DRAFT. "
    "Start a draft, and let a physician approve it again."
)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def language_words(language: str) -> str:
    """Return the name of a language; one we do not know by its code."""
    known = next((each for each in PaperLanguage if each.value == language), None)
    return translated(known.label) if known is not None else language


def paper_words(kind: SheetKind, language: str) -> str:
    """Return "Aftercare sheet, Spanish"."""
    return translated(N_("{paper}, {language}")).format(
        paper=translated(kind.label), language=language_words(language)
    )


def line_words(approved: WordingVersion | None, newest: WordingVersion | None, today: date) -> str:
    """Return how it stands with one wording, in words."""
    said = []
    if approved is not None:
        said.append(approved_words(approved, today))
    if newest is not None and (approved is None or newest.id != approved.id):
        said.append(stage_words(newest, today))
    return " ".join(said) if said else translated(N_("Nobody has approved it yet."))


def approved_words(version: WordingVersion, today: date) -> str:
    """Return who approved a version and until when, or that the day has passed."""
    if version.review_by is not None and version.review_by < today:
        return translated(N_("Expired on {day}: prints only with DRAFT.")).format(
            day=day_words(version.review_by)
        )
    if not same_phrases(version):
        return translated(PHRASES_CHANGED)
    return translated(N_("Approved by {name}, review by {day}.")).format(
        name=version.approved_by,
        day=day_words(version.review_by) if version.review_by else "…",
    )


def stage_words(version: WordingVersion, today: date) -> str:
    """Return how it stands with one version, in a sentence."""
    match version.stage:
        case WordingStage.APPROVED:
            return approved_words(version, today)
        case WordingStage.IN_REVIEW:
            words = N_("Draft {number}, in review.")
        case WordingStage.RETIRED:
            words = N_("Retired.")
        case _:
            words = N_("Draft {number}.")
    return translated(words).format(number=version.number)


def version_words(version: WordingVersion, today: date, names: Mapping[str, str]) -> str:
    """Return one version in a line: its number, stage and who wrote it."""
    number = translated(N_("Version {number}")).format(number=version.number)
    stage = stage_words(version, today) if version.approved_on else translated(version.stage.label)
    who = writers_of(version, names)
    by = translated(N_("Written by {names}")).format(names=who) if who else ""
    shipped = translated(N_("Came with the program")) if version.origin == "shipped" else ""
    imported = translated(N_("Taken in from a file")) if version.origin == "imported" else ""
    parts = (f"{number}: {stage.rstrip('.')}", by or shipped or imported)
    return ". ".join(part for part in parts if part)


def writers_of(version: WordingVersion, names: Mapping[str, str]) -> str:
    """Return the names of everybody who changed a word of a version."""
    somebody = translated(N_("somebody who left"))
    return ", ".join(dict.fromkeys(names.get(one, somebody) for one in version.editors.split()))


def plain(text: str, spoken: Mapping[str, str]) -> str:
    """Return wording as people read it: no marks for bold print, placeholders in words."""
    return _PLACEHOLDER.sub(
        lambda found: f"[{spoken.get(found[1], found[1].replace('_', ' '))}]",
        text.replace("**", ""),
    )
