"""`import`: files as a school's systems export them become a folder of facts."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final

import click

from careerspolicy.cli import inputs
from careerspolicy.cli.commands import say
from careerspolicy.cli.evaluating import tell_idle_waivers
from careerspolicy.cli.mapping_files import ask_about, write_draft
from careerspolicy.cli.output import (
    Destination,
    move_files,
    private_folder,
    refuse_to_overwrite,
    write_file,
    write_view,
)
from careerspolicy.readers import Beside, import_facts
from careerspolicy.readers.facts_files import FactsFolder
from careerspolicy.readers.folder import table_names
from careerspolicy.readers.tables import folded
from careerspolicy.views.account import account_view
from careerspolicy.views.form import form_of
from careerspolicy.views.words import counted
from careerspolicy.vocabulary import shared_vocabulary
from careerspolicy.writers.form import form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from careerspolicy.model.policy import Policy
    from careerspolicy.vocabulary import Vocabulary

#: What binds every school, whatever its own policy.
_THE_LAW: Final = "england"


@click.command
@click.argument("sources", nargs=-1, type=inputs.PATH, metavar="SOURCE...")
@click.option("--school", default="", metavar="URN", help="The school of lists that name none.")
@click.option("--trust", default="", metavar="NAME", help="The trust of a school that names none.")
@click.option(
    "--as-at",
    callback=lambda _ctx, _param, value: inputs.read_day(value),
    metavar="DATE",
    help="The day of the export; else the one in the file's name, or the file's own.",
)
@click.option("--as", "system", default="", metavar="SYSTEM", help="The system that it comes from.")
@click.option("--mapping", type=inputs.FILE, metavar="FILE", help="A mapping of your own.")
@click.option("--key", type=inputs.FILE, metavar="FILE", help="The key to pupils' ids.")
@click.option(
    "--policy",
    "names",
    multiple=True,
    metavar="POLICY",
    help="A policy with words of its own; may be given again.",
)
@click.option(
    "--to",
    type=inputs.PATH,
    metavar="FOLDER",
    help="Where to write the facts; without it, nothing is written.",
)
@click.option("--force", is_flag=True, help="Replace files of that folder.")
@click.option("--ask", is_flag=True, help="Ask what the columns of unknown sheets are.")
@click.option(
    "--draft-mapping",
    "draft",
    type=inputs.FILE,
    metavar="FILE",
    help="Write a mapping of unknown sheets to look through; import nothing.",
)
@click.option(
    "--workbook",
    type=inputs.FILE,
    metavar="FILE.xlsx",
    help="Write a workbook to fill in, with what the policies need; import nothing.",
)
@inputs.reject_option
@inputs.shape_option("text", "json")
def import_command(
    *,
    sources: tuple[Path, ...],
    as_at: date | None,
    names: tuple[str, ...],
    ask: bool,
    draft: Path | None,
    workbook: Path | None,
    force: bool,
    **others: Any,
) -> None:
    """Read files as a school's systems export them, and say what became of everything.

    SOURCES are files, or folders of them: CSV, spreadsheets, JSON, XML or Parquet.
    """
    if (workbook is not None) + (draft is not None) + ask > 1:
        raise click.UsageError("--ask, --draft-mapping and --workbook are three ways: choose one")
    if workbook is not None:
        if workbook.suffix.lower() != ".xlsx":
            raise click.UsageError("a workbook is named with .xlsx at its end")
        _write_workbook(workbook, names or (_THE_LAW,), others["school"], force=force)
        return
    if not sources:
        raise click.UsageError("name a file or a folder to import, or --workbook FILE.xlsx")
    policies = inputs.policies_named(*names)
    vocabulary = _words_of(policies)
    reading = ("to", "reject_to", "shape")
    beside = Beside(as_at=as_at, **{k: v for k, v in others.items() if k not in reading})
    if draft is not None:
        write_draft(sources, beside, vocabulary, draft, force=force)
        return
    if ask:
        beside = ask_about(sources, beside, vocabulary)
    _import(sources, beside, policies, force=force, **{name: others[name] for name in reading})


def _words_of(policies: Sequence[Policy]) -> Vocabulary:
    return shared_vocabulary().joined(policy.vocabulary for policy in policies)


def _write_workbook(path: Path, names: tuple[str, ...], school: str, *, force: bool) -> None:
    """Write a workbook to fill in, which is read back as it is."""
    policies = inputs.policies_named(*names)
    vocabulary = _words_of(policies)
    write_file(path, form(form_of(vocabulary, policies, school=school)), force=force)
    say(f'wrote {path}; fill it in, then "careerspolicy evaluate {path} --policy {names[0]}"')


def _import(
    sources: tuple[Path, ...],
    beside: Beside,
    policies: Sequence[Policy],
    *,
    to: Path | None,
    force: bool,
    reject_to: Path | None,
    shape: str,
) -> None:
    vocabulary = _words_of(policies)
    with private_folder(to) if to else nullcontext() as place:
        into = FactsFolder(vocabulary, place)
        try:
            facts = import_facts(
                *sources, vocabulary=vocabulary, into=into, reject_to=reject_to, beside=beside
            )
            inputs.tell_warnings(facts)
            if policies:
                tell_idle_waivers(facts, policies)
            if to is not None:
                files = into.finish(facts)
                _put(files, to, vocabulary, force=force)
        finally:
            into.forget()
    write_view(account_view(facts), Destination(shape=shape))


def _put(files: Sequence[Path], to: Path, vocabulary: Vocabulary, *, force: bool) -> None:
    """Move files into a folder, in place of any facts that are there: two imports are never one."""
    names = table_names(vocabulary)
    before = [file for file in sorted(to.glob("*.csv")) if folded(file.stem) in names]
    for file in before:
        refuse_to_overwrite(file, force=force)
    move_files(files, to, force=force)
    say(f"wrote {counted(len(files), 'file')} to {to}")
    if stale := [file for file in before if file.name not in {each.name for each in files}]:
        for file in stale:
            file.unlink()
        say(f"removed {', '.join(file.name for file in stale)}, of an earlier import")
