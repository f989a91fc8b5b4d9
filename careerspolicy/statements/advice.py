"""What is amiss in a school file that is no gap: leftovers, dates gone by, years without anything.

Each is a real fault of published statements. Beside `requirements`; the check tells both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.linting.rules.editions import editions
from careerspolicy.statements.occasions import outside_window
from careerspolicy.statements.school_file import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.facts import Facts
    from careerspolicy.statements.contents import Known
    from careerspolicy.statements.school_file import Event, SchoolFile

#: What a template leaves to be filled in.
_LEFTOVER: Final = re.compile(
    r"\[[^\]]*\b(?:insert|name|school|date|email|number|add|your|link)\b[^\]]*\]|\bx{3,}\b|\bTB[CA]\b"
    r"|\binsert (?:name|date|school|here)\b|lorem ipsum",
    re.IGNORECASE,
)


@attrs.frozen
class Advice:
    """Something to look at: where in the school file, and what."""

    where: str
    message: str


def advice(known: Known, facts: Facts | None = None) -> tuple[Advice, ...]:
    """Everything to look at, in the order of the school file."""
    school = known.school
    return (
        *_standing(school),
        *_against_register(school, facts),
        *_addresses(school),
        *_edition(known),
        *_outside(known),
        *_years_without(school),
        *_other_years_days(known),
        *_approval(known),
        *_leftovers(school),
    )


def _standing(school: SchoolFile) -> Iterator[Advice]:
    if school.standing is Standing.FOLLOWS:
        message = (
            "section 42B does not name a sixth form college; its statement goes by the same rules"
        )
        yield Advice("school: type", message)
    elif school.standing is Standing.OUTSIDE:
        what = (
            "a school in a hospital"
            if school.in_hospital
            else f"this sort of school ({school.type})"
        )
        message = f"section 42B does not bind {what}; a statement is its own choice"
        yield Advice("school: type", message)


def _against_register(school: SchoolFile, facts: Facts | None) -> Iterator[Advice]:
    known = facts.school_by_urn.get(school.urn) if facts else None
    if known is None:
        return
    if (known.lowest_year, known.highest_year) != (school.lowest_year, school.highest_year):
        message = (
            f"Years {school.lowest_year} to {school.highest_year} here, "
            f"Years {known.lowest_year} to {known.highest_year} in the facts"
        )
        yield Advice("school: years", message)
    if known.name.casefold() != school.name.casefold():
        yield Advice("school: name", f'the facts call the school with this URN "{known.name}"')


def _addresses(school: SchoolFile) -> Iterator[Advice]:
    """An e-mail address at another school's domain: a template left over, or a mistyping."""
    web = school.web_name
    for contact in school.contacts:
        domain = contact.email.rpartition("@")[2].lower()
        related = domain == web or domain.endswith(f".{web}") or web.endswith(f".{domain}")
        if domain and web and not related:
            yield Advice("contacts: email", f"it is at {domain}, and the website at {web}")


def _edition(known: Known) -> Iterator[Advice]:
    cited = known.school.guidance_edition
    if cited is None:
        return
    later = [
        one
        for one in editions()
        if one.published.first > cited.last and one.applies_from.last <= known.as_of
    ]
    if later:
        message = f"an edition of {later[-1].published.in_words} has replaced it"
        yield Advice("guidance_edition", message)


def _outside(known: Known) -> Iterator[Advice]:
    for phase in known.school.key_phases:
        plan = known.school.phases.get(phase.name)
        for event in plan.occasions if plan else ():
            if why := outside_window(event, known.school, phase, known.year):
                yield Advice(f"phases: {phase.name}", f'"{event.what}" can\'t count for it: {why}')


def _years_without(school: SchoolFile) -> Iterator[Advice]:
    if not school.opportunities or any(not row.years for row in school.opportunities):
        return
    listed = {
        year for row in school.opportunities if any(row.events.values()) for year in row.years
    }
    for phase in school.key_phases:
        for year in phase.years:
            if year not in listed:
                yield Advice(
                    "opportunities", f"Year {year} has none, and is in the {phase.name} key phase"
                )


def _other_years_days(known: Known) -> Iterator[Advice]:
    """Days outside the statement's school year: last year's, left standing."""
    within = known.school.calendar.school_year(known.year)
    for where, event in _events(known.school):
        day = event.day
        if day and not (within.holds(day.first) or within.holds(day.last)):
            label = f"{known.year}/{(known.year + 1) % 100:02}"
            yield Advice(where, f'"{event.what}" is on {day.in_words}, outside {label}')


def _events(school: SchoolFile) -> Iterator[tuple[str, Event]]:
    for name, plan in school.phases.items():
        yield from ((f"phases: {name}", event) for event in plan.occasions)
    for row in school.opportunities:
        for events in row.events.values():
            yield from ((f"opportunities: {row.label}", event) for event in events)


def _approval(known: Known) -> Iterator[Advice]:
    approval = known.school.approval
    if not approval.approved_by:
        yield Advice("approval", "nobody is said to have approved it")
    if not approval.approved:
        yield Advice("approval", "no date of approval is given")
    elif approval.approved.first > known.as_of:
        yield Advice(
            "approval", f"it is dated {approval.approved.in_words}, which is still to come"
        )
    if not approval.next_review:
        yield Advice("approval", "no date of the next review is given")
    elif approval.next_review.last < known.as_of:
        yield Advice("approval", f"the review was due by {approval.next_review.in_words}")


def _leftovers(school: SchoolFile) -> Iterator[Advice]:
    for where, text in _texts(school, ""):
        if found := _LEFTOVER.search(text):
            yield Advice(where, f'"{found[0]}" looks like a template\'s blank')


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every text of a school file, with the part that it stands in."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _texts(item, where)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _texts(getattr(value, field.name), where or field.name)
    elif hasattr(value, "items"):
        for key, item in value.items():
            yield from _texts(item, f"{where}: {key}" if where == "phases" else where)
