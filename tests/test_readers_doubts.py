"""What looks wrong in facts that can be read is told, with its place, and kept."""
# ruff: noqa: E501 - a message stands whole, as its reader sees it

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerspolicy.errors import InvalidFacts
from careerspolicy.readers import load_facts
from careerspolicy.vocabulary import shared_vocabulary
from careerspolicy.vocabulary.names import identity

SCHOOLS = "urn,name,trust,lowest_year,highest_year,as_at\n1,A School,A Trust,7,13,2026-01-31\n"
PUPILS = "id,school,born,year_group,joined,left,sen,ehc_plan\nP1,1,2010-09-04,10,,,,\n"
FOLDER = {"schools.csv": SCHOOLS, "pupils.csv": PUPILS}


def warnings(tmp_path: Path, **files: str) -> list[str]:
    """What reading a good folder with these files in it warns of, files named without it."""
    told = FOLDER | {f"{stem.replace('_', '-')}.csv": text for stem, text in files.items()}
    for name, text in told.items():
        (tmp_path / name).write_text(text, "utf-8")
    facts = load_facts(tmp_path)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in facts.warnings]


PROVIDERS = "pupil,date,providers\nP1,2025-03-01,Leeds City College\n"
MEETINGS = "pupil,date\nP1,2025-03-01\n"

DOUBTS = [
    ("pupils", PUPILS + "P2,1,2010-09-04,10,,,E,no\n",
     "pupils.csv:3:8: ehc_plan: is no, but sen is E, which says yes; correct one of them"),
    ("pupils", PUPILS + "P2,1,2010-09-04,10,,,K,yes\n",
     "pupils.csv:3:8: ehc_plan: is yes, but sen is K, which says no; correct one of them"),
    ("provider_encounters", PROVIDERS + "P1,2025-04-01,Leeds City Colege\n",
     'provider-encounters.csv:3:3: providers: "Leeds City Colege" is nearly "Leeds City College", which stands at provider-encounters.csv:2; spell both alike if they are one, or list both as names under aliases'),
    ("provider_encounters", PROVIDERS + "P1,2025-04-01,The Leeds City Coll.\n",
     'provider-encounters.csv:3:3: providers: "The Leeds City Coll." is nearly "Leeds City College"'),
    ("provider_encounters", PROVIDERS + "P1,2025-04-01,University of Leeds\nP1,2025-04-02,Leeds University\n",
     'provider-encounters.csv:4:3: providers: "Leeds University" is nearly "University of Leeds"'),
    ("provider_encounters", PROVIDERS + "P1,2025-04-01,Hope/Bros Co\nP1,2025-04-02,Hope-Brothers Company\n",
     'provider-encounters.csv:4:3: providers: "Hope-Brothers Company" is nearly "Hope/Bros Co"'),
    ("schools", SCHOOLS + "2,B,Ae Truste,7,13,2026-01-31\n3,B,Wharfside Trust,7,13,2026-01-31\n4,B,Wharfsde Trust,7,13,2026-01-31\n",
     'schools.csv:5:3: trust: "Wharfsde Trust" is nearly "Wharfside Trust", which stands at schools.csv:4'),
    ("guidance_meetings", MEETINGS + "P1,2025-03-01\n",
     "guidance-meetings.csv:3: this row is the same in every cell as the one at guidance-meetings.csv:2; leave one out, or give each an id if it happened twice"),
    ("guidance_meetings", "pupil,date\nP1,1950-03-01\n",
     "guidance-meetings.csv:2:2: date: 1950-03-01 is before the pupil's birth on 2010-09-04; correct one of them"),
    ("guidance_meetings", "pupil,date\nP1,2052-03-01\n",
     "guidance-meetings.csv:2:2: date: 2052-03-01 is after 2026-01-31, the day of the export; it is taken as planned"),
    ("reviews", "school,date\n1,2026-02-01\n", "reviews.csv:2:2: date: 2026-02-01 is after 2026-01-31, the day of the export"),
    ("provider_encounters", "pupil,date,school_day\nP1,2025-11-02,yes\n",
     "provider-encounters.csv:2:3: school_day: is yes, but Sunday 2 November 2025 is no school day of A School; correct one of them"),
    ("pupils", PUPILS + "P2,1,2010-09-04,10,2009-09-01,,,\n",
     "pupils.csv:3:5: joined: 2009-09-01 is before the pupil's birth on 2010-09-04; correct one of them"),
    ("pupils", PUPILS + "P2,1,,10,2030-09-01,,,\n",
     "pupils.csv:3:5: joined: 2030-09-01 is over a year after 2026-01-31, the day of the export; correct the day"),
    ("pupils", PUPILS + "P2,1,,5,,,,\n",
     "pupils.csv:3:4: year_group: Year 5 is recorded, but A School teaches Years 7 to 13; correct one of them"),
    ("terms", "school,name,first,last\n1,autumn,2025-09-03,2025-12-19\n1,spring,2025-12-19,2026-03-27\n",
     "terms.csv:3:3: first: overlaps the autumn term; that one runs from 2025-09-03 to 2025-12-19"),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "text", "message"), DOUBTS, ids=range(len(DOUBTS)))
