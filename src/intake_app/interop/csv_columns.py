"""Which column of a table goes to which field: by its name, else by what stands in it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from intake_app.domain.exchange import FULL_NAME, OTHER_NUMBER
from intake_app.domain.fields import fields_of
from intake_app.domain.language import N_, translated
from intake_app.domain.names import fold, joined
from intake_app.domain.patients import Patient

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WHAT_TO_DO = N_("What to do")
"""Name of the column that says why a row was refused; it is not read."""

_NAMES: dict[str, str] = {
    "family_name": "lastname surname last lname familyname namelast nachname familienname zuname "
    "apellido apellidos primerapellido nom nomdefamille nomusuel "
    "nomdusage nomusage cognome ptlast",
    "given_name": "firstname first fname forename forenames givenname givennames namefirst vorname "
    "vornamen rufname nombre nombres nombredepila prenom prenoms ptfirst",
    "middle_name": "middlename middle mname mi middleinitial middlenames zweitervorname "
    "segundonombre deuxiemeprenom secondname",
    FULL_NAME: "fullname name patientname patient patientfullname vollername namevorname "
    "nachnamevorname nombrecompleto nombreyapellidos apellidosynombre apellidosynombres "
    "nomcomplet nomprenom nometprenom lastfirst",
    "birth_date": "dob dateofbirth birthdate birthday born bday geburtsdatum gebdatum gebdat "
    "geburtstag geboren geborenam fechadenacimiento fechanacimiento fnacimiento fnac nacimiento "
    "datedenaissance datenaissance naissance neele ddn",
    "record_number": "mrn recordnumber medicalrecordnumber medicalrecordno patientid patientno "
    "patientnumber patientnr chartnumber chartno chart patid patnr patientennummer patientennr "
    "aktenzeichen aktennummer historia historiaclinica numerodehistoria nhc nhistoria ipp "
    "nohistoria numerodedossier nodossier ndossier dossier numerodepatient hospitalnumber id",
    "sex": "sex gender sexatbirth birthsex geschlecht sexo genero sexe genre",
    "preferred_name": "preferredname nickname knownas callname alias apodo surnom prenomusuel",
    "former_name": "formername maidenname birthname previousname geburtsname maedchenname "
    "madchenname apellidodesoltera nomdenaissance nomdejeunefille",
    "pronouns": "pronouns pronoun pronomen pronombres pronoms",
    "mobile_phone": "mobile mobilephone cell cellphone cellular mobileno phone phonenumber "
    "telephone tel phone1 telefon telefonnummer handy handynummer mobil mobiltelefon mobilnummer "
    "telefono movil celular telefonomovil portable telephoneportable telportable mobilenumber "
    "telmobile",
    "home_phone": "homephone phonehome landline phone2 homenumber homeno festnetz telefonprivat "
    "telefonfestnetz privat telefonofijo telefonocasa fijo telephonefixe telfixe fixe domicile "
    "telephonedomicile hometelephone",
    "email": "email mail emailaddress emailadresse correo correoelectronico courriel adressemail "
    "adresseemail",
    "address_line_1": "address address1 addressline1 street streetaddress addr addr1 strasse "
    "strassehausnummer anschrift adresse direccion domicilio calle rue adresse1 ligneadresse1",
    "address_line_2": "address2 addressline2 addr2 apartment apt unit adresszusatz zusatz "
    "direccion2 adresse2 complementdadresse complementadresse",
    "city": "city town ort stadt wohnort ciudad localidad poblacion municipio ville commune suburb",
    "region": "state province county region bundesland provincia estado departement etat "
    "stateprovince",
    "postcode": "zip zipcode postcode postalcode plz postleitzahl codigopostal cp codepostal npa",
    "country": "country land pais pays",
    "language_spoken": "language languagespoken preferredlanguage primarylanguage sprache "
    "muttersprache idioma lengua langue",
    "language_read": "languageread lesesprache",
    "interpreter": "interpreter interpreterneeded dolmetscher interprete",
    "referrer_name": "referringphysician referringdoctor referringprovider referrer referredby "
    "ueberweiser uberweiser zuweiser ueberweisenderarzt medicoremitente medecinadresseur",
    "referrer_practice": "referringpractice practice praxis",
    "bone_health_name": "primarycarephysician pcp familydoctor gp generalpractitioner hausarzt "
    "medicodecabecera medecintraitant",
    OTHER_NUMBER: "externalid otherid nhsnumber nhs kvnr dni nif",
}
_PHONES = ("mobile_phone", "home_phone")
_SOME_PHONE = {
    "phone",
    "phonenumber",
    "telephone",
    "tel",
    "phone1",
    "phone2",
    "telefon",
    "telefonnummer",
    "telefono",
}
"""Names that say nothing of where it rings."""
_PREFIXES = ("patients", "patienten", "patient", "pat", "pt", "delpaciente", "dupatient")
_DATE = re.compile(
    r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}(?:[T ]+\d{1,2}:\d\d.*)?|(?:19|20)\d{6}|\d{1,2}\.? \w+ \d{4}"
)
_PHONE = re.compile(r"\+?[\d\s().\-/]{7,}(?:\s*(?:x|ext\.?)\s*\d+)?", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_OTHER = re.compile("fax|visit|besuch|termin|consult|admi|aufnahme|ingreso|alta|expir|creat|updat")
"""Columns of dates and numbers that are nobody's birth and nobody's phone."""
_LATEST_BIRTH = 2010
_SEX = {"f", "m", "w", "d", "male", "female", "weiblich", "maennlich", "mannlich", "divers"}
_ENOUGH = 0.8
"""Share of the filled cells that must look alike."""


@cache
def _by_name() -> dict[str, str]:
    """Return field keys by folded column name; our own names come first."""
    found: dict[str, str] = {}
    for field in fields_of(Patient):
        for name in (field.key, field.label, translated(field.label)):
            found.setdefault(_folded(name), field.key)
    for key, names in _NAMES.items():
        for name in names.split():
            found.setdefault(name, key)
    return found


def _folded(header: str) -> str:
    return joined(fold(header))


def key_of(header: str) -> str:
    """Return the key of the field that a column of this name holds; '' for none we know."""
    known = _by_name()
    name = _folded(header)
    if name in known:
        return known[name]
    for prefix in _PREFIXES:
        rest = name.removeprefix(prefix) if name.startswith(prefix) else name.removesuffix(prefix)
        if rest != name and rest in known:
            return known[rest]
    return ""


def is_ours(header: str) -> bool:
    """Return whether this is the column that we added to a file of refused rows."""
    return _folded(header) in {_folded(WHAT_TO_DO), _folded(translated(WHAT_TO_DO))}


def match_columns(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return for each column the key it goes to; '' for one that is left out."""
    keys: list[str] = []
    for header in headers:
        key = "" if is_ours(header) else key_of(header)
        keys.append("" if key in keys or _folded(header) in _SOME_PHONE else key)
    for at, header in enumerate(headers):
        if _folded(header) in _SOME_PHONE:
            keys[at] = next((key for key in _PHONES if key not in keys), "")
    _settle_names(headers, keys)
    _settle_sex(keys, rows)
    for number, header in enumerate(headers):
        name = _folded(header)
        if keys[number] or is_ours(header) or name in _by_name() or _OTHER.search(name):
            continue
        guess = _guess([row[number] for row in rows if number < len(row)])
        if guess in _PHONES:
            guess = next((key for key in _PHONES if key not in keys), "")
        if guess and guess not in keys:
            keys[number] = guess
    if not {"family_name", FULL_NAME} & set(keys):
        _guess_name(keys, rows)
    return tuple(keys)


