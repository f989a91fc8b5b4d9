"""The README's examples, typed in."""

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_the_readme_says_what_happens(monkeypatch):
    """Every Python example in the README gives what the README shows, from the checkout."""
    monkeypatch.chdir(ROOT)
    failures, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert tried > 5 and not failures


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/**/*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    """Every relative link of the documentation names a file that is there."""
    for target in _links(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def _links(text):
    for piece in text.split("](")[1:]:
        target = piece.split(")")[0].split("#")[0]
        if target and "://" not in target:
            yield target
