"""Sense checks on words: what the vocabulary lacks, or doesn't have in that place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.loading.drafts import several, unknown
from careerspolicy.model.duty import Verb
from careerspolicy.plain.places import Objection, Path
from careerspolicy.plain.yaml_tree import as_number
from careerspolicy.vocabulary import THINGS, Attribute, Kind, Vocabulary, shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from careerspolicy.loading.drafts import Draft


def ids(draft: Draft) -> Iterator[Objection]:
    """Ids that are taken, and `further_to` that points nowhere."""
    if draft.tree["id"] in draft.earlier:
        message = f'"{draft.tree["id"]}" is already an id in this file'
        yield Objection(("id",), message, "rename one")
    further = draft.body.get("further_to")
    if further is None:
        return
    first = draft.earlier.get(further)
    if first is None:
        path: Path = (draft.verb.value, "further_to")
        what, hint = "the id of an earlier obligation", "name one that stands before this one"
        yield from unknown(path, further, what, draft.earlier, otherwise=hint)
    elif draft.kind and first.kind_name != draft.kind_name:
        hint = f'it has to be one of "{draft.kind_name}"'
        message = f'"{further}" is kept by another kind of record'
        yield draft.objection("further_to", message, hint)


def heading(draft: Draft) -> Iterator[Objection]:
    """Topics and roles that the vocabulary lacks."""
    yield from words_of_heading(draft.tree, draft.vocabulary)
    for n, topic in enumerate(draft.tree.get("near", ())):
        yield from unknown(("near", n), topic, "a topic", draft.vocabulary.topics, "topics")


def words_of_heading(tree: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Objection]:
    """Topics and roles that the vocabulary lacks, whatever shape the duty itself is in."""
    topic = tree.get("topic")
    if isinstance(topic, str):
        yield from unknown(("topic",), topic, "a topic", vocabulary.topics, "topics")
    for slot in ("who", "to"):
        for role in several(tree.get(slot, ())):
            if isinstance(role, str):
                yield from unknown((slot,), role, "a role", vocabulary.roles, "roles")


def roles(draft: Draft) -> Iterator[Objection]:
    """Roles that the vocabulary lacks, in the slots of the verb."""
    slots = ["attested_by", "consulting", "whom"]
    slots += ["what"] if draft.verb is Verb.APPOINT else []
    for slot in slots:
        for role in several(draft.body.get(slot, ())):
            path: Path = (draft.verb.value, slot)
            yield from unknown(path, role, "a role", draft.vocabulary.roles, "roles")


def kinds(draft: Draft) -> Iterator[Objection]:
    """Kinds of record that the vocabulary lacks."""
    body, verb, kinds = draft.body, draft.verb.value, draft.vocabulary.record_kinds
    if not draft.form.kind:
        yield from unknown((verb, "what"), body["what"], "a kind of record", kinds, "kinds")
    for slot in ("before", "after") if "for" not in body else ():
        event = body.get(slot)
        if event in ("joining", "leaving") and event not in kinds:
            point = f"{'from' if slot == 'after' else 'by'}: {event}"
            if slot == "after" and "within" in body:
                point = f"by: {{{event}: {body['within']}}}"
            hint = f"write {point}, or name a kind of record"
            message = f'"{event}" is a point of a pupil\'s life, not a kind of record'
            yield draft.objection(slot, message, hint)
        elif isinstance(event, str):
            yield from unknown((verb, slot), event, "a kind of record", kinds, "kinds")
    if subject := draft.group.get("subject"):
        what = "a subject or a kind of record"
        yield from unknown(("for", "subject"), subject, what, (*THINGS, *kinds), "kinds")


def verb_slots(draft: Draft) -> Iterator[Objection]:
    """The slots that stand for an attribute: a publication's document and place, and the like."""
    for slot, name in draft.form.tests:
        if draft.kind and slot in draft.body and name not in ("role", "to"):
            path: Path = (draft.verb.value, slot)
            yield from _value(path, draft.body[slot], draft.kind.attributes[name])


def tests(draft: Draft) -> Iterator[Objection]:
    """Conditions on attributes that aren't there, or on values that they can't have."""
    body, group, kinds = draft.body, draft.group, draft.vocabulary.kinds
    event = kinds.get(str(body.get("before", body.get("after"))))
    tests: list[tuple[Path, Mapping[str, Any], Kind | None]] = [
        ((draft.verb.value, "with"), body.get("with", {}), draft.kind),
        (("for", "pupils"), group.get("pupils", {}), kinds["pupil"]),
        (("for", "school"), group.get("school", {}), kinds["school"]),
        (("for", "with"), group.get("with", {}), kinds.get(draft.subject)),
        ((draft.verb.value, "event"), body.get("event", {}), event),
    ]
    for n, alternative in enumerate(group.get("any", [])):
        tests.append((("for", "any", n), alternative, kinds["pupil"]))
    for path, wanted, kind in tests:
        if kind is None:
            continue
        for name in wanted:
            yield from _known(kind, name, (*path, name), draft.vocabulary)
            if name in kind.attributes:
                yield from _value((*path, name), wanted[name], kind.attributes[name])


