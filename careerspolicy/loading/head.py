"""What stands beside the obligations: words, document, lint, clauses, and points left open.

Sense checks of each. The obligations are written under the answers that are `taken`; every other
answer is tried out on those that turn on it, so that none can be asked for that would break the
file; `answered` is the file as it reads under some.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from careerspolicy.calendar.school_calendar import Period
from careerspolicy.errors import UnknownName
from careerspolicy.loading.drafts import parsed, several, uncalendared, unknown, verb_of
from careerspolicy.model.document import Run
from careerspolicy.plain.places import Objection, Path
from careerspolicy.plain.value_words import written
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from careerspolicy.vocabulary import Attribute, Vocabulary


_DATES: Final = ("approved", "effective", "implementation", "published", "next_review")
_OF_WORDS: Final = ("one of", "several of")
#: By what an attribute holds: how to mend a default that it can't have.
_DEFAULTS: Final = {
    "yes or no": "write true or false",
    "number": "write a whole number",
    "text": "write it as text",
    "one of": "write one of its values",
    **dict.fromkeys(("several of", "set", "date"), "leave it out"),
}


def document(document: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Objection]:
    """What makes no sense under `document`: days that no calendar has, and unknown roles."""
    dates: list[tuple[Path, Mapping[str, Any]]] = [((slot,), document) for slot in _DATES]
    for slot, of_item in (("versions", "date"), ("cites", "edition")):
        dates += [((slot, n, of_item), item) for n, item in enumerate(document.get(slot, ()))]
    for path, holder in dates:
        if path[-1] in holder:
            yield from uncalendared(("document", *path), holder[str(path[-1])])
    for slot in ("owner", "approver"):
        for role in several(document.get(slot, ())):
            yield from unknown(("document", slot), role, "a role", vocabulary.roles, "roles")


def words(tree: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Objection]:
    """Words of ours, under `words`, that stand in nothing that is said of a policy."""
    kinds, attributes = vocabulary.kinds.values(), vocabulary.attributes.values()
    nouns = {noun for kind in kinds for noun in (kind.name, kind.singular, kind.plural)}
    nouns |= {*vocabulary.roles, *get_args(Period)}
    named = {text for one in attributes for text in (one.name.replace("_", " "), one.says)}
    named |= {text for one in attributes for value in one.values.items() for text in value}
    ours = f" {' | '.join(nouns | named)} ".casefold()
    for word in tree.get("words", {}):
        one_or_many = (word.casefold(), word.casefold().removesuffix("s"))
        if not any(f" {form} " in ours for form in one_or_many):
            hint = did_you_mean(word, nouns) or "write a word of the vocabulary, such as pupil"
            yield Objection(("words", word), f'"{word}" is no word of the vocabulary', hint)


def lint(tree: Mapping[str, Any]) -> Iterator[Objection]:
    """What makes no sense under `lint`: exclusions for obligations that aren't in the file."""
    for n, exclusion in enumerate(tree.get("lint", {}).get("exclude", ())):
        if "obligation" in exclusion:
            path: Path = ("lint", "exclude", n, "obligation")
            what, hint = "the id of an obligation", "name one of this file's, or leave it out"
            yield from unknown(path, exclusion["obligation"], what, _ids_in(tree), otherwise=hint)


def clauses(tree: Mapping[str, Any]) -> Iterator[Objection]:
    """What makes no sense in `clauses`: runs backwards, duplicates of nothing."""
    listed = tree.get("clauses")
    for n, clause in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(clause, dict):
            continue
        path: Path = ("clauses", n)
        yield from place(path, clause)
        of, reason = clause.get("of"), clause.get("reason")
        if of is not None:
            what, hint = "the id of an obligation", "name an obligation of this file"
            yield from unknown((*path, "of"), str(of), what, _ids_in(tree), otherwise=hint)
        if reason == "duplicate" and of is None:
            hint = "say which: of: its id"
            yield Objection((*path, "reason"), "a duplicate repeats an obligation", hint)
        if of is not None and reason not in (None, "duplicate"):
            message = f'"of" is for a duplicate, and this is {reason}'
            yield Objection((*path, "of"), message, "leave it out")


