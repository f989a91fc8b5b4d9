"""What the commands are given: their shared options, policies, facts, and the names within them."""

from __future__ import annotations

import functools
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

import click

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.cli.commands import say
from careerspolicy.cli.output import DOCUMENTS, Destination, refuse_to_overwrite
from careerspolicy.errors import Problem, UnknownName, UnusableInput, by_pattern
from careerspolicy.loading import load_policy
from careerspolicy.readers import load_facts
from careerspolicy.suggestions import did_you_mean
from careerspolicy.views.words import counted
from careerspolicy.writers.templating import check_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from careerspolicy.model.facts import Facts, Pupil, School
    from careerspolicy.model.policy import Obligation, Policy


Decorator: TypeAlias = "Callable[[Callable[..., Any]], Any]"

#: Something that is read, and a file that is read or written.
PATH: Final = click.Path(path_type=Path)
FILE: Final = click.Path(path_type=Path, dir_okay=False)

#: The format that a file's suffix stands for, where that is not its name.
_SUFFIXES: Final = {"markdown": "md", "htm": "html", "txt": "text"}
_NAMED: Final = ("md", "html", "docx", "pdf", "xlsx", "json", "csv")
#: Formats that are no text, so that stdout is no place for them.
_FILES_ONLY: Final = ("docx", "pdf", "xlsx")

#: Policies promise nothing beyond these, and they leave room to reckon on either side.
_FIRST: Final = date(1900, 1, 1)
_LAST: Final = date(2200, 12, 31)


def today() -> date:
    """The day where the user sits. Nothing else in the library reads the clock."""
    return date.today()  # noqa: DTZ011 - as it says


def read_day(text: str | None) -> date | None:
    """The day written as 2026-01-31, None where nothing is said; else a usage error.

    >>> read_day("2026-01-31")
    datetime.date(2026, 1, 31)
    """
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise click.BadParameter(f'"{text}" is not written as a date; write it as in 2026-01-31')
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f'there is no day "{text}"; give year-month-day') from None
    if not _FIRST <= day <= _LAST:
        raise click.BadParameter(f'"{text}" is out of reach; give a day from 1900 to 2200')
    return day


def _checked(_: click.Context, __: click.Parameter, folder: Path | None) -> Path | None:
    """The user's folder of templates; refused at once if it is none, or replaces nothing."""
    if folder is not None:
        check_folder(folder)
    return folder


as_of_option = click.option(
    "--as-of",
    callback=lambda _ctx, _param, value: read_day(value) or today(),
    metavar="DATE",
    show_default="today",
    help="The day to judge by, such as 2026-01-31.",
)
as_of_facts_option = click.option(
    "--as-of",
    callback=lambda _ctx, _param, value: read_day(value),
    metavar="DATE",
    show_default="the day of the facts, or today without any",
    help="The day to judge by, such as 2026-01-31.",
)
reject_option = click.option(
    "--reject-to",
    type=FILE,
    metavar="FILE",
    help="Leave out rows of facts that can't be used, and write them to this CSV file.",
)
_DOCUMENT_OPTIONS: Final = (
    click.option(
        "--templates",
        type=PATH,
        callback=_checked,
        metavar="DIR",
        help="Your own templates, which go before the shipped ones of the same name.",
    ),
    click.option(
        "--word-template",
        type=PATH,
        metavar="FILE.docx",
        help="Your own Word document, for the styles, header and footer of --format docx.",
    ),
)
_FILE_OPTIONS: Final = (
    click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, allow_dash=True),
        metavar="FILE",
        help="A file to write to; without it, or with -, to stdout.",
    ),
    click.option("--force", is_flag=True, help="Replace FILE if it is there already."),
)


def shape_option(*shapes: str, words: str = "What to write to stdout.") -> Decorator:
    """`--format`, of a command that makes no documents; the first is what it makes unasked."""
    return click.option(
        "--format",
        "shape",
        type=click.Choice(shapes),
        default=shapes[0],
        show_default=True,
        help=words,
    )


def document_options(*formats: str) -> Decorator:
    """What a command that makes documents is asked; it is given `to`: a Destination.

    The first format is the one that is made when nothing says which. A suffix that stands for no
    format, a format that disagrees with it, a file that is there, a format that needs a file and
    has none, templates for a format without any, and a Word template for what is no Word document
    are refused before the command begins.
    """
    shape = click.option(
        "--format",
        "shape",
        type=click.Choice(formats),
        help=f"What to write; the file's suffix says it too. [default: {formats[0]}]",
    )

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def called(*args: Any, shape: str | None, output: Path | None, **others: Any) -> Any:
            path = None if output is None or str(output) == "-" else output
            # What `--init` writes is in none of the formats, so no suffix is wrong for it.
            chosen = formats[0] if others.get("init") else _chosen(formats, shape, path)
            own = {name: others.pop(name) for name in ("templates", "word_template", "force")}
            to = Destination(shape=chosen, path=path, **own)
            _refuse(to)
            return command(*args, to=to, **others)

        for option in reversed((*_DOCUMENT_OPTIONS, shape, *_FILE_OPTIONS)):
            called = option(called)
        return called

    return decorated


