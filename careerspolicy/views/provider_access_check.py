"""What a provider access statement lacks of what the law, and a trust's policy, ask of it, seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.model.policy import Of
from careerspolicy.views.tree import Item, List, Paragraph, Section, Span, Tone, View, bullets
from careerspolicy.views.words import FORMAT, coded, counted, fields

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
        closing=[Paragraph(summary(statement))],
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
    policy = statement.policy
    if policy and (rest or policy.of is not Of.LAW):
        whose = "guidance" if policy.of is Of.LAW else f"{policy.trust}'s policy"
        asked: Block = _contents(rest) if rest else Paragraph("Nothing.")
        yield Section(title=f"What {whose} asks for beyond the law", blocks=(asked,))
    if statement.advice:
        advice = bullets(f"{one.where}: {one.message}" for one in statement.advice)
        yield Section(title="To look at", blocks=(advice,))


def _contents(requirements: Sequence[Requirement]) -> List:
    """Whether each content is there, who asks for it, and what to do if it is not."""
    items = []
    for one in requirements:
        state = Span("present", tone=Tone.GOOD) if one.present else Span("LACKING", tone=Tone.BAD)
        mend = [] if one.present else [f"> {one.mend}"]
        words = state, f"  {one.content}"
        items.append(Item(words, (bullets((*map(_asked, one.askers), *mend)),)))
    return List(tuple(items))


def summary(statement: Statement) -> str:
    """How much is lacking, in one sentence."""
    lacking = {
        "that the law asks for": len(statement.lacking_by_law),
        "that only the policy asks for": len(statement.lacking_by_policy),
    }
    parts = [f"{counted(amount, 'content')} {whose}" for whose, amount in lacking.items() if amount]
    return f"Lacking: {' and '.join(parts)}." if parts else "Nothing is lacking."


def gap_lines(statement: Statement) -> Iterator[str]:
    """Each statutory content that is lacking, with who asks for it and what to do."""
    for one in statement.lacking_by_law:
        askers = "; ".join(map(_asked, one.askers))
        yield f"{statement.school.file}: {one.content}: lacking ({askers}); {one.mend}"


def _asked(asker: Asker) -> str:
    """Who asks, and how strongly, where that is less than a must."""
    strength = asker.strength.value if asker.strength else "must"
    return str(asker) if strength == "must" else f"{asker}: {strength}"


def _data(statement: Statement) -> dict[str, Any]:
    school, known = statement.school, statement.known
    return {
        "format": FORMAT,
        "school": {"name": school.name, "urn": school.urn or None, "file": school.file},
        "school_year": statement.year_label,
        "as_of": coded(known.as_of),
        "policy": statement.policy.id if statement.policy else None,
        "standing": coded(known.binding),
        "key_phases": [fields(phase, "name", "years") for phase in known.key_phases],
        "contents": [*map(_content_data, statement.requirements)],
        "advice": [fields(one, "where", "message") for one in statement.advice],
        "lacking_by_law": len(statement.lacking_by_law),
        "lacking_by_policy": len(statement.lacking_by_policy),
    }


def _content_data(one: Requirement) -> dict[str, Any]:
    return {
        **fields(one, "content", "key", "statutory"),
        "status": "present" if one.present else "lacking",
        "where": one.where,
        "mend": None if one.present else one.mend,
        "sources": [
            {
                **fields(asker, "instrument", "place"),
                "obligation": asker.obligation or None,
                "strength": coded(asker.strength),
            }
            for asker in one.askers
        ],
    }
