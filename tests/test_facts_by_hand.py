"""Facts made in Python, without a reader: names are one wherever people would say so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs

from careerspolicy import evaluate, load_policy
from careerspolicy.lives.people import made_record, usual_pupil, usual_school
from careerspolicy.model.facts import Facts

AS_OF = date(2026, 3, 1)
ENGLAND = Path(__file__).parents[1] / "policies" / "england.yaml"
BATLEY = ENGLAND.with_name("batley.yaml")


def test_providers_spelt_two_ways_are_one():
    """Two visits by one college are one occasion, however each spells its name."""
    visits = tuple(
        made_record(
            "provider encounter",
            date(2025, 10, number),
            number,
            attributes={
                "providers": frozenset([name]),
                "technical": True,
                "school_day": True,
            },
        )
        for number, name in enumerate(["Leeds College", "leeds  college."], start=1)
    )
    facts = Facts(
        schools=(usual_school(AS_OF),),
        pupils=(usual_pupil(1, year_group=9),),
        records=visits,
        known_kinds=frozenset(["provider encounter"]),
    )
    asked = load_policy(ENGLAND).obligation("provider-encounters-first-phase")
    found = [one for one in evaluate(load_policy(ENGLAND), facts, as_of=AS_OF).findings
             if one.obligation == asked]  # fmt: skip
    assert [one.measured for one in found] == [1]
    assert len(found[0].evidence) == 1


def test_a_trust_spelt_two_ways_is_one():
    """Schools and records of a trust are its own, however each spells its name."""
    school = usual_school(AS_OF)
    other = attrs.evolve(school, urn="2", trust=f" {school.trust.upper()}.")
    review = made_record(
        "review", date(2025, 10, 1), 1, of="trust", owner=other.trust,
        attributes={"document": "careers policy"},
    )  # fmt: skip
    facts = Facts(schools=(school, other), records=(review,), known_kinds=frozenset(["review"]))
    assert facts.trusts == (school.trust,)
    findings = evaluate(load_policy(BATLEY), facts, as_of=AS_OF).findings
    assert {one.subject.id for one in findings if one.subject.kind == "trust"} <= {school.trust}
    assert any(review in one.evidence for one in findings)
