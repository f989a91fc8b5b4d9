"""One question to the solver, in one setting, and its answer made small and plain.

Of an example the fewest records are wanted, then small numbers, then ordinary days: every wish is
tried in turn on the solver that has found it, and kept if it can be had. It is then replayed
through the evaluator; an answer that the evaluator doesn't share is not used.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.school_calendar import SchoolCalendar, is_working_day
from careerspolicy.solver import replay
from careerspolicy.solver.doubts import Cause, Doubt
from careerspolicy.solver.encoding import Encoding
from careerspolicy.solver.histories import facts_of, history
from careerspolicy.solver.logic import (
    If,
    Int,
    IsInt,
    Not,
    Solver,
    Sum,
    is_true,
    sat,
    unsat,
    whole,
    world,
)
from careerspolicy.solver.settings import by_school_days
from careerspolicy.solver.slots_needed import TOO_MANY, shelves
from careerspolicy.solver.solving import TOO_LONG, Answer, Example
from careerspolicy.solver.symbols import Many, Number, YesNo, alphabets
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.solver.histories import History, Shelf, Slot
    from careerspolicy.solver.logic import Model, Term
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.settings import Setting
    from careerspolicy.solver.slots_needed import SlotsNeeded

#: Steps of the solver that an ordinary machine takes in a millisecond.
_STEPS: Final = 8000
#: Days of a year on which things happen at schools, tried in turn.
_ORDINARY: Final = ((11, 3), (3, 9), (6, 8), (1, 19), (10, 6), (5, 11))
_DAY: Final = timedelta(days=1)
#: How hard the solver tries to grant one wish, and how many refusals end the wishing.
_EFFORT: Final = 400_000
_REFUSALS: Final = 60
#: A wish that was too hard counts as so many refusals.
_TOO_HARD: Final = 10


@attrs.frozen(kw_only=True)
class Question:
    """Whether a history of one setting meets some promises and misses another.

    `needed` are the slots for records that it may have. `patience` is the work allowed, and a
    `rough` answer is whatever is found first.
    """

    met: tuple[Promise, ...]
    missed: Promise
    setting: Setting
    needed: SlotsNeeded
    patience: int
    rough: bool

    def answer(self) -> Answer:
        """An example, that there is none, or why it isn't known."""
        slots, doubt = self.needed.slots, self.needed.doubt
        if sum(slots.values()) == 0 and doubt == TOO_MANY:
            return Answer(doubt=doubt)
        with world():
            return self._answer(slots, doubt)

    def _answer(self, slots: dict[Shelf, int], doubt: Doubt | None) -> Answer:
        promises = (*self.met, self.missed)
        words = alphabets(promises, max(slots.values(), default=0))
        linked = any(one.duty.population.subject not in THINGS for one in promises)
        records = history(slots, words, self.setting.days, linked=linked)
        asked = Int("the day asked")
        open_days = any(by_school_days(one) for one in promises)
        solver = self._solver(records, asked, any_calendar=open_days)
        found = solver.check()
        if found == unsat:
            return Answer(doubt=doubt)
        if open_days:
            solver = self._solver(records, asked)
            found = solver.check()
        if found == unsat:
            return Answer(doubt=Doubt(Cause.OPEN_DAYS))
        if found != sat:
            return Answer(doubt=TOO_LONG)
        return self._replayed(self._model(solver, records, asked), records, asked)

    def _model(self, solver: Any, records: History, asked: Term) -> Model:
        if self.rough:
            return solver.model()
        settled = asked == self.setting.as_of.toordinal()
        return _plainer(solver, records, self.setting.since, settled)

    def _solver(self, records: History, asked: Term, *, any_calendar: bool = False) -> Term:
        solver = Solver()
        solver.set("rlimit", self.patience * _STEPS)
        solver.add(*records.laws(self.setting.school))
        encoding = Encoding(records, self.setting, asked, any_calendar)
        solver.add(encoding.judged(self.missed).missed)
        for promise in self.met:
            solver.add(encoding.judged(promise).met)
        solver.add(*encoding.laws)
        return solver

    def _replayed(self, model: Model, records: History, asked: Term) -> Answer:
        kinds = {kind for one in (*self.met, self.missed) for kind, _ in shelves(one)}
        facts = facts_of(model, records, self.setting, kinds)
        as_of, since = self.setting.as_of, self.setting.since
        day = whole(model, asked)
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


