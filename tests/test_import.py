"""A careers leader's own spreadsheets: guessed, asked about once, then read without a question."""

from __future__ import annotations

import os
import pty
import select
import shutil
import sys
import time
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from cli_running import run as run_quietly
from click.testing import CliRunner

from careerspolicy.cli import main
from careerspolicy.errors import InvalidFacts
from careerspolicy.plain.yaml_tree import load_plain
from careerspolicy.readers import Beside, load_facts
from careerspolicy.readers.mappings.events import KindWords
from careerspolicy.readers.mappings.guesses import Guesser
from careerspolicy.readers.mappings.known import Known
from careerspolicy.readers.mappings.loading import load_mapping, shipped_mappings
from careerspolicy.sheets import sheets_of
from careerspolicy.vocabulary import shared_vocabulary

ROOT = Path(__file__).parents[1]
EXPORTS = ROOT / "tests" / "exports"
WORDS = shared_vocabulary()
SYSTEMS = [load_mapping(path, WORDS) for path in shipped_mappings().values()]
HEADINGS = [
    "Surname", "First name", "DOB", "Yr", "Form", "PP", "SEND", "Careers interview",
    "Employer talk 03/10/2025", "Mock interviews", "Destination", "Notes",
]  # fmt: skip
PUPILS = [
    ["Lovelace", "Ada", date(2010, 4, 13), "Y11", "11B", "PP", "SEN Support", date(2025, 10, 6),
     "✓", "x", "Sixth form", "keen"],
    ["Turing", "Alan", date(2010, 6, 23), "Y11", "11B", "", "N", None, "a", "",
     "Apprenticeship", ""],
    ["Hopper", "Grace", date(2009, 12, 9), "Y11", "11C", "PP", "EHCP", date(2025, 11, 3), "", "x",
     "", "sister of Ada"],
]  # fmt: skip
ACTIVITIES = [
    ["Date", "Activity", "Organisation", "Year group", "Hours"],
    [date(2025, 10, 10), "Employer talk", "Northern Rail", "Year 11", 1],
    [date(2025, 10, 17), "College visit", "Leeds City College", "Year 11", 2],
    [date(2025, 11, 17), "Wellbeing day", "", "Y11", 2],
]
INTERVIEWS = [
    ["Name", "Year", "Date of interview", "Adviser"],
    ["Ada Lovelace", 11, "01/12/2025", "J"],
]
PERSONAL = ("Lovelace", "Turing", "Hopper", "Ada", "Grace", "sister", "2010-04-13")
#: Right, PP, its blanks, mock interviews, destinations; right, wellbeing; right, days; the URN.
ANSWERS = ["", "", "", "20/10/2025", "-", "", "", "", "", "900001"]


