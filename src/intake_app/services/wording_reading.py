"""Wording to look at: which prints, how far each has come, what a version changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.errors import NotFoundError, WordingError
from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import Action, Staff
from intake_app.domain.wording_changes import BlockChange, changes_of
from intake_app.domain.wording_edit import WordingText
from intake_app.domain.wording_versions import WordingStage, WordingVersion
from intake_app.services.office import clinic_of, require
from intake_app.services.phrases import paper_words, phrases_mark
from intake_app.services.wording_shelf import ENGLISH, WordingChoice, WordingShelf

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.staff import Actor
    from intake_app.domain.wording_problems import WordingProblem
    from intake_app.domain.wording_tree import Wording
    from intake_app.services.office import Office

_OPEN_STAGES = (WordingStage.DRAFT, WordingStage.IN_REVIEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingLine:
    """One sheet in one language, and how far its wording has come."""

    wording_id: str
    kind: SheetKind
    language: str
    approved: WordingVersion | None
    expired: bool
    """The day of review has passed: what was approved prints only as a specimen."""
    phrases_changed: bool = False
    """The program's own words are not those it was approved with: it prints as a specimen too."""
    open: WordingVersion | None
    """The newest version that is written or reviewed now."""
    newest: WordingVersion

    @property
    def prints(self) -> bool:
        """Whether it prints as final today."""
        return self.approved is not None and not self.expired and not self.phrases_changed


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWording:
    """One version with its text, and what is wrong with it."""

    version: WordingVersion
    text: WordingText
    problems: tuple[WordingProblem, ...]
    editors: tuple[str, ...] = ()
    """Names of everybody who changed a word of it; none of them approves it."""


class WordingReading:
    """Every wording of the clinic and its versions, to look at."""

    def __init__(self, office: Office, shelf: WordingShelf) -> None:
        self._office = office
        self.shelf = shelf

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
            editors = names_of_editors(work, version)
        text = WordingText.from_toml(version.content)
        return OpenWording(
            version=version, text=text, problems=self.problems(text), editors=editors
        )

    def damaged(self) -> tuple[WordingVersion, ...]:
        """Return the versions whose words are not those that were saved."""
        with self._office.look() as work:
            every = work.records(WordingVersion).all()
        return tuple(version for version in every if not _as_saved(version))

    def outdated(self) -> tuple[WordingVersion, ...]:
        """Return what was approved with other words of the program than it has now."""
        with self._office.look() as work:
            every = work.records(WordingVersion).all()
        return tuple(
            version
            for version in every
            if version.stage is WordingStage.APPROVED and not same_phrases(version)
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

    def own_words(self, actor: Actor, version_id: str) -> tuple[str, ...]:
        """Return what the program itself writes on the paper of a version, in its language.

        Raises:
            ResourceMissingError: the program has no words in this language.
        """
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            version = work.records(WordingVersion).get(version_id)
        return tuple(paper_words(language_of(version)).texts)

    def compared_with(self, actor: Actor, version_id: str) -> WordingVersion | None:
        """Return the version that ``changes`` compares with; ``None`` when it is the first."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            return _last_approved(work, work.records(WordingVersion).get(version_id))


def _line(wording_id: str, versions: list[WordingVersion], today: date) -> WordingLine:
    kind, _, language = wording_id.partition("/")
    approved = next((each for each in versions if each.stage is WordingStage.APPROVED), None)
    return WordingLine(
        wording_id=wording_id,
        kind=SheetKind(kind),
        language=language,
        approved=approved,
        expired=approved is not None and not approved.holds_on(today),
        phrases_changed=approved is not None and not same_phrases(approved),
        open=next((each for each in versions if each.stage in _OPEN_STAGES), None),
        newest=versions[0],
    )


def _place(line: WordingLine) -> tuple[bool, str, int]:
    return line.language != ENGLISH, line.language, list(SheetKind).index(line.kind)


def language_of(version: WordingVersion) -> str:
    """Return the language a version is written in."""
    return version.wording.partition("/")[2]


def same_phrases(version: WordingVersion) -> bool:
    """Return whether the program's own words are those that were approved with a version."""
    return bool(version.phrases) and version.phrases == phrases_mark(language_of(version))


def _as_saved(version: WordingVersion) -> bool:
    try:
        return WordingText.from_toml(version.content).fingerprint == version.fingerprint
    except WordingError:
        return False


def names_of_editors(work: UnitOfWork, version: WordingVersion) -> tuple[str, ...]:
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
