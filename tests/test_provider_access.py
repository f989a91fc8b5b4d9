"""The provider access statement as a document: approved texts, and what the law has it say."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
from school_files import SCHOOLS, WITH_PHASES, school_of, statement, tree_of, trust_facts

from careerspolicy.calendar.school_calendar import MonthDay, SchoolCalendar
from careerspolicy.comparison.law import english_law
from careerspolicy.documents.key_phases import key_phases
from careerspolicy.documents.school_file import Binding
from careerspolicy.views.provider_access import provider_access_view
from careerspolicy.writers.markdown import markdown, without_contents
from careerspolicy.writers.page import page as page_of

LAW = english_law().in_force(date(2026, 9, 1))
APPROVED = Path(__file__).parent / "approved" / "provider-access"


def text_of(school, **settings):
    """A statement in Markdown."""
    return without_contents(provider_access_view(statement(school, **settings)))


def section(markdown, heading):
    """What stands under a heading of the second level."""
    return markdown.partition(f"## {heading}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("name", WITH_PHASES)
def test_the_statement_is_as_approved(name):
    """Each statement is the approved file; APPROVE=1 writes it anew, to be read as a diff."""
    facts = trust_facts() if name.startswith("9") else None
    settings = {"facts": facts, "as_of": date(2026, 1, 31), "year": 2025} if facts else {}
    made = statement(name, of="aspirational", draft=name == "independent", **settings)
    written = markdown(provider_access_view(made))
    path = APPROVED / f"{name}.md"
    if os.environ.get("APPROVE"):
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("years", "phases"),
    [
        ((7, 13), [("first", (8, 9)), ("second", (10, 11)), ("third", (12, 13))]),
        ((7, 11), [("first", (8, 9)), ("second", (10, 11))]),
        ((5, 8), [("first", (8,))]),
        ((6, 9), [("first", (8, 9))]),
        ((9, 13), [("first", (9,)), ("second", (10, 11)), ("third", (12, 13))]),
        ((10, 14), [("second", (10, 11)), ("third", (12, 13))]),
        ((12, 14), [("third", (12, 13))]),
        ((0, 13), [("first", (8, 9)), ("second", (10, 11)), ("third", (12, 13))]),
        ((0, 6), []),
        ((7, 7), []),
        ((14, 14), []),
    ],
)
def test_a_school_has_the_phases_of_its_years(years, phases):
    """A key phase belongs to a school that teaches a year group of it: section 42B(9A)."""
    assert [(one.name, one.years) for one in key_phases(LAW, *years)] == phases


@pytest.mark.parametrize(
    ("years", "group", "start", "end"),
    [
        ((7, 13), 8, date(2026, 9, 1), date(2028, 2, 28)),  # 29 February 2028 lies outside
        ((7, 13), 9, date(2025, 9, 1), date(2027, 2, 28)),
        ((7, 11), 11, date(2025, 9, 1), date(2027, 2, 28)),
        ((12, 13), 12, date(2026, 9, 1), date(2028, 2, 28)),
        ((5, 8), 8, date(2026, 9, 1), date(2027, 8, 31)),  # leaves before the phase ends
        ((9, 13), 9, date(2026, 9, 1), date(2027, 2, 28)),  # joins after the phase began
    ],
)
def test_a_window_is_the_part_of_the_phase_at_the_school(years, group, start, end):
    """Windows of 2026/27, worked out by hand."""
    phase = next(one for one in key_phases(LAW, *years) if group in one.years)
    assert phase.window(group, 2026, SchoolCalendar()) == (start, end)


def test_a_window_goes_by_the_schools_own_year():
    """A school whose years start later opens its phases later."""
    late = SchoolCalendar(year_start=MonthDay(9, 5))
    assert key_phases(LAW, 7, 11)[0].window(8, 2026, late).start == date(2026, 9, 5)


@pytest.mark.parametrize(
    ("name", "binding"),
    [
        ("900001", Binding.BOUND),
        ("900003", Binding.BOUND),  # a special school is bound like any other
        ("middle", Binding.BOUND),
        ("utc", Binding.BOUND),
        ("sixth-form-college", Binding.FOLLOWS),
        ("hospital", Binding.OUTSIDE),
        ("independent", Binding.OUTSIDE),
        ("primary", Binding.OUTSIDE),
    ],
)
def test_whom_the_law_binds(name, binding):
    """Section 42B(2): schools that give secondary education, but for those in hospitals."""
    assert statement(name).known.binding is binding


@pytest.mark.parametrize("name", WITH_PHASES)
def test_every_phase_says_what_the_law_says_of_it(name):
    """First and second: must attend, not all one provider. Third: offered, attendance a choice."""
    markdown = text_of(name)
    for part in statement(name).phases:
        told = markdown.partition(f"### {part.phase.name.capitalize()} key phase")[2]
        told = re.split(r"\n##", told)[0]
        assert ("may choose whether to attend" in told) is (part.phase.name == "third")
        assert ("identical group of providers" in told) is (part.phase.name != "third")
        assert "at least two occasions" in told and "28 February" in told


def test_no_phase_that_the_school_lacks_is_named():
    """A middle school's statement is silent on later phases, an 11-16 school's on the third."""
    assert "Second key phase" not in text_of("middle") and "Year 10" not in text_of("middle")
    assert "Third key phase" not in text_of("900002")
    assert "First key phase" not in text_of("utc")
    assert re.findall(r"### (\w+) key phase", text_of("sixth-form-college")) == ["Third"]


@pytest.mark.parametrize("name", WITH_PHASES)
def test_the_four_things_are_asked_of_every_provider(name):
    """Section 42B(2A)(b): the provider and its offer, careers, what it is like, answers."""
    asked = section(text_of(name), "What each encounter covers")
    assert len(re.findall(r"^- ", asked, re.MULTILINE)) >= 4
    for word in ("offers", "careers", "like", "answers"):
        assert word in asked


def test_the_schools_own_words_run_through():
    """A school of learners has no pupils, and one with a principal says so itself."""
    words = re.sub(r"Pupil|pupil", "", text_of("900003"))
    assert words == text_of("900003")
    assert "learners' questions" in words


def test_parts_stand_in_the_usual_order():
    """The order of published statements, the school's own section where it belongs."""
    assert re.findall(r"^## (.*)", text_of("900003", facts=trust_facts()), re.MULTILINE) == [
        "Legal basis",
        "What our learners are entitled to",
        "How the encounters in each key phase are met",
        "What each encounter covers",
        "Asking for access",
        "Opportunities for access",
        "Granting and refusing access",
        "Premises, facilities and times",
        "Help with access for visitors",
        "How we work with each provider",
        "Safeguarding",
        "Live online encounters",
        "Previous providers",
        "Destinations of previous learners",
        "Complaints",
        "Related policies and pages",
        "Approval and review",
    ]


