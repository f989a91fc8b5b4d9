"""Where commands write: to stdout, or to a file as a whole, each view in the format asked for."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from careerspolicy.errors import WontOverwrite
from careerspolicy.writers.comma_separated import csv_of
from careerspolicy.writers.json_values import json_of
from careerspolicy.writers.markdown import markdown
from careerspolicy.writers.page import page
from careerspolicy.writers.pdf import pdf
from careerspolicy.writers.text import plain_text, text_of
from careerspolicy.writers.word import word
from careerspolicy.writers.workbook import workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import RenderableType

    from careerspolicy.cli.documents import Destination
    from careerspolicy.views.tree import View


def write_data(parts: Iterable[str]) -> None:
    """Write data to stdout as it comes: UTF-8 and plain line ends everywhere."""
    _reconfigure(encoding="utf-8", newline="\n")
    for part in parts:
        sys.stdout.write(part)


def write_text(parts: Iterable[RenderableType]) -> None:
    """Write text and tables to stdout at the terminal's width; a `str` has its own line ends.

    Bold on a terminal that wants it, plain elsewhere; nothing is said by colour.
    """
    _reconfigure(errors="replace")
    console = _console()
    with console.capture() as captured:
        for part in parts:
            console.print(part, soft_wrap=isinstance(part, str))
    lines = captured.get().splitlines()
    sys.stdout.writelines(f"{line.rstrip()}\n" for line in lines)


def write_file(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file, all of it or nothing: whoever reads it never sees half.

    Raises WontOverwrite if there is such a file already, unless `force`; OSError if the folder is
    missing or forbids it. A link is followed; a device or a pipe is written to as it is.
    """
    refuse_to_overwrite(path, force=force)
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    mode = target.stat().st_mode if target.exists() else 0o666 & ~_umask()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:50]}.", dir=target.parent)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from None
    try:
        with os.fdopen(handle, "wb") as made:
            made.write(data)
            os.fchmod(handle, mode & 0o777)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def refuse_to_overwrite(path: Path, *, force: bool) -> None:
    """Raise WontOverwrite if there is such a file already, unless `force`."""
    if path.is_file() and not force:
        raise WontOverwrite(f"{path}: this file is there already; --force replaces it")


def width() -> int:
    """The columns that text may fill."""
    return _console().width


@contextmanager
def progress(steps: int) -> Iterator[Callable[[str], None]]:
    """Give a function that names the step begun; a bar on stderr, if that is a terminal."""
    console = Console(stderr=True)
    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with bar:
        task = bar.add_task("", total=steps)
        begun = -1

        def begin(step: str) -> None:
            nonlocal begun
            begun += 1
            bar.update(task, description=step, completed=begun)

        yield begin


def _umask() -> int:
    """What new files are denied; it can only be read by setting it."""
    told = os.umask(0)
    os.umask(told)
    return told


def _console() -> Console:
    return Console(highlight=False, markup=False, emoji=False)


def _reconfigure(**settings: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(**settings)  # type: ignore[arg-type] # its own three settings


#: The formats of a document, for `--format`; the first is what commands make unasked.
DOCUMENTS: Final = ("md", "html", "docx", "pdf")


def write_view(
    view: View,
    to: Destination,
    *,
    templates: Path | None = None,
    word_template: Path | None = None,
    everything: bool = False,
) -> None:
    """Write a view; to stdout in parts as they come, since they may be large."""
    if to.shape == "text" and to.path is None:
        write_text(text_of(view, width=width(), everything=everything))
    elif to.shape in ("json", "csv"):
        parts = _parts(view, to.shape)
        write_data(parts) if to.path is None else to.write("".join(parts))
    else:
        to.write(_whole(view, to.shape, templates, word_template, everything=everything))


def _parts(view: View, shape: str) -> Iterator[str]:
    return json_of(view) if shape == "json" else csv_of(view)


def _whole(
    view: View,
    shape: str,
    templates: Path | None,
    word_template: Path | None,
    *,
    everything: bool,
) -> str | bytes:
    match shape:
        case "html":
            return page(view, templates=templates)
        case "md":
            return markdown(view, templates=templates)
        case "docx":
            return word(view, templates=templates, word_template=word_template)
        case "pdf":
            return pdf(view, templates=templates)
        case "xlsx":
            return workbook(view)
        case _:
            return plain_text(view, everything=everything)