def book(folder, headings=HEADINGS, pupils=PUPILS):
    """A tracker with a title, a sheet of ticks, a log of activities and a list of interviews."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Year 11"
    for row in [["Oakfield High School careers tracker"], [], headings, *pupils]:
        sheet.append(row)
    for name, rows in (("Activities", ACTIVITIES), ("Interviews", INTERVIEWS)):
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    folder.mkdir(exist_ok=True)
    made.save(folder / "tracker.xlsx")
    return folder


def run(*args, answers=()):
    """The outcome of an import of the end of January."""
    given = "".join(f"{answer}\n" for answer in answers)
    return CliRunner().invoke(
        main, ["import", *map(str, args), "--as-at", "2026-01-31"], input=given
    )


def kinds(facts):
    """How many records of each kind, and on which days."""
    return sorted((one.kind, str(one.start)) for one in facts.records)


def guess(tmp_path, *rows, name="list.csv", elsewhere=False):
    """What is guessed of a file."""
    file = tmp_path / name
    file.write_text("\n".join(rows), encoding="utf-8")
    guesser = Guesser(WORDS, SYSTEMS, elsewhere=elsewhere)
    (sheet,) = sheets_of(file)
    return guesser.guess(sheet, guesser.columns(sheet))


# ---------------------------------------------------------------------------- guesses


@pytest.mark.parametrize(
    ("heading", "cell", "what"),
    [
        ("UPN", "B801200005001", ("identifies", "upn")),
        ("Number", "B801200005001", ("identifies", "upn")),
        ("Student Name", "Ada Lovelace", ("name", "whole")),
        ("Pupil", "Ada Lovelace", ("name", "whole")),
        ("Year group", "Year 9", ("to", "year_group")),
        ("Cohort", "Y9", ("to", "year_group")),
        ("D.O.B.", "13/04/2012", ("to", "born")),
        ("Date of birth (dd/mm/yyyy)", "13/04/2012", ("to", "born")),
        ("SEN Status", "K", ("to", "sen")),
        ("FSM", "Y", ("to", "free_school_meals")),
        ("Gender", "F", ("drop", "not needed")),
        ("Email", "mum@example.invalid", ("drop", "an address; whose, the heading does not say")),
        ("Year", "Autumn", ("to", "")),
        ("DOB", "unknown", ("to", "")),
        ("DOB", "Tuesday week 3", ("to", "born")),  # told that it cannot be read, not left out
        ("SEN Stage", "K", ("to", "sen")),
        ("Student Last Name", "Lovelace", ("name", "surname")),
    ],
)
def test_a_heading_is_guessed_and_its_cells_confirm_it(tmp_path, heading, cell, what):
    """By the words of the field and of every shipped mapping; a cell that cannot be it says no."""
    made = guess(tmp_path, f"Forename,{heading}", f"Ada,{cell}")
    assert getattr(made.column(heading), what[0]) == what[1]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Careers interview", "guidance meeting"), ("Mock interview", "employer encounter"),
        ("1:1 with Mrs Smith", "guidance meeting"), ("Work shadowing", "workplace experience"),
        ("College visit 12/10/25", "provider encounter"), ("Careers Fairs", "careers event"),
        ("Employer talk: Northern Rail", "employer encounter"), ("Wellbeing day", ""), ("", ""),
        ("Year 11 1-1", "guidance meeting"), ("CV workshop 12/11/25", ""), ("Year 11", ""),
    ],
)  # fmt: skip
def test_words_for_kinds_of_record(words, kind):
    """The longest words that mean a kind decide."""
    assert Known(WORDS, SYSTEMS).kinds.of(words) == kind
    assert isinstance(Known(WORDS, SYSTEMS).kinds, KindWords)


def test_a_guess_shows_no_pupil(tmp_path):
    """Of columns that may say who somebody is, only how they are written."""
    made = guess(
        tmp_path,
        "Learner details,UPN,Yr,Remark,Tutor,Mob,Home,Geb,Employer",
        "Ada,B801200005001,9,her mum is ill,Mr Key,07700900123,mum@example.invalid,13.4.2012,NHS",
        "Ada,B801200005001,9,she is well,Mr Key,07700900124,dad@example.invalid,14.4.2012,NHS",
    )
    assert [made.samples(column.heading) for column in made.mapping.columns] == [
        ("letters",), ("A999999999999",), ("9",), ("letters",), ("letters",), ("99999999999",),
        ("letters",), ("99.9.9999",), ("NHS",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "heading", "to", "record"),
    [
        (["Pupil Name,Date of 1st interview", "Ada,06/10/25", "Alan,07/10/25", "Grace,absent"],
         "Date of 1st interview", "date", {"kind": "guidance meeting"}),
        (["Student,Intended destination", "Ada,Sixth form college", "Alan,Apprenticeship"],
         "Intended destination", "destination_form",
         {"kind": "destination", "destination_stage": "intended"}),
        (["Student,Mock interviews", "Ada,x", "Alan,"], "Mock interviews", "",
         {"kind": "employer encounter", "employer_form": "mock interview"}),
        (["Student,Autumn employer encounter", "Ada,NHS", "Alan,Northern Rail"],
         "Autumn employer encounter", "employer", {"kind": "employer encounter"}),
        (["Student,Provider encounter (12/11/2025)", "Ada,1", "Alan,0"],
         "Provider encounter (12/11/2025)", "",
         {"kind": "provider encounter", "date": "2025-11-12"}),
        (["Surname,UPN,Placement,Start date", "Turing,,Garage,06/07/2026"],
         "Placement", "employer", {}),
        (["Student,03/10/2025", "Ada,x", "Alan,a"], "03/10/2025", "",
         {"kind": "employer encounter", "date": "2025-10-03"}),
        (["Date,Event,Yr grp", "03/10/2025,Open evening,10 & 11"], "Yr grp", "year_groups", {}),
        (["Student,Event date,Employer", "Ada,10/13/2025,NHS", "Alan,10/06/2025,NHS"],
         "Event date", "date", {}),
        (["Student,Yr,PP?", "Ada,9,Y"], "PP?", "disadvantaged", {}),
        (["Student,Yr,Careers interview", "Ada,9,06/10/25", "Alan,9,refused", "Jo,9,booked"],
         "Careers interview", "date", {"kind": "guidance meeting"}),
        (["Date,What,Which years", "03/10/2025,Careers fair,Y7-Y9", "04/10/2025,College visit,9"],
         "Which years", "year_groups", {}),
        (["Date,Activity,Year,Length (mins)", "03/10/2025,Employer talk,9,30"],
         "Length (mins)", "hours", {}),
        (["Name,Placement,From,To", "Ada,Garage,06/07/2026,17/07/2026"], "To", "until", {}),
        (["UPN,Date,Activity,Hours", 'B801200005001,03/10/2025,Work experience,"27,5"'],
         "Hours", "hours", {}),
    ],
)  # fmt: skip
def test_columns_of_trackers(tmp_path, rows, heading, to, record):
    """What careers leaders keep: days of interviews, destinations, ticks, placements."""
    names = {"Placement": "wex.csv", "To": "wex.csv", "03/10/2025": "employer encounters.csv"}
    column = guess(tmp_path, *rows, name=names.get(heading, "y.csv")).column(heading)
    assert (column.to, dict(column.record)) == (to, record)


def test_words_tell_kinds_whatever_stands_above_them(tmp_path):
    """A log under a heading that nobody knows is no list of pupils."""
    rows = ["B801200005001,10/23/2025,Careers interview", "B801200005001,10/02/2025,College visit"]
    made = guess(tmp_path, "UPN,Date,Interaction", *rows).mapping
    assert (made.kind_in, made.dates) == ("Interaction", "month first")
    assert {*made.kinds.values()} == {"guidance meeting", "provider encounter"}


def test_two_events_in_one_cell_are_asked_about(tmp_path):
    """No kind is taken for both."""
    rows = ["03/10/2025,9,Employer talk; College visit", "03/10/2025,9,Talk by an employer"]
    made = guess(tmp_path, "Date,Year group,Activity", *rows).mapping
    assert {*made.kinds.values()} == {"employer encounter"}


def test_events_of_nobody_are_not_guessed(tmp_path):
    """What would only be refused when it is read is left for a person to say."""
    made = guess(tmp_path, "Date,Room", "03/10/2025,Hall", name="Events.csv")
    assert not made.known


def test_a_line_of_totals_is_no_value_of_a_column(tmp_path):
    """Nobody is asked what a total means."""
    made = guess(tmp_path, "UPN,Yr,PP", "B801200005001,9,PP", "Total,,1")
    assert [*made.cells["PP"].values] == ["PP"]


def test_a_word_among_days_is_asked_about(tmp_path):
    """Left without a meaning, it is no event."""
    file = tmp_path / "list.csv"
    file.write_text(
        "Name,Yr,Interview date\nAda Lovelace,9,16/10/25\nAlan Turing,9,refused\n"
        "Jo Kay,9,17/10/25\n"
    )
    done = run(file, "--ask", answers=["", "", "900001"])
    assert done.exit_code == 0 and 'What does "refused" under "Interview date"' in done.output
    assert len(load_facts(file).records) == 2


def test_a_sheet_of_interviews_has_pupils_without_any(tmp_path):
    """A line without a day is no meeting, nor is "refused"; a remark on somebody is hidden."""
    (tmp_path / "a list.csv").write_text(
        "Forename,Surname,Year group\nAda,Lovelace,9\nAlan,Turing,9\nJo,Kay,9\nGrace,Hopper,9\n"
    )
    (tmp_path / "guidance interviews.csv").write_text(
        "Name,Form,Date,Outcome\nAda Lovelace,9A,16/10/2025,Sixth form\nAlan Turing,9A,refused,\n"
        "Jo Kay,9A,17/10/2025,Ada helped\nGrace Hopper,9A,,\n"
    )
    done = run(tmp_path, "--ask", answers=["", "", "", "900001"])
    assert done.exit_code == 0, done.output
    assert 'What does "refused" under "Date" mean? (- for: not known)' in done.output
    assert "2 rows: no day is given" in done.output
    facts = load_facts(tmp_path)
    assert kinds(facts) == [("guidance meeting", "2025-10-16"), ("guidance meeting", "2025-10-17")]
    assert not facts.warnings
    (tmp_path / "mapping.yaml").unlink()
    (tmp_path / "guidance interviews.csv").write_text(
        "Name,Date\nAda Lovelace,16/10/2025\nAlan Turing,with Ada Lovelace\nJo Kay,17/10/2025\n"
    )
    drafted = tmp_path / "draft.yaml"
    run(tmp_path, "--draft-mapping", drafted)
    assert "to: date}" in drafted.read_text() and "Ada" not in drafted.read_text()


def test_a_record_without_a_day_that_says_more_is_told(tmp_path):
    """Every time, since somebody may have been there."""
    (tmp_path / "a list.csv").write_text("Name,Yr\nAda Lovelace,9\nAlan Turing,9\n")
    (tmp_path / "talks.csv").write_text(
        "Name,Date,Employer\nAda Lovelace,16/10/2025,NHS\nAlan Turing,,NHS\n"
    )
    assert run(tmp_path, "--ask", answers=["", "", "900001"]).exit_code == 0
    facts = load_facts(tmp_path)
    assert len(facts.records) == 1
    assert [one.line for one in facts.warnings if "though more is said" in one.message] == [3]


@pytest.mark.parametrize(
    ("words", "attended"),
    [
        (["Attended", "Refused", "Attended"], [True, False, True]),
        (["completed", "DNA", "Did not attend"], [True, False, False]),
        (["Sixth form", "College", "refused"], [True, True, True]),
        (["y", "y", "n"], [True, True, True]),
    ],
    ids=["refused", "absent", "an outcome", "a tick of something"],
)
def test_a_column_that_says_who_came(tmp_path, words, attended):
    """Whatever it is called; what is no such word, or no more than a tick, may be anything."""
    (tmp_path / "a list.csv").write_text("Name,Yr\nAda Lovelace,9\nAlan Turing,9\nJo Kay,9\n")
    rows = zip(("Ada Lovelace", "Alan Turing", "Jo Kay"), words, strict=True)
    (tmp_path / "guidance interviews.csv").write_text(
        "Name,Date,Result\n" + "".join(f"{name},16/10/2025,{word}\n" for name, word in rows)
    )
    assert run(tmp_path, "--ask", answers=["", "", "900001"]).exit_code == 0
    records = load_facts(tmp_path).records
    assert [one.attributes["attended"] for one in records] == attended


def test_a_tick_among_employers_names_none(tmp_path):
    """Who ticks where others say whom they met took part, and who was absent did not."""
    (tmp_path / "list.csv").write_text(
        "Name,Yr,Employer talk 03/10/2025\nAda Lovelace,9,✓\nAlan Turing,9,NHS\nJo Kay,9,absent\n"
    )
    assert run(tmp_path, "--ask", answers=["", "900001"]).exit_code == 0
    met = [one.attributes.get("employer") for one in load_facts(tmp_path).records]
    assert met == [None, "NHS"]


def test_sheets_that_tell_of_the_same_pupils_list_them_once(tmp_path):
    """A list of pupils, and a sheet of ticks that repeats their year groups."""
    (tmp_path / "a ticks.csv").write_text(
        'Student,Yr,Employer talk 03/10/2025\n"Lovelace, Ada",9,x\n"Turing, Alan",9,\n'
    )
    (tmp_path / "b list.csv").write_text(
        "Forename,Surname,Year group,Born\nAda,Lovelace,9,2012-04-13\nAlan,Turing,9,2012-06-23\n"
    )
    assert run(tmp_path, "--ask", answers=["", "", "900001"]).exit_code == 0
    facts = load_facts(tmp_path, beside=Beside(as_at=date(2026, 1, 31)))
    assert (len(facts.pupils), len(facts.records)) == (2, 1)


# ---------------------------------------------------------------------------- the draft


def look_through(draft):
    """Say what a person says of a draft: that its days are written day first."""
    text = draft.read_text("utf-8")
    asked = "# look: dates: day first, or month first? no day proves it"
    assert text.count(asked) == 1
    draft.write_text(text.replace(asked, "dates: day first"), "utf-8")


def test_a_draft_is_a_mapping_that_reads(tmp_path):
    """It stands by the schema, names nobody, says what to look at, and the file is read by it."""
    folder, file = book(tmp_path / "in"), tmp_path / "draft.yaml"
    done = run(folder, "--draft-mapping", file, "--school", "900001")
    assert done.exit_code == 0, done.output
    assert 'with "look"' in done.output
    text = file.read_text("utf-8")
    assert not [word for word in PERSONAL if word in text]
    assert "# look: " in text and "drop: free text" in text
    with pytest.raises(InvalidFacts, match="may be day first or month first"):
        load_facts(folder, beside=Beside(mapping=file))
    look_through(file)
    load_mapping(file, WORDS)
    facts = load_facts(folder, beside=Beside(mapping=file, as_at=date(2026, 1, 31)))
    assert len(facts.pupils) == 3
    assert [pupil.attributes["disadvantaged"] for pupil in facts.pupils] == [True, False, True]
    assert ("guidance meeting", "2025-12-01") in kinds(facts)
    assert run(folder, "--draft-mapping", file).exit_code == 2  # it is there already


def test_a_column_for_several_kinds_is_for_those_that_are_there(tmp_path):
    """An employer or a provider is whichever the kinds of the sheet have."""
    (tmp_path / "log.csv").write_text(
        "Date,Event,Employer/Provider\n13/10/2025,College visit,LCC\n"
    )
    run(tmp_path, "--draft-mapping", tmp_path / "draft.yaml")
    (sheet,) = load_mapping(tmp_path / "draft.yaml", WORDS).sheets
    column = sheet.by_heading["employer/provider"]
    assert (column.to, column.or_to) == ("providers", ())


def test_a_sheet_that_nobody_knows_is_drafted_as_a_comment(tmp_path):
    """What it holds is for a person to say."""
    (tmp_path / "log.csv").write_text("Date,Event\n03/10/2025,Fun\n")
    run(tmp_path, "--draft-mapping", tmp_path / "draft.yaml")
    assert "  # - holds:" in (tmp_path / "draft.yaml").read_text("utf-8")
    assert load_mapping(tmp_path / "draft.yaml", WORDS).sheets == ()


def test_there_is_nothing_to_draft_of_what_is_known(tmp_path):
    """A system's export needs no mapping of one's own."""
    (tmp_path / "pupils.csv").write_text("id,school,born\nP1,900001,2012-04-13\n")
    done = run(tmp_path, "--draft-mapping", tmp_path / "draft.yaml")
    assert done.exit_code == 0 and "there is no sheet" in done.output
    assert not (tmp_path / "draft.yaml").exists()


# ---------------------------------------------------------------------------- the dialogue


def test_a_dialogue_once_and_a_mapping_for_ever(tmp_path):
    """What cannot be known is asked, and the next month's file is read without a question."""
    folder = book(tmp_path / "in")
    first = run(folder, "--ask", answers=ANSWERS)
    assert first.exit_code == 0, first.output
    assert 'Which kind of record is "Wellbeing day"' in first.output
    assert not [word for word in PERSONAL if word in first.output]
    assert load_plain(folder / "mapping.yaml")["schools"] == [{"urn": "900001"}]
    again = run(folder, "--ask")
    assert again.exit_code == 0 and "nothing to ask" in again.output
    facts = load_facts(folder, beside=Beside(as_at=date(2026, 1, 31)))
    assert kinds(facts) == [
        *[("employer encounter", day) for day in ["2025-10-03"] * 2 + ["2025-10-10"] * 3],
        *[("employer encounter", "2025-10-20")] * 2,
        ("guidance meeting", "2025-10-06"), ("guidance meeting", "2025-11-03"),
        ("guidance meeting", "2025-12-01"),
        *[("provider encounter", "2025-10-17")] * 3,
    ]  # fmt: skip
    assert not facts.warnings
    absent = [one for one in facts.records if one.attributes.get("attended") is False]
    assert [str(one.start) for one in absent] == ["2025-10-03"]
    providers = {one.attributes["providers"] for one in facts.by_kind["provider encounter"]}
    assert providers == {frozenset({"Leeds City College"})}
    next_month = book(folder, pupils=[*PUPILS, ["Clarke", "Joan", date(2010, 6, 24), "Y11"]])
    assert len(load_facts(next_month / "tracker.xlsx").pupils) == 4


