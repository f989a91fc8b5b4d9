"""Several policies merged into one: the strictest promise on every topic, or the shared ones.

`merge` is the way in. It gives the tree of a policy file, made from the plain trees of the inputs;
`certificates` proves afterwards, on the file as written, that it is what it says.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.comparison.comparing import called, names
from careerspolicy.comparison.merging.choosing import Take, Taken, chosen
from careerspolicy.comparison.merging.head import (
    Input,
    instruments,
    joined_lint,
    joined_parameters,
    joined_vocabulary,
    plain,
    readings_problems,
    told_of,
)
from careerspolicy.comparison.merging.proving import Prover
from careerspolicy.english.wording import listing
from careerspolicy.errors import Problem, UnknownName, UnusableInput
from careerspolicy.loading.drafts import NEXT_REVIEW, reviewed_by, verb_of
from careerspolicy.model.duty import Verb
from careerspolicy.model.policy import Of, Policy, PromiseOf, Strength
from careerspolicy.plain.yaml_tree import load_plain
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


__all__ = ["Merged", "Take", "merge"]

_TITLES: Final = {
    Take.STRICTEST: "The strictest promises of {}",
    Take.SHARED: "The promises that {} have in common",
}
#: Slots of `uphold` that say how often it is attested; without one the document's cadence is taken.
_CADENCES: Final = frozenset({"each", "every", "how_often"})
#: An obligation's slots that stand first, and the one that stands last.
_EARLY, _LATE = ("id", "topic", "title", "benchmark", "strength", "hedge"), "note"


@attrs.frozen(kw_only=True)
class Merged:
    """A merged policy as the tree of its file; the inputs by the names that it gives them.

    `notes` are what its head settles in favour of one input.
    """

    tree: Mapping[str, Any] = attrs.field(repr=False)
    take: Take
    inputs: Mapping[str, Policy] = attrs.field(repr=False)
    notes: tuple[str, ...] = ()


def merge(
    policies: Sequence[Policy],
    take: Take,
    *,
    name: str = "",
    trust: str = "",
    readings_of: str = "",
    prover: Prover | None = None,
    begin: Callable[[str], None] = lambda _: None,
) -> Merged:
    """One policy of several that were loaded from files, each obligation with where it came from.

    `name` and `trust` are the merged policy's own; `readings_of` names the input whose readings it
    takes where they differ. `begin` is called with each input that is gone through.

    Raises UnusableInput where the inputs contradict each other in words or readings, or have
    nothing in common; UnknownName for a `readings_of` that is no input; ValueError for no input or
    a `name` that is an input's; MissingExtra without the extra "analysis".
    """
    named = called(names(policies))
    name = name or _slug(f"{take.value} of {' '.join(named)}")
    if not named or name in named:
        raise ValueError("a merge takes a policy or more, and a name that is none of theirs")
    inputs = [
        Input(name=each, policy=policy, tree=load_plain(Path(policy.file)))
        for each, policy in named.items()
    ]
    _, problems = joined_vocabulary(inputs)
    if problems := [*problems, *(() if readings_of else readings_problems(inputs))]:
        raise UnusableInput(problems)
    reader = _reader(inputs, readings_of)
    read = {n: attrs.evolve(p, readings=reader.policy.readings) for n, p in named.items()}
    taken = chosen(read, take, prover or Prover(), begin=begin)
    notes = tuple(_notes(inputs, reader))
    trust = trust or listing(dict.fromkeys(each.policy.trust for each in inputs))
    head = {"format": 1, "policy": name, "trust": trust}
    tree = {**head, **_content(take, inputs, reader, taken, notes)}
    return Merged(tree=_said(tree), take=take, inputs=named, notes=notes)


def _content(
    take: Take, inputs: Sequence[Input], reader: Input, taken: Sequence[Taken], notes: Sequence[str]
) -> dict[str, Any]:
    """What the merged file says after its head."""
    if not taken:
        message = f"holds no promise that {listing([one.name for one in inputs[1:]])} also hold"
        hint = "merge fewer policies, or take the strictest of each"
        raise UnusableInput([Problem(file=inputs[0].policy.file, message=message, hint=hint)])
    ids = _ids(taken)
    parameters, problems = joined_parameters(inputs, _open_points(inputs, ids))
    if problems:
        raise UnusableInput(problems)
    # How often all the inputs' documents are reviewed, if they all say the same.
    cadences = {each.tree["document"].get("review_every") for each in inputs}
    cadence = cadences.pop() if len(cadences) == 1 else None
    making = _Making({each.name: each for each in inputs}, ids, cadence)
    obligations = [making.obligation(one) for one in taken]
    sources = (one["source"] for one in obligations)
    places = (one for told in sources for one in (told if isinstance(told, list) else [told]))
    document = {
        "title": _TITLES[take].format(listing(each.name for each in inputs)),
        "review_every": making.cadence,
        "cites": instruments(inputs, {place.get("instrument") for place in places}),
        "note": " ".join((f"Merged from {'; '.join(map(_described, inputs))}.", *notes)),
    }
    vocabulary, _ = joined_vocabulary(inputs)
    return {
        "of": "law" if all(each.policy.of is Of.LAW for each in inputs) else None,
        "document": _said(document),
        "readings": plain(reader.tree.get("readings")),
        "parameters": parameters,
        "words": plain(inputs[0].tree.get("words")),
        "vocabulary": vocabulary,
        "lint": joined_lint(inputs, ids),
        "obligations": obligations,
    }


def _reader(inputs: Sequence[Input], readings_of: str) -> Input:
    """The input whose readings the merged policy takes."""
    if not readings_of:
        return inputs[0]
    known = {each.name: each for each in inputs}
    if readings_of not in known:
        hint = did_you_mean(readings_of, known) or f"name one of {', '.join(known)}"
        raise UnknownName(f'there is no policy "{readings_of}" among those merged; {hint}')
    return known[readings_of]


def _said(slots: Mapping[str, Any]) -> dict[str, Any]:
    return {slot: told for slot, told in slots.items() if told}


def _ids(taken: Sequence[Taken]) -> dict[PromiseOf, str]:
    """The id of each obligation in the merged file: its own, unless an earlier one has it."""
    ids: dict[PromiseOf, str] = {}
    for of in (one.candidate.of for one in taken):
        name, number = of.obligation, 1
        while name in ids.values():
            name = _slug(f"{of.policy} {of.obligation} {number if number > 1 else ''}")
            number += 1
        ids[of] = name
    return ids


def _open_points(
    inputs: Sequence[Input], ids: Mapping[PromiseOf, str]
) -> Mapping[str, frozenset[str]]:
    """The points that the obligations taken from each input turn on."""
    return {
        each.name: frozenset(
            point
            for obligation in each.policy.obligations
            if PromiseOf(each.name, obligation.id) in ids
            for point in obligation.turns_on
        )
        for each in inputs
    }


@attrs.frozen
class _Making:
    """Makes the merged file's obligations: of which inputs, under which ids."""

    inputs: Mapping[str, Input]
    ids: Mapping[PromiseOf, str]
    cadence: str | None

    def obligation(self, taken: Taken) -> dict[str, Any]:
        """One obligation as its input has it, but for its id, its mode and where it came from."""
        of, mode = taken.candidate.of, taken.candidate.mode
        source = self.inputs[of.policy]
        place = source.policy.obligations.index(taken.candidate.promise.obligation)
        told = plain(source.tree["obligations"][place])
        self._keep_cadence(told, source.tree["document"].get("review_every"))
        body = told[verb_of(told).value]
        if body.get("by") == NEXT_REVIEW:  # of a document that the merged policy is not
            body.update(reviewed_by(source.tree["document"]) or {})
        if "further_to" in body:
            body["further_to"] = self.ids[PromiseOf(of.policy, body["further_to"])]
        told["id"] = self.ids[of]
        told["strength"] = None if mode.strength is Strength.MUST else mode.strength.value
        told["hedge"] = mode.hedge
        told["source"] = self._source(told["source"], source)
        told["taken_from"] = told_of(taken, self.ids)
        order = (*_EARLY, *(slot for slot in told if slot not in (*_EARLY, _LATE)), _LATE)
        return _said({slot: told.get(slot) for slot in order})

    def _keep_cadence(self, told: dict[str, Any], every: str | None) -> None:
        """Write out how often something is attested, where its own document's head says it."""
        body = told.get(Verb.UPHOLD.value)
        if body is None or not every or self.cadence or body.keys() & _CADENCES:
            return
        for slot in ("from", "until", "not_before"):  # a cadence that the head says has neither
            body.pop(slot, None)
        body["every"] = every

    def _source(self, told: Any, source: Input) -> Any:
        """The places in the input's document, whose fingerprints are of no use here."""
        if isinstance(told, list):
            return [self._source(place, source) for place in told]
        kept = {slot: said for slot, said in told.items() if slot != "fingerprint"}
        if "instrument" not in told:
            trusts = [each.policy.trust for each in self.inputs.values()]
            trust = source.policy.trust
            document = trust if trusts.count(trust) == 1 else f"{trust} ({source.name})"
            kept["section"] = f"{document}: {told['section']}"
        return kept


def _notes(inputs: Sequence[Input], reader: Input) -> Iterator[str]:
    """What the head settles in favour of one input."""
    first = inputs[0]
    others = [each.name for each in inputs[1:] if each.policy.words != first.policy.words]
    if others:
        yield f"Words for people and things are those of {first.name}, not of {listing(others)}."
    differ = [each.name for each in inputs if each.policy.readings != reader.policy.readings]
    if differ:
        others_read = f"{listing(differ)} read them otherwise"
        yield f"Ambiguous phrases are read as in {reader.name}; {others_read}."


def _described(one: Input) -> str:
    document = one.policy.document
    dated = document.approved or document.effective or document.published
    version = f"version {document.version}" if document.version else ""
    said = (one.policy.trust, document.title, version, dated.in_words if dated else "")
    return f"{one.name} ({', '.join(filter(None, said))})"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
