"""The usual school, its usual pupil and their records: what made-up facts are made of.

Short facts become whole ones: what a case leaves out is filled in, and what is filled in keeps its
place in the file, so that messages still point at the line. Whole ones become a file again.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import yaml

from careerspolicy.model.facts import Pupil, Record, School, phases_taught
from careerspolicy.plain.yaml_tree import LocatedDict, LocatedList
from careerspolicy.readers.rows import OF_PUPIL, OF_SCHOOL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from careerspolicy.calendar.school_calendar import Term
    from careerspolicy.model.facts import Facts, Thing
    from careerspolicy.vocabulary import Vocabulary

URN: Final = "1"
SCHOOL: Final = "Example School"
TRUST: Final = "Example Trust"
PUPIL: Final = "P1"
#: The year groups that a school teaches unless something else is said.
YEARS: Final = (7, 13)
#: The id of the usual thing of each sort: whose records are, unless something else is said.
OWNERS: Final[Mapping[Thing, str]] = {"pupil": PUPIL, "school": URN, "trust": TRUST}
_USUAL_YEAR_GROUP: Final = 10
_DAY: Final = timedelta(days=1)


def usual_school(as_at: date, years: tuple[int, int] = YEARS, **parts: Any) -> School:
    """The one school, whose facts were exported on a day; its phases follow from its years."""
    low, high = years
    return School(
        urn=URN,
        name=SCHOOL,
        trust=TRUST,
        lowest_year=low,
        highest_year=high,
        as_at=as_at,
        attributes=phases_taught(low, high),
        **parts,
    )


def usual_pupil(number: int = 1, **parts: Any) -> Pupil:
    """The first pupil of the one school, or another."""
    return Pupil(id=f"P{number}", school=URN, **parts)


def made_record(
    kind: str, start: date, number: int, *, of: Thing = "pupil", **parts: Any
) -> Record:
    """A record of the usual pupil, school or trust, unless it has another owner."""
    owner = parts.pop("owner", OWNERS[of])
    return Record(kind=kind, of=of, owner=owner, start=start, id=record_id(number), **parts)


def record_id(number: int) -> str:
    """The id of a record by its number: ids stand in the order of the numbers."""
    return f"R{number:02}"


def facts_yaml(facts: Facts) -> str:
    """Facts as YAML in the format of `docs/data-dictionary.md`."""
    records: dict[str, list[dict[str, Any]]] = {kind: [] for kind in sorted(facts.known_kinds)}
    for one in facts.records:
        said = {"id": one.id, one.of: one.owner, "date": one.start, "until": one.until}
        records[one.kind].append(_written(said | {"about": one.about}, one.attributes))
    data = {
        "format": 1,
        "schools": [_school(school) for school in facts.schools],
        "pupils": [
            _written({name: getattr(pupil, name) for name in OF_PUPIL}, pupil.attributes)
            for pupil in facts.pupils
        ],
        "records": records,
    }
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def _school(school: School) -> dict[str, Any]:
    said = {name: getattr(school, name) for name in OF_SCHOOL}
    said["terms"] = [_term(term) for term in school.calendar.terms]
    for name in ("complete_since", "complete_until"):
        said[name] = _written(dict(sorted(getattr(school, name).items())))
    return _written(said, school.attributes)


def _term(term: Term) -> dict[str, Any]:
    said: dict[str, Any] = {"first": term.window.start, "last": term.window.end}
    if len(term.halves) > 1:
        before, after = term.halves[0].end, term.halves[1].start
        assert before and after  # noqa: S101 - a half of a term has both ends
        said["half_term"] = _written({"first": before + _DAY, "last": after - _DAY})
    return {"name": term.name, **_written(said)}


def _written(
    said: Mapping[str, Any], attributes: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What is said, without what is not, and then every attribute."""
    said = {name: value for name, value in said.items() if value not in (None, "", [], {})}
    return {name: _plain(value) for name, value in {**said, **(attributes or {})}.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


def filled(
    short: Mapping[str, Any], *, as_of: date, vocabulary: Vocabulary, usual_pupil: bool = True
) -> dict[str, Any]:
    """Whole facts, for `facts_from`, from short ones, as `docs/policy-tests.md` tells.

    Without the `usual_pupil` there are only pupils that are named, and nobody's birth is made up.
    Words that mean nothing are passed on, for the readers to complain of.
    """
    schools = _schools(short, as_of)
    pupils = _pupils(short, str(schools[0].get("urn")), as_of, usual=usual_pupil)
    first = pupils[0]["id"] if pupils else OWNERS["pupil"]
    owners = {"pupil": first, "school": schools[0].get("urn"), "trust": schools[0].get("trust")}
    agreed = {"by": "headteacher", "reason": "agreed"}
    waivers = [_plus(waiver, agreed) for waiver in short.get("waivers", ())]
    return {
        **{key: value for key, value in short.items() if key in ("format", "as_at", "aliases")},
        "schools": schools,
        "pupils": pupils,
        "records": _records(short, owners, vocabulary),
        "waivers": waivers,
    }


def merged(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Short facts that several cases share, with a case's own on top, kind by kind."""
    both = {**shared, **own}
    if "pupils" in own or "pupil" in own:
        both.pop("pupil" if "pupils" in own else "pupils", None)
    for part in ("records", "usual"):
        if part in shared and part in own:
            both[part] = _plus(own[part], shared[part])
    return both


def _schools(short: Mapping[str, Any], as_of: date) -> LocatedList:
    usual = {name: getattr(usual_school(as_of), name) for name in OF_SCHOOL}
    usual["as_at"] = short.get("as_at") or as_of.isoformat()
    return _each(short.get("schools") or [short.get("school") or {}], usual)


def _pupils(short: Mapping[str, Any], school: str, as_of: date, *, usual: bool) -> LocatedList:
    pupil = short.get("pupil")
    listed = short.get("pupils", [pupil] if pupil is not None else [{}] if usual else [])
    pupils = _each(listed, {"school": school})
    as_at = str(short.get("as_at") or as_of.isoformat())
    for number, one in enumerate(pupils, start=1):
        one.setdefault("id", f"P{number}")
        if usual and "born" not in one:  # a year group, and a date of birth that agrees with it
            group = one.setdefault("year_group", _USUAL_YEAR_GROUP)
            if isinstance(group, int) and as_at[:4].isdecimal():
                year = int(as_at[:4]) - (as_at[5:] < "09-01")
                one["born"] = f"{year - group - 4}-01-01"
    return pupils


def _records(
    short: Mapping[str, Any], owners: Mapping[str, Any], vocabulary: Vocabulary
) -> LocatedDict:
    records = _plus(short.get("records") or {})
    for kind, rows in [*records.items()]:
        of = vocabulary.kinds[kind].of if kind in vocabulary.record_kinds else "pupil"
        if isinstance(rows, list):
            usual = (short.get("usual") or {}).get(kind) or {}
            records[kind] = _each(rows, usual, owner=(of, owners[of]))
        elif rows is None:  # taken back from what a group says
            del records[kind]
    for kind in short.get("known", ()):
        records.setdefault(kind, [])
    return records


def _each(
    rows: Sequence[Any], usual: Mapping[str, Any], owner: tuple[str, Any] | None = None
) -> LocatedList:
    """Copies of the rows, each with what it leaves out."""
    made = LocatedList()
    made.value_places = list(getattr(rows, "value_places", [(0, 0)] * len(rows)))
    for row, place in zip(rows, made.value_places, strict=True):
        whole = _plus({"date": row}) if isinstance(row, str) else row
        if isinstance(row, str):  # a record of which only the date is said
            whole.key_places["date"] = whole.value_places["date"] = place
        if isinstance(whole, dict):
            whole = _plus(whole, usual)
            if owner and not OWNERS.keys() & whole.keys():
                whole[owner[0]] = owner[1]
        made.append(whole)
    return made


def _plus(said: Mapping[str, Any], usual: Mapping[str, Any] | None = None) -> LocatedDict:
    """A copy with what is usual where nothing is said; what was written keeps its place."""
    made, sources = LocatedDict(), (usual or {}, said)
    for source in sources:
        made.update(source)
    for name in ("key_places", "value_places"):
        places = dict.fromkeys(made, (0, 0))
        for source in sources:
            places |= dict.fromkeys(source, (0, 0)) | getattr(source, name, {})
        setattr(made, name, places)
    return made
