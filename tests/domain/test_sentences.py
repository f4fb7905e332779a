"""Every problem and every expected failure has a sentence, with nothing left to fill in."""

import ast
import string
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import intake_app.domain
from intake_app.domain import errors, sentences
from intake_app.domain.clinic import Clinic
from intake_app.domain.errors import AppError, CannotPrintError, NotAllowedError
from intake_app.domain.fields import Field, Kind, Record
from intake_app.domain.fractures import Fracture
from intake_app.domain.imaging import Imaging
from intake_app.domain.pain import PainFunction
from intake_app.domain.patients import Insurance, Patient
from intake_app.domain.procedures import ProcedureRecord
from intake_app.domain.reading import Locality
from intake_app.domain.sentences import error_sentence, sentence
from intake_app.domain.sentences_paper import PAPER
from intake_app.domain.spine import read_levels
from intake_app.domain.staff import Action
from intake_app.domain.validation import Problem, find_problems, read_field
from intake_app.domain.visits import Visit

DOMAIN = Path(intake_app.domain.__file__).parent
LOCALITY = Locality(today=date(2026, 11, 22))


def codes_raised() -> set[str]:
    """Return the codes of problems that are written anywhere in the program."""
    found: set[str] = set()
    for module in DOMAIN.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            place = {"UnreadableError": 0, "Problem.of": 1, "Problem": 1}.get(
                ast.unparse(node.func)
            )
            if place is None or len(node.args) <= place:
                continue
            found |= {
                part.value
                for part in ast.walk(node.args[place])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    return found | {"transitional_level", "no_such_level"}


def every_error() -> list[type[AppError]]:
    """Return the classes of errors.py."""
    return [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, AppError)
    ]


@pytest.mark.parametrize("code", sorted(codes_raised()))
def test_every_code_has_a_sentence(code: str) -> None:
    assert code in sentences.PROBLEMS or code in PAPER


@pytest.mark.parametrize(
    "template", [*sentences.PROBLEMS.values(), *PAPER.values(), *sentences.ERRORS.values()]
)
def test_a_template_is_a_full_sentence_with_named_placeholders(template: str) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]

    assert template[-1] in ".}"
    assert all(name.isidentifier() for name in names)


def of(kind: Kind, **limits: object) -> Field:
    return Field(key="it", label="It", kind=kind, **limits)  # type: ignore[arg-type]


UNREADABLE = [
    (of(Kind.TEXT, max_length=5), "far too long"),
    (of(Kind.PHONE), "call me"),
    (of(Kind.EMAIL), "ana"),
    (of(Kind.INTEGER), "ten"),
    (of(Kind.INTEGER, minimum=0, maximum=10), "11"),
    (of(Kind.INTEGER, minimum=0, maximum=100, unit="%"), "101"),
    (of(Kind.INTEGER, minimum=0), "-1"),
    (of(Kind.INTEGER, maximum=9), "10"),
    (of(Kind.INTEGER), "1.5"),
    (of(Kind.DECIMAL, decimals=1), "1.55"),
    (of(Kind.QUANTITY, unit="kg", units=("kg", "lb")), "3 stone"),
    (of(Kind.QUANTITY, unit="kg"), "3 stone"),
    (
        of(Kind.QUANTITY, unit="°C", units=("°C", "°F"), minimum=Decimal(34), maximum=Decimal(42)),
        "98.6 C",
    ),
    (of(Kind.QUANTITY, unit="°C", units=("°C",), minimum=Decimal(34), maximum=Decimal(42)), "20"),
    (of(Kind.BOOLEAN), "perhaps"),
    (of(Kind.DATE), "31/12/2026"),
    (of(Kind.DATE), "4 March 1066"),
    (of(Kind.DATE), "2/31/1951"),
    (of(Kind.DATE), "soon"),
    (of(Kind.PARTIAL_DATE), "a while"),
    (of(Kind.TIME), "25:00"),
    (of(Kind.DATE_TIME), "later"),
]


@pytest.mark.parametrize(("field", "typed"), UNREADABLE)
def test_the_sentence_for_unreadable_text_has_nothing_left_to_fill_in(
    field: Field, typed: str
) -> None:
    _, problems = read_field(field, typed, LOCALITY)

    said = sentence(problems[0])

    assert "{" not in said
    assert "None" not in said
    assert "Decimal" not in said


