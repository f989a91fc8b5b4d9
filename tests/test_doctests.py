"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "careerspolicy"


def modules_with_examples() -> list[str]:
    """The modules of the package whose docstrings hold an example."""
    paths = (path for path in sorted(PACKAGE.rglob("*.py")) if ">>> " in path.read_text("utf-8"))
    names = (".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in paths)
    return [name.removesuffix(".__init__") for name in names]


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_of_a_module_are_true(name):
    """What a docstring shows is what comes out."""
    failures, tried = doctest.testmod(importlib.import_module(name))
    assert tried > 0 and failures == 0


def test_there_are_examples():
    """Were none found, nothing would be tested."""
    assert "careerspolicy.calendar.school_calendar" in modules_with_examples()
