"""The evaluation report as one page for a careers leader: what to do first, then all of it.

The page holds everything that it shows, and asks nothing of a network. It reads without
JavaScript; filters and sorting need it. `templates/report.html.j2` lays it out.
"""

from __future__ import annotations

import base64
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import attrs
from markupsafe import Markup

from careerspolicy.english.sentences import sentence
from careerspolicy.rendering.report.aggregate import across_schools, aggregate, number
from careerspolicy.rendering.report.glance import (
    BENCHMARKS,
    benchmark_words,
    heat_map,
    school_names,
    totals,
)
from careerspolicy.rendering.report.groups import (
    ROOM,
    Question,
    grouped,
    year_of,
    year_order,
    year_words,
)
from careerspolicy.rendering.report.half_term import half_terms
from careerspolicy.rendering.report.steps import steps
from careerspolicy.rendering.report.text import facts_told
from careerspolicy.rendering.templating import page_from
from careerspolicy.rendering.words import VERDICT_WORDS
from careerspolicy.suppression import USUAL_THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from careerspolicy.evaluation import Report, Verdict
    from careerspolicy.rendering.report.groups import Group

#: How filters call what serves no benchmark, and what a trust itself owes.
NO_BENCHMARK: Final = "none"
TRUST: Final = "trust"

#: Each question's heading, and what it holds.
QUESTIONS: Final[Mapping[Question, tuple[str, str]]] = {
    Question.SOON: (
        "Due this half term",
        "Not done yet; the last day for it is in this half term.",
    ),
    Question.MISSED: (
        "Missed",
        "The last day is past, or something that should be in place is not.",
    ),
    Question.LATER: ("Due later", "Not done yet; there is time after this half term."),
    Question.UNKNOWN: (
        "Not known",
        "The records do not say whether it was done. That is neither done nor missed.",
    ),
    Question.REST: (
        "Everything else, counted",
        "Met, upcoming, waived, or does not apply: how many, by year group.",
    ),
}


@attrs.frozen(kw_only=True)
class Promise:
    """One promise's row in the overview: its findings counted by verdict."""

    policy: str
    key: str
    title: str
    benchmark: int | None
    tally: Mapping[Verdict, int]


def report_page(
    reports: Sequence[Report], *, templates: Path | None = None, room: int = ROOM
) -> str:
    """The page of one report or several over the same facts.

    `templates` is a user's folder, whose templates go before the shipped ones. Names and reasons
    take up to `room` characters; the page says how many findings it only counts beyond that.
    Raises BrokenTemplate.
    """
    groups = grouped(reports, room=room)
    script = page_from("report.js", templates=templates)
    return page_from(
        "report.html.j2",
        templates=templates,
        **about(reports),
        steps=steps(reports, groups),
        totals=[row for report in reports for row in totals(report)],
        heat_maps=[heat_map(report) for report in reports],
        questions=QUESTIONS,
        groups=groups,
        promises=_promises(reports),
        findings=sum(len(report.findings) for report in reports),
        counted_only=_counted_only(groups),
        choices=_choices(reports),
        asks=sentence,
        script=Markup(script),  # noqa: S704 - the template's own text, with no value in it
        script_policy=policy_of(script),
    )


def aggregate_page(
    reports: Sequence[Report],
    *,
    threshold: int = USUAL_THRESHOLD,
    templates: Path | None = None,
) -> str:
    """The page without pupils: counts alone, those under the threshold hidden.

    `aggregate` says what is counted. Raises BrokenTemplate.
    """
    return page_from(
        "report_aggregate.html.j2",
        templates=templates,
        **about(reports),
        aggregates=[aggregate(report, threshold=threshold) for report in reports],
        across_schools=across_schools,
        number=number,
        threshold=threshold,
    )


def about(reports: Sequence[Report]) -> dict[str, Any]:
    """What every page and workbook of some reports says of itself."""
    first = reports[0]
    return {
        "whom": whom(first),
        "as_of": first.as_of,
        "policies": [report.policy for report in reports],
        "schools": _schools(reports),
        "half_terms": half_terms_told(reports),
        "facts_told": facts_told(first.facts).plain,
        "words": VERDICT_WORDS,
        "year_words": year_words,
        "benchmark_words": benchmark_words,
    }


def whom(report: Report) -> str:
    """Whose report it is: the school's if there is one, else the trusts'."""
    facts = report.facts
    return facts.schools[0].name if len(facts.schools) == 1 else " and ".join(facts.trusts)


def half_terms_told(reports: Sequence[Report]) -> list[dict[str, Any]]:
    """Which half term it is, told once for all the schools that share it."""
    names = _schools(reports)
    alike: dict[Any, list[str]] = {}
    for urn, half in half_terms(reports).items():
        alike.setdefault(half, []).append(names[urn])
    as_of = reports[0].as_of
    return [
        {
            "schools": schools if len(alike) > 1 else [],
            "last": half.last,
            "told": half.told(as_of),
            "doubt": half.doubt,
        }
        for half, schools in alike.items()
    ]


def _schools(reports: Sequence[Report]) -> Mapping[str, str]:
    return {urn: name for report in reports for urn, name in school_names(report).items()}


def policy_of(script: str) -> str:
    """What a page's security policy says so that this script runs, and no other."""
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _promises(reports: Sequence[Report]) -> list[Promise]:
    """Every promise that has a finding, in the order of its policy."""
    found: dict[tuple[int, str], Counter[Verdict]] = {}
    for position, report in enumerate(reports):
        for finding in report.findings:
            key = position, finding.obligation.id
            found.setdefault(key, Counter())[finding.verdict] += 1
    return [
        Promise(
            policy=report.policy.id,
            key=f"{position + 1}-{one.id}",
            title=one.title,
            benchmark=one.benchmark,
            tally=found[position, one.id],
        )
        for position, report in enumerate(reports)
        for one in report.policy.obligations
        if (position, one.id) in found
    ]


def _counted_only(groups: Mapping[Question, Sequence[Group]]) -> int:
    """How many findings that call for something are counted without a name, for want of room."""
    return sum(
        group.unnamed
        for question, found in groups.items()
        if question is not Question.REST
        for group in found
    )


def _choices(reports: Sequence[Report]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What the filters offer, by name and label: only what some finding has."""
    findings = [one for report in reports for one in report.findings]
    years = sorted({year_of(one.subject) for one in findings}, key=year_order)
    benchmarks = {one.obligation.benchmark for one in findings}
    names = _schools(reports)
    schools = {one.subject.school for one in findings}
    offered = [
        ("year", "Year group", [(one, year_words(one)) for one in years]),
        (
            "benchmark",
            "Benchmark",
            [
                (str(one or NO_BENCHMARK), benchmark_words(one))
                for one in BENCHMARKS
                if one in benchmarks
            ],
        ),
        ("state", "State", [(one.value, word.capitalize()) for one, word in VERDICT_WORDS.items()]),
        ("school", "School", [(urn, names.get(urn, "")) for urn in names if urn in schools]),
        ("policy", "Policy", [(one.policy.id, one.policy.trust) for one in reports]),
    ]
    if "" in schools:
        offered[3][2].append((TRUST, "The trust itself"))
    return [one for one in offered if len(one[2]) > 1]
