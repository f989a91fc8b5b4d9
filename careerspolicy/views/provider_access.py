"""A provider access statement seen: the values that `templates/provider-access.md.j2` words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.documents.advice import is_trust_of
from careerspolicy.documents.provider_access import year_label
from careerspolicy.english.wording import listing, number_in_words
from careerspolicy.model.policy import Of
from careerspolicy.views.tree import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.calendar.partial_date import PartialDate
    from careerspolicy.documents.provider_access import Statement
    from careerspolicy.documents.recorded import Cohort, DestinationsAfter
    from careerspolicy.documents.requirements import Requirement
    from careerspolicy.documents.school_file import Body, Contact
    from careerspolicy.model.policy import Policy

#: The headings of the columns of the table of opportunities.
TERM_NAMES: Final = {
    "autumn": "Autumn term",
    "spring": "Spring term",
    "summer": "Summer term",
    "all_year": "All year",
}

#: The contents of an encounter, by the law's words for them in its file.
_COVERED: Final = {
    "the provider and its offer": (
        "information about the provider, and about the approved technical qualifications or "
        "apprenticeships that it offers"
    ),
    "careers it leads to": (
        "information about the careers that those qualifications or apprenticeships might lead to"
    ),
    "what learning there is like": (
        "a description of what learning or training with the provider is like"
    ),
    "answers to questions": "answers to {pupils}' questions",
}

#: Stands for a hidden count, as in the Department for Education's tables.
HIDDEN: Final = "c"

#: Which contents stand under "Approval and review".
_OF_REVIEW: Final = ("review.", "next_review", "published.")

_CONTACT_COLUMNS: Final = (
    ("Role", "role"),
    ("Name", "name"),
    ("E-mail", "email"),
    ("Telephone", "phone"),
    ("Form", "form"),
    ("Address", "address"),
    ("For", "matter"),
)


@attrs.frozen(kw_only=True)
class DestinationTable:
    """Where pupils went after Year 11 or the sixth form, worded: a column for each school year."""

    caption: str
    labels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@attrs.frozen(kw_only=True)
class WithheldCohorts:
    """The school years of which nothing is shown of those who left after Year 11 or later."""

    after: str
    labels: tuple[str, ...]


def provider_access_view(statement: Statement) -> View:
    """A school's provider access policy statement."""
    title = f"Provider access policy statement: {statement.school.name}"
    return View(
        title=title,
        dated=statement.known.as_of,
        template="provider-access.md.j2",
        values=lambda: {"title": title, **_values(statement)},
    )


def _values(statement: Statement) -> dict[str, Any]:
    school, recorded = statement.school, statement.recorded
    destinations = recorded.destinations if recorded else ()
    cohorts = [cohort for one in destinations for cohort in one.cohorts if not cohort.withheld]
    gaps = statement.gaps.values()
    return {
        "statement": statement,
        "standing": statement.known.binding.value,
        "years": _years,
        "listed": listing,
        "shows": partial(_shows, statement),
        "gap_of": _gap,
        "number": number_in_words,
        "least": lambda made: number_in_words(min(part.phase.occasions for part in made.phases)),
        "both": lambda phase: _both(phase.occasions),
        "covered": partial(_covered, pupils=school.words.pupils),
        "term_names": TERM_NAMES,
        "entitlement_text": _without_points(school.entitlement),
        "contents_text": _without_points(school.encounter_contents),
        "contact_columns": _contact_columns(school.contacts),
        "previous_providers": tuple(_previous_providers(statement)),
        "trust_policy": _trust_policy(statement),
        "destinations": [
            _destination_table(one, school.words.pupils)
            for one in destinations
            if not all(cohort.withheld for cohort in one.cohorts)
        ],
        "destinations_withheld": tuple(filter(None, map(_withheld, destinations))),
        "destinations_hidden": any(one.hides for one in cohorts),
        "destinations_in_percent": any(one.percent for c in cohorts for one in c.shares),
        "own_gaps": [one for one in gaps if one.key.startswith("own.")],
        "review_gaps": [one for one in gaps if one.key.startswith(_OF_REVIEW)],
        "approval": tuple(_approval(statement)),
    }


def _years(years: Sequence[int]) -> str:
    """Neighbouring year groups as people say them.

    >>> _years((8,)), _years((8, 9)), _years((8, 9, 10))
    ('Year 8', 'Years 8 and 9', 'Years 8 to 10')
    """
    if len(years) == 1:
        return f"Year {years[0]}"
    return f"Years {years[0]} {'and' if len(years) == 2 else 'to'} {years[-1]}"


