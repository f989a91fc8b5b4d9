"""How fast it is, in ratios: each figure beside something that does the least the work could take.

`make bench` prints the table; `README.md` here says how to read it. Both sides of a ratio are
measured in the same run, so that machines compare.
"""

from __future__ import annotations

import csv
import gc
import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Final

import attrs
import duckdb
import yaml
from made_up import AS_OF, RECORDS_EACH, made_up_facts

from careerspolicy.comparison.changing import Outcome
from careerspolicy.comparison.comparing import compare
from careerspolicy.english.sentences import sentence
from careerspolicy.evaluation import evaluate
from careerspolicy.loading import load_policy
from careerspolicy.readers import load_facts
from careerspolicy.views.comparison.data import outcome_data
from careerspolicy.views.report.data import finding_data
from careerspolicy.views.report.view import report_view
from careerspolicy.writers.data import json_of
from careerspolicy.writers.page import page as page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from careerspolicy.evaluation import Finding
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy

ROOT: Final = Path(__file__).parents[1]
POLICIES: Final = sorted((ROOT / "policies").glob("*.yaml"))
TRUST: Final = ROOT / "examples" / "trust"
PUPILS: Final = ("A0001", "A0100", "A0170", "C0030")
ROWS: Final = 100_000


@attrs.frozen
class Line:
    """One line of the table: a figure, what it is compared with, and how they stand."""

    what: str
    figure: str
    compared: str


def main() -> None:
    """Measure everything and print the table."""
    for part in (
        loading,
        one_pupil,
        whole_trust,
        many_pupils,
        importing,
        reading,
        importing_rows,
        documents,
        comparing,
    ):
        for line in part():
            print(f"{line.what:<44}{line.figure:>22}   {line.compared}", flush=True)
        print()


# ---------------------------------------------------------------------------- what is measured


def loading() -> Iterator[Line]:
    """The largest shipped policy, against the bare YAML parser on the same file."""
    largest = max(POLICIES, key=lambda path: path.stat().st_size)
    text = largest.read_text(encoding="utf-8")
    bare = _best(lambda: yaml.load(text, Loader=yaml.CSafeLoader), 10)
    load_policy(largest)
    ours = _best(lambda: load_policy(largest), 5)
    yield Line(
        f"load {largest.stem} ({len(text) // 1000} kB)",
        _ms(ours),
        f"{ours / bare:.1f} x yaml.CSafeLoader ({_ms(bare)})",
    )


def one_pupil() -> Iterator[Line]:
    """One pupil against every duty of each policy; the slowest of four pupils."""
    for path in POLICIES:
        policy = load_policy(path)
        facts = load_facts(TRUST, vocabulary=policy.vocabulary)
        yield max((_one(policy, facts, pupil) for pupil in PUPILS), key=_slowest)[1]


def _one(policy: Policy, facts: Facts, pupil: str) -> tuple[float, Line]:
    findings = evaluate(policy, facts, as_of=AS_OF, pupil=pupil).findings
    told = [finding_data(finding) for finding in findings]
    ours = _best(lambda: evaluate(policy, facts, as_of=AS_OF, pupil=pupil), 200)
    written = _best(lambda: json.dumps(told), 200)
    each = f"{len(findings)} findings, {1e6 * ours / len(findings):.1f} µs each"
    return ours, Line(
        f"one pupil against {policy.id}",
        _ms(ours),
        f"{each}; {ours / written:.1f} x json.dumps of them ({_ms(written)})",
    )


def _slowest(measured: tuple[float, Line]) -> float:
    return measured[0]


def whole_trust() -> Iterator[Line]:
    """The example trust against every policy, beside making as many findings of what is known."""
    policies = [load_policy(path) for path in POLICIES]
    facts = load_facts(TRUST)
    findings = [one for policy in policies for one in _judged(policy, facts)]
    ours = _best(lambda: [_judged(policy, facts) for policy in policies], 5)
    copied = _best(lambda: [attrs.evolve(finding) for finding in findings], 5)
    yield Line(
        f"the example trust against {len(policies)} policies",
        f"{ours:.2f} s",
        f"{len(findings)} findings; {ours / copied:.1f} x copying them ({_ms(copied)})",
    )


def _judged(policy: Policy, facts: Facts) -> Sequence[Finding]:
    return evaluate(policy, facts, as_of=AS_OF).findings


def many_pupils() -> Iterator[Line]:
    """A thousand pupils with thirty records each, then twice and four times as many."""
    policy = load_policy(max(POLICIES, key=lambda path: path.stat().st_size))
    first = 0.0
    for count in (1000, 2000, 4000):
        facts = made_up_facts(count, policy.vocabulary)
        ours = _best(lambda facts=facts: evaluate(policy, facts, as_of=AS_OF), 1)  # type: ignore[misc]
        first = first or ours / count
        yield Line(
            f"{count} pupils with {RECORDS_EACH} records each",
            f"{ours:.2f} s",
            f"{_ms(ours / count)} a pupil; {ours / count / first:.2f} x the first line's",
        )


