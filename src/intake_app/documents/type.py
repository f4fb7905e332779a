"""Letters on paper: the shipped fonts, which of them has a character, and how wide words are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final

from intake_app.domain.errors import ResourceMissingError

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.pdfbase.ttfonts import TTFont

REGULAR: Final = "SheetText"
BOLD: Final = "SheetText-Bold"
_FALLBACK: Final = {REGULAR: "SheetOther", BOLD: "SheetOther-Bold"}
_FILES: Final = {
    REGULAR: "AtkinsonHyperlegibleNext-Regular.ttf",
    BOLD: "AtkinsonHyperlegibleNext-Bold.ttf",
    _FALLBACK[REGULAR]: "NotoSans-Regular.ttf",
    _FALLBACK[BOLD]: "NotoSans-Bold.ttf",
}
_NOT_WORDS: Final = re.compile("[ \t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")
_STAYS_WITH_NEXT: Final = re.compile(r"(?<=[)\d]) (?=\d|[ap]m\b)")
"""Inside phone numbers and times of day."""
_NO_BREAK_SPACES: Final = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"
# Noto Sans has these scripts, but they read wrong unless letters are joined and put in order.
_NEEDS_SHAPING: Final = re.compile(
    "[\u0590-\u08ff\u0900-\u0dff\u1cd0-\u1cff\ua8e0-\ua8ff\ufb1d-\ufdff]"
)
_MOST_WORDS_KEPT: Final = 20_000
_MOST_TEXTS_KEPT: Final = 1_000
"""Wording comes back from sheet to sheet; what belongs to one patient is forgotten by and by."""
_registering = Lock()


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one font, one after the other."""

    font: str
    text: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word that stays on one line: its runs, and its width at one point of size."""

    runs: tuple[Run, ...]
    width: float


Line = tuple[Run, ...]
"""What one line prints, from the left."""


class Letters:
    """The shipped fonts, registered once; knows widths and missing characters."""

    def __init__(self, folder: Path) -> None:
        self._fonts = _registered(folder)
        self._has = {name: frozenset(font.face.charToGlyph) for name, font in self._fonts.items()}
        self._spaces = {name: font.stringWidth(" ", 1) for name, font in self._fonts.items()}
        self._words: dict[tuple[str, str], Token] = {}
        self._texts: dict[tuple[str, str], Sequence[Token]] = {}

    def missing(self, text: str) -> tuple[str, ...]:
        """Return the characters, each once, that no shipped font can print rightly."""
        first, other = self._has[REGULAR], self._has[_FALLBACK[REGULAR]]
        return tuple(
            character
            for character in dict.fromkeys(clean(text))
            if not character.isspace()
            and (
                (ord(character) not in first and ord(character) not in other)
                or _NEEDS_SHAPING.match(character)
            )
        )

    def tokens(self, text: str, font: str = REGULAR) -> Sequence[Token]:
        """Return the words of ``text``; ``**words**`` are bold, punctuation stays with its word."""
        found = self._texts.get((font, text))
        if found is None:
            if len(self._texts) >= _MOST_TEXTS_KEPT:
                self._texts.clear()
            found = self._texts[font, text] = self._tokens(text, font)
        return found

    def _tokens(self, text: str, font: str) -> list[Token]:
        parts = _STAYS_WITH_NEXT.sub("\N{NO-BREAK SPACE}", clean(text)).split("**")
        if len(parts) == 1:
            return [self.word(word, font) for word in _NOT_WORDS.split(parts[0]) if word]
        found: list[Token] = []
        glue = False
        for number, part in enumerate(parts):
            if not part:
                continue
            face = BOLD if number % 2 else font
            words = [self.word(word, face) for word in _NOT_WORDS.split(part) if word]
            if glue and words and found and not _NOT_WORDS.match(part):
                found[-1] = _joined(found[-1], words.pop(0))
            found.extend(words)
            glue = not _NOT_WORDS.match(part[-1])
        return found

    def word(self, word: str, font: str) -> Token:
        """Return one word, wholly in the fallback font when the first one lacks a letter of it."""
        token = self._words.get((font, word))
        if token is None:
            if len(self._words) >= _MOST_WORDS_KEPT:
                self._words.clear()
            letters = word.replace("\N{NO-BREAK SPACE}", " ")
            face = font
            if not all(ord(character) in self._has[font] for character in letters):
                face = _FALLBACK[font]
            runs = tuple(self._runs(letters, face, font))
            width = sum(self._fonts[run.font].stringWidth(run.text, 1) for run in runs)
            token = self._words[font, word] = Token(runs, width)
        return token

    def _runs(self, word: str, face: str, font: str) -> list[Run]:
        has, found = self._has[face], list[tuple[str, str]]()
        for character in word:
            name = face if ord(character) in has or character.isspace() else font
            if found and found[-1][0] == name:
                found[-1] = (name, found[-1][1] + character)
            else:
                found.append((name, character))
        return [Run(name, text) for name, text in found]

    def width(self, text: str, size: float, font: str = REGULAR) -> float:
        """Return how wide ``text`` prints on one line."""
        tokens = self.tokens(text, font)
        spaces = max(len(tokens) - 1, 0) * self._spaces[font]
        return (sum(token.width for token in tokens) + spaces) * size

    def lines(self, text: str, *, size: float, width: float, font: str = REGULAR) -> list[Line]:
        """Break ``text`` into lines no wider than ``width``; only a word wider than that is cut."""
        return self.broken(self.tokens(text, font), size=size, width=width)

    def first_lines(
        self, text: str, *, size: float, width: float, rows: int
    ) -> tuple[list[Line], list[Token]]:
        """Return about ``rows`` lines of a text, and the words that are left: none, or many."""
        rows_of = self._rows(self.tokens(text), width / size)
        if len(rows_of) == rows + 1:
            rows += 1
        left = [token for row in rows_of[rows:] for token in row]
        return [_line(row) for row in rows_of[:rows]], left

    def broken(self, tokens: Sequence[Token], *, size: float, width: float) -> list[Line]:
        """Return words as lines no wider than ``width``."""
        return [_line(row) for row in self._rows(tokens, width / size)]

    def _rows(self, tokens: Sequence[Token], room: float) -> list[list[Token]]:
        if any(token.width > room for token in tokens):
            tokens = [piece for token in tokens for piece in self._cut(token, room)]
        rows: list[list[Token]] = []
        current: list[Token] = []
        used = 0.0
        for token in tokens:
            step = token.width
            if current:
                step += self._spaces[current[-1].runs[-1].font]
                if used + step > room + 1e-6:
                    rows.append(current)
                    current, used, step = [], 0.0, token.width
            current.append(token)
            used += step
        if current:
            rows.append(current)
        return rows

    def _cut(self, token: Token, room: float) -> list[Token]:
        if token.width <= room:
            return [token]
        pieces: list[Token] = []
        runs: list[Run] = []
        used = 0.0
        for run in token.runs:
            for character in run.text:
                step = self._fonts[run.font].stringWidth(character, 1)
                if runs and used + step > room:
                    pieces.append(Token(_merged(runs), used))
                    runs, used = [], 0.0
                runs.append(Run(run.font, character))
                used += step
        pieces.append(Token(_merged(runs), used))
        return pieces


def clean(text: str) -> str:
    """Return ``text`` composed and without characters that only steer direction or joining."""
    if text.isascii():
        return text
    return "".join(map(_cleaned, unicodedata.normalize("NFC", text)))


@cache
def _cleaned(character: str) -> str:
    if character in _NO_BREAK_SPACES:
        return "\N{NO-BREAK SPACE}"
    category = unicodedata.category(character)
    return " " if category == "Zs" else "" if category == "Cf" else character


def _joined(left: Token, right: Token) -> Token:
    return Token(left.runs + right.runs, left.width + right.width)


def _line(tokens: list[Token]) -> Line:
    runs: list[Run] = []
    font, text = tokens[0].runs[0].font, ""
    for number, token in enumerate(tokens):
        if number:
            text += " "
        for run in token.runs:
            if run.font == font:
                text += run.text
            else:
                runs.append(Run(font, text))
                font, text = run.font, run.text
    runs.append(Run(font, text))
    return tuple(runs)


def _merged(runs: list[Run]) -> tuple[Run, ...]:
    found: list[Run] = []
    for run in runs:
        if found and found[-1].font == run.font:
            found[-1] = Run(run.font, found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)


def _registered(folder: Path) -> dict[str, TTFont]:
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    with _registering:
        rl_config.useA85 = 0  # binary streams: smaller and faster
        known = pdfmetrics.getRegisteredFontNames()
        for name, file in _FILES.items():
            if name in known:
                continue
            try:
                pdfmetrics.registerFont(TTFont(name, str(folder / file)))
            except TTFError as error:
                raise ResourceMissingError(file) from error
        fonts = {name: pdfmetrics.getFont(name) for name in _FILES}
    return {name: font for name, font in fonts.items() if isinstance(font, TTFont)}
