"""From a school file to a `SchoolFile`: plain YAML, its schema, sense, and then the values.

The only way in for school files. Every problem of a file is reported at once, in file order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.comparison.law import english_law
from careerspolicy.documents.school_building import build_school
from careerspolicy.documents.school_sense import sense_of
from careerspolicy.errors import Problem, UnusableInput
from careerspolicy.plain.conformity import check_conformity, path_in_words, validator_for
from careerspolicy.plain.yaml_tree import load_plain, place_of, read_plain

if TYPE_CHECKING:
    from pathlib import Path

    from careerspolicy.documents.school_file import SchoolFile
    from careerspolicy.loading.promise import Found
    from careerspolicy.model.policy import Policy


class InvalidSchool(UnusableInput):
    """A school file that breaks the schema or makes no sense."""


def load_school(path: Path, law: Policy | None = None) -> SchoolFile:
    """The school of a YAML file, under the law of England unless another is given.

    Raises InvalidSchool with every problem of the file.
    """
    try:
        tree = load_plain(path)
    except UnusableInput as error:
        raise InvalidSchool(error.problems) from None
    return _school(tree, str(path), law)


def read_school(text: str | bytes, file: str = "school", law: Policy | None = None) -> SchoolFile:
    """The school that a YAML text describes; `file` is what problems call it.

    Raises InvalidSchool as `load_school` does.
    """
    try:
        tree = read_plain(text.encode() if isinstance(text, str) else text, file)
    except UnusableInput as error:
        raise InvalidSchool(error.problems) from None
    return _school(tree, file, law)


def _school(tree: Any, file: str, law: Policy | None) -> SchoolFile:
    problems = check_conformity(tree, validator_for("school"), file=file)
    if isinstance(tree, dict):  # sense takes the shape for granted
        broken = {one.path[0] for one in problems if one.path}
        sound = {key: value for key, value in tree.items() if key not in broken}
        problems += [_problem(found, tree, file) for found in sense_of(sound, law or english_law())]
    if problems:
        raise InvalidSchool(problems)
    return build_school(tree, file)


def _problem(found: Found, tree: Any, file: str) -> Problem:
    line, column = place_of(tree, found.path)
    return Problem(
        file=file,
        line=line,
        column=column,
        path=path_in_words(tree, found.path),
        message=found.message,
        hint=found.hint,
    )
