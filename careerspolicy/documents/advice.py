"""What is amiss in a school file that is no gap: dates gone by, years without anything, trusts.

Each is a real fault of published statements. Beside `requirements`; the check tells both. Of a
school's own sentences, what they let slip: blanks, other schools' year groups, events out of hours.
That reads words and guesses, so it only ever advises.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.checks.rules.dates import editions, replaced
from careerspolicy.documents.contents import Known, lateness, may_be_late
from careerspolicy.documents.school_file import Binding, Event, SchoolFile
from careerspolicy.english.wording import number_in_words
from careerspolicy.model.policy import Of, Policy
from careerspolicy.vocabulary.names import identity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from careerspolicy.documents.key_phases import KeyPhase
    from careerspolicy.model.facts import Facts

#: Words that trusts write into their names or leave out.
_OF_ANY_TRUST: Final = frozenset(
    {"the", "of", "trust", "trusts", "mat", "multi", "academy", "academies", "schools", "limited"}
)
#: What a template leaves to be filled in.
_LEFTOVER: Final = re.compile(
    r"\[[^\]]*\b(?:insert|name|school|date|email|number|add|your|link)\b[^\]]*\]|\bx{3,}\b|\bTB[CA]\b"
    r"|\binsert (?:name|date|school|here)\b|lorem ipsum",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(
    r"\byears?\s+(\d{1,2})\s*(?:-|\u2013|/|to|and|or)\s*(?:years?\s+)?(\d{1,2})\b", re.IGNORECASE
)
#: Parts that may well speak of the law's own Years 8 to 13.
_OF_THE_LAW: Final = frozenset({"introduction", "legal_basis"})
#: Section 42B(2B): access falls in the standard school day.
_OUT_OF_HOURS: Final = re.compile(
    r"\b(?:evenings?|after[- ]school|weekends?|saturdays?|sundays?|twilight)\b", re.IGNORECASE
)
_FOR_SOME: Final = re.compile(
    r"\b(?:undecided|yet to decide|(?:not|n't|n\u2019t) (?:yet )?decided"
    r"|selected (?:pupils|students|learners|groups?|classes)"
    r"|targeted|who (?:are|may be) (?:interested|considering)|by invitation)\b",
    re.IGNORECASE,
)
_BY_CHOICE: Final = re.compile(r"\b(?:optional|voluntary|may choose|can choose)\b", re.IGNORECASE)
_DENIAL: Final = re.compile(r"\b(?:not|nor|never|none|besides)\b|n['\u2019]t\b", re.IGNORECASE)
_SENTENCES: Final = re.compile(r"(?<=[.;!?])\s+")
#: A word or two of what is quoted on either side.
_MOST_QUOTED: Final = 60


@attrs.frozen
class Advice:
    """Something to look at: where in the school file, and what."""

    where: str
    message: str


def advice(
    known: Known, policy: Policy | None = None, facts: Facts | None = None
) -> tuple[Advice, ...]:
    """Everything to look at, in the order of the school file."""
    school = known.school
    return (
        *_binding(known),
        *_trust(school, policy),
        *_against_register(school, facts),
        *_addresses(school),
        *_edition(known),
        *(one for phase in known.key_phases for one in _outside(known, phase)),
        *(one for phase in known.key_phases for one in _one_provider(school, phase)),
        *_years_without(known),
        *_other_years_days(known),
        *_approval(known),
        *_on_words(known),
    )


def is_trust_of(school: SchoolFile, policy: Policy) -> bool:
    """Whether a school file names the policy's trust, however much of the name; or no trust."""
    own, known = (
        {*re.findall(r"\w+", trust.casefold())} - _OF_ANY_TRUST
        for trust in (school.trust, policy.trust)
    )
    return not own or own <= known or known <= own


def _binding(known: Known) -> Iterator[Advice]:
    message = "section 42B does not name a sixth form college; its statement goes by the same rules"
    if known.binding is Binding.OUTSIDE:
        sort = f"this sort of school ({known.school.type})"
        what = "a school in a hospital" if known.school.in_hospital else sort
        message = f"section 42B does not bind {what}; a statement is its own choice"
    if known.binding is not Binding.BOUND:
        yield Advice("school: type", message)


def _trust(school: SchoolFile, policy: Policy | None) -> Iterator[Advice]:
    if policy and policy.of is Of.TRUST and not is_trust_of(school, policy):
        message = f"it is {school.trust}, and the policy is that of {policy.trust}"
        yield Advice("school: trust", message)


def _against_register(school: SchoolFile, facts: Facts | None) -> Iterator[Advice]:
    known = facts.school_by_urn.get(school.urn) if facts else None
    if known is None:
        return
    here, there = (f"Years {one.lowest_year} to {one.highest_year}" for one in (school, known))
    if here != there:
        yield Advice("school: years", f"{here} here, {there} in the facts")
    if identity(known.name) != identity(school.name):
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
    if cited and (later := replaced(cited, known.as_of, surely=True)):
        message = f"an edition of {later.published.in_words} has replaced it"
        yield Advice("guidance_edition", message)


