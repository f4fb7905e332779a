"""Folds names, so that what is typed at the desk finds what stands in the passport."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_RUNS = re.compile(r"[^\W_]+")
_NO_DIGITS = re.compile("[^0-9]+")
_GAPS = re.compile(r"[\s,;/\-\u2010-\u2015]+")
_PIECES = re.compile(r"[^\s,;/\-\u2010-\u2015]+")
# Letters that Unicode does not take apart into a letter and a mark.
_PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ß": "ss",
    }
)
# How the same letters are written out where a keyboard lacks them: Mueller, Soerensen, Aaberg.
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def fold(text: str) -> str:
    """Return ``text`` in small letters without accents, so that Nuñez equals nunez."""
    if text.isascii():
        return text.lower()
    small = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    apart = unicodedata.normalize("NFKD", small)
    return "".join(char for char in apart if not unicodedata.combining(char))


def spellings(text: str) -> tuple[str, ...]:
    """Return ``text`` folded, and once more with ä, ö, ü, ø and å written out, if it has any."""
    folded = fold(text)
    if text.isascii():
        return (folded,)
    written_out = fold(unicodedata.normalize("NFC", text).casefold().translate(_WRITTEN_OUT))
    found = (folded,) if written_out == folded else (folded, written_out)
    return tuple("".join(each.split()) for each in found)  # one sign may stand for several words


@lru_cache(maxsize=16384)
def typed_words(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a typed name, each with its spellings; apostrophes are dropped."""
    pieces = (joined(piece) for piece in _GAPS.split(unicodedata.normalize("NFC", text)))
    return tuple(spellings(piece) for piece in pieces if piece)


def joined(text: str) -> str:
    """Return only the letters and digits of ``text``: O'Brien becomes OBrien."""
    return "".join(_RUNS.findall(text))


def name_words(name: str) -> tuple[str, ...]:
    """Return the folded words by which somebody called ``name`` is found, as they stand in it.

    O'Brien is found by obrien, o and brien, García-López by garcia, lopez and garcialopez, de la
    Cruz by each part and by delacruz.
    """
    if not name:
        return ()
    name = unicodedata.normalize("NFC", name)
    runs = _RUNS.findall(name)
    pieces = [*runs, *(joined(piece) for piece in _GAPS.split(name)), "".join(runs)]
    found: dict[str, None] = {}
    for piece in dict.fromkeys(pieces):
        if piece:
            found.update(dict.fromkeys(spellings(piece)))
    return tuple(found)


def words_of(*names: str) -> tuple[str, ...]:
    """Return every folded word by which somebody with these names is found, sorted."""
    return tuple(sorted({word for name in names for word in name_words(name)}))


def placed_words(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return start, end and text of each word of a name, and of the words between its spaces."""
    runs = [(run.start(), run.end(), run[0]) for run in _RUNS.finditer(name)]
    pieces = [
        (piece.start(), piece.end(), joined(piece[0]))
        for piece in _PIECES.finditer(name)
        if joined(piece[0])
    ]
    return tuple(dict.fromkeys((*runs, *pieces)))


def digits_of(text: str) -> str:
    """Return the decimal digits of ``text`` as 0 to 9, whatever script they were typed in."""
    if text.isascii():
        return _NO_DIGITS.sub("", text)
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())
