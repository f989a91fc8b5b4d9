"""What titles call the roles that owe and are owed, beside their own names.

Below `titles` and `sentences`, which look for owners and the owed in what titles say.
"""

from __future__ import annotations

import re
from itertools import permutations, product
from typing import TYPE_CHECKING, Final

from careerspolicy.english.nouns import listed
from careerspolicy.english.phrases import role
from careerspolicy.english.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: What titles call a role beside its own name.
_CALLED: Final = {
    "pupil": ("all", "pupils", "all pupils", "every pupil"),
    "pastoral staff": ("pastoral",),
    "SENDCO": ("send staff",),
    "board of trustees": ("trustees", "the board", "the trustees", "the trust board"),
    "trustee": ("the linked trustee", "the link trustee"),
    "governing body": ("governors", "the governors"),
    "headteacher": ("the head", "head"),
    "careers adviser": ("adviser", "the adviser", "advisers", "careers advisers"),
    "careers leader": ("careers leaders", "programme leader"),
    "parents": ("parents and carers", "parents or carers", "carers", "families"),
    "senior leadership team": ("slt", "the slt", "senior leaders", "school leaders", "leaders"),
    "senior leader for careers": ("a senior leader", "the senior leader"),
    "careers champion": ("champions", "careers champions"),
    "head of department": ("heads of department",),
    "teacher": ("teachers", "all teachers", "subject teachers"),
    "trust careers lead": ("the network's chair",),
    "school": ("schools", "each school", "every school", "a secondary school", "all schools"),
    "trust": ("the trust",),
    "staff": ("staff", "all staff"),
    "partners": ("partners",),
    "tutor": ("tutors",),
    "careers service": ("the careers service",),
}  # fmt: skip
#: And by what they name several, or some, of those who hold one.
_ALSO: Final = {
    "provider": ("colleges", "universities"),
    "partners": ("partner", "organisation", "bodies", "networks", "forum"),
    "careers service": ("careers organisations",),
    "careers leader": ("leader",),
    "careers adviser": ("adviser",),
    "parents": ("families", "family"),
    "head of department": ("subject leaders",),
    "trustee": ("trustees",),
}


def is_named(text: str, name: str) -> bool:
    """Whether a text names a role, by its own name or by what titles call it."""
    called = (name, role(name), *_CALLED.get(name, ()), *_ALSO.get(name, ()))
    stems = "|".join(re.escape(_stem(one)) for one in called if one != "all")
    return re.search(rf"\b(?:{stems})", text, re.IGNORECASE) is not None


def _stem(name: str) -> str:
    return re.sub(r"^(?:the|a|all|each|every) ", "", name).removesuffix("s")


def subjects_for(who: tuple[str, ...], words: Mapping[str, str]) -> set[str]:
    """What a title may call its owners when they are its subject, in lower case.

    `words` are the document's own: its title may say "progression coach" for our careers adviser.
    """
    each = [(*_called(name, words), *_CALLED.get(name, ())) for name in who]
    if len(each) == 1:
        return set(each[0])
    return {listed(told) for order in permutations(each) for told in product(*order)}


def _called(name: str, words: Mapping[str, str]) -> Iterator[str]:
    for one in {name, words.get(name, name)}:
        several = plural(one)
        forms = (one, f"the {one}", f"a {one}", f"an {one}", f"each {one}", f"every {one}")
        yield from map(str.lower, (*forms, several, f"the {several}", f"all {several}"))
