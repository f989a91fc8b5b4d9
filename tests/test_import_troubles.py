"""Files as schools really have them: doubled, titled, totalled, hidden, and with numbers in them."""

# ruff: noqa: E501, RUF001 - a row of pupils stands on one line; dashes are as people write them

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from careerspolicy.cli import main
from careerspolicy.errors import InvalidFacts
from careerspolicy.readers import Beside, load_facts
from careerspolicy.readers.mappings.drafting import mapping_text
from careerspolicy.readers.survey import survey
from careerspolicy.vocabulary import shared_vocabulary

BESIDE = Beside(school="900001", trust="Tiny Trust", as_at=date(2026, 1, 31))
ADA, ALAN, GRACE = "P123456789013", "Q823456789012", "E823456789013"
CLASS = f"""UPN,Forename,Surname,DOB,Year,Form
{ADA},Ada,Lovelace,13/04/2012,9,9A
{ALAN},Alan,Turing,23/06/2011,10,10A
{GRACE},Grace,Hopper,09/12/2009,11,11A
"""


def facts_of(tmp_path, *, reject_to=None, **files: str):
    """The facts of files, each named by its stem (of CSV) and given as text."""
    for stem, text in files.items():
        (tmp_path / f"{stem.replace('_', '-')}.csv").write_text(text, "utf-8")
    return load_facts(tmp_path, beside=BESIDE, reject_to=reject_to)


@pytest.mark.parametrize(
    "text",
    [
        f"Legal Surname,Legal Forename,Adno,UPN,Year taught in,Reg,DOB,Pupil Premium Indicator\nLovelace,Ada,001234,{ADA},Year  9,9A,13/04/2012,Y\n",
        f"Surname,Forename,Year Group,Year Taught In,DOB,Reg Group,UPN,Pupil Premium Indicator\nLovelace,Ada,Year 10,Year  9,13 Apr 2012,9A,{ADA},Y\n",
        f'Oakfield School\nClass list 9A\nName,UPN,DOB,Year Group,Form,PP\n"Lovelace, Ada",{ADA},13/04/2012,9,9A,Y\nTotal,1,,,,\n',
        f"Admissions Number,Legal First Name,Legal Last Name,Year,DOB,UPN,Pupil Premium\n001234,Ada,Lovelace,9,13/04/2012,{ADA},Yes\n",
    ],
    ids=["another SIMS report", "two year groups", "titles and totals", "Bromcom"],
)
def test_a_list_goes_in_whatever_its_report_is_called(tmp_path, text):
    """Headings in another order or of another report of the same system."""
    (pupil,) = facts_of(tmp_path, list=text).pupils
    assert (pupil.year_group, pupil.born, pupil.attributes["disadvantaged"]) == (
        9,
        date(2012, 4, 13),
        True,
    )


def test_a_line_of_totals_is_not_used(tmp_path):
    """It is nobody's row, and that is no fault."""
    facts = facts_of(tmp_path, list=CLASS + "Total pupils: 3,,,,,\nPrinted 30/01/2026,,,,,\n")
    assert (len(facts.pupils), facts.rejected) == (3, 0)
    assert facts.account[0].not_used == {"a title or a total among the rows": 2}


def test_two_lists_of_the_same_pupils_make_one_roll(tmp_path):
    """What the second says again is not used, what it adds is, and what it denies is told."""
    more = f"UPN,Forename,Surname,DOB,Year,Form,SEN\n{ADA},Ada,Lovelace,13/04/2012,9,9A,Yes\n"
    facts = facts_of(tmp_path, a=CLASS, b=CLASS, c=more)
    assert len(facts.pupils) == 3
    assert facts.pupils[0].attributes["sen"] == "K"
    assert [sum(sheet.not_used.values()) for sheet in facts.account] == [0, 3, 0]
    with pytest.raises(InvalidFacts, match="is here twice"):
        facts_of(tmp_path, d=more.replace("2012", "2011"))


