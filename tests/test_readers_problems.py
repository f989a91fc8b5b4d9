"""What is wrong with facts is told with its place, all at once, in the reader's words."""
# ruff: noqa: E501 - a message stands whole, as its reader sees it

import ast
import csv
import json
from pathlib import Path

import pytest

import careerspolicy.readers
from careerspolicy.errors import InvalidFacts
from careerspolicy.readers import facts_from, load_facts
from careerspolicy.readers.tables import described

SCHOOLS = "urn,name,trust,lowest_year,highest_year,as_at\n1,A School,A Trust,7,13,2026-01-31\n"
PUPILS = "id,school,born,year_group\nP1,1,2010-09-04,10\n"
FOLDER = {"schools.csv": SCHOOLS, "pupils.csv": PUPILS}


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    """A good folder with these files in it, named by their stem."""
    told = FOLDER | {f"{stem.replace('_', '-')}.csv": text for stem, text in files.items()}
    for name, text in told.items():
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return tmp_path


def complaints(path: Path) -> str:
    """What reading a path complains of, with files named without their folder."""
    with pytest.raises(InvalidFacts) as raised:
        load_facts(path)
    return str(raised.value).replace(f"{path}/", "")


ENCOUNTERS = "pupil,date,until,hours,mode,meaningful\n"

