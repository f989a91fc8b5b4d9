"""What a school file says, as values: who the school is, and how providers get to its pupils.

`school_loading` builds these; the provider access statement and its check read them. All are
frozen. Empty means *not said*; texts hold one line each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003 - what builds these reads their types
from enum import Enum
from typing import Final, NewType

import attrs

from careerspolicy.calendar.partial_date import PartialDate  # noqa: TC001 - as Mapping
from careerspolicy.calendar.school_calendar import SchoolCalendar
from careerspolicy.plain.conformity import load_schema

#: A role, with the school's own word for its head.
Role = NewType("Role", str)

#: The columns of the table of opportunities, by the words of the file.
TERMS: Final = ("autumn", "spring", "summer", "all_year")


#: The usual word for the head of a school.
_HEAD: Final = re.compile(r"\bheadteacher\b", re.IGNORECASE)


class Binding(Enum):
    """What section 42B is to a school: its law, law that it goes by, or no law of its own."""

    BOUND = "bound"
    FOLLOWS = "follows"
    OUTSIDE = "outside"


@attrs.frozen(kw_only=True)
class Link:
    """A document or page, and its address on the web if it has one."""

    title: str
    url: str = ""


@attrs.frozen(kw_only=True)
class Table:
    """A table of a school's own; every row has a cell, perhaps empty, for each column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@attrs.frozen(kw_only=True)
class Block:
    """A paragraph, or a list."""

    text: str = ""
    points: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Body:
    """What a school says on one matter: paragraphs and lists, then a table, then a link."""

    blocks: tuple[Block, ...] = ()
    table: Table | None = None
    link: Link | None = None

    def __bool__(self) -> bool:
        return bool(self.blocks or self.table or self.link)


#: Nothing said.
NOTHING: Final = Body()


@attrs.frozen(kw_only=True)
class Contact:
    """Somebody whom providers can reach, by role or name."""

    role: Role = Role("")
    name: str = ""
    email: str = ""
    phone: str = ""
    form: str = ""
    address: str = ""
    matter: str = ""


@attrs.frozen(kw_only=True)
class Event:
    """Something that providers can take part in, and who comes, where that is fixed.

    `year` and `term` are those of an occasion of a key phase; 0 and "" where they are not said.
    """

    what: str
    providers: tuple[str, ...] = ()
    day: PartialDate | None = None
    year: int = 0
    term: str = ""


@attrs.frozen(kw_only=True)
class PhasePlan:
    """How the encounters of one key phase are met: in words, or occasion by occasion, or both."""

    how: Body = NOTHING
    occasions: tuple[Event, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.how or self.occasions)


@attrs.frozen(kw_only=True)
class Opportunity:
    """A row of the table of opportunities: its year groups, and the events of each term.

    A row for every year group has none in `years`.
    """

    label: str
    years: tuple[int, ...]
    events: Mapping[str, tuple[Event, ...]]


@attrs.frozen(kw_only=True)
class Requests:
    """How a provider asks for access."""

    how: Body = NOTHING
    notice: str = ""
    answer_within: str = ""
    decided_by: Role = Role("")
    form: str = ""


@attrs.frozen(kw_only=True)
class OwnSection:
    """A section of the school's own.

    `after` names the part that it follows, none where it stands last; `holds` is the content, in
    the words of the trust's policy, that it is there to hold.
    """

    heading: str
    body: Body
    after: str = ""
    holds: str = ""


@attrs.frozen(kw_only=True)
class Published:
    """Where the statement is published, and since when."""

    on: str
    url: str = ""
    since: PartialDate | None = None


@attrs.frozen(kw_only=True)
class Approval:
    """Who approved the statement and answers for it, and when it is looked at again."""

    approved_by: Role = Role("")
    approved: PartialDate | None = None
    applies_from: PartialDate | None = None
    reviewed: PartialDate | None = None
    reviewed_by: Role = Role("")
    next_review: PartialDate | None = None
    review_every: str = ""
    version: str = ""
    signed_by: Role = Role("")
    responsible: Role = Role("")
    equality: Body = NOTHING


@attrs.frozen(kw_only=True)
class Words:
    """The school's own words for pupils, its head and itself."""

    pupil: str = "pupil"
    pupils: str = "pupils"
    headteacher: str = "headteacher"
    school: str = "school"

    def for_role(self, text: str) -> str:
        """A role with the school's own word for its head.

        >>> Words(headteacher="principal").for_role("Headteacher and governing body")
        'Principal and governing body'
        """
        own = self.headteacher
        return _HEAD.sub(lambda match: own.capitalize() if match[0][0] == "H" else own, text)


@attrs.frozen(kw_only=True)
class SchoolFile:
    """A school, and what it says of providers' access to its pupils."""

    name: str
    type: str
    lowest_year: int
    highest_year: int
    urn: str = ""
    trust: str = ""
    website: str = ""
    address: str = ""
    in_hospital: bool = False
    words: Words = Words()
    contacts: tuple[Contact, ...] = ()
    guidance_edition: PartialDate | None = None
    introduction: Body = NOTHING
    legal_basis: Body = NOTHING
    entitlement: Body = NOTHING
    phases: Mapping[str, PhasePlan] = attrs.field(factory=dict)
    encounter_contents: Body = NOTHING
    requests: Requests = Requests()
    opportunities: tuple[Opportunity, ...] = ()
    opportunities_introduction: Body = NOTHING
    opportunities_notes: Body = NOTHING
    granting: Body = NOTHING
    refusing: Body = NOTHING
    premises: Body = NOTHING
    facilities: Body = NOTHING
    times: Body = NOTHING
    safeguarding: Body = NOTHING
    working_with_providers: Body = NOTHING
    live_online: Body = NOTHING
    previous_providers: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    previous_providers_text: Body = NOTHING
    destinations: Body = NOTHING
    complaints: Body = NOTHING
    links: tuple[Link, ...] = ()
    sections: tuple[OwnSection, ...] = ()
    published: Published | None = None
    approval: Approval = Approval()
    calendar: SchoolCalendar = attrs.field(factory=SchoolCalendar)
    file: str = ""

    @property
    def binding(self) -> Binding:
        """Whether section 42B(2) binds it by the sort of school it is.

        The schema says so of each sort that it does not bind, and of schools in hospitals.
        """
        slots = load_schema("school")["properties"]["school"]["properties"]
        sorts = {sort["const"]: sort for sort in slots["type"]["anyOf"]}
        decides = slots["in_hospital"] if self.in_hospital else sorts[self.type]
        return Binding(decides.get("binding", "bound"))

    @property
    def years(self) -> range:
        """The year groups that it teaches."""
        return range(self.lowest_year, self.highest_year + 1)

    @property
    def web_name(self) -> str:
        """The name of its website, such as "oakfield.example"; perhaps empty."""
        host = self.website.partition("//")[2].partition("/")[0].partition(":")[0]
        return host.removeprefix("www.").lower()
