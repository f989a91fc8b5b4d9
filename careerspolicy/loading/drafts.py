"""One obligation as its file has it, and how each verb fills the one shape of duties.

The sense checks look at drafts; once they have passed, `construction` makes duties of them. Beside
them stand what a file writes as values (dates, runs, and plain records whose words are the fields'
own, structured by cattrs), and what many checks object to.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, override

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.model.document import CitedKind, Run
from careerspolicy.model.duty import Duty, Verb
from careerspolicy.model.policy import InForce
from careerspolicy.plain.places import Objection
from careerspolicy.suggestions import did_you_mean, nearest
from careerspolicy.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from careerspolicy.plain.places import Path
    from careerspolicy.vocabulary import Kind


#: What a review is due by that the document dates itself, under `next_review`.
NEXT_REVIEW: Final = "next review"


@attrs.frozen
class Form:
    """How a verb fills the shape: the kind of record, and the attributes that its slots test.

    An empty `kind` is the one that `what` names. `standing` duties hold at all times unless a
    schedule is said.
    """

    kind: str = ""
    tests: tuple[tuple[str, str], ...] = ()
    standing: bool = False


FORMS: Final[dict[Verb, Form]] = {
    Verb.PROVIDE: Form(),
    Verb.PUBLISH: Form("publication", (("what", "document"), ("on", "place")), standing=True),
    Verb.REVIEW: Form("review", (("what", "document"),)),
    Verb.KEEP: Form(standing=True),
    Verb.NOTIFY: Form("notification", (("whom", "to"), ("matter", "matter"))),
    Verb.APPOINT: Form("appointment", (("what", "role"),), standing=True),
    Verb.FORBID: Form(),
    Verb.UPHOLD: Form("attestation", (("attested_by", "role"),)),
}


@attrs.frozen
class Draft:
    """One obligation's tree, with its words and the drafts that stand before it.

    `cited` has the sort of each instrument that the document cites, by its title and year; None
    where the document hasn't its shape. `reviewed` are the days after the document's own date, to
    the last of its next review, if it dates that.
    """

    tree: Mapping[str, Any]
    position: int
    vocabulary: Vocabulary
    cited: Mapping[str, CitedKind] | None
    of_law: bool
    earlier: Mapping[str, Draft]
    reviewed: Mapping[str, Any] | None = None

    @cached_property
    def verb(self) -> Verb:
        """The one verb that it is written with."""
        return verb_of(self.tree)

    @cached_property
    def body(self) -> Mapping[str, Any]:
        """What stands under the verb, with the days of the next review where it is due by that."""
        body: Mapping[str, Any] = self.tree[self.verb.value]
        if body.get("by") != NEXT_REVIEW:
            return body
        rest = {slot: value for slot, value in body.items() if slot != "by"}
        return {**(self.reviewed or {}), **rest}

    @cached_property
    def group(self) -> Mapping[str, Any]:
        """What stands under `for`."""
        group: Mapping[str, Any] = self.tree.get("for", {})
        return group

    @property
    def form(self) -> Form:
        """How its verb fills the shape."""
        return FORMS[self.verb]

    @cached_property
    def kind_name(self) -> str:
        """The kind of record that shows it done, known or not."""
        return self.form.kind or str(self.body["what"])

    @property
    def kind(self) -> Kind | None:
        """The kind of record that shows it done, if it is known."""
        return self.vocabulary.kinds.get(self.kind_name)

    @cached_property
    def subject(self) -> str:
        """The subject that is said, or else what the kind of record belongs to, if it is known."""
        return str(self.group.get("subject") or (self.kind.of if self.kind else ""))

    @property
    def sources(self) -> list[tuple[Path, Mapping[str, Any]]]:
        """The places in the document that it names, each with its path."""
        source = self.tree["source"]
        if isinstance(source, dict):
            return [(("source",), source)]
        return [(("source", n), place) for n, place in enumerate(source)]

    def objection(self, slot: str, message: str, hint: str = "") -> Objection:
        """An objection to a slot of the verb."""
        return Objection((self.verb.value, slot), message, hint)


def drafts_in(
    tree: Mapping[str, Any], vocabulary: Vocabulary, positions: Iterable[int], *, cites: bool = True
) -> list[Draft]:
    """The obligations in some positions of a file, in order; `cites` if its document is sound."""
    cited, reviewed = None, None
    if cites:
        reviewed = reviewed_by(tree["document"])
        cited = {
            f"{cited['title']} {cited.get('year', '')}".rstrip(): CitedKind(cited["kind"])
            for cited in tree["document"].get("cites", ())
        }
    drafts: list[Draft] = []
    for position in positions:
        earlier = {draft.tree["id"]: draft for draft in drafts}
        draft = tree["obligations"][position]
        of_law = tree.get("of") == "law"
        drafts.append(Draft(draft, position, vocabulary, cited, of_law, earlier, reviewed))
    return drafts


def reviewed_by(document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """From the day after a document's own date, its latest, by the next review that it dates."""
    due = parsed(PartialDate.parse, document.get("next_review"))
    if due is None:
        return None
    written = [document.get(slot) for slot in ("approved", "published", "effective")]
    written += [version.get("date") for version in document.get("versions", ())]
    dates = [day for text in written if text and (day := parsed(PartialDate.parse, text))]
    own = max((day.last for day in dates), default=None)
    begins = {"from": {"date": str(own + timedelta(days=1))}} if own and own < due.last else {}
    return {**begins, "by": {"date": str(due.last)}}


