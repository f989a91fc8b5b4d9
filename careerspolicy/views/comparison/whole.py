"""How all that one policy asks stands to all that another does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.solver.implications import Implied
from careerspolicy.solver.relations import Standing
from careerspolicy.views.tree import Column, Paragraph, Row, Section, Table, bullets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.solver.implications import Implication, PolicyRelation

_SAID: Final = {
    Standing.EQUAL: "{left} and {right} ask the same.",
    Standing.STRICTER: "{left} asks all that {right} does, and more.",
    Standing.WEAKER: "{right} asks all that {left} does, and more.",
    Standing.INCOMPARABLE: "each of {left} and {right} asks something that the other does not.",
    Standing.UNDECIDED: "whether {left} or {right} asks more can't be decided: {why}.",
}
_COLUMNS: Final = (
    Column("The promises of"),
    Column("All", number=True),
    Column("Brought by the other", number=True),
    Column("Not", number=True),
    Column("Undecided", number=True),
)


def whole_section(whole: PolicyRelation) -> Section:
    """The relation in a sentence, how many promises it rests on, and which are not brought."""
    left, right = whole.left.id, whole.right.id
    told = _SAID[whole.kind].format(left=left, right=right, why=whole.why)
    asked = (right, left, whole.right_implied), (left, right, whole.left_implied)
    rows = [Row((owner, *_counts(implied))) for owner, _, implied in asked]
    lacking = (
        section for owner, other, implied in asked for section in _lacking(owner, other, implied)
    )
    return Section(
        title="All promises together",
        blocks=(
            Paragraph(words=f"As far as records measure, {told}"),
            Table(spoken="Which promises the other policy brings", columns=_COLUMNS, rows=rows),
            *lacking,
        ),
    )


def _counts(implied: Sequence[Implication]) -> tuple[int, ...]:
    kinds = [one.kind for one in implied]
    return (len(kinds), *(kinds.count(kind) for kind in Implied))


def _lacking(owner: str, other: str, implied: Sequence[Implication]) -> Iterator[Section]:
    lacking = [one.promise.obligation for one in implied if one.kind is Implied.NO]
    if lacking:
        told = bullets(f"{one.title} ({one.id})" for one in lacking)
        yield Section(title=f"What {owner} asks and {other} does not bring", blocks=(told,))
