"""Which words of a title are its verbs: enough grammar for the present-tense clauses of titles.

Words that are both verb and noun ("plans", "supports") are told apart by what stands beside them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import attrs
import yaml

from careerspolicy.english.wording import base_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD: Final = re.compile(r"[\w'\u2019-]+|[,;:()]")
#: What begins a clause within a clause.
RELATIVE: Final = frozenset(
    {"who", "whom", "whose", "which", "that", "what", "how", "where", "when", "whether", "why",
     "if", "whatever", "whoever", "wherever", "whenever", "since", "because", "while", "so", "as",
     "than", "unless", "once"}
)  # fmt: skip
_DETERMINERS: Final = frozenset(
    {"a", "an", "the", "its", "their", "his", "her", "our", "your", "each", "every", "all", "any",
     "no", "some", "many", "this", "these", "those", "such", "other", "both", "more", "most",
     "several", "two", "three", "four", "good", "it", "them", "up", "out", "down", "off",
     "away", "through", "over", "on", "to", "with",
     "for", "in", "at", "from", "of", "by", "about", "into", "how", "what", "who", "whom", "which",
     "where", "that", "whether", "pupils", "staff", "parents", "schools", "towards", "against",
     "careers", "others", "closely", "one"}
)  # fmt: skip
_BEFORE_NOUNS: Final = frozenset(
    {"a", "an", "the", "its", "their", "his", "her", "each", "every", "all", "any", "no", "some",
     "many", "this", "these", "those", "such", "other", "own", "of", "in", "on", "at", "for",
     "from", "with", "by", "to", "into", "about", "towards", "against", "between", "under", "over",
     "two", "three", "work", "careers", "good", "new", "first", "further"}
)  # fmt: skip
_JOINTS: Final = frozenset(
    {"and", "or", ",", ":", ";", "before", "after", "during", "within", "not"}
)
_DETERMINING: Final = frozenset(
    {"a", "an", "the", "its", "their", "his", "her", "each", "every", "all", "any", "no", "some",
     "many", "this", "these", "those", "such", "other", "own", "two", "three", "work", "careers",
     "good", "new", "first", "further"}
)  # fmt: skip
_PLURALS: Final = frozenset(
    {"staff", "people", "alumni", "children", "those", "they", "all", "who", "which", "that"}
)
#: What ends as a participle does and is a noun: "training covers the basics".
_NOUNS_IN_ING: Final = frozenset(
    {"training", "learning", "teaching", "mentoring", "coaching", "planning", "meeting", "funding",
     "evening", "morning", "testing", "timing", "wellbeing", "briefing", "monitoring"}
)  # fmt: skip
#: What says which visits, talks and interviews: "mock interviews with local businesses".
_BEFORE_EVENTS: Final = frozenset(
    {"mock", "school", "college", "university", "placement", "taster", "open", "employer", "group",
     "workplace", "provider", "guest", "home", "site", "exit", "guidance"}
)  # fmt: skip
#: What follows a plural in the name of something: "results day", "sports week".
_NOUNS: Final = frozenset({"day", "days", "week", "weeks", "evening", "evenings", "event", "team"})
#: What ends in "s" and is one.
_ONE: Final = frozenset({"careers", "ethos", "news", "mathematics", "physics", "economics"})
_ARTICLES: Final = frozenset({"the", "a", "an", "their", "its", "every", "each", "all"})
_OBJECTS: Final = _ARTICLES | {
    "it", "them", "any", "his", "her", "how", "what", "who", "which", "whether", "that", "to", "up",
    "out", "on", "pupils", "staff", "parents", "schools",
}  # fmt: skip
_GO_ON: Final = frozenset({"to", "through", "on", "with", "in", "together", "up", "out"})
_BETWEEN: Final = frozenset(
    {"together", "both", "all", "also", "often", "always", "each", "never", "neither"}
)
_BEFORE_INFINITIVES: Final = frozenset(
    {"to", "can", "may", "will", "must", "should", "not", "help"}
)
_ADJECTIVE: Final = re.compile(r"(?:ed|ing|al|ive|ous|ful|ic|ble|ary|ate|eer)$")


@attrs.frozen
class Word:
    """One word of a title, where it stands."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The place after it."""
        return self.start + len(self.text)


def words_of(text: str) -> tuple[Word, ...]:
    """The words and commas of a text."""
    return tuple(Word(found[0], found.start()) for found in _WORD.finditer(text))


