"""What real statements have shown: parts said in few words, faults of words, other trusts.

The schools are made up; the shapes and the faults are those of published statements.
"""

from __future__ import annotations

import json
from datetime import date

import attrs
import pytest
from cli_running import data, run
from jsonschema import Draft202012Validator, FormatChecker
from school_files import SCHOOLS, WITH_PHASES, policy, school_of, statement, tree_of
from test_provider_access import section
from test_provider_access_check import COMPLETE, advice, check, without
from test_provider_access_records import leavers

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.checks.rules.dates import replaced
from careerspolicy.documents.provider_access import provider_access_statement
from careerspolicy.documents.recorded import recorded_destinations
from careerspolicy.model.policy import InForce, Of
from careerspolicy.schemas import output_schema
from careerspolicy.views.provider_access import provider_access_view
from careerspolicy.views.statement_changes import (
    MOST_LINES,
    LineChange,
    TooLong,
    changed_parts,
    statement_changes_view,
)
from careerspolicy.writers.markdown import without_contents
from careerspolicy.writers.markdown_reading import read

SCHEMA = output_schema("provider-access-check")
AS_OF = date(2026, 1, 31)


def as_view(markdown):
    """A statement as it is compared."""
    return read(markdown, title="T", by_line=True)


def markdown_of(made):
    """A statement in Markdown."""
    return without_contents(provider_access_view(made))


def written(**changes):
    """The statement, in Markdown, of a complete school with some parts said otherwise."""
    return markdown_of(statement(school_of(tree_of(COMPLETE) | changes)))


# ------------------------------------------------------------------- parts said in a few words


def test_some_parts_may_be_a_sentence():
    """Requests, opportunities and the place of publication may be said without keys."""
    told = written(
        requests="Ring the office.", opportunities="Ask us at any time.", published="Our website"
    )
    assert section(told, "Asking for access").strip().startswith("Ring the office.")
    assert section(told, "Opportunities for access").strip() == "Ask us at any time."
    assert "- **Published:** Our website" in told


def test_year_groups_may_have_their_events_without_terms():
    """A year group with events and no terms has them all year, and no empty columns are shown."""
    told = written(opportunities={"Years 8-13": ["Fair", {"what": "Talk", "with": "A College"}]})
    assert "| Year group | All year |" in told
    assert "| **Years 8-13** | Fair; Talk, with A College |" in told


def test_terms_are_shown_beside_what_is_on_all_year():
    """One event in a term brings the columns of all three."""
    told = written(opportunities={"Year 8": "Fair", "Years 9-13": {"spring": "Talk"}})
    assert "| Year group | Autumn term | Spring term | Summer term | All year |" in told


def test_a_middle_school_may_list_its_younger_years():
    """Rows begin with Year 5, where middle schools begin."""
    tree = tree_of("middle") | {"opportunities": {"Years 5-8": "Talks", "Year 5": "Visits"}}
    told = markdown_of(statement(school_of(tree)))
    assert "| **Years 5-8** | Talks |" in told and "| **Year 5** | Visits |" in told


def test_previous_providers_may_be_a_table_of_the_schools_own():
    """Text, a table and a link may say who came, as well as a list by year."""
    table = {"columns": ["Provider", "Year groups"], "rows": [["A College", "8 and 9"]]}
    told = section(
        written(previous_providers={"text": "They came.", "table": table}), "Previous providers"
    )
    assert "They came." in told and "| A College | 8 and 9 |" in told


def test_aims_may_stand_before_the_law():
    """A section of the school's own may follow the introduction."""
    told = written(
        sections=[{"heading": "Aims", "after": "introduction", "text": "To open doors."}]
    )
    assert 0 < told.index("\n## Aims\n") < told.index("\n## Legal basis\n")


def test_who_answers_for_the_statement_is_said():
    """Who is responsible, who reviewed it, and from when it applies."""
    told = written(
        words={"headteacher": "principal"},
        published="Our website",
        approval={
            "responsible": "Headteacher",
            "approved_by": "Governing body",
            "applies_from": "2026-09",
            "reviewed_by": "Senior leadership team",
        },
    )
    assert section(told, "Approval and review").strip().split("\n")[-4:] == [
        "- **Responsible:** Principal",
        "- **Approved by:** Governing body",
        "- **Applies from:** September 2026",
        "- **Reviewed by:** Senior leadership team",
    ]


