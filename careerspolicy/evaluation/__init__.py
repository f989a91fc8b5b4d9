"""From a policy and facts to verdicts: `evaluate(policy, facts, as_of=...)` gives a `Report`."""

from careerspolicy.evaluation.findings import Finding, NearMiss, Subject, Verdict
from careerspolicy.evaluation.reference import evaluate
from careerspolicy.evaluation.report import Report, Summary

__all__ = ["Finding", "NearMiss", "Report", "Subject", "Summary", "Verdict", "evaluate"]
