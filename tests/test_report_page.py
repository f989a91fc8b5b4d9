"""What the report's page says: every finding once, the pressing first, text as text."""

from __future__ import annotations

import html
import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser

import attrs
import pytest
from cli_running import ASKED, FACTS, run
from report_making import DAY, HOSTILE, example, hostile, tiny

from careerspolicy.calendar.school_calendar import SchoolCalendar, Term, Window
from careerspolicy.english.findings import why_with_near_misses
from careerspolicy.english.sentences import sentence
from careerspolicy.errors import BrokenTemplate
from careerspolicy.evaluation import Verdict
from careerspolicy.model.facts import School
from careerspolicy.views.report.counts import (
    OWED,
    heat,
    share_met,
    tallied,
    totals,
)
from careerspolicy.views.report.groups import Question, grouped, half_term
from careerspolicy.views.report.view import report_view
from careerspolicy.vocabulary import shared_vocabulary
from careerspolicy.writers.page import page as page_of


def report_page(reports, *, room=None, templates=None):
    """The page of some reports."""
    settings = {} if room is None else {"room": room}
    return page_of(report_view(reports, **settings), templates=templates)


class Rows(HTMLParser):
    """The rows of findings on a page: their state, school, year group and how many."""

    def __init__(self, page):
        super().__init__()
        self.found = Counter()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Count a row that stands for findings."""
        said = dict(attrs)
        if tag == "tr" and "data-n" in said:
            key = said["data-state"], said["data-school"], said["data-year"]
            self.found[key] += int(said["data-n"])


def expected(report):
    """The same counts, from the findings themselves."""
    found = Counter()
    for one in report.findings:
        year = one.subject.year_group or ("none" if one.subject.pupil else "school")
        found[one.verdict.value, one.subject.school or "trust", str(year)] += 1
    return found


# ---------------------------------------------------------------- nothing is lost


def test_every_finding_is_in_one_row():
    """The rows of the page add up to the findings, by state, school and year group."""
    assert Rows(report_page([example()])).found == expected(example())


@pytest.mark.parametrize("room", [0, 1, 5_000, 200_000])
def test_what_has_no_room_is_counted_and_said(room):
    """However little room there is for names, no count changes, and the page says what it lacks."""
    page = report_page([example()], room=room)
    assert Rows(page).found == expected(example())
    groups = grouped([example()], room=room)
    asked = [group for question in [*Question][:-1] for group in groups[question]]
    counted = sum(row.amount for group in asked for row in group.rows if not row.whom)
    assert counted > 0
    assert f"{counted:,} findings below are counted without names" in page
    assert "--format xlsx" in page


def test_the_page_does_not_grow_with_the_pupils_beyond_its_room():
    """Names and reasons are what grows; with none of them the page is small."""
    assert len(report_page([example()], room=0)) < len(report_page([example()])) * 0.7


def test_nothing_is_said_of_a_limit_that_was_not_reached():
    """The example trust fits, so its page tells of no limit."""
    assert "counted without names" not in report_page([example()])


def test_pupils_with_the_same_miss_are_one_row():
    """Three hundred pupils with the same miss can be read: promise, count, then who they are."""
    (group,) = [
        one
        for one in grouped([example()])[Question.MISSED]
        if one.obligation.id == "destination-data"
    ]
    assert len(group.findings) == 239
    assert len(group.rows) < 30
    assert sum(len(row.whom) for row in group.rows) == 239


def test_every_reason_that_calls_for_something_is_told():
    """A missed, due or unknown finding has its sentence on the page."""
    page = report_page([tiny()])
    for one in tiny().findings:
        if one.verdict in (Verdict.MISSED, Verdict.DUE, Verdict.UNKNOWN):
            assert why_with_near_misses(one).replace("'", "&#39;") in page


def test_nothing_is_folded_into_met():
    """A share counts met, missed, due and not known; the others stand beside it."""
    report, amount = example(), len(example().findings)
    cells = heat(report)
    assert sum(sum(tally.values()) for tally in cells.values()) == amount
    for tally in cells.values():
        owed = sum(tally[one] for one in OWED)
        assert share_met(tally).percent == (100 * tally[Verdict.MET] // owed if owed else None)
    rows = dict(totals(report, by="School"))
    assert sum(rows["In all"].values()) == amount
    for counted in (totals(report, by="School")[:-1], totals(report, by="Benchmark")):
        assert sum(sum(tally.values()) for _, tally in counted) == amount
    promises = tallied(report.findings, lambda one: one.obligation.id)
    assert sum(sum(tally.values()) for tally in promises.values()) == amount


@pytest.mark.parametrize("beyond", [Verdict.UPCOMING, Verdict.WAIVED, Verdict.NOT_APPLICABLE])
def test_a_share_is_of_what_is_owed_by_now(beyond):
    """Missed, due and not known weigh against met; what is not owed weighs nothing."""
    owed = Counter({Verdict.MET: 1, Verdict.MISSED: 1, Verdict.DUE: 1, Verdict.UNKNOWN: 1})
    assert share_met(owed).percent == 25
    assert share_met(owed + Counter({beyond: 96})).percent == 25
    assert share_met(Counter({beyond: 1})).percent is None


def test_several_policies_share_a_page():
    """Each promise says whose it is, and no two places share a name."""
    page = report_page([example(), tiny()])
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))
    assert "Hillside Trust (tiny)" in page and "(batley)" in page


def test_a_report_without_findings_says_so():
    """Filters are only blamed for what they left out."""
    page = report_page([attrs.evolve(tiny(), findings=())])
    assert "Nothing to show: nothing is promised, on 31 January 2026, to anybody" in page
    assert "filter" not in page.partition("Nothing to show")[2].partition("</p>")[0]


# ---------------------------------------------------------------- this half term


def school(*terms):
    """A school of those terms."""
    calendar = SchoolCalendar(terms=terms)
    return School(
        urn="1", name="Oak", trust="T", lowest_year=7, highest_year=11, as_at=DAY, calendar=calendar
    )


SPRING = Term(
    "spring",
    Window(date(2026, 1, 5), date(2026, 3, 27)),
    (
        Window(date(2026, 1, 5), date(2026, 2, 13)),
        Window(date(2026, 2, 23), date(2026, 3, 27)),
    ),
)


@pytest.mark.parametrize(
    ("day", "last", "begun"),
    [
        (date(2026, 1, 5), date(2026, 2, 13), True),
        (date(2026, 2, 13), date(2026, 2, 13), True),
        (date(2026, 2, 14), date(2026, 3, 27), False),
        (date(2026, 2, 23), date(2026, 3, 27), True),
        (date(2025, 12, 28), date(2026, 2, 13), False),
    ],
)
def test_the_half_term_is_the_schools_own(day, last, begun):
    """The one that holds the day, both ends in it; in a holiday the next."""
    found = half_term(school(SPRING), day)
    assert (found.last, found.own) == (last, True)
    assert found.told(day).startswith("This half term" if begun else "It is the holidays")
    assert found.told(day).endswith("(in the spring term).")


@pytest.mark.parametrize(
    ("terms", "day", "last"),
    [
        ((), date(2026, 1, 31), date(2026, 2, 15)),
        ((), date(2026, 8, 31), date(2026, 8, 31)),
        ((SPRING,), date(2026, 4, 20), date(2026, 5, 31)),
        ((SPRING,), date(2025, 9, 20), date(2025, 10, 31)),
    ],
)
def test_usual_terms_stand_in_for_dates_that_are_missing(terms, day, last):
    """Where the school's own dates are missing, or too far off, the page says so."""
    found = half_term(school(*terms), day)
    assert (found.last, found.own) == (last, False)
    assert "no term dates" in found.told(day)