def is_clause(text: str) -> bool:
    """Whether a title has a main verb, so that it can follow "make sure that".

    >>> is_clause("Guidance serves the best interests of pupils")
    True
    >>> is_clause("Classrooms where pupils take on real problems")
    False
    """
    words = words_of(text)
    return next(main_verbs(words), None) is not None or _has_plural_subject(words)


def _has_plural_subject(words: Sequence[Word]) -> bool:
    """Whether a plural noun begins a title and a word that no noun phrase goes on with follows."""
    first, second = _text(words, 0), _text(words, 1)
    plural = _ends_in_plural(first) and not first.endswith(("'s", "s'", "\u2019s"))
    return plural and second.isalpha() and second not in RELATIVE | _BEFORE_NOUNS | _JOINTS | _NOUNS


def head_is_plural(text: str) -> bool:
    """Whether the head of a noun phrase is a plural: what stands before its first preposition.

    >>> head_is_plural("meetings with pupils"), head_is_plural("careers guidance for pupils")
    (True, False)
    """
    words = words_of(text)
    ends = RELATIVE | _JOINTS | (_BEFORE_NOUNS - _DETERMINING)
    end = next((at for at in range(1, len(words)) if _text(words, at) in ends), len(words))
    return _ends_in_plural(_text(words, end - 1))


def _ends_in_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _ONE


def main_verbs(words: Sequence[Word]) -> Iterator[int]:
    """The places of the verbs that belong to no clause begun by "who", "that", "what" …."""
    inside = 0
    for at, word in enumerate(words):
        if word.text.lower() in RELATIVE and not _is_no_relative(words, at):
            inside += 1
        elif _is_verb(words, at):
            if inside:
                inside -= 1
            else:
                yield at


def _is_no_relative(words: Sequence[Word], at: int) -> bool:
    """Whether such a word begins no clause here: "so that" is one clause, "as many" is none."""
    word, following = words[at].text.lower(), _text(words, at + 1)
    if word == "so" or (word == "whatever" and following in _ARTICLES):
        return True
    if word in ("as", "than", "once"):
        return following not in ("the", "they", "it")
    return word in ("how", "what", "where", "whether", "whom", "when") and following == "to"


