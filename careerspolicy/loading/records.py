"""What a file writes, as values: dates, runs, and plain records whose words are the fields' own.

The records are structured by cattrs. Duties, in which eight verbs become one shape, are not plain:
`shape` makes them by hand.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, override

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.model.duty import Duty
from careerspolicy.model.policy import InForce, Run
from careerspolicy.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


def structured(tree: Any, record: type[_T]) -> _T:
    """The record that a tree of the same words describes."""
    return _converter().structure(tree, record)


def parsed(parse: Callable[[Any], _T], written: Any) -> _T | None:
    """What something stands for; None where it can't be read so."""
    try:
        return parse(written)
    except (TypeError, ValueError):
        return None


def several(written: _T | list[_T] | tuple[_T, ...]) -> tuple[_T, ...]:
    """One value or several, as several."""
    return tuple(written) if isinstance(written, (list, tuple)) else (written,)


def year_groups(written: int | str | list[int | str]) -> tuple[int, ...]:
    """The year groups of `10`, `8-13` or `[7, 10-11]`, in order.

    >>> year_groups([7, "10-11"])
    (7, 10, 11)
    """
    listed: tuple[int | str, ...] = several(written)
    runs = [Run.parse(run) for run in listed]
    return tuple(sorted({year for run in runs for year in range(run.first, run.last + 1)}))


@lru_cache(maxsize=1)
def _converter() -> Converter:
    converter = Converter(detailed_validation=False)
    for kind in (Duration, PartialDate, Run):
        converter.register_structure_hook(kind, lambda text, kind: kind.parse(text))
    converter.register_structure_hook_func(
        lambda kind: kind in (Duty, Vocabulary), lambda made, _: made
    )
    converter.register_structure_hook_func(
        lambda kind: kind == tuple[str, ...], lambda words, _: tuple(map(str, several(words)))
    )
    in_force = make_dict_structure_fn(InForce, converter, start=override(rename="from"))
    converter.register_structure_hook(InForce, in_force)
    return converter
