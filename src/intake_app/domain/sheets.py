"""What a sheet says, apart from the engine that draws it: a tree of blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from intake_app.domain.countries import Paper
from intake_app.domain.fields import Record
from intake_app.domain.language import N_
from intake_app.domain.staff import Action
from intake_app.domain.values import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intake_app.domain.validation import Problem


class SheetKind(Choice):
    """The documents the clinic hands out."""

    AFTERCARE = "aftercare", N_("Aftercare sheet")
    WHAT_TO_EXPECT = "what_to_expect", N_("What to expect")
    DRIVER_CARD = "driver_card", N_("Driver card")
    APPOINTMENT_CARD = "appointment_card", N_("Appointment card")
    DISCHARGE_LETTER = "discharge_letter", N_("Discharge letter")
    BONE_LETTER = "bone_letter", N_("Bone-health letter")


PRINT_RIGHTS = {
    SheetKind.AFTERCARE: Action.PRINT_AFTERCARE,
    SheetKind.WHAT_TO_EXPECT: Action.PRINT_BEFORE,
    SheetKind.DRIVER_CARD: Action.PRINT_BEFORE,
    SheetKind.APPOINTMENT_CARD: Action.PRINT_BEFORE,
    SheetKind.DISCHARGE_LETTER: Action.PRINT_AFTERCARE,
    SheetKind.BONE_LETTER: Action.PRINT_AFTERCARE,
}
"""The right that printing each document needs."""
CARDS = frozenset({SheetKind.DRIVER_CARD, SheetKind.APPOINTMENT_CARD})
"""Papers of half a page, to cut off."""
LETTERS = frozenset({SheetKind.DISCHARGE_LETTER, SheetKind.BONE_LETTER})
"""Papers for another clinician, for a physician to sign; English whatever the patient reads."""


class PrintSize(Choice):
    """Body size: 14 pt, or 18 pt (clinical.md 4.4)."""

    NORMAL = "normal", N_("Normal print (14 pt)")
    LARGE = "large", N_("Large print (18 pt)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``**words**`` print bold; there is no other markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of at most seven items; ``lead`` is the short line over it."""

    items: tuple[str, ...]
    lead: str = ""
    columns: int = 1
    tick: bool = False
    """Draw an empty box to tick in front of each item instead of a dot."""


@dataclass(frozen=True, slots=True)
class Table:
    """A simple table with short headings; empty cells are there to be written into."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    """Shares of the width, one for each column; they add up to 1."""
    writing: bool = False
    """Rows are tall enough to write in by hand."""


@dataclass(frozen=True, slots=True)
class SpineFigure:
    """A small spine with the treated levels marked; ``caption`` stands beside it."""

    treated: tuple[str, ...]
    caption: str
    text: tuple[str, ...] = ()
    """Paragraphs set beside the drawing."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Labels with a rule to write on."""

    labels: tuple[str, ...]


