"""Read drawn pages back: letters with their boxes, text, pictures of pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from PIL import Image
from zxingcpp import read_barcodes


@dataclass(frozen=True, slots=True)
class Letter:
    """A printed character and its box; y counts from the foot of the page."""

    page: int
    character: str
    left: float
    bottom: float
    right: float
    top: float


def letters_of(pdf: bytes) -> list[Letter]:
    """Return every visible character with the box of its ink."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            page = document[number].get_textpage()
            for index in range(page.count_chars()):
                character = page.get_text_range(index, 1)
                if character.strip():
                    left, bottom, right, top = page.get_charbox(index)
                    found.append(Letter(number, character, left, bottom, right, top))
    return found


def sizes_of(pdf: bytes, number: int = 0) -> dict[float, int]:
    """Return how many characters of a page are printed in each size."""
    counted: dict[float, int] = {}
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number].get_textpage()
        for index in range(page.count_chars()):
            if not page.get_text_range(index, 1).strip():
                continue
            size = round(pypdfium2.raw.FPDFText_GetFontSize(page, index), 1)
            counted[size] = counted.get(size, 0) + 1
    return counted


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page on one line, words parted by single spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            " ".join(document[number].get_textpage().get_text_range().split())
            for number in range(len(document))
        ]


def picture_of(pdf: bytes, number: int = 0, *, dots_per_inch: int = 200) -> Image.Image:
    """Return a page as a printer would put it on paper."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture: Image.Image = document[number].render(scale=dots_per_inch / 72).to_pil()
        return picture.convert("L")


def codes_in(picture: Image.Image) -> list[str]:
    """Return what the bar codes in a picture say."""
    return [code.text for code in read_barcodes(picture)]


def outside(letters: list[Letter], frame: tuple[float, float, float, float]) -> list[Letter]:
    """Return the letters that stick out of left, bottom, right, top."""
    left, bottom, right, top = frame
    return [
        letter
        for letter in letters
        if letter.left < left or letter.right > right or letter.bottom < bottom or letter.top > top
    ]


def overlapping(letters: list[Letter]) -> list[tuple[Letter, Letter]]:
    """Return pairs of letters whose ink covers more than a tenth of the smaller one."""
    return [
        (one, other)
        for one, other in _near_pairs(letters)
        if _shared(one, other) > 0.1 * min(_area(one), _area(other))
    ]


def _near_pairs(letters: list[Letter]) -> Iterator[tuple[Letter, Letter]]:
    cells: dict[tuple[int, int, int], list[Letter]] = {}
    for letter in letters:
        for x in range(int(letter.left // 20), int(letter.right // 20) + 1):
            for y in range(int(letter.bottom // 20), int(letter.top // 20) + 1):
                cells.setdefault((letter.page, x, y), []).append(letter)
    for near in cells.values():
        for number, one in enumerate(near):
            for other in near[number + 1 :]:
                yield one, other


def _shared(one: Letter, other: Letter) -> float:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.top, other.top) - max(one.bottom, other.bottom)
    return max(wide, 0.0) * max(high, 0.0)


def _area(letter: Letter) -> float:
    return max((letter.right - letter.left) * (letter.top - letter.bottom), 0.01)


def falling(values: list[float], *, by: float) -> bool:
    """Return whether each value lies at least ``by`` under the one before."""
    return all(upper - lower >= by - 1e-6 for upper, lower in pairwise(values))
