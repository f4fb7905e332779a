"""Letters made of several glyphs stand where their parts stand."""

from pathlib import Path
from struct import unpack_from
from typing import Any

import pytest

from intake_app.documents.shaping import GlyphFont

FONTS = Path(__file__).parents[2] / "resources" / "fonts"


@pytest.mark.parametrize(
    ("file", "text", "leftwards"),
    [
        ("NotoSansArabic-Regular.ttf", "ضيق في التنفس", True),
        ("NotoSansArabic-Bold.ttf", "الرئتان", True),
        ("NotoSansDevanagari-Regular.ttf", "हिन्दी", False),
        ("NotoSansHebrew-Regular.ttf", "שָׁלוֹם", True),
    ],
)
def test_a_composed_glyph_begins_where_its_leftmost_part_begins(
    file: str, text: str, leftwards: bool
) -> None:
    font = GlyphFont(f"test {file}", FONTS / file, latin=False)
    own = len(font.face.glyphPos) - 1

    font.shaped(text, leftwards=leftwards)

    face: Any = font.face
    begins = face.table["glyf"]["offset"]
    added = range(own + 1, len(face.glyphPos) - 1)
    drawn = [glyph for glyph in added if face.glyphPos[glyph] != face.glyphPos[glyph + 1]]
    lefts = [unpack_from(">h", face._ttf_data, begins + face.glyphPos[g] + 2)[0] for g in drawn]
    bearings = [(face.hmetrics[glyph][1] ^ 0x8000) - 0x8000 for glyph in drawn]
    assert drawn
    assert bearings == lefts