def test_a_doubt_is_told_where_it_stands(tmp_path, stem, text, message):
    """Each doubt names its file, line and column, says what is odd and how to mend it."""
    (told,) = warnings(tmp_path, **{stem: text})
    assert told.startswith(message)


SOUND = [
    ("provider_encounters", PROVIDERS + "P1,2025-04-01,leeds city college.\n"),
    ("provider_encounters", "pupil,date,providers\nP1,2025-03-01,A College\nP1,2025-04-01,B College\n"),
    ("provider_encounters", "pupil,date,providers\nP1,2025-03-01,Unit 1 Studios\nP1,2025-04-01,Unit 2 Studios\n"),
    ("pupils", PUPILS + "P2,1,2010-09-04,10,,,E,yes\nP3,1,2010-09-04,10,,,N,no\n"),
    ("guidance_meetings", "id,pupil,date\nG1,P1,2025-03-01\nG2,P1,2025-03-01\n"),
    ("guidance_meetings", "pupil,date,attended\nP1,2025-03-01,yes\nP1,2025-03-01,no\n"),
    ("provider_encounters", "pupil,date,school_day\nP1,2025-11-02,no\nP1,2025-11-03,yes\n"),
    ("pupils", PUPILS + "P2,1,,6,2026-09-01,,,\n"),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "text"), SOUND, ids=range(len(SOUND)))
def test_what_is_sound_is_not_doubted(tmp_path, stem, text):
    """A warning that is false is soon not read."""
    assert warnings(tmp_path, **{stem: text}) == []


GONE = PUPILS + "P2,1,2009-03-04,11,2024-01-08,2025-07-18,,\n"

AFTER_LEAVING = [
    ("guidance_meetings", "pupil,date\nP2,2025-12-01\n",
     ["guidance-meetings.csv:2:2: date: 2025-12-01 is after the pupil left, on 2025-07-18; correct one of them"]),
    ("leavings", "pupil,date\nP2,2025-06-01\n",
     ["leavings.csv:2:2: date: 2025-06-01 is not the day on which the pupil left, which the roll says is 2025-07-18; correct one of them"]),
    ("leavings", "pupil,date\nP2,2025-07-18\n", []),
    ("guidance_meetings", "pupil,date,attended\nP2,2025-12-01,no\n", []),  # an offer
    ("guidance_meetings", "pupil,date\nP2,2023-12-01\n", []),  # it came with them
    ("careers_events", "pupil,date\nP2,2025-08-14\n", []),  # results day, in the same school year
    ("exit_interviews", "pupil,date\nP2,2025-12-01\n", []),
    ("destinations", "pupil,date\nP2,2025-12-01\n", []),  # what a school asks of those who left
]  # fmt: skip


@pytest.mark.parametrize(("stem", "text", "told"), AFTER_LEAVING, ids=range(len(AFTER_LEAVING)))
def test_what_a_pupil_took_part_in_after_leaving_is_doubted(tmp_path, stem, text, told):
    """What is from before they joined may have come with them, and some things are after."""
    assert warnings(tmp_path, pupils=GONE, **{stem: text}) == told


def test_files_that_are_passed_over_are_told(tmp_path):
    """A file of a known name that is not read would be missed by nobody."""
    (tmp_path / "older").mkdir()
    (tmp_path / "older" / "reviews.csv").write_text("school,date\n")
    (tmp_path / "Employer Encounters.pdf").write_text("")
    (tmp_path / "notes.txt").write_text("Nothing of use.\n")
    (tmp_path / "employer_encounter.csv").write_text("pupil,date\nP1,2025-03-02\n")
    assert warnings(tmp_path, employer_encounters="pupil,date\nP1,2025-03-01\n") == [
        "Employer Encounters.pdf: a file that ends so is not read; what is read ends in .csv, .txt, .tsv, .xlsx, .xlsm, .xls, .ods, .json, .xml, .parquet",
        "employer_encounter.csv: this file holds the same as employer-encounters.csv does; both were read; keep one of the two, unless each has rows of its own",
        'notes.txt: this is no table known here, by its name or its headings; it was not read; say what its columns are with "careerspolicy import --ask"',
        "older: the file of a folder within is not read; move it into the folder itself, or name the folder too",
    ]


