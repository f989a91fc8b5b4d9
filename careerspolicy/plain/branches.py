"""Which of several forms (`anyOf`, `oneOf`) a value was meant to have.

Used by `conformity_words`, so that a message is about that one form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.plain.found_words import type_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.plain.schema_reading import Failure

_COMMENTS: Final = frozenset({"required", "title", "description", "problem", "mend", "$comment"})


def alternatives(error: Failure) -> list[str]:
    """The keys that the forms differ by, where each form only requires one key; else none."""
    forms = error.validator_value
    if not all(isinstance(form, dict) and form.keys() <= _COMMENTS for form in forms):
        return []
    wanted = [form.get("required", ()) for form in forms]
    return [keys[0] for keys in wanted] if all(len(keys) == 1 for keys in wanted) else []


def branches(error: Failure) -> list[list[Failure]]:
    """The errors of each form that the value was tried against."""
    found: dict[str | int, list[Failure]] = {}
    for one in error.context:
        found.setdefault(one.relative_schema_path[0], []).append(one)
    return list(found.values())


def fitting(error: Failure) -> list[list[Failure]]:
    """The errors of each form that at least asks for the type of value that was found."""
    return [branch for branch in branches(error) if not _wanted_by(branch)]


def best_branch(error: Failure) -> list[Failure]:
    """The errors of the fitting form that has least against the value; empty if none fits."""
    return min(fitting(error), key=_weight, default=[])


def types_wanted(error: Failure) -> set[str]:
    """The types that an error asks for; empty unless it is the type that is wrong."""
    if error.validator == "type":
        value = error.validator_value
        return {value} if isinstance(value, str) else set(value)
    if error.validator in ("const", "enum"):
        values = [error.validator_value] if error.validator == "const" else error.validator_value
        types = {type_of(value) for value in values}
        return set() if type_of(error.instance) in types else types
    if error.validator in ("anyOf", "oneOf") and error.context and not fitting(error):
        return {name for branch in branches(error) for name in _wanted_by(branch)}
    return set()


def _wanted_by(branch: Sequence[Failure]) -> set[str]:
    return {name for one in branch if not one.relative_path for name in types_wanted(one)}


def _weight(branch: Sequence[Failure]) -> tuple[int, int]:
    """How much speaks against a form: first its telling keys, then everything."""
    other_form = sum(one.validator == "const" for one in branch)
    unknown = sum(one.validator == "additionalProperties" for one in branch)
    missing = sum(one.validator == "required" for one in branch)
    return (2 * other_form + unknown + missing, len(branch))
