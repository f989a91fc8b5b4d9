"""Fingerprints, and addresses of text that has moved, for a policy file's own text.

Only the values that change are touched. Stamping twice changes nothing the second time.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.errors import Problem, UnusableInput
from careerspolicy.loading import read_policy
from careerspolicy.model.document import Run, Source
from careerspolicy.plain.yaml_edits import with_values
from careerspolicy.tracing.document import Clause
from careerspolicy.tracing.places import Addresses, State

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping

    from careerspolicy.model.policy import Policy
    from careerspolicy.tracing.accounts import Trace
    from careerspolicy.tracing.document import Document
    from careerspolicy.tracing.places import Held

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
        problem = Problem(file=trace.policy.file, message=message, hint="report this file")
        raise UnusableInput([problem])
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
    addresses = Addresses(document)
    changes = [
        (entry.path, {**_moved_to(entry, document, addresses), "fingerprint": _prints(entry)})
        for n, entry in enumerate(held)
        if entry.state is State.CURRENT or (entry.state is State.SUSPECT and n in accepted)
    ]
    return with_values(text, changes, after=("sentence", "clause", "section"))


def _prints(entry: Held) -> str:
    prints = [passage.fingerprint for passage in entry.covers]
    written = [f'"{digits}"' if _NUMERIC.fullmatch(digits) else digits for digits in prints]
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


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
