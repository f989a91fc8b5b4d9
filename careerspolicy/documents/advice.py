"""What is amiss in a school file that is no gap: dates gone by, years without anything, trusts.

Each is a real fault of published statements. Beside `requirements`; the check tells both. `prose`
looks at the words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.checks.rules.dates import replaced
from careerspolicy.documents.occasions import lateness, may_be_late
from careerspolicy.documents.prose import Advice, advice_on_words
from careerspolicy.documents.school_file import Binding
from careerspolicy.model.policy import Of
from careerspolicy.vocabulary.names import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.documents.contents import Known
    from careerspolicy.documents.school_file import Event, SchoolFile
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy

#: Words that trusts write into their names or leave out.
_OF_ANY_TRUST: Final = frozenset(
    {"the", "of", "trust", "trusts", "mat", "multi", "academy", "academies", "schools", "limited"}
)


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
        *_outside(known),
        *_one_provider(known),
        *_years_without(known),
        *_other_years_days(known),
        *_approval(known),
        *advice_on_words(known),
    )


def is_trust_of(school: SchoolFile, policy: Policy) -> bool:
    """Whether a school file names the policy's trust, however much of the name; or no trust."""
    own, known = _own_words(school.trust), _own_words(policy.trust)
    return not own or own <= known or known <= own


def _own_words(name: str) -> set[str]:
    return {*re.findall(r"\w+", name.casefold())} - _OF_ANY_TRUST


def _binding(known: Known) -> Iterator[Advice]:
    school = known.school
    if known.binding is Binding.FOLLOWS:
        message = (
            "section 42B does not name a sixth form college; its statement goes by the same rules"
        )
        yield Advice("school: type", message)
    elif known.binding is Binding.OUTSIDE:
        what = (
            "a school in a hospital"
            if school.in_hospital
            else f"this sort of school ({school.type})"
        )
        message = f"section 42B does not bind {what}; a statement is its own choice"
        yield Advice("school: type", message)


def _trust(school: SchoolFile, policy: Policy | None) -> Iterator[Advice]:
    if policy and policy.of is Of.TRUST and not is_trust_of(school, policy):
        message = f"it is {school.trust}, and the policy is that of {policy.trust}"
        yield Advice("school: trust", message)


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
    if cited is None:
        return
    if later := replaced(cited, known.as_of, surely=True):
        message = f"an edition of {later.published.in_words} has replaced it"
        yield Advice("guidance_edition", message)


def _outside(known: Known) -> Iterator[Advice]:
    for phase in known.key_phases:
        plan = known.school.phases.get(phase.name)
        for event in plan.occasions if plan else ():
            if late := lateness(event, known, phase):
                message = f'"{event.what}" can\'t count for it: {late}'
                yield Advice(f"phases: {phase.name}", message)
            elif may_be_late(event, known, phase):
                by = f"counts only if it is by {phase.last_day}; say on what day it is"
                yield Advice(f"phases: {phase.name}", f'"{event.what}" {by}')


def _one_provider(known: Known) -> Iterator[Advice]:
    """A phase in which only one provider is ever named, where occasions are named one by one."""
    for phase in known.key_phases:
        plan = known.school.phases.get(phase.name)
        named = (
            {
                identity(provider): provider
                for event in plan.occasions
                for provider in event.providers
            }
            if plan
            else {}
        )
        if plan and len(named) == 1 and len(plan.occasions) > 1:
            message = (
                f"{next(iter(named.values()))} is the only provider named; the law wants a range"
            )
            yield Advice(f"phases: {phase.name}", message)


def _years_without(known: Known) -> Iterator[Advice]:
    school = known.school
    if not school.opportunities or any(not row.years for row in school.opportunities):
        return
    listed = {
        year for row in school.opportunities if any(row.events.values()) for year in row.years
    }
    for phase in known.key_phases:
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
