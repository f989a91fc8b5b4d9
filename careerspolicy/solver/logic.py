"""The solver's language: what is used of z3, and unknown values of attributes (symbols).

The solver orders its work by what it has seen before. So each question is asked in a context of its
own (`world`), and its answer doesn't hang on what was asked earlier, nor on which machine.

What a record, pupil or school may say is cut into the classes that some promises tell apart: of
each attribute the values that a promise names, and others that none names, as many as could matter.
A symbol's `limits` are so whatever its value.

Importing this module imports z3, and raises MissingExtra without the extra "analysis"; `solving`
does so once it has something to ask.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from itertools import chain, combinations, islice
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from careerspolicy.extras import load
from careerspolicy.model.duty import Covers, Distinct, Total
from careerspolicy.model.duty import exact as as_written
from careerspolicy.model.population import Condition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from careerspolicy.solver.promises import Promise
    from careerspolicy.vocabulary import Attribute, Value
    from careerspolicy.vocabulary.relations import Words

_z3: Final = load("z3")
_CONTEXT: Final[ContextVar[Any]] = ContextVar("the world of the question that is being asked")

#: A term of the solver's: a yes or no, or a number, that is still to be found.
Term: TypeAlias = Any
#: What the solver has found: a value for every term.
Model: TypeAlias = Any


@contextmanager
def world() -> Iterator[None]:
    """A world of its own: all terms that are made within belong to it."""
    token = _CONTEXT.set(_z3.Context())
    try:
        yield
    finally:
        _CONTEXT.reset(token)


def _here(function: Callable[..., Term]) -> Callable[..., Term]:
    """A function of z3's, for the world of the question that is being asked."""
    return lambda *parts: function(*parts, _CONTEXT.get())


# The names are z3's own: unknowns by their names, then values, then what is made of terms.
Bool, Int, Real = map(_here, (_z3.Bool, _z3.Int, _z3.Real))
BoolVal, IntVal, RealVal, Q = map(_here, (_z3.BoolVal, _z3.IntVal, _z3.RealVal, _z3.Q))
And, Or, Not, Implies, If = map(_here, (_z3.And, _z3.Or, _z3.Not, _z3.Implies, _z3.If))
Sum, IsInt, sat, unsat = _z3.Sum, _z3.IsInt, _z3.sat, _z3.unsat


def new_solver() -> Any:
    """A solver that knows nothing yet."""
    return _z3.Solver(ctx=_CONTEXT.get())


def is_true(model: Model, term: Term) -> bool:
    """Whether a model says yes to a term."""
    return bool(_z3.is_true(model.eval(term, model_completion=True)))


def whole(model: Model, term: Term) -> int:
    """The whole number that a model has for a term."""
    return int(model.eval(term, model_completion=True).as_long())


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
        tests = {"at_least": ge, "at_most": le, "above": gt, "below": lt}
        limits = ((test, getattr(condition, name)) for name, test in tests.items())
        return And(*(test(self.amount, exact(of)) for test, of in limits if of is not None))

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

    def shows(self, value: str, words: Words) -> Term:
        """Whether it shows a value."""
        showing = (at for at, name in enumerate(self.names) if [*words.shown([value], [name])])
        return Or(*(self.place == at for at in showing))

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
    rests: Sequence[frozenset[str]]
    limits: Sequence[Term]

    def holds(self, condition: Condition) -> Term:
        """Whether it passes a test."""
        if condition.all_of is not None:
            return And(*(self.shows(name, condition.words) for name in sorted(condition.all_of)))
        wanted = condition.one_of is not None
        listed = [name for name in self.flags if condition.holds(frozenset([name])) is wanted]
        any_of = Or(*(self.flags[name] for name in listed))
        return any_of if wanted else Not(any_of)

    def shows(self, value: str, words: Words) -> Term:
        """Whether it shows a value."""
        return Or(*(flag for name, flag in self.flags.items() if [*words.shown([value], [name])]))

    def same(self, other: Names) -> Term:
        """Whether both are the same set."""
        pairs = zip(self.flags.values(), other.flags.values(), strict=True)
        return And(self.rest == other.rest, *(one == two for one, two in pairs))

    def value(self, model: Model) -> Value:
        """The set."""
        held = {name for name, flag in self.flags.items() if is_true(model, flag)}
        return self.rests[whole(model, self.rest)].union(held)


Symbol: TypeAlias = YesNo | Number | Name | Names
#: What makes a symbol of each attribute that is asked about, by kind (or thing) and name.
Alphabets: TypeAlias = "dict[tuple[str, str], Callable[[str], Symbol]]"


def exact(number: float) -> Term:
    """A number of a policy as the solver has it: as it was written, without rounding."""
    return Q(*as_written(number).as_integer_ratio())