DRAFTS: list[tuple[type[Record], dict[str, object]]] = [
    (Patient, {"birth_date": "1/1/2030"}),
    (Patient, {"birth_date": "1/1/1900"}),
    (Patient, {"birth_date": "1/1/1920"}),
    (Patient, {"birth_date": "1/1/2015"}),
    (Patient, {"family_name": ""}),
    (Patient, {"family_name": "A\u200bB"}),
    (Insurance, {"authorisation_from": "2/1/2026", "authorisation_to": "1/1/2026"}),
    (Fracture, {"happened": "1/1/2030"}),
    (Visit, {"planned_arrival": "10:00", "planned_start": "9:00"}),
    (ProcedureRecord, {"started_at": "10:00", "ended_at": "9:00"}),
    (ProcedureRecord, {"started_at": "1/1/2026, 10:00", "ended_at": "1/5/2026, 9:00"}),
    (Clinic, {"time_zone": "Mars/Base"}),
    (Clinic, {"opens": "10:00", "closes": "9:00"}),
    (Clinic, {"recovery_min_minutes": "200", "recovery_max_minutes": "100"}),
    (PainFunction, {"pain_now": "11"}),
    (Imaging, {"dexa_t_score": "-9"}),
]


@pytest.mark.parametrize(("record", "draft"), DRAFTS)
def test_the_sentence_for_a_record_has_nothing_left_to_fill_in(
    record: type[Record], draft: dict[str, object]
) -> None:
    problems = find_problems(record, draft, LOCALITY)  # type: ignore[arg-type]

    said = sentence(problems[0])

    assert "{" not in said
    assert said.endswith(".")


@pytest.mark.parametrize("typed", ["T13", "L6", "T12,T12", "L3-T11", "knee", "C1-"])
def test_the_sentence_for_typed_levels_has_nothing_left_to_fill_in(typed: str) -> None:
    problems = read_levels(typed).problems

    said = sentence(problems[0])

    assert "{" not in said


def test_an_impossible_day_is_explained_with_its_month() -> None:
    _, (problem,) = read_field(of(Kind.DATE), "31 Feb 1951", LOCALITY)

    said = sentence(problem)

    assert said == (
        "31 February 1951 does not exist: February 1951 has 28 days. Type the date like 4 Mar 1951."
    )


def test_fahrenheit_typed_as_celsius_is_named() -> None:
    field = of(
        Kind.QUANTITY, unit="°C", units=("°C", "°F"), minimum=Decimal(34), maximum=Decimal(42)
    )
    _, (problem,) = read_field(field, "98.6", LOCALITY)

    said = sentence(problem)

    assert said == "98.6 °C cannot be right. Did you mean 98.6 °F? Then type “98.6 °F”."


def test_a_stamp_names_the_one_it_is_before() -> None:
    said = sentence(Problem.of("ended_at", "stamp_out_of_order", before="started_at"))

    assert said == "This is earlier than “Started”. Check both times."


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_every_expected_failure_says_what_happened_and_what_to_do(kind: type[AppError]) -> None:
    error = kind(())  # type: ignore[arg-type] # no reasons, no problems, no reference

    said = error_sentence(error)

    assert kind.code in sentences.ERRORS
    assert "{" not in said
    assert said.endswith(".")


@pytest.mark.parametrize("action", Action)
def test_every_right_has_words(action: Action) -> None:
    said = error_sentence(NotAllowedError(action=action))

    assert "do this" not in said


def test_a_field_of_another_role_is_not_called_a_right() -> None:
    said = error_sentence(NotAllowedError(action="fracture.severity"))

    assert said.startswith("Your role cannot fill in this field.")


def test_a_print_that_is_refused_says_why() -> None:
    error = CannotPrintError(
        [Problem.of("it", "required"), Problem.of("it", "not_a_date", example="1/2/2026")]
    )

    said = error_sentence(error)

    assert "This cannot be empty. This is not a date." in said


def test_a_code_nobody_knows_still_gets_a_sentence() -> None:
    assert sentence(Problem.of("it", "from_the_future")).endswith(".")
