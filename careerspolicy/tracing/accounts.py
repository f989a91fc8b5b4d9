"""A policy traced to its document: each unit's status, each obligation's state, the totals.

`stamped` writes into the policy file the fingerprints of what is current and the addresses of what
has moved. Only the values that change are touched; stamping twice changes nothing more.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.errors import UnusableInput
from careerspolicy.loading import read_policy
from careerspolicy.model.document import Accounted, Reason, Run, Source
from careerspolicy.plain.places import with_values
from careerspolicy.tracing.document import Aside, Clause, Kind
from careerspolicy.tracing.places import Addresses, State, hold

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence

    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.tracing.document import Document, Key, Lines, Sentence
    from careerspolicy.tracing.places import Held


class Status(Enum):
    """What became of one unit of the document."""

    ENCODED = "encoded"
    PART = "part"
    NOT_A_PROMISE = "not_a_promise"
    OPEN = "open"


@attrs.frozen(kw_only=True)
class Traced:
    """One unit of the document and what became of it; headings have no clause and no sentence.

    `obligations` are those that stand on it, `missing` what they leave out in their own words, `of`
    the obligation that a duplicate repeats.
    """

    section: str
    lines: Lines
    text: str
    status: Status
    clause: int | None = None
    sentence: int | None = None
    printed: str = ""
    obligations: tuple[str, ...] = ()
    reason: str = ""
    of: str = ""
    missing: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class TracedObligation:
    """One obligation, where it stands in the document, and whether that is as it was."""

    obligation: Obligation
    held: tuple[Held, ...]

    @property
    def state(self) -> State:
        """Current if every place is; lost if every place is; else suspect."""
        states = {entry.state for entry in self.held}
        return states.pop() if len(states) == 1 else State.SUSPECT

    @property
    def lines(self) -> tuple[Lines, ...]:
        """First and last line of each of its places that was found."""
        return tuple(entry.lines for entry in self.held if entry.lines)


@attrs.frozen(kw_only=True, slots=False)
class Trace:
    """A policy held against its document."""

    policy: Policy
    source: str
    units: tuple[Traced, ...]
    held: tuple[Held, ...]

    @cached_property
    def obligations(self) -> tuple[TracedObligation, ...]:
        """Every obligation, in the file's order."""
        by_owner: dict[str, list[Held]] = defaultdict(list)
        for entry in self.held:
            by_owner[entry.owner].append(entry)
        return tuple(
            TracedObligation(obligation=obligation, held=tuple(by_owner[obligation.id]))
            for obligation in self.policy.obligations
        )

    @cached_property
    def accounted(self) -> tuple[Held, ...]:
        """Every place that promises nothing, in the file's order."""
        return tuple(entry for entry in self.held if not entry.owner)

    @cached_property
    def totals(self) -> Mapping[str, int]:
        """Counts of units by status, and of obligations by state."""
        units = Counter(unit.status.value for unit in self.units)
        states = Counter(traced.state.value for traced in self.obligations)
        return {
            "units": len(self.units),
            **{status.value: units[status.value] for status in Status},
            "obligations": len(self.obligations),
            **{state.value: states[state.value] for state in State},
            "stale": sum(entry.state is not State.CURRENT for entry in self.accounted),
        }

    @property
    def share(self) -> float:
        """How much of the document is accounted for, in percent; 100 for an empty one."""
        units, unsettled = self.totals["units"], self.totals[Status.OPEN.value]
        return 100 * (units - unsettled) / units if units else 100.0

    def falls_short(self, required: float) -> bool:
        """Whether less than that percentage is accounted for, or anything is suspect or lost."""
        sound = all(entry.state is State.CURRENT for entry in self.held)
        return self.share < required or not sound


def trace(policy: Policy, document: Document, source: str = "") -> Trace:
    """Hold a policy against its document; `source` is what the document's file is called."""
    held = hold(policy, document)
    by_sentence: defaultdict[Key, list[Held]] = defaultdict(list)
    for entry in held:  # text that promised nothing and has changed is open again
        changed = isinstance(entry.place, Accounted) and entry.state is not State.CURRENT
        for passage in entry.covers:
            if not changed or passage.fingerprint in entry.place.fingerprint:
                for sentence in passage.sentences:
                    by_sentence[sentence.key].append(entry)
    units = tuple(_units(document, by_sentence))
    return Trace(policy=policy, source=source, units=units, held=held)


def _units(document: Document, by_sentence: Mapping[Key, list[Held]]) -> Iterator[Traced]:
    for part in document.parts:
        if isinstance(part, Aside):
            furniture = part.kind is Kind.FURNITURE
            yield Traced(
                section=part.section,
                lines=part.lines,
                text=part.text,
                status=Status.NOT_A_PROMISE,
                reason=(Reason.DOCUMENT_CONTROL if furniture else Reason.HEADING).value,
            )
        else:
            for sentence in part.sentences:
                yield _unit(part, sentence, by_sentence.get(sentence.key, []))


