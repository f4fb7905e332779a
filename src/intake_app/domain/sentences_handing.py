"""Sentences for handing a sheet over: what keeps it back, and what to know first."""

from __future__ import annotations

from intake_app.domain.language import N_

HANDING: dict[str, str] = {
    # why a hand-over is not recorded
    "not_printed": N_("The aftercare sheet has not been printed yet. Print it first."),
    "handed_already": N_(
        "This sheet is recorded as handed over already. Take that back to record it again."
    ),
    "sheet_is_draft": N_(
        "The printed sheet says DRAFT: nobody has approved its wording. "
        "DRAFT sheets are not handed over."
    ),
    "print_incomplete": N_(
        "Not every copy has come out of the printer: {copies}. Print again what is missing."
    ),
    "record_changed": N_(
        "The record changed since the sheet was printed. Print the corrected sheet, "
        "and take the old one back."
    ),
    "not_confirmed_by_eye": N_(
        "First compare name and date of birth on the paper with the patient, then confirm."
    ),
    "nobody_given": N_("Tick who gets the sheet: the patient, the carer, or both."),
    # what the screen says before a hand-over
    "not_asked_yet": N_("Not asked yet: {groups}."),
    "not_able": N_(
        "Not able to say it back: {groups}. Ask the carer to say it back, or tell the physician."
    ),
    "interpreter_not_named": N_(
        "The patient wants an interpreter ({interpreter}), and none is named here. "
        "A qualified interpreter, not a relative unless the patient asks for it."
    ),
    "carer_not_named": N_("The carer gets a copy, but the name is missing."),
    "carer_without_copy": N_("No copy was printed for the carer. Print one, or make a copy."),
}
"""Problem code → sentence with named placeholders."""
