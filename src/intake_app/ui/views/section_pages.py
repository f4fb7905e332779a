"""Which page belongs to a section, and in which section a field is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.ui.presenters.page_sections import PageSection

if TYPE_CHECKING:
    from intake_app.ui.views.patient_page import PatientPage
    from intake_app.ui.views.section_page import SectionPage

PLACES: dict[str, PageSection] = {
    "patient": PageSection.IDENTITY,
    "insurance": PageSection.IDENTITY,
    "emergency_contact": PageSection.CONTACTS,
    "driver": PageSection.CONTACTS,
    "fracture": PageSection.FRACTURES,
    "fractures": PageSection.FRACTURES,
    "spine": PageSection.FRACTURES,
    "imaging": PageSection.IMAGING,
    "pain": PageSection.IMAGING,
    "pain_medicine": PageSection.IMAGING,
    "safety": PageSection.SAFETY,
    "visit": PageSection.APPOINTMENT,
    "procedure": PageSection.PROCEDURE,
    "treated_level": PageSection.PROCEDURE,
    "new_medicine": PageSection.PROCEDURE,
    "going_home": PageSection.GOING_HOME,
    "action.confirm_fractures": PageSection.FRACTURES,
    "action.add_unknown_level": PageSection.FRACTURES,
    "action.check_identity": PageSection.APPOINTMENT,
    "action.take_over_plan": PageSection.PROCEDURE,
    "action.print_sheet": PageSection.GOING_HOME,
}
"""In which section a field or button is found, by the first part of its object name."""


def section_page_of(section: PageSection, page: PatientPage) -> SectionPage:  # noqa: PLR0911 - one for each
    """Return a new section; its module is loaded with the first one."""
    presenter, notices = page.presenter, page.notices
    match section:
        case PageSection.IDENTITY:
            from intake_app.ui.views.identity_section import IdentitySection

            return IdentitySection(presenter)
        case PageSection.CONTACTS:
            from intake_app.ui.views.contacts_section import ContactsSection

            return ContactsSection(presenter)
        case PageSection.FRACTURES:
            from intake_app.ui.views.fractures_section import FracturesSection

            return FracturesSection(presenter, notices)
        case PageSection.IMAGING:
            from intake_app.ui.views.imaging_section import ImagingSection

            return ImagingSection(presenter)
        case PageSection.SAFETY:
            from intake_app.ui.views.safety_section import SafetySection

            return SafetySection(presenter)
        case PageSection.APPOINTMENT:
            from intake_app.ui.views.appointment_section import AppointmentSection

            return AppointmentSection(presenter, notices)
        case PageSection.PROCEDURE:
            from intake_app.ui.views.procedure_section import ProcedureSection

            return ProcedureSection(presenter)
        case PageSection.GOING_HOME:
            from intake_app.ui.views.going_home_section import GoingHomeSection

            made = GoingHomeSection(presenter, notices)
            made.place_wanted.connect(page.go_to)
            return made