def _unit(clause: Clause, sentence: Sentence, held: Sequence[Held]) -> Traced:
    unit = Traced(
        section=clause.section,
        clause=clause.position,
        sentence=sentence.key[1],
        lines=sentence.lines,
        text=sentence.text,
        printed=clause.printed,
        status=Status.OPEN,
    )
    owners = tuple(dict.fromkeys(entry.owner for entry in held if entry.owner))
    if owners:
        sources = (entry.place for entry in held if isinstance(entry.place, Source))
        missing = tuple(source.missing for source in sources if source.missing)
        status = Status.PART if missing else Status.ENCODED
        return attrs.evolve(unit, status=status, obligations=owners, missing=missing)
    item = next((entry.place for entry in held if isinstance(entry.place, Accounted)), None)
    if item:
        reason = item.reason.value
        return attrs.evolve(unit, status=Status.NOT_A_PROMISE, reason=reason, of=item.of)
    return unit


_PLAIN: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 .()/&'\u2019\u2013-]*[^ ])?")
#: Other readers of YAML would take these for numbers.
_NUMERIC: Final = re.compile(r"[0-9]+(?:e[0-9]+)?")


def unreviewed(held: Iterable[Held], accepted: Collection[str]) -> tuple[Held, ...]:
    """The suspect places that go by none of those names, so that nobody has reviewed their text."""
    suspect = (entry for entry in held if entry.state is State.SUSPECT)
    return tuple(entry for entry in suspect if entry.names.isdisjoint(accepted))


def restamped(trace: Trace, text: str, document: Document) -> str:
    """The text of a policy's file, stamped where its text is current or, being suspect, reviewed.

    Raises UnusableInput if more than places would change, which would be a fault of stamping.
    """
    after = stamped(text, trace.held, document, range(len(trace.held)))
    if _without_places(trace.policy) != _without_places(read_policy(after, trace.policy.file)):
        message = "stamping would have changed more than fingerprints, so nothing is written"
        raise UnusableInput.of(trace.policy.file, message, "report this file")
    return after


def _without_places(policy: Policy) -> Policy:
    bare = (attrs.evolve(duty, source=(), line=0) for duty in policy.obligations)
    return attrs.evolve(policy, obligations=tuple(bare), clauses=(), file="")


def stamped(
    text: str, held: Iterable[Held], document: Document, accepted: Container[int] = ()
) -> str:
    """The policy file's text with a fingerprint at every place that is current.

    `accepted` are the positions in `held` of suspect places whose new text has been reviewed. A
    place whose text has moved gets its new address.
    """
    addresses, changes = Addresses(document), []
    for n, entry in enumerate(held):
        if entry.state is State.CURRENT or (entry.state is State.SUSPECT and n in accepted):
            prints = [passage.fingerprint for passage in entry.covers]
            written = [f'"{digits}"' if _NUMERIC.fullmatch(digits) else digits for digits in prints]
            listed = written[0] if len(written) == 1 else f"[{', '.join(written)}]"
            values = {**_moved_to(entry, document, addresses), "fingerprint": listed}
            changes.append((entry.path, values))
    return with_values(text, changes, after=("sentence", "clause", "section"))


def _moved_to(entry: Held, document: Document, addresses: Addresses) -> Mapping[str, str]:
    """The keys of a place's address that have to change, as YAML writes them."""
    place = entry.place
    if not entry.moved or addresses.named(place) == entry.covers:
        return {}
    for address in _candidates(entry, document):
        if addresses.named(attrs.evolve(place, **address)) == entry.covers:
            changed = {key: new for key, new in address.items() if new != getattr(place, key)}
            return {key: _written(new) for key, new in changed.items() if new is not None}
    return {}


def _candidates(entry: Held, document: Document) -> Iterator[dict[str, Any]]:
    """Addresses that might name what a place covers, the likest to the old one first."""
    place, first, last = entry.place, entry.covers[0], entry.covers[-1]
    begun, ended = document.clause_of(first), document.clause_of(last)
    sentence = None if isinstance(first, Clause) else Run(first.key[1], last.key[1])
    if place.clause is None:
        if begun.printed:
            yield {"section": begun.printed, "sentence": sentence}
        yield {"section": begun.section, "sentence": sentence}
    run = Run(begun.position, ended.position)
    clause = begun.position if isinstance(place, Source) else run
    for section in (place.section, begun.section):
        yield {"section": section, "clause": clause, "sentence": sentence}


def _written(value: Any) -> str:
    text = str(value)
    if not isinstance(value, str) or _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
