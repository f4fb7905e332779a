"""What is not finished at a visit, who else is typing, what others changed: in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.audit import Deed
from intake_app.domain.drafts import RowDeed
from intake_app.domain.fields import fields_of, object_name
from intake_app.domain.fractures import Fracture
from intake_app.domain.language import N_, translated
from intake_app.domain.pain import PainMedicine
from intake_app.domain.procedures import NewMedicine, TreatedLevel
from intake_app.domain.questionnaires import SafetyAnswers
from intake_app.services.drafts import Standing
from intake_app.services.undoing import FORMS
from intake_app.ui.presenters.dates import clock_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from intake_app.domain.drafts import Draft
    from intake_app.services.drafting import Stayed
    from intake_app.services.drafts import News
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

TYPING_FOR = timedelta(minutes=2)
"""Somebody whose last save is not longer ago than this is typing now."""
_MOST_LABELS = 4
_MOST_NEWS = 3
_ROWS = {
    PainMedicine.FORM: N_("Pain medicine"),
    NewMedicine.FORM: N_("New medicine"),
    Fracture.FORM: N_("Fracture"),
    TreatedLevel.FORM: N_("Treated level"),
}
_UNFINISHED = N_("Not finished since {time}: {what}.")
_CHANGED = N_("Changed since {time}: {what}.")
_UNDONE = N_("Undone: {what}.")
_CHOOSE = N_("There are two values for {what}. Choose which one stays.")
_TYPING = N_("{name} is typing here: {what}.")
_STARTED = N_("{name} has not finished: {what} (since {time}).")
_NEWS = N_("{name} changed {what}, {time}.")
_NEWS_OF = {
    Deed.REMOVED: N_("{name} removed {what}, {time}."),
    Deed.MERGED: N_("{name} merged another record into this patient’s, {time}."),
    Deed.SEPARATED: N_("{name} took merged records of this patient apart, {time}."),
}
_STAYED = N_("{what} was not undone: {name} changed it since.")
_STAYED_TAKEN = N_("{what} was not undone: it is needed elsewhere now.")
SOMEBODY = N_("Somebody else")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftText:
    """What the draft bar says and offers."""

    mine: str = ""
    others: tuple[str, ...] = ()
    choose: str = ""
    """Which fields have two values; empty when none has."""
    choose_at: str = ""
    """The object name of the first of them."""
    can_undo: bool = False
    can_redo: bool = False
    can_keep: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.mine or self.others or self.choose)


class DraftsPresenter(QObject):
    """Follows the drafts of one visit, ends them, takes them back."""

    changed = Signal()

    def __init__(self, page: PatientPagePresenter) -> None:
        super().__init__(page)
        self._page = page
        self._standing = Standing()
        self._line: int | None = None
        self._found: frozenset[tuple[str, str]] = frozenset()
        self._news: tuple[News, ...] = ()
        self._stayed: tuple[Stayed, ...] = ()
        self._undoing = False
        page.refreshed.connect(self.look)
        page.autosave.state_changed.connect(self.changed)

    # --- what is said -----------------------------------------------------------------------

    def text(self) -> DraftText:
        """Return what the bar says now."""
        mine = self._standing.mine
        undone = bool(mine) and all(draft.undone for draft in mine)
        fresh = [draft for draft in mine if not draft.undone]
        found = [draft for draft in fresh if (draft.form, draft.record_id) in self._found]
        said = ""
        if fresh:
            said = self._said(_UNFINISHED if found else _CHANGED, fresh)
        elif undone:
            said = self._said(_UNDONE, mine)
        disputed = self._disputed()
        return DraftText(
            mine=said,
            others=(*self._stayed_lines(), *self._news_lines(), *self._other_lines()),
            choose=translated(_CHOOSE).format(what=_joined(label for label, _ in disputed))
            if disputed
            else "",
            choose_at=disputed[0][1] if disputed else "",
            can_undo=bool(fresh),
            can_redo=undone,
            can_keep=bool(found) or bool(undone or self._news or self._stayed),
        )

    def _said(self, template: str, drafts: Iterable[Draft]) -> str:
        drafts = tuple(drafts)
        began = min(draft.started_at for draft in drafts)
        labels = [label for draft in drafts for label in self._labels(draft)]
        return translated(template).format(time=self._clock(began), what=_joined(labels))

    def _other_lines(self) -> tuple[str, ...]:
        now = self._page.services.office.clock.now()
        lines = []
        for name, draft in self._standing.others:
            typing = now - draft.edited_at <= TYPING_FOR
            lines.append(
                translated(_TYPING if typing else _STARTED).format(
                    name=name or translated(SOMEBODY),
                    what=_joined(self._labels(draft)),
                    time=self._clock(draft.started_at),
                )
            )
        return tuple(lines)

    def _news_lines(self) -> tuple[str, ...]:
        return tuple(
            translated(_NEWS_OF.get(news.deed, _NEWS)).format(
                name=news.name or translated(SOMEBODY),
                what=self._what(news),
                time=self._clock(news.at),
            )
            for news in self._news
        )

    def _stayed_lines(self) -> tuple[str, ...]:
        return tuple(
            translated(_STAYED if each.name else _STAYED_TAKEN).format(
                what=self.label(each.form, each.key), name=each.name
            )
            for each in self._stayed
        )

    def _what(self, news: News) -> str:
        whole = news.deed is not Deed.CHANGED and news.form in _ROWS
        if whole or not news.keys:
            return translated(_ROWS.get(news.form, N_("the visit")))
        return _joined(self.label(news.form, key) for key in news.keys)

    def _labels(self, draft: Draft) -> tuple[str, ...]:
        row = translated(_ROWS.get(draft.form, ""))
        gone = (draft.deed is RowDeed.REMOVED) != draft.undone
        if draft.deed is not RowDeed.CHANGED:
            added = N_("{row} removed") if gone else N_("{row} added")
            return (translated(added).format(row=row),)
        return tuple(self.label(draft.form, key) for key in draft.edits)

    def label(self, form: str, key: str) -> str:
        """Return what people call a field."""
        if form == SafetyAnswers.FORM:
            item = self._page.services.questionnaire.item_at(key)
            return translated(item.text) if item is not None else translated(N_("Safety"))
        record_type = FORMS.get(form)
        for field in fields_of(record_type) if record_type is not None else ():
            if field.key == key:
                return translated(field.label)
        return translated(_ROWS.get(form, N_("the visit")))

    def _disputed(self) -> list[tuple[str, str]]:
        """Return label and object name of each field with two values."""
        return [
            (translated(model.field(key).label), object_name(model.form, key))
            for model in self._page.autosave.models
            for key in model.disputes
            if model.has(key)
        ]

    def _clock(self, moment: datetime) -> str:
        zone, today = self._page.case.clinic.zone, self._page.today
        return clock_words(moment, zone, today)

    # --- keeping up -------------------------------------------------------------------------

    def look(self) -> None:
        """Read again who is typing what, and what others saved since the last look."""
        page = self._page
        page.run(
            partial(page.services.drafts.standing, page.actor, page.visit_id, after=self._line),
            self._took,
        )

    def _took(self, standing: Standing) -> None:
        if self._line is None:
            self._found = frozenset((each.form, each.record_id) for each in standing.mine)
        self._line = standing.line
        before = replace(self._standing, line=0, news=())
        if standing.news:
            self._news = (*self._news, *standing.news)[-_MOST_NEWS:]
        self._standing = standing
        if standing.news or replace(standing, line=0, news=()) != before:
            self.changed.emit()

    # --- deeds ------------------------------------------------------------------------------

    def undo_all(self) -> None:
        """Undo, where there is something to undo."""
        if self.text().can_undo:
            self.undo()

    def redo_all(self) -> None:
        """Bring back what was undone, where something was."""
        if self.text().can_redo:
            self.undo()

    def undo(self) -> None:
        """Bring back how the forms were before this person began, or take that back again."""
        if self._undoing or not (self.text().can_undo or self.text().can_redo):
            return
        self._undoing = True
        self._page.flush()
        self._page.autosave.when_saved(self._undo)

    def _undo(self) -> None:
        page = self._page

        def undone(stayed: tuple[Stayed, ...]) -> None:
            self._undoing = False
            self._stayed = stayed
            self._found = frozenset()
            page.reopen()

        page.change(
            partial(page.services.drafts.undo, page.actor, page.visit_id), undone, self._not_undone
        )

    def _not_undone(self) -> None:
        self._undoing = False

    def keep(self) -> None:
        """Take what is typed as it is, and what was said as read."""
        self._news, self._stayed, self._found = (), (), frozenset()
        self.close()
        self.changed.emit()

    def close(self) -> None:
        """Save, then end the draft: what is in the record is no draft any more."""
        page = self._page
        page.flush()
        page.run(
            partial(page.services.drafts.close, page.actor, page.visit_id), lambda _: self.look()
        )


def _joined(labels: Iterable[str]) -> str:
    """Return "Phone, City and 3 more"; each label once."""
    once = list(dict.fromkeys(labels))
    more = len(once) - _MOST_LABELS
    if more <= 1:
        return ", ".join(once)
    first = ", ".join(once[:_MOST_LABELS])
    return translated(N_("{first} and {n} more")).format(first=first, n=more)
