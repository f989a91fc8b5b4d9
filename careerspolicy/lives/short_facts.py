"""Short facts become whole ones: what a case leaves out is filled in.

A case is about one obligation, so most of a file of facts would be noise in it. What is filled in
keeps its place in the file, so that messages still point at the line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.lives.people import OWNERS, SCHOOL, TRUST, URN, YEARS
from careerspolicy.plain.yaml_tree import LocatedDict, LocatedList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from careerspolicy.vocabulary import Vocabulary

_USUAL_YEAR_GROUP: Final = 10


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
    waivers = [_plus(one, by="headteacher", reason="agreed") for one in short.get("waivers", ())]
    return {
        **{key: value for key, value in short.items() if key in ("format", "as_at")},
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
            both[part] = _joined(shared[part], own[part])
    return both


def _joined(shared: Mapping[str, Any], own: Mapping[str, Any]) -> LocatedDict:
    joined, over = _plus(shared), _plus(own)
    joined.update(over)
    joined.key_places.update(over.key_places)
    joined.value_places.update(over.value_places)
    return joined


def _schools(short: Mapping[str, Any], as_of: date) -> LocatedList:
    low, high = YEARS
    usual = {
        "urn": URN,
        "name": SCHOOL,
        "trust": TRUST,
        "lowest_year": low,
        "highest_year": high,
        "as_at": short.get("as_at") or as_of.isoformat(),
    }
    return _each(short.get("schools") or [short.get("school") or {}], usual)


def _pupils(short: Mapping[str, Any], school: str, as_of: date, *, usual: bool) -> LocatedList:
    pupil = short.get("pupil")
    listed = short.get("pupils", [pupil] if pupil is not None else [{}] if usual else [])
    pupils = _each(listed, {"school": school})
    for number, one in enumerate(pupils, start=1):
        one.setdefault("id", f"P{number}")
        if usual:
            _fill_birth(one, str(short.get("as_at") or as_of.isoformat()))
    return pupils


def _fill_birth(pupil: dict[str, Any], as_at: str) -> None:
    """A year group where nothing is said, and a date of birth that agrees with it."""
    if "born" in pupil:
        return
    group = pupil.setdefault("year_group", _USUAL_YEAR_GROUP)
    if isinstance(group, int) and as_at[:4].isdecimal():
        year = int(as_at[:4]) - (as_at[5:] < "09-01")
        pupil["born"] = f"{year - group - 4}-01-01"


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
        whole = _row(row, place)
        if isinstance(whole, dict):
            whole = _plus(whole, **usual)
            if owner and not OWNERS.keys() & whole.keys():
                whole[owner[0]] = owner[1]
        made.append(whole)
    return made


def _row(row: Any, place: tuple[int, int]) -> Any:
    """A record that is only a date, as a mapping; anything else as it is."""
    if not isinstance(row, str):
        return row
    made = _plus({"date": row})
    made.key_places["date"] = made.value_places["date"] = place
    return made


def _plus(said: Mapping[str, Any], /, **usual: Any) -> LocatedDict:
    """A copy with what is usual where nothing is said; what was said keeps its place."""
    made = LocatedDict()
    made.update(said)
    made.key_places = dict(getattr(said, "key_places", {}))
    made.value_places = dict(getattr(said, "value_places", {}))
    for key, value in usual.items():
        made.setdefault(key, value)
    for key in made:
        made.key_places.setdefault(key, (0, 0))
        made.value_places.setdefault(key, (0, 0))
    return made
