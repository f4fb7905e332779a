"""Paint the spine: processes, discs, bodies, names and marks, in the palette of the moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPalette,
    QPen,
)

from intake_app.domain.fractures import FractureStatus
from intake_app.domain.language import N_, translated
from intake_app.domain.spine import LEVELS
from intake_app.ui.theme import ACCENT, MUTED, contrast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.ui.widgets.spine_shape import Spine, Vertebra

_PLANNED = FractureStatus.PLANNED.value
_LETTERS = {
    FractureStatus.HEALED.value: N_("H"),
    FractureStatus.WATCH.value: N_("W"),
    FractureStatus.TREATED.value: N_("T"),
}
_WORDS = {
    FractureStatus.PLANNED.value: N_("Planned"),
    FractureStatus.HEALED.value: N_("Healed"),
    FractureStatus.WATCH.value: N_("Watch"),
    FractureStatus.TREATED.value: N_("Treated"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpineLook:
    """What the drawing shows at one moment."""

    rows: Mapping[str, str]
    """Status of each marked level."""
    current: str
    hovered: str
    focused: str
    font: QFont
    palette: QPalette
    width: float
    grown: float
    """How much larger the text is than usual."""


def paint_spine(painter: QPainter, shape: Spine, look: SpineLook) -> None:
    """Draw everything; a state shows as a shape, a letter and a word, never as colour alone."""
    _Drawing(painter, shape, look).paint()


class _Drawing:
    def __init__(self, painter: QPainter, shape: Spine, look: SpineLook) -> None:
        self._painter = painter
        self._shape = shape
        self._look = look
        self._ink = _Ink(look.palette, max(1.0, shape.scale))

    def paint(self) -> None:
        """Draw from the back to the front."""
        painter, shape, ink = self._painter, self._shape, self._ink
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_lines()
        painter.setPen(QPen(ink.edge, ink.stroke))
        painter.setBrush(ink.arch)
        for level in reversed(LEVELS):
            painter.drawPath(shape.vertebrae[level].process)
        for tail in shape.tail:
            painter.drawPath(tail)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.disc)
        for vertebra in shape.vertebrae.values():
            if vertebra.disc is not None:
                painter.drawPath(vertebra.disc)
        for vertebra in shape.vertebrae.values():
            self._paint_body(vertebra)
        for vertebra in shape.vertebrae.values():
            self._paint_words(vertebra)
        if self._look.focused:
            self._paint_ring(shape.vertebrae[self._look.focused])

    def _paint_lines(self) -> None:
        """Tint the line of the selected level and of the one under the pointer."""
        painter, ink, shape = self._painter, self._ink, self._shape
        painter.setPen(Qt.PenStyle.NoPen)
        for level, vertebra in shape.vertebrae.items():
            hovered = level == self._look.hovered
            if level == self._look.current or hovered:
                painter.setBrush(ink.selected if level == self._look.current else ink.hovered)
                painter.drawRoundedRect(vertebra.strip.adjusted(1, 0, -1, 0), 4, 4)

    def _paint_body(self, vertebra: Vertebra) -> None:
        painter, ink = self._painter, self._ink
        status = self._look.rows.get(vertebra.level)
        if status is None:
            painter.setPen(QPen(ink.edge, ink.stroke))
            painter.setBrush(ink.bone)
            painter.drawPath(vertebra.body)
            return
        if status == _PLANNED:
            painter.setPen(QPen(ink.accent_edge, ink.stroke + 0.4))
            painter.setBrush(ink.accent)
            painter.drawPath(vertebra.body)
            self._paint_tick(vertebra)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.surface)
        painter.drawPath(vertebra.body)
        painter.setBrush(QBrush(ink.accent, Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(ink.accent, ink.stroke + 0.6))
        painter.drawPath(vertebra.body)
        self._paint_letter(vertebra, translated(_LETTERS.get(status, "?")))

    def _paint_tick(self, vertebra: Vertebra) -> None:
        painter, ink = self._painter, self._ink
        side = min(vertebra.strip.height() * 0.30, 8.0 * self._look.grown)
        at = vertebra.centre
        tick = QPainterPath(at + QPointF(-side * 0.75, side * 0.02))
        tick.lineTo(at + QPointF(-side * 0.15, side * 0.58))
        tick.lineTo(at + QPointF(side * 0.80, -side * 0.58))
        pen = QPen(ink.on_accent, max(1.6, side * 0.28))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(tick, pen)

    def _paint_letter(self, vertebra: Vertebra, letter: str) -> None:
        painter, ink = self._painter, self._ink
        side = min(vertebra.strip.height() * 0.70, 16.0 * self._look.grown)
        box = QRectF(0, 0, side, side)
        box.moveCenter(vertebra.centre)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.surface)
        painter.drawEllipse(box)
        font = QFont(self._look.font)
        font.setPixelSize(max(7, int(side * 0.82)))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(ink.text)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_words(self, vertebra: Vertebra) -> None:
        """Write the name beside the body and the status behind the process."""
        painter, ink = self._painter, self._ink
        level, strip = vertebra.level, vertebra.strip
        status = self._look.rows.get(level)
        small = level[0] in "CS"
        font = QFont(self._look.font)
        room = strip.height() * (1.5 if small else 0.86)
        usual = QFontMetricsF(self._look.font).height()
        if room < usual:
            font.setPointSizeF(self._look.font.pointSizeF() * room / usual)
        font.setBold(status is not None or level == self._look.current)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(ink.text if status is not None or not small else ink.muted)
        width = metrics.horizontalAdvance(level)
        right = vertebra.left - 7 * self._shape.scale
        if small and int(level[1:]) % 2 == 0:
            # Two columns: neighbours are closer than a line of text is high.
            right -= metrics.horizontalAdvance("C7") + 8 * self._shape.scale
        box = QRectF(right - width - 1, strip.center().y() - strip.height(), width + 2, 0)
        box.setHeight(2 * strip.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, level)
        if status is not None:
            word = translated(_WORDS.get(status, status))
            column = self._shape.column
            place = QRectF(column, box.y(), self._look.width - column, box.height())
            painter.drawText(
                place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word
            )

    def _paint_ring(self, vertebra: Vertebra) -> None:
        """Draw the focus ring last, over its neighbours."""
        painter, ink = self._painter, self._ink
        stroker = QPainterPathStroker()
        stroker.setWidth(7 * ink.scale)
        stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        body = vertebra.body
        outline = stroker.createStroke(body).united(body).simplified()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink.surface, 5 * ink.scale))
        painter.drawPath(outline)
        painter.setPen(QPen(ink.text, 2.2 * ink.scale))
        painter.drawPath(outline)


class _Ink:
    """The colours of the drawing, from the palette of the moment."""

    def __init__(self, palette: QPalette, scale: float) -> None:
        role = QPalette.ColorRole
        window, text = palette.color(role.Window), palette.color(role.WindowText)
        self.surface = palette.color(role.Base)
        self.text = text
        self.muted = palette.color(MUTED)
        self.accent = palette.color(ACCENT)
        self.on_accent = palette.color(role.HighlightedText)
        high_contrast = contrast(window, text) > 20  # noqa: PLR2004 - black and white
        dark = window.lightnessF() < 0.5  # noqa: PLR2004 - the middle
        self.scale = scale
        self.stroke = (1.4 if high_contrast else 1.1) * scale
        if high_contrast:
            self.bone = self.arch = self.disc = window
            self.edge = text
        elif dark:
            self.bone, self.arch = QColor("#3d474e"), QColor("#2c353b")
            self.disc, self.edge = QColor("#262e33"), QColor("#93a3ad")
        else:
            self.bone, self.arch = QColor("#f6efe1"), QColor("#eae0cc")
            self.disc, self.edge = QColor("#d8dfe2"), QColor("#7d7464")
        self.accent_edge = text if high_contrast else self.accent.darker(130)
        self.selected = QColor(self.accent)
        self.selected.setAlphaF(0.30 if high_contrast else 0.16)
        self.hovered = QColor(self.accent)
        self.hovered.setAlphaF(0.08)
