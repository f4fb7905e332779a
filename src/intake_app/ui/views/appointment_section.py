"""Appointment: when, where, by whom; identity checked; papers for before the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from intake_app.domain.language import N_, translated
from intake_app.domain.sheets import SheetKind
from intake_app.domain.visits import Visit
from intake_app.ui.presenters.dates import moment_words
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.views.page_parts import action_button
from intake_app.ui.views.paper_buttons import PaperButtons
from intake_app.ui.views.section_page import SectionPage
from intake_app.ui.widgets.field_form import FieldForm, Section
from intake_app.ui.widgets.flow import FlowLayout
from intake_app.ui.widgets.texts import SignedText, muted

if TYPE_CHECKING:
    from intake_app.ui.notices import Notices
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

GROUPS = (
    Section(
        "",
        (
            *("day", "planned_start", "planned_arrival", "room", "operator"),
            *("planned_procedure", "planned_sedation", "what_to_bring"),
        ),
    ),
)


class AppointmentSection(SectionPage):
    """The appointment and everything reception hands out before the visit."""

    def __init__(self, page: PatientPagePresenter, notices: Notices) -> None:
        super().__init__(PageSection.APPOINTMENT)
        self._page = page
        self.form = FieldForm(page.form(Visit), sections=GROUPS)
        self.checked = SignedText("circle-help")
        self.checked.setObjectName("visit.identity_checked")
        self.check = action_button(
            "check_identity", N_("Name and date of birth are checked"), "check"
        )
        self.check.clicked.connect(page.check_identity)
        self.papers = PaperButtons(
            page,
            notices,
            (SheetKind.WHAT_TO_EXPECT, N_("What to expect…"), "file-text"),
            (SheetKind.DRIVER_CARD, N_("Driver card…"), "car"),
            (SheetKind.APPOINTMENT_CARD, N_("Appointment card…"), "calendar-days"),
        )
        self.expect = self.papers.button(SheetKind.WHAT_TO_EXPECT)
        self.lines.addWidget(self.form)
        self.add_heading(N_("Identity check"))
        self.lines.addWidget(self.checked)
        self.lines.addWidget(_row(self.check))
        self.add_heading(N_("Papers for before the visit"))
        self.lines.addWidget(
            muted(translated(N_("You see the paper first; nothing prints by itself.")))
        )
        self.lines.addWidget(self.papers)
        self.finish()
        page.refreshed.connect(self._refresh)
        self._refresh()

    def go_on_inside(self) -> bool:
        """Go on to the identity check, or once it was made to the paper for the patient."""
        following = self.expect if self._page.case.visit.identity_checked else self.check
        following.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _refresh(self) -> None:
        visit = self._page.case.visit
        if visit.identity_checked and visit.identity_checked_at is not None:
            text = translated(N_("Checked by {name}, {moment}")).format(
                name=visit.identity_checked_by,
                moment=moment_words(visit.identity_checked_at, self._page.case.clinic.zone),
            )
            self.checked.show_sign("check", attention=False)
        else:
            text = translated(
                N_("Not checked yet. Ask for the full name and the date of birth, then press.")
            )
            self.checked.show_sign("circle-help", attention=True)
        self.checked.set_text(text)

    def open_paper(self, kind: SheetKind) -> None:
        """Show one of the papers from before the visit, to look at and to print."""
        self.papers.open(kind)


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = FlowLayout(row)
    for widget in widgets:
        layout.addWidget(widget)
    return row
