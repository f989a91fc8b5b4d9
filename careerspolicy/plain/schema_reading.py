"""What a JSON Schema tells besides its rules: descriptions, examples, known keys.

Used by `failures` and `conformity_words`. References are followed within one schema file only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.plain.value_words import either

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
