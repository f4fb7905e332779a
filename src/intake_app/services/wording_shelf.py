"""Which wording prints: versions and shipped files, read once for each fingerprint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed
from intake_app.domain.errors import NotFoundError, WordingError
from intake_app.domain.paper_languages import PaperLanguage
from intake_app.domain.staff import PROGRAM
from intake_app.domain.validation import Problem
from intake_app.domain.values import PartialDate
from intake_app.domain.wording import WordingApproval, read_wording
from intake_app.domain.wording_reader import refused
from intake_app.domain.wording_versions import Approval, Lapse, WordingStage, WordingVersion
from intake_app.services.phrases import phrases_mark

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.sheets import SheetKind
    from intake_app.domain.wording_tree import Wording
    from intake_app.services.office import Office

ENGLISH = "en"
SHIPPED = "shipped"
"""Origin of a version that came with the program."""
_FIRST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingChoice:
    """The wording that prints for somebody, and who approved it."""

    wording: Wording
    """Its ``version`` is the number of the version."""
    approval: Approval | None
    """``None``: it prints only as a specimen."""
    wanted: str
    """The language that was asked for; the wording may be in English instead."""
    version_number: int
    lapsed: tuple[Problem, ...] = ()
    """Why what was approved for this reader does not print as final any more."""

    @property
    def in_wanted_language(self) -> bool:
        """Whether it is in the language that was asked for."""
        return self.wording.language == self.wanted


class WordingShelf:
    """Every wording of the clinic, ready to be composed."""

    def __init__(self, office: Office, shipped: Callable[[], Mapping[str, str]]) -> None:
        self._office = office
        self._shipped = shipped
        self._read: dict[str, Wording] = {}
        self._files: dict[str, Wording] = {}
        self._taken_in: set[str] = set()

    # --- reading ----------------------------------------------------------------------------

    @property
    def shipped_ids(self) -> tuple[str, ...]:
        """Which wordings ship with the program."""
        return tuple(self._shipped())

    def shipped_text(self, wording_id: str) -> str:
        """Return a shipped wording as its file has it.

        Raises:
            NotFoundError: none of this sheet and language is shipped.
        """
        try:
            return self._shipped()[wording_id]
        except KeyError:
            raise NotFoundError(wording_id) from None

    def shipped(self, wording_id: str) -> Wording:
        """Return a shipped wording, read once.

        Raises:
            NotFoundError: none of this sheet and language is shipped.
            WordingError: its file is damaged.
        """
        if wording_id not in self._files:
            read = read_wording(self.shipped_text(wording_id), f"{wording_id}.toml")
            self._files[wording_id] = self._read.setdefault(read.fingerprint, read)
        return self._files[wording_id]

    def wording_of(self, version: WordingVersion) -> Wording:
        """Return the wording of a version, read once; it carries the number of the version.

        Raises:
            WordingError: the version has a problem, or is not what its fingerprint says.
        """
        if version.fingerprint not in self._read:
            read = read_wording(version.content, version.wording)
            if (read.id, read.fingerprint) != (version.wording, version.fingerprint):
                raise refused(version.wording, "", "changed_since")
            self._read[version.fingerprint] = read
        return replace(self._read[version.fingerprint], version=str(version.number))

    def choose(
        self, work: UnitOfWork, kind: SheetKind, *, language: str = ENGLISH, today: date
    ) -> WordingChoice:
        """Return the wording that prints for somebody who reads ``language``.

        What is approved in that language; else what is approved in English; else the English
        wording as a specimen. A translation that is not approved is never chosen. An approval
        holds until its day of review, and only for the program's own words it was given with.
        """
        lapsed: list[Problem] = []
        for each in dict.fromkeys((language, ENGLISH)):
            version = work.approved_wording(f"{kind.value}/{each}")
            if version is None or version.approval is None:
                continue
            why = version.lapsed_on(today, phrases_mark(each))
            if why is None:
                return WordingChoice(
                    wording=self.wording_of(version),
                    approval=version.approval,
                    wanted=language,
                    version_number=version.number,
                    lapsed=tuple(lapsed),
                )
            lapsed.append(_lapsed(why, version, each))
        number, wording = self.specimen(work, f"{kind.value}/{ENGLISH}")
        return WordingChoice(
            wording=wording,
            approval=None,
            wanted=language,
            version_number=number,
            lapsed=tuple(lapsed),
        )

    def specimen(self, work: UnitOfWork, wording_id: str) -> tuple[int, Wording]:
        """Return what was approved, even if the approval has run out, else the newest there is.

        Raises:
            NotFoundError: there is no wording of this sheet in this language.
        """
        approved = work.approved_wording(wording_id)
        versions = (approved,) if approved is not None else work.wording_versions(wording_id)
        for version in versions:
            if version.stage is WordingStage.RETIRED:
                continue
            try:
                return version.number, self.wording_of(version)
            except WordingError:
                continue  # a draft that somebody is in the middle of
        return _FIRST, replace(self.shipped(wording_id), version=str(_FIRST))

    # --- what ships becomes versions --------------------------------------------------------

    def take_in_shipped(self, wording_ids: Iterable[str] | None = None) -> None:
        """Make a version of every shipped wording whose words no version has; all when ``None``.

        Asked again it does nothing. What a physician approved before there were versions stays
        approved.
        """
        wanted = [
            each
            for each in (self.shipped_ids if wording_ids is None else wording_ids)
            if each not in self._taken_in
        ]
        if not wanted:
            return
        with self._office.look() as work:
            missing = [each for each in wanted if self._is_new(work, each)]
        if missing:
            with self._office.work() as work:
                approvals = work.records(WordingApproval).all()
                for each in missing:
                    if self._is_new(work, each):
                        self._take_in(work, each, approvals)
                work.commit()
        self._taken_in.update(wanted)

    def _is_new(self, work: UnitOfWork, wording_id: str) -> bool:
        mark = self.shipped(wording_id).fingerprint
        return all(each.fingerprint != mark for each in work.wording_versions(wording_id))

    def _take_in(
        self, work: UnitOfWork, wording_id: str, approvals: Iterable[WordingApproval]
    ) -> None:
        wording = self.shipped(wording_id)
        known = work.wording_versions(wording_id)
        number = known[0].number + 1 if known else _FIRST
        now = self._office.clock.now()
        version = WordingVersion(
            id=self._office.ids.new(),
            wording=wording_id,
            number=number,
            stage=WordingStage.DRAFT,
            content=self.shipped_text(wording_id),
            fingerprint=wording.fingerprint,
            origin=SHIPPED,
            made_at=now,
            made_by=PROGRAM.name,
            edited_at=now,
            note=f"Shipped with version {wording.version}" if known else "",
        )
        given = [each for each in approvals if _fits(each, wording)]
        if given and work.approved_wording(wording_id) is None:
            last = max(given, key=lambda each: (each.approved_on, each.review_by))
            version = replace(
                version,
                stage=WordingStage.APPROVED,
                approved_by=last.approved_by,
                approved_on=last.approved_on,
                review_by=last.review_by,
                phrases=phrases_mark(wording.language),
            )
        kept = work.records(WordingVersion).add(version)
        work.note(self._office.entry(PROGRAM, Deed.CREATED, kept))


def _fits(approval: WordingApproval, wording: Wording) -> bool:
    return (approval.wording, approval.fingerprint) == (wording.id, wording.fingerprint)


def _lapsed(why: Lapse, version: WordingVersion, language: str) -> Problem:
    known = next((each.label for each in PaperLanguage if each.value == language), language)
    day = PartialDate.on(version.review_by).words if version.review_by else ""
    if why is Lapse.EXPIRED:
        return Problem.of("", "wording_expired", language=known, day=day)
    return Problem.of("", "wording_phrases_changed", language=known)
