"""What a provider access statement lacks, seen: each content, and who asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.model.policy import Of
from careerspolicy.views.tree import Item, List, Paragraph, Section, Span, Tone, View, bullets
from careerspolicy.views.words import FORMAT, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.documents.provider_access import Statement
    from careerspolicy.documents.requirements import Asker, Requirement
    from careerspolicy.views.tree import Block


def provider_access_check_view(statement: Statement) -> View:
    """What the law, and a trust's policy, ask of one statement, and what it lacks of that."""
    return View(
        title=f"{statement.school.name}, provider access statement for {statement.year_label}",
        sections=lambda: tuple(_sections(statement)),
        closing=[Paragraph(words=summary(statement))],
        data=lambda: _data(statement),
    )


def _sections(statement: Statement) -> Iterator[Section]:
    """What the law asks for, before what the policy does; then what to look at."""
    law = [one for one in statement.requirements if one.statutory]
    rest = [one for one in statement.requirements if not one.statutory]
    heading = (
        "What the law asks for"
        if statement.binds
        else "What the law asks of schools that it binds; it does not bind this one"
    )
    yield Section(title=heading, blocks=(_contents(law),))
    yield from _of_policy(statement, rest)
    if statement.advice:
        advice = bullets(f"{one.where}: {one.message}" for one in statement.advice)
        yield Section(title="To look at", blocks=(advice,))


def _of_policy(statement: Statement, rest: Sequence[Requirement]) -> Iterator[Section]:
    """What a trust's policy asks for besides; of the law itself only if there is anything."""
    policy = statement.policy
    if policy is None or (policy.of is Of.LAW and not rest):
        return
    whose = "guidance" if policy.of is Of.LAW else f"{policy.trust}'s policy"
    told: Block = _contents(rest) if rest else Paragraph(words="Nothing.")
    yield Section(title=f"What {whose} asks for beyond the law", blocks=(told,))


def _contents(requirements: Sequence[Requirement]) -> List:
    return List(tuple(map(_content, requirements)))


def _content(one: Requirement) -> Item:
    """One content: whether it is there, who asks for it, and what to do if it is not."""
    state = Span("present", tone=Tone.GOOD) if one.present else Span("LACKING", tone=Tone.BAD)
    askers = [f"{asker}{_strength(asker)}" for asker in one.askers]
    mend = [] if one.present else [f"> {one.mend}"]
    return Item((state, f"  {one.content}"), (bullets((*askers, *mend)),))


def summary(statement: Statement) -> str:
    """How much is lacking, in one sentence."""
    law, policy = len(statement.lacking_by_law), len(statement.lacking_by_policy)
    if not law and not policy:
        return "Nothing is lacking."
    said = []
    if law:
        said.append(f"{counted(law, 'content')} that the law asks for")
    if policy:
        said.append(f"{counted(policy, 'content')} that only the policy asks for")
    return f"Lacking: {' and '.join(said)}."


def gap_lines(statement: Statement) -> Iterator[str]:
    """Each statutory content that is lacking, with who asks for it and what to do."""
    for one in statement.lacking_by_law:
        yield f"{statement.school.file}: {one.content}: lacking ({_asked(one)}); {one.mend}"


def _data(statement: Statement) -> dict[str, Any]:
    school, known = statement.school, statement.known
    return {
        "format": FORMAT,
        "school": {"name": school.name, "urn": school.urn or None, "file": school.file},
        "school_year": statement.year_label,
        "as_of": known.as_of.isoformat(),
        "policy": statement.policy.id if statement.policy else None,
        "standing": known.binding.value,
        "key_phases": [{"name": p.name, "years": list(p.years)} for p in known.key_phases],
        "contents": [_content_data(one) for one in statement.requirements],
        "advice": [{"where": one.where, "message": one.message} for one in statement.advice],
        "lacking_by_law": len(statement.lacking_by_law),
        "lacking_by_policy": len(statement.lacking_by_policy),
    }


def _asked(one: Requirement) -> str:
    return "; ".join(f"{asker}{_strength(asker)}" for asker in one.askers)


def _strength(asker: Asker) -> str:
    """What the policy says, where it is less than a must."""
    mild = asker.strength and asker.strength.value != "must"
    return f": {asker.strength.value}" if asker.strength and mild else ""


def _content_data(one: Requirement) -> dict[str, Any]:
    return {
        "content": one.content,
        "key": one.key,
        "statutory": one.statutory,
        "status": "present" if one.present else "lacking",
        "where": one.where,
        "mend": None if one.present else one.mend,
        "sources": [
            {
                "instrument": asker.instrument,
                "place": asker.place,
                "obligation": asker.obligation or None,
                "strength": asker.strength.value if asker.strength else None,
            }
            for asker in one.askers
        ],
    }
