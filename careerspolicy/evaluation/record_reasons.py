"""Why a record that nearly counted did not, and which facts are missing: two closed unions.

Beside `reasons`, whose `as_data` gives these as data too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, assert_never

import attrs

from careerspolicy.evaluation.reasons import AttributeNot, Value

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.model.population import Condition

# ---------------------------------------------------------------------------- near misses


@attrs.frozen
class AttributeUnsaid(Value):
    """The record does not say what a test asks."""

    of: str
    wanted: Condition


@attrs.frozen
class NotTakenUp(Value):
    """It was offered and not taken up."""


@attrs.frozen
class Planned(Value):
    """It is dated after the day asked about."""


@attrs.frozen
class BeforeWindow(Value):
    """It came before the window opened."""

    opened: date


@attrs.frozen
class AfterWindow(Value):
    """It came after the window closed."""

    closed: date


@attrs.frozen
class CountsForFirst(Value):
    """It counts already for the promise that this one is further to."""


@attrs.frozen
class ValueUnsaid(Value):
    """It does not say the value of which different ones are counted."""

    attribute: str


@attrs.frozen
class SameValue(Value):
    """It has the same value as a record that counts, and only different ones count."""

    attribute: str


@attrs.frozen
class Deleted(Value):
    """What was to be kept was deleted."""

    on: date


@attrs.frozen
class InForceUntil(Value):
    """It was in force only until that day."""

    until: date


# ---------------------------------------------------------------------------- what is missing


@attrs.frozen
class YearGroupUnknown(Value):
    """Neither a year group nor a date of birth is recorded."""


@attrs.frozen
class JoiningUnknown(Value):
    """The day on which the pupil joined the roll is not known."""


@attrs.frozen
class BirthUnknown(Value):
    """No date of birth is recorded."""


@attrs.frozen
class KindNotRecorded(Value):
    """Records of a kind are not kept, or not of the days before `before` or after `after`.

    `joined` says that the pupil joined on that day, so that an earlier school may have had them.
    """

    kind: str
    before: date | None = None
    joined: bool = False
    after: date | None = None


@attrs.frozen
class AttributeUnknown(Value):
    """What `of` (a pupil, a school, or a record of a kind) says of an attribute is not known.

    `wanted` is the test that asks it; None where its value is counted. Of a record, `record` is
    its id and `on` its day.
    """

    of: str
    attribute: str
    wanted: Condition | None = None
    record: str = ""
    on: date | None = None


@attrs.frozen
class NotShown(Value):
    """There is no record of a kind that passes some tests, and its absence says nothing."""

    kind: str
    wanted: tuple[Condition, ...] = ()


@attrs.frozen
class ValueNotCovered(Value):
    """A value that records of a kind are to cover, and none that counts shows it."""

    of: str
    attribute: str
    value: str


#: Why a record that nearly counted did not.
NearMissReason: TypeAlias = (
    AttributeUnsaid
    | AttributeNot
    | NotTakenUp
    | Planned
    | BeforeWindow
    | AfterWindow
    | CountsForFirst
    | ValueUnsaid
    | SameValue
    | Deleted
    | InForceUntil
)

#: A fact that isn't known, or a value that is still to be covered.
Missing: TypeAlias = (
    YearGroupUnknown
    | BirthUnknown
    | JoiningUnknown
    | KindNotRecorded
    | AttributeUnknown
    | NotShown
    | ValueNotCovered
)


def missing_name(fact: Missing) -> str:
    """What is missing, by the vocabulary's own name for it: a value, an attribute, or a kind.

    >>> missing_name(KindNotRecorded("review"))
    'review'
    """
    match fact:
        case ValueNotCovered():
            return fact.value
        case AttributeUnknown():
            return fact.attribute
        case KindNotRecorded() | NotShown():
            return fact.kind
        case BirthUnknown():
            return "date of birth"
        case JoiningUnknown():
            return "day of joining"
        case YearGroupUnknown():
            return "year group"
        case _:
            assert_never(fact)