BAD_ROWS = [
    ("employer_encounters", ENCOUNTERS + "P9,2025-10-03\n",
     'employer-encounters.csv:2:1: pupil: there is no pupil "P9" in these facts; correct the id, or add the pupil\'s row'),
    ("employer_encounters", "id,pupil,date\nE1,P9,2025-10-03\n", 'employer-encounters.csv:2:2: pupil: there is no pupil "P9" in these facts'),
    ("reviews", "school,date\n2,2025-10-03\n", 'reviews.csv:2:1: school: there is no school "2" in these facts; known here: 1'),
    ("reviews", "trust,date\nA Turst,2025-10-03\n",
     'reviews.csv:2:1: trust: there is no trust "A Turst" in these facts; did you mean "A Trust"?'),
    ("employer_encounters", ENCOUNTERS + "P1,31/02/2025\n",
     'employer-encounters.csv:2:2: date: "31/02/2025" is not a day of the calendar; write 2025-10-03 or 03/10/2025 (day first), from 1900 to 2100'),
    ("employer_encounters", ENCOUNTERS + "P1,0202-10-03\n", 'date: "0202-10-03" is not a date between 1900 and 2100; correct the year'),
    ("employer_encounters", ENCOUNTERS + "P1,3 Oct\n", 'date: "3 Oct" is not a date; write 2025-10-03'),
    ("employer_encounters", ENCOUNTERS + "P1,\n", "employer-encounters.csv:2:2: date: is missing; every record needs one"),
    ("employer_encounters", ENCOUNTERS + "P1,2025-10-03,2025-10-02\n",
     "employer-encounters.csv:2:3: until: 2025-10-02 is before the record's date, 2025-10-03; correct one of them"),
    ("employer_encounters", ENCOUNTERS + "P1,2025-10-03,,two\n",
     'employer-encounters.csv:2:4: hours: "two" is not a number; write a number from 0 upwards, with decimals if need be'),
    ("employer_encounters", ENCOUNTERS + "P1,2025-10-03,,-2.5\n", 'hours: "-2.5" is below 0; write a number from 0 upwards'),
    ("employer_encounters", ENCOUNTERS + "P1,2025-10-03,,nan\n", 'hours: "nan" is not a number'),
    ("employer_encounters", ENCOUNTERS + "P1,2025-10-03,,,in persom\n",
     'employer-encounters.csv:2:5: mode: "in persom" is not a value of mode; did you mean "in person"?'),
    ("employer_encounters", ENCOUNTERS + "P1,2025-10-03,,,,perhaps\n",
     'employer-encounters.csv:2:6: meaningful: "perhaps" is neither yes nor no; write yes, no, true'),
    ("employer_encounters", ENCOUNTERS + "P1,2025-10-03,,,,yes,more,and more\n",
     "employer-encounters.csv:2: this row has 8 cells under 6 headings; put double quotes round a cell that has a comma in it"),
    ("reviews", "school,date\n,2025-10-03\n",
     "reviews.csv:2: this record names no pupil, school or trust; name the one it belongs to"),
    ("reviews", "pupil,school,date\nP1,1,2025-10-03\n",
     "reviews.csv:2:2: school: this record names a pupil and a school; keep the one it belongs to"),
    ("reviews", "id,school,date\nR1,1,2025-10-03\nR1,1,2025-10-04\n",
     'reviews.csv:3:1: id: the id "R1" is here twice, first at reviews.csv:2; give each record an id of its own, or none'),
    ("placement_checks", "pupil,date,about\nP1,2025-10-03,WE-1\n",
     'placement-checks.csv:2:3: about: there is no record "WE-1" in these facts; correct the id, or add that record'),
    ("pupils", PUPILS + "P1,1\n", 'pupils.csv:3:1: id: the pupil "P1" is here twice, first at pupils.csv:2; give each pupil one row and an id of their own'),
    ("pupils", PUPILS + "P2,1,,15\n", 'pupils.csv:3:4: year_group: "15" is not a year group; write a whole number from 0 (Reception, or R) to 14'),
    ("pupils", PUPILS + "P2,1,2026-02-01\n",
     "pupils.csv:3:3: born: 2026-02-01 is after 2026-01-31, the day of the export; correct the date of birth, or the school's as_at"),
    ("pupils", "id,school,joined,left\nP1,1,2025-09-01,2025-08-31\n",
     "pupils.csv:2:4: left: the pupil left on 2025-08-31, before joining on 2025-09-01; correct one of them"),
    ("pupils", "id,school,sen\nP1,1,Q\n", 'pupils.csv:2:3: sen: "Q" is not a value of sen; known here: E, K, N'),
    ("schools", SCHOOLS + "1,B,A Trust,7,13,2026-01-31\n",
     'schools.csv:3:1: urn: the school "1" is here twice, first at schools.csv:2; give each school one row'),
    ("schools", SCHOOLS + "2,B,A Trust,11,7,2026-01-31\n",
     "schools.csv:3:5: highest_year: the highest year group, 7, is below the lowest, 11; correct one of them"),
    ("schools", SCHOOLS.replace("as_at", "as_at,school_year_starts").replace("-31\n", "-31,Sept\n"),
     'schools.csv:2:7: school_year_starts: "Sept" is not a day of the year; write it as 1 September'),
    ("terms", "school,name,first,last\n1,autumn,2025-12-19,2025-09-03\n",
     "terms.csv:2:4: last: the term's last day, 2025-09-03, is before its first, 2025-12-19"),
    ("terms", "school,name,first,last,half_term_first,half_term_last\n1,a,2025-09-03,2025-12-19,2025-10-27,\n",
     "terms.csv:2:6: half_term_last: is missing; give the half term's first day and its last, or neither"),
    ("terms", "school,name,first,last,half_term_first,half_term_last\n1,a,2025-09-03,2025-12-19,2026-10-27,2026-10-30\n",
     "the half term, 2026-10-27 to 2026-10-30, does not lie within the term; the term runs from 2025-09-03 to 2025-12-19"),
    ("complete", "kind,since\nreview,2022-09-01\nreview,2023-09-01\n", 'complete.csv:3:1: kind: "review" for every school is here twice'),
    ("waivers", "obligation,subject,by,reason,from,until\nx,P1,head,why,2026-01-02,2026-01-01\n",
     "waivers.csv:2:6: until: the waiver ends on 2026-01-01, before it begins on 2026-01-02"),
    ("waivers", "obligation,subject,by,reason,from,until\nx,P7,head,why,2026-01-01,2026-01-02\n",
     'waivers.csv:2:2: subject: there is no pupil, school, trust or record "P7" in these facts'),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "text", "message"), BAD_ROWS)
def test_a_bad_row_earns_its_message(tmp_path, stem, text, message):
    """Each bad row says where it is, what is wrong and how to mend it; and nothing else is said."""
    said = complaints(folder(tmp_path, **{stem: text}))
    assert message in said
    assert said.count("\n") == 0