def _plainer(solver: Any, history: History, since: date, settled: Term) -> Model:
    """The model of a small and plain example; the solver has just found one.

    Its records are of the time from `since` on if they may be, and `settled` is a wish of its own.
    """
    solver.set("rlimit", _EFFORT)
    trying = _Trying(solver, history, solver.model())
    trying.fewest()
    trying.wish(settled)
    trying.least(_numbers(trying.there()))
    for slot in trying.there():
        for one in _wishes(slot):
            trying.wish(one)
    for slot in trying.there():
        trying.any_of(slot.day == one.toordinal() for one in _days(trying.day(slot), since))
    return trying.model


@attrs.define
class _Trying:
    """A solver, the history it fills, and the best model so far."""

    solver: Any
    history: History
    model: Model
    refused: int = 0

    def wish(self, wish: Term) -> bool:
        """Keep a wish if it can be had with all those kept before."""
        if is_true(self.model, wish):
            self.solver.add(wish)
            return True
        if self.refused >= _REFUSALS:
            return False
        self.solver.push()
        self.solver.add(wish)
        told = self.solver.check()
        if told == sat:
            self.model = self.solver.model()
            return True
        self.solver.pop()
        self.refused += 1 if told == unsat else _TOO_HARD
        return False

    def any_of(self, wishes: Iterable[Term]) -> None:
        """Keep the first of some wishes that can be had."""
        any(self.wish(one) for one in wishes)

    def fewest(self) -> None:
        """Settle on the fewest records."""
        flags = [If(slot.present, 1, 0) for slot in self.history.slots]
        while (many := len(self.there())) and self.wish(Sum(*flags) < many):
            pass
        if flags:
            self.solver.add(Sum(*flags) <= many)

    def least(self, numbers: Sequence[Term]) -> None:
        """Settle on whole numbers if they will do, and on the smallest sum of them."""
        if not numbers:
            return
        for one in numbers:
            self.wish(IsInt(one))
        total = Sum(*numbers)
        low, high = 0, self._rounded_up(total)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.wish(total <= middle) else (middle + 1, high)

    def _rounded_up(self, term: Term) -> int:
        found = self.model.eval(term, model_completion=True).as_fraction()
        return -int(-found // 1)

    def there(self) -> Sequence[Slot]:
        """The slots that hold a record."""
        return [slot for slot in self.history.slots if is_true(self.model, slot.present)]

    def day(self, slot: Slot) -> date:
        """The day of a slot's record."""
        return date.fromordinal(whole(self.model, slot.day))


def _numbers(slots: Sequence[Slot]) -> list[Term]:
    return [one.amount for slot in slots for one in slot.said.values() if isinstance(one, Number)]


def _wishes(slot: Slot) -> Iterator[Term]:
    """What makes a record plain: no end, taken part in, and nothing said beyond what matters."""
    yield Not(slot.lasting)
    yield slot.about == -1
    attended = slot.said.get("attended")
    if isinstance(attended, YesNo):
        yield attended.flag
    for said in slot.said.values():
        if isinstance(said, Many):
            yield said.rest <= 1
            yield said.rest == 0
            yield from (Not(flag) for flag in said.flags.values())


def _days(day: date, since: date) -> Iterator[date]:
    """Ordinary days of the school year of a day; if records weren't yet seen, of those after."""
    year_of = SchoolCalendar().year_of
    first, seen = year_of(day), since.year
    years = [first] if first >= seen else [*range(seen, seen + 7), *range(seen - 1, first - 1, -1)]
    for year, (month, number) in product(years, _ORDINARY):
        one = date(year if month > 8 else year + 1, month, number)
        while not is_working_day(one):
            one += _DAY
        yield one
