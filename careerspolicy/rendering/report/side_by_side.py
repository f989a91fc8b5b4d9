"""Several policies over the same facts, side by side: all in all, and school by school."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from careerspolicy.evaluation import Verdict
from careerspolicy.rendering.tables import add_row, plain_table, tally_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from careerspolicy.evaluation import Report

#: What the table of schools shows of each tally, so that it fits 80 columns.
_COMPACT: Final = {
    Verdict.MET: "met",
    Verdict.DUE: "due",
    Verdict.MISSED: "missed",
    Verdict.UNKNOWN: "not known",
}


def comparison_text(reports: Sequence[Report]) -> Iterator[RenderableType]:
    """A row a policy, then a row a school and policy."""
    yield Text("Every policy, every finding", style="bold")
    yield tally_table(["policy"], [((one.policy.id,), one.summary.overall) for one in reports])
    yield Text()
    yield Text("School by school", style="bold")
    yield _schools(reports)


def _schools(reports: Sequence[Report]) -> RenderableType:
    table = plain_table(["school", "policy", *_COMPACT.values()], numbers=len(_COMPACT))
    for school in reports[0].facts.schools if reports else ():
        named = school.name
        for report in reports:
            tally: Mapping[Verdict, int] = report.summary.by_school.get(school.urn, {})
            cells = (f"{tally.get(verdict, 0):,}" for verdict in _COMPACT)
            add_row(table, named, report.policy.id, *cells)
            named = ""
        table.add_section()
    return table