def _settle_names(headers: Sequence[str], keys: list[str]) -> None:
    """A column "Name" beside one for given names holds the family name; so does "Nombre" none."""
    if FULL_NAME in keys:
        at = keys.index(FULL_NAME)
        if "family_name" in keys:
            keys[at] = ""
        elif "given_name" in keys:
            keys[at] = "family_name"
        return
    alone = {"nombre", "nom"}
    for at, header in enumerate(headers):
        partner = {"family_name": "given_name", "given_name": "family_name"}.get(keys[at])
        if partner and partner not in keys and _folded(header) in alone:
            keys[at] = FULL_NAME
    if "given_name" in keys and "former_name" in keys and "family_name" not in keys:
        keys[keys.index("former_name")] = "family_name"


def _settle_sex(keys: list[str], rows: Sequence[Sequence[str]]) -> None:
    """A column "Gender" of F and M alone is what other programs call the sex."""
    if "gender" not in keys or "sex" in keys:
        return
    at = keys.index("gender")
    cells = [row[at].strip().casefold() for row in rows if at < len(row) and row[at].strip()]
    if cells and sum(cell in _SEX for cell in cells) >= _ENOUGH * len(cells):
        keys[at] = "sex"


def _guess(cells: Iterable[str]) -> str:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return ""
    tests = (
        ("email", _EMAIL.fullmatch),
        ("birth_date", _looks_like_birth),
        ("mobile_phone", _PHONE.fullmatch),
        ("sex", lambda cell: cell.casefold() in _SEX),
    )
    for key, test in tests:
        if sum(bool(test(cell)) for cell in filled) >= _ENOUGH * len(filled):
            return key
    return ""


def _guess_name(keys: list[str], rows: Sequence[Sequence[str]]) -> None:
    """Where no column is named for names: "Doe, Jane", or two columns of words side by side."""
    share = [_share_of_names(rows, number) for number in range(len(keys))]
    for number, key in enumerate(keys):
        cells = [row[number] for row in rows if number < len(row) and row[number].strip()]
        commas = sum("," in cell for cell in cells)
        if not key and cells and share[number] >= _ENOUGH and commas >= _ENOUGH * len(cells):
            keys[number] = FULL_NAME
            return
    for left, right in pairwise(range(len(keys))):
        if keys[left] or keys[right] or min(share[left], share[right]) < _ENOUGH:
            continue
        keys[left], keys[right] = "family_name", "given_name"
        return


def _share_of_names(rows: Sequence[Sequence[str]], number: int) -> float:
    cells = [row[number].strip() for row in rows if number < len(row) and row[number].strip()]
    names = sum(
        not any(char.isdigit() or char in "@/_" for char in cell) and len(cell) > 1
        for cell in cells
    )
    return names / len(cells) if cells else 0.0


def _looks_like_birth(cell: str) -> bool:
    years = [int(year) for year in re.findall(r"(?<!\d)(?:18|19|20)\d\d", cell)]
    return looks_like_date(cell) and all(year <= _LATEST_BIRTH for year in years)


def looks_like_date(cell: str) -> bool:
    """Return whether a cell may hold a day."""
    return _DATE.fullmatch(cell.strip()) is not None


def looks_like_names(cells: Sequence[str]) -> bool:
    """Return whether a first row holds the names of columns rather than a patient."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if any(key_of(cell) or is_ours(cell) for cell in filled):
        return True
    return not any(
        looks_like_date(cell) or _EMAIL.fullmatch(cell) or _PHONE.fullmatch(cell) for cell in filled
    )