def _is_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a word is a finite verb, of a singular or a plural subject."""
    word, before = words[at].text, _text(words, at - 1)
    always, verbs, nouns = _lexicon()
    if at == 0 or word != word.lower():
        return False
    if word in always:
        return True
    if before == "all" and at == 1:
        return word in verbs
    base = base_form(word)
    if before in ("work", "careers") and base in verbs - nouns:
        return True
    if before in _BEFORE_NOUNS or before.endswith(("'s", "s'")):
        return False
    if word != base and base in verbs:
        return base not in nouns or not _is_noun(words, at)
    if word not in verbs or _takes_infinitive(words, at - 1):
        return False
    if word not in nouns or _is_plural(words, at) or _is_of_several(words, at):
        return True
    return _has_object(words, at) and head_is_plural(" ".join(one.text for one in words[:at]))


def _takes_infinitive(words: Sequence[Word], at: int) -> bool:
    """Whether an infinitive follows a word: after "help", unless that is a noun ("for help")."""
    noun = _text(words, at) == "help" and _text(words, at - 1) in _BEFORE_NOUNS
    return _text(words, at) in _BEFORE_INFINITIVES and not noun


def _has_object(words: Sequence[Word], at: int) -> bool:
    """Whether what follows is somebody or something that a verb is done to."""
    following = _text(words, at + 1)
    return following in _ARTICLES | {"people", "staff", "them", "it", "pupils", "parents"}


def begins_predicate(subject: Sequence[Word], words: Sequence[Word], at: int) -> bool:
    """Whether a word after a title's subject is its verb, and not one more noun.

    "Careers leaders plan lessons" goes on with a verb, "School trips are paid for" does not.
    """
    always, verbs, _ = _lexicon()
    word, last, following = words[at].text, subject[-1].text.lower(), _text(words, at + 1)
    if word in always:
        return True
    if following in always or word.endswith(("'s", "s'", "\u2019s")):
        return False
    base = base_form(word)
    if base in verbs:
        return True
    if word.endswith("ing"):
        return False
    many = last.endswith("s") or last in _PLURALS or any(one.text == "and" for one in subject)
    return word != base and not many and following not in verbs


def begins_with_verb(words: Sequence[Word]) -> bool:
    """Whether a title without a subject begins with what somebody does: "Keeps a log"."""
    always, verbs, nouns = _lexicon()
    word = _text(words, 0).rpartition("-")[2]
    if word in always:
        return False
    if base_form(word) in verbs - nouns:
        return True
    return base_form(word) in verbs and _text(words, 1) in _ARTICLES | {
        "pupils",
        "parents",
        "staff",
    }


def base_of_gerund(word: str) -> str:
    """The base of a verb in "-ing" that is no noun as well: "ensuring" is of "ensure".

    >>> base_of_gerund("ensuring"), base_of_gerund("putting"), base_of_gerund("meeting")
    ('ensure', 'put', '')
    """
    _, verbs, nouns = _lexicon()
    stem = word.lower().removesuffix("ing")
    if stem == word.lower() or word.lower() in _NOUNS_IN_ING:
        return ""
    pure = (verbs - nouns) | {"work"}
    found = (one for one in (f"{stem}e", stem, stem[:-1]) if one in pure)
    return next(found, "")


def _is_of_several(words: Sequence[Word], at: int) -> bool:
    """Whether a base form may belong to a longer subject: "school and SENDCO work closely"."""
    following = _text(words, at + 1)
    if at < 2 or _ADJECTIVE.search(_text(words, at - 1)):
        return False
    joined = any(one.text in ("and", "who") for one in words[:at])
    return following in _ARTICLES or (joined and (following.endswith("ly") or following in _GO_ON))


def _is_noun(words: Sequence[Word], at: int) -> bool:
    """Whether what stands beside a word that can be verb or noun shows it to be a noun."""
    before, following = _text(words, at - 1), _text(words, at + 1)
    if before in _NOUNS_IN_ING and following not in ("of", "and", "or", ",", ""):
        return False
    if before.endswith("ly") or following in _DETERMINERS - {"of", "for", "in", "with"}:
        return False
    described = _ADJECTIVE.search(before) or before in _BEFORE_EVENTS
    return bool(described) or following in ("of", "and", "or", ",", "for", "")


def _is_plural(words: Sequence[Word], at: int) -> bool:
    """Whether what stands before a base form can be its plural subject."""
    before = at - 1
    while before > 0 and (_text(words, before).endswith("ly") or _text(words, before) in _BETWEEN):
        before -= 1
    told = _text(words, before)
    return told in _PLURALS or (told.endswith("s") and not told.endswith(("ss", "us", "is")))


def third_persons(words: Sequence[Word], first: int) -> Iterator[int]:
    """The verb at a place, and those coordinated with it that have the same subject."""
    yield first
    inside, near = 0, first
    for at in range(first + 1, len(words)):
        word, before = words[at].text, _text(words, at - 1)
        if word.lower() in RELATIVE and not _is_no_relative(words, at):
            inside = 1
        elif before in ("and", "or", "nor", ",", "but", "then") or before.endswith("ly"):
            joined = at - near <= 2
            if _could_be_coordinated(words, at, joined=joined) and (
                not inside or _resumes(words, at)
            ):
                inside, near = 0, at
                yield at


def _could_be_coordinated(words: Sequence[Word], at: int, *, joined: bool) -> bool:
    word = words[at].text
    base = base_form(word)
    always, verbs, nouns = _lexicon()
    if word in ("is", "has", "does"):
        return True
    if word in always or base == word or base not in verbs:
        return False
    following = _text(words, at + 1)
    aiming = base == "aim" and following in ("in", "at", "for")
    plain = _ends_in_plural(following) and following not in nouns
    return joined or base not in nouns or following in _OBJECTS or aiming or plain


def _resumes(words: Sequence[Word], at: int) -> bool:
    """Whether a verb after a relative clause goes on with the main one: only after a comma."""
    return _text(words, at - 1) == "," or _text(words, at - 2) == ","


def _text(words: Sequence[Word], at: int) -> str:
    return words[at].text.lower() if 0 <= at < len(words) else ""


@lru_cache(maxsize=1)
def _lexicon() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    text = files("careerspolicy.english").joinpath("verbs.yaml").read_text(encoding="utf-8")
    told = yaml.safe_load(text)
    nouns = frozenset(told["nouns as well"].split())
    return frozenset(told["always"].split()), frozenset(told["verbs"].split()) | nouns, nouns
