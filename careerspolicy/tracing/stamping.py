"""Fingerprints, and addresses of text that has moved, for a policy file's own text.

Only the values that change are touched. Stamping twice changes nothing the second time.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.model.policy import Run, Source
from careerspolicy.plain.yaml_edits import with_values
from careerspolicy.tracing.document import Clause
from careerspolicy.tracing.places import Addresses, State

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from careerspolicy.tracing.document import Document, Passage
    from careerspolicy.tracing.places import Held

_PLAIN: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 .()/&'\u2019\u2013-]*[^ ])?")
#: Other readers of YAML would take these for numbers.
_NUMERIC: Final = re.compile(r"[0-9]+(?:e[0-9]+)?")


def stamped(
    text: str, held: Iterable[Held], document: Document, accepted: Container[int] = ()
) -> str:
    """The policy file's text with a fingerprint at every place that is current.

    `accepted` are the positions in `held` of suspect places whose new text has been reviewed. A
    place whose text has moved gets its new address.
    """
    addresses = Addresses(document)
    changes = [
        (one.path, {**_new_address(one, document, addresses), "fingerprint": _prints(one.covers)})
        for n, one in enumerate(held)
        if one.state is State.CURRENT or (one.state is State.SUSPECT and n in accepted)
    ]
    return with_values(text, changes, after=("sentence", "clause", "section"))


def _prints(covers: Iterable[Passage]) -> str:
    prints = [one.fingerprint for one in covers]
    written = [f'"{one}"' if _NUMERIC.fullmatch(one) else one for one in prints]
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def _new_address(held: Held, document: Document, addresses: Addresses) -> Mapping[str, str]:
    """The keys of a place's address that have to change, as YAML writes them."""
    place = held.place
    if not held.moved or addresses.named(place) == held.covers:
        return {}
    for address in _candidates(held, document):
        if addresses.named(attrs.evolve(place, **address)) == held.covers:
            changed = {key: new for key, new in address.items() if new != getattr(place, key)}
            return {key: _written(new) for key, new in changed.items() if new is not None}
    return {}


def _candidates(held: Held, document: Document) -> Iterator[dict[str, Any]]:
    """Addresses that might name what a place covers, the likest to the old one first."""
    place, first, last = held.place, held.covers[0], held.covers[-1]
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
