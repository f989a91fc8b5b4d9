"""The report without pupils: no id anywhere, no small number, nothing to work one out from."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

import attrs
import openpyxl
import pytest
from cli_running import ASKED, run
from report_making import DAY, example, facts_of_trust, tiny

from careerspolicy import evaluate, load_policy
from careerspolicy.evaluation import Verdict
from careerspolicy.suppression import USUAL_THRESHOLD, protected
from careerspolicy.views.report.aggregate import HIDDEN, aggregate, together
from careerspolicy.views.report.aggregate_view import aggregate_view
from careerspolicy.views.words import VERDICT_WORDS
from careerspolicy.writers.markdown import markdown
from careerspolicy.writers.page import page as page_of
from careerspolicy.writers.workbook import workbook


def aggregate_page(reports, threshold=USUAL_THRESHOLD):
    """The page without pupils."""
    return page_of(aggregate_view(reports, threshold=threshold))


def aggregate_workbook(reports):
    """The workbook without pupils."""
    return workbook(aggregate_view(reports, threshold=USUAL_THRESHOLD))


@pytest.fixture(scope="module")
def odd():
    """The example trust's report in which every pupil's id is one that no other text holds."""
    facts = facts_of_trust()
    ids = {one.id: f"Zq{number}w" for number, one in enumerate(facts.pupils)}
    renamed = attrs.evolve(
        facts,
        pupils=tuple(attrs.evolve(one, id=ids[one.id]) for one in facts.pupils),
        records=tuple(
            attrs.evolve(one, owner=ids.get(one.owner, one.owner)) for one in facts.records
        ),
        waivers=tuple(
            attrs.evolve(one, subject=ids.get(one.subject, one.subject)) for one in facts.waivers
        ),
    )
    return evaluate(load_policy("batley"), renamed, as_of=DAY)


def texts_of(workbook):
    """Everything that stands in a workbook's files."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as folder:
        return "".join(folder.read(name).decode() for name in folder.namelist())


def test_no_pupil_is_in_the_page_or_the_workbook(odd):
    """Not in text, nor in names of places, nor in data, nor in reasons."""
    told = markdown(aggregate_view([odd], threshold=USUAL_THRESHOLD))
    for made in (aggregate_page([odd]), told, texts_of(aggregate_workbook([odd]))):
        assert not [one.id for one in odd.facts.pupils if one.id in made]
        assert "Zq" not in made
        assert "Not counted:" not in made


def counts(report):
    """How many pupils of a place have such a finding under a benchmark, from the findings."""
    year = {
        one.subject.pupil: one.subject.year_group
        for one in report.findings
        if one.subject.kind == "pupil"
    }
    having = {
        (one.obligation.benchmark, one.verdict, one.subject.school, one.subject.pupil)
        for one in report.findings
        if one.subject.pupil
    }
    return Counter(
        (benchmark, verdict, (school, str(year[pupil] or "none")))
        for benchmark, verdict, school, pupil in having
    )


@pytest.mark.parametrize("policy", ["batley", "liberty"])
def test_tables_count_pupils_and_hide_small_numbers(policy):
    """A table is what `suppression` lets through of the true counts, each pupil in one row."""
    told, true = aggregate(example(policy)), counts(example(policy))
    places = [place for place, _, _ in told.places]
    for table in told.tables:
        safe = protected([[true[table.benchmark, v, at] for v in VERDICT_WORDS] for at in places])
        assert [tuple(table.cells[at].values()) for at in places] == [*safe.cells]
        assert tuple(table.totals.values()) == safe.column_totals
    assert any(None in one.values() for table in told.tables for one in table.cells.values())


def test_a_pupil_who_left_is_not_in_a_year_group():
    """A finding about a leaver's record names a year group; the pupil is counted in one row."""
    report = example("liberty")
    last = sorted(report.findings, key=lambda one: one.subject.kind != "pupil")
    other = attrs.evolve(report, findings=tuple(last))
    assert aggregate(other).tables == aggregate(report).tables


@pytest.mark.parametrize("threshold", [1, 5, 10])
def test_no_small_number_is_shown(threshold):
    """No count of pupils from 1 to just under the threshold is on the page; 1 hides nothing."""
    page = aggregate_page([example()], threshold=threshold)
    pupils = page.partition("At a glance</h2>")[2].partition("<h2>What schools")[0]
    shown = re.findall(r'<td class="num">([\d,]+|hidden)</td>', pupils)
    lines = re.findall(r"<li>(?:at least )?([\d,]+) ", pupils)
    numbers = {int(one.replace(",", "")) for one in [*shown, *lines] if one != HIDDEN}
    assert not numbers & {*range(1, threshold)}
    assert (HIDDEN in shown) is (threshold > 1)
    assert (f"Numbers from 1 to {threshold - 1} are hidden" in page) is (threshold > 1)