BAD_FILES = [
    (b"", "this file is empty"),
    (b"\xef\xbb\xbf\n\n", "this file is empty"),
    (b"pupil,date\nP1,2025\0\n", "reviews.csv:2: this line has a NUL byte in it"),
    (b"pupil,date,Pupil\n", 'reviews.csv:1:3: the heading "Pupil" stands twice (as "pupil"); keep one of them'),
    (b"pupil,,date\n", "reviews.csv:1:2: this column has no heading; give it one, or take the column out"),
    (b"pupil,day\n", 'reviews.csv:1: there is no column "date"; '),
    (b"pupil,dates\n", 'there is no column "date"; rename "dates" if that is it'),
    (b'pupil,"da""te"\n', 'there is no column "date"; rename "da"te" if that is it'),
    (b'pupil,date\n"P1,2025-10-03\n', "reviews.csv:2: a double quote is opened and never closed"),
    (b'pupil,date\n"P1"x,2025-10-03\n', "reviews.csv:2: the double quotes of this row do not pair"),
    (b'pupil,date\n"' + b"x\n" * 70000, "a cell has over 131,072 characters; look for a double quote"),
    (b"x" * 1_000_001, "reviews.csv:1: this line is over 1,000,000 bytes long"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), BAD_FILES, ids=range(len(BAD_FILES)))
def test_a_bad_file_earns_its_message(tmp_path, data, message):
    """A file that cannot be read says why, in its line where it has one; rejecting rows can't help."""
    path = folder(tmp_path, reviews=data)
    assert message in complaints(path)
    with pytest.raises(InvalidFacts):
        load_facts(path, reject_to=tmp_path / "rejected.out")
    assert not (tmp_path / "rejected.out").exists()


def test_schools_and_pupils_are_needed(tmp_path):
    """A folder without them says how to begin each."""
    assert complaints(tmp_path).replace(str(tmp_path), "HERE").splitlines() == [
        "HERE: there is no schools.csv in this folder; add schools.csv with its heading row (urn,name,trust,lowest_year,highest_year,as_at)",
        "HERE: there is no pupils.csv in this folder; add pupils.csv with its heading row (id,school)",
    ]


def test_facts_without_a_school_cannot_be_used(tmp_path):
    """Headings alone will not do for schools."""
    assert "these facts hold no school" in complaints(
        folder(tmp_path, schools="urn,name,trust,lowest_year,highest_year,as_at\n")
    )


def test_all_problems_are_told_at_once_in_file_order(tmp_path):
    """Two files, three rows, four problems: all are told, each file's from top to bottom."""
    path = folder(
        tmp_path,
        pupils=PUPILS + "P2,1,soon,99\n",
        employer_encounters=ENCOUNTERS + "P1,2025-10-03,,two\nP9,2025-10-03\n",
    )
    places = [line.split(": ")[0] for line in complaints(path).splitlines()]
    assert places == [
        "employer-encounters.csv:2:4", "employer-encounters.csv:3:1",
        "pupils.csv:3:3", "pupils.csv:3:4",
    ]  # fmt: skip


def test_what_falls_with_a_bad_row_is_not_told_again(tmp_path):
    """A bad pupil's records are not called unknown: the pupil's own row is the one to mend."""
    path = folder(
        tmp_path,
        pupils=PUPILS + "P2,1,soon,\n",
        employer_encounters=ENCOUNTERS + "P2,2025-10-03\n",
        waivers="obligation,subject,by,reason,from,until\nx,P2,head,why,2026-01-01,2026-01-02\n",
    )
    assert len(complaints(path).splitlines()) == 1


