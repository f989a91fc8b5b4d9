"""What is wrong with facts in YAML, or in memory, is told at its line and column."""
# ruff: noqa: E501 - a message stands whole, as its reader sees it

import pytest

from careerspolicy.errors import InvalidFacts
from careerspolicy.readers import facts_from, load_facts
from careerspolicy.vocabulary import shared_vocabulary

SCHOOL = {
    "urn": "1", "name": "A School", "trust": "A Trust",
    "lowest_year": 7, "highest_year": 13, "as_at": "2026-01-31",
}  # fmt: skip
HEAD = """\
format: 1
as_at: 2026-01-31
schools:
  - {urn: 1, name: A School, trust: A Trust, lowest_year: 7, highest_year: 13}
"""

WRONG = [
    ("", "facts.yaml: this file says nothing"),
    ("- 1\n", "facts.yaml: facts are a mapping, which this is not"),
    ("format: 1\n", "facts.yaml: schools: is missing; list the schools that the facts are of"),
    ("format: 1\nschools: []\n", "facts.yaml: these facts hold no school"),
    (HEAD.replace("format: 1", "format: 3"), 'facts.yaml:1:9: format: is "3", which is not known; write format: 1'),
    (HEAD.replace("format: 1\n", ""), "facts.yaml: format: is missing; write format: 1"),
    (HEAD + "pupil: []\n", 'facts.yaml:5:1: "pupil" is not a part of facts; did you mean "pupils"?'),
    (HEAD + "pupils: none\n", 'facts.yaml:5:9: pupils: "none" stands where a list belongs; begin each item with -'),
    (HEAD + "pupils:\n  - P1\n", 'facts.yaml:6:5: pupils: "P1" stands where a mapping belongs'),
    (HEAD + "pupils:\n  - {id: P1, school: 1, born: {year: 2010}}\n", "facts.yaml:6:31: pupils: born: a mapping stands where one value belongs; write one value"),
    (HEAD + "records: []\n", "facts.yaml:5:10: records: a list stands where a mapping belongs"),
    (HEAD + "records: {review: yes}\n", 'facts.yaml:5:19: records: review: "yes" stands where a list belongs'),
    (HEAD + "pupils:\n  - {id: P1, school: 1, born: 2010-02-30}\n",
     'facts.yaml:6:31: pupils: born: "2010-02-30" is not a day of the calendar'),
    (HEAD + "pupils:\n  - {id: P1, school: 1, ehc_plan: [true]}\n",
     "facts.yaml:6:35: pupils: ehc_plan: a list stands where one value belongs"),
    (HEAD + "pupils:\n  - {id: true, school: 1}\n", "facts.yaml:6:10: pupils: id: true is not text; put it in quotation marks"),
    (HEAD + "pupils:\n  - {id: P1, school: 1, year_group: true}\n", "year_group: true is not a year group"),
    (HEAD + "pupils:\n  - {school: 1}\n", "facts.yaml:6:5: pupils: id: is missing; every pupil needs one"),
    (HEAD + "pupils:\n  - {id: P1, school: 1, year_group: 9, Year Group: 9}\n",
     'facts.yaml:6:52: pupils: Year Group: is the same as "year_group", which it also has'),
    (HEAD + "records:\n  review:\n    - {school: 2, date: 2025-10-03}\n",
     'facts.yaml:7:16: records: review: school: there is no school "2" in these facts'),
    (HEAD + "records:\n  employer encounter:\n    - {school: 1, date: 2025-10-03, hours: true}\n",
     "facts.yaml:7:44: records: employer encounter: hours: true is not a number"),
    (HEAD.replace("13}", "13, terms: [{name: autumn, first: 2025-09-03, last: soon}]}"),
     'facts.yaml:4:128: schools: terms: last: "soon" is not a date'),
    (HEAD.replace("13}", "13, terms: [{name: a, first: 2025-09-03, last: 2025-12-19, half_term: soon}]}"),
     'facts.yaml:4:146: schools: terms: half_term: "soon" stands where a mapping belongs'),
    (HEAD.replace("13}", "13, complete_since: {review: soon}}"),
     'facts.yaml:4:105: schools: complete_since: since: "soon" is not a date'),
    (HEAD.replace("as_at: 2026-01-31\n", ""), "facts.yaml:3:5: schools: as_at: is missing; every school needs one"),
    ("schools: *all\n", "facts.yaml:1:10: a reference (*all) is not allowed"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_wrong_yaml_earns_its_message(tmp_path, text, message):
    """Structure, rows and nested parts: each says its line, column and way."""
    path = tmp_path / "facts.yaml"
    path.write_text(text)
    with pytest.raises(InvalidFacts) as raised:
        load_facts(path)
    assert message in str(raised.value).replace(f"{tmp_path}/", "")


def test_an_unknown_kind_of_record_is_warned_of(tmp_path):
    """A near-miss of a kind is named; its records are not read."""
    path = tmp_path / "facts.yaml"
    path.write_text(HEAD + "records:\n  reveiws: []\n  Review: []\n")
    facts = load_facts(path)
    assert [str(one).removeprefix(f"{path}:") for one in facts.warnings] == [
        '6:3: records: "reveiws" is not a kind of record known here; it was not read; did you mean "review"?'
    ]
    assert facts.known_kinds == {"review", "leaving"}  # which the roll tells


def test_a_school_without_a_urn_says_nothing_of_the_others():
    """What is nested in a school that cannot be told apart is not taken for every school's."""
    nameless = {k: v for k, v in SCHOOL.items() if k != "urn"}
    nameless["complete_since"] = {"review": "2025-09-01"}
    with pytest.raises(InvalidFacts) as raised:
        facts_from({"schools": [SCHOOL, nameless]})
    assert str(raised.value) == (
        "facts: row 1 (A School): schools: urn: is missing; every school needs one"
    )


def test_rows_of_yaml_can_be_rejected_too(tmp_path):
    """A rejected row of YAML lands in the file as JSON, lists and all."""
    path, rejected = tmp_path / "facts.yaml", tmp_path / "rejected.csv"
    path.write_text(
        HEAD + "records:\n  provider encounter:\n"
        "    - {school: 1, date: soon, providers: [A, B]}\n    - {school: 1, date: 2025-10-03}\n"
    )
    facts = load_facts(path, reject_to=rejected)
    assert (facts.rejected, len(facts.records)) == (1, 1)
    assert '""providers"": [""A"", ""B""]' in rejected.read_text()


def test_a_list_that_names_no_values_admits_any():
    """A policy may leave it open what an attribute says."""
    told = {"type": "one of", "description": "Its colour.", "on": ["review"]}
    words = shared_vocabulary().extended({"attributes": {"colour": told}})
    rows = [{"school": "1", "date": "2025-10-03", "colour": "Green"}]
    facts = facts_from({"schools": [SCHOOL], "records": {"review": rows}}, vocabulary=words)
    assert [one.attributes["colour"] for one in facts.records] == ["Green"]


def test_structure_is_mended_before_rows_are_complained_of():
    """A list that is none is told alone: what refers to it would be called unknown for nothing."""
    data = {
        "schools": [SCHOOL],
        "pupils": "none",
        "records": {"review": [{"pupil": "P1", "date": "soon"}]},
    }
    with pytest.raises(InvalidFacts) as raised:
        facts_from(data)
    assert len(raised.value.problems) == 1
