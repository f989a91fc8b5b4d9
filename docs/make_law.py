"""Keeps `docs/law.md` in step with the law's file.

The tables come from `policies/england.yaml`; what stands above them stays.
`python docs/make_law.py` rewrites the page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from careerspolicy.english.citations import instruments
from careerspolicy.english.doings import doing
from careerspolicy.english.wording import tidy
from careerspolicy.loading import load_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.model.policy import InForce, Obligation, Parameter, Policy

PAGE: Final = Path(__file__).with_name("law.md")

_POINTS: Final = "| point | question | answers | what it rests on |\n| --- | --- | --- | --- |\n"
_DUTIES: Final = """
## Every obligation

| obligation | what | where | in force |
| --- | --- | --- | --- |
"""
_FOOT: Final = "\nThe tables are written by `python docs/make_law.py`.\n"


def law_page() -> str:
    """`docs/law.md`."""
    law = load_policy("england")
    points, duties = map(_point, law.parameters), (_duty(one, law) for one in law.obligations)
    head, _, _ = PAGE.read_text(encoding="utf-8").partition(_POINTS)
    return "".join((head, _POINTS, *points, _DUTIES, *duties, _FOOT))


def main() -> None:
    """Rewrite the page."""
    PAGE.write_text(law_page(), encoding="utf-8")


def _point(one: Parameter) -> str:
    rests = " ".join(told for told in (f"{one.source}.", one.note) if told)
    return _row(f"`{one.name}`", one.question, "<br>".join(_answers(one)), rests)


def _answers(one: Parameter) -> Iterator[str]:
    for value in one.values:
        name = f"**{value.name}**" if value.name == one.taken else value.name
        yield f"{name}: {value.means}"


def _duty(one: Obligation, law: Policy) -> str:
    turns = f" Turns on {', '.join(f'`{name}`' for name in one.turns_on)}." if one.turns_on else ""
    return _row(f"`{one.id}`", f"{_what(one, law)}.{turns}", instruments(one), _era(one.in_force))


def _what(one: Obligation, law: Policy) -> str:
    """What is asked; where the file says it in a predicate, with the pupils that it is about."""
    if one.duty.predicate is None:
        return one.title
    told = tidy(doing(one.duty, one.who, "", law.vocabulary).words)
    return f"{told[:1].upper()}{told[1:]}"


def _era(era: InForce) -> str:
    start = f"from {era.start.in_words}" if era.start else ""
    until = f"until {era.until.in_words}" if era.until else ""
    return " ".join(one for one in (start, until) if one) or "start not established"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    main()
