"""The README's examples, typed in."""

import doctest
from pathlib import Path
from textwrap import indent

import pytest

from careerspolicy import load_policy

ROOT = Path(__file__).parents[1]


def test_the_readme_says_what_happens(monkeypatch):
    """Every Python example in the README gives what the README shows, from the checkout."""
    monkeypatch.chdir(ROOT)
    failures, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert tried > 5 and not failures


def test_the_readmes_promise_is_the_policys():
    """The promise that the README shows stands in Batley's policy, word for word."""
    policy = (ROOT / "policies" / "batley.yaml").read_text(encoding="utf-8")
    assert indent(_example(ROOT / "README.md"), "  ") in policy


def test_the_first_policy_of_the_guide_is_sound(tmp_path):
    """The smallest policy, with which the guide to encoding begins, loads as it stands."""
    mine = tmp_path / "hillside.yaml"
    mine.write_text(_example(ROOT / "docs" / "encoding.md"), encoding="utf-8")
    assert [one.id for one in load_policy(mine).obligations] == ["guidance-by-16"]


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/**/*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    """Every relative link of the documentation names a file that is there."""
    for target in _links(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def _example(page):
    return page.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]


def _links(text):
    for piece in text.split("](")[1:]:
        target = piece.split(")")[0].split("#")[0]
        if target and "://" not in target:
            yield target
