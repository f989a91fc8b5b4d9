"""From a checked tree to the model: the policy, its document, its obligations and their duties.

Third step of loading. The tree has passed conformity and consistency, so nothing is checked here.
"""

from __future__ import annotations

from datetime import date
from functools import partial, reduce
from operator import and_
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.school_calendar import KEY_STAGES, MonthDay
from careerspolicy.loading.drafts import drafts_in, several, structured, year_groups
from careerspolicy.loading.head import answered
from careerspolicy.model import duty, population, schedule
from careerspolicy.model.document import Run
from careerspolicy.model.policy import Policy
from careerspolicy.plain.yaml_tree import as_number
from careerspolicy.vocabulary import THINGS, shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from careerspolicy.loading.drafts import Draft
    from careerspolicy.vocabulary import Attribute, Kind, Value


def build_policy(tree: Mapping[str, Any], file: str, answers: Mapping[str, str]) -> Policy:
    """The policy that a checked tree describes, under some answers to its open points.

    Raises UnknownName for an answer that can't be given.
    """
    lines = [line for line, _ in tree["obligations"].value_places]
    tree = answered(tree, answers)
    vocabulary = shared_vocabulary().extended(tree.get("vocabulary", {}))
    drafts = drafts_in(tree, vocabulary, range(len(lines)))
    obligations = [
        {**_obligation(draft, tree["document"].get("review_every")), "line": line}
        for draft, line in zip(drafts, lines, strict=True)
    ]
    parameters = [
        {
            **point,
            "name": name,
            "values": [{**answer, "name": value} for value, answer in point["values"].items()],
            "taken": answers.get(name, point["taken"]),
        }
        for name, point in tree.get("parameters", {}).items()
    ]
    fields = {"id": tree["policy"], "obligations": obligations, "parameters": parameters}
    return structured({**tree, **fields, "vocabulary": vocabulary, "file": file}, Policy)


def _obligation(draft: Draft, review_every: str | None) -> dict[str, Any]:
    """An obligation's fields; the file's words are most of them."""
    duty = duty_of(draft, review_every)
    sources = [source for _, source in draft.sources]
    instruments = [source["instrument"] for source in sources if "instrument" in source]
    return {
        "strength": "must",
        "benchmark": draft.vocabulary.topics[draft.tree["topic"]].benchmark,
        **draft.tree,
        "title": duty.predicate.title if duty.predicate else _name(draft.tree["title"]),
        "source": sources,
        "authority": draft.cited[instruments[0]] if draft.cited and instruments else None,
        "duty": duty,
    }


#: The limits of a number, each with the field of a condition that holds it.
_LIMITS: Final = {
    "at_least": "at_least",
    "at_most": "at_most",
    "more_than": "above",
    "less_than": "below",
}


def duty_of(draft: Draft, review_every: str | None) -> duty.Duty:
    """The duty of one obligation; `review_every` is how often its document is reviewed."""
    body, predicate = draft.body, None
    if words := body.get("does") or body.get("that"):
        predicate = duty.Predicate(words=words, clause="that" in body)
    return duty.Duty(
        verb=draft.verb,
        population=_population(draft),
        schedule=_schedule(draft, review_every),
        records=duty.Matching(
            kind=draft.kind_name,
            where=_tests(draft),
            offered=body.get("attendance") == "optional",
        ),
        measure=_measure(draft),
        bound=_bound(draft),
        further_to=body.get("further_to", ""),
        how_soon=body.get("how_soon", ""),
        predicate=predicate,
    )


def _tests(draft: Draft) -> tuple[population.Condition, ...]:
    """What `with` asks, and what the verb's own slots ask."""
    own = {name: draft.body[slot] for slot, name in draft.form.tests if slot in draft.body}
    if draft.verb is duty.Verb.UPHOLD:
        own["promise"] = draft.tree["id"]
    kind = draft.vocabulary.kinds[draft.kind_name]
    return _conditions({**own, **draft.body.get("with", {})}, kind)


