"""What a policy's own tests are, and holding them against their policy.

A case names one obligation, gives facts and a day, and says what verdict it expects. `reading`
builds these values; `results_of` says what passes, what the cases cover, which slips they notice.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

import attrs

from careerspolicy.cases.mutations import mutants
from careerspolicy.english.findings import because
from careerspolicy.evaluation import Verdict
from careerspolicy.evaluation.record_reasons import missing_name
from careerspolicy.evaluation.reference import Engine
from careerspolicy.model.duty import Verb
from careerspolicy.model.schedule import Around, Once, Side, Vaguely

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.evaluation import Finding, Subject
    from careerspolicy.model.duty import Amount, Duty
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Obligation, Policy, Strength


@attrs.frozen(kw_only=True)
class Expectation:
    """What one finding should say; only what is not None is compared.

    `window` and `subject` pick the finding; without a window it is the one that matters on the day
    asked about (see `chosen`), and without a subject every subject's is held to it.
    """

    verdict: Verdict | None = None
    window: Window | None = None
    subject: str | None = None
    measured: Amount | None = None
    required: Amount | None = None
    due: date | None = None
    missing: tuple[str, ...] | None = None

    def picked(self, findings: Sequence[Finding], as_of: date) -> tuple[Finding, ...]:
        """The findings that it is about."""
        about = [one for one in findings if self.subject in (None, one.subject.id)]
        if self.window is not None:
            return tuple(one for one in about if one.window == self.window)
        by_subject: dict[Subject, list[Finding]] = {}
        for finding in about:
            by_subject.setdefault(finding.subject, []).append(finding)
        return tuple(chosen(own, as_of) for own in by_subject.values())

    def unmet(self, findings: Sequence[Finding], as_of: date) -> Iterator[str]:
        """What came instead of what is expected, in words; nothing if all is as expected."""
        picked = self.picked(findings, as_of)
        if not picked:
            where = f" for {self.subject}" if self.subject is not None else ""
            asked = f" in the window {window_text(self.window)}" if self.window else ""
            windows = ", ".join(dict.fromkeys(window_text(one.window) for one in findings))
            came = f"the windows are {windows}" if windows else "nothing calls for it"
            yield f"expected a finding{where}{asked}, but there is none; {came}"
        for finding in picked:
            if wrong := list(self._wrong(finding)):
                told = window_text(finding.window)
                yield f"{'; '.join(wrong)} (window {told}): {because(finding)}"

    def _wrong(self, finding: Finding) -> Iterator[str]:
        if self.verdict is not None and finding.verdict is not self.verdict:
            yield f"expected {self.verdict.value}, but it is {finding.verdict.value}"
        missing = tuple(map(missing_name, finding.missing))
        amounts = {name: getattr(finding, name) for name in ("measured", "required", "due")}
        for name, came in (*amounts.items(), ("missing", missing)):
            wanted = getattr(self, name)
            if wanted not in (None, came):
                yield f"expected {name} {_worded(wanted)}, but it is {_worded(came)}"


@attrs.frozen(kw_only=True)
class PolicyCase:
    """One case, with what its group says filled in, and its place in its file."""

    name: str
    as_of: date
    obligation: str
    facts: Facts
    expect: tuple[Expectation, ...]
    because: str | None = None
    strength: Strength | None = None
    file: str = ""
    line: int = 0


@attrs.frozen(kw_only=True)
class PolicyTests:
    """A file of cases, and the policy that they are about."""

    file: str
    policy: Policy
    cases: tuple[PolicyCase, ...]


def chosen(findings: Sequence[Finding], as_of: date) -> Finding:
    """The finding of one subject that matters on a day.

    Of the windows that hold the day, the one that opened last; else the last that has closed; else
    the first that is to open.
    """
    holding = [one for one in findings if one.window.holds(as_of)]
    closed = [one for one in findings if one.window.end is not None and one.window.end < as_of]
    return max(holding or closed or findings[:1], key=_opened)


def window_text(window: Window) -> str:
    """A window as cases write it: "2025-09-01..2026-08-31"; an open end is left empty."""
    return f"{window.start or ''}..{window.end or ''}"


def _opened(finding: Finding) -> tuple[str, str]:
    window = finding.window
    return str(window.start or ""), str(window.end or "9999")


def _worded(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return "nothing" if value is None else str(value)


@attrs.frozen(kw_only=True)
class Outcome:
    """How one case went: `failures` say what was expected and what came; none, and it passed.

    `reached` are the verdicts of the findings that it is about.
    """

    case: PolicyCase
    failures: tuple[str, ...]
    reached: frozenset[Verdict]

    @property
    def passed(self) -> bool:
        """Whether all was as expected."""
        return not self.failures


def run_case(case: PolicyCase, policy: Policy) -> Outcome:
    """The outcome of one case under a policy (its own, or a weakened one)."""
    obligation = policy.obligation(case.obligation)
    assert obligation is not None  # noqa: S101 - reading has seen to it
    failures = []
    if case.strength not in (None, obligation.strength):
        failures.append(
            f"expected strength {case.strength and case.strength.value},"
            f" but it is {obligation.strength.value}"
        )
    findings = tuple(Engine(policy, case.facts, case.as_of).findings(obligation))
    for expectation in case.expect:
        failures += expectation.unmet(findings, case.as_of)
    picked = chain(*(expected.picked(findings, case.as_of) for expected in case.expect))
    reached = frozenset(finding.verdict for finding in picked)
    return Outcome(case=case, failures=tuple(failures), reached=reached)


#: The subjects that have no end of their own.
_LASTING = ("school", "trust")


@attrs.frozen(kw_only=True)
class Coverage:
    """One obligation: how many cases it has, the verdicts they reach, and those they should."""

    obligation: Obligation
    cases: int
    reached: frozenset[Verdict]
    wanted: frozenset[Verdict]

    @property
    def lacking(self) -> tuple[Verdict, ...]:
        """The verdicts that some case should reach and none does."""
        return tuple(verdict for verdict in Verdict if verdict in self.wanted - self.reached)


def wanted(duty: Duty) -> frozenset[Verdict]:
    """The verdicts that cases should reach: met and missed, where the duty is worked out.

    A promise that is upheld, or whose number or time is a word, asks for none. One that nothing
    ever closes cannot be missed: it is due until it is met.
    """
    if not computed(duty):
        return frozenset()
    return frozenset({Verdict.MET, Verdict.MISSED if closes(duty) else Verdict.DUE})


def computed(duty: Duty) -> bool:
    """Whether records alone decide it: it isn't attested, and no word stands for a number."""
    vague = isinstance(duty.schedule, Vaguely) or bool(duty.bound.vague)
    return duty.verb is not Verb.UPHOLD and not vague


