"""The words that every form of a comparison shares: parts, relations, who says what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.comparison.promises import Part
from careerspolicy.english.sentences import in_few_words
from careerspolicy.english.wording import listing
from careerspolicy.solver.relations import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.comparison.comparing import ComparedRow, Silence
    from careerspolicy.comparison.differences import Saying
    from careerspolicy.comparison.relating import Related
    from careerspolicy.model.duty import Duty
    from careerspolicy.solver.promises import Promise

#: What each part answers.
PART_WORDS: Final[Mapping[Part, str]] = {
    Part.WHO: "who owes it",
    Part.WHOM: "to whom",
    Part.WHAT: "what, how many",
    Part.WHEN: "by when",
    Part.HOW_OFTEN: "how often",
    Part.STRENGTH: "how strongly",
    Part.HEDGE: "with what hedge",
}
NOT_SAID: Final = "not said"


def few_words(promise: Promise) -> str:
    """A promise in a few words, with its hedge where it has one."""
    return in_few_words(promise.obligation, promise.policy)


def said_words(said: Saying) -> str:
    """What some policies say in one part, or that they don't."""
    return said.says or NOT_SAID


def alike(row: ComparedRow) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The promises of a row in a few words, policies of the same words together."""
    told: dict[str, list[str]] = {}
    for name, promise in row.promises.items():
        told.setdefault(few_words(promise), []).append(name)
    return tuple((tuple(policies), words) for words, policies in told.items())


def relations_told(relations: Iterable[Related]) -> tuple[tuple[str, str], ...]:
    """Relations folded into a few lines: which kind, and of whom it is true."""
    told = [one for one in relations if one.kind is not Standing.SILENT]
    lines = []
    if above := _above(told):
        asked = (f"{name} than {listing(below)}" for name, below in above.items())
        lines.append((ASKS_MORE, "; ".join(asked)))
    for kind, words in _ALIKE.items():
        pairs = [(one.left, one.right) for one in told if one.kind is kind]
        groups = _merged(pairs) if kind is Standing.EQUAL else pairs
        if groups:
            why = _why(told) if kind is Standing.UNDECIDED else ""
            lines.append((words, f"{_pairs_named(groups, len(pairs), len(told))}{why}"))
    return tuple(lines)


def _pairs_named(groups: Sequence[Sequence[str]], amount: int, of: int) -> str:
    """Which pairs it is true of; how many, where they are too many to name."""
    if amount == of > 1:
        return "any two of them"
    return f"{amount} of {of} pairs" if len(groups) > _NAMED else "; ".join(map(listing, groups))


#: So many pairs are named.
_NAMED: Final = 5


def _why(relations: Iterable[Related]) -> str:
    """Why some are undecided, where that takes no more than a few words."""
    why = dict.fromkeys(one.why for one in relations if one.doubt)
    return f", as {'; '.join(why)}" if 0 < len(why) <= _FEW else ""


#: So many reasons are told; the JSON tells them all.
_FEW: Final = 2


def witnesses_told(relations: Iterable[Related]) -> tuple[str, ...]:
    """The witnesses in sentences, each told once: what asks the same has the same ones."""
    told: dict[tuple[Duty, ...], str] = {}
    for one in relations:
        for shown in one.witnesses:
            duties = (shown.misses.duty, *(met.duty for met in shown.meets))
            told.setdefault(duties, shown.sentence)
    return tuple(told.values())


ASKS_MORE: Final = "asks more"
_ALIKE: Final = {
    Standing.EQUAL: "ask the same",
    Standing.INCOMPARABLE: "neither more",
    Standing.UNDECIDED: "not decided",
}


def _above(relations: Iterable[Related]) -> dict[str, list[str]]:
    """Whom each policy asks more than."""
    above: dict[str, list[str]] = {}
    for one in relations:
        if one.kind is Standing.STRICTER:
            above.setdefault(one.left, []).append(one.right)
        elif one.kind is Standing.WEAKER:
            above.setdefault(one.right, []).append(one.left)
    return above


def _merged(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Pairs of what is equal as groups: what equals the same is equal."""
    groups: list[dict[str, None]] = []
    for pair in pairs:
        touched = [group for group in groups if group.keys() & set(pair)]
        joined = {name: None for group in touched for name in group} | dict.fromkeys(pair)
        groups = [group for group in groups if group not in touched] + [joined]
    return [tuple(group) for group in groups]


def elsewhere_told(silence: Silence) -> str:
    """Where a policy that is silent promises something of the same kind; empty for nowhere."""
    near: dict[str, int] = {}
    for one in silence.elsewhere:
        near[one.obligation.topic] = near.get(one.obligation.topic, 0) + 1
    return ", ".join(near)
