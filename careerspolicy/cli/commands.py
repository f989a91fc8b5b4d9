"""The group of commands: each loaded when asked for, every failure told without a traceback."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from importlib import import_module
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any, Final

import click

from careerspolicy.errors import CareersPolicyError, UnusableInput
from careerspolicy.suggestions import did_you_mean, nearest
from careerspolicy.writers.cleaning import printable

if TYPE_CHECKING:
    from types import FrameType

UNUSABLE: Final = 2
_INTERRUPTED: Final = 130  # 128 and SIGINT, as shells have it
_SIGNALLED: Final = 128
_PIPE_CLOSED: Final = 141  # 128 and SIGPIPE

#: Each command's module and line in the help; here, so that the help need not load them.
COMMANDS: Final = {
    "validate": ("checking", "Check policy files and say how to mend them."),
    "lint": ("checking", "Find what is amiss in policies that are otherwise sound."),
    "import": ("importing", "Make facts of what a school's systems export."),
    "doctor": ("examining", "Say what looks wrong in facts, and what hangs on it."),
    "evaluate": ("evaluating", "Hold policies against a school's facts."),
    "explain": ("evaluating", "Say why, what is still owed, and by when."),
    "compare": ("comparing", "Hold policies side by side, topic by topic."),
    "merge": ("policy_files", "Make several policies into one, with a proof of what it is."),
    "gaps": ("comparing", "Hold a policy against the law, today's and its own date's."),
    "statement": ("publishing", "Write a policy as a document for people."),
    "provider-access": ("publishing", "Write or check a school's provider access statement."),
    "trace": ("policy_files", "Account for every clause of a policy's source document."),
    "test": ("checking", "Run the cases kept beside a policy, or suggest some."),
    "schema": ("shipped", "Print a JSON Schema."),
    "templates": ("shipped", "List or copy the templates of documents and pages."),
    "policies": ("shipped", "List the shipped policies, and the law."),
    "demo": ("evaluating", "Show the trusts' policies over the example trust."),
}


class Commands(click.Group):
    """Loads a command's module only when the command is used.

    Policies and facts need a YAML parser, JSON Schema, templates and tables: `--help` and a
    mistyped command should not wait for them.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """The command of that name, loaded now; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, summary = COMMANDS[cmd_name]
        loaded = import_module(f"careerspolicy.cli.{module}")
        command: click.Command = getattr(loaded, f"{cmd_name.replace('-', '_')}_command")
        command.short_help = summary
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; a usage error with a hint if there is none."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = did_you_mean(args[0], COMMANDS)
            raise click.UsageError(f'there is no command "{args[0]}"; {hint}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn what stops it into messages and an exit code."""
        try:
            answer = super().invoke(ctx)
            sys.stdout.flush()
        except click.NoSuchOption as error:
            options = error.ctx.command.params if error.ctx else ()
            near = nearest(error.option_name, [name for one in options for name in one.opts])
            hint = f"; did you mean {near}?" if near else ""
            message = f"there is no option {error.option_name}{hint}"
            raise click.UsageError(message, error.ctx) from None
        except UnusableInput as error:
            _stop(ctx, *map(str, error.problems))
        except CareersPolicyError as error:
            _stop(ctx, str(error))
        except BrokenPipeError:
            _forget_stdout()
            ctx.exit(_PIPE_CLOSED)
        except KeyboardInterrupt:
            ctx.exit(_INTERRUPTED)
        except OSError as error:
            _stop(ctx, f"{error.filename or 'the output'}: {error.strerror or error}")
        return answer


def leave_nothing_behind() -> None:
    """Let whoever ends the program, or closes its terminal, have its temporary files removed."""
    ends = (getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP"))
    for end in filter(None, ends):
        if current_thread() is main_thread() and signal.getsignal(end) is signal.SIG_DFL:
            signal.signal(end, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(_SIGNALLED + number)


def say(message: str) -> None:
    """Say something on stderr, whatever it quotes."""
    click.echo(printable(message), err=True)


def _stop(ctx: click.Context, *messages: str) -> None:
    for message in messages:
        say(message)
    ctx.exit(UNUSABLE)


def _forget_stdout() -> None:
    """Let the interpreter's last flush go nowhere: whoever was reading has left."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stdout without a file behind it has nothing to flush
        return


def program() -> str:
    """The command as it can be typed here, whether or not it is on the path."""
    if shutil.which("careerspolicy"):
        return "careerspolicy"
    script = Path(sys.argv[0])
    known = script.stem == "careerspolicy"
    return os.path.relpath(script) if known else "python -m careerspolicy"
