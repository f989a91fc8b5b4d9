"""The wheel holds all that it needs: built, installed elsewhere, used there."""

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]


def lend_dependencies(home):
    """Let the new environment import this one's packages, so that the test needs no network.

    A path line lends modules only: this environment's own link to the checkout isn't followed.
    """
    (site,) = (home / "lib").glob("python*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")


def test_the_wheel_evaluates_outside_the_checkout(tmp_path):
    """Installed in a new environment, the wheel evaluates the shipped example by itself."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "elsewhere"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel]
    subprocess.run(install, check=True, capture_output=True)
    lend_dependencies(home)
    script = """
import json, careerspolicy
from careerspolicy.loading import example_facts
facts = careerspolicy.load_facts(example_facts())
day = max(school.as_at for school in facts.schools)
print(json.dumps({
    "home": careerspolicy.__file__,
    "findings": {
        name: len(
            careerspolicy.evaluate(careerspolicy.load_policy(name), facts, as_of=day).findings
        )
        for name in careerspolicy.shipped_policies()
    },
}))
"""
    done = subprocess.run(
        [python, "-c", script], check=True, capture_output=True, text=True, cwd=tmp_path
    )
    told = json.loads(done.stdout)
    assert Path(told["home"]).is_relative_to(home)
    assert len(told["findings"]) == 6 and all(told["findings"].values())
    shown = subprocess.run(
        [home / "bin" / "careerspolicy", "demo"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert "next" in shown.stdout
    schema = subprocess.run(
        [home / "bin" / "careerspolicy", "schema", "policy"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
    )
    assert json.loads(schema.stdout)["$defs"]
