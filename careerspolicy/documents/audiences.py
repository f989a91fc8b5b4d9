"""Whom a policy document is for, and which of its promises concern them.

The audiences stand in `audiences.yaml` beside this module.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs
import yaml

from careerspolicy.model.schedule import Around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation
    from careerspolicy.model.population import Condition
    from careerspolicy.vocabulary import Kind, Vocabulary


@attrs.frozen(kw_only=True)
class Audience:
    """Readers of a policy document; one with no roles, subjects, kinds or topics is everyone.

    `evidence` says that they are told how it is known that a promise is kept.
    """

    name: str
    title: str
    roles: frozenset[str] = attrs.field(converter=frozenset)
    subjects: frozenset[str] = attrs.field(default=(), converter=frozenset)
    kinds: frozenset[str] = attrs.field(default=(), converter=frozenset)
    topics: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    evidence: bool = False

    @property
    def everyone(self) -> bool:
        """Whether the document is for no readers in particular."""
        return not (self.roles or self.subjects or self.kinds or self.topics)

    def concerned(self, obligation: Obligation, vocabulary: Vocabulary) -> bool:
        """Whether a promise concerns these readers."""
        duty = obligation.duty
        return (
            not self.roles.isdisjoint((*obligation.who, *obligation.to))
            or duty.population.subject in self.subjects
            or duty.records.kind in self.kinds
            or obligation.topic.startswith(self.topics or ("\0",))
            or not self.roles.isdisjoint(_roles_of(duty, vocabulary))
        )


@lru_cache(maxsize=1)
def audiences() -> Mapping[str, Audience]:
    """Every audience by its name."""
    tree = yaml.safe_load(files(__package__).joinpath("audiences.yaml").read_text("utf-8"))
    return MappingProxyType({name: Audience(name=name, **slots) for name, slots in tree.items()})


def _roles_of(duty: Duty, vocabulary: Vocabulary) -> Iterator[str]:
    """The roles that the records tell of, but for who attests: that is how it's known."""
    kind = vocabulary.kinds[duty.records.kind]
    if not kind.silent:
        yield from _named(duty.records.where, kind)
    if isinstance(duty.schedule, Around):
        yield from _named(duty.schedule.where, vocabulary.kinds[duty.schedule.event])


def _named(conditions: Iterable[Condition], kind: Kind) -> Iterator[str]:
    for condition in conditions:
        if kind.attributes[condition.attribute].of_roles:
            yield from map(str, condition.one_of or condition.all_of or ())
