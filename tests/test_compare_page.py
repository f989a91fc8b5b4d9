"""The page of a comparison, looked at in Chromium: read, filtered, opened, printed, by keyboard."""

from __future__ import annotations

import attrs
import pytest
from browser import DESKTOP, PHONE, eventually, scrolls_sideways, tab_stops, violations

from careerspolicy.comparison.changing import Outcome, changes
from careerspolicy.comparison.comparing import compare
from careerspolicy.loading import load_policy
from careerspolicy.views.comparison.view import comparison_view
from careerspolicy.writers.page import page as page_of_view

TRUSTS = ("aspirational", "education_partnership", "liberty")


@pytest.fixture(scope="module")
def html():
    """Three trusts on benchmark 7, where one is silent, some differ and some say the same."""
    compared = compare([*map(load_policy, TRUSTS)], benchmark=7)
    return page_of_view(comparison_view(Outcome(comparison=compared)))


def shown(page):
    """The topics that can be seen."""
    topics = page.locator("main section section > h3")
    return [one.get_attribute("id") for one in topics.all() if one.is_visible()]


def settled(page, text):
    """Wait until the line that says what is shown holds a text."""
    eventually(page, f"document.getElementById('shown').textContent.includes('{text}')")


def topic(page, name):
    """The part of a page that is about a topic."""
    return page.locator(f"section[aria-labelledby={name}]")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_nobody_is_kept_out(page_of, html, width, dark):
    """axe-core finds nothing, in light or dark, wide or narrow, with a row open."""
    page = page_of(html, width, dark=dark)
    page.locator("summary").first.click()
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_who_alone_is_silent_is_led_to_what_every_other_promises(page_of, html):
    """The head of the page answers what the others promise that one does not, with a way there."""
    page = page_of(html)
    told = page.locator("section[aria-labelledby=lacking]")
    assert "liberty is silent on" in told.inner_text()
    told.get_by_role("link", name="provider-encounters-total").click()
    assert page.locator("#provider-encounters-total").is_visible()
    assert page.url.endswith("#provider-encounters-total")


def test_versions_of_one_policy_read_on_the_page(page_of):
    """What changed from one version to the next stands on the page, and axe-core finds nothing."""
    old = load_policy("batley")
    compared = compare([old, old], benchmark=8)
    page = page_of(
        page_of_view(comparison_view(Outcome(comparison=compared, changes=changes(old, old))))
    )
    assert "Nothing changed from" in page.locator("section[aria-labelledby=changes]").inner_text()
    assert violations(page) == []


def test_it_reads_without_a_script(page_of, html):
    """Without JavaScript every topic can be read and every row opened; no dead filter is shown."""
    page = page_of(html, script=False)
    assert len(shown(page)) == page.locator("main section section > h3").count() > 10
    assert not page.locator("#filters").is_visible()
    page.locator("summary").first.click()
    assert page.locator(".more dl").first.is_visible()


def test_a_benchmark_a_trust_and_differences_filter(page_of, html):
    """Each filter leaves what it promises, says how much that is, and can be taken back."""
    page = page_of(html)
    every = shown(page)
    page.get_by_label("liberty").uncheck()
    settled(page, " rows shown.")
    assert not page.locator("th[data-column=liberty]").first.is_visible()
    assert not page.locator("td[data-column=liberty]").first.is_visible()
    assert "provider-range-by-18" not in shown(page)  # Liberty alone promises it
    page.get_by_label("Only where they differ").check()
    fewer = shown(page)
    assert "provider-encounters-total" in fewer
    settled(page, " rows shown. Only where they differ.")
    page.get_by_role("button", name="Clear the filters").click()
    settled(page, "All ")
    assert shown(page) == every
    page.get_by_label("Benchmark", exact=True).select_option("7")
    assert shown(page) == every


def test_only_where_they_differ_hides_what_all_say_alike(page_of, html):
    """Two trusts that say the same on a topic leave nothing of it to see."""
    page = page_of(html)
    page.get_by_label("aspirational").uncheck()
    page.get_by_label("Only where they differ").check()
    settled(page, "Only where they differ.")
    for row in page.locator("[data-signs]").all():
        if row.is_visible():
            shapes = row.get_attribute("data-signs").split(" ")[1:]
            assert len(set(shapes)) > 1


def test_differences_are_marked_by_words_and_signs(page_of, html):
    """A difference, a likeness and a silence are told in words, whatever the colours."""
    page = page_of(html)
    total = topic(page, "provider-encounters-total")
    assert "They differ" in total.inner_text()
    assert "Silent on this topic" in total.locator("td[data-column=liberty]").first.inner_text()
    letters = total.locator("td strong").all_inner_texts()
    assert [one.strip() for one in letters[:2]] == ["A", "B"]


def test_a_row_opens_to_parts_source_and_witness(page_of, html):
    """By keyboard alone a row opens to who says what, where it stands, and an example."""
    page = page_of(html)
    total = topic(page, "provider-encounters-total")
    total.locator("summary").first.focus()
    page.keyboard.press("Enter")
    opened = total.locator("details").first.inner_text()
    assert "what, how many" in opened
    assert "section 15, clause 3" in opened
    assert "Asks more: aspirational than education_partnership" in opened
    assert "For example:" in opened
    assert "misses" in opened


def test_the_keyboard_reaches_every_control(page_of, html):
    """Tab goes through the links, the filters and the rows, and shows where it is."""
    stops = tab_stops(page_of(html))
    assert stops[0] == "a Skip to the content"
    assert any(one.startswith("select") for one in stops)
    assert sum(one.startswith("summary") for one in stops) > 10


def test_headings_stay_in_sight(page_of, html):
    """Far down the page the trusts' names still head their columns; at the right, the rows."""
    page = page_of(html)
    page.set_viewport_size({"width": 1000, "height": 500})
    page.evaluate("window.scrollTo(0, 2500)")
    tops = [
        one.evaluate("one => one.getBoundingClientRect().top")
        for one in page.locator("thead th[data-column=liberty]").all()
    ]
    assert 0 in tops


def test_a_phone_names_the_trust_in_each_card(page_of, html):
    """At 320 pixels each cell says whose it is, since no column heads it."""
    page = page_of(html, PHONE)
    cell = page.locator("section[aria-labelledby=provider-encounters-total] td[data-column]").first
    assert cell.inner_text().startswith("aspirational\n")


def test_it_prints_without_filters_and_with_what_is_open(page_of, html):
    """On paper there are no filters, no closed rows, and headings that stay where they are."""
    page = page_of(html, media="print")
    assert not page.locator("#filters").is_visible()
    assert not page.locator("summary").first.is_visible()
    heading = page.locator("thead th").nth(1)
    assert heading.evaluate("one => getComputedStyle(one).position") == "static"


def test_nothing_in_a_policy_becomes_markup(page_of):
    """A title full of tags is shown as text, in a cell and in an open row."""
    policy = load_policy("batley")
    hostile = tuple(
        attrs.evolve(one, title="<script>alert(1)</script> is <b>said</b>")
        for one in policy.obligations
    )
    other = attrs.evolve(policy, id="other", trust="<i>Other</i>", obligations=hostile)
    compared = compare([policy, other], topic="equality")
    page = page_of(page_of_view(comparison_view(Outcome(comparison=compared))))
    assert page.locator("main i, main td b, main td script").count() == 0
    assert "<i>Other</i>" in page.locator("main").inner_text()
