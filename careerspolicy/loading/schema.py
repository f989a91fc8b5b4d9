"""Keeps the policy schema's lists of words in step with the shared vocabulary.

The schema is written by hand but for four definitions: kinds of record, roles, topics and
attributes, which editors offer as completions. `make schema` rewrites those four.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from careerspolicy.vocabulary import Vocabulary, shared_vocabulary

POLICY_SCHEMA: Final = Path(__file__).parents[1] / "schemas" / "policy.schema.json"


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


def main() -> None:
    """Rewrite the four definitions in place."""
    schema = json.loads(POLICY_SCHEMA.read_text(encoding="utf-8"))
    current = with_shared_words(schema, shared_vocabulary())
    text = json.dumps(current, indent=2, ensure_ascii=False) + "\n"
    POLICY_SCHEMA.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
