"""Pages in the system's Chromium, and what axe-core has against them.

The fixtures `page_of` and `browser` come from here to every test; where there is no Chromium, the
tests that ask for them skip and say so.
"""

import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
DESKTOP, PHONE = 1280, 320


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests of a worker."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("Chromium is not installed, so no page was looked at")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to load for other tests

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page_of(browser):
    """A function that opens a page (HTML, or a file's path): see `opened`."""
    contexts = []

    def opened(html_or_path, width=DESKTOP, *, dark=False, script=True, media="screen"):
        """The page in a window of that width; whatever it asks of the network fails the test."""
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            offline=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda one: page.asked.append(one.url))
        page.on("console", lambda one: page.complaints.append(one.text))
        page.on("pageerror", lambda one: page.complaints.append(str(one)))
        page.emulate_media(media=media, color_scheme="dark" if dark else "light")
        if isinstance(html_or_path, Path):
            page.goto(html_or_path.as_uri())
        else:
            page.set_content(html_or_path)
        return page

    yield opened
    complaints = [one for context in contexts for page in context.pages for one in page.complaints]
    fetched = [
        url
        for context in contexts
        for page in context.pages
        for url in page.asked
        if url.startswith(("http:", "https:", "ws:", "ftp:"))
    ]
    for context in contexts:
        context.close()
    assert complaints == [] and fetched == []


def violations(page):
    """What axe-core finds wrong, a line each: the rule and the elements."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - as above

    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes'][:5]]}"
        for one in found
    ]


def scrolls_sideways(page):
    """Whether the page as a whole is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


def eventually(page, expression, tries=100):
    """Wait until an expression of the page is true, five seconds at most.

    Asked from outside, again and again: the pages' own policy forbids what Playwright would wait
    with inside them.
    """
    for _ in range(tries):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came true: {expression}")


def tab_stops(page, most=200):
    """What the Tab key reaches, in order: each element's tag and its text or label.

    Fails if an element that has the focus shows no outline.
    """
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => {
                const one = document.activeElement;
                if (!one || one === document.body) return null;
                const style = getComputedStyle(one);
                const name = one.getAttribute("aria-label") || one.textContent || one.id;
                const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
                return [one.tagName.toLowerCase() + " " + name.trim().slice(0, 60), shown];
            }"""
        )
        if told is None or (stops and told[0] == stops[0]):
            return stops
        stops.append(told[0])
        assert told[1], f"{told[0]} shows no focus"
    return stops
