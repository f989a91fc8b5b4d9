"""School files for tests: the examples, and one of each sort of school."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from careerspolicy import load_policy
from careerspolicy.documents.provider_access import provider_access_statement
from careerspolicy.documents.school_loading import load_school, read_school
from careerspolicy.plain.yaml_tree import load_plain
from careerspolicy.readers import load_facts

EXAMPLES = Path(__file__).parents[1] / "examples"
SCHOOLS = {
    path.stem: path
    for folder in (EXAMPLES / "schools", Path(__file__).parent / "schools")
    for path in sorted(folder.glob("*.yaml"))
}
#: Those about which section 42B has something to say.
WITH_PHASES = sorted(SCHOOLS.keys() - {"primary"})
#: A day in the school year 2026/27, after the records of the example trust end.
AS_OF = date(2026, 9, 10)
YEAR = 2026


def tree_of(name):
    """What a school file says, to be changed by a test."""
    return _plain(load_plain(SCHOOLS[name]))


def school_of(tree):
    """The school that a changed tree describes."""
    return read_school(as_yaml(tree))


def as_yaml(tree):
    """A tree as the text of a school file."""
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [*map(_plain, value)] if isinstance(value, list) else value


@lru_cache
def trust_facts():
    """The records of the example trust."""
    return load_facts(EXAMPLES / "trust")


@lru_cache
def policy(name="batley"):
    """A shipped policy, read once."""
    return load_policy(name)


def statement(school, *, of="batley", **settings):
    """The statement of a school (or of the school file of a name) under a shipped policy."""
    told = load_school(SCHOOLS[school]) if isinstance(school, str) else school
    return provider_access_statement(told, policy(of), **{"year": YEAR, "as_of": AS_OF, **settings})
