"""A new patient before there is a record: compared, kept, created once, or handed over."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from intake_app.domain.matching import Certainty, Likeness, Person, Reason
from intake_app.domain.patients import Patient
from intake_app.domain.ports import Found
from intake_app.interop.aamva import read_licence
from intake_app.services.doubles import Candidate, person_from
from intake_app.services.new_patients import HalfTyped
from intake_app.ui.presenters.registration import CandidateRow, RegistrationPresenter
from tests.builders import a_clinic
from tests.fakes_ui import ImmediateTasks
from tests.interop.licences import IOWA
from tests.presenters.pages import program
from tests.services.desk import RECEPTION, Desk

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass
class Alike:
    """Finds whom it is told to find, and remembers who was asked about."""

    desk: Desk
    people: dict[str, str] = field(default_factory=dict)
    """Patient id by the family name that finds it."""
    asked: list[Person] = field(default_factory=list)

    def person_from(self, values: dict[str, str]) -> Person:
        return person_from(values, self.desk.office.locality(a_clinic()))

    def likely(self, actor: object, person: Person, *, limit: int = 10) -> tuple[Candidate, ...]:
        self.asked.append(person)
        patient_id = self.people.get(person.family_name)
        if patient_id is None:
            return ()
        found = Found(patient_id, "Weber, Clara", date(1951, 3, 4), "P-000001", "", None)
        reasons = (Reason("birth_same"),)
        return (Candidate(found, Likeness(patient_id, 12.0, Certainty.LIKELY, reasons)),)


class Heard:
    """What a presenter said."""

    def __init__(self, presenter: RegistrationPresenter) -> None:
        self.candidates: list[tuple[CandidateRow, ...]] = []
        self.others: list[tuple[HalfTyped, ...]] = []
        self.created: list[str] = []
        self.carried: list[tuple[str, str]] = []
        self.nameless = 0
        self.said: list[str] = []
        presenter.candidates_changed.connect(self.candidates.append)
        presenter.others_changed.connect(self.others.append)
        presenter.created.connect(self.created.append)
        presenter.carried_over.connect(lambda *both: self.carried.append(both))
        presenter.nameless.connect(self._count)
        presenter.said.connect(self.said.append)

    def _count(self) -> None:
        self.nameless += 1


@pytest.fixture
def alike(desk: Desk) -> Alike:
    """Return who is found to be alike, and let the desk ask there."""
    desk.doubles = Alike(desk)  # type: ignore[assignment]
    return desk.doubles  # type: ignore[return-value]


@pytest.fixture
def tasks() -> ImmediateTasks:
    """Return a runner that works in the call."""
    return ImmediateTasks()


@pytest.fixture
def presenter(desk: Desk, alike: Alike, tasks: ImmediateTasks) -> RegistrationPresenter:
    """Return the presenter of an empty page."""
    return RegistrationPresenter(program(desk), RECEPTION, tasks, clinic=a_clinic())


@pytest.fixture
def heard(presenter: RegistrationPresenter) -> Heard:
    """Listen to the presenter."""
    return Heard(presenter)


def patients(desk: Desk) -> list[Patient]:
    """Return every patient there is."""
    with desk.work as work:
        return list(work.records(Patient).all())


def kept(desk: Desk) -> list[dict[str, str]]:
    """Return the texts of every half-typed patient."""
    return [dict(half.texts) for half in desk.new_patients.half_typed(RECEPTION)]


# --- filled -------------------------------------------------------------------------------------


def test_the_form_takes_over_what_was_searched_for(presenter: RegistrationPresenter) -> None:
    presenter.start("Weber, Clara 3/4/1951")

    assert presenter.texts() == {
        "family_name": "Weber",
        "given_name": "Clara",
        "birth_date": "4 March 1951",
    }


def test_a_licence_fills_identity_and_address(presenter: RegistrationPresenter) -> None:
    presenter.fill(read_licence(IOWA))

    texts = presenter.texts()
    assert (texts["family_name"], texts["sex"], texts["city"]) == ("Weber", "female", "Ames")
    keys = [field.key for field in presenter.model.fields]
    assert keys[-1] == "mobile_phone"
    assert "address_line_1" in keys


def test_what_a_licence_replaces_is_told(presenter: RegistrationPresenter, heard: Heard) -> None:
    presenter.model.edit("family_name", "Miller")
    presenter.model.edit("given_name", "CLARA")

    presenter.fill(read_licence(IOWA))

    assert heard.said == ["Filled in from the licence. Typed before: Family name “Miller”."]


# --- nobody twice -------------------------------------------------------------------------------


def test_somebody_alike_is_shown_while_typing(
    presenter: RegistrationPresenter, heard: Heard, alike: Alike
) -> None:
    alike.people["Weber"] = "p-9"

    presenter.model.edit("family_name", "Weber")

    (row,) = heard.candidates[-1]
    assert row.row.patient_id == "p-9"
    assert row.row.born == "4 March 1951"
    assert row.why


def test_nobody_is_asked_about_an_older_text_than_the_latest(
    presenter: RegistrationPresenter, heard: Heard, alike: Alike, tasks: ImmediateTasks
) -> None:
    tasks.held = True
    presenter.model.edit("family_name", "W")
    presenter.model.edit("family_name", "We")
    presenter.model.edit("family_name", "Weber")
    tasks.release()
    tasks.release()

    assert [person.family_name for person in alike.asked] == ["W", "Weber"]
    assert len(heard.candidates) == 1


def test_a_likely_double_never_blocks(
    desk: Desk, presenter: RegistrationPresenter, heard: Heard, alike: Alike
) -> None:
    alike.people["Weber"] = "p-9"
    presenter.start("Weber, Clara 3/4/1951")

    presenter.create()

    assert len(heard.created) == 1
    assert len(patients(desk)) == 1


def test_whoever_was_there_already_takes_over_what_was_typed(
    desk: Desk, presenter: RegistrationPresenter, heard: Heard
) -> None:
    there = desk.case(desk.register("Weber, Clara 3/4/1951")).patient.id
    presenter.start("Weber, Clara 4/4/1951")
    presenter.model.edit("mobile_phone", "(515) 555-0142")

    presenter.open_existing(there)

    ((visit_id, words),) = heard.carried
    assert desk.case(visit_id).patient.mobile_phone
    assert "Date of birth" in words
    assert len(patients(desk)) == 1


# --- kept ---------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_without_being_asked(
    desk: Desk, presenter: RegistrationPresenter
) -> None:
    presenter.model.edit("family_name", "Web")

    presenter.keep()

    assert kept(desk) == [{"family_name": "Web"}]
    assert presenter.is_saved


def test_what_stands_in_the_search_box_is_not_kept_a_second_time(
    desk: Desk, presenter: RegistrationPresenter
) -> None:
    presenter.start("Weber, Clara")

    presenter.put_aside()

    assert kept(desk) == []


def test_what_was_searched_for_is_kept_while_the_page_is_open(
    desk: Desk, presenter: RegistrationPresenter
) -> None:
    presenter.start("Weber, Clara")

    presenter.keep()
    while_open = kept(desk)
    presenter.put_aside()

    assert while_open == [{"family_name": "Weber", "given_name": "Clara"}]
    assert kept(desk) == []
    assert presenter.is_saved


def test_a_half_typed_patient_is_offered_by_the_next_page(
    desk: Desk, presenter: RegistrationPresenter
) -> None:
    presenter.model.edit("family_name", "Web")
    presenter.put_aside()
    following = RegistrationPresenter(program(desk), RECEPTION, ImmediateTasks(), clinic=a_clinic())
    heard = Heard(following)

    following.start("Miller, John")

    assert [half.name for half in heard.others[-1]] == ["Web"]


def test_going_on_with_a_half_typed_patient_loses_nothing(
    desk: Desk, presenter: RegistrationPresenter
) -> None:
    presenter.model.edit("family_name", "Miller")

    presenter.go_on(HalfTyped("p-7", {"family_name": "Weber", "birth_date": "4 Mar"}))

    assert presenter.texts() == {"family_name": "Weber", "birth_date": "4 Mar"}
    assert kept(desk) == [
        {"family_name": "Miller"},
        {"family_name": "Weber", "birth_date": "4 Mar"},
    ]


def test_what_is_thrown_away_is_not_kept(desk: Desk, presenter: RegistrationPresenter) -> None:
    presenter.model.edit("family_name", "Web")
    presenter.keep()

    presenter.throw_away()
    presenter.put_aside()

    assert kept(desk) == []


# --- created ------------------------------------------------------------------------------------


def test_a_second_press_creates_nobody_else(
    desk: Desk, presenter: RegistrationPresenter, heard: Heard, tasks: ImmediateTasks
) -> None:
    presenter.start("Weber, Clara")
    tasks.held = True

    presenter.create()
    presenter.create()
    tasks.release()

    assert len(patients(desk)) == 1
    assert len(heard.created) == 1


def test_nobody_without_a_name_is_created(
    desk: Desk, presenter: RegistrationPresenter, heard: Heard
) -> None:
    presenter.model.edit("mobile_phone", "(515) 555-0142")

    presenter.create()

    problem = presenter.model.problem("family_name")
    assert problem is not None
    assert problem.code == "required"
    assert heard.nameless == 1
    assert patients(desk) == []


def test_half_a_birth_date_does_not_stop_the_patient_from_being_created(
    desk: Desk, presenter: RegistrationPresenter
) -> None:
    presenter.start("Weber, Clara")
    presenter.model.edit("birth_date", "4 Mar")

    presenter.create()

    (patient,) = patients(desk)
    assert desk.typed(patient) == {"birth_date": "4 Mar"}
