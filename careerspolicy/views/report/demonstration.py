"""Several policies over the same facts, side by side, and what one school does next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.evaluation import Verdict
from careerspolicy.views.report.groups import grouped
from careerspolicy.views.report.parts import VERDICT_COLUMNS, tally_cells
from careerspolicy.views.report.view import facts_told, to_do
from careerspolicy.views.tree import Column, Paragraph, Row, Section, Table, Verbatim, View
from careerspolicy.views.words import VERDICT_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.evaluation import Report
    from careerspolicy.model.facts import School

#: What the table of schools shows of each tally, so that it fits 80 columns.
_COMPACT: Final = (Verdict.MET, Verdict.DUE, Verdict.MISSED, Verdict.UNKNOWN)


def demonstration_view(
    reports: Sequence[Report], chosen: Report, school: School, try_next: Sequence[str]
) -> View:
    """Every policy's report, and what to do next at a school under one of them.

    `try_next` are commands that show more.
    """
    facts = chosen.facts
    return View(
        title=f"{facts.trusts[0]}, an example, on {in_words(chosen.as_of)}",
        dated=chosen.as_of,
        opening=[Paragraph(words=facts_told(facts))],
        sections=lambda: (
            Section(title="Every policy, every finding", blocks=(_policies(reports),)),
            Section(title="School by school", blocks=(_schools(reports),)),
            _next(chosen, school),
            Section(title="Try next", blocks=(Verbatim(tuple(try_next)),)),
        ),
    )


def _policies(reports: Sequence[Report]) -> Table:
    rows = [Row((one.policy.id, *tally_cells(one.summary.overall))) for one in reports]
    return Table(columns=(Column("Policy"), *VERDICT_COLUMNS), rows=rows)


def _schools(reports: Sequence[Report]) -> Table:
    """A row a school and policy."""
    rows = [
        Row(("" if n else school.name, report.policy.id, *(tally.get(v, 0) for v in _COMPACT)))
        for school in reports[0].facts.schools
        for n, report in enumerate(reports)
        for tally in [report.summary.by_school.get(school.urn, {})]
    ]
    figures = (Column(VERDICT_WORDS[one].capitalize(), number=True) for one in _COMPACT)
    return Table(columns=(Column("School"), Column("Policy"), *figures), rows=rows)


def _next(chosen: Report, school: School) -> Section:
    own = tuple(one for one in chosen.findings if one.subject.school == school.urn)
    report = attrs.evolve(chosen, findings=own)
    where = Paragraph(words=f"At {school.name}, under the policy {report.policy.id}.")
    told = to_do([report], grouped([report], room=0))
    title = "What a careers leader should do next"
    return attrs.evolve(told, title=title, blocks=(where, *told.blocks))