def verb_of(tree: Mapping[str, Any]) -> Verb:
    """The one verb that an obligation is written with."""
    return next(verb for verb in Verb if verb.value in tree)


_T = TypeVar("_T")


def structured(tree: Any, record: type[_T]) -> _T:
    """The record that a tree of the same words describes."""
    return _converter().structure(tree, record)


def parsed(parse: Callable[[Any], _T], written: Any) -> _T | None:
    """What something stands for; None where it can't be read so."""
    try:
        return parse(written)
    except (TypeError, ValueError):
        return None


def several(written: _T | list[_T] | tuple[_T, ...]) -> tuple[_T, ...]:
    """One value or several, as several."""
    return tuple(written) if isinstance(written, (list, tuple)) else (written,)


def year_groups(written: int | str | list[int | str]) -> tuple[int, ...]:
    """The year groups of `10`, `8-13` or `[7, 10-11]`, in order.

    >>> year_groups([7, "10-11"])
    (7, 10, 11)
    """
    listed: tuple[int | str, ...] = several(written)
    runs = [Run.parse(run) for run in listed]
    return tuple(sorted({year for run in runs for year in range(run.first, run.last + 1)}))


@lru_cache(maxsize=1)
def _converter() -> Converter:
    converter = Converter(detailed_validation=False)
    for kind in (Duration, PartialDate, Run):
        converter.register_structure_hook(kind, lambda text, kind: kind.parse(text))
    converter.register_structure_hook_func(
        lambda kind: kind in (Duty, Vocabulary), lambda made, _: made
    )
    converter.register_structure_hook_func(
        lambda kind: kind == tuple[str, ...], lambda words, _: tuple(map(str, several(words)))
    )
    in_force = make_dict_structure_fn(InForce, converter, start=override(rename="from"))
    converter.register_structure_hook(InForce, in_force)
    return converter


def unknown(
    path: Path, word: str, what: str, known: Iterable[str], place: str = "", otherwise: str = ""
) -> Iterator[Objection]:
    """An objection, if a word isn't among those known, with the nearest one as the hint.

    `place` is where under `vocabulary` a file adds such a word of its own, if it can; `otherwise`
    is the hint for want of a word to name.
    """
    listed = list(known)
    if word in listed:
        return
    hint = did_you_mean(word, listed) or otherwise
    if place and not nearest(word, listed):
        added = f"under vocabulary: {place}:"
        hint = (
            f"{hint}; another goes {added}" if hint else f"add it {added} if this policy needs it"
        )
    yield Objection(path, f'"{word}" is not {what}', hint)


def uncalendared(path: Path, written: str | int) -> Iterator[Objection]:
    """An objection, if a date, month or year isn't in the calendar."""
    if parsed(PartialDate.parse, written) is None:
        hint = "write a date such as 2023-01-01, or leave out the day"
        yield Objection(path, f'"{written}" is not in the calendar', hint)
