"""Promises that no record measures: the clause of a title, turned into what its owner will do.

"The careers leader manages careers information" becomes "manage careers information" where the
careers leader owes it; what has another subject becomes "make sure that …".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.english.called import subjects_for
from careerspolicy.english.doings import Doing
from careerspolicy.english.verbs import (
    RELATIVE,
    base_of_gerund,
    begins_predicate,
    begins_with_verb,
    head_is_plural,
    is_clause,
    main_verbs,
    third_persons,
    words_of,
)
from careerspolicy.english.wording import a, base_form, present
from careerspolicy.model.policy import Strength

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.english.verbs import Word
    from careerspolicy.model.policy import Obligation

#: A role that a title names without its article; and "that", which would stand beside another.
_WITHOUT_ARTICLE: Final = re.compile(
    r"^(?=(?:careers )?(?:leader|adviser)\b(?! training)"
    r"|headteacher\b|designated teacher\b|SENDCO\b)"
)
_THAT: Final = re.compile(r"^that ")
_MODAL: Final = ("can", "may", "must", "should", "will", "shall")
_DUE: Final = ("must", "should", "will", "shall")
_NEGATED: Final = (
    "mustn't", "shouldn't", "won't", "cannot", "can't", "shan't", "does", "do", "doesn't", "don't",
)  # fmt: skip
_ABLE: Final = {"can": "able", "cannot": "able", "can't": "able"}
_BEING_ONE: Final = re.compile(r"^be an? ")
_THAT_ALL: Final = re.compile(r"^That (?=(?:all|every|each|no|any|pupils|staff|parents)\b)")
#: Endings of subjects that are many without an "s".
_MANY: Final = (" staff ", " people ", " alumni ", " children ", " they ", " all ")
_ADVERB: Final = re.compile(r"^(?:\w+ly|never|always|often|also|neither|both)$")
#: The most words that head a title before a colon.
_FEW: Final = 5
_DETERMINED: Final = re.compile(r"^(?:an?|the|their|its|his|her|one|responsible|able|free)\b")
_THE_ONE: Final = re.compile(r"^(?:first|last|main|only|single|sole|chief|\w+est) ")
_STEP: Final = re.compile(r"^((?:First|Second|Third|Fourth|Fifth|Last|Final) \w+): (.+)$")
#: First words that keep their capital: initials, names of several words, names that we know.
_PROPER: Final = re.compile(
    r"^(?!(?:In|At|By|From|On|The|An?|All|Every|Each|No|For|With|When|Most)\b)"
    r"(?:[A-Z][\w'-]*[A-Z]|[A-Z][a-z]+ (?:[A-Z][a-z]+|\d)"
    r"|(?:English|Compass|Gatsby|Years?|Key Stage|Unifrog|Xello|Morrisby|Grofar|Ofsted|Ofqual"
    r"|Jobcentre|Connexions|Oxbridge|Christmas|Easter|Michaelmas|January|February|April|June|July"
    r"|August|September|October|November|December|British|Welsh|French)\b)"
)


def upheld(obligation: Obligation, words: Mapping[str, str] | None = None) -> Doing:
    """What the owner of a promise that is only attested does: its title as a predicate.

    `words` are the document's own, which its titles may use of the owner.
    """
    subjects = subjects_for(obligation.who, words or {})
    step, title = _step(obligation.title)
    heading, title = _heading(title)
    if heading.lower() in subjects and not is_clause(title):
        return Doing("be", _as_one(title))
    title = _THAT_ALL.sub("", title)
    own = None if heading or step else _own_predicate(title, subjects) or _without_subject(title)
    if own is not None:
        return _granted(own) if obligation.strength is Strength.MAY else own
    clause = _THAT.sub("this ", _WITHOUT_ARTICLE.sub("the ", _lowered(title)))
    told = f", as {step}," if step else ""
    told = f", as to {_lowered(heading)}," if heading else told
    if obligation.strength is Strength.MAY:
        return _permitted(clause, told)
    if not is_clause(title):
        there = "are" if head_is_plural(clause) else "is"
        clause = f"there {there} {clause}"
    return Doing("make", f"sure that{told} {_stated(clause)}")


def _granted(own: Doing) -> Doing:
    """What somebody may do, who can do it: "may help", not "may be able to help"."""
    if own.verb != "be" or own.negated or not own.rest.startswith("able to "):
        return own
    verb, _, rest = own.rest.removeprefix("able to ").partition(" ")
    return Doing(verb, rest)


def _permitted(clause: str, step: str) -> Doing:
    if not is_clause(clause):
        return Doing("arrange", f"{step.strip(', ')} {clause}".strip())
    return Doing("decide", f"that{step} {clause}")


def _step(title: str) -> tuple[str, str]:
    """The step that a title begins with, "the first step", and the rest of the title."""
    found = _STEP.match(title)
    return (f"the {found[1].lower()}", found[2]) if found else ("", title)


def _heading(title: str) -> tuple[str, str]:
    """The few words that head a title, "Use of T Levels:", and what is said of them."""
    heading, colon, rest = title.partition(": ")
    words = words_of(heading)
    short = 0 < len(words) <= _FEW and not RELATIVE & {one.text.lower() for one in words}
    headed = colon and short and not is_clause(heading)
    return (heading, f"{rest[:1].upper()}{rest[1:]}") if headed else ("", title)


def _as_one(title: str) -> str:
    """A noun phrase as what somebody is: "the first point of contact", "a good listener"."""
    told = _lowered(title)
    if _DETERMINED.match(told) or head_is_plural(told):
        return told
    return f"the {told}" if _THE_ONE.match(told) else a(told)


def _stated(clause: str) -> str:
    """A clause in the present tense: what "must shape" careers work "shapes" it."""
    words = words_of(clause)
    at = next(main_verbs(words), None)
    if at is None or words[at].text not in _DUE or at + 1 >= len(words):
        return clause
    before, first = clause[: words[at].start], words[at + 1]
    many = head_is_plural(before.strip()) or f" {before}".endswith(_MANY) or " and " in before
    if first.text == "not":
        return f"{before}{'do' if many else 'does'} {clause[first.start :]}".replace(
            "does not be", "is not"
        ).replace("do not be", "are not")
    verb = present(first.text, many=many)
    return f"{before}{verb}{clause[first.end :]}"


def _own_predicate(title: str, subjects: set[str]) -> Doing | None:
    """The title without its subject, where that is the owner; None where it is another."""
    words = words_of(title)
    at = _after_subject(title, subjects)
    first = next((n for n, word in enumerate(words) if at is not None and word.start >= at), None)
    if first is None:
        return None
    adverb, subject = "", words[:first]
    while _ADVERB.match(words[first].text) and first + 1 < len(words):
        adverb = f"{adverb}{words[first].text} "
        first += 1
    word = words[first].text
    if word.lower() in RELATIVE or word in (",", "and"):
        return None
    if word in _NEGATED or word in _MODAL:
        return _after_modal(title, words, first, adverb)
    if not begins_predicate(subject, words, first):
        return None
    own = _predicate(title, words, first, [*third_persons(words, first)], adverb)
    several = title.lower().startswith(("every ", "each ", "a ", "an "))
    return None if own and several and _BEING_ONE.match(f"{own.verb} {own.rest}") else own


def _after_modal(title: str, words: tuple[Word, ...], first: int, adverb: str) -> Doing | None:
    """The predicate after "must", "can", "does not": what can be done somebody is able to do."""
    word, following = words[first].text, [one.text for one in words[first + 1 : first + 2]]
    negated = word in _NEGATED and (word not in ("do", "does") or following == ["not"])
    if word in ("do", "does") and not negated:
        return _predicate(title, words, first, [first], adverb)
    start = first + (2 if following == ["not"] else 1)
    told = _predicate(title, words, start, [], adverb)
    if told is None:
        return None
    negated = negated or following == ["not"]
    if word in _ABLE:
        return Doing("be", f"{_ABLE[word]} to {told.verb} {told.rest}".strip(), negated=negated)
    return Doing(told.verb, told.rest, negated=negated)


def _without_subject(title: str) -> Doing | None:
    """A title that says no more than what is done: "Keeps a log", "To raise aspirations"."""
    words = words_of(title)
    if words[0].text == "To" and len(words) > 1:
        return _predicate(title, words, 1, [], "")
    if words[0].text.lower() in _MODAL:
        lowered = f"{title[:1].lower()}{title[1:]}"
        return _after_modal(lowered, words_of(lowered), 0, "")
    base = base_of_gerund(words[0].text)
    if base and [*main_verbs(words)] in ([], [1]):
        return Doing(base, title[words[0].end :].strip())
    third = words[0].text.endswith("s")
    if begins_with_verb(words) and (third or not is_clause(title)):
        told = _predicate(title, words, 0, [*third_persons(words, 0)], "")
        return told and Doing(f"{told.verb[:1].lower()}{told.verb[1:]}", told.rest)
    return None


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
    first_of_rest, _, others = rest.partition(" ")
    if verb == "be" and first_of_rest in ("always", "never", "also", "often"):
        return Doing(first_of_rest, f"be {others}".strip())
    if adverb:
        return Doing(adverb.strip(), f"{verb} {rest}".strip())
    return Doing(verb, rest)


def _after_subject(title: str, subjects: set[str]) -> int | None:
    """Where a title goes on after its subject, if that names the owner and nobody else."""
    title = title.lower()
    for subject in sorted(subjects, key=len, reverse=True):
        if title.startswith(f"{subject} ") and title[len(subject) :].strip():
            return len(subject) + 1
    return None


def _lowered(title: str) -> str:
    """A title as the rest of a sentence: no capital, unless its first word is a name."""
    return title if _PROPER.match(title) else f"{title[:1].lower()}{title[1:]}"
