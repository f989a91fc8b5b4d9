"""`--names`: pupils by name, on pages and lists that stay with those who work with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import click

from careerspolicy.privacy import Names

if TYPE_CHECKING:
    from careerspolicy.evaluation import Finding, Report

#: The formats that may have names; the others are for programs, or to hand on.
_FORMATS: Final = ("text", "html", "xlsx", "csv")

names_option = click.option(
    "--names", is_flag=True, help="Show pupils' names, from the names file. For your own eyes."
)


def names_for(shape: str) -> Names:
    """The names for a format that stays with its reader; refused for any other.

    Raises UnusableInput without a names file.
    """
    if shape not in _FORMATS:
        raise click.UsageError(f"--names goes with {', '.join(_FORMATS)}, not {shape}")
    return Names.at()


def _refuse(_ctx: click.Context, _param: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's
    if asked:
        raise click.UsageError("--names: what this command writes is handed on, and names no pupil")


#: For commands that never show a pupil: whoever asks for names is told why there are none.
no_names = click.option("--names", is_flag=True, hidden=True, expose_value=False, callback=_refuse)


def named(report: Report, names: Names | None) -> Report:
    """A report in which each pupil goes by name and id, if there are names."""
    if names is None:
        return report
    findings = tuple(_named(finding, names) for finding in report.findings)
    return attrs.evolve(report, findings=findings)


def _named(finding: Finding, names: Names) -> Finding:
    subject = finding.subject
    shown = names.shown(subject.pupil)
    identity = shown if subject.kind == "pupil" else subject.id
    return attrs.evolve(finding, subject=attrs.evolve(subject, id=identity, pupil=shown))
