"""Whether a file has the shape its JSON Schema gives, with every mistake in plain English.

Second step of loading, after `yaml_tree`. Finds the errors and which of them to tell, so that one
mistake earns one message; `conformity_words` says what each error means.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, cast

from careerspolicy.errors import Problem, in_file_order
from careerspolicy.plain.conformity_words import said_of
from careerspolicy.plain.yaml_tree import as_number, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jsonschema.protocols import Validator

    from careerspolicy.plain.messages import Said
    from careerspolicy.plain.schema_reading import Failure

_LIMITS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


def check_conformity(tree: Any, validator: Validator, *, file: str) -> list[Problem]:
    """Everything in a located tree that breaks the schema, in file order; `file` names it.

    A schema may carry `problem` (what to say) and `mend` (the hint) beside a keyword that cannot
    explain itself, such as `not`; a `problem` that begins with "is" follows what was found. Under
    `mistaken` it may give hints for likely mistakes, each by a pattern of what is written instead.
    """
    failures = cast("Iterable[Failure]", validator.iter_errors(tree))
    said = [one for failure in failures for one in said_of(failure, validator.schema)]
    return list(in_file_order(_problem(one, tree, file) for one in _telling(said)))


def path_in_words(tree: Any, path: Iterable[str | int]) -> tuple[str, ...]:
    """A path in the author's words: an item goes by its `id`, for want of one by its number.

    >>> path_in_words({"obligations": [{"id": "hours", "to": 1}]}, ["obligations", 0, "to"])
    ('hours', 'to')
    >>> path_in_words({"obligations": [{"id": "hours"}, {}]}, ["obligations", 1])
    ('obligations', 'item 2')
    """
    words: list[str] = []
    value = tree
    for step in path:
        value = value[step]
        name = value.get("id") if isinstance(step, int) and isinstance(value, dict) else None
        if isinstance(step, str):
            words.append(step)
        elif isinstance(name, str) and name:
            words[-1:] = [name]  # the id says more than the list's name
        else:
            words.append(f"item {step + 1}")
    return tuple(words)


@lru_cache(maxsize=8)
def load_schema(name: str) -> dict[str, Any]:
    """The schema of that name ("policy") among those the library carries."""
    found = files("careerspolicy").joinpath("schemas", f"{name}.schema.json")
    schema: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    return schema


@lru_cache(maxsize=8)
def validator_for(name: str) -> Validator:
    """What checks a file against the schema of that name."""
    return validator_of(load_schema(name))


def validator_of(schema: dict[str, Any]) -> Validator:
    """What checks a plainly read file against a schema.

    Where the schema asks for a number, text such as 2.5 passes: plain reading leaves it as text.
    """
    # Imported here: jsonschema takes 60 ms, which `import careerspolicy` should not cost.
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415

    standard = Draft202012Validator
    made: Any = validators.extend(  # type: ignore[no-untyped-call]  # so in its stubs
        standard,
        validators={word: _of_number(standard.VALIDATORS[word]) for word in _LIMITS},
        type_checker=standard.TYPE_CHECKER.redefine("number", lambda _, value: _is_number(value)),
    )
    checking: Validator = made(schema, format_checker=standard.FORMAT_CHECKER)
    return checking


def _is_number(value: object) -> bool:
    return isinstance(value, float) or (
        isinstance(value, (int, str)) and as_number(value) is not None
    )


def _of_number(check: Any) -> Any:
    def checked(validator: Any, limit: Any, value: Any, schema: Any) -> Any:
        number = as_number(value) if isinstance(value, str) else value
        return check(validator, limit, value if number is None else number, schema)

    return checked


def _telling(said: Sequence[Said]) -> list[Said]:
    """Those that are mistakes of their own, not what another mistake brought about."""
    mistyped = {one.at for one in said if one.rule == "type"}
    meant = {(one.at, one.meant) for one in said if one.meant}
    return [one for one in said if not _explained(one, said, mistyped, meant)]


def _explained(
    one: Said,
    said: Sequence[Said],
    mistyped: set[tuple[str | int, ...]],
    meant: set[tuple[tuple[str | int, ...], str]],
) -> bool:
    if one.rule == "required":  # the key is there, but misspelt
        return any((one.at, key) in meant for key in one.wanted)
    if one.rule == "unevaluatedProperties" and not one.key:
        return any(other is not one and other.at[: len(one.at)] == one.at for other in said)
    return one.rule != "type" and one.at in mistyped


def _problem(said: Said, tree: Any, file: str) -> Problem:
    place = (*said.at, said.key) if said.key else said.at
    line, column = place_of(tree, place, key=bool(said.key))
    return Problem(
        file=file,
        line=line,
        column=column,
        path=path_in_words(tree, said.at),
        message=said.message,
        hint=said.hint,
    )
