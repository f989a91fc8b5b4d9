"""So many of what a duty counts: "at least two encounters with employers".

Stands on `described`; `doings` puts it into what somebody does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.english.described import Covered, agreeing, bounds_said, described, prohibited
from careerspolicy.english.phrases import attribute_phrases, kind_phrases
from careerspolicy.english.wording import a, plural, times
from careerspolicy.model.duty import Bound, Count, Covers, Distinct, Total
from careerspolicy.model.schedule import Vaguely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.english.described import Description
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.population import Condition
    from careerspolicy.vocabulary import Kind, Vocabulary

_PREPOSITION: Final = re.compile(r"(?:across|over|throughout|during|in|at|for|from|with|by|as)\b")
_OF_THEM: Final = re.compile(
    r"(?!an? (?:few|little|(?:good|great) many)\b)(?:an?|the|\d\S*|one|half|plenty|lots|dozens)\b"
)
_PLURAL: Final = re.compile(r" \w+s$")
_SAME: Final = re.compile(r"^(?:with|in|on|by|for|from|at|of|held in|about) the same (.+)$")


#: As many as are counted where a policy gives no number.
_ONE: Final = Bound(at_least=1)


def covered(duty: Duty, vocabulary: Vocabulary) -> Covered | None:
    """The range that a duty's records must cover between them; None where it asks for none."""
    if not isinstance(duty.measure, Covers):
        return None
    return Covered.by(vocabulary.kinds[duty.records.kind], duty.measure, duty.bound)


def things(duty: Duty, vocabulary: Vocabulary, conditions: Iterable[Condition]) -> tuple[str, str]:
    """So many of what is owed, as these conditions describe them; and what is said of them last."""
    kind = vocabulary.kinds[duty.records.kind]
    told = described(kind, conditions, covered(duty, vocabulary))
    if duty.further_to:
        told.before.insert(0, "further")
    return _so_many(duty, told, kind), agreeing(", ".join(told.tail), many=True)


def counted_noun(
    kind_name: str, conditions: Iterable[Condition], vocabulary: Vocabulary, amount: float
) -> str:
    """Records of a kind that pass some tests, for an amount, as promises name them.

    For example "meaningful encounters with employers".
    """
    told, many = described(vocabulary.kinds[kind_name], conditions, None), amount != 1
    return " ".join((told.of(many=many), *(agreeing(tail, many=many) for tail in told.tail)))


def _so_many(duty: Duty, told: Description, kind: Kind) -> str:
    measure, bound = duty.measure, duty.bound
    if isinstance(measure, Covers):
        whole = kind_phrases(kind).whole and bool(told.tail)
        return a(told.of(many=False)) if whole else told.of(many=True)
    if isinstance(measure, Total):
        return f"{told.of(many=True)} {_totalling(measure, bound, kind)}"
    if bound.vague:
        return _vaguely(duty, told, kind)
    if prohibited(bound):
        return f"{a(told.of(many=False))}{_different(measure, bound, kind)}"
    return f"{_counted(duty, told)}{_different(measure, bound, kind)}"


def _counted(duty: Duty, told: Description) -> str:
    bound = duty.bound
    if not bound.stated and bound == _ONE:
        often = isinstance(duty.schedule, Vaguely)
        return told.of(many=True) if often else a(told.of(many=False))
    last = bound.at_most if bound.at_most is not None else bound.at_least
    return f"{bounds_said(bound)} {told.of(many=last != 1)}"


def _totalling(measure: Total, bound: Bound, kind: Kind) -> str:
    phrases = attribute_phrases(measure.attribute, kind)
    if prohibited(bound):
        return phrases.total.replace("{bound}", "more than zero")
    return phrases.total.replace("{bound}", bounds_said(bound))


def _different(measure: object, bound: Bound, kind: Kind) -> str:
    """What is asked of how they differ: ", not all with the same providers"."""
    if not isinstance(measure, Distinct):
        return ""
    same = attribute_phrases(measure.attribute, kind).same
    if bound.at_least == 2 and bound.at_most is None:
        return f", not all {same}"
    if (bound.at_least or 0) > 2 and bound.at_most is None:
        return f", no two of them {same}"
    return f", counting those {same} as one"


def _vaguely(duty: Duty, told: Description, kind: Kind) -> str:
    """An amount that the policy gives in words: "a range of encounters", "sufficient visits"."""
    words = duty.bound.vague
    if not isinstance(duty.measure, Distinct):
        return with_vague(words, told.of(many=True))
    phrases = attribute_phrases(duty.measure.attribute, kind)
    if told.company is not None and phrases.told.get("vague") and _OF_THEM.match(words):
        told.company_before.insert(0, f"{words} of")
        return told.of(many=True)
    return f"{with_vague(words, told.of(many=True))}, {different(phrases.same)}"


def different(same: str) -> str:
    """The opposite of being alike: "in the same subject" becomes "in different subjects"."""
    found = _SAME.match(same)
    if not found:
        return f"not all {same}"
    noun = found[1] if found[1].endswith("s") else plural(found[1])
    return f"{same.partition(' the same ')[0]} different {noun}"


def with_vague(words: str, noun: str) -> str:
    """A noun with an amount in words, where such words belong.

    >>> with_vague("a range", "visits"), with_vague("sufficient", "visits")
    ('a range of visits', 'sufficient visits')
    >>> with_vague("multiple opportunities", "visits"), with_vague("over a week", "visits")
    ('multiple opportunities for visits', 'visits over a week')
    """
    if _PREPOSITION.match(words):
        return f"{noun} {words}"
    if words.endswith((" of", " for", " to")):
        return f"{words} {noun}"
    if _OF_THEM.match(words):
        return f"{words} of {noun.removeprefix('spells of ')}"
    return f"{words} for {noun}" if _PLURAL.search(words) else f"{words} {noun}"


def how_many_times(duty: Duty, vocabulary: Vocabulary) -> str:
    """The amount where no noun carries it: "at least twice"; empty for at least once."""
    kind, measure, bound = vocabulary.kinds[duty.records.kind], duty.measure, duty.bound
    if isinstance(measure, Covers) or prohibited(bound):
        return _different(measure, bound, kind).removeprefix(", ")
    if isinstance(measure, Total):
        return _totalling(measure, bound, kind)
    if bound.vague:
        return _vague_times(bound.vague, measure, kind)
    if isinstance(measure, Count) and bound.at_least == 1 and bound.at_most is None:
        return ""
    return f"{times_said(bound)}{_different(measure, bound, kind)}"


def times_said(bound: Bound) -> str:
    """How many times: "at least twice", "exactly once"."""
    low, high = bound.at_least, bound.at_most
    if low is not None and low == high:
        return f"exactly {times(low)}"
    told = (("at least", low), ("at most", high))
    return " and ".join(f"{words} {times(n)}" for words, n in told if n is not None)


def _vague_times(words: str, measure: object, kind: Kind) -> str:
    if not isinstance(measure, Distinct):
        return with_vague(words, "times").removesuffix(" times") or words
    phrases = attribute_phrases(measure.attribute, kind)
    said = different(phrases.same)
    first, _, noun = said.partition(" ")
    return f"{first} {with_vague(words, noun)}"
