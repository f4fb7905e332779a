"""What the bar code of a licence says, and that no rubbish breaks the reader."""

from datetime import date

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from intake_app.interop.aamva import read_licence
from tests.interop.licences import CANADIAN, FIRST_VERSION, IOWA, a_licence


def test_a_licence_gives_identity_and_address() -> None:
    licence = read_licence(IOWA)

    assert licence.complete
    assert licence.values == {
        "family_name": "Weber",
        "given_name": "Clara",
        "middle_name": "Ann",
        "birth_date": date(1951, 3, 4),
        "sex": "female",
        "address_line_1": "12 Main St",
        "city": "Ames",
        "region": "IA",
        "postcode": "50010",
        "country": "United States",
    }


def test_the_number_of_the_licence_is_not_kept() -> None:
    assert "123AB4567" in IOWA
    assert "123AB4567" not in str(read_licence(IOWA))


def test_a_canadian_card_writes_the_year_first() -> None:
    licence = read_licence(CANADIAN)

    assert licence.complete
    assert licence.values["birth_date"] == date(1951, 3, 4)
    assert licence.values["postcode"] == "K1A 0B1"
    assert licence.values["country"] == "Canada"


def test_an_old_card_has_the_whole_name_in_one_element() -> None:
    licence = read_licence(FIRST_VERSION)

    names = [licence.values[key] for key in ("family_name", "given_name", "middle_name")]
    assert names == ["O'Brien", "Mary Jo", "Kate"]
    assert licence.values["birth_date"] == date(1940, 12, 31)


@pytest.mark.parametrize("together", ["CLARA,ANN", "CLARA ANN"])
def test_given_names_of_a_second_version_card_are_parted(together: str) -> None:
    licence = read_licence(a_licence(DCS="WEBER", DCT=together, DBB="03041951"))

    assert licence.values["given_name"] == "Clara"
    assert licence.values["middle_name"] == "Ann"


@pytest.mark.parametrize("said", ["NONE", "UNAVL", "none"])
def test_no_middle_name_is_no_name(said: str) -> None:
    licence = read_licence(a_licence(DCS="WEBER", DAC="CLARA", DAD=said, DBB="03041951"))

    assert "middle_name" not in licence.values


@pytest.mark.parametrize(
    ("code", "sex"), [("1", "male"), ("2", "female"), ("M", "male"), ("X", "other"), ("9", None)]
)
def test_sex_is_read_and_not_guessed(code: str, sex: str | None) -> None:
    licence = read_licence(a_licence(DCS="WEBER", DAC="CLARA", DBB="03041951", DBC=code))

    assert licence.values.get("sex") == sex


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("MCDONALD", "McDonald"),
        ("DE LA CRUZ", "De La Cruz"),
        ("GARCÍA-LÓPEZ", "García-López"),
        ("van Dyk", "van Dyk"),
    ],
)
def test_capitals_become_a_name(written: str, read: str) -> None:
    licence = read_licence(a_licence(DCS=written, DAC="X", DBB="03041951"))

    assert licence.values["family_name"] == read


@pytest.mark.parametrize("born", ["13321951", "02301951", "00000000", "03041xx1", "³³041951", ""])
def test_a_day_that_does_not_exist_is_left_out(born: str) -> None:
    licence = read_licence(a_licence(DCS="WEBER", DAC="CLARA", DBB=born))

    assert "birth_date" not in licence.values
    assert not licence.complete


@pytest.mark.parametrize("separator", ["\r", "\r\n", "\n\n"])
def test_whatever_a_scanner_makes_of_line_ends_is_read(separator: str) -> None:
    licence = read_licence(IOWA.replace("\x1e", "").replace("\n", separator))

    assert licence.complete
    assert licence.values["city"] == "Ames"


@pytest.mark.parametrize("arrived", range(1, len(IOWA) - 30, 7))
def test_half_a_scan_is_never_complete(arrived: int) -> None:
    assert not read_licence(IOWA[:arrived]).complete


def test_the_bar_code_of_a_card_reads_back_as_it_was_written() -> None:
    code = zxingcpp.create_barcode(IOWA, zxingcpp.BarcodeFormat.PDF417)
    picture = zxingcpp.write_barcode_to_image(code, scale=4)
    (found,) = zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain)

    assert read_licence(found.text) == read_licence(IOWA)


def test_a_family_name_that_holds_the_given_name_is_parted() -> None:
    licence = read_licence(a_licence(DCS="WEBER,CLARA", DBB="03041951"))

    assert (licence.values["family_name"], licence.values["given_name"]) == ("Weber", "Clara")


def test_a_card_without_a_table_of_contents_is_read() -> None:
    licence = read_licence("@\nANSI 636018090000\nDCSWEBER\nDACCLARA\nDBB03041951\r")

    assert licence.complete
    assert licence.search_text() == "Weber, Clara 1951-03-04"


def test_a_table_of_contents_alone_is_cut_off() -> None:
    assert not read_licence("@\nANSI 636018090001DL00410278\nDCSWEBER\nDBB03041951\n").complete


@pytest.mark.parametrize(
    ("elements", "text"),
    [
        ({"DCS": "SUKARNO", "DBB": "01011956"}, "Sukarno 1956-01-01"),
        ({"DCS": "WEBER", "DAC": "CLARA"}, "Weber, Clara"),
    ],
)
def test_what_is_known_is_searched_for(elements: dict[str, str], text: str) -> None:
    assert read_licence(a_licence(**elements)).search_text() == text


@given(st.text())
def test_rubbish_says_nothing_and_breaks_nothing(text: str) -> None:
    assert not read_licence(text).complete


@given(
    st.dictionaries(
        st.sampled_from(["DCS", "DAC", "DAD", "DAA", "DCT", "DBB", "DBC", "DAG", "DAK", "DCG"]),
        st.text(max_size=300),
    )
)
def test_rubbish_in_its_elements_fits_the_fields_or_is_left_out(elements: dict[str, str]) -> None:
    values = read_licence(a_licence(**elements)).values

    assert all(len(str(value)) <= 120 for value in values.values())


@given(st.text(alphabet="@\n\r\x1eANSI 0123456789DLCAB", max_size=120))
def test_almost_a_header_breaks_nothing(text: str) -> None:
    read = read_licence("@\n\x1e\rANSI " + text)

    assert all(len(str(value)) <= 120 for value in read.values.values())