def _name(title: str) -> str:
    """A title as a name, with no full stop at its end: headings put their own mark after it."""
    return title.rstrip(". ") or title


def _population(draft: Draft) -> population.Population:
    group, kinds = draft.group, draft.vocabulary.kinds
    years = year_groups(group.get("years", []))
    if "key_stage" in group:
        first, last = KEY_STAGES[group["key_stage"]]
        years = tuple(range(first, last + 1))
    ages = Run.parse(group["ages"]) if "ages" in group else None
    return population.Population(
        subject=draft.subject,
        years=years,
        ages=(ages.first, ages.last) if ages else None,
        roll=population.Roll(group.get("roll", "any")),
        where=_conditions(group.get("pupils", {}), kinds["pupil"]),
        any_of=tuple(_conditions(tests, kinds["pupil"]) for tests in group.get("any", [])),
        school=_conditions(group.get("school", {}), kinds["school"]),
        event=_conditions(group.get("with", {}), kinds[draft.subject]),
        share=group.get("share"),
    )


def _conditions(tests: Mapping[str, Any], kind: Kind) -> tuple[population.Condition, ...]:
    """The tests that a mapping of attributes asks for."""
    return tuple(_condition(kind.attributes[name], wanted) for name, wanted in tests.items())


def _condition(attribute: Attribute, wanted: Any) -> population.Condition:
    values = partial(_values, number=attribute.type == "number")
    if not isinstance(wanted, dict):
        asked: dict[str, Any] = {"one_of": values(several(wanted))}
    elif "all" in wanted:
        asked = {"all_of": frozenset(wanted["all"])}
    elif "not" in wanted:
        asked = {"none_of": values(wanted["not"])}
    else:
        limits = ((field, slot) for slot, field in _LIMITS.items() if slot in wanted)
        asked = {field: as_number(wanted[slot]) for field, slot in limits}
    test = population.Condition(attribute=attribute.name, words=attribute.words, **asked)
    return _related(test, attribute) if attribute.implies else test


def _related(test: population.Condition, attribute: Attribute) -> population.Condition:
    """A test with what its attribute's values say of other attributes.

    A list of values may hold none of those that fail a test, so that it takes a test for none of
    some to pass by what else is said.
    """
    values = attribute.values or (True, False)
    failing = (value for value in values if not test.holds(value))
    listed = attribute.type in ("several of", "set") and test.none_of is None
    return attrs.evolve(
        test,
        needs=tuple(
            population.Condition(attribute=name, one_of=frozenset([value]))
            for name, value in _said_by(filter(test.holds, values), attribute)
        ),
        enough=tuple(
            population.Condition(attribute=name, none_of=frozenset([value]))
            for name, value in (() if listed else _said_by(failing, attribute))
        ),
    )


def _said_by(values: Iterable[Value], attribute: Attribute) -> Iterable[tuple[str, Value]]:
    """What every one of an attribute's values says of other attributes."""
    said = [set(attribute.implies.get(value, {}).items()) for value in values]
    return reduce(and_, said) if said else ()


def _values(listed: list[Any] | tuple[Any, ...], *, number: bool) -> frozenset[Value]:
    if number:
        return frozenset(as_number(value) or 0 for value in listed)
    return frozenset(value if isinstance(value, bool) else str(value) for value in listed)


def _schedule(draft: Draft, review_every: str | None) -> schedule.Schedule:
    """The schedule that a verb's slots say, or the verb's usual one."""
    body = draft.body
    start, end = (_point(body[slot]) if slot in body else None for slot in ("from", "until"))
    if "for" in body:
        return schedule.Kept(duration=Duration.parse(body["for"]), after=_point(body["after"]))
    if "each" in body:
        days = (body.get(slot) for slot in ("by", "not_before"))
        by, opens = (MonthDay.parse(day["date"]) if day else None for day in days)
        return schedule.Each(period=body["each"], start=start, end=end, by=by, not_before=opens)
    if "every" in body:
        return schedule.Every(duration=Duration.parse(body["every"]), start=start)
    if "how_often" in body:
        return schedule.Vaguely(words=body["how_often"])
    if "before" in body or "after" in body:
        return _around(draft)
    if "by" in body:
        return schedule.Once(start=start, end=_point(body["by"]))
    if draft.verb is duty.Verb.UPHOLD and review_every:
        return schedule.Every(duration=Duration.parse(review_every))
    if draft.subject not in THINGS and draft.subject == draft.kind_name:
        return schedule.Around(event=draft.subject, side=schedule.Side.AT)
    if draft.subject not in THINGS and (draft.verb is duty.Verb.NOTIFY or "how_soon" in body):
        return schedule.Around(event=draft.subject, side=schedule.Side.AFTER)
    standing = body.get("always", draft.form.standing)
    return (
        schedule.Always(start=start, end=end) if standing else schedule.Once(start=start, end=end)
    )


