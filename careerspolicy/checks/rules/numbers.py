"""The rule on numbers that a document gives and its policy file has lost.

It holds each sentence of the document against the promises that stand on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.school_calendar import KEY_STAGES
from careerspolicy.checks.issues import Fault
from careerspolicy.english.numbers import each, ends, key_stage, numbers_in
from careerspolicy.english.wording import listing
from careerspolicy.model.document import Run
from careerspolicy.model.duty import Verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.checks.issues import PolicyFile

#: What names or words a promise, or points elsewhere: a number in it is no more than said.
_NO_SLOTS: Final = frozenset(
    {"id", "title", "topic", "source", "does", "that", "who", "further_to", "near", "taken_from"}
)
_YEAR: Final = 4


def numbers_lost(file: PolicyFile) -> Iterator[Fault]:
    """A number of a sentence that stands in no slot and no note of the promises on it."""
    if file.trace is None:
        return
    dates = str(file.tree["document"]).replace("-", " ")  # 2025-06 is a date there, and no code
    in_head = {number for number in numbers_in(dates) if len(number) == _YEAR}
    written = file.tree["obligations"]
    held = {
        obligation.id: in_head.union(_held(obligation.duty.verb, tree))
        for obligation, tree in zip(file.policy.obligations, written, strict=True)
    }
    for unit in file.trace.units:
        there = frozenset[str]().union(*(held[owner] for owner in unit.obligations))
        lost = {one for one in numbers_in(unit.text) - there if not _is_said_by_years(one, there)}
        if unit.obligations and lost:
            first = unit.obligations[0]
            path = ("obligations", file.positions[first], "source")
            names = listing(sorted(lost, key=lambda number: (len(number), number)))
            message = f'line {unit.lines[0]} of the document says "{names}"; no slot or note has it'
            yield Fault(path, message, "give it a slot, or say in the note what it is", first)


def _is_said_by_years(number: str, held: frozenset[str]) -> bool:
    """Whether a number is a key stage whose years are there."""
    return any(number == key_stage(at) and {*ends(at)} <= held for at in KEY_STAGES)


def _held(verb: Verb, tree: Any) -> Iterator[str]:
    """The numbers of an obligation; what is to be counted is at least one."""
    if verb is not Verb.UPHOLD:
        yield "1"
    yield from _in_slots(tree, "")


def _in_slots(value: Any, slot: str) -> Iterator[str]:
    """The numbers in a value of a policy file at a slot, and in the slots within it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NO_SLOTS:
                yield from _in_slots(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _in_slots(inner, slot)
    elif slot == "each":
        yield each(value)
    elif slot == "key_stage":
        yield key_stage(value)
        yield from ends(value)
    elif slot in ("years", "ages"):
        run = Run.parse(value)
        yield from map(str, range(run.first, run.last + 1))
    else:
        yield from numbers_in(f"{slot} {value}" if slot == "every" else str(value))
