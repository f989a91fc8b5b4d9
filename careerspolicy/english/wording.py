"""Plain English grammar: numbers, lists, plurals, articles, verb forms; a document's own words.

Knows no duty; the rest of `english` stands on it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.model.duty import exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from careerspolicy.model.policy import Policy

_WORDS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

#: What begins with the sound of a vowel: a vowel, but not as in "use" and "one"; a mute h; and
#: initials that are spelt out, as of an SLT member or an FE college.
_VOWEL_SOUND: Final = re.compile(
    r"(?!(?i:uni|use|usu|eu|one\b|once|UTC|UK|UCAS\b))"
    r"(?:[aeiouAEIOU]|hour|honest|honour|heir"
    r"|[FHLMNRSX][B-DF-HJ-NP-TV-Z]+s?\b|SEN\b|SMEs?\b|LMI\b|LA\b|HEI?s?\b|FE\b)"
)
_ARTICLE: Final = re.compile(r"\b([Aa])n? (?=([\w'-]+))")

_JOINED: Final = re.compile(" (?:and|or) ")
#: A pair of things that have nothing after them in common.
_PAIR: Final = re.compile(
    r"^(?:(?! (?:of|for|and|or) )[\w' -])+ and (?:(?! (?:of|for|and) )[\w' -])+$"
)
_EITHER: Final = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")

_PLURALS: Final = {
    "child": "children", "person": "people", "man": "men", "woman": "women", "staff": "staff",
}  # fmt: skip
_BASES: Final = {"is": "be", "has": "have", "does": "do", "goes": "go", "focuses": "focus"}
_PLURAL_VERBS: Final = {"is": "are", "was": "were"}
#: Base verbs whose last consonant is doubled: those of one short beat, and some others.
_DOUBLED: Final = re.compile(
    r"^(?:[^aeiou]*[aeiou][^aeiouwxy]|commit|refer|submit|equip|control|enrol|signal|travel)$"
)

#: Names that hold one of our words and stay as they are, whatever a document calls a pupil.
_NAMES: Final = (
    "[Pp]upil (?:[Pp]remium|[Rr]eferral [Uu]nits?)|school (?:years?|days?)"
    "|Careers Leaders? (?:Award|Programme|Training)"
)
#: The possessive of what ends in "s": "the director of futures' details".
_POSSESSIVE: Final = re.compile(r"(?<=[^s]s)'s\b")
#: What else titles call a role, which follows its own word.
_CALLED: Final = {"headteacher": ("the head",)}


def number(amount: float | Decimal) -> str:
    """A number in figures, as it was written: 2, 7.5, 1234567."""
    return f"{exact(amount)}"


def number_in_words(amount: float | Decimal) -> str:
    """A number as a sentence writes it: words to nine, then figures."""
    return _WORDS[int(amount)] if amount in range(len(_WORDS)) else number(amount)


def times(amount: float | Decimal) -> str:
    """How many times: "once", "twice", "three times"."""
    return {1: "once", 2: "twice"}.get(int(amount)) or f"{number_in_words(amount)} times"


def listing(words: Iterable[str], joint: str = "and") -> str:
    """Words as a list in a sentence, with semicolons where one of them holds a comma.

    A pair at the end is two of the things listed.

    >>> listing(["sixth form", "college", "university"])
    'sixth form, college and university'
    >>> listing(["study options", "technical routes and apprenticeships"])
    'study options, technical routes and apprenticeships'
    >>> listing(["a map", "an aim, in words", "a date"])
    'a map; an aim, in words; and a date'
    """
    *first, last = [*words] or [""]
    if not first:
        return last
    if any("," in word for word in (*first, last)):
        return f"{'; '.join(first)}; {joint} {last}"
    if joint == "and" and _PAIR.match(last) and not any(_JOINED.search(word) for word in first):
        return f"{', '.join(first)}, {last}"
    comma = "," if any(_JOINED.search(word) for word in (*first, last)) else ""
    return f"{', '.join(first)}{comma} {joint} {last}"


def joined(*parts: str) -> str:
    """Parts of a sentence that are kept apart by commas; those that are empty are left out."""
    return ", ".join(filter(None, parts))


def plural(noun: str) -> str:
    """The plural of a noun, or of the first noun of one with "of".

    >>> plural("careers fair"), plural("company"), plural("offer of a place")
    ('careers fairs', 'companies', 'offers of a place')
    """
    head, of, rest = noun.partition(" of ")
    first, space, last = head.rpartition(" ")
    if last in _PLURALS:
        return f"{first}{space}{_PLURALS[last]}{of}{rest}"
    if re.search(r"[^aeiou]y$", head):
        head = f"{head[:-1]}ie"
    elif re.search(r"(?:s|sh|ch|x)$", head):
        head = f"{head}e"
    return f"{head}s{of}{rest}"


def plural_of(noun: str) -> str:
    """The plural of a noun that may be in the plural already."""
    return noun if with_article(noun) == noun else plural(noun)


@attrs.frozen
class Forms:
    """A noun in the singular, in the plural, and where an amount of it is meant.

    `ending` ends it in all three, after whatever is said of it.
    """

    singular: str
    plural: str
    uncounted: str
    ending: str = ""

    @classmethod
    def read(cls, text: str) -> Forms:
        """The forms in "singular | plural | amount", as `phrases.yaml` has them."""
        return cls.made(*text.split(" | "))

    @classmethod
    def made(cls, singular: str, many: str = "", uncounted: str = "") -> Forms:
        """These forms, the regular ones where they are not there."""
        many = many or plural(singular)
        return cls(singular, many, uncounted or many)

    @classmethod
    def alike(cls, words: str) -> Forms:
        """A noun that is the same in all its forms."""
        return cls(words, words, words)

    def of(self, *, many: bool) -> str:
        """The one asked for."""
        return self.plural if many else self.singular


def with_article(words: str) -> str:
    """A role or thing with "the", unless it is a plural: "the board of trustees", "parents"."""
    bare = words in ("staff", "alumni") or words.startswith("the ")
    several = words.endswith("s") and not re.search(" (?:of|for) ", words)
    return words if bare or several else f"the {words}"


def a(noun: str) -> str:
    """A noun with its indefinite article.

    >>> a("university"), a("employer"), a("SLT member"), a("EHC plan")
    ('a university', 'an employer', 'an SLT member', 'an EHC plan')
    """
    if noun.startswith("the "):
        return noun
    return f"{'an' if _VOWEL_SOUND.match(noun) else 'a'} {noun}"


def with_articles_right(text: str) -> str:
    """A text whose every "a" and "an" suits the word after it, as names are put in."""
    return _ARTICLE.sub(lambda at: f"{at[1]}{'n' if _VOWEL_SOUND.match(at[2]) else ''} ", text)


def in_number(text: str, *, many: bool) -> str:
    """A text with what it says of one or of many: "on {its site|their sites}"."""
    return _EITHER.sub(lambda numbers: numbers[2] if many else numbers[1], text)


def base_form(verb: str) -> str:
    """The base form of a verb in the third person: "carry" of "carries"."""
    if verb in _BASES:
        return _BASES[verb]
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    return verb[:-2] if re.search(r"(?:ss|sh|ch|x|zz|o)es$", verb) else verb.removesuffix("s")


def gerund(verb: str) -> str:
    """The -ing form of a base verb: "giving", "putting", "seeing"."""
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if re.search("[^eoy]e$", verb) and verb != "be":
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1]}ing" if _DOUBLED.match(verb) else f"{verb}ing"


@attrs.frozen
class Clause:
    """What a thing is or does: its verb, said of one and of many, and the rest.

    >>> Clause.read("is {a care leaver|care leavers}").opposite.of(many=True)
    'are not care leavers'
    >>> Clause.read("covers the risks").opposite.of(many=False)
    'does not cover the risks'
    """

    singular: str
    plural: str
    rest: str

    @classmethod
    def read(cls, text: str) -> Clause:
        """A clause by what it says of one thing: "is attended"."""
        verb, _, rest = text.partition(" ")
        return cls(verb, _PLURAL_VERBS.get(verb) or base_form(verb), rest)

    def of(self, *, many: bool) -> str:
        """The clause in one of its numbers, and with it what its rest has in both."""
        verb = self.plural if many else self.singular
        return f"{verb} {in_number(self.rest, many=many)}".lstrip()

    @property
    def opposite(self) -> Clause:
        """The clause that says that it is not so."""
        if self.singular in _PLURAL_VERBS:
            return attrs.evolve(self, rest=f"not {self.rest}")
        return Clause("does", "do", f"not {self.plural} {self.rest}")

    @property
    def participle(self) -> str:
        """The clause as it follows its noun: "covering the risks"."""
        return f"{gerund(self.plural)} {self.rest}"


def tidy(text: str) -> str:
    """A text with single spaces, no space before a comma, and its articles right."""
    plain = " ".join(text.split()).replace(" ,", ",").replace(",,", ",").rstrip(" .,")
    return with_articles_right(plain)


def sentence_of(text: str) -> str:
    """A text as a sentence: a capital, one full stop, and nothing untidy."""
    plain = tidy(text)
    return f"{plain[:1].upper()}{plain[1:]}."


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
            (our, own, *numbers.get(our, (our, plural_of(our))))
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


@lru_cache(maxsize=64)
def _compiled(
    nouns: tuple[tuple[str, str, str, str], ...],
) -> tuple[re.Pattern[str], Mapping[str, str]]:
    words: dict[str, str] = {}
    for our, own, singular, many in nouns:
        owns = own if own.endswith("s") else plural_of(own)
        words |= {our: own, singular: own, many: owns, plural_of(our): owns}
        words |= dict.fromkeys(_CALLED.get(our, ()), f"the {own}")
    theirs = {own for _, own, _, _ in nouns if " " in own} - {*words}
    ours = sorted({*words, *theirs}, key=len, reverse=True)
    either = "|".join(map(re.escape, ours))
    return re.compile(rf"\b(?:{_NAMES}|(?i:{either})(?![\w-])(?!(?<=\bhead) of))"), words
