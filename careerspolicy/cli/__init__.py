"""The command line: thin commands, those of one purpose in a module; last in the flow.

Data goes to stdout, everything else to stderr. Exit codes: 0 done and nothing wrong, 1 the policy
or the facts fall short of what the command checks, 2 it could not be used as asked.
"""

import click

from careerspolicy.cli.commands import Commands, leave_nothing_behind

__all__ = ["main"]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="careerspolicy")
def main() -> None:
    """Careers policies as data: checked, held against a school's facts, explained.

    Begin with "careerspolicy demo", which shows the example trust.
    """
    leave_nothing_behind()