def test_a_leaver_of_a_class_list_has_left(tmp_path):
    """The day of leaving is read, and so is the year group they left in."""
    text = f"UPN,Forename,Surname,DOB,Year,Form,Leaving Date\n{ADA},Ada,Lovelace,13/04/2009,11,11A,18/07/2025\n"
    facts = facts_of(tmp_path, leavers=text)
    assert facts.pupils[0].left == date(2025, 7, 18)
    assert facts.warnings == ()


def test_records_may_tell_pupils_by_their_numbers(tmp_path):
    """A file of ours need not have an id where it has what systems tell pupils by."""
    text = f"UPN,Name,date,employer\n{ADA},Ada Lovelace,2025-10-03,Acme\n"
    facts = facts_of(tmp_path, list=CLASS, employer_encounters=text)
    assert [record.owner for record in facts.records] == [facts.pupils[0].id]


@pytest.mark.parametrize(
    "years", ["Y9/Y10", "Years 9-10", "9 and 10", "Y9–Y10", "Year 9 & Year 10", "9;10"]
)
def test_year_groups_of_a_register(tmp_path, years):
    """Year groups as people list them; who is absent may be told by a UPN, which goes nowhere."""
    text = f"school,date,year_groups,employer,absent\n900001,03/10/2025,{years},Acme,{ADA}\n"
    facts = facts_of(tmp_path, list=CLASS, employer_encounters=text)
    attended = [record.attributes["attended"] for record in facts.records]
    assert (sorted(attended), facts.warnings) == ([False, True], ())


def test_a_register_of_the_whole_school(tmp_path):
    """It is of every pupil on roll."""
    text = "school,date,year_groups\n900001,03/10/2025,All years\n"
    assert len(facts_of(tmp_path, list=CLASS, careers_events=text).records) == 3


def test_no_upn_is_told_wherever_it_stood(tmp_path):
    """Messages and rejected rows have none, in files of ours either."""
    rows = f"pupil,date\n{ADA},31/02/2012\nZ{ADA[1:]},2025-10-03\n"
    register = f"school,date,year_groups,absent\n900001,2025-10-03,Y99,{ADA}\n"
    out = tmp_path / "out.rejected"
    facts = facts_of(
        tmp_path, reject_to=out, list=CLASS, employer_encounters=rows, careers_events=register
    )
    assert facts.rejected == 3
    told = out.read_text("utf-8") + "".join(map(str, facts.warnings))
    assert ADA[1:] not in told


def test_ids_that_a_spreadsheet_took_for_numbers(tmp_path):
    """1234.0 is 1234, in every table."""
    facts = facts_of(
        tmp_path,
        schools="urn,name,trust,lowest_year,highest_year,as_at\n900001,A,T,7,11,2026-01-31\n",
        pupils="id,school,year_group\n1234.0,900001.0,9.0\n",
        employer_encounters="pupil,date\n1234,2025-10-03\n",
    )
    assert (facts.pupils[0].id, facts.records[0].owner) == ("1234", "1234")


def test_a_hidden_sheet_is_told(tmp_path):
    """It is read like the others, but not unseen."""
    book = Workbook()
    for number, sheet in enumerate((book.active, book.create_sheet("Old"))):
        sheet.append(["UPN", "Legal Forename", "Legal Surname", "Year Group", "FSM"])
        sheet.append([(ADA, ALAN)[number], "A", "B", 9, "Yes"])
    book["Old"].sheet_state = "hidden"
    book.save(tmp_path / "students.xlsx")
    (warning,) = load_facts(tmp_path, beside=BESIDE).warnings
    assert 'the sheet "Old" is hidden' in warning.message


def test_a_roll_that_was_rejected_whole_is_no_roll(tmp_path):
    """Nothing is judged where nobody is left, also where rejected rows are kept."""
    text = "UPN,Forename,Surname,DOB,Year,Form\n" + f"{ADA},Ada,Lovelace,31/02/2012,9,9A\n"
    out = tmp_path / "out.rejected"
    with pytest.raises(InvalidFacts, match="no row of pupils can be used"):
        facts_of(tmp_path, reject_to=out, list=text)
    assert "31/02/2012" in out.read_text("utf-8")


