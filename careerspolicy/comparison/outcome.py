"""All that one comparison comes to: last in comparison, and what its view is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from careerspolicy.comparison.adoption import Adoption
    from careerspolicy.comparison.comparing import Comparison
    from careerspolicy.comparison.versions import Changed
    from careerspolicy.solver.relations import PolicyRelation


@attrs.frozen(kw_only=True)
class Outcome:
    """A comparison, with what only some comparisons have.

    `changes` is None but for two versions of one policy, `adoption` None where no facts are given,
    `whole` None where nobody asked about all promises together.
    """

    comparison: Comparison
    changes: tuple[Changed, ...] | None = None
    adoption: Adoption | None = None
    whole: PolicyRelation | None = None
