"""The reviewer's checklist of the open version: what the program decides, what people answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.errors import WordingError
from intake_app.domain.language import N_, translated
from intake_app.domain.review_decisions import settled
from intake_app.domain.review_items import REVIEW_ITEMS, ReviewList, open_musts, scores
from intake_app.domain.staff import Action
from intake_app.domain.wording_versions import Verdict, WordingStage
from intake_app.ui.presenters.dates import day_words
from intake_app.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.errors import AppError
    from intake_app.domain.review_items import Decision, ReviewItem
    from intake_app.domain.wording_edit import WordingText
    from intake_app.domain.wording_versions import ReviewAnswer, WordingVersion
    from intake_app.services.papers import Paper
    from intake_app.ui.presenters.wording import WordingPresenter

_OPEN_STAGES = (WordingStage.DRAFT, WordingStage.IN_REVIEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One item, as the page shows it."""

    handle: str
    question: str
    must: bool
    may_not_apply: bool
    decided: str
    """What the program found and why; empty where a person decides."""
    verdict: Verdict | None
    note: str
    by: str
    """Who answered, and when."""

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.verdict is None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    version_id: str
    answers: Mapping[str, ReviewAnswer] = field(default_factory=dict)
    papers: Mapping[str, Paper] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    wrong: bool = False
    """The words have a problem: the program decides nothing."""


class ReviewPresenter(QObject):
    """Reads the checklist when somebody looks at it, and again after each answer."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, page: WordingPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._active = False
        self._read_state: _Read | None = None
        page.editor.shown.connect(self._follow)
        page.editor.saved.connect(self._follow)

    # --- reading ----------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to follow the open version: the checklist is in view."""
        self._active = True
        self._page.editor.when_saved(self._read)

    def stop(self) -> None:
        """Stop following."""
        self._active = False

    def _follow(self, *_: object) -> None:
        if self._active:
            self._read()

    def _read(self) -> None:
        version, text = self._page.editor.version, self._page.editor.text
        if version is None or text is None:
            self._read_state = None
            self.changed.emit()
            return
        main, version_id = self._page.main, version.id
        services, actor = main.services, main.actor

        def work() -> _Read:
            answers = {each.item: each for each in services.reviews.answers(actor, version_id)}
            try:
                papers = services.wordings.sample_papers(actor, text)
            except WordingError:
                return _Read(version_id=version_id, answers=answers, wrong=True)
            return _Read(version_id=version_id, answers=answers, papers=papers)

        main.tasks.run(
            work, owner=self, done=partial(self._decide, text, version), failed=self.failed.emit
        )

    def _decide(self, text: WordingText, version: WordingVersion, read: _Read) -> None:
        """Let the program decide what it can, beside the window and without the database."""
        if read.wrong:
            self._took(read)
            return
        main = self._page.main
        services = main.services

        def work() -> _Read:
            decisions = services.reviews.decide(text, read.papers, translator=version.translator)
            return replace(read, decisions=decisions)

        main.tasks.run(work, owner=self, lane=Lane.WORK, done=self._took, failed=self.failed.emit)

    def _took(self, read: _Read) -> None:
        version = self._page.editor.version
        if version is not None and version.id == read.version_id:
            self._read_state = read
            self.changed.emit()

    # --- what is shown ----------------------------------------------------------------------

    @property
    def may_answer(self) -> bool:
        """Whether the person at the keyboard may answer now."""
        version = self._page.editor.version
        open_now = version is not None and version.stage in _OPEN_STAGES
        return open_now and self._page.main.actor.may(Action.EDIT_WORDING)

    def rows(self, wanted: ReviewList) -> tuple[ReviewRow, ...]:
        """Return the items of one list."""
        return tuple(self._row(item) for item in REVIEW_ITEMS if item.list is wanted)

    def _row(self, item: ReviewItem) -> ReviewRow:
        read = self._read_state
        decision = read.decisions.get(item.handle) if read is not None else None
        answer = read.answers.get(item.handle) if read is not None else None
        decided = ""
        if decision is not None:
            label = translated(decision.verdict.label)
            decided = translated(N_("Found by the program: {verdict}. {why}")).format(
                verdict=label, why=decision.why
            )
        by = ""
        if answer is not None and decision is None:
            zone = self._page.main.services.office.locality(self._page.main.clinic).zone
            day = answer.answered_at.astimezone(zone).date()
            by = translated(N_("{name}, {day}")).format(name=answer.answered_by, day=day_words(day))
        given = answer.verdict if answer is not None else None
        return ReviewRow(
            handle=item.handle,
            question=translated(item.question),
            must=item.must,
            may_not_apply=item.may_not_apply,
            decided=decided,
            verdict=decision.verdict if decision is not None else given,
            note=answer.note if answer is not None else "",
            by=by,
        )

    def _verdicts(self) -> Mapping[str, Verdict]:
        read = self._read_state
        if read is None:
            return {}
        answers = {key: answer.verdict for key, answer in read.answers.items()}
        return settled(read.decisions, answers)

    def score_words(self) -> str:
        """Return the score of each list, and how many items are open."""
        if self._read_state is None:
            return ""
        if self._read_state.wrong:
            return translated(N_("Put right first what is marked in the text."))
        found = scores(self._verdicts())
        named = (
            (ReviewList.UNDERSTAND, found.understand),
            (ReviewList.ACT, found.act),
            (ReviewList.CDC, found.cdc),
            (ReviewList.RELEASE, found.release),
        )
        said = [
            translated(N_("{list}: {percent} %.")).format(
                list=translated(each.label), percent=f"{percent:.0f}"
            )
            if percent is not None
            else translated(N_("{list}: not finished.")).format(list=translated(each.label))
            for each, percent in named
        ]
        musts = ", ".join(item.handle for item in open_musts(self._verdicts()))
        if found.open:
            said.append(translated(N_("Open: {count}.")).format(count=len(found.open)))
        if musts:
            needed = translated(N_("Needed before it can be approved: {items}."))
            said.append(needed.format(items=musts))
        return " ".join(said)

    # --- answering --------------------------------------------------------------------------

    def answer(self, handle: str, verdict: Verdict | None, note: str) -> None:
        """Keep an answer; the scores follow."""
        version = self._page.editor.version
        if version is None or not self.may_answer:
            return
        main, version_id = self._page.main, version.id
        services, actor = main.services, main.actor
        main.tasks.run(
            partial(services.reviews.answer, actor, version_id, handle, verdict=verdict, note=note),
            owner=self,
            done=self._answered,
            failed=self._not_answered,
        )

    def _answered(self, _: object) -> None:
        self._read()

    def _not_answered(self, error: AppError) -> None:
        self.failed.emit(error)
        self._read()
