"""The paper of a made-up patient beside the words, drawn anew after every edit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.errors import CannotPrintError
from intake_app.domain.language import N_, translated
from intake_app.domain.sentences import sentence
from intake_app.services.specimens import SAMPLES
from intake_app.ui.tasks import Lane

if TYPE_CHECKING:
    from intake_app.domain.countries import Paper as PaperSize
    from intake_app.domain.errors import AppError
    from intake_app.domain.ports import Drawn
    from intake_app.domain.sheets import PrintSize
    from intake_app.domain.wording_edit import WordingText
    from intake_app.domain.writing_check import WritingReport
    from intake_app.services.papers import Paper
    from intake_app.ui.presenters.main import MainPresenter
    from intake_app.ui.presenters.wording_editor import WordingEditor


_BEFORE_PROBLEM = N_("The words have a problem: this is how it was before it.")


class WordingPreview(QObject):
    """Draws the newest words; while one drawing is made, only the last wish waits."""

    drawn_changed = Signal()
    """Another document is to be shown, or why there is none."""
    report_changed = Signal()
    """The writer's remarks are those for the words as they are now."""

    def __init__(
        self, main: MainPresenter, editor: WordingEditor, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._main = main
        self._editor = editor
        self._active = False
        self._running = False
        self._again = False
        self.sample = SAMPLES[0].id
        self.size: PrintSize | None = None
        """``None``: as the patient needs it."""
        self.paper: PaperSize | None = None
        """``None``: the clinic's."""
        self._made: Paper | None = None
        self._good: WordingText | None = None
        """The words as they were last without a problem."""
        self.drawn: Drawn | None = None
        """The paper as it was drawn last; it stays while the words have a problem."""
        self.said: tuple[str, ...] = ()
        """Why the paper is not that of the words as they are now."""
        self.failure: AppError | None = None
        self.report: WritingReport | None = None
        """Over every text, with a place for each remark."""
        self.printed: WritingReport | None = None
        """Over the very words that print for this patient."""
        editor.changed.connect(self.refresh)
        editor.shown.connect(self._show_other)

    # --- what is chosen ---------------------------------------------------------------------

    def start(self) -> None:
        """Begin to follow the words: the page is in view."""
        self._active = True
        self.refresh()

    @property
    def is_active(self) -> bool:
        """Whether the page is in view."""
        return self._active

    def stop(self) -> None:
        """Stop following: the page is out of view."""
        self._active = False

    def choose(self, sample: str, size: PrintSize | None, paper: PaperSize | None) -> None:
        """Show another patient, in another size, or on another paper."""
        self.sample, self.size, self.paper = sample, size, paper
        self.refresh()

    # --- drawing ----------------------------------------------------------------------------

    def _show_other(self) -> None:
        self.report, self.printed, self._good, self._made = None, None, None, None
        self.report_changed.emit()
        if self._editor.text is None:
            self.drawn, self.failure, self.said = None, None, ()
            self.drawn_changed.emit()
        self.refresh()

    def refresh(self) -> None:
        """Draw the words as they are now; the remarks follow."""
        text = self._editor.text
        if text is None or not self._active:
            return
        if not self._editor.problems:
            self._good = text
        text = self._good or text
        if self._running:
            self._again = True
            return
        self._running, self._again = True, False
        services, actor = self._main.services, self._main.actor
        sample, size, paper = self.sample, self.size, self.paper
        self._main.tasks.run(
            lambda: services.wordings.sample_paper(actor, text, sample, size=size, paper=paper),
            owner=self,
            done=self._composed,
            failed=self._could_not,
        )

    def _composed(self, made: Paper) -> None:
        services, self._made = self._main.services, made
        self._main.tasks.run(
            lambda: services.wordings.draw(made),
            owner=self,
            lane=Lane.WORK,
            done=self._drew,
            failed=self._could_not,
        )

    def _drew(self, drawn: Drawn) -> None:
        self.drawn, self.failure = drawn, None
        self.said = (translated(_BEFORE_PROBLEM),) if self._editor.problems else ()
        self._end()

    def _could_not(self, error: AppError) -> None:
        self.failure, self.said = None, ()
        if not isinstance(error, CannotPrintError):
            self.drawn, self.failure = None, error
        elif self._editor.problems:
            self.said = (translated(_BEFORE_PROBLEM),)
        else:
            self.drawn = None
            self.said = tuple(sentence(reason) for reason in error.reasons)
        self._end()

    def _end(self) -> None:
        self._running = False
        self.drawn_changed.emit()
        if self._again:
            self.refresh()
        else:
            self._check()

    def _check(self) -> None:
        text = self._editor.text
        made = self._made
        if text is None or made is None or self._editor.problems:
            return
        services = self._main.services
        self._main.tasks.run(
            lambda: (
                services.reviews.report(text),
                services.reviews.report_printed(made.sheet),
            ),
            owner=self,
            lane=Lane.WORK,
            done=partial(self._checked, text.fingerprint),
            failed=lambda _: None,
        )

    def _checked(self, fingerprint: str, reports: tuple[WritingReport, WritingReport]) -> None:
        text = self._editor.text
        if text is not None and text.fingerprint == fingerprint:
            self.report, self.printed = reports
            self.report_changed.emit()
