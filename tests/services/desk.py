"""Every use case over a database in memory: what the tests of the services sit at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from intake_app.domain.clinic import Clinic
from intake_app.domain.fields import FieldValue, Record
from intake_app.domain.licences import Licence
from intake_app.domain.ports import Drawn
from intake_app.domain.questionnaire_files import read_questionnaire
from intake_app.domain.questionnaires import Questionnaire
from intake_app.domain.sheets import Sheet, SheetKind
from intake_app.domain.staff import Actor, Role
from intake_app.domain.wording_versions import WordingVersion
from intake_app.interop.aamva import read_licence
from intake_app.interop.csv_in import CsvFiles
from intake_app.interop.fhir_out import FhirFiles
from intake_app.interop.kinds import Messages
from intake_app.resources import resource
from intake_app.services.board import BoardService
from intake_app.services.cases import Case
from intake_app.services.checking import CheckService
from intake_app.services.clinic import ClinicService
from intake_app.services.dossiers import DossierService
from intake_app.services.doubles import DoublesService
from intake_app.services.drafts import DraftService
from intake_app.services.exchange import ExchangeService
from intake_app.services.forms import FormService, Saved
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
from tests.approving import approve
from tests.builders import NOW, TODAY, a_clinic, an_actor
from tests.fakes import FakeClock, FakeIds, FakeWork
from tests.fakes_printing import FakeSpooler

RECEPTION = an_actor(Role.RECEPTION, name="Rita Vale")
NURSE = an_actor(Role.NURSE, name="Nora Hill")
PHYSICIAN = an_actor(Role.PHYSICIAN, name="Dr. Park")
NEXT_YEAR = TODAY.replace(year=TODAY.year + 1)
MANAGER = an_actor(Role.MANAGER, name="Max Low")


class FakeEngine:
    """Draws nothing: the document is the sheet in words, so equal sheets give equal bytes."""

    def draw(self, sheet: Sheet) -> Drawn:
        return Drawn(repr(sheet).encode(), 2)

    def stamp_copy(self, pdf: bytes, text: str) -> bytes:
        return pdf + text.encode()

    def join(self, pdf: bytes, more: bytes) -> bytes:
        return pdf + more

    def missing_characters(self, text: str) -> tuple[str, ...]:
        return tuple(char for char in text if char == "☃")


@cache
def shipped_questionnaire() -> Questionnaire:
    """Return the safety questions that ship with the program, read once."""
    text = resource("questionnaires", "safety.json").read_text(encoding="utf-8")
    return read_questionnaire(text, name="safety.json")


@cache
def every_shipped_wording() -> Mapping[str, str]:
    """Return the texts of the shipped English wording files by id."""
    return {
        f"{kind.value}/en": resource("wording", "en", f"{kind.value}.toml").read_text("utf-8")
        for kind in SheetKind
    }


@dataclass
class Desk:
    """The services of one clinic on 22 November 2026, 14:00 UTC, and short ways to use them."""

    work: FakeWork = field(default_factory=lambda: FakeWork(today=TODAY))
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    ids: FakeIds = field(default_factory=FakeIds)
    shipped_wording: Mapping[str, str] = field(default_factory=every_shipped_wording)

    def __post_init__(self) -> None:
        questions = shipped_questionnaire()
        self.office = Office(lambda: self.work, self.work.look, self.clock, self.ids)
        self.clinic = ClinicService(self.office)
        self.exchange = ExchangeService(self.office, CsvFiles(), Messages())
        self.dossiers = DossierService(self.office, FhirFiles())
        self.forms = FormService(self.office)
        self.patients = PatientService(self.office, questions)
        self.new_patients = NewPatientService(self.office, self.patients, self.forms)
        self.visits = VisitService(self.office, questions)
        self.fractures = FractureService(self.office)
        self.safety = SafetyService(self.office, questions)
        self.questions = QuestionService(self.office)
        self.doubles = DoublesService(self.office)
        self.merging = MergeService(self.office)
        self.history = HistoryService(self.office)
        self.drafts = DraftService(self.office, questions)
        self.board = BoardService(self.office, questions, self.visits)
        self.wordings = WordingService(
            self.office, questions, FakeEngine(), lambda: self.shipped_wording
        )
        self.reviews = ReviewService(self.office, self.wordings)
        self.sheets = SheetService(self.office, questions, FakeEngine(), wordings=self.wordings)
        self.spooler = FakeSpooler()
        self.checking = CheckService(self.office)
        self.handing_over = HandOverService(self.office, self.sheets, FakeEngine())
        self.prints = PrintService(
            self.office, self.spooler, filing=self.handing_over, station="desk"
        )

    def read_licence(self, text: str) -> Licence:
        """Return what a scanned driving licence says."""
        return read_licence(text)

    def open_clinic(self, clinic: Clinic) -> None:
        """Put a clinic in place."""
        with self.work as work:
            work.records(Clinic).add(clinic)
            work.commit()

    def register(self, typed: str = "Doe, Jane 3/4/1951") -> str:
        """Register a patient at reception; return the visit's id."""
        return self.patients.register(RECEPTION, typed)

    def approve(
        self,
        kind: SheetKind,
        review_by: date = NEXT_YEAR,
        *,
        actor: Actor = PHYSICIAN,
        language: str = "en",
    ) -> WordingVersion:
        """Send the newest wording for review and let a physician approve it."""
        return approve(self.wordings, actor, kind, review_by, language=language)

    def case(self, visit_id: str) -> Case:
        """Return everything about a visit."""
        return self.patients.case(NURSE, visit_id)

    def save(
        self,
        record: Record,
        draft: Mapping[str, FieldValue],
        *,
        actor: Actor = NURSE,
        seen: Mapping[str, FieldValue] | None = None,
    ) -> Saved[Record]:
        """Save fields of a record."""
        return self.forms.save(actor, type(record), record.id, draft=draft, seen=seen)

    def typed(self, record: Record) -> Mapping[str, str]:
        """Return the texts kept beside a record."""
        return self.forms.open(NURSE, type(record), record.id).typed


def a_desk(**changes: FieldValue) -> Desk:
    """Return a desk with a clinic whose limits are filled in and approved."""
    desk = Desk()
    desk.open_clinic(a_clinic(**changes))
    return desk
