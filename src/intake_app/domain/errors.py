"""Failures that are expected: each has a code, and every code has a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from intake_app.domain.validation import Problem


class AppError(Exception):
    """A failure the program foresees. Carries ids and counts, never what somebody typed."""

    code: ClassVar[str] = "app"

    def __init__(self, reference: str = "", **values: object) -> None:
        super().__init__(self.code, reference)
        self.reference = reference
        self.values: Mapping[str, object] = values


class InvalidDraftError(AppError):
    """A draft cannot become a record; ``problems`` says why, field by field."""

    code = "invalid_draft"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


class ConflictError(AppError):
    """Somebody else saved the record since it was read."""

    code = "conflict"


class NotFoundError(AppError):
    """No record has this id."""

    code = "not_found"


class NotAllowedError(AppError):
    """This person's role may not do this. ``values['action']`` names the action."""

    code = "not_allowed"


class DuplicateLevelError(AppError):
    """The visit already has a row for this level. ``values['level']`` names it."""

    code = "duplicate_level"


class SameRecordError(AppError):
    """Two records were to be compared that are one and the same."""

    code = "same_record"


class AlreadyMergedError(AppError):
    """The record is part of another one already."""

    code = "already_merged"


class MergedFurtherError(AppError):
    """The record that stayed has become part of a third one since."""

    code = "merged_further"


class AlreadyApartError(AppError):
    """The two records were taken apart already."""

    code = "already_apart"


class NoFracturesError(AppError):
    """There is no fracture planned to treat, so there is no estimate."""

    code = "no_fractures"


class WrongStateError(AppError):
    """The visit is not in a state from which this step can be taken."""

    code = "wrong_state"


class CannotPrintError(AppError):
    """The sheet may not be printed; ``reasons`` are (code, values) pairs with a sentence each."""

    code = "cannot_print"

    def __init__(self, reasons: Sequence[Problem]) -> None:
        super().__init__()
        self.reasons = tuple(reasons)


class IdentityNotConfirmedError(AppError):
    """Name and birth date were not confirmed by eye before printing."""

    code = "identity_not_confirmed"


class CannotHandOverError(AppError):
    """A hand-over may not be recorded; ``reasons`` are problems with a sentence each."""

    code = "cannot_hand_over"

    def __init__(self, reasons: Sequence[Problem]) -> None:
        super().__init__()
        self.reasons = tuple(reasons)


class WordingError(AppError):
    """A wording file cannot be used; ``values`` names file, block and what is wrong."""

    code = "wording"


class WordingStageError(AppError):
    """This step cannot be taken from the stage that a version of wording is at."""

    code = "wording_stage"


class WordingEditError(AppError):
    """Wording cannot be changed in this way; ``reasons`` say why, with a sentence each."""

    code = "wording_edit"

    def __init__(self, reasons: Sequence[Problem]) -> None:
        super().__init__()
        self.reasons = tuple(reasons)


class WordingNotReadyError(AppError):
    """A version of wording cannot be sent on or approved; ``reasons`` have a sentence each."""

    code = "wording_not_ready"

    def __init__(self, reasons: Sequence[Problem]) -> None:
        super().__init__()
        self.reasons = tuple(reasons)


class QuestionnaireError(AppError):
    """A questionnaire file cannot be used; ``values`` names file, item and what is wrong."""

    code = "questionnaire"


class EmptyQuestionError(AppError):
    """A question to the nurse without a word in it."""

    code = "empty_question"


class StorageUnavailableError(AppError):
    """The database cannot be used now (locked, read-only, full, damaged, missing)."""

    code = "storage_unavailable"


class DatabaseLockedError(StorageUnavailableError):
    """Another program holds the database."""

    code = "database_locked"


class DatabaseReadOnlyError(StorageUnavailableError):
    """The database or its folder cannot be written to."""

    code = "database_read_only"


class DiskFullError(StorageUnavailableError):
    """There is no room left on the disk."""

    code = "disk_full"


class DatabaseMissingError(StorageUnavailableError):
    """The database file or its folder is not there or cannot be opened."""

    code = "database_missing"


class NotADatabaseError(StorageUnavailableError):
    """The file is there but is not a database of this program, or it is damaged."""

    code = "not_a_database"


class DatabaseNewerError(StorageUnavailableError):
    """The database was written by a newer version of the program."""

    code = "database_newer"


class BackupError(AppError):
    """A backup could not be written or read back. ``values['why']`` is a short technical cause."""

    code = "backup"


class ResourceMissingError(AppError):
    """A file that ships with the program is missing or unreadable."""

    code = "resource_missing"


class NoPrinterError(AppError):
    """No printer can be reached."""

    code = "no_printer"


class PrintFailedError(AppError):
    """The printer did not take the job."""

    code = "print_failed"


class FileUnwritableError(AppError):
    """A file the user asked for cannot be written. ``values['why']`` is the system's reason."""

    code = "file_unwritable"


class FileUnusableError(AppError):
    """A file that was chosen cannot be read; the class says why."""

    code = "file_unusable"


class FileMissingError(FileUnusableError):
    """There is no such file any more."""

    code = "file_missing"


class FileIsFolderError(FileUnusableError):
    """It is a folder."""

    code = "file_is_folder"


class FileForbiddenError(FileUnusableError):
    """This account may not read it."""

    code = "file_forbidden"


class FileEmptyError(FileUnusableError):
    """There is nothing in it."""

    code = "file_empty"


class FileWithoutRowsError(FileUnusableError):
    """It names columns and has no row."""

    code = "file_without_rows"


class FileTooBigError(FileUnusableError):
    """It is bigger than the 50 MB that are read at once."""

    code = "file_too_big"


class FileDamagedError(FileUnusableError):
    """It begins like what it should be and does not go on like it."""

    code = "file_damaged"


class FileNotATableError(FileUnusableError):
    """Whatever it is, it holds no people in a form the program knows."""

    code = "file_not_a_table"


class NoNameColumnError(AppError):
    """No column of a table is said to hold the family name."""

    code = "no_name_column"
