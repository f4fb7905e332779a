"""The shipped fonts: which of them has a character, loaded when the first letter needs them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from intake_app.domain.errors import ResourceMissingError

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from intake_app.documents.shaping import GlyphFont

REGULAR: Final = "SheetText"
BOLD: Final = "SheetText-Bold"
OTHER: Final = "SheetOther"
OTHER_BOLD: Final = "SheetOther-Bold"
FALLBACK: Final = {
    REGULAR: OTHER,
    BOLD: OTHER_BOLD,
    OTHER: OTHER,
    OTHER_BOLD: OTHER_BOLD,
}
"""The font of Latin, Greek and Cyrillic letters that the first one lacks."""
_FILES: Final = {
    REGULAR: "AtkinsonHyperlegibleNext-Regular",
    BOLD: "AtkinsonHyperlegibleNext-Bold",
    OTHER: "NotoSans-Regular",
    OTHER_BOLD: "NotoSans-Bold",
}
_HAS_BOLD: Final = frozenset((*_FILES, "NotoSansArabic"))
_HAN: Final = ("NotoSansSC-Regular", "NotoSansSC-Names", "NotoSansSC-Traditional")
# First and last character, font; scripts that only one font has.
_SCRIPTS: Final = (
    (0x0530, 0x058F, "NotoSansArmenian"),
    (0x0590, 0x05FF, "NotoSansHebrew"),
    (0x0600, 0x06FF, "NotoSansArabic"),
    (0x0750, 0x077F, "NotoSansArabic"),
    (0x08A0, 0x08FF, "NotoSansArabic"),
    (0x0900, 0x097F, "NotoSansDevanagari"),
    (0x0980, 0x09FF, "NotoSansBengali"),
    (0x0A00, 0x0A7F, "NotoSansGurmukhi"),
    (0x0A80, 0x0AFF, "NotoSansGujarati"),
    (0x0B80, 0x0BFF, "NotoSansTamil"),
    (0x0C00, 0x0C7F, "NotoSansTelugu"),
    (0x0C80, 0x0CFF, "NotoSansKannada"),
    (0x0D00, 0x0D7F, "NotoSansMalayalam"),
    (0x0D80, 0x0DFF, "NotoSansSinhala"),
    (0x0E00, 0x0E7F, "NotoSansThai"),
    (0x0E80, 0x0EFF, "NotoSansLao"),
    (0x1000, 0x109F, "NotoSansMyanmar"),
    (0x10A0, 0x10FF, "NotoSansGeorgian"),
    (0x1100, 0x11FF, "NotoSansKR"),
    (0x1200, 0x139F, "NotoSansEthiopic"),
    (0x1780, 0x17FF, "NotoSansKhmer"),
    (0x19E0, 0x19FF, "NotoSansKhmer"),
    (0x1C90, 0x1CBF, "NotoSansGeorgian"),
    (0x2D00, 0x2D2F, "NotoSansGeorgian"),
    (0x3000, 0x30FF, "NotoSansSC"),
    (0x3130, 0x318F, "NotoSansKR"),
    (0x3400, 0x9FFF, "NotoSansSC"),
    (0xA8E0, 0xA8FF, "NotoSansDevanagari"),
    (0xAC00, 0xD7A3, "NotoSansKR"),
    (0xF900, 0xFAFF, "NotoSansSC"),
    (0xFB13, 0xFB17, "NotoSansArmenian"),
    (0xFB1D, 0xFB4F, "NotoSansHebrew"),
    (0xFB50, 0xFDFF, "NotoSansArabic"),
    (0xFE30, 0xFE4F, "NotoSansSC"),
    (0xFE70, 0xFEFC, "NotoSansArabic"),
    (0xFF00, 0xFFEF, "NotoSansSC"),
)
_STARTS: Final = [first for first, _, _ in _SCRIPTS]
_LETTERS_STAND_ALONE: Final = frozenset(
    ("NotoSansArmenian", "NotoSansGeorgian", "NotoSansEthiopic", "NotoSansSC", "NotoSansKR")
)
_registering = Lock()


@dataclass(frozen=True, slots=True)
class Face:
    """One font under the name a page knows it by."""

    name: str
    font: GlyphFont
    has: Container[int]
    shaped: bool
    """Its letters are joined and put in order before they print."""
    heavy: bool = False
    """It stands in for a bold that it has not: its letters are drawn with an outline."""


class Shelf:
    """All shipped fonts; each is read when the first character asks for it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._faces: dict[str, Face] = {}
        self._heavy: dict[str, Face] = {}

    def face(self, name: str) -> Face:
        """Return the font of that name."""
        found = self._faces.get(name)
        if found is None:
            found = self._faces[name] = self._opened(name)
        return found

    def script_face(self, code: int, *, bold: bool) -> Face | None:
        """Return the font of a character that the fonts of Latin letters lack."""
        number = bisect_right(_STARTS, code) - 1
        if number < 0 or code > _SCRIPTS[number][1]:
            return None
        family = _SCRIPTS[number][2]
        return self.family_face(family, code, bold=bold)

    def family_face(self, family: str, code: int, *, bold: bool) -> Face | None:
        """Return the font of a family that has a character, drawn heavy where it has no bold."""
        if family == "NotoSansSC":
            names: tuple[str, ...] = _HAN
        else:
            style = "Bold" if bold and family in _HAS_BOLD else "Regular"
            names = (f"{family}-{style}",)
        for name in names:
            face = self.face(name)
            if code in face.has:
                return self._imitated(face) if bold and family not in _HAS_BOLD else face
        return None

    def _imitated(self, face: Face) -> Face:
        found = self._heavy.get(face.name)
        if found is None:
            found = Face(face.name, face.font, face.has, face.shaped, heavy=True)
            self._heavy[face.name] = found
        return found

    def _opened(self, name: str) -> Face:
        from reportlab import rl_config
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFError

        from intake_app.documents.shaping import GlyphFont

        file = f"{_FILES.get(name, name)}.ttf"
        with _registering:
            rl_config.useA85 = 0  # binary streams: smaller and faster
            if name not in pdfmetrics.getRegisteredFontNames():
                try:
                    font = GlyphFont(name, self._folder / file, latin=name in _FILES)
                except TTFError as error:
                    raise ResourceMissingError(file) from error
                pdfmetrics.registerFont(font)
            known = pdfmetrics.getFont(name)
        if not isinstance(known, GlyphFont):
            raise ResourceMissingError(file)
        family = name.partition("-")[0]
        shaped = name not in _FILES and family not in _LETTERS_STAND_ALONE
        return Face(name, known, known.letters, shaped)
