"""The glyphs of a font file, and new ones made of several of them."""

from __future__ import annotations

from struct import pack, unpack_from
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFontFace

Part = tuple[int, int, int]
"""A glyph and how far it stands to the right and up."""

_PLACED: Final = 0x0003
"""The place of a part is two words, in units of the font."""
_MORE: Final = 0x0020
# Where the font says how large composed glyphs get, and what it says from now on.
_LIMITS: Final = ((10, 20_000), (12, 2_000), (28, 32), (30, 6))


class GlyphTable:
    """Adds glyphs to a font that ReportLab has read; they go into the PDF like its own."""

    def __init__(self, face: TTFontFace) -> None:
        """Take the font over; nothing of it changes before a glyph is added."""
        self._face: Any = face
        self._made: dict[tuple[tuple[Part, ...], int], int] = {}
        self._is_open = False

    def advance(self, glyph: int) -> int:
        """Return how far a glyph moves the next one."""
        return int(self._face.hmetrics[glyph][0])

    def composed(self, parts: tuple[Part, ...], advance: int) -> int:
        """Return the glyph that shows ``parts`` and is ``advance`` wide; a new one if need be."""
        if len(parts) == 1 and parts[0][1:] == (0, 0) and self.advance(parts[0][0]) == advance:
            return parts[0][0]
        found = self._made.get((parts, advance))
        if found is None:
            found = self._made[parts, advance] = self._add(parts, advance)
        return found

    def _add(self, parts: tuple[Part, ...], advance: int) -> int:
        face = self._face
        if not self._is_open:
            self._open()
        boxes = [(box, part) for part in parts if (box := self._box(part)) is not None]
        data = b""
        left = 0
        if boxes:
            lefts, bottoms, rights, tops = zip(*(box for box, _ in boxes), strict=True)
            left = min(lefts)
            data = pack(">hhhhh", -1, left, min(bottoms), max(rights), max(tops))
            for number, (_, (glyph, right, up)) in enumerate(boxes, start=1):
                flags = _PLACED | (_MORE if number < len(boxes) else 0)
                data += pack(">HHhh", flags, glyph, right, up)
        glyph = len(face.glyphPos) - 1
        face._ttf_data += data  # noqa: SLF001 - ReportLab has no other way to add a glyph
        face.glyphPos.append(face.glyphPos[-1] + len(data))
        face.table["glyf"]["length"] += len(data)
        while len(face.hmetrics) < glyph:
            face.hmetrics.append((0, 0))
        # Whoever draws it moves it so that its left edge stands where this says.
        face.hmetrics.append((max(advance, 0), left & 0xFFFF))
        return glyph

    def _open(self) -> None:
        """Make room: new glyphs stand after everything else that is in the file."""
        face = self._face
        self._is_open = True
        table = face.table["glyf"]
        data = bytearray(face._ttf_data)  # noqa: SLF001 - ReportLab has no other way to add a glyph
        data += bytes(len(data) % 2)
        limits = face.table["maxp"]["offset"]
        for offset, least in _LIMITS:
            data[limits + offset : limits + offset + 2] = pack(">H", least)
        table["length"] = len(data) - table["offset"]
        face._ttf_data = bytes(data)  # noqa: SLF001 - as above
        # The glyph between the last own one and the first new one would be the rest of the file.
        face.glyphPos.append(table["length"])

    def _box(self, part: Part) -> tuple[int, int, int, int] | None:
        """Return the edges of a placed glyph: left, bottom, right, top; None for an empty one."""
        glyph, right, up = part
        face = self._face
        start, end = face.glyphPos[glyph], face.glyphPos[glyph + 1]
        if start == end:
            return None
        place = face.table["glyf"]["offset"] + start
        x0, y0, x1, y1 = unpack_from(">hhhh", face._ttf_data, place + 2)  # noqa: SLF001 - as above
        return x0 + right, y0 + up, x1 + right, y1 + up
