"""What can become of an obligation: made-up lives in which it is met, missed, or no matter.

The boundary cases of its usual scene come first. Where they leave a question open, the lives are
tried over which the solver decides: pupils of every age who stay or leave, at schools that teach
less and more, with nothing recorded and with just enough; and last the solver itself is asked.
"""

from __future__ import annotations

from datetime import date
from functools import reduce
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.school_calendar import LAST_YEAR_GROUP
from careerspolicy.cases.cases import computed
from careerspolicy.cases.suggestions import suggest
from careerspolicy.errors import MissingExtra
from careerspolicy.evaluation import Verdict
from careerspolicy.evaluation.amendments import if_taken_up, timely
from careerspolicy.evaluation.reference import Engine
from careerspolicy.lives.scenes import DAY, PUPILS, Outcome, enough, event_kind, event_row, scene_of
from careerspolicy.lives.values import agreeing, school_like
from careerspolicy.model.duty import Bound
from careerspolicy.model.policy import Strength
from careerspolicy.model.schedule import Always, Each, Every, Kept
from careerspolicy.solver.promises import Promise, undecidable
from careerspolicy.solver.settings import settings
from careerspolicy.solver.solving import search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.evaluation import Finding
    from careerspolicy.lives.scenes import Row, Scene
    from careerspolicy.model.facts import Facts, Pupil, School
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.solver.settings import Setting

#: What is asked of nobody, or not yet; what records decide and is not known says no more.
_NOT_ASKED: Final = (Verdict.NOT_APPLICABLE, Verdict.UPCOMING)
#: Schools at which what is for some year groups is no matter.
_ELSEWHERE: Final = ((0, 6), (7, 11), (12, 13))
#: What is said of when a pupil is at the school.
_STAY: Final = ("joined", "left")
#: Of the settings, and of the windows in each life, the first so many are tried.
_MOST_SETTINGS, _MOST_WINDOWS = 200, 3


@attrs.frozen(kw_only=True)
class Example:
    """A made-up life, and what the evaluator finds in it."""

    facts: Facts
    finding: Finding


@attrs.frozen(kw_only=True)
class Outcomes:
    """A life in which an obligation is met, one in which it is missed, one that it isn't for.

    None where there is none; `applies` is whether it asks anything of anybody, and `measured`
    whether records decide that.
    """

    measured: bool
    strength: Strength
    met: Example | None = None
    missed: Example | None = None
    outside: Example | None = None
    applies: bool = False

    @property
    def settled(self) -> bool:
        """Whether there is an example of all that can be wanted; a freedom is never missed."""
        if not self.measured:
            return self.applies
        return bool(self.met and (self.missed or self.strength is Strength.MAY))

    def seeing(self, life: Outcome) -> Outcomes:
        """The same with what is found in one more life, if it is one that can be."""
        found, findings = self, [*map(timely, life.findings if _can_be(life) else ())]
        spared = all(finding.verdict is Verdict.NOT_APPLICABLE for finding in findings)
        for finding in findings:
            found = found._and(Example(facts=life.facts, finding=finding), spared=spared)
        return found

    def _and(self, example: Example, *, spared: bool) -> Outcomes:
        verdict, judged = example.finding.verdict, if_taken_up(example.finding)
        unasked = verdict in _NOT_ASKED or (self.measured and verdict is Verdict.UNKNOWN)
        return attrs.evolve(
            self,
            met=self.met or (example if judged.verdict is Verdict.MET else None),
            missed=self.missed or (example if falls_short(judged) else None),
            outside=self.outside or (example if spared else None),
            applies=self.applies or not unasked,
        )


@attrs.frozen
class Lives:
    """What can become of each obligation of a policy, worked out once."""

    policy: Policy
    _seen: dict[str, Outcomes] = attrs.field(factory=dict, init=False, repr=False)

    def of(self, obligation: Obligation) -> Outcomes:
        """What can become of one of its obligations."""
        if obligation.id not in self._seen:
            self._seen[obligation.id] = outcomes(obligation, self.policy)
        return self._seen[obligation.id]


def outcomes(obligation: Obligation, policy: Policy, *, outside: bool = False) -> Outcomes:
    """What can become of an obligation; with one whom it isn't for, if that is asked."""
    found, scene = usual_outcomes(obligation, policy), scene_of(obligation, policy)
    if outside:
        found = reduce(Outcomes.seeing, _elsewhere(scene), found)
    others = chain(_other_lives(scene), _solved(Promise(policy, obligation)))
    while not found.settled and (life := next(others, None)):
        found = found.seeing(life)
    return found


def usual_outcomes(obligation: Obligation, policy: Policy) -> Outcomes:
    """What becomes of an obligation in the boundary cases of its usual scene."""
    lives = (case.outcome for case in suggest(obligation, policy).cases)
    nothing = Outcomes(measured=measured(obligation, policy), strength=obligation.strength)
    return reduce(Outcomes.seeing, lives, nothing)


def missed_by(obligation: Obligation, policy: Policy, *, highest: int) -> bool:
    """Whether anybody can miss an obligation at a school that teaches no further year group."""
    lives = _other_lives(scene_of(obligation, policy), highest)
    return any(falls_short(finding) for life in lives for finding in life.findings)


def measured(obligation: Obligation, policy: Policy) -> bool:
    """Whether records decide it: no word of somebody's, and no word for a number or a time."""
    kind = policy.vocabulary.kinds[obligation.duty.records.kind]
    return computed(obligation.duty) and not kind.silent


