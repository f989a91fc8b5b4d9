"""Rules on what does not belong in a trust's policy: people by name, and one school's address."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from careerspolicy.checks.issues import Fault
from careerspolicy.plain.text import bytes_of, text_of
from careerspolicy.plain.yaml_tree import POLICY_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path as FilePath

    from careerspolicy.checks.issues import PolicyFile
    from careerspolicy.plain.places import Path
    from careerspolicy.tracing.document import Document

#: Takes a text and the words that the file says are known; yields messages and mends.
Look: TypeAlias = "Callable[[str, Iterable[str]], Iterator[tuple[str, str]]]"
#: The trust's own name, and reasons given to lint, are no part of what the document says.
_NOT_READ: Final = frozenset({"trust", "policy", "lint"})
#: Digests and ids, wherever they stand: a row of digits in one is no telephone number.
_NO_TEXT: Final = frozenset({"fingerprint", "id", "of", "further_to"})

_WORD: Final = r"(?:[A-Z]['\u2019])?[A-Z][a-z]+(?:['\u2019-][A-Z][a-z]+)*"
_HONORIFIC: Final = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame)\.? {_WORD}")
_NAME: Final = re.compile(
    rf"(?<!\bSt )(?<!\bSt\. )(?<!\bSaint )\b"
    rf"(?=({_WORD}) ((?:Mc|Mac)?{_WORD})\b(?: ([A-Z][a-z]+))?)"
)
_INITIAL: Final = re.compile(rf"(?<![\w.] )\b([B-HJ-SU-Z])\.? ({_WORD})\b")
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE: Final = re.compile(r"(?<![\w-])(?:\+44 ?\(?0?\)?|0)\d(?:[ -]?\d){8,9}(?!\d)")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]]+"
    r"|\b(?<!@)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:sch\.uk|org\.uk|ac\.uk|co\.uk|com|org|net)\b",
    re.IGNORECASE,
)
_HOST: Final = re.compile(r"(?:https?://)?([^/:?#\s]+)", re.IGNORECASE)

#: What stands after a person's name where it has become a place's or a thing's.
_NAMED_AFTER: Final = frozenset({
    "academies", "academy", "act", "avenue", "award", "building", "centre",
    "charter", "close", "college", "court", "foundation", "hall", "hospital",
    "house", "institute", "lane", "library", "memorial", "park", "place", "primary",
    "programme", "project", "road", "scheme", "school", "schools", "square",
    "street", "trust", "university", "way",
})  # fmt: skip
#: National bodies whose pages any school's policy may point at.
_NATIONAL: Final = (
    "gov.uk", "careersandenterprise.co.uk", "gatsby.org.uk", "gatsbybenchmarks.org.uk",
    "goodcareerguidance.org.uk", "thecdi.net", "cdi.net", "cegnet.co.uk", "careersengland.org.uk",
    "qualityincareers.org.uk", "ucas.com", "amazingapprenticeships.com", "lmiforall.org.uk",
    "nhs.uk",
)  # fmt: skip


def looking(look: Look) -> Callable[[PolicyFile], Iterator[Fault]]:
    """The rule that looks so at every text of a file."""

    def rule(file: PolicyFile) -> Iterator[Fault]:
        for path, text in _texts(file.tree):
            in_one = path[0] == "obligations"
            obligation = file.policy.obligations[int(path[1])].id if in_one else ""
            for message, mend in look(text, file.settings.known):
                yield Fault(path, message, mend, obligation)

    return rule


def persons_in(text: str, known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A message and a mend for each person that a text gives away, but for what is known."""
    passed = {word.casefold() for word in known}
    for what, name in _persons(text):
        if name.casefold() not in passed:
            mend = "name the role in its place, or list it as known if it is no name"
            yield f'"{name}" {what}', mend


def addresses_in(text: str, known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A message and a mend for each web address in a text that may be one school's."""
    own = tuple(word.casefold() for word in known)
    for host in _hosts(text):
        if not any(host == name or host.endswith(f".{name}") for name in (*_NATIONAL, *own)):
            message = f'"{host}" looks like one school\'s address'
            yield message, "say what is published, on each school's own website"


def lines_of(source: FilePath, document: Document) -> Iterable[tuple[int, str]]:
    """A document's lines with their numbers; of Word, its paragraphs."""
    if source.suffix.lower() == ".docx":
        return [(part.lines[0], part.text) for part in document.parts]
    text = text_of(bytes_of(source, POLICY_LIMIT), str(source), POLICY_LIMIT)
    return enumerate(text.splitlines(), start=1)


def _persons(text: str) -> Iterator[tuple[str, str]]:
    """What gives a person away in a text, in order of how sure it is; each once."""
    reached = ((_EMAIL, "is an e-mail address"), (_TELEPHONE, "is a telephone number"))
    for pattern, what in reached:
        for match in pattern.finditer(text):
            yield what, match[0]
    named = dict.fromkeys(match[0] for match in _HONORIFIC.finditer(text))
    for name in (*_full_names(text), *_initialled(text)):
        if not any(name.endswith(person.split()[-1]) for person in named):
            named[name] = None
    for name in named:
        yield "looks like a person's name", name


def _full_names(text: str) -> Iterator[str]:
    """A common given name with another capitalised word, unless a place or thing is named so."""
    for match in _NAME.finditer(text):
        first, last, following = match[1], match[2], match[3] or ""
        named_after = {last.casefold(), following.casefold()} & _NAMED_AFTER
        if first.casefold() in _given_names() and not named_after:
            yield f"{first} {last}"


def _initialled(text: str) -> Iterator[str]:
    """An initial with a surname, such as "J Smith", where the text is no more than names."""
    if re.fullmatch(rf"(?:[A-Z]\.? ?)+{_WORD}(?:(?:,| and| &) (?:[A-Z]\.? ?)+{_WORD})*", text):
        yield from (match[0] for match in _INITIAL.finditer(text))


def _hosts(text: str) -> Iterator[str]:
    """The hosts of the web addresses in a text, each once."""
    matches = (_HOST.match(address[0]) for address in _ADDRESS.finditer(text))
    hosts = (match[1].casefold().removeprefix("www.").rstrip(".") for match in matches if match)
    yield from dict.fromkeys(host for host in hosts if "." in host)


def _texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of the file with its place, but for digests and ids.

    Plain reading bounds how deep this goes.
    """
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NO_TEXT and (path or key not in _NOT_READ):
                yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _texts(inner, (*path, n))


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    text = files("careerspolicy.checks").joinpath("given_names.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
