"""The words that policies and facts may use: things, kinds of record, attributes, roles, topics.

The shared words stand in the YAML files beside this module; a policy file may add its own.
Early in the flow: the loaders check words against a `Vocabulary`, and nothing in code knows a kind.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import attrs
import yaml

from careerspolicy.vocabulary.relations import PLAIN_WORDS, Related, Value, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

AttributeType: TypeAlias = Literal[
    "yes or no", "number", "text", "date", "one of", "several of", "set"
]

__all__ = [
    "THINGS",
    "Attribute",
    "Kind",
    "Topic",
    "Value",
    "Vocabulary",
    "benchmark_names",
    "shared_vocabulary",
]

#: The three things that records belong to; they have attributes as kinds of record do.
THINGS: Final = ("pupil", "school", "trust")


@attrs.frozen(kw_only=True)
class Attribute:
    """Something that can be said of a pupil, a school, a trust or a record.

    `values` are the words that `one of` and `several of` admit, each with its meaning (or "").
    `of_roles` says that they are the roles, so that a role which a policy adds is one of them.
    `default` is what a record that doesn't say is taken to say; None leaves it unknown.
    `says` is how English names it ("meaningful"); empty where the name itself will do.
    `words` says how its words stand for one another, `implies` what else follows from each value,
    by attribute.
    """

    name: str
    type: AttributeType
    description: str
    values: Mapping[str, str] = attrs.field(factory=dict, converter=MappingProxyType[str, str])
    of_roles: bool = False
    default: Value | None = None
    says: str = ""
    words: Words = PLAIN_WORDS
    implies: Mapping[Value, Mapping[str, Value]] = attrs.field(factory=dict)

    @property
    def many(self) -> bool:
        """Whether it holds a set of names rather than one value."""
        return self.type in ("several of", "set")


@attrs.frozen(kw_only=True)
class Kind:
    """A kind of record, or one of the three things that records belong to.

    `of` is the thing that a record of this kind usually belongs to; empty for those things.
    `named` is how English names one by an attribute ("{noun} of the {document}"); empty where the
    noun will do. `identity` is the attribute that says which thing a record is of: one with another
    value (another document, another promise) is another thing, not a near miss. The absence of a
    `silent` kind says nothing: what it would show is not known, rather than not done. A record of a
    kind that `lasts` goes on until its `until`; any other is of one day where it has none. One that
    `ends_stay` is the same fact as the roll's `left`; pupils who have left still take part in one
    `after_leaving`.
    """

    name: str
    singular: str
    plural: str
    description: str
    of: str
    attributes: Mapping[str, Attribute] = attrs.field(converter=MappingProxyType[str, Attribute])
    named: str = ""
    identity: str = ""
    silent: bool = False
    ends_stay: bool = False
    after_leaving: bool = False
    lasts: bool = False
    in_school: bool = False

    @property
    def stands(self) -> bool:
        """Whether one is a state that begins (an appointment), not what somebody takes part in."""
        return self.lasts and "attended" not in self.attributes


@attrs.frozen(kw_only=True)
class Topic:
    """A subject that policies promise about; it lines trusts up side by side."""

    name: str
    description: str
    benchmark: int | None = None


@attrs.frozen(kw_only=True)
class Vocabulary:
    """All the words that one policy, or one set of facts, may use."""

    kinds: Mapping[str, Kind] = attrs.field(converter=MappingProxyType[str, Kind])
    attributes: Mapping[str, Attribute] = attrs.field(converter=MappingProxyType[str, Attribute])
    roles: Mapping[str, str] = attrs.field(converter=MappingProxyType[str, str])
    topics: Mapping[str, Topic] = attrs.field(converter=MappingProxyType[str, Topic])
    related: Related = attrs.field(factory=Related)

    @property
    def record_kinds(self) -> tuple[str, ...]:
        """The names of the kinds of record, without pupil, school and trust."""
        return tuple(name for name in self.kinds if name not in THINGS)

    def extended(self, added: Mapping[str, Any]) -> Vocabulary:
        """This vocabulary with a policy file's own `vocabulary:` added to it.

        An attribute that is already known gains the values given; one that is new needs a type.
        Each may name the things or kinds that carry it (`on:`). A new role is a value of every
        attribute whose values are the roles.
        """
        if not added:
            return self
        roles, own = {**self.roles, **added.get("roles", {})}, added.get("attributes", {})
        attributes = dict(self.attributes)
        for name, tree in own.items():
            attributes[name] = _attribute(name, tree, attributes.get(name))
        for name, attribute in attributes.items():
            if attribute.of_roles:
                attributes[name] = _with_values(attribute, dict.fromkeys(roles, ""))
        kinds = dict(self.kinds)
        carried = {name: [*kind.attributes] for name, kind in kinds.items()}
        for name, tree in added.get("kinds", {}).items():
            singular = tree.get("singular", name)
            usual = {"singular": singular, "plural": f"{singular}s", "of": ""}
            kinds[name] = Kind(**{**usual, **tree, "name": name, "attributes": {}})
            carried[name] = [*tree.get("attributes", ())]
        for name, tree in own.items():
            for kind in tree.get("on", ()):
                carried[kind].append(name)
        topics = {name: Topic(name=name, **tree) for name, tree in added.get("topics", {}).items()}
        related = self.related.joined(Related.of(added))
        attributes = _related(attributes, related)
        return Vocabulary(
            kinds=_carrying(kinds, carried, attributes),
            attributes=attributes,
            roles=roles,
            topics={**self.topics, **topics},
            related=related,
        )

    def joined(self, others: Iterable[Vocabulary]) -> Vocabulary:
        """This vocabulary with the words of others: to read facts by."""
        return reduce(_joined, others, self)


@lru_cache(maxsize=1)
def shared_vocabulary() -> Vocabulary:
    """The words that every policy may use."""
    kinds, things = _read("kinds.yaml"), _read("things.yaml")
    of_things = {
        name: tree for thing in things.values() for name, tree in thing["attributes"].items()
    }
    nothing = Vocabulary(kinds={}, attributes={}, roles={}, topics={})
    return nothing.extended(
        {
            "attributes": {**kinds["attributes"], **of_things},
            "kinds": {**things, **kinds["kinds"]},
            "roles": _read("roles.yaml"),
            "topics": _read("topics.yaml"),
            **_read("relations.yaml"),
        }
    )


@lru_cache(maxsize=1)
def benchmark_names() -> Mapping[int, str]:
    """The eight Gatsby Benchmarks by number: "A stable careers programme" and so on."""
    names = _read("benchmarks.yaml")
    return MappingProxyType({int(number): name for number, name in names.items()})


def _read(name: str) -> dict[str, Any]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders
    return loaded


def _joined(vocabulary: Vocabulary, other: Vocabulary) -> Vocabulary:
    attributes = dict(vocabulary.attributes)
    for name, attribute in other.attributes.items():
        attributes[name] = _with_values(attributes.get(name, attribute), attribute.values)
    related = vocabulary.related.joined(other.related)
    attributes = _related(attributes, related)
    kinds = {**vocabulary.kinds, **other.kinds}
    both = (vocabulary.kinds, other.kinds)
    carried = {
        name: [own for known in both for own in known.get(name, kind).attributes]
        for name, kind in kinds.items()
    }
    return Vocabulary(
        kinds=_carrying(kinds, carried, attributes),
        attributes=attributes,
        roles={**vocabulary.roles, **other.roles},
        topics={**vocabulary.topics, **other.topics},
        related=related,
    )


def _carrying(
    kinds: Mapping[str, Kind],
    carried: Mapping[str, Iterable[str]],
    attributes: Mapping[str, Attribute],
) -> dict[str, Kind]:
    """The kinds, each with the attributes that it carries."""
    return {
        name: attrs.evolve(kind, attributes={own: attributes[own] for own in carried[name]})
        for name, kind in kinds.items()
    }


def _attribute(name: str, tree: Mapping[str, Any], known: Attribute | None) -> Attribute:
    listed = tree.get("values", {})
    of_roles = listed == "roles"
    words = {} if of_roles else listed if isinstance(listed, dict) else dict.fromkeys(listed, "")
    if known is not None:
        return _with_values(known, words)
    own = {slot: value for slot, value in tree.items() if slot not in ("on", "values")}
    return Attribute(
        **{"description": "", **own, "name": name, "values": words, "of_roles": of_roles}
    )


def _related(attributes: Mapping[str, Attribute], related: Related) -> dict[str, Attribute]:
    """The attributes, each knowing how its words stand for one another and what they imply."""
    return {
        name: attrs.evolve(
            attribute,
            words=related.words(
                attribute.values,
                by_name=attribute.type in ("text", "set") and not attribute.values,
            ),
            implies=related.implied(name),
        )
        for name, attribute in attributes.items()
    }


def _with_values(attribute: Attribute, values: Mapping[str, str]) -> Attribute:
    """The attribute with more words that it admits."""
    return attrs.evolve(attribute, values={**attribute.values, **values})
