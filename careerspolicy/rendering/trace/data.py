"""A trace as JSON: addresses, lines and states; no word of the source document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.tracing.accounts import Trace, Traced, TracedObligation
    from careerspolicy.tracing.places import Held


def trace_json(trace: Trace) -> Iterator[str]:
    """The trace as JSON; its shape is `schemas/outputs/trace.yaml`."""
    yield json.dumps(trace_data(trace), indent=2, ensure_ascii=False)
    yield "\n"


def trace_data(trace: Trace) -> dict[str, Any]:
    """The trace as plain values."""
    return {
        "policy": trace.policy.id,
        "source": trace.source,
        "clauses": [_clause(one) for one in trace.units],
        "obligations": [_obligation(one) for one in trace.obligations],
        "totals": {**trace.totals, "percent": round(trace.share, 2)},
    }


def _clause(unit: Traced) -> dict[str, Any]:
    told: dict[str, Any] = {
        "section": unit.section,
        "clause": unit.clause,
        "sentence": unit.sentence,
        "lines": list(unit.lines),
        "status": unit.status.value,
        "obligations": list(unit.obligations),
        "reason": unit.reason or None,
    }
    if unit.of:
        told["of"] = unit.of
    if unit.missing:
        told["missing"] = list(unit.missing)
    return told


def _obligation(one: TracedObligation) -> dict[str, Any]:
    numbers = {n for first, last in one.lines for n in range(first, last + 1)}
    return {
        "id": one.obligation.id,
        "lines": sorted(numbers),
        "state": one.state.value,
        "places": [_place(held) for held in one.held],
    }


def _place(one: Held) -> dict[str, Any]:
    place = one.place
    return {
        "section": place.section,
        "clause": place.clause,
        "sentence": str(place.sentence) if place.sentence else None,
        "lines": list(one.lines) if one.lines else [],
        "state": one.state.value,
        "moved": one.moved,
    }
