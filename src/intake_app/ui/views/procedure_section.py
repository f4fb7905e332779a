"""Procedure record: what was really done, in the order of the day. The paper is made from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from intake_app.domain.fields import field_of
from intake_app.domain.language import N_, translated
from intake_app.domain.procedures import STAMPS, NewMedicine, ProcedureRecord, TreatedLevel
from intake_app.domain.staff import Action
from intake_app.ui.presenters.dates import clock_words
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.theme import icon
from intake_app.ui.views.section_page import BETWEEN, SectionPage
from intake_app.ui.widgets.field_form import FieldForm, Section, Stamps
from intake_app.ui.widgets.flow import FlowLayout
from intake_app.ui.widgets.press import press_once
from intake_app.ui.widgets.rows_form import RowsForm
from intake_app.ui.widgets.texts import muted

if TYPE_CHECKING:
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

TIMES = (Section("", (*STAMPS, "operator")),)
TREATMENT = (
    Section(N_("Sedation"), ("sedation", "last_sedative_at", "reversal", "reversal_at")),
    Section(N_("Skin and events"), ("closure", "stitches_out_on", "events", "events_note")),
)
MEDICINES = (
    Section(
        "",
        (
            *("opioid_continued", "naloxone", "simple_pain_medicine", "nsaid_ordered"),
            *("usual_medicines", "antibiotic"),
        ),
    ),
    Section(
        N_("Blood thinner"),
        ("blood_thinner_restart", "blood_thinner_restart_at", "blood_thinner_ordered_by"),
    ),
    Section(N_("Other orders"), ("diabetes_plan", "cancer_plan", "sleep_apnoea_plan")),
    Section(N_("Brace"), ("brace", "brace_when", "brace_until")),
    Section(
        N_("Limits, only if ordered differently"),
        (
            *("limits_ordered_by", "lifting_limit", "lifting_until", "no_driving_hours"),
            *("shower_after_hours", "bath_after_days", "dressing_off_hours"),
        ),
    ),
    Section(
        N_("Follow-up"),
        (
            *("follow_up_at", "follow_up_place", "call_back_on"),
            *("bone_health_referral", "bone_health_place"),
        ),
    ),
    Section(
        N_("Discharge"),
        (
            *("score_variant", "score_items", "score_total", "score_at", "score_by"),
            *("discharge_ordered_by", "discharge_ordered_at"),
        ),
    ),
    Section(N_("Note for the patient"), ("nurse_note",)),
)
_NOW = frozenset({"last_sedative_at", "reversal_at", "score_at", "discharge_ordered_at"})


class ProcedureSection(SectionPage):
    """The record the aftercare sheet depends on; typed by the nurse from the physician's note."""

    def __init__(self, page: PatientPagePresenter) -> None:
        super().__init__(PageSection.PROCEDURE)
        self._page = page
        self._stamps: dict[str, QPushButton] = {}
        model = page.form(ProcedureRecord)
        stamps = Stamps(page.now, _NOW)
        self.times = FieldForm(model, sections=TIMES, stamps=stamps)
        self.treatment = FieldForm(model, sections=TREATMENT, stamps=stamps)
        self.medicines = FieldForm(model, sections=MEDICINES, stamps=stamps)
        self.levels = RowsForm(
            page.rows(TreatedLevel), add_label=N_("Add a level"), row_label=N_("Level"), columns=1
        )
        self.new_medicines = RowsForm(
            page.rows(NewMedicine),
            add_label=N_("Add a medicine"),
            row_label=N_("Medicine"),
            columns=1,
        )
        self.take_over = QPushButton(translated(N_("Take over the planned levels")))
        self.take_over.setObjectName("action.take_over_plan")
        self.take_over.setAutoDefault(False)
        self.take_over.clicked.connect(page.take_over_plan)
        self._arrange()
        page.refreshed.connect(self._refresh)
        self._refresh()

    def _arrange(self) -> None:
        self.lines.addWidget(muted(translated(N_("One press stamps the time of now."))))
        self.lines.addWidget(self._stamp_bar())
        self.lines.addWidget(self.times)
        self.add_heading(N_("What was done at each level"))
        self.lines.addWidget(self.take_over, 0, Qt.AlignmentFlag.AlignLeft)
        self.lines.addWidget(self.levels)
        self.lines.addSpacing(BETWEEN)
        self.lines.addWidget(self.treatment)
        self.add_heading(N_("New medicines for home"))
        self.lines.addWidget(self.new_medicines)
        self.lines.addWidget(self.medicines)
        self.finish()

    def _stamp_bar(self) -> QWidget:
        bar = QWidget()
        layout = FlowLayout(bar)
        for key in STAMPS:
            button = QPushButton()
            press_once(button)
            button.setObjectName(f"action.stamp.{key}")
            button.setIcon(icon("clock"))
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._stamp, key))
            layout.addWidget(button)
            self._stamps[key] = button
        return bar

    def _stamp(self, key: str, *_: object) -> None:
        self._page.stamp(key)

    def _refresh(self) -> None:
        case, allowed = self._page.case, self._page.actor.may(Action.RECORD_PROCEDURE)
        for key, button in self._stamps.items():
            text = translated(field_of(ProcedureRecord, key).label)
            at = getattr(case.procedure, key)
            if at is not None:
                text = f"{text} {clock_words(at, case.clinic.zone, case.visit.day)}"
            button.setText(text)
            button.setAccessibleName(text)
            button.setIcon(icon("check" if at is not None else "clock"))
            button.setEnabled(allowed and at is None)
        planned = {row.level for row in case.fractures if row.status.value == "planned"}
        there = {row.level for row in case.treated}
        self.take_over.setEnabled(allowed and bool(planned - there))
