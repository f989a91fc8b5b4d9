"""Hedges, kept in the document's own words and put where such words belong.

"usually" and "work to" go before the verb, "where possible" goes to the end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english.wording import base_form, gerund, with_article

if TYPE_CHECKING:
    from careerspolicy.english.doings import Doing

_ADVERB: Final = re.compile(r"^(?:\w+ly|often|sometimes)$")
_VERB_TO: Final = re.compile(
    r"^((?:\w+ly )?)(work|seek|aim|try|strive|endeavour|hope|intend)s? to$"
)
_VERB_TOWARDS: Final = re.compile(r"^((?:\w+ly )?)(work)s? towards$")
_BE: Final = re.compile(r"^(?:is|are) ((?!designed)\w.* (?:to|towards))$")
_DESIGNED: Final = re.compile(r"^(?:is|are) designed (to|so|to ensure)$")
_SOMEBODY: Final = re.compile(r"^(?:we|the school|the trust|they) \w+$")

#: What is "to" with a noun after it rather than a verb.
_WITH_GERUND: Final = ("committed", "dedicated", "devoted", "used")


@attrs.frozen
class Spoken:
    """The heart of a sentence, from owner to predicate, and what its hedge adds at the end."""

    heart: str
    end: str = ""


def spoken(owner: str, modal: str, doing: Doing, hedge: str) -> Spoken:
    """Who will do what, with the hedge in its place."""
    said = f"{doing.verb} {doing.rest}".strip()
    modal = f"{modal} not" if doing.negated else modal
    start = f"{owner} {modal}"
    if _ADVERB.match(hedge):
        return Spoken(f"{start} {hedge} {said}")
    if found := _VERB_TO.match(hedge):
        return Spoken(f"{start} {found[1]}{base_form(found[2])} to {said}")
    acting = _acting(doing)
    if found := _VERB_TOWARDS.match(hedge):
        return Spoken(f"{start} {found[1]}{found[2]} towards {acting}")
    if found := _BE.match(hedge):
        joined = acting if found[1].split()[0] in _WITH_GERUND else said
        if modal == "will":
            return Spoken(f"{owner} {'are' if are_several(owner) else 'is'} {found[1]} {joined}")
        return Spoken(f"{start} be {found[1]} {joined}")
    if found := _DESIGNED.match(hedge):
        return _designed(owner, modal, said, found[1])
    return Spoken(f"{start} {said}", f"as {hedge}" if _SOMEBODY.match(hedge) else hedge)


def are_several(owner: str) -> bool:
    """Whether an owner is many: "teachers", "the school and parents"."""
    return " and " in owner or (with_article(owner) == owner and not owner.startswith("the "))


def _acting(doing: Doing) -> str:
    """The doing of it: "giving every pupil …", "closely working with …"."""
    if not _ADVERB.match(doing.verb) and doing.verb not in ("never", "always", "also"):
        return f"{gerund(doing.verb)} {doing.rest}".strip()
    verb, _, rest = doing.rest.partition(" ")
    return f"{doing.verb} {gerund(verb)} {rest}".strip()


def _designed(owner: str, modal: str, said: str, how: str) -> Spoken:
    """What is designed to do something is not the owner, but what the owner does."""
    said = said.replace("make sure that ", "ensure that ", 1) if how == "to ensure" else said
    joint = "so as to" if how == "so" else "to"
    return Spoken(f"what {owner} does {modal} be designed {joint} {said}")
