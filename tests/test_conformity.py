"""Whatever breaks a schema is told in plain English: where, what, how to mend it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from careerspolicy.plain.conformity import (
    check_conformity,
    load_schema,
    validator_for,
    validator_of,
)
from careerspolicy.plain.places import path_in_words
from careerspolicy.plain.yaml_tree import read_plain

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title"],
    "properties": {
        "title": {"type": "string", "minLength": 1, "description": "What it is called."},
        "promises": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/promise"}},
        "strength": {"enum": ["must", "should", "may"]},
        "format": {"const": 1},
        "share": {"type": "number", "minimum": 0, "maximum": 100},
        "hours": {"type": "number", "exclusiveMinimum": 0},
        "day": {"type": "string", "pattern": "^[0-9]+ [A-Z][a-z]+$", "description": "A day.",
                "examples": ["28 February"]},
        "date": {"type": "string", "format": "date"},
        "open": {"type": "boolean"},
        "roles": {"type": "array", "items": {"type": "string"}, "uniqueItems": True,
                  "maxItems": 3},
        "names": {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[a-z]+$"},
                  "additionalProperties": {"type": ["string", "integer"]}},
        "years": {"anyOf": [{"type": "integer", "maximum": 14}, {"type": "string",
                  "pattern": "^[0-9]+-[0-9]+$"}], "problem": "is not a run of years",
                  "mend": "write 8 or 8-13"},
        "point": {"anyOf": [{"enum": ["joining", "leaving"]},
                            {"type": "object", "additionalProperties": False,
                             "properties": {"year": {"type": "integer"}}}]},
        "place": {"oneOf": [
            {"type": "object", "additionalProperties": False, "required": ["kind", "town"],
             "properties": {"kind": {"const": "school"}, "town": {"type": "string"}}},
            {"type": "object", "additionalProperties": False, "required": ["kind", "url"],
             "properties": {"kind": {"const": "web"}, "url": {"type": "string"}}}]},
        "window": {
            "type": "object",
            "properties": {"notice": {"type": "string"}, "before": {"type": "string"},
                           "each": {"type": "string"}, "every": {"type": "string"},
                           "once": {"type": "boolean"}, "by": {"type": "string"}},
            "unevaluatedProperties": False,
            "dependentRequired": {"notice": ["before"]},
            "not": {"required": ["each", "every"]},
            "if": {"required": ["once"]},
            "then": {"required": ["by"], "problem": "what is done once needs a deadline",
                     "mend": "add by"},
        },
        "old": False,
    },
    "$defs": {
        "promise": {
            "type": "object",
            "additionalProperties": False,
            "required": ["who"],
            "properties": {
                "id": {"type": "string"},
                "who": {"type": "string", "description": "Who owes it. Always a role."},
                "provide": {"$ref": "#/$defs/deed"},
                "review": {"$ref": "#/$defs/deed"},
            },
            "oneOf": [{"required": ["provide"]}, {"required": ["review"]}],
        },
        "deed": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"what": {"type": "string"}, "at_least": {"type": "integer"}},
        },
    },
}  # fmt: skip


def said(text):
    """The problems of a YAML text whose title is given, in words."""
    tree = read_plain(f"title: T\n{text}".encode(), "f")
    return [str(problem) for problem in check_conformity(tree, validator_of(SCHEMA), file="f")]


def test_the_test_schema_is_a_schema():
    """The cases below test the messages, not a mistake in the schema."""
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        "", "share: 2.5", "share: 100", "hours: 0.1", "open: false", "format: 1", "years: 8-13",
        "point: {year: 8}", "point: leaving", "window: {once: true, by: x}", "date: 2026-01-31",
        "place: {kind: web, url: x}", "promises: [{who: school, provide: {at_least: 2}}]",
    ],
)  # fmt: skip
def test_what_conforms_says_nothing(text):
    """A file of the right shape has no problems; decimals may stand where numbers belong."""
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel: x", '2:1: "titel" is not a word this part knows; did you mean "title"?'),
        ("share: lots", '2:8: share: the text "lots" stands where a number belongs'),
        ("share: two", '2:8: share: the text "two" stands where a number belongs; write 2'),
        ("share: 100.5", ("2:8: share: 100.5 is more than 100, the most that belongs here; "
                         "write a number from 0 to 100")),
        ("hours: 0", "2:8: hours: 0 is not more than 0, as it must be here; write 0 or more"),
        ("open: yes", '2:7: open: the text "yes" stands where true or false belongs; write true'),
        ("open:", ("2:6: open: nothing stands where true or false belongs; "
                  "give it a value, or leave it out")),
        ("format: 2", "2:9: format: the number 2 stands where only 1 belongs; write 1"),
        ("strength: muss", ('2:11: strength: the text "muss" is not one of the words that belong '
                           'here; did you mean "must"?')),
        ("strength: wholly", ('2:11: strength: the text "wholly" is not one of the words that '
                             "belong here; known here: may, must, should")),
        ("strength: [must]", ("2:11: strength: a list is not one of the words that belong here; "
                             "known here: may, must, should")),
        ("day: 28/02", ('2:6: day: the text "28/02" is not written as it should be; '
                       "write a day, such as 28 February")),
        ("date: 2026-02-30", ('2:7: date: the text "2026-02-30" is not written as it should be; '
                             "write such as 2026-01-31")),
        ("promises: []", ("2:11: promises: this list is empty; "
                         "write something in it, or leave it out")),
        ("promises: {}", ("2:11: promises: a mapping stands where a list belongs; "
                         "begin each item with a dash and a space")),
        ("promises: [{id: a, review: {}}]", '2:12: a: "who" is missing; add it: who owes it'),
        ("promises: [{who: x}]", ("2:12: promises: item 1: one of these keys is missing: "
                                 "provide, review; add one")),
        ("promises: [{who: x, provid: {}}]", ('2:21: promises: item 1: "provid" is not a word this '
                                             'part knows; did you mean "provide"?')),
        ("promises: [{who: x, provide: {}, review: {}}]",
         ('2:34: promises: item 1: "provide" and "review" stand together, and only one of them '
         "may; keep one")),
        ("promises:\n  - id: hours\n    who: x\n    provide: {at_least: two}",
         ('5:25: hours: provide: at_least: the text "two" stands where a whole number belongs; '
         "write 2")),
        ("promises: [{who: x, review: {}, at_least: 1}]",
         ('2:33: promises: item 1: "at_least" is not a word this part knows; '
         "it belongs inside review")),
        ("roles: [a, b, a]", ('2:15: roles: item 3: the text "a" stands here again, first as '
                             "item 1; leave one of the two out")),
        ("roles: [a, b, c, d]", ("2:8: roles: this list has 4 items, and at most 3 belong here; "
                                "shorten it")),
        ("roles: school", ('2:8: roles: the text "school" stands where a list belongs; '
                          "write it as a list: [school]")),
        ("roles: [8]", ("2:9: roles: item 1: the number 8 stands where text belongs; "
                       "put quotes round it")),
        ("names: {}", "2:8: names: this mapping is empty; write something in it, or leave it out"),
        ("names: {A b: x}", '2:9: names: the text "A b" is not written as it should be'),
        ("names: {a: []}", ("2:12: names: a: a list stands where text or a whole number belongs; "
                           "write one value")),
        ("years: eight", '2:8: years: the text "eight" is not a run of years; write 8'),
        ("years: all", '2:8: years: the text "all" is not a run of years; write 8 or 8-13'),
        ("years: [8]", "2:8: years: a list is not a run of years; write 8 or 8-13"),
        ("years: 15", ("2:8: years: 15 is more than 14, the most that belongs here; "
                      "write 14 or less")),
        ("point: joinin", ('2:8: point: the text "joinin" is not one of the words that belong '
                           'here; did you mean "joining"?')),
        ("point: {yaer: 8}", ('2:9: point: "yaer" is not a word this part knows; '
                             'did you mean "year"?')),
        ("point: {year: x}", '2:15: point: year: the text "x" stands where a whole number belongs'),
        ("point: 8", "2:8: point: the number 8 stands where a mapping or text belongs"),
        ("place: {kind: web}", '2:8: place: "url" is missing; add it'),
        ("window: {notice: x}", '2:10: window: "notice" needs "before" beside it; add "before"'),
        ("window: {each: x, every: y}", ('2:19: window: "each" and "every" cannot stand together; '
                                        "leave one of them out")),
        ("window: {once: true}", "2:9: window: what is done once needs a deadline; add by"),
        ("window: {evry: x}", ('2:10: window: "evry" is not a word this part knows; '
                              'did you mean "every"?')),
        ("old: 1", '2:1: "old" does not belong here; leave it out'),
    ],
)  # fmt: skip
def test_one_mistake_earns_one_message(text, message):
    """Every way of breaking the schema has one message, at its place, in the author's words."""
    assert said(text) == [f"f:{message}"]


