"""A policy traced to its document: each unit's status, each obligation's state, the totals."""

from __future__ import annotations

from collections import Counter, defaultdict
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from careerspolicy.model.policy import Accounted, Reason, Source
from careerspolicy.tracing.addresses import Addresses, Unit
from careerspolicy.tracing.document import Aside, Clause, Kind
from careerspolicy.tracing.matching import Held, State, hold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.tracing.document import Document, Lines


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
    clause: int | None
    sentence: int | None
    lines: Lines
    text: str
    status: Status
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
        states = {one.state for one in self.held}
        return states.pop() if len(states) == 1 else State.SUSPECT

    @property
    def lines(self) -> tuple[Lines, ...]:
        """First and last line of each of its places that was found."""
        return tuple(one.lines for one in self.held if one.lines)


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
        for one in self.held:
            by_owner[one.owner].append(one)
        return tuple(
            TracedObligation(obligation=one, held=tuple(by_owner[one.id]))
            for one in self.policy.obligations
        )

    @cached_property
    def accounted(self) -> tuple[Held, ...]:
        """Every place that promises nothing, in the file's order."""
        return tuple(one for one in self.held if not one.owner)

    @cached_property
    def totals(self) -> Mapping[str, int]:
        """Counts of units by status, and of obligations by state."""
        units = Counter(one.status.value for one in self.units)
        states = Counter(one.state.value for one in self.obligations)
        return {
            "units": len(self.units),
            **{status.value: units[status.value] for status in Status},
            "obligations": len(self.obligations),
            **{state.value: states[state.value] for state in State},
            "stale": sum(1 for one in self.accounted if one.state is not State.CURRENT),
        }

    @property
    def share(self) -> float:
        """How much of the document is accounted for, in percent; 100 for an empty one."""
        units, unsettled = self.totals["units"], self.totals[Status.OPEN.value]
        return 100 * (units - unsettled) / units if units else 100.0

    def falls_short(self, required: float) -> bool:
        """Whether less than that percentage is accounted for, or anything is suspect or lost."""
        sound = all(one.state is State.CURRENT for one in self.held)
        return self.share < required or not sound


def trace(policy: Policy, document: Document, source: str = "") -> Trace:
    """Hold a policy against its document; `source` is what the document's file is called."""
    held = hold(policy, Addresses(document))
    units = tuple(_units(document, _by_unit(held)))
    return Trace(policy=policy, source=source, units=units, held=held)


def _by_unit(held: tuple[Held, ...]) -> Mapping[Unit, list[Held]]:
    found: dict[Unit, list[Held]] = defaultdict(list)
    for one in held:
        if isinstance(one.place, Accounted) and one.state is not State.CURRENT:
            slots = [slot for slot in one.covers if slot.fingerprint in one.place.fingerprint]
        else:
            slots = list(one.covers)
        for unit in (unit for slot in slots for unit in slot.units):
            found[unit].append(one)
    return found


def _units(document: Document, by_unit: Mapping[Unit, list[Held]]) -> Iterator[Traced]:
    at = 0
    for part in document.parts:
        if isinstance(part, Aside):
            yield _aside(part)
            continue
        for n in range(len(part.sentences)):
            yield _unit(part, n, by_unit.get(Unit(at, n), []))
        at += 1


def _aside(part: Aside) -> Traced:
    furniture = part.kind is Kind.FURNITURE
    reason = Reason.DOCUMENT_CONTROL if furniture else Reason.HEADING
    return Traced(
        section=part.section,
        clause=None,
        sentence=None,
        lines=part.lines,
        text=part.text,
        status=Status.NOT_A_PROMISE,
        reason=reason.value,
    )


def _unit(clause: Clause, n: int, held: list[Held]) -> Traced:
    owners = tuple(dict.fromkeys(one.owner for one in held if one.owner))
    missing = tuple(
        one.place.missing for one in held if isinstance(one.place, Source) and one.place.missing
    )
    told = next((one.place for one in held if isinstance(one.place, Accounted)), None)
    status, reason, of = Status.OPEN, "", ""
    if owners:
        status = Status.PART if missing else Status.ENCODED
    elif told:
        status, reason, of = Status.NOT_A_PROMISE, told.reason.value, told.of
    return Traced(
        section=clause.section,
        clause=clause.position,
        sentence=n + 1,
        lines=clause.sentences[n].lines,
        text=clause.sentences[n].text,
        printed=clause.printed,
        status=status,
        obligations=owners,
        reason=reason,
        of=of,
        missing=missing,
    )
