"""The reviewer's checklist: PEMAT-P, the CDC Index and L-01 to L-31 (clinical.md 4.1, 4.2, 4.7).

The questions are our own words for what the lists ask. PEMAT-P's items 13 and 14 are for sound and
film only.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.domain.language import N_
from intake_app.domain.values import Choice


class ReviewList(Choice):
    """Which list an item is from; each is scored apart."""

    UNDERSTAND = "understand", N_("PEMAT-P: easy to understand")
    ACT = "act", N_("PEMAT-P: easy to act on")
    CDC = "cdc", N_("CDC Clear Communication Index")
    RELEASE = "release", N_("Release checklist")


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One question to the reviewer."""

    list: ReviewList
    handle: str
    """``PEMAT-7``, ``CDC-3`` or ``L-15``."""
    question: str
    must: bool = False
    """Nothing is approved while this one is open or answered no."""
    may_not_apply: bool = False


def _pemat(part: ReviewList, number: int, question: str, *, na: bool = False) -> ReviewItem:
    return ReviewItem(part, f"PEMAT-{number}", question, may_not_apply=na)


def _cdc(number: int, question: str, *, na: bool = False) -> ReviewItem:
    return ReviewItem(ReviewList.CDC, f"CDC-{number}", question, may_not_apply=na)


_NOT_ON_EVERY_PAPER = frozenset({1, 2, 3, 4, 6, 8, 9, 10, 11, 28})
"""Release items that are asked of the aftercare sheet, or of papers with a record number, only."""


def _release(number: int, question: str, *, must: bool = False, na: bool = False) -> ReviewItem:
    apart = na or number in _NOT_ON_EVERY_PAPER
    return ReviewItem(ReviewList.RELEASE, f"L-{number:02}", question, must, apart)


_U, _A = ReviewList.UNDERSTAND, ReviewList.ACT

