"""`careerspolicy provider-access`: a school's provider access policy statement, and its check."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs
import click

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.dates import as_of_option
from careerspolicy.cli.documents import document_options, templates_option, word_template_option
from careerspolicy.cli.inputs import (
    count_warnings,
    facts_for,
    policies_named,
    reject_option,
    school_of,
)
from careerspolicy.cli.output import DOCUMENTS, write_view
from careerspolicy.documents.provider_access import provider_access_statement, year_label
from careerspolicy.documents.school_loading import InvalidSchool, load_school
from careerspolicy.errors import CareersPolicyError, Problem
from careerspolicy.plain.text import bytes_of, text_of
from careerspolicy.suppression import USUAL_THRESHOLD
from careerspolicy.views.provider_access import provider_access_view
from careerspolicy.views.provider_access_check import gap_lines, provider_access_check_view
from careerspolicy.views.statement_changes import statement_changes_view
from careerspolicy.writers.markdown import without_contents
from careerspolicy.writers.markdown_reading import read
from careerspolicy.writers.printable import printable

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.calendar.school_calendar import SchoolCalendar
    from careerspolicy.cli.documents import Destination
    from careerspolicy.documents.provider_access import Statement
    from careerspolicy.documents.school_file import SchoolFile
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy
    from careerspolicy.views.tree import View

_OF_CHECK: Final = ("text", "json")
#: The most bytes of last year's statement; the longest real ones have a tenth of it.
_STATEMENT_LIMIT: Final = 2**20
_MARKDOWN: Final = (".md", ".markdown")


class NoStatementNeeded(CareersPolicyError):
    """A school with no year group that section 42B is about."""


@attrs.frozen(kw_only=True)
class _Asked:
    """What one run makes its statements from."""

    policy: Policy
    facts: Facts | None
    year: int
    as_of: date
    draft: bool
    threshold: int

    def statement(self, school: SchoolFile) -> Statement:
        return provider_access_statement(
            school,
            self.policy,
            year=self.year,
            as_of=self.as_of,
            facts=self.facts,
            draft=self.draft,
            threshold=self.threshold,
        )


def _read_year(_ctx: click.Context, _param: click.Parameter, text: str | None) -> int | None:
    """The year in which a school year such as 2026/27 begins."""
    if text is None:
        return None
    found = re.fullmatch(r"(20[0-9]{2})[/-]([0-9]{2}|20[0-9]{2})", text)
    if not found or int(found[2][-2:]) != (int(found[1]) + 1) % 100:
        raise click.BadParameter(f'"{text}" is not a school year; write it as in 2026/27')
    return int(found[1])


@click.command(short_help=SUMMARIES["provider-access"])
@click.argument("school", required=False, type=click.Path(path_type=Path), metavar="SCHOOL_FILE")
@click.option(
    "--policy",
    metavar="NAME_OR_FILE",
    help="The trust's policy: a shipped one, or a file; england for the law alone.",
)
@click.option(
    "--facts",
    "facts_path",
    type=click.Path(path_type=Path),
    metavar="FACTS",
    help="The school's records, for previous providers and destinations.",
)
@click.option(
    "--year",
    callback=_read_year,
    metavar="YYYY/YY",
    help="The school year of the statement, such as 2026/27. [default: that of --as-of]",
)
@as_of_option
@click.option("--check", is_flag=True, help="Say what the statement lacks, and who asks for it.")
@click.option("--draft", is_flag=True, help="Write it with its gaps marked.")
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Say what changed since last year's school file, or statement in Markdown.",
)
@click.option("--init", is_flag=True, help="Write a school file to start from, with comments.")
@click.option(
    "--suppress-below",
    "threshold",
    type=click.IntRange(1, 1000),
    default=USUAL_THRESHOLD,
    show_default=True,
    metavar="N",
    help="Hide numbers of pupils from 1 to N - 1, and what would give them away.",
)
@reject_option
@templates_option
@word_template_option
@document_options((*DOCUMENTS, *_OF_CHECK))
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    *,
    school: Path | None,
    policy: str | None,
    facts_path: Path | None,
    year: int | None,
    as_of: date,
    check: bool,
    draft: bool,
    previous: Path | None,
    init: bool,
    threshold: int,
    reject_to: Path | None,
    templates: Path | None,
    word_template: Path | None,
    to: Destination,
) -> None:
    """Write a school's provider access policy statement, or check what it lacks.

    It is the statement that section 42B of the Education Act 1997 requires. SCHOOL_FILE is YAML;
    --init writes one to start from. Exits with 1 if the law asks for something that the file does
    not say.
    """
    if init:
        to.write(files("careerspolicy.documents").joinpath("starter.yaml").read_text("utf-8"))
        return
    _refuse_mixtures(to, school=school, policy=policy, check=check, previous=previous)
    assert school and policy  # noqa: S101 - refused just above
    told = load_school(school)
    (known,) = policies_named([policy])
    facts = _facts(facts_path, known, told, reject_to)
    asked = _Asked(
        policy=known,
        facts=facts,
        year=_calendar(facts, told).year_of(as_of) if year is None else year,
        as_of=as_of,
        draft=draft,
        threshold=threshold,
    )
    statement = asked.statement(told)
    if not statement.years:
        raise NoStatementNeeded(_not_needed(statement))
    if check:
        shape = "json" if to.shape == "json" else "text"
        write_view(provider_access_check_view(statement), attrs.evolve(to, shape=shape))
        ctx.exit(int(bool(statement.lacking_by_law)))
    if statement.lacking_by_law and not draft:
        _tell_gaps(statement)
        ctx.exit(1)
    _tell_advice(statement)
    view: View = provider_access_view(statement)
    if previous:
        view = _changes(view, previous, asked, templates)
    write_view(view, to, templates=templates, word_template=word_template)


def _changes(view: View, path: Path, asked: _Asked, templates: Path | None) -> View:
    """What changed since last year's statement: a file that was published, or one made anew."""
    if path.suffix.lower() in _MARKDOWN:
        name = path.name
        written = text_of(bytes_of(path, _STATEMENT_LIMIT), str(path), _STATEMENT_LIMIT)
    else:
        name = f"the statement that {path.name} would make for {year_label(asked.year)}"
        earlier = provider_access_view(asked.statement(load_school(path)))
        written = without_contents(earlier, templates=templates)
    before = read(written, title=name, by_line=True)
    now = without_contents(view, templates=templates)
    after = read(now, title=view.title, dated=view.dated, by_line=True)
    return statement_changes_view(before, after, earlier=name)