def _both(amount: int) -> str:
    """That nothing of so many is left out.

    >>> _both(2), _both(3)
    ('both', 'all three')
    """
    return "both" if amount == 2 else f"all {number_in_words(amount)}"


def _covered(content: str, pupils: str) -> str:
    return _COVERED.get(content, content).format(pupils=pupils)


def _gap(one: Requirement) -> str:
    """What is still to be written, and who asks for it."""
    asked = "; ".join(map(str, one.askers))
    fault = f"; {one.fault}" if one.fault else ""
    return f"{one.content} ({asked}{fault})"


def _shows(statement: Statement, *keys: str) -> bool:
    """Whether there is anything to show of some contents, if only that they are missing."""
    return any(statement.known.holds(key) or key in statement.gaps for key in keys)


def _without_points(told: Body) -> Body:
    """A body without the lists that the document has drawn into its own."""
    return attrs.evolve(told, blocks=tuple(one for one in told.blocks if not one.points))


def _contact_columns(contacts: tuple[Contact, ...]) -> tuple[tuple[str, str], ...]:
    """The columns that any contact has something for."""
    return tuple(
        (name, slot)
        for name, slot in _CONTACT_COLUMNS
        if any(getattr(one, slot) for one in contacts)
    )


def _previous_providers(statement: Statement) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Providers by school year, the latest first: as recorded, else as the school file has them."""
    recorded = statement.recorded
    computed = {
        year_label(one.year) + (" so far" if one.so_far else ""): one.names
        for one in (recorded.providers if recorded else ())
    }
    told = statement.school.previous_providers
    years = {label[:7] for label in computed}
    rest = {label: names for label, names in told.items() if label not in years}
    yield from sorted({**computed, **rest}.items(), reverse=True)


def _trust_policy(statement: Statement) -> Policy | None:
    """The policy of the school's own trust; None for the law, and for another trust's."""
    policy, school = statement.policy, statement.school
    return policy if policy and policy.of is Of.TRUST and is_trust_of(school, policy) else None


def _after(told: DestinationsAfter) -> str:
    return "Year 11" if told.after == 11 else "the sixth form"


def _withheld(told: DestinationsAfter) -> WithheldCohorts | None:
    labels = tuple(year_label(one.year) for one in told.cohorts if one.withheld)
    return WithheldCohorts(after=_after(told), labels=labels) if labels else None


def _destination_table(told: DestinationsAfter, pupils: str) -> DestinationTable:
    shown = [cohort for cohort in told.cohorts if not cohort.withheld]
    forms = dict.fromkeys(share.form for cohort in shown for share in cohort.shares)
    rows = [(form, tuple(_cell(form, cohort) for cohort in shown)) for form in forms]
    totals = tuple(HIDDEN if one.total is None else str(one.total) for one in shown)
    after = _after(told)
    return DestinationTable(
        caption=f"Where our {pupils} went after {after}, by the school year in which it ended",
        labels=tuple(year_label(one.year) for one in shown),
        rows=(*((_named(form), cells) for form, cells in rows), (f"All {pupils}", totals)),
    )


def _named(form: str) -> str:
    return f"{form[:1].upper()}{form[1:]}"


def _cell(form: str, cohort: Cohort) -> str:
    share = next((one for one in cohort.shares if one.form == form), None)
    if share is None:
        return "0"
    if share.count is None:
        return HIDDEN
    return str(share.count) if share.percent is None else f"{share.count} ({share.percent}%)"


def _approval(statement: Statement) -> Iterator[tuple[str, str]]:
    told, published = statement.school.approval, statement.school.published
    since = published.since if published else None
    said = {
        "Published": published.on if published else "",
        "Published since": _in_words(since),
        "Responsible": told.responsible,
        "Approved by": told.approved_by,
        "Approved": _in_words(told.approved),
        "Applies from": _in_words(told.applies_from),
        "Reviewed by": told.reviewed_by,
        "Last reviewed": _in_words(told.reviewed),
        "Next review": _in_words(told.next_review),
        "Reviewed every": told.review_every,
        "Version": told.version,
        "Signed by": told.signed_by,
    }
    yield from ((name, words) for name, words in said.items() if words)


def _in_words(day: PartialDate | None) -> str:
    return day.in_words if day else ""
