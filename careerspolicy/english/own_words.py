"""A document's own words for ours: learner for pupil, principal for headteacher.

Put into finished phrases, in whatever number, case or possessive they stand in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from careerspolicy.english.wording import Forms, with_article, with_articles_right

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.model.policy import Policy

#: Names that hold one of our words and stay as they are, whatever a document calls a pupil.
_NAMES: Final = (
    "[Pp]upil (?:[Pp]remium|[Rr]eferral [Uu]nits?)|school (?:years?|days?)"
    "|Careers Leaders? (?:Award|Programme|Training)"
)
#: The possessive of what ends in "s": "the director of futures' details".
_POSSESSIVE: Final = re.compile(r"(?<=[^s]s)'s\b")
#: What else titles call a role, which follows its own word.
_CALLED: Final = {"headteacher": ("the head",)}


def own_words(text: str, policy: Policy) -> str:
    """A text of ours in a policy's own words, with its articles right."""
    if not policy.words:
        return text
    pattern, words = _pattern(tuple(sorted(policy.words.items())), policy)
    told = pattern.sub(lambda found: _word(found, words), text)
    return with_articles_right(_POSSESSIVE.sub("'", told))


def _word(found: re.Match[str], words: Mapping[str, str]) -> str:
    told = found[0]
    own = words.get(told) or words.get(f"{told[:1].lower()}{told[1:]}")
    if own is None:  # a name that stays
        return told
    return f"{own[:1].upper()}{own[1:]}" if told[:1].isupper() else own


def _pattern(
    told: tuple[tuple[str, str], ...], policy: Policy
) -> tuple[re.Pattern[str], Mapping[str, str]]:
    nouns = tuple(
        (our, own, kind.singular, kind.plural)
        if (kind := policy.vocabulary.kinds.get(our)) is not None
        else (our, own, our, _plural(our))
        for our, own in told
    )
    return _compiled(nouns)


def _plural(noun: str) -> str:
    return noun if with_article(noun) == noun else Forms.read(noun).many


@lru_cache(maxsize=64)
def _compiled(
    nouns: tuple[tuple[str, str, str, str], ...],
) -> tuple[re.Pattern[str], Mapping[str, str]]:
    words: dict[str, str] = {}
    for our, own, one, many in nouns:
        owns = own if own.endswith("s") else _plural(own)
        words |= {our: own, one: own, many: owns, _plural(our): owns}
        words |= dict.fromkeys(_CALLED.get(our, ()), f"the {own}")
    theirs = {own for _, own, _, _ in nouns if " " in own} - {*words}
    ours = sorted({*words, *theirs}, key=len, reverse=True)
    either = "|".join(map(re.escape, ours))
    return re.compile(rf"\b(?:{_NAMES}|(?i:{either})(?![\w-])(?!(?<=\bhead) of))"), words
