"""The closed shape of what is owed: every duty, whatever its verb, is one of these values.

    for each SUBJECT in a POPULATION, in each WINDOW of a SCHEDULE,
    a MEASURE of the matching RECORDS meets a BOUND

Evaluation, comparison and English work on the shape, never on the verbs one by one. All values
are frozen; `None` and empty mean *not said*.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from careerspolicy.model.schedule import (
    AgePoint,
    Around,
    Kept,
    OffsetPoint,
    Once,
    RollPoint,
    points_of,
)
from careerspolicy.vocabulary.relations import PLAIN_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from careerspolicy.model.population import Condition, Population
    from careerspolicy.model.schedule import Schedule
    from careerspolicy.vocabulary.relations import Value, Words

#: A number as people wrote it, so that ten times a tenth is one.
Amount: TypeAlias = int | Decimal


@lru_cache(maxsize=4096)
def exact(number: float | Decimal) -> Amount:
    """A number as it was written, in tens and tenths; whole where it is.

    >>> exact(2.6), exact(exact(2.6) + exact(7.9) * 6)
    (Decimal('2.6'), 50)
    """
    whole = int(number)
    return whole if whole == number else Decimal(str(number)).normalize()


@attrs.frozen(kw_only=True)
class Matching:
    """Which records count: of a kind, passing every condition.

    `offered` counts occasions offered, whether or not the pupil took them up.
    """

    kind: str
    where: tuple[Condition, ...] = ()
    offered: bool = False


@attrs.frozen(kw_only=True)
class Count:
    """How many records match."""


@attrs.frozen(kw_only=True)
class Distinct:
    """How many different values of an attribute the matching records have.

    An attribute that holds a set counts different sets: two occasions with the very same providers
    are one. `words` says how they are compared.
    """

    attribute: str
    words: Words = attrs.field(default=PLAIN_WORDS, eq=False, repr=False)

    def compared(self, value: Value) -> Value:
        """A value as it is told from others."""
        if isinstance(value, frozenset):
            return frozenset(str(self.words.compared(name)) for name in value)
        return self.words.compared(value)


@attrs.frozen(kw_only=True)
class Total:
    """A number added up over the matching records."""

    attribute: str


@attrs.frozen(kw_only=True)
class Covers:
    """How many of the listed values the matching records have between them.

    `words` says by which words each of them is shown.
    """

    attribute: str
    values: tuple[str, ...]
    words: Words = attrs.field(default=PLAIN_WORDS, eq=False, repr=False)
    _shown_by: Mapping[Value, list[str]] = attrs.field(init=False, eq=False, repr=False)

    @_shown_by.default
    def _by_word(self) -> Mapping[Value, list[str]]:
        shown_by: dict[Value, list[str]] = {}
        for value in self.values:
            for word in self.words.showing(value):
                shown_by.setdefault(word, []).append(value)
        return shown_by

    def shown(self, held: Iterable[str]) -> set[str]:
        """Those of the listed values that some words show."""
        words = self._shown_by.keys() & self.words.all_compared(held)
        return {value for word in words for value in self._shown_by[word]}


Measure: TypeAlias = Count | Distinct | Total | Covers


@attrs.frozen(kw_only=True)
class Bound:
    """At least, at most, or both. `vague` holds a policy's own words where it gives no number.

    `stated` says whether the policy gives the number, or one is counted since it gives none.
    """

    at_least: float | None = None
    at_most: float | None = None
    vague: str = ""
    stated: bool = attrs.field(default=True, eq=False)
    #: The two as amounts are compared.
    least: Amount | None = attrs.field(init=False, eq=False, repr=False)
    most: Amount | None = attrs.field(init=False, eq=False, repr=False)

    @least.default
    def _least(self) -> Amount | None:
        return None if self.at_least is None else exact(self.at_least)

    @most.default
    def _most(self) -> Amount | None:
        return None if self.at_most is None else exact(self.at_most)

    @property
    def only_limits(self) -> bool:
        """Whether nothing is owed but a limit, by no day in particular."""
        return self.at_least is None and self.at_most is not None


class Verb(Enum):
    """The friendly surface; each is one way of filling in the shape."""

    PROVIDE = "provide"
    PUBLISH = "publish"
    REVIEW = "review"
    KEEP = "keep"
    NOTIFY = "notify"
    APPOINT = "appoint"
    FORBID = "forbid"
    UPHOLD = "uphold"


#: Where a predicate names its pupils, together or each, and says when or how often.
PUPILS_SLOT: Final = "{pupils}"
EVERY_PUPIL_SLOT: Final = "{every pupil}"
WHEN_SLOT: Final = "{when}"
HOW_OFTEN_SLOT: Final = "{how_often}"


@attrs.frozen(kw_only=True)
class Predicate:
    """What is promised, in the encoder's words, where what can be recorded does not say it.

    `words` are what its owner does ("go to wider networks too"), its verb in the base form; or,
    if `clause`, what the owner makes sure of ("records are stored securely"). Slots stand for what
    the rest of the duty says: for whom, when, how often.
    """

    words: str
    clause: bool = False

    @property
    def title(self) -> str:
        """A short name for lists, with no more than "pupils" for whom it is about."""
        plain = self.words.replace(PUPILS_SLOT, "pupils").replace(EVERY_PUPIL_SLOT, "every pupil")
        plain = " ".join(plain.replace(HOW_OFTEN_SLOT, "").replace(WHEN_SLOT, "").split())
        plain = plain.replace(" ,", ",").replace(",,", ",")
        return f"{plain[:1].upper()}{plain[1:]}"


@attrs.frozen(kw_only=True)
class Duty:
    """What is owed, in the closed shape.

    `predicate` says what is promised where that is only attested, or where records are no more
    than its nearest measure; it is None where what is measured is what is promised.

    `further_to` names an obligation whose own records do not count again here.
    `how_soon` holds words such as "as early as possible": what was done is measured, not judged.
    """

    verb: Verb
    population: Population
    schedule: Schedule
    records: Matching
    measure: Measure
    bound: Bound
    further_to: str = ""
    how_soon: str = ""
    predicate: Predicate | None = None
    #: Whether it is owed of a time after leaving too, so that it is owed of who has left.
    outlasts_stay: bool = attrs.field(init=False, eq=False, repr=False)
    #: Whether its days are each pupil's own: of an age, or counted from the day of joining.
    personal: bool = attrs.field(init=False, eq=False, repr=False)

    @outlasts_stay.default
    def _outlasts_stay(self) -> bool:
        schedule = self.schedule
        if isinstance(schedule, Once) and isinstance(schedule.end, OffsetPoint):
            return schedule.end.point is RollPoint.LEAVING and not schedule.end.before
        return isinstance(schedule, Kept)

    @personal.default
    def _personal(self) -> bool:
        return self.population.ages is not None or any(
            point is RollPoint.JOINING or isinstance(point, AgePoint)
            for point in points_of(self.schedule)
        )

    @property
    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Every test that it makes, with the kind of record or thing whose attribute it is."""
        people, records, schedule = self.population, self.records, self.schedule
        owner = people.subject if people.subject in ("school", "trust") else "pupil"
        tests = [(records.kind, records.where), ("school", people.school)]
        tests += [(owner, group) for group in (people.where, *people.any_of)]
        tests.append((people.subject, people.event))
        if isinstance(schedule, Around):
            tests.append((schedule.event, schedule.where))
        return ((of, test) for of, group in tests for test in group)