def falls_short(finding: Finding) -> bool:
    """Whether something is missed, or owed with no end to it."""
    endless = finding.due is None and finding.window.end is None
    return finding.verdict is Verdict.MISSED or (finding.verdict is Verdict.DUE and endless)


def _can_be(life: Outcome) -> bool:
    """Whether nothing that is said of its pupils contradicts another thing said of them."""
    pupils = life.facts.pupils if life.findings else ()
    return all(
        agreeing(one.attributes, life.findings[0].vocabulary.kinds["pupil"]) for one in pupils
    )


def _elsewhere(scene: Scene) -> Iterator[Outcome]:
    """Nothing recorded: not what would call for it, of a pupil elsewhere, or of one soon gone."""
    if (calling := event_kind(scene.duty)) and not scene.itself:
        yield scene.outcome({"records": {calling: []}}, scene.event_day)
    if scene.duty.population.subject in ("school", "trust"):
        return
    taught = scene.shared.get("school", {})
    for low, high in _ELSEWHERE:
        school = {**taught, "lowest_year": low, "highest_year": high}
        yield scene.outcome(scene.own((), school=school), scene.event_day)
    gone = {**_pupil(scene), "joined": "2021-09-01", "left": "2021-10-01"}
    yield scene.outcome(scene.own((), pupil=gone), scene.event_day)


def _pupil(scene: Scene) -> dict[str, Any]:
    """What is said of the scene's pupil, or of each of its pupils."""
    pupil: dict[str, Any] = scene.shared.get("pupil") or scene.shared["pupils"][0]
    return pupil


def _other_lives(scene: Scene, highest: int = LAST_YEAR_GROUP) -> Iterator[Outcome]:
    """Lives of the settings over which the solver decides, at schools up to a year group."""
    promise = Promise(scene.policy, scene.obligation)
    for setting in islice(settings((promise,)), _MOST_SETTINGS):
        top = min(setting.school.highest_year, highest)
        school = attrs.evolve(setting.school, highest_year=top)
        yield from _lives(_in_setting(scene, school, setting.pupil), setting)


def _solved(promise: Promise) -> Iterator[Outcome]:
    """Lives that the solver finds to miss what records decide, and to meet it and no more.

    None where it isn't installed.
    """
    if undecidable(promise):
        return
    bound = promise.duty.bound
    more = Bound(at_least=max(bound.at_least or 0, bound.at_most or 0) + 1)
    duty = attrs.evolve(promise.duty, bound=more)
    beyond = Promise(promise.policy, attrs.evolve(promise.obligation, duty=duty))
    for met, missed in (((), promise), ((promise,), beyond)):
        try:
            example = search(met, missed, rough=True).example
        except MissingExtra:
            return
        if example is not None:
            engine = Engine(promise.policy, example.facts, example.asked)
            yield Outcome(example.facts, tuple(engine.findings(promise.obligation)))


def _in_setting(scene: Scene, school: School, pupil: Pupil) -> Scene:
    """The scene at another school and with another pupil."""
    tests, kind = scene.duty.population.school, scene.policy.vocabulary.kinds["school"]
    taught = {"lowest_year": school.lowest_year, "highest_year": school.highest_year}
    shared = {**scene.shared, "school": {**taught, **school_like(tests, kind)}}
    if scene.duty.population.subject not in ("school", "trust"):
        said = {"born": str(pupil.born), "left": str(pupil.left) if pupil.left else None}
        plain = {key: value for key, value in _pupil(scene).items() if key not in _STAY}
        person = {**plain, **{key: value for key, value in said.items() if value}}
        together = "pupils" in shared
        shared |= {"pupils": [person] * PUPILS} if together else {"pupil": person}
    return attrs.evolve(scene, shared=shared)


def _lives(scene: Scene, setting: Setting) -> Iterator[Outcome]:
    """With nothing recorded, and with just enough in each window that there is then."""
    rows = enough(scene.duty, scene.policy.vocabulary)
    for event in _events(scene, setting):
        bare = scene.outcome(scene.own((), event=event), setting.as_of)
        yield bare
        windows = dict.fromkeys(finding.window for finding in bare.findings)
        for window in islice(windows, _MOST_WINDOWS):
            placed = [_placed(row, window, scene, setting) for row in rows]
            for as_of in _days(window, setting):
                yield scene.outcome(scene.own((), event=event), as_of)
                yield scene.outcome(scene.own(placed, event=event), as_of)


def _events(scene: Scene, setting: Setting) -> Iterator[Row | None]:
    """The event that calls for the duty, in the spring of each year; None where there is none."""
    if not event_kind(scene.duty):
        yield None
        return
    for year in range(setting.since.year, setting.as_of.year):
        yield event_row(scene.duty, scene.policy, date(year + 1, 2, 3))


def _days(window: Window, setting: Setting) -> Iterator[date]:
    """The days on which a window is judged; none before the pupil is born."""
    born, ends = setting.pupil.born or date.min, window.end and window.end + DAY
    yield setting.as_of
    yield from (day for day in (window.end, ends, window.start) if day and day >= born)


def _placed(row: Row, window: Window, scene: Scene, setting: Setting) -> Row:
    """A row in a window; of what stands, all through it."""
    schedule, (first, last) = scene.duty.schedule, window
    day = first or last or setting.since
    if isinstance(schedule, (Always, Kept)) and last and last >= day:
        return {"date": str(day), "until": str(last)} | row
    if last and not isinstance(schedule, (Each, Every)):
        day = last
    return {"date": str(day)} | row