def _around(draft: Draft) -> schedule.Around:
    """The schedule of `before` and `after`."""
    body = draft.body
    side = schedule.Side.BEFORE if "before" in body else schedule.Side.AFTER
    event, within, notice = body[side.value], body.get("within"), body.get("notice")
    ending = next((slot for slot in ("until", "by") if slot in body), None)
    return schedule.Around(
        event=event,
        side=side,
        where=_conditions(body.get("event", {}), draft.vocabulary.kinds[event]),
        within=Duration.parse(within) if within else None,
        notice=Duration.parse(notice) if notice else None,
        start=_point(body["from"]) if "from" in body else None,
        end=_point(body[ending]) if ending else None,
    )


def _point(written: str | Mapping[str, Any]) -> schedule.Point:
    """The point of time that a slot names."""
    if isinstance(written, str):
        return schedule.RollPoint(written)
    for name in ("joining", "leaving"):
        if name in written:
            return _offset(schedule.RollPoint(name), written[name])
    if "offset" in written:
        rest = {key: value for key, value in written.items() if key != "offset"}
        return _offset(_point(rest), written["offset"])
    if "age" in written:
        return schedule.AgePoint(age=written["age"])
    if "key_stage" in written:
        return schedule.KeyStagePoint(key_stage=written["key_stage"])
    if "earliest_of" in written:
        return schedule.EarliestOf(points=tuple(map(_point, written["earliest_of"])))
    if "year" in written:
        day = MonthDay.parse(written["date"]) if "date" in written else None
        return schedule.YearPoint(year=written["year"], day=day, term=written.get("term"))
    return schedule.DatePoint(day=date.fromisoformat(written["date"]))


def _offset(point: schedule.Point, length: str) -> schedule.OffsetPoint:
    """So long after a point; with a minus sign, before it."""
    duration = Duration.parse(length.removeprefix("-"))
    return schedule.OffsetPoint(point=point, duration=duration, before=length.startswith("-"))


def _measure(draft: Draft) -> duty.Measure:
    body, attributes = draft.body, draft.vocabulary.kinds[draft.kind_name].attributes
    if "distinct" in body:
        told_apart = attributes[body["distinct"]]
        return duty.Distinct(attribute=told_apart.name, words=told_apart.words)
    if "total" in body:
        return duty.Total(attribute=body["total"])
    if "covers" in body:
        ((name, values),) = body["covers"].items()
    elif "contents" in body:
        name, values = "contents", body["contents"]
    elif "consulting" in body:
        name, values = "consulted", body["consulting"]
    else:
        return duty.Count()
    return duty.Covers(attribute=name, values=tuple(values), words=attributes[name].words)


def _bound(draft: Draft) -> duty.Bound:
    body = draft.body
    if draft.verb is duty.Verb.FORBID:
        return duty.Bound(at_most=0)
    if "how_many" in body:
        return duty.Bound(vague=body["how_many"])
    limits: dict[str, Any] = {
        slot: as_number(body[slot]) for slot in ("at_least", "at_most") if slot in body
    }
    if limits:
        return duty.Bound(**limits, stated=True)
    measure = _measure(draft)
    return duty.Bound(
        at_least=len(measure.values) if isinstance(measure, duty.Covers) else 1, stated=False
    )
