"""The whole program as its windows see it: every use case under one name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from intake_app.domain.licences import Licence
    from intake_app.domain.ports import Database
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.services.board import BoardService
    from intake_app.services.checking import CheckService
    from intake_app.services.clinic import ClinicService
    from intake_app.services.demonstration import DemonstrationService
    from intake_app.services.dossiers import DossierService
    from intake_app.services.doubles import DoublesService
    from intake_app.services.drafts import DraftService
    from intake_app.services.exchange import ExchangeService
    from intake_app.services.forms import FormService
    from intake_app.services.fractures import FractureService
    from intake_app.services.handing_over import HandOverService
    from intake_app.services.history import HistoryService
    from intake_app.services.merging import MergeService
    from intake_app.services.new_patients import NewPatientService
    from intake_app.services.office import Office
    from intake_app.services.patients import PatientService
    from intake_app.services.printing import PrintService
    from intake_app.services.questions import QuestionService
    from intake_app.services.reviews import ReviewService
    from intake_app.services.safety import SafetyService
    from intake_app.services.sheets import SheetService
    from intake_app.services.visits import VisitService
    from intake_app.services.wordings import WordingService


class Program(Protocol):
    """What ``bootstrap`` builds and the windows use."""

    @property
    def database(self) -> Database:
        """The database as a file: open it, copy it."""

    @property
    def office(self) -> Office:
        """Clock, ids and transactions."""

    @property
    def clinic(self) -> ClinicService:
        """The clinic and its staff."""

    @property
    def forms(self) -> FormService:
        """Saving by field."""

    @property
    def patients(self) -> PatientService:
        """Find, register and open patients."""

    @property
    def new_patients(self) -> NewPatientService:
        """New patients while they are typed."""

    @property
    def visits(self) -> VisitService:
        """Flags and states."""

    @property
    def fractures(self) -> FractureService:
        """Which vertebrae are fractured."""

    @property
    def safety(self) -> SafetyService:
        """The answers to the safety questions."""

    @property
    def questions(self) -> QuestionService:
        """Questions to the nurse."""

    @property
    def doubles(self) -> DoublesService:
        """Who may be registered twice."""

    @property
    def merging(self) -> MergeService:
        """Making one patient of two records."""

    @property
    def history(self) -> HistoryService:
        """Who did what with a patient's records."""

    @property
    def drafts(self) -> DraftService:
        """What is not finished, and the way back."""

    @property
    def board(self) -> BoardService:
        """The day."""

    @property
    def sheets(self) -> SheetService:
        """The papers."""

    @property
    def checking(self) -> CheckService:
        """Which sheet a check code belongs to."""

    @property
    def handing_over(self) -> HandOverService:
        """Teach-back and hand-over."""

    @property
    def prints(self) -> PrintService:
        """Prints, and what became of them."""

    @property
    def wordings(self) -> WordingService:
        """What the papers say, in versions."""

    @property
    def reviews(self) -> ReviewService:
        """The reviewer's checklist, and how hard the words are to read."""

    @property
    def exchange(self) -> ExchangeService:
        """People in and out, as files."""

    @property
    def dossiers(self) -> DossierService:
        """People as FHIR, for other systems."""

    @property
    def demonstration(self) -> DemonstrationService:
        """The demonstration clinic."""

    @property
    def questionnaire(self) -> Questionnaire:
        """The safety questions."""

    def read_licence(self, text: str) -> Licence:
        """Return what a scanned driving licence says."""

    def close(self) -> None:
        """Close the database."""
