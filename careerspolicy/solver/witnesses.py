"""A witness: made-up facts that meet one promise and miss another, as a sentence and as a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

import attrs

from careerspolicy.lives.facts_yaml import facts_yaml
from careerspolicy.model.facts import Pupil, Record, School, phases_taught
from careerspolicy.solver import replay
from careerspolicy.solver.telling import told

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from careerspolicy.model.facts import Facts
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.solving import Example

_Said = TypeVar("_Said", Pupil, Record, School)


@attrs.frozen(kw_only=True)
class Witness:
    """Facts that meet some promises and miss another.

    On `as_of` the promises of `meets` are met; on `asked` (nearly always the same day) `misses` is
    missed. `sentence` tells it in plain English.
    """

    meets: tuple[Promise, ...]
    misses: Promise
    facts: Facts = attrs.field(repr=False)
    as_of: date
    asked: date
    sentence: str

    def as_facts_yaml(self) -> str:
        """The facts as a file that `load_facts` reads."""
        return facts_yaml(self.facts)


def witness(example: Example) -> Witness:
    """The witness that an example is, saying no more than it needs to."""
    facts = _bare(example)
    return Witness(
        meets=example.met,
        misses=example.missed,
        facts=facts,
        as_of=example.as_of,
        asked=example.asked,
        sentence=told(attrs.evolve(example, facts=facts)),
    )


def _bare(example: Example) -> Facts:
    """The facts without what could be left unsaid and change nothing."""
    facts = example.facts
    for record in facts.records:
        facts = _without(example, facts, partial(_fewer, gone=record))
    for place, record in enumerate(facts.records):
        for name in record.attributes:
            facts = _without(example, facts, partial(_less_said, place=place, name=name))
    for name in facts.pupils[0].attributes:
        facts = _without(example, facts, partial(_less_of_pupil, name=name))
    school = facts.schools[0]
    derived = phases_taught(school.lowest_year, school.highest_year)
    for name in school.attributes:
        if name not in derived:
            facts = _without(example, facts, partial(_less_of_school, name=name))
    return facts


def _without(example: Example, facts: Facts, less: Callable[[Facts], Facts]) -> Facts:
    fewer = less(facts)
    meets = all(
        replay.meets(one, fewer, example.as_of, example.setting.since) for one in example.met
    )
    return fewer if meets and replay.misses(example.missed, fewer, example.asked) else facts


def _fewer(facts: Facts, gone: Record) -> Facts:
    records = [one for one in facts.records if one != gone]
    return attrs.evolve(facts, records=tuple(one for one in records if one.about != gone.id))


def _less_said(facts: Facts, place: int, name: str) -> Facts:
    records = list(facts.records)
    records[place] = _unsaid(records[place], name)
    return attrs.evolve(facts, records=tuple(records))


def _less_of_pupil(facts: Facts, name: str) -> Facts:
    return attrs.evolve(facts, pupils=tuple(_unsaid(one, name) for one in facts.pupils))


def _less_of_school(facts: Facts, name: str) -> Facts:
    return attrs.evolve(facts, schools=tuple(_unsaid(one, name) for one in facts.schools))


def _unsaid(one: _Said, name: str) -> _Said:
    rest = {key: value for key, value in one.attributes.items() if key != name}
    return attrs.evolve(one, attributes=rest)
