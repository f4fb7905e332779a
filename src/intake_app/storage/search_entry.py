"""What the search box knows of one patient: folded names, birth date, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from intake_app.domain.names import digits_of, fold, joined, name_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from intake_app.domain.patients import Patient

FIRST_FAMILY, FIRST_GIVEN = "1", "2"
"""Written behind the first word of a name in the word index; no name ends in a digit."""
_GROUP_END = " ,"
_GRAM = 4
_LONG_PART = 4
_LONGEST = 40
_TAIL = 3
_YEAR_ZERO = 0x13000 - 1800
"""Years are indexed as one Egyptian hieroglyph each: a letter that is in nobody's name."""


class IndexEntry(NamedTuple):
    """One row of the index; a tuple, because each keystroke makes a hundred of them."""

    sequence: int
    patient_id: str
    words: str
    """Folded words, each behind a space: of the family name, given, middle, preferred and former
    names, then what came from merged records; a comma ends each group."""
    sort_name: str
    birth_date: str
    record_number: str
    phones: str
    """The digits of each phone, with a space between the phones."""

    @classmethod
    def of(cls, sequence: int, patient: Patient, absorbed: Iterable[Patient] = ()) -> IndexEntry:
        """Return what is found of a patient, and of the records that were merged into theirs."""
        absorbed = tuple(absorbed)
        before = [name for each in absorbed for name in _names(each)]
        before += [fold(joined(each.record_number)) for each in absorbed]
        groups = [name_words(name) for name in _names(patient)]
        groups.append(tuple(dict.fromkeys(word for name in before for word in name_words(name))))
        phones = [patient.mobile_phone, patient.home_phone]
        phones += [phone for each in absorbed for phone in (each.mobile_phone, each.home_phone)]
        runs = dict.fromkeys(digits_of(phone) for phone in phones)
        return cls(
            sequence,
            patient.id,
            "".join("".join(f" {word}" for word in group) + _GROUP_END for group in groups),
            fold(patient.list_name),
            patient.birth_date.isoformat() if patient.birth_date else "",
            fold(joined(patient.record_number)),
            " ".join(run for run in runs if run),
        )

    @property
    def birth_day(self) -> str:
        """Return the birth date with its year last, so that 3/4 finds it."""
        return f"{self.birth_date[5:]}-{self.birth_date[:4]}" if self.birth_date else ""

    @property
    def has_absorbed(self) -> bool:
        """Return whether other records were merged into this one."""
        return not self.words.endswith(_GROUP_END * 2)

    @property
    def searched_words(self) -> str:
        """Return the text of the word index: with the first family and given name once more."""
        family, given = (group.split() for group in self.words.split(_GROUP_END)[:2])
        first = [f"{word}{FIRST_FAMILY}" for word in family[:1]]
        first += [f"{word}{FIRST_GIVEN}" for word in given[:1]]
        return " ".join((self.words, *first, year_sign(self.birth_date[:4])))

    @property
    def searched_digits(self) -> str:
        """Return the text of the digit index: all runs of four digits of every number."""
        merged = self.words.split(_GROUP_END)[-2].split()
        numbers = (*self.phones.split(), *map(digits_of, (self.record_number, *merged)))
        return " ".join(dict.fromkeys(gram for each in numbers for gram in _grams(each)))


def _names(patient: Patient) -> tuple[str, ...]:
    return (
        patient.family_name,
        patient.given_name,
        patient.middle_name,
        patient.preferred_name,
        patient.former_name,
    )


def vocabulary_of(entry: IndexEntry) -> frozenset[str]:
    """Return the words of a patient's names with which misspelt ones are compared.

    Numbers are left out, and long names written as one word: nobody types GarcíaLópez.
    """
    groups = [group.split() for group in entry.words.split(_GROUP_END)]
    return frozenset(
        word
        for at, group in enumerate(groups)
        for word in group
        if len(word) <= _LONGEST
        and word.isalpha()
        and not _is_made_of(word, _parts(at, group, word))
    )


def _parts(at: int, group: list[str], word: str) -> list[str]:
    """Return the words that a run-together one is made of.

    Family names that begin with a short word (de, van, O) are often written as one and stay.
    """
    return [part for part in group if part != word and (at or len(part) >= _LONG_PART)]


def _is_made_of(word: str, parts: list[str]) -> bool:
    """Return whether a word is several of ``parts`` in one."""
    reached = {0}
    for start in range(len(word)):
        if start in reached:
            reached.update(start + len(part) for part in parts if word.startswith(part, start))
    return len(word) in reached


def year_sign(year: str) -> str:
    """Return the sign under which everybody born in a year is indexed; '' for no year."""
    return chr(_YEAR_ZERO + int(year)) if year.isdecimal() and int(year) >= 1800 else ""  # noqa: PLR2004 - the first year that has a sign


def _grams(number: str) -> Iterator[str]:
    if not number:
        return
    for start in range(len(number) - _GRAM + 1):
        yield number[start : start + _GRAM]
    yield number[-_TAIL:]
    if len(number) >= _GRAM:
        yield number[-_GRAM:] + "e"


def digit_grams(digits: str) -> tuple[str, ...]:
    """Return what the digit index must hold of a number with these digits in it."""
    return tuple(dict.fromkeys(digits[i : i + _GRAM] for i in range(len(digits) - _GRAM + 1)))