def test_the_cause_stands_before_what_fell_with_it(tmp_path):
    """Of a school's URN that is misspelt, nobody need read of each record first."""
    with pytest.raises(InvalidFacts) as raised:
        facts_of(
            tmp_path,
            reject_to=tmp_path.parent / "rejected.csv",
            schools="urn,name,trust,lowest_year,highest_year,as_at\n90001,A,T,7,13,2026-01-31\n",
            pupils="id,school\nP1,900001\n",
            guidance_meetings="pupil,date\nP1,2025-10-03\n",
        )
    codes = [problem.code for problem in raised.value.problems]
    assert codes[1:] == ["unknown-id", "fell-with-another"]


def test_what_was_not_read_is_not_called_missing(tmp_path):
    """A list that nothing knows is told once, with the way to say what it is."""
    with pytest.raises(InvalidFacts) as raised:
        facts_of(tmp_path, pupils_report="Colour,Size\nred,9\n")
    told = str(raised.value)
    assert "no list of pupils is known" in told
    assert "import --ask" in told
    assert "schools.csv" not in told


def test_destinations_for_the_authority(tmp_path):
    """In the authority's words; of a sheet without dates the day of the export is taken, and told."""
    text = f"UPN,Name,Intended destination,Actual destination\n{ADA},Ada Lovelace,Sixth form,FE college\n{ALAN},Alan Turing,Not known,NEET\n"
    facts = facts_of(tmp_path, list=CLASS, destinations=text)
    said = [
        (record.attributes["destination_stage"], record.attributes["destination_form"])
        for record in facts.records
    ]
    assert sorted(said) == [
        ("immediate", "further education college"),
        ("immediate", "not in education or work"),
        ("intended", "school sixth form"),
    ]
    assert {record.start for record in facts.records} == {date(2026, 1, 31)}
    assert ["no column says when" in warning.message for warning in facts.warnings] == [True]


def test_percentages_of_an_evaluation_without_their_sign(tmp_path):
    """As numbers, and as the parts of one that a spreadsheet holds."""
    headings = ",".join(f"Benchmark {n}" for n in range(1, 9))
    text = f"URN,Completed,{headings}\n900001,12/01/2026,100,80,0.5,1,0,75.5,33%,1%\n"
    (review,) = facts_of(tmp_path, list=CLASS, results=text).records
    assert [review.attributes[f"benchmark_{n}"] for n in range(1, 9)] == [
        100,
        80,
        50,
        100,
        0,
        75.5,
        33,
        1,
    ]


def test_histories_of_a_transfer_file(tmp_path):
    """The last of several is taken; where an earlier school ended, this one did not."""
    person = (
        f"<UPN>{ADA}</UPN><Surname>Lovelace</Surname><Forename>Ada</Forename><DOB>2012-04-13</DOB>"
    )
    sen = "<SENhistory><SEN><SENprovision>K</SENprovision></SEN><SEN><SENprovision>E</SENprovision></SEN></SENhistory>"
    schools = "<SchoolHistory><School><EntryDate>2016-09-01</EntryDate><LeavingDate>2023-07-20</LeavingDate></School><School><EntryDate>2023-09-04</EntryDate></School></SchoolHistory>"
    pupil = f"<Pupil>{person}<BasicDetails><NCyearActual>9</NCyearActual></BasicDetails>{sen}{schools}</Pupil>"
    (tmp_path / "ctf.xml").write_text(f"<CTfile><CTFpupilData>{pupil}</CTFpupilData></CTfile>")
    (read,) = load_facts(tmp_path, beside=BESIDE).pupils
    assert (read.joined, read.left, read.attributes["sen"]) == (date(2023, 9, 4), None, "E")


def test_a_class_gives_the_year_group_where_nothing_else_does(tmp_path):
    """As some schools of Wonde have it."""
    (tmp_path / "students.json").write_text(
        '{"data": [{"upi": "a", "education_details": {"data": {"upn": "P123456789013", "current_nc_year": null}}, "classes": {"data": [{"name": "10a/En1"}]}},'
        ' {"upi": "b", "education_details": {"data": {"upn": "Q823456789012", "current_nc_year": null}}, "classes": {"data": [{"name": "RF"}]}}]}'
    )
    assert [pupil.year_group for pupil in load_facts(tmp_path, beside=BESIDE).pupils] == [10, 0]