def test_the_table_of_opportunities_has_a_row_for_every_year_group():
    """Rows that the school left out are there, empty; a row for all years stands last."""
    tree = tree_of("900002")
    del tree["opportunities"]["Year 9"]
    told = section(text_of(school_of(tree)), "Opportunities for access")
    assert re.findall(r"^\| \*\*(.*?)\*\*", told, re.MULTILINE) == [
        "Year 8",
        "Year 9",
        "Year 10",
        "Year 11",
        "All years",
    ]
    assert "| **Year 9** | \N{EN DASH} | \N{EN DASH} | \N{EN DASH} |" in told


@pytest.mark.parametrize("name", WITH_PHASES)
def test_what_is_not_said_leaves_no_empty_part(name):
    """No heading stands over nothing, whatever a school leaves out."""
    lines = [line for line in text_of(name).split("\n") if line]
    bare = [
        line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if line.startswith("##")
        and (not after or re.match(rf"#{{1,{len(line.split()[0])}}} ", after))
    ]
    assert bare == []


def test_a_draft_marks_every_gap():
    """What the law or the policy asks for and the file lacks is marked where it belongs."""
    tree = {key: value for key, value in tree_of("middle").items() if key in ("format", "school")}
    made = statement(school_of(tree), of="aspirational", draft=True)
    markdown = without_contents(provider_access_view(made))
    lacking = [one for one in made.requirements if not one.present]
    assert len(lacking) == 14
    for one in lacking:
        assert f"**To be completed: {one.content} (" in markdown


def test_no_draft_no_marks():
    """Without a draft nothing is marked, and what only the policy asks for is left out."""
    assert "To be completed" not in text_of("middle", of="aspirational")
    assert "Live online" not in text_of("middle", of="aspirational")


HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %}",
    "| a | b |",
    "# heading",
    "**bold** _it_ `code` [x](javascript:alert(1)) ![y](z)",
    "\N{RIGHT-TO-LEFT OVERRIDE}gnihton",
    "x" * 1500,
    "\N{FAMILY} 👩\N{ZERO WIDTH JOINER}👧",
    "=cmd()",
    "To be completed: nothing",
    "---",
    "1. one",
)


def every_text(tree, path=()):
    """The paths of every free text of a school file."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        if isinstance(value, (dict, list)):
            yield from every_text(value, (*path, key))
        elif isinstance(value, str) and key not in FIXED:
            yield (*path, key)


#: Slots whose values are words, dates, numbers or addresses of their own shape.
FIXED = {
    "format", "urn", "type", "years", "ages", "website", "url", "email", "phone", "year", "term",
    "on", "approved", "reviewed", "next_review", "since", "guidance_edition", "after",
}  # fmt: skip


def planted(name, text):
    """A school file with a text in place of every free text of it."""
    tree = tree_of(name)
    for path in every_text(tree):
        inner = tree
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = text
    return school_of(tree)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["900001", "900002", "900003"])
def test_hostile_text_stays_text(name, text):
    """Whatever stands in every field at once, the page's elements are those of an honest school."""
    made = statement(planted(name, text))
    page = page_of(provider_access_view(made))
    honest = page_of(provider_access_view(statement(planted(name, "plain"))))
    assert "<script>alert" not in page and 'href="javascript' not in page
    assert tags(page) == tags(honest)


def tags(page):
    """How often each element begins, but for what only marks writing direction or a gap."""
    body = page.partition("<main")[2]
    found = re.findall(r"<(\w+)", body)
    return {
        name: found.count(name) for name in set(found) - {"bdi", "wbr", "strong", "span", "mark"}
    }


@pytest.mark.parametrize("name", sorted(SCHOOLS))
def test_same_input_same_statement(name):
    """Making a statement twice gives the same values."""
    assert statement(name) == statement(name)
