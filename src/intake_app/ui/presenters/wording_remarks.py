"""The writer's remarks as the page lists them, and the reading grade in figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.language import N_, translated
from intake_app.domain.sentences_writing import band_sentence, remark_sentence
from intake_app.domain.writing_texts import LEAD_PLACE, TITLE_PLACE
from intake_app.ui.presenters.wording_fields import Place

if TYPE_CHECKING:
    from intake_app.domain.writing_check import Remark, WritingReport


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One remark: what it says, and where its text stands."""

    words: str
    place: Place
    note: bool
    """There are good reasons to leave it."""


def rows_of(report: WritingReport) -> tuple[RemarkRow, ...]:
    """Return the remarks in their order."""
    return tuple(
        RemarkRow(f"{remark.block}: {remark_sentence(remark)}", place_of(remark), remark.note)
        for remark in report.remarks
    )


def place_of(remark: Remark) -> Place:
    """Return where the text of a remark is edited."""
    if remark.element == TITLE_PLACE:
        return Place(remark.block, part="title")
    if remark.item == LEAD_PLACE:
        return Place(remark.block, remark.element, part="lead")
    return Place(remark.block, remark.element, remark.item)


def grade_words(report: WritingReport | None, printed: WritingReport | None = None) -> str:
    """Return how hard the words are to read, in figures; empty while nothing is known."""
    if report is None:
        return ""
    said = []
    if report.grade is not None:
        if printed is not None and printed.grade is not None:
            figures = N_("Grade {grade} as printed for this patient, {all} over all texts.")
            said.append(
                translated(figures).format(grade=f"{printed.grade:.1f}", all=f"{report.grade:.1f}")
            )
        else:
            said.append(translated(N_("Grade {grade}.")).format(grade=f"{report.grade:.1f}"))
        if report.grade_plain is not None:
            plain = N_("Without names of drugs and bones: {grade}.")
            said.append(translated(plain).format(grade=f"{report.grade_plain:.1f}"))
    if report.ease is not None:
        said.append(translated(N_("Ease {ease} of 100.")).format(ease=f"{report.ease:.0f}"))
    if report.inflesz is not None:
        said.append(translated(N_("INFLESZ {figure}.")).format(figure=f"{report.inflesz:.0f}"))
    if report.smog is not None:
        said.append(translated(N_("SMOG {figure}.")).format(figure=f"{report.smog:.1f}"))
    if report.band:
        said.append(band_sentence(report))
    counts = N_("{words} words in {sentences} sentences.")
    said.append(translated(counts).format(words=report.words, sentences=report.sentences))
    return " ".join(said)
