"""`careerspolicy demo`: the trusts' policies over the example trust, and what to do next."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from careerspolicy.cli.inputs import facts_for, near, policies_named
from careerspolicy.cli.output import Destination, progress, write_view
from careerspolicy.evaluation import Report, evaluate
from careerspolicy.loading import example_facts, shipped_policies
from careerspolicy.model.policy import Of
from careerspolicy.views.report.demonstration import demonstration_view

if TYPE_CHECKING:
    from careerspolicy.model.facts import Facts

#: The policy whose next steps are shown, and a pupil of its school whose story is worth reading.
_POLICY: Final = "batley"
_PUPIL: Final = "A0081"


@click.command
def demo_command() -> None:
    """Hold every shipped policy of a trust against the example, and say what to do next."""
    shipped = policies_named(*shipped_policies())
    policies = [one for one in shipped if one.of is Of.TRUST]
    with progress(steps=1 + len(policies)) as begin:
        begin("reading the example")
        facts = facts_for(example_facts(), policies)
        as_of = max(school.as_at for school in facts.schools)
        reports = []
        for policy in policies:
            begin(f"evaluating {policy.id}")
            reports.append(evaluate(policy, facts, as_of=as_of))
    chosen = next((one for one in reports if one.policy.id == _POLICY), reports[0])
    try_next = _try_next(chosen, facts)
    view = demonstration_view(reports, chosen, facts.schools[0], try_next)
    write_view(view, Destination())


def _try_next(report: Report, facts: Facts) -> list[str]:
    program, where = _program(), near(example_facts().absolute())
    asked = f"{where} --policy {report.policy.id} --as-of {report.as_of.isoformat()}"
    return [
        f"{program} explain {asked} --pupil {_PUPIL}",
        f"{program} evaluate {asked} --school {facts.schools[0].urn} --verdict due",
    ]


def _program() -> str:
    """The command as it can be typed here, whether or not it is on the path."""
    if shutil.which("careerspolicy"):
        return "careerspolicy"
    script = Path(sys.argv[0])
    known = script.stem == "careerspolicy"
    return str(near(script.absolute())) if known else "python -m careerspolicy"
