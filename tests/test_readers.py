"""Facts are read alike from YAML, from JSON, from CSV files and from memory."""

import json
from datetime import date

import attrs
import pytest

from careerspolicy.calendar.school_calendar import MonthDay, Window
from careerspolicy.errors import InvalidFacts
from careerspolicy.model.facts import Facts
from careerspolicy.readers import facts_from, load_facts
from careerspolicy.vocabulary import shared_vocabulary

YAML = """\
format: 1
as_at: 2026-01-31
schools:
  - urn: "100001"
    name: Example High School
    trust: Example Trust
    phase: secondary
    type: academy
    lowest_year: 7
    highest_year: 13
    terms:
      - {name: spring, first: 2026-01-05, last: 2026-03-27}
      - {name: autumn, first: 2025-09-03, last: 2025-12-19,
         half_term: {first: 2025-10-27, last: 2025-10-31}}
    complete_since: {employer encounter: 2022-09-01}
  - {urn: 100002, name: Other School, trust: Example Trust, lowest_year: 7, highest_year: 11,
     as_at: 2026-01-30, school_year_starts: 20 August}
pupils:
  - {id: P1, school: "100001", born: 2010-09-04, year_group: 10, joined: 2021-09-01, left: null,
     sen: K, ehc_plan: false, looked_after: true}
  - {id: 2, school: 100002, left: 2025-07-20}
records:
  employer encounter:
    - {pupil: P1, date: 2025-10-03, meaningful: true, employer: Northern Rail, hours: 2.5}
    - {id: EE-9, pupil: "2", date: 2025-10-04, attended: false}
  workplace experience:
    - {id: WE-17, pupil: P1, date: 2025-06-02, until: 2025-06-06, mode: in person}
  placement check:
    - {pupil: P1, about: WE-17, date: 2025-05-01, checks: [risk assessment, insurance]}
  provider encounter:
    - {school: "100001", date: 2025-11-03, providers: [A College, B College]}
  review:
    - {trust: Example Trust, date: 2025-11-04}
  guidance meeting: []
waivers:
  - {obligation: employer-encounters, subject: P1, by: headteacher, reason: In hospital,
     from: 2026-01-01, until: 2026-03-31}
"""

CSV = {
    "schools.csv": """\
URN,Name,Trust,Phase,Type,Lowest Year,Highest year,as-at,school_year_starts
100001,Example High School,Example Trust,secondary,Academy,7,13,31/01/2026,
100002,Other School,Example Trust,,,7,11,2026-01-30,20 August
""",
    "terms.csv": """\
school,name,first,last,half_term_first,half_term_last
100001,spring,2026-01-05,2026-03-27,,
100001,autumn,2025-09-03,2025-12-19,2025-10-27,2025-10-31
""",
    "complete.csv": "kind,since,school\nEmployer encounter,2022-09-01,100001\n",
    "pupils.csv": """\
id,school,born,year_group,joined,left,sen,ehc_plan,looked_after
P1,100001,04/09/2010,10,01/09/2021,,k,No,Y
2,100002,,,,20/7/2025,,,
""",
    "employer-encounters.csv": """\
id,pupil,date,meaningful,employer,hours,attended
,P1,2025-10-03,TRUE,Northern Rail,2.5,
EE-9,2,2025-10-04,,,,no
""",
    "Workplace Experience.csv": """\
id,pupil,date,until,mode
WE-17,P1,2025-06-02,2025-06-06,In Person
""",
    "placement_checks.CSV": """\
pupil,about,date,checks
P1,WE-17,2025-05-01,risk assessment; insurance
""",
    "provider-encounters.csv": "school,date,providers\n100001,2025-11-03,B College;A College\n",
    "reviews.csv": "trust,date\nExample Trust,2025-11-04\n",
    "personal-guidance-meetings.csv": "pupil,date\n",
    "waivers.csv": """\
obligation,subject,by,reason,from,until
employer-encounters,P1,headteacher,In hospital,2026-01-01,2026-03-31
""",
    "notes.md": "not read",
}


def folder(tmp_path, files=CSV, **changed):
    """A folder of CSV files; `changed` names files by their stem, and None takes one away."""
    names = {name.split(".")[0].replace("-", "_"): name for name in files}
    told = dict(files)
    for stem, text in changed.items():
        told[names.get(stem, f"{stem.replace('_', '-')}.csv")] = text
    for name, text in told.items():
        if text is not None:
            data = text if isinstance(text, bytes) else text.encode()
            (tmp_path / name).write_bytes(data)
    return tmp_path


