"""Sense checks on words: what the vocabulary lacks, or doesn't have in that place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.duty import Verb
from careerspolicy.loading.promise import Found, Path, Promise, unknown
from careerspolicy.loading.shape import FORMS, as_list, kind_of, verb_of
from careerspolicy.plain_yaml import as_number
from careerspolicy.suggestions import did_you_mean
from careerspolicy.vocabulary import THINGS, Attribute, Kind, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


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
        yield from unknown(("topic",), topic, "a topic", vocabulary.topics)
    for slot in ("who", "to"):
        said = told.get(slot, ())
        for role in said if isinstance(said, list) else [said]:
            if isinstance(role, str):
                yield from unknown((slot,), role, "a role", vocabulary.roles)


def words(promise: Promise) -> Iterator[Found]:
    """Topics and roles that the vocabulary lacks."""
    vocabulary = promise.vocabulary
    yield from heading(promise.told, vocabulary)
    roles = {"whom", "attested_by", "consulting"} | (
        {"what"} if promise.verb is Verb.APPOINT else set()
    )
    for slot in sorted(roles & promise.body.keys()):
        for role in as_list(promise.body[slot]):
            yield from unknown((promise.verb.value, slot), role, "a role", vocabulary.roles)


def kinds(promise: Promise) -> Iterator[Found]:
    """Kinds of record that the vocabulary lacks."""
    verb, body, vocabulary = promise.verb, promise.body, promise.vocabulary
    kinds = vocabulary.record_kinds
    if not FORMS[verb].kind:
        yield from unknown((verb.value, "what"), body["what"], "a kind of record", kinds)
    for slot in ("before", "after"):
        if isinstance(body.get(slot), str) and "for" not in body:
            yield from unknown((verb.value, slot), body[slot], "a kind of record", kinds)
    subject = promise.group.get("subject")
    if subject:
        known = (*THINGS, *kinds)
        yield from unknown(("for", "subject"), subject, "a subject or a kind of record", known)


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
            yield from _test((*path, name), name, wanted, kind)


def _test(path: Path, name: str, wanted: Any, kind: Kind | None) -> Iterator[Found]:
    if kind is None:
        return
    yield from unknown(path, name, f'something known of "{kind.name}"', kind.attributes)
    if name in kind.attributes:
        yield from _value(path, wanted, kind.attributes[name])


def _value(path: Path, wanted: Any, attribute: Attribute) -> Iterator[Found]:
    if isinstance(wanted, dict) and "all" not in wanted:
        if attribute.type != "number":
            yield Found(path, f'"{attribute.name}" is not a number, so it has no limits')
        return
    if isinstance(wanted, dict):
        if not attribute.many or len(wanted) > 1:
            message = f'"all" is for something that holds several, and "{attribute.name}" holds one'
            yield Found(path, message, "write a list: any one of it will do")
        wanted = wanted["all"]
    for one in wanted if isinstance(wanted, list) else [wanted]:
        if attribute.type == "yes or no" and not isinstance(one, bool):
            yield Found(path, f'"{one}" is not yes or no', "write true or false")
        elif attribute.type != "yes or no" and isinstance(one, bool):
            said = str(one).lower()
            yield Found(path, f'"{attribute.name}" is not answered by {said}', _wanted(attribute))
        elif attribute.type == "number" and as_number(one) is None:
            yield Found(path, f'"{one}" is not a number', "write a number such as 6")
        elif attribute.type in ("one of", "several of"):
            what = f"a value of {attribute.name}"
            yield from unknown(path, str(one), what, attribute.values)


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
            yield from unknown((verb, slot), body[slot], what, kind.attributes)
    total = kind.attributes.get(body.get("total", ""))
    if total and total.type != "number":
        yield Found((verb, "total"), f'"{total.name}" is not a number, so it can\'t be added up')
    covers = {**body.get("covers", {})}
    if "contents" in body:
        covers["contents"] = body["contents"]
    for name, values in covers.items():
        path: Path = (verb, "covers", name) if "covers" in body else (verb, "contents")
        yield from unknown(path, name, what, kind.attributes)
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
        for n, one in enumerate(told.get("on", [])):
            yield from unknown((*path, "on", n), one, "a thing or a kind of record", kinds)


def own_kinds(added: Mapping[str, Any], shared: Vocabulary) -> Iterator[Found]:
    """What is wrong with the kinds of record that a file adds."""
    attributes = {*shared.attributes, *added.get("attributes", {})}
    for name, told in added.get("kinds", {}).items():
        if name in shared.kinds:
            yield Found(
                ("kinds", name), f'"{name}" is already a shared kind', "use it, or rename yours"
            )
        for n, one in enumerate(told.get("attributes", [])):
            yield from unknown(("kinds", name, "attributes", n), one, "an attribute", attributes)
