"""Careers policies of English schools and trusts as data: load one, hold it to facts, ask why.

The public names and nothing else. Each is imported when it is first used, so that importing the
package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from careerspolicy.english.findings import because
    from careerspolicy.errors import (
        CareersPolicyError,
        InvalidFacts,
        InvalidPolicy,
        Problem,
        UnknownName,
        UnusableInput,
    )
    from careerspolicy.evaluation import Finding, Report, Verdict, evaluate
    from careerspolicy.loading import load_policy, read_policy, shipped_policies
    from careerspolicy.model.facts import Facts, Pupil, Record, School, Waiver
    from careerspolicy.model.policy import Obligation, Policy, Readings
    from careerspolicy.readers import facts_from, load_facts

__all__ = [
    "CareersPolicyError",
    "Facts",
    "Finding",
    "InvalidFacts",
    "InvalidPolicy",
    "Obligation",
    "Policy",
    "Problem",
    "Pupil",
    "Readings",
    "Record",
    "Report",
    "School",
    "UnknownName",
    "UnusableInput",
    "Verdict",
    "Waiver",
    "because",
    "evaluate",
    "facts_from",
    "load_facts",
    "load_policy",
    "read_policy",
    "shipped_policies",
]

_HOMES = {
    "careerspolicy.errors": (
        "CareersPolicyError",
        "InvalidFacts",
        "InvalidPolicy",
        "Problem",
        "UnknownName",
        "UnusableInput",
    ),
    "careerspolicy.english.findings": ("because",),
    "careerspolicy.evaluation": ("Finding", "Report", "Verdict", "evaluate"),
    "careerspolicy.model.facts": ("Facts", "Pupil", "Record", "School", "Waiver"),
    "careerspolicy.loading": ("load_policy", "read_policy", "shipped_policies"),
    "careerspolicy.model.policy": ("Obligation", "Policy", "Readings"),
    "careerspolicy.readers": ("facts_from", "load_facts"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted((*globals(), *__all__))
