"""Countries and their habits: emergency number, units, paper, the order of day and month."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.domain.language import N_
from intake_app.domain.values import Choice


class Country(Choice):
    """Countries whose habits (date order, emergency number, units, paper) we know."""

    US = "US", N_("United States")
    CA = "CA", N_("Canada")
    GB = "GB", N_("United Kingdom")
    IE = "IE", N_("Ireland")
    AU = "AU", N_("Australia")
    NZ = "NZ", N_("New Zealand")
    DE = "DE", N_("Germany")
    FR = "FR", N_("France")
    ES = "ES", N_("Spain")
    OTHER = "other", N_("Other")


@dataclass(frozen=True, slots=True)
class Habits:
    """What a country usually has; proposed at set-up and changeable."""

    emergency_number: str
    units: str
    paper: str
    date_order: str
    zone: str


HABITS: dict[Country, Habits] = {
    Country.US: Habits("911", "us", "letter", "mdy", "America/Chicago"),
    Country.CA: Habits("911", "metric", "letter", "dmy", "America/Toronto"),
    Country.GB: Habits("999", "metric", "a4", "dmy", "Europe/London"),
    Country.IE: Habits("112", "metric", "a4", "dmy", "Europe/Dublin"),
    Country.AU: Habits("000", "metric", "a4", "dmy", "Australia/Sydney"),
    Country.NZ: Habits("111", "metric", "a4", "dmy", "Pacific/Auckland"),
    Country.DE: Habits("112", "metric", "a4", "dmy", "Europe/Berlin"),
    Country.FR: Habits("112", "metric", "a4", "dmy", "Europe/Paris"),
    Country.ES: Habits("112", "metric", "a4", "dmy", "Europe/Madrid"),
    Country.OTHER: Habits("", "metric", "a4", "dmy", "UTC"),
}


class Units(Choice):
    """Which units the paper uses."""

    US = "us", N_("Pounds and °F")
    METRIC = "metric", N_("Kilograms and °C")


class Paper(Choice):
    """Paper in the printer."""

    LETTER = "letter", N_("Letter")
    A4 = "a4", N_("A4")
