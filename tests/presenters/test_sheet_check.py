"""Which sheet a code belongs to, in a sentence."""

import pytest

from intake_app.ui.presenters.sheet_check import SheetCheckPresenter
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import program
from tests.services.desk import Desk

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("7K3M-Q2XD", "Not from this database: no sheet with this code is in it."),
        (
            "hello",
            "This is no check code. A code has 8 letters and digits, such as 7K3M-Q2XD.",
        ),
        ("  ", "Type the code that is printed on the sheet."),
    ],
)
def test_a_code_is_answered_with_a_sentence(desk: Desk, typed: str, sentence: str) -> None:
    presenter = SheetCheckPresenter(program(desk), ImmediateTasks())
    answers: list[str] = []
    presenter.answered.connect(answers.append)

    presenter.check(typed)

    assert answers == [sentence]
