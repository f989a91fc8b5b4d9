"""`careerspolicy templates`: the templates of documents and pages, to start one's own from."""

from __future__ import annotations

from pathlib import Path

import click

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.output import refuse_to_overwrite, write_file
from careerspolicy.errors import UnknownName
from careerspolicy.suggestions import did_you_mean
from careerspolicy.views.words import counted
from careerspolicy.writers.folders import purpose, shipped_templates


@click.command(short_help=SUMMARIES["templates"])
@click.argument("names", nargs=-1, metavar="[NAME ...]")
@click.option(
    "--copy",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Copy them into this folder, to change there and give to --templates.",
)
@click.option("--force", is_flag=True, help="With --copy: replace files that are there already.")
def command(*, names: tuple[str, ...], folder: Path | None, force: bool) -> None:
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
    else:
        _copy(chosen, folder, force=force)


def _copy(chosen: dict[str, str], folder: Path, *, force: bool) -> None:
    for name in chosen:
        refuse_to_overwrite(folder / name, force=force)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in chosen.items():
        write_file(folder / name, text.encode(), force=force)
    click.echo(f"{folder}: {counted(len(chosen), 'template')} copied", err=True)
