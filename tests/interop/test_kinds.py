"""What sort of file it is, told by its beginning."""

import json
from pathlib import Path

import pytest

from intake_app.domain.exchange import FileKind
from intake_app.interop.kinds import Messages

PATIENT = '{"resourceType":"Patient","name":[{"family":"Äé"}]'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (f"{PATIENT}}}".encode("utf-16"), FileKind.FHIR),
        ((PATIENT + ',"a":' + "9" * 5000 + "}").encode(), FileKind.FHIR),
        ((PATIENT + ',"a":' + "[" * 20_000).encode(), FileKind.FHIR),
        (b"{" + b" " * 65_530 + b'"a": 1}', FileKind.FHIR),
        ("MSH|^~\\&|A".encode("utf-16"), FileKind.HL7),
        ("Last,First\nDoe,Jane\n".encode("utf-16"), FileKind.CSV),
        (b"{not json},b\n1,2\n", FileKind.CSV),
    ],
)
def test_a_file_is_known_by_its_beginning(tmp_path: Path, content: bytes, kind: FileKind) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    assert Messages().kind_of(path) is kind


@pytest.mark.parametrize("shift", range(3))
def test_a_letter_may_stand_across_the_end_of_what_is_looked_at(tmp_path: Path, shift: int) -> None:
    path = tmp_path / "file.json"
    text = json.dumps({"resourceType": "Patient", "x": "a" * shift + "€" * 40_000})
    path.write_bytes(json.dumps(json.loads(text), ensure_ascii=False).encode())

    assert Messages().kind_of(path) is FileKind.FHIR