def importing() -> Iterator[Line]:
    """`import careerspolicy`, against a Python that does nothing."""
    bare = median(_started("pass") for _ in range(15))
    ours = median(_started("import careerspolicy") for _ in range(15))
    yield Line("import careerspolicy", _ms(ours), f"{_ms(ours - bare)} over bare Python")


def reading() -> Iterator[Line]:
    """A hundred thousand rows of CSV read, checked and made into facts, against `csv.reader`.

    The two take turns, so that whatever else runs disturbs both.
    """
    with TemporaryDirectory() as folder:
        place = Path(folder)
        _write_rows(place, ROWS)
        load_facts(place)
        turns = [
            (_best(lambda: _bare_rows(place), 1), _best(lambda: load_facts(place), 1))
            for _ in range(5)
        ]
        bare, ours = (min(times) for times in zip(*turns, strict=True))
        yield Line(
            f"read {ROWS} rows of CSV",
            f"{ours:.2f} s",
            f"{ours / bare:.1f} x csv.reader ({_ms(bare)})",
        )


def importing_rows() -> Iterator[Line]:
    """How much memory an import takes of many rows and of ten times as many, as CSV and Parquet."""
    for suffix in ("csv", "parquet"):
        first = 0
        for rows in (ROWS, 10 * ROWS):
            with TemporaryDirectory() as folder:
                given, made = Path(folder, "given"), Path(folder, "made")
                given.mkdir()
                _write_rows(given, rows)
                if suffix == "parquet":
                    _as_parquet(given / "employer-encounters.csv")
                begun = perf_counter()
                taken = _memory("import", str(given), "--to", str(made))
                took = perf_counter() - begun
            first = first or taken
            yield Line(
                f"import {rows} rows of {suffix}",
                f"{taken} MB",
                f"{taken / first:.1f} x the first's; {took:.0f} s",
            )


def _as_parquet(path: Path) -> None:
    to = path.with_suffix(".parquet")
    duckdb.sql(f"copy (from read_csv('{path}', all_varchar=true)) to '{to}' (format parquet)")
    path.unlink()


def documents() -> Iterator[Line]:
    """What people read of a report and a policy, against the same as JSON or as it was loaded."""
    policy = load_policy("batley")
    facts = load_facts(TRUST, vocabulary=policy.vocabulary)
    report = evaluate(policy, facts, as_of=AS_OF)
    told = _best(lambda: sum(map(len, json_of(report_view([report])))), 1)
    page = _best(lambda: page_of(report_view([report])), 1)
    size = len(page_of(report_view([report]))) >> 10
    yield Line(
        f"report page of {len(report.findings)} findings, {size} kB",
        f"{page:.2f} s",
        f"{page / told:.1f} x the same as JSON ({told:.2f} s)",
    )
    bare = _best(lambda: load_policy("batley"), 3)
    written = _best(lambda: [sentence(one, policy) for one in policy.obligations], 3)
    yield Line(
        f"{len(policy.obligations)} promises in sentences",
        _ms(written),
        f"{written / bare:.1f} x loading their file ({_ms(bare)})",
    )


def comparing() -> Iterator[Line]:
    """Five policies side by side, and with every relation decided by the solver."""
    policies = [load_policy(path) for path in POLICIES if path.stem != "england"]
    bare = _best(lambda: [load_policy(policy.id) for policy in policies], 1)
    plain = _best(lambda: compare(policies), 1)
    decided = _best(lambda: outcome_data(Outcome(comparison=compare(policies))), 1)
    yield Line(
        "five policies lined up",
        f"{plain:.2f} s",
        f"{plain / bare:.1f} x loading them ({_ms(bare)})",
    )
    yield Line(
        "and every relation decided", f"{decided:.1f} s", f"{decided / plain:.0f} x lining them up"
    )


# ---------------------------------------------------------------------------- how


def _best(work: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in seconds: the one that other work disturbed least."""
    took = []
    gc.collect()
    gc.freeze()  # what was loaded before isn't part of the work
    for _ in range(times):
        begun = perf_counter()
        work()
        took.append(perf_counter() - begun)
    return min(took)


def _started(program: str) -> float:
    begun = perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return perf_counter() - begun


def _memory(*arguments: str) -> int:
    """How much memory a command takes at its most, in megabytes."""
    program = (
        "import resource, sys; from careerspolicy.cli import main\n"
        "try: main()\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True
    )
    return int(done.stderr.split()[-1])


def _write_rows(folder: Path, rows_wanted: int) -> None:
    """The example's schools and pupils, with one kind's rows over again until there are enough."""
    for name in ("schools.csv", "pupils.csv"):
        (folder / name).write_bytes((TRUST / name).read_bytes())
    with (TRUST / "employer-encounters.csv").open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    with (folder / "employer-encounters.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for number in range(rows_wanted):
            row = rows[number % len(rows)]
            writer.writerow(
                [f"E{number}" if n == "id" else v for n, v in zip(names, row, strict=True)]
            )


def _bare_rows(folder: Path) -> int:
    count = 0
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            count += sum(1 for _ in csv.reader(file))
    return count


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.2f} ms"


if __name__ == "__main__":
    main()
