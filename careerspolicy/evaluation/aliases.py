"""What a policy calls by one name and facts by another: tests of names pass under either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from careerspolicy.model.duty import Covers
from careerspolicy.model.population import Condition
from careerspolicy.vocabulary.names import identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from careerspolicy.model.policy import Policy
    from careerspolicy.vocabulary.relations import Words


def with_aliases(policy: Policy, aliases: Mapping[str, str]) -> Policy:
    """A policy whose names are shown by the names that facts have for them too."""
    if not aliases:
        return policy
    obligations = (
        attrs.evolve(each, duty=_known_as(each.duty, aliases)) for each in policy.obligations
    )
    return attrs.evolve(policy, obligations=tuple(obligations))


def _known_as(part: Any, aliases: Mapping[str, str]) -> Any:
    """A part of a duty, all the way down, in which names are known by their aliases."""
    if isinstance(part, tuple):
        return tuple(_known_as(each, aliases) for each in part)
    if isinstance(part, Condition) and part.words.by_name:
        named = (part.one_of or frozenset()) | (part.none_of or part.all_of or frozenset())
        return attrs.evolve(part, words=_also(part.words, named, aliases))
    if isinstance(part, Covers) and part.words.by_name:
        return attrs.evolve(part, words=_also(part.words, part.values, aliases))
    if not attrs.has(type(part)) or isinstance(part, Condition):
        return part
    inner = {one.name: getattr(part, one.name) for one in attrs.fields(type(part)) if one.init}
    known = {name: _known_as(value, aliases) for name, value in inner.items()}
    changed = {name: value for name, value in known.items() if value is not inner[name]}
    return attrs.evolve(part, **changed) if changed else part


def _also(words: Words, named: Iterable[Any], aliases: Mapping[str, str]) -> Words:
    own = {
        name: frozenset([name, aliases[key]])
        for name in named
        if (key := identity(str(name))) in aliases
    }
    return attrs.evolve(words, narrower={**words.narrower, **own})
