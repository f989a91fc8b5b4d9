"""A witness as plain values: facts that meet some promises and miss another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.english.answers import witness_sentence

if TYPE_CHECKING:
    from careerspolicy.solver.witnesses import Witness


def witness_data(witness: Witness) -> dict[str, Any]:
    """Which promises it meets and misses, in a sentence, and the facts as YAML."""
    return {
        "meets": [one.obligation.id for one in witness.meets],
        "misses": witness.misses.obligation.id,
        "sentence": witness_sentence(witness),
        "as_of": witness.asked.isoformat(),
        "facts": witness.as_facts_yaml(),
    }
