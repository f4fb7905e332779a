"""Identity: who the patient is, how to reach and to talk to them, who referred, who pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.language import N_
from intake_app.domain.patients import Insurance, Patient
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.views.section_page import BETWEEN, SectionPage
from intake_app.ui.widgets.field_form import FieldForm, Section

if TYPE_CHECKING:
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

GROUPS = (
    Section(
        N_("Name and birth"),
        (
            *("family_name", "given_name", "middle_name", "birth_date", "record_number"),
            *("sex", "gender", "preferred_name", "former_name", "pronouns"),
        ),
    ),
    Section(
        N_("Phone and e-mail"),
        (
            *("mobile_phone", "home_phone", "best_time_to_call", "may_leave_message"),
            *("email", "portal_consent"),
        ),
    ),
    Section(
        N_("Address"),
        ("address_line_1", "address_line_2", "city", "region", "postcode", "country"),
    ),
    Section(
        N_("Language and reading"),
        (
            *("language_spoken", "language_read", "interpreter"),
            *("reading_needs", "reading_needs_note"),
        ),
    ),
    Section(
        N_("Home and representative"),
        (
            *("lives_alone", "stairs", "who_helps", "representative"),
            *("representative_name", "representative_phone", "advance_directive"),
        ),
    ),
    Section(
        N_("Referring physician"),
        (
            *("referrer_name", "referrer_practice", "referrer_phone"),
            *("referrer_fax", "referrer_identifier"),
        ),
    ),
    Section(
        N_("Bone health or primary care"),
        (
            *("bone_health_name", "bone_health_practice", "bone_health_phone"),
            *("bone_health_fax", "bone_health_identifier"),
        ),
    ),
)
INSURANCE = (
    Section(N_("Insurance"), ("payer", "plan_type", "member_id", "group", "holder")),
    Section(
        N_("Prior authorisation"),
        (
            *("authorisation", "authorisation_number", "authorisation_from"),
            *("authorisation_to", "authorisation_units"),
        ),
    ),
)


class IdentitySection(SectionPage):
    """Everything about the person that does not change with the visit."""

    def __init__(self, page: PatientPagePresenter) -> None:
        super().__init__(PageSection.IDENTITY)
        self.form = FieldForm(page.form(Patient), sections=GROUPS)
        self.insurance = FieldForm(page.form(Insurance), sections=INSURANCE)
        self.lines.addWidget(self.form)
        self.lines.addSpacing(BETWEEN)
        self.lines.addWidget(self.insurance)
        self.finish()
