"""Letters of one font joined, stacked and placed by HarfBuzz, ready to print with ReportLab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import uharfbuzz  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr, TTFont

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.pdfbase.pdfdoc import PDFDocument

_FIRST_OWN: Final = 0x100000
"""Glyphs that no character stands for get numbers in the second private plane."""
_SAYS_NOTHING: Final = "\N{ZERO WIDTH SPACE}"
_MOST_IN_A_BLOCK: Final = 100


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Shaped letters in the order in which they print, and their width at one point of size."""

    drawn: ShapedStr
    width: float


class GlyphFont(TTFont):
    """A font that prints any of its glyphs, and tells who copies the text what they mean."""

    def __init__(self, name: str, file: Path, *, latin: bool) -> None:
        """Read the file; only a font of Latin letters keeps them at their usual codes."""
        super().__init__(name, str(file), asciiReadable=latin)
        self.letters = frozenset(self.face.charToGlyph)
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
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        starts = sorted({info.cluster for info in infos})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        scale = 1000 / self.face.unitsPerEm
        said: set[int] = set()
        drawn: list[str] = []
        places: list[ShapeData] = []
        width = 0.0
        for info, position in zip(infos, positions, strict=True):
            start = info.cluster
            meant = "" if start in said else text[start : ends[start]]
            said.add(start)
            character = self._character(info.codepoint, meant)
            drawn.append(character)
            across, aside, up = (
                scale * part for part in (position.x_advance, position.x_offset, position.y_offset)
            )
            own_width = self.face.charWidths[ord(character)]
            places.append(ShapeData(0, across, 0, aside, up, own_width))
            width += across
        shaped = ShapedStr("".join(drawn), shapeData=places)  # type: ignore[arg-type] # a list
        return Glyphs(shaped, width / 1000)

    def _character(self, glyph: int, meant: str) -> str:
        """Return the character under which a glyph prints, wherever it means ``meant``."""
        face = self.face
        if len(meant) == 1 and face.charToGlyph.get(ord(meant)) == glyph:
            return meant
        found = self._own.get((glyph, meant))
        if found is None:
            code = _FIRST_OWN + len(self._own)
            found = self._own[glyph, meant] = chr(code)
            self._meant[code] = meant or _SAYS_NOTHING
            face.charToGlyph[code] = glyph
            wide = self._shaper.get_glyph_h_advance(glyph) if self._shaper else 0
            face.charWidths[code] = wide * 1000 / face.unitsPerEm
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
