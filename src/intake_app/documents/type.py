"""Letters on paper: words in the shipped fonts, how wide they are, and where lines break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from intake_app.documents import bidi, line_break
from intake_app.documents.characters import COMBINING, JOINERS, clean, graphemes, is_mark
from intake_app.documents.fonts import BOLD, FALLBACK, OTHER, OTHER_BOLD, REGULAR, Shelf
from intake_app.documents.lines import Line, Run, Token, joined, one_run, without_lead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from intake_app.documents.fonts import Face


__all__ = ["BOLD", "REGULAR", "Letters", "Line", "Run", "Token", "clean"]

_NOT_WORDS: Final = re.compile("[ \t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")
_STAYS_WITH_NEXT: Final = re.compile(
    r"(?<=[)\d]) (?=\d|[ap]\.? ?m\b|mg\b|ml\b|kg\b|lb\b|°)|(?<=\d) (?=[\u4e00-\u9fff])"
)
"""Inside phone numbers, times of day and doses."""
_FIRST_FONTS: Final = {"vi": {REGULAR: OTHER, BOLD: OTHER_BOLD}}
"""Languages whose letters the first font lacks too often: a page is in one font."""
_HAN_LANGUAGES: Final = ("zh", "ja")
_MIXED_GAP: Final = 0.125
"""White between Chinese and other letters, in ems."""
_MOST_WORDS_KEPT: Final = 20_000
_MOST_TEXTS_KEPT: Final = 1_000
"""Wording comes back from sheet to sheet; what belongs to one patient is forgotten by and by."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What was measured in one language."""

    words: dict[tuple[str, str, int], Token] = field(default_factory=dict)
    texts: dict[tuple[str, str], Sequence[Token]] = field(default_factory=dict)
    lines: dict[tuple[str, str, float], list[Line]] = field(default_factory=dict)


