"""Asks the solver for a history that meets some promises and misses another: none, or facts.

What is found is made small and plain, then replayed through the evaluator. An answer of the
solver's that the evaluator doesn't share is not used.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.solver import replay
from careerspolicy.solver.classes import alphabets
from careerspolicy.solver.doubts import Cause, Doubt
from careerspolicy.solver.encoding import Encoding
from careerspolicy.solver.histories import facts_of, history
from careerspolicy.solver.logic import logic
from careerspolicy.solver.plainness import plainer
from careerspolicy.solver.room import TOO_MANY, room, shelves
from careerspolicy.solver.settings import by_school_days, settings
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.model.facts import Facts
    from careerspolicy.solver.histories import History
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.room import Room
    from careerspolicy.solver.settings import Setting

#: How much work the solver may put into one question: about so many milliseconds, but told by its
#: own steps and not by the clock, so that the answer is the same on a busy machine.
PATIENCE: Final = 4000
#: Steps of the solver that an ordinary machine takes in a millisecond.
_STEPS: Final = 8000
#: Records, over all the lives looked at for one question, for which room is made.
MOST_EFFORT: Final = 600
_TOO_LONG: Final = Doubt(Cause.TOO_LONG)


@attrs.frozen(kw_only=True)
class Example:
    """Facts that meet some promises and miss another, as the evaluator has confirmed.

    `as_of` is the last day, on which the promises are met; `asked` the day on which the other is
    missed. `setting` is the life that it was found in.
    """

    met: tuple[Promise, ...]
    missed: Promise
    facts: Facts
    as_of: date
    asked: date
    setting: Setting


@attrs.frozen(kw_only=True)
class Answer:
    """Either an example, or that there is none, or (with a `doubt`) that it isn't known."""

    example: Example | None = None
    doubt: Doubt | None = None

    @property
    def none(self) -> bool:
        """Whether it is certain that there is no example."""
        return self.example is None and self.doubt is None


def search(
    met: Sequence[Promise], missed: Promise, *, patience: int = PATIENCE, rough: bool = False
) -> Answer:
    """A history that meets some promises and misses another, the smallest that is found.

    A `rough` one is whatever is found first.
    """
    doubt, effort = None, 0
    for setting in settings((*met, missed)):
        space = room(met, missed, setting)
        effort += 1 + sum(space.slots.values())
        if effort > MOST_EFFORT:
            return Answer(doubt=doubt or Doubt(Cause.TOO_MANY_DATES))
        answer = _Question(tuple(met), missed, setting, space, patience, rough).answer()
        if answer.example is not None or answer.doubt == _TOO_LONG:
            return answer
        doubt = doubt or answer.doubt
    return Answer(doubt=doubt)


@attrs.frozen
class _Question:
    """One search in one setting."""

    met: tuple[Promise, ...]
    missed: Promise
    setting: Setting
    space: Room
    patience: int
    rough: bool

    def answer(self) -> Answer:
        z3 = logic()
        space = self.space
        if sum(space.slots.values()) == 0 and space.doubt == TOO_MANY:
            return Answer(doubt=space.doubt)
        promises = (*self.met, self.missed)
        words = alphabets(promises, max(space.slots.values(), default=0))
        linked = any(one.duty.population.subject not in THINGS for one in promises)
        records = history(z3, space.slots, words, self.setting.days, linked=linked)
        asked = z3.Int("the day asked")
        open_days = any(by_school_days(one) for one in promises)
        solver = self._solver(z3, records, asked, any_calendar=open_days)
        told = solver.check()
        if told == z3.unsat:
            return Answer(doubt=space.doubt)
        if open_days:
            solver = self._solver(z3, records, asked)
            told = solver.check()
        if told == z3.unsat:
            return Answer(doubt=Doubt(Cause.OPEN_DAYS))
        if told != z3.sat:
            return Answer(doubt=_TOO_LONG)
        return self._replayed(self._model(z3, solver, records, asked), records, asked)

    def _model(self, z3: Any, solver: Any, records: History, asked: Any) -> Any:
        if self.rough:
            return solver.model()
        settled = asked == self.setting.as_of.toordinal()
        return plainer(z3, solver, records, self.setting.since, settled)

    def _solver(self, z3: Any, records: History, asked: Any, *, any_calendar: bool = False) -> Any:
        solver = z3.Solver()
        solver.set("rlimit", self.patience * _STEPS)
        solver.add(*records.laws(self.setting.school))
        encoding = Encoding(z3, records, self.setting, asked, any_calendar)
        solver.add(encoding.judged(self.missed).missed)
        for promise in self.met:
            solver.add(encoding.judged(promise).met)
        solver.add(*encoding.laws)
        return solver

    def _replayed(self, model: Any, records: History, asked: Any) -> Answer:
        kinds = {kind for one in (*self.met, self.missed) for kind, _ in shelves(one)}
        facts = facts_of(model, records, self.setting, kinds)
        as_of, since = self.setting.as_of, self.setting.since
        day = model.eval(asked, model_completion=True).as_long()
        days = [as_of, *([date.fromordinal(day)] if day > 1 else [])]
        missed = [one for one in days if replay.misses(self.missed, facts, one)]
        failed = [one for one in self.met if not replay.meets(one, facts, as_of, since)]
        if failed or not missed:
            return Answer(doubt=_disagreement(failed, self.missed))
        return Answer(
            example=Example(
                met=self.met,
                missed=self.missed,
                facts=facts,
                as_of=as_of,
                asked=missed[0],
                setting=self.setting,
            )
        )


def _disagreement(failed: Sequence[Promise], missed: Promise) -> Doubt:
    if not failed:
        return Doubt(Cause.NOT_MISSED, words=missed.name)
    return Doubt(Cause.NOT_MET, words=" and ".join(one.name for one in failed))
