"""Points that a file leaves open: their sense, and the file as it reads under other answers.

Second and third step of loading, for `parameters` and `turns_on`. The obligations are written
under the answers that are `taken`; every other answer is tried out on those that turn on it, so
that none can be asked for that would break the file. Looks only at files that conform.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.errors import UnknownName
from careerspolicy.loading.promise import Found, unknown
from careerspolicy.loading.shape import verb_of
from careerspolicy.model.policy import Parameter, ParameterValue
from careerspolicy.plain.yaml_tree import LocatedList
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from careerspolicy.loading.promise import Path


def parameters_sense(tree: Mapping[str, Any]) -> Iterator[Found]:
    """What makes no sense in a file's open points, and in the obligations that turn on them."""
    told = tree.get("parameters", {})
    used = {name for one in tree["obligations"] for name in one.get("turns_on", ())}
    for name, one in told.items():
        yield from _answers(("parameters", name), one)
        if name not in used and _changing(one):
            message = "changes slots, and no obligation turns on it"
            yield Found(("parameters", name), message, "add turns_on: to those that it changes")
    for n, one in enumerate(tree["obligations"]):
        for m, name in enumerate(one.get("turns_on", ())):
            path: Path = ("obligations", n, "turns_on", m)
            yield from unknown(path, name, "one of this file's parameters", told)
            if name in told and not _changing(told[name]):
                hint = "leave it out, or give one of its values changes:"
                yield Found(path, f'"{name}" changes no slot of any obligation', hint)


def variants(tree: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The file under each answer that changes something, with the answer's place."""
    for name, one in tree.get("parameters", {}).items():
        for value, answer in one["values"].items():
            if answer.get("changes"):
                yield ("parameters", name, "values", value), answered(tree, {name: value})


def answered(tree: Mapping[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    """The file as it reads under some answers, each a parameter's name and a value's.

    Raises UnknownName for a parameter or a value that isn't there, and for a parameter of which no
    answer changes anything.
    """
    known, read = tree.get("parameters", {}), dict(tree)
    for name, value in answers.items():
        answer = _answer(known, name, value)
        if "readings" in answer:
            read["readings"] = {**read.get("readings", {}), **answer["readings"]}
        changed = (_changed(one, name, answer) for one in read["obligations"])
        read["obligations"] = _placed_as(tree["obligations"], changed)
    return read


def build_parameters(told: Mapping[str, Any], answers: Mapping[str, str]) -> tuple[Parameter, ...]:
    """The open points of a checked tree, `taken` as it is under these answers."""
    return tuple(
        Parameter(
            name=name,
            question=one["question"],
            values=tuple(
                ParameterValue(name=value, **answer) for value, answer in one["values"].items()
            ),
            taken=answers.get(name, one["taken"]),
            source=one["source"],
            note=one.get("note", ""),
        )
        for name, one in told.items()
    )


def _answers(path: Path, one: Mapping[str, Any]) -> Iterator[Found]:
    yield from unknown((*path, "taken"), one["taken"], "one of its values", one["values"])
    answer = one["values"].get(one["taken"], {})
    for slot in ("changes", "readings"):
        if slot in answer:
            message = f'"{one["taken"]}" is the answer taken, under which the file is written'
            yield Found((*path, "values", one["taken"], slot), message, f"leave out {slot}:")


def _changing(one: Mapping[str, Any]) -> bool:
    return any("changes" in answer for answer in one["values"].values())


def _answer(known: Mapping[str, Any], name: str, value: str) -> Mapping[str, Any]:
    if name not in known:
        raise UnknownName(_unknown(f'there is no open point "{name}"', name, known))
    values: Mapping[str, Mapping[str, Any]] = known[name]["values"]
    if value not in values:
        raise UnknownName(_unknown(f'"{name}" has no answer "{value}"', value, values))
    if not any("changes" in one or "readings" in one for one in values.values()):
        raise UnknownName(f'no obligation turns on "{name}": {known[name]["question"]}')
    return values[value]


def _unknown(said: str, name: str, known: Iterable[str]) -> str:
    hint = did_you_mean(name, known)
    return f"{said}; {hint}" if hint else said


def _changed(told: Mapping[str, Any], name: str, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """An obligation as it reads under an answer to one of the points that it turns on."""
    if name not in told.get("turns_on", ()):
        return told
    verb = verb_of(told).value
    body = dict(told[verb])
    for slot, held in answer.get("changes", {}).items():
        if held is None:
            body.pop(slot, None)
        elif slot == "with" and isinstance(held, dict):
            body[slot] = {**body.get(slot, {}), **held}
        else:
            body[slot] = held
    return {**told, verb: body}


def _placed_as(listed: Any, items: Iterable[Mapping[str, Any]]) -> list[Any]:
    """The items with the places, in the file, of those that they stand for."""
    placed = LocatedList()
    placed.extend(items)
    placed.value_places = getattr(listed, "value_places", [(0, 0)] * len(placed))
    return placed
