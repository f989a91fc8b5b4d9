"""What a merge made, and its certificate, as text for the terminal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from careerspolicy.comparison.merging.certificates import Basis
from careerspolicy.comparison.merging.choosing import Take
from careerspolicy.english.wording import listing
from careerspolicy.rendering.templating import text_from
from careerspolicy.rendering.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.comparison.merging import Merged
    from careerspolicy.comparison.merging.certificates import Certificate, Line

_GROUNDS: Final = {
    Basis.SAME: "stand as they are",
    Basis.PROVED: "proved by the solver to be kept",
    Basis.UNDECIDED: "undecided, and kept in the same words",
    Basis.UNPROVED: "NOT PROVED",
}


def merge_text(merged: Merged, certificate: Certificate, *, file: str, width: int) -> str:
    """What was merged into which file, what is proved of it and what is not."""
    return text_from(
        "merge.txt.j2",
        width=width,
        merged=merged,
        certificate=certificate,
        file=file,
        shared=merged.take is Take.SHARED,
        taken=_taken(certificate),
        totals=_totals,
        proved=[one for one in certificate.lines if one.ground is Basis.PROVED],
        line=partial(_told, shared=merged.take is Take.SHARED),
        incomparable=tuple(_incomparable(certificate)),
    )


def _taken(certificate: Certificate) -> list[tuple[str, int]]:
    """How many obligations were taken from each input."""
    origins = [one.taken_from.policy for one in certificate.merged.obligations if one.taken_from]
    return [(name, origins.count(name)) for name in certificate.inputs]


def _totals(certificate: Certificate, name: str) -> str:
    """How many promises rest on what: "200 promises: 70 stand as they are, 130 undecided, ..."."""
    told = certificate.totals(name)
    amounts = ", ".join(f"{n} {_GROUNDS[ground]}" for ground, n in told.items() if n)
    return f"{counted(sum(told.values()), 'promise')}: {amounts}"


def _told(line: Line, *, shared: bool) -> str:
    """A line of the certificate: "batley: policy-review, by policy-review"."""
    by = listing(f"{line.policy}: {name}" if shared else name for name in line.by)
    return f"{line.promise.obligation if shared else line.promise}, by {by}"


def _incomparable(certificate: Certificate) -> Iterator[str]:
    """The promises of which neither brings the other, all of them in the file; each pair once."""
    ids = {
        one.taken_from.promise: one.id for one in certificate.merged.obligations if one.taken_from
    }
    told: set[frozenset[str]] = set()
    for one in certificate.merged.obligations:
        others = one.taken_from.incomparable_with if one.taken_from else ()
        pairs = [frozenset((one.id, ids[other])) for other in others if other in ids]
        new = [pair for pair in dict.fromkeys(pairs) if pair not in told]
        told.update(new)
        if new:
            yield f"{one.id}: {', '.join(name for pair in new for name in pair - {one.id})}"