def alphabets(promises: Sequence[Promise], most: int) -> Alphabets:
    """What makes a symbol of each attribute that some promises ask about.

    `most` is how many records there may be of a kind, and so how many different values.
    """
    named: dict[tuple[str, str], dict[Value, str]] = defaultdict(dict)
    distinct: set[tuple[str, str]] = set()
    for promise in promises:
        for kind, test in promise.conditions:
            listed = chain(test.one_of or (), test.all_of or (), test.none_of or ())
            named[kind, test.attribute].update(_apart(listed, test.words))
        for one in promise.line:
            kind, measure = one.duty.records.kind, one.duty.measure
            if isinstance(measure, (Covers, Distinct, Total)):
                named[kind, measure.attribute].update()
            if isinstance(measure, Covers):
                apart = _apart(measure.values, measure.words)
                named[kind, measure.attribute].update(apart)
            if isinstance(measure, Distinct):
                distinct.add((kind, measure.attribute))
            if not one.duty.records.offered and "attended" in one.kind(kind).attributes:
                named[kind, "attended"].update()
    for key, values in named.items():  # two that imply different things are never one of the rest
        implying = (value for value, _ in _implications(promises, *key))
        values.update((value, value) for value in implying if isinstance(value, str))
    return {
        key: _alphabet(promises, *key, sorted(values.values()), most if key in distinct else 0)
        for key, values in named.items()
    }


def _implications(
    promises: Sequence[Promise], kind: str, name: str
) -> list[tuple[Value, tuple[str, Value]]]:
    """What each value of an attribute implies of another, in the words of some promises."""
    kinds = [promise.policy.vocabulary.kinds.get(kind) for promise in promises]
    attributes = [one.attributes[name] for one in kinds if one and name in one.attributes]
    said = (each for one in attributes for each in one.implies.items())
    return [*dict.fromkeys((value, pair) for value, other in said for pair in other.items())]


def rules(
    kind: str, name: str, words: Alphabets, promises: Sequence[Promise]
) -> Iterator[tuple[str, Condition, Condition]]:
    """What the values of an attribute imply of others that are asked about too."""
    for value, implied in _implications(promises, kind, name):
        if (kind, implied[0]) in words:
            pairs = ((name, value), implied)
            test, then = (Condition(attribute=of, one_of=frozenset([is_])) for of, is_ in pairs)
            yield kind, test, then


def _apart(listed: Iterable[Value], words: Words) -> Iterator[tuple[Value, str]]:
    """The words listed, and every kind of them, by what tells each apart from the others."""
    for word in listed:
        if isinstance(word, str):
            yield from ((words.compared(kind), kind) for kind in words.narrower.get(word, [word]))


def _alphabet(
    promises: Sequence[Promise], kind: str, name: str, named: Sequence[str], apart: int
) -> Callable[[str], Symbol]:
    kinds = [promise.policy.vocabulary.kinds.get(kind) for promise in promises]
    attributes = [one.attributes[name] for one in kinds if one and name in one.attributes]
    attribute, known = attributes[0], {value for one in attributes for value in one.values}
    others = sorted(known.difference(named))[: max(apart, 1)]
    if not known:
        stem = f"{name.removesuffix('s').replace('_', ' ')} "
        stem, width = ("2000-01-", 2) if attribute.type == "date" else (stem, 1)
        others = [f"{stem}{number:0{width}}" for number in range(1, max(apart, 1) + 1)]
    return partial(_symbol, attribute=attribute, named=named, others=others, apart=apart)


def _symbol(
    symbol: str, *, attribute: Attribute, named: Sequence[str], others: Sequence[str], apart: int
) -> Symbol:
    """An attribute of something that is to be found, by the symbol's own name.

    It may have the values `named`, and others that nothing names. `apart` is how many records are
    told apart by it, if different values are counted; an empty set is then no value.
    """
    if attribute.type == "yes or no":
        return YesNo(Bool(symbol))
    if attribute.type == "number":
        amount = Real(symbol)
        return Number(amount, [amount >= 0])
    if not attribute.many:
        place, names = Int(symbol), (*named, *others)
        return Name(place, names, [place >= 0, place < len(names)])
    flags = {value: Bool(f"{symbol} {value}") for value in named}
    # beside the named values a set may hold nothing, or some of the others: as many different ones
    # as there are records to be told apart, if the values allow it
    sets = chain(*(combinations(others, size) for size in range(len(others) + 1)))
    rest, rests = Int(f"{symbol} rest"), [*map(frozenset, islice(sets, len(others) + 1 + apart))]
    limits = [rest >= 0, rest < len(rests)]
    if apart:
        limits.append(Or(rest > 0, *flags.values()))
    return Names(flags, rest, rests, limits)
