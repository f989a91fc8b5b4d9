"""Results of policy tests as text: a dot a case, what failed and why, and who is covered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.evaluation import Verdict
from careerspolicy.rendering.words import VERDICT_WORDS, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.cases.results import Results
    from careerspolicy.cases.running import Coverage, Outcome

_DOTS: Final = 72
_FEW: Final = 30


def results_text(results: Sequence[Results]) -> Iterator[str]:
    """The lines that tell of every file, and of all together."""
    for one in results:
        yield from _file(one)
        yield ""
    cases = sum(len(one.outcomes) for one in results)
    failed = sum(len(one.failed) for one in results)
    lacking = sum(len(one.lacking) for one in results)
    told = f"{counted(cases, 'case')}: {cases - failed} passed, {failed} failed"
    yield f"{told}; {counted(lacking, 'obligation')} not covered"


def _file(results: Results) -> Iterator[str]:
    tests = results.tests
    yield f"{tests.file}: {counted(len(tests.cases), 'case')} of {tests.policy.id}"
    dots = "".join("." if one.passed else "F" for one in results.outcomes)
    yield from (dots[at : at + _DOTS] for at in range(0, len(dots), _DOTS))
    for outcome in results.failed:
        yield from _failure(outcome)
    yield ""
    yield from _table(results)
    yield from _survivors(results)


def _failure(outcome: Outcome) -> Iterator[str]:
    case = outcome.case
    yield f"FAILED {case.file}:{case.line}: {case.obligation}: {case.name}"
    yield from (f"  {failure}" for failure in outcome.failures)
    if case.because:
        yield f"  the case says why: {case.because}"


def _table(results: Results) -> Iterator[str]:
    """Obligations by verdicts: what is reached, and what is still to be.

    Of a long policy only the obligations that lack something are told.
    """
    shown = [v for v in Verdict if any(v in one.reached | one.wanted for one in results.coverage)]
    noticed = _noticed(results)
    told = results.coverage
    if len(told) > _FEW and not noticed:
        told = results.lacking
        yield f"{len(results.coverage) - len(told)} obligations covered"
    if not told:
        return
    head = ["obligation", "cases", *(VERDICT_WORDS[v] for v in shown)]
    rows = [head + (["weaker ones noticed"] if noticed else [])]
    for one in told:
        row = [one.obligation.id, str(one.cases), *(_mark(one, verdict) for verdict in shown)]
        rows.append(row + ([noticed.get(one.obligation.id, "")] if noticed else []))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _mark(covered: Coverage, verdict: Verdict) -> str:
    if verdict in covered.reached:
        return "yes"
    return "NO" if verdict in covered.wanted else "-"


def _noticed(results: Results) -> dict[str, str]:
    """By obligation, how many of its neighbours are noticed."""
    tallies: dict[str, list[bool]] = {}
    for one in results.weakened or ():
        tallies.setdefault(one.obligation.id, []).append(one.noticed_by is not None)
    return {name: f"{sum(each)} of {len(each)}" for name, each in tallies.items()}


def _survivors(results: Results) -> Iterable[str]:
    if results.weakened is None:
        return
    left = [one for one in results.weakened if one.noticed_by is None]
    tried = len(results.weakened)
    yield ""
    yield f"{tried - len(left)} of {tried} weaker obligations noticed ({results.score:.1f} %)"
    for one in left:
        yield f"  not noticed: {one.obligation.id}: {one.change}"
