"""A merged policy seen: what was taken from where, and what is proved of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.comparison.merging.certificates import Basis
from careerspolicy.comparison.merging.choosing import Take
from careerspolicy.english.wording import listing
from careerspolicy.views.tree import Paragraph, Section, View, bullets
from careerspolicy.views.words import FORMAT, counted

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


def merge_view(merged: Merged, certificate: Certificate, *, file: str) -> View:
    """What was merged into which file, what is proved of it and what is not.

    Its data is the certificate.
    """
    obligations = certificate.merged.obligations
    origins = [one.taken_from.policy for one in obligations if one.taken_from]
    taken = bullets(f"{name}: {origins.count(name)}" for name in certificate.inputs)
    of_all = " that all inputs hold" if merged.take is Take.SHARED else ""
    return View(
        title=f"{file}: {counted(len(obligations), 'obligation')}{of_all}, taken from:",
        opening=[taken, *(Paragraph(note) for note in merged.notes)],
        sections=lambda: tuple(_sections(certificate, shared=merged.take is Take.SHARED)),
        data=lambda: _data(certificate),
    )


def _sections(certificate: Certificate, *, shared: bool) -> Iterator[Section]:
    """What is proved of each input, then what is not; what brings what; what both stand."""
    brought = []
    for line in certificate.lines:
        if line.ground is Basis.PROVED:
            by = listing(f"{line.policy}: {name}" if shared else name for name in line.by)
            promise = line.promise.obligation if shared else line.promise
            brought.append(f"{promise}, by {by}")
    parts = {
        "Certificate, on the file as it was written": [*_kept(certificate, shared=shared)],
        "Not proved": [f"{line.promise}: {line.why}." for line in certificate.unproved],
        "Each brought by" if shared else "Proved to be kept": brought,
        "Neither brings the other, so both stand": [*_incomparable(certificate)],
    }
    for title, lines in parts.items():
        if lines:
            yield Section(title=title, blocks=(bullets(lines),))


def _kept(certificate: Certificate, *, shared: bool) -> Iterator[str]:
    """How the merged policy stands to each input, and how many promises rest on what."""
    kept = "{} is at least as strict as the merged policy" if shared else "At least as strict as {}"
    for name in certificate.inputs:
        grounds = certificate.totals(name)
        amounts = ", ".join(f"{n} {_GROUNDS[ground]}" for ground, n in grounds.items() if n)
        yield f"{kept.format(name)}. {counted(sum(grounds.values()), 'promise')}: {amounts}."
    for name, left in certificate.left_out.items() if shared else ():
        are = "is" if len(left) == 1 else "are"
        yield f"{counted(len(left), 'promise')} of {name} {are} not shared."


def _incomparable(certificate: Certificate) -> Iterator[str]:
    """The promises of which neither brings the other, all of them in the file; each pair once."""
    taken = [(one.id, one.taken_from) for one in certificate.merged.obligations if one.taken_from]
    ids = {origin.promise: name for name, origin in taken}
    shown: set[frozenset[str]] = set()
    for name, origin in taken:
        others = dict.fromkeys(ids[other] for other in origin.incomparable_with if other in ids)
        new = [other for other in others if frozenset((name, other)) not in shown]
        shown.update(frozenset((name, other)) for other in new)
        if new:
            yield f"{name}: {', '.join(new)}"


def _data(certificate: Certificate) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "policy": certificate.merged.id,
        "take": certificate.take.value,
        "holds": certificate.holds,
        "inputs": [
            {
                "name": name,
                "trust": policy.trust,
                "obligations": len(policy.obligations),
                "totals": {ground.value: n for ground, n in certificate.totals(name).items()},
                "not_shared": [*certificate.left_out[name]],
                "lines": [*map(_line_data, certificate.of(name))],
            }
            for name, policy in certificate.inputs.items()
        ],
    }


def _line_data(one: Line) -> dict[str, Any]:
    return {
        "promise": {"policy": one.promise.policy, "obligation": one.promise.obligation},
        "by": [{"policy": one.policy, "obligation": name} for name in one.by],
        "ground": one.ground.value,
        "why": one.why,
        "code": one.code,
    }
