"""The doctor: each thing that looks wrong is named once, with the verdicts that hang on it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
import yaml
from cli_running import run
from jsonschema import Draft202012Validator, FormatChecker

from careerspolicy.checks.doctor import QUESTIONS
from careerspolicy.checks.doctor_doubts import _ALONE, _OF_PUPILS, _OF_RECORDS
from careerspolicy.schemas import output_schema

ROOT = Path(__file__).parents[1]
SCHEMA = output_schema("doctor")
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())

POLICY = """
format: 1
policy: tiny
trust: Tiny Trust
document: {title: Careers Policy}
obligations:
  - id: talks
    topic: employer-encounters
    title: Two employer encounters every school year
    who: school
    provide: {what: employer encounter, at_least: 2, each: school year, from: {year: 7}}
    source: {section: 1, clause: 1}
  - id: colleges
    topic: provider-encounters-total
    title: Two colleges
    who: school
    provide: {what: provider encounter, distinct: providers, at_least: 2, by: {year: 11}}
    source: {section: 1, clause: 2}
"""
SCHOOLS = "urn,name,trust,lowest_year,highest_year,as_at\n"
SCHOOL = SCHOOLS + "1,Test Academy,Tiny Trust,7,13,2026-01-31\n"
TALKS = "pupil,date,employer\n"
KNOWN = TALKS + "P1,2025-10-03,Acme Engineering\n"
COLLEGES = "pupil,date,providers\nP1,2025-10-06,Leeds College\n"
PUPIL = "id,school,born,year_group\nP1,1,2011-10-01,9\n"


def diagnosed(folder, **files):
    """By code, what the doctor says of a sound folder in which some files stand otherwise."""
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    facts = folder / "facts"
    facts.mkdir()
    whole = {"schools": SCHOOL, "pupils": PUPIL, "employer-encounters": KNOWN,
             "provider-encounters": COLLEGES, **files}  # fmt: skip
    for name, text in whole.items():
        if text:
            (facts / f"{name}.csv").write_text(text, encoding="utf-8")
    told = run("doctor", facts, "--policy", folder / "policy.yaml", "--format", "json")
    assert told.exit_code == 0, told.stderr
    data = json.loads(told.stdout)
    VALIDATOR.validate(data)
    return {one["code"]: (one["count"], one["verdicts"]) for one in data["diagnoses"]}


def roll(*rows, more=""):
    """A roll of pupils."""
    return f"id,school,born,year_group{more}\n" + "".join(f"{row}\n" for row in rows)


EIGHT = [f"P{n},1,2011-10-0{n},8" for n in range(1, 7)]
DIAGNOSES = {
    "sound": ({}, {}),
    "the same row twice": (
        {"employer-encounters": KNOWN + "P1,2025-10-03,Acme Engineering\n"},
        {"same-row": (1, 1)},
    ),
    "nearly the same row": (
        {"employer-encounters": KNOWN + "P1,2025-10-03,Acme Enginering\n"},
        {"likely-twice": (1, 1), "near-names": (1, 0)},
    ),
    "the same in two files of other headings": (
        {"employer-encounter": "date,employer,pupil\n2025-10-03,Acme Engineering,P1\n"},
        {"likely-twice": (1, 1), "second-file": (1, None)},
    ),
    "two colleges that are one": (
        {"provider-encounters": COLLEGES + "P1,2025-11-06,Leeds Colege\n"},
        {"near-names": (1, 1)},
    ),
    "two talks of one employer, unlike in what they were": (
        {"employer-encounters": "pupil,date,employer,mode\nP1,2025-10-03,Acme,in person\n"
                                "P1,2025-10-03,Acme,live online\n"},
        {},
    ),
    "one promise attested by two": (
        {"attestations": "school,date,promise,role\n1,2025-10-03,talks,headteacher\n"
                         "1,2025-10-03,talks,careers leader\n"},
        {},
    ),
    "a Saturday": (
        {"employer-encounters": KNOWN + "P1,2025-10-04,Bean Ltd\n"},
        {"school-shut": (1, 1)},
    ),
    "a century out": (
        {"employer-encounters": KNOWN + "P1,1925-10-05,Bean Ltd\n"},
        {"far-date": (1, 0)},
    ),
    "after the export": (
        {"employer-encounters": KNOWN + "P1,2026-02-05,Bean Ltd\n"},
        {"after-export": (1, 0)},
    ),
    "a cohort a year out": (
        {"pupils": roll(*EIGHT), "employer-encounters": KNOWN.replace("P1", "P2")},
        {"cohort": (6, 6)},
    ),
    "an id without its zeros": (
        {"pupils": PUPIL + "001,1,2012-10-01,8\n1,1,2012-10-01,8\n",
         "employer-encounters": KNOWN + "001,2025-10-03,Acme Engineering\n1,2025-10-06,Bean Ltd\n"},
        {"pupil-twice": (1, 9)},
    ),
    "ages for years": (
        {"schools": SCHOOL.replace("7,13", "11,18").replace(",18,", ",14,"), "pupils": PUPIL},
        {"ages": (1, 5)},
    ),
    "another trust": (
        {"schools": SCHOOL.replace("Tiny Trust", "Great Trust")},
        {"other-trust": (1, None)},
    ),
    "a trust in capitals": ({"schools": SCHOOL.replace("Tiny Trust", "TINY TRUST")}, {}),
    "a whole school a year out": (
        {"pupils": roll(*[f"P{n},1,2013-10-0{n},8" for n in range(1, 7)],
                        *[f"Q{n},1,2008-10-0{n},13" for n in range(1, 7)],
                        *[f"R{n},1,2007-10-0{n},14" for n in range(1, 7)]),
         "employer-encounters": KNOWN + "Q1,2025-10-03,Bean\nR1,2025-10-03,Bean\n"},
        {"cohort": (18, 18)},
    ),
    "a placeholder of somebody whose year group is known": (
        {"pupils": PUPIL.replace("2011-10-01", "1901-01-01")},
        {"placeholder": (1, 0)},
    ),
    "attestations of another policy's promises": (
        {"attestations": "school,date,promise,role\n1,2025-10-03,careers-budget,headteacher\n"
                         "1,2025-10-03,talk,headteacher\n"},
        {"idle-attestation": (1, None)},
    ),
    "a school without pupils": (
        {"schools": SCHOOL + "2,Hill Academy,Tiny Trust,7,13,2026-01-31\n"},
        {"school-without-pupils": (1, 0)},
    ),
    "a kind that is missing": (
        {"provider-encounters": ""},
        {"kind-missing": (1, 1)},
    ),
    "a year group without records": (
        {"pupils": PUPIL + "P2,1,2012-10-01,8\n"},
        {"year-without-records": (1, 3)},
    ),
    "rolled over, without dates of birth": (
        {"schools": SCHOOL.replace("2026-01-31", "2025-08-28"),
         "pupils": "id,school,year_group\nP1,1,7\n",
         "employer-encounters": TALKS, "provider-encounters": "pupil,date,providers\n"},
        {"rolled-over": (1, 2)},
    ),
    "a leaver's year counted on": (
        {"pupils": roll("P1,1,2011-10-01,9,", "P2,1,2008-10-01,12,2024-07-19", more=",left")},
        {"leavers-year": (1, 3)},
    ),
    "a waiver of nothing": (
        {"waivers": "obligation,subject,by,reason,from,until\n"
                    "talk,P1,headteacher,Ill,2025-09-01,2026-08-31\n"},
        {"idle-waiver": (1, None)},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "told"), DIAGNOSES.values(), ids=DIAGNOSES)
def test_each_diagnosis(tmp_path, files, told):
    """What is wrong is named by its code, with how many there are and the verdicts it touches."""
    assert diagnosed(tmp_path, **files) == told


def test_a_clean_bill_can_be_asked_for(tmp_path):
    """A gate passes what is sound, and stops for anything that isn't."""
    diagnosed(tmp_path)
    asked = ["doctor", tmp_path / "facts", "--policy", tmp_path / "policy.yaml", "--strict"]
    sound = run(*asked)
    assert sound.exit_code == 0 and "Nothing looks wrong" in sound.stdout
    (tmp_path / "facts" / "guidance-meetings.csv").write_text("pupil,date\nP1,2025-10-04\n")
    asks = run(*asked)
    assert asks.exit_code == 0 and "It may be right as it is." in asks.stdout
    (tmp_path / "facts" / "employer-encounters.csv").write_text(KNOWN * 2, encoding="utf-8")
    wrong = run(*asked)
    assert wrong.exit_code == 1
    assert "1 record of what happens in school is of a day on which it was shut" in wrong.stdout


