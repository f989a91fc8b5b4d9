"""Several policies merged into one: the strictest promise on every topic, or the shared ones.

`merge` is the way in. It gives the tree of a policy file, made from the plain trees of the inputs;
`certificates` proves afterwards, on the file as written, that it is what it says.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.comparison.comparing import names
from careerspolicy.comparison.merging.choice import Take, chosen
from careerspolicy.comparison.merging.heads import (
    Input,
    instruments,
    joined_lint,
    joined_parameters,
    joined_vocabulary,
    plain,
    readings_problems,
)
from careerspolicy.comparison.merging.proofs import Prover
from careerspolicy.comparison.merging.telling import told_of
from careerspolicy.english.wording import listing
from careerspolicy.errors import Problem, UnknownName, UnusableInput
from careerspolicy.loading.drafts import verb_of
from careerspolicy.model.duty import Verb
from careerspolicy.model.policy import Of
from careerspolicy.plain.yaml_tree import load_plain
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from careerspolicy.comparison.merging.choice import Taken
    from careerspolicy.model.document import Document
    from careerspolicy.model.policy import Policy

__all__ = ["Merged", "Take", "merge"]

_TITLES: Final = {
    Take.STRICTEST: "The strictest promises of {}",
    Take.SHARED: "The promises that {} have in common",
}
#: Slots of `uphold` that say how often it is attested; without one the document's cadence is taken.
_CADENCES: Final = ("each", "every", "how_often")


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
    named = {one: attrs.evolve(policy, id=one) for one, policy in names(policies).items()}
    name = name or _slug(f"{take.value} of {' '.join(named)}")
    if not named or name in named:
        raise ValueError("a merge takes a policy or more, and a name that is none of theirs")
    inputs = [Input(name=n, policy=one, tree=_tree(one)) for n, one in named.items()]
    reader = _reader(inputs, readings_of)
    vocabulary, problems = joined_vocabulary(inputs)
    problems += [] if readings_of else readings_problems(inputs)
    if problems:
        raise UnusableInput(problems)
    read = {n: attrs.evolve(p, readings=reader.policy.readings) for n, p in named.items()}
    taken = chosen(read, take, prover or Prover(), begin=begin)
    if not taken:
        raise UnusableInput([_nothing(inputs)])
    return _Making(tuple(inputs), take, reader, taken).merged(name, trust, vocabulary, named)


def _tree(policy: Policy) -> Mapping[str, Any]:
    tree: Mapping[str, Any] = load_plain(Path(policy.file))
    return tree


def _reader(inputs: Sequence[Input], readings_of: str) -> Input:
    """The input whose readings the merged policy takes."""
    if not readings_of:
        return inputs[0]
    known = {one.name: one for one in inputs}
    if readings_of not in known:
        hint = did_you_mean(readings_of, known) or f"name one of {', '.join(known)}"
        raise UnknownName(f'there is no policy "{readings_of}" among those merged; {hint}')
    return known[readings_of]


def _nothing(inputs: Sequence[Input]) -> Problem:
    message = f"holds no promise that {listing([one.name for one in inputs[1:]])} also hold"
    hint = "merge fewer policies, or take the strictest of each"
    return Problem(file=inputs[0].policy.file, message=message, hint=hint)


@attrs.frozen
class _Making:
    """What has been chosen, on its way to being a file."""

    inputs: tuple[Input, ...]
    take: Take
    reader: Input
    taken: tuple[Taken, ...]

    def merged(
        self, name: str, trust: str, vocabulary: dict[str, Any], named: Mapping[str, Policy]
    ) -> Merged:
        ids = self._ids()
        obligations = [self._obligation(one, ids) for one in self.taken]
        parameters, problems = joined_parameters(self.inputs, self._open_points(ids))
        if problems:
            raise UnusableInput(problems)
        trusts = list(dict.fromkeys(one.policy.trust for one in self.inputs))
        law = all(one.policy.of is Of.LAW for one in self.inputs)
        tree = {
            "format": 1,
            "policy": name,
            "trust": trust or listing(trusts),
            "of": "law" if law else None,
            "document": self._document(obligations),
            "readings": plain(self.reader.tree.get("readings")),
            "parameters": parameters,
            "words": plain(self.inputs[0].tree.get("words")),
            "vocabulary": vocabulary,
            "lint": joined_lint(self.inputs, ids),
            "obligations": obligations,
        }
        said = {slot: told for slot, told in tree.items() if told}
        notes = tuple(_notes(self.inputs, self.reader))
        return Merged(tree=said, take=self.take, inputs=named, notes=notes)

    def _ids(self) -> dict[tuple[str, str], str]:
        """The id of each obligation in the merged file: its own, unless an earlier one has it."""
        ids: dict[tuple[str, str], str] = {}
        used: set[str] = set()
        for one in self.taken:
            policy, own = one.candidate.policy, one.candidate.promise.obligation.id
            name, number = own, 1
            while name in used:
                name = _slug(f"{policy} {own} {number}" if number > 1 else f"{policy} {own}")
                number += 1
            used.add(name)
            ids[policy, own] = name
        return ids

    def _obligation(self, taken: Taken, ids: Mapping[tuple[str, str], str]) -> dict[str, Any]:
        candidate = taken.candidate
        one = next(told for told in self.inputs if told.name == candidate.policy)
        place = one.policy.obligations.index(candidate.promise.obligation)
        told = plain(one.tree["obligations"][place])
        told["id"] = ids[candidate.policy, told["id"]]
        told.pop("strength", None)
        told.pop("hedge", None)
        body = told[verb_of(told).value]
        if "further_to" in body:
            body["further_to"] = ids[candidate.policy, body["further_to"]]
        self._keep_cadence(told, one)
        mode = candidate.mode
        extra = {"strength": mode.strength.value} if mode.strength.value != "must" else {}
        extra |= {"hedge": mode.hedge} if mode.hedge else {}
        return _in_order(
            {**told, **extra, "source": self._source(told["source"], one)},
            {"taken_from": told_of(taken, ids)},
        )

    def _keep_cadence(self, told: dict[str, Any], one: Input) -> None:
        """Write out how often something is attested, where its own document's head says it."""
        every = one.tree["document"].get("review_every")
        body = told.get(Verb.UPHOLD.value)
        if (
            body is not None
            and every
            and self._cadence() is None
            and not body.keys() & {*_CADENCES}
        ):
            for slot in ("from", "until", "not_before"):  # a cadence that the head says has neither
                body.pop(slot, None)
            body["every"] = every

    def _cadence(self) -> str | None:
        """How often all the inputs' documents are reviewed, if they all say the same."""
        said = {one.tree["document"].get("review_every") for one in self.inputs}
        return said.pop() if len(said) == 1 else None

    def _source(self, told: Any, one: Input) -> Any:
        """The places in the input's document, whose fingerprints are of no use here."""
        if isinstance(told, list):
            return [self._source(place, one) for place in told]
        kept = {slot: said for slot, said in told.items() if slot != "fingerprint"}
        if "instrument" not in told:
            kept["section"] = f"{_document_of(one, self.inputs)}: {told['section']}"
        return kept

    def _open_points(self, ids: Mapping[tuple[str, str], str]) -> Mapping[str, frozenset[str]]:
        return {
            one.name: frozenset(
                point
                for told in one.policy.obligations
                if (one.name, told.id) in ids
                for point in told.turns_on
            )
            for one in self.inputs
        }

    def _document(self, obligations: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        named = [one.name for one in self.inputs]
        places = [
            place
            for told in obligations
            for place in (told["source"] if isinstance(told["source"], list) else [told["source"]])
        ]
        cites = instruments(
            self.inputs, [one["instrument"] for one in places if "instrument" in one]
        )
        described = "; ".join(_described(one) for one in self.inputs)
        notes = " ".join(_notes(self.inputs, self.reader))
        said = {
            "title": _TITLES[self.take].format(listing(named)),
            "review_every": self._cadence(),
            "cites": cites,
            "note": f"Merged from {described}. {notes}".strip(),
        }
        return {slot: told for slot, told in said.items() if told}


def _notes(inputs: Sequence[Input], reader: Input) -> Iterator[str]:
    """What the head settles in favour of one input."""
    first = inputs[0]
    others = [one.name for one in inputs[1:] if one.policy.words != first.policy.words]
    if others:
        yield f"Words for people and things are those of {first.name}, not of {listing(others)}."
    differ = [one.name for one in inputs if one.policy.readings != reader.policy.readings]
    if differ:
        others_read = f"{listing(differ)} read them otherwise"
        yield f"Ambiguous phrases are read as in {reader.name}; {others_read}."


def _document_of(one: Input, inputs: Sequence[Input]) -> str:
    """What stands before a section: the trust, and the input's name where that is not enough."""
    trusts = [other.policy.trust for other in inputs]
    return (
        one.policy.trust
        if trusts.count(one.policy.trust) == 1
        else f"{one.policy.trust} ({one.name})"
    )


def _described(one: Input) -> str:
    document: Document = one.policy.document
    dated = document.approved or document.effective or document.published
    said = [one.policy.trust, document.title]
    said += [f"version {document.version}"] if document.version else []
    said += [dated.in_words] if dated else []
    return f"{one.name} ({', '.join(said)})"


def _in_order(told: dict[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    """An obligation's slots as its readers expect them; what is added stands before a note."""
    early = ("id", "topic", "title", "benchmark", "strength", "hedge")
    head = {slot: told[slot] for slot in early if slot in told}
    rest = {slot: said for slot, said in told.items() if slot not in (*early, "note")}
    note = {"note": told["note"]} if "note" in told else {}
    return {**head, **rest, **added, **note}


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