class Letters:
    """The shipped fonts as one language uses them; knows widths and missing characters."""

    def __init__(self, folder: Path) -> None:
        """Read the fonts of Latin letters; the others wait until somebody needs them."""
        self._shelf = Shelf(folder)
        self._known: dict[str, _Known] = {}
        self._speak("en")

    def _speak(self, language: str) -> None:
        self.language = language
        self.leftwards = bidi.is_leftwards(language)
        self._base = int(self.leftwards)
        self._is_han = language.startswith(_HAN_LANGUAGES)
        self._first = _FIRST_FONTS.get(language.partition("-")[0], {})
        known = self._known.setdefault(language, _Known())
        self._words, self._texts, self._lines = known.words, known.texts, known.lines
        self._space_runs: dict[tuple[str, int], Run] = {}
        self._spaces = {
            name: self._shelf.face(name).font.stringWidth(" ", 1)
            for name in (REGULAR, BOLD, OTHER, OTHER_BOLD)
        }

    def reading(self, language: str) -> Letters:
        """Return the same letters as another language uses them."""
        if language == self.language:
            return self
        other = object.__new__(Letters)
        other._shelf, other._known = self._shelf, self._known
        other._speak(language)
        return other

    def missing(self, text: str) -> tuple[str, ...]:
        """Return the characters, each once, that no shipped font can print."""
        first, other = self._shelf.face(REGULAR).has, self._shelf.face(OTHER).has
        return tuple(
            character
            for character in dict.fromkeys(clean(text))
            if not character.isspace()
            and character not in JOINERS
            and ord(character) not in first
            and ord(character) not in other
            and self._shelf.script_face(ord(character), bold=False) is None
        )

    # --- words -------------------------------------------------------------------------------

    def tokens(self, text: str, font: str = REGULAR) -> Sequence[Token]:
        """Return the words of ``text``; ``**words**`` are bold, punctuation stays with its word."""
        found = self._texts.get((font, text))
        if found is None:
            if len(self._texts) >= _MOST_TEXTS_KEPT:
                self._texts.clear()
            found = self._texts[font, text] = self._tokens(text, font)
        return found

    def _tokens(self, text: str, font: str) -> list[Token]:
        if self._base or not text.isascii():
            if bidi.needs_order(text, base=self._base):
                return self._ordered_tokens(text, font)
            text = clean(text)
        parts = _STAYS_WITH_NEXT.sub("\N{NO-BREAK SPACE}", text).split("**")
        if len(parts) == 1:
            return [token for word in _words_of(parts[0]) for token in self._split(word, font)]
        found: list[Token] = []
        glue = False
        for number, part in enumerate(parts):
            if not part:
                continue
            face = BOLD if number % 2 else font
            words = [token for word in _words_of(part) for token in self._split(word, face)]
            if glue and words and found and not _NOT_WORDS.match(part):
                if self._may_part(found[-1], words[0]):
                    words[0] = replace(words[0], spaced=False)
                else:
                    found[-1] = joined(found[-1], words.pop(0))
            found.extend(words)
            glue = not _NOT_WORDS.match(part[-1])
        return found

    def _may_part(self, left: Token, right: Token) -> bool:
        """Return whether a line may end between two words without a space."""
        before, after = left.runs[-1].text, right.runs[0].text
        return (
            line_break.has_wide(before + after)
            and len(line_break.unbreakable(before[-1] + after[0])) > 1
        )

    def _split(self, word: str, font: str, level: int = 0) -> list[Token]:
        """Return the tokens of a word: one, or several where it holds letters without spaces."""
        if word.isascii() or not line_break.has_wide(word):
            return [self.word(word, font, level)] if word.strip(JOINERS) else []
        word = word.replace(JOINERS[0], "").replace(JOINERS[1], "")
        parts = line_break.unbreakable(word)
        found = [self.word(parts[0], font, level)]
        for before, after in pairwise(parts):
            token = replace(self.word(after, font, level), spaced=False)
            if line_break.is_mixed(before[-1], after[0]):
                first = token.runs[0]
                first = replace(first, lead=_MIXED_GAP, width=first.width + _MIXED_GAP)
                token = replace(
                    token, runs=(first, *token.runs[1:]), width=token.width + _MIXED_GAP
                )
            found.append(token)
        return found

    def word(self, word: str, font: str, level: int = 0) -> Token:
        """Return one word, wholly in the fallback font when the first one lacks a letter of it."""
        token = self._words.get((font, word, level))
        if token is None:
            if len(self._words) >= _MOST_WORDS_KEPT:
                self._words.clear()
            letters = word.replace("\N{NO-BREAK SPACE}", " ")
            runs = tuple(self._runs(letters, self._first.get(font, font), level))
            width = sum(run.width for run in runs)
            token = self._words[font, word, level] = Token(runs, width)
        return token

    def _runs(self, word: str, font: str, level: int) -> list[Run]:
        found: list[tuple[Face, str]] = []
        for face, character in self._faces(word, font):
            if found and found[-1][0] is face:
                found[-1] = (face, found[-1][1] + character)
            else:
                found.append((face, character))
        return [
            self._run(face, text, level, lead=_lead(found[number - 1][1], text) if number else 0.0)
            for number, (face, text) in enumerate(found)
        ]

    def _run(self, face: Face, text: str, level: int, *, lead: float) -> Run:
        if face.shaped or (level % 2 and text != " ") or COMBINING.search(text):
            shaped = face.font.shaped(text, leftwards=bool(level % 2), language=self.language)
            return Run(face.name, text, shaped.width + lead, level, shaped, face.heavy, lead)
        width = face.font.stringWidth(text, 1)
        return Run(face.name, text, width + lead, level, None, face.heavy, lead)

    def _faces(self, word: str, font: str) -> Iterator[tuple[Face, str]]:
        first, other = self._shelf.face(font), self._shelf.face(FALLBACK[font])
        if not all(ord(letter) in first.has for letter in word if ord(letter) in other.has):
            first, other = other, first
        bold = font in (BOLD, OTHER_BOLD)
        last: Face | None = None
        for letter in word:
            code = ord(letter)
            face: Face | None = None
            if letter in JOINERS:
                if last is not None and last.shaped:
                    yield last, letter
                continue
            if last is not None and code in last.has and is_mark(letter):
                face = last
            elif self._is_han and line_break.is_wide_mark(letter):
                face = self._shelf.family_face("NotoSansSC", code, bold=bold)
            if face is None:
                if code in first.has or letter.isspace():
                    face = first
                elif code in other.has:
                    face = other
                else:
                    face = self._shelf.script_face(code, bold=bold) or first
            last = face
            yield face, letter

    # --- text that runs both ways ------------------------------------------------------------

    def _ordered_tokens(self, text: str, font: str) -> list[Token]:
        """Return the words of a text of which some letters print leftwards."""
        plain: list[str] = []
        fonts: list[str] = []
        for number, part in enumerate(
            _STAYS_WITH_NEXT.sub("\N{NO-BREAK SPACE}", clean(text, steering=True)).split("**")
        ):
            plain.append(part)
            fonts += [BOLD if number % 2 else font] * len(part)
        letters = "".join(plain)
        levels = bidi.levels(letters, base=self._base)
        found: list[Token] = []
        start = 0
        for match in [*_NOT_WORDS.finditer(letters), None]:
            end = match.start() if match else len(letters)
            tokens = self._ordered_word(letters, fonts, levels, start=start, end=end)
            if tokens and start:
                tokens[0] = replace(tokens[0], space_level=levels[start - 1])
            found += tokens
            start = match.end() if match else end
        return found

    def _ordered_word(
        self, text: str, fonts: Sequence[str], levels: Sequence[int], *, start: int, end: int
    ) -> list[Token]:
        found: list[Token] = []
        while start < end:
            stop = start + 1
            while stop < end and fonts[stop] == fonts[start] and levels[stop] == levels[start]:
                stop += 1
            part = bidi.without_steering(text[start:stop])
            tokens = self._split(part, fonts[start], levels[start]) if part else []
            if tokens and found and not self._may_part(found[-1], tokens[0]):
                found[-1] = joined(found[-1], tokens.pop(0))
            elif tokens and found:
                tokens[0] = replace(tokens[0], spaced=False)
            found += tokens
            start = stop
        return found

    # --- lines -------------------------------------------------------------------------------

    def width(self, text: str, size: float, font: str = REGULAR) -> float:
        """Return how wide ``text`` prints on one line."""
        return self._width(self.tokens(text, font)) * size

    def _width(self, tokens: Sequence[Token]) -> float:
        used = 0.0
        last: Token | None = None
        for token in tokens:
            if last is not None and token.spaced:
                used += self._space(last)
            used += token.width
            last = token
        return used

    def _space(self, token: Token) -> float:
        return self._spaces[self._space_font(token.runs[-1])]

    def _space_font(self, before: Run) -> str:
        """Return the font of the space after a run: its own if it can be, so that both are one."""
        if before.font in self._spaces:
            return before.font
        if before.glyphs is not None:
            font = self._shelf.face(before.font).font
            if ord(" ") in font.letters:
                self._spaces[before.font] = font.stringWidth(" ", 1)
                return before.font
        return REGULAR

    def lines(self, text: str, *, size: float, width: float, font: str = REGULAR) -> list[Line]:
        """Break ``text`` into lines no wider than ``width``; only a word wider than that is cut."""
        key = (font, text, width / size)
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) >= _MOST_TEXTS_KEPT:
                self._lines.clear()
            found = self._lines[key] = self.broken(self.tokens(text, font), size=size, width=width)
        return found

    def first_lines(
        self, text: str, *, size: float, width: float, rows: int
    ) -> tuple[list[Line], list[Token]]:
        """Return about ``rows`` lines of a text, and the words that are left: none, or many."""
        rows_of = self._rows(self.tokens(text), width / size)
        if len(rows_of) == rows + 1:
            rows += 1
        left = [token for row in rows_of[rows:] for token in row]
        return [self._line(row) for row in rows_of[:rows]], left

    def broken(self, tokens: Sequence[Token], *, size: float, width: float) -> list[Line]:
        """Return words as lines no wider than ``width``."""
        return [self._line(row) for row in self._rows(tokens, width / size)]

    def _rows(self, tokens: Sequence[Token], room: float) -> list[list[Token]]:
        if any(token.width > room for token in tokens):
            tokens = [piece for token in tokens for piece in self._cut(token, room)]
        rows: list[list[Token]] = []
        current: list[Token] = []
        used = 0.0
        for token in tokens:
            step = token.width
            if current:
                if token.spaced:
                    step += self._space(current[-1])
                if used + step > room + 1e-6:
                    rows.append(current)
                    current, used, step = [], 0.0, token.width
            current.append(token)
            used += step
        if current:
            rows.append(current)
        return rows

    def _cut(self, token: Token, room: float) -> list[Token]:
        """Return a word in parts that fit a line, cut between letters that stand alone."""
        if token.width <= room:
            return [token]
        pieces: list[Token] = []
        current = Token((), 0.0, token.spaced, token.space_level)
        for run in token.runs:
            for part in graphemes(run.text):
                small = self._part(run, part)
                if current.runs and current.width + small.width > room:
                    pieces.append(current)
                    current = Token((), 0.0, spaced=False, space_level=token.space_level)
                width = current.width + small.width
                current = replace(current, runs=(*current.runs, small), width=width)
        return [*pieces, current]

    def _part(self, run: Run, text: str) -> Run:
        """Return some letters of a run."""
        font = self._shelf.face(run.font).font
        if run.glyphs is None:
            return replace(run, text=text, lead=0.0, width=font.stringWidth(text, 1))
        shaped = font.shaped(text, leftwards=bool(run.level % 2), language=self.language)
        return replace(run, text=text, lead=0.0, glyphs=shaped, width=shaped.width)

    def _line(self, tokens: Sequence[Token]) -> Line:
        runs: list[Run] = []
        same: list[Run] = []
        last: Run | None = None
        for token in tokens:
            parts = token.runs
            if last is not None and token.spaced:
                parts = (self._space_run(token, last), *parts)
            elif last is None and parts[0].lead:
                parts = (without_lead(parts[0]), *parts[1:])
            for run in parts:
                if last is None or not (
                    run.font == last.font
                    and run.level == last.level
                    and run.heavy == last.heavy
                    and not run.lead
                ):
                    if same:
                        runs.append(one_run(same))
                    same = []
                same.append(run)
                last = run
        runs.append(one_run(same))
        width = sum(run.width for run in runs)
        simple = all(run.simple for run in runs)
        if not any(run.level for run in runs):
            return Line(tuple(runs), width, self.language, simple=simple)
        printed = tuple(bidi.in_print_order(runs))
        return Line(printed, width, self.language, tuple(runs), simple=False)

    def _space_run(self, token: Token, before: Run) -> Run:
        font, level = self._space_font(before), token.space_level
        found = self._space_runs.get((font, level))
        if found is None:
            found = Run(font, " ", self._spaces[font], level)
            self._space_runs[font, level] = found
        return found


def _words_of(text: str) -> list[str]:
    return [word for word in _NOT_WORDS.split(text) if word]


def _lead(before: str, after: str) -> float:
    return _MIXED_GAP if line_break.is_mixed(before[-1], after[0]) else 0.0
