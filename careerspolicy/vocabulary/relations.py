"""What follows from words: which are kinds of others, and what a value says of other attributes.

The shared relations stand in `relations.yaml`. What asks for a word (a test, a list to be covered)
carries its attribute's `Words`, so that everything that judges or compares goes by the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from careerspolicy.vocabulary.names import identity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

#: What an attribute can hold: plain YAML scalars, and a set of names for `several of` and `set`.
Value: TypeAlias = bool | int | float | str | frozenset[str]


@attrs.frozen(kw_only=True)
class Words:
    """How the words of one attribute stand for one another.

    `narrower` has, of each word that has any, it and every word that is a kind of it. Names that no
    list admits (`by_name`) are one however they are spelt.
    """

    narrower: Mapping[Value, frozenset[str]] = attrs.field(factory=dict)
    by_name: bool = False

    def compared(self, word: Value) -> Value:
        """A word as it is compared."""
        return identity(word) if self.by_name and isinstance(word, str) else word

    def all_compared(self, held: Iterable[str]) -> frozenset[Value]:
        """Words as they are compared."""
        return frozenset(map(self.compared, held) if self.by_name else held)

    def showing(self, word: Value) -> frozenset[Value]:
        """Every word, as it is compared, that shows a word: itself, and every kind of it."""
        return frozenset(map(self.compared, self.narrower.get(word) or (word,)))

    def shown(self, wanted: Iterable[str], held: Iterable[str]) -> Iterator[str]:
        """Those of the words wanted that some words held show."""
        known = self.all_compared(held)
        return (word for word in wanted if not known.isdisjoint(self.showing(word)))


PLAIN_WORDS: Final = Words()


@attrs.frozen(kw_only=True)
class Related:
    """What follows from words: each that `is_a_kind_of` others, and what a value `implies`."""

    is_a_kind_of: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    implies: tuple[Mapping[str, Mapping[str, Any]], ...] = ()

    @classmethod
    def of(cls, tree: Mapping[str, Any]) -> Related:
        """The relations that a file declares."""
        kinds = {
            word: (wider,) if isinstance(wider, str) else tuple(wider)
            for word, wider in tree.get("is_a_kind_of", {}).items()
        }
        return cls(is_a_kind_of=kinds, implies=tuple(tree.get("implies", ())))

    def joined(self, other: Related) -> Related:
        """These relations and others."""
        kinds = dict(self.is_a_kind_of)
        for word, wider in other.is_a_kind_of.items():
            kinds[word] = tuple(dict.fromkeys((*kinds.get(word, ()), *wider)))
        implies = (*self.implies, *(rule for rule in other.implies if rule not in self.implies))
        return Related(is_a_kind_of=kinds, implies=implies)

    def words(self, listed: Collection[str], *, by_name: bool) -> Words:
        """How the words that an attribute lists stand for one another."""
        narrower: dict[Value, set[str]] = {}
        for word in listed:
            for wider in self._wider(word).intersection(listed):
                narrower.setdefault(wider, {wider}).add(word)
        closed = {word: frozenset(kinds) for word, kinds in narrower.items()}
        return Words(narrower=closed, by_name=by_name)

    def implied(self, attribute: str) -> Mapping[Value, Mapping[str, Value]]:
        """What each value of an attribute implies of others."""
        implied: dict[Value, dict[str, Value]] = {}
        for rule in self.implies:
            values = rule["if"].get(attribute, ())
            for value in values if isinstance(values, (list, tuple)) else (values,):
                implied.setdefault(value, {}).update(rule["then"])
        return implied

    def _wider(self, word: str) -> set[str]:
        """Every word that a word is a kind of, at first or at second hand."""
        found: set[str] = set()
        near = {*self.is_a_kind_of.get(word, ())}
        while near := near - found:
            found |= near
            near = {wider for each in near for wider in self.is_a_kind_of.get(each, ())}
        return found - {word}
