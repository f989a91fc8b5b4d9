"""What would change for pupils and schools if they took another policy in place of their own.

Both policies are held against the same facts on the same day; each promise is set against its
counterpart, and each pupil, school or trust against itself. What does not apply to somebody is as
if it were not promised.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from careerspolicy.comparison.comparing import compare
from careerspolicy.evaluation import Verdict, evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.evaluation.findings import Subject
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Obligation, Policy

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
    rows = [(topic.topic.name, row.promises) for topic in compared.topics for row in topic.rows]
    promises = []
    for name, row in rows:
        mine, theirs = (row[policy].obligation if policy in row else None for policy in names)
        before, after = (
            findings.get(promise.id, {}) if promise else {}
            for findings, promise in zip(reports, (mine, theirs), strict=True)
        )
        if turned := tuple(_turned(before, after)):
            promises.append(AdoptedPromise(topic=name, own=mine, other=theirs, turned=turned))
    return Adoption(
        own=names[0], other=names[1], as_of=as_of, facts=facts, promises=tuple(promises)
    )


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
