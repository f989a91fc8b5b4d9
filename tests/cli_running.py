"""Running the command line over the tiny policy and facts that stand beside its approved texts."""

import json
from pathlib import Path

from click.testing import CliRunner

from careerspolicy.cli import main

TINY = Path(__file__).parent / "approved" / "cli"
POLICY, FACTS = str(TINY / "policy.yaml"), str(TINY / "facts.yaml")
ASKED = [FACTS, "--policy", POLICY, "--as-of", "2026-01-31"]


def run(*args):
    """The outcome of a command on a terminal of 80 columns."""
    return CliRunner().invoke(main, [*map(str, args)], env={"COLUMNS": "80"})


def data(*args):
    """The JSON that a command writes."""
    return json.loads(run(*args, "--format", "json").stdout)
