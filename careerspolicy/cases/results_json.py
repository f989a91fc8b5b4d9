"""Results of policy tests as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from careerspolicy.cases.running import computed
from careerspolicy.evaluation import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from careerspolicy.cases.results import Results
    from careerspolicy.cases.running import Coverage, Outcome


def results_json(results: Sequence[Results]) -> str:
    """One document: a list of files, and totals over all of them."""
    cases = sum(len(one.outcomes) for one in results)
    failed = sum(len(one.failed) for one in results)
    lacking = sum(len(one.lacking) for one in results)
    totals = {"cases": cases, "passed": cases - failed, "failed": failed, "not_covered": lacking}
    told = {"format": 1, "files": [_file(one) for one in results], "totals": totals}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _file(results: Results) -> dict[str, Any]:
    told: dict[str, Any] = {
        "file": results.tests.file,
        "policy": results.tests.policy.id,
        "cases": [_case(one) for one in results.outcomes],
        "coverage": [_covered(one) for one in results.coverage],
    }
    if results.weakened is not None:
        told["mutations"] = {
            "tried": len(results.weakened),
            "noticed": sum(one.noticed_by is not None for one in results.weakened),
            "score": round(results.score or 0, 1),
            "changes": [
                {
                    "obligation": one.obligation.id,
                    "change": one.change,
                    "noticed_by": one.noticed_by and one.noticed_by.name,
                }
                for one in results.weakened
            ],
        }
    return told


def _case(outcome: Outcome) -> dict[str, Any]:
    case = outcome.case
    return {
        "name": case.name,
        "obligation": case.obligation,
        "as_of": case.as_of.isoformat(),
        "line": case.line,
        "passed": outcome.passed,
        "verdicts": _listed(outcome.reached),
        "failures": list(outcome.failures),
        "because": case.because,
    }


def _covered(covered: Coverage) -> dict[str, Any]:
    return {
        "obligation": covered.obligation.id,
        "computed": computed(covered.obligation.duty),
        "cases": covered.cases,
        "reached": _listed(covered.reached),
        "wanted": _listed(covered.wanted),
        "lacking": [verdict.value for verdict in covered.lacking],
    }


def _listed(verdicts: Collection[Verdict]) -> list[str]:
    return [verdict.value for verdict in Verdict if verdict in verdicts]