def test_a_term_without_a_break_is_taken_whole():
    """A school that gives only its terms has no half terms; the page says that too."""
    whole = Term("spring", SPRING.window, (SPRING.window,))
    found = half_term(school(whole), DAY)
    assert found.last == date(2026, 3, 27)
    assert "whole term" in found.told(DAY)


@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2026, 2, 20), date(2026, 3, 27)])
def test_due_this_half_term_goes_by_the_last_day(day):
    """What is due by the half term's end is due now; the rest is due later."""
    report = example("batley", day)
    groups = grouped([report])
    last = half_term(report.facts.schools[0], day).last
    soon = [row.alike.day for group in groups[Question.SOON] for row in group.rows]
    later = [row.alike.day for group in groups[Question.LATER] for row in group.rows]
    assert all(one <= last for one in soon)
    assert all(one is None or one > last for one in later)
    assert len(soon) > 0 or day == date(2026, 1, 31)


def test_the_top_says_what_to_do():
    """With nothing due this half term, the page tells what comes next, and what can be mended."""
    top = report_page([example()]).partition('id="glance"')[0]
    assert "This half term runs from 5 January 2026 to 15 February 2026" in top
    assert "due by 15 February 2026</h3>\n<p>Nothing falls due by then. What comes next:" in top
    assert "3 schools, by 27 March 2026" in top
    assert "239 pupils" in top.partition("Put right")[2]


