"""People and appointments are read from HL7 v2; whatever else comes is refused with a reason."""

import datetime as dt
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intake_app.domain.errors import AppError, FileEmptyError, FileNotATableError, FileTooBigError
from intake_app.domain.exchange import Incoming, Refused
from intake_app.domain.patients import Language, Sex
from intake_app.domain.reading import clean_text
from intake_app.interop import hl7_text
from intake_app.interop.hl7_in import read_messages
from intake_app.interop.hl7_text import Codes, unescape
from intake_app.interop.hl7_time import read_moment
from tests.interop.letters import PID, appointment, escaped, message, segment
from tests.naughty import STRINGS

NAUGHTY = [each for each in STRINGS if clean_text(each)]


def all_of(text: str | bytes) -> list[Incoming | Refused]:
    return list(read_messages(text if isinstance(text, bytes) else text.encode()))


def person(text: str | bytes) -> Incoming:
    (found,) = all_of(text)
    assert isinstance(found, Incoming), found
    return found


def codes(read: Incoming | Refused) -> list[str]:
    return [each.code for each in (read.reasons if isinstance(read, Refused) else read.remarks)]


# --- who --------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", ["A04", "A08", "A28", "A31"])
def test_a_patient_is_read_with_name_birth_date_sex_and_number(event: str) -> None:
    read = person(message(f"ADT^{event}^ADT_A01"))

    assert read.values == {
        "family_name": "Doe",
        "given_name": "Jane",
        "middle_name": "Q",
        "birth_date": date(1951, 3, 4),
        "sex": Sex.FEMALE,
    }
    assert read.identifiers == (("HOSP", "77"),)
    assert (read.place, read.told_by) == ("message 1", "HIS HOSP")
    assert read.told_at == datetime(2026, 11, 22, 8, 0)  # noqa: DTZ001 - the clinic's own clock


def test_names_are_told_apart_by_their_type() -> None:
    names = "Smith^Jane^^^^^M~Doe^Janie^^^^^N~Doe^Jane^^^^^L"

    read = person(message(pid={5: names}))

    assert read.values["family_name"] == "Doe"
    assert read.values["former_name"] == "Smith"
    assert read.values["preferred_name"] == "Janie"


def test_the_parts_of_a_surname_are_one_surname() -> None:
    read = person(message(pid={5: "van der Berg&van der&Berg^Jan"}))

    assert read.values["family_name"] == "van der Berg"


def test_the_mothers_maiden_name_is_not_the_patients() -> None:
    read = person(message(pid={6: "Miller^Anna"}))

    assert "former_name" not in read.values


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1^^^HOSP^MR", ("HOSP", "1")),
        ("1^^^HOSP&1.2.3&ISO^MR", ("urn:oid:1.2.3", "1")),
        ("1^^^HOSP&http://x.example&URI^PI", ("http://x.example", "1")),
        ("1", ("HIS HOSP", "1")),
    ],
)
def test_a_number_goes_with_who_gave_it(written: str, number: tuple[str, str]) -> None:
    assert person(message(pid={3: written})).identifiers == (number,)


@pytest.mark.parametrize("kind", ["SS", "DL", "AN", "VN"])
def test_numbers_that_are_none_of_ours_to_keep_are_not_kept(kind: str) -> None:
    assert person(message(pid={3: f"1^^^X^{kind}"})).identifiers == ()


def test_address_phones_mail_and_language_are_read() -> None:
    read = person(
        message(
            pid={
                11: "9 Work Rd^^Ames^IA^1^^O~1 Hill Rd^Apt 2^Ames^IA^50010^US^H",
                13: "(515) 555-0101^PRN^PH~(515) 555-0102^PRN^CP~^NET^Internet^jane@x.example",
                15: "spa^Spanish",
            }
        )
    )

    assert read.values["address_line_1"] == "1 Hill Rd"
    assert read.values["address_line_2"] == "Apt 2"
    assert read.values["postcode"] == "50010"
    assert read.values["home_phone"] == "(515) 555-0101"
    assert read.values["mobile_phone"] == "(515) 555-0102"
    assert read.values["email"] == "jane@x.example"
    assert read.values["language_spoken"] is Language.SPANISH


def test_a_phone_in_parts_is_put_together() -> None:
    read = person(message(pid={13: "^PRN^CP^^1^515^5550102^7"}))

    assert read.values["mobile_phone"] == "+1 515 5550102 x7"


def test_a_phone_may_stand_where_the_mail_should() -> None:
    read = person(message(pid={13: "^^PH^0223298752~^^CP^0771375557~^^Internet^anne@x.example"}))

    assert read.values["home_phone"] == "0223298752"
    assert read.values["mobile_phone"] == "0771375557"
    assert read.values["email"] == "anne@x.example"


