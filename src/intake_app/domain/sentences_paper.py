"""Sentences for papers: why one cannot be printed, what is missing, what to know first."""

from __future__ import annotations

from intake_app.domain.language import N_
from intake_app.domain.sentences_handing import HANDING

PAPER: dict[str, str] = {
    # why a paper cannot be printed
    "no_patient_name": N_("The patient’s name is missing. Type it on the patient page."),
    "no_birth_date": N_(
        "The date of birth is missing. It is the second thing that shows whose sheet this is."
    ),
    "no_record_number": N_("The record number is missing. Type it on the patient page."),
    "no_phone_day": N_("The clinic’s daytime phone is missing. The manager types it in Settings."),
    "no_phone_night": N_(
        "The phone for nights and weekends is missing. The manager types it in Settings."
    ),
    "no_emergency_number": N_("The emergency number is missing. The manager types it in Settings."),
    "no_nurse": N_(
        "A nurse or a physician prints this sheet. Choose at the top who you are, then print."
    ),
    "no_treated_level": N_(
        "No treated level is recorded. Say in the procedure record what was done at which level."
    ),
    "treated_level_not_named": N_(
        "A treated level has no name. Choose the vertebra in the procedure record."
    ),
    "limits_not_approved": N_(
        "Nobody has approved the clinic’s limits. A physician looks at them in Settings, "
        "and the name is typed there."
    ),
    "limit_blank": N_(
        "The clinic has no number for “{limit}”. The manager types it in Settings after a "
        "physician approved it."
    ),
    "limits_without_order": N_(
        "“{limit}” was changed for this patient, but not who ordered it. "
        "Type the physician’s name, or empty the field."
    ),
    "placeholder_unresolved": N_(
        "The sheet has a blank where “{name}” should stand. Record it, then look at the sheet "
        "again."
    ),
    "block_failed": N_(
        "The part “{title}” of the sheet came out empty. "
        "Ask whoever looks after the wording to correct it."
    ),
    "no_start": N_("The start of the procedure is missing. Type it under Appointment."),
    "no_fractures": N_(
        "No fracture is planned to treat, so there is no estimate. Mark at least one vertebra."
    ),
    # what is not recorded and would make the sheet truer
    "not_recorded": N_("“{field}” is not recorded, so the sheet says nothing about it."),
    "safer_text": N_("“{field}” is not answered. The sheet prints the safer text."),
    "sedation_not_recorded": N_(
        "Sedation is not recorded. The sheet prints the rules for after sedation."
    ),
    "last_sedative_not_recorded": N_(
        "The time of the last dose into the vein is missing. The rules count from the end of the "
        "procedure."
    ),
    "end_not_recorded": N_(
        "The end of the procedure is missing. Limits count from its start, or else from now."
    ),
    "closure_not_recorded": N_(
        "How the skin was closed is not recorded. The sheet tells the patient to ask."
    ),
    "stitches_date_not_recorded": N_(
        "The day for taking out the stitches is missing. The sheet tells the patient to call."
    ),
    "sites_not_recorded": N_(
        "The number of skin nicks is not recorded for every level, so it is not printed."
    ),
    "follow_up_not_recorded": N_(
        "No follow-up visit is recorded. The sheet tells the patient to call and book one."
    ),
    "no_opening_hours": N_(
        "The clinic’s opening hours are missing. The sheet says “by day” beside the phone."
    ),
    "question_not_answered": N_(
        "The safety question “{question}” has no answer. The sheet prints the safer text."
    ),
    "cause_not_recorded": N_(
        "The cause of a fracture is not recorded. The sheet prints the part about weak bones."
    ),
    # letters
    "no_addressee": N_(
        "Nobody is named whom the letter goes to. Type the name under Contacts, then print."
    ),
    "addressee_without_address": N_(
        "Neither practice, phone nor fax of the addressee is recorded. The letter has the name."
    ),
    "cause_missing_in_letter": N_(
        "The cause of a fracture is not recorded. The letter says “not recorded”."
    ),
    "fracture_date_not_recorded": N_(
        "When a fracture happened is not recorded. The letter says “not recorded”."
    ),
    "no_t_score": N_("No T-score is recorded. The letter says so."),
    "procedure_not_planned": N_("The planned procedure is not recorded."),
    "sedation_not_planned": N_(
        "It is not recorded whether sedation is planned. The sheet tells about sedation."
    ),
    "driver_not_named": N_("Nobody is named yet who takes the patient home."),
    "no_fasting_rule": N_(
        "The clinic has no rule for food and drink before the procedure. "
        "The sheet tells the patient to ask."
    ),
    # what the screen says before printing
    "blood_thinner_not_ordered": N_(
        "A blood thinner may be taken, and no restart is ordered. The sheet says not to restart "
        "until you tell the patient. Ask the physician."
    ),
    "restart_before_procedure": N_(
        "The first dose of the blood thinner is before the end of the procedure. "
        "Check date and time."
    ),
    "no_adult_confirmed": N_(
        "No adult is confirmed to take the patient home. Ask before the patient leaves."
    ),
    "interpreter_wanted": N_(
        "The patient wants an interpreter: {interpreter}. Go through the sheet together."
    ),
    "read_aloud": N_("The patient wants papers read aloud."),
    "no_wording_in_language": N_(
        "There is no approved wording in {language}. The sheet prints in English: "
        "go through it with an interpreter."
    ),
    "language_chosen": N_(
        "The patient reads {language}, and this sheet prints in {printed}. "
        "Go through it with an interpreter."
    ),
    "typed_as_it_is": N_(
        "What was typed by hand prints as it was typed: {fields}. "
        "Type it in {language}, or explain it with an interpreter."
    ),
    "no_english_beside": N_(
        "Nobody has approved the English wording of this sheet, so it does not print beside it."
    ),
    "no_english_beside_large": N_(
        "In large print there is no room for English beside it. "
        "Print the English sheet as well, if somebody needs it."
    ),
    "patient_under_age": N_(
        "The patient is {age} years old. The wording is written for adults: ask the physician."
    ),
    "nsaid_with_risk": N_(
        "An anti-inflammatory is ordered. Recorded beside it: {risks}. Ask the physician if unsure."
    ),
    "allergy_in_medicine": N_(
        "An allergy to {substance} was told, and a medicine for home has that name. "
        "Ask the physician."
    ),
    "driving_raised": N_(
        "The driving limit is longer on the sheet than the number recorded, "
        "because sedation was given or is not recorded."
    ),
    "treated_differs_from_plan": N_(
        "The treated levels are not those that were planned. Check them against the physician’s "
        "note."
    ),
    "ends_after_closing": N_("The latest time to leave is after the clinic closes."),
    "many_levels": N_("{n} levels are planned in one session: ask the physician."),
    **HANDING,
}
"""Problem code → sentence with named placeholders."""
