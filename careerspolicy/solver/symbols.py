"""What a record, pupil or school may say, cut into the classes that some promises tell apart.

Of each attribute: the values that a promise names, and others that none names, as many as could
matter. A `Symbol` is one attribute of one record whose value the solver is to find.
"""

from __future__ import annotations

import operator
from fractions import Fraction
from itertools import chain, combinations, islice
from typing import TYPE_CHECKING, Any, Protocol

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

    @property
    def distinct(self) -> bool:
        """Whether different values are counted."""
        return self.apart > 0


class Symbol(Protocol):
    """One attribute whose value is to be found, and what can be asked of it."""

    @property
    def limits(self) -> Sequence[Term]:
        """What is so of it, whatever its value."""

    def holds(self, condition: Condition) -> Term:
        """Whether it passes a test."""

    def shows(self, value: str) -> Term:
        """Whether it is, or holds, a value."""

    def value(self, model: Model) -> Value:
        """What it is in an answer of the solver's."""

    def same(self, other: Any) -> Term:
        """Whether it has the same value as another of its attribute."""


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

    def shows(self, value: str) -> Term:
        """Whether it is a value; "True" and "False" are no names of anything."""
        return BoolVal(val=False) if value else self.flag

    def same(self, other: YesNo) -> Term:
        """Whether both say the same."""
        return self.flag == other.flag

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
        held = (test(self.amount, exact(of)) for of, test in tests if of is not None)
        return And(*held)

    def _among(self, values: Iterable[Value]) -> Term:
        numbers = [one for one in values if not isinstance(one, (str, frozenset))]
        return Or(*(self.amount == exact(one) for one in sorted(numbers)))

    def shows(self, value: str) -> Term:
        """Whether it is a value: numbers are no names of anything."""
        raise NotImplementedError(value)

    def same(self, other: Number) -> Term:
        """Whether both are the same number."""
        return self.amount == other.amount

    def value(self, model: Model) -> Value:
        """The number; a whole one as such."""
        found = model.eval(self.amount, model_completion=True).as_fraction()
        return int(found) if found.denominator == 1 else float(found)


@attrs.frozen
class One:
    """An attribute that holds one name."""

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

    def same(self, other: One) -> Term:
        """Whether both are the same name."""
        return self.place == other.place

    def value(self, model: Model) -> Value:
        """The name."""
        return self.names[whole(model, self.place)]


@attrs.frozen
class Many:
    """An attribute that holds a set of names: those named one by one, the rest as one of some."""

    flags: Mapping[str, Term]
    rest: Term
    rests: tuple[frozenset[str], ...]
    limits: Sequence[Term]

    def holds(self, condition: Condition) -> Term:
        """Whether it passes a test."""
        if condition.all_of is not None:
            return And(*(self.flags[one] for one in sorted(condition.all_of)))
        listed = condition.one_of if condition.one_of is not None else condition.none_of
        any_of = Or(*(self.flags[one] for one in sorted(map(str, listed or ()))))
        return any_of if condition.one_of is not None else Not(any_of)

    def shows(self, value: str) -> Term:
        """Whether it holds a value."""
        return self.flags[value]

    def same(self, other: Many) -> Term:
        """Whether both are the same set."""
        pairs = zip(self.flags.values(), other.flags.values(), strict=True)
        return And(self.rest == other.rest, *(one == two for one, two in pairs))

    def value(self, model: Model) -> Value:
        """The set."""
        held = {name for name, flag in self.flags.items() if is_true(model, flag)}
        rest = self.rests[whole(model, self.rest)]
        return rest.union(held)


def exact(number: float) -> Term:
    """A number of a policy as the solver has it, without rounding."""
    fraction = Fraction(number)
    return Q(fraction.numerator, fraction.denominator)


def symbol(alphabet: Alphabet, name: str) -> Symbol:
    """An attribute of something that is to be found."""
    if alphabet.attribute.type == "yes or no":
        return YesNo(Bool(name))
    if alphabet.attribute.type == "number":
        amount = Real(name)
        return Number(amount, [amount >= 0])
    if not alphabet.attribute.many:
        place, names = Int(name), (*alphabet.named, *alphabet.others)
        return One(place, names, [place >= 0, place < len(names)])
    return _many(alphabet, name)


def _many(alphabet: Alphabet, name: str) -> Many:
    flags = {value: Bool(f"{name} {value}") for value in alphabet.named}
    rest, rests = Int(f"{name} rest"), _rests(alphabet)
    limits = [rest >= 0, rest < len(rests)]
    if alphabet.distinct:
        limits.append(Or(rest > 0, *flags.values()))
    return Many(flags, rest, rests, limits)


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
    asked: dict[tuple[str, str], set[str]] = {}
    distinct: set[tuple[str, str]] = set()
    for promise in promises:
        for kind, condition in conditions(promise):
            asked.setdefault((kind, condition.attribute), set()).update(_names(condition))
        for kind, name, values, apart in _measured(promise):
            asked.setdefault((kind, name), set()).update(values)
            distinct.update([(kind, name)] if apart else [])
    return {
        (kind, name): _alphabet(
            promises, kind, name, tuple(sorted(named)), most if (kind, name) in distinct else 0
        )
        for (kind, name), named in asked.items()
    }


def _names(condition: Condition) -> Iterator[str]:
    for listed in (condition.one_of, condition.all_of, condition.none_of):
        yield from (one for one in listed or () if isinstance(one, str))


def _measured(promise: Promise) -> Iterator[tuple[str, str, tuple[str, ...], bool]]:
    duty = promise.duty
    kind, measure = duty.records.kind, duty.measure
    if isinstance(measure, Covers):
        yield kind, measure.attribute, measure.values, False
    if isinstance(measure, (Distinct, Total)):
        yield kind, measure.attribute, (), isinstance(measure, Distinct)
    if not duty.records.offered and "attended" in promise.kind(kind).attributes:
        yield kind, "attended", (), False
    if promise.first is not None:
        yield from _measured(promise.first)


def _alphabet(
    promises: Sequence[Promise], kind: str, name: str, named: tuple[str, ...], apart: int
) -> Alphabet:
    attribute = _attribute(promises, kind, name)
    known = {
        value
        for promise in promises
        if (had := promise.policy.vocabulary.kinds.get(kind)) and name in had.attributes
        for value in had.attributes[name].values
    }
    wanted = max(apart, 1)
    unnamed = [value for value in sorted(known) if value not in named][:wanted]
    if not known:
        unnamed = [_made_up(attribute, number) for number in range(1, wanted + 1)]
    return Alphabet(attribute=attribute, named=named, others=tuple(unnamed), apart=apart)


def _attribute(promises: Sequence[Promise], kind: str, name: str) -> Attribute:
    return next(
        had.attributes[name]
        for promise in promises
        if (had := promise.policy.vocabulary.kinds.get(kind)) and name in had.attributes
    )


def _made_up(attribute: Attribute, number: int) -> str:
    if attribute.type == "date":
        return f"2000-01-{number:02}"
    return f"{attribute.name.removesuffix('s').replace('_', ' ')} {number}"