def test_a_guess_can_be_put_right(tmp_path):
    """By the number of its column and a word for what it is."""
    file = tmp_path / "tracker.csv"
    file.write_text("Name,Yr,Tutor,Support\nAda Lovelace,9,9B,y\nAlan Turing,9,9B,n\n", "utf-8")
    done = run(file, "--ask", answers=["4", "looked after", "7", "3", "drop", "", "900001"])
    assert done.exit_code == 0, done.output
    assert "there is no column 7" in done.output
    facts = load_facts(file)
    assert [pupil.attributes["looked_after"] for pupil in facts.pupils] == [True, False]


def test_more_sheets_are_put_at_the_end_of_a_mapping(tmp_path):
    """Another unknown file is asked about by itself; what was said stays as it is."""
    folder = book(tmp_path / "in")
    run(folder, "--ask", answers=ANSWERS)
    before = (folder / "mapping.yaml").read_text("utf-8")
    (folder / "fairs.csv").write_text("Careers fair date,Year group,Type\n2025-11-20,11,fair\n")
    (folder / "visits.csv").write_text("When,Years,Employer\n20/11/2025,10 & 11,Northern Rail\n")
    done = run(folder, "--ask", answers=["", ""])
    assert done.exit_code == 0, done.output
    assert (folder / "mapping.yaml").read_text("utf-8").startswith(before.rstrip())
    assert ("employer encounter", "2025-11-20") in kinds(load_facts(folder))


