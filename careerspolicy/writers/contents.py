"""The list of contents with which a long view begins, in every format that has links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.views.tree import Item, List, Section, Span, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.views.tree import Block

#: From so many sections, or so many sections and subsections, a view lists its contents.
LONG: Final = 8
LONG_IN_ALL: Final = 12

#: With fewer sections than this the list names their subsections too.
MANY: Final = 12

#: The heading of that list, and the `id` by which it is known.
CONTENTS, CONTENTS_ID = "Contents", "contents"


def contents(blocks: Iterable[Block], *, subsections: bool = True) -> List | None:
    """Links to the sections of a long view; None of a short one, or one that has such a list."""
    sections = _linked(blocks)
    deeper = [_linked(one.blocks) for one in sections]
    short = len(sections) < LONG and len(sections) + sum(map(len, deeper)) < LONG_IN_ALL
    if short or any(one.id == CONTENTS_ID for one in sections):
        return None
    within = subsections and len(sections) < MANY
    return List(
        tuple(
            Item(_link(one), (List(tuple(Item(_link(sub)) for sub in subs)),) if subs else ())
            for one, subs in zip(sections, deeper if within else [()] * len(sections), strict=True)
        )
    )


def heading_id(text: str) -> str:
    """The `id` by which code hosts know a heading, so that one link suits all.

    >>> heading_id("Roles & duties (2026)")
    'roles--duties-2026'
    """
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") or "section"


def _linked(blocks: Iterable[Block]) -> list[Section]:
    return [one for one in blocks if isinstance(one, Section) and one.id]


def _link(section: Section) -> Span:
    return Span(plain(section.title), href=f"#{section.id}")
