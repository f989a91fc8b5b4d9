"""A policy's places held against its document: what is where it was, moved, changed or gone."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

import attrs

from careerspolicy.model.document import Accounted, Run, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from careerspolicy.model.policy import Policy
    from careerspolicy.tracing.document import Clause, Document, Key, Lines, Passage

Place: TypeAlias = Source | Accounted
#: For each fingerprint of a place, the passage that has it now.
_Matches: TypeAlias = "Sequence[Passage | None]"

#: How many clauses further on a changed text is still taken for the one that stood there.
_NEAR = 3


class State(Enum):
    """Whether what a place names is as it was when it was reviewed."""

    CURRENT = "current"
    SUSPECT = "suspect"
    LOST = "lost"


@attrs.frozen(kw_only=True)
class Held:
    """One place held against the document: the passages that it covers, and their state.

    `owner` is the obligation's id, empty for a place that promises nothing; `path` is where the
    place stands in the policy file's tree. `moved` tells that text was found elsewhere.
    """

    owner: str
    place: Place
    path: tuple[str | int, ...]
    named: tuple[Passage, ...] = ()
    covers: tuple[Passage, ...] = ()
    state: State = State.CURRENT
    moved: bool = False

    @property
    def address(self) -> str:
        """Where it points: section / clause / sentence."""
        clause, sentence = self.place.clause, self.place.sentence
        parts = (self.place.section, str(clause or ""), f"s{sentence}" if sentence else "")
        return " / ".join(filter(None, parts))

    @property
    def names(self) -> frozenset[str]:
        """What changed text is accepted by, once it is reviewed: its owner, or its address."""
        return frozenset(filter(None, (self.owner, self.address)))

    @property
    def lines(self) -> Lines | None:
        """The first and last line of what it covers, or of what stands where it was."""
        lines = [passage.lines for passage in self.covers or self.named]
        if not lines:
            return None
        return (min(first for first, _ in lines), max(last for _, last in lines))


def hold(policy: Policy, document: Document) -> tuple[Held, ...]:
    """Every place of a policy, in the file's order, held against the document."""
    addresses = Addresses(document)
    entries = [
        Held(owner=owner, place=place, path=path, named=addresses.named(place))
        for owner, place, path in _places(policy)
    ]
    return _Matching(entries, document).run()


def _places(policy: Policy) -> Iterator[tuple[str, Place, tuple[str | int, ...]]]:
    """Each place with the obligation that owns it, and its path in the file's tree."""
    for n, obligation in enumerate(policy.obligations):
        many = len(obligation.source) > 1
        for m, place in enumerate(obligation.source):
            path = ("obligations", n, "source")
            yield obligation.id, place, (*path, m) if many else path
    for n, item in enumerate(policy.clauses):
        yield "", item, ("clauses", n)


class Addresses:
    """A document's clauses by the places that name them.

    A section answers to its names, a paragraph to the number printed before it; where that is
    named, positions count from the paragraph on.
    """

    def __init__(self, document: Document) -> None:
        within: defaultdict[str, list[Clause]] = defaultdict(list)
        for clause in document.clauses:
            within[clause.section].append(clause)
        sections: dict[str, Sequence[Clause]] = {}
        names: dict[str, Sequence[Clause]] = {}
        below: Sequence[Clause] = ()  # what is only a heading answers with the section under it
        for section in reversed(document.sections):
            below = within[section.name] or below
            names[_key(section.name)] = below
            sections.update((_key(name), below) for name in section.names)
        self._sections = {**sections, **names}
        runs = reversed(_numbered_runs(document.clauses))
        self._paragraphs = {_key(run[0].printed): run for run in runs}

    def named(self, place: Place) -> tuple[Passage, ...]:
        """The clauses or sentences at a place; none if the document has no such place."""
        key = _key(place.section)
        clauses = self._sections.get(key, self._paragraphs.get(key, ()))
        if place.clause is not None:
            run = Run.parse(str(place.clause))
            clauses = clauses[run.first - 1 : run.last]
        elif key not in self._sections:
            clauses = clauses[:1]
        elif place.sentence:
            return ()
        if place.sentence is None:
            return tuple(clauses)
        first, last = place.sentence.first - 1, place.sentence.last
        return tuple(sentence for clause in clauses for sentence in clause.sentences[first:last])


def _numbered_runs(clauses: Sequence[Clause]) -> list[list[Clause]]:
    """Each clause with a printed number such as 5.3, and those after it up to the next such one."""
    runs: list[list[Clause]] = []
    for clause in clauses:
        if "." in clause.printed:
            runs.append([clause])
        elif runs and clause.section == runs[-1][0].section:
            runs[-1].append(clause)
    return runs


