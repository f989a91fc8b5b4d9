"""One question to the solver, in one setting, and its answer made small and plain.

Of an example the fewest records are wanted, then small numbers, then ordinary days: every wish is
tried in turn on the solver that has found it, and kept if it can be had. It is then replayed
through the evaluator; an answer that the evaluator doesn't share is not used.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.holidays import is_working_day
from careerspolicy.calendar.school_calendar import SchoolCalendar
from careerspolicy.solver.codes import Code
from careerspolicy.solver.encoding import Encoding
from careerspolicy.solver.histories import history
from careerspolicy.solver.logic import (
    If,
    IsInt,
    Names,
    Not,
    Number,
    Sum,
    Term,
    YesNo,
    is_true,
    new_solver,
    sat,
    unsat,
    whole,
    world,
)
from careerspolicy.solver.promises import Undecided
from careerspolicy.solver.solving import Answer
from careerspolicy.solver.witnesses import Witness, meets, misses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.solver.histories import History, Slot
    from careerspolicy.solver.logic import Model
    from careerspolicy.solver.promises import Promise, Shelf
    from careerspolicy.solver.settings import Setting

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
#: Numbers are wanted in so many parts of one.
_FINE: Final = 10**9


def ask(
    met: Sequence[Promise],
    missed: Promise,
    setting: Setting,
    needed: Mapping[Shelf, int],
    *,
    patience: int,
    rough: bool,
) -> Answer:
    """Whether a history of one setting, with such slots, meets some promises and misses another."""
    with world():
        records = history(setting, needed, (*met, missed))
        solver, found = _asked(met, missed, records, patience)
        if found == unsat:
            return Answer()
        if records.any_calendar:
            records = attrs.evolve(records, any_calendar=False, of_days=[])
            solver, found = _asked(met, missed, records, patience)
        if found == unsat:
            return Answer(doubt=Undecided(Code.OPEN_DAYS))
        if found != sat:
            return Answer(doubt=Undecided(Code.TOO_LONG))
        wishes = _Wishes(solver, records, solver.model())
        if not rough:
            _make_plain(wishes)
        wishes.decimals()
        return _replayed(met, missed, records, wishes.model)


def _asked(
    met: Sequence[Promise], missed: Promise, records: History, patience: int
) -> tuple[Any, Any]:
    """A solver that has been asked for what is wanted, and whether it found it."""
    solver = new_solver()
    solver.set("rlimit", patience * _STEPS)
    solver.add(*records.laws())
    solver.add(Encoding(missed, records).judged().missed)
    for promise in met:
        solver.add(Encoding(promise, records).judged().met)
    solver.add(*records.of_days)
    return solver, solver.check()


def _replayed(met: Sequence[Promise], missed: Promise, records: History, model: Model) -> Answer:
    """The example that a model stands for, if the evaluator finds it one too."""
    facts = records.facts(model, {kind for one in (*met, missed) for kind, _ in one.shelves})
    as_of, since, day = records.setting.as_of, records.setting.since, whole(model, records.asked)
    failed = tuple(one for one in met if not meets(one, facts, as_of, since))
    if failed:
        return Answer(doubt=Undecided(Code.REPLAYED_NOT_MET, failed))
    days = (as_of, date.fromordinal(day) if day > 1 else as_of)
    asked = next((day for day in days if misses(missed, facts, day)), None)
    if asked is None:
        return Answer(doubt=Undecided(Code.REPLAYED_NOT_MISSED, (missed,)))
    return Answer(
        example=Witness(
            meets=tuple(met), misses=missed, facts=facts, as_of=as_of, asked=asked, since=since
        )
    )


def _make_plain(wishes: _Wishes) -> None:
    """Settle on a small and plain example; the solver has just found one.

    Its records are of the time since when they are seen if they may be, and the day asked the last.
    """
    records = wishes.history
    on_last_day = records.asked == records.last
    wishes.fewest()
    wishes.grant(on_last_day)
    wishes.least()
    for slot in wishes.there():
        for wish in _plain(slot):
            wishes.grant(wish)
    for slot in wishes.there():
        near = _days(date.fromordinal(whole(wishes.model, slot.day)), records.setting.since)
        any(wishes.grant(slot.day == day.toordinal()) for day in near)


@attrs.define
class _Wishes:
    """A solver, the history it fills, and the best model so far."""

    solver: Any
    history: History
    model: Model
    refused: int = 0

    def __attrs_post_init__(self) -> None:
        self.solver.set("rlimit", _EFFORT)

    def grant(self, wish: Term) -> bool:
        """Keep a wish if it can be had with all those kept before."""
        if is_true(self.model, wish):
            self.solver.add(wish)
            return True
        if self.refused >= _REFUSALS:
            return False
        self.solver.push()
        self.solver.add(wish)
        answer = self.solver.check()
        if answer == sat:
            self.model = self.solver.model()
            return True
        self.solver.pop()
        self.refused += 1 if answer == unsat else _TOO_HARD
        return False

    def fewest(self) -> None:
        """Settle on the fewest records."""
        flags = [If(slot.present, 1, 0) for slot in self.history.slots]
        while (many := len(self.there())) and self.grant(Sum(*flags) < many):
            pass
        if flags:
            self.solver.add(Sum(*flags) <= many)

    def least(self) -> None:
        """Settle on whole numbers if they will do, and on the smallest sum of them."""
        numbers = self.numbers()
        if not numbers:
            return
        for number in numbers:
            self.grant(IsInt(number))
        total = Sum(*numbers)
        low, high = 0, ceil(self.model.eval(total, model_completion=True).as_fraction())
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.grant(total <= middle) else (middle + 1, high)

    def decimals(self) -> None:
        """Settle on numbers that can be written out, as those of facts are, and on all the rest."""
        amounts = [
            (number, self.model.eval(number, model_completion=True).as_fraction() * _FINE)
            for number in self.numbers()
        ]
        if all(amount.denominator == 1 for _, amount in amounts):
            return
        rest = (name for name in self.model.decls() if name.range().name() != "Real")
        self.solver.add(*(name() == self.model[name] for name in rest))
        self.refused = 0
        for number, amount in amounts:
            any(self.grant(number * _FINE == near) for near in (floor(amount), ceil(amount)))

    def numbers(self) -> Sequence[Term]:
        """The numbers that the records say."""
        said = (one for slot in self.there() for one in slot.said.values())
        return [one.amount for one in said if isinstance(one, Number)]

    def there(self) -> Sequence[Slot]:
        """The slots that hold a record."""
        return [slot for slot in self.history.slots if is_true(self.model, slot.present)]


def _plain(slot: Slot) -> Iterator[Term]:
    """What makes a record plain: no end, taken part in, and nothing said beyond what matters."""
    yield Not(slot.lasting)
    yield slot.about == -1
    attended = slot.said.get("attended")
    if isinstance(attended, YesNo):
        yield attended.flag
    for said in slot.said.values():
        if isinstance(said, Names):
            yield said.rest <= 1
            yield said.rest == 0
            yield from (Not(flag) for flag in said.flags.values())


def _days(day: date, since: date) -> Iterator[date]:
    """Ordinary days of the school year of a day; if records weren't yet seen, of those after."""
    first, seen = SchoolCalendar().year_of(day), since.year
    years = [first] if first >= seen else [*range(seen, seen + 7), *range(seen - 1, first - 1, -1)]
    for year, (month, number) in product(years, _ORDINARY):
        ordinary = date(year if month > 8 else year + 1, month, number)
        while not is_working_day(ordinary):
            ordinary += _DAY
        yield ordinary
