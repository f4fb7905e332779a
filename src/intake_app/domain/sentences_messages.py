"""Sentences for what other systems tell in messages: why something was left out or not taken in."""

from __future__ import annotations

from intake_app.domain.language import N_

MESSAGES: dict[str, str] = {
    # what is not taken in
    "kind_not_taken": N_(
        "This is no patient (“{kind}”). Only patients, whom to ring for them and their "
        "appointments are taken in."
    ),
    "nothing_inside": N_("There is nothing in this part of the file."),
    "told_twice": N_(
        "This is in the file a second time and says something else. The first counts."
    ),
    "whose_contact": N_("The file does not say whose contact this is."),
    "second_contact": N_("The patient has one emergency contact here; the file names another too."),
    "drivers_by_visit": N_("Who takes a patient home is written down at each visit, not here."),
    "no_name_told": N_("There is no name. Nobody without a name can be taken in."),
    "replaced_record": N_("This record was replaced by another one, which is the one to take in."),
    "unreadable_line": N_("This line cannot be read. It may be cut off."),
    "message_not_taken": N_(
        "Messages of the kind “{kind}” are not taken in: only new and changed patients, merged "
        "ones, and appointments."
    ),
    "message_cut_off": N_("This message ends in the middle. Ask for it to be sent again."),
    "message_unreadable": N_("This message cannot be read. Ask for it to be sent again."),
    "letters_do_not_fit": N_(
        "The letters of this message are not written the way it says ({said}), so names would "
        "come out wrong. Ask for it to be sent again."
    ),
    "nobody_to_merge": N_("The message does not say which record is to become part of this one."),
    "merge_not_possible": N_(
        "These two records could not be made one. Open the patient and merge them by hand."
    ),
    "appointment_unknown": N_("No visit here is known by the number of this appointment."),
    "appointment_of_other": N_(
        "The number of this appointment belongs to a visit of another patient. Find out whose "
        "visit it is."
    ),
    "no_appointment_time": N_("The message does not say when the appointment is."),
    "no_appointment_number": N_("The message does not say which appointment it is about."),
    "visit_under_way": N_(
        "This visit is more than booked: the patient came, or was noted as not having come. It is "
        "neither moved nor cancelled."
    ),
    # what was left out or left as it was
    "older_than_held": N_("Something newer was told before, so nothing was changed."),
    "cancelled_here": N_(
        "This visit was cancelled here, so it stays cancelled. Book it again if it takes place."
    ),
    "partial_birth_date": N_(
        "The date of birth is only “{text}”, so it was left out. Ask the patient for all of it."
    ),
    "left_out": N_("{field}: “{text}” cannot be read and was left out."),
    "badly_written": N_("{field} is not written the way it should be and was left out."),
    "said_to_have_died": N_(
        "The file says that this person has died. That is not recorded here: ask before anybody "
        "rings the family."
    ),
    "letters_guessed": N_(
        "The message does not say how its letters are written. Look at names with accents."
    ),
    "records_merged": N_("The record {number} became part of this one."),
}
"""Problem code → sentence with named placeholders."""