def test_a_surname_may_be_told_in_parts_only() -> None:
    read = person(message(pid={5: "&van der&Berg^Jan"}))

    assert read.values["family_name"] == "van der Berg"


def test_a_legal_name_goes_before_the_one_displayed() -> None:
    read = person(message(pid={5: "Jones^J^^^^^D~Doe^Jane^^^^^L"}))

    assert read.values["family_name"] == "Doe"


def test_an_address_of_a_kind_nobody_knows_is_better_than_none() -> None:
    read = person(message(pid={11: "9 Work Rd^^Boone^^^^O~1 Hill Rd^^Ames^^^^HOME"}))

    assert read.values["city"] == "Ames"


def test_whom_to_ring_is_who_is_called_so() -> None:
    first = segment("NK1", {1: "1", 2: "Roe^Max", 3: "FND", 5: "555 0101"})
    called = segment("NK1", {1: "2", 2: "Doe^John", 3: "SPO", 5: "555 0102", 7: "C"})

    read = person(message("ADT^A04", first, called))

    assert read.contact == {"name": "John Doe", "relation": "Spouse", "phone": "555 0102"}


@pytest.mark.parametrize("said", ["1951", "195103"])
def test_half_a_birth_date_is_left_out_and_the_person_is_not(said: str) -> None:
    read = person(message(pid={7: said}))

    assert "birth_date" not in read.values
    assert codes(read) == ["partial_birth_date"]


@pytest.mark.parametrize("said", ["19511304", "00000000", "4 March", "15000101"])
def test_no_birth_date_is_left_out_and_the_person_is_not(said: str) -> None:
    read = person(message(pid={7: said}))

    assert "birth_date" not in read.values
    assert codes(read) == ["left_out"]


@pytest.mark.parametrize(
    ("code", "sex"),
    [("F", Sex.FEMALE), ("m", Sex.MALE), ("O", Sex.OTHER), ("U", Sex.UNKNOWN), ("N", None)],
)
def test_sex_is_read(code: str, sex: Sex | None) -> None:
    assert person(message(pid={8: code})).values.get("sex") is sex


def test_an_unknown_sex_or_language_is_remarked_on() -> None:
    assert codes(person(message(pid={8: "X", 15: "tlh^Klingon"}))) == ["left_out", "left_out"]


def test_two_quotation_marks_ask_for_a_field_to_be_emptied() -> None:
    read = person(message(pid={5: 'Doe^Jane^""', 11: '""', 13: '""'}))

    assert read.values["middle_name"] is None
    assert read.values["address_line_1"] is None
    assert read.values["home_phone"] is None


def test_that_somebody_died_is_remarked_on() -> None:
    assert codes(person(message(pid={30: "Y"}))) == ["said_to_have_died"]


@pytest.mark.parametrize("name", ["", "^", '""'])
def test_nobody_without_a_name_is_taken_in(name: str) -> None:
    (read,) = all_of(message(pid={5: name}))

    assert isinstance(read, Refused)
    assert codes(read) == ["no_name_told"]


# --- merged records -----------------------------------------------------------------------------


def test_a_merge_names_the_records_that_are_no_longer_used() -> None:
    read = person(message("ADT^A40", "MRG|78^^^HOSP^MR~79^^^HOSP"))

    assert read.identifiers == (("HOSP", "77"),)
    assert read.replaces == (("HOSP", "78"), ("HOSP", "79"))


def test_one_message_may_merge_several_people() -> None:
    other = segment("PID", {**PID, 3: "80^^^HOSP", 5: "Roe^Max"})

    read = all_of(message("ADT^A40", "MRG|78^^^HOSP", other, "MRG|81^^^HOSP"))

    assert [each.replaces for each in read if isinstance(each, Incoming)] == [
        (("HOSP", "78"),),
        (("HOSP", "81"),),
    ]


@pytest.mark.parametrize("rest", [(), ("MRG|",)])
def test_a_merge_with_nobody_is_refused(rest: tuple[str, ...]) -> None:
    (read,) = all_of(message("ADT^A40", *rest))

    assert codes(read) == ["nobody_to_merge"]


# --- appointments -------------------------------------------------------------------------------


def test_an_appointment_has_numbers_time_room_and_operator() -> None:
    (booked,) = person(appointment()).appointments

    assert booked.numbers == (("HIS placer", "P-1"), ("HIS filler", "F-1"))
    assert booked.values == {
        "day": date(2026, 12, 3),
        "planned_start": "2026-12-03 09:00",
        "room": "2",
        "operator": "Dr. Ana Park",
    }
    assert not booked.cancelled


