"""What kind of event some words mean, and the day that a heading names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.readers.days import Parts, read_day
from careerspolicy.suggestions import meant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.vocabulary import Vocabulary

_DAY: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|"
    r"\d{1,2}(?:st|nd|rd|th)?[- ][A-Za-z]{3,9}[- ]\d{2,4}",
    re.ASCII,
)
#: What stands between two events in one cell.
_MARKS: Final = re.compile(r"[;/+&,]|\band\b")
#: How people write that an adviser meets one pupil.
_ONE_TO_ONE: Final = re.compile(r"\b1(?:-1| to 1|-2-1|-to-1|21)\b", re.ASCII)


@attrs.frozen
class KindWords:
    """Kinds of record by the words, run together, by which people call them."""

    by_words: Mapping[str, str]

    @classmethod
    def of_vocabulary(cls, vocabulary: Vocabulary, usual: Mapping[str, str]) -> KindWords:
        """Those of a vocabulary, and those that are usual besides."""
        names = {**usual}
        for name in vocabulary.record_kinds:
            kind = vocabulary.kinds[name]
            names |= dict.fromkeys((name, kind.singular, kind.plural), name)
        spelt = ((text, kind) for words, kind in names.items() for text in _spelt(_words(words)))
        return cls({text: kind for text, kind in spelt if kind in vocabulary.record_kinds})

    def of(self, text: str) -> str:
        """The kind that the longest words of a text mean, of equals the last; "" for none."""
        words = _words(text)
        best, longest = "", 0
        for end in range(1, len(words) + 1):
            for start in range(end):
                kind = self._of_words(words[start:end])
                if kind and end - start >= longest:
                    best, longest = kind, end - start
        return best

    def only(self, text: str) -> str:
        """The one kind that a text means; "" where what marks part in it means several."""
        parts = _MARKS.split(text)
        return self.of(text) if len({*map(self.of, parts)} - {""}) < 2 else ""

    def _of_words(self, words: list[str]) -> str:
        known = (self.by_words.get(text, "") for text in _spelt(words))
        return next(filter(None, known), "") or meant(" ".join(words), {*self.by_words.values()})


def day_in(heading: str) -> str:
    """The day that a heading names, as 2025-10-03, the day before the month; "" for none.

    >>> day_in("Employer talk 03/10/25"), day_in("Careers fair")
    ('2025-10-03', '')
    """
    for written in _DAY.findall(heading):
        try:
            day = read_day(written)
            if isinstance(day, Parts):
                day = day.day(month_first=False)
        except ValueError:
            continue
        if day is not None:
            return day.isoformat()
    return ""


def _words(text: str) -> list[str]:
    """The words of a text without days and what stands between them; 1:1 is a word."""
    text = _ONE_TO_ONE.sub("1:1", _DAY.sub(" ", text))
    plain = "".join(mark if mark.isalnum() or mark == ":" else " " for mark in text.casefold())
    return plain.replace(": ", " ").split()


def _spelt(words: list[str]) -> tuple[str, ...]:
    """Words run together as they are, with the last in the singular, and with all of them so."""
    last = [*words[:-1], *(word.removesuffix("s") for word in words[-1:])]
    each = [word.removesuffix("s") for word in words]
    return "".join(words), "".join(last), "".join(each)
