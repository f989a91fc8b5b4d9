"""A policy document seen: the values that `templates/statement.md.j2` words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.documents.policy_document import role_named
from careerspolicy.english.citations import cited, cited_in_full
from careerspolicy.english.own_words import own_words
from careerspolicy.english.parts import parts
from careerspolicy.english.sentences import evidence, sentence
from careerspolicy.english.wording import listing, sentence_of
from careerspolicy.model.policy import CitedKind, Of
from careerspolicy.views.tree import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.calendar.durations import Duration
    from careerspolicy.documents.policy_document import Listed, PolicyDocument

#: What can only be an obligation's id: an id of one word might be a word.
_AN_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")

_LAW: Final = (CitedKind.ACT, CitedKind.REGULATIONS, CitedKind.STATUTORY_GUIDANCE)


@attrs.frozen(kw_only=True)
class Worded:
    """One promise as the document shows it."""

    number: int
    sentence: str
    cited: str
    evidence: str
    note: str


def policy_document_view(document: PolicyDocument) -> View:
    """A policy as a document for people, called "Careers Policy: Wharfside Learning Trust"."""
    owner = document.school.name if document.school else document.policy.trust
    title = f"{document.policy.document.title}: {owner}"
    return View(
        title=title,
        dated=document.as_of,
        template="statement.md.j2",
        values=lambda: {"title": title, **_values(document)},
    )


def _values(document: PolicyDocument) -> dict[str, Any]:
    policy, told = document.policy, document.policy.document
    numbers = {one.obligation.id: one.number for one in document.main_listing}
    return {
        "document": document,
        "policy": policy,
        "control": dict(_control(document)),
        "of_law": policy.of is Of.LAW,
        "law": [cited_in_full(one) for one in told.cites if one.kind in _LAW],
        "other": [cited_in_full(one) for one in told.cites if one.kind not in _LAW],
        "worded": lambda one: _worded(one, document, numbers),
        "promises": _promises,
        "years": _years,
        "everybody": _everybody(document),
        "named": lambda one: own_words(one.obligation.title, policy),
        "pace": lambda one: parts(one.obligation, policy).how_often,
        "owners": listing(role_named(role, policy) for role in told.owner),
        "approvers": listing(role_named(role, policy) for role in told.approver),
    }


def _control(document: PolicyDocument) -> Iterable[tuple[str, str]]:
    """The rows of the document control table: what the document and the school's file give."""
    told = document.policy.document
    dates = {
        "Approved": told.approved,
        "In effect from": told.effective,
        "Put into practice from": told.implementation,
        "Published": told.published,
        "Next review": told.next_review,
    }
    yield from _whose(document)
    if told.version:
        yield "Version", told.version
    for name, day in dates.items():
        if day is not None:
            yield name, day.in_words
    if told.review_every:
        yield "Reviewed", every(told.review_every)
    for name, roles in (("Owner", told.owner), ("Approved by", told.approver)):
        if roles:
            yield name, listing(role_named(role, document.policy) for role in roles)
    if told.applies_to:
        yield "Applies to", listing(told.applies_to)
    if told.guidance_edition:
        edition = PartialDate.parse(told.guidance_edition)
        yield "Written to the statutory guidance of", edition.in_words


def _whose(document: PolicyDocument) -> Iterable[tuple[str, str]]:
    """The rows that say whose the document is; of the law, as it stands on which day."""
    policy = document.policy
    if policy.of is Of.LAW:
        yield "Law of", policy.trust
        yield "In force on", in_words(document.as_of)
    else:
        yield "Trust", policy.trust
    if document.school:
        yield "School", document.school.name


def _everybody(document: PolicyDocument) -> str:
    """Whose day it is where no year group is: the school's own, or the schools' and trust's."""
    return "the school" if document.school else "school and trust"


def every(duration: Duration) -> str:
    """A cadence as people say it.

    >>> from careerspolicy.calendar.durations import Duration
    >>> every(Duration(1, "year")), every(Duration(2, "year"))
    ('every year', 'every 2 years')
    """
    return f"every {duration.unit if duration.count == 1 else duration}"


def _worded(one: Listed, document: PolicyDocument, numbers: Mapping[str, int]) -> Worded:
    policy, told = document.policy, one.obligation
    shown = document.audience.evidence
    known = evidence(told, policy) if shown else ""
    return Worded(
        number=one.number,
        sentence=sentence(told, policy),
        cited=cited(told),
        evidence=sentence_of(known) if known else "",
        note=own_words(numbered(told.note, numbers), policy) if shown else "",
    )


def numbered(note: str, numbers: Mapping[str, int]) -> str:
    """A note that names other promises by their numbers in the document, not by their ids.

    >>> numbered("See review-yearly, beside the review.", {"review-yearly": 8, "review": 9})
    'See promise 8, beside the review.'
    """
    return _AN_ID.sub(
        lambda found: f"promise {numbers[found[0]]}" if found[0] in numbers else found[0], note
    )


def _promises(items: Sequence[Listed]) -> str:
    """Numbers of the main listing, runs drawn together: "1 to 3, 7 and 9".

    >>> from types import SimpleNamespace as One
    >>> _promises([One(number=number) for number in (1, 2, 3, 7, 9)])
    '1 to 3, 7 and 9'
    """
    runs: list[list[int]] = []
    for number in sorted(one.number for one in items):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return listing(word for run in runs for word in _run(run))


def _run(run: Sequence[int]) -> list[str]:
    if len(run) < 3:
        return [str(number) for number in run]
    return [f"{run[0]} to {run[-1]}"]


def _years(years: Sequence[int]) -> str:
    """Year groups as people say them: "Years 7 to 13", "Years 9 and 11"; "" for none."""
    if not years:
        return ""
    if len(years) == 1:
        return f"Year {years[0]}"
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"Years {years[0]} to {years[-1]}"
    return f"Years {listing(map(str, years))}"
