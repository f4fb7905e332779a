"""The sentence for every problem and every expected failure: what happened, and what to do."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from intake_app.domain.errors import (
    CannotHandOverError,
    CannotPrintError,
    InvalidDraftError,
    WordingEditError,
    WordingNotReadyError,
)
from intake_app.domain.language import N_, translated
from intake_app.domain.sentences_exchange import EXCHANGE
from intake_app.domain.sentences_messages import MESSAGES
from intake_app.domain.sentences_paper import PAPER
from intake_app.domain.sentences_wording import WORDING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from intake_app.domain.errors import AppError
    from intake_app.domain.validation import Problem

PROBLEMS: dict[str, str] = {
    # typed text that cannot be read
    "too_long": N_(
        "This is {length} characters long; there is room for {maximum}. Please shorten it."
    ),
    "not_a_phone": N_(
        "This does not look like a phone number. Type digits, for example +1 312 555 0142."
    ),
    "phone_not_valid": N_(
        "This phone number may be wrong: nobody here can have it. It is kept as you typed it; "
        "please check the digits."
    ),
    "not_an_email": N_(
        "This does not look like an e-mail address. It needs an @, for example ana@example.org."
    ),
    "not_a_number": N_("This is not a number. Type digits only, for example 12 or 1.5."),
    "out_of_range": N_("This is outside the possible range. Type {range}."),
    "not_whole": N_("Type a whole number, without a decimal point."),
    "too_precise": N_("Too many decimals: at most {decimals} after the decimal point."),
    "unknown_unit": N_("This unit is not known here. Type the number with {units}."),
    "other_unit": N_(
        "{value} {unit} cannot be right. Did you mean {value} {other}? Then type “{value} {other}”."
    ),
    "not_a_choice": N_("This is not one of the answers. Choose {choices}."),
    "stands_alone": N_(
        "“{choice}” cannot be true together with other answers. Take it away, or the others."
    ),
    "no_such_month": N_(
        "There is no month {month}: a year has 12. Check the order of day and month, "
        "or type the month as a word, like 4 Mar 1951."
    ),
    "no_such_year": N_(
        "The year {year} cannot be right. Type all four digits, {earliest} or later."
    ),
    "no_such_day": N_(
        "{day} {month} {year} does not exist: {month} {year} has {days} days. "
        "Type the date like 4 Mar 1951."
    ),
    "not_a_date": N_("This is not a date. Type it like {example} or 4 Mar 1951."),
    "not_a_partial_date": N_(
        "This is not a date. Type it like {example}, March 2026, 2026 or about 3 weeks."
    ),
    "not_a_time": N_("This is not a time of day. Type it like 14:30 or 2:30 pm."),
    "not_a_date_time": N_(
        "This is not a time. Type 14:30 for that day, or a date and a time like {example}, 14:30."
    ),
    "skipped_time": N_(
        "{time} did not happen on that day: the clocks went forward. Type a time before or after."
    ),
    "invisible_characters": N_(
        "The text held invisible characters, perhaps from copying. They are left out."
    ),
    "required": N_("This cannot be empty."),
    # levels
    "not_a_level": N_("“{text}” is not a vertebra. Type levels like T12, L1-L3 or 12th thoracic."),
    "no_such_level": N_("There is no {level}: this part of the spine goes from {first} to {last}."),
    "transitional_level": N_(
        "Most spines end at {last}. If the report says {level} or “transitional”, "
        "add it with the button for levels that are not in the drawing."
    ),
    "level_twice": N_("{level} is there twice. It was counted once."),
    "record_number_taken": N_(
        "Another patient has the record number {number}. Each patient needs one of their own."
    ),
    "level_taken": N_("{level} already has a row of its own. Each level has only one."),
    "range_upwards": N_(
        "{upper} to {lower} runs upwards. Type it from the head down: {lower}-{upper}."
    ),
    # records
    "birth_date_in_future": N_("This date of birth is in the future. Check the year."),
    "too_old": N_(
        "Born on this date, the patient would be {age} years old; nobody is older than {oldest}. "
        "Check the year."
    ),
    "very_old": N_("Born on this date, the patient is {age} years old. Please check the year."),
    "under_age": N_(
        "The patient is {age} years old, under 18. Check the date; if it is right, tell the nurse."
    ),
    "ends_before_start": N_("This is before the date it starts. Check both dates."),
    "date_in_future": N_("This date is in the future. Type when it happened."),
    "arrival_after_start": N_(
        "The patient would arrive after the procedure starts. Check both times."
    ),
    "stamp_out_of_order": N_("This is earlier than “{before}”. Check both times."),
    "stamp_far_away": N_("This is more than 24 hours after “{before}”. Check the date."),
    "changed_by_other": N_(
        "The record says something else here. Both are kept until you choose one."
    ),
    # finished documents
    "no_glyph": N_(
        "No font of the program can print {characters}. Please write it in other letters."
    ),
    "does_not_fit": N_(
        "The part {block} of the sheet is too long for a page. Please shorten the notes in it."
    ),
    "no_such_zone": N_(
        "This time zone is not known. Type it like America/Chicago or Europe/Berlin."
    ),
    **EXCHANGE,
    **MESSAGES,
    **WORDING,
}
"""Problem code → sentence with named placeholders."""

_AT_FIELD: dict[tuple[str, str], str] = {
    ("recovery_max_minutes", "ends_before_start"): N_(
        "The longest recovery is shorter than the shortest one. Check both numbers."
    ),
    ("family_name", "required"): N_(
        "Nobody is registered without a name. Somebody with a single name: type it here."
    ),
    ("closes", "ends_before_start"): N_(
        "The clinic would close before it opens. Check both times."
    ),
}

ERRORS: dict[str, str] = {
    "app": N_("This could not be done. Nothing was changed; please try again."),
    "invalid_draft": N_(
        "Some answers cannot be saved as they stand. They are marked; please look at them."
    ),
    "conflict": N_(
        "Somebody else saved this at the same time. Their changes are shown now and yours are "
        "still here: look at both, then go on."
    ),
    "not_found": N_("This is no longer in the database. Go back to the list and open it again."),
    "not_allowed": N_("Your role cannot {action}. Ask somebody who may, or change the user."),
    "duplicate_level": N_("{level} is already in the list of fractures. Change that row instead."),
    "same_record": N_("This is the same record twice. Choose the other record of this person."),
    "already_merged": N_(
        "One of these records is part of another one already. Close this and search again: "
        "the search shows the record that is used now."
    ),
    "merged_further": N_(
        "This record has become part of another one since. First take those two apart, "
        "in the history of the record that is used now."
    ),
    "already_apart": N_("These two records were taken apart already. Each is a patient again."),
    "no_fractures": N_(
        "There is no estimate: no fracture is planned to treat. Mark at least one vertebra."
    ),
    "wrong_state": N_(
        "The visit is at another step now, so this cannot be done. "
        "Look at its state on the Today page."
    ),
    "cannot_print": N_("This cannot be printed yet. {reasons}"),
    "cannot_hand_over": N_("This cannot be recorded as handed over. {reasons}"),
    "identity_not_confirmed": N_(
        "Nothing was printed. First compare name and date of birth with the patient, then confirm."
    ),
    "wording": N_(
        "The text for this sheet cannot be used because its file is damaged or was changed. "
        "Ask whoever looks after this computer to install the program again."
    ),
    "wording_stage": N_(
        "This version of the wording is at another step now, so this cannot be done. Open it again."
    ),
    "wording_edit": N_("The wording was not changed. {reasons}"),
    "wording_not_ready": N_("This wording cannot be approved yet. {reasons}"),
    "questionnaire": N_(
        "The safety questions cannot be shown because their file is damaged or was changed. "
        "Ask whoever looks after this computer to install the program again."
    ),
    "empty_question": N_("The question to the nurse is empty. Type what the nurse should look at."),
    "storage_unavailable": N_(
        "The database cannot be reached now. What you typed is still on the screen; "
        "try again in a moment."
    ),
    "database_locked": N_(
        "Another program is using the database. What you typed is still on the screen; "
        "close the other program or try again in a moment."
    ),
    "database_read_only": N_(
        "The database cannot be written to, so nothing can be saved. "
        "Ask whoever looks after this computer to allow writing in its folder."
    ),
    "disk_full": N_(
        "The disk is full, so nothing can be saved. Delete files you do not need, then try again."
    ),
    "database_missing": N_(
        "The database file is not there or cannot be opened. "
        "Check that its disk is connected, then start the program again."
    ),
    "not_a_database": N_(
        "The database file is damaged or belongs to another program. It was not changed. "
        "Restore the last backup."
    ),
    "database_newer": N_(
        "The database was written by a newer version of this program. It was not changed. "
        "Install the newer version here."
    ),
    "backup": N_(
        "The backup failed. Check that its disk is connected and has room, then try again."
    ),
    "resource_missing": N_(
        "A file that belongs to the program is missing. "
        "Ask whoever looks after this computer to install the program again."
    ),
    "no_printer": N_(
        "No printer can be reached. Switch one on or connect it, or save the sheet as a PDF."
    ),
    "print_failed": N_("The printer did not take the sheet. Check the printer, then print again."),
    "file_unwritable": N_(
        "The file cannot be written there. Choose another folder or another name."
    ),
    "file_unusable": N_("The file cannot be read. Try to open it in another program first."),
    "file_missing": N_("The file is no longer there. Look for it and choose it again."),
    "file_is_folder": N_("This is a folder. Choose a file inside it."),
    "file_forbidden": N_(
        "You may not open this file. Ask whoever looks after this computer to allow reading it."
    ),
    "file_empty": N_("The file is empty. Choose another one, or save it again where it was made."),
    "file_too_big": N_(
        "This file is too big to be taken in at once. Ask for it in parts of at most 50 MB."
    ),
    "file_damaged": N_(
        "This file is damaged or ends in the middle. Nothing of it was taken in; ask for it to be "
        "sent again."
    ),
    "file_without_rows": N_(
        "The file holds the names of columns and not one row under them. "
        "Save it again where it was made."
    ),
    "file_not_a_table": N_(
        "This is not a file of patients that the program can read. "
        "Save it as CSV where it was made, then choose that file."
    ),
    "no_name_column": N_(
        "No column holds the family name, so nobody can be taken in. Say which column it is."
    ),
}
"""Code of an AppError → what happened and what to do."""

_ACTIONS: dict[str, str] = {
    "view_patient": N_("look at patients"),
    "edit_intake": N_("change the intake"),
    "confirm_intake": N_("confirm the intake"),
    "record_procedure": N_("record the procedure"),
    "print_before": N_("print the sheets for before the visit"),
    "print_aftercare": N_("print the aftercare sheet"),
    "hand_over": N_("record what was said back and handed over"),
    "acknowledge_flag": N_("note that the physician was told"),
    "move_visit": N_("move the visit on"),
    "edit_clinic": N_("change the clinic’s settings"),
    "edit_staff": N_("change the list of staff"),
    "edit_wording": N_("change the wording"),
    "approve_wording": N_("approve the wording"),
    "back_up": N_("make or restore backups"),
    "merge_patients": N_("merge patients"),
    "import_patients": N_("take in patients from a file"),
    "export_patients": N_("write all patients to a file"),
}


_WITH_REASONS = (CannotPrintError, CannotHandOverError, WordingEditError, WordingNotReadyError)


def sentence(problem: Problem) -> str:
    """Return what is wrong at one field and how to put it right, in the user's language."""
    code = problem.code
    template = _AT_FIELD.get((problem.key, code)) or PROBLEMS.get(code) or PAPER.get(code)
    if template is None:
        return translated(N_("This cannot be used as it stands. Please check it."))
    values = dict(problem.values)
    if code == "out_of_range":
        values["range"] = _range(values)
    if code in ("stamp_out_of_order", "stamp_far_away"):
        values["before"] = _label(str(values["before"]))
    return translated(template).format(**{name: _said(value) for name, value in values.items()})


