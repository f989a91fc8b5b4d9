"""The head of a merged policy: what the inputs' vocabularies, open points and exclusions come to.

Beside choosing; works on the files' plain trees, so that nothing said there is lost. Where two
inputs contradict each other there is a problem, with its place in the later of the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.errors import Problem
from careerspolicy.plain.places import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.model.policy import Policy

#: What two files must agree on when both define a word, for each sort of word.
_AGREED: Final = {"attributes": ("type", "default"), "kinds": ("of",), "topics": ("benchmark",)}
_JOINED: Final = ("on", "attributes")


@attrs.frozen(kw_only=True)
class Input:
    """One policy to merge: its name there, its model, and the plain tree of its file."""

    name: str
    policy: Policy
    tree: Mapping[str, Any]


def joined_vocabulary(inputs: Sequence[Input]) -> tuple[dict[str, Any], list[Problem]]:
    """The words that some inputs add, together; what the first says of one stands.

    An attribute that two add has the values and the carriers of both.
    """
    joined: dict[str, Any] = {}
    owner: dict[tuple[str, str], Input] = {}
    problems: list[Problem] = []
    for one in inputs:
        for sort, words in one.tree.get("vocabulary", {}).items():
            known = joined.setdefault(sort, {})
            for word, told in words.items():
                first = owner.setdefault((sort, word), one)
                if first is one:
                    known[word] = plain(told)
                elif sort != "roles":
                    path = ("vocabulary", sort, word)
                    problems += _disagreements(one, first, path, known[word], told)
                    known[word] = _together(known[word], told)
    return joined, problems


def joined_parameters(
    inputs: Sequence[Input], used: Mapping[str, frozenset[str]]
) -> tuple[dict[str, Any], list[Problem]]:
    """The open points of some inputs, without those that nothing taken turns on any more.

    `used` are the points that the obligations taken from each input turn on.
    """
    joined: dict[str, Any] = {}
    owner: dict[str, Input] = {}
    problems: list[Problem] = []
    for one in inputs:
        for name, told in one.tree.get("parameters", {}).items():
            if _changes(told) and name not in used[one.name]:
                continue
            first = owner.setdefault(name, one)
            joined.setdefault(name, plain(told))
            if joined[name] != plain(told):
                message = f'the open point "{name}" is another in {first.name}'
                hint = "give one of the two another name"
                problems.append(_problem(one, ("parameters", name), message, hint))
    return joined, problems


def joined_lint(inputs: Sequence[Input], ids: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """What the inputs say to lint of obligations that are taken, under their ids here."""
    exclude, known = [], dict[str, list[str]]()
    for one in inputs:
        lint = one.tree.get("lint", {})
        for told in lint.get("exclude", ()):
            name = ids.get((one.name, told.get("obligation", "")))
            if name:
                exclude.append({**plain(told), "obligation": name})
        for rule, settings in lint.get("configure", {}).items():
            known.setdefault(rule, []).extend(settings.get("known", ()))
    configure = {
        rule: {"known": list(dict.fromkeys(words))} for rule, words in known.items() if words
    }
    return {name: told for name, told in (("exclude", exclude), ("configure", configure)) if told}


def instruments(inputs: Sequence[Input], named: Iterable[str]) -> list[dict[str, Any]]:
    """What the inputs cite of the instruments named, each once."""
    wanted = set(named)
    found: dict[str, dict[str, Any]] = {}
    for one in inputs:
        for told in one.tree["document"].get("cites", ()):
            name = f"{told['title']} {told['year']}" if "year" in told else told["title"]
            if name in wanted:
                found.setdefault(name, plain(told))
    return list(found.values())


def readings_problems(inputs: Sequence[Input]) -> list[Problem]:
    """Where inputs read ambiguous phrases differently, so that one file can't hold them all."""
    first = inputs[0]
    problems = []
    for one in inputs[1:]:
        for slot in ("ages", "further", "joiners", "leavers"):
            here, there = (getattr(told.policy.readings, slot) for told in (one, first))
            if here is not there:
                message = f'"{here.value}" here, and "{there.value}" in {first.name}'
                hint = f"choose whose readings the merged policy takes: --readings-of {first.name}"
                problems.append(_problem(one, ("readings", slot), message, hint))
    return problems


def plain(told: Any) -> Any:
    """A copy of a tree without the places in its file."""
    if isinstance(told, dict):
        return {name: plain(one) for name, one in told.items()}
    return [plain(one) for one in told] if isinstance(told, list) else told


def _disagreements(
    one: Input,
    first: Input,
    path: tuple[str, ...],
    known: Mapping[str, Any],
    told: Mapping[str, Any],
) -> Iterable[Problem]:
    for slot in _AGREED[path[1]]:
        if known.get(slot) != told.get(slot):
            said = [f'"{there[slot]}"' if slot in there else "not said" for there in (told, known)]
            message = f"is {said[0]} here, and {said[1]} in {first.name}"
            hint = "make the two files agree, or give one of the words another name"
            yield _problem(one, (*path, slot), message, hint)


def _together(known: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What two files say of one word: lists joined, else what the first says."""
    both = {**plain(told), **known}
    for slot in _JOINED:
        if slot in both:
            both[slot] = list(dict.fromkeys((*known.get(slot, ()), *told.get(slot, ()))))
    if "values" in known and "values" in told:
        both["values"] = _values(known["values"], told["values"])
    return both


def _values(known: Any, told: Any) -> Any:
    """The words of both, with their meanings if either gives any."""
    if isinstance(known, list) and isinstance(told, list):
        return list(dict.fromkeys((*known, *told)))
    meant = [one if isinstance(one, dict) else dict.fromkeys(one, "") for one in (told, known)]
    return {**meant[0], **meant[1]}


def _changes(told: Mapping[str, Any]) -> bool:
    return any("changes" in answer for answer in told["values"].values())


def _problem(one: Input, path: tuple[str, ...], message: str, hint: str) -> Problem:
    line, column = place_of(one.tree, path)
    return Problem(
        file=one.policy.file, line=line, column=column, path=path, message=message, hint=hint
    )
