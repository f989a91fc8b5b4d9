"""What lint and policy tests found, seen: lines and dots for people, SARIF and JUnit for hosts."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from careerspolicy.cases.cases import Outcome, computed
from careerspolicy.checks.checking import RULES, LintedFile, Rule, totals
from careerspolicy.checks.issues import SEVERITIES, Issue
from careerspolicy.evaluation import Verdict
from careerspolicy.views import tree
from careerspolicy.views.words import FORMAT, VERDICT_WORDS, coded, counted, fields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from careerspolicy.cases.cases import Results


#: Of a rule's notes in one file so many are told, so that errors aren't lost among them.
_NOTES_TOLD: Final = 3


def lint_view(linted: Sequence[LintedFile]) -> tree.View:
    """The issues of some files that stand; in the data the excluded ones too, with their reason.

    It has no title: what editors read begins with the first issue.
    """
    return tree.View(
        title="", sections=lambda: tuple(_lint_sections(linted)), data=lambda: _lint_data(linted)
    )


def _lint_sections(linted: Sequence[LintedFile]) -> Iterator[tree.Block]:
    """The issues that stand, in file order; a count of each rule's; the totals."""
    standing = [issue for one in linted for issue in one.standing]
    if standing:
        by_rule = Counter(issue.rule for issue in standing).most_common()
        yield tree.Verbatim((*_lines(standing), ""))
        columns = tree.Column("Rule"), tree.Column("Issues", number=True)
        yield tree.Table(columns=columns, rows=[*map(tree.Row, by_rule)])
        yield tree.Verbatim(("",))
    found = totals(issue for one in linted for issue in one.issues)
    amounts = ", ".join(counted(found[severity], severity) for severity in SEVERITIES)
    excluded = f"; {found['excluded']} excluded with a reason" if found["excluded"] else ""
    yield tree.Paragraph(f"{counted(len(linted), 'file')}: {amounts}{excluded}")


def _lines(standing: Sequence[Issue]) -> Iterator[str]:
    notes: Counter[tuple[str, str]] = Counter()
    for issue in standing:
        if issue.severity != "note" or notes[issue.file, issue.rule] < _NOTES_TOLD:
            yield str(issue)
        notes[issue.file, issue.rule] += issue.severity == "note"
    for (file, rule), amount in notes.items():
        if amount > _NOTES_TOLD:
            more = counted(amount - _NOTES_TOLD, "more note")
            yield f"{file}: {rule}: {more}; --format json lists every one"


def _lint_data(linted: Sequence[LintedFile]) -> dict[str, Any]:
    files, pairs = [], [(file, one) for one in linted for file in one.files]
    for file, checked in pairs:
        issues = [
            {
                **fields(issue, "rule", "severity", "line", "column"),
                "obligation": issue.obligation or None,
                **fields(issue, "message", "mend"),
                "excluded": issue.excluded.reason if issue.excluded else None,
            }
            for issue in checked.issues
            if issue.file == file
        ]
        files.append({"file": file, "policy": checked.policy.id, "issues": issues})
    found = totals(issue for one in linted for issue in one.issues)
    return {"format": FORMAT, "files": files, "totals": found}


_HOME: Final = "https://careerspolicy.example/"
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def lint_sarif(linted: Sequence[LintedFile], version: str) -> str:
    """The findings as one run of the tool, which is at `version`; excluded ones are suppressed."""
    program = {"name": "careerspolicy", "version": version, "informationUri": _HOME}
    driver = {**program, "rules": [*map(_rule, RULES.values())]}
    results = [_result(issue) for one in linted for issue in one.issues]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    page = rule.explanation
    # What it finds: the first paragraph under the first heading of its page.
    blocks = (block for block in rule.page.strip().split("\n\n") if not block.startswith("#"))
    return {
        "id": rule.id,
        "name": rule.id.replace("-", " ").title().replace(" ", ""),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(next(blocks).split())},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(issue: Issue) -> dict[str, Any]:
    about = f"{issue.obligation}: " if issue.obligation else ""
    region = {"startLine": max(issue.line, 1), "startColumn": max(issue.column, 1)}
    place = {"artifactLocation": {"uri": _uri(issue.file)}, "region": region}
    result: dict[str, Any] = {
        "ruleId": issue.rule,
        "ruleIndex": [*RULES].index(issue.rule),
        "level": issue.severity,
        "message": {"text": f"{about}{issue.message}; {issue.mend}"},
        "locations": [{"physicalLocation": place}],
    }
    if issue.excluded:
        result["suppressions"] = [{"kind": "inSource", "justification": issue.excluded.reason}]
    return result


def _uri(file: str) -> str:
    """A relative reference where the file lies below the working folder, as hosts want it."""
    path = Path(file)
    if not path.is_absolute():
        return quote(PurePath(file).as_posix())
    here = Path.cwd()
    return quote(path.relative_to(here).as_posix()) if path.is_relative_to(here) else path.as_uri()


_DOTS: Final = 72
#: Of a longer policy only the obligations that lack something are told.
_FEW: Final = 30