def test_a_class_that_names_no_year_group_rejects_nobody(tmp_path):
    """Forms are called after scientists, too; then another column has the year group, or none."""
    text = f"Name,UPN,Year Group,Reg Group,Pupil Premium Indicator,SEN Status,EAL\nAda Lovelace,{ADA},Year 9,Curie,Y,K,\nAlan Turing,{ALAN},,Newton,,,\n"
    facts = facts_of(tmp_path, marks=text)
    assert [pupil.year_group for pupil in facts.pupils] == [9, None]


def test_a_name_in_another_column_is_shown_nowhere(tmp_path):
    """A row that has shifted puts a name where a day or a year group belongs."""
    folder = tmp_path / "list"
    folder.mkdir()
    (folder / "list.csv").write_text(
        "Legal Forename,Preferred Forename,Legal Surname,UPN,DOB,Year,Reg Group\n"
        "Ada,Ada,Lovelace,P123456789013,13/04/2012,9,9A\n"
        ",Alan,,Q823456789012,Alan Turing,Turing,10A\n"
    )
    rejected = tmp_path / "rejected.csv"
    beside = Beside(school="900001", as_at=date(2026, 1, 31))
    facts = load_facts(folder, beside=beside, reject_to=rejected)
    with pytest.raises(InvalidFacts) as raised:
        load_facts(folder, beside=beside)
    shown = (
        str(raised.value)
        + rejected.read_text()
        + repr(facts.warnings)
        + repr(raised.value.problems)
    )
    assert "Turing" not in shown
    assert "may be a name" in shown


def test_the_last_of_a_history_is_the_latest(tmp_path):
    """In whatever order the file has them."""
    sen = "".join(
        f"<SEN><StartDate>{day}</StartDate><SENprovision>{code}</SENprovision></SEN>"
        for day, code in (("2024-01-10", "E"), ("2020-09-10", "K"))
    )
    pupil = f"<Pupil><UPN>{ADA}</UPN><Surname>L</Surname><Forename>A</Forename><DOB>2012-04-13</DOB><NCyearActual>9</NCyearActual><SENhistory>{sen}</SENhistory></Pupil>"
    (tmp_path / "ctf.xml").write_text(f"<CTfile>{pupil}</CTfile>")
    (read,) = load_facts(tmp_path, beside=BESIDE).pupils
    assert read.attributes["sen"] == "E"


def test_columns_that_look_like_ours_and_that_a_system_lacks_are_told(tmp_path):
    """Not only in the account; the dialogue then makes a mapping of the whole sheet."""
    text = f"Surname,Forename,UPN,Year Taught In Code,PP,SEN,Initials\nLovelace,Ada,{ADA},9,Y,K,A\n"
    (told,) = facts_of(tmp_path, y9=text).warnings
    assert told.message == 'the mapping sims does not name "PP", "SEN"; not read'
    (guess,) = survey([tmp_path], BESIDE, shared_vocabulary()).guesses
    assert guess.lists_pupils and guess.column("PP").to == "disadvantaged"


def test_a_table_s_name_does_not_make_headings_ours(tmp_path):
    """What a leader keeps in a file named as our table is asked about, not passed over."""
    text = f"UPN,Name,Yr,DOB,Careers interview\n{ADA},Ada Lovelace,9,13/04/2012,06/10/2025\n"
    with pytest.raises(InvalidFacts, match="import --ask") as raised:
        facts_of(tmp_path, pupils=text)
    assert "schools.csv" not in str(raised.value)  # the school is said with --school
    assert len(survey([tmp_path], BESIDE, shared_vocabulary()).guesses) == 1


def test_a_list_that_says_no_year_is_told_as_that(tmp_path):
    """And nothing else of the school, of which nobody was asked."""
    with pytest.raises(InvalidFacts) as raised:
        facts_of(tmp_path, pupils=f"UPN,left\n{ADA},\n")
    (problem,) = raised.value.problems
    assert problem.message.startswith("no row of it says in which year group")


