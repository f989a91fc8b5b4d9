"""What a provider access statement lacks: as text for the terminal, and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from careerspolicy.model.policy import Of
from careerspolicy.rendering.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.documents.provider_access import Statement
    from careerspolicy.documents.requirements import Asker, Requirement


def check_text(statement: Statement) -> Iterator[str]:
    """One line for each content, the law's before the policy's; then what to look at; a summary."""
    school = statement.school
    yield f"{school.name}, provider access statement for {statement.year_label}\n"
    law = [one for one in statement.requirements if one.statutory]
    rest = [one for one in statement.requirements if not one.statutory]
    yield (
        "\nWhat the law asks for\n"
        if statement.binds
        else ("\nWhat the law asks of schools that it binds; it does not bind this one\n")
    )
    yield from (line for one in law for line in _lines(one))
    yield from _of_policy(statement, rest)
    if statement.advice:
        yield "\nTo look at\n"
        yield from (f"  {one.where}: {one.message}\n" for one in statement.advice)
    yield f"\n{summary(statement)}\n"


def _of_policy(statement: Statement, rest: Sequence[Requirement]) -> Iterator[str]:
    """What a trust's policy asks for besides; of the law itself only if there is anything."""
    policy = statement.policy
    if policy is None or (policy.of is Of.LAW and not rest):
        return
    whose = "guidance" if policy.of is Of.LAW else f"{policy.trust}'s policy"
    yield f"\nWhat {whose} asks for beyond the law\n"
    yield from (line for one in rest for line in _lines(one))
    if not rest:
        yield "  nothing\n"


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


def check_json(statement: Statement) -> str:
    """The same as JSON."""
    school, known = statement.school, statement.known
    told = {
        "format": 1,
        "school": {"name": school.name, "urn": school.urn or None, "file": school.file},
        "school_year": statement.year_label,
        "as_of": known.as_of.isoformat(),
        "policy": statement.policy.id if statement.policy else None,
        "standing": known.binding.value,
        "key_phases": [{"name": p.name, "years": list(p.years)} for p in known.key_phases],
        "contents": [_content(one) for one in statement.requirements],
        "advice": [{"where": one.where, "message": one.message} for one in statement.advice],
        "lacking_by_law": len(statement.lacking_by_law),
        "lacking_by_policy": len(statement.lacking_by_policy),
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _lines(one: Requirement) -> Iterator[str]:
    yield f"  {'present' if one.present else 'LACKING'}  {one.content}\n"
    yield from (f"             {asker}{_strength(asker)}\n" for asker in one.askers)
    if not one.present:
        yield f"           > {one.mend}\n"


def _asked(one: Requirement) -> str:
    return "; ".join(f"{asker}{_strength(asker)}" for asker in one.askers)


def _strength(asker: Asker) -> str:
    """What the policy says, where it is less than a must."""
    mild = asker.strength and asker.strength.value != "must"
    return f": {asker.strength.value}" if asker.strength and mild else ""


def _content(one: Requirement) -> dict[str, Any]:
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
