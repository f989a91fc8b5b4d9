"""What a JSON Schema tells besides its rules: descriptions, known keys, and its own messages.

Used by `conformity_words`. References are followed within one schema file only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_CONDITIONAL: Final = ("then", "else", "dependentSchemas", "not")
#: Words a description begins with that are written small in the middle of a sentence.
_SMALL: Final = frozenset({
    "A", "An", "At", "By", "Everything", "From", "How", "Its", "One", "Several", "Tests", "That",
    "The", "Their", "These", "This", "Those", "To", "What", "When", "Where", "Whether", "Which",
    "Whichever", "Who", "Whom", "Whose", "Why", "Words",
})  # fmt: skip


class Failure(Protocol):
    """What this library uses of a jsonschema ValidationError (whose stubs admit unset fields)."""

    validator: str
    validator_value: Any
    instance: Any
    schema: Any
    context: Sequence[Failure]
    relative_path: Sequence[str | int]
    relative_schema_path: Sequence[str | int]
    absolute_path: Sequence[str | int]
    absolute_schema_path: Sequence[str | int]


def gist(schema: Any) -> str:
    """The first statement of a description, as it stands inside a sentence; perhaps empty.

    >>> gist({"description": "A date; the day may be left out."})
    'a date'
    """
    told = schema.get("description", "") if isinstance(schema, dict) else ""
    for end in (". ", "; ", ": ", " ("):
        told = told.split(end)[0]
    first, space, rest = told.rstrip(".").partition(" ")
    return f"{first.lower() if first in _SMALL else first}{space}{rest}"


def examples(schema: Any) -> list[Any]:
    """The examples that a schema gives; perhaps none."""
    return list(schema.get("examples", ())) if isinstance(schema, dict) else []


def resolved(schema: Any, root: Any) -> dict[str, Any]:
    """A schema with what its reference says added to it; its own words win."""
    found: dict[str, Any] = dict(schema) if isinstance(schema, dict) else {}
    seen: set[str] = set()
    while (link := found.pop("$ref", None)) and link not in seen:
        seen.add(link)
        found = {**_target(link, root), **found}
    return found


def properties(schema: Any, root: Any) -> dict[str, Any]:
    """Every key that a mapping of this schema may have in one case or another."""
    found: dict[str, Any] = {}
    for part in _parts(schema, root):
        for name, value in part.get("properties", {}).items():
            if value is not False:
                found.setdefault(name, value)
    return found


def told(error: Failure, root: Any) -> tuple[str, str]:
    """The schema's own `problem` and `mend` for an error; each perhaps empty.

    They stand beside the keyword that failed, or anywhere on the way to it from the condition
    (`then`, `not`, ...) that brought it in.
    """
    schemas = [error.validator_value, error.schema, *_from_condition(error, root)]
    for schema in schemas:
        if isinstance(schema, dict) and isinstance(schema.get("problem"), str):
            return schema["problem"], str(schema.get("mend", ""))
    return "", ""


def mistaken(error: Failure, key: str = "") -> str:
    """What the schema says to write instead of a likely mistake; perhaps empty.

    It stands under `mistaken`, by a pattern of the whole text (or, in a mapping, of the whole key),
    whose groups the hint may take up.
    """
    written = key or error.instance
    listed = error.schema.get("mistaken", {}) if isinstance(error.schema, dict) else {}
    for pattern, hint in listed.items() if isinstance(written, str) else ():
        if match := re.fullmatch(pattern, written):
            return match.expand(hint)
    return ""


def never_allowed(error: Failure, root: Any) -> list[str]:
    """The keys that the schema of a mapping forbids with `false`; jsonschema doesn't say which."""
    node = root
    for step in error.absolute_schema_path:
        node = _next(node, step, root)
    listed = node.items() if isinstance(node, dict) else ()
    return [key for key, schema in listed if schema is False]


def _from_condition(error: Failure, root: Any) -> list[Any]:
    """The schemas on the way to an error from its last condition, innermost first."""
    on_way, node = [root], root
    start = None
    for step in list(error.absolute_schema_path)[:-1]:
        if isinstance(node, dict) and step in _CONDITIONAL:
            start = len(on_way) - 1
        node = _next(node, step, root)
        on_way.append(node)
    return [] if start is None else list(reversed(on_way[start:]))


def _next(node: Any, step: str | int, root: Any) -> Any:
    return _target(node["$ref"], root) if step == "$ref" else _step(node, step)


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
        waiting += _listed(part, ("allOf", "anyOf", "oneOf"))
        waiting += part.get("dependentSchemas", {}).values()


def _listed(part: dict[str, Any], words: Sequence[str]) -> Iterable[Any]:
    return [one for word in words for one in part.get(word, ())]
