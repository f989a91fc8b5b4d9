"""What changes: from one version of a policy to the next, and for whoever takes another policy.

Promises of two versions are matched by their ids first, wherever in the file they stand and
whatever their topic is now, and the rest by likeness. For the other, both policies are held against
the same facts on the same day; each promise is set against its counterpart, and each pupil, school
or trust against itself. What does not apply to somebody is as if it were not promised.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from careerspolicy.comparison.comparing import Comparison, called, compare, names
from careerspolicy.comparison.counterparts import rows
from careerspolicy.comparison.promises import CONTENT, Part, attested
from careerspolicy.comparison.relating import Difference, Related, differences, related
from careerspolicy.evaluation import Finding, Report, Verdict, evaluate
from careerspolicy.solver.promises import Promise
from careerspolicy.solver.relations import PolicyRelation, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from careerspolicy.evaluation.findings import Subject
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Obligation, Policy


#: What the two versions are called while they are matched.
_OLD, _NEW = "old", "new"


class Change(Enum):
    """What became of a promise; `changed` asks more in one way and less, or else, in another."""

    ADDED = "added"
    REMOVED = "removed"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    CHANGED = "changed"
    REWORDED = "reworded"


_WAYS: Final = {Standing.STRICTER: Change.TIGHTENED, Standing.WEAKER: Change.LOOSENED}


@attrs.frozen(kw_only=True)
class Changed:
    """One promise that is not what it was; `old` or `new` is None where there is none.

    `relation` is how what the new one asks stands to what the old one asked.
    """

    change: Change
    old: Promise | None = None
    new: Promise | None = None
    differences: tuple[Difference, ...] = ()
    relation: Related | None = None

    @property
    def promise(self) -> Promise:
        """The promise as it is now, or as it last was."""
        promise = self.new or self.old
        if promise is None:
            raise ValueError("a change is of some promise, old or new")
        return promise

    @property
    def topic(self) -> str:
        """The topic it belongs to now, or last did."""
        return self.promise.obligation.topic


def versions_of_one(policies: tuple[Policy, ...]) -> bool:
    """Whether these are two versions of one policy: two of the same id, or of the same trust."""
    if len(policies) != 2:
        return False
    old, new = policies
    return old.id == new.id or old.trust == new.trust


def changes(old: Policy, new: Policy) -> tuple[Changed, ...]:
    """What changed from one version to the next, in the order of `Change`, then of the files."""
    versions = called(names([old, new])).values()
    changed = [change for pair in _matched(*versions) if (change := _changed(*pair))]
    order = list(Change)
    return tuple(sorted(changed, key=lambda change: order.index(change.change)))


def _matched(old: Policy, new: Policy) -> Iterator[tuple[Promise | None, Promise | None]]:
    """Each promise of either version, with the one that it is or was in the other."""
    for obligation in new.obligations:
        if before := old.obligation(obligation.id):
            yield Promise(old, before), Promise(new, obligation)
    gone = [Promise(old, one) for one in old.obligations if not new.obligation(one.id)]
    come = [Promise(new, one) for one in new.obligations if not old.obligation(one.id)]
    rest = {_OLD: gone, _NEW: come}
    for row in rows({name: made for name, made in rest.items() if made}):
        yield row.get(_OLD), row.get(_NEW)


def _changed(old: Promise | None, new: Promise | None) -> Changed | None:
    """What became of a promise; None if nothing did."""
    if old is None or new is None:
        return Changed(change=Change.REMOVED if new is None else Change.ADDED, old=old, new=new)
    unlike = differences({_OLD: old, _NEW: new})
    if not unlike and old.obligation.title == new.obligation.title:
        return None
    relation = related((_NEW, new), (_OLD, old))
    ways = set(_ways(old, new, {difference.part for difference in unlike}, relation.kind))
    change = Change.REWORDED if not ways else Change.CHANGED if len(ways) > 1 else ways.pop()
    return Changed(change=change, old=old, new=new, differences=unlike, relation=relation)


def _ways(old: Promise, new: Promise, parts: set[Part], kind: Standing) -> Iterator[Change]:
    """Which way each part went; nothing for words that no record measures."""
    before, after = old.obligation, new.obligation
    if Part.WHO in parts:
        yield Change.CHANGED
    if Part.STRENGTH in parts:
        stronger = after.strength.weight > before.strength.weight
        yield Change.TIGHTENED if stronger else Change.LOOSENED
    if Part.HEDGE in parts and before.hedge and after.hedge:
        yield Change.CHANGED
    elif Part.HEDGE in parts:
        yield Change.LOOSENED if after.hedge else Change.TIGHTENED
    only_words = attested(before.duty) and attested(after.duty) and kind not in _WAYS
    if parts & {*CONTENT} and kind is not Standing.EQUAL and not only_words:
        yield _WAYS.get(kind, Change.CHANGED)


#: A verdict before, and one after; None where that policy promises no such thing.
Verdicts: TypeAlias = tuple[Verdict | None, Verdict | None]
_ByPromise: TypeAlias = "dict[str, dict[tuple[str, str], Finding]]"

#: Of several windows the gravest verdict stands for the promise.
_GRAVEST: Final = (
    Verdict.MISSED,
    Verdict.UNKNOWN,
    Verdict.DUE,
    Verdict.UPCOMING,
    Verdict.MET,
    Verdict.WAIVED,
)


@attrs.frozen(kw_only=True)
class Turned:
    """One subject's verdicts on a promise: under its own policy, and under the other."""

    subject: Subject
    verdicts: Verdicts


