"""A provider access statement seen as a document.

Its values are worded by `templates/provider-access.md.j2`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.documents.advice import is_trust_of
from careerspolicy.documents.provider_access import year_label
from careerspolicy.english.wording import listing, number_in_words
from careerspolicy.model.policy import Of
from careerspolicy.views.tree import View
from careerspolicy.views.words import years_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.documents.provider_access import Statement
    from careerspolicy.documents.recorded import Cohort, DestinationsAfter
    from careerspolicy.documents.requirements import Requirement
    from careerspolicy.documents.school_file import Body
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

_CONTACT_COLUMNS: Final = {
    "role": "Role",
    "name": "Name",
    "email": "E-mail",
    "phone": "Telephone",
    "form": "Form",
    "address": "Address",
    "matter": "For",
}


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
        "years": years_named,
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
        "contact_columns": [
            (name, slot)
            for slot, name in _CONTACT_COLUMNS.items()
            if any(getattr(contact, slot) for contact in school.contacts)
        ],
        "previous_providers": tuple(_previous_providers(statement)),
        "trust_policy": _trust_policy(statement),
        "destinations": [
            _destination_table(one, school.words.pupils)
            for one in destinations
            if not all(cohort.withheld for cohort in one.cohorts)
        ],
        "destinations_withheld": [
            _withheld(one) for one in destinations if any(cohort.withheld for cohort in one.cohorts)
        ],
        "destinations_hidden": any(one.hides for one in cohorts),
        "destinations_in_percent": any(one.percent for c in cohorts for one in c.shares),
        "own_gaps": [one for one in gaps if one.key.startswith("own.")],
        "review_gaps": [one for one in gaps if one.key.startswith(_OF_REVIEW)],
        "approval": tuple(_approval(statement)),
    }


def _both(amount: int) -> str:
    """That nothing of so many is left out.

    >>> _both(2), _both(3)
    ('both', 'all three')
    """
    return "both" if amount == 2 else f"all {number_in_words(amount)}"


def _covered(content: str, pupils: str) -> str:
    return _COVERED.get(content, content).replace("{pupils}", pupils)


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


def _after(destinations: DestinationsAfter) -> str:
    return "Year 11" if destinations.after == 11 else "the sixth form"


def _withheld(destinations: DestinationsAfter) -> dict[str, Any]:
    """The school years of which nothing is shown of those who left after Year 11 or later."""
    withheld = [year_label(cohort.year) for cohort in destinations.cohorts if cohort.withheld]
    return {"after": _after(destinations), "labels": withheld}


def _destination_table(destinations: DestinationsAfter, pupils: str) -> dict[str, Any]:
    """Where pupils went after Year 11 or the sixth form, worded: a column for each school year."""
    shown = [cohort for cohort in destinations.cohorts if not cohort.withheld]
    forms = dict.fromkeys(share.form for cohort in shown for share in cohort.shares)
    rows = [
        (f"{form[:1].upper()}{form[1:]}", [_cell(form, cohort) for cohort in shown])
        for form in forms
    ]
    totals = [HIDDEN if cohort.total is None else str(cohort.total) for cohort in shown]
    went = f"Where our {pupils} went after {_after(destinations)}"
    return {
        "caption": f"{went}, by the school year in which it ended",
        "labels": [year_label(cohort.year) for cohort in shown],
        "rows": [*rows, (f"All {pupils}", totals)],
    }


def _cell(form: str, cohort: Cohort) -> str:
    share = next((one for one in cohort.shares if one.form == form), None)
    if share is None:
        return "0"
    if share.count is None:
        return HIDDEN
    return str(share.count) if share.percent is None else f"{share.count} ({share.percent}%)"


def _approval(statement: Statement) -> Iterator[tuple[str, str]]:
    approval, published = statement.school.approval, statement.school.published
    answers = {
        "Published": published.on if published else None,
        "Published since": published.since if published else None,
        "Responsible": approval.responsible,
        "Approved by": approval.approved_by,
        "Approved": approval.approved,
        "Applies from": approval.applies_from,
        "Reviewed by": approval.reviewed_by,
        "Last reviewed": approval.reviewed,
        "Next review": approval.next_review,
        "Reviewed every": approval.review_every,
        "Version": approval.version,
        "Signed by": approval.signed_by,
    }
    for name, answer in answers.items():
        if answer:
            yield name, answer if isinstance(answer, str) else answer.in_words
