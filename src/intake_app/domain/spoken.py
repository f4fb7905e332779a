"""A sheet as plain text for a voice: the same words in reading order, one sentence on a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from intake_app.domain.sheets import (
    Bullets,
    Lines,
    Paragraph,
    SpineFigure,
    Table,
    in_reading_order,
)
from intake_app.domain.spine import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from intake_app.domain.sheets import Block, Element, Sheet, SheetWords

_LEAST_DIGITS: Final = 7
"""A shorter run of digits is no phone number."""
_NUMBER: Final = re.compile(r"(?<![\w.,])\+?\(?\d[\d() ./-]*\d(?![\w%°])")
_EMERGENCY: Final = re.compile(
    r"(?<![\w.,:+-])(?:000|112|911|999)(?![\w%°]|[.,:-]\d| ?(?:mg|g|kg|lb|ml|°))"
)
_SENTENCE_END: Final = re.compile(r"(?<=[。\uff01\uff1f])|(?<=[.!?؟…])\s+(?![a-zß-öø-ÿ])")
_SHORT_FORM: Final = re.compile(
    r"(?:^|\W)(?:\w|Dr|Dra|Mr|Mrs|Ms|St|Sr|Sra|No|Nr|vs|etc|ej|BS|TS|ThS|ext)\.$"
)
_ENDS: Final = frozenset(".!?…。\uff01\uff1f؟")
_DANGLING: Final = ":;,،؛\uff1a\uff1b\uff0c "
_FIRST_IDEOGRAPH: Final = "\u2e80"
_UNSEEN: Final = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069")
)
_SPACES: Final = re.compile(r"\s+")
_NAMED_COLUMNS: Final = 3
"""A table this wide needs the head of its last column to be understood; a wider one all heads."""


def spoken_text(sheet: Sheet) -> str:
    """Return what a sheet says, ready to be read aloud.

    Headings stand after a blank line. Phone numbers are parted into digits, a table is a sentence
    for each row, a table to write in is one sentence.
    """
    words = sheet.words
    who = [sheet.patient_name, *sheet.clinic_lines]
    if sheet.patient_birth_date:
        who.insert(1, words.born.format(date=sheet.patient_birth_date))
    if sheet.record_number:
        who.insert(-len(sheet.clinic_lines) or 2, words.record.format(number=sheet.record_number))
    marks = [words.draft] if sheet.specimen else []
    if sheet.demonstration:
        marks.append(words.demonstration)
    foot = [sheet.foot, sheet.version_line]
    if sheet.check_code:
        foot.append(words.check_code.format(code=_spelled(sheet.check_code)))
    parts = [
        _sentences(marks),
        _sentences([sheet.title, sheet.subtitle, sheet.notice]),
        _sentences(who),
        *(_block(block, words) for block in in_reading_order(sheet.blocks)),
        _sentences(foot),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _block(block: Block, words: SheetWords) -> list[str]:
    lines = _sentences([block.heading])
    for element in block.elements:
        if isinstance(element, Bullets) and element.lead and lines:
            lines.append("")
        lines.extend(_sentences(_said(element, words)))
    return lines


def _said(element: Element, words: SheetWords) -> Iterator[str]:
    match element:
        case Paragraph():
            yield element.text
        case Bullets():
            yield element.lead
            yield from element.items
        case Table():
            yield from _table(element, words)
        case SpineFigure():
            levels = ", ".join(level for level in element.treated if level != UNKNOWN)
            if levels:
                yield words.spine.format(levels=levels)
            yield element.caption
            yield from element.text
        case Lines():
            yield from (f"{label}: {words.write_here}" for label in element.labels)


def _table(table: Table, words: SheetWords) -> Iterator[str]:
    if table.writing:
        rows = ", ".join(row[0] for row in table.rows)
        columns = ", ".join(table.head[1:])
        yield words.to_fill_in.format(rows=rows, columns=columns)
    elif len(table.rows) == 1 and any(table.head):
        yield from (_told(*pair) for pair in zip(table.head, table.rows[0], strict=True))
    else:
        yield from (_row(row, table.head) for row in table.rows)


def _row(row: Sequence[str], heads: Sequence[str]) -> str:
    """Return a row as a sentence: "Lifting over 5 lb: 2 weeks, not before December 6"."""
    first, *cells = row
    named = list(cells)
    if len(row) >= _NAMED_COLUMNS and any(heads):
        start = 0 if len(row) > _NAMED_COLUMNS else len(cells) - 1
        for number in range(start, len(cells)):
            head = heads[number + 1]
            if cells[number]:
                named[number] = f"{head[:1].lower()}{head[1:]} {cells[number]}".strip()
    return _told(first, ", ".join(cell for cell in named if cell))


def _told(what: str, said: str) -> str:
    return f"{what.rstrip(_DANGLING)}: {said}" if what and said else what or said


def _sentences(texts: Iterable[str]) -> list[str]:
    return [sentence for text in texts for sentence in _parted(text)]


def _parted(text: str) -> Iterator[str]:
    """Yield the sentences of a text, each with its end."""
    plain = _SPACES.sub(" ", text.replace("**", "").translate(_UNSEEN)).strip()
    waiting = ""
    for piece in _SENTENCE_END.split(_with_digits(plain)):
        waiting = f"{waiting} {piece}".strip()
        if waiting and not _SHORT_FORM.search(waiting):
            yield _ended(waiting)
            waiting = ""
    if waiting:
        yield _ended(waiting)


def _ended(sentence: str) -> str:
    bare = sentence.rstrip(_DANGLING)
    if not bare or bare.rstrip("\"'”’»)\uff09」")[-1:] in _ENDS:
        return bare
    return f"{bare}{'。' if bare[-1] >= _FIRST_IDEOGRAPH else '.'}"


def _with_digits(text: str) -> str:
    """Return the text with phone numbers parted, so that a voice says each digit."""
    text = _NUMBER.sub(_parted_number, text)
    return _EMERGENCY.sub(lambda found: " ".join(found[0]), text)


def _parted_number(found: re.Match[str]) -> str:
    groups = re.findall(r"\d+", found[0])
    if len("".join(groups)) < _LEAST_DIGITS:
        return found[0]
    plus = "+" if found[0].startswith("+") else ""
    return plus + ", ".join(" ".join(group) for group in groups)


def _spelled(code: str) -> str:
    return ", ".join(" ".join(group) for group in code.split("-"))
