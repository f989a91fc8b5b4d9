"""Documents for people: `statement`, and a school's `provider-access` statement and its check."""

from __future__ import annotations

import re
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, cast

import attrs
import click

from careerspolicy.cli import inputs
from careerspolicy.cli.commands import say
from careerspolicy.cli.naming import no_names
from careerspolicy.cli.output import DOCUMENTS, Destination, write_view
from careerspolicy.documents.policy_document import GROUPINGS, Grouping, policy_document
from careerspolicy.documents.provider_access import Statement, provider_access_statement
from careerspolicy.documents.school_loading import (
    InvalidSchool,
    any_school,
    load_school,
    school_of_file,
)
from careerspolicy.documents.selecting import audiences
from careerspolicy.errors import CareersPolicyError, Problem
from careerspolicy.loading import load_policy
from careerspolicy.plain.text import bytes_of, text_of
from careerspolicy.suppression import USUAL_THRESHOLD
from careerspolicy.views.policies import policy_document_view
from careerspolicy.views.provider_access import (
    gap_lines,
    provider_access_check_view,
    provider_access_view,
)
from careerspolicy.views.statement_changes import statement_changes_view
from careerspolicy.writers.markdown import without_contents
from careerspolicy.writers.markdown_reading import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from careerspolicy.documents.school_file import SchoolFile
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy
    from careerspolicy.views.tree import View


@click.command
@no_names
@click.argument("policy", metavar="POLICY")
@click.option(
    "--audience",
    type=click.Choice([*audiences()]),
    default="public",
    show_default=True,
    help="Whom the copy is for: what concerns them comes first.",
)
@click.option(
    "--by",
    type=click.Choice(GROUPINGS),
    default="benchmark",
    show_default=True,
    help="What the promises are arranged by.",
)
@click.option(
    "--school",
    type=inputs.PATH,
    metavar="FILE",
    help="A school file: the document is then that school's own.",
)
@inputs.as_of_option
@inputs.document_options(*DOCUMENTS)
def statement_command(
    *, policy: str, audience: str, by: str, school: Path | None, as_of: date, to: Destination
) -> None:
    """Write POLICY as a document: every promise in a sentence, who owes what, what is due when.

    POLICY is a shipped policy's name, or a policy file.
    """
    known = load_policy(policy)
    where = school_of_file(load_school(school), as_of) if school else any_school(as_of)
    made = policy_document(
        known,
        where,
        audience=audiences()[audience],
        by=cast("Grouping", by),
        as_of=as_of,
        own=school is not None,
    )
    view = policy_document_view(made)
    write_view(view, to)


_OF_CHECK: Final = ("text", "json")
#: The most bytes of last year's statement; the longest real ones have a tenth of it.
_STATEMENT_LIMIT: Final = 2**20
_MARKDOWN: Final = (".md", ".markdown")


class NoStatementNeeded(CareersPolicyError):
    """A school with no year group that section 42B is about."""


@attrs.frozen(kw_only=True)
class _Asked:
    """What the options say of one run."""

    school: Path | None
    policy: str | None
    facts: Path | None
    year: int | None
    as_of: date | None
    check: bool
    draft: bool
    previous: Path | None
    init: bool
    threshold: int
    reject_to: Path | None
    to: Destination

    def refuse_mixtures(self) -> None:
        """Refuse options that make no sense together, or without one another."""
        if self.school is None:
            raise click.UsageError("name a school file; --init writes one to start from")
        if self.policy is None:
            raise click.UsageError(
                "name the trust's policy with --policy, or the law alone with --policy england"
            )
        if self.check and self.previous:
            raise click.UsageError("--check and --previous are asked for one at a time")
        if self.to.shape in _OF_CHECK and not self.check:
            raise click.UsageError(f"--format {self.to.shape} goes with --check")
        if self.check and self.to.shape not in (*_OF_CHECK, DOCUMENTS[0]):
            raise click.UsageError(f"--check is written as text or json, not {self.to.shape}")

    def maker(self, school: SchoolFile, policy: Policy) -> Callable[[SchoolFile], Statement]:
        """What makes a statement of a school's file, from the policy and the school's records."""
        facts = self._facts(school, policy)
        as_of = inputs.day_judged(self.as_of, facts, school.urn)
        calendar = facts.school_by_urn[school.urn].calendar if facts else school.calendar
        return partial(
            provider_access_statement,
            policy=policy,
            year=calendar.year_of(as_of) if self.year is None else self.year,
            as_of=as_of,
            facts=facts,
            draft=self.draft,
            threshold=self.threshold,
        )

    def _facts(self, school: SchoolFile, policy: Policy) -> Facts | None:
        if self.facts is None:
            return None
        if not school.urn:
            lacks, hint = '"urn" is missing, and facts find a school by it', "add it under school:"
            raise InvalidSchool(
                [Problem(file=school.file, path=("school",), message=lacks, hint=hint)]
            )
        facts = inputs.facts_for(self.facts, (policy,), self.reject_to)
        inputs.school_of(facts, school.urn)
        inputs.count_warnings(facts)
        return facts


