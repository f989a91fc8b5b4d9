"""Results of policy tests as JUnit XML, which build servers show."""

from __future__ import annotations

from typing import TYPE_CHECKING

# Only written, never read: nothing hostile is parsed.
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.cases.results import Results
    from careerspolicy.cases.running import Outcome


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
    failure.text = "\n".join([*lines, *([case.because] if case.because else [])])


def _counts(results: Sequence[Results]) -> dict[str, str]:
    cases = sum(len(one.outcomes) for one in results)
    failed = sum(len(one.failed) for one in results)
    return {
        "tests": str(cases),
        "failures": str(failed),
        "errors": "0",
        "skipped": "0",
        "time": "0",
    }