def without_places(facts):
    """The facts as if read from nowhere, so that formats can be compared."""
    records = tuple(attrs.evolve(record, place="") for record in facts.records)
    return attrs.evolve(facts, records=records)


@pytest.fixture(scope="module")
def facts(tmp_path_factory) -> Facts:
    """The YAML facts above."""
    path = tmp_path_factory.mktemp("facts") / "facts.yaml"
    path.write_text(YAML)
    return load_facts(path)


def test_csv_and_yaml_give_equal_facts(facts, tmp_path):
    """The same content in either format is the same facts."""
    assert without_places(load_facts(folder(tmp_path))) == without_places(facts)


def test_json_gives_equal_facts(facts, tmp_path):
    """A JSON file of the YAML's shape is the same facts, its numbers and dates too."""
    import yaml  # noqa: PLC0415 - to write the test's own JSON

    told = yaml.safe_load(YAML)
    (tmp_path / "facts.json").write_text(json.dumps(told, default=str, indent=1))
    assert without_places(load_facts(tmp_path / "facts.json")) == without_places(facts)


def test_data_in_memory_gives_equal_facts(facts):
    """Plain data, with dates as dates, is the same facts; it says rows for lines."""
    import yaml  # noqa: PLC0415 - as above

    read = facts_from(yaml.safe_load(YAML), file="memory")
    assert without_places(read) == without_places(facts)
    places = {record.place for record in read.records}
    assert places >= {"memory: row 0 of review", ""}  # a leaving on the roll has none
    assert all(place.startswith("memory: row ") for place in places - {""})


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(facts, tmp_path):
    """Spreadsheets on Windows may save as they do."""
    windows = {
        name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in CSV.items()
    }
    assert without_places(load_facts(folder(tmp_path, windows))) == without_places(facts)


def test_a_school_has_its_calendar_and_completeness(facts):
    """Terms come in date order with their halves; the school year starts as the school says."""
    first, second = facts.schools
    autumn, spring = first.calendar.terms
    assert (autumn.name, spring.name) == ("autumn", "spring")
    assert autumn.halves == (
        Window(date(2025, 9, 3), date(2025, 10, 26)),
        Window(date(2025, 11, 1), date(2025, 12, 19)),
    )
    assert spring.halves == (spring.window,)
    assert first.complete_since == {"employer encounter": date(2022, 9, 1)}
    assert second.calendar.year_start == MonthDay(8, 20)


def test_what_a_school_teaches_says_whether_it_has_a_sixth_form(facts):
    """A highest year of 12 or above is a sixth form where the facts do not say."""
    assert [school.attributes["sixth_form"] for school in facts.schools] == [True, False]


def test_what_a_school_teaches_says_which_phases_it_has(tmp_path):
    """Year 6 or below is primary and Year 7 or above is secondary, whatever the phase is called."""
    heading = "urn,name,trust,lowest_year,highest_year,as_at\n"
    rows = "1,A,T,0,6,2026-01-31\n2,B,T,0,13,2026-01-31\n3,C,T,7,11,2026-01-31\n"
    facts = load_facts(
        folder(tmp_path, {"schools.csv": heading + rows, "pupils.csv": "id,school\n"})
    )
    said = [(s.attributes["primary_years"], s.attributes["secondary_years"]) for s in facts.schools]
    assert said == [(True, False), (True, True), (False, True)]


def test_a_school_that_says_it_has_no_sixth_form_is_believed(tmp_path):
    """What is said wins over what is taken from the years."""
    text = "urn,name,trust,lowest_year,highest_year,as_at,sixth_form\n1,A,T,7,14,2026-01-31,no\n"
    facts = load_facts(folder(tmp_path, {"schools.csv": text, "pupils.csv": "id,school\n"}))
    assert facts.schools[0].attributes["sixth_form"] is False


def test_a_pupil_keeps_what_is_not_known_unknown(facts):
    """A blank is None, or no attribute at all; never no."""
    known, unknown = facts.pupils
    assert known.attributes == {"sen": "K", "ehc_plan": False, "looked_after": True}
    assert (unknown.id, unknown.born, unknown.year_group) == ("2", None, None)
    assert unknown.left == date(2025, 7, 20)
    assert unknown.attributes == {}


def test_an_attribute_that_a_record_does_not_say_takes_its_default(facts):
    """An encounter that does not say so was attended; one that says no was not."""
    first, second = facts.by_owner[("pupil", "P1")], facts.by_owner[("pupil", "2")]
    assert first["employer encounter"][0].attributes["attended"] is True
    assert second["employer encounter"][0].attributes["attended"] is False


