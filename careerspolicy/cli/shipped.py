"""What is shipped: `policies`, the `schema` of each kind of file, and `templates`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from careerspolicy.cli import output
from careerspolicy.cli.commands import say
from careerspolicy.cli.inputs import policies_named, shape_option
from careerspolicy.errors import UnknownName
from careerspolicy.loading import shipped_policies
from careerspolicy.plain.conformity import load_schema
from careerspolicy.readers.dictionary import facts_schema
from careerspolicy.schemas import OUTPUTS, output_schema
from careerspolicy.suggestions import did_you_mean
from careerspolicy.views.policies import policies_view, topics_view
from careerspolicy.views.words import counted
from careerspolicy.vocabulary import shared_vocabulary
from careerspolicy.writers.templating import purpose, shipped_templates


@click.command
@shape_option("text", "json")
@click.option("--topics", is_flag=True, help="List the topics, and who promises anything on them.")
def policies_command(shape: str, *, topics: bool) -> None:
    """List the shipped policies, and the law, each by the name that --policy takes."""
    policies = dict(zip(shipped_policies(), policies_named(*shipped_policies()), strict=True))
    view = topics_view(policies.values()) if topics else policies_view(policies)
    output.write_view(view, output.Destination(shape=shape))


_FACTS: Final = "facts"
#: What is read, and then what is written.
NAMES: Final = ("policy", "policy-test", _FACTS, "mapping", "school", *OUTPUTS)


@click.command
@click.argument("name", type=click.Choice(NAMES))
def schema_command(name: str) -> None:
    """Print the JSON Schema of a kind of file that is read here, or of an output."""
    if name in OUTPUTS:
        schema = output_schema(name)
    else:
        schema = facts_schema(shared_vocabulary()) if name == _FACTS else load_schema(name)
    output.write_data([json.dumps(schema, indent=2, ensure_ascii=False), "\n"])


@click.command
@click.argument("names", nargs=-1, metavar="[NAME ...]")
@click.option(
    "--copy",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Copy them into this folder, to change there and give to --templates.",
)
@click.option("--force", is_flag=True, help="With --copy: replace files that are there already.")
def templates_command(*, names: tuple[str, ...], folder: Path | None, force: bool) -> None:
    """List the templates that --templates DIR can replace by others of the same name.

    Yours may be a whole one, or one that extends the shipped one and fills some of its blocks:
    {% extends "shipped/document.html.j2" %}. Keep in DIR only what you change.
    """
    known = shipped_templates()
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known)
            raise UnknownName(f'there is no template "{name}"; {hint}')
    chosen = {name: text for name, text in known.items() if name in names or not names}
    if folder is None:
        for name, text in chosen.items():
            click.echo(f"{name}: {purpose(text)}")
        return
    for name in chosen:
        output.refuse_to_overwrite(folder / name, force=force)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in chosen.items():
        output.write_file(folder / name, text.encode(), force=force)
    say(f"{folder}: {counted(len(chosen), 'template')} copied")
