"""What goes together in any pupil and any school, so that no made-up one contradicts itself.

A school's phases follow from the year groups that it teaches, as the readers have it; the school
census codes a pupil's SEN provision as E just if they have an education, health and care plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.model.duty import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.model.facts import School
    from careerspolicy.solver.histories import History

#: Attributes of a school that follow from the year groups that it teaches.
_OF_YEARS: Final = ("primary_years", "secondary_years", "sixth_form")
_ON_A_PLAN: Final = "ehc_plan", Condition(attribute="sen", one_of=frozenset(["E"]))


def taught(school: School) -> dict[str, bool]:
    """What follows of a school from the year groups that it teaches, as the readers have it."""
    low, high = school.lowest_year, school.highest_year
    return dict(zip(_OF_YEARS, (low <= 6, high >= 7, high >= 12), strict=True))


def laws(history: History, school: School) -> Iterator[Any]:
    """What is so of the pupil and the school of a history."""
    said = history.people["school"]
    for name, value in taught(school).items():
        if name in said:
            yield said[name].holds(Condition(attribute=name, one_of=frozenset([value])))
    pupil = history.people["pupil"]
    plan, coded = _ON_A_PLAN
    if plan in pupil and coded.attribute in pupil:
        yes = Condition(attribute=plan, one_of=frozenset([True]))
        yield pupil[plan].holds(yes) == pupil[coded.attribute].holds(coded)