def test_each_promise_says_in_full_what_it_asks():
    """Under its short title every promise has its sentence, as the policy's own document has it."""
    report = example()
    page = html.unescape(report_page([report]))
    groups = [one for found in grouped([report]).values() for one in found]
    assert groups
    for group in groups:
        card = page.partition(f'id="{group.anchor}"')[2].partition("</details>")[0]
        assert f"<p>{sentence(group.obligation, report.policy)}</p>" in card


# ---------------------------------------------------------------- text stays text


def test_hostile_text_stays_text():
    """No title, school, pupil or hedge becomes markup, script or template."""
    page = report_page([hostile()])
    assert page.count("<script>") == 1 == page.count("</script>")
    assert "<img" not in page and "\u202e" not in page and ">49<" not in page
    assert "&lt;/script&gt;" in page and "{{ 7*7 }}" in page
    assert HOSTILE[:9] not in page.partition("<script>")[0]


def test_only_the_pages_own_script_may_run():
    """The security policy names the script by its digest; the page has no handlers within tags."""
    page = report_page([tiny()])
    assert re.search(r"script-src &#39;sha256-[A-Za-z0-9+/]{43}=&#39;;", page)
    assert not re.search(r"<[^>]+ on[a-z]+=", page.partition("<script>")[0])
    assert not re.search(r"<[^>]+ style=", page)


def test_the_same_report_makes_the_same_page():
    """Two runs over the same input and day give the same bytes."""
    assert report_page([tiny()]) == report_page([tiny.__wrapped__()])


def test_a_users_template_goes_before_the_shipped_one(tmp_path):
    """A folder may replace a part; what is wrong in it is told by file and line."""
    own = tmp_path / "page.html.j2"
    own.write_text("{{ data.policy }}: {{ view.title }}", encoding="utf-8")
    made = report_page([tiny()], templates=tmp_path)
    assert made == "tiny: Careers report for Hillside Trust, 31 January 2026"
    own.write_text("one\n{{ veiw }}", encoding="utf-8")
    with pytest.raises(BrokenTemplate, match=r"page\.html\.j2:2: .*veiw.*did you mean \"view\""):
        report_page([tiny()], templates=tmp_path)


# ---------------------------------------------------------------- the command


