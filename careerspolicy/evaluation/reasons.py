"""Why: the closed union of values with which evaluation says what decided a finding.

Each has a `code` and fields that are dates, numbers, ids and tests, never phrases; the English
layer makes sentences of them, programs read them as data (`as_data`), and nothing reads a sentence
back. `record_reasons` has those about records and missing facts; `docs/reasons.md` every code.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import attrs

from careerspolicy.model.population import Condition

if TYPE_CHECKING:
    from careerspolicy import vocabulary


class Value:
    """A member of a union of reasons: its `code` is its name, as programs write names."""

    code: ClassVar[str]

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


# ---------------------------------------------------------------------------- what was weighed


@attrs.frozen
class Enough(Value):
    """Met: as much as is owed, or more."""


@attrs.frozen
class WithinLimit(Value):
    """Met: no more than is allowed, where nothing is owed but a limit."""


@attrs.frozen
class StillOwed(Value):
    """Due: not yet enough, and it can still be done."""


@attrs.frozen
class NotOpen(Value):
    """Upcoming: the window has not opened."""


@attrs.frozen
class TooFew(Value):
    """Missed: not enough, and the window has closed."""


@attrs.frozen
class TooMany(Value):
    """Missed: more than is allowed."""


@attrs.frozen
class Share(Value):
    """Decided by how many of a school's subjects have it: `met` of `of`."""

    met: int
    of: int


@attrs.frozen
class NoNumber(Value):
    """Unknown: the policy gives words where a number would decide."""


@attrs.frozen
class FactsMissing(Value):
    """Unknown: facts that would decide it are not known; the finding's `missing` names them."""


@attrs.frozen
class Waived(Value):
    """Waived: by which role, until when, and for what the waiver itself gives as its reason."""

    by: str
    until: date
    given: str


# ---------------------------------------------------------------------------- what does not apply


@attrs.frozen
class NotCalledFor(Value):
    """Nothing has happened that calls for it."""


@attrs.frozen
class TimesApart(Value):
    """The time around an event and the time that is asked about don't meet."""


@attrs.frozen
class NothingFallsDue(Value):
    """No period or deadline of it lies in the time that it is for."""


@attrs.frozen
class SchoolShut(Value):
    """Of weeks or months, there is none in which the school is open."""


@attrs.frozen
class InForceLater(Value):
    """The obligation came into force after the window had closed."""

    start: date


@attrs.frozen
class FreedomUnused(Value):
    """It may be done, and has not been: nobody is held to it."""


@attrs.frozen
class NotALeaver(Value):
    """It is for leavers, and the pupil has not left."""


@attrs.frozen
class Left(Value):
    """It is for those on roll, and the pupil left on that day."""

    on: date


@attrs.frozen
class OtherYearGroup(Value):
    """The pupil was in another year group on the day that counts."""

    year_group: int


@attrs.frozen
class OtherAge(Value):
    """The pupil was of another age on the day that counts."""

    age: int


@attrs.frozen
class AttributeNot(Value):
    """What `of` (pupil, school or a kind of record) says of itself is not what is wanted."""

    of: str
    wanted: Condition
    value: vocabulary.Value


@attrs.frozen
class NoneOf(Value):
    """`of` passes none of several lists of tests, of which one would do."""

    of: str
    alternatives: tuple[tuple[Condition, ...], ...]


@attrs.frozen
class YearsNotTaught(Value):
    """It is about pupils of year groups of which the school has none."""

    years: tuple[int, ...]


@attrs.frozen
class AboveYearsTaught(Value):
    """The window opens after the school's highest year group."""

    highest: int


@attrs.frozen
class BelowYearsTaught(Value):
    """The window closes before the school's lowest year group."""

    lowest: int


@attrs.frozen
class RunsPastYearsTaught(Value):
    """The window is open still when the school's highest year group ends."""

    highest: int


@attrs.frozen
class JoinedAfterWindow(Value):
    """The pupil joined after the window had closed."""

    on: date


@attrs.frozen
class BeganBeforeJoining(Value):
    """It is kept from a day on that came before the pupil joined."""

    on: date


@attrs.frozen
class NotYetOnRoll(Value):
    """The pupil has still to join, on that day."""

    on: date


@attrs.frozen
class LeftBeforeWindow(Value):
    """The pupil left before the window opened."""

    on: date


@attrs.frozen
class LeftDuringWindow(Value):
    """The pupil left before the window closed."""

    on: date


#: Why a subject is not meant by an obligation, or not held to a window.
Outside: TypeAlias = (
    NotCalledFor
    | TimesApart
    | NothingFallsDue
    | SchoolShut
    | InForceLater
    | FreedomUnused
    | NotALeaver
    | Left
    | OtherYearGroup
    | OtherAge
    | AttributeNot
    | NoneOf
    | YearsNotTaught
    | AboveYearsTaught
    | BelowYearsTaught
    | RunsPastYearsTaught
    | JoinedAfterWindow
    | BeganBeforeJoining
    | NotYetOnRoll
    | LeftBeforeWindow
    | LeftDuringWindow
)

#: Why a finding has its verdict.
Reason: TypeAlias = (
    Enough
    | WithinLimit
    | StillOwed
    | NotOpen
    | TooFew
    | TooMany
    | Share
    | NoNumber
    | FactsMissing
    | Waived
    | Outside
)


def as_data(reason: Value) -> dict[str, Any]:
    """A reason as plain data: its `code`, and each field that says something.

    Dates are ISO, sets sorted lists, and a test a mapping of what it asks.

    >>> as_data(LeftBeforeWindow(on=date(2025, 5, 3)))
    {'code': 'left_before_window', 'on': '2025-05-03'}
    """
    return {"code": reason.code, **_fields(reason)}


def _fields(value: Any) -> dict[str, Any]:
    fields = attrs.asdict(value, recurse=False, filter=lambda field, _: bool(field.eq)).items()
    return {name: _plain(field) for name, field in fields if field is not None and field != ""}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Condition):
        return _fields(value)
    if isinstance(value, frozenset):
        return sorted(value, key=str)
    return [_plain(entry) for entry in value] if isinstance(value, tuple) else value
