"""Sense checks on words: what the vocabulary lacks, or doesn't have in that place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.loading.promise import Found, Path, Promise, unknown
from careerspolicy.loading.shape import FORMS, as_list, kind_of, verb_of
from careerspolicy.model.duty import Verb
from careerspolicy.plain.value_words import written
from careerspolicy.plain.yaml_tree import as_number
from careerspolicy.suggestions import did_you_mean
from careerspolicy.vocabulary import THINGS, Attribute, Kind, Vocabulary, shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

_DEFAULTS: Final = {
    "yes or no": "write true or false",
    "number": "write a whole number",
    "text": "write it as text",
    "one of": "write one of its values",
    **dict.fromkeys(("several of", "set", "date"), "leave it out"),
}


def ids(promise: Promise) -> Iterator[Found]:
    """Ids that are taken, and `further_to` that points nowhere."""
    if promise.told["id"] in promise.earlier:
        yield Found(("id",), f'"{promise.told["id"]}" is already an id in this file', "rename one")
    further = promise.body.get("further_to")
    if further is None:
        return
    path: Path = (promise.verb.value, "further_to")
    first = promise.earlier.get(further)
    if first is None:
        hint = did_you_mean(further, promise.earlier) or "name one that stands before this one"
        yield Found(path, f'"{further}" is not the id of an earlier obligation', hint)
    elif promise.kind and kind_of(verb_of(first), first[verb_of(first).value]) != promise.kind.name:
        message = f'"{further}" is kept by another kind of record'
        yield Found(path, message, f'it has to be one of "{promise.kind.name}"')


def heading(told: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Found]:
    """Topics and roles that the vocabulary lacks, whatever shape the duty itself is in."""
    topic = told.get("topic")
    if isinstance(topic, str):
        yield from unknown(("topic",), topic, "a topic", vocabulary.topics, "topics")
    for slot in ("who", "to"):
        said = told.get(slot, ())
        for role in said if isinstance(said, list) else [said]:
            if isinstance(role, str):
                yield from unknown((slot,), role, "a role", vocabulary.roles, "roles")


def words(promise: Promise) -> Iterator[Found]:
    """Topics and roles that the vocabulary lacks."""
    vocabulary = promise.vocabulary
    yield from heading(promise.told, vocabulary)
    roles = {"whom", "attested_by", "consulting"} | (
        {"what"} if promise.verb is Verb.APPOINT else set()
    )
    for slot in sorted(roles & promise.body.keys()):
        for role in as_list(promise.body[slot]):
            path: Path = (promise.verb.value, slot)
            yield from unknown(path, role, "a role", vocabulary.roles, "roles")


def kinds(promise: Promise) -> Iterator[Found]:
    """Kinds of record that the vocabulary lacks."""
    verb, body, vocabulary = promise.verb, promise.body, promise.vocabulary
    kinds = vocabulary.record_kinds
    if not FORMS[verb].kind:
        yield from unknown((verb.value, "what"), body["what"], "a kind of record", kinds, "kinds")
    for slot in ("before", "after"):
        event = body.get(slot)
        if event in ("joining", "leaving") and "for" not in body and event not in kinds:
            message = f'"{event}" is a point of a pupil\'s life, not a kind of record'
            hint = f"write {'from' if slot == 'after' else 'by'}: {event}, or name a kind of record"
            yield Found((verb.value, slot), message, hint)
        elif isinstance(event, str) and "for" not in body:
            yield from unknown((verb.value, slot), event, "a kind of record", kinds, "kinds")
    subject = promise.group.get("subject")
    if subject:
        known = (*THINGS, *kinds)
        what = "a subject or a kind of record"
        yield from unknown(("for", "subject"), subject, what, known, "kinds")


def verb_slots(promise: Promise) -> Iterator[Found]:
    """The slots that stand for an attribute: a publication's document and place, and the like."""
    for slot, name in FORMS[promise.verb].tests:
        if name in ("role", "to") or slot not in promise.body or promise.kind is None:
            continue
        attribute = promise.kind.attributes[name]
        path: Path = (promise.verb.value, slot)
        yield from _value(path, promise.body[slot], attribute)


def tests(promise: Promise) -> Iterator[Found]:
    """Conditions on attributes that aren't there, or on values that they can't have."""
    verb, body, group, kinds = (
        promise.verb.value,
        promise.body,
        promise.group,
        promise.vocabulary.kinds,
    )
    tests: list[tuple[Path, Mapping[str, Any], Kind | None]] = [
        ((verb, "with"), body.get("with", {}), promise.kind),
        (("for", "pupils"), group.get("pupils", {}), kinds["pupil"]),
        (("for", "school"), group.get("school", {}), kinds["school"]),
        (("for", "with"), group.get("with", {}), kinds.get(promise.subject)),
        (
            (verb, "event"),
            body.get("event", {}),
            kinds.get(str(body.get("before", body.get("after")))),
        ),
    ]
    tests += [
        (("for", "any", n), one, kinds["pupil"]) for n, one in enumerate(group.get("any", []))
    ]
    for path, told, kind in tests:
        for name, wanted in told.items():
            yield from _test((*path, name), name, wanted, kind, promise.vocabulary)


def _test(
    path: Path, name: str, wanted: Any, kind: Kind | None, vocabulary: Vocabulary
) -> Iterator[Found]:
    if kind is None:
        return
    if name in kind.attributes:
        yield from _value(path, wanted, kind.attributes[name])
        return
    what = f'something known of "{kind.name}"'
    if name in vocabulary.attributes and name not in shared_vocabulary().attributes:
        hint = f"give it on: [{kind.name}] under vocabulary: attributes: {name}:"
        yield Found(path, f'"{name}" is not {what}', hint)
    else:
        yield from unknown(path, name, what, kind.attributes, "attributes")