def test_rows_that_were_left_out_are_wrong(tmp_path):
    """A gate says why it stops, and shows nothing of the cells."""
    diagnosed(tmp_path)
    facts, rejected = tmp_path / "facts", tmp_path / "rejected.csv"
    (facts / "guidance-meetings.csv").write_text("pupil,date\nP1,2025-99-12\nAda,2025-10-10\n")
    told = run("doctor", facts, "--reject-to", rejected, "--strict")
    assert told.exit_code == 1 and "2 rows cannot be used" in told.stdout
    assert "guidance-meetings.csv:2: date" in "".join(told.stdout.split("\n  "))
    assert "Ada" not in told.stdout and "Ada" in rejected.read_text()


def test_what_was_read_otherwise_is_told(tmp_path):
    """An id that lost its zeros, and was taken for one that has them."""
    pupils = PUPIL.replace("P1", "004321")
    known, colleges = KNOWN.replace("P1", "4321"), COLLEGES.replace("P1", "004321")
    files = {"pupils": pupils, "employer-encounters": known, "provider-encounters": colleges}
    assert diagnosed(tmp_path, **files) == {"read-otherwise": (1, None)}


def test_without_a_policy_no_verdict_is_counted(tmp_path):
    """What is wrong is told all the same."""
    diagnosed(tmp_path, **DIAGNOSES["a Saturday"][0])
    told = run("doctor", tmp_path / "facts")
    assert "Name a policy to see" in told.stdout and "2025-10-04" in told.stdout