def test_the_column_to_blame_is_named_once(tmp_path):
    """A misspelt heading is one mistake, not one in every row."""
    rows = "".join(f"P1,2025-03-{day:02}\n" for day in range(1, 31))
    with pytest.raises(InvalidFacts) as raised:
        warnings(tmp_path, guidance_meetings=f"pupil_id,date\n{rows}")
    assert str(raised.value).replace(f"{tmp_path}/", "") == (
        'guidance-meetings.csv:1:1: no column says whose the records are: pupil, school or trust; rename "pupil_id" if that is it'
    )


def test_what_is_alike_is_told_once_and_counted(tmp_path):
    """A roll without rows is one mistake, however many records name its pupils."""
    rows = "".join(f"P1,2025-03-{day:02}\n" for day in range(1, 31))
    with pytest.raises(InvalidFacts) as raised:
        warnings(tmp_path, pupils="id,school\n", guidance_meetings=f"pupil,date\n{rows}")
    assert str(raised.value).replace(f"{tmp_path}/", "") == (
        'guidance-meetings.csv:2:1: pupil: 30 rows such as this: there is no pupil "P1" in these '
        "facts; correct the id, or add the pupil's row"
    )


def test_a_wrong_format_is_one_line_whatever_the_size(tmp_path):
    """1,500 dates and as many year groups in another's words are two mistakes, not 3,000."""
    odd = "".join(f"P{n},1,{n % 28 + 1} Aprilis 2012,Form {n % 9}\n" for n in range(2, 1502))
    bad = "P9999,1,soon,7\n"
    with pytest.raises(InvalidFacts) as raised:
        warnings(tmp_path, pupils=f"id,school,born,year_group\n{odd}{bad}")
    told = str(raised.value).replace(f"{tmp_path}/", "").splitlines()
    assert len(told) == 3
    assert told[0].startswith('pupils.csv:2:3: born: 1,500 rows such as this: "3 Aprilis 2012" is')
    assert told[1].startswith('pupils.csv:2:4: year_group: 1,500 rows such as this: "Form 2" is')
    assert {one.code for one in raised.value.problems} == {"bad-value"}


def test_no_more_than_a_screenful_is_told(tmp_path):
    """A file in which every value is wrong in its own way fills no more than a screen."""
    odd = "".join(f"P{n},1,{'x-' * n}\n" for n in range(2, 99))
    with pytest.raises(InvalidFacts) as raised:
        warnings(tmp_path, pupils=f"id,school,born\n{odd}")
    assert len(str(raised.value).splitlines()) == 20
    assert "and 78 problems of 78 more sorts" in str(raised.value)


def test_names_that_the_aliases_list_are_two_however_alike(tmp_path):
    """Whoever has looked at two near names says so once."""
    text = PROVIDERS + "P1,2025-04-01,Leeds City Colege\n"
    aliases = "name,also_known_as\nLeeds City College,\nLeeds City Colege,\n"
    assert warnings(tmp_path, provider_encounters=text, aliases=aliases) == []


def test_a_name_has_the_spelling_that_came_first(tmp_path):
    """What is shown is what somebody wrote, not what it is compared by."""
    text = PROVIDERS + "P1,2025-04-01,LEEDS CITY COLLEGE;LCC\n"
    warnings(
        tmp_path, provider_encounters=text, aliases="name,also_known_as\nLeeds City College,LCC\n"
    )
    spelt = {one.attributes["providers"] for one in load_facts(tmp_path).records}
    assert spelt == {frozenset(["Leeds City College"])}


def test_marks_that_nobody_sees_are_no_part_of_an_id(tmp_path):
    """A space of no width made a pupil of its own of one that is there."""
    assert warnings(tmp_path, guidance_meetings="pupil,date\nP\u200b1,2025-03-01\n") == []


@given(st.text(max_size=20))
def test_the_identity_of_a_name_is_a_spelling_of_it(name):
    """Folding twice folds nothing more, and case and spaces never matter."""
    assert identity(identity(name)) == identity(name)
    assert identity(f"  {name} ") == identity(name)


def test_no_two_words_of_a_list_are_one_name():
    """Names are folded more than listed words, whose shelves are folded alike."""
    for attribute in shared_vocabulary().attributes.values():
        assert len({identity(word) for word in attribute.values}) == len(attribute.values)
