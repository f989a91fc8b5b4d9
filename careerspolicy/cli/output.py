"""Where output goes: data and text to stdout, progress to stderr."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import RenderableType


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


def _console() -> Console:
    return Console(highlight=False, markup=False, emoji=False)


def _reconfigure(**settings: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(**settings)  # type: ignore[arg-type] # its own three settings
