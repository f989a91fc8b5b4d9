"""The words that policies and facts may use: things, kinds of record, attributes, roles, topics.

The shared words stand in the YAML files beside this module; a policy file may add its own.
Early in the flow: the loaders check words against a `Vocabulary`, and nothing in code knows a kind.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import attrs
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: What an attribute can hold: plain YAML scalars, and a set of names for `several of` and `set`.
Value: TypeAlias = bool | int | float | str | frozenset[str]

AttributeType: TypeAlias = Literal[
    "yes or no", "number", "text", "date", "one of", "several of", "set"
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
    """

    name: str
    type: AttributeType
    description: str
    values: Mapping[str, str] = attrs.field(factory=lambda: MappingProxyType({}))
    of_roles: bool = False
    default: Value | None = None
    says: str = ""

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
    `silent` kind says nothing: what it would show is not known, rather than not done.
    """

    name: str
    singular: str
    plural: str
    description: str
    of: str
    attributes: Mapping[str, Attribute]
    named: str = ""
    identity: str = ""
    silent: bool = False


@attrs.frozen(kw_only=True)
class Topic:
    """A subject that policies promise about; it lines trusts up side by side."""

    name: str
    description: str
    benchmark: int | None = None


@attrs.frozen(kw_only=True)
class Vocabulary:
    """All the words that one policy, or one set of facts, may use."""

    kinds: Mapping[str, Kind]
    attributes: Mapping[str, Attribute]
    roles: Mapping[str, str]
    topics: Mapping[str, Topic]

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
        attributes = _with_roles(self.attributes, added.get("roles", ()))
        for name, told in added.get("attributes", {}).items():
            attributes[name] = _attribute(name, told, attributes.get(name))
        carried = {
            name: [*kind.attributes, *_carried(name, added.get("attributes", {}))]
            for name, kind in self.kinds.items()
        }
        kinds = {
            name: attrs.evolve(kind, attributes=_pick(carried[name], attributes))
            for name, kind in self.kinds.items()
        }
        for name, told in added.get("kinds", {}).items():
            known = kinds[name].attributes if name in kinds else ()
            names = [
                *known,
                *told.get("attributes", ()),
                *_carried(name, added.get("attributes", {})),
            ]
            kinds[name] = _kind(name, told, names, attributes)
        topics = {name: _topic(name, told) for name, told in added.get("topics", {}).items()}
        return Vocabulary(
            kinds=MappingProxyType(kinds),
            attributes=MappingProxyType(attributes),
            roles=MappingProxyType({**self.roles, **added.get("roles", {})}),
            topics=MappingProxyType({**self.topics, **topics}),
        )

    def joined(self, others: Iterable[Vocabulary]) -> Vocabulary:
        """This vocabulary with the kinds, attributes and values of the others: to read facts by."""
        vocabulary = self
        for other in others:
            vocabulary = vocabulary.extended(_as_added(other))
        return vocabulary


@lru_cache(maxsize=1)
def shared_vocabulary() -> Vocabulary:
    """The words that every policy may use."""
    kinds_file, things = _read("kinds.yaml"), _read("things.yaml")
    roles = _read("roles.yaml")
    attributes = {n: _attribute(n, told, None) for n, told in kinds_file["attributes"].items()}
    attributes = _with_roles(attributes, roles)
    for thing in things.values():
        for name, told in thing["attributes"].items():
            attributes[name] = _attribute(name, told, None)
    told_kinds = {**things, **kinds_file["kinds"]}
    kinds = {
        name: _kind(name, told, list(told["attributes"]), attributes)
        for name, told in told_kinds.items()
    }
    return Vocabulary(
        kinds=MappingProxyType(kinds),
        attributes=MappingProxyType(attributes),
        roles=MappingProxyType(roles),
        topics=MappingProxyType({n: _topic(n, told) for n, told in _read("topics.yaml").items()}),
    )


@lru_cache(maxsize=1)
def benchmark_names() -> Mapping[int, str]:
    """The eight Gatsby Benchmarks by number: "A stable careers programme" and so on."""
    return MappingProxyType(
        {int(number): name for number, name in _read("benchmarks.yaml").items()}
    )


def _read(name: str) -> dict[str, Any]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders
    return loaded


def _attribute(name: str, told: Mapping[str, Any], known: Attribute | None) -> Attribute:
    listed = told.get("values", {})
    of_roles = listed == "roles"
    listed = {} if of_roles else listed
    values = dict(listed) if hasattr(listed, "items") else dict.fromkeys(listed, "")
    if known is not None:
        return attrs.evolve(known, values=MappingProxyType({**known.values, **values}))
    return Attribute(
        name=name,
        type=told["type"],
        description=told.get("description", ""),
        values=MappingProxyType(values),
        of_roles=of_roles,
        default=told.get("default"),
        says=told.get("says", ""),
    )


def _with_roles(attributes: Mapping[str, Attribute], roles: Iterable[str]) -> dict[str, Attribute]:
    """The attributes, those whose values are the roles with these roles among them."""
    added = dict.fromkeys(roles, "")
    return {
        name: attrs.evolve(one, values=MappingProxyType({**one.values, **added}))
        if one.of_roles
        else one
        for name, one in attributes.items()
    }


def _kind(
    name: str, told: Mapping[str, Any], carried: list[str], attributes: Mapping[str, Attribute]
) -> Kind:
    singular = told.get("singular", name)
    return Kind(
        name=name,
        singular=singular,
        plural=told.get("plural", f"{singular}s"),
        description=told["description"],
        of=told.get("of", ""),
        attributes=_pick(carried, attributes),
        named=told.get("named", ""),
        identity=told.get("identity", ""),
        silent=told.get("silent", False),
    )


def _topic(name: str, told: Mapping[str, Any]) -> Topic:
    return Topic(name=name, description=told["description"], benchmark=told.get("benchmark"))


def _pick(names: Iterable[str], attributes: Mapping[str, Attribute]) -> Mapping[str, Attribute]:
    return MappingProxyType({name: attributes[name] for name in names if name in attributes})


def _carried(kind: str, added: Mapping[str, Any]) -> list[str]:
    return [name for name, told in added.items() if kind in told.get("on", ())]


def _as_added(vocabulary: Vocabulary) -> dict[str, Any]:
    carriers: dict[str, list[str]] = {}
    for kind in vocabulary.kinds.values():
        for name in kind.attributes:
            carriers.setdefault(name, []).append(kind.name)
    return {
        "attributes": {
            name: {
                "type": a.type,
                "description": a.description,
                "values": a.values,
                "default": a.default,
                "says": a.says,
                "on": carriers.get(name, []),
            }
            for name, a in vocabulary.attributes.items()
        },
        "kinds": {
            kind.name: {
                "of": kind.of,
                "singular": kind.singular,
                "plural": kind.plural,
                "description": kind.description,
                "named": kind.named,
                "identity": kind.identity,
                "silent": kind.silent,
                "attributes": list(kind.attributes),
            }
            for kind in vocabulary.kinds.values()
        },
        "roles": vocabulary.roles,
        "topics": {
            t.name: {"description": t.description, "benchmark": t.benchmark}
            for t in vocabulary.topics.values()
        },
    }
