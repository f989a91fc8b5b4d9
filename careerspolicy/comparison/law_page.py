"""Keeps `docs/law.md` in step with the law's file.

What stands above the tables is in `law_page.md`; the tables come from `policies/england.yaml`.
`python -m careerspolicy.comparison.law_page` rewrites the page, from a checkout.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from careerspolicy.english.citations import instruments
from careerspolicy.english.predicates import predicated
from careerspolicy.english.wording import tidy
from careerspolicy.loading import load_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.model.policy import InForce, Obligation, Parameter, Policy

PAGE: Final = Path(__file__).parents[2] / "docs" / "law.md"

_POINTS: Final = "| point | question | answers | what it rests on |\n| --- | --- | --- | --- |\n"
_DUTIES: Final = """
## Every obligation

| obligation | what | where | in force |
| --- | --- | --- | --- |
"""
_FOOT: Final = "\nThe tables are written by `python -m careerspolicy.comparison.law_page`.\n"


def law_page() -> str:
    """`docs/law.md`."""
    law = load_policy("england")
    points = map(_point, law.parameters)
    duties = (_duty(obligation, law) for obligation in law.obligations)
    head = files(__package__).joinpath("law_page.md").read_text(encoding="utf-8")
    return "".join((head, _POINTS, *points, _DUTIES, *duties, _FOOT))


def main() -> None:
    """Rewrite the page."""
    PAGE.write_text(law_page(), encoding="utf-8")


def _point(point: Parameter) -> str:
    rests = " ".join(text for text in (f"{point.source}.", point.note) if text)
    return _row(f"`{point.name}`", point.question, "<br>".join(_answers(point)), rests)


def _answers(point: Parameter) -> Iterator[str]:
    for value in point.values:
        name = f"**{value.name}**" if value.name == point.taken else value.name
        yield f"{name}: {value.means}"


def _duty(obligation: Obligation, law: Policy) -> str:
    turns = ", ".join(f"`{name}`" for name in obligation.turns_on)
    asked = f"{_what(obligation, law)}.{f' Turns on {turns}.' if turns else ''}"
    return _row(f"`{obligation.id}`", asked, instruments(obligation), _era(obligation.in_force))


def _what(obligation: Obligation, law: Policy) -> str:
    """What is asked; where the file says it in a predicate, with the pupils that it is about."""
    duty = obligation.duty
    if duty.predicate is None:
        return obligation.title
    does = predicated(duty.predicate, duty, "", law.vocabulary)
    return tidy(f"{does.verb.capitalize()} {does.rest}")


def _era(era: InForce) -> str:
    start = f"from {era.start.in_words}" if era.start else ""
    until = f"until {era.until.in_words}" if era.until else ""
    return " ".join(day for day in (start, until) if day) or "start not established"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    main()
