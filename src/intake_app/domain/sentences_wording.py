"""Sentences for wording: what is wrong in a text, and why a version cannot be approved."""

from __future__ import annotations

from intake_app.domain.language import N_

WORDING: dict[str, str] = {
    # what a reader of wording refuses
    "wording_not_toml": N_(
        "Line {name} of the file is not written as such files are. Nothing of it was taken in."
    ),
    "wording_heading": N_(
        "The file does not say which sheet, language, version and title it is for."
    ),
    "wording_placeholder": N_(
        "“{name}” between curly brackets is nothing the program can fill in. "
        "Choose it from the list."
    ),
    "wording_condition": N_(
        "The condition “{name}” is not known here. Choose one from the list of conditions."
    ),
    "wording_element": N_("“{name}” is not a kind of text that this sheet can print."),
    "wording_long_list": N_(
        "More than 7 lines always print under one heading. Part the list, with a short line over "
        "each part."
    ),
    "wording_text": N_("A text is missing or is not a text. Type it, or remove the line."),
    "wording_empty_text": N_("A line is empty. Type its text, or remove the line."),
    "wording_table": N_(
        "The columns of a table do not fit each other: the line over it and every row need the "
        "same number of cells, and the widths add up to 1."
    ),
    "wording_place": N_("“{name}” is not a place on the sheet."),
    "wording_empty_block": N_("The part has nothing in it. Add a text, or remove the part."),
    "wording_doubled_block": N_("The part is there twice. Remove one of them."),
    "wording_missing_block": N_("The part is missing, and every sheet needs it."),
    "wording_into": N_("The part belongs inside “{name}”, which must always print and come first."),
    "wording_red_flags_place": N_(
        "The danger signs stay on page 1 and always print, with those for the emergency number "
        "above those for the clinic."
    ),
    "wording_red_flags_shrunk": N_(
        "There are fewer danger signs than in the shipped wording. You can reword them and add "
        "more, but not take any away."
    ),
    "wording_red_flag_number": N_(
        "The danger signs no longer say “{name}”. Put it back where it stood."
    ),
    "wording_other_paper": N_("This is the wording of another sheet or language."),
    # what cannot be done while writing
    "wording_no_such_place": N_("This text is no longer there. Look at the wording again."),
    "wording_part_needed": N_(
        "Every sheet needs this part, so it cannot be removed. You can change its words."
    ),
    "wording_set_unreadable": N_(
        "This is not a file of wording that the program can read. Ask for it to be sent again."
    ),
    # why a version cannot be approved
    "wording_own_edit": N_(
        "{names} changed words of this version, so somebody else must approve it."
    ),
    "wording_not_as_read": N_(
        "The words are not those you have read: somebody changed them meanwhile. Read them again."
    ),
    "wording_not_in_review": N_("The version was not sent for review yet. Send it first."),
    "wording_has_problems": N_("The part {block} still has a problem: {problem}"),
    "wording_grade_reason": N_(
        "The text is at grade {grade}, harder than grade 8. Say why it may be, or make it plainer."
    ),
    "wording_musts_open": N_(
        "On the checklist, these are not answered yes: {items}. Nothing is approved without them."
    ),
    "wording_no_translator": N_(
        "A translation needs the name of the person who answers for it. Type the translator’s name."
    ),
    "wording_own_translation": N_(
        "You are named as the translator, so somebody else must approve this version."
    ),
    "wording_no_phrases": N_(
        "The program cannot write dates and times in this language, so nothing prints in it."
    ),
    # why what was approved prints only with DRAFT
    "wording_expired": N_(
        "The approval of the wording in {language} ended on {day}. A physician must approve it "
        "again: open Wording, start a draft, send it for review."
    ),
    "wording_phrases_changed": N_(
        "The program’s own words in {language} (dates, times, foot of the page) have changed since "
        "a physician approved this wording. A physician must look at it again and approve it: "
        "open Wording, start a draft, send it for review."
    ),
    "wording_review_past": N_("The review date must be in the future."),
    "wording_review_far": N_(
        "The review date is more than three years away. Look at wording again before then."
    ),
    "wording_language": N_("The program prints no papers in this language: {language}."),
}
"""Problem code → sentence with named placeholders."""
