"""The doctor: what looks wrong in facts before anybody is judged by them, and what hangs on it.

Signs come from what the reader doubted, from the facts as they stand (`doctor_signs`), and from
what policies lack to judge by. Each says how many verdicts it touches: the facts are evaluated as
they are and as mended; where no mend can be worked out, the verdicts that rest on it are counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from careerspolicy.checks.doctor_doubts import doubted
from careerspolicy.checks.doctor_signs import Sign, Signs
from careerspolicy.checks.idle import idle_attestations, idle_waivers
from careerspolicy.evaluation import evaluate
from careerspolicy.evaluation.record_reasons import AttributeUnknown, KindNotRecorded, NotShown
from careerspolicy.model.policy import Of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.evaluation import Finding, Verdict
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy
    from careerspolicy.vocabulary import Vocabulary

#: What a verdict is on: the policy's place, the obligation, the subject, and the window.
_On: TypeAlias = "tuple[int, str, str, str, Window]"
#: What explains others: whoever reads that a cohort is a year out need not read of each pupil.
_EXPLAINS: Final = {
    "cohort": ("year-group", "not-taught"),
    "leavers-year": ("year-group",),
    "ages": ("not-taught",),
    "far-date": ("before-birth", "after-export", "after-leaving"),
}
#: What may be right as it is, with no way to say so: somebody is asked to look, and no gate stops.
QUESTIONS: Final = frozenset(
    ["pupil-twice", "year-group", "school-shut", "after-export", "rolled-over", "not-rolled-over",
     "moved-on", "second-file", "read-otherwise", "year-without-records"]
)  # fmt: skip


@attrs.frozen(kw_only=True)
class Diagnosis:
    """One thing that looks wrong: its sign, and how many verdicts it touches.

    `verdicts` is None where no policy was asked about, or where nothing can say.
    """

    sign: Sign
    verdicts: int | None = None

    @property
    def question(self) -> bool:
        """Whether it may be right as it is."""
        return self.sign.code in QUESTIONS


def diagnoses(
    facts: Facts, vocabulary: Vocabulary, policies: Sequence[Policy] = (), *, as_of: date
) -> tuple[Diagnosis, ...]:
    """What looks wrong in facts, worst first."""
    findings = [evaluate(policy, facts, as_of=as_of).findings for policy in policies]
    as_they_are = _verdicts(findings)
    signs = [*doubted(facts), *Signs(facts, vocabulary).all()]
    signs += [*_for_policies(facts, policies), *_wanting(facts, findings)]
    found = []
    for sign in _unexplained(signs):
        verdicts: int | None = None
        if policies and sign.mended is not None:
            mended = [evaluate(each, sign.mended, as_of=as_of).findings for each in policies]
            verdicts = _differing(as_they_are, _verdicts(mended))
        elif policies and sign.rests is not None:
            verdicts = sum(sign.rests(finding) for own in findings for finding in own)
        found.append(Diagnosis(sign=sign, verdicts=verdicts))
    return tuple(sorted(found, key=lambda one: (-(one.verdicts or 0), -one.sign.count)))


def _unexplained(signs: Sequence[Sign]) -> Iterator[Sign]:
    """The signs without those whose every row another explains better."""
    explained: defaultdict[str, set[str]] = defaultdict(set)
    for sign in signs:
        for code in _EXPLAINS.get(sign.code, ()):
            explained[code].update(sign.rows)
    return (one for one in signs if not one.rows or not {*one.rows} <= explained[one.code])


def _verdicts(findings: Iterable[Iterable[Finding]]) -> dict[_On, Verdict]:
    return {
        (place, one.obligation.id, one.subject.kind, one.subject.id, one.window): one.verdict
        for place, own in enumerate(findings)
        for one in own
    }


def _differing(before: Mapping[_On, Verdict], after: Mapping[_On, Verdict]) -> int:
    """How many verdicts differ; one whose window moved is one and not two."""
    windows = before.keys() & after.keys()
    changed = sum(before[on] is not after[on] for on in windows)
    moved: defaultdict[tuple[Any, ...], list[Counter[Verdict]]] = defaultdict(
        lambda: [Counter(), Counter()]
    )
    for side, verdicts in enumerate((before, after)):
        for on in verdicts.keys() - windows:
            moved[on[:-1]][side][verdicts[on]] += 1
    others = (max((b - a).total(), (a - b).total()) for b, a in moved.values())
    return changed + sum(others)


def _for_policies(facts: Facts, policies: Sequence[Policy]) -> Iterator[Sign]:
    """What of the facts is of no policy, and what of a policy is of no facts."""
    for policy in policies:
        if policy.of is Of.TRUST and facts.schools and not facts.in_trust(policy.trust):
            yield Sign(
                "other-trust", len(facts.trusts), tuple((t, policy.trust) for t in facts.trusts)
            )
    waivers = tuple((one.file, *one.about) for one in idle_waivers(facts, policies))
    attested = idle_attestations(facts, policies)
    for code, idle in (("idle-waiver", waivers), ("idle-attestation", attested)):
        if idle and policies:
            yield Sign(code, len(idle), idle)


def _wanting(facts: Facts, findings: Iterable[Iterable[Finding]]) -> Iterator[Sign]:
    """What verdicts wait for: kinds of record that no file has, attributes that nobody has."""
    said = {
        "pupil": {name for pupil in facts.pupils for name in pupil.attributes},
        "school": {name for school in facts.schools for name in school.attributes},
    }
    wants = Counter(want for own in findings for one in own for want in {*_wants(one, facts, said)})
    for code in ("kind-missing", "attribute-missing"):
        mine = [(want, amount) for want, amount in wants.items() if want[0] == code]
        own_wants = sorted(mine, key=lambda one: (-one[1], one[0]))
        if own_wants:
            examples = tuple((*filter(None, want[1:]), str(amount)) for want, amount in own_wants)
            rests = _Wants({want for want, _ in own_wants}, facts, said)
            yield Sign(code, len(own_wants), examples, rests=rests)


def _wants(
    finding: Finding, facts: Facts, said: Mapping[str, set[str]]
) -> Iterator[tuple[str, str, str]]:
    if finding.not_known is None:
        return
    for missing in finding.missing:
        match missing:
            case KindNotRecorded(kind=kind) | NotShown(kind=kind) if kind not in facts.known_kinds:
                yield "kind-missing", kind, ""
            case AttributeUnknown(of=of, attribute=name) if of in said and name not in said[of]:
                yield "attribute-missing", name, of


@attrs.frozen
class _Wants:
    """Whether a finding isn't known for want of some things."""

    wants: set[tuple[str, str, str]]
    facts: Facts
    said: Mapping[str, set[str]]

    def __call__(self, finding: Finding) -> bool:
        return not self.wants.isdisjoint(_wants(finding, self.facts, self.said))
