"""Whom a duty is for: the population part of the closed shape that `duty` describes."""

from __future__ import annotations

from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING

import attrs

from careerspolicy.vocabulary.relations import PLAIN_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.vocabulary.relations import Value, Words


@attrs.frozen(kw_only=True)
class Condition:
    """A test of one attribute: its value is one of some, or none of some, or within limits.

    An attribute that holds a set passes `one_of` when it holds any of them, `all_of` when it holds
    every one and `none_of` when it holds not one. Of a number, `above` and `below` leave the limit
    itself out; `at_least` and `at_most` take it in.

    `words` says by which words each that is named is shown. `needs` are tests of other attributes
    that whoever passes this one passes too, so that who fails one of them fails this one; whoever
    passes one of those that are `enough` passes this one.
    """

    attribute: str
    one_of: frozenset[Value] | None = None
    all_of: frozenset[str] | None = None
    none_of: frozenset[Value] | None = None
    at_least: float | None = None
    at_most: float | None = None
    above: float | None = None
    below: float | None = None
    words: Words = attrs.field(default=PLAIN_WORDS, eq=False, repr=False)
    needs: tuple[Condition, ...] = attrs.field(default=(), eq=False, repr=False)
    enough: tuple[Condition, ...] = attrs.field(default=(), eq=False, repr=False)
    #: Every value, as it is compared, by which one of those named is shown.
    listed: frozenset[Value] = attrs.field(init=False, eq=False, repr=False)

    @listed.default
    def _listed(self) -> frozenset[Value]:
        named = (self.one_of or frozenset()) | (self.none_of or frozenset())
        return frozenset(chain.from_iterable(map(self.words.showing, named)))

    def holds(self, value: Value | None) -> bool | None:
        """Whether a value passes; None when the value isn't known."""
        if value is None:
            return None
        if self.all_of is not None:
            return (
                isinstance(value, frozenset)
                and {*self.words.shown(self.all_of, value)} == self.all_of
            )
        if self.one_of is not None:
            return self._among(value)
        if self.none_of is not None:
            return not self._among(value)
        return not isinstance(value, (str, frozenset)) and self._within(value)

    def by(self, said: Mapping[str, Value]) -> Condition:
        """This test; where nothing is said of its attribute, one of another that decides it."""
        if self.attribute in said:
            return self
        decided = chain(
            ((test, False) for test in self.needs), ((test, True) for test in self.enough)
        )
        return next(
            (test for test, so in decided if test.holds(said.get(test.attribute)) is so), self
        )

    def _among(self, value: Value) -> bool:
        if isinstance(value, frozenset):
            return not self.listed.isdisjoint(self.words.all_compared(value))
        return self.words.compared(value) in self.listed

    def _within(self, value: float) -> bool:
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )


class Roll(Enum):
    """Which pupils by their place on the roll."""

    ANY = "any"
    ON_ROLL = "on roll"
    LEAVERS = "leavers"


@attrs.frozen(kw_only=True)
class Population:
    """Whom a duty is for.

    `subject` is pupil, school, trust or a kind of record (then each record of it is a subject).
    `years` and `ages` bound the time: a pupil is in the population while in those year groups or
    of those ages (both ends included). `where` tests the pupil (for a record, the pupil it belongs
    to), `any_of` asks for one of several such lists, `school` tests the school and `event` the
    subject record. Of an attested promise, whose subject is a school or trust, years, ages and
    tests of pupils say which pupils it is about. `share` asks it of a percentage of a school's
    pupils together, not each one.
    """

    subject: str
    years: tuple[int, ...] = ()
    ages: tuple[int, int] | None = None
    roll: Roll = Roll.ANY
    where: tuple[Condition, ...] = ()
    any_of: tuple[tuple[Condition, ...], ...] = ()
    school: tuple[Condition, ...] = ()
    event: tuple[Condition, ...] = ()
    share: float | None = None