def error_sentence(error: AppError) -> str:
    """Return what happened and what to do, in the user's language."""
    if isinstance(error, InvalidDraftError) and not error.problems:
        return translated(ERRORS["app"])
    values: dict[str, object] = dict(error.values)
    if isinstance(error, _WITH_REASONS):
        values["reasons"] = " ".join(sentence(reason) for reason in error.reasons)
    if error.code == "not_allowed":
        values["action"] = _action(values.get("action"))
    values.setdefault("level", translated(N_("This level")))
    template = translated(ERRORS.get(error.code, ERRORS["app"]))
    return template.format(**{name: _said(value) for name, value in values.items()}).strip()


def _action(action: object) -> str:
    name = str(getattr(action, "value", action))
    # A service names the form and the field when only that field is somebody else's to fill in.
    other = N_("fill in this field") if "." in name else N_("do this")
    return translated(_ACTIONS.get(name, other))


def _label(key: str) -> str:
    from intake_app.domain.fields import field_of
    from intake_app.domain.procedures import ProcedureRecord

    return translated(field_of(ProcedureRecord, key).label)


def _range(values: Mapping[str, object]) -> str:
    low, high = values.get("minimum"), values.get("maximum")
    unit = translated(str(values.get("unit") or ""))
    after = unit if unit in ("", "%", "°") else f" {unit}"
    if low is None:
        text = translated(N_("{maximum} or less"))
    elif high is None:
        text = translated(N_("{minimum} or more"))
    else:
        text = translated(N_("a number from {minimum} to {maximum}"))
    return text.format(minimum=_said(low), maximum=_said(high)) + after


def _said(value: object) -> str:
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, tuple | list):
        return _either([translated(str(item)) for item in value])
    if isinstance(value, str):
        return translated(value)
    return str(value)


def _either(words: Sequence[str]) -> str:
    """Return "a, b or c"."""
    if len(words) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(words)
    return translated(N_("{first} or {last}")).format(first=", ".join(words[:-1]), last=words[-1])
