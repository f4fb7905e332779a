"""Whom the other record of a person is looked for among."""

from intake_app.ui.presenters.merge_with import MergeWithPresenter
from intake_app.ui.presenters.patients import Results
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import program
from tests.services.desk import RECEPTION
from tests.services.twins import Twins, twins_at_the_desk


def asked(twins: Twins, typed: str) -> tuple[MergeWithPresenter, Results]:
    presenter = MergeWithPresenter(
        program(twins.desk), RECEPTION, ImmediateTasks(), patient_id=twins.stays
    )
    answers: list[Results] = []
    presenter.results_changed.connect(answers.append)
    presenter.look_for(typed)
    return presenter, answers[-1]


def test_likely_people_are_offered_before_anything_is_typed() -> None:
    presenter, answer = asked(twins_at_the_desk(), "")

    assert [row.record_number for row in answer.rows] == ["P-000002"]
    assert "same birth date" in answer.rows[0].how
    assert presenter.words(answer) == "These may be the same person:"


def test_the_patient_who_asks_is_not_found() -> None:
    _, answer = asked(twins_at_the_desk(), "Doe")

    assert "P-000001" not in [row.record_number for row in answer.rows]


def test_nobody_found_is_said() -> None:
    presenter, answer = asked(twins_at_the_desk(), "Zylberstein")

    assert presenter.words(answer) == "Nobody else found. Check the spelling."
