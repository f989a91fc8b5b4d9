"""What commands that make documents are asked: the format, the file, the user's own templates."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import click

from careerspolicy.cli.output import refuse_to_overwrite, write_data, write_file
from careerspolicy.writers.folders import check_folder
from careerspolicy.writers.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: The format that a file's suffix stands for.
_SUFFIXES: Final = {
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".json": "json",
    ".csv": "csv",
    ".txt": "text",
}

#: Formats that are no text, so that stdout is no place for them.
_FILES_ONLY: Final = ("docx", "pdf", "xlsx")


def _checked(_: click.Context, __: click.Parameter, folder: Path | None) -> Path | None:
    """The user's folder of templates; refused at once if it is none, or replaces nothing."""
    if folder is not None:
        check_folder(folder)
    return folder


#: `--templates`: a user's folder, whose templates go before the shipped ones.
templates_option = click.option(
    "--templates",
    type=click.Path(path_type=Path),
    callback=_checked,
    metavar="DIR",
    help="Your own templates, which go before the shipped ones of the same name.",
)

#: `--word-template`: a Word document of the user's, whose styles, header and footer are used.
word_template_option = click.option(
    "--word-template",
    type=click.Path(path_type=Path),
    metavar="FILE.docx",
    help="Your own Word document, for the styles, header and footer of --format docx.",
)


@attrs.frozen(kw_only=True)
class Destination:
    """Where a command's outcome goes, and in which format; without a path, to stdout."""

    shape: str
    path: Path | None = None
    force: bool = False

    def write(self, data: str | bytes) -> None:
        """Write all of it: to stdout, or to the file at once, which is then named on stderr.

        Raises WontOverwrite if there is such a file and nobody said that it may be replaced.
        """
        if self.path is None:
            write_data([data if isinstance(data, str) else data.decode()])
            return
        told = data.encode() if isinstance(data, str) else data
        write_file(self.path, told, force=self.force)
        click.echo(printable(f"wrote {self.path}"), err=True)


def document_options(formats: Sequence[str]) -> Callable[[Any], Any]:
    """Add `--format`, `-o` and `--force` to a command, which is given `to`: a Destination.

    The first format is the one that is made when nothing says which. A suffix that stands for no
    format, a format that disagrees with it, a file that is there, a format that needs a file and
    has none, and a Word template for what is no Word document are refused before the command
    begins.
    """

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def called(
            *args: Any, shape: str | None, output: Path | None, force: bool, **others: Any
        ) -> Any:
            to = _destination(formats, shape, output, force=force, init=others.get("init", False))
            if others.get("word_template") and to.shape != "docx":
                raise click.UsageError("--word-template goes with --format docx")
            return command(*args, to=to, **others)

        for option in reversed(_options(formats)):
            called = option(called)
        return called

    return decorated


def _options(formats: Sequence[str]) -> list[Callable[[Any], Any]]:
    return [
        click.option(
            "--format",
            "shape",
            type=click.Choice([*formats]),
            help=f"What to write; the file's suffix says it too. [default: {formats[0]}]",
        ),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path, allow_dash=True),
            metavar="FILE",
            help="A file to write to; without it, or with -, to stdout.",
        ),
        click.option("--force", is_flag=True, help="Replace FILE if it is there already."),
    ]


def _destination(
    formats: Sequence[str], shape: str | None, output: Path | None, *, force: bool, init: bool
) -> Destination:
    path = None if output is None or str(output) == "-" else output
    # What `--init` writes is in none of the formats, so no suffix is wrong for it.
    chosen = formats[0] if init else _chosen(formats, shape, path)
    if path is None and chosen in _FILES_ONLY:
        raise click.UsageError(f"--format {chosen} makes a file: name it with -o FILE.{chosen}")
    if path is not None:
        refuse_to_overwrite(path, force=force)
    return Destination(shape=chosen, path=path, force=force)


def _chosen(formats: Sequence[str], shape: str | None, path: Path | None) -> str:
    suffix = path.suffix.lower() if path else ""
    said = _SUFFIXES.get(suffix)
    if said is None and (shape or not suffix):
        return shape or formats[0]
    if shape not in (None, said):
        raise click.UsageError(
            f'--format {shape} and the file\'s suffix "{suffix}" disagree: change one of them'
        )
    if said is None or said not in formats:
        known = ", ".join(formats)
        raise click.UsageError(f'this command makes no "{suffix}" files; its formats are {known}')
    return said
