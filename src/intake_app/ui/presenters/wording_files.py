"""A set of wording to and from a file; what became of it, in words."""

from __future__ import annotations

import errno
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.errors import (
    DiskFullError,
    FileDamagedError,
    FileForbiddenError,
    FileIsFolderError,
    FileMissingError,
    FileTooBigError,
    FileUnwritableError,
)
from intake_app.domain.language import N_, translated
from intake_app.domain.sentences import sentence
from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import Action
from intake_app.domain.wording_sets import LARGEST, ImportedWording, ImportReport, Taken
from intake_app.ui.presenters.wording_words import language_words, paper_words

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.ui.presenters.wording import WordingPresenter

_ENGLISH = "en"
_MOST_BYTES = 4 * LARGEST


class FilesPresenter(QObject):
    """Reads and writes beside the window; the lists are read again after an import."""

    said = Signal(str)
    """What became of a file."""

    def __init__(self, page: WordingPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page

    def why_not(self) -> str:
        """Return why the person at the keyboard cannot do this; empty when they can."""
        if self._page.main.actor.may(Action.EDIT_WORDING):
            return ""
        return translated(N_("Nurses, physicians and managers do this."))

    def suggested(self) -> str:
        """Return a file name for the wording of today."""
        return f"wording-{self._language}-{self._page.today.isoformat()}.toml"

    def what(self) -> str:
        """Return in words what would be written."""
        return translated(N_("All sheets in this language: {language}")).format(
            language=language_words(self._language)
        )

    @property
    def _language(self) -> str:
        row = self._page.row
        return row.language if row is not None else _ENGLISH

    def export(self, target: Path) -> None:
        """Write every sheet in the language that is open: what is approved, else the newest."""
        main = self._page.main
        services, actor, language = main.services, main.actor, self._language

        def work() -> str:
            _write(target, services.wordings.export_set(actor, [language]))
            return target.name

        self._page.editor.when_saved(
            lambda: main.tasks.run(
                work, owner=self, done=self._exported, failed=self._page.failed.emit
            )
        )

    def _exported(self, name: str) -> None:
        self.said.emit(translated(N_("Saved as {name}.")).format(name=name))

    def take_in(self, path: Path) -> None:
        """Take in a file as drafts; nothing of it prints as final before it is approved here."""
        main = self._page.main
        services, actor = main.services, main.actor
        self._page.editor.when_saved(
            lambda: main.tasks.run(
                lambda: services.wordings.import_set(actor, _read(path)),
                owner=self,
                done=self._took_in,
                failed=self._page.failed.emit,
            )
        )

    def _took_in(self, report: ImportReport) -> None:
        self.said.emit("\n".join(_line(line) for line in report.lines))
        self._page.load()


def _line(line: ImportedWording) -> str:
    kind, _, language = line.wording_id.partition("/")
    known = kind in {each.value for each in SheetKind}
    title = paper_words(SheetKind(kind), language) if known else line.wording_id or "?"
    said = [f"{title}: {translated(line.taken.label)}."]
    if line.taken is not Taken.REFUSED:
        said.append(translated(N_("Version {number}.")).format(number=line.number))
    if line.unchanged is not None:
        unchanged = N_("The words are unchanged since they were exported.")
        changed = N_("The words were changed after they were exported.")
        said.append(translated(unchanged if line.unchanged else changed))
    said += [sentence(problem) for problem in line.problems]
    return " ".join(said)


def _write(target: Path, text: str) -> None:
    """Put a whole file in its place, or leave what was there.

    Raises:
        DiskFullError: there is no room for it.
        FileUnwritableError: it cannot be written there.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(target)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(errno.errorcode[error.errno]) from error
        raise FileUnwritableError(why=errno.errorcode.get(error.errno or 0, "")) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _read(path: Path) -> str:
    """Return the text of a file.

    Raises:
        FileUnusableError: it cannot be read; the class says why.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FileTooBigError
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise FileMissingError(str(error.errno)) from error
    except IsADirectoryError as error:
        raise FileIsFolderError(str(error.errno)) from error
    except OSError as error:
        raise FileForbiddenError(str(error.errno)) from error
    except UnicodeDecodeError as error:
        raise FileDamagedError from error
