"""A policy held against the law, as text for the terminal and as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.rendering.gaps import words
from careerspolicy.rendering.templating import markdown_from, text_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from careerspolicy.comparison.law import AgainstLaw, Gap

#: More promises than this on one matter are counted rather than named.
_MOST_NAMED: Final = 4


def gaps_text(questions: Sequence[AgainstLaw], *, width: int) -> str:
    """The answer to each question as text."""
    return text_from("gaps.txt.j2", width=width, **_values(questions))


def gaps_markdown(questions: Sequence[AgainstLaw], *, templates: Path | None = None) -> str:
    """The same in Markdown. Raises BrokenTemplate."""
    return markdown_from("gaps.md.j2", templates=templates, **_values(questions))


def _values(questions: Sequence[AgainstLaw]) -> dict[str, Any]:
    first = questions[0]
    return {
        "questions": questions,
        "policy": words.named(first.policy),
        "law": words.named(first.law),
        "unsolved": first.unsolved,
        "elsewhere": ", ".join(first.policy.document.linked_policies),
        "readings": words.readings(first.law),
        "standing": words.STANDING_WORDS,
        "parts": words.parts,
        "told": lambda place: questions[0] if place else None,
        "asked": words.asked,
        "instrument": words.instrument,
        "promised": promised,
        "reasons": reasons,
        "reason": lambda gap: " ".join(reasons(gap)),
    }


def promised(gap: Gap) -> str:
    """The promises that the policy has on the matter, by id, the first few."""
    ids = [one.id for one in gap.promises]
    more = len(ids) - _MOST_NAMED
    return ", ".join(ids[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def reasons(gap: Gap) -> tuple[str, ...]:
    """Why it stands so: in a sentence, and by a made-up history that tells policy from law."""
    shown = gap.witnesses[0].sentence if gap.witnesses else ""
    return tuple(one for one in (gap.why, shown) if one)