def _chosen(formats: Sequence[str], shape: str | None, path: Path | None) -> str:
    suffix = path.suffix.lower() if path else ""
    bare = suffix.removeprefix(".")
    meant = bare if bare in _NAMED else _SUFFIXES.get(bare)
    if meant is None and (shape or not suffix):
        return shape or formats[0]
    if shape not in (None, meant):
        raise click.UsageError(
            f'--format {shape} and the file\'s suffix "{suffix}" disagree: change one of them'
        )
    if meant is None or meant not in formats:
        known = ", ".join(formats)
        raise click.UsageError(f'this command makes no "{suffix}" files; its formats are {known}')
    return meant


def _refuse(to: Destination) -> None:
    if to.path is not None:
        refuse_to_overwrite(to.path, force=to.force)
    elif to.shape in _FILES_ONLY:
        raise click.UsageError(f"--format {to.shape} makes a file: name it with -o FILE.{to.shape}")
    if to.word_template and to.shape != "docx":
        raise click.UsageError("--word-template goes with --format docx")
    if to.templates and to.shape not in DOCUMENTS:
        raise click.UsageError(f"--templates goes with --format {' or '.join(DOCUMENTS)}")


#: In how many lines the reader's warnings are told.
TOLD: Final = 10

Name = TypeVar("Name")
Loaded = TypeVar("Loaded")


def each_loaded(load: Callable[[Name], Loaded], names: Iterable[Name]) -> tuple[Loaded, ...]:
    """What is loaded by those names, each once; raises UnusableInput with all their problems."""
    loaded: list[Loaded] = []
    problems: list[Problem] = []
    for name in dict.fromkeys(names):
        try:
            loaded.append(load(name))
        except UnusableInput as error:
            problems += error.problems
    if problems:
        raise UnusableInput(problems)
    return tuple(loaded)


def policies_named(*names: str) -> tuple[Policy, ...]:
    """The policies of those names or files, each once."""
    return each_loaded(load_policy, names)


def near(path: Path) -> Path:
    """A path from here, where it lies below: shorter in messages."""
    absolute = path.absolute()
    return absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else path


def facts_for(path: Path, policies: Iterable[Policy], reject_to: Path | None = None) -> Facts:
    """The facts at a path, read with the policies' words; what their reader doubts is told.

    Raises InvalidFacts with every problem.
    """
    return load_facts(path, policy=policies, reject_to=reject_to)


def day_judged(as_of: date | None, facts: Facts | None, school: str = "") -> date:
    """The day to judge by: the one asked for, or else the last that the facts asked about know.

    That nothing is known of a later day is said on stderr. Without facts it is today.
    """
    if facts is None:
        return as_of or today()
    known = max(one.as_at for one in facts.schools if school in ("", one.urn))
    if as_of is not None and as_of > known:
        until = in_words(known)
        say(f"note: the facts end on {until}; what closed since then is not known")
    return as_of or known


def tell_warnings(facts: Facts) -> None:
    """Say on stderr what the reader left out and what it doubted, a line for each cause."""
    for word, severity in (("rejected", "error"), ("warning", "warning")):
        same = (problem for problem in facts.warnings if problem.severity == severity)
        for problem in by_pattern(same, TOLD):
            say(f"{word}: {problem}")


def count_warnings(facts: Facts) -> None:
    """Say on stderr that the reader doubted something, where telling it would drown the answer."""
    if facts.warnings:
        doubted = counted(len(facts.warnings), "value looks", "values look")
        say(f'warning: {doubted} wrong in these facts; "evaluate" says which')


def pupil_of(facts: Facts, pupil_id: str) -> Pupil:
    """The pupil of that id; raises UnknownName."""
    pupil = facts.pupil_by_id.get(pupil_id)
    if pupil is None:
        raise _unknown("these facts hold no pupil", pupil_id, facts.pupil_by_id)
    return pupil


def school_of(facts: Facts, urn: str) -> School:
    """The school of that URN; raises UnknownName."""
    school = facts.school_by_urn.get(urn)
    if school is None:
        by_name = [one.urn for one in facts.schools if one.name.casefold() == urn.casefold()]
        raise _unknown("these facts hold no school with URN", urn, by_name or facts.school_by_urn)
    return school


def obligation_of(policy: Policy, obligation_id: str) -> Obligation:
    """The obligation of that id; raises UnknownName."""
    obligation = policy.obligation(obligation_id)
    if obligation is None:
        known = (one.id for one in policy.obligations)
        raise _unknown(f"the policy {policy.id} has no obligation", obligation_id, known)
    return obligation


def _unknown(fact: str, name: str, known: Iterable[str]) -> UnknownName:
    hint = did_you_mean(name, known)
    return UnknownName(f'{fact} "{name}"{f"; {hint}" if hint else ""}')
