"""Keeps the schemas that editors open: of policies, their tests and school files.

They are written by hand but for four definitions of the first: kinds of record, roles, topics and
attributes, which editors offer as completions. `make schema` rewrites those four.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.vocabulary import Vocabulary

SCHEMAS: Final = Path(__file__).parent
POLICY_SCHEMA: Final = SCHEMAS / "policy.schema.json"
#: What is read and has a schema that editors open.
INPUTS: Final = ("policy", "policy-test", "school", "mapping")
_WIDTH: Final = 120


def with_shared_words(schema: dict[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """The policy schema with every shared word, and its meaning, in those definitions."""
    words = {
        "kind": {n: vocabulary.kinds[n].description for n in vocabulary.record_kinds},
        "role": vocabulary.roles,
        "topic": {n: topic.description for n, topic in vocabulary.topics.items()},
        "attribute": {n: a.description for n, a in vocabulary.attributes.items()},
    }
    definitions = dict(schema["$defs"])
    for name, meanings in words.items():
        own = {"type": "string", "minLength": 2, "description": f"A {name} of this file's own."}
        shared = [{"const": word, "description": meaning} for word, meaning in meanings.items()]
        definitions[name] = {**definitions[name], "anyOf": [own, *shared]}
    return {**schema, "$defs": definitions}


def schema_text(part: Any) -> str:
    """A schema as it is kept: what there is room for stands on one line."""
    return "".join(f"{line}\n" for line in _lines(part))


def _lines(part: Any, indent: int = 0, lead: str = "", ending: str = "") -> Iterator[str]:
    """The lines of a part that begins with `lead` and has `ending` after it."""
    opening = f"{' ' * indent}{lead}"
    line = f"{opening}{json.dumps(part, ensure_ascii=False)}{ending}"
    if len(line) <= _WIDTH or not part or not isinstance(part, (dict, list)):
        yield line
        return
    first, last = ("{", "}") if isinstance(part, dict) else ("[", "]")
    items = part.items() if isinstance(part, dict) else (("", item) for item in part)
    yield f"{opening}{first}"
    for number, (key, value) in enumerate(items, start=1):
        name = f"{json.dumps(key)}: " if isinstance(part, dict) else ""
        yield from _lines(value, indent + 2, name, "," if number < len(part) else "")
    yield f"{' ' * indent}{last}{ending}"


def main() -> None:
    """Rewrite the four definitions, and all three schemas as they are kept."""
    for name in INPUTS:
        path = SCHEMAS / f"{name}.schema.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        if name == "policy":
            schema = with_shared_words(schema, shared_vocabulary())
        path.write_text(schema_text(schema), encoding="utf-8")


if __name__ == "__main__":
    main()
