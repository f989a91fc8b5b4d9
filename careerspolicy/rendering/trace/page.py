"""A trace as one page of HTML: the document on the left, the obligations on the right.

The page holds the words of the source document, because whoever made it has that document; it is
for reading, not for keeping in a repository.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from careerspolicy.model.policy import Accounted
from careerspolicy.rendering.templating import page_from
from careerspolicy.rendering.trace.text import address, outcome, place_address
from careerspolicy.tracing.accounts import Status
from careerspolicy.tracing.places import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from careerspolicy.tracing.accounts import Trace, Traced, TracedObligation
    from careerspolicy.tracing.places import Held


def trace_html(trace: Trace, *, templates: Path | None = None) -> str:
    """The page; `templates` is a user's folder, whose templates go before the shipped ones."""
    units = [_unit(n, one) for n, one in enumerate(trace.units)]
    shown: set[str] = set()
    rows = list(_rows(trace, units, shown))
    nowhere = [_card(one, full=True) for one in trace.obligations if one.obligation.id not in shown]
    return page_from(
        "trace.html.j2",
        templates=templates,
        trace=trace,
        statuses=[one.value for one in Status],
        states=[one.value for one in State],
        unsettled=[one for one in units if one["status"] == Status.OPEN.value],
        unsound=[_unsound(one) for one in trace.held if one.state is not State.CURRENT],
        rows=rows,
        nowhere=nowhere,
    )


def _rows(
    trace: Trace, units: Sequence[dict[str, Any]], shown: set[str]
) -> Iterator[dict[str, Any]]:
    """One row for each heading and each clause, with the obligations that stand on it."""
    by_id = {one.obligation.id: one for one in trace.obligations}
    anchored: set[int] = set()
    for n, (_, grouped) in enumerate(groupby(units, key=lambda unit: unit["row"])):
        told = list(grouped)
        first = min(unit["lines"][0] for unit in told)
        last = max(unit["lines"][1] for unit in told)
        ids = list(dict.fromkeys(name for unit in told for name in unit["obligations"]))
        lines = [line for line in range(first, last + 1) if line not in anchored]
        anchored.update(lines)
        yield {
            "anchor": f"row-{n}",
            "place": told[0]["place"].rpartition(" / s")[0] or told[0]["place"],
            "heading": told[0]["heading"],
            "first": first,
            "last": last,
            "line_anchors": lines,
            "units": told,
            "cards": [_card(by_id[name], full=name not in shown) for name in ids],
            "missing": list(dict.fromkeys(one for unit in told for one in unit["missing"])),
        }
        shown.update(ids)


def _unit(n: int, one: Traced) -> dict[str, Any]:
    return {
        "anchor": f"unit-{n}",
        "row": (one.section, one.clause, n if one.clause is None else -1),
        "heading": one.clause is None,
        "place": address(one),
        "lines": one.lines,
        "text": one.text,
        "status": one.status.value,
        "outcome": outcome(one),
        "obligations": one.obligations,
        "missing": one.missing,
    }


def _card(one: TracedObligation, *, full: bool) -> dict[str, Any]:
    told = one.obligation
    return {
        "full": full,
        "id": told.id,
        "title": told.title,
        "who": " and ".join(told.who),
        "strength": told.strength.value,
        "hedge": told.hedge,
        "note": told.note,
        "line": told.line,
        "state": one.state.value,
    }


def _unsound(one: Held) -> dict[str, Any]:
    place = one.place
    return {
        "owner": place.reason.value if isinstance(place, Accounted) else one.owner,
        "place": place_address(place),
        "state": one.state.value,
        "line": one.lines[0] if one.lines else 0,
    }