def test_a_file_named_as_a_table_may_have_headings_of_its_own(tmp_path):
    """What it is called is no reason to read it as ours."""
    file = tmp_path / "pupils.csv"
    file.write_text("Name,Yr,Tutor\nAda Lovelace,9,9B\nAlan Turing,9,9B\n", "utf-8")
    assert "import --ask" in run(file).output
    assert run(file, "--ask", answers=["", "900001"]).exit_code == 0
    assert len(load_facts(tmp_path).pupils) == 2


def test_whoever_goes_away_leaves_nothing_behind(tmp_path):
    """The end of the answers is no answer."""
    folder = book(tmp_path / "in")
    assert run(folder, "--ask", answers=["", ""]).exit_code != 0
    assert not (folder / "mapping.yaml").exists()


def test_the_dialogue_on_a_terminal(tmp_path):
    """Asked and answered on a real terminal, line by line."""
    folder = book(tmp_path / "in")
    command = ["-m", "careerspolicy", "import", str(folder), "--ask", "--as-at", "2026-01-31"]
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, *command])  # noqa: S606 - as it says
    said, answers, until = "", [*ANSWERS], time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                said += os.read(terminal, 65536).decode(errors="replace")
            except OSError:
                break
        if answers and said.rstrip(" ").endswith("]:"):
            os.write(terminal, f"{answers.pop(0)}\n".encode())
            said += "\n"
    assert os.waitpid(child, 0)[1] == 0, said
    assert "need no question" in said and (folder / "mapping.yaml").exists()


