"""Where commands write: to stdout, or to a file as a whole, each view in the format asked for."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from careerspolicy.cli.commands import say
from careerspolicy.errors import WontOverwrite
from careerspolicy.writers.data import csv_of, json_of
from careerspolicy.writers.markdown import markdown
from careerspolicy.writers.page import page, pdf
from careerspolicy.writers.text import plain_text, printed
from careerspolicy.writers.word import word
from careerspolicy.writers.workbook import workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from careerspolicy.views.tree import View

#: The formats of a document, for `--format`; the first is what commands make unasked.
DOCUMENTS: Final = ("md", "html", "docx", "pdf")


@attrs.frozen(kw_only=True)
class Destination:
    """Where a command's outcome goes, and in which format; without a path, to stdout.

    `templates` is the user's folder of templates, `word_template` the user's Word document.
    """

    shape: str = "text"
    path: Path | None = None
    force: bool = False
    templates: Path | None = None
    word_template: Path | None = None

    def write(self, data: bytes | Iterable[str]) -> None:
        """Write all of it: to stdout in parts, or to the file at once, which is named on stderr.

        Raises WontOverwrite if there is such a file and nobody said that it may be replaced.
        """
        if self.path is None:
            write_data([data.decode()] if isinstance(data, bytes) else data)
            return
        whole = data if isinstance(data, bytes) else "".join(data).encode()
        write_file(self.path, whole, force=self.force)
        say(f"wrote {self.path}")


def write_view(view: View, to: Destination, *, everything: bool = False) -> None:
    """Write a view; data in parts as they come, since they may be large.

    Text on a terminal is as wide as that, and bold where it wants it; nothing is said by colour.
    """
    match to.shape:
        case "json":
            to.write(json_of(view))
        case "csv":
            to.write(csv_of(view))
        case "html":
            to.write([page(view, templates=to.templates)])
        case "md":
            to.write([markdown(view, templates=to.templates)])
        case "docx":
            to.write(word(view, templates=to.templates, word_template=to.word_template))
        case "pdf":
            to.write(pdf(view, templates=to.templates))
        case "xlsx":
            to.write(workbook(view))
        case _ if to.path is None:
            _reconfigure(errors="replace")
            console = Console(highlight=False, markup=False, emoji=False)
            sys.stdout.write(printed(view, console, everything=everything))
        case _:
            to.write([plain_text(view, everything=everything)])


def write_data(parts: Iterable[str]) -> None:
    """Write data to stdout as it comes: UTF-8 and plain line ends everywhere."""
    _reconfigure(encoding="utf-8", newline="\n")
    for part in parts:
        sys.stdout.write(part)


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


@contextmanager
def private_folder(to: Path) -> Iterator[Path]:
    """A folder that nobody else may look into, beside what it is for; it is removed at the end."""
    near = next(place for place in (to, *to.absolute().parents) if place.is_dir())
    try:
        private = tempfile.TemporaryDirectory(prefix=".careerspolicy-", dir=near)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(to)) from None
    with private as name:
        yield Path(name)


def move_files(files: Sequence[Path], to: Path, *, force: bool) -> None:
    """Move whole files into a folder, which is made if need be; raises as `write_file` does.

    A link is followed; what is replaced keeps its mode, and a new file is its owner's alone.
    """
    for file in files:
        refuse_to_overwrite(to / file.name, force=force)
    to.mkdir(parents=True, exist_ok=True)
    for file in files:
        target = (to / file.name).resolve()
        file.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o600)
        shutil.move(file, target)


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


def _reconfigure(**settings: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(**settings)  # type: ignore[arg-type] # its own three settings
