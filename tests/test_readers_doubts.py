"""What looks wrong in facts that can be read is told, with its place, and kept."""
# ruff: noqa: E501 - a message stands whole, as its reader sees it

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    ("schools", SCHOOLS + "2,B,Ae Truste,7,13,2026-01-31\n3,B,Wharfside Trust,7,13,2026-01-31\n4,B,Wharfsde Trust,7,13,2026-01-31\n",
     'schools.csv:5:3: trust: "Wharfsde Trust" is nearly "Wharfside Trust", which stands at schools.csv:4'),
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
]  # fmt: skip


@pytest.mark.parametrize(("stem", "text"), SOUND, ids=range(len(SOUND)))
def test_what_is_sound_is_not_doubted(tmp_path, stem, text):
    """A warning that is false is soon not read."""
    assert warnings(tmp_path, **{stem: text}) == []


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