def test_of_a_system_s_export_only_the_school_is_asked(tmp_path):
    """It is kept, so that every command may read the folder."""
    shutil.copy(EXPORTS / "sims" / "Year 9 report.csv", tmp_path)
    done = run(tmp_path, "--ask", answers=["900001"])
    assert done.exit_code == 0, done.output
    assert {pupil.school for pupil in load_facts(tmp_path).pupils} == {"900001"}


# ---------------------------------------------------------------------------- the page


def blocks(language):
    """The blocks of a language on the page."""
    text = (ROOT / "docs" / "import.md").read_text("utf-8")
    return [piece.split("```")[0] for piece in text.split(f"```{language}\n")[1:]]


@pytest.mark.parametrize("block", blocks("console"))
def test_the_page_does_what_it_says(block, tmp_path, monkeypatch):
    """Every command runs, one after the other, in a folder of downloads."""
    downloaded = datetime(2026, 1, 31, 12).timestamp()  # noqa: DTZ001 - the user's own clock
    os.utime(book(tmp_path / "downloads") / "tracker.xlsx", (downloaded, downloaded))
    monkeypatch.chdir(tmp_path)
    for line in block.splitlines():
        given = line.removeprefix("$ careerspolicy ").split()
        if "--mapping" in given:
            look_through(tmp_path / given[-1])
        done = CliRunner().invoke(main, given, input="\n" * 20)
        if given[0] == "evaluate" and given[1].endswith("xlsx"):
            assert "hold no school" in done.output  # nobody has filled it in
        else:
            assert done.exit_code in (0, 1), done.output
        assert "Lovelace" not in done.output
        if "-o" in given:
            pages = openpyxl.load_workbook(given[-1]).worksheets
            cells = [cell for page in pages for row in page.values for cell in row]
            assert any("Ada Lovelace" in str(cell) for cell in cells)


