"""`careerspolicy schema`: the JSON Schemas, for editors and other programs."""

from __future__ import annotations

import json
from typing import Final

import click

from careerspolicy.cli.output import write_data
from careerspolicy.plain.conformity import load_schema
from careerspolicy.readers.dictionary import facts_schema
from careerspolicy.schemas import OUTPUTS, output_schema
from careerspolicy.vocabulary import shared_vocabulary

_FACTS: Final = "facts"
#: What is read, and then what is written.
NAMES: Final = ("policy", "policy-test", _FACTS, "school", *OUTPUTS)


@click.command
@click.argument("name", type=click.Choice(NAMES))
def schema_command(name: str) -> None:
    """Print the JSON Schema of a kind of file that is read here, or of an output."""
    if name in OUTPUTS:
        schema = output_schema(name)
    else:
        schema = facts_schema(shared_vocabulary()) if name == _FACTS else load_schema(name)
    write_data([json.dumps(schema, indent=2, ensure_ascii=False), "\n"])
