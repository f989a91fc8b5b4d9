"""Hints go by meaning, then by a really near spelling; a wrong hint is worse than none."""

from __future__ import annotations

import pytest
from cli_running import run

from careerspolicy.readers.tables import fixed_table
from careerspolicy.suggestions import nearest
from careerspolicy.vocabulary import shared_vocabulary

WORDS = shared_vocabulary()
GIAS = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "StatutoryLowAge",
    "StatutoryHighAge", "Trusts (name)", "OpenDate",
)  # fmt: skip
SIMS = ("Forename", "Surname", "Gender", "DOB", "Year", "Reg", "Pupil Premium Indicator")

KINDS = {
    "interviews": "guidance meeting",
    "careers-interviews": "guidance meeting",
    "work experience": "workplace experience",
    "talks": "employer encounter",
    "assemblies": "employer encounter",
    "employer_encuonters": "employer encounter",
    "meetings": "",
    "notes": "",
}
DESTINATIONS = {
    "FE college": "further education college",
    "NEET": "not in education or work",
    "universtiy": "university",
    "210": "",
    "college of knowledge": "",
}
HEADINGS = {
    ("name", GIAS): "EstablishmentName",
    ("trust", GIAS): "Trusts (name)",
    ("lowest_year", GIAS): "",
    ("highest_year", GIAS): "",
    ("born", SIMS): "DOB",
    ("year_group", SIMS): "Year",
    ("id", SIMS): "",
    ("name", ("LA (name)",)): "",
    ("id", ("UPN",)): "UPN",
    ("pupil", ("Student ID",)): "Student ID",
}


@pytest.mark.parametrize(("word", "meant"), KINDS.items(), ids=KINDS)
def test_a_file_is_named_after_what_it_holds(word, meant):
    """Schools call kinds of record by other words than ours."""
    assert nearest(word, WORDS.record_kinds) == meant


@pytest.mark.parametrize(("word", "meant"), DESTINATIONS.items(), ids=DESTINATIONS)
def test_a_wrong_destination_is_never_offered(word, meant):
    """What is near in letters only would be published as where a pupil went."""
    assert nearest(word, WORDS.attributes["destination_form"].values) == meant


@pytest.mark.parametrize(("wanted", "meant"), HEADINGS.items(), ids=map(str, HEADINGS))
def test_a_heading_is_known_by_its_meaning(wanted, meant):
    """The authority's name is not the school's, and an age is not a year group."""
    column, headings = wanted
    assert nearest(column, headings) == meant


def test_every_heading_of_ours_is_itself():
    """Other words never take the place of a word that is there."""
    columns = [column.name for column in fixed_table("pupils", WORDS).columns]
    assert [nearest(name, columns) for name in columns] == columns


def test_an_option_of_another_command_is_known():
    """What `evaluate` calls --as-of, `gaps` calls --on."""
    assert "did you mean --on?" in run("gaps", "batley", "--as-of", "2026-01-01").stderr


def test_a_topic_is_known_by_its_meaning():
    """The careers leader is not a careers lesson."""
    assert nearest("careers-leader", WORDS.topics) == "careers-leader-appointed"
