"""Items of the checklist that follow from sample sheets and the facts they were made from."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from intake_app.domain.conditions import AFTERCARE_CONDITIONS
from intake_app.domain.language import N_
from intake_app.domain.procedures import Closure
from intake_app.domain.review_look import Check, Found, Look, SamplePaper, no, not_applicable, yes
from intake_app.domain.sheets import PrintSize, SheetKind, Table
from intake_app.domain.writing_texts import placeholders_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intake_app.domain.aftercare_facts import AftercareFacts
    from intake_app.domain.conditions import Finding

BLOCKS_BY_FACT = (
    ("A-04", "sedation"),
    ("A-13", "opioid"),
    ("A-15", "blood_thinner"),
    ("A-17", "diabetes"),
    ("A-18", "brace"),
    ("A-20", "cancer"),
    ("A-21", "sleep_apnoea"),
)
"""Blocks that print exactly when the record says so, whatever condition the wording has."""
MOST_PAGES = {PrintSize.NORMAL: 2, PrintSize.LARGE: 4}
_FIRST_PLACES = 2
_NOT_FOR_PATIENTS = re.compile(
    r"[{}]|\bTODO\b|\blorem\b|\bipsum\b|\bxxx+\b|[A-Za-z]:\\|/(?:home|usr|tmp)/|\.(?:toml|pdf|py)\b"
    r"|\btest text\b|…",
    re.IGNORECASE,
)
_NOTHING_TO_LOOK_AT = N_("There is no sample sheet to look at.")


def _each(look: Look) -> Iterator[tuple[SamplePaper, AftercareFacts]]:
    for sample in look.samples:
        if sample.facts is not None:
            yield sample, sample.facts


def _emergency_box(look: Look) -> Found:
    for sample, facts in _each(look):
        block = sample.block("R-1")
        places = [one.id for one in sample.sheet.blocks[:_FIRST_PLACES]]
        if block is None or not (block.boxed and block.first_page) or "R-1" not in places:
            return no(N_("{sample}: the emergency box is not near the top."), sample=sample.name)
        if facts.clinic.emergency_number not in sample.said("R-1"):
            return no(N_("{sample}: the emergency number is missing."), sample=sample.name)
    return yes(N_("First or second on page 1 of every sample, with the number."))


def _clinic_list(look: Look) -> Found:
    for sample, facts in _each(look):
        block, said = sample.block("R-2"), sample.said("A-26")
        wanted = (facts.clinic.phone_day, facts.clinic.phone_night)
        if block is None or not block.first_page:
            return no(N_("{sample}: the list is not on page 1."), sample=sample.name)
        if any(phone not in said for phone in wanted):
            return no(N_("{sample}: a phone number is missing."), sample=sample.name)
    return yes(N_("A list of its own on page 1; hours, day and night phone under “Whom to call”."))


def _identity(look: Look) -> Found:
    for sample in look.samples:
        sheet = sample.sheet
        shown = (sheet.patient_name, sheet.patient_birth_date, sheet.record_number)
        if not all(shown):
            return no(N_("{sample}: name, birth date or record is missing."), sample=sample.name)
        if sample.facts is not None:
            levels = sample.facts.levels
            if not all(level in _levels_shown(sheet.subtitle) for level in levels):
                return no(N_("{sample}: a treated level is missing."), sample=sample.name)
    return yes(N_("In the head of every page, from the record; never typed into the wording."))


def _levels_shown(subtitle: str) -> str:
    """Return the subtitle; a run such as T11-L1 stands for the levels between too."""
    from intake_app.domain.spine import read_levels

    named = re.findall(r"\b[CTLS]\d{1,2}(?:-[CTLS]\d{1,2})?\b", subtitle)
    read = read_levels(", ".join(named)).levels if named else ()
    return " ".join((subtitle, *(str(level) for level in read)))


def _limits(look: Look) -> Found:
    found = look.remarks("limit_without_date")
    if found:
        return no(N_("A limit has no date, in {first}"), first=found[0])
    for sample, _ in _each(look):
        block = sample.block("A-06")
        tables = [part for part in block.elements if isinstance(part, Table)] if block else []
        if not tables or not all(all(row) for table in tables for row in table.rows):
            return no(N_("{sample}: a limit has no number or no date."), sample=sample.name)
    return yes(N_("Each row of the table of limits has how long, and not before which day."))


def _units(look: Look) -> Found:
    reports = [("", look.report)]
    reports += [(one.name, one.report) for one in look.samples if one.report]
    for name, report in reports:
        if report.has("units_disagree", "units_mixed"):
            return no(N_("Units do not agree. {sample}"), sample=name)
    typed = [place for place in look.wording.texts if re.search(r"\d\s*(?:°|lbs?\b|kg\b)", place)]
    if typed:
        return no(N_("Typed into the wording, so no other unit can print: “{text}”"), text=typed[0])
    return yes(N_("One set of units, each number from one stored value."))


def _blood_thinner(look: Look) -> Found:
    for sample, facts in _each(look):
        wanted = AFTERCARE_CONDITIONS["blood_thinner"](facts).holds
        said = sample.said("A-15")
        if wanted != bool(said):
            return no(N_("{sample}: the part does not fit the record."), sample=sample.name)
        if wanted and facts.restart_ordered:
            ordered = facts.procedure.blood_thinner_restart
            if (
                ordered.rstrip(". ") not in said
                or facts.procedure.blood_thinner_ordered_by not in said
            ):
                return no(N_("{sample}: the order is not printed."), sample=sample.name)
    names = {name for text in _texts_of(look, "A-15") for name in placeholders_in(text)}
    if not {"restart", "restart_at", "restart_by"} <= names:
        return no(N_("The wording leaves out drug, first dose or who ordered it."))
    return yes(N_("There unless the record says no; drug, first dose and who ordered it."))


def _texts_of(look: Look, handle: str) -> Iterator[str]:
    for block in look.wording.blocks:
        if block.id == handle:
            for element in block.elements:
                yield from element.texts


def _fitting(look: Look) -> Found:
    for sample, facts in _each(look):
        for handle, name in BLOCKS_BY_FACT:
            if AFTERCARE_CONDITIONS[name](facts).holds != (sample.block(handle) is not None):
                return no(
                    N_("{sample}: part {part} does not fit the record."),
                    sample=sample.name,
                    part=handle,
                )
    return yes(N_("In every sample each such part is there exactly when the record says so."))


def _closure(look: Look) -> Found:
    block = next((one for one in look.wording.blocks if one.id == "A-10"), None)
    facts = next((facts for _, facts in _each(look)), None)
    if block is None or facts is None:
        return not_applicable(_NOTHING_TO_LOOK_AT)
    for closure in (*Closure, None):
        case = replace(facts, procedure=replace(facts.procedure, closure=closure))
        said = [
            element for element in block.elements if element.when.find(partial(_holds, case)).holds
        ]
        if len(said) != 1:
            return no(N_("For one way of closing the skin there is no line, or more than one."))
    return yes(N_("Exactly one line for each way of closing the skin, and for not recorded."))


def _holds(facts: AftercareFacts, name: str) -> Finding:
    return AFTERCARE_CONDITIONS[name](facts)


def _next_steps(look: Look) -> Found:
    for sample, facts in _each(look):
        if not sample.said("A-27"):
            return no(N_("{sample}: nothing about the next visit."), sample=sample.name)
        if AFTERCARE_CONDITIONS["bone_health"](facts).holds and not sample.said("A-19"):
            return no(N_("{sample}: nothing about bone health."), sample=sample.name)
    return yes(N_("Next visit in every sample; bone health whenever the record calls for it."))


def _order(look: Look) -> Found:
    order = [block.id for block in look.wording.blocks]
    for sample in look.samples:
        places = [order.index(block.id) for block in sample.sheet.blocks if block.id in order]
        if places != sorted(places):
            return no(N_("{sample}: another order."), sample=sample.name)
    return yes(N_("The same order in every sample; headings are short and plain."))


def _pages(look: Look) -> Found | None:
    drawn = [sample for sample in look.samples if sample.pages is not None]
    if not drawn:
        return None
    longest = max(drawn, key=lambda one: (one.pages or 0) - MOST_PAGES[one.sheet.size])
    if (longest.pages or 0) > MOST_PAGES[longest.sheet.size]:
        return no(N_("{sample}: {pages} pages."), sample=longest.name, pages=longest.pages)
    return yes(N_("Every sample has at most two pages, four in large print."))


def _urgent_first(look: Look) -> Found | None:
    if look.wording.kind is not SheetKind.AFTERCARE:
        return None
    return _emergency_box(look)


def _translated_by_name(look: Look) -> Found:
    if look.wording.language == "en":
        return yes(N_("Written in English; the language is recorded with every sheet."))
    if look.translator.strip():
        return yes(N_("{name} answers for the translation."), name=look.translator)
    return no(N_("Nobody answers for the translation yet: type the translator’s name."))


def _no_leftovers(look: Look) -> Found:
    for sample in look.samples:
        for text in sample.texts:
            if found := _NOT_FOR_PATIENTS.search(text):
                return no(N_("{sample} prints “{text}”."), sample=sample.name, text=found[0])
    return yes(N_("Nothing of the kind in any sample; a blank keeps a sheet from printing."))


def _always(why: str) -> Check:
    def check(_: Look) -> Found:
        return yes(why)

    return check


FACT_CHECKS: dict[str, Check] = {
    "CDC-10": _urgent_first,
    "L-01": _emergency_box,
    "L-02": _clinic_list,
    "L-03": _identity,
    "L-06": _limits,
    "L-07": _units,
    "L-08": _blood_thinner,
    "L-09": _fitting,
    "L-10": _closure,
    "L-11": _next_steps,
    "L-17": _order,
    "L-22": _always(N_("The program prints 14 points, in large print 18, black on white.")),
    "L-24": _pages,
    "L-26": _always(
        N_("The program prints them at the foot, and expired wording only as a specimen.")
    ),
    "L-27": _translated_by_name,
    "L-28": _always(
        N_("The program asks for teach-back and for whose copy it is when a sheet is handed over.")
    ),
    "L-31": _no_leftovers,
}
"""By handle: what follows from sample sheets."""
