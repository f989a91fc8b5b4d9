"""The rule on a sentence that two policies share and encode in two ways.

The same sentence has the same fingerprint, so policy files show it by themselves; what is nearly
the same needs both documents. Trusts begin with one model policy, and change a word here and there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from careerspolicy.english.numbers import numbers_in
from careerspolicy.english.wording import listing, number_in_words
from careerspolicy.model.document import Accounted, Reason
from careerspolicy.model.duty import Verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Sized

    from careerspolicy.checks.issues import Fault, PolicyFile
    from careerspolicy.model.document import Source
    from careerspolicy.model.policy import Obligation

#: The fingerprint of a sentence, or of a whole clause where the document is not at hand.
_Mark: TypeAlias = str
#: What is compared of an obligation, by name.
_Shape: TypeAlias = tuple[tuple[str, object], ...]

#: How much of their words two sentences have in common at the least, to be nearly the same.
_ALIKE: Final = 0.9
#: Of fewer words than these, one that differs makes another sentence.
_FEWEST: Final = 8
#: Words that say how strongly: sentences that differ in one of them promise different things.
_STRONGLY: Final = frozenset(
    {"must", "shall", "should", "may", "can", "could", "aim", "aims", "seek", "seeks", "possible"}
)
_WORD: Final = re.compile(r"https?://\S+|([a-z0-9]+)")


@attrs.frozen
class _Reading:
    """What a policy makes of its document, mark by mark.

    `whole` has the obligations that stand on just those marks of a section, the stem of a list left
    out, and whether those marks say how firmly; `alone` those that stand on one place without a
    stem; `nothing` why a mark promises nothing. `words` are empty without the document.
    """

    whole: dict[frozenset[_Mark], dict[Obligation, bool]] = attrs.field(factory=dict)
    alone: dict[_Mark, Obligation] = attrs.field(factory=dict)
    nothing: dict[_Mark, Reason] = attrs.field(factory=dict)
    words: dict[_Mark, str] = attrs.field(factory=dict)


def same_sentence(file: PolicyFile, other: PolicyFile) -> Iterator[Fault]:
    """Where two policies make different things of one sentence: told of the first of the two."""
    own, theirs = _reading(file), _reading(other)
    twins = _twins(own, theirs)
    for marks, mine in own.whole.items():
        there = theirs.whole.get(frozenset(twins.get(mark, mark) for mark in marks), {})
        if there and (apart := _apart(mine, there)):
            ids = listing([obligation.id for obligation in there])
            same = f'"{other.policy.id}" has the same sentence for {ids}'
            yield _fault(file, next(iter(mine)), same, apart)


def left_out(file: PolicyFile, other: PolicyFile) -> Iterator[Fault]:
    """Where one policy makes an obligation of a sentence, and another nothing of the same one."""
    own, theirs = _reading(file), _reading(other)
    twins = _twins(own, theirs)
    same = f'"{other.policy.id}" has the same sentence'
    for mark, mine in own.alone.items():
        if reason := theirs.nothing.get(twins.get(mark, mark)):
            yield _fault(file, mine, same, f'there it is "{reason.value}"')


def _fault(file: PolicyFile, obligation: Obligation, same: str, apart: str) -> Fault:
    mend = "encode both alike, or exclude it with the reason why they differ"
    return file.about(obligation, "source", f"{same}: {apart}", mend)


def _reading(file: PolicyFile) -> _Reading:
    sources: defaultdict[str, list[tuple[Source, frozenset[_Mark]]]] = defaultdict(list)
    reading = _Reading()
    for owner, place, texts in _places(file):
        reading.words.update(texts)
        if isinstance(place, Accounted):
            reading.nothing.update(dict.fromkeys(texts, place.reason))
        else:
            sources[owner].append((place, frozenset(texts)))
    encoded: set[_Mark] = set()
    for obligation in file.policy.obligations:
        places = sources[obligation.id]
        for section in dict.fromkeys(place.section for place, _ in places):
            here = [(place, marks) for place, marks in places if place.section == section]
            marks = _without_stem(here)
            encoded |= marks
            if marks:
                reading.whole.setdefault(marks, {})[obligation] = len(places) == 1
            if len(here) == 1:
                reading.alone.update(dict.fromkeys(marks, obligation))
    for mark, reason in [*reading.nothing.items()]:
        if mark in encoded or reason is Reason.DUPLICATE:
            del reading.nothing[mark]
    return reading


def _places(file: PolicyFile) -> Iterator[tuple[str, Source | Accounted, dict[_Mark, str]]]:
    """Each place with its owner, and its marks with their texts."""
    if file.trace:
        for held in file.trace.held:
            sentences = [one for passage in held.covers for one in passage.sentences]
            yield held.owner, held.place, {one.fingerprint: one.text for one in sentences}
        return
    for obligation in file.policy.obligations:
        for place in obligation.source:
            yield obligation.id, place, dict.fromkeys(place.fingerprint, "")
    for item in file.policy.clauses:
        yield "", item, dict.fromkeys(item.fingerprint, "")


def _without_stem(places: Sequence[tuple[Source, frozenset[_Mark]]]) -> frozenset[_Mark]:
    """The marks of places in one section; of several the first is the stem of a list."""
    _, *items = sorted(places, key=lambda pair: pair[0].clause or 0)
    return frozenset(mark for _, marks in items or places for mark in marks)


def _twins(own: _Reading, theirs: _Reading) -> dict[_Mark, _Mark]:
    """The marks of one reading whose sentences are nearly the same as one of the other's."""
    listed = [(mark, _words(text), numbers_in(text)) for mark, text in theirs.words.items() if text]
    twins: dict[_Mark, _Mark] = {}
    for mark, text in own.words.items():
        words, numbers = _words(text), numbers_in(text)
        nearest = _ALIKE
        for twin, others, amounts in listed if mark not in theirs.words else ():
            if numbers == amounts and (share := _in_common(words, others)) >= nearest:
                nearest, twins[mark] = share, twin
    return twins


