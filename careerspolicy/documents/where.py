"""The school that a policy document is drawn up for: its year groups, its calendar, its sort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.readers import facts_from
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.documents.school_file import SchoolFile
    from careerspolicy.model.facts import School

#: The year groups of a secondary school with a sixth form, for a document of no one school.
_SECONDARY: Final = (7, 13)


def any_school(as_of: date) -> School:
    """A secondary school with a sixth form, for a document that is of no school in particular."""
    lowest, highest = _SECONDARY
    return _school("any", "", "", (lowest, highest), as_of)


def school_of_file(told: SchoolFile, as_of: date) -> School:
    """The school of a school file, as the evaluator knows schools, on a day."""
    years = (told.lowest_year, told.highest_year)
    made = _school(told.urn or told.name, told.name, told.trust, years, as_of)
    known = shared_vocabulary().kinds["school"].attributes["type"].values
    sort = {"type": told.type} if told.type in known else {}
    return attrs.evolve(made, calendar=told.calendar, attributes={**made.attributes, **sort})


def _school(urn: str, name: str, trust: str, years: tuple[int, int], as_of: date) -> School:
    row = {
        "urn": urn,
        "name": name or "-",
        "trust": trust or "-",
        "lowest_year": years[0],
        "highest_year": years[1],
        "as_at": as_of,
    }
    return facts_from({"schools": [row]}).schools[0]
