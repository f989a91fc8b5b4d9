"""Results of policy tests, seen: a dot a case, what failed and why; and as JUnit XML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from careerspolicy.cases.running import Coverage, Outcome, computed
from careerspolicy.evaluation import Verdict
from careerspolicy.views.tree import Column, Paragraph, Row, Section, Table, Verbatim, View, bullets
from careerspolicy.views.words import FORMAT, VERDICT_WORDS, coded, counted, fields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from careerspolicy.cases.results import Results
    from careerspolicy.views.tree import Block


_DOTS: Final = 72
#: Of a longer policy only the obligations that lack something are told.
_FEW: Final = 30


def policy_tests_view(results: Sequence[Results]) -> View:
    """The results of some files of tests, and what all of them come to."""
    cases = sum(len(file.outcomes) for file in results)
    failed = sum(len(file.failed) for file in results)
    lacking = sum(len(file.lacking) for file in results)
    totals = {"cases": cases, "passed": cases - failed, "failed": failed, "not_covered": lacking}
    outcome = f"{counted(cases, 'case')}: {cases - failed} passed, {failed} failed"
    return View(
        title="Policy tests",
        sections=lambda: tuple(map(_file, results)),
        closing=[Paragraph(f"{outcome}; {counted(lacking, 'obligation')} not covered")],
        data=lambda: {"format": FORMAT, "files": [*map(_file_data, results)], "totals": totals},
    )


def _file(results: Results) -> Section:
    tests = results.tests
    title = f"{tests.file}: {counted(len(tests.cases), 'case')} of {tests.policy.id}"
    return Section(title=title, blocks=tuple(_outcomes(results)))


def _outcomes(results: Results) -> Iterator[Block]:
    dots = "".join("." if outcome.passed else "F" for outcome in results.outcomes)
    yield Verbatim(tuple(dots[at : at + _DOTS] for at in range(0, len(dots), _DOTS)))
    yield Verbatim(tuple(line for outcome in results.failed for line in _failure(outcome)))
    yield from _covered(results)
    if results.weakened is not None:
        left = [weaker for weaker in results.weakened if weaker.noticed_by is None]
        tried = len(results.weakened)
        noticed = f"{tried - len(left)} of {tried} weaker obligations noticed"
        yield Paragraph(f"{noticed} ({results.score:.1f} %)")
        yield bullets(f"not noticed: {weaker.obligation.id}: {weaker.change}" for weaker in left)


def _failure(outcome: Outcome) -> Iterator[str]:
    case = outcome.case
    yield f"FAILED {case.file}:{case.line}: {case.obligation}: {case.name}"
    yield from (f"  {failure}" for failure in outcome.failures)
    if case.because is not None:
        yield f"  the case says why: {case.because}"


def _covered(results: Results) -> Iterator[Block]:
    """Obligations by verdicts: what is reached, and what is still to be."""
    tallies: dict[str, list[bool]] = {}
    for weaker in results.weakened or ():
        tallies.setdefault(weaker.obligation.id, []).append(weaker.noticed_by is not None)
    noticed = {name: f"{sum(each)} of {len(each)}" for name, each in tallies.items()}
    covered = results.coverage
    if len(covered) > _FEW and not noticed:
        covered = results.lacking
        yield Paragraph(f"{len(results.coverage) - len(covered)} obligations covered")
    if covered:
        shown = [v for v in Verdict if any(v in one.reached | one.wanted for one in covered)]
        columns = [Column("Obligation"), Column("Cases", number=True)]
        columns += [Column(VERDICT_WORDS[verdict].capitalize()) for verdict in shown]
        columns += [Column("Weaker ones noticed")] if noticed else []
        yield Table(
            spoken="Which verdicts are reached, by obligation",
            columns=tuple(columns),
            rows=[
                Row(
                    (
                        one.obligation.id,
                        one.cases,
                        *(_mark(one, verdict) for verdict in shown),
                        *([noticed.get(one.obligation.id, "")] if noticed else []),
                    )
                )
                for one in covered
            ],
        )


def _mark(covered: Coverage, verdict: Verdict) -> str:
    if verdict in covered.reached:
        return "yes"
    return "NO" if verdict in covered.wanted else "-"


def _file_data(results: Results) -> dict[str, Any]:
    data: dict[str, Any] = {
        "file": results.tests.file,
        "policy": results.tests.policy.id,
        "cases": [*map(_case_data, results.outcomes)],
        "coverage": [*map(_coverage_data, results.coverage)],
    }
    if (weakened := results.weakened) is not None:
        changes = [
            {
                **fields(one, "obligation", "change"),
                "noticed_by": one.noticed_by and one.noticed_by.name,
            }
            for one in weakened
        ]
        data["mutations"] = {
            "tried": len(weakened),
            "noticed": sum(one.noticed_by is not None for one in weakened),
            "score": round(results.score or 0, 1),
            "changes": changes,
        }
    return data


def _case_data(outcome: Outcome) -> dict[str, Any]:
    return {
        **fields(outcome.case, "name", "obligation", "as_of", "line"),
        "passed": outcome.passed,
        "verdicts": _listed(outcome.reached),
        "failures": coded(outcome.failures),
        "because": outcome.case.because or "",
    }


def _coverage_data(covered: Coverage) -> dict[str, Any]:
    return {
        "obligation": covered.obligation.id,
        "computed": computed(covered.obligation.duty),
        "cases": covered.cases,
        "reached": _listed(covered.reached),
        "wanted": _listed(covered.wanted),
        "lacking": coded(covered.lacking),
    }


def _listed(verdicts: Collection[Verdict]) -> list[str]:
    return [verdict.value for verdict in Verdict if verdict in verdicts]


# Only written, never read: nothing hostile is parsed.


def results_junit(results: Sequence[Results]) -> str:
    """A suite for each file, a test case for each case."""
    root = ET.Element("testsuites", {"name": "careerspolicy test"} | _counts(results))
    for one in results:
        name = f"{one.tests.policy.id} ({one.tests.file})"
        suite = ET.SubElement(root, "testsuite", {"name": name} | _counts([one]))
        for outcome in one.outcomes:
            _case(suite, outcome, one.tests.policy.id)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _case(suite: ET.Element, outcome: Outcome, policy: str) -> None:
    case = outcome.case
    named = {"classname": f"{policy}.{case.obligation}", "name": case.name, "time": "0"}
    element = ET.SubElement(suite, "testcase", named)
    if outcome.passed:
        return
    failure = ET.SubElement(element, "failure", message=outcome.failures[0], type="verdict")
    lines = [f"{case.file}:{case.line}: {case.obligation}: {case.name}", *outcome.failures]
    failure.text = "\n".join([*lines, *([] if case.because is None else [case.because])])


def _counts(results: Sequence[Results]) -> dict[str, str]:
    cases = sum(len(one.outcomes) for one in results)
    failed = sum(len(one.failed) for one in results)
    amounts = {"tests": cases, "failures": failed, "errors": 0, "skipped": 0, "time": 0}
    return {name: str(amount) for name, amount in amounts.items()}
