"""Letters of one font joined, stacked and placed by HarfBuzz, ready to print with ReportLab."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import uharfbuzz
from reportlab.pdfbase.ttfonts import TTFont

from intake_app.documents.glyph_table import GlyphTable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reportlab.pdfbase.pdfdoc import PDFDocument

    from intake_app.documents.glyph_table import Part

_FIRST_OWN: Final = 0x100000
"""Glyphs that no character stands for get numbers in the second private plane."""
_MOST_IN_A_BLOCK: Final = 100


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Shaped letters as they print from the left, and their width at one point of size."""

    drawn: str
    width: float


class GlyphFont(TTFont):
    """A font that prints letters as HarfBuzz shapes them, and tells what they mean.

    Glyphs that make one letter together (a letter and its dots, a syllable) become one glyph, so
    that who copies the text gets letters, and each once.
    """

    def __init__(self, name: str, file: Path, *, latin: bool) -> None:
        """Read the file; only a font of Latin letters keeps them at their usual codes."""
        super().__init__(name, str(file), asciiReadable=latin)
        self.letters = frozenset(self.face.charToGlyph)
        self._glyphs = GlyphTable(self.face)
        self._own: dict[tuple[int, str], str] = {}
        self._meant: dict[int, str] = {}
        self._shaper: uharfbuzz.Font | None = None

    def shaped(self, text: str, *, leftwards: bool, language: str = "") -> Glyphs:
        """Return the glyphs of a text of one script."""
        if self._shaper is None:
            self._shaper = uharfbuzz.Font(self.hbFace)
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if leftwards else "ltr"
        if language:
            buffer.language = language
        uharfbuzz.shape(self._shaper, buffer)
        shown = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        starts = sorted({info.cluster for info, _ in shown})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        drawn: list[str] = []
        total = 0
        for start, cluster in groupby(shown, key=lambda pair: pair[0].cluster):
            parts, across = _cluster(cluster)
            glyph = self._glyphs.composed(parts, across)
            drawn.append(self._character(glyph, text[start : ends[start]]))
            total += across
        return Glyphs("".join(drawn), total / self.face.unitsPerEm)

    def _character(self, glyph: int, meant: str) -> str:
        """Return the character under which a glyph prints, wherever it means ``meant``."""
        face = self.face
        if len(meant) == 1 and face.charToGlyph.get(ord(meant)) == glyph:
            return meant
        found = self._own.get((glyph, meant))
        if found is None:
            code = _FIRST_OWN + len(self._own)
            found = self._own[glyph, meant] = chr(code)
            self._meant[code] = meant
            face.charToGlyph[code] = glyph
            face.charWidths[code] = self._glyphs.advance(glyph) * 1000 / face.unitsPerEm
        return found

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - ReportLab calls it so
        """Add the font to a document, with what its own glyphs mean."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        objects: dict[str, Any] = doc.idToObject
        fonts = objects["BasicFonts"].dict
        for name, subset in zip(names, subsets, strict=True):
            if max(subset, default=0) >= _FIRST_OWN:
                key = f"toUnicodeCMap:{fonts[name].BaseFont}"
                objects[key].content = _meanings(
                    [self._meant.get(code) or chr(code) for code in subset]
                )


def _cluster(shown: Iterable[tuple[Any, Any]]) -> tuple[tuple[Part, ...], int]:
    """Return the glyphs of one letter, each with its place, and how far it moves the next one."""
    parts: list[Part] = []
    across = 0
    for info, place in shown:
        parts.append((info.codepoint, across + place.x_offset, place.y_offset))
        across += place.x_advance
    return tuple(parts), across


def _meanings(texts: list[str]) -> str:
    """Return the table that says which text each code of a font stands for."""
    rows = [
        f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>"
        for code, text in enumerate(texts)
    ]
    blocks = []
    for start in range(0, len(rows), _MOST_IN_A_BLOCK):
        part = rows[start : start + _MOST_IN_A_BLOCK]
        blocks += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )
