"""From a school file to a `SchoolFile`: plain YAML, its schema, sense, and then the values.

The only way in for school files. Every problem of a file is reported at once, in file order. What
makes no sense though it has the right shape are years, days and tables. What the evaluator knows of
a school is made of its file here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.comparison.law import english_law
from careerspolicy.documents.key_phases import KeyPhase, key_phases
from careerspolicy.documents.school_building import as_mapping, build_school, year_range, years_of
from careerspolicy.documents.school_file import SchoolFile
from careerspolicy.errors import UnusableInput, raised_as
from careerspolicy.plain.conformity import check_conformity, validator_for
from careerspolicy.plain.places import Objection
from careerspolicy.plain.places import Path as Place
from careerspolicy.plain.yaml_tree import load_plain, read_plain
from careerspolicy.readers import facts_from
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from careerspolicy.model.facts import School
    from careerspolicy.model.policy import Policy


_DATES: Final = frozenset(
    "approved reviewed next_review since guidance_edition on applies_from".split()  # noqa: SIM905 - read as words
)
#: Where `on` is where something is published, and not a day.
_A_PLACE: Final = ("published", "on")


def sense_of(tree: Mapping[str, Any], law: Policy) -> Iterator[Objection]:
    """Everything that makes no sense in the parts of a school file that have the right shape.

    Its key phases are those of a law's wording that nothing has replaced.
    """
    yield from _impossible_days(tree, ())
    yield from _uneven_tables(tree, ())
    yield from _approval(tree.get("approval", {}))
    if "school" not in tree:
        return
    lowest, highest = year_range(tree["school"])
    yield from _who(tree["school"], lowest, highest)
    if lowest <= highest:
        standing = tuple(
            obligation for obligation in law.obligations if obligation.in_force.until is None
        )
        phases = key_phases(attrs.evolve(law, obligations=standing), lowest, highest)
        yield from _phases(tree, phases, lowest, highest)
        yield from _opportunities(tree, lowest, highest)


def _who(tree: Mapping[str, Any], lowest: int, highest: int) -> Iterator[Objection]:
    slot = "years" if "years" in tree else "ages"
    if lowest > highest:
        yield Objection(("school", slot), f"{tree[slot]} runs backwards", "write the lowest first")
    elif "years" in tree and "ages" in tree:
        by_age = year_range({"ages": tree["ages"]})
        # Year 14 and sixth forms that end at 18 or 19 are one another's usual inaccuracy.
        if by_age[0] != lowest or abs(by_age[1] - highest) > 1:
            message = f"ages {tree['ages']} would be Years {by_age[0]} to {by_age[1]}"
            hint = f"leave one of the two out; years says {tree['years']}"
            yield Objection(("school", "ages"), message, hint)
    if tree.get("in_hospital") and "special" not in tree["type"]:
        message = f'a hospital school is a special school, and its type here is "{tree["type"]}"'
        hint = "write type: special, or leave this out"
        yield Objection(("school", "in_hospital"), message, hint)


def _phases(
    tree: Mapping[str, Any], phases: Sequence[KeyPhase], lowest: int, highest: int
) -> Iterator[Objection]:
    had = {phase.name: phase.years for phase in phases}
    for name, plan in tree.get("phases", {}).items():
        if name not in had:
            taught = f"the school teaches Years {lowest} to {highest}"
            message = f"{taught}, so it has no {name} key phase"
            yield Objection(("phases", name), message, "leave it out")
            continue
        occasions = plan.get("occasions", ()) if isinstance(plan, dict) else ()
        for n, occasion in enumerate(occasions):
            year = occasion.get("year")
            if year is not None and year not in had[name]:
                years = " and ".join(f"Year {year_group}" for year_group in had[name])
                message = f"Year {year} is not in the {name} key phase here, which is {years}"
                hint = "move it to the phase of its year group"
                yield Objection(("phases", name, "occasions", n, "year"), message, hint)


def _opportunities(tree: Mapping[str, Any], lowest: int, highest: int) -> Iterator[Objection]:
    for label in as_mapping(tree.get("opportunities", {}), "introduction"):
        years = years_of(label) if label not in ("introduction", "notes") else ()
        place = ("opportunities", label)
        if not years and "-" in label:
            yield Objection(place, f"{label} runs backwards", "write the lowest first")
        if beyond := [year for year in years if not lowest <= year <= highest]:
            message = f"the school teaches Years {lowest} to {highest}, and not Year {beyond[0]}"
            yield Objection(place, message, "leave the row out, or mend its years")


def _approval(tree: Mapping[str, Any]) -> Iterator[Objection]:
    following = _day(tree.get("next_review"))
    for slot, named in (("approved", "the approval"), ("reviewed", "the last")):
        before = _day(tree.get(slot))
        if before and following and following.last < before.first:
            message = f"the next review, {tree['next_review']}, is before {named}, {tree[slot]}"
            yield Objection(("approval", "next_review"), message, "one of the two is mistyped")


def _impossible_days(value: Any, path: Place) -> Iterator[Objection]:
    for step, inner in _parts(value):
        place = (*path, step)
        is_day = step in _DATES and isinstance(inner, (str, int)) and place != _A_PLACE
        if not is_day:
            yield from _impossible_days(inner, place)
        elif _day(inner) is None:
            yield Objection(place, f"there is no day {inner}", "look at the month's last day")


def _day(text: str | int | None) -> PartialDate | None:
    try:
        return None if text is None else PartialDate.parse(text)
    except ValueError:
        return None


def _uneven_tables(value: Any, path: Place) -> Iterator[Objection]:
    for step, inner in _parts(value):
        if step == "table" and isinstance(inner, dict):
            width = len(inner["columns"])
            for n, row in enumerate(inner["rows"]):
                if len(row) != width:
                    message = f"cells in this row: {len(row)}; columns in the table: {width}"
                    yield Objection((*path, step, "rows", n), message, 'write "" for an empty cell')
        else:
            yield from _uneven_tables(inner, (*path, step))


def _parts(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


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
