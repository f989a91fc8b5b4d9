"""The report's page in Chromium: read, filtered and sorted with the keyboard, at every width."""

from __future__ import annotations

import json
from itertools import pairwise

import attrs
import pytest
from browser import DESKTOP, PHONE, eventually, scrolls_sideways, tab_stops, violations
from report_making import example, hostile, tiny

from careerspolicy.suppression import USUAL_THRESHOLD
from careerspolicy.views.report.aggregate import aggregate_view
from careerspolicy.views.report.parts import heat_table
from careerspolicy.views.report.view import report_view
from careerspolicy.views.tree import View
from careerspolicy.writers.page import page as page_of_view

FINDINGS = 17
A4 = 657  # the pixels between its margins


def small_part():
    """Part of the example trust's report: many days and year groups, and few enough to look at."""
    kept = (
        one
        for one in example().findings
        if one.obligation.benchmark in (5, 7, 8) and one.subject.school == "900003"
    )
    return attrs.evolve(example(), findings=tuple(kept))


@pytest.fixture(scope="module")
def pages():
    """The pages that are looked at, made once."""
    return {
        name: page_of_view(view)
        for name, view in {
            "tiny": report_view([tiny()]),
            "two policies": report_view([tiny(), small_part()]),
            "hostile": report_view([hostile()]),
            "little room": report_view([tiny()], room=0),
            "aggregate": aggregate_view([small_part()], threshold=USUAL_THRESHOLD),
        }.items()
    }


@pytest.fixture
def at(tmp_path, page_of, pages):
    """A function that opens one of the pages from a file, at an address within it."""

    def opened(name="tiny", **settings):
        path = tmp_path / "report.html"
        path.write_text(pages[name], encoding="utf-8")
        return page_of(path, **settings)

    return opened


def shown(page):
    """How many findings the rows on show stand for."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".card:not([hidden]) tr[data-n]:not([hidden])")]
            .reduce((sum, row) => sum + Number(row.dataset.n), 0)"""
    )


def choose(page, label, value):
    """Choose from a filter."""
    page.get_by_role("combobox", name=label).select_option(value)


def settled(page, text):
    """Wait until the line that says what is shown holds a text."""
    said = f"document.getElementById('shown').textContent.includes({json.dumps(text)})"
    eventually(page, said)


def open_every_promise(page):
    """Open all that is folded."""
    page.get_by_role("button", name="Open all that is folded").click()


# ---------------------------------------------------------------- everybody can use it


@pytest.mark.parametrize(
    ("name", "width", "dark"),
    [
        *(("tiny", width, dark) for width in (DESKTOP, PHONE) for dark in (False, True)),
        ("two policies", DESKTOP, False),
        ("hostile", PHONE, True),
        ("little room", DESKTOP, True),
        ("aggregate", DESKTOP, True),
        ("aggregate", PHONE, False),
    ],
)
def test_axe_has_nothing_against_it(at, name, width, dark):
    """Folded and open, on a desk and on a phone, by day and by night; nothing runs off the side."""
    page = at(name, width=width, dark=dark)
    assert violations(page) == []
    if name in ("tiny", "hostile"):
        open_every_promise(page)
        assert violations(page) == []
    assert not scrolls_sideways(page)


def test_the_keyboard_reaches_everything_and_shows_where_it_is(at):
    """The skip link first, then the contents, the filters, each promise; every stop is visible."""
    stops = tab_stops(at())
    assert stops[0] == "a Skip to the content"
    for stop in ("select f-year", "input f-words", "button Clear the filters"):
        assert any(one.startswith(stop.split()[0]) for one in stops), stop
    assert sum(one.startswith("summary ") for one in stops) >= 3


