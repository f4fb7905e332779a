"""A physician's signature under a version: what was read, until when it holds, and reasons."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.dates import UnreadableError, read_date
from intake_app.domain.errors import WordingNotReadyError
from intake_app.domain.language import N_, translated
from intake_app.domain.review_items import open_musts
from intake_app.domain.sentences import sentence
from intake_app.domain.validation import Problem
from intake_app.ui.presenters.dates import day_words
from intake_app.ui.presenters.wording_changes import ChangesPresenter
from intake_app.ui.tasks import Lane

if TYPE_CHECKING:
    from datetime import date

    from intake_app.domain.errors import AppError
    from intake_app.domain.reading import Locality
    from intake_app.domain.review_items import ReviewItem
    from intake_app.domain.wording_versions import WordingVersion
    from intake_app.domain.writing_check import WritingReport
    from intake_app.ui.presenters.wording import WordingPresenter

_REVIEW_AFTER = timedelta(days=365)
_ENGLISH = "en"
_SOMEBODY = "…"


class ApprovalPresenter(QObject):
    """Nothing is approved before its changes were shown to the end."""

    state_changed = Signal()
    refused = Signal(str)
    """Why it cannot be approved, in words."""
    approved = Signal()

    def __init__(self, page: WordingPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        version = page.editor.version
        assert version is not None
        self.version = version
        self.changes = ChangesPresenter(page.main, self, own_words=True)
        self.changes.failed.connect(page.failed)
        self.report: WritingReport | None = None
        """How hard the words are; read when it starts."""
        self.needed: tuple[ReviewItem, ...] = ()
        """What must be answered yes on the checklist and is not."""
        self.seen = False
        """The changes were shown to the end."""

    @property
    def name(self) -> str:
        """Who approves."""
        return self._page.main.actor.name

    @property
    def needs_reason(self) -> bool:
        """Whether the words are harder than grade 8."""
        return self.report is not None and self.report.needs_reason

    @property
    def needs_translator(self) -> bool:
        """Whether somebody has to answer for a translation."""
        return not self.version.wording.endswith(f"/{_ENGLISH}")

    def start(self) -> None:
        """Read the changes, and how hard the words are."""
        self.changes.read(self.version.id)
        main, text = self._page.main, self._page.editor.text
        services, actor, version_id = main.services, main.actor, self.version.id
        named = _SOMEBODY if self.needs_translator else ""  # typed in this very window
        main.tasks.run(
            lambda: open_musts(services.reviews.verdicts(actor, version_id, translator=named)),
            owner=self,
            done=self._took_needed,
            failed=self._page.failed.emit,
        )
        if text is not None:
            main.tasks.run(
                lambda: services.reviews.report(text),
                owner=self,
                lane=Lane.WORK,
                done=self._took_report,
                failed=self._page.failed.emit,
            )

    def _took_report(self, report: WritingReport) -> None:
        self.report = report
        self.state_changed.emit()

    def _took_needed(self, needed: tuple[ReviewItem, ...]) -> None:
        self.needed = needed
        self.state_changed.emit()

    def needed_words(self) -> str:
        """Return what is to be answered on the checklist first; empty when nothing is."""
        if not self.needed:
            return ""
        said = "\n".join(f"{item.handle}: {translated(item.question)}" for item in self.needed)
        return translated(N_("Answer on the checklist first:\n{items}")).format(items=said)

    def note_seen(self) -> None:
        """Note that the changes were shown to the end."""
        if not self.seen:
            self.seen = True
            self.state_changed.emit()

    def usual_review(self) -> str:
        """Return the day a year from now, as the review date is proposed."""
        return day_words(self._locality().today + _REVIEW_AFTER)

    def today_words(self) -> str:
        """Return today, as the day of a translation is proposed."""
        return day_words(self._locality().today)

    def _locality(self) -> Locality:
        return self._page.main.services.office.locality(self._page.main.clinic)

    def approve(
        self, review_by: str, *, reason: str = "", translator: str = "", translated_on: str = ""
    ) -> None:
        """Approve as the person at the keyboard; ``approved`` or ``refused`` follows."""
        if not self.seen:
            self.refused.emit(translated(N_("Read the changes down to the end first.")))
            return
        try:
            day = self._day(review_by)
            done_on = self._day(translated_on) if self.needs_translator else None
        except UnreadableError as error:
            values = tuple(sorted(error.values.items()))
            self.refused.emit(sentence(Problem("day", error.code, values)))
            return
        main, version_id = self._page.main, self.version.id
        services, actor = main.services, main.actor
        main.tasks.run(
            lambda: services.reviews.approve(
                actor,
                version_id,
                review_by=day,
                grade_reason=reason,
                translator=translator,
                translated_on=done_on,
                fingerprint=self.version.fingerprint,
            ),
            owner=self,
            done=self._approved,
            failed=self._not_approved,
        )

    def _day(self, typed: str) -> date:
        return read_date(typed, self._locality())

    def _approved(self, version: WordingVersion) -> None:
        self.approved.emit()
        self._page.took_step(version, said=translated(N_("Approved. It prints from now on.")))

    def _not_approved(self, error: AppError) -> None:
        if isinstance(error, WordingNotReadyError):
            self.refused.emit("\n".join(sentence(reason) for reason in error.reasons))
        else:
            self._page.failed.emit(error)
            self.approved.emit()
