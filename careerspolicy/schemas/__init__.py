"""The JSON Schemas of what commands write with `--format json`, built from the YAML in `outputs/`.

That YAML is JSON Schema but for one word of its own: `object` lists the properties of an object
that admits no others; all of them are there, but for those whose name ends in "?". Beside this
module stand the schemas of what is read (policies, their tests, school files), for editors.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final

import yaml

#: What has a schema here, by its name in `careerspolicy schema`.
OUTPUTS: Final = ("report", "trace", "comparison", "gaps", "provider-access-check", "doctor")

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def output_schema(name: str) -> dict[str, Any]:
    """The draft 2020-12 schema of an output, by its name."""
    text = files(__name__).joinpath("outputs", f"{name}.yaml").read_text(encoding="utf-8")
    return {"$schema": _DIALECT, "$id": schema_id(name), **_built(yaml.safe_load(text))}


def schema_id(name: str) -> str:
    """What a schema is known by.

    >>> schema_id("facts")
    'https://careerspolicy.example/schemas/facts.schema.json'
    """
    return f"https://careerspolicy.example/schemas/{name}.schema.json"


def _built(part: Any) -> Any:
    """A part of a schema with its objects spelt out, at every depth."""
    if isinstance(part, list):
        return [_built(item) for item in part]
    if not isinstance(part, dict):
        return part
    built: dict[str, Any] = {}
    for word, value in part.items():
        built |= _closed(value) if word == "object" else {word: _built(value)}
    return built


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in properties if not name.endswith("?")],
        "properties": {name.removesuffix("?"): _built(part) for name, part in properties.items()},
    }
