"""What an obligation of the law says of itself: its instrument, its edition, its time in force.

Second and third step of loading, for `in_force`, `near` and what a `source` says of instruments.
Looks only at files that conform to the schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.loading.promise import Found, unknown
from careerspolicy.model.policy import CitedKind, InForce
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from careerspolicy.loading.promise import Path
    from careerspolicy.vocabulary import Vocabulary

_WRITE: Final = "write a date such as 2023-01-01, or leave out the day"


def law_sense(tree: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Found]:
    """What makes no sense in the obligations' instruments, editions and times in force."""
    cited = kinds_of_cited(tree["document"])
    earlier: dict[str, Mapping[str, Any]] = {}
    for n, told in enumerate(tree["obligations"]):
        path: Path = ("obligations", n)
        yield from _span(path, told.get("in_force", {}))
        yield from _within_first(path, told, earlier)
        for place, source in _sources(path, told):
            yield from _instrument(place, source, cited, law=tree.get("of") == "law")
        for m, topic in enumerate(told.get("near", ())):
            yield from unknown((*path, "near", m), topic, "a topic", vocabulary.topics, "topics")
        earlier[told["id"]] = told


def kinds_of_cited(document: Mapping[str, Any]) -> dict[str, CitedKind]:
    """The sort of each instrument that a document cites, by its title and year."""
    return {
        f"{one['title']} {one['year']}" if "year" in one else one["title"]: CitedKind(one["kind"])
        for one in document.get("cites", ())
    }


def build_in_force(told: Mapping[str, Any]) -> InForce:
    """The time in force that a checked tree gives."""
    return InForce(
        start=PartialDate.parse(told["from"]) if "from" in told else None,
        until=PartialDate.parse(told["until"]) if "until" in told else None,
    )


def authority_of(told: Mapping[str, Any], cited: Mapping[str, CitedKind]) -> CitedKind | None:
    """The sort of instrument that lays an obligation down: of several, the first named."""
    named = [one["instrument"] for _, one in _sources((), told) if "instrument" in one]
    return cited[named[0]] if named else None


def _sources(path: Path, told: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    sources = told["source"]
    if isinstance(sources, list):
        yield from (((*path, "source", m), one) for m, one in enumerate(sources))
    else:
        yield (*path, "source"), sources


def _instrument(
    path: Path, source: Mapping[str, Any], cited: Mapping[str, CitedKind], *, law: bool
) -> Iterator[Found]:
    named = source.get("instrument")
    if named is None and law:
        message = "a source in the law names no instrument"
        yield Found(path, message, "add instrument:, one of those under document: cites:")
    if named is not None and named not in cited:
        hint = did_you_mean(named, cited) or "add it under document: cites:"
        yield Found((*path, "instrument"), f'"{named}" is not cited under document', hint)
    if "edition" in source and _date(source["edition"]) is None:
        yield Found((*path, "edition"), f'"{source["edition"]}" is not in the calendar', _WRITE)


def _span(path: Path, told: Mapping[str, Any]) -> Iterator[Found]:
    bad = [slot for slot in ("from", "until") if slot in told and _date(told[slot]) is None]
    for slot in bad:
        message = f'"{told[slot]}" is not in the calendar'
        yield Found((*path, "in_force", slot), message, _WRITE)
    if bad:
        return
    era = build_in_force(told)
    if era.start and era.until and era.start.first > era.until.last:
        message = f"ends in {era.until.in_words}, before it begins in {era.start.in_words}"
        yield Found((*path, "in_force"), message, "put the earlier date under from:")


def _within_first(
    path: Path, told: Mapping[str, Any], earlier: Mapping[str, Mapping[str, Any]]
) -> Iterator[Found]:
    """An obligation further to another that isn't in force for all of its time."""
    first = earlier.get(told.get("provide", {}).get("further_to", ""))
    if first is None or not _dated(first) or not _dated(told):
        return
    if not _holds(
        build_in_force(first.get("in_force", {})), build_in_force(told.get("in_force", {}))
    ):
        message = f'is further to "{first["id"]}", which is not in force for all of its time'
        yield Found((*path, "provide", "further_to"), message, "mend in_force: of one of the two")


def _holds(outer: InForce, inner: InForce) -> bool:
    if outer.start and (inner.start is None or inner.start.first < outer.start.first):
        return False
    return not (outer.until and (inner.until is None or inner.until.last > outer.until.last))


def _dated(told: Mapping[str, Any]) -> bool:
    """Whether the days of a time in force, where it has any, are in the calendar."""
    return all(_date(day) for day in told.get("in_force", {}).values())


def _date(told: str | int) -> PartialDate | None:
    try:
        return PartialDate.parse(told)
    except ValueError:
        return None
