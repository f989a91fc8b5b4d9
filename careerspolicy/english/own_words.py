"""A document's own words for ours: learner for pupil, principal for headteacher.

Put into finished phrases, in whatever number, case or possessive they stand in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from careerspolicy.english.wording import plural, with_article, with_articles_right

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
    kinds = policy.vocabulary.kinds
    numbers = {
        our: (kinds[our].singular, kinds[our].plural) for our in policy.words if our in kinds
    }
    pattern, words = _compiled(
        tuple(
            (our, own, *numbers.get(our, (our, _plural(our))))
            for our, own in sorted(policy.words.items())
        )
    )

    def put_in(ours: re.Match[str]) -> str:
        word = ours[0]
        own = words.get(word) or words.get(f"{word[:1].lower()}{word[1:]}")
        if own is None:  # a name that stays
            return word
        return f"{own[:1].upper()}{own[1:]}" if word[:1].isupper() else own

    return with_articles_right(_POSSESSIVE.sub("'", pattern.sub(put_in, text)))


def _plural(noun: str) -> str:
    return noun if with_article(noun) == noun else plural(noun)


@lru_cache(maxsize=64)
def _compiled(
    nouns: tuple[tuple[str, str, str, str], ...],
) -> tuple[re.Pattern[str], Mapping[str, str]]:
    words: dict[str, str] = {}
    for our, own, singular, many in nouns:
        owns = own if own.endswith("s") else _plural(own)
        words |= {our: own, singular: own, many: owns, _plural(our): owns}
        words |= dict.fromkeys(_CALLED.get(our, ()), f"the {own}")
    theirs = {own for _, own, _, _ in nouns if " " in own} - {*words}
    ours = sorted({*words, *theirs}, key=len, reverse=True)
    either = "|".join(map(re.escape, ours))
    return re.compile(rf"\b(?:{_NAMES}|(?i:{either})(?![\w-])(?!(?<=\bhead) of))"), words