def closes(duty: Duty) -> bool:
    """Whether a day can come on which it is missed."""
    if duty.bound.at_most is not None:
        return True
    schedule = duty.schedule
    if isinstance(schedule, Around):
        ends = schedule.within is not None or schedule.end is not None
        return schedule.side is not Side.AFTER or ends
    lasting = duty.population.subject in _LASTING
    return not (lasting and isinstance(schedule, Once) and schedule.end is None)


@attrs.frozen(kw_only=True)
class Weakened:
    """One neighbour of one obligation; `noticed_by` is the first case that tells them apart."""

    obligation: Obligation
    change: str
    noticed_by: PolicyCase | None


@attrs.frozen(kw_only=True)
class Results:
    """One file's outcomes and coverage; `weakened` is None unless neighbours were put to it."""

    tests: PolicyTests
    outcomes: tuple[Outcome, ...]
    coverage: tuple[Coverage, ...]
    weakened: tuple[Weakened, ...] | None = None

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The cases that did not come out as expected."""
        return tuple(one for one in self.outcomes if not one.passed)

    @property
    def lacking(self) -> tuple[Coverage, ...]:
        """The obligations that some verdict is still to be reached for."""
        return tuple(one for one in self.coverage if one.lacking)

    @property
    def score(self) -> float | None:
        """The percentage of neighbours noticed, 100 of none; None where none was tried."""
        if not self.weakened:
            return None if self.weakened is None else 100.0
        noticed = sum(neighbour.noticed_by is not None for neighbour in self.weakened)
        return 100 * noticed / len(self.weakened)


def results_of(tests: PolicyTests, *, mutate: bool = False) -> Results:
    """Run a file of tests; with `mutate` also see which weaker obligations it notices.

    Only cases that pass cover an obligation, or can notice anything.
    """
    policy = tests.policy
    outcomes = tuple(run_case(case, policy) for case in tests.cases)
    passed: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.passed:
            passed[outcome.case.obligation].append(outcome)
    coverage = tuple(
        Coverage(
            obligation=obligation,
            cases=len(passed[obligation.id]),
            reached=frozenset().union(*(one.reached for one in passed[obligation.id])),
            wanted=wanted(obligation.duty),
        )
        for obligation in policy.obligations
    )
    weakened = tuple(_weakened(policy, passed)) if mutate else None
    return Results(tests=tests, outcomes=outcomes, coverage=coverage, weakened=weakened)


def _weakened(policy: Policy, passed: Mapping[str, Sequence[Outcome]]) -> Iterator[Weakened]:
    """Every neighbour of every obligation, and the first case that notices it.

    The obligation's own cases are asked first, then those of what is further to it.
    """
    for at, obligation in enumerate(policy.obligations):
        further = [one.id for one in policy.obligations if one.duty.further_to == obligation.id]
        cases = [one.case for name in (obligation.id, *further) for one in passed.get(name, ())]
        before, after = policy.obligations[:at], policy.obligations[at + 1 :]
        for change, neighbour in mutants(obligation, policy.vocabulary):
            changed = attrs.evolve(policy, obligations=(*before, neighbour, *after))
            noticing = (case for case in cases if not run_case(case, changed).passed)
            yield Weakened(obligation=obligation, change=change, noticed_by=next(noticing, None))
