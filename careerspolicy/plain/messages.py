"""One error of JSON Schema in words, before it becomes a problem of a file.

Made by `conformity_words`, sifted by `conformity`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from careerspolicy.plain.found_words import found
from careerspolicy.plain.schema_reading import told

if TYPE_CHECKING:
    from careerspolicy.plain.schema_reading import Failure


@attrs.frozen(kw_only=True)
class Said:
    """One error in words: the rule broken, the path it is at, and the key it stands at, if any.

    `wanted` are keys that are missing; `meant` is the key that a misspelt one stands for.
    """

    rule: str
    at: tuple[str | int, ...]
    message: str
    hint: str = ""
    key: str = ""
    wanted: tuple[str, ...] = ()
    meant: str = ""


def ruled(error: Failure, root: Any, message: str, hint: str, key: str = "") -> Said:
    """The schema's own message and hint where it has them, else these."""
    problem, mend = told(error, root)
    message = with_found(problem, error.instance) if problem else message
    return said(error, message, mend or hint, key=key)


def said(error: Failure, message: str, hint: str, **more: Any) -> Said:
    """What an error says; `more` are the other fields of Said."""
    rule = more.pop("rule", str(error.validator))
    return Said(rule=rule, at=tuple(error.absolute_path), message=message, hint=hint, **more)


def with_found(problem: str, value: Any) -> str:
    """A schema's own message: one that begins with "is" follows what was found."""
    return f"{found(value)} {problem}" if problem.startswith("is ") else problem
