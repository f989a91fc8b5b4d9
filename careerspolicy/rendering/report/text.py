"""A report for people: tallies by school and benchmark, and the obligations to look at first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import attrs
from rich.text import Text

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.evaluation import Verdict
from careerspolicy.evaluation.report import summarise
from careerspolicy.rendering.printable import printable
from careerspolicy.rendering.tables import add_row, plain_table, tally_table
from careerspolicy.rendering.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from rich.console import RenderableType

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Obligation, Policy

#: How many obligations each list shows before it says how many more there are.
SHOWN: Final = 8


@attrs.frozen(kw_only=True)
class Pressing:
    """The missed, or the due, findings of one obligation, and the last day that matters.

    For what is due, only those whose last day comes first; for what is missed, all.
    """

    obligation: Obligation
    findings: tuple[Finding, ...]
    day: date | None

    @property
    def subjects(self) -> str:
        """Whom or what they are about, counted: "34 pupils"."""
        first = self.findings[0]
        kind = first.vocabulary.kinds[first.subject.kind]
        amount = len({finding.subject.id for finding in self.findings})
        return counted(amount, kind.singular, kind.plural)


def report_text(report: Report) -> Iterator[RenderableType]:
    """A report as text and tables, to be printed one after another."""
    yield heading(report.policy, report.as_of)
    if not report.findings:
        yield Text("\nNothing to show: no finding passes these filters.\n")
        return
    yield Text()
    yield _by_school(report)
    if report.summary.by_benchmark:
        yield Text()
        yield _by_benchmark(report)
    yield from _listed("Missed", missed(report.findings), "last day", "missed")
    yield from _listed("Due first", due_soonest(report.findings), "by", "due")
    yield Text()


def heading(policy: Policy, as_of: date) -> Text:
    """The line that says which policy, whose, and on what day."""
    title = printable(f"{policy.trust}: {policy.document.title}")
    return Text.assemble((policy.id, "bold"), f" | {title} | on {in_words(as_of)}")


def facts_told(facts: Facts) -> Text:
    """One line on what the facts hold, and what their reader doubted or left out."""
    warned = sum(1 for told in facts.warnings if told.severity == "warning")
    told = ", ".join(
        (
            counted(len(facts.schools), "school"),
            counted(len(facts.pupils), "pupil"),
            counted(len(facts.records), "record"),
            counted(warned, "warning"),
            counted(facts.rejected, "rejected row"),
        )
    )
    return Text(f"Facts: {told}.")


def missed(findings: Iterable[Finding]) -> list[Pressing]:
    """What was missed, by obligation: the most findings first."""
    found = _by_obligation(findings, Verdict.MISSED)
    pressing = [
        Pressing(obligation=each[0].obligation, findings=tuple(each), day=_last_end(each))
        for each in found
    ]
    return sorted(pressing, key=lambda one: -len(one.findings))


def due_soonest(findings: Iterable[Finding]) -> list[Pressing]:
    """What is due, by obligation: the soonest last day first, those without one at the end."""
    pressing = []
    for each in _by_obligation(findings, Verdict.DUE):
        day = min((one.due for one in each if one.due is not None), default=None)
        soonest = tuple(one for one in each if one.due == day)
        pressing.append(Pressing(obligation=each[0].obligation, findings=soonest, day=day))
    return sorted(pressing, key=lambda one: (one.day is None, one.day, -len(one.findings)))


def _by_obligation(findings: Iterable[Finding], verdict: Verdict) -> list[list[Finding]]:
    grouped: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.verdict is verdict:
            grouped[finding.obligation.id].append(finding)
    return list(grouped.values())


def _last_end(findings: Iterable[Finding]) -> date | None:
    """The latest day by which one of them was to be done; None for standing duties."""
    ends = (one.window.end for one in findings if one.window.end and one.window.end <= one.as_of)
    return max(ends, default=None)


def _by_school(report: Report) -> RenderableType:
    names = {school.urn: f"{school.name} ({school.urn})" for school in report.facts.schools}
    by_school = report.summary.by_school
    rows = [((names.get(urn, urn),), tally) for urn, tally in by_school.items()]
    beyond = [one for one in report.findings if not one.subject.school]
    if beyond:
        rows.append((("The trust itself",), summarise(beyond).overall))
    if len(rows) > 1:
        rows.append((("In all",), report.summary.overall))
    return tally_table(["School"], rows)


def _by_benchmark(report: Report) -> RenderableType:
    rows = [((str(n),), tally) for n, tally in report.summary.by_benchmark.items()]
    beyond = [one for one in report.findings if one.obligation.benchmark is None]
    if beyond:
        rows.append((("none",), summarise(beyond).overall))
    return tally_table(["Benchmark"], rows)


def _listed(
    title: str, pressing: Sequence[Pressing], day: str, verdict: str
) -> Iterator[RenderableType]:
    if not pressing:
        return
    yield Text(f"\n{title}", style="bold")
    table = plain_table(["whom", day, "obligation"])
    for one in pressing[:SHOWN]:
        said = in_words(one.day) if one.day else "no set day"
        add_row(table, one.subjects, said, f"{one.obligation.title} ({one.obligation.id})")
    yield table
    more = len(pressing) - SHOWN
    if more > 0:
        yield Text(f"and {counted(more, 'more obligation')}.")
    yield Text(f"To see each finding: --verdict {verdict} --format csv")