def test_the_years_of_a_school_are_those_that_count(tmp_path):
    """Of two columns for the year group, the one that has the last word."""
    text = f"Surname,Forename,UPN,Year Group,Year taught in Code\nLovelace,Ada,{ADA},Year 13,9\n"
    (school,) = facts_of(tmp_path, list=text).schools
    assert (school.lowest_year, school.highest_year) == (9, 9)


def test_a_heading_that_stands_twice_is_told_with_its_place(tmp_path):
    """Neither of the two is taken."""
    with pytest.raises(InvalidFacts) as raised:
        facts_of(tmp_path, list=CLASS.replace("Form\n", "Form,Year\n"))
    assert "list.csv:1:5: Year: stands twice among the headings" in str(raised.value)


def test_a_pupil_of_a_school_that_is_left_out(tmp_path):
    """It is said why, and no other school is named."""
    headings = "URN,EstablishmentName,StatutoryLowAge,StatutoryHighAge,EstablishmentStatus (name)\n"
    schools = f"{headings}900002,Old School,11,16,Closed\n900003,New School,11,16,Open\n"
    pupils = "id,school,year_group\nP1,900002,9\nP2,900003,9\n"
    for stem, text in (("gias", schools), ("pupils", pupils)):
        (tmp_path / f"{stem}.csv").write_text(text)
    with pytest.raises(InvalidFacts, match="is left out") as raised:
        load_facts(tmp_path, beside=Beside(as_at=date(2026, 1, 31)))
    assert "(the school is closed); give the URN" in str(raised.value)


@pytest.mark.parametrize(
    ("cell", "hours"), [("27,5", 27.5), ("1,500", 1500), ("1,25", 1.25), ("12,345.5", None)]
)
def test_a_comma_before_one_or_two_figures_is_a_decimal_one(tmp_path, cell, hours):
    """Three are thousands."""
    text = f'UPN,date,hours\n{ADA},2025-10-03,"{cell}"\n'
    if hours is None:
        with pytest.raises(InvalidFacts):
            facts_of(tmp_path, list=CLASS, workplace_experience=text)
    else:
        (record,) = facts_of(tmp_path, list=CLASS, workplace_experience=text).records
        assert record.attributes["hours"] == hours


def test_minutes_are_hours(tmp_path):
    """Where the mapping says so, as a proposal does for "Duration (mins)"."""
    (tmp_path / "log.csv").write_text(
        f"UPN,Date,Employer,Duration (mins)\n{ADA},13/10/2025,Acme,90\n"
    )
    (guess,) = survey([tmp_path], BESIDE, shared_vocabulary()).guesses
    (tmp_path / "mapping.yaml").write_text(mapping_text("own", [(guess, ())]))
    (record,) = facts_of(tmp_path, list=CLASS).records
    assert record.attributes["hours"] == 1.5


def test_another_import_is_not_mixed_with_the_one_before(tmp_path):
    """What the new one lacks does not stay beside it; other files do."""
    given, to = tmp_path / "in", tmp_path / "out"
    given.mkdir()
    (given / "list.csv").write_text(CLASS)
    (given / "employer-encounters.csv").write_text(f"UPN,date\n{ADA},2025-10-03\n")
    args = ["import", str(given), "--school", "900001", "--to", str(to)]
    assert CliRunner().invoke(main, args).exit_code == 0
    (to / "notes.csv").write_text("mine")
    (given / "employer-encounters.csv").unlink()
    assert CliRunner().invoke(main, args).exit_code == 2
    done = CliRunner().invoke(main, [*args, "--force"])
    assert "removed employer-encounters.csv, of an earlier import" in done.output
    assert sorted(path.name for path in to.iterdir()) == ["notes.csv", "pupils.csv", "schools.csv"]


def test_a_waiver_of_nothing_is_told_when_a_policy_is_named(tmp_path):
    """As when the policy is evaluated."""
    (tmp_path / "list.csv").write_text(CLASS)
    (tmp_path / "waivers.csv").write_text(
        "obligation,subject,by,reason,from,until\nnone-such,900001,head,flood,2025-09-01,2026-01-01\n"
    )
    args = ["import", str(tmp_path), "--school", "900001", "--policy", "england"]
    done = CliRunner().invoke(main, args)
    assert 'no policy here has "none-such"' in done.output


