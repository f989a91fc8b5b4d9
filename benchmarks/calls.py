"""How many of the package's functions stand between a policy's file and a page, hop by hop.

One obligation and one pupil go all the way: `python benchmarks/calls.py`. Fewer functions in fewer
modules are easier to follow; the counts are of distinct functions that ran.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from careerspolicy import evaluate, load_facts, load_policy
from careerspolicy.views.report.view import report_view
from careerspolicy.writers.page import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

PACKAGE = str(Path(sys.modules["careerspolicy"].__file__ or "").parent)
TINY = Path(__file__).parents[1] / "tests" / "approved" / "cli"
DAY = date(2026, 1, 31)

T = TypeVar("T")


def counted(name: str, hop: Callable[[], T]) -> T:
    """What a hop makes; how many functions of how many modules it took is printed."""
    ran: set[tuple[str, int, str]] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        ours = code.co_filename.startswith(PACKAGE) and code.co_filename.endswith(".py")
        if event == "call" and ours and not code.co_name.startswith("<"):
            ran.add((code.co_filename, code.co_firstlineno, code.co_qualname))

    sys.setprofile(note)
    try:
        made = hop()
    finally:
        sys.setprofile(None)
    files = {file for file, _, _ in ran}
    rooms = Counter(Path(file).relative_to(PACKAGE).parts[0] for file, _, _ in ran)
    shares = ", ".join(f"{room} {amount}" for room, amount in rooms.most_common())
    print(f"{name:28} {len(ran):4} functions in {len(files):3} modules ({shares})")
    if "--all" in sys.argv:
        for file, _, function in sorted(ran):
            print(f"    {Path(file).relative_to(PACKAGE)}: {function}")
    return made


def main() -> None:
    """Follow the promise of a guidance meeting and pupil P1, from file to page."""
    policy = counted("policy file to obligations", lambda: load_policy(TINY / "policy.yaml"))
    facts = counted("facts file to facts", lambda: load_facts(TINY / "facts.yaml"))
    report = counted("obligations to findings", lambda: evaluate(policy, facts, as_of=DAY))
    kept = (one for one in report.findings if one.subject.id == "P1")
    finding = next(one for one in kept if one.obligation.id == "guidance-by-16")
    view = counted("finding to view", lambda: _view_of(report, finding))
    counted("view to page", lambda: page(view))


def _view_of(report: Any, finding: Any) -> Any:
    view = report_view([attrs.evolve(report, findings=(finding,))])
    sections = view.sections()
    return attrs.evolve(view, sections=lambda: sections)


if __name__ == "__main__":
    main()