WARNINGS = [
    ("pupils", "id,school,born\nP1,1,01/01/1901\n",
     "pupils.csv:2:3: born: 1901-01-01 is a placeholder; the date of birth is taken as not known"),
    ("pupils", "id,school,born,year_group\nP1,1,2010-09-04,9\n",
     "pupils.csv:2:4: year_group: Year 9 is recorded, but born on 2010-09-04 is Year 10; the recorded year group is used"),
    ("pupils", "id,school,year_gruop\nP1,1,9\n",
     'pupils.csv:1:3: year_gruop: is not a column known here; it was not read; did you mean "year_group"?'),
    ("employer_encuonters", "pupil,date\n",
     'employer-encuonters.csv: this is no table known here, by its name or its headings; it was not read; did you mean "employer-encounter"?'),
    ("complete", "kind,since\nreveiw,2022-09-01\n",
     'complete.csv:2:1: kind: "reveiw" is not a kind of record known here; it was not read; did you mean "review"?'),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "text", "message"), WARNINGS)
def test_what_looks_wrong_is_kept_and_warned_of(tmp_path, stem, text, message):
    """The row stays, and one warning says what was made of it."""
    path = folder(tmp_path, **{stem: text})
    facts = load_facts(path)
    assert message in "\n".join(map(str, facts.warnings)).replace(f"{path}/", "")
    assert [one.severity for one in facts.warnings] == ["warning"]
    assert len(facts.pupils) == 1
    assert facts.rejected == 0


def test_an_unknown_column_is_told_even_where_no_row_follows(tmp_path):
    """A slip in the headings of an empty file matters as much."""
    facts = load_facts(folder(tmp_path, reviews="school,date,documnet\n"))
    assert 'did you mean "document"?' in str(facts.warnings[0])


def test_a_record_from_before_the_pupil_joined_is_fine(tmp_path):
    """Earlier schools' records come with a pupil."""
    pupils = "id,school,joined\nP1,1,2025-09-01\n"
    path = folder(tmp_path, pupils=pupils, employer_encounters=ENCOUNTERS + "P1,2024-10-03\n")
    assert load_facts(path).warnings == ()


def test_rejected_rows_land_in_a_file_and_are_counted(tmp_path):
    """With somewhere to put them, bad rows and what falls with them leave the rest usable."""
    path = folder(
        tmp_path,
        pupils=PUPILS + "P2,1,soon,99\n",
        workplace_experiences="id,pupil,date\nWE-1,P2,2025-10-03\nWE-2,P1,2025-10-03\n",
        placement_checks="pupil,date,about\nP1,2025-10-02,WE-1\nP1,2025-10-02,WE-2\n",
    )
    rejected = tmp_path / "out" / "rejected.csv"
    rejected.parent.mkdir()
    facts = load_facts(path, reject_to=rejected)
    assert [pupil.id for pupil in facts.pupils] == ["P1"]
    assert [(one.kind, one.about) for one in facts.records] == [
        ("workplace experience", ""),
        ("placement check", "WE-2"),
    ]
    assert facts.rejected == 3
    assert {one.severity for one in facts.warnings} == {"error"}
    with rejected.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [(Path(row["file"]).name, row["line"], row["column"], row["value"]) for row in rows] == [
        ("placement-checks.csv", "2", "3", "WE-1"),
        ("pupils.csv", "3", "3", "soon"),
        ("workplace-experiences.csv", "2", "2", "P2"),
    ]
    assert 'about: the record "WE-1" was rejected, and this record with it' in rows[0]["problem"]
    assert '"soon" is not a date' in rows[1]["problem"]
    assert '; and year_group: "99" is not a year group' in rows[1]["problem"]
    assert json.loads(rows[1]["row"]) == dict(
        zip(("id", "school", "born", "year_group"), ("P2", "1", "soon", "99"), strict=True)
    )


def test_rejected_rows_keep_no_more_than_facts_would(tmp_path):
    """Of a column that nobody knows nothing, and nothing of a row that is too wide to tell."""
    rows = "id,school,born,Notes\nP1,1,soon,Ada Lovelace\nP2,1,2010-01-01,Lovelace, Ada\n"
    rejected = tmp_path / "rejected.out"
    with pytest.raises(InvalidFacts):
        load_facts(folder(tmp_path, pupils=rows), reject_to=rejected)
    with rejected.open(encoding="utf-8", newline="") as opened:
        kept = [json.loads(row["row"]) for row in csv.DictReader(opened)]
    assert kept == [{"id": "P1", "school": "1", "born": "soon"}, {}]
    assert "Lovelace" not in rejected.read_text()