def _occasions(school: SchoolFile, phase: KeyPhase) -> tuple[Event, ...]:
    plan = school.phases.get(phase.name)
    return plan.occasions if plan else ()


def _outside(known: Known, phase: KeyPhase) -> Iterator[Advice]:
    for event in _occasions(known.school, phase):
        if late := lateness(event, known, phase):
            message = f'"{event.what}" can\'t count for it: {late}'
            yield Advice(f"phases: {phase.name}", message)
        elif may_be_late(event, known, phase):
            by = f"counts only if it is by {phase.last_day}; say on what day it is"
            yield Advice(f"phases: {phase.name}", f'"{event.what}" {by}')


def _one_provider(school: SchoolFile, phase: KeyPhase) -> Iterator[Advice]:
    """A phase in which only one provider is ever named, where occasions are named one by one."""
    occasions = _occasions(school, phase)
    named = {identity(name): name for event in occasions for name in event.providers}
    if len(named) == 1 and len(occasions) > 1:
        (only,) = named.values()
        message = f"{only} is the only provider named; the law wants a range"
        yield Advice(f"phases: {phase.name}", message)


def _years_without(known: Known) -> Iterator[Advice]:
    rows = known.school.opportunities
    if not rows or any(not row.years for row in rows):
        return
    listed = {year for row in rows if any(row.events.values()) for year in row.years}
    for phase in known.key_phases:
        for year in phase.years:
            if year not in listed:
                message = f"Year {year} has none, and is in the {phase.name} key phase"
                yield Advice("opportunities", message)


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
    approval, as_of = known.school.approval, known.as_of
    approved, review = approval.approved, approval.next_review
    if not approval.approved_by:
        yield Advice("approval", "nobody is said to have approved it")
    if not approved:
        yield Advice("approval", "no date of approval is given")
    elif approved.first > as_of:
        yield Advice("approval", f"it is dated {approved.in_words}, which is still to come")
    if not review:
        yield Advice("approval", "no date of the next review is given")
    elif review.last < as_of:
        yield Advice("approval", f"the review was due by {review.in_words}")


def _on_words(known: Known) -> Iterator[Advice]:
    """Everything in a school's own sentences that is worth a second look."""
    school, as_of = known.school, known.as_of
    for where, text in _texts(school, ""):
        if match := _LEFTOVER.search(text):
            yield Advice(where, f'"{_shortened(match[0])}" looks like a template\'s blank')
        for match in _RANGE.finditer(text) if where not in _OF_THE_LAW else ():
            if school.highest_year < int(match[2]) <= 14:
                beyond = f"goes beyond Year {school.highest_year}, the last that it teaches"
                yield Advice(where, f'"{match[0]}" {beyond}')
        yield from _old_guidance(where, text, as_of)
    for phase in known.key_phases:
        for _, text in _texts(school.phases.get(phase.name), ""):
            for sentence in _SENTENCES.split(text):
                for message in _of_phase(phase, sentence):
                    yield Advice(f"phases: {phase.name}", f'"{_shortened(sentence)}" {message}')


def _old_guidance(where: str, text: str, as_of: date) -> Iterator[Advice]:
    """A sentence on guidance that names the month of an edition that another has replaced."""
    for edition in editions():
        month = f"{edition.published.first:%B %Y}"
        later = replaced(edition.published, as_of, surely=True)
        near = rf"\bguidance\b[^.;]{{0,40}}\b{month}|\b{month} (?:statutory )?guidance\b"
        if later and re.search(near, text, re.IGNORECASE):
            newer = later.published.in_words
            yield Advice(where, f"the guidance of {month} has been replaced by that of {newer}")


def _of_phase(phase: KeyPhase, text: str) -> Iterator[str]:
    """What a sentence on how a key phase is met lets slip."""
    # "The options evening is not one of them" says that it does not count.
    if _OUT_OF_HOURS.search(text) and not _DENIAL.search(text):
        yield "may lie outside the school day; section 42B(2B) counts what is within"
    if _FOR_SOME.search(text):
        both = "both" if phase.occasions == 2 else f"all {number_in_words(phase.occasions)}"
        mandatory = f"every pupil has {both} occasions"
        wanted = mandatory if phase.mandatory else "they are offered to all"
        yield f"may be for some only; in the {phase.name} key phase {wanted}"
    if phase.mandatory and _BY_CHOICE.search(text):
        yield f"may leave it to pupils; in the {phase.name} key phase all must attend"


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED].rstrip()}\u2026"


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
