"""What a provider access statement may hold, and whether a school has said it.

The catalogue stands in `contents.yaml` beside this module. Before `requirements`, which says who
asks for each.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.documents.key_phases import KeyPhase, key_phases
from careerspolicy.documents.recorded import Recorded
from careerspolicy.documents.school_file import Binding, OwnSection, SchoolFile
from careerspolicy.plain.yaml_tree import read_plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from careerspolicy.model.policy import Policy


@attrs.frozen(kw_only=True)
class Content:
    """One content: its key, its name, where it goes in a school file, and what policies call it."""

    key: str
    name: str
    where: str
    words: tuple[str, ...] = ()


#: What policies call the plans of the key phases, which are as many as a school has.
PHASES_IN_POLICIES: Final = "how the encounters are provided"


@lru_cache(maxsize=1)
def contents() -> Mapping[str, Content]:
    """Every content but the plans of the key phases, by its key."""
    data = files("careerspolicy.documents").joinpath("contents.yaml").read_bytes()
    tree = read_plain(data, "contents.yaml")
    return MappingProxyType({
        key: Content(
            key=key,
            name=slots["name"],
            where=slots["where"],
            words=tuple(slots.get("words", ())),
        )
        for key, slots in tree.items()
    })  # fmt: skip


@attrs.frozen(kw_only=True, slots=False)
class Known:
    """All that a statement is made from: the school's file, its records, the law, and the time.

    `year` is the calendar year in which the school year of the statement began, and `law` the law
    in force when that year ends. `recorded` is None where no facts were given.
    """

    school: SchoolFile
    law: Policy = attrs.field(repr=False)
    year: int
    as_of: date
    recorded: Recorded | None = None

    @cached_property
    def key_phases(self) -> tuple[KeyPhase, ...]:
        """The key phases that the law has for the school."""
        return key_phases(self.law, self.school.lowest_year, self.school.highest_year)

    @property
    def binding(self) -> Binding:
        """Whether the law binds it: by the sort of school it is, and the years it teaches."""
        return Binding.OUTSIDE if not self.key_phases else self.school.binding

    def holds(self, key: str) -> bool:
        """Whether anything is said of a content."""
        school, recorded = self.school, self.recorded or Recorded()
        special = {
            "requests": school.requests.how or school.requests.form,
            "premises": school.premises or school.facilities,
            "previous_providers": (
                school.previous_providers or school.previous_providers_text or recorded.providers
            ),
            "destinations": school.destinations or recorded.destinations,
            "email": any(contact.email for contact in school.contacts),
            "phone": any(contact.phone for contact in school.contacts),
            "next_review": school.approval.next_review,
            "since": school.published and school.published.since,
        }
        return bool(special[key] if key in special else getattr(school, key))


def own_section(school: SchoolFile, content: str) -> OwnSection | None:
    """The school's own section that is there to hold a content, or None."""
    return next((section for section in school.sections if section.holds == content), None)
