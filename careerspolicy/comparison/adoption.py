"""What would change for pupils and schools if they took another policy in place of their own.

Beside comparing. Both policies are held against the same facts on the same day; each promise is
set against its counterpart, and each pupil, school or trust against itself.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.comparison.comparing import compare
from careerspolicy.evaluation import Verdict, evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from careerspolicy.comparison.comparing import ComparedTopic
    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.evaluation.findings import Subject
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Obligation, Policy

#: Of several windows the gravest verdict stands for the promise.
_GRAVEST: Final = (
    Verdict.MISSED,
    Verdict.UNKNOWN,
    Verdict.DUE,
    Verdict.UPCOMING,
    Verdict.MET,
    Verdict.WAIVED,
    Verdict.NOT_APPLICABLE,
)


@attrs.frozen(kw_only=True)
class Turned:
    """One subject's verdict on a promise: before, under its own policy, and after, under the other.

    None where that policy promises the subject no such thing.
    """

    subject: Subject
    before: Finding | None
    after: Finding | None

    @property
    def verdicts(self) -> tuple[Verdict | None, Verdict | None]:
        """The verdict before and the verdict after."""
        return (
            self.before.verdict if self.before else None,
            self.after.verdict if self.after else None,
        )


@attrs.frozen(kw_only=True)
class AdoptedPromise:
    """A promise and its counterpart, either of which may be None, and whose verdicts change."""

    topic: str
    own: Obligation | None
    other: Obligation | None
    turned: tuple[Turned, ...]

    @property
    def tally(self) -> Counter[tuple[Verdict | None, Verdict | None]]:
        """How many verdicts change from what to what."""
        return Counter(one.verdicts for one in self.turned)


@attrs.frozen(kw_only=True)
class Adoption:
    """What taking `other` in place of `own` would change over some facts on one day."""

    own: str
    other: str
    as_of: date
    facts: Facts = attrs.field(repr=False)
    promises: tuple[AdoptedPromise, ...]

    @cached_property
    def by_school(
        self,
    ) -> Mapping[tuple[str, int | None], Counter[tuple[Verdict | None, Verdict | None]]]:
        """How many verdicts change from what to what, by school (its URN) and year group.

        A trust's own verdicts have "" for a school; what is about no pupil has no year group.
        """
        found: dict[tuple[str, int | None], Counter[tuple[Verdict | None, Verdict | None]]] = {}
        for promise in self.promises:
            for one in promise.turned:
                key = one.subject.school, one.subject.year_group
                found.setdefault(key, Counter())[one.verdicts] += 1
        return {key: found[key] for key in sorted(found, key=lambda key: (key[0], key[1] or 0))}

    def subjects(self, kind: str) -> int:
        """How many subjects of a kind have a verdict that changes."""
        return len(
            {
                one.subject.id
                for promise in self.promises
                for one in promise.turned
                if one.subject.kind == kind
            }
        )


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
    name, other_name = compared.policies
    before, after = (_gravest(evaluate(one, facts, as_of=as_of)) for one in (own, other))
    promises = (
        AdoptedPromise(
            topic=compared_topic.topic.name,
            own=mine,
            other=theirs,
            turned=_turned(mine, theirs, before, after),
        )
        for compared_topic in compared.topics
        for mine, theirs in _pairs(compared_topic, name, other_name)
    )
    return Adoption(
        own=name,
        other=other_name,
        as_of=as_of,
        facts=facts,
        promises=tuple(one for one in promises if one.turned),
    )


def _pairs(
    topic: ComparedTopic, own: str, other: str
) -> Iterator[tuple[Obligation | None, Obligation | None]]:
    for row in topic.rows:
        mine, theirs = row.promises.get(own), row.promises.get(other)
        yield (mine and mine.obligation), (theirs and theirs.obligation)


_Found = dict[str, dict[tuple[str, str], "Finding"]]


def _gravest(report: Report) -> _Found:
    """The gravest finding of each promise about each subject."""
    found: _Found = {}
    for finding in report.findings:
        of_promise = found.setdefault(finding.obligation.id, {})
        key = finding.subject.kind, finding.subject.id
        known = of_promise.get(key)
        if known is None or _grave(finding) < _grave(known):
            of_promise[key] = finding
    return found


def _grave(finding: Finding) -> int:
    return _GRAVEST.index(finding.verdict)


def _turned(
    own: Obligation | None, other: Obligation | None, before: _Found, after: _Found
) -> tuple[Turned, ...]:
    """The subjects whose verdict changes; what does not apply is as if it were not promised."""
    was = before.get(own.id, {}) if own else {}
    will = after.get(other.id, {}) if other else {}
    turned = []
    for key in dict.fromkeys((*was, *will)):
        old, new = _applying(was.get(key)), _applying(will.get(key))
        if (old and old.verdict) is not (new and new.verdict):
            told = old or new
            turned.append(Turned(subject=told.subject, before=old, after=new))  # type: ignore[union-attr] # one is there
    return tuple(turned)


def _applying(finding: Finding | None) -> Finding | None:
    return None if finding is None or finding.verdict is Verdict.NOT_APPLICABLE else finding
