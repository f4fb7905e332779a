"""A set of wordings as one file, for another clinic: written, read, and told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.errors import WordingEditError, WordingError
from intake_app.domain.language import N_
from intake_app.domain.validation import Problem
from intake_app.domain.values import Choice
from intake_app.domain.wording import data_of
from intake_app.domain.wording_edit import WordingText
from intake_app.domain.wording_writer import write_toml

if TYPE_CHECKING:
    from intake_app.domain.wording_versions import WordingVersion

FORMAT = "spine-intake-wording"
FORMAT_VERSION = 1
LARGEST = 4_000_000
"""Characters; a set of every sheet in five languages has a tenth of it."""
_HEAD = """# A set of wordings of Spine Intake. Another clinic can take it in: its sheets come in as
# drafts, and a physician there approves them. The fingerprint shows whether the
# words are unchanged.

"""


class Taken(Choice):
    """What became of one wording of a file."""

    NEW = "new", N_("Taken in as a draft")
    KNOWN = "known", N_("Here already, word for word")
    REFUSED = "refused", N_("Refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWording:
    """One wording as a file has it."""

    wording_id: str
    text: WordingText | None
    """``None`` when the file does not say for which sheet it is."""
    fingerprint: str
    """As it was when the file was written; '' when the file has none."""

    @property
    def unchanged(self) -> bool | None:
        """Whether the words are those that were exported; ``None`` when nobody can tell."""
        if self.text is None or not self.fingerprint:
            return None
        return self.text.fingerprint == self.fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedWording:
    """What became of one wording of a file, for the screen."""

    wording_id: str
    taken: Taken
    number: int = 0
    """The version it became, or the one it is the same as."""
    unchanged: bool | None = None
    """Whether the words are those that were exported; ``None`` when the file does not tell."""
    problems: tuple[Problem, ...] = ()
    version_id: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of each wording of a file."""

    lines: tuple[ImportedWording, ...]

    @property
    def refused(self) -> tuple[ImportedWording, ...]:
        """The wordings that were not taken in."""
        return tuple(line for line in self.lines if line.taken is Taken.REFUSED)


def write_set(versions: Iterable[WordingVersion]) -> str:
    """Return one file with every version given."""
    entries = [
        {
            "id": version.wording,
            "number": version.number,
            "stage": version.stage.value,
            "fingerprint": version.fingerprint,
            "content": dict(WordingText.from_toml(version.content).data),
        }
        for version in versions
    ]
    data: Mapping[str, object] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "wording": entries,
    }
    return _HEAD + write_toml(data)


def read_set(text: str) -> tuple[SharedWording, ...]:
    """Return the wordings of a file: a set, or a single one as it is shipped.

    Raises:
        WordingEditError: the file holds no wording.
    """
    if len(text) > LARGEST:
        raise _unreadable()
    try:
        data = data_of(text, "")
    except WordingError as error:
        line = str(error.values.get("name") or 1)
        raise WordingEditError([Problem.of("", "wording_not_toml", name=line)]) from error
    if "sheet" in data:
        return (_single(data),)
    entries = data.get("wording")
    if data.get("format") != FORMAT or not isinstance(entries, list) or not entries:
        raise _unreadable()
    return tuple(_shared(entry) for entry in entries)


def _shared(entry: object) -> SharedWording:
    if not isinstance(entry, dict):
        raise _unreadable()
    content = entry.get("content")
    text = _text(content) if isinstance(content, dict) else None
    wording_id = text.wording_id if text is not None else str(entry.get("id", ""))
    mark = entry.get("fingerprint", "")
    return SharedWording(
        wording_id=wording_id, text=text, fingerprint=mark if isinstance(mark, str) else ""
    )


def _single(data: Mapping[str, object]) -> SharedWording:
    text = _text(data)
    return SharedWording(
        wording_id=text.wording_id if text is not None else "", text=text, fingerprint=""
    )


def _text(data: Mapping[str, object]) -> WordingText | None:
    try:
        return WordingText.of(data)
    except WordingError:
        return None


def _unreadable() -> WordingEditError:
    return WordingEditError([Problem.of("", "wording_set_unreadable")])
