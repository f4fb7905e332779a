"""The right side of the wording page: the paper of a sample patient, and the writer's remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from intake_app.domain.countries import Paper
from intake_app.domain.fields import Option
from intake_app.domain.language import N_, translated
from intake_app.domain.sentences import error_sentence
from intake_app.domain.sheets import PrintSize
from intake_app.services.specimens import SAMPLES
from intake_app.ui.presenters.wording_remarks import grade_words, rows_of
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.inputs import ChoiceInput
from intake_app.ui.widgets.pdf_preview import PdfPreview
from intake_app.ui.widgets.texts import label, muted, show_text, strong
from intake_app.ui.widgets.word_list import Row, WordList

if TYPE_CHECKING:
    from intake_app.ui.presenters.wording_preview import WordingPreview

_REMARK_LINES = 8
_PAPER_HEIGHT = 45 * GRID


class SamplePaper(QWidget):
    """Follows the words; a remark leads to its text."""

    place_wanted = Signal(object)
    """The ``Place`` of a remark that was chosen."""

    def __init__(self, presenter: WordingPreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._pdf = b""
        self.sample = self._choice(
            "sample", N_("Sample patient"), [Option(each.id, each.label) for each in SAMPLES]
        )
        self.print_size = self._choice(
            "size",
            N_("Print size"),
            [
                Option("", N_("As the patient needs")),
                *(Option(size.value, size.label) for size in PrintSize),
            ],
        )
        self.paper = self._choice(
            "paper",
            N_("Paper"),
            [
                Option("", N_("Paper of the clinic")),
                *(Option(paper.value, paper.label) for paper in Paper),
            ],
        )
        self.preview = PdfPreview(self)
        self.preview.setMinimumHeight(_PAPER_HEIGHT)
        self._said = label(name="wording.preview_said")
        self._grade = label(name="wording.grade")
        self._title = strong(translated(N_("Remarks for the writer")))
        self.remarks = WordList(
            "wording.remarks", N_("Remarks for the writer"), lines=_REMARK_LINES
        )
        self.remarks.itemActivated.connect(lambda item: self._go(self.remarks.row(item)))
        self.remarks.itemClicked.connect(lambda item: self._go(self.remarks.row(item)))
        self._arrange()
        presenter.drawn_changed.connect(self._show_paper)
        presenter.report_changed.connect(self._show_report)
        self._show_report()

    def _choice(self, name: str, title: str, options: list[Option]) -> ChoiceInput:
        made = ChoiceInput(options, self)
        made.removeItem(0)
        made.setObjectName(f"wording.{name}")
        made.setAccessibleName(translated(title))
        made.setToolTip(made.accessibleName())
        made.setMinimumContentsLength(8)
        made.currentIndexChanged.connect(self._choose)
        return made

    def _arrange(self) -> None:
        second = QHBoxLayout()
        second.setSpacing(GRID)
        second.addWidget(self.print_size, 1)
        second.addWidget(self.paper, 1)
        upper = QWidget(self)
        paper = QVBoxLayout(upper)
        paper.setContentsMargins(0, 0, 0, 0)
        paper.setSpacing(GRID)
        paper.addWidget(strong(self.sample.accessibleName()))
        paper.addWidget(self.sample)
        paper.addLayout(second)
        paper.addWidget(self._said)
        paper.addWidget(self.preview, 1)
        lower = QWidget(self)
        remarks = QVBoxLayout(lower)
        remarks.setContentsMargins(0, GRID, 0, 0)
        remarks.setSpacing(GRID)
        remarks.addWidget(self._title)
        remarks.addWidget(self._grade)
        remarks.addWidget(self.remarks, 1)
        self._hint = muted(translated(N_("Enter goes to the text of a remark.")))
        remarks.addWidget(self._hint)
        both = QSplitter(Qt.Orientation.Vertical, self)
        both.setChildrenCollapsible(False)
        both.addWidget(upper)
        both.addWidget(lower)
        both.setStretchFactor(0, 3)
        both.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(both)
        self._said.hide()

    # --- what is chosen ---------------------------------------------------------------------

    def _choose(self) -> None:
        size, paper = self.print_size.chosen(), self.paper.chosen()
        self._presenter.choose(
            self.sample.chosen() or SAMPLES[0].id,
            PrintSize(size) if size else None,
            Paper(paper) if paper else None,
        )

    def _go(self, row: int) -> None:
        report = self._presenter.report
        if report is not None and 0 <= row < len(report.remarks):
            self.place_wanted.emit(rows_of(report)[row].place)

    # --- what is shown ----------------------------------------------------------------------

    def _show_paper(self) -> None:
        presenter = self._presenter
        said = list(presenter.said)
        if presenter.failure is not None:
            said.append(error_sentence(presenter.failure))
        show_text(self._said, "\n".join(said))
        pdf = presenter.drawn.pdf if presenter.drawn is not None else b""
        if pdf == self._pdf:
            return
        self._pdf = pdf
        if pdf:
            self.preview.show_pdf(pdf)
        else:
            self.preview.clear()

    def _show_report(self) -> None:
        report = self._presenter.report
        show_text(self._grade, grade_words(report, self._presenter.printed))
        rows = rows_of(report) if report is not None else ()
        title = translated(N_("Remarks for the writer: {count}")).format(count=len(rows))
        self._title.setText(title)
        self.remarks.fill(
            tuple(
                Row(str(n), row.words, sign="info" if row.note else "triangle-alert")
                for n, row in enumerate(rows)
            ),
            "",
        )
