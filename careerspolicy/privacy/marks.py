"""The marks by which systems tell pupils: how each is folded, and how far it can be trusted."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a system may tell a pupil by, the strongest first. A system's id may begin with the system's
#: name and a colon, which keeps the ids of two systems apart.
MARKS: Final = ("upn", "uln", "system id", "admission number", "e-mail", "name and birth")

#: A UPN that its school will replace, and numbers with a slip in them, which only a school knows.
_TEMPORARY, _UNSURE_UPN, _UNSURE_ULN = "temporary upn", "unsure upn", "unsure uln"
_STRENGTH: Final = (
    "upn", "uln", _TEMPORARY, "system id", "admission number", "e-mail", _UNSURE_UPN, _UNSURE_ULN,
    "name and birth",
)  # fmt: skip

#: The letters of a UPN; I, O and S are not among them.
_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
#: What stands for a learner who has no ULN.
_NO_ULN: Final = "9999999999"
_NOTHING: Final = frozenset({"", "-", "n/a", "na", "nan", "nil", "none", "null", "tbc", "unknown"})


@attrs.frozen(kw_only=True)
class FoldedMark:
    """A mark however it was written; `scope` is where it is unique, "" where it is everywhere."""

    kind: str
    value: str = attrs.field(repr=False)
    scope: str = ""


def is_upn(text: str) -> bool:
    """Whether a text is a UPN with the right check letter; a temporary one ends in a letter.

    >>> is_upn("B801200005001"), is_upn("M80120000500A"), is_upn("A801200005001")
    (True, True, False)
    """
    known = text.isascii() and len(text) == 13 and text[0] in _LETTERS and text[1:12].isdigit()
    if not known or not (text[12].isdigit() or text[12] in _LETTERS):
        return False
    last = int(text[12]) if text[12].isdigit() else _LETTERS.index(text[12])
    total = sum(place * int(digit) for place, digit in enumerate(text[1:12], 2)) + 13 * last
    return _LETTERS[total % 23] == text[0]


def like_upn(text: str) -> bool:
    """Whether a text has the shape of a UPN, as even a mistyped one has.

    >>> like_upn("a 8012 0000 5001"), like_upn("B80120000500")
    (True, False)
    """
    close = "".join(text.split())
    return len(close) == 13 and close[0].isalpha() and close[1:12].isdecimal() and close.isalnum()


def is_uln(text: str) -> bool:
    """Whether a text is a unique learner number with the right check digit.

    >>> is_uln("1000102504"), is_uln("1000102505"), is_uln("9999999999")
    (True, False, False)
    """
    if not (text.isascii() and len(text) == 10 and text.isdigit()) or text == _NO_ULN:
        return False
    rest = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), text, strict=False))
    return rest % 11 > 0 and int(text[9]) == 10 - rest % 11


def folded(marks: Mapping[str, str], school: str) -> tuple[FoldedMark, ...]:
    """The marks that tell somebody, the strongest first; what stands for nothing is left out."""
    each = (_folded(kind, text, school) for kind, text in marks.items())
    return tuple(sorted(filter(None, each), key=lambda mark: _STRENGTH.index(mark.kind)))


def _folded(kind: str, written: str, school: str) -> FoldedMark | None:
    plain = unicodedata.normalize("NFKC", written).casefold()
    text = "".join(filter(str.isprintable, plain)) if kind == "name and birth" else _close(plain)
    if text in _NOTHING:
        return None
    match kind:
        case "upn" | "uln":
            return _number(kind, "".join(filter(str.isalnum, text)).upper(), school)
        case "admission number" if any(character in "123456789" for character in text):
            return FoldedMark(kind=kind, value=_without_zeros(text), scope=school)
        case "system id":
            system, _, own = text.rpartition(":")
            return FoldedMark(
                kind=kind, value=_without_zeros(own), scope=f"{school} {system}".strip()
            )
        case "e-mail" if "@" in text:
            return FoldedMark(kind=kind, value=text)
        case "name and birth":
            return FoldedMark(kind=kind, value=" ".join(text.split()))
        case "admission number" | "e-mail":
            return None
    raise ValueError(f"{kind} is not one of {', '.join(MARKS)}")


def _close(text: str) -> str:
    """A text without spaces and without what cannot be seen."""
    close = "".join(text.split())
    return close if close.isprintable() else "".join(filter(str.isprintable, close))


def _number(kind: str, text: str, school: str) -> FoldedMark | None:
    """A UPN or ULN; one with a slip tells pupils apart within one school only."""
    if text == _NO_ULN or not any(character in "123456789" for character in text):
        return None
    if kind == "uln":
        sure = is_uln(text)
        return FoldedMark(
            kind="uln" if sure else _UNSURE_ULN, value=text, scope="" if sure else school
        )
    if not is_upn(text):
        return FoldedMark(kind=_UNSURE_UPN, value=text, scope=school)
    return FoldedMark(kind="upn" if text[12].isdigit() else _TEMPORARY, value=text)


def _without_zeros(text: str) -> str:
    """A number as a spreadsheet leaves it: without leading zeros, or with ".0" behind it."""
    digits = text.removesuffix(".0")
    return digits.lstrip("0") or "0" if digits.isascii() and digits.isdigit() else text