REVIEW_ITEMS: tuple[ReviewItem, ...] = (
    _pemat(_U, 1, N_("Is it plain at once what the sheet is for?")),
    _pemat(_U, 2, N_("Is there nothing that leads away from that?")),
    _pemat(_U, 3, N_("Are the words those of everyday talk?")),
    _pemat(_U, 4, N_("Are medical words there only to teach them, and explained?")),
    _pemat(_U, 5, N_("Does it say who does what (“we closed the skin”)?")),
    _pemat(_U, 6, N_("Are the numbers clear?"), na=True),
    _pemat(_U, 7, N_("Can the reader do without any sums?")),
    _pemat(_U, 8, N_("Does it come in short pieces?"), na=True),
    _pemat(_U, 9, N_("Do the headings tell what follows?"), na=True),
    _pemat(_U, 10, N_("Is the order one that makes sense?")),
    _pemat(_U, 11, N_("Is there a summary?"), na=True),
    _pemat(_U, 12, N_("Do boxes, bold print or lists point to what matters?")),
    _pemat(_U, 15, N_("Are there pictures wherever they make it easier?")),
    _pemat(_U, 16, N_("Do the pictures help, and not distract?"), na=True),
    _pemat(_U, 17, N_("Does each picture have a line that says what it shows?"), na=True),
    _pemat(_U, 18, N_("Are the pictures clean and clear?"), na=True),
    _pemat(_U, 19, N_("Are the tables simple, with short headings?"), na=True),
    _pemat(_A, 20, N_("Does it name at least one thing to do?")),
    _pemat(_A, 21, N_("Does it speak to the reader?")),
    _pemat(_A, 22, N_("Is each thing to do split into clear steps?")),
    _pemat(_A, 23, N_("Is there something to use: a checklist, a diary?")),
    _pemat(_A, 24, N_("If there is a sum to do, does it show how?"), na=True),
    _pemat(_A, 25, N_("Does it say how to use its tables and drawings?"), na=True),
    _pemat(_A, 26, N_("Are there pictures wherever they make it easier to act?")),
    _cdc(1, N_("Does it have one main message?")),
    _cdc(2, N_("Does the main message come first?")),
    _cdc(3, N_("Does it stand out: by a box, by bold print?")),
    _cdc(4, N_("Does a picture with a line under it support the main message?")),
    _cdc(5, N_("Does it call on the reader to do something?")),
    _cdc(6, N_("Do the main message and the call say who acts?")),
    _cdc(7, N_("Does it always use the readers’ own words?")),
    _cdc(8, N_("Does it use lists, none longer than seven without a line of its own?")),
    _cdc(9, N_("Does it come in pieces with headings?")),
    _cdc(10, N_("Does what matters most come first?")),
    _cdc(11, N_("Does it say what is known and what is not?")),
    _cdc(12, N_("Does it recommend something to do?"), na=True),
    _cdc(13, N_("Does it say why that matters to the reader?"), na=True),
    _cdc(14, N_("Does it say how and when to do it, and whom to call?"), na=True),
    _cdc(15, N_("Are there only numbers that the reader uses, whole where they can be?"), na=True),
    _cdc(16, N_("Is each number explained?"), na=True),
    _cdc(17, N_("Can the reader do without any sums?"), na=True),
    _cdc(18, N_("Does it say what the danger is?"), na=True),
    _cdc(19, N_("Are risks and benefits both there?"), na=True),
    _cdc(
        20, N_("Where it says how likely something is: is that in words or a picture too?"), na=True
    ),
    _release(1, N_("Is the emergency box on page 1, near the top, with its number?"), must=True),
    _release(
        2,
        N_("Is the list for calling the clinic apart from emergencies, with day and night phone?"),
        must=True,
    ),
    _release(
        3, N_("Are name, second identifier, procedure, levels and date there and right?"), must=True
    ),
    _release(4, N_("Is there one main message in a box at the start?"), must=True),
    _release(5, N_("Does every instruction begin with a verb and speak to “you”?")),
    _release(6, N_("Does each limit have a number and a date on which it ends?"), must=True),
    _release(7, N_("One set of units; do °F and °C, lb and kg agree?"), must=True),
    _release(
        8,
        N_("Is the blood thinner there when it is taken or not known, as ordered?"),
        must=True,
    ),
    _release(9, N_("Do the parts that not everybody gets fit the record?"), must=True),
    _release(10, N_("Is the line on stitches or strips true for this patient?"), must=True),
    _release(11, N_("Are the next visit and a step for bone health there?"), must=True),
    _release(12, N_("Grade 6 or below?"), na=True),
    _release(13, N_("Grade 8 or below?"), must=True, na=True),
    _release(14, N_("Are sentences mostly 15 words or less, and none over 25?")),
    _release(15, N_("Are medical words explained where they first stand?")),
    _release(16, N_("Is no list longer than seven without a line of its own?")),
    _release(17, N_("Are headings questions or plain topics, always in the same order?")),
    _release(18, N_("Is there a summary at the start or the end?")),
    _release(19, N_("Is there something to use: a diary, a checklist, a calendar?")),
    _release(20, N_("No sums; dates rather than “in 12 weeks” alone?")),
    _release(
        21, N_("Chances in words too, benefits beside risks, and what is known and not known?")
    ),
    _release(22, N_("Is the print large enough, 14 and 18 points, black on white?"), must=True),
    _release(23, N_("No slanted, underlined or all-capital print, nothing by color alone?")),
    _release(24, N_("Two pages at most, four in large print?")),
    _release(25, N_("Is the tone kind: no blame, no promise that may not hold?")),
    _release(
        26, N_("Are version, approver and both dates on the sheet, and not expired?"), must=True
    ),
    _release(
        27, N_("Is the language recorded, and a translation answered for by name?"), must=True
    ),
    _release(
        28, N_("Is teach-back recorded, and the sheet given to patient and carer?"), must=True
    ),
    _release(
        29, N_("Does nothing on it diagnose, decide or contradict a written order?"), must=True
    ),
    _release(30, N_("PEMAT-P 70 % or more in both parts, CDC Index 90 or more?")),
    _release(31, N_("No file path, blank that was not filled, or test text?"), must=True),
)
"""Every item, in the order of the lists."""
