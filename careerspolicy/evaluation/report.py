"""What one evaluation comes to: every finding, and how many of each verdict."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from careerspolicy.evaluation.summaries import Summary, summarise

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.evaluation.findings import Finding
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy


@attrs.frozen(kw_only=True)
class Report:
    """Every finding of one policy over one set of facts on one day."""

    policy: Policy = attrs.field(repr=lambda policy: f"<{policy.id}>")
    facts: Facts = attrs.field(repr=False)
    as_of: date
    findings: tuple[Finding, ...] = attrs.field(repr=lambda found: f"<{len(found)} findings>")

    @cached_property
    def summary(self) -> Summary:
        """How many findings of each verdict: in all, and by school, year, benchmark and role."""
        return summarise(self.findings)

    def of(self, subject_id: str) -> tuple[Finding, ...]:
        """The findings about one subject, or about a pupil's own records."""
        return tuple(
            one for one in self.findings if subject_id in (one.subject.id, one.subject.pupil)
        )