def test_a_root_that_is_no_mapping():
    """Even a file that is one word is told in words."""
    problems = check_conformity(read_plain(b"policy", "f"), validator_of(SCHEMA), file="f")
    assert [str(problem) for problem in problems] == [
        (
            'f:1:1: the text "policy" stands where a mapping belongs; '
            "write its keys below it, indented, each with a colon and a space"
        )
    ]


def test_all_problems_at_once_in_file_order():
    """Every mistake of a file is told together, from its top to its bottom."""
    problems = said("zzz: 1\nopen: 5\nstrength: 3\nwindow: {notice: x, evry: y}\nformat: 2\n")
    assert [problem.split(": ")[0] for problem in problems] == [
        "f:2:1", "f:3:7", "f:4:11", "f:5:10", "f:5:21", "f:6:9",
    ]  # fmt: skip


def test_an_item_goes_by_its_id():
    """An id says more than the name of its list and a number."""
    tree = {"a": [{"id": "x", "b": [1, {"c": 2}]}]}
    assert path_in_words(tree, ["a", 0, "b", 1, "c"]) == ("x", "b", "item 2", "c")
    assert path_in_words([{"id": "x"}], [0]) == ("x",)
    assert path_in_words([[{"id": 5}]], [0, 0]) == ("item 1", "item 1")