def test_the_mapping_of_the_page_is_one(tmp_path):
    """It stands by the schema and makes sense."""
    (mapping,) = blocks("yaml")
    (tmp_path / "mapping.yaml").write_text(mapping, "utf-8")
    assert len(load_mapping(tmp_path / "mapping.yaml", WORDS).sheets) == 2


# ---------------------------------------------------------------------------- changes


def test_a_changed_heading_is_told_with_the_line_of_the_mapping(tmp_path):
    """What can be done without is told; what cannot stops the reading."""
    folder = book(tmp_path / "in")
    run(folder, "--ask", answers=ANSWERS)
    lines = (folder / "mapping.yaml").read_text("utf-8").splitlines()

    def line(start):
        return next(n for n, text in enumerate(lines, 1) if text.strip().startswith(start))

    book(folder, headings=["PPI" if name == "PP" else name for name in HEADINGS])
    done = run(folder)
    assert done.exit_code == 0
    told = f'mapping.yaml:{line("PP:")}: the heading "PP" is not in tracker.xlsx any more; new'
    assert f'{told} there: "PPI"' in done.output
    book(folder, headings=["NC Year" if name == "Yr" else name for name in HEADINGS])
    done = run(folder)
    assert done.exit_code == 2
    told = f'mapping.yaml:{line("Yr:")}: the heading "Yr" is not in tracker.xlsx any more; new'
    assert f'{told} there: "NC Year"' in done.output


def test_a_new_heading_is_told(tmp_path):
    """So is one that stood over nothing when the mapping was written."""
    file = tmp_path / "list.csv"
    file.write_text("Name,Yr,Mock interview\nAda Lovelace,9,\nAlan Turing,9,\n", "utf-8")
    assert run(file, "--ask", answers=["", "900001"]).exit_code == 0
    assert "# Mock interview: empty so far" in (tmp_path / "mapping.yaml").read_text("utf-8")
    file.write_text("Name,Yr,Mock interview\nAda Lovelace,9,x\nAlan Turing,9,\n", "utf-8")
    assert 'mapping.yaml does not say what "Mock interview" is' in run(file).output


def test_without_the_heading_that_says_what_rows_are_nothing_is_read(tmp_path):
    """A log of activities whose column of activities has another name stops the reading."""
    folder = tmp_path
    (folder / "log.csv").write_text("Date,Activity,Hours\n2025-10-03,Employer talk,1\n")
    (folder / "mapping.yaml").write_text(
        "format: 1\nmapping: own\nsheets:\n  - holds: {heading: Activity, kinds: {Employer talk: "
        "employer encounter}}\n    columns:\n      Date: {to: date}\n      Hours: {to: hours}\n"
    )
    (folder / "log.csv").write_text("Date,What,Hours\n2025-10-03,Employer talk,1\n")
    done = run(folder)
    assert done.exit_code == 2
    assert 'mapping.yaml:4: the heading "Activity" is not in log.csv any more' in done.output


# ---------------------------------------------------------------------------- registers


TICKS = """\
format: 1
mapping: own
schools: [{urn: "900001"}]
sheets:
  - holds: pupils
    columns:
      Id: {identifies: system id}
      Yr: {to: year_group}
  - dates: day first
    columns:
      Id: {identifies: system id}
      Talk: {record: {kind: employer encounter, date: 2025-10-03}, values: {B: "no"}}
      Review: {record: {kind: annual review, date: 2025-10-04}}
      Meeting: {record: {kind: guidance meeting}, to: date}
      Second meeting: {record: {kind: guidance meeting}, to: date}
"""


def ticked(tmp_path, *rows):
    """The facts of a sheet of ticks beside a list of four pupils."""
    (tmp_path / "mapping.yaml").write_text(TICKS)
    (tmp_path / "roll.csv").write_text("Id,Yr\n1,10\n2,10\n3,11\n4,11\n")
    (tmp_path / "ticks.csv").write_text("\n".join(["Id,Talk,Review,Meeting,Second meeting", *rows]))
    reject = tmp_path.parent / f"{tmp_path.name}.csv"
    return load_facts(tmp_path, beside=Beside(as_at=date(2026, 1, 31)), reject_to=reject)


def test_ticks_and_days_in_columns_are_records(tmp_path):
    """However people tick; who was absent did not attend, where the kind says so."""
    facts = ticked(
        tmp_path, "1,✓,x,06/10/2025,07/11/2025", "2,absent,a,,", "3,B,no,,13/10/2025", "4,,-,,"
    )
    assert kinds(facts) == [
        ("annual review", "2025-10-04"),
        ("employer encounter", "2025-10-03"), ("employer encounter", "2025-10-03"),
        ("guidance meeting", "2025-10-06"), ("guidance meeting", "2025-10-13"),
        ("guidance meeting", "2025-11-07"),
    ]  # fmt: skip
    attended = [one.attributes["attended"] for one in facts.by_kind["employer encounter"]]
    assert attended == [True, False]
    (sheet,) = (sheet for sheet in facts.account if sheet.file.endswith("ticks.csv"))
    assert sheet.rows == 4 and sheet.not_used["no event is marked in it"] == 1


