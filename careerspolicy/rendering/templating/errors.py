"""What goes wrong in a template, told by file and line instead of by a traceback."""

from __future__ import annotations

import re
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from careerspolicy.errors import BrokenTemplate
from careerspolicy.rendering.templating.environments import begin_counting
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAME: Final = re.compile(r"'(\w+)' is undefined")


@contextmanager
def told_by_line(values: Mapping[str, Any], templates: Path | None) -> Iterator[None]:
    """Raise BrokenTemplate for what a template does wrong.

    `values` are the names that it knows, `templates` is the user's folder. A plain Python error is
    the template's fault only where it is the user's own: in a shipped one it is a mistake of this
    library, and stays what it is.
    """
    begin_counting()
    try:
        yield
    except TemplateSyntaxError as error:
        place = f"{error.filename or error.name}:{error.lineno}"
        raise BrokenTemplate(f"{place}: {error.message}") from error
    except TemplateError as error:
        raise BrokenTemplate(f"{_place(error)}: {_told(error, values)}") from error
    except RecursionError as error:
        raise BrokenTemplate(f"{_place(error)}: this template calls itself without end") from error
    except Exception as error:
        place = _place(error)
        if templates is None or not Path(place).is_relative_to(templates):
            raise
        what = str(error) or "this makes more than the memory holds"  # MemoryError says nothing
        raise BrokenTemplate(f"{place}: {what}") from error


def _place(error: BaseException) -> str:
    """The file and line of the innermost template that the error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.endswith((".j2", ".css", ".js"))]
    return f"{own[-1].filename}:{own[-1].lineno}" if own else "template"


def _told(error: BaseException, values: Mapping[str, Any]) -> str:
    if isinstance(error, TemplateNotFound):
        return f'there is no template "{error.name}"'
    if isinstance(error, UndefinedError):
        found = _NAME.match(str(error))
        hint = did_you_mean(found[1], values) if found else ""
        return f"{error}; {hint}" if hint else str(error)
    if isinstance(error, SecurityError):
        return f"the sandbox forbids this: {error}"
    return str(error)
