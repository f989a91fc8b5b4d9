# ruff: noqa: N802 - these are the names of z3's own functions
"""The solver's language: what this package uses of z3, in a world of its own for each question.

The solver orders its work by what it has seen before. So each question is asked in a context of its
own (`world`), and its answer doesn't hang on what was asked earlier, nor on which machine.

Importing this module imports z3, and raises MissingExtra without the extra "analysis"; `solving`
does so once it has something to ask.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from careerspolicy.extras import load

if TYPE_CHECKING:
    from collections.abc import Iterator

_z3: Final = load("z3")
_CONTEXT: Final[ContextVar[Any]] = ContextVar("the world of the question that is being asked")

#: A term of the solver's: a yes or no, or a number, that is still to be found.
Term: TypeAlias = Any
#: What the solver has found: a value for every term.
Model: TypeAlias = Any

sat: Final = _z3.sat
unsat: Final = _z3.unsat


@contextmanager
def world() -> Iterator[None]:
    """A world of its own: all terms that are made within belong to it."""
    token = _CONTEXT.set(_z3.Context())
    try:
        yield
    finally:
        _CONTEXT.reset(token)


def is_true(model: Model, term: Term) -> bool:
    """Whether a model says yes to a term."""
    return bool(_z3.is_true(model.eval(term, model_completion=True)))


def whole(model: Model, term: Term) -> int:
    """The whole number that a model has for a term."""
    return int(model.eval(term, model_completion=True).as_long())


def Solver() -> Any:
    """A solver that knows nothing yet."""
    return _z3.Solver(ctx=_CONTEXT.get())


def Bool(name: str) -> Term:
    """A yes or no to be found."""
    return _z3.Bool(name, _CONTEXT.get())


def Int(name: str) -> Term:
    """A whole number to be found."""
    return _z3.Int(name, _CONTEXT.get())


def Real(name: str) -> Term:
    """A number to be found."""
    return _z3.Real(name, _CONTEXT.get())


def BoolVal(val: bool) -> Term:  # noqa: FBT001 - as in z3
    """Yes or no."""
    return _z3.BoolVal(bool(val), _CONTEXT.get())


def IntVal(number: int) -> Term:
    """A whole number."""
    return _z3.IntVal(number, _CONTEXT.get())


def RealVal(number: int) -> Term:
    """A number."""
    return _z3.RealVal(number, _CONTEXT.get())


def Q(over: int, under: int) -> Term:
    """A fraction."""
    return _z3.Q(over, under, _CONTEXT.get())


def And(*terms: Term) -> Term:
    """That all hold; of none, yes."""
    return _z3.And(*terms, _CONTEXT.get())


def Or(*terms: Term) -> Term:
    """That one holds; of none, no."""
    return _z3.Or(*terms, _CONTEXT.get())


def Not(term: Term) -> Term:
    """That something doesn't hold."""
    return _z3.Not(term, _CONTEXT.get())


def Implies(term: Term, then: Term) -> Term:
    """That if the one holds, so does the other."""
    return _z3.Implies(term, then, _CONTEXT.get())


def If(term: Term, then: Term, otherwise: Term) -> Term:
    """One thing or another."""
    return _z3.If(term, then, otherwise, _CONTEXT.get())


def Sum(*terms: Term) -> Term:
    """A sum of at least one term."""
    return _z3.Sum(*terms)


def IsInt(term: Term) -> Term:
    """That a number is a whole one."""
    return _z3.IsInt(term)