def test_a_time_with_a_zone_is_a_moment() -> None:
    (booked,) = person(appointment(start="20261203090000-0600")).appointments

    assert booked.values["planned_start"] == datetime(2026, 12, 3, 15, 0, tzinfo=UTC)


def test_a_cancelled_appointment_needs_no_time() -> None:
    (cancelled,) = person(appointment("S15", start="")).appointments

    assert cancelled.cancelled
    assert cancelled.values == {}


def test_a_booking_without_a_time_is_refused() -> None:
    (read,) = all_of(appointment(start=""))

    assert codes(read) == ["no_appointment_time"]


def test_the_time_may_stand_in_a_segment_of_its_own() -> None:
    text = appointment(start="").replace("RGS|1", "TQ1|1||||||20261203100000\rRGS|1")

    (booked,) = person(text).appointments

    assert booked.values["planned_start"] == "2026-12-03 10:00"


def test_an_appointment_without_a_number_is_refused() -> None:
    (read,) = all_of(appointment().replace("P-1^HIS|F-1^HIS", "|"))

    assert codes(read) == ["no_appointment_number"]


# --- other messages -----------------------------------------------------------------------------


@pytest.mark.parametrize("event", ["ADT^A01", "ADT^A03", "SIU^S26", "ORU^R01", "", "ADT"])
def test_other_messages_are_refused_by_name(event: str) -> None:
    (read,) = all_of(message(event).replace("EVN||", "EVN|||"))

    assert isinstance(read, Refused)
    assert codes(read) == ["message_not_taken"]


def test_the_event_may_stand_in_its_own_segment() -> None:
    text = message("ADT").replace("EVN||", "EVN|A04|")

    assert person(text).values["family_name"] == "Doe"


# --- files --------------------------------------------------------------------------------------

ENDS: list[Callable[[str], str]] = [
    lambda text: text,
    lambda text: text.replace("\r", "\n"),
    lambda text: text.replace("\r", "\r\n"),
    lambda text: "\x0b" + text + "\x1c\r",
    lambda text: "FHS|^~\\&|HIS\rBHS|^~\\&|HIS\r" + text + "BTS|1\rFTS|1\r",
    lambda text: "\ufeff" + text,
    lambda text: "\n\n" + text + "\n\n\n",
]


@pytest.mark.parametrize("written", ENDS)
def test_a_file_may_hold_many_messages_in_any_wrapping(written: Callable[[str], str]) -> None:
    both = message() + message(pid={5: "Roe^Max"})

    read = all_of(written(both))

    assert [each.place for each in read] == ["message 1", "message 2"]
    assert isinstance(read[1], Incoming)
    assert read[1].values["family_name"] == "Roe"


def test_messages_in_frames_one_after_the_other_are_read() -> None:
    framed = "".join(f"\x0b{text}\x1c\r" for text in (message(), message(pid={5: "Roe^Max"})))

    assert [type(each) for each in all_of(framed)] == [Incoming, Incoming]


def test_a_frame_without_its_end_is_cut_off() -> None:
    framed = f"\x0b{message()}\x1c\r\x0b{message()[:80]}"

    first, second = all_of(framed)

    assert isinstance(first, Incoming)
    assert codes(second) == ["message_cut_off"]


def test_a_batch_without_its_end_ends_in_the_middle() -> None:
    first, last = all_of("BHS|^~\\&|HIS\r" + message() + message())

    assert isinstance(first, Incoming)
    assert codes(last) == ["message_cut_off"]


def test_a_line_end_inside_a_field_does_not_end_the_segment() -> None:
    read = person(message(pid={11: "1 Hill Rd\nApt 2^^Ames"}))

    assert read.values["address_line_1"] == "1 Hill Rd Apt 2"
    assert read.values["city"] == "Ames"


def test_other_separators_than_usual_are_read() -> None:
    text = (
        "MSH*:;!%*HIS*HOSP***20261122080000**ADT:A04*1*P*2.5.1\r"
        "PID*1**77:::HOSP:MR**O!S!Brien:Ja!F!ne**19510304*F\r"
    )

    read = person(text)

    assert read.values["family_name"] == "O:Brien"
    assert read.values["given_name"] == "Ja*ne"


# --- letters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        ("UNICODE UTF-8", "utf-8"),
        ("8859/1", "latin-1"),
        ("8859/2", "iso8859-2"),
        ("8859/15", "iso8859-15"),
        ("", "utf-8"),
    ],
)
def test_letters_are_read_as_the_message_says(said: str, encoding: str) -> None:
    read = person(message(pid={5: "Müller^Zoé"}, letters=said).encode(encoding, errors="replace"))

    assert read.values["family_name"] == "Müller"


