"""The command line as a process of its own: encodings, closed pipes, what the help loads."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from cli_running import ASKED


def process(*args, **settings):
    """The command as its own process."""
    command = [sys.executable, "-m", "careerspolicy", *map(str, args)]
    return subprocess.run(command, capture_output=True, check=False, **settings)


def test_a_real_process_writes_utf_8_whatever_its_locale():
    """JSON is UTF-8 even where the terminal's encoding is not, and text never stops a run."""
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "80"}
    told = process("evaluate", *ASKED, "--format", "json", env=ascii_only)
    assert (told.returncode, json.loads(told.stdout)["policy"]) == (1, "tiny")
    assert process("evaluate", *ASKED, env=ascii_only).returncode == 1


def test_a_reader_that_leaves_is_no_error():
    """Output into a closed pipe ends quietly."""
    code = "import subprocess, sys; p = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, "
    code += "stderr=subprocess.PIPE); p.stdout.close(); sys.exit(p.stderr.read().decode())"
    args = [sys.executable, "-m", "careerspolicy", "schema", "policy"]
    told = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, check=False)
    assert told.stderr.strip() == b""


@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_import_that_is_ended_leaves_nothing(tmp_path, number):
    """Neither facts nor what they were written to meanwhile, as when a terminal is closed."""
    given, private = tmp_path / "given", tmp_path / "private"
    given.mkdir()
    private.mkdir()
    school = "urn,name,trust,lowest_year,highest_year,as_at\n1,A,T,7,11,2026-01-31\n"
    (given / "schools.csv").write_text(school)
    (given / "pupils.csv").write_text("id,school\nP1,1\n")
    rows = (f"P1,2025-10-03,{number}\n" for number in range(500_000))
    (given / "employer-encounters.csv").write_text("pupil,date,employer\n" + "".join(rows))
    command = [sys.executable, "-m", "careerspolicy", "import", given, "--to", tmp_path / "facts"]
    settings = {**os.environ, "TMPDIR": str(private), "CAREERSPOLICY_KEY": str(tmp_path / "key")}
    with subprocess.Popen(command, env=settings, stderr=subprocess.DEVNULL) as running:
        until = time.monotonic() + 30
        while not {*tmp_path.rglob("*careerspolicy-*")} and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.2)  # it is being written to
        running.send_signal(getattr(signal, number))
    assert running.returncode > 128
    assert {path.name for path in tmp_path.iterdir()} == {"given", "private"}
    assert not [*private.iterdir()]


def test_the_help_loads_nothing_heavy():
    """Asking for help imports no YAML, JSON Schema, template or table library."""
    code = (
        "import sys; from careerspolicy.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'yaml', 'jsonschema', 'jinja2', 'rich', 'careerspolicy.model.policy'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (told.returncode, told.stderr) == (0, b"")