def test_a_mark_that_is_no_tick_is_told(tmp_path):
    """What it means is for the mapping to say; it is neither yes nor no by itself."""
    facts = ticked(tmp_path, "1,booked,,,", "2,1,,,")
    assert kinds(facts) == [("employer encounter", "2025-10-03")]
    assert facts.rejected == 1
    assert '"booked" is neither a tick nor blank' in str(facts.warnings[0])


@pytest.mark.parametrize(
    ("years", "pupils"),
    [("10", 2), ("Year 11", 2), ("10 & 11", 4), ("Y10, Y11", 4), ("10-11", 4), ("KS4", 4),
     ("Years 10 and 11", 4), ("10/11", 4), ("Year 10 to 11", 4)],
)  # fmt: skip
def test_one_row_for_year_groups_is_a_record_for_each_pupil(tmp_path, years, pupils):
    """However the year groups are written."""
    (tmp_path / "mapping.yaml").write_text(
        f"{TICKS}  - holds: {{heading: What, kinds: {{Talk: employer encounter}}}}\n"
        "    dates: day first\n"
        "    columns: {Day: {to: date}, Who for: {to: year_groups}}\n"
    )
    (tmp_path / "roll.csv").write_text("Id,Yr\n1,10\n2,10\n3,11\n4,11\n")
    (tmp_path / "log.csv").write_text(f'Day,What,Who for\n03/10/2025,Talk,"{years}"\n')
    assert len(load_facts(tmp_path, beside=Beside(as_at=date(2026, 1, 31))).records) == pupils


def test_those_named_as_absent_were_not_there(tmp_path):
    """By name or id; a name that is nobody's is told without being said."""
    (tmp_path / "mapping.yaml").write_text(
        'format: 1\nmapping: own\nschools: [{urn: "900001"}]\nsheets:\n  - holds: pupils\n'
        "    columns: {Name: {name: whole}, Yr: {to: year_group}}\n  - holds: employer encounter\n"
        "    columns: {Day: {to: date}, For: {to: year_groups}, Away: {to: absent}}\n"
    )
    (tmp_path / "roll.csv").write_text("Name,Yr\nAda Lovelace,9\nAlan Turing,9\n")
    (tmp_path / "log.csv").write_text("Day,For,Away\n2025-10-13,all,Alan Turing; Jo Nobody\n")
    facts = load_facts(tmp_path, beside=Beside(as_at=date(2026, 1, 31)))
    assert sorted(one.attributes["attended"] for one in facts.records) == [False, True]
    assert "some of those named" in str(facts.warnings[0]) and "Jo" not in str(facts.warnings[0])


# ---------------------------------------------------------------------------- who is who


MARKS = """\
format: 1
mapping: own
schools: [{urn: "900001"}]
sheets:
  - holds: pupils
    columns: {Adno: {identifies: admission number}, UPN: {identifies: upn}, Yr: {to: year_group}}
  - holds: guidance meeting
    columns: {Adno: {identifies: admission number}, Day: {to: date}}
"""


def test_rows_that_turn_out_to_be_one_pupils_are_one_pupils(tmp_path):
    """Lists of three months: by one number, by another, and then by both."""
    (tmp_path / "mapping.yaml").write_text(MARKS)
    beside = Beside(as_at=date(2026, 1, 31), key=tmp_path.parent / "own" / "key")

    def ids(rows):
        (tmp_path / "roll.csv").write_text(f"Adno,UPN,Yr\n{rows}\n")
        return [pupil.id for pupil in load_facts(tmp_path, beside=beside).pupils]

    (by_number,), (by_upn,) = ids("7,,9"), ids(",B801200005001,9")
    assert by_number != by_upn
    (tmp_path / "meetings.csv").write_text("Adno,Day\n7,2025-10-06\n")
    assert ids("7,B801200005001,9") == [by_upn]
    facts = load_facts(tmp_path, beside=beside)
    assert [record.owner for record in facts.records] == [by_upn]


def test_two_pupils_with_one_number_are_told_of(tmp_path):
    """It tells neither any more."""
    (tmp_path / "mapping.yaml").write_text(MARKS)
    (tmp_path / "roll.csv").write_text("Adno,UPN,Yr\n7,B801200005001,9\n7,Q801200005002,9\n")
    facts = load_facts(tmp_path, beside=Beside(as_at=date(2026, 1, 31)))
    assert len(facts.pupils) == 2
    assert "two pupils share one admission number" in " ".join(map(str, facts.warnings))


def test_a_list_of_names_alone_tells_pupils_apart(tmp_path):
    """Within a school a name is better than nothing; namesakes stop the reading."""
    (tmp_path / "mapping.yaml").write_text(
        'format: 1\nmapping: own\nschools: [{urn: "900001"}]\nsheets:\n  - holds: pupils\n'
        "    columns: {Name: {name: whole}, Yr: {to: year_group}}\n"
    )
    beside = Beside(as_at=date(2026, 1, 31))
    (tmp_path / "roll.csv").write_text("Name,Yr\nAda Lovelace,9\nAlan Turing,9\n")
    assert len(load_facts(tmp_path, beside=beside).pupils) == 2
    (tmp_path / "roll.csv").write_text("Name,Yr\nAda Lovelace,9\nAda  LOVELACE,9\n")
    with pytest.raises(InvalidFacts, match="is here twice"):
        load_facts(tmp_path, beside=beside)