VALUES = st.recursive(
    st.sampled_from(["null", "true", "0", "15", "-1", "2.5", "two", "must", '""', "joining"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(
            st.sampled_from(
                ["id", "who", "provide", "review", "year", "kind", "notice", "each", "z"]
            ),
            inner,
            max_size=3,
        ).map(lambda d: "{" + ", ".join(f"{key}: {value}" for key, value in d.items()) + "}")
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*SCHEMA["properties"], "other"]), VALUES))
def test_says_something_exactly_when_the_schema_is_broken(values):
    """No broken file passes, and no sound one is blamed; every problem has a place and words."""
    text = "{" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}"
    tree, validator = read_plain(text.encode(), "f"), validator_of(SCHEMA)
    problems = check_conformity(tree, validator, file="f")
    assert bool(problems) is not validator.is_valid(tree)
    for problem in problems:
        assert problem.line == 1 and problem.column and problem.message
        assert "schema" not in problem.message and "None" not in problem.message


def test_the_library_carries_its_policy_schema():
    """The policy's schema is a schema, and is read once."""
    Draft202012Validator.check_schema(load_schema("policy"))
    assert validator_for("policy") is validator_for("policy")


def test_importing_it_stays_light():
    """The heavy jsonschema is loaded only when something is checked."""
    code = "import careerspolicy.plain.conformity, sys; sys.exit('jsonschema' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
