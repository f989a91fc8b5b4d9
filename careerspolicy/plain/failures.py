"""One error of JSON Schema: what it is about, and which of several forms was meant.

Made by `conformity`, put in words by `conformity_words`. Beside it, what a schema tells besides its
rules: descriptions, examples, known keys. References are followed within one schema file only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from careerspolicy.plain.value_words import either, name_of, type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jsonschema import ValidationError


#: What brings a schema in only on a condition.
_CONDITIONAL: Final = ("then", "else", "dependentSchemas", "not")
#: What may stand in a form that only requires a key.
_COMMENTS: Final = frozenset({"required", "title", "description", "problem", "mend", "$comment"})


@attrs.frozen(kw_only=True, eq=False)
class Failure:
    """A value that breaks a rule of a schema, whose `limit` is what the rule asks.

    `path` leads to the value in the file, and `way` to the rule in the whole schema, `root`. Where
    several forms were tried, `forms` has the failures of each.
    """

    rule: str
    limit: Any
    value: Any
    schema: Any
    root: Any
    path: tuple[str | int, ...]
    way: tuple[str | int, ...]
    forms: tuple[tuple[Failure, ...], ...]

    @classmethod
    def of(cls, error: ValidationError, root: Any) -> Failure:
        """The failure that an error of jsonschema reports."""
        forms: dict[str | int, list[Failure]] = {}
        for inner in error.context or ():
            forms.setdefault(inner.relative_schema_path[0], []).append(cls.of(inner, root))
        return cls(
            rule=str(error.validator),
            limit=error.validator_value,
            value=error.instance,
            schema=cast("Any", error.schema),
            root=root,
            path=tuple(error.absolute_path),
            way=tuple(error.absolute_schema_path),
            forms=tuple(map(tuple, forms.values())),
        )

    @property
    def problem(self) -> str:
        """The schema's own message; one that begins with "is" follows what was found."""
        problem = str(self._own.get("problem", ""))
        return f"{name_of(self.value)} {problem}" if problem.startswith("is ") else problem

    @property
    def mend(self) -> str:
        """The schema's own hint."""
        return str(self._own.get("mend", ""))

    @property
    def _own(self) -> dict[str, Any]:
        """The schema with a `problem` beside the rule, or on the way to it from a condition."""
        steps = self.way[:-1]
        nodes = schemas_on(steps, self.root)
        starts = [
            n for n, step in enumerate(steps) if step in _CONDITIONAL and isinstance(nodes[n], dict)
        ]
        from_condition = nodes[starts[-1] :][::-1] if starts else []
        with_words = (
            schema
            for schema in (self.limit, self.schema, *from_condition)
            if isinstance(schema, dict) and isinstance(schema.get("problem"), str)
        )
        return next(with_words, {})

    def mend_of_mistake(self, key: str = "") -> str:
        """What the schema says to write instead of a likely mistake; perhaps empty.

        It stands under `mistaken`, by a pattern of the whole text (or, in a mapping, of the key),
        whose groups the hint may take up.
        """
        written = key or self.value
        likely = self.schema.get("mistaken", {}) if isinstance(self.schema, dict) else {}
        for pattern, hint in likely.items() if isinstance(written, str) else ():
            if match := re.fullmatch(pattern, written):
                return match.expand(hint)
        return ""

    @property
    def keys_told_apart(self) -> list[str]:
        """The keys that the forms differ by, where each form only requires one key; else none."""
        if not all(isinstance(form, dict) and form.keys() <= _COMMENTS for form in self.limit):
            return []
        needed = [form.get("required", ()) for form in self.limit]
        return [keys[0] for keys in needed] if all(len(keys) == 1 for keys in needed) else []

    @property
    def fitting(self) -> list[tuple[Failure, ...]]:
        """The forms that at least ask for the type of value that was found."""
        return [form for form in self.forms if not self._types_in(form)]

    @property
    def best_form(self) -> tuple[Failure, ...]:
        """The fitting form that has least against the value; empty if none fits."""
        return min(self.fitting, key=_weight, default=())

    @property
    def types_wanted(self) -> set[str]:
        """The types that are asked for; empty unless it is the type that is wrong."""
        if self.rule == "type":
            return {self.limit} if isinstance(self.limit, str) else set(self.limit)
        if self.rule in ("const", "enum"):
            types = {type_of(value) for value in self.words}
            return set() if type_of(self.value) in types else types
        if self.forms and not self.fitting:
            return {name for form in self.forms for name in self._types_in(form)}
        return set()

    @property
    def words(self) -> list[Any]:
        """The values that `const` or `enum` admits."""
        return [self.limit] if self.rule == "const" else list(self.limit)

    def _types_in(self, form: Iterable[Failure]) -> set[str]:
        """The types that a form asks for itself, not for its parts."""
        own = (failure for failure in form if failure.path == self.path)
        return {name for failure in own for name in failure.types_wanted}