def test_an_id_is_of_the_system_that_gave_it(tmp_path):
    """7 in one system is another pupil than 7 in another, unless the mapping says whose it is."""
    beside = Beside(as_at=date(2026, 1, 31))
    (tmp_path / "roll.csv").write_text("Id,Yr\n7,9\n")

    def pupil(mapping, of=""):
        (tmp_path / "mapping.yaml").write_text(
            f'format: 1\nmapping: {mapping}\nschools: [{{urn: "900001"}}]\nsheets:\n'
            f"  - holds: pupils\n    columns: {{Id: {{identifies: system id{of}}}, "
            "Yr: {to: year_group}}\n"
        )
        (only,) = load_facts(tmp_path, beside=beside).pupils
        return only.id

    assert pupil("one") != pupil("other")
    assert pupil("one") == pupil("other", of=", of: one")


# ---------------------------------------------------------------------------- the workbook


def test_a_workbook_to_fill_in_goes_back_in(tmp_path):
    """Written, filled in, and evaluated as it is."""
    file = tmp_path / "school.xlsx"
    done = CliRunner().invoke(
        main, ["import", "--workbook", str(file), "--school", "900001", "--policy", "batley"]
    )
    assert done.exit_code == 0, done.output
    made = openpyxl.load_workbook(file)
    assert made["schools"]["A2"].value == "Example: 900001"
    for name, row in {
        "schools": {"urn": "900001", "name": "Oakfield", "trust": "Tiny", "lowest_year": 7,
                    "highest_year": 11, "as_at": date(2026, 1, 31)},
        "pupils": {"id": "P1", "school": "900001", "year_group": 9},
        "employer encounter": {"pupil": "P1", "date": date(2025, 10, 3), "meaningful": "yes"},
    }.items():  # fmt: skip
        sheet = made[name]
        places = {cell.value: cell.column for cell in sheet[1]}
        for heading, value in row.items():
            sheet.cell(3, places[heading], value)
    made.save(file)
    facts = load_facts(file)
    assert [pupil.id for pupil in facts.pupils] == ["P1"]
    assert kinds(facts) == [("employer encounter", "2025-10-03")]
    assert run_quietly("evaluate", file, "--policy", "batley").exit_code in (0, 1)
    again = CliRunner().invoke(main, ["import", "--workbook", str(file)])
    assert again.exit_code == 2 and "--force" in again.output


def test_something_must_be_named(tmp_path):
    """Without a source there is nothing to import; three ways exclude each other."""
    assert "choose one" in run(tmp_path, "--ask", "--draft-mapping", "x.yaml").output
    assert ".xlsx" in CliRunner().invoke(main, ["import", "--workbook", "x.txt"]).output
    assert "--workbook" in CliRunner().invoke(main, ["import"]).output


def test_a_pupil_is_found_by_either_forename(tmp_path):
    """The one in the register, and the one that they go by."""
    (tmp_path / "class list.csv").write_text(
        "Legal Forename,Preferred Forename,Legal Surname,UPN,DOB,Year,Reg Group\n"
        "Alan,Al,Turing,Q823456789012,23/06/2012,9,9B\n"
    )
    (tmp_path / "mapping.yaml").write_text(
        "format: 1\nmapping: own\nsheets:\n  - holds: guidance meeting\n"
        "    columns: {Pupil: {name: whole}, When: {to: date}}\n"
    )
    (tmp_path / "interviews.csv").write_text(
        'Pupil,When\n"Turing, Alan",2025-10-03\nAl Turing,2025-10-10\n'
    )
    facts = load_facts(tmp_path, beside=Beside(school="900001", as_at=date(2026, 1, 31)))
    assert {record.owner for record in facts.records} == {facts.pupils[0].id}
    assert len(facts.records) == 2


def test_one_row_about_nothing_takes_no_other_along(tmp_path):
    """Rows without ids of their own are rejected one by one, and the rest are written."""
    facts, rejected = tmp_path / "facts", tmp_path / "rejected.csv"
    given = tmp_path / "given"
    given.mkdir()
    (given / "schools.csv").write_text(
        "urn,name,trust,lowest_year,highest_year,as_at\n1,A,T,7,13,2026-01-31\n"
    )
    (given / "pupils.csv").write_text("id,school,year_group\nP1,1,10\n")
    (given / "workplace-experiences.csv").write_text("id,pupil,date\nW1,P1,2025-10-03\n")
    (given / "placement-checks.csv").write_text(
        "pupil,date,about\nP1,2025-09-01,W1\nP1,2025-09-02,W9\nP1,2025-09-03,W1\n"
    )
    assert run(given, "--to", str(facts), "--reject-to", str(rejected)).exit_code == 0
    whole = load_facts(given, reject_to=tmp_path / "rejected too.csv")
    days = [one.start for one in load_facts(facts).by_kind["placement check"]]
    assert days == [date(2025, 9, 1), date(2025, 9, 3)]
    assert days == [one.start for one in whole.by_kind["placement check"]]
    assert rejected.read_text().count("W9") == (tmp_path / "rejected too.csv").read_text().count(
        "W9"
    )
