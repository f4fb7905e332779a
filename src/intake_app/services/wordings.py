"""Wording in versions: written, reviewed, approved by a named physician, retired."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed
from intake_app.domain.errors import (
    CannotPrintError,
    NotFoundError,
    WordingError,
    WordingNotReadyError,
    WordingStageError,
)
from intake_app.domain.sheets import PrintSize, SheetKind
from intake_app.domain.staff import Action, Staff
from intake_app.domain.validation import Problem
from intake_app.domain.wording_changes import BlockChange, changes_of
from intake_app.domain.wording_edit import WordingText
from intake_app.domain.wording_sets import (
    ImportedWording,
    ImportReport,
    SharedWording,
    Taken,
    read_set,
    write_set,
)
from intake_app.domain.wording_versions import ReviewAnswer, WordingStage, WordingVersion
from intake_app.services.office import clinic_of, require
from intake_app.services.papers import Paper, paper_of
from intake_app.services.recording import Recorder
from intake_app.services.specimens import SAMPLES, SPECIMEN_NURSE, Sample, sample_case, sample_size
from intake_app.services.wording_shelf import ENGLISH, WordingChoice, WordingShelf

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from intake_app.domain.countries import Paper as PaperSize
    from intake_app.domain.ports import Drawn, SheetEngine, UnitOfWork
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.domain.staff import Actor
    from intake_app.domain.wording_problems import WordingProblem
    from intake_app.domain.wording_tree import Wording
    from intake_app.services.office import Office

__all__ = ["ENGLISH", "SAMPLES", "Sample", "WordingChoice", "WordingService"]

HARDEST_GRADE = 8
"""Above it nothing is approved without a written reason (clinical.md 4.3)."""
IMPORTED = "imported"
_STAGES_BEFORE = (WordingStage.DRAFT, WordingStage.IN_REVIEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingLine:
    """One sheet in one language, and how far its wording has come."""

    wording_id: str
    kind: SheetKind
    language: str
    approved: WordingVersion | None
    expired: bool
    """The day of review has passed: what was approved prints only as a specimen."""
    open: WordingVersion | None
    """The newest version that is written or reviewed now."""
    newest: WordingVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWording:
    """One version with its text, and what is wrong with it."""

    version: WordingVersion
    text: WordingText
    problems: tuple[WordingProblem, ...]
    editors: tuple[str, ...] = ()
    """Names of everybody who changed a word of it; none of them approves it."""


class WordingService:
    """The clinic's wording. What is approved is never changed: a new version takes its place."""

    def __init__(
        self,
        office: Office,
        questionnaire: Questionnaire,
        engine: SheetEngine,
        shipped: Callable[[], Mapping[str, str]],
    ) -> None:
        self._office = office
        self._questionnaire = questionnaire
        self._engine = engine
        self.shelf = WordingShelf(office, shipped)

    # --- what prints ------------------------------------------------------------------------

    def choose(
        self, work: UnitOfWork, kind: SheetKind, *, language: str = ENGLISH, today: date
    ) -> WordingChoice:
        """Return the wording that prints for somebody who reads ``language``."""
        return self.shelf.choose(work, kind, language=language, today=today)

    def take_in_shipped(self, wording_ids: Iterable[str] | None = None) -> None:
        """Make a version of every shipped wording whose words no version has."""
        self.shelf.take_in_shipped(wording_ids)

    # --- looking ----------------------------------------------------------------------------

    def overview(self, actor: Actor) -> tuple[WordingLine, ...]:
        """Return every sheet in every language there is, English first."""
        require(actor, Action.VIEW_PATIENT)
        self.take_in_shipped()
        with self._office.look() as work:
            today = self._office.locality(clinic_of(work)).today
            every = work.records(WordingVersion).all()
        lines: dict[str, list[WordingVersion]] = {}
        for version in sorted(every, key=lambda each: -each.number):
            lines.setdefault(version.wording, []).append(version)
        found = [_line(wording_id, versions, today) for wording_id, versions in lines.items()]
        return tuple(sorted(found, key=_place))

    def versions(self, actor: Actor, wording_id: str) -> tuple[WordingVersion, ...]:
        """Return every version of a wording, newest first."""
        require(actor, Action.VIEW_PATIENT)
        self.take_in_shipped([each for each in self.shelf.shipped_ids if each == wording_id])
        with self._office.look() as work:
            return work.wording_versions(wording_id)

    def open(self, actor: Actor, version_id: str) -> OpenWording:
        """Return one version to read or write.

        Raises:
            NotFoundError: there is no such version.
        """
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            version = work.records(WordingVersion).get(version_id)
            editors = _names(work, version)
        text = WordingText.from_toml(version.content)
        return OpenWording(
            version=version, text=text, problems=self.problems(text), editors=editors
        )

    def problems(self, text: WordingText) -> tuple[WordingProblem, ...]:
        """Return everything that keeps a text from printing as final."""
        return text.problems(self.shipped(text.wording_id))

    def shipped(self, wording_id: str) -> Wording | None:
        """Return the shipped wording of a sheet and language; ``None`` where there is none."""
        try:
            return self.shelf.shipped(wording_id)
        except NotFoundError:
            return None

    def changes(self, actor: Actor, version_id: str, *, since: str = "") -> tuple[BlockChange, ...]:
        """Return what is different since the last approved version, block by block.

        Where none was approved, since the version before it. ``since`` names another one.
        """
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            after = work.records(WordingVersion).get(version_id)
            before = (
                work.records(WordingVersion).get(since) if since else _last_approved(work, after)
            )
        return changes_of(
            WordingText.from_toml(before.content) if before is not None else None,
            WordingText.from_toml(after.content),
        )

    def compared_with(self, actor: Actor, version_id: str) -> WordingVersion | None:
        """Return the version that ``changes`` compares with; ``None`` when it is the first."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            return _last_approved(work, work.records(WordingVersion).get(version_id))

    # --- writing ----------------------------------------------------------------------------

    def start_draft(
        self, actor: Actor, wording_id: str, *, from_id: str = "", note: str = ""
    ) -> WordingVersion:
        """Begin a new version from another one: else from what is approved, else the newest.

        Raises:
            NotAllowedError: this person does not write wording.
            NotFoundError: there is no such wording.
        """
        require(actor, Action.EDIT_WORDING)
        self.take_in_shipped([each for each in self.shelf.shipped_ids if each == wording_id])
        with self._office.work() as work:
            versions = work.wording_versions(wording_id)
            if not versions:
                raise NotFoundError(wording_id)
            source = (
                next((each for each in versions if each.id == from_id), None)
                if from_id
                else work.approved_wording(wording_id) or versions[0]
            )
            if source is None:
                raise NotFoundError(from_id)
            # Whoever wrote what nobody approved yet has written part of the new version too.
            unapproved = source.approved_on is None
            draft = self._draft(actor, wording_id, source.content, number=versions[0].number + 1)
            kept = Recorder(work, self._office, actor).add(
                replace(
                    draft,
                    fingerprint=source.fingerprint,
                    origin=source.id,
                    note=note,
                    editors=source.editors if unapproved else "",
                )
            )
            work.commit()
        return kept

    def _draft(self, actor: Actor, wording_id: str, content: str, *, number: int) -> WordingVersion:
        now = self._office.clock.now()
        return WordingVersion(
            id=self._office.ids.new(),
            wording=wording_id,
            number=number,
            stage=WordingStage.DRAFT,
            content=content,
            fingerprint="",
            made_at=now,
            made_by=actor.name,
            edited_at=now,
        )

    def save(
        self,
        actor: Actor,
        version_id: str,
        text: WordingText,
        *,
        note: str | None = None,
        base_version: int,
    ) -> WordingVersion:
        """Keep the words of a draft, right or wrong; whoever changed a word is noted as editor.

        Raises:
            WordingStageError: it is no draft any more.
            ConflictError: somebody saved it since ``base_version`` was read.
        """
        require(actor, Action.EDIT_WORDING)
        with self._office.work() as work:
            before = work.records(WordingVersion).get(version_id)
            _expect(before, WordingStage.DRAFT)
            if text.wording_id != before.wording:
                raise WordingNotReadyError([Problem.of("", "wording_other_paper")])
            changed = text.fingerprint != before.fingerprint
            after = replace(
                before,
                version=base_version,
                content=text.to_toml() if changed else before.content,
                fingerprint=text.fingerprint,
                note=before.note if note is None else note,
            )
            if changed:
                after = replace(
                    after,
                    editors=_with_editor(before.editors, actor.id),
                    edited_at=self._office.clock.now(),
                )
            kept = self._keep(work, actor, before, after)
            work.commit()
        return kept

    def delete_draft(self, actor: Actor, version_id: str) -> None:
        """Throw a draft away, with what was answered about it.

        Raises:
            WordingStageError: it is no draft, or the only version of its wording.
        """
        require(actor, Action.EDIT_WORDING)
        with self._office.work() as work:
            version = work.records(WordingVersion).get(version_id)
            _expect(version, WordingStage.DRAFT)
            if len(work.wording_versions(version.wording)) == 1:
                raise WordingStageError(version_id, stage=version.stage.value)
            recorder = Recorder(work, self._office, actor)
            for answer in work.records(ReviewAnswer).owned_by(version_id):
                recorder.remove(answer, answer)
            recorder.remove(version, version)
            work.commit()

    # --- review -----------------------------------------------------------------------------

    def send_for_review(self, actor: Actor, version_id: str) -> WordingVersion:
        """Give a draft to a physician: from now on nobody changes it.

        Raises:
            WordingStageError: it is no draft.
            WordingNotReadyError: the words have a problem.
        """
        require(actor, Action.EDIT_WORDING)
        with self._office.work() as work:
            before = work.records(WordingVersion).get(version_id)
            _expect(before, WordingStage.DRAFT)
            if reasons := self._wrong_words(before):
                raise WordingNotReadyError(reasons)
            after = replace(
                before,
                stage=WordingStage.IN_REVIEW,
                sent_by=actor.name,
                sent_at=self._office.clock.now(),
                sent_back_why="",
            )
            kept = self._keep(work, actor, before, after)
            work.commit()
        return kept

    def send_back(self, actor: Actor, version_id: str, why: str) -> WordingVersion:
        """Give a version back to its writer, with what should be different.

        Raises:
            WordingStageError: it is not in review.
        """
        require(actor, Action.EDIT_WORDING)
        with self._office.work() as work:
            before = work.records(WordingVersion).get(version_id)
            _expect(before, WordingStage.IN_REVIEW)
            after = replace(before, stage=WordingStage.DRAFT, sent_back_why=why.strip())
            kept = self._keep(work, actor, before, after)
            work.commit()
        return kept

    def approve(  # noqa: PLR0913 - what a physician signs
        self,
        actor: Actor,
        version_id: str,
        *,
        review_by: date,
        grade: float | None,
        grade_reason: str = "",
        translator: str = "",
        translated_on: date | None = None,
        open_musts: tuple[str, ...] = (),
    ) -> WordingVersion:
        """Let a physician who wrote none of it approve a version; the one before is retired.

        ``grade`` is the reading grade of the words, ``None`` where there is none for the language;
        ``open_musts`` are the items of the reviewer's checklist that must be yes and are not.

        Raises:
            NotAllowedError: only physicians approve wording.
            WordingNotReadyError: with every reason why it cannot be approved yet.
        """
        require(actor, Action.APPROVE_WORDING)
        with self._office.work() as work:
            before = work.records(WordingVersion).get(version_id)
            today = self._office.locality(clinic_of(work)).today
            after = replace(
                before,
                stage=WordingStage.APPROVED,
                approved_by=actor.name,
                approved_by_id=actor.id,
                approved_on=today,
                review_by=review_by,
                grade_reason=grade_reason.strip(),
                translator=translator.strip(),
                translated_on=translated_on,
            )
            reasons = [
                *_against(work, actor, before, after, grade=grade),
                *self._wrong_words(before),
            ]
            if open_musts:
                items = ", ".join(dict.fromkeys(open_musts))
                reasons.append(Problem.of("", "wording_musts_open", items=items))
            if reasons:
                raise WordingNotReadyError(reasons)
            kept = self._put_in_force(work, actor, before, after)
            work.commit()
        return kept

    def approve_for_demonstration(
        self, actor: Actor, kind: SheetKind, *, review_by: date
    ) -> WordingVersion:
        """Put the shipped English wording in force at the demonstration clinic, as it stands.

        Raises:
            NotAllowedError: this is a real clinic, or no physician.
        """
        require(actor, Action.APPROVE_WORDING)
        self.take_in_shipped([f"{kind.value}/{ENGLISH}"])
        with self._office.work() as work:
            clinic = clinic_of(work)
            if clinic is None or not clinic.demonstration:
                raise WordingStageError(kind.value, stage="")
            before = work.wording_versions(f"{kind.value}/{ENGLISH}")[0]
            after = replace(
                before,
                stage=WordingStage.APPROVED,
                approved_by=actor.name,
                approved_by_id=actor.id,
                approved_on=self._office.locality(clinic).today,
                review_by=review_by,
            )
            kept = self._put_in_force(work, actor, before, after)
            work.commit()
        return kept

    def retire(self, actor: Actor, version_id: str, why: str) -> WordingVersion:
        """Take an approved version out of force: its sheet prints as a specimen from now on.

        Raises:
            WordingStageError: it is not approved.
        """
        require(actor, Action.APPROVE_WORDING)
        with self._office.work() as work:
            before = work.records(WordingVersion).get(version_id)
            _expect(before, WordingStage.APPROVED)
            kept = self._retire(work, actor, before, why=why)
            work.commit()
        return kept

    def _put_in_force(
        self, work: UnitOfWork, actor: Actor, before: WordingVersion, after: WordingVersion
    ) -> WordingVersion:
        in_force = work.approved_wording(before.wording)
        if in_force is not None and in_force.id != before.id:
            self._retire(work, actor, in_force, why="")
        return self._keep(work, actor, before, after)

    def _retire(
        self, work: UnitOfWork, actor: Actor, version: WordingVersion, *, why: str
    ) -> WordingVersion:
        today = self._office.locality(clinic_of(work)).today
        after = replace(
            version,
            stage=WordingStage.RETIRED,
            retired_on=today,
            retired_by=actor.name,
            retired_why=why.strip(),
        )
        return self._keep(work, actor, version, after)

    def _wrong_words(self, version: WordingVersion) -> list[Problem]:
        found = self.problems(WordingText.from_toml(version.content))
        return [
            Problem.of("", "wording_has_problems", block=each.block, problem=each.sentence)
            for each in found
        ]

    def _keep(
        self, work: UnitOfWork, actor: Actor, before: WordingVersion, after: WordingVersion
    ) -> WordingVersion:
        recorder = Recorder(work, self._office, actor)
        return recorder.change(before, after, extra=_TOLD)

    # --- papers of sample patients ----------------------------------------------------------

    def preview(
        self,
        actor: Actor,
        text: WordingText,
        sample: str = "",
        *,
        size: PrintSize | None = None,
        paper: PaperSize | None = None,
    ) -> Drawn:
        """Return the paper of a sample patient from words as they are typed, DRAFT on it.

        Raises:
            CannotPrintError: the words have a problem, or the clinic's own data are incomplete.
            NotFoundError: the clinic is not set up, or there is no such sample.
        """
        require(actor, Action.VIEW_PATIENT)
        try:
            wording = text.wording()
        except WordingError as error:
            problems = [each.problem for each in self.problems(text)]
            raise CannotPrintError(problems) from error
        made = self._sample_paper(wording, sample, size=size, paper=paper)
        if made.composition.blocking:
            raise CannotPrintError(made.composition.blocking)
        return self._engine.draw(made.sheet)

    def sample_papers(self, actor: Actor, text: WordingText) -> Mapping[str, Paper]:
        """Return the papers of all sample patients, undrawn, for whoever checks the words.

        Raises:
            WordingError: the words have a problem.
        """
        require(actor, Action.VIEW_PATIENT)
        wording = text.wording()
        return {each.id: self._sample_paper(wording, each.id) for each in SAMPLES}

    def specimen(
        self, actor: Actor, kind: SheetKind, sample: str = "", *, language: str = ENGLISH
    ) -> Drawn:
        """Return a paper of a made-up patient, DRAFT on every page, to look at the wording.

        Of the version that is approved in this language, else of the newest.

        Raises:
            CannotPrintError: the clinic's own data are too incomplete for any paper.
            NotFoundError: the clinic is not set up, or there is no wording in this language.
        """
        require(actor, Action.VIEW_PATIENT)
        wording_id = f"{kind.value}/{language}"
        with self._office.look() as work:
            _, wording = self.shelf.specimen(work, wording_id)
        made = self._sample_paper(wording, sample)
        if made.composition.blocking:
            raise CannotPrintError(made.composition.blocking)
        return self._engine.draw(made.sheet)

    def _sample_paper(
        self,
        wording: Wording,
        sample: str,
        *,
        size: PrintSize | None = None,
        paper: PaperSize | None = None,
    ) -> Paper:
        with self._office.look() as work:
            clinic = clinic_of(work)
        if clinic is None:
            raise NotFoundError("clinic")
        now = self._office.clock.now()
        if paper is not None:
            clinic = replace(clinic, paper=paper)
        return paper_of(
            sample_case(sample, clinic, now),
            wording,
            self._questionnaire,
            size=size or sample_size(sample),
            approval=None,
            nurse=SPECIMEN_NURSE.name,
            now=now,
        )

    # --- sets for other clinics -------------------------------------------------------------

    def export_set(self, actor: Actor, languages: Iterable[str] | None = None) -> str:
        """Return one file with every wording of these languages: what is approved, else newest."""
        require(actor, Action.EDIT_WORDING)
        wanted = None if languages is None else set(languages)
        lines = [line for line in self.overview(actor) if wanted is None or line.language in wanted]
        chosen = [line.approved or line.newest for line in lines]
        with self._office.work() as work:
            recorder = Recorder(work, self._office, actor)
            for version in chosen:
                recorder.note(Deed.EXPORTED, version)
            work.commit()
        return write_set(chosen)

    def import_set(self, actor: Actor, text: str) -> ImportReport:
        """Take in another clinic's wording as drafts; say of each what became of it.

        Raises:
            WordingEditError: the file holds no wording.
        """
        require(actor, Action.EDIT_WORDING)
        shared = read_set(text)
        self.take_in_shipped()
        with self._office.work() as work:
            lines = tuple(self._import(work, actor, each) for each in shared)
            work.commit()
        return ImportReport(lines)

    def _import(self, work: UnitOfWork, actor: Actor, shared: SharedWording) -> ImportedWording:
        line = ImportedWording(
            wording_id=shared.wording_id, taken=Taken.REFUSED, unchanged=shared.unchanged
        )
        if shared.text is None:
            return replace(line, problems=(Problem.of("", "wording_heading"),))
        if problems := self.problems(shared.text):
            return replace(line, problems=tuple(each.problem for each in problems))
        mark = shared.text.fingerprint
        versions = work.wording_versions(shared.wording_id)
        same = next((each for each in versions if each.fingerprint == mark), None)
        if same is not None:
            return replace(line, taken=Taken.KNOWN, number=same.number, version_id=same.id)
        number = versions[0].number + 1 if versions else 1
        draft = self._draft(actor, shared.wording_id, shared.text.to_toml(), number=number)
        # Whoever brings words in could have changed them in the file.
        kept = Recorder(work, self._office, actor).add(
            replace(draft, fingerprint=mark, origin=IMPORTED, editors=actor.id)
        )
        return replace(line, taken=Taken.NEW, number=kept.number, version_id=kept.id)


_TOLD = (
    "stage", "fingerprint", "sent_by", "approved_by", "approved_on", "retired_by", "retired_on",
)  # fmt: skip
"""What the trail tells of a version beside its declared fields."""


def _line(wording_id: str, versions: list[WordingVersion], today: date) -> WordingLine:
    kind, _, language = wording_id.partition("/")
    approved = next((each for each in versions if each.stage is WordingStage.APPROVED), None)
    return WordingLine(
        wording_id=wording_id,
        kind=SheetKind(kind),
        language=language,
        approved=approved,
        expired=approved is not None and not approved.holds_on(today),
        open=next((each for each in versions if each.stage in _STAGES_BEFORE), None),
        newest=versions[0],
    )


def _place(line: WordingLine) -> tuple[bool, str, int]:
    return line.language != ENGLISH, line.language, list(SheetKind).index(line.kind)


def _expect(version: WordingVersion, stage: WordingStage) -> None:
    if version.stage is not stage:
        raise WordingStageError(version.id, stage=version.stage.value)


def _with_editor(editors: str, actor_id: str) -> str:
    return " ".join(dict.fromkeys((*editors.split(), actor_id)))


def _names(work: UnitOfWork, version: WordingVersion) -> tuple[str, ...]:
    """Return who changed a word of a version, by name; ids of who is gone stay ids."""
    people = (work.records(Staff).find(each) for each in version.editors.split())
    return tuple(
        person.name if person is not None else each
        for each, person in zip(version.editors.split(), people, strict=True)
    )


def _last_approved(work: UnitOfWork, version: WordingVersion) -> WordingVersion | None:
    """Return the newest version before this one that was ever approved, else the one before."""
    older = [
        each for each in work.wording_versions(version.wording) if each.number < version.number
    ]
    in_force = work.approved_wording(version.wording)
    if in_force is not None and in_force.id != version.id:
        return in_force
    approved = [each for each in older if each.approved_on is not None]
    return next(iter(approved or older), None)


def _against(
    work: UnitOfWork,
    actor: Actor,
    before: WordingVersion,
    after: WordingVersion,
    *,
    grade: float | None,
) -> Iterable[Problem]:
    """Yield why ``actor`` cannot approve a version, apart from its words."""
    if before.stage is not WordingStage.IN_REVIEW:
        yield Problem.of("", "wording_not_in_review")
    if actor.id in before.editors.split():
        yield Problem.of("", "wording_own_edit", names=", ".join(_names(work, before)))
    assert after.approved_on is not None
    assert after.review_by is not None
    if after.review_by <= after.approved_on:
        yield Problem.of("review_by", "wording_review_past")
    if grade is not None and round(grade, 1) > HARDEST_GRADE and not after.grade_reason:
        yield Problem.of("grade_reason", "wording_grade_reason", grade=f"{grade:.1f}")
    if not before.wording.endswith(f"/{ENGLISH}") and not after.translator:
        yield Problem.of("translator", "wording_no_translator")
