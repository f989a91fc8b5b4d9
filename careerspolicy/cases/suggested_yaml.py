"""Suggested cases as a file of tests: grouped by obligation, short, and easy on the eye."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import attrs
import yaml

from careerspolicy.cases.cases import window_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.cases.case_making import Suggested
    from careerspolicy.model.policy import Obligation, Policy

_WIDTH: Final = 120
#: The columns of a record that no two need share.
_OWN: Final = ("id", "date", "until")
_CHECK: Final = "check by hand"


def suggested_file(policy: Policy, name: str, suggested: Iterable[str]) -> Iterator[str]:
    """A whole file of tests; `name` is how it names the policy, `suggested` its groups."""
    yield "# yaml-language-server: $schema=../../careerspolicy/schemas/policy-test.schema.json\n"
    yield f"# What {policy.trust}'s policy asks, case by case.\n"
    yield "# Unless a case says otherwise its pupil was born on 14 March 2010: Year 7 begins in\n"
    yield "# September 2021, Year 11 ends in August 2026 and Year 13 in August 2028.\n\n"
    yield f"format: 1\npolicy: {name}\n\ncases:\n"
    for position, group in enumerate(suggested):
        yield group if not position else f"\n{group}"


def suggested_group(
    obligation: Obligation, suggested: Sequence[Suggested], *, note: bool = True
) -> str:
    """The cases of one obligation as a group.

    What all of them share stands once. With `note`, what the evaluator says is marked to be checked
    by hand; a verdict that isn't what the case was made to show is always marked.
    """
    suggested, usual = _with_usual(suggested)
    shared, day = _shared(suggested), _usual_day(suggested)
    if usual:
        shared = {**shared, "usual": usual}
    lines = [
        f"  # {obligation.title}",
        f"  - obligation: {obligation.id}",
        f"    strength: {obligation.strength.value}",
        f"    as_of: {day}",
        *_block("facts", shared, indent=4),
        "    cases:",
    ]
    for one in suggested:
        lines += _case(one, shared, day, note=note)
    return "".join(f"{line}\n" for line in lines)


def _with_usual(
    suggested: Sequence[Suggested],
) -> tuple[list[Suggested], dict[str, dict[str, Any]]]:
    """The cases without what most records of a kind say, and what that is."""
    usual: dict[str, dict[str, Any]] = {}
    for kind in dict.fromkeys(kind for one in suggested for kind in one.facts["records"]):
        rows = [row for one in suggested for row in one.facts["records"].get(kind, ())]
        if common := _common(rows):
            usual[kind] = common
    return [attrs.evolve(one, facts=_less(one.facts, usual)) for one in suggested], usual


def _common(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What more than half of the rows say; nothing of a few rows."""
    common: dict[str, Any] = {}
    for key in dict.fromkeys(key for row in rows for key in row if key not in _OWN):
        counted = Counter(repr(row[key]) for row in rows if key in row)
        value, times = counted.most_common(1)[0]
        if len(rows) > 2 and 2 * times > len(rows):
            common[key] = next(row[key] for row in rows if key in row and repr(row[key]) == value)
    return common


def _less(facts: dict[str, Any], usual: dict[str, dict[str, Any]]) -> dict[str, Any]:
    records = {
        kind: [_other_than(row, usual.get(kind, {})) for row in rows]
        for kind, rows in facts["records"].items()
    }
    return {**facts, "records": records}


def _other_than(row: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any] | str:
    """A row without what is usual: its days first, and null for what it leaves unsaid.

    Where only a date is left, the date.
    """
    days = {key: row[key] for key in _OWN if key in row}
    said = {key: row[key] for key in row if key not in days and usual.get(key) != row[key]}
    told = days | said | {key: None for key in usual if key not in row}
    return row["date"] if [*told] == ["date"] else told


