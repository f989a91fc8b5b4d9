"""From a school file to a `SchoolFile`: plain YAML, its schema, sense, and then the values.

The only way in for school files. Every problem of a file is reported at once, in file order. What
the evaluator knows of a school is made of its file here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from careerspolicy.comparison.law import english_law
from careerspolicy.documents.school_building import build_school
from careerspolicy.documents.school_file import SchoolFile
from careerspolicy.documents.school_sense import sense_of
from careerspolicy.errors import UnusableInput, raised_as
from careerspolicy.plain.conformity import check_conformity, validator_for
from careerspolicy.plain.yaml_tree import load_plain, read_plain
from careerspolicy.readers import facts_from
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from careerspolicy.model.facts import School
    from careerspolicy.model.policy import Policy


class InvalidSchool(UnusableInput):
    """A school file that breaks the schema or makes no sense."""


def load_school(path: Path, law: Policy | None = None) -> SchoolFile:
    """The school of a YAML file, under the law of England unless another is given.

    Raises InvalidSchool with every problem of the file.
    """
    with raised_as(InvalidSchool):
        tree = load_plain(path)
    return _school(tree, str(path), law)


def read_school(text: str | bytes, file: str = "school", law: Policy | None = None) -> SchoolFile:
    """The school that a YAML text describes; `file` is what problems call it.

    Raises InvalidSchool as `load_school` does.
    """
    with raised_as(InvalidSchool):
        tree = read_plain(text.encode() if isinstance(text, str) else text, file)
    return _school(tree, file, law)


def any_school(as_of: date) -> School:
    """A secondary school with a sixth form, for a document that is of no school in particular."""
    secondary = SchoolFile(name="any", type="", lowest_year=7, highest_year=13)
    return school_of_file(secondary, as_of)


def school_of_file(written: SchoolFile, as_of: date) -> School:
    """The school of a school file, as the evaluator knows schools, on a day."""
    row = {
        "urn": written.urn or written.name,
        "name": written.name,
        "trust": written.trust or "-",
        "lowest_year": written.lowest_year,
        "highest_year": written.highest_year,
        "as_at": as_of,
    }
    school = facts_from({"schools": [row]}).schools[0]
    known = shared_vocabulary().kinds["school"].attributes["type"].values
    sort = {"type": written.type} if written.type in known else {}
    return attrs.evolve(school, calendar=written.calendar, attributes={**school.attributes, **sort})


def _school(tree: Any, file: str, law: Policy | None) -> SchoolFile:
    problems = check_conformity(tree, validator_for("school"), file=file)
    if isinstance(tree, dict):  # sense takes the shape for granted
        broken = {problem.path[0] for problem in problems if problem.path}
        sound = {key: value for key, value in tree.items() if key not in broken}
        objections = sense_of(sound, law or english_law())
        problems += [objection.problem(tree, file) for objection in objections]
    if problems:
        raise InvalidSchool(problems)
    return build_school(tree, file)
