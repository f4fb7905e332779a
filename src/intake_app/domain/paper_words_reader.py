"""Reads the program's own words for one language and refuses a file with gaps."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields

from intake_app.domain.errors import WordingError
from intake_app.domain.paper_words import COUNTED, DATES, JOINTS, LISTS, PHRASES, PaperWords
from intake_app.domain.plurals import plural_forms
from intake_app.domain.sheets import SheetWords
from intake_app.domain.wording import fingerprint
from intake_app.domain.wording_reader import PLACEHOLDER, refused

_ORDERS = ("mdy", "dmy")
_DATE_PARTS = frozenset({"day", "month", "year", "weekday"})
_COUNT_PARTS = frozenset({"n", "word"})
_ENGINE = SheetWords()
Table = Mapping[str, object]


def read_words(text: str, file: str) -> PaperWords:
    """Return the words that a ``phrases.toml`` holds.

    Raises:
        WordingError: with file and what is wrong: not TOML, a phrase that is missing or that
            nobody knows, other names between braces than the phrase has, a missing plural form.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise refused(file, "", "not_toml") from error
    language = data.get("language")
    if not isinstance(language, str):
        raise refused(file, "", "heading")
    reader = _Reader(file)
    try:
        forms = plural_forms(language)
    except KeyError as error:
        raise refused(file, "", "heading", name=language) from error
    engine = {part.name: reader.names_in(getattr(_ENGINE, part.name)) for part in fields(_ENGINE)}
    dates = reader.table(data, "dates", _ORDERS)
    plurals = reader.table(data, "plurals", COUNTED)
    return PaperWords(
        language=language,
        phrases=reader.phrases(data, "phrases", PHRASES),
        plurals={
            what: reader.texts(plurals, what, forms, allowed=_COUNT_PARTS) for what in COUNTED
        },
        lists={name: reader.words(data, name, count) for name, count in LISTS.items()},
        joints=reader.texts(data, "joints", JOINTS, allowed=frozenset()),
        dates={order: reader.texts(dates, order, DATES, allowed=_DATE_PARTS) for order in _ORDERS},
        halves=reader.halves(data),
        sheet=SheetWords(**reader.phrases(data, "sheet", engine)),
        fingerprint=fingerprint(data),
    )


class _Reader:
    """Takes closed tables out of one file."""

    def __init__(self, file: str) -> None:
        self._file = file

    def refuse(self, why: str, name: str) -> WordingError:
        """Return the error that names the phrase."""
        return refused(self._file, "", why, name=name)

    def names_in(self, text: str) -> tuple[str, ...]:
        """Return the names between braces."""
        return tuple(PLACEHOLDER.findall(text))

    def table(self, data: Table, name: str, keys: Iterable[str]) -> Table:
        """Return the table with exactly these keys."""
        found, wanted = data.get(name), set(keys)
        if not isinstance(found, dict):
            raise self.refuse("phrase_missing", name)
        for key in sorted(wanted - found.keys()):
            raise self.refuse("phrase_missing", f"{name}.{key}")
        for key in sorted(found.keys() - wanted):
            raise self.refuse("phrase_unknown", f"{name}.{key}")
        return found

    def texts(
        self, data: Table, name: str, keys: Iterable[str], *, allowed: frozenset[str]
    ) -> dict[str, str]:
        """Return the texts of a table; none has a name between braces that is not allowed."""
        said: dict[str, str] = {}
        for key, text in self.table(data, name, keys).items():
            if not isinstance(text, str) or set(self.names_in(text)) - allowed:
                raise self.refuse("phrase_placeholder", f"{name}.{key}")
            said[key] = text
        return said

    def phrases(
        self, data: Table, name: str, wanted: Mapping[str, tuple[str, ...]]
    ) -> dict[str, str]:
        """Return the phrases of a table; each has the very names between braces that it must."""
        said = self.texts(
            data,
            name,
            wanted,
            allowed=frozenset(part for parts in wanted.values() for part in parts),
        )
        for key, text in said.items():
            if set(self.names_in(text)) != set(wanted[key]):
                raise self.refuse("phrase_placeholder", f"{name}.{key}")
        return said

    def words(self, data: Table, name: str, count: int) -> tuple[str, ...]:
        """Return a list of so many words."""
        found = data.get(name)
        if not isinstance(found, list) or len(found) != count:
            raise self.refuse("phrase_missing", name)
        if not all(isinstance(word, str) and word for word in found):
            raise self.refuse("phrase_placeholder", name)
        return tuple(found)

    def halves(self, data: Table) -> tuple[tuple[int, str], ...]:
        """Return the parts of the day, from midnight on."""
        found = data.get("parts_of_day")
        if not isinstance(found, list) or not found:
            raise self.refuse("phrase_missing", "parts_of_day")
        said = []
        for part in found:
            match part:
                case [int(start), str(name)]:
                    said.append((start, name))
                case _:
                    raise self.refuse("phrase_placeholder", "parts_of_day")
        if said[0][0] != 0 or said != sorted(said):
            raise self.refuse("phrase_placeholder", "parts_of_day")
        return tuple(said)