def _read_year(_ctx: click.Context, _param: click.Parameter, text: str | None) -> int | None:
    """The year in which a school year such as 2026/27 begins."""
    if text is None:
        return None
    found = re.fullmatch(r"(20[0-9]{2})[/-]([0-9]{2}|20[0-9]{2})", text)
    if not found or int(found[2][-2:]) != (int(found[1]) + 1) % 100:
        raise click.BadParameter(f'"{text}" is not a school year; write it as in 2026/27')
    return int(found[1])


@click.command
@no_names
@click.argument("school", required=False, type=inputs.PATH, metavar="SCHOOL_FILE")
@click.option(
    "--policy",
    metavar="NAME_OR_FILE",
    help="The trust's policy: a shipped one, or a file; england for the law alone.",
)
@click.option(
    "--facts",
    type=inputs.PATH,
    metavar="FACTS",
    help="The school's records, for previous providers and destinations.",
)
@click.option(
    "--year",
    callback=_read_year,
    metavar="YYYY/YY",
    help="The school year of the statement, such as 2026/27. [default: that of --as-of]",
)
@inputs.as_of_facts_option
@click.option("--check", is_flag=True, help="Say what the statement lacks, and who asks for it.")
@click.option("--draft", is_flag=True, help="Write it with its gaps marked.")
@click.option(
    "--previous",
    type=inputs.PATH,
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
@inputs.reject_option
@inputs.document_options(*DOCUMENTS, *_OF_CHECK)
@click.pass_context
def provider_access_command(ctx: click.Context, /, **options: Any) -> None:
    """Write a school's provider access policy statement, or check what it lacks.

    It is the statement that section 42B of the Education Act 1997 requires. SCHOOL_FILE is YAML;
    --init writes one to start from. Exits with 1 if the law asks for something that the file does
    not say.
    """
    asked = _Asked(**options)
    to = asked.to
    if asked.init:
        to.write([files("careerspolicy.documents").joinpath("starter.yaml").read_text("utf-8")])
        return
    asked.refuse_mixtures()
    assert asked.school and asked.policy  # noqa: S101 - refused just above
    school = load_school(asked.school)
    make = asked.maker(school, load_policy(asked.policy))
    statement = make(school)
    if not statement.years:
        raise NoStatementNeeded(_not_needed(statement))
    if asked.check:
        shape = "json" if to.shape == "json" else "text"
        write_view(provider_access_check_view(statement), attrs.evolve(to, shape=shape))
        ctx.exit(int(bool(statement.lacking_by_law)))
    if statement.lacking_by_law and not asked.draft:
        for line in gap_lines(statement):
            say(line)
        say("no statement was written; --draft writes it with these gaps marked")
        ctx.exit(1)
    _tell_advice(statement)
    view = provider_access_view(statement)
    if asked.previous:
        view = _changes(view, asked.previous, make, statement.year_label, to.templates)
    write_view(view, to)


def _changes(
    view: View,
    path: Path,
    make: Callable[[SchoolFile], Statement],
    year: str,
    templates: Path | None,
) -> View:
    """What changed since last year's statement: a file that was published, or one made anew."""
    if path.suffix.lower() in _MARKDOWN:
        name = path.name
        written = text_of(bytes_of(path, _STATEMENT_LIMIT), str(path), _STATEMENT_LIMIT)
    else:
        name = f"the statement that {path.name} would make for {year}"
        earlier = provider_access_view(make(load_school(path)))
        written = without_contents(earlier, templates=templates)
    before = read(written, title=name, by_line=True)
    now = without_contents(view, templates=templates)
    after = read(now, title=view.title, dated=view.dated, by_line=True)
    return statement_changes_view(before, after, earlier=name)


def _not_needed(statement: Statement) -> str:
    school, years = statement.school, statement.relevant_years
    return (
        f"{school.file}: {school.name} teaches no year group from Year {years[0]} to "
        f"Year {years[-1]}, which section 42B of the Education Act 1997 is about: "
        "no statement is needed"
    )


def _tell_advice(statement: Statement) -> None:
    """Say on stderr what to look at, and what the policy asks for and the statement lacks."""
    file = statement.school.file
    for advice in statement.advice:
        say(f"warning: {file}: {advice.where}: {advice.message}")
    for gap in statement.lacking_by_policy:
        asked = "; ".join(map(str, gap.askers))
        say(f"warning: {file}: {gap.content}: lacking ({asked}); {gap.mend}")
