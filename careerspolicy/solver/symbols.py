"""What a record, pupil or school may say, cut into the classes that some promises tell apart.

Of each attribute: the values that a promise names, and others that none names, as many as could
matter. A `Symbol` is one attribute of one record whose value the solver is to find: its `limits`
are so whatever the value, `holds` says whether that passes a test, `value` what it is in an answer.
Of those that are names, `shows` says whether one is it, or among it; `same` whether two are alike.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from itertools import chain, combinations, islice
from typing import TYPE_CHECKING, TypeAlias

import attrs

from careerspolicy.model.duty import Covers, Distinct, Total
from careerspolicy.solver.logic import And, Bool, BoolVal, Int, Not, Or, Q, Real, is_true, whole
from careerspolicy.solver.promises import conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from careerspolicy.model.duty import Condition
    from careerspolicy.solver.logic import Model, Term
    from careerspolicy.solver.promises import Promise
    from careerspolicy.vocabulary import Attribute, Value


@attrs.frozen(kw_only=True)
class Alphabet:
    """The values of one attribute that matter: those named, and `others` that nothing names.

    `apart` is how many records are told apart by it, if different values are counted; an empty set
    is then no value.
    """

    attribute: Attribute
    named: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    apart: int = 0


@attrs.frozen
class YesNo:
    """An attribute that says yes or no."""

    flag: Term
    limits: Sequence[Term] = ()

    def holds(self, condition: Condition) -> Term:
        """Whether it passes a test."""
        yes, no = bool(condition.holds(value=True)), bool(condition.holds(value=False))
        if yes == no:
            return BoolVal(yes)
        return self.flag if yes else Not(self.flag)

    def value(self, model: Model) -> Value:
        """Yes or no."""
        return is_true(model, self.flag)


@attrs.frozen
class Number:
    """An attribute that holds a number, not below 0."""

    amount: Term
    limits: Sequence[Term]

    def holds(self, condition: Condition) -> Term:
        """Whether it passes a test."""
        if condition.one_of is not None:
            return self._among(condition.one_of)
        if condition.none_of is not None:
            return Not(self._among(condition.none_of))
        tests = [
            (condition.at_least, operator.ge),
            (condition.at_most, operator.le),
            (condition.above, operator.gt),
            (condition.below, operator.lt),
        ]
        return And(*(test(self.amount, exact(of)) for of, test in tests if of is not None))

    def _among(self, values: Iterable[Value]) -> Term:
        numbers = [one for one in values if not isinstance(one, (str, frozenset))]
        return Or(*(self.amount == exact(one) for one in sorted(numbers)))

    def value(self, model: Model) -> Value:
        """The number; a whole one as such."""
        number = model.eval(self.amount, model_completion=True).as_fraction()
        return int(number) if number.denominator == 1 else float(number)


@attrs.frozen
class Name:
    """An attribute that holds one name, told by its place among all that it might be."""

    place: Term
    names: tuple[str, ...]
    limits: Sequence[Term]

    def holds(self, condition: Condition) -> Term:
        """Whether it passes a test."""
        passing = [at for at, name in enumerate(self.names) if condition.holds(name)]
        return Or(*(self.place == at for at in passing))

    def shows(self, value: str) -> Term:
        """Whether it is a value."""
        return self.place == self.names.index(value)

    def same(self, other: Name) -> Term:
        """Whether both are the same name."""
        return self.place == other.place

    def value(self, model: Model) -> Value:
        """The name."""
        return self.names[whole(model, self.place)]


@attrs.frozen
class Names:
    """An attribute that holds a set of names: those named one by one, the rest as one of some."""

    flags: Mapping[str, Term]
    rest: Term
    rests: tuple[frozenset[str], ...]
    limits: Sequence[Term]

    def holds(self, condition: Condition) -> Term:
        """Whether it passes a test."""
        if condition.all_of is not None:
            return And(*(self.flags[name] for name in sorted(condition.all_of)))
        listed = condition.one_of if condition.one_of is not None else condition.none_of
        any_of = Or(*(self.flags[name] for name in sorted(map(str, listed or ()))))
        return any_of if condition.one_of is not None else Not(any_of)

    def shows(self, value: str) -> Term:
        """Whether it holds a value."""
        return self.flags[value]

    def same(self, other: Names) -> Term:
        """Whether both are the same set."""
        pairs = zip(self.flags.values(), other.flags.values(), strict=True)
        return And(self.rest == other.rest, *(one == two for one, two in pairs))

    def value(self, model: Model) -> Value:
        """The set."""
        held = {name for name, flag in self.flags.items() if is_true(model, flag)}
        return self.rests[whole(model, self.rest)].union(held)


Symbol: TypeAlias = YesNo | Number | Name | Names


def exact(number: float) -> Term:
    """A number of a policy as the solver has it, without rounding."""
    return Q(*number.as_integer_ratio())


def symbol(alphabet: Alphabet, name: str) -> Symbol:
    """An attribute of something that is to be found."""
    if alphabet.attribute.type == "yes or no":
        return YesNo(Bool(name))
    if alphabet.attribute.type == "number":
        amount = Real(name)
        return Number(amount, [amount >= 0])
    if not alphabet.attribute.many:
        place, names = Int(name), (*alphabet.named, *alphabet.others)
        return Name(place, names, [place >= 0, place < len(names)])
    flags = {value: Bool(f"{name} {value}") for value in alphabet.named}
    rest, rests = Int(f"{name} rest"), _rests(alphabet)
    limits = [rest >= 0, rest < len(rests)]
    if alphabet.apart:
        limits.append(Or(rest > 0, *flags.values()))
    return Names(flags, rest, rests, limits)


def _rests(alphabet: Alphabet) -> tuple[frozenset[str], ...]:
    """What a set may hold beside the named values: nothing, or some of the others.

    As many different ones as there are records to be told apart, if the values allow it.
    """
    sizes = range(len(alphabet.others) + 1)
    sets = chain.from_iterable(combinations(alphabet.others, size) for size in sizes)
    return tuple(map(frozenset, islice(sets, len(alphabet.others) + 1 + alphabet.apart)))


def alphabets(promises: Sequence[Promise], most: int) -> dict[tuple[str, str], Alphabet]:
    """The alphabet of each attribute that some promises ask about, by kind (or thing) and name.

    `most` is how many records there may be of a kind, and so how many different values.
    """
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    distinct: set[tuple[str, str]] = set()
    for promise in promises:
        for kind, test in conditions(promise):
            listed = chain(test.one_of or (), test.all_of or (), test.none_of or ())
            named[kind, test.attribute].update(one for one in listed if isinstance(one, str))
        for kind, name, values, apart in _measured(promise):
            named[kind, name].update(values)
            distinct.update([(kind, name)] if apart else [])
    return {
        key: _alphabet(promises, *key, tuple(sorted(values)), most if key in distinct else 0)
        for key, values in named.items()
    }


def _measured(promise: Promise) -> Iterator[tuple[str, str, tuple[str, ...], bool]]:
    """Each attribute that a promise measures or minds: its kind, its name, values, and if apart."""
    kind, measure = promise.duty.records.kind, promise.duty.measure
    if isinstance(measure, (Covers, Distinct, Total)):
        values = measure.values if isinstance(measure, Covers) else ()
        yield kind, measure.attribute, values, isinstance(measure, Distinct)
    if not promise.duty.records.offered and "attended" in promise.kind(kind).attributes:
        yield kind, "attended", (), False
    if promise.first is not None:
        yield from _measured(promise.first)


def _alphabet(
    promises: Sequence[Promise], kind: str, name: str, named: tuple[str, ...], apart: int
) -> Alphabet:
    kinds = [promise.policy.vocabulary.kinds.get(kind) for promise in promises]
    attributes = [one.attributes[name] for one in kinds if one and name in one.attributes]
    known = {value for attribute in attributes for value in attribute.values}
    wanted = max(apart, 1)
    others = sorted(known.difference(named))[:wanted]
    if not known:
        others = [_made_up(attributes[0], number) for number in range(1, wanted + 1)]
    return Alphabet(attribute=attributes[0], named=named, others=tuple(others), apart=apart)


def _made_up(attribute: Attribute, number: int) -> str:
    if attribute.type == "date":
        return f"2000-01-{number:02}"
    return f"{attribute.name.removesuffix('s').replace('_', ' ')} {number}"
