"""Build the object graph from paths and settings. Nothing heavy is imported before it is used."""

from __future__ import annotations

import platform
import sys
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.config.settings import SettingsFile
from intake_app.domain.errors import (
    DatabaseMissingError,
    DatabaseReadOnlyError,
    ResourceMissingError,
)
from intake_app.domain.sheets import SheetKind
from intake_app.resources import resource
from intake_app.services.clinic import ClinicService
from intake_app.services.forms import FormService
from intake_app.services.office import Office
from intake_app.storage.database import SqliteDatabase

if TYPE_CHECKING:
    from intake_app.config.paths import Paths
    from intake_app.config.settings import Settings
    from intake_app.domain.licences import Licence
    from intake_app.domain.ports import Clock, Drawn, SheetEngine, UnitOfWork
    from intake_app.domain.printing import Spooler
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.domain.sheets import Sheet
    from intake_app.services.board import BoardService
    from intake_app.services.checking import CheckService
    from intake_app.services.demonstration import DemonstrationService
    from intake_app.services.dossiers import DossierService
    from intake_app.services.doubles import DoublesService
    from intake_app.services.drafts import DraftService
    from intake_app.services.exchange import ExchangeService
    from intake_app.services.fractures import FractureService
    from intake_app.services.handing_over import HandOverService
    from intake_app.services.history import HistoryService
    from intake_app.services.merging import MergeService
    from intake_app.services.new_patients import NewPatientService
    from intake_app.services.patients import PatientService
    from intake_app.services.printing import PrintService
    from intake_app.services.questions import QuestionService
    from intake_app.services.reviews import ReviewService
    from intake_app.services.safety import SafetyService
    from intake_app.services.sheets import SheetService
    from intake_app.services.visits import VisitService
    from intake_app.services.wordings import WordingService


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the moment, in UTC, to the second."""
        return datetime.now(UTC).replace(microsecond=0)


class RandomIds:
    """Ids that no two machines make alike."""

    def new(self) -> str:
        """Return a new id."""
        return uuid.uuid4().hex


class LazyEngine:
    """A sheet engine that loads ReportLab when the first sheet is drawn."""

    @cached_property
    def _engine(self) -> SheetEngine:
        from intake_app.documents.engine import ReportLabEngine

        return ReportLabEngine(resource("fonts"))

    def draw(self, sheet: Sheet) -> Drawn:
        """Return the document."""
        return self._engine.draw(sheet)

    def stamp_copy(self, pdf: bytes, text: str) -> bytes:
        """Return the same pages with ``text`` in the margin."""
        return self._engine.stamp_copy(pdf, text)

    def join(self, pdf: bytes, more: bytes) -> bytes:
        """Return the pages of both, one document after the other."""
        return self._engine.join(pdf, more)

    def missing_characters(self, text: str) -> tuple[str, ...]:
        """Return the characters that no shipped font has."""
        return self._engine.missing_characters(text)


class Application:
    """Every use case of the program over one data folder."""

    def __init__(self, paths: Paths, *, clock: Clock | None = None) -> None:
        try:
            paths.prepare()
        except PermissionError as error:
            raise DatabaseReadOnlyError(str(error.errno)) from error
        except OSError as error:
            raise DatabaseMissingError(str(error.errno)) from error
        self.paths = paths
        self.database = SqliteDatabase(paths.database, paths.backups)
        self.clock: Clock = clock or SystemClock()
        self.office = Office(self._work, self._look, self.clock, RandomIds())
        self.clinic = ClinicService(self.office)
        self.forms = FormService(self.office)

    def _work(self) -> UnitOfWork:
        return self.database.work()

    def _look(self) -> UnitOfWork:
        return self.database.look()

    @cached_property
    def settings_file(self) -> SettingsFile:
        """The settings of this machine, as a file."""
        return SettingsFile(self.paths.settings)

    @property
    def settings(self) -> Settings:
        """The settings of this machine as they are on the disk now."""
        return self.settings_file.load().settings

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The safety questions."""
        from intake_app.domain.questionnaire_files import read_questionnaire

        text = shipped_text("questionnaires", "safety.json")
        return read_questionnaire(text, name="safety.json")

    @cached_property
    def patients(self) -> PatientService:
        """Find, register and open patients."""
        from intake_app.services.patients import PatientService

        return PatientService(self.office, self.questionnaire)

    @cached_property
    def new_patients(self) -> NewPatientService:
        """New patients while they are typed."""
        from intake_app.services.new_patients import NewPatientService

        return NewPatientService(self.office, self.patients, self.forms)

    @cached_property
    def visits(self) -> VisitService:
        """Estimate, flags and states."""
        from intake_app.services.visits import VisitService

        return VisitService(self.office, self.questionnaire)

    @cached_property
    def fractures(self) -> FractureService:
        """Which vertebrae are fractured."""
        from intake_app.services.fractures import FractureService

        return FractureService(self.office)

    @cached_property
    def safety(self) -> SafetyService:
        """The answers to the safety questions."""
        from intake_app.services.safety import SafetyService

        return SafetyService(self.office, self.questionnaire)

    @cached_property
    def questions(self) -> QuestionService:
        """Questions to the nurse."""
        from intake_app.services.questions import QuestionService

        return QuestionService(self.office)

    @cached_property
    def doubles(self) -> DoublesService:
        """Who may be registered twice."""
        from intake_app.services.doubles import DoublesService

        return DoublesService(self.office)

    @cached_property
    def merging(self) -> MergeService:
        """Making one patient of two records."""
        from intake_app.services.merging import MergeService

        return MergeService(self.office)

    @cached_property
    def history(self) -> HistoryService:
        """Who did what with a patient's records."""
        from intake_app.services.history import HistoryService

        return HistoryService(self.office)

    @cached_property
    def drafts(self) -> DraftService:
        """What is not finished."""
        from intake_app.services.drafts import DraftService

        return DraftService(self.office, self.questionnaire)

    @cached_property
    def board(self) -> BoardService:
        """The day."""
        from intake_app.services.board import BoardService

        return BoardService(self.office, self.questionnaire, self.visits)

    @cached_property
    def sheets(self) -> SheetService:
        """The papers."""
        from intake_app.services.sheets import SheetService

        return SheetService(self.office, self.questionnaire, LazyEngine(), wordings=self.wordings)

    @cached_property
    def wordings(self) -> WordingService:
        """What the papers say, in versions."""
        from intake_app.services.wordings import WordingService

        return WordingService(self.office, self.questionnaire, LazyEngine(), ShippedWording)

    @cached_property
    def reviews(self) -> ReviewService:
        """The reviewer's checklist, and how hard the words are to read."""
        from intake_app.services.reviews import ReviewService

        return ReviewService(self.office, self.wordings)

    @cached_property
    def checking(self) -> CheckService:
        """Which sheet a check code belongs to."""
        from intake_app.services.checking import CheckService

        return CheckService(self.office)

    @cached_property
    def handing_over(self) -> HandOverService:
        """Teach-back and hand-over."""
        from intake_app.services.handing_over import HandOverService

        return HandOverService(self.office, self.sheets, LazyEngine())

    @cached_property
    def spooler(self) -> Spooler:
        """The print system of this computer."""
        if sys.platform.startswith("linux"):
            from intake_app.printing.cups import CupsSpooler

            return CupsSpooler()
        from intake_app.ui.printing import QtSpooler

        return QtSpooler()

    @cached_property
    def prints(self) -> PrintService:
        """Prints, and what became of them."""
        from intake_app.services.printing import PrintService

        return PrintService(
            self.office, self.spooler, filing=self.handing_over, station=platform.node()
        )

    @cached_property
    def exchange(self) -> ExchangeService:
        """People in and out, as files."""
        from intake_app.interop.csv_in import CsvFiles
        from intake_app.interop.kinds import Messages
        from intake_app.services.exchange import ExchangeService

        return ExchangeService(self.office, CsvFiles(), Messages())

    @cached_property
    def dossiers(self) -> DossierService:
        """People as FHIR, for other systems."""
        from intake_app.interop.fhir_out import FhirFiles
        from intake_app.services.dossiers import DossierService

        return DossierService(self.office, FhirFiles())

    @cached_property
    def demonstration(self) -> DemonstrationService:
        """The demonstration clinic."""
        from intake_app.services.demonstration import DemonstrationService

        return DemonstrationService(
            self.clinic,
            self.forms,
            self.patients,
            visits=self.visits,
            fractures=self.fractures,
            safety=self.safety,
            sheets=self.sheets,
            wordings=self.wordings,
            script=lambda: shipped_text("demonstration", "clinic.toml"),
        )

    def read_licence(self, text: str) -> Licence:
        """Return what a scanned driving licence says."""
        from intake_app.interop.aamva import read_licence

        return read_licence(text)

    def close(self) -> None:
        """Close the database."""
        self.database.close()


class ShippedWording(Mapping[str, str]):
    """Every wording that ships with the program, by id ("aftercare/en"); each read when asked."""

    def __getitem__(self, wording_id: str) -> str:
        """Return the text of a wording file.

        Raises:
            KeyError: there is none for this paper and language.
            ResourceMissingError: the file is unreadable.
        """
        if wording_id not in self._files:
            raise KeyError(wording_id)
        kind, _, language = wording_id.partition("/")
        return shipped_text("wording", language, f"{kind}.toml")

    def __iter__(self) -> Iterator[str]:
        """Return the ids, by language and paper."""
        return iter(self._files)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._files)

    @cached_property
    def _files(self) -> tuple[str, ...]:
        kinds = {kind.value for kind in SheetKind}
        return tuple(
            f"{file.stem}/{file.parent.name}"
            for file in sorted(resource("wording").glob("*/*.toml"))
            if file.stem in kinds
        )


def shipped_text(*parts: str) -> str:
    """Return the text of a file that ships with the program.

    Raises:
        ResourceMissingError: the file is missing or unreadable.
    """
    try:
        return Path(resource(*parts)).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceMissingError("/".join(parts)) from error