def _value(path: Path, wanted: Any, attribute: Attribute) -> Iterator[Found]:
    if isinstance(wanted, dict):
        yield from _limits(path, wanted, attribute)
        wanted = wanted.get("all", wanted.get("not", []))
    for one in wanted if isinstance(wanted, list) else [wanted]:
        if attribute.type == "yes or no" and not isinstance(one, bool):
            yield Found(path, f'"{one}" is neither true nor false', "write true or false")
        elif attribute.type != "yes or no" and isinstance(one, bool):
            said = str(one).lower()
            yield Found(path, f'"{attribute.name}" is not answered by {said}', _wanted(attribute))
        elif attribute.type == "number" and as_number(one) is None:
            yield Found(path, f'"{one}" is not a number', "write a number such as 6")
        elif attribute.type in ("one of", "several of"):
            what = f"a value of {attribute.name}"
            place = "roles" if attribute.of_roles else f"attributes: {attribute.name}: values"
            yield from unknown(path, str(one), what, attribute.values, place)


def _limits(path: Path, told: Mapping[str, Any], attribute: Attribute) -> Iterator[Found]:
    """A mapping of limits, or of values wanted together or not at all."""
    if "not" in told:
        if len(told) > 1:
            yield Found(path, '"not" stands alone', "leave out the rest")
    elif "all" in told:
        if not attribute.many:
            message = f'"all" is for something that holds several, and "{attribute.name}" holds one'
            yield Found(path, message, "write a list: any one of it will do")
        elif len(told) > 1:
            yield Found(path, '"all" stands alone', "leave out the rest")
    elif attribute.type != "number":
        yield Found(path, f'"{attribute.name}" is not a number, so it has no limits')


def _wanted(attribute: Attribute) -> str:
    values = list(attribute.values)[:6]
    return "write " + " or ".join(f'"{one}"' for one in values) if values else ""


def measured(promise: Promise) -> Iterator[Found]:
    """Measures of attributes that aren't there, or can't be measured so."""
    verb, body, kind = promise.verb.value, promise.body, promise.kind
    if kind is None:
        return
    what = f'something known of "{kind.name}"'
    for slot in ("distinct", "total"):
        if slot in body:
            yield from unknown((verb, slot), body[slot], what, kind.attributes, "attributes")
    total = kind.attributes.get(body.get("total", ""))
    if total and total.type != "number":
        yield Found((verb, "total"), f'"{total.name}" is not a number, so it can\'t be added up')
    covers = {**body.get("covers", {})}
    if "contents" in body:
        covers["contents"] = body["contents"]
    for name, values in covers.items():
        path: Path = (verb, "covers", name) if "covers" in body else (verb, "contents")
        yield from unknown(path, name, what, kind.attributes, "attributes")
        if name in kind.attributes:
            for n, one in enumerate(values):
                yield from _value((*path, n), one, kind.attributes[name])


def own_attributes(added: Mapping[str, Any], shared: Vocabulary) -> Iterator[Found]:
    """What is wrong with the attributes that a file adds."""
    kinds = {*shared.kinds, *added.get("kinds", {})}
    for name, told in added.get("attributes", {}).items():
        path: Path = ("attributes", name)
        known = shared.attributes.get(name)
        if known is None:
            for slot in sorted({"type", "description"} - {*told}):
                yield Found(
                    path, f'a new attribute needs "{slot}"', did_you_mean(name, shared.attributes)
                )
        elif told.get("type", known.type) != known.type:
            yield Found(
                (*path, "type"), f"the shared attribute is {known.type}", "choose another name"
            )
        for slot in sorted({"description", "says", "default"} & {*told}) if known else ():
            message = f'"{name}" is a shared attribute, which has its own {slot}'
            yield Found((*path, slot), message, "leave it out, or choose another name")
        yield from _admitted(path, told, known)
        for n, one in enumerate(told.get("on", [])):
            yield from unknown((*path, "on", n), one, "a thing or a kind of record", kinds, "kinds")


def _admitted(path: Path, told: Mapping[str, Any], known: Attribute | None) -> Iterator[Found]:
    """Values or a default that an added attribute, being of its type, cannot have."""
    holds = told.get("type") if known is None else known.type
    if holds is None:
        return
    listed = holds in ("one of", "several of")
    if "values" in told and not listed:
        message = f'what is "{holds}" has no list of values'
        yield Found((*path, "values"), message, "leave it out, or write type: one of")
    if listed and known is None and not told.get("values"):
        yield Found(path, f'what is "{holds}" needs "values"', "list the words that it admits")
    default = told.get("default")
    if default is not None and not _default_fits(default, holds, told.get("values", ())):
        message = f'the default {written(default)} is not what "{holds}" holds'
        yield Found((*path, "default"), message, _DEFAULTS[holds])


def _default_fits(default: Any, holds: str, values: Container[str]) -> bool:
    if holds == "number":
        return isinstance(default, int) and not isinstance(default, bool)
    if holds == "one of":
        return default in values
    types = {"yes or no": bool, "text": str}
    return isinstance(default, types.get(holds, ()))


def own_kinds(added: Mapping[str, Any], shared: Vocabulary) -> Iterator[Found]:
    """What is wrong with the kinds of record that a file adds."""
    attributes = {*shared.attributes, *added.get("attributes", {})}
    for name, told in added.get("kinds", {}).items():
        if name in shared.kinds:
            yield Found(
                ("kinds", name), f'"{name}" is already a shared kind', "use it, or rename yours"
            )
        for n, one in enumerate(told.get("attributes", [])):
            path: Path = ("kinds", name, "attributes", n)
            yield from unknown(path, one, "an attribute", attributes, "attributes")
