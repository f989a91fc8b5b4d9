"""Documents and the trace in a browser: whoever reads them, on whatever, however they steer."""

import pytest
from browser import DESKTOP, PHONE, eventually, scrolls_sideways, tab_stops, violations
from cli_running import POLICY, run
from test_documents import HOSTILE, LONG_ONE, MARKDOWN, made

from careerspolicy.writers.markdown_text import escaped

WIDE = (
    "Table: A wide one\n\n| "
    + " | ".join(f"heading{n}" for n in range(7))
    + " |\n|"
    + " --- |" * 7
    + "\n|"
    + f" {escaped(HOSTILE)} |" * 7
    + "\n"
)
PAGES = {
    "document": MARKDOWN,
    "long": LONG_ONE,
    "wide": f"# {escaped(HOSTILE)}\n\n## {escaped(HOSTILE)}\n\n{WIDE}",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The HTML of each page, by name."""
    folder = tmp_path_factory.mktemp("pages")
    made_pages = {name: made("html", text).decode() for name, text in PAGES.items()}
    for name in ("tiny", "hostile"):
        source = folder / f"{name}.txt"
        text = HOSTILE if name == "hostile" else "The school will review this policy each year."
        source.write_text(f"1 Careers\n\n{text}\n\n{text}\n", "utf-8")
        trace = folder / f"{name}.html"
        done = run("trace", POLICY, "--source", source, "-o", trace)
        assert done.exit_code == 0, done.stderr
        made_pages[f"trace of {name}"] = trace.read_text("utf-8")
    return made_pages


NAMES = [*PAGES, "trace of tiny", "trace of hostile"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_shut_out(pages, page_of, name, width, dark):
    """axe-core finds nothing, and nothing must be read by scrolling sideways."""
    page = page_of(pages[name], width, dark=dark)
    assert violations(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("name", NAMES)
def test_paper_holds_the_page(pages, page_of, name):
    """In print nothing is cut off at the side, and what is only for screens is gone."""
    page = page_of(pages[name], 700, media="print")
    assert not scrolls_sideways(page)
    assert not page.locator(".skip").is_visible()


def test_the_keyboard_reaches_everything_in_order(pages, page_of):
    """First past the header, then table and links; each shows that it has the focus."""
    stops = tab_stops(page_of(pages["document"]))
    assert stops == [
        "a Skip to the content",
        "div What each year group does",
        "a the page",
        "a write",
    ]


def test_the_skip_link_leads_to_the_content(pages, page_of):
    """Enter on the first link moves the focus into the main part."""
    page = page_of(pages["long"])
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_wide_table_scrolls_by_keyboard_within_itself(pages, page_of):
    """The page stands still while the arrow keys move the table."""
    page = page_of(pages["wide"], PHONE)
    region = page.get_by_role("group", name="A wide one")
    region.focus()
    page.keyboard.press("ArrowRight")
    eventually(page, "document.querySelector('.table').scrollLeft > 0")
    assert not scrolls_sideways(page)


def test_contents_lead_to_their_sections(pages, page_of):
    """Each link of the list has its heading."""
    page = page_of(pages["long"])
    links = page.get_by_role("navigation", name="Contents").get_by_role("link")
    for href in [one.get_attribute("href") for one in links.all()]:
        assert page.locator(f"[id='{href[1:]}']").count() == 1


def test_a_hostile_field_runs_nothing(pages, page_of):
    """It is there to be read, and nothing of it became an element or a link."""
    page = page_of(pages["document"])
    assert page.locator("main script, main img, main a[href^=javascript]").count() == 0
    assert "<script>alert(1)</script> {{ title }} **x** |" in page.locator("main").inner_text()


def test_the_page_forbids_scripts_even_if_one_got_in(pages, browser):
    """The page's own policy stops a script that a user's template let through."""
    page = browser.new_page()
    page.set_content(pages["document"].replace("</main>", "<script>window.ran = 1</script></main>"))
    assert page.evaluate("window.ran === undefined")
    page.close()


def test_the_checks_can_fail(page_of):
    """A page that is wrong in each way is found wrong in each."""
    bad = (
        "<html><style>:focus { outline: none }</style>"
        '<body><p style="width: 99rem; color: #ccc">light grey</p><a href="#">a link</a></body>'
    )
    page = page_of(bad)
    assert {"color-contrast", "html-has-lang", "document-title"} <= {
        one.partition(":")[0] for one in violations(page)
    }
    assert scrolls_sideways(page)
    with pytest.raises(AssertionError, match="shows no focus"):
        tab_stops(page)