def test_a_packed_download_is_to_be_unpacked(tmp_path):
    """That is how to mend it."""
    (tmp_path / "export.zip").write_bytes(b"PK")
    with pytest.raises(InvalidFacts, match="unpack it"):
        facts_of(tmp_path)


@pytest.mark.parametrize(
    "row", ["Year 9 total,,,12,1", "Total: 25,,,,", "Count,3,,,", "SUBTOTAL,1,2,3,4"]
)
def test_a_line_that_counts_others_is_nobody(tmp_path, row):
    """Wherever the word stands, if all else is numbers."""
    text = f"Surname,Forename,UPN,Year Group,FSM\nCount,Ada,{ADA},9,Y\n{row}\n"
    facts = facts_of(tmp_path, list=text)
    (sheet,) = facts.account
    assert (len(facts.pupils), sheet.rows, sheet.used, sum(sheet.not_used.values())) == (1, 2, 1, 1)


def test_a_log_whose_days_cannot_be_read_is_no_list_of_pupils(tmp_path):
    """Its words for kinds of record say what it is; that its days cannot be read is told."""
    rows = "Ada Lovelace,Careers interview,week 3\nAda Lovelace,Employer talk,week 4\n"
    (tmp_path / "log.csv").write_text(f"Student,Activity,Date\n{rows}")
    (guess,) = survey([tmp_path], BESIDE, shared_vocabulary()).guesses
    assert guess.mapping.kind_in == "Activity"
    (tmp_path / "mapping.yaml").write_text(mapping_text("own", [(guess, ())]))
    with pytest.raises(InvalidFacts, match='"week 3" is not a date'):
        facts_of(tmp_path, list=CLASS)


def test_schools_may_be_told_by_their_names(tmp_path):
    """As the list of a trust has them; without the schools, nobody is sent to --school."""
    headings = "School,UPN,Surname,Forename,Year Group,FSM\n"
    rows = f"Oakfield,{ADA},Lovelace,Ada,9,Y\nSt. Mary's,{ALAN},Turing,Alan,9,N\n"
    mapping = "format: 1\nmapping: own\nsheets:\n  - holds: pupils\n    columns:\n      School: {to: school}\n      UPN: {identifies: upn}\n      Surname: {name: surname}\n      Forename: {name: forename}\n      Year Group: {to: year_group}\n"
    (tmp_path / "mapping.yaml").write_text(mapping)
    (tmp_path / "list.csv").write_text(headings + rows)
    with pytest.raises(InvalidFacts, match=r"there is no schools\.csv") as raised:
        load_facts(tmp_path, beside=Beside())
    assert "--school" not in str(raised.value)
    schools = "900001,Oakfield,T,7,11,2026-01-31\n900002,St Mary’s,T,7,11,2026-01-31\n"
    text = f"urn,name,trust,lowest_year,highest_year,as_at\n{schools}"
    (tmp_path / "schools.csv").write_text(text, "utf-8")
    assert [pupil.school for pupil in load_facts(tmp_path).pupils] == ["900001", "900002"]


def test_a_pupil_on_no_list_is_told_without_an_id_that_nobody_knows(tmp_path):
    """The row is, and what stands in it."""
    with pytest.raises(InvalidFacts) as raised:
        facts_of(tmp_path, list=CLASS, employer_encounters="UPN,date\nZ999999999999,2025-10-03\n")
    (problem,) = raised.value.problems
    assert problem.message == "no list of pupils has the one of this row"


def test_the_school_that_is_named_goes_into_a_draft(tmp_path):
    """Also where the list has a column for it."""
    text = CLASS.replace("Form\n", "Form,School\n").replace("A\n", "A,900001\n")
    (tmp_path / "list.csv").write_text(text)
    draft = tmp_path / "mapping.yaml"
    args = ["import", str(tmp_path), "--school", "900001", "--draft-mapping", str(draft)]
    assert CliRunner().invoke(main, args).exit_code == 0
    assert len(load_facts(tmp_path, beside=Beside(as_at=date(2026, 1, 31))).pupils) == 3
