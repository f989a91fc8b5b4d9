"""One policy held against another, seen: against the law, and a merged one against its inputs.

Of the law, what binds and then what is to be regarded, worst first; of a merge, what was taken from
where, and what is proved of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.comparison.law import AgainstLaw, Compliance, Gap
from careerspolicy.comparison.merging.certificates import Basis, Certificate, Line
from careerspolicy.comparison.merging.choosing import Take
from careerspolicy.english.answers import witness_sentence
from careerspolicy.english.citations import instruments
from careerspolicy.english.wording import listing
from careerspolicy.solver.promises import Undecided
from careerspolicy.views import tree
from careerspolicy.views.words import FORMAT, coded, counted, fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from careerspolicy.comparison.merging import Merged
    from careerspolicy.model.policy import Policy


#: The order in which standings are told: what has to be mended first.
_STANDINGS: Final[Mapping[Compliance, tree.Span]] = {
    Compliance.SILENT: tree.Span("silent", tone=tree.Tone.BAD),
    Compliance.WEAKER: tree.Span("weaker", tone=tree.Tone.BAD),
    Compliance.UNDECIDED: tree.Span("can't be decided", tone=tree.Tone.UNSURE),
    Compliance.KEPT: tree.Span("kept", tone=tree.Tone.GOOD),
    Compliance.BEYOND: tree.Span("beyond", tone=tree.Tone.GOOD),
}
_PARTS: Final = (
    ("Statute: what an Act or regulations require", True),
    ("Guidance and frameworks: what is to be regarded", False),
)
_COLUMNS: Final = tuple(
    map(tree.Column, ("Standing", "What the law asks", "Where", "In the policy", "Why"))
)
#: More promises than this on one matter are counted rather than named.
_MOST_NAMED: Final = 4


def gaps_view(questions: Sequence[AgainstLaw]) -> tree.View:
    """The answers to some questions, each against the law of one day.

    What already stands so in the first answer is counted in the others, and not told again.
    """
    first = questions[0]
    why = f"Only lined up by topic, not compared: {first.unsolved}."
    return tree.View(
        title=f"{_named(first.policy)}, held against {_named(first.law)}",
        dated=first.on,
        opening=[tree.Paragraph(why)] if first.unsolved else [],
        sections=lambda: tuple(_sections(questions)),
        data=lambda: _data(questions),
        wide=True,
    )


def _sections(questions: Sequence[AgainstLaw]) -> Iterator[tree.Block]:
    """A section for each question; then what else bears on the answers."""
    first, *others = questions
    yield _question(first, ())
    yield from (_question(question, first.gaps) for question in others)
    if linked := first.policy.document.linked_policies:
        yield tree.Paragraph(
            f"Other policies that the document names may say more: {', '.join(linked)}."
        )
    if readings := [*_readings(first.law)]:
        blocks = (
            tree.Paragraph("It is read so; another answer is taken by --reading."),
            tree.bullets(readings),
        )
        yield tree.Section(title="What the law leaves open", blocks=blocks)


def _readings(law: Policy) -> Iterator[str]:
    """The answers to open points on which a duty in force turns, each in a few words."""
    used = {name for duty in law.obligations for name in duty.turns_on}
    for point in law.parameters:
        if point.decides and (point.name in used or any(one.readings for one in point.values)):
            means = next(value.means for value in point.values if value.name == point.taken)
            yield f"{point.name}={point.taken}: {means}"


def _named(policy: Policy) -> str:
    """A policy, by its short name, its trust and its title."""
    return f"{policy.id} ({policy.trust}, {policy.document.title})"


def _question(question: AgainstLaw, told: Sequence[Gap]) -> tree.Section:
    """The answer to one question, less what is told already."""
    stood = "as it stood on the policy's own date," if question.own_date else "as it stands on"
    blocks: list[tree.Block] = [
        _part(heading, gaps, told)
        for heading, statutory in _PARTS
        if (gaps := [gap for gap in question.gaps if gap.statutory is statutory])
    ]
    if question.apart:
        beyond = f"Beyond all this, the policy has {counted(len(question.apart), 'promise')}"
        asks = f"{beyond} on matters of which the law asks nothing here."
        blocks.append(tree.Paragraph(asks))
    title = f"Against the law {stood} {in_words(question.on)}"
    return tree.Section(title=title, blocks=tuple(blocks))


def _part(heading: str, gaps: Sequence[Gap], told: Sequence[Gap]) -> tree.Section:
    standings = [gap.standing for gap in gaps]
    amounts = ((standings.count(standing), span.text) for standing, span in _STANDINGS.items())
    tally = ", ".join(f"{amount} {text}" for amount, text in amounts if amount)
    new = [gap for one in _STANDINGS for gap in gaps if gap.standing is one and gap not in told]
    same = len(gaps) - len(new)
    again = f" Of these, {same} stand just as above, and are not told again." if same else ""
    amount = tree.Paragraph(f"{counted(len(gaps), 'duty', 'duties')}: {tally}.{again}")
    table = tree.Table(
        spoken=heading, columns=_COLUMNS, rows=[*map(_row, new)], headed=2, prose=True
    )
    return tree.Section(title=heading, blocks=(amount, table) if new else (amount,))


def _row(gap: Gap) -> tree.Row:
    named = [promise.id for promise in gap.promises[:_MOST_NAMED]]
    more = len(gap.promises) - len(named)
    promised = ", ".join(named) + (f" and {more} more" if more > 0 else "")
    asked = f"{gap.law.title} ({gap.law.id})", instruments(gap.law)
    why = (gap.why, *map(witness_sentence, gap.witnesses[:1]))
    lines = tree.Lines(tuple(filter(None, why)))
    return tree.Row((_STANDINGS[gap.standing], *asked, promised or "nothing", lines))


def _data(questions: Sequence[AgainstLaw]) -> dict[str, Any]:
    first = questions[0]
    return {
        "format": FORMAT,
        "policy": first.policy.id,
        "law": first.law.id,
        "readings": {point.name: point.taken for point in first.law.parameters},
        "unsolved": first.unsolved or None,
        "questions": [
            {
                **fields(question, "on", "own_date", "falls_short"),
                "summary": {
                    kind: _tally(gap for gap in question.gaps if gap.statutory is statutory)
                    for kind, statutory in (("statute", True), ("guidance", False))
                },
                "duties": [*map(_gap_data, question.gaps)],
                "apart": coded(question.apart),
            }
            for question in questions
        ],
    }


def _tally(gaps: Iterable[Gap]) -> dict[str, int]:
    standings = [gap.standing for gap in gaps]
    return {standing.value: standings.count(standing) for standing in Compliance}


def _gap_data(gap: Gap) -> dict[str, Any]:
    law, era = gap.law, gap.law.in_force
    shown = [
        {"sentence": witness_sentence(one), **fields(one, "as_of"), "facts": one.as_facts_yaml()}
        for one in gap.witnesses[:1]
    ]
    return {
        **fields(law, "id", "topic", "benchmark", "title", "strength", "authority"),
        "statutory": gap.statutory,
        "sources": [fields(source, "instrument", "section", "edition") for source in law.source],
        "in_force": {"from": coded(era.start), "until": coded(era.until)},
        **fields(gap, "standing", "promises"),
        "why": gap.why if gap.notes else None,
        "code": _code(gap),
        "witness": shown[0] if shown else None,
    }


def _code(gap: Gap) -> str | None:
    """Why it is undecided, as programs read it: the doubt about what was held, or the ground."""
    if gap.standing is not Compliance.UNDECIDED:
        return None
    said = (one for note in gap.notes for one in note.said)
    doubts = (one.code.value for one in said if isinstance(one, Undecided))
    return next(doubts, gap.notes[0].ground.name.lower())


_GROUNDS: Final = {
    Basis.SAME: "stand as they are",
    Basis.PROVED: "proved by the solver to be kept",
    Basis.UNDECIDED: "undecided, and kept in the same words",
    Basis.UNPROVED: "NOT PROVED",
}


def merge_view(merged: Merged, certificate: Certificate, *, file: str) -> tree.View:
    """What was merged into which file, what is proved of it and what is not.

    Its data is the certificate.
    """
    obligations = certificate.merged.obligations
    origins = [one.taken_from.policy for one in obligations if one.taken_from]
    taken = tree.bullets(f"{name}: {origins.count(name)}" for name in certificate.inputs)
    of_all = " that all inputs hold" if merged.take is Take.SHARED else ""
    return tree.View(
        title=f"{file}: {counted(len(obligations), 'obligation')}{of_all}, taken from:",
        opening=[taken, *(tree.Paragraph(note) for note in merged.notes)],
        sections=lambda: tuple(_merge_sections(certificate, shared=merged.take is Take.SHARED)),
        data=lambda: _certificate_data(certificate),
    )


def _merge_sections(certificate: Certificate, *, shared: bool) -> Iterator[tree.Section]:
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
            yield tree.Section(title=title, blocks=(tree.bullets(lines),))


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


def _certificate_data(certificate: Certificate) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "policy": certificate.merged.id,
        **fields(certificate, "take", "holds"),
        "inputs": [
            {
                "name": name,
                "trust": policy.trust,
                "obligations": len(policy.obligations),
                "totals": {ground.value: n for ground, n in certificate.totals(name).items()},
                "not_shared": coded(certificate.left_out[name]),
                "lines": [*map(_line_data, certificate.of(name))],
            }
            for name, policy in certificate.inputs.items()
        ],
    }


def _line_data(one: Line) -> dict[str, Any]:
    return {
        "promise": fields(one.promise, "policy", "obligation"),
        "by": [{"policy": one.policy, "obligation": name} for name in one.by],
        **fields(one, "ground", "why", "code"),
    }
