"""A provider access statement seen: as a document, and what it lacks of what is asked of it.

The document's values are worded by `templates/provider-access.md.j2`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.documents.advice import is_trust_of
from careerspolicy.documents.provider_access import Statement, year_label
from careerspolicy.documents.school_file import Body, Contact
from careerspolicy.english.wording import listing, number_in_words
from careerspolicy.model.policy import Of
from careerspolicy.views.tree import Item, List, Paragraph, Section, Span, Tone, View, bullets
from careerspolicy.views.words import FORMAT, coded, counted, fields, years_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.documents.recorded import Cohort, DestinationsAfter
    from careerspolicy.documents.requirements import Asker, Requirement
    from careerspolicy.views.tree import Block


#: Stands for a hidden count, as in the Department for Education's tables.
HIDDEN: Final = "c"

#: Which contents stand under "Approval and review".
_OF_REVIEW: Final = ("review.", "next_review", "published.")


def provider_access_view(statement: Statement) -> View:
    """A school's provider access policy statement."""
    title = f"Provider access policy statement: {statement.school.name}"
    return View(
        title=title,
        dated=statement.known.as_of,
        template="provider-access.md.j2",
        values=lambda: {"title": title, **_values(statement)},
    )


def _values(statement: Statement) -> dict[str, Any]:
    school, pupils, policy = statement.school, statement.school.words.pupils, statement.policy
    # Neither the law nor another trust's policy is that of the school's own trust.
    of_trust = policy and policy.of is Of.TRUST and is_trust_of(school, policy)
    destinations = statement.recorded.destinations if statement.recorded else ()
    cohorts = [cohort for one in destinations for cohort in one.cohorts if not cohort.withheld]
    return {
        "statement": statement,
        "standing": statement.known.binding.value,
        "years": years_named,
        "listed": listing,
        # Whether there is anything to show of some contents, if only that they are missing.
        "shows": lambda *keys: any(statement.known.holds(k) or k in statement.gaps for k in keys),
        "gap_of": _gap,
        "number": number_in_words,
        "least": lambda made: number_in_words(min(part.phase.occasions for part in made.phases)),
        "both": lambda phase: _both(phase.occasions),
        "entitlement_text": _without_points(school.entitlement),
        "contents_text": _without_points(school.encounter_contents),
        "contact_slots": [
            field.name
            for field in attrs.fields(Contact)
            if any(getattr(contact, field.name) for contact in school.contacts)
        ],
        "previous_providers": tuple(_previous_providers(statement)),
        "trust_policy": policy if of_trust else None,
        "destinations": [
            _destination_table(one, pupils)
            for one in destinations
            if not all(cohort.withheld for cohort in one.cohorts)
        ],
        "destinations_withheld": [
            _withheld(one) for one in destinations if any(cohort.withheld for cohort in one.cohorts)
        ],
        "destinations_hidden": any(one.hides for one in cohorts),
        "destinations_in_percent": any(one.percent for c in cohorts for one in c.shares),
        "own_gaps": _gaps(statement, "own."),
        "review_gaps": _gaps(statement, *_OF_REVIEW),
        "approval": tuple(_approval(statement)),
    }


def _both(amount: int) -> str:
    """That nothing of so many is left out.

    >>> _both(2), _both(3)
    ('both', 'all three')
    """
    return "both" if amount == 2 else f"all {number_in_words(amount)}"


def _gaps(statement: Statement, *contents: str) -> list[Requirement]:
    return [one for one in statement.gaps.values() if one.key.startswith(contents)]


def _gap(one: Requirement) -> str:
    """What is still to be written, and who asks for it."""
    asked = "; ".join(map(str, one.askers))
    fault = f"; {one.fault}" if one.fault else ""
    return f"{one.content} ({asked}{fault})"


def _without_points(told: Body) -> Body:
    """A body without the lists that the document has drawn into its own."""
    return attrs.evolve(told, blocks=tuple(one for one in told.blocks if not one.points))


def _previous_providers(statement: Statement) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Providers by school year, the latest first: as recorded, else as the school file has them."""
    recorded = statement.recorded
    computed = {
        year_label(one.year) + (" so far" if one.so_far else ""): one.names
        for one in (recorded.providers if recorded else ())
    }
    told = statement.school.previous_providers
    years = {label[:7] for label in computed}
    rest = {label: names for label, names in told.items() if label not in years}
    yield from sorted({**computed, **rest}.items(), reverse=True)


def _after(destinations: DestinationsAfter) -> str:
    return "Year 11" if destinations.after == 11 else "the sixth form"


def _withheld(destinations: DestinationsAfter) -> dict[str, Any]:
    """The school years of which nothing is shown of those who left after Year 11 or later."""
    withheld = [year_label(cohort.year) for cohort in destinations.cohorts if cohort.withheld]
    return {"after": _after(destinations), "labels": withheld}


def _destination_table(destinations: DestinationsAfter, pupils: str) -> dict[str, Any]:
    """Where pupils went after Year 11 or the sixth form, worded: a column for each school year."""
    shown = [cohort for cohort in destinations.cohorts if not cohort.withheld]
    forms = dict.fromkeys(share.form for cohort in shown for share in cohort.shares)
    rows = [
        (f"{form[:1].upper()}{form[1:]}", [_cell(form, cohort) for cohort in shown])
        for form in forms
    ]
    totals = [HIDDEN if cohort.total is None else str(cohort.total) for cohort in shown]
    went = f"Where our {pupils} went after {_after(destinations)}"
    return {
        "caption": f"{went}, by the school year in which it ended",
        "labels": [year_label(cohort.year) for cohort in shown],
        "rows": [*rows, (f"All {pupils}", totals)],
    }


def _cell(form: str, cohort: Cohort) -> str:
    for share in cohort.shares:
        if share.form == form:
            percent = "" if share.percent is None else f" ({share.percent}%)"
            return HIDDEN if share.count is None else f"{share.count}{percent}"
    return "0"


def _approval(statement: Statement) -> Iterator[tuple[str, str]]:
    approval, published = statement.school.approval, statement.school.published
    answers = {
        "Published": published.on if published else None,
        "Published since": published.since if published else None,
        "Responsible": approval.responsible,
        "Approved by": approval.approved_by,
        "Approved": approval.approved,
        "Applies from": approval.applies_from,
        "Reviewed by": approval.reviewed_by,
        "Last reviewed": approval.reviewed,
        "Next review": approval.next_review,
        "Reviewed every": approval.review_every,
        "Version": approval.version,
        "Signed by": approval.signed_by,
    }
    for name, answer in answers.items():
        if answer:
            yield name, answer if isinstance(answer, str) else answer.in_words


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
