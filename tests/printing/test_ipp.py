"""The language of printers: what is sent, what is read, and what is refused."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.printing.ipp import (
    Attribute,
    Group,
    Operation,
    Tag,
    UnreadableAnswerError,
    collection,
    decode,
    encode,
    first_number,
    first_text,
    first_truth,
    number,
    text,
    texts,
)

RECORDED = sorted((Path(__file__).parent / "data").glob("*.ipp"))
NAMES = st.text("abcdefghij-", min_size=1, max_size=12)
ATTRIBUTES = st.one_of(
    st.builds(lambda name, values: text(Tag.KEYWORD, name, *values), NAMES,
              st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=4)),
    st.builds(number, NAMES, st.integers(-(2**31), 2**31 - 1)),
    st.builds(lambda name, yes: Attribute(Tag.BOOLEAN, name, (yes,)), NAMES, st.booleans()),
)  # fmt: skip


def told(*attributes: Attribute) -> bytes:
    """Return a message with attributes of a job."""
    return encode(Operation.PRINT_JOB, 7, {Group.JOB: attributes})


@given(st.lists(ATTRIBUTES, max_size=6, unique_by=lambda each: each.name))
def test_what_is_encoded_is_read_back(attributes: list[Attribute]) -> None:
    answer = decode(told(*attributes))

    job = next(answer.of(Group.JOB), {})
    assert job == {each.name: each.values for each in attributes}
    assert first_text(answer.operation, "attributes-charset") == "utf-8"


def test_a_collection_is_read_back_with_what_it_holds() -> None:
    size = collection("media-size", number("x-dimension", 21590), number("y-dimension", 27940))
    media = collection("media-col", size, text(Tag.KEYWORD, "media-source", "tray-1"))

    (job,) = decode(told(media, number("copies", 2))).of(Group.JOB)

    assert job == {
        "media-col": (
            {
                "media-size": ({"x-dimension": (21590,), "y-dimension": (27940,)},),
                "media-source": ("tray-1",),
            },
        ),
        "copies": (2,),
    }


def test_a_request_is_laid_out_as_the_standard_says() -> None:
    request = encode(
        Operation.GET_JOB_ATTRIBUTES, 5, {Group.OPERATION: (text(Tag.URI, "job-uri", "ipp://x"),)}
    )

    assert request == (
        b"\x01\x01\x00\x09\x00\x00\x00\x05\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x48\x00\x1battributes-natural-language\x00\x02en"
        b"\x45\x00\x07job-uri\x00\x07ipp://x"
        b"\x03"
    )


def test_several_values_are_one_name_and_then_none() -> None:
    message = told(text(Tag.KEYWORD, "requested-attributes", "all", "none"))

    assert b"requested-attributes\x00\x03all\x44\x00\x00\x00\x04none\x03" in message


def test_text_with_a_language_is_read_as_its_text() -> None:
    spoken = struct.pack(">H", 2) + b"de" + struct.pack(">H", 4) + b"Leer"
    value = b"\x35" + struct.pack(">H", 1) + b"m" + struct.pack(">H", len(spoken)) + spoken

    (job,) = decode(b"\x01\x01\x00\x00\x00\x00\x00\x01\x02" + value + b"\x03").of(Group.JOB)

    assert job == {"m": ("Leer",)}


def test_what_is_not_there_has_a_plain_answer() -> None:
    assert first_text({}, "x") == ""
    assert texts({}, "x") == ()
    assert first_number({}, "x") is None
    assert first_truth({}, "x", otherwise=True)
    assert first_number({"x": (True,)}, "x") is None
    assert first_text({"x": (1, "two")}, "x") == "two"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x01\x01\x00",
        b"HTTP/1.1 200 OK",
        b"\x01\x01\x00\x00\x00\x00\x00\x01",
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x02",
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x21\x00\x01a\x00\x04\x00\x00\x00\x01\x03",
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x02\x21\x00\x00\x00\x04\x00\x00\x00\x01\x03",
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x02\x21\x00\x01a\x00\x03\x00\x00\x01\x03",
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x02\x22\x00\x01a\x00\x01\x07\x03",
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x02\x34\x00\x01a\x00\x00\x03",
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x02\x34\x00\x01a\x00\x00\x21\x00\x00\x00\x04\x00\x00\x00\x01",
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x02\x35\x00\x01a\x00\x01\x00\x03",
    ],
    ids=[
        "nothing",
        "cut off in the head",
        "another language",
        "no end",
        "no end of a group",
        "a value outside a group",
        "a value without a name",
        "a short number",
        "neither yes nor no",
        "a collection cut off",
        "a member without a name",
        "a text without its language",
    ],
)
def test_what_is_no_answer_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableAnswerError):
        decode(raw)


def test_a_collection_in_a_collection_in_a_collection_ends_somewhere() -> None:
    begin = b"\x4a\x00\x00\x00\x01a\x34\x00\x00\x00\x00"
    raw = b"\x01\x01\x00\x00\x00\x00\x00\x01\x02\x34\x00\x01a\x00\x00" + begin * 5000

    with pytest.raises(UnreadableAnswerError):
        decode(raw)


def read(raw: bytes) -> None:
    """Read anything: an answer, or a refusal, never another error."""
    try:
        decode(raw)
    except UnreadableAnswerError:
        return


@given(st.binary(max_size=400))
def test_any_bytes_are_an_answer_or_refused(raw: bytes) -> None:
    read(raw)
    read(b"\x01\x01\x00\x00\x00\x00\x00\x01\x02" + raw)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
@given(data=st.data())
def test_a_real_answer_damaged_anywhere_is_read_or_refused(path: Path, data: st.DataObject) -> None:
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))

    read(bytes(raw[: data.draw(st.integers(0, len(raw)))]))
    read(bytes(raw))