# ------------------------------------------------------------------------- faults of the words


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"entitlement": "All in Years 8 to 14 hear from providers."},
         'entitlement: "Years 8 to 14" goes beyond Year 13, the last that it teaches'),
        ({"legal_basis": "We follow the statutory guidance of July 2021."},
         "legal_basis: the guidance of July 2021 has been replaced by that of 8 May 2025"),
        ({"premises": f"[insert {'x' * 90}]"},
         f'premises: "[insert {"x" * 52}\N{HORIZONTAL ELLIPSIS}" looks like a template\'s blank'),
    ],
)  # fmt: skip
def test_words_that_published_statements_let_slip(changes, said):
    """Years beyond the school's, guidance gone by, and a template's blank, quoted in short."""
    assert advice(**changes) == [said]


@pytest.mark.parametrize(
    ("phase", "text", "said"),
    [
        ("first", "Two options evenings.", "may lie outside the school day"),
        ("first", "A talk after school in Year 8.", "may lie outside the school day"),
        ("first", "Selected pupils visit a college.", "every pupil has both occasions"),
        ("second", "Two talks, which are optional.", "all must attend"),
        ("third", "Talks for those who have not yet decided.", "they are offered to all"),
    ],
)
def test_plans_that_may_fall_short(phase, text, said):
    """Occasions out of hours, for a few, or left to pupils where the law has all attend."""
    phases = {one: {"how": "Two talks to all."} for one in ("first", "second", "third")}
    (one,) = advice(phases=phases | {phase: text})
    assert one.startswith(f"phases: {phase}: ") and said in one


@pytest.mark.parametrize(
    ("phase", "text"),
    [
        ("first", "Two assemblies. The options evening is not one of them."),
        ("third", "Two talks, which are optional."),
        ("first", "One talk before the February half term, and one at lunchtime."),
    ],
)
def test_plans_that_are_sound(phase, text):
    """What is said not to count, what the third phase leaves open, and what is in school hours."""
    phases = {one: {"how": "Two talks to all."} for one in ("first", "second", "third")}
    assert advice(phases=phases | {phase: text}) == []


def test_the_laws_own_years_are_no_slip():
    """An 11-16 school may say that the law is about Years 8 to 13."""
    tree = without("900002", "school", "trust") | {"legal_basis": "The law is of Years 8 to 13."}
    assert not [one for one in statement(school_of(tree)).advice if one.where == "legal_basis"]


def test_one_provider_is_no_range():
    """A phase in which one provider alone is ever named is pointed out, though it counts."""
    plan = [{"what": "Talk", "with": "A College"}, {"what": "Fair"}]
    phases = tree_of(COMPLETE)["phases"] | {"first": {"occasions": plan}}
    assert advice(phases=phases) == [
        "phases: first: A College is the only provider named; the law wants a range"
    ]


@pytest.mark.parametrize(
    ("occasion", "doubtful"),
    [
        ({"year": 9, "term": "spring"}, True),
        ({"year": 9, "term": "spring", "on": "2027-02-28"}, False),
        ({"year": 9, "term": "autumn"}, False),
        ({"year": 8, "term": "spring"}, False),
    ],
)
def test_a_spring_term_that_the_phase_ends_in(occasion, doubtful):
    """The spring term runs past 28 February: an occasion in it needs its day."""
    plan = [{"what": "Talk", "with": "A"} | occasion, {"what": "Fair", "with": "B", "year": 8}]
    phases = tree_of(COMPLETE)["phases"] | {"first": {"occasions": plan}}
    assert (
        advice(phases=phases)
        == ['phases: first: "Talk" counts only if it is by 28 February; say on what day it is']
        * doubtful
    )


def test_the_latest_edition_replaces_all_before():
    """An edition is replaced by the latest that applies on the day, and the latest by none."""
    assert (
        replaced(PartialDate(2018, 1, 5), date(2026, 9, 10), surely=True).published.in_words
        == "8 May 2025"
    )
    assert replaced(PartialDate(2025, 5, 8), date(2026, 1, 1), surely=True) is None


# -------------------------------------------------------------------------- whose policy it is


@pytest.mark.parametrize(
    ("trust", "alike"),
    [
        ("Batley Multi Academy Trust", True),
        ("batley mat", True),
        ("The Batley Trust", True),
        ("Wharfside Learning Trust", False),
    ],
)
def test_another_trusts_policy_is_pointed_out(trust, alike):
    """A policy of another trust is a doubt, no error; the statement does not claim to follow it."""
    tree = tree_of(COMPLETE)
    tree["school"]["trust"] = trust
    made = statement(school_of(tree))
    said = [one.message for one in made.advice if one.where == "school: trust"]
    assert said == (
        [] if alike else [f"it is {trust}, and the policy is that of Batley Multi Academy Trust"]
    )
    assert ("in line with" in markdown_of(made)) is alike
    assert made.lacking_by_law == ()


