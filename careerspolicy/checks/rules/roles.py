"""Rules on who owes a duty: nobody by name, or two different roles in two places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.checks.rules.same import sameness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.checks.issues import Case, Found
    from careerspolicy.model.policy import Obligation

#: They stand where a document names nobody who could be asked.
_NOBODY: Final = frozenset({"school", "trust"})


def no_role(case: Case) -> Iterator[Found]:
    """Only the school or the trust owes it."""
    for one in case.policy.obligations:
        if set(one.who) <= _NOBODY:
            message = f'only "{" and ".join(one.who)}" owes this'
            yield case.about(one, "who", message, "name the role that sees to it in the policy")


def two_roles(case: Case) -> Iterator[Found]:
    """The same duty is owed by one role here and by another there."""
    firsts: dict[object, Obligation] = {}
    for one in case.policy.obligations:
        if set(one.who) <= _NOBODY:
            continue
        other = firsts.setdefault(sameness(one), one)
        if not {*one.who} & {*other.who}:
            here, there = " and ".join(one.who), " and ".join(other.who)
            message = f'is the duty of the {here} here, and of the {there} in "{other.id}"'
            yield case.about(one, "who", message, "say which of them owes it, and who helps")