def place(path: Path, source: Mapping[str, Any]) -> Iterator[Objection]:
    """What makes no sense in a place of the document: runs backwards, a sentence of no clause."""
    for slot in ("clause", "sentence"):
        run = parsed(Run.parse, source.get(slot))
        if run and run.first > run.last:
            message = f"{source[slot]} runs backwards"
            yield Objection((*path, slot), message, f"write {run.last}-{run.first}")
    if "sentence" in source and "clause" not in source and "." not in str(source.get("section")):
        message = "a sentence is counted within a clause, and none is named"
        yield Objection((*path, "sentence"), message, "add clause:")


def vocabulary(tree: Mapping[str, Any], shared: Vocabulary) -> Iterator[Objection]:
    """What is wrong with the attributes and the kinds of record that a file adds."""
    added = tree.get("vocabulary", {})
    attributes, kinds = added.get("attributes", {}), added.get("kinds", {})
    for name, own in attributes.items():
        yield from _own_attribute(name, own, shared)
        for n, kind in enumerate(own.get("on", [])):
            path: Path = ("vocabulary", "attributes", name, "on", n)
            what = "a thing or a kind of record"
            yield from unknown(path, kind, what, {*shared.kinds, *kinds}, "kinds")
    for name, own in kinds.items():
        path = ("vocabulary", "kinds", name)
        if name in shared.kinds:
            yield Objection(path, f'"{name}" is already a shared kind', "use it, or rename yours")
        for n, attribute in enumerate(own.get("attributes", [])):
            at: Path = (*path, "attributes", n)
            known = {*shared.attributes, *attributes}
            yield from unknown(at, attribute, "an attribute", known, "attributes")
    yield from _relations(added, shared)


def _relations(added: Mapping[str, Any], shared: Vocabulary) -> Iterator[Objection]:
    """Words that are said to be kinds of others, or to imply them, and that no attribute holds."""
    attributes = added.get("attributes", {})
    words = {word for one in shared.attributes.values() for word in one.values}
    words |= {word for own in attributes.values() for word in own.get("values", ()) or ()}
    words |= {*added.get("roles", {})}
    for word, wider in added.get("is_a_kind_of", {}).items():
        path: Path = ("vocabulary", "is_a_kind_of", word)
        for each in (word, *several(wider)):
            yield from unknown(path, each, "a value of any attribute", words, "attributes")
    for n, rule in enumerate(added.get("implies", ())):
        for side in ("if", "then"):
            for name in rule[side]:
                path = ("vocabulary", "implies", n, side)
                known = {*shared.attributes, *attributes}
                yield from unknown(path, name, "an attribute", known, "attributes")


def _ids_in(tree: Mapping[str, Any]) -> list[str]:
    listed = tree.get("obligations")
    obligations = listed if isinstance(listed, list) else []
    ids = [item.get("id") for item in obligations if isinstance(item, dict)]
    return [name for name in ids if isinstance(name, str)]


def _own_attribute(name: str, own: Mapping[str, Any], shared: Vocabulary) -> Iterator[Objection]:
    path, known = ("vocabulary", "attributes", name), shared.attributes.get(name)
    if known is None:
        hint = did_you_mean(name, shared.attributes)
        for slot in sorted({"type", "description"} - {*own}):
            yield Objection(path, f'a new attribute needs "{slot}"', hint)
    else:
        if own.get("type", known.type) != known.type:
            message = f"the shared attribute is {known.type}"
            yield Objection((*path, "type"), message, "choose another name")
        for slot in sorted({"description", "says", "default"} & {*own}):
            message = f'"{name}" is a shared attribute, which has its own {slot}'
            yield Objection((*path, slot), message, "leave it out, or choose another name")
    yield from _admitted(path, own, known)


