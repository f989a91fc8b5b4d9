"""School files: what loading makes of them, and the message that each broken one earns.

To add a broken file, put it in `tests/broken/schools`; its first lines say what must be said, as
`test_broken_files` tells.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from school_files import SCHOOLS, school_of, tree_of
from test_broken_files import expected_of, files_in, told_by

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.documents.school_building import body, year_range, years_of
from careerspolicy.documents.school_file import Block, Body, Contact, Event, Link, Table, Words
from careerspolicy.documents.school_loading import InvalidSchool, load_school, read_school
from careerspolicy.plain.conformity import load_schema, validator_for
from careerspolicy.plain.yaml_tree import load_plain

HEAD = {"format": 1, "school": {"name": "Oakfield School", "type": "academy", "years": "7-13"}}


def school(**parts):
    """A school that says a few things."""
    return school_of(HEAD | parts)


@pytest.mark.parametrize("path", files_in("schools"), ids=lambda path: path.stem)
def test_a_broken_school_file_earns_its_messages(path):
    """Every problem at once, in file order, each with its place and how to mend it."""
    assert expected_of(path) and told_by(load_school, path) == expected_of(path)


@pytest.mark.parametrize("name", sorted(SCHOOLS))
def test_a_sound_file_is_read(name):
    """The examples and fixtures conform to the schema and make sense."""
    assert load_school(SCHOOLS[name]).name == tree_of(name)["school"]["name"]


@pytest.mark.parametrize("name", sorted(SCHOOLS))
def test_a_file_says_the_same_as_json(name, tmp_path):
    """JSON is YAML: a school file may be written by a program."""
    path = tmp_path / "school.json"
    path.write_text(json.dumps(load_plain(SCHOOLS[name])), encoding="utf-8")
    assert load_school(path).sections == load_school(SCHOOLS[name]).sections


def test_every_value_of_the_schema_is_described():
    """The schema is the author's dictionary: each key in it says what it means."""
    found = [*undescribed(load_schema("school"), "school")]
    assert found == []


def undescribed(schema, path):
    """The keys of a schema without a description, looking through its definitions."""
    for name, inner in schema.get("$defs", {}).items():
        yield from undescribed(inner, name)
    for name, inner in schema.get("properties", {}).items():
        if "description" not in inner:
            yield f"{path}.{name}"
        yield from undescribed(inner, f"{path}.{name}")
    for word in ("anyOf", "allOf"):
        for inner in schema.get(word, ()):
            yield from undescribed(inner, path)


@pytest.mark.parametrize(
    ("told", "years"),
    [
        ({"years": "7-13"}, (7, 13)),
        ({"years": "R-6"}, (0, 6)),
        ({"years": "9 to 13"}, (9, 13)),
        ({"years": 8}, (8, 8)),
        ({"ages": "11-16"}, (7, 11)),
        ({"ages": "11-18"}, (7, 13)),
        ({"ages": "14 to 19"}, (10, 14)),
        ({"ages": "16-19"}, (12, 14)),
        ({"ages": "9-13"}, (5, 8)),
        ({"ages": "2-19"}, (0, 14)),
        ({"years": "7-13", "ages": "11-19"}, (7, 13)),
    ],
)
def test_years_and_ages(told, years):
    """Year groups are read as written, and ages as the year groups of their school years."""
    assert year_range(told) == years


@pytest.mark.parametrize(
    ("label", "years"),
    [
        ("Year 8", (8,)),
        ("Years 8-10", (8, 9, 10)),
        ("Years 8 to 10", (8, 9, 10)),
        ("Year 12/13", (12, 13)),
        ("Years 12 and 13", (12, 13)),
        ("Years 9, 11, 13", (9, 11, 13)),
        ("All years", ()),
    ],
)
def test_the_year_groups_of_a_row(label, years):
    """Rows go by the labels that schools write, each of which the schema takes."""
    assert years_of(label) == years
    assert validator_for("school").is_valid(
        load_plain(SCHOOLS["900001"]) | {"opportunities": {label: {"autumn": "Fair"}}}
    )


def test_text_is_paragraphs_and_lists():
    """An empty line ends a paragraph; lines with dashes are a list, whose long items go on."""
    told = body("We refuse\nwhere\n- one\n  goes on\n- two\n\nWe say why.")
    assert told.blocks == (
        Block(text="We refuse where"),
        Block(points=("one goes on", "two")),
        Block(text="We say why."),
    )


def test_a_body_can_be_told_in_parts():
    """Text, points, a table and a link, in that order."""
    told = body({
        "text": "Before.",
        "points": ["a"],
        "after": "After.",
        "table": {"columns": ["x", "y"], "rows": [["1", None]]},
        "link": "Policy",
    })  # fmt: skip
    assert told == Body(
        blocks=(Block(text="Before."), Block(points=("a",)), Block(text="After.")),
        table=Table(columns=("x", "y"), rows=(("1", ""),)),
        link=Link(title="Policy"),
    )


def test_a_telephone_is_enough():
    """Some schools give a role and a telephone number, and no more."""
    (contact,) = school(contacts=[{"role": "School office", "phone": "01632 960101"}]).contacts
    assert contact == Contact(role="School office", phone="01632 960101")


def test_events_are_names_or_more():
    """A cell may hold nothing, an event, several, and events that say when and with whom."""
    (row,) = school(
        opportunities={
            "Year 8": {
                "autumn": "Fair",
                "spring": None,
                "summer": ["Talk", {"what": "Visit", "on": "2027-06", "with": "Lockgate UTC"}],
            }
        }
    ).opportunities
    visit = Event(what="Visit", day=PartialDate(2027, 6), providers=("Lockgate UTC",))
    assert row.events == {
        "autumn": (Event(what="Fair"),),
        "spring": (),
        "summer": (Event(what="Talk"), visit),
        "all_year": (),
    }


def test_words_make_their_plural():
    """An s makes the plural of the school's word for a pupil, unless it gives another."""
    assert school(words={"pupil": "learner"}).words == Words(pupil="learner", pupils="learners")
    assert school(words={"pupil": "child", "pupils": "children"}).words.pupils == "children"


def test_roles_take_the_schools_word_for_its_head():
    """A file written with the usual word comes out with the school's own, in roles only."""
    told = school(
        words={"headteacher": "principal"},
        contacts=[{"role": "Headteacher", "phone": "01632 960101"}],
        requests={"how": "Ask the headteacher.", "decided_by": "the headteacher"},
        approval={"approved_by": "headteacher", "signed_by": "Headteachers' forum"},
    )
    assert told.contacts[0].role == "Principal"
    assert told.requests.decided_by == "the principal"
    assert told.requests.how.blocks[0].text == "Ask the headteacher."
    assert (told.approval.approved_by, told.approval.signed_by) == (
        "principal",
        "Headteachers' forum",
    )


def test_what_is_not_said_is_empty():
    """A file with a head alone says nothing else."""
    told = school()
    assert not any((told.contacts, told.phases, told.requests.how, told.times, told.sections))
    assert told.published is None and told.approval.approved is None


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: (
    st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
), max_leaves=6), st.sampled_from(sorted(load_schema("school")["properties"])))  # fmt: skip
def test_any_value_anywhere_is_read_or_refused(value, key):
    """Whatever stands under any key, loading gives a school or says what is wrong."""
    told = ()
    try:
        read_school(json.dumps(HEAD | {key: value}))
    except InvalidSchool as error:
        told = error.problems
    assert all(one.message and one.line for one in told)
