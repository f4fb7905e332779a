"""Imaging and pain: what pictures there are, how it hurts, what is taken against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.imaging import Imaging
from intake_app.domain.language import N_
from intake_app.domain.pain import PainFunction, PainMedicine
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.views.section_page import BETWEEN, SectionPage
from intake_app.ui.widgets.field_form import FieldForm, Section
from intake_app.ui.widgets.rows_form import RowsForm

if TYPE_CHECKING:
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

PICTURES = (
    Section(N_("MRI"), ("mri", "mri_on", "mri_place", "mri_accession", "mri_stir")),
    Section(N_("If there is no MRI"), ("no_mri_reason", "no_mri_note")),
    Section(N_("Other imaging"), ("other", "other_on", "other_result")),
    Section(N_("Bone density"), ("dexa_on", "dexa_site", "dexa_t_score")),
    Section(N_("Examination"), ("level_match",)),
)
PAIN = (
    Section(
        N_("Pain"),
        ("pain_now", "pain_worst", "pain_moving", "course"),
    ),
    Section(
        N_("Daily life"),
        ("walking", "roland_morris", "oswestry", "care_tried", "care_tried_weeks"),
    ),
    Section(
        N_("Legs, bladder and bowel"),
        (
            *("leg_weakness", "leg_numbness", "saddle_numbness", "bladder_bowel"),
            "leg_symptoms_since",
        ),
    ),
)


class ImagingSection(SectionPage):
    """Imaging, pain and function, and the pain medicines taken now."""

    def __init__(self, page: PatientPagePresenter) -> None:
        super().__init__(PageSection.IMAGING)
        self.imaging = FieldForm(page.form(Imaging), sections=PICTURES)
        self.pain = FieldForm(page.form(PainFunction), sections=PAIN)
        self.medicines = RowsForm(
            page.rows(PainMedicine),
            add_label=N_("Add a pain medicine"),
            row_label=N_("Pain medicine"),
            columns=1,
        )
        self.lines.addWidget(self.imaging)
        self.lines.addSpacing(BETWEEN)
        self.lines.addWidget(self.pain)
        self.add_heading(N_("Pain medicines taken now"))
        self.lines.addWidget(self.medicines)
        self.finish()