def _weight(form: Sequence[Failure]) -> tuple[int, int]:
    """How much speaks against a form: first its telling keys, then everything."""
    rules = [failure.rule for failure in form]
    telling = 2 * rules.count("const") + rules.count("additionalProperties")
    return (telling + rules.count("required"), len(form))


#: Words a description begins with that are written small in the middle of a sentence.
_SMALL: Final = frozenset({
    "A", "An", "At", "By", "Everything", "From", "How", "Its", "One", "Several", "Tests", "That",
    "The", "Their", "These", "This", "Those", "To", "What", "When", "Where", "Whether", "Which",
    "Whichever", "Who", "Whom", "Whose", "Why", "Words",
})  # fmt: skip


def gist(schema: Any) -> str:
    """The first statement of a description, as it stands inside a sentence; perhaps empty.

    >>> gist({"description": "A date; the day may be left out."})
    'a date'
    """
    description = schema.get("description", "") if isinstance(schema, dict) else ""
    for end in (". ", "; ", ": ", " ("):
        description = description.split(end)[0]
    first, space, rest = description.rstrip(".").partition(" ")
    return f"{first.lower() if first in _SMALL else first}{space}{rest}"


def such_as(schemas: Iterable[Any], otherwise: Iterable[str] = ()) -> str:
    """The examples that schemas give, or these, in words; perhaps empty.

    >>> such_as([{"examples": ["2 years", "6 weeks"]}])
    'such as 2 years or 6 weeks'
    """
    listed = [schema.get("examples", ()) for schema in schemas if isinstance(schema, dict)]
    examples = [str(example) for each in listed for example in each] or [*otherwise]
    return f"such as {either(examples)}" if examples else ""


def resolved(schema: Any, root: Any) -> dict[str, Any]:
    """A schema with what its reference says added to it; its own words win."""
    whole: dict[str, Any] = dict(schema) if isinstance(schema, dict) else {}
    seen: set[str] = set()
    while (link := whole.pop("$ref", None)) and link not in seen:
        seen.add(link)
        whole = {**_target(link, root), **whole}
    return whole


def properties(schema: Any, root: Any) -> dict[str, Any]:
    """Every key that a mapping of this schema may have in one case or another."""
    known: dict[str, Any] = {}
    for part in _parts(schema, root):
        for name, value in part.get("properties", {}).items():
            if value is not False:
                known.setdefault(name, value)
    return known


def schemas_on(way: Iterable[str | int], root: Any) -> list[Any]:
    """What stands at each step of a way through a schema, the root first."""
    nodes = [root]
    for step in way:
        node = nodes[-1]
        nodes.append(_target(node["$ref"], root) if step == "$ref" else _step(node, step))
    return nodes


def _step(node: Any, step: str | int) -> Any:
    try:
        return node[step]
    except (KeyError, IndexError, TypeError):
        return {}


def _target(link: str, root: Any) -> dict[str, Any]:
    if not link.startswith("#"):
        return {}
    node = root
    for step in link[1:].split("/")[1:]:
        node = _step(node, step.replace("~1", "/").replace("~0", "~"))
    return node if isinstance(node, dict) else {}


def _parts(schema: Any, root: Any) -> Iterator[dict[str, Any]]:
    """A schema and all that say more of the very same value."""
    waiting, seen = [schema], set()
    while waiting:
        part = waiting.pop()
        if not isinstance(part, dict) or id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        waiting += [_target(part["$ref"], root)] if "$ref" in part else []
        waiting += [part[word] for word in ("then", "else") if word in part]
        waiting += [more for word in ("allOf", "anyOf", "oneOf") for more in part.get(word, ())]
        waiting += part.get("dependentSchemas", {}).values()
