"""Reasons are values: a code each, on one page, in the report's schema, and each has its words."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import get_args

import attrs
import pytest

from careerspolicy import because, evaluate, facts_from, read_policy
from careerspolicy.english.reasons import missing_facts
from careerspolicy.evaluation.reasons import AttributeNot, Reason, as_data
from careerspolicy.evaluation.record_reasons import KindNotRecorded, Missing, NearMissReason
from careerspolicy.model.population import Condition
from careerspolicy.schemas import output_schema
from careerspolicy.solver.codes import Code
from careerspolicy.views.report.explanation import explanation_view
from careerspolicy.views.report.view import report_view
from careerspolicy.writers.text import plain_text

DOCS = Path(__file__).parents[1] / "docs"
UNION = {*get_args(Reason), *get_args(NearMissReason), *get_args(Missing)}

POLICY = """\
format: 1
policy: tiny
trust: T
document: {title: P}
vocabulary: {kinds: {"talk before 16": {of: pupil, description: A talk., plural: talks before 16}}}
obligations:
  - id: talk
    topic: employer-encounters
    title: A talk
    who: school
    provide: {what: talk before 16, by: {year: 11}}
    source: {section: 1}
  - id: meaningful
    topic: employer-encounters
    title: A meaningful encounter
    who: school
    provide: {what: employer encounter, with: {meaningful: true}, by: {year: 10}}
    source: {section: 1}
  - id: placement-check
    topic: employer-encounters
    title: A check of each placement
    who: school
    for: {subject: workplace experience}
    provide: {what: placement check, before: workplace experience}
    source: {section: 1}
"""


def report_on(records, obligation):
    """The report on one obligation and one Year 11 pupil with those records."""
    school = {"urn": "1", "name": "S", "trust": "T", "lowest_year": 7, "highest_year": 13,
              "as_at": "2026-01-31"}  # fmt: skip
    facts = facts_from(
        {"schools": [school], "pupils": [{"id": "P", "school": "1", "year_group": 11}],
         "records": records}
    )  # fmt: skip
    report = evaluate(read_policy(POLICY), facts, as_of=date(2026, 1, 31))
    about = [finding for finding in report.findings if finding.obligation.id == obligation]
    return attrs.evolve(report, findings=tuple(about))


def findings(records, obligation):
    """The findings of that report."""
    return report_on(records, obligation).findings


def test_every_code_stands_on_the_page_with_its_fields():
    """The page lists each member of the union once, with the fields it has."""
    page = (DOCS / "reasons.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \|", page, re.MULTILINE))
    fields = {
        member.code: ", ".join(f"`{field.name}`" for field in attrs.fields(member))
        for member in UNION
    }
    assert {code: told.strip() for code, told in rows.items()} == fields


def test_the_report_schema_knows_every_reason():
    """A program may trust that no other code comes, and none without its fields."""
    known = output_schema("report")["$defs"]["reason"]["oneOf"]
    assert {one["properties"]["code"]["const"]: {*one["properties"]} for one in known} == {
        member.code: {"code", *(field.name for field in attrs.fields(member))} for member in UNION
    }


@pytest.mark.parametrize(("output", "more"), [("comparison", []), ("gaps", ["guidance_cited"])])
def test_schemas_know_why_something_is_undecided(output, more):
    """Beside the sentence stands a code, and no other than these."""
    assert output_schema(output)["$defs"]["doubt"]["enum"] == [*Code, *more, None]


def test_no_field_holds_a_phrase():
    """Text in a field is an id, a name of the vocabulary, or what a waiver itself gives."""
    texts = {
        (member.code, field.name)
        for member in UNION
        for field in attrs.fields(member)
        if field.type in ("str", str)
    }
    assert texts == {
        ("waived", "by"), ("waived", "given"), ("attribute_not", "of"), ("none_of", "of"),
        ("attribute_unsaid", "of"), ("value_unsaid", "attribute"), ("same_value", "attribute"),
        ("kind_not_recorded", "kind"), ("attribute_unknown", "of"),
        ("attribute_unknown", "attribute"), ("attribute_unknown", "record"), ("not_shown", "kind"),
        ("value_not_covered", "of"),
        ("value_not_covered", "attribute"), ("value_not_covered", "value"),
    }  # fmt: skip


def test_a_test_is_data():
    """A condition in a reason is a mapping of what it asks, sets sorted."""
    wanted = Condition(attribute="sen", one_of=frozenset({"K", "E"}))
    assert as_data(AttributeNot("pupil", wanted, "N")) == {
        "code": "attribute_not",
        "of": "pupil",
        "wanted": {"attribute": "sen", "one_of": ["E", "K"]},
        "value": "N",
    }


@pytest.mark.parametrize("named", ["workplace experience 3", "WE3"])
def test_a_record_with_an_id_of_its_own_goes_by_it(named):
    """Even where that looks like one that a reader would have made up."""
    placement = {"id": named, "pupil": "P", "date": "2026-01-10"}
    (finding,) = findings(
        {"workplace experience": [placement], "placement check": []}, "placement-check"
    )
    assert because(finding).startswith(f"The experience of a workplace {named} of pupil P: ")


def test_a_record_without_an_id_goes_by_its_day():
    """Nobody knows the id that the reader made up."""
    placement = {"pupil": "P", "date": "2026-01-10"}
    (finding,) = findings(
        {"workplace experience": [placement], "placement check": []}, "placement-check"
    )
    assert because(finding).startswith(
        "The experience of a workplace on 10 January 2026 of pupil P: "
    )


def test_a_record_in_a_list_has_its_promises_noun_and_no_made_up_id():
    """The terminal names a record as its sentence does, by the id that its file gives it if any."""
    visits = [{"pupil": "P", "date": "2025-01-10"}, {"pupil": "P", "date": "2025-01-11", "id": "V"}]
    report = report_on({"employer encounter": visits}, "meaningful")
    told = plain_text(explanation_view(report, "P", everything=False))
    assert "not counted: 10 January 2025: encounter with an employer, which does not say" in told
    assert "not counted: 11 January 2025: encounter with an employer (V), which" in told


def test_what_is_missing_of_several_records_of_a_day_is_told_once():
    """Sentence and page say of how many; programs have each fact."""
    visit = {"pupil": "P", "date": "2025-01-10"}
    report = report_on({"employer encounter": [visit, visit]}, "meaningful")
    (finding,) = report.findings
    missing = "whether 2 encounters with employers on 10 January 2025 are meaningful"
    assert f"What is missing: {missing}." in because(finding)
    assert missing_facts(finding) == (missing,)
    assert len(finding.missing) == 2
    told = plain_text(report_view([report]))
    assert f"- {missing}: would settle 1 finding on 1 promise" in " ".join(told.split())


def test_what_a_kind_is_called_changes_no_reason():
    """A kind called "talk before 16" is not recorded, and not a fact of days gone by."""
    (finding,) = findings({}, "talk")
    assert finding.missing == (KindNotRecorded("talk before 16"),)
