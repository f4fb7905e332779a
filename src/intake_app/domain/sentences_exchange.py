"""Sentences for what comes in files: why somebody was not taken in, and what was odd in a file."""

from __future__ import annotations

from intake_app.domain.language import N_

EXCHANGE: dict[str, str] = {
    # why a row was not taken in
    "no_name_at_all": N_("There is no name in this row. Type the family name."),
    "may_be_same": N_(
        "This may be {person}, who is here already ({why}). If it is the same person, type "
        "{number} as the record number; if not, take this row in as somebody new."
    ),
    "may_be_same_told": N_(
        "This may be {person}, who is here already with the record number {number} ({why}). If it "
        "is the same person, nothing is missing but what you find new in the file; if not, take "
        "the file in once more with those who may be here already as new patients."
    ),
    "number_of_other": N_(
        "The record number {number} belongs to {person}, who has another name or date of birth. "
        "Correct the number, or the name and date."
    ),
    "other_number_of_other": N_(
        "A number that another system gave belongs to {person}, record number {number}, who has "
        "another name or date of birth. Correct the number, or the name and date."
    ),
    "numbers_disagree": N_("The numbers belong to different patients. Find out who it is."),
    "row_too_long": N_(
        "This row is far longer than a patient can be ({size}). Nothing of it was read: "
        "look at it in the file."
    ),
    "quote_never_closed": N_(
        "A quotation mark is opened in this row and never closed. Close it or take it out."
    ),
    "too_many_cells": N_(
        "This row has {found} cells where the first row has {expected}. Something holds a "
        "separator too many: put quotation marks around it."
    ),
    # what was left as it was
    "kept_ours": N_("{field}: the file says “{theirs}”; what was here was kept."),
    "too_many_numbers": N_("There are more than {count} numbers; the others were left out."),
    "number_kept": N_("The number {number} was given to somebody else before; it was left out."),
    # what was odd in a file
    "mixed_encodings": N_(
        "The file mixes two ways of writing letters ({count} rows differ). Each row was read in "
        "the way that fits it: look at names with accents."
    ),
    "nul_characters": N_("The file holds empty characters that mean nothing. They are left out."),
    "same_headers": N_("Several columns are called “{header}”. Check what each of them holds."),
    "no_header": N_("The first row seems to be a patient already, so the columns have no names."),
    "dates_unclear": N_(
        "No date in the file shows whether the day or the month comes first. Choose it."
    ),
    "dates_disagree": N_(
        "Some dates in the file have the day first and some the month. Those that cannot be read "
        "are refused."
    ),
}
"""Problem code → sentence with named placeholders."""
