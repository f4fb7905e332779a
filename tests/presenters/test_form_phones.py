"""Phones in a form: written the country's way when left, never lost, never refused."""

from intake_app.domain.fields import fields_of
from intake_app.domain.patients import Patient
from intake_app.ui.presenters.form import FormModel
from tests.builders import a_locality


def a_form() -> FormModel:
    """Return an empty patient form of a clinic in the United States."""
    form = FormModel("patient", fields_of(Patient), locality=a_locality(country="US"))
    form.load({})
    return form


def test_a_phone_is_written_the_country_s_way_when_its_field_is_left() -> None:
    model = a_form()
    model.edit("mobile_phone", "3125550142")
    while_typing = model.text("mobile_phone")

    model.leave("mobile_phone")

    assert while_typing == "3125550142"
    assert model.text("mobile_phone") == "(312) 555-0142"
    assert model.readable() == {"mobile_phone": "(312) 555-0142"}


def test_a_phone_that_was_loaded_is_not_rewritten_by_passing_through() -> None:
    model = a_form()
    model.load({"mobile_phone": "3125550142"})

    model.leave("mobile_phone")

    assert model.text("mobile_phone") == "3125550142"
    assert not model.dirty


def test_a_phone_nobody_can_have_stays_as_typed_and_can_be_saved() -> None:
    model = a_form()
    model.edit("mobile_phone", "555 0142")

    model.leave("mobile_phone")

    problem = model.problem("mobile_phone")
    assert problem is not None
    assert (problem.code, problem.warning) == ("phone_not_valid", True)
    assert model.readable() == {"mobile_phone": "555 0142"}