def test_a_record_belongs_to_whichever_thing_it_names(facts):
    """Pupil, school or trust: the column that is filled in says whose record it is."""
    owners = {record.kind: (record.of, record.owner) for record in facts.records}
    assert owners["provider encounter"] == ("school", "100001")
    assert owners["review"] == ("trust", "Example Trust")
    assert owners["placement check"] == ("pupil", "P1")


def test_sets_have_no_order(facts):
    """Several values are a set, whether a list or parted by semicolons."""
    check = facts.by_about["WE-17"][0]
    assert check.attributes["checks"] == frozenset({"risk assessment", "insurance"})


def test_an_empty_list_is_known_and_a_missing_one_is_not(facts):
    """A file with nothing but its headings says none happened."""
    assert "guidance meeting" in facts.known_kinds
    assert "careers lesson" not in facts.known_kinds


def test_a_record_says_where_it_was_read(tmp_path):
    """The place is the file and the line on which the row begins, even after a long cell."""
    text = 'pupil,date,employer\nP1,2025-10-03,"Northern\nRail"\n\nP1,2025-10-04,Other\n'
    path = folder(tmp_path, employer_encounters=text)
    facts = load_facts(path)
    places = [one.place for one in facts.records if one.kind == "employer encounter"]
    assert places == [f"{path}/employer-encounters.csv:2", f"{path}/employer-encounters.csv:5"]


def test_a_made_up_id_keeps_clear_of_those_that_are_given(tmp_path):
    """Ids that are made up count on past those in use."""
    text = "id,pupil,date\n,P1,2025-10-03\nemployer encounter 1,P1,2025-10-04\n,P1,2025-10-05\n"
    facts = load_facts(folder(tmp_path, employer_encounters=text))
    ids = [one.id for one in facts.records if one.kind == "employer encounter"]
    assert ids == ["employer encounter 2", "employer encounter 1", "employer encounter 3"]


def test_completeness_of_every_school_gives_way_to_a_school_s_own(tmp_path):
    """A row without a school is for each school that has no row of its own."""
    text = "kind,since,school\nreview,2023-09-01,100001\nreview,2021-09-01,\nplan,2020-09-01,\n"
    first, second = load_facts(folder(tmp_path, complete=text)).schools
    assert first.complete_since == {"review": date(2023, 9, 1), "plan": date(2020, 9, 1)}
    assert second.complete_since == {"review": date(2021, 9, 1), "plan": date(2020, 9, 1)}


def test_a_policy_s_own_words_can_be_read(tmp_path):
    """Kinds, attributes and values that a policy adds are read with its vocabulary."""
    added = {
        "kinds": {"site visit": {"of": "pupil", "description": "A visit.", "attributes": []}},
        "attributes": {
            "depth": {"type": "number", "description": "How deep.", "on": ["site visit", "pupil"]},
            "checks": {"values": ["hard hat"]},
            "seen": {"type": "date", "description": "When.", "on": ["site visit"]},
        },
    }
    text = "pupil,date,depth,seen\nP1,2025-10-03,3.0,03/10/2025\n"
    checks = "pupil,date,checks\nP1,2025-10-03,Hard Hat\n"
    path = folder(tmp_path, site_visits=text, placement_checks=checks)
    facts = load_facts(path, vocabulary=shared_vocabulary().extended(added))
    by_kind = facts.by_owner[("pupil", "P1")]
    assert by_kind["site visit"][0].attributes == {"depth": 3, "seen": "2025-10-03"}
    assert by_kind["placement check"][0].attributes["checks"] == frozenset({"hard hat"})


def test_blank_rows_and_columns_left_off_are_no_matter(tmp_path):
    """Spreadsheets add blank rows and cells, and leave off trailing ones."""
    text = "pupil,date,employer,,\nP1,2025-10-03\n,,,,\nP1,2025-10-04,Rail,,\n\n"
    facts = load_facts(folder(tmp_path, employer_encounters=text))
    encounters = [one for one in facts.records if one.kind == "employer encounter"]
    assert [one.attributes.get("employer") for one in encounters] == [None, "Rail"]
    assert facts.warnings == ()


def test_a_path_to_nothing_or_to_something_else_says_so(tmp_path):
    """A missing path, and a file that is no format of facts, get one plain message."""
    with pytest.raises(InvalidFacts, match="there is no such file"):
        load_facts(tmp_path / "facts.yaml")
    with pytest.raises(InvalidFacts, match="there is no such file"):
        load_facts(tmp_path / "nowhere")
    (tmp_path / "pupils.csv").write_text("id\n")
    with pytest.raises(InvalidFacts, match=r"there is no schools\.csv"):
        load_facts(tmp_path / "pupils.csv")