def _known(kind: Kind, name: str, path: Path, vocabulary: Vocabulary) -> Iterator[Objection]:
    """An objection, if a kind of record doesn't have an attribute."""
    what = f'something known of "{kind.name}"'
    own = name in vocabulary.attributes and name not in shared_vocabulary().attributes
    if own and name not in kind.attributes:
        hint = f"give it on: [{kind.name}] under vocabulary: attributes: {name}:"
        yield Objection(path, f'"{name}" is not {what}', hint)
    else:
        yield from unknown(path, name, what, kind.attributes, "attributes")


def _value(path: Path, wanted: Any, attribute: Attribute) -> Iterator[Objection]:
    if isinstance(wanted, dict):
        yield from _limits(path, wanted, attribute)
        wanted = wanted.get("all", wanted.get("not", []))
    for value in several(wanted):
        if attribute.type == "yes or no" and not isinstance(value, bool):
            yield Objection(path, f'"{value}" is neither true nor false', "write true or false")
        elif attribute.type != "yes or no" and isinstance(value, bool):
            message = f'"{attribute.name}" is not answered by {str(value).lower()}'
            values = " or ".join(f'"{admitted}"' for admitted in [*attribute.values][:6])
            yield Objection(path, message, f"write {values}" if values else "")
        elif attribute.type == "number" and as_number(value) is None:
            yield Objection(path, f'"{value}" is not a number', "write a number such as 6")
        elif attribute.type in ("one of", "several of"):
            what = f"a value of {attribute.name}"
            place = "roles" if attribute.of_roles else f"attributes: {attribute.name}: values"
            yield from unknown(path, str(value), what, attribute.values, place)


def _limits(path: Path, limits: Mapping[str, Any], attribute: Attribute) -> Iterator[Objection]:
    """A mapping of limits, or of values wanted together or not at all."""
    alone = next((slot for slot in ("not", "all") if slot in limits), "")
    if alone == "all" and not attribute.many:
        message = f'"all" is for something that holds several, and "{attribute.name}" holds one'
        yield Objection(path, message, "write a list: any one of it will do")
    elif alone and len(limits) > 1:
        yield Objection(path, f'"{alone}" stands alone', "leave out the rest")
    elif not alone and attribute.type != "number":
        yield Objection(path, f'"{attribute.name}" is not a number, so it has no limits')
    elif not alone:
        yield from _range(path, limits)


def _range(path: Path, limits: Mapping[str, Any]) -> Iterator[Objection]:
    """Limits of a number that leave none."""
    amounts = {slot: as_number(written) for slot, written in limits.items()}
    for floor in ("at_least", "more_than"):
        for ceiling in ("at_most", "less_than"):
            low, high = amounts.get(floor), amounts.get(ceiling)
            if low is None or high is None or low < high:
                continue
            if low > high or (floor, ceiling) != ("at_least", "at_most"):
                words = f"{floor.replace('_', ' ')} {low} and {ceiling.replace('_', ' ')} {high}"
                yield Objection(path, f"{words} leaves no number", "mend one of the two")


def instruments(draft: Draft) -> Iterator[Objection]:
    """Instruments that the document doesn't cite; sources in the law that name none."""
    if draft.cited is None:
        return
    for path, source in draft.sources:
        if "instrument" in source:
            at, hint = (*path, "instrument"), "add it under document: cites:"
            what = "cited under document"
            yield from unknown(at, source["instrument"], what, draft.cited, otherwise=hint)
        elif draft.of_law:
            message = "a source in the law names no instrument"
            yield Objection(path, message, "add instrument:, one of those under document: cites:")


def measured(draft: Draft) -> Iterator[Objection]:
    """Measures of attributes that aren't there, or can't be measured so."""
    verb, body, kind = draft.verb.value, draft.body, draft.kind
    if kind is None:
        return
    what = f'something known of "{kind.name}"'
    for slot in ("distinct", "total"):
        if slot in body:
            yield from unknown((verb, slot), body[slot], what, kind.attributes, "attributes")
    total = kind.attributes.get(body.get("total", ""))
    if total and total.type != "number":
        message = f'"{total.name}" is not a number, so it can\'t be added up'
        yield draft.objection("total", message)
    covers = {**body.get("covers", {})}
    if "contents" in body:
        covers["contents"] = body["contents"]
    for name, values in covers.items():
        path: Path = (verb, "covers", name) if "covers" in body else (verb, "contents")
        yield from unknown(path, name, what, kind.attributes, "attributes")
        if name in kind.attributes:
            for n, value in enumerate(values):
                yield from _value((*path, n), value, kind.attributes[name])