Element = Paragraph | Bullets | Table | SpineFigure | Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a sheet: its handle (A-06), title, content, and why it is there."""

    id: str
    title: str
    elements: tuple[Element, ...]
    reason: str
    boxed: bool = False
    first_page: bool = False
    """Must stand on page 1 (R-1, R-2, contacts, main message)."""

    @property
    def heading(self) -> str:
        """What it is called: its title, else what stands over the first column of its table."""
        first = self.elements[0] if self.elements else None
        if not self.title and isinstance(first, Table) and first.head:
            return first.head[0]
        return self.title


_FIRST_PAGE_ORDER = ("A-02", "R-1", "A-24", "R-2", "A-25", "A-26", "A-03")
"""Main message, emergencies, call the clinic, contacts, what was done (clinical.md 3.2, 3.3)."""


def in_reading_order(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks as they are set and read: page 1 in its own order, then the others."""

    def place(block: Block) -> int:
        if block.first_page and block.id in _FIRST_PAGE_ORDER:
            return _FIRST_PAGE_ORDER.index(block.id)
        return len(_FIRST_PAGE_ORDER) + (not block.first_page)

    return sorted(blocks, key=place)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """What the engine itself writes on a paper, in the paper's language; ``{}`` are filled in."""

    page: str = "Page {page} of {pages}"
    born: str = "Born {date}"
    record: str = "Record {number}"
    check_code: str = "Check code {code}"
    draft: str = "DRAFT"
    demonstration: str = "Demonstration, not a real patient"
    spine: str = "Drawing of the spine from the side. Black bones have cement: {levels}."
    """Said of the drawing to who cannot see it."""
    qr: str = "Square code for scanners. It holds the check code {code}."
    replaces: str = "This sheet replaces the one of {moment} ({code}). Throw the old one away."
    """Said under the title of a corrected sheet."""
    tick: str = "Box to tick"
    write_here: str = "Line to write on"
    to_fill_in: str = "A table to fill in by hand, with room for {columns}: {rows}."
    """Said instead of a table with empty cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole document, ready to be drawn. Equal sheets give equal bytes."""

    kind: SheetKind
    title: str
    subtitle: str
    clinic_lines: tuple[str, ...]
    """Letterhead: name, address, phones."""
    patient_name: str
    patient_birth_date: str
    """Printed with the month as a word."""
    record_number: str
    blocks: tuple[Block, ...]
    foot: str
    version_line: str
    notice: str = ""
    """Stands in bold under the title, on page 1 of every size: which older sheet it replaces."""
    check_code: str = ""
    language: str = "en"
    """BCP-47: ``en``, ``es``, ``zh-Hans``, ``vi``, ``ar``; decides direction, font, line breaks."""
    words: SheetWords = SheetWords()
    beside: tuple[Block, ...] = ()
    """The same blocks in another language, by handle, to be set beside them; () for one column."""
    beside_language: str = ""
    paper: Paper = Paper.LETTER
    size: PrintSize = PrintSize.NORMAL
    specimen: bool = False
    """Wording nobody approved: DRAFT across every page."""
    demonstration: bool = False
    """Made for the demonstration clinic: every page says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """Which blocks a sheet holds and why, which it leaves out, and what keeps it from printing."""

    blocks: tuple[Block, ...]
    left_out: tuple[tuple[str, str, str], ...]
    """Handle, title and reason of each block that does not print."""
    missing: tuple[Problem, ...]
    """What is not recorded and would make the sheet truer; does not prevent printing."""
    blocking: tuple[Problem, ...]
    """Why the sheet may not be printed at all."""
    remarks: tuple[Problem, ...] = ()
    """What the screen says before printing (a blood thinner without a restart order)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSheet(Record):
    """A sheet as it was handed out: kept for ever, byte for byte."""

    FORM: ClassVar[str] = "sheet"
    OWNER: ClassVar[str] = "visit_id"

    visit_id: str
    kind: SheetKind
    check_code: str
    sha256: str
    pages: int
    pdf: bytes
    inputs: str
    """The facts it was composed from, as JSON."""
    wording_version: str
    language: str
    size: PrintSize
    made_at: datetime
    made_by: str
    printer: str
    """Name of the printer, ``file`` when saved as a PDF."""
    replaces: str = ""
    """Id of the sheet that this one corrects; that one is kept as it is."""
    specimen: bool = False
    """Whether DRAFT stands across its pages: such a sheet is not handed over."""


_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8


def check_code(digest: bytes) -> str:
    """Return the short code printed on a sheet, from a SHA-256 digest: "7K3M-Q2XD".

    Crockford's base 32: no I, L, O or U, so it can be read aloud. 40 bits.
    """
    number = int.from_bytes(digest[:5], "big")
    letters = []
    for _ in range(CODE_LENGTH):
        number, index = divmod(number, 32)
        letters.append(_CODE_ALPHABET[index])
    text = "".join(reversed(letters))
    return f"{text[:4]}-{text[4:]}"


def read_code(typed: str) -> str:
    """Return a typed or scanned check code in its printed form; '' when it cannot be one.

    O is read as 0, I and L as 1; spaces and dashes do not matter. A scanned "SI:" is dropped.
    """
    text = typed.strip().upper().removeprefix("SI:")
    text = "".join(c for c in text if c.isalnum())
    text = text.translate(str.maketrans("OIL", "011"))
    if len(text) != CODE_LENGTH or any(c not in _CODE_ALPHABET for c in text):
        return ""
    return f"{text[:4]}-{text[4:]}"