def test_the_page_goes_into_a_file_or_to_stdout(tmp_path):
    """A suffix says the format; the exit code is that of every report; nothing is overwritten."""
    path = tmp_path / "report.html"
    made = run("evaluate", *ASKED, "-o", path)
    assert (made.exit_code, made.stdout) == (1, "")
    page = run("evaluate", *ASKED, "--format", "html")
    assert (page.exit_code, page.stdout) == (1, path.read_text(encoding="utf-8"))
    refused = run("evaluate", *ASKED, "-o", path)
    assert refused.exit_code == 2 and "--force replaces it" in refused.stderr
    assert run("evaluate", *ASKED, "-o", path, "--force", "--verdict", "met").exit_code == 0
    assert "All 5 findings are shown." in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("suffix", "start"), [("json", '{\n  "format": 1'), ("csv", "title,")])
def test_data_may_go_into_a_file_too(tmp_path, suffix, start):
    """What goes to stdout goes into a file in the same bytes."""
    path = tmp_path / f"report.{suffix}"
    assert run("evaluate", *ASKED, "-o", path).exit_code == 1
    told = path.read_bytes()
    assert told.decode().startswith(start)
    assert told == run("evaluate", *ASKED, "--format", suffix).stdout_bytes


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--format", "xlsx"], "name it with -o"),
        (["-o", "report.ods"], 'makes no ".ods" files'),
        (["--aggregate"], "--aggregate is written as md, html, docx, pdf, xlsx, not text"),
        (["--aggregate", "--format", "csv"], "not csv"),
        (["--format", "html", "--suppress-below", "3"], "--suppress-below goes with --aggregate"),
        (["--format", "html", "--aggregate", "--suppress-below", "0"], "0 is not in the range"),
    ],
)
def test_what_cannot_be_made_is_refused(args, said):
    """A misuse exits with 2 and says what to do, before anything is read."""
    told = run("evaluate", *ASKED, *args)
    assert (told.exit_code, told.stdout) == (2, "")
    assert said in told.stderr


@pytest.mark.parametrize("command", [("compare", "batley", "impact"), ("gaps", "batley")])
@pytest.mark.parametrize("shape", ["text", "json"])
def test_templates_that_nothing_would_read_are_refused(command, shape, tmp_path):
    """Every command that makes documents refuses them alike, before it begins."""
    (tmp_path / "page.html.j2").write_text("", encoding="utf-8")
    refused = run(*command, "--format", shape, "--templates", tmp_path)
    assert refused.exit_code == 2 and "--templates goes with --format md or html" in refused.stderr


def test_templates_are_for_pages(tmp_path):
    """A folder of templates beside a format that has none is a misuse; beside a page it is used."""
    (tmp_path / "page.html.j2").write_text("{{ data.policy }}", encoding="utf-8")
    refused = run("evaluate", *ASKED, "--format", "csv", "--templates", tmp_path)
    assert refused.exit_code == 2 and "--templates goes with --format md or html" in refused.stderr
    used = run("evaluate", *ASKED, "--format", "html", "--templates", tmp_path)
    assert used.stdout == "tiny"


def test_a_missing_folder_is_told_plainly(tmp_path):
    """A path that leads nowhere is an answer, not a traceback."""
    told = run("evaluate", FACTS, *ASKED[1:], "-o", tmp_path / "none" / "report.html")
    assert told.exit_code == 2
    assert "No such file or directory" in told.stderr


def test_what_several_promises_ask_is_to_be_found_out_once(tmp_path):
    """Batley asks in two ways whether a pupil is disabled; who records it need read it once."""
    facts = tmp_path / "facts.yaml"
    facts.write_text(
        "format: 1\nas_at: 2026-01-31\npupils: [{id: P1, school: 1, year_group: 11}]\n"
        "schools: [{urn: 1, name: A, trust: T, lowest_year: 7, highest_year: 11}]\nrecords:\n"
        + "".join(f"  {kind}: []\n" for kind in shared_vocabulary().record_kinds)
    )
    told = run("evaluate", facts, "--policy", "batley", "--year", "11").stdout
    assert told.count("whether the pupil is disabled: would settle 2 findings on 2 promises") == 1