def policy_tests_view(results: Sequence[Results]) -> tree.View:
    """The results of some files of tests, and what all of them come to."""
    cases = sum(len(file.outcomes) for file in results)
    failed = sum(len(file.failed) for file in results)
    lacking = sum(len(file.lacking) for file in results)
    totals = {"cases": cases, "passed": cases - failed, "failed": failed, "not_covered": lacking}
    outcome = f"{counted(cases, 'case')}: {cases - failed} passed, {failed} failed"
    return tree.View(
        title="Policy tests",
        sections=lambda: tuple(map(_file, results)),
        closing=[tree.Paragraph(f"{outcome}; {counted(lacking, 'obligation')} not covered")],
        data=lambda: {"format": FORMAT, "files": [*map(_file_data, results)], "totals": totals},
    )


def _file(results: Results) -> tree.Section:
    tests = results.tests
    title = f"{tests.file}: {counted(len(tests.cases), 'case')} of {tests.policy.id}"
    return tree.Section(title=title, blocks=tuple(_outcomes(results)))


def _outcomes(results: Results) -> Iterator[tree.Block]:
    dots = "".join("." if outcome.passed else "F" for outcome in results.outcomes)
    yield tree.Verbatim(tuple(dots[at : at + _DOTS] for at in range(0, len(dots), _DOTS)))
    yield tree.Verbatim(tuple(line for outcome in results.failed for line in _failure(outcome)))
    yield from _covered(results)
    if results.weakened is not None:
        left = [weaker for weaker in results.weakened if weaker.noticed_by is None]
        tried = len(results.weakened)
        noticed = f"{tried - len(left)} of {tried} weaker obligations noticed"
        yield tree.Paragraph(f"{noticed} ({results.score:.1f} %)")
        yield tree.bullets(
            f"not noticed: {weaker.obligation.id}: {weaker.change}" for weaker in left
        )


def _failure(outcome: Outcome) -> Iterator[str]:
    case = outcome.case
    yield f"FAILED {case.file}:{case.line}: {case.obligation}: {case.name}"
    yield from (f"  {failure}" for failure in outcome.failures)
    if case.because is not None:
        yield f"  the case says why: {case.because}"


def _covered(results: Results) -> Iterator[tree.Block]:
    """Obligations by verdicts: what is reached, and what is still to be."""
    tallies: dict[str, list[bool]] = {}
    for weaker in results.weakened or ():
        tallies.setdefault(weaker.obligation.id, []).append(weaker.noticed_by is not None)
    noticed = {name: f"{sum(each)} of {len(each)}" for name, each in tallies.items()}
    covered = results.coverage
    if len(covered) > _FEW and not noticed:
        covered = results.lacking
        yield tree.Paragraph(f"{len(results.coverage) - len(covered)} obligations covered")
    if covered:
        shown = [v for v in Verdict if any(v in one.reached | one.wanted for one in covered)]
        columns = [tree.Column("Obligation"), tree.Column("Cases", number=True)]
        columns += [tree.Column(VERDICT_WORDS[verdict].capitalize()) for verdict in shown]
        columns += [tree.Column("Weaker ones noticed")] if noticed else []
        rows = []
        for one in covered:
            marks = [
                "yes" if verdict in one.reached else "NO" if verdict in one.wanted else "-"
                for verdict in shown
            ]
            marks += [noticed.get(one.obligation.id, "")] if noticed else []
            rows.append(tree.Row((one.obligation.id, one.cases, *marks)))
        spoken = "Which verdicts are reached, by obligation"
        yield tree.Table(spoken=spoken, columns=tuple(columns), rows=rows)


def _file_data(results: Results) -> dict[str, Any]:
    data: dict[str, Any] = {
        "file": results.tests.file,
        "policy": results.tests.policy.id,
        "cases": [*map(_case_data, results.outcomes)],
        "coverage": [
            {
                "obligation": one.obligation.id,
                "computed": computed(one.obligation.duty),
                "cases": one.cases,
                "reached": _listed(one.reached),
                "wanted": _listed(one.wanted),
                "lacking": coded(one.lacking),
            }
            for one in results.coverage
        ],
    }
    if (weakened := results.weakened) is not None:
        noticed = [one.noticed_by and one.noticed_by.name for one in weakened]
        data["mutations"] = {
            "tried": len(weakened),
            "noticed": len(weakened) - noticed.count(None),
            "score": round(results.score or 0, 1),
            "changes": [
                {**fields(one, "obligation", "change"), "noticed_by": name}
                for one, name in zip(weakened, noticed, strict=True)
            ],
        }
    return data


def _case_data(outcome: Outcome) -> dict[str, Any]:
    return {
        **fields(outcome.case, "name", "obligation", "as_of", "line"),
        "passed": outcome.passed,
        "verdicts": _listed(outcome.reached),
        "failures": coded(outcome.failures),
        "because": "" if outcome.case.because is None else outcome.case.because,
    }


def _listed(verdicts: Collection[Verdict]) -> list[str]:
    return [verdict.value for verdict in Verdict if verdict in verdicts]


# JUnit is only written, never read: nothing hostile is parsed.


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
