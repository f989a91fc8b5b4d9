"""Policies seen: the shipped ones with the topics of them all, and one as a document for people.

The values of a document are worded by `templates/statement.md.j2`.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.documents.policy_document import Listed, PolicyDocument, role_named
from careerspolicy.english.citations import cited, cited_in_full
from careerspolicy.english.sentences import evidence, parts, sentence
from careerspolicy.english.wording import listing, own_words, sentence_of
from careerspolicy.model.document import CitedKind
from careerspolicy.model.policy import Of, Policy
from careerspolicy.views.tree import Column, Row, Section, Table, View
from careerspolicy.views.words import FORMAT, benchmark_heading, fields, years_named
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.calendar.durations import Duration


_COLUMNS: Final = (
    Column("Name"),
    Column("Document"),
    Column("Approved", blank="not said"),
    Column("Next review", blank="not said"),
    Column("Obligations", number=True),
)
_FIGURES: Final = ("approved", "next_review", "obligations")


def policies_view(policies: Mapping[str, Policy]) -> View:
    """Policies by the name that --policy takes."""
    listed = [_policy_data(name, one) for name, one in policies.items()]
    law = "The law, against which gaps holds a policy"
    blocks = _table("The trusts' policies", listed, Of.TRUST), _table(law, listed, Of.LAW)
    return View(
        title="The shipped policies",
        sections=lambda: (blocks[0], Section(title=law, blocks=blocks[1:])),
        data=lambda: {"format": FORMAT, "policies": listed},
    )


def topics_view(policies: Iterable[Policy]) -> View:
    """The topics of the shared catalogue by benchmark, and who promises anything on them."""
    trusts = [policy for policy in policies if policy.of is Of.TRUST]
    promises = promises_by_topic(trusts)
    topics = [
        {
            "topic": topic.name,
            "question": topic.description,
            "benchmark": topic.benchmark,
            "promises": {trust.id: promises[topic.name][trust.id] for trust in trusts},
        }
        for topic in shared_vocabulary().topics.values()
    ]
    return View(
        title="A topic is one question that can be put to every trust; each with its promises",
        sections=lambda: tuple(
            Section(title=benchmark_heading(benchmark), blocks=(_topics(found),))
            for benchmark, found in groupby(topics, key=itemgetter("benchmark"))
        ),
        data=lambda: {"format": FORMAT, "topics": topics},
    )


def promises_by_topic(policies: Iterable[Policy]) -> Mapping[str, Counter[str]]:
    """How many promises each policy makes on each topic of the shared catalogue, in its order."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in shared_vocabulary().topics}
    for policy in policies:
        for obligation in policy.obligations:
            counts.setdefault(obligation.topic, Counter())[policy.id] += 1
    return counts


def _topics(topics: Iterable[Mapping[str, Any]]) -> Table:
    rows = []
    for topic in topics:
        made = [f"{trust} {many}" for trust, many in topic["promises"].items() if many]
        rows.append(Row((topic["topic"], topic["question"], ", ".join(made))))
    columns = Column("Topic"), Column("Question"), Column("Promises")
    return Table(spoken="Topics", columns=columns, rows=rows)


def _table(label: str, policies: Sequence[Mapping[str, Any]], of: Of) -> Table:
    rows = [
        Row((it["name"], f"{it['trust']}: {it['title']}", *itemgetter(*_FIGURES)(it)))
        for it in policies
        if it["of"] == of.value
    ]
    return Table(spoken=label, columns=_COLUMNS, rows=rows)


def _policy_data(name: str, policy: Policy) -> dict[str, Any]:
    return {
        "name": name,
        **fields(policy, "of", "trust"),
        "title": policy.document.title,
        "obligations": len(policy.obligations),
        **fields(policy.document, "approved", "next_review"),
    }


#: What can only be an obligation's id: an id of one word might be a word.
_AN_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")

_LAW: Final = (CitedKind.ACT, CitedKind.REGULATIONS, CitedKind.STATUTORY_GUIDANCE)


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
        "control": _control(document),
        "of_law": policy.of is Of.LAW,
        "law": [cited_in_full(one) for one in told.cites if one.kind in _LAW],
        "other": [cited_in_full(one) for one in told.cites if one.kind not in _LAW],
        "worded": lambda one: _worded(one, document, numbers),
        "promises": _promises,
        "years": years_named,
        # Whose day it is where no year group is.
        "everybody": "the school" if document.school else "school and trust",
        "named": lambda one: own_words(one.obligation.title, policy),
        "pace": lambda one: parts(one.obligation, policy).how_often,
        "owners": _roles(told.owner, policy),
        "approvers": _roles(told.approver, policy),
    }


def _control(document: PolicyDocument) -> dict[str, str]:
    """The rows of the document control table: what the document and the school's file give."""
    policy, told = document.policy, document.policy.document
    law = policy.of is Of.LAW
    edition = told.guidance_edition
    dates = {
        "Approved": told.approved,
        "In effect from": told.effective,
        "Put into practice from": told.implementation,
        "Published": told.published,
        "Next review": told.next_review,
        "Written to the statutory guidance of": PartialDate.parse(edition) if edition else None,
    }
    *days, written_to = ((name, day.in_words if day else "") for name, day in dates.items())
    rows = (
        ("Law of" if law else "Trust", policy.trust),
        ("In force on", in_words(document.as_of) if law else ""),
        ("School", document.school.name if document.school else ""),
        ("Version", told.version),
        *days,
        ("Reviewed", every(told.review_every) if told.review_every else ""),
        ("Owner", _roles(told.owner, policy)),
        ("Approved by", _roles(told.approver, policy)),
        ("Applies to", listing(told.applies_to)),
        written_to,
    )
    return {name: words for name, words in rows if words}


def _roles(roles: Iterable[str], policy: Policy) -> str:
    return listing(role_named(role, policy) for role in roles)


def every(duration: Duration) -> str:
    """A cadence as people say it.

    >>> from careerspolicy.calendar.durations import Duration
    >>> every(Duration(1, "year")), every(Duration(2, "year"))
    ('every year', 'every 2 years')
    """
    return f"every {duration.unit if duration.count == 1 else duration}"


def _worded(one: Listed, document: PolicyDocument, numbers: Mapping[str, int]) -> dict[str, Any]:
    """One promise as the document shows it."""
    policy, obligation = document.policy, one.obligation
    shown = document.audience.evidence
    known = evidence(obligation, policy) if shown else None
    return {
        "number": one.number,
        "sentence": sentence(obligation, policy),
        "cited": cited(obligation),
        "evidence": sentence_of(known) if known else "",
        "note": own_words(numbered(obligation.note, numbers), policy) if shown else "",
    }


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
    spoken = ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run) for run in runs)
    return listing(word for run in spoken for word in run)
