"""The build's own step: the example trust is written before a wheel takes it in.

Installing a checkout for editing is a build too, and leaves the example in the checkout.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ExampleTrust(BuildHookInterface[Any]):
    """Writes `examples/trust`, which pyproject.toml puts into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Write it anew."""
        script = Path(self.root) / "examples" / "make_trust.py"
        subprocess.run([sys.executable, script], check=True)  # noqa: S603 - a script of our own