def test_targets_are_large_enough(at):
    """Everything to press is at least 24 pixels each way (WCAG 2.2, 2.5.8), links in text aside."""
    page = at(width=PHONE)
    open_every_promise(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, select, input, summary, nav a")]
            .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
            .map(([text, box]) => `${text} ${box.width} ${box.height}`)"""
    )
    assert small == []


def test_headings_go_down_one_by_one(at):
    """Whoever goes by headings finds every part, below one heading for the page."""
    page = at()
    levels = page.evaluate(
        "() => [...document.querySelectorAll('h1,h2,h3,h4')].map((one) => Number(one.tagName[1]))"
    )
    assert levels.count(1) == 1 == levels[0]
    assert all(after - before <= 1 for before, after in pairwise(levels))


# ---------------------------------------------------------------- filters


def test_filters_by_keyboard(at):
    """Tab to a filter, choose by its letter, and the lists, the counts and the line follow."""
    page = at()
    page.get_by_role("combobox", name="State").focus()
    page.keyboard.type("Mis")
    settled(page, "State: Missed.")
    assert shown(page) == 3
    assert page.get_by_role("status").inner_text().startswith("3 of 17 findings shown. ")
    assert page.evaluate("location.hash") == "#state=missed"
    assert page.locator("[data-recounts] tbody tr:visible").count() == 2
    page.get_by_role("button", name="Clear the filters").focus()
    page.keyboard.press("Enter")
    settled(page, "All 17 findings are shown.")
    assert (shown(page), page.evaluate("location.hash")) == (FINDINGS, "")


@pytest.mark.parametrize(
    ("label", "value", "amount"),
    [
        ("Year group", "11", lambda one: one.subject.year_group == 11),
        ("Year group", "school", lambda one: one.subject.kind == "school"),
        ("Benchmark", "5", lambda one: one.obligation.benchmark == 5),
        ("Benchmark", "1", lambda one: one.obligation.benchmark == 1),
        ("State", "upcoming", lambda one: one.verdict.value == "upcoming"),
        ("School", "100002", lambda one: one.subject.school == "100002"),
    ],
)
def test_each_filter_shows_what_it_says(at, label, value, amount):
    """What is on show is what the findings hold."""
    page = at()
    choose(page, label, value)
    settled(page, f"{label}: ")
    expected = sum(map(amount, tiny().findings))
    assert 0 < shown(page) == expected < FINDINGS
    counted = page.evaluate(
        """() => [...document.querySelectorAll("[data-recounts] tr:not([hidden]) [data-of]")]
            .reduce((sum, cell) => sum + Number(cell.textContent), 0)"""
    )
    assert counted == expected


def test_words_find_a_pupil(at):
    """A pupil's id, or words of a promise, narrow the lists as they are typed."""
    page = at()
    page.get_by_label("Words, or a pupil's id").fill("p4")
    settled(page, '"p4"')
    assert 0 < shown(page) < FINDINGS
    assert "shown whole" in page.locator("#shown").inner_text()
    page.get_by_label("Words, or a pupil's id").fill("no such thing <b>")
    settled(page, "0 of 17")
    assert not page.locator("section[aria-labelledby=q-missed]").is_visible()


def test_the_address_keeps_the_filters(at):
    """Whoever is sent the address sees what its sender saw; what it does not know is let be."""
    page = at()
    page.evaluate("location.hash = '#state=missed&year=11&nothing=1&school=nowhere'")
    settled(page, "State: Missed")
    expected = [
        one
        for one in tiny().findings
        if one.verdict.value == "missed" and one.subject.year_group == 11
    ]
    assert shown(page) == len(expected) > 0
    page.evaluate("location.hash = '#%'")
    assert shown(page) == len(expected)


def test_policies_can_be_told_apart(at):
    """With several policies there is a filter for them; with one there is none."""
    page = at("two policies")
    choose(page, "Policy", "tiny")
    settled(page, "17 of ")
    assert shown(page) == FINDINGS
    assert at().get_by_role("combobox", name="Policy").count() == 0


# ---------------------------------------------------------------- opening and sorting


def test_a_link_at_the_top_opens_its_promise(at):
    """What to do leads to who lacks it, though a filter had hidden it."""
    page = at()
    choose(page, "State", "upcoming")
    settled(page, "State: Upcoming")
    page.locator("section[aria-labelledby=to-do] ul a").first.click()
    card = page.locator(".card[open]")
    assert card.count() == 1
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert card.locator("tbody tr").first.is_visible()


def test_tables_sort_by_keyboard(at):
    """A column's button sorts up, then down, and aria-sort says which."""
    page = at()
    heading = page.locator("[data-recounts] thead th").nth(0)
    heading.get_by_role("button").focus()
    names = (
        "() => [...document.querySelectorAll('[data-recounts] tbody th')].map((o) => o.textContent)"
    )
    page.keyboard.press("Enter")
    up = page.evaluate(names)
    assert heading.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Space")
    assert heading.get_attribute("aria-sort") == "descending"
    assert page.evaluate(names) == up[::-1] != up
    page.locator("[data-recounts] thead th").nth(1).get_by_role("button").click()
    assert heading.get_attribute("aria-sort") is None


def test_a_promises_table_sorts_by_day_and_not_by_letters(at):
    """27 March comes before 10 July; year 9 comes before year 10."""
    page = at("two policies")
    open_every_promise(page)
    page.wait_for_selector(".card[open] thead button")
    for column, read in (("Last day", "cell.dataset.k"), ("Year group", "cell.textContent")):
        values = page.evaluate(
            f"""() => {{
                const table = [...document.querySelectorAll("#q-later ~ .card table")]
                    .sort((a, b) => b.tBodies[0].rows.length - a.tBodies[0].rows.length)[0];
                const heading = [...table.tHead.rows[0].cells]
                    .find((one) => one.textContent.includes("{column}"));
                heading.querySelector("button").click();
                return [...table.tBodies[0].rows]
                    .map((row) => row.cells[heading.cellIndex]).map((cell) => {read});
            }}"""
        )
        numbers = [
            value.replace("-", "") if value[:1].isdigit() else value.removeprefix("Year ")
            for value in values
            if value and any(map(str.isdigit, value))
        ]
        assert len(set(numbers)) > 1
        assert [*map(int, numbers)] == sorted(map(int, numbers))


# ---------------------------------------------------------------- without script, and on paper


def test_it_reads_without_javascript(at):
    """Every row can be opened, no control stands there that would do nothing, a note says why."""
    page = at(script=False)
    assert not page.locator("#filters").is_visible()
    assert page.get_by_text("Filters and sorting need JavaScript").is_visible()
    page.locator("summary").first.click()
    assert page.locator(".card[open] tbody tr").first.is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_on_paper_everything_is_open(at, script):
    """The filters are gone and every promise shows its rows, with script or without."""
    page = at(script=script, media="print")
    assert not page.locator("#filters").is_visible()
    boxes = [one.bounding_box() for one in page.locator(".card tbody tr").all()]
    assert len(boxes) > 5
    assert all(box and box["height"] > 0 for box in boxes)


def test_a_heat_map_of_every_year_group_is_whole_on_paper(page_of):
    """Ten columns of counts fit between the margins of A4, and nothing is shrunk to make them."""
    made = page_of_view(View(title="x", wide=True, sections=lambda: (heat_table([example()]),)))
    assert not scrolls_sideways(page_of(made, A4, media="print"))


def test_hostile_text_does_nothing(at):
    """No script of a title or a name runs; the fixture fails on any word in the console."""
    page = at("hostile")
    open_every_promise(page)
    assert page.locator("img").count() == 0
    assert "</script><script>alert(1)</script>" in page.locator("h1").inner_text() or (
        "</script>" in page.locator("header").inner_text()
    )
    page.get_by_label("Words, or a pupil's id").fill("</script>")
    settled(page, "17 of 17")