def _refuse_mixtures(
    to: Destination,
    *,
    school: Path | None,
    policy: str | None,
    check: bool,
    previous: Path | None,
) -> None:
    """Refuse options that make no sense together, or without one another."""
    if school is None:
        raise click.UsageError("name a school file; --init writes one to start from")
    if policy is None:
        raise click.UsageError(
            "name the trust's policy with --policy, or the law alone with --policy england"
        )
    if check and previous:
        raise click.UsageError("--check and --previous are asked for one at a time")
    if to.shape in _OF_CHECK and not check:
        raise click.UsageError(f"--format {to.shape} goes with --check")
    if check and to.shape not in (*_OF_CHECK, DOCUMENTS[0]):
        raise click.UsageError(f"--check is written as text or json, not {to.shape}")


def _facts(
    path: Path | None, policy: Policy, school: SchoolFile, reject_to: Path | None
) -> Facts | None:
    if path is None:
        return None
    if not school.urn:
        message, hint = '"urn" is missing, and facts find a school by it', "add it under school:"
        raise InvalidSchool(
            [Problem(file=school.file, path=("school",), message=message, hint=hint)]
        )
    facts = facts_for(path, (policy,), reject_to)
    school_of(facts, school.urn)
    count_warnings(facts)
    return facts


def _calendar(facts: Facts | None, school: SchoolFile) -> SchoolCalendar:
    return facts.school_by_urn[school.urn].calendar if facts else school.calendar


def _not_needed(statement: Statement) -> str:
    school, years = statement.school, statement.relevant_years
    return (
        f"{school.file}: {school.name} teaches no year group from Year {years[0]} to "
        f"Year {years[-1]}, which section 42B of the Education Act 1997 is about: "
        "no statement is needed"
    )


def _tell_gaps(statement: Statement) -> None:
    for line in gap_lines(statement):
        click.echo(printable(line), err=True)
    click.echo("no statement was written; --draft writes it with these gaps marked", err=True)


def _tell_advice(statement: Statement) -> None:
    """Say on stderr what to look at, and what the policy asks for and the statement lacks."""
    file = statement.school.file
    for one in statement.advice:
        click.echo(printable(f"warning: {file}: {one.where}: {one.message}"), err=True)
    for gap in statement.lacking_by_policy:
        asked = "; ".join(map(str, gap.askers))
        click.echo(
            printable(f"warning: {file}: {gap.content}: lacking ({asked}); {gap.mend}"), err=True
        )
