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
    from collections.abc import Callable, Iterator

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


# Names are z3's own. First unknowns by their names, then values, then what is made of terms.
Bool: Final = _here(_z3.Bool)
Int: Final = _here(_z3.Int)
Real: Final = _here(_z3.Real)
BoolVal: Final = _here(_z3.BoolVal)
IntVal: Final = _here(_z3.IntVal)
RealVal: Final = _here(_z3.RealVal)
Q: Final = _here(_z3.Q)
And: Final = _here(_z3.And)
Or: Final = _here(_z3.Or)
Not: Final = _here(_z3.Not)
Implies: Final = _here(_z3.Implies)
If: Final = _here(_z3.If)
Sum: Final = _z3.Sum
IsInt: Final = _z3.IsInt
sat: Final = _z3.sat
unsat: Final = _z3.unsat


def new_solver() -> Any:
    """A solver that knows nothing yet."""
    return _z3.Solver(ctx=_CONTEXT.get())


def is_true(model: Model, term: Term) -> bool:
    """Whether a model says yes to a term."""
    return bool(_z3.is_true(model.eval(term, model_completion=True)))


def whole(model: Model, term: Term) -> int:
    """The whole number that a model has for a term."""
    return int(model.eval(term, model_completion=True).as_long())
