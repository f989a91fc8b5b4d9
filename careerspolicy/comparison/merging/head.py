"""What a merged policy says of its inputs: its head, and where each obligation came from, and why.

Vocabularies, open points and exclusions are joined on the files' plain trees, so that nothing said
there is lost. Where two inputs contradict each other there is a problem, with its place in the
later of the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.comparison.merging.proving import Mode
from careerspolicy.comparison.promises import lasts
from careerspolicy.english.answers import undecided_clause
from careerspolicy.english.wording import listing
from careerspolicy.errors import Problem
from careerspolicy.model.policy import Policy, PromiseOf
from careerspolicy.plain.places import place_of
from careerspolicy.solver.relations import Standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from careerspolicy.comparison.merging.choosing import Against, Candidate, Held, Taken


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


def instruments(inputs: Sequence[Input], named: Collection[str | None]) -> list[dict[str, Any]]:
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


def told_of(taken: Taken, ids: Mapping[PromiseOf, str]) -> dict[str, Any]:
    """The `taken_from` of an obligation; `ids` are those of the merged file."""
    of = taken.candidate.of
    slots = {
        "policy": of.policy,
        "obligation": of.obligation,
        **{slot: _listed(promises) for slot, promises in _others(taken).items()},
        "why": " ".join(_why(taken, ids)),
    }
    return {slot: value for slot, value in slots.items() if value}


def _others(taken: Taken) -> dict[str, list[PromiseOf]]:
    """Other inputs' promises by how this one stands to them; each of them once."""

    def standing(wanted: Standing) -> list[PromiseOf]:
        return [against.other.of for against in taken.against if against.standing is wanted]

    held = taken.candidate.held
    same = [_first(bringing) for bringing in held if bringing.same]
    alone = [
        _first(bringing) for bringing in held if not bringing.same and len(bringing.promises) == 1
    ]
    equal = [*dict.fromkeys((*standing(Standing.EQUAL), *same))]
    weaker = dict.fromkeys((*standing(Standing.WEAKER), *alone))
    return {
        "equal_to": equal,
        "stricter_than": standing(Standing.STRICTER),
        "weaker_than": [promise for promise in weaker if promise not in equal],
        "incomparable_with": standing(Standing.INCOMPARABLE),
    }


def _first(held: Held) -> PromiseOf:
    promise = held.promises[0]
    return PromiseOf(promise.policy.id, promise.obligation.id)


def _listed(promises: Iterable[PromiseOf]) -> list[dict[str, str]]:
    return [{"policy": promise.policy, "obligation": promise.obligation} for promise in promises]


def _why(taken: Taken, ids: Mapping[PromiseOf, str]) -> Iterator[str]:
    candidate = taken.candidate
    own = Mode.of(candidate.promise.obligation)
    if taken.needed_by is not None:
        yield f"Kept only because {ids[taken.needed_by.of]} is further to it."
    if candidate.mode != own:
        put = f"Put as {candidate.mode}, in which every input holds it"
        yield f"{put}; {candidate.of.policy} says {own}."
    for held in candidate.held:
        if len(held.promises) > 1:
            together = listing(promise.obligation.id for promise in held.promises)
            yield f"{held.promises[0].policy.id} brings it with {together} together."
    for against in taken.against:
        yield from _why_against(candidate, against, gone=against.other in taken.gave_way)


def _why_against(candidate: Candidate, against: Against, *, gone: bool) -> Iterator[str]:
    """What else is to be known of another promise, beside how what it asks stands to this one's."""
    other, name = against.other, against.other.of
    mine, theirs = candidate.promise.obligation, other.promise.obligation
    if against.standing is Standing.EQUAL and mine.who != theirs.who:
        yield f"{name} is owed by the {listing(theirs.who)}."
    if gone and candidate.mode != other.mode:
        yield f"{name} binds less: {other.mode}."
    elif not gone and against.standing in (Standing.EQUAL, Standing.WEAKER):
        beside = f"Kept beside {name}, which asks as much or more and"
        if not other.mode.binds_as(candidate.mode):
            yield f"{beside} binds otherwise: {other.mode}."
        elif not lasts(theirs.in_force, mine.in_force):
            yield f"{beside} is not in force as long."
    if against.doubt and against.standing is Standing.UNDECIDED:
        yield f"Not decided against {name}: {undecided_clause(against.doubt)}."