def test_a_row_in_memory_goes_by_what_tells_it_apart():
    """A pupil without an id by no school's number, which every other has too."""
    school = dict(zip(*(line.split(",") for line in SCHOOLS.splitlines()), strict=True))
    with pytest.raises(InvalidFacts) as raised:
        facts_from({"schools": [school], "pupils": [{"school": "1", "year_group": 9}]})
    assert str(raised.value).startswith("facts: row 0: pupils: id: is missing")


def test_a_file_of_rejected_rows_has_its_headings_even_if_there_are_none(tmp_path):
    """Whoever asked for the file finds it."""
    rejected = tmp_path / "rejected.out"
    assert load_facts(folder(tmp_path), reject_to=rejected).rejected == 0
    assert rejected.read_text().splitlines() == ["file,line,column,value,problem,row"]


def test_rejected_rows_never_take_the_place_of_the_facts(tmp_path):
    """A reject file that is one of the facts' own files is refused."""
    path = folder(tmp_path)
    with pytest.raises(InvalidFacts, match="would take the place of the facts"):
        load_facts(path, reject_to=path / "pupils.csv")
    assert (path / "pupils.csv").read_text() == PUPILS


def test_rejected_rows_that_cannot_be_written_are_told_of(tmp_path):
    """A folder that isn't there is no traceback."""
    with pytest.raises(InvalidFacts, match="the rejected rows cannot be written here"):
        load_facts(folder(tmp_path), reject_to=tmp_path / "no" / "rejected.csv")


def test_a_file_that_breaks_off_is_the_only_problem(tmp_path):
    """Pupils after an unreadable line are not called unknown: the line is the one to mend."""
    path = folder(
        tmp_path,
        pupils=PUPILS.encode() + b"P2,1,\0\nP3,1\n",
        employer_encounters=ENCOUNTERS + "P3,2025-10-03\n",
        waivers="obligation,subject,by,reason,from,until\nx,P3,head,why,2026-01-01,2026-01-02\n",
    )
    assert complaints(path).startswith("pupils.csv:3: this line has a NUL byte in it")
    assert "\n" not in complaints(path)


def test_facts_whose_every_school_is_rejected_cannot_be_used(tmp_path):
    """Rejecting rows is no way to facts about nothing."""
    path = folder(tmp_path, schools=SCHOOLS.replace(",7,", ",9x,"))
    with pytest.raises(InvalidFacts, match="these facts hold no school"):
        load_facts(path, reject_to=tmp_path / "rejected.out")


def test_a_folder_by_the_name_of_a_file_is_told_of(tmp_path):
    """A folder within is no table, whatever it is called."""
    (tmp_path / "reviews.csv").mkdir()
    (tmp_path / "reviews.csv" / "reviews.csv").write_text("school,date\n")
    told = [str(one) for one in load_facts(folder(tmp_path)).warnings]
    assert any("a folder within" in one for one in told)


def test_every_code_is_in_the_dictionary():
    """The codes of problems are a closed set, which the data dictionary lists."""
    known = {code.strip() for rule in described().rules for code in rule["code"].split(",")}
    used = {"unusable"}
    for path in Path(careerspolicy.readers.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Fault", "Problem"):
                given = [
                    *node.args[3:4],
                    *(one.value for one in node.keywords if one.arg == "code"),
                ]
                used |= {one.value for one in given if isinstance(one, ast.Constant)}
    assert used <= known and known - used <= {"idle-waiver"}


def test_a_kind_all_of_whose_rows_were_rejected_is_not_known(tmp_path):
    """Otherwise they would be taken for none, and what was done for missed."""
    path = folder(tmp_path, employer_encounters=ENCOUNTERS + "P1,someday\n")
    facts = load_facts(path, reject_to=tmp_path / "rejected.out")
    assert "employer encounter" not in facts.known_kinds
    path = folder(tmp_path, employer_encounters=ENCOUNTERS + "P1,someday\nP1,2025-10-03\n")
    facts = load_facts(path, reject_to=tmp_path / "rejected.out")
    assert "employer encounter" in facts.known_kinds
