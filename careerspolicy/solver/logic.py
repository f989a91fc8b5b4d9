# ruff: noqa: N802 - these are the names of z3's own functions
"""The solver's language for one question, apart from every other question.

The solver orders its work by what it has seen before. Each question therefore has a world of its
own (a `Context`), so that its answer doesn't hang on what was asked earlier, nor on which machine.
"""

from __future__ import annotations

from typing import Any

import attrs

from careerspolicy.extras import load


@attrs.frozen
class Logic:
    """What the rest of this package uses of the module `z3`, by its names, in one context."""

    z3: Any
    context: Any

    @property
    def sat(self) -> Any:
        """The answer that there is a model."""
        return self.z3.sat

    @property
    def unsat(self) -> Any:
        """The answer that there can be none."""
        return self.z3.unsat

    def is_true(self, term: Any) -> bool:
        """Whether a term is plainly true."""
        return bool(self.z3.is_true(term))

    def Solver(self) -> Any:
        """A solver that knows nothing yet."""
        return self.z3.Solver(ctx=self.context)

    def Bool(self, name: str) -> Any:
        """A yes or no to be found."""
        return self.z3.Bool(name, self.context)

    def Int(self, name: str) -> Any:
        """A whole number to be found."""
        return self.z3.Int(name, self.context)

    def Real(self, name: str) -> Any:
        """A number to be found."""
        return self.z3.Real(name, self.context)

    def BoolVal(self, val: bool) -> Any:  # noqa: FBT001 - as in z3
        """Yes or no."""
        return self.z3.BoolVal(bool(val), self.context)

    def IntVal(self, number: int) -> Any:
        """A whole number."""
        return self.z3.IntVal(number, self.context)

    def RealVal(self, number: int) -> Any:
        """A number."""
        return self.z3.RealVal(number, self.context)

    def Q(self, over: int, under: int) -> Any:
        """A fraction."""
        return self.z3.Q(over, under, self.context)

    def And(self, *terms: Any) -> Any:
        """That all hold; of none, yes."""
        return self.z3.And(*terms, self.context)

    def Or(self, *terms: Any) -> Any:
        """That one holds; of none, no."""
        return self.z3.Or(*terms, self.context)

    def Not(self, term: Any) -> Any:
        """That something doesn't hold."""
        return self.z3.Not(term, self.context)

    def Implies(self, term: Any, then: Any) -> Any:
        """That if the one holds, so does the other."""
        return self.z3.Implies(term, then, self.context)

    def If(self, term: Any, then: Any, otherwise: Any) -> Any:
        """One thing or another."""
        return self.z3.If(term, then, otherwise, self.context)

    def Sum(self, *terms: Any) -> Any:
        """A sum of at least one term."""
        return self.z3.Sum(*terms)

    def IsInt(self, term: Any) -> Any:
        """That a number is a whole one."""
        return self.z3.IsInt(term)


def logic() -> Logic:
    """A language of its own. Raises MissingExtra without the extra "analysis"."""
    z3 = load("z3")
    return Logic(z3, z3.Context())
