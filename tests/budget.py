"""How hard a law is tried: a little by `make test`, far more by `make attack`.

The one takes the same examples every time, the other examples that nobody has seen.
"""

from __future__ import annotations

import functools
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import UnsatisfiedAssumption

ATTACK = "attack"
#: How many times more examples an attack tries.
HARDER = 20
#: Of how many cases a law may leave one aside, since it says nothing of it.
ONE_IN = 5


def budget(examples, **more):
    """The settings of a law that `make test` tries on so many examples."""
    under_attack = settings.get_current_profile_name() == ATTACK
    return settings(
        max_examples=examples * HARDER if under_attack else examples,
        suppress_health_check=list(HealthCheck),
        **more,
    )


def law(examples, *drawn, **named):
    """A law over drawn cases, which fails too if it says nothing of over a fifth of them.

    It says nothing of a case for which it returns `False`.
    """

    def decorated(stated):
        cases = Counter()

        @budget(examples)
        @given(*drawn, **named)
        @functools.wraps(stated)
        def tried(*values, **told):
            try:
                cases[stated(*values, **told) is not False] += 1
            except UnsatisfiedAssumption:
                cases[False] += 1
                raise

        def test():
            cases.clear()
            tried()
            assert ONE_IN * cases[False] <= cases.total(), f"it says nothing of {cases[False]}"

        test.pytestmark = [pytest.mark.hypothesis]
        test.__name__, test.__doc__ = stated.__name__, stated.__doc__
        return test

    return decorated
