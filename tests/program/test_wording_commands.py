"""Wording on the command line: listed, shared with another clinic, taken in as drafts."""

import json
from pathlib import Path

import pytest

from intake_app.__main__ import main
from intake_app.bootstrap import Application, ShippedWording
from intake_app.config.paths import Paths
from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import Actor, Role
from intake_app.domain.validation import draft_of
from intake_app.domain.wording import WordingApproval
from tests.approving import approve
from tests.builders import a_clinic


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder of a clinic whose driver card is approved."""
    application = Application(Paths(tmp_path / "data"))
    people = [
        ("Rita Vale", frozenset({Role.RECEPTION})),
        ("Max Low", frozenset({Role.MANAGER})),
        ("Dr. Park", frozenset({Role.PHYSICIAN})),
    ]
    _, staff = application.clinic.set_up(draft_of(a_clinic()), people)
    today = application.board.today()
    review_by = today.replace(year=today.year + 1, day=1)
    approve(application.wordings, Actor.of(staff[2]), SheetKind.DRIVER_CARD, review_by)
    application.close()
    return tmp_path / "data"


def run(data: Path, *arguments: object, who: str = "Max Low") -> int:
    return main(["--data", str(data), "wording", *map(str, arguments), "--as", who])


def test_every_wording_is_listed_with_how_far_it_has_come(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(data, "list", "--json")

    rows = {row["wording"]: row for row in json.loads(capsys.readouterr().out)}
    assert code == 0
    assert set(rows) == set(ShippedWording())
    assert rows["driver_card/en"]["approved"]["approved_by"] == "Dr. Park"
    assert rows["aftercare/en"]["approved"] is None
    assert rows["aftercare/en"]["open"]["stage"] == "draft"


def test_the_list_reads_as_sentences(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(data, "list")

    lines = capsys.readouterr().out.splitlines()
    (card,) = [line for line in lines if line.startswith("driver_card/en")]
    assert "version 1 approved by Dr. Park, review by" in card


def test_a_set_that_was_written_is_known_when_it_comes_back(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = run(data, "export", tmp_path / "set.toml", "--language", "en")
    taken = run(data, "import", tmp_path / "set.toml")

    said = capsys.readouterr().out.splitlines()
    assert (written, taken) == (0, 0)
    assert said[0] == f"{len(SheetKind)} wordings in set.toml."
    assert said[1].endswith("here already as version 1, unchanged since it was exported")


def test_changed_words_come_in_as_a_draft(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "set.toml"
    run(data, "export", file, "--language", "en")
    file.write_text(file.read_text("utf-8").replace("Good to know", "Please note"), "utf-8")
    capsys.readouterr()

    code = run(data, "import", file, "--json")

    rows = {row["wording"]: row for row in json.loads(capsys.readouterr().out)}
    assert code == 0
    assert rows["driver_card/en"] == {
        "wording": "driver_card/en",
        "taken": "new",
        "version": 2,
        "unchanged": False,
        "problems": [],
    }


def test_refused_wording_says_why(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "set.toml"
    run(data, "export", file, "--language", "en")
    file.write_text(file.read_text("utf-8").replace("Good to know", "{nothing}"), "utf-8")

    code = run(data, "import", file)

    assert code == 1
    assert "refused: “nothing” between curly brackets" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("export", "{}/set.toml", "--language", "xx"), 2, "no wording in this language"),
        (("import", "{}/nothing.toml"), 1, "The file is no longer there."),
        (("import", "{}/words.toml"), 1, "Line 1 of the file"),
        (("import", "{}/bytes.toml"), 1, "not a file"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    (tmp_path / "words.toml").write_text("these are words")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")

    result = run(data, *(part.format(tmp_path) for part in arguments))

    assert result == code
    assert said in capsys.readouterr().err


def test_reception_shares_no_wording(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(data, "export", tmp_path / "set.toml", who="Rita Vale")

    assert code == 1
    assert "Your role cannot change the wording." in capsys.readouterr().err
    assert not (tmp_path / "set.toml").exists()


def test_an_approval_from_before_there_were_versions_stays_in_the_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    application = Application(Paths(tmp_path / "data"))
    application.clinic.set_up(draft_of(a_clinic()), [("Max Low", frozenset({Role.MANAGER}))])
    shipped = application.wordings.shipped("aftercare/en")
    assert shipped is not None
    today = application.board.today()
    with application.office.work() as work:
        work.records(WordingApproval).add(
            WordingApproval(
                id="old",
                wording="aftercare/en",
                fingerprint=shipped.fingerprint,
                approved_by="Dr. Ruth Calder",
                approved_on=today,
                review_by=today.replace(year=today.year + 1, day=1),
            )
        )
        work.commit()
    application.close()

    run(tmp_path / "data", "list", "--json")

    rows = {row["wording"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["aftercare/en"]["approved"]["approved_by"] == "Dr. Ruth Calder"
    assert rows["aftercare/en"]["approved"]["number"] == 1