def test_letters_nobody_named_are_read_and_remarked_on() -> None:
    read = person(message(pid={5: "Nuñez^Ana"}, letters="").encode("cp1252"))

    assert read.values["family_name"] == "Nuñez"
    assert codes(read) == ["letters_guessed"]


def test_a_file_in_utf_16_is_read() -> None:
    assert person(message(pid={5: "Łukasz^Ana"}).encode("utf-16")).values["family_name"] == "Łukasz"


@pytest.mark.parametrize("said", ["UNICODE UTF-8", "JAS2020"])
def test_letters_that_cannot_be_as_said_are_refused_before_a_name_is_spoilt(said: str) -> None:
    (read,) = all_of(message(pid={5: "Nuñez^Ana"}, letters=said).encode("cp1252"))

    assert codes(read) == ["letters_do_not_fit"]


@given(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x0b\x1c\x00"), max_size=40
    )
)
def test_any_name_comes_through_escaping_unchanged(name: str) -> None:
    family = f"X{name}"

    read = person(message(pid={5: f"{escaped(family)}^Jane"}))

    assert clean_text(str(read.values["family_name"])) == clean_text(family)


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_naughty_names_come_through_unchanged(text: str) -> None:
    one_line = " ".join(part for part in text.splitlines() if part).replace("\x0b", " ")
    written = message(pid={5: f"X{escaped(one_line)}^Jane"})

    read = person(written.encode("utf-8", errors="replace"))

    encodable = one_line.encode("utf-8", errors="replace").decode()
    assert read.values["family_name"] == clean_text(f"X{encodable}")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"a\F\b\S\c\T\d\R\e\E\f", r"a|b^c&d~e\f"),
        (r"Nu\XC3B1\ez", "Nuñez"),
        (r"one\.br\two", "one\ntwo"),
        (r"\H\bold\N\ ", "bold "),
        (r"\Zodd\ and \Xzz\ stay", r"\Zodd\ and \Xzz\ stay"),
        ("a \\ alone", "a \\ alone"),
    ],
)
def test_escape_sequences_are_read(written: str, meant: str) -> None:
    assert unescape(written, Codes()) == meant


# --- moments ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "zone"),
    [("20261203090000.1234+0130", timezone(timedelta(hours=1, minutes=30))), ("2026120309", None)],
)
def test_a_moment_has_the_zone_that_was_said(text: str, zone: dt.tzinfo | None) -> None:
    read = read_moment(text)

    assert read is not None
    assert read.at == datetime(2026, 12, 3, 9, 0, tzinfo=zone)


@pytest.mark.parametrize(
    "text", ["", "2026", "202612", "20261232", "2026120325", "2026120309+9900", "soon"]
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert read_moment(text) is None


# --- hard files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", FileEmptyError),
        (b"\x0b\x1c\r\n", FileEmptyError),
        (b"name;born\nDoe;1951", FileNotATableError),
        (b"%PDF-1.4\x00\xff", FileNotATableError),
    ],
)
def test_what_holds_no_message_is_no_such_file(data: bytes, error: type[AppError]) -> None:
    with pytest.raises(error):
        all_of(data)


def test_a_file_that_is_too_big_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hl7_text, "MOST_MEGABYTES", 0)

    with pytest.raises(FileTooBigError):
        all_of(message())


@pytest.mark.parametrize("header", ["MSH", "MSH|", "MSHA^~\\&|x", "MSH|^~\\&", "MSH||||||||"])
def test_a_broken_header_is_refused(header: str) -> None:
    (read,) = all_of(header + "\r" + segment("PID", PID))

    assert isinstance(read, Refused)


@given(st.binary(max_size=300))
def test_whatever_bytes_come_nothing_but_a_foreseen_failure(data: bytes) -> None:
    read = ""
    try:
        read = repr(all_of(b"MSH|^~\\&|" + data))
        read += repr(all_of(data))
    except AppError as error:
        read += error.code

    assert read


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
@example(5, b"\0\0\0")  # the same sign for two separators
def test_a_message_with_some_bytes_spoilt_never_breaks_the_reader(at: int, noise: bytes) -> None:
    data = (message("ADT^A40", "MRG|78^^^HOSP") + appointment()).encode()

    read = all_of(data[:at] + noise + data[at + len(noise) :] if at > 3 else data)

    assert read


@given(st.integers(1, 600))
def test_a_file_cut_anywhere_never_breaks_the_reader(length: int) -> None:
    data = (message("ADT^A40", "MRG|78^^^HOSP") + appointment()).encode()

    read = all_of(data[: max(length, 3)])

    assert read