def _key(name: str) -> str:
    """A name as it is compared: letters, digits and inner full stops."""
    return "".join(sign for sign in name.casefold() if sign.isalnum() or sign == ".").strip(".")


class _Matching:
    """Text is looked for first where it was, then among what nobody else has found."""

    def __init__(self, entries: Sequence[Held], document: Document) -> None:
        self._entries = entries
        self._document = document
        self._sentences = [part for clause in document.clauses for part in clause.sentences]
        self._by_print = (_by_print(document.clauses), _by_print(self._sentences))
        self._claimed: defaultdict[Key, set[Key]] = defaultdict(set)
        self._known = {digest for entry in entries for digest in entry.place.fingerprint}

    def run(self) -> tuple[Held, ...]:
        """The entries with what they cover and their state."""
        in_place = []
        for entry in self._entries:  # two clauses at one place can have the same words
            here = _by_print(entry.named)
            prints = entry.place.fingerprint
            in_place.append([here[print_].pop(0) if here[print_] else None for print_ in prints])
        self._claim(in_place)
        anywhere = [*map(self._anywhere, self._entries, in_place)]
        self._claim(anywhere)
        return tuple(map(self._concluded, self._entries, anywhere))

    def _claim(self, matches: Sequence[_Matches]) -> None:
        for entry, passages in zip(self._entries, matches, strict=True):
            for passage in passages:
                for sentence in passage.sentences if passage else ():
                    self._claimed[sentence.key].add(_address(entry))

    def _anywhere(self, entry: Held, in_place: _Matches) -> _Matches:
        """What was not at the place is looked for in the rest of the document, nearest first."""
        taken = {passage.key for passage in in_place if passage}
        matches: list[Passage | None] = []
        for digest, here in zip(entry.place.fingerprint, in_place, strict=True):
            alike = self._by_print[entry.place.sentence is not None][digest]
            free = [there for there in alike if there.key not in taken]
            free = [there for there in free if not self._is_anothers(None, there)]
            passage = here or min(free, key=self._distance(entry), default=None)
            taken |= {passage.key} if passage else set()
            matches.append(passage)
        return matches

    def _distance(self, entry: Held) -> Callable[[Passage], tuple[bool, int]]:
        """How far a passage is from where an entry's text was."""
        was = self._document.clause_of(entry.named[0]) if entry.named else None
        section, at = (was.section, was.key[0]) if was else (entry.place.section, 0)

        def distance(passage: Passage) -> tuple[bool, int]:
            there = self._document.clause_of(passage)
            return (there.section != section, abs(there.key[0] - at))

        return distance

    def _concluded(self, entry: Held, matches: _Matches) -> Held:
        if not entry.place.fingerprint:
            state = State.CURRENT if entry.named else State.LOST
            return attrs.evolve(entry, covers=entry.named, state=state)
        kept = [passage for passage in matches if passage]
        keys = {passage.key for passage in kept}
        if len(kept) == len(matches):
            moved = not keys <= {passage.key for passage in entry.named}
            return attrs.evolve(entry, covers=_ordered(kept), moved=moved)
        changed = self._changed(entry, keys)[: len(matches) - len(kept)]
        state = State.SUSPECT if kept or changed else State.LOST
        return attrs.evolve(entry, covers=_ordered([*kept, *changed]), state=state)

    def _changed(self, entry: Held, kept: set[Key]) -> list[Passage]:
        """The passages whose text has taken the place of what was reviewed."""
        here = [passage for passage in entry.named if passage.key not in kept]
        free = [passage for passage in here if not self._is_anothers(entry, passage)]
        if free or not here:
            return free
        distance = self._distance(entry)
        every = self._document.clauses if entry.place.sentence is None else self._sentences
        near = [
            passage
            for passage in every
            if distance(passage) <= (False, _NEAR)
            and passage.fingerprint not in self._known
            and not self._is_anothers(entry, passage)
        ]
        return sorted(near, key=distance)

    def _is_anothers(self, entry: Held | None, passage: Passage) -> bool:
        """Whether all that stands there was reviewed as the text of another place, or of any."""
        own = {_address(entry)} if entry else set()
        return all(self._claimed[sentence.key] - own for sentence in passage.sentences)


def _by_print(passages: Iterable[Passage]) -> defaultdict[str, list[Passage]]:
    by_print: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_print[passage.fingerprint].append(passage)
    return by_print


def _address(entry: Held) -> Key:
    """What entries at one place of the document have in common."""
    return entry.named[0].key if entry.named else (-1, hash(entry.place.fingerprint))


def _ordered(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    by_key = {passage.key: passage for passage in passages}
    return tuple(by_key[key] for key in sorted(by_key))
