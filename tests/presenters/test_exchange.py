"""A file on its way in: recognised, looked at, corrected, taken in."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from intake_app.domain.errors import AppError, FileEmptyError, NotAllowedError
from intake_app.domain.exchange import DateOrder, FileKind, Summary
from intake_app.domain.patients import Patient
from intake_app.domain.staff import Actor
from intake_app.ui.presenters.exchange import ImportPresenter, Step
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import program
from tests.services.desk import MANAGER, RECEPTION, Desk, a_desk
from tests.services.test_exchange import ComparingWork

pytestmark = pytest.mark.usefixtures("qapp")

TABLE = "Last,First,DOB,Hobby\nDoe,Jane,3/4/1951,chess\nRoe,Ann,31/12/1940,\nPoe,Eve,31/2/1950,\n"


@pytest.fixture
def desk() -> Desk:
    desk = a_desk()
    desk.work.__class__ = ComparingWork
    return desk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "patients.csv"
    path.write_text(TABLE)
    return path


def a_presenter(
    desk: Desk, *, actor: Actor = MANAGER, tasks: ImmediateTasks | None = None
) -> ImportPresenter:
    return ImportPresenter(program(desk), actor, tasks or ImmediateTasks())


@contextmanager
def errors(presenter: ImportPresenter) -> Iterator[list[AppError]]:
    seen: list[AppError] = []
    presenter.failed.connect(seen.append)
    yield seen


def test_a_file_is_recognised_and_shown_as_it_will_be_read(desk: Desk, path: Path) -> None:
    presenter = a_presenter(desk)

    presenter.choose(path)

    assert presenter.step is Step.COLUMNS
    assert presenter.table is not None
    assert presenter.table.reading.date_order is DateOrder.DAY_FIRST
    assert presenter.preview.titles == ("Family name", "Given name", "Date of birth")
    first, _, third = presenter.preview.rows
    assert [cell.text for cell in first.cells] == ["Doe", "Jane", "3 April 1951"]
    assert third.cells[2].text == "31/2/1950"
    assert third.cells[2].problem.startswith("31 February 1950 does not exist")
    assert presenter.preview.examples == ("Doe", "Jane", "3/4/1951", "chess")


def test_a_column_goes_where_somebody_sends_it_and_nowhere_else(desk: Desk, path: Path) -> None:
    presenter = a_presenter(desk)
    presenter.choose(path)

    presenter.send(3, "given_name")

    assert presenter.table is not None
    assert presenter.table.reading.columns == ("family_name", "", "birth_date", "given_name")
    assert presenter.preview.rows[0].cells[1].text == "chess"


def test_without_a_column_of_names_nobody_can_be_taken_in(desk: Desk, path: Path) -> None:
    presenter = a_presenter(desk)
    presenter.choose(path)

    presenter.send(0, "")

    assert not presenter.has_names
    assert presenter.remarks() == ("Choose the column that holds the family name.",)


def test_dates_are_read_as_somebody_says(desk: Desk, path: Path) -> None:
    presenter = a_presenter(desk)
    presenter.choose(path)

    presenter.choose_dates(DateOrder.MONTH_FIRST)

    assert presenter.preview.rows[0].cells[2].text == "4 March 1951"


def test_letters_separator_and_header_can_be_corrected(desk: Desk, path: Path) -> None:
    path.write_text("Müller,Jürgen;1;Ulm\nGröße,Åse;2;Ulm\n", encoding="cp1252")
    presenter = a_presenter(desk)
    presenter.choose(path)

    presenter.choose_letters("cp1252")
    presenter.choose_separator(",")
    presenter.choose_header(named=False)

    assert presenter.table is not None
    assert presenter.table.rows == 2
    assert presenter.table.headers == ("Column 1", "Column 2")
    assert presenter.preview.examples[0] == "Müller"


def test_everybody_is_taken_in_and_the_refused_can_be_saved(
    desk: Desk, path: Path, tmp_path: Path
) -> None:
    presenter = a_presenter(desk)
    presenter.choose(path)
    told: list[str] = []

    presenter.take_in(doubtful_are_new=False)
    presenter.save_refused(tmp_path / "refused.csv", told.append)

    assert presenter.step is Step.RESULT
    assert presenter.summary == Summary(accepted=2, refused=1)
    assert [each.place for each in presenter.listing.refused] == ["row 4"]
    assert told == ["refused.csv"]
    assert "Poe" in (tmp_path / "refused.csv").read_text("utf-8-sig")


def test_the_refused_rows_come_in_once_they_are_corrected(
    desk: Desk, path: Path, tmp_path: Path
) -> None:
    first = a_presenter(desk)
    first.choose(path)
    first.take_in(doubtful_are_new=False)
    corrected = tmp_path / "refused.csv"
    first.save_refused(corrected, lambda _: None)
    corrected.write_text(corrected.read_text("utf-8-sig").replace("31/2/1950", "28/2/1950"))

    again = a_presenter(desk)
    again.choose(corrected)
    again.take_in(doubtful_are_new=False)

    assert again.summary == Summary(accepted=1)
    with desk.work as work:
        assert len(work.records(Patient).all()) == 3


def test_who_may_be_here_already_is_new_when_somebody_says_so(desk: Desk, path: Path) -> None:
    desk.patients.register(RECEPTION, "Jane Doe")
    presenter = a_presenter(desk)
    presenter.choose(path)

    presenter.take_in(doubtful_are_new=True)

    assert presenter.summary == Summary(accepted=2, refused=1)


def test_lists_are_read_again_once_somebody_is_in(desk: Desk, path: Path) -> None:
    presenter = a_presenter(desk)
    told: list[bool] = []
    presenter.taken_in.connect(lambda: told.append(True))
    presenter.choose(path)

    presenter.take_in(doubtful_are_new=False)

    assert told == [True]


def test_a_file_that_cannot_be_used_is_named_and_another_can_be_chosen(
    desk: Desk, path: Path
) -> None:
    path.write_text("")
    presenter = a_presenter(desk)

    with errors(presenter) as seen:
        presenter.choose(path)

    assert [type(error) for error in seen] == [FileEmptyError]
    assert presenter.step is Step.FILE
    assert not presenter.busy


def test_reception_takes_in_no_files(desk: Desk, path: Path) -> None:
    presenter = a_presenter(desk, actor=RECEPTION)

    with errors(presenter) as seen:
        presenter.choose(path)

    assert isinstance(seen[0], NotAllowedError)


def test_only_one_thing_goes_on_at_a_time(desk: Desk, path: Path) -> None:
    tasks = ImmediateTasks()
    presenter = a_presenter(desk, tasks=tasks)
    presenter.choose(path)
    tasks.held = True

    presenter.take_in(doubtful_are_new=False)
    presenter.take_in(doubtful_are_new=False)
    tasks.release()

    assert presenter.summary == Summary(accepted=2, refused=1)


def test_stopping_says_how_many_are_in(desk: Desk, path: Path) -> None:
    tasks = ImmediateTasks()
    presenter = a_presenter(desk, tasks=tasks)
    presenter.choose(path)
    tasks.held = True
    presenter.take_in(doubtful_are_new=False)

    presenter.stop()
    tasks.release()

    assert presenter.step is Step.RESULT
    assert presenter.summary == Summary(cancelled=True)


def test_a_preview_that_is_too_late_is_not_shown(desk: Desk, path: Path) -> None:
    tasks = ImmediateTasks()
    presenter = a_presenter(desk, tasks=tasks)
    presenter.choose(path)
    tasks.held = True
    shown: list[str] = []
    presenter.preview_changed.connect(lambda: shown.append(presenter.preview.rows[0].cells[2].text))

    presenter.choose_dates(DateOrder.MONTH_FIRST)
    presenter.choose_dates(DateOrder.DAY_FIRST)
    tasks.release()

    assert shown == ["3 April 1951"]


def test_how_far_it_is_is_told(desk: Desk, path: Path) -> None:
    presenter = a_presenter(desk)
    told: list[int] = []
    presenter.progressed.connect(told.append)

    presenter.choose(path)

    assert told[-1] == 100


def test_other_letters_leave_the_columns_where_somebody_sent_them(desk: Desk, path: Path) -> None:
    presenter = a_presenter(desk)
    presenter.choose(path)
    presenter.send(3, "preferred_name")

    presenter.choose_letters("cp1252")

    assert presenter.table is not None
    assert presenter.table.reading.columns[3] == "preferred_name"


def test_letters_that_make_no_sense_leave_the_table_as_it_was(desk: Desk, path: Path) -> None:
    presenter = a_presenter(desk)
    presenter.choose(path)
    shown: list[str] = []
    presenter.table_changed.connect(
        lambda: shown.append(presenter.table.reading.encoding if presenter.table else "")
    )

    with errors(presenter) as seen:
        presenter.choose_letters("utf-16-le")

    assert len(seen) == 1
    assert shown == ["utf-8"]


def test_where_the_file_says_something_else_it_is_listed(desk: Desk, path: Path) -> None:
    path.write_text("Last,First,DOB,City\nDoe,Jane,3/14/1951,Ames\n")
    first = a_presenter(desk)
    first.choose(path)
    first.take_in(doubtful_are_new=False)
    path.write_text("Last,First,DOB,City\nDoe,Jane,3/14/1951,Boone\n")

    again = a_presenter(desk)
    again.choose(path)
    again.take_in(doubtful_are_new=False)

    assert again.summary == Summary(matched=1)
    assert again.listing.differences == 1
    assert again.listing.differing[0].what_to_do == (
        "City: the file says “Boone”; what was here was kept."
    )


def test_of_a_bundle_people_are_shown_first(desk: Desk, tmp_path: Path) -> None:
    bundle = tmp_path / "people.json"
    entries = [
        {"resource": {"resourceType": "Observation", "status": "final"}},
        {"resource": {"resourceType": "Patient", "name": [{"family": "Doe", "given": ["Jane"]}]}},
    ]
    bundle.write_text(
        json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})
    )
    presenter = a_presenter(desk)

    presenter.choose(bundle)

    assert presenter.kind is FileKind.FHIR
    assert presenter.has_names
    assert [cell.text for cell in presenter.preview.rows[0].cells][:2] == ["Doe", "Jane"]


def test_what_a_bundle_holds_besides_people_is_listed_by_its_place(
    desk: Desk, tmp_path: Path
) -> None:
    bundle = tmp_path / "people.json"
    entries = [{"resource": {"resourceType": "Observation", "status": "final"}}]
    bundle.write_text(
        json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})
    )
    presenter = a_presenter(desk)
    presenter.choose(bundle)
    presenter.take_in(doubtful_are_new=False)

    presenter.save_refused(tmp_path / "list.csv", lambda _: None)

    said = (tmp_path / "list.csv").read_text("utf-8-sig")
    assert said.startswith('"Where","What to do"')
    assert '"entry 1"' in said


def test_dates_nobody_can_tell_apart_must_be_chosen(desk: Desk, path: Path) -> None:
    path.write_text("Last,First,DOB\nDoe,Jane,3/4/1951\n")
    presenter = a_presenter(desk)
    presenter.choose(path)
    before = presenter.can_take_in

    presenter.choose_dates(DateOrder.DAY_FIRST)

    assert before is False
    assert presenter.can_take_in
    assert presenter.remarks() == ()


def test_a_file_that_was_stopped_is_not_shown_when_it_comes_home(desk: Desk, path: Path) -> None:
    tasks = ImmediateTasks(held=True)
    presenter = a_presenter(desk, tasks=tasks)
    presenter.choose(path)

    presenter.stop()
    tasks.release()

    assert presenter.step is Step.FILE
    assert presenter.table is None
