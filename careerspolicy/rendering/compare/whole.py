"""How all that one policy asks stands to all that another does, for people and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from careerspolicy.english.answers import undecided_clause
from careerspolicy.rendering.compare.witnesses import witness_data
from careerspolicy.rendering.printable import printable
from careerspolicy.rendering.tables import add_row, plain_table
from careerspolicy.solver.relations import Implied, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from careerspolicy.solver.relations import Implication, PolicyRelation

_SAID: Final = {
    Standing.EQUAL: "{left} and {right} ask the same.",
    Standing.STRICTER: "{left} asks all that {right} does, and more.",
    Standing.WEAKER: "{right} asks all that {left} does, and more.",
    Standing.INCOMPARABLE: "each of {left} and {right} asks something that the other does not.",
    Standing.UNDECIDED: "whether {left} or {right} asks more can't be decided: {why}.",
}


def whole_data(whole: PolicyRelation) -> dict[str, Any]:
    """The relation, and of each promise of either whether the other policy brings it."""
    return {
        "left": whole.left.id,
        "right": whole.right.id,
        "relation": whole.kind.value,
        "why": undecided_clause(whole.why),
        "left_brings": [_implication(one) for one in whole.right_implied],
        "right_brings": [_implication(one) for one in whole.left_implied],
    }


def _implication(one: Implication) -> dict[str, Any]:
    return {
        "obligation": one.promise.obligation.id,
        "brought": one.kind.value,
        "by": [promise.obligation.id for promise in one.by],
        "witness": witness_data(one.witness) if one.witness else None,
        "why": undecided_clause(one.why),
    }


def whole_text(whole: PolicyRelation) -> Iterator[RenderableType]:
    """The relation in a sentence, how many promises it rests on, and which are not brought."""
    left, right = printable(whole.left.id), printable(whole.right.id)
    why = printable(undecided_clause(whole.why))
    said = _SAID[whole.kind].format(left=left, right=right, why=why)
    yield Text("All promises together", style="bold")
    yield Text(f"As far as records measure, {said}")
    yield Text()
    table = plain_table(
        ["the promises of", "all", "brought by the other", "not", "undecided"], numbers=4
    )
    add_row(table, right, *_counts(whole.right_implied))
    add_row(table, left, *_counts(whole.left_implied))
    yield table
    for owner, other, told in (
        (right, left, whole.right_implied),
        (left, right, whole.left_implied),
    ):
        yield from _lacking(owner, other, told)


def _counts(told: Sequence[Implication]) -> tuple[str, ...]:
    kinds = [one.kind for one in told]
    return (f"{len(kinds):,}", *(f"{kinds.count(kind):,}" for kind in Implied))


def _lacking(owner: str, other: str, told: Sequence[Implication]) -> Iterator[RenderableType]:
    lacking = [one.promise.obligation for one in told if one.kind is Implied.NO]
    if lacking:
        yield Text()
        yield Text(f"What {owner} asks and {other} does not bring", style="bold")
        for one in lacking:
            yield Text(f"- {printable(one.title)} ({one.id})")