def _admitted(path: Path, own: Mapping[str, Any], known: Attribute | None) -> Iterator[Objection]:
    """Values or a default that an added attribute, being of its type, cannot have."""
    holds = known.type if known else own.get("type")
    if holds is None:
        return
    if "values" in own and holds not in _OF_WORDS:
        message = f'what is "{holds}" has no list of values'
        yield Objection((*path, "values"), message, "leave it out, or write type: one of")
    if holds in _OF_WORDS and known is None and not own.get("values"):
        yield Objection(path, f'what is "{holds}" needs "values"', "list the words that it admits")
    default, fitting = own.get("default"), {"yes or no": bool, "number": int, "text": str}
    fits = type(default) is fitting.get(holds)
    if holds == "one of":
        fits = default in own.get("values", ())
    if default is not None and not fits:
        message = f'the default {written(default)} is not what "{holds}" holds'
        yield Objection((*path, "default"), message, _DEFAULTS[holds])


def parameters(tree: Mapping[str, Any]) -> Iterator[Objection]:
    """What makes no sense in a file's open points, and in the obligations that turn on them."""
    points = tree.get("parameters", {})
    used = {name for obligation in tree["obligations"] for name in obligation.get("turns_on", ())}
    for name, point in points.items():
        taken, values = point["taken"], point["values"]
        yield from unknown(("parameters", name, "taken"), taken, "one of its values", values)
        for slot in sorted({"changes", "readings"} & {*values.get(taken, {})}):
            message = f'"{taken}" is the answer taken, under which the file is written'
            at: Path = ("parameters", name, "values", taken, slot)
            yield Objection(at, message, f"leave out {slot}:")
        if name not in used and _changes_slots(point):
            message = "changes slots, and no obligation turns on it"
            hint = "add turns_on: to those that it changes"
            yield Objection(("parameters", name), message, hint)
    for n, obligation in enumerate(tree["obligations"]):
        for m, name in enumerate(obligation.get("turns_on", ())):
            path: Path = ("obligations", n, "turns_on", m)
            yield from unknown(path, name, "one of this file's parameters", points)
            if name in points and not _changes_slots(points[name]):
                hint = "leave it out, or give one of its values changes:"
                yield Objection(path, f'"{name}" changes no slot of any obligation', hint)


def variants(tree: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The file under each answer that changes something, with the answer's place."""
    for name, point in tree.get("parameters", {}).items():
        for value, answer in point["values"].items():
            if answer.get("changes"):
                yield ("parameters", name, "values", value), answered(tree, {name: value})


def answered(tree: Mapping[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    """The file as it reads under some answers, each a parameter's name and a value's.

    Raises UnknownName for a parameter or a value that isn't there, and for a parameter of which no
    answer changes anything.
    """
    points, read = tree.get("parameters", {}), dict(tree)
    for name, value in answers.items():
        answer = _answer(points, name, value)
        if "readings" in answer:
            read["readings"] = {**read.get("readings", {}), **answer["readings"]}
        read["obligations"] = [
            _changed(obligation, answer) if name in obligation.get("turns_on", ()) else obligation
            for obligation in read["obligations"]
        ]
    return read


def _changes_slots(point: Mapping[str, Any]) -> bool:
    return any("changes" in answer for answer in point["values"].values())


def _answer(points: Mapping[str, Any], name: str, value: str) -> Mapping[str, Any]:
    if name not in points:
        raise _unknown_name(f'there is no open point "{name}"', name, points)
    values: Mapping[str, Mapping[str, Any]] = points[name]["values"]
    if value not in values:
        raise _unknown_name(f'"{name}" has no answer "{value}"', value, values)
    if not any("changes" in answer or "readings" in answer for answer in values.values()):
        raise UnknownName(f'no obligation turns on "{name}": {points[name]["question"]}')
    return values[value]


def _unknown_name(message: str, name: str, known: Iterable[str]) -> UnknownName:
    hint = did_you_mean(name, known)
    return UnknownName(f"{message}; {hint}" if hint else message)


def _changed(obligation: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
    """An obligation as it reads under an answer to a point that it turns on."""
    verb = verb_of(obligation).value
    body = dict(obligation[verb])
    for slot, held in answer.get("changes", {}).items():
        if held is None:
            body.pop(slot, None)
        elif slot == "with" and isinstance(held, dict):
            body[slot] = {**body.get(slot, {}), **held}
        else:
            body[slot] = held
    return {**obligation, verb: body}