def _shared(suggested: Sequence[Suggested]) -> dict[str, Any]:
    """The facts that all the cases have, or that most have and the others replace."""
    whole = [one.facts for one in suggested]
    shared = {}
    for key in ("school", "pupil", "pupils"):
        held = [repr(facts[key]) for facts in whole if key in facts]
        if len(held) == len(whole):
            usual = Counter(held).most_common(1)[0][0]
            shared[key] = next(facts[key] for facts in whole if repr(facts[key]) == usual)
    records = {}
    for kind in whole[0]["records"]:
        listed = [facts["records"].get(kind) for facts in whole]
        usual, times = Counter(map(repr, listed)).most_common(1)[0]
        rows = next(rows for rows in listed if repr(rows) == usual)
        if rows and 2 * times > len(whole) > 1:
            records[kind] = rows
        elif [] in listed:
            records[kind] = []
    if records:
        shared["records"] = records
    return shared


def _usual_day(suggested: Sequence[Suggested]) -> str:
    return str(Counter(one.as_of for one in suggested).most_common(1)[0][0])


def _case(one: Suggested, shared: dict[str, Any], day: str, *, note: bool) -> list[str]:
    told: dict[str, Any] = {"name": one.name}
    if str(one.as_of) != day:
        told["as_of"] = str(one.as_of)
    if own := _own(one.facts, shared):
        told["facts"] = own
    told["expect"] = _expected(one)
    remark = _remark(one, note=note)
    line = f"      - {_flow(told)}{remark}"
    if len(line) <= _WIDTH:
        return [line]
    first, *rest = [part for key, value in told.items() for part in _block(key, value, indent=8)]
    return [f"      - {first.lstrip()}", *rest[:-1], f"{rest[-1]}{remark}"]


def _remark(one: Suggested, *, note: bool) -> str:
    if one.meant is not one.verdict:
        return f"  # {_CHECK}: made to be {one.meant.value}"
    return f"  # {_CHECK}" if note else ""


def _own(facts: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    own = {k: v for k, v in facts.items() if k != "records" and shared.get(k) != v}
    held = shared.get("records", {})
    said = {**dict.fromkeys(held), **facts["records"]}  # null takes back what is shared
    records = {kind: rows for kind, rows in said.items() if held.get(kind) != rows}
    return own | ({"records": records} if records else {})


def _expected(one: Suggested) -> Any:
    verdict = one.verdict.value
    amount = one.measured
    if amount is None:
        return verdict if one.window is None else {window_text(one.window): verdict}
    told: dict[str, Any] = {"verdict": verdict}
    if one.window is not None:
        told["window"] = window_text(one.window)
    return told | {"measured": int(amount) if amount == int(amount) else amount}


def _block(key: str, value: Any, *, indent: int) -> list[str]:
    """A key with its value in one line; or, where that is too long, part by part."""
    line = f"{' ' * indent}{key}: {_flow(value)}"
    if not value and isinstance(value, dict):
        return []
    if len(line) <= _WIDTH or not isinstance(value, (dict, list)):
        return [line]
    if isinstance(value, dict):
        parts = [part for k, v in value.items() for part in _block(k, v, indent=indent + 2)]
        return [f"{' ' * indent}{key}:", *parts]
    return _packed(f"{' ' * indent}{key}: [", [_flow(item) for item in value], indent + 2)


def _packed(opening: str, items: Sequence[str], indent: int) -> list[str]:
    """A list over several lines, with as many items on each as there is room for."""
    lines = [opening]
    for position, item in enumerate(items):
        ending = "]" if position == len(items) - 1 else ","
        if position and len(lines[-1]) + len(item) + 2 > _WIDTH:
            lines.append(" " * indent)
        gap = " " if lines[-1].endswith(",") else ""
        lines[-1] += f"{gap}{item}{ending}"
    return lines


class _Plain(yaml.SafeDumper):
    """Writes what the plain reader reads back: dates and decimals need no quotes."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as PyYAML has it
        first: [one for one in found if one[0].rsplit(":", 1)[-1] in ("int", "bool", "null")]
        for first, found in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        """What stands twice is written twice."""
        return True


def _flow(value: Any) -> str:
    """A value on one line, as YAML."""
    text = yaml.dump(
        value,
        Dumper=_Plain,
        default_flow_style=True,
        sort_keys=False,
        allow_unicode=True,
        width=10_000,
    )
    return text.removesuffix("\n").removesuffix("\n...")
