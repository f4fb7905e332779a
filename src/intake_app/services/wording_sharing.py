"""Wording to and from other clinics, as one file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed
from intake_app.domain.paper_languages import PaperLanguage
from intake_app.domain.staff import Action
from intake_app.domain.validation import Problem
from intake_app.domain.wording_sets import (
    ImportedWording,
    ImportReport,
    SharedWording,
    Taken,
    read_set,
    write_set,
)
from intake_app.services.office import require
from intake_app.services.recording import Recorder
from intake_app.services.wording_steps import WordingSteps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.staff import Actor

IMPORTED = "imported"
"""Origin of a version that came in from a file."""


class WordingSharing(WordingSteps):
    """Writes sets of wordings, and takes them in as drafts."""

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
        language = shared.text.language
        if language not in {each.value for each in PaperLanguage}:
            return replace(
                line, problems=(Problem.of("", "wording_language", language=language[:20]),)
            )
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
