"""Lines of joined and stacked letters against what Qt makes of the same font."""

from dataclasses import replace

import numpy
import numpy.typing
import pytest
from PIL import Image, ImageOps
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QGuiApplication,
    QImage,
    QPainter,
    QTextLayout,
    QTextOption,
)

from intake_app.documents.engine import ReportLabEngine
from intake_app.domain.sheets import Paragraph
from tests.documents import samples
from tests.documents.conftest import FONTS
from tests.documents.looking import picture_of

LINES = {
    "Arabic": ("ar", "استريحوا لتتعافوا واعرفوا علامات الخطر، جافًّا"),
    "Hebrew": ("he", "שרה כהן"),
    "Devanagari": ("hi", "प्रिया शर्मा कृष्णा"),
    "Khmer": ("km", "សុភា ស្រីមុំ"),
    "Myanmar": ("my", "အောင်ဆန်း"),
    "Tamil": ("ta", "கௌரி ஸ்ரீ"),
}


def ink(picture: Image.Image, *, size: tuple[int, int]) -> numpy.typing.NDArray[numpy.float64]:
    """Return how dark each place is, cropped to what is drawn and scaled."""
    dark = ImageOps.invert(picture.convert("L"))
    box = dark.point(lambda shade: 255 if shade > 100 else 0).getbbox()
    return numpy.asarray(dark.crop(box).resize(size), dtype=float) / 255


def by_qt(file: str, text: str, *, leftwards: bool) -> Image.Image:
    """Return the line as Qt sets it."""
    number = QFontDatabase.addApplicationFont(str(FONTS / file))
    font = QFont(QFontDatabase.applicationFontFamilies(number)[0])
    font.setPixelSize(60)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if leftwards else Qt.LayoutDirection.LeftToRight
    )
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1900)
    layout.endLayout()
    image = QImage(2000, 200, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    layout.draw(painter, QPointF(40, 40))
    painter.end()
    QFontDatabase.removeApplicationFont(number)
    rows = numpy.frombuffer(bytes(image.constBits()), dtype=numpy.uint8)
    return Image.fromarray(rows.reshape(200, image.bytesPerLine())[:, :2000].copy())


@pytest.mark.parametrize("script", list(LINES))
def test_a_line_looks_as_qt_draws_it(
    engine: ReportLabEngine, qapp: QGuiApplication, script: str
) -> None:
    language, text = LINES[script]
    block = samples.block("X", "", Paragraph(text))
    sheet = replace(
        samples.ordinary(),
        kind=samples.driver_card().kind,
        language=language,
        blocks=(block,),
        title=text,
        check_code="",
        subtitle="",
    )

    page = picture_of(engine.draw(sheet).pdf, dots_per_inch=200)
    ours = page.crop((60, 330, page.width - 60, 460))

    qt = by_qt(f"NotoSans{script}-Regular.ttf", text, leftwards=language in ("ar", "he"))
    one, two = ink(ours, size=(900, 60)), ink(qt, size=(900, 60))
    assert numpy.corrcoef(one.ravel(), two.ravel())[0, 1] > 0.9
