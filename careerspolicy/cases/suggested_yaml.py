"""Suggested cases as a file of tests, grouped by obligation."""

from __future__ import annotations

from decimal import Decimal
from textwrap import indent
from typing import TYPE_CHECKING, Any

import yaml

from careerspolicy.cases.cases import window_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from careerspolicy.cases.suggestions import Suggested, Suggestions
    from careerspolicy.model.policy import Policy

_HEAD = """\
# yaml-language-server: $schema=policy-test.schema.json
# What {trust}'s policy asks, case by case: a first draft, every verdict to be checked by hand.
# Unless a case says otherwise its pupil was born on 14 March 2010: Year 7 begins in
# September 2021, Year 11 ends in August 2026 and Year 13 in August 2028.

format: 1
policy: {name}

cases:
"""


def suggested_file(policy: Policy, name: str, groups: Iterable[Suggestions]) -> Iterator[str]:
    """A whole file of tests; `name` is how it names the policy."""
    yield _HEAD.format(trust=policy.trust, name=name)
    yield from map(suggested_group, groups)


def suggested_group(group: Suggestions) -> str:
    """The cases of one obligation."""
    day = group.cases[0].as_of
    item = {
        "obligation": group.obligation.id,
        "strength": group.obligation.strength.value,
        "as_of": str(day),
        "facts": group.facts,
        "cases": [_case(case, usual_day=case.as_of == day) for case in group.cases],
    }
    text = yaml.dump([item], Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)
    return indent(text, "  ")


def _case(case: Suggested, *, usual_day: bool) -> dict[str, Any]:
    """A case as it is written; one that is not what it was made to be asks which is right."""
    meant = f"It was made to be {case.meant.value}; see which is right."
    parts = {
        "name": case.name,
        "as_of": None if usual_day else str(case.as_of),
        "facts": case.facts,
        "expect": _expected(case),
        "because": None if case.meant is case.verdict else meant,
    }
    return {key: value for key, value in parts.items() if value}


def _expected(case: Suggested) -> Any:
    window = None if case.window is None else window_text(case.window)
    if case.measured is None:
        return case.verdict.value if window is None else {window: case.verdict.value}
    measured = float(case.measured) if isinstance(case.measured, Decimal) else case.measured
    finding: dict[str, Any] = {"verdict": case.verdict.value, "measured": measured}
    return finding if window is None else finding | {"window": window}


class _Plain(yaml.SafeDumper):
    """Writes what the plain reader reads back: dates and decimals need no quotes.

    What holds only words and numbers stands on a line, what stands twice is written twice.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - as PyYAML has it
        first: [one for one in resolvers if one[0].rsplit(":", 1)[-1] in ("int", "bool", "null")]
        for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"default_flow_style": None})

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        """Nothing is referred to."""
        return True