@attrs.frozen(kw_only=True)
class AdoptedPromise:
    """A promise and its counterpart, either of which may be None, and whose verdicts change."""

    topic: str
    own: Obligation | None
    other: Obligation | None
    turned: tuple[Turned, ...]

    @property
    def tally(self) -> Counter[Verdicts]:
        """How many verdicts change from what to what."""
        return Counter(turned.verdicts for turned in self.turned)


@attrs.frozen(kw_only=True)
class Adoption:
    """What taking `other` in place of `own` would change over some facts on one day."""

    own: str
    other: str
    as_of: date
    facts: Facts = attrs.field(repr=False)
    promises: tuple[AdoptedPromise, ...]

    @cached_property
    def by_school(self) -> Mapping[tuple[str, int | None], Counter[Verdicts]]:
        """How many verdicts change from what to what, by school (its URN) and year group.

        A trust's own verdicts have "" for a school; what is about no pupil has no year group.
        """
        counts: dict[tuple[str, int | None], Counter[Verdicts]] = {}
        for turned in self._turned:
            key = turned.subject.school, turned.subject.year_group
            counts.setdefault(key, Counter())[turned.verdicts] += 1
        return {key: counts[key] for key in sorted(counts, key=lambda key: (key[0], key[1] or 0))}

    def subjects(self, kind: str) -> int:
        """How many subjects of a kind have a verdict that changes."""
        return len({turned.subject.id for turned in self._turned if turned.subject.kind == kind})

    @property
    def _turned(self) -> Iterator[Turned]:
        return (turned for promise in self.promises for turned in promise.turned)


def adoption(
    own: Policy,
    other: Policy,
    facts: Facts,
    *,
    as_of: date,
    topic: str | None = None,
    benchmark: int | None = None,
) -> Adoption:
    """What would change if whoever these facts are about took `other` in place of `own`.

    On every topic, one topic, or those of one benchmark; raises UnknownName as `compare` does.
    """
    compared = compare([own, other], topic=topic, benchmark=benchmark)
    names = [*compared.policies]
    reports = [_gravest(evaluate(policy, facts, as_of=as_of)) for policy in (own, other)]
    promises = []
    rows_of = ((one.topic.name, row.promises) for one in compared.topics for row in one.rows)
    for name, row in rows_of:
        mine, theirs = (row[policy].obligation if policy in row else None for policy in names)
        before, after = (
            findings.get(promise.id, {}) if promise else {}
            for findings, promise in zip(reports, (mine, theirs), strict=True)
        )
        if turned := tuple(_turned(before, after)):
            promises.append(AdoptedPromise(topic=name, own=mine, other=theirs, turned=turned))
    here, there = names
    return Adoption(own=here, other=there, as_of=as_of, facts=facts, promises=tuple(promises))


def _gravest(report: Report) -> _ByPromise:
    """The gravest finding of each promise about each subject to whom it applies."""
    gravest: _ByPromise = {}
    for finding in report.findings:
        if finding.verdict is not Verdict.NOT_APPLICABLE:
            of_promise = gravest.setdefault(finding.obligation.id, {})
            known = of_promise.setdefault((finding.subject.kind, finding.subject.id), finding)
            if _GRAVEST.index(finding.verdict) < _GRAVEST.index(known.verdict):
                of_promise[finding.subject.kind, finding.subject.id] = finding
    return gravest


def _turned(
    before: Mapping[tuple[str, str], Finding], after: Mapping[tuple[str, str], Finding]
) -> Iterator[Turned]:
    """The subjects whose verdict changes."""
    for key in dict.fromkeys((*before, *after)):
        findings = before.get(key), after.get(key)
        was, will = (finding.verdict if finding else None for finding in findings)
        if was is not will:
            (subject, *_) = (finding.subject for finding in findings if finding)
            yield Turned(subject=subject, verdicts=(was, will))


@attrs.frozen(kw_only=True)
class Outcome:
    """All that one comparison comes to: the comparison, and what only some comparisons have.

    `changes` is None but for two versions of one policy, `adoption` None where no facts are given,
    `whole` None where nobody asked about all promises together.
    """

    comparison: Comparison
    changes: tuple[Changed, ...] | None = None
    adoption: Adoption | None = None
    whole: PolicyRelation | None = None