def test_every_diagnosis_has_words():
    """A code without words would fail on the day it is needed."""
    text = (ROOT / "careerspolicy" / "views" / "doctor.yaml").read_text(encoding="utf-8")
    known = {*yaml.safe_load(text)}
    assert {code for _, told in DIAGNOSES.values() for code in told} <= known
    assert {
        *_OF_RECORDS,
        *_OF_PUPILS,
        *_ALONE.values(),
        "near-trusts",
        "moved-on",
        "contradiction",
    } <= known
    assert [*yaml.safe_load(text)] == [one["const"] for one in SCHEMA["$defs"]["code"]["oneOf"]]
    assert known >= QUESTIONS


def test_a_line_of_one_sheet_is_no_line_of_another(tmp_path):
    """Where a row of a workbook is there twice, what stands on that line elsewhere stays."""
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    book = openpyxl.Workbook()
    sheets = {
        "schools": SCHOOL, "pupils": PUPIL, "provider encounter": COLLEGES,
        "employer encounter": KNOWN + "P1,2025-10-06,Bean\n",
        "guidance meeting": "pupil,date\nP1,2025-10-13\nP1,2025-10-13\n",
    }  # fmt: skip
    for name, text in sheets.items():
        sheet = book.create_sheet(name)
        for row in text.splitlines():
            sheet.append(row.split(","))
    del book["Sheet"]
    book.save(tmp_path / "facts.xlsx")
    asked = "doctor", tmp_path / "facts.xlsx", "--policy", tmp_path / "policy.yaml"
    (told,) = json.loads(run(*asked, "--format", "json").stdout)["diagnoses"]
    place = f"{tmp_path / 'facts.xlsx'}:3 (guidance meeting)"
    assert (told["code"], told["verdicts"], told["examples"]) == ("same-row", 0, [[place]])


def test_a_row_of_yaml_is_known_by_where_it_begins(tmp_path):
    """Its day may stand on a line of its own."""
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    facts = tmp_path / "facts.yaml"
    facts.write_text(
        """
format: 1
schools:
  - {urn: 1, name: A School, trust: Tiny Trust, lowest_year: 7, highest_year: 13, as_at: 2026-01-31}
pupils:
  - {id: P1, school: 1, born: 2011-10-01, year_group: 9, left: 2025-07-18}
records:
  employer encounter:
    - pupil: P1
      employer: Acme
      date: 2024-10-03
    - pupil: P1
      employer: Bean
      date: 2011-09-30
    - pupil: P1
      employer: Cole
      date: 2024-10-03
  provider encounter: []
""",
        encoding="utf-8",
    )
    told = run("doctor", facts, "--policy", tmp_path / "policy.yaml", "--format", "json")
    codes = {one["code"]: one for one in json.loads(told.stdout)["diagnoses"]}
    assert codes["before-birth"]["examples"] == [[f"{facts}:12"]]
    assert codes["before-birth"]["verdicts"] == 0
