"""Points that a file leaves open: their sense, and the file as it reads under other answers.

Second and third step of loading, for `parameters` and `turns_on`. The obligations are written
under the answers that are `taken`; every other answer is tried out on those that turn on it, so
that none can be asked for that would break the file. Looks only at files that conform.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.errors import UnknownName
from careerspolicy.loading.drafts import verb_of
from careerspolicy.loading.objections import Objection, unknown
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from careerspolicy.loading.objections import Path


def parameters_sense(tree: Mapping[str, Any]) -> Iterator[Objection]:
    """What makes no sense in a file's open points, and in the obligations that turn on them."""
    points = tree.get("parameters", {})
    used = {name for obligation in tree["obligations"] for name in obligation.get("turns_on", ())}
    for name, point in points.items():
        yield from _answer_taken(("parameters", name), point)
        if name not in used and _changes_slots(point):
            message = "changes slots, and no obligation turns on it"
            hint = "add turns_on: to those that it changes"
            yield Objection(("parameters", name), message, hint)
    for n, obligation in enumerate(tree["obligations"]):
        for m, name in enumerate(obligation.get("turns_on", ())):
            path: Path = ("obligations", n, "turns_on", m)
            yield from unknown(path, name, "one of this file's parameters", points)
            if name in points and not _changes_slots(points[name]):
                hint = "leave it out, or give one of its values changes:"
                yield Objection(path, f'"{name}" changes no slot of any obligation', hint)


def variants(tree: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The file under each answer that changes something, with the answer's place."""
    for name, point in tree.get("parameters", {}).items():
        for value, answer in point["values"].items():
            if answer.get("changes"):
                yield ("parameters", name, "values", value), answered(tree, {name: value})


def answered(tree: Mapping[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    """The file as it reads under some answers, each a parameter's name and a value's.

    Raises UnknownName for a parameter or a value that isn't there, and for a parameter of which no
    answer changes anything.
    """
    points, read = tree.get("parameters", {}), dict(tree)
    for name, value in answers.items():
        answer = _answer(points, name, value)
        if "readings" in answer:
            read["readings"] = {**read.get("readings", {}), **answer["readings"]}
        read["obligations"] = [
            _changed(obligation, answer) if name in obligation.get("turns_on", ()) else obligation
            for obligation in read["obligations"]
        ]
    return read


def _answer_taken(path: Path, point: Mapping[str, Any]) -> Iterator[Objection]:
    taken, values = point["taken"], point["values"]
    yield from unknown((*path, "taken"), taken, "one of its values", values)
    for slot in ("changes", "readings"):
        if slot in values.get(taken, {}):
            message = f'"{taken}" is the answer taken, under which the file is written'
            yield Objection((*path, "values", taken, slot), message, f"leave out {slot}:")


def _changes_slots(point: Mapping[str, Any]) -> bool:
    return any("changes" in answer for answer in point["values"].values())


def _answer(points: Mapping[str, Any], name: str, value: str) -> Mapping[str, Any]:
    if name not in points:
        raise _unknown_name(f'there is no open point "{name}"', name, points)
    values: Mapping[str, Mapping[str, Any]] = points[name]["values"]
    if value not in values:
        raise _unknown_name(f'"{name}" has no answer "{value}"', value, values)
    if not any("changes" in answer or "readings" in answer for answer in values.values()):
        raise UnknownName(f'no obligation turns on "{name}": {points[name]["question"]}')
    return values[value]


def _unknown_name(message: str, name: str, known: Iterable[str]) -> UnknownName:
    hint = did_you_mean(name, known)
    return UnknownName(f"{message}; {hint}" if hint else message)


def _changed(obligation: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
    """An obligation as it reads under an answer to a point that it turns on."""
    verb = verb_of(obligation).value
    body = dict(obligation[verb])
    for slot, held in answer.get("changes", {}).items():
        if held is None:
            body.pop(slot, None)
        elif slot == "with" and isinstance(held, dict):
            body[slot] = {**body.get(slot, {}), **held}
        else:
            body[slot] = held
    return {**obligation, verb: body}
