"""Contacts and driver: who takes the patient home, and whom to ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from intake_app.domain.language import N_, translated
from intake_app.domain.patients import EmergencyContact
from intake_app.domain.visits import ResponsibleAdult
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.views.page_parts import action_button
from intake_app.ui.views.section_page import BETWEEN, SectionPage
from intake_app.ui.widgets.field_form import FieldForm, Section, Stamps
from intake_app.ui.widgets.texts import muted

if TYPE_CHECKING:
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

DRIVER = (
    Section(
        N_("Driver and responsible adult"),
        (
            *("name", "relation", "phone", "will_take_home", "will_stay_overnight"),
            *("hours_staying", "confirmed_at"),
        ),
    ),
    Section(N_("No adult needed"), ("exempted", "exempted_by", "exempted_at")),
)
EMERGENCY = (Section(N_("Emergency contact"), ("name", "relation", "phone")),)


class ContactsSection(SectionPage):
    """The driver of this visit, and the emergency contact of the patient."""

    def __init__(self, page: PatientPagePresenter) -> None:
        super().__init__(PageSection.CONTACTS)
        confirmed = {"confirmed_at": N_("Confirmed by phone now")}
        stamps = Stamps(page.now, frozenset({"confirmed_at", "exempted_at"}), confirmed)
        self.driver = FieldForm(page.form(ResponsibleAdult), sections=DRIVER, stamps=stamps)
        self.contact = FieldForm(page.form(EmergencyContact), sections=EMERGENCY)
        self.lines.addWidget(
            muted(translated(N_("Who takes the patient home, and who stays with them afterwards.")))
        )
        self.same = action_button("same_as_driver", N_("&Same person as the driver"), "users")
        self.same.clicked.connect(self._take_over_driver)
        self.lines.addWidget(self.driver)
        self.lines.addSpacing(BETWEEN)
        self.lines.addWidget(self.contact)
        self.lines.addWidget(self.same, 0, Qt.AlignmentFlag.AlignLeft)
        self.finish()

    def _take_over_driver(self) -> None:
        """Fill what is empty at the emergency contact with what is typed about the driver."""
        for key in ("name", "relation", "phone"):
            if not self.contact.model.text(key).strip():
                self.contact.model.set_value(key, self.driver.model.text(key))