def _words(text: str) -> list[str]:
    """A sentence's words; addresses of pages are none."""
    return [word for word in _WORD.findall(text.casefold()) if word]


def _in_common(words: list[str], others: list[str]) -> float:
    """How much of the words of two sentences is the same and in the same order, from 0 to 1."""
    mine, theirs = {*words}, {*others}
    if words == others:
        return 1
    if min(len(words), len(others)) < _FEWEST or (mine ^ theirs) & _STRONGLY:
        return 0
    if len(mine & theirs) < _ALIKE * len(mine | theirs) * _ALIKE:
        return 0  # the quick look, without their order
    return SequenceMatcher(None, words, others, autojunk=False).ratio()


def _apart(mine: Mapping[Obligation, bool], theirs: Mapping[Obligation, bool]) -> str:
    """In what the obligations on one sentence differ; empty if in nothing.

    How firmly is compared where it is the sentence that says it: not the stem of a list, nor
    another place that says the same.
    """
    firmly = all((*mine.values(), *theirs.values()))
    here = Counter(_shape(obligation, firmly=firmly) for obligation in mine)
    there = Counter(_shape(obligation, firmly=firmly) for obligation in theirs)
    if here == there:
        return ""
    if len(mine) != len(theirs):
        return f"there it makes {_counted(theirs)}, here {_counted(mine)}"
    (one, *_), (other, *_) = here - there, there - here
    apart = [what for (what, value), (_, others) in zip(one, other, strict=True) if value != others]
    return f"they differ in {listing(apart)}"


def _counted(obligations: Sized) -> str:
    amount = len(obligations)
    return f"{number_in_words(amount)} obligation{'s'[: amount != 1]}"


def _shape(obligation: Obligation, *, firmly: bool) -> _Shape:
    """What is compared of an obligation: not who owes it, nor of which schools, nor its words."""
    duty, people = obligation.duty, obligation.duty.population
    attested = duty.verb is Verb.UPHOLD
    return (
        ("how firmly", obligation.strength if firmly else None),
        ("the verb", duty.verb),
        ("what is counted", None if attested else (duty.records, duty.measure)),
        ("how much", duty.bound),
        ("when", None if attested else duty.schedule),
        ("for whom", (people.years, people.ages, people.roll, people.where, people.any_of)),
    )
