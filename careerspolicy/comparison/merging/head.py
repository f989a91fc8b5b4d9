"""The head of a merged policy: what the inputs' vocabularies, open points and exclusions come to.

Works on the files' plain trees, so that nothing said there is lost. Where two inputs contradict
each other there is a problem, with its place in the later of the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.errors import Problem
from careerspolicy.model.policy import Policy, PromiseOf
from careerspolicy.plain.places import place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence


#: What two files must agree on when both define a word, for each sort of word.
_AGREED: Final = {"attributes": ("type", "default"), "kinds": ("of",), "topics": ("benchmark",)}
_JOINED: Final = ("on", "attributes")


@attrs.frozen(kw_only=True)
class Input:
    """One policy to merge: its name there, its model, and the plain tree of its file."""

    name: str
    policy: Policy
    tree: Mapping[str, Any]

    def problem(self, path: tuple[str, ...], message: str, hint: str) -> Problem:
        """A problem at a place in its file."""
        line, column = place_of(self.tree, path)
        return Problem(
            file=self.policy.file, line=line, column=column, path=path, message=message, hint=hint
        )


def joined_vocabulary(inputs: Sequence[Input]) -> tuple[dict[str, Any], list[Problem]]:
    """The words that some inputs add, together; what the first says of one stands.

    An attribute that two add has the values and the carriers of both.
    """
    joined: dict[str, Any] = {}
    owner: dict[tuple[str, str], Input] = {}
    problems: list[Problem] = []
    for each in inputs:
        for sort, words in each.tree.get("vocabulary", {}).items():
            known = joined.setdefault(sort, {})
            for word, meaning in words.items():
                first = owner.setdefault((sort, word), each)
                if first is each:
                    known[word] = plain(meaning)
                elif sort != "roles":
                    path = ("vocabulary", sort, word)
                    problems += _disagreements(each, first, path, known[word], meaning)
                    known[word] = _together(known[word], plain(meaning))
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
    for each in inputs:
        for name, point in each.tree.get("parameters", {}).items():
            decides = any("changes" in answer for answer in point["values"].values())
            if decides and name not in used[each.name]:
                continue
            first = owner.setdefault(name, each)
            if joined.setdefault(name, plain(point)) != plain(point):
                message = f'the open point "{name}" is another in {first.name}'
                hint = "give one of the two another name"
                problems.append(each.problem(("parameters", name), message, hint))
    return joined, problems


def joined_lint(inputs: Sequence[Input], ids: Mapping[PromiseOf, str]) -> dict[str, Any]:
    """What the inputs say to lint of obligations that are taken, under their ids here."""
    exclude: list[dict[str, Any]] = []
    known: dict[str, list[str]] = {}
    for each in inputs:
        lint = each.tree.get("lint", {})
        exclude += [
            {**plain(exclusion), "obligation": name}
            for exclusion in lint.get("exclude", ())
            if (name := ids.get(PromiseOf(each.name, exclusion.get("obligation", ""))))
        ]
        for rule, settings in lint.get("configure", {}).items():
            known.setdefault(rule, []).extend(settings.get("known", ()))
    configure = {rule: {"known": [*dict.fromkeys(words)]} for rule, words in known.items() if words}
    return {
        slot: value for slot, value in (("exclude", exclude), ("configure", configure)) if value
    }


def instruments(inputs: Sequence[Input], named: Collection[str]) -> list[dict[str, Any]]:
    """What the inputs cite of the instruments named, each once."""
    instruments: dict[str, dict[str, Any]] = {}
    for each in inputs:
        trees = each.tree["document"].get("cites", ())
        for citation, tree in zip(each.policy.document.cites, trees, strict=True):
            if citation.name in named:
                instruments.setdefault(citation.name, plain(tree))
    return list(instruments.values())


def readings_problems(inputs: Sequence[Input]) -> Iterator[Problem]:
    """Where inputs read ambiguous phrases differently, so that one file can't hold them all."""
    first, *others = inputs
    for other in others:
        for slot in (field.name for field in attrs.fields(type(first.policy.readings))):
            here, there = (getattr(each.policy.readings, slot) for each in (other, first))
            if here is not there:
                message = f'"{here.value}" here, and "{there.value}" in {first.name}'
                hint = f"choose whose readings the merged policy takes: --readings-of {first.name}"
                yield other.problem(("readings", slot), message, hint)


def plain(tree: Any) -> Any:
    """A copy of a tree without the places in its file."""
    if isinstance(tree, dict):
        return {name: plain(inner) for name, inner in tree.items()}
    return [plain(inner) for inner in tree] if isinstance(tree, list) else tree


def _disagreements(
    here: Input,
    first: Input,
    path: tuple[str, ...],
    known: Mapping[str, Any],
    meaning: Mapping[str, Any],
) -> Iterable[Problem]:
    for slot in _AGREED[path[1]]:
        if known.get(slot) != meaning.get(slot):
            ours, theirs = (
                f'"{said[slot]}"' if slot in said else "not said" for said in (meaning, known)
            )
            message = f"is {ours} here, and {theirs} in {first.name}"
            hint = "make the two files agree, or give one of the words another name"
            yield here.problem((*path, slot), message, hint)


def _together(known: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """What two files say of one word: lists joined, else what the first says."""
    both = {**more, **known}
    for slot in _JOINED:
        if slot in both:
            both[slot] = [*dict.fromkeys((*known.get(slot, ()), *more.get(slot, ())))]
    if "values" in known and "values" in more:
        both["values"] = _values(known["values"], more["values"])
    return both


def _values(known: Any, more: Any) -> Any:
    """The words of both, with their meanings if either gives any."""
    if isinstance(known, list) and isinstance(more, list):
        return [*dict.fromkeys((*known, *more))]
    meant = [
        words if isinstance(words, dict) else dict.fromkeys(words, "") for words in (more, known)
    ]
    return {**meant[0], **meant[1]}
