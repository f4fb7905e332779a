"""Going home: what will print and why, what is missing, the very paper, print, print again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.conditions import ALWAYS
from intake_app.domain.language import N_, translated
from intake_app.domain.sentences import error_sentence
from intake_app.domain.sheets import SheetKind
from intake_app.ui.presenters.going_home import PaperPresenter
from intake_app.ui.presenters.hand_over import HandOverPresenter
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.theme import GRID
from intake_app.ui.views.hand_over_card import HandOverCard
from intake_app.ui.views.language_choice import LanguageChoice
from intake_app.ui.views.paper_actions import PaperActions
from intake_app.ui.views.paper_buttons import PaperButtons
from intake_app.ui.views.paper_dialog import SPECIMEN
from intake_app.ui.views.print_state import PrintState
from intake_app.ui.views.printed_before import PrintedBefore
from intake_app.ui.views.section_page import SectionPage
from intake_app.ui.views.size_choice import SizeChoice
from intake_app.ui.widgets.pdf_preview import PdfPreview
from intake_app.ui.widgets.texts import (
    Fold,
    LinkButton,
    SignedText,
    card,
    clear,
    label,
    muted,
    scaled,
    strong,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from intake_app.ui.notices import Notices
    from intake_app.ui.presenters.paper_text import PaperText, Point
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

NOTHING_DONE = N_(
    "Nothing has been done yet. The sheet is made from the procedure record (Alt+7): "
    "the nurse stamps the times and says what was done; then it appears here."
)
_LEFT_SHARE = 2
_RIGHT_SHARE = 3
_LETTERS_FOR_BOTH = 90
"""Below this width in average letters reasons and paper stand one over the other."""


class GoingHomeSection(SectionPage):
    """The aftercare sheet: its reasons on the left, the paper itself on the right."""

    fills_page = True
    place_wanted = Signal(str)
    """The object name of something missing that was pressed."""

    def __init__(self, page: PatientPagePresenter, notices: Notices) -> None:
        super().__init__(PageSection.GOING_HOME)
        self._page = page
        self.presenter = PaperPresenter(page, SheetKind.AFTERCARE)
        self.preview = PdfPreview()
        self.buttons = PaperActions(self.presenter, notices)
        self.print_state = PrintState(self.presenter)
        self.print_state.other_wanted.connect(self.buttons.print_elsewhere)
        self.handing = HandOverPresenter(page)
        self.hand_over = HandOverCard(page, self.handing, notices)
        self.hand_over.file_page_wanted.connect(self.buttons.print_file_page)
        self.presenter.prints.changed.connect(self.handing.follow_prints)
        self.print_size = SizeChoice(self.presenter, "going_home")
        self.language = LanguageChoice(self.presenter, "going_home")
        self.paper = muted(name="going_home.paper")
        self.state = SignedText("clock")
        self.state.setObjectName("going_home.state")
        self.points = QVBoxLayout()
        self.points.setSpacing(2 * GRID)
        self.prints = Fold("", name="going_home.prints", is_open=True)
        self.left_out = Fold("", name="going_home.left_out")
        self.printed = PrintedBefore(self.presenter, self.buttons, name="going_home.printed")
        self.letters = Fold(translated(N_("Letters")), name="going_home.letters", is_open=True)
        self.letters.fill(
            [
                PaperButtons(
                    page,
                    notices,
                    (SheetKind.DISCHARGE_LETTER, N_("Discharge letter…"), "file-text"),
                    (SheetKind.BONE_LETTER, N_("Bone-health letter…"), "bone"),
                )
            ]
        )
        self._arrange()
        self.presenter.text_changed.connect(self._show_text)
        self.presenter.preview_changed.connect(self._show_preview)
        self.presenter.working_changed.connect(self._show_state)

    def _arrange(self) -> None:
        reasons = QWidget()
        left = QVBoxLayout(reasons)
        left.setContentsMargins(0, 0, 3 * GRID, 0)
        left.setSpacing(2 * GRID)
        left.addLayout(self.points)
        left.addWidget(self.hand_over)
        for fold in (self.printed, self.letters, self.prints, self.left_out):
            left.addWidget(fold)
        left.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(reasons)
        choices = QHBoxLayout()
        choices.setSpacing(2 * GRID)
        choices.addWidget(self.print_size, 1)
        choices.addWidget(self.paper)
        right = QVBoxLayout()
        right.setSpacing(2 * GRID)
        right.addWidget(self.buttons)
        right.addWidget(self.print_state)
        right.addLayout(choices)
        right.addWidget(self.language)
        right.addWidget(self.state)
        right.addWidget(self.preview, 1)
        self._reasons, self._beside = reasons, scroll
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(2 * GRID)
        self._both.addWidget(scroll, _LEFT_SHARE)
        self._both.addLayout(right, _RIGHT_SHARE)
        self.lines.addLayout(self._both, 1)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Put the paper over its reasons where there is no room beside them."""
        super().resizeEvent(event)
        narrow = self.width() < _LETTERS_FOR_BOTH * self.fontMetrics().averageCharWidth()
        direction = QBoxLayout.Direction
        self._both.setDirection(direction.BottomToTop if narrow else direction.LeftToRight)
        self._beside.setMinimumHeight(self._reasons.sizeHint().height() if narrow else 0)
        self.preview.setMinimumHeight(self.width() if narrow else 0)

    def shown(self) -> None:
        """Make the paper of the record as it stands."""
        self.print_size.show_size()
        self.paper.setText(
            translated(N_("Paper: {paper}")).format(
                paper=translated(self._page.case.clinic.paper.label)
            )
        )
        self.presenter.start()
        self.handing.start()

    def hidden(self) -> None:
        """Stop following the record."""
        self.presenter.stop()
        self.handing.stop()

    def first_stop(self) -> QWidget | None:
        """Begin at the paper: what is said back may have inputs before it."""
        return self.print_size.input

    # --- showing ----------------------------------------------------------------------------

    def _show_state(self) -> None:
        self.state.set_text(
            translated(N_("The sheet is being made…")) if self.presenter.working else ""
        )

    def _show_preview(self) -> None:
        pdf = self.presenter.pdf
        if pdf is not None:
            self.preview.show_pdf(pdf)
        elif self.presenter.text().blocking:
            self.preview.clear(translated(N_("“Cannot be printed yet” says what keeps it back.")))
        else:
            self.preview.clear()

    def _show_text(self) -> None:
        text = self.presenter.text()
        clear(self.points)
        if self._page.case.procedure.started_at is None and not self._page.case.treated:
            hint = SignedText("info", translated(NOTHING_DONE))
            hint.setObjectName("going_home.empty")
            self.points.addWidget(hint)
        self._show_points(text)
        if self.presenter.failure is not None:
            said = error_sentence(self.presenter.failure)
            self.points.addWidget(SignedText("circle-alert", said, attention=True))
        self.prints.set_title(
            translated(N_("What prints, and why ({n})")).format(n=len(dict.fromkeys(text.blocks)))
        )
        self.prints.fill(_reasons(text.blocks))
        self.left_out.set_title(
            translated(N_("What does not print ({n})")).format(n=len(text.left_out))
        )
        self.left_out.fill(_reasons(text.left_out))

    def _show_points(self, text: PaperText) -> None:
        if text.blocking:
            self._add_card(N_("Cannot be printed yet"), text.blocking, "circle-alert")
        if text.remarks:
            self._add_card(N_("Before you print"), text.remarks, "triangle-alert")
        if text.specimen:
            self.points.addWidget(SignedText("info", translated(SPECIMEN)))
        if text.missing:
            self._add_card(N_("Would make the sheet more exact"), text.missing, "")

    def _add_card(self, title: str, points: tuple[Point, ...], sign: str) -> None:
        frame, lines = card()
        if sign:
            signed = SignedText(sign, translated(title), attention=True)
            signed.text_label.setFont(scaled(self.font(), 1.0, bold=True))
            lines.addWidget(signed)
        else:
            lines.addWidget(strong(translated(title)))
        for point in points:
            lines.addWidget(self._point(point))
        self.points.addWidget(frame)

    def _point(self, point: Point) -> QWidget:
        if not point.place:
            return label(point.text)
        link = LinkButton(point.text, point.place)
        link.setObjectName(f"goto.{point.place}")
        link.clicked.connect(partial(self._go, point.place))
        return link

    def _go(self, place: str, *_: object) -> None:
        self.place_wanted.emit(place)


def _reasons(pairs: tuple[tuple[str, str], ...]) -> list[QWidget]:
    """Return a line for each block; a reason of its own stands under its title."""
    widgets: list[QWidget] = []
    for title, reason in dict.fromkeys(pairs):
        if reason == ALWAYS:
            widgets.append(label(f"{title} · {translated(reason)}"))
            continue
        box = QWidget()
        lines = QVBoxLayout(box)
        lines.setContentsMargins(0, 0, 0, GRID)
        lines.setSpacing(0)
        lines.addWidget(label(title))
        lines.addWidget(muted(reason))
        widgets.append(box)
    return widgets