def test_the_law_is_nobodys_policy():
    """Held to the law alone, a statement names no policy, and each content has its one source."""
    made = statement(COMPLETE, of="england")
    assert policy("england").of is Of.LAW
    assert "in line with" not in markdown_of(made)
    assert all(len(one.askers) == 1 for one in made.requirements)
    assert "England" not in check(school_of(tree_of(COMPLETE)), of="england")


def test_what_a_policy_no_longer_asks_is_not_asked():
    """An obligation that has ended asks for nothing."""
    told = policy("aspirational")
    ended = attrs.evolve(
        told,
        obligations=tuple(
            attrs.evolve(one, in_force=InForce(until=PartialDate(2020))) for one in told.obligations
        ),
    )
    made = provider_access_statement(
        statement(COMPLETE).school, ended, year=2026, as_of=date(2026, 9, 10)
    )
    assert all(one.statutory for one in made.requirements)


# ------------------------------------------------------------ destinations that tell of everybody


def cohort(*forms, threshold=5):
    """The one cohort of leavers who went to places of these forms."""
    (after,) = recorded_destinations(leavers(*forms), "900001", AS_OF, threshold=threshold)
    return after.cohorts[0]


@pytest.mark.parametrize(
    ("forms", "threshold", "withheld"),
    [
        (["employment"] * 8, 5, True),  # all of them in one row, and noughts in the others
        (["employment"] * 3 + ["university"], 5, True),  # fewer than the threshold
        (["employment"] * 3 + ["university"] * 2, 5, False),
        (["employment"] * 8, 1, False),  # nothing is to be suppressed
        (["employment"], 1, False),
    ],
)
def test_a_cohort_whose_noughts_tell_is_withheld(forms, threshold, withheld):
    """Nothing is told of a cohort that is small, or that all went one way."""
    made = cohort(*forms, threshold=threshold)
    assert made.withheld is withheld
    assert (made.shares == () and made.total is None) is withheld


def test_a_withheld_cohort_leaves_no_trace_of_where_it_went():
    """No row is named by what only a withheld cohort did; the school year is named."""
    made = statement(COMPLETE, facts=leavers(*["employment"] * 8), as_of=AS_OF, year=2025)
    told = section(markdown_of(made), "Destinations of previous students")
    assert "mployment" not in told and "|" not in told and "No destination" not in told
    assert "Of those who left after Year 11 in 2024/25 nothing is shown" in told


# ------------------------------------------------------------------------- changes, within reason


def statement_of(lines):
    """A statement with so many lines in one part."""
    body = "\n".join(f"- line {n} tells of a visit to the hall" for n in range(lines))
    return f"# T\n\nSchool year 2025/26\n\n## One\n\n{body}\n"


def test_far_too_long_a_statement_is_refused():
    """A file that can be no statement is refused by name, and not compared for minutes."""
    with pytest.raises(
        TooLong, match=r"^last\.md: it has 2,0\d\d lines and cells, and at most 2,0"
    ):
        statement_changes_view(
            as_view(statement_of(MOST_LINES)), as_view(statement_of(3)), earlier="last.md"
        )
    with pytest.raises(TooLong, match=r"^this statement: "):
        changed_parts(*map(as_view, (statement_of(3), statement_of(MOST_LINES))))


def test_of_very_many_changes_none_is_looked_for_reworded():
    """Just below the limit, with every line another, lines are gone and new: work is bounded."""
    before = statement_of(MOST_LINES - 10).replace("visit", "talk")
    lines = changed_parts(*map(as_view, (before, statement_of(MOST_LINES - 10))))[1].lines
    assert len(lines) == 2 * (MOST_LINES - 10)
    assert not any(one.before and one.after for one in lines)


def test_a_very_long_line_is_gone_or_new_but_not_reworded():
    """Lines too long to be compared are told whole."""
    head = "# T\n\nSchool year 2026/27\n\n## A\n\n"
    old, new = "visit " * 1000, "visit " * 1000 + "x"
    told = changed_parts(*map(as_view, (f"{head}{old}\n", f"{head}{new}\n")))[1].lines
    assert told == (LineChange(before=old.strip()), LineChange(after=new))


# --------------------------------------------------------------------------------- JSON of a check


@pytest.mark.parametrize("of", ["batley", "aspirational", "england"])
@pytest.mark.parametrize("name", WITH_PHASES)
def test_the_json_of_a_check_keeps_to_its_schema(name, of):
    """Every sort of school, complete or not, under a trust's policy and the law."""
    args = ("--policy", of, "--as-of", "2026-09-10", "--check")
    told = data("provider-access", SCHOOLS[name], *args)
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(told)


def test_the_schema_of_a_check_is_printed():
    """It is a JSON Schema, and refuses what a check never says."""
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(run("schema", "provider-access-check").stdout) == SCHEMA
    assert not Draft202012Validator(SCHEMA).is_valid({"format": 1})
