"""What holds for every test: laws see the same examples every time, however busy the computer.

The example trust is written before the first test, unless it is there and newer than its scripts.
The fixtures of `browser` come to every test that asks for them.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from budget import ATTACK, HARDER
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from careerspolicy import extras
from careerspolicy.errors import MissingExtra

settings.register_profile("same every time", deadline=None, derandomize=True, database=None)
settings.register_profile(ATTACK, deadline=None, database=None, max_examples=100 * HARDER)
settings.load_profile(os.environ.get("CAREERSPOLICY_PROFILE", "same every time"))
if settings.get_current_profile_name() != ATTACK:
    # Else what is drawn hangs on the constants of whatever modules other tests have loaded.
    own_constants = providers._local_constants  # noqa: SLF001 - there is no public switch
    providers._get_local_constants = lambda: own_constants  # noqa: SLF001

pytest_plugins = ["browser"]

EXAMPLES = Path(__file__).parents[1] / "examples"


def pytest_configure(config):
    """Write the example trust, once for all workers, before any test looks for it."""
    schools, scripts = EXAMPLES / "trust" / "schools.csv", EXAMPLES.glob("*.py")
    changed = max(script.stat().st_mtime for script in scripts)
    stale = not schools.exists() or schools.stat().st_mtime < changed
    if stale and not hasattr(config, "workerinput"):
        subprocess.run([sys.executable, EXAMPLES / "make_trust.py"], check=True)


@pytest.fixture(autouse=True)
def own_key(tmp_path_factory, monkeypatch):
    """No test ever touches the user's own key to pupils' ids."""
    monkeypatch.setenv("CAREERSPOLICY_KEY", str(tmp_path_factory.mktemp("key") / "key"))


@pytest.fixture(scope="session")
def pdf_library():
    """What makes PDFs; a test that needs it skips where the system's library under it is absent."""
    try:
        return extras.load("weasyprint")
    except MissingExtra as error:
        pytest.skip(str(error))


@pytest.fixture
def no_solver(monkeypatch):
    """As if z3 were not installed, and nothing had been asked of it before."""
    monkeypatch.setitem(sys.modules, "z3", None)
    for module in ("question", "logic"):
        monkeypatch.delitem(sys.modules, f"careerspolicy.solver.{module}", raising=False)
