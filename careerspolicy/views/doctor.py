"""What looks wrong in facts, seen: each in words, with what hangs on it, and how it is mended."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

from careerspolicy.views.tree import Paragraph, Section, View, bullets
from careerspolicy.views.words import FORMAT, counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from careerspolicy.checks.doctor import Diagnosis
    from careerspolicy.model.policy import Policy

#: How many examples people read of one diagnosis; programs get all of them.
_SHOWN: Final = 5
_SEVERAL: Final = 2


class _Words(NamedTuple):
    """What a diagnosis is called, of one and of several, its mend, and how examples are joined."""

    singular: str
    plural: str
    mend: str
    between: str = ", "


@cache
def _words() -> Mapping[str, _Words]:
    text = files(__package__ or "").joinpath("doctor.yaml").read_text(encoding="utf-8")
    return {code: _Words(**words) for code, words in yaml.safe_load(text).items()}


def doctor_view(found: Sequence[Diagnosis], policies: Sequence[Policy], as_of: date) -> View:
    """What looks wrong, worst first."""
    looked = counted(len(found), "thing looks", "things look") if found else "Nothing looks"
    opening = f"{looked} wrong in these facts."
    if found and not policies:
        opening = f"{opening} Name a policy to see how many of its verdicts each touches."
    return View(
        title="What looks wrong in these facts",
        dated=as_of,
        opening=(Paragraph(opening),),
        sections=lambda: tuple(map(_section, found)),
        data=lambda: {
            "format": FORMAT,
            "policies": [policy.id for policy in policies],
            "as_of": str(as_of),
            "diagnoses": [*map(_data, found)],
        },
    )


def _title(one: Diagnosis) -> str:
    words = _words()[one.sign.code]
    return counted(one.sign.count, words.singular, words.plural)


def _section(one: Diagnosis) -> Section:
    words, examples = _words()[one.sign.code], one.sign.examples
    shown = [words.between.join(example) for example in examples[:_SHOWN]]
    if len(examples) > _SHOWN:
        shown.append(f"and {len(examples) - _SHOWN:,} more")
    touched = ""
    if one.verdicts is not None:
        verdicts = counted(one.verdicts, "verdict") if one.verdicts else "No verdict"
        hangs = "hangs on it" if one.verdicts < _SEVERAL else "hang on it"
        touched = f"{verdicts} {'would change if it were mended' if one.sign.mended else hangs}. "
    mend = f"{touched}{words.mend}{' It may be right as it is.' if one.question else ''}"
    return Section(title=_title(one), blocks=(Paragraph(mend), bullets(shown)))


def _data(one: Diagnosis) -> Mapping[str, Any]:
    return {
        "code": one.sign.code,
        "count": one.sign.count,
        "verdicts": one.verdicts,
        "question": one.question,
        "says": _title(one),
        "mend": _words()[one.sign.code].mend,
        "examples": [[*example] for example in one.sign.examples],
    }
