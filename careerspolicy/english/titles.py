"""Promises that no record measures: the clause of a title, turned into what its owner will do.

"The careers leader manages careers information" becomes "manage careers information" where the
careers leader owes it; what has another subject becomes "make sure that …".
"""

from __future__ import annotations

import re
from itertools import permutations, product
from typing import TYPE_CHECKING, Final

from careerspolicy.english.doings import Doing
from careerspolicy.english.nouns import listed
from careerspolicy.english.phrases import role
from careerspolicy.english.verbs import RELATIVE, head_is_plural, is_clause, third_persons, words_of
from careerspolicy.english.wording import base_form
from careerspolicy.policy import Strength

if TYPE_CHECKING:
    from careerspolicy.english.verbs import Word
    from careerspolicy.policy import Obligation

#: What titles call a role beside its own name.
_CALLED: Final = {
    "pupil": ("all", "pupils", "all pupils", "every pupil"),
    "pastoral staff": ("pastoral",),
    "SENDCO": ("send staff",),
    "board of trustees": ("the board", "the trustees", "the trust board"),
    "trustee": ("the linked trustee", "the link trustee"),
    "governing body": ("governors", "the governors"),
    "headteacher": ("the head", "head"),
    "careers adviser": ("advisers", "careers advisers"),
    "careers leader": ("careers leaders", "programme leader"),
    "senior leadership team": ("senior leaders", "school leaders", "leaders"),
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
#: A role that a title names without its article; and "that", which would stand beside another.
_WITHOUT_ARTICLE: Final = re.compile(
    r"^(?=(?:careers )?(?:leader|adviser)\b|headteacher\b|designated teacher\b|SENDCO\b)"
)
_THAT: Final = re.compile(r"^that ")
_MODAL: Final = ("can", "may", "must", "should", "will")
_STEP: Final = re.compile(r"^((?:First|Second|Third|Fourth|Fifth|Last|Final) \w+): (.+)$")
#: First words that keep their capital: initials, names of several words, names that we know.
_PROPER: Final = re.compile(
    r"^(?!(?:In|At|By|From|On|The|An?|All|Every|Each|No|For|With|When|Most)\b)"
    r"(?:[A-Z][\w'-]*[A-Z]|[A-Z][a-z]+ (?:[A-Z][a-z]+|\d)"
    r"|(?:English|Compass|Gatsby|Years?|Key Stage)\b)"
)


def upheld(obligation: Obligation) -> Doing:
    """What the owner of a promise that is only attested does: its title as a predicate."""
    own = _own_predicate(obligation)
    if own is not None:
        return own
    step, title = _step(obligation.title)
    clause = _THAT.sub("this ", _WITHOUT_ARTICLE.sub("the ", _lowered(title)))
    told = f", as {step}," if step else ""
    if obligation.strength is Strength.MAY:
        return _permitted(clause, told)
    if not is_clause(title):
        there = "are" if head_is_plural(clause) else "is"
        clause = f"there {there} {clause}"
    return Doing("make", f"sure that{told} {clause}")


def _permitted(clause: str, step: str) -> Doing:
    if not is_clause(clause):
        return Doing("arrange", f"{step.strip(', ')} {clause}".strip())
    return Doing("decide", f"that{step} {clause}")


def _step(title: str) -> tuple[str, str]:
    """The step that a title begins with, "the first step", and the rest of the title."""
    found = _STEP.match(title)
    return (f"the {found[1].lower()}", found[2]) if found else ("", title)


def _own_predicate(obligation: Obligation) -> Doing | None:
    """The title without its subject, where that is the owner; None where it is another."""
    words = words_of(obligation.title)
    at = _after_subject(obligation)
    if at is None:
        return None
    first = next((n for n, word in enumerate(words) if word.start >= at), None)
    if first is None:
        return None
    adverb = ""
    while words[first].text.endswith("ly") and first + 1 < len(words):
        adverb = f"{adverb}{words[first].text} "
        first += 1
    if words[first].text.lower() in RELATIVE or words[first].text in (",", "and"):
        return None
    if words[first].text in _MODAL:
        return _predicate(obligation.title, words, first + 1, [], adverb)
    return _predicate(obligation.title, words, first, [*third_persons(words, first)], adverb)


def _predicate(
    title: str, words: tuple[Word, ...], first: int, verbs: list[int], adverb: str
) -> Doing | None:
    if first >= len(words):
        return None
    told, place = "", words[first].start
    for at in verbs:
        told += f"{title[place : words[at].start]}{base_form(words[at].text)}"
        place = words[at].end
    verb, _, rest = f"{told}{title[place:]}".partition(" ")
    if adverb:
        return Doing(adverb.strip(), f"{verb} {rest}".strip())
    return Doing(verb, rest)


def _after_subject(obligation: Obligation) -> int | None:
    """Where a title goes on after its subject, if that names the owner and nobody else."""
    title = obligation.title.lower()
    subjects = _names(obligation.who)
    for subject in sorted(subjects, key=len, reverse=True):
        if title.startswith(f"{subject} ") and title[len(subject) :].strip():
            return len(subject) + 1
    return None


def is_named(text: str, name: str) -> bool:
    """Whether a text names a role, by its own name or by what titles call it."""
    called = (name, role(name), *_CALLED.get(name, ()), *_ALSO.get(name, ()))
    stems = "|".join(re.escape(_stem(one)) for one in called if one != "all")
    return re.search(rf"\b(?:{stems})", text, re.IGNORECASE) is not None


def _stem(name: str) -> str:
    return re.sub(r"^(?:the|a|all|each|every) ", "", name).removesuffix("s")


def _names(who: tuple[str, ...]) -> set[str]:
    """What a title may call its owners, when they are its subject."""
    each = [(name, f"the {name}", *_CALLED.get(name, ())) for name in who]
    if len(each) == 1:
        return set(each[0])
    return {listed(told) for order in permutations(each) for told in product(*order)}


def _lowered(title: str) -> str:
    """A title as the rest of a sentence: no capital, unless its first word is a name."""
    return title if _PROPER.match(title) else f"{title[:1].lower()}{title[1:]}"
