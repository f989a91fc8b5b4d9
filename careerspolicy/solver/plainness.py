"""Makes an example small and plain: fewest records, then small numbers, then ordinary days.

Every wish is tried in turn on the solver that has found the example, and kept if it can be had.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.school_calendar import SchoolCalendar, is_working_day
from careerspolicy.solver.classes import Many, Number, YesNo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.solver.histories import History, Slot

#: Days of a year on which things happen at schools, tried in turn.
_ORDINARY: Final = ((11, 3), (3, 9), (6, 8), (1, 19), (10, 6), (5, 11))
_DAY: Final = timedelta(days=1)
#: How hard the solver tries to grant one wish, and how many refusals end the wishing.
_EFFORT: Final = 400_000
_REFUSALS: Final = 60
#: A wish that was too hard counts as so many refusals.
_TOO_HARD: Final = 10


def plainer(z3: Any, solver: Any, history: History, since: date, settled: Any) -> Any:
    """The model of a small and plain example; the solver has just found one.

    Its records are of the time from `since` on if they may be, and `settled` is a wish of its own.
    """
    solver.set("rlimit", _EFFORT)
    trying = _Trying(z3, solver, history, solver.model())
    trying.fewest()
    trying.wish(settled)
    trying.least(_numbers(trying.there()))
    for slot in trying.there():
        for one in _wishes(z3, slot):
            trying.wish(one)
    for slot in trying.there():
        trying.any_of(slot.day == one.toordinal() for one in _days(trying.day(slot), since))
    return trying.model


@attrs.define
class _Trying:
    """A solver, the history it fills, and the best model so far."""

    z3: Any
    solver: Any
    history: History
    model: Any
    refused: int = 0

    def wish(self, wish: Any) -> bool:
        """Keep a wish if it can be had with all those kept before."""
        if self.z3.is_true(self.model.eval(wish, model_completion=True)):
            self.solver.add(wish)
            return True
        if self.refused >= _REFUSALS:
            return False
        self.solver.push()
        self.solver.add(wish)
        told = self.solver.check()
        if told == self.z3.sat:
            self.model = self.solver.model()
            return True
        self.solver.pop()
        self.refused += 1 if told == self.z3.unsat else _TOO_HARD
        return False

    def any_of(self, wishes: Iterable[Any]) -> None:
        """Keep the first of some wishes that can be had."""
        any(self.wish(one) for one in wishes)

    def fewest(self) -> None:
        """Settle on the fewest records."""
        flags = [self.z3.If(slot.present, 1, 0) for slot in self.history.slots]
        while (many := len(self.there())) and self.wish(self.z3.Sum(*flags) < many):
            pass
        if flags:
            self.solver.add(self.z3.Sum(*flags) <= many)

    def least(self, numbers: Sequence[Any]) -> None:
        """Settle on whole numbers if they will do, and on the smallest sum of them."""
        if not numbers:
            return
        for one in numbers:
            self.wish(self.z3.IsInt(one))
        total = self.z3.Sum(*numbers)
        low, high = 0, self._rounded_up(total)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.wish(total <= middle) else (middle + 1, high)

    def _rounded_up(self, term: Any) -> int:
        found = self.model.eval(term, model_completion=True).as_fraction()
        return -int(-found // 1)

    def there(self) -> Sequence[Slot]:
        """The slots that hold a record."""
        told = (self.model.eval(slot.present, model_completion=True) for slot in self.history.slots)
        pairs = zip(self.history.slots, told, strict=True)
        return [slot for slot, there in pairs if self.z3.is_true(there)]

    def day(self, slot: Slot) -> date:
        """The day of a slot's record."""
        return date.fromordinal(self.model.eval(slot.day, model_completion=True).as_long())


def _numbers(slots: Sequence[Slot]) -> list[Any]:
    return [one.amount for slot in slots for one in slot.said.values() if isinstance(one, Number)]


def _wishes(z3: Any, slot: Slot) -> Iterator[Any]:
    """What makes a record plain: no end, taken part in, and nothing said beyond what matters."""
    yield z3.Not(slot.lasting)
    yield slot.about == -1
    attended = slot.said.get("attended")
    if isinstance(attended, YesNo):
        yield attended.flag
    for said in slot.said.values():
        if isinstance(said, Many):
            yield said.rest <= 1
            yield said.rest == 0
            yield from (z3.Not(flag) for flag in said.flags.values())


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
