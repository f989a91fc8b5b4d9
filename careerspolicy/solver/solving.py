"""Asks the solver for a history that meets some promises and misses another: none, or facts.

Every setting is looked at in turn, the plainest first; `question` asks about one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.solver.doubts import Cause, Doubt
from careerspolicy.solver.settings import settings
from careerspolicy.solver.slots_needed import slots_needed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from careerspolicy.model.facts import Facts
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.settings import Setting

#: How much work the solver may put into one question: about so many milliseconds, but told by its
#: own steps and not by the clock, so that the answer is the same on a busy machine.
PATIENCE: Final = 4000
#: Records, over all the lives looked at for one question, for which room is made.
MOST_EFFORT: Final = 600
TOO_LONG: Final = Doubt(Cause.TOO_LONG)


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

    A `rough` one is whatever is found first. Raises MissingExtra without the extra "analysis".
    """
    # z3 is an extra, and takes a while to import.
    from careerspolicy.solver.question import Question  # noqa: PLC0415 - see above

    doubt, effort = None, 0
    for setting in settings((*met, missed)):
        needed = slots_needed(met, missed, setting)
        effort += 1 + sum(needed.slots.values())
        if effort > MOST_EFFORT:
            return Answer(doubt=doubt or Doubt(Cause.TOO_MANY_DATES))
        question = Question(
            met=tuple(met),
            missed=missed,
            setting=setting,
            needed=needed,
            patience=patience,
            rough=rough,
        )
        answer = question.answer()
        if answer.example is not None or answer.doubt == TOO_LONG:
            return answer
        doubt = doubt or answer.doubt
    return Answer(doubt=doubt)
