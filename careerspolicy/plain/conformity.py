"""Whether a file has the shape its JSON Schema gives, with every mistake in plain English.

Second step of loading, after `yaml_tree`. Finds the errors and which of them to tell, so that one
mistake earns one message; `conformity_words` says what each error means.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.errors import in_file_order
from careerspolicy.plain.conformity_words import remarks_on
from careerspolicy.plain.failures import Failure
from careerspolicy.plain.yaml_tree import as_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jsonschema.protocols import Validator

    from careerspolicy.errors import Problem
    from careerspolicy.plain.conformity_words import Remark

_LIMITS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


def check_conformity(tree: Any, validator: Validator, *, file: str) -> list[Problem]:
    """Everything in a located tree that breaks the schema, in file order; `file` names it.

    A schema may carry `problem` (what to say) and `mend` (the hint) beside a keyword that cannot
    explain itself, such as `not`; a `problem` that begins with "is" follows what was found. Under
    `mistaken` it may give hints for likely mistakes, each by a pattern of what is written instead.
    """
    remarks = [
        remark
        for error in validator.iter_errors(tree)
        for remark in remarks_on(Failure.of(error, validator.schema))
    ]
    own = _own_mistakes(remarks)
    return list(in_file_order(remark.problem(tree, file) for remark in own))


@lru_cache(maxsize=8)
def load_schema(name: str) -> dict[str, Any]:
    """The schema of that name ("policy") among those the library carries."""
    path = files("careerspolicy").joinpath("schemas", f"{name}.schema.json")
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
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
        type_checker=standard.TYPE_CHECKER.redefine(
            "number", lambda _, value: as_number(value) is not None
        ),
    )
    checking: Validator = made(schema, format_checker=standard.FORMAT_CHECKER)
    return checking


def _of_number(check: Any) -> Any:
    def checked(validator: Any, limit: Any, value: Any, schema: Any) -> Any:
        number = as_number(value)
        return check(validator, limit, value if number is None else number, schema)

    return checked


def _own_mistakes(remarks: Sequence[Remark]) -> Iterator[Remark]:
    """Those that are mistakes of their own, not what another mistake brought about."""
    mistyped = {remark.path for remark in remarks if remark.rule == "type"}
    meant = {(remark.path, remark.meant) for remark in remarks if remark.meant}
    for remark in remarks:
        path = remark.path
        if remark.rule == "required":  # perhaps the key is there, but misspelt
            own = not any((path, key) in meant for key in remark.wanted)
        elif remark.rule == "unevaluatedProperties" and not remark.key:
            own = sum(other.path[: len(path)] == path for other in remarks) == 1
        else:
            own = remark.rule == "type" or path not in mistyped
        if own:
            yield remark