def test_nothing_hidden_is_left_alone_with_its_total():
    """In a column with a shown total no hidden number stands alone."""
    for table in aggregate(example()).tables:
        for verdict, total in table.totals.items():
            hidden = [one[verdict] for one in table.cells.values()].count(None)
            assert hidden != 1 or total is None


def test_nothing_leans_on_how_large_a_year_group_is():
    """Where only a year group's size hides a number, the totals of its column are hidden too.

    How large a year group is can be known: 20 pupils, 5 of them met, leave 15 others, and the 3 of
    the other year group would be what is left of 18.
    """
    told = aggregate(year_groups({"8": (3, 0), "9": (15, 5)}))
    (table,) = told.tables
    assert table.totals[Verdict.MISSED] is None
    assert [one[Verdict.MISSED] for one in table.cells.values()] == [None, None]
    (table,) = aggregate(year_groups({"8": (93, 7), "9": (15, 5)})).tables
    assert table.totals[Verdict.MISSED] == 108


def year_groups(sizes):
    """A report on one promise that so many pupils of each year group miss, and have met."""
    report = example()
    mould = next(one for one in report.findings if one.subject.kind == "pupil")
    found = []
    for year, amounts in sizes.items():
        for verdict, amount in zip((Verdict.MISSED, Verdict.MET), amounts, strict=True):
            for n in range(amount):
                pupil = f"{year}-{verdict.value}-{n}"
                subject = attrs.evolve(
                    mould.subject, id=pupil, pupil=pupil, year_group=int(year), school="900001"
                )
                found.append(attrs.evolve(mould, subject=subject, verdict=verdict))
    return attrs.evolve(report, findings=tuple(found))


def test_the_glance_adds_up_shown_numbers_alone():
    """A sum that has a hidden part says at least, so it tells nothing that the tables do not."""
    assert together([5, 6]) == "11"
    assert together([5, None, 6]) == "at least 11"
    assert together([None, None]) == HIDDEN
    assert together([]) == "0"


def test_what_schools_owe_themselves_is_told():
    """Findings that are about no pupil are listed, each once."""
    told = aggregate(example()).own
    own = [one for one in example().findings if not one.subject.pupil]
    assert sum(one.amount for one in told) == len(own)
    assert {one.verdict for one in told} <= {*Verdict}


def test_the_workbook_holds_the_same_numbers():
    """Its sheet of pupils has every table's rows, a number or the word for a hidden one."""
    made = openpyxl.load_workbook(io.BytesIO(aggregate_workbook([example()])))
    assert made.sheetnames == ["Pupils", "Schools and trust", "About"]
    rows = [*made["Pupils"].iter_rows(min_row=3, values_only=True)]
    told = aggregate(example())
    assert len(rows) == len(told.tables) * (len(told.places) + 1)
    (first, *_), (table, *_) = rows, told.tables
    tally = table.cells[told.places[0][0]]
    assert first[4:] == tuple(HIDDEN if one is None else one for one in tally.values())


def test_a_report_of_schools_alone_has_no_tables_of_pupils():
    """Filters that leave no finding about a pupil make a page that can be read."""
    left = tuple(one for one in tiny().findings if not one.subject.pupil)
    page = aggregate_page([attrs.evolve(tiny(), findings=left)])
    assert "No promise is about pupils." in page


def test_the_command_takes_the_threshold(tmp_path):
    """--suppress-below decides what is hidden; a page and a workbook are made alike."""
    page = run("evaluate", *ASKED, "--format", "html", "--aggregate", "--suppress-below", "1")
    assert page.exit_code == 1
    assert "No number is hidden." in page.stdout and '<td class="num">hidden' not in page.stdout
    usual = run("evaluate", *ASKED, "--format", "html", "--aggregate").stdout
    assert "Numbers from 1 to 4 are hidden" in usual and '<td class="num">hidden' in usual
    made = tmp_path / "report.xlsx"
    assert run("evaluate", *ASKED, "--aggregate", "-o", made).exit_code == 1
    assert not re.search(r">P[1-5]<", texts_of(made.read_bytes()))
