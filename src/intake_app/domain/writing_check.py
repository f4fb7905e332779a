"""The writer's helper: how hard a text is to read, and what would make it better, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain import reading_grade as grades
from intake_app.domain.reading_words import plain_text, sentences_of, spaced, without_placeholders
from intake_app.domain.reading_words import words_of as _words_of
from intake_app.domain.writing_remarks import Remark
from intake_app.domain.writing_rules import remarks_on
from intake_app.domain.writing_texts import (
    FOOT_BLOCK,
    Placed,
    TextKind,
    placed_sheet,
    placed_texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from intake_app.domain.word_lists import WordLists

__all__ = [
    "HARDEST_GRADE",
    "TARGET_GRADE",
    "Placed",
    "Remark",
    "TextKind",
    "WritingReport",
    "check_writing",
    "placed_sheet",
    "placed_texts",
]

HARDEST_GRADE = 8
"""Above it nothing is approved without a written reason (clinical.md 4.3)."""
TARGET_GRADE = 6
RUNNING_TEXT = (TextKind.PARAGRAPH, TextKind.ITEM, TextKind.QUESTION)
NO_FORMULA, EASY, ALLOWED, HARD = "no_formula", "easy", "allowed", "hard"


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingReport:
    """How hard a paper is to read, and what can be done about it."""

    language: str
    words: int
    """0 where the language writes without spaces."""
    sentences: int
    grade: float | None = None
    """Flesch-Kincaid; ``None`` where there is no formula for the language."""
    grade_running: float | None = None
    """The same for paragraphs and list items alone, without headings and tables."""
    grade_plain: float | None = None
    """The same without names of drugs and anatomy words."""
    ease: float | None = None
    """Flesch reading ease, for Spanish Fernández-Huerta."""
    smog: float | None = None
    """English, from 30 sentences."""
    inflesz: float | None = None
    """Spanish: Szigriszt-Pazos."""
    band: str = NO_FORMULA
    """Code of the band; ``sentences_writing.band_sentence`` says it."""
    remarks: tuple[Remark, ...] = ()

    @property
    def needs_reason(self) -> bool:
        """Whether approving needs a written reason: harder than grade 8."""
        return self.hardest is not None and round(self.hardest, 1) > HARDEST_GRADE

    @property
    def hardest(self) -> float | None:
        """The higher one of the grades of everything and of the running text."""
        if self.grade is None or self.grade_running is None:
            return self.grade
        return max(self.grade, self.grade_running)

    def has(self, *codes: str) -> bool:
        """Return whether there is a remark with one of the codes."""
        return any(remark.code in codes for remark in self.remarks)


def check_writing(
    texts: Iterable[Placed], *, language: str, lists: WordLists, for_patient: bool = True
) -> WritingReport:
    """Return how hard the texts are to read, and remarks in the order of the texts.

    Papers for clinicians may have medical words and the passive voice.
    """
    placed = tuple(texts)
    read = [without_placeholders(plain_text(one.text)) for one in placed]
    # What the program itself prints at the foot counts, but no writer can change it here.
    written = [one for one in placed if one.block != FOOT_BLOCK]
    remarks = tuple(remarks_on(written, language=language, lists=lists, for_patient=for_patient))
    count = grades.syllable_counter(language, lists)
    if count is None:
        return _without_formula(read, language, remarks)
    whole = grades.reading_grade(read, count)
    if language.partition("-")[0] == "es":
        perspicuity = whole.szigriszt_pazos
        return WritingReport(
            language=language,
            words=whole.words,
            sentences=whole.sentences,
            ease=whole.fernandez_huerta if whole.words else None,
            inflesz=perspicuity if whole.words else None,
            band=grades.inflesz_band(perspicuity) if whole.words else NO_FORMULA,
            remarks=remarks,
        )
    running = grades.reading_grade(
        (text for one, text in zip(placed, read, strict=True) if one.kind in RUNNING_TEXT), count
    )
    plain = grades.reading_grade(read, count, ignoring=lists.names)
    hardest = max(whole.flesch_kincaid, running.flesch_kincaid)
    return WritingReport(
        language=language,
        words=whole.words,
        sentences=whole.sentences,
        grade=whole.flesch_kincaid,
        grade_running=running.flesch_kincaid,
        grade_plain=plain.flesch_kincaid,
        ease=whole.reading_ease if whole.words else None,
        smog=whole.smog,
        band=grade_band(hardest),
        remarks=remarks,
    )


def grade_band(grade: float) -> str:
    """Return the code for a school grade: at the target, allowed, or too hard."""
    rounded = round(grade, 1)
    if rounded <= TARGET_GRADE:
        return EASY
    return ALLOWED if rounded <= HARDEST_GRADE else HARD


def _without_formula(
    read: Sequence[str], language: str, remarks: tuple[Remark, ...]
) -> WritingReport:
    sentences = [sentence for text in read for sentence in sentences_of(text)]
    words = sum(len(_words_of(sentence)) for sentence in sentences) if spaced(language) else 0
    return WritingReport(language=language, words=words, sentences=len(sentences), remarks=remarks)
