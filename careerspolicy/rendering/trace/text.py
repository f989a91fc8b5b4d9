"""A trace for a terminal: totals, then what is open, suspect or lost, or everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.model.policy import Accounted
from careerspolicy.rendering.printable import printable
from careerspolicy.rendering.words import counted
from careerspolicy.tracing.accounts import Status
from careerspolicy.tracing.places import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.tracing.accounts import Trace, Traced
    from careerspolicy.tracing.places import Held, Place


def trace_text(trace: Trace, *, everything: bool = False) -> Iterator[str]:
    """The trace line by line; `everything` lists each unit, so that every address can be seen."""
    shown = [one for one in trace.units if everything or one.status is Status.OPEN]
    for line in (*_totals(trace), *_unsound(trace), *map(unit_line, shown)):
        yield f"{printable(line)}\n"


def unit_line(unit: Traced) -> str:
    """One unit: its lines, its address, what became of it, and its words."""
    words = " ".join(unit.text.split())
    return f"{_lines(unit.lines)}  {address(unit)}  {outcome(unit)}  | {words}"


def address(unit: Traced) -> str:
    """Where a unit stands: section / clause / sentence; a heading only names its section."""
    if unit.clause is None:
        return unit.section
    printed = f" [{unit.printed}]" if unit.printed else ""
    return f"{unit.section} / {unit.clause}{printed} / s{unit.sentence}"


def place_address(place: Place) -> str:
    """Where a policy's place points, in the same form."""
    parts = [place.section]
    if place.clause is not None:
        parts.append(str(place.clause))
    if place.sentence is not None:
        parts.append(f"s{place.sentence}")
    return " / ".join(parts)


def outcome(unit: Traced) -> str:
    """What became of a unit, in a few words."""
    if unit.obligations:
        return f"{unit.status.value}: {', '.join(unit.obligations)}"
    if unit.reason:
        of = f" of {unit.of}" if unit.of else ""
        return f"{unit.status.value.replace('_', ' ')}: {unit.reason}{of}"
    return unit.status.value


def _totals(trace: Trace) -> Iterator[str]:
    totals = trace.totals
    yield f"{trace.policy.id} against {trace.source}"
    parts = ", ".join(f"{totals[one.value]} {one.value.replace('_', ' ')}" for one in Status)
    yield f"{counted(totals['units'], 'unit')}: {parts} ({trace.share:.1f}% accounted for)"
    states = ", ".join(f"{totals[one.value]} {one.value}" for one in State)
    yield f"{counted(totals['obligations'], 'obligation')}: {states}"
    if totals["stale"]:
        yield f"{counted(totals['stale'], 'entry', 'entries')} of clauses: changed or gone"


def _unsound(trace: Trace) -> Iterator[str]:
    for one in trace.held:
        if one.state is not State.CURRENT:
            yield _held(one)
        elif one.moved:
            now = " and ".join(_lines(passage.lines) for passage in one.covers)
            yield f"moved  {_owner(one)}  {place_address(one.place)}  now at {now}"


def _held(one: Held) -> str:
    if one.state is State.LOST:
        return f"lost  {_owner(one)}  {place_address(one.place)}  is nowhere in this document"
    lines = _lines(one.lines) if one.lines else ""
    words = " ".join(passage.text for passage in one.covers)
    return f"suspect  {_owner(one)}  {place_address(one.place)}  {lines}  | {words}"


def _owner(one: Held) -> str:
    return one.place.reason.value if isinstance(one.place, Accounted) else one.owner


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"L{first}" if first == last else f"L{first}-{last}"
