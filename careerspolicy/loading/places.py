"""Places in the source document: an obligation's `source`, and `clauses` that promise nothing.

Second and third step of loading, for those two lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.loading.promise import Found
from careerspolicy.model.policy import Accounted, Reason, Run, Source
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from careerspolicy.loading.promise import Path


def places_sense(tree: Mapping[str, Any]) -> Iterator[Found]:
    """What makes no sense in a file's places: runs backwards, duplicates of nothing."""
    obligations = [one for one in _items(tree, "obligations") if isinstance(one.get("id"), str)]
    ids = [one["id"] for one in obligations]
    for n, told in enumerate(_items(tree, "clauses")):
        path: Path = ("clauses", n)
        yield from _runs(path, told)
        yield from _repeats(path, told, ids)
    for n, one in enumerate(_items(tree, "obligations")):
        sources = one.get("source")
        many = isinstance(sources, list)
        for m, told in enumerate(sources if isinstance(sources, list) else [sources]):
            if isinstance(told, dict):
                yield from _runs(("obligations", n, "source", *([m] if many else [])), told)


def build_source(told: Mapping[str, Any]) -> Source:
    """The place that a checked `source` names."""
    return Source(
        section=str(told["section"]),
        instrument=told.get("instrument", ""),
        edition=PartialDate.parse(told["edition"]) if "edition" in told else None,
        clause=told.get("clause"),
        sentence=_run(told, "sentence"),
        missing=told.get("missing", ""),
        fingerprint=_fingerprints(told),
    )


def build_accounted(told: Mapping[str, Any]) -> Accounted:
    """The place that a checked item of `clauses` accounts for."""
    return Accounted(
        section=str(told["section"]),
        clause=_run(told, "clause"),
        sentence=_run(told, "sentence"),
        reason=Reason(told["reason"]),
        of=told.get("of", ""),
        fingerprint=_fingerprints(told),
    )


def _items(tree: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    told = tree.get(name)
    return [one if isinstance(one, dict) else {} for one in told] if isinstance(told, list) else []


def _runs(path: Path, told: Mapping[str, Any]) -> Iterator[Found]:
    for slot in ("clause", "sentence"):
        first, dash, last = str(told.get(slot, "")).partition("-")
        if dash and first.isdecimal() and last.isdecimal() and int(first) > int(last):
            yield Found((*path, slot), f"{told[slot]} runs backwards", f"write {last}-{first}")
    if "sentence" in told and "clause" not in told and "." not in str(told.get("section")):
        message = "a sentence is counted within a clause, and none is named"
        yield Found((*path, "sentence"), message, "add clause:")


def _repeats(path: Path, told: Mapping[str, Any], ids: list[str]) -> Iterator[Found]:
    of, reason = told.get("of"), told.get("reason")
    if of is not None and of not in ids:
        hint = did_you_mean(str(of), ids) or "name an obligation of this file"
        yield Found((*path, "of"), f'"{of}" is not the id of an obligation', hint)
    if reason == "duplicate" and of is None:
        yield Found((*path, "reason"), "a duplicate repeats an obligation", "say which: of: its id")
    if of is not None and reason not in (None, "duplicate"):
        yield Found((*path, "of"), f'"of" is for a duplicate, and this is {reason}', "leave it out")


def _run(told: Mapping[str, Any], slot: str) -> Run | None:
    return Run.parse(told[slot]) if slot in told else None


def _fingerprints(told: Mapping[str, Any]) -> tuple[str, ...]:
    written = told.get("fingerprint", ())
    return (written,) if isinstance(written, str) else tuple(written)
