"""From a verb's slots to the one closed shape of duties.

Part of construction, the third step of loading: the tree has been checked, so nothing is here.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.school_calendar import KEY_STAGES, MonthDay
from careerspolicy.loading.records import several, year_groups
from careerspolicy.model import duty
from careerspolicy.model.policy import Run
from careerspolicy.plain.yaml_tree import as_number
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.loading.drafts import Draft
    from careerspolicy.vocabulary import Kind, Value

#: The limits of a number, each with the field of a condition that holds it.
_LIMITS: Final = {
    "at_least": "at_least",
    "at_most": "at_most",
    "more_than": "above",
    "less_than": "below",
}


def duty_of(draft: Draft, review_every: str | None) -> duty.Duty:
    """The duty of one obligation; `review_every` is how often its document is reviewed."""
    body = draft.body
    return duty.Duty(
        verb=draft.verb,
        population=_population(draft),
        schedule=_schedule(draft, review_every),
        records=duty.Matching(
            kind=draft.kind_name,
            where=_tests(draft),
            offered=body.get("attendance") == "optional",
        ),
        measure=_measure(body),
        bound=_bound(draft),
        further_to=body.get("further_to", ""),
        how_soon=body.get("how_soon", ""),
        predicate=_predicate(body),
    )


def _tests(draft: Draft) -> tuple[duty.Condition, ...]:
    """What `with` asks, and what the verb's own slots ask."""
    own = {name: draft.body[slot] for slot, name in draft.form.tests if slot in draft.body}
    if draft.verb is duty.Verb.UPHOLD:
        own["promise"] = draft.tree["id"]
    kind = draft.vocabulary.kinds[draft.kind_name]
    return _conditions({**own, **draft.body.get("with", {})}, kind)


def _population(draft: Draft) -> duty.Population:
    group, kinds = draft.group, draft.vocabulary.kinds
    years = year_groups(group.get("years", []))
    if "key_stage" in group:
        first, last = KEY_STAGES[group["key_stage"]]
        years = tuple(range(first, last + 1))
    ages = Run.parse(group["ages"]) if "ages" in group else None
    return duty.Population(
        subject=draft.subject,
        years=years,
        ages=(ages.first, ages.last) if ages else None,
        roll=duty.Roll(group.get("roll", "any")),
        where=_conditions(group.get("pupils", {}), kinds["pupil"]),
        any_of=tuple(_conditions(tests, kinds["pupil"]) for tests in group.get("any", [])),
        school=_conditions(group.get("school", {}), kinds["school"]),
        event=_conditions(group.get("with", {}), kinds[draft.subject]),
        share=group.get("share"),
    )


def _conditions(tests: Mapping[str, Any], kind: Kind) -> tuple[duty.Condition, ...]:
    """The tests that a mapping of attributes asks for."""
    return tuple(
        _condition(name, wanted, number=kind.attributes[name].type == "number")
        for name, wanted in tests.items()
    )


def _condition(name: str, wanted: Any, *, number: bool) -> duty.Condition:
    if not isinstance(wanted, dict):
        return duty.Condition(attribute=name, one_of=_values(several(wanted), number=number))
    if "all" in wanted:
        return duty.Condition(attribute=name, all_of=frozenset(wanted["all"]))
    if "not" in wanted:
        return duty.Condition(attribute=name, none_of=_values(wanted["not"], number=number))
    limits: dict[str, Any] = {
        field: as_number(wanted[slot]) for slot, field in _LIMITS.items() if slot in wanted
    }
    return duty.Condition(attribute=name, **limits)


def _values(listed: list[Any] | tuple[Any, ...], *, number: bool) -> frozenset[Value]:
    if number:
        return frozenset(as_number(value) or 0 for value in listed)
    return frozenset(value if isinstance(value, bool) else str(value) for value in listed)


def _schedule(draft: Draft, review_every: str | None) -> duty.Schedule:
    """The schedule that a verb's slots say, or the verb's usual one."""
    body = draft.body
    start, end = (_point(body[slot]) if slot in body else None for slot in ("from", "until"))
    if "for" in body:
        return duty.Kept(duration=Duration.parse(body["for"]), after=_point(body["after"]))
    if "each" in body:
        by, opens = _yearly(body.get("by")), _yearly(body.get("not_before"))
        return duty.Each(period=body["each"], start=start, end=end, by=by, not_before=opens)
    if "every" in body:
        return duty.Every(duration=Duration.parse(body["every"]), start=start)
    if "how_often" in body:
        return duty.Vaguely(words=body["how_often"])
    if "before" in body or "after" in body:
        return _around(draft)
    if "by" in body:
        return duty.Once(start=start, end=_point(body["by"]))
    if draft.verb is duty.Verb.UPHOLD and review_every:
        return duty.Every(duration=Duration.parse(review_every))
    if draft.subject not in THINGS and draft.subject == draft.kind_name:
        return duty.Around(event=draft.subject, side=duty.Side.AT)
    if draft.subject not in THINGS and (draft.verb is duty.Verb.NOTIFY or "how_soon" in body):
        return duty.Around(event=draft.subject, side=duty.Side.AFTER)
    standing = body.get("always", draft.form.standing)
    return duty.Always(start=start, end=end) if standing else duty.Once(start=start, end=end)


def _around(draft: Draft) -> duty.Around:
    """The schedule of `before` and `after`."""
    body = draft.body
    side = duty.Side.BEFORE if "before" in body else duty.Side.AFTER
    event, within, notice = body[side.value], body.get("within"), body.get("notice")
    return duty.Around(
        event=event,
        side=side,
        where=_conditions(body.get("event", {}), draft.vocabulary.kinds[event]),
        within=Duration.parse(within) if within else None,
        notice=Duration.parse(notice) if notice else None,
    )


def _yearly(written: Mapping[str, str] | None) -> MonthDay | None:
    return MonthDay.parse(written["date"]) if written else None


def _point(written: str | Mapping[str, Any]) -> duty.Point:
    """The point of time that a slot names."""
    if isinstance(written, str):
        return duty.RollPoint(written)
    if "age" in written:
        return duty.AgePoint(age=written["age"])
    if "key_stage" in written:
        return duty.KeyStagePoint(key_stage=written["key_stage"])
    if "earliest_of" in written:
        return duty.EarliestOf(points=tuple(map(_point, written["earliest_of"])))
    if "year" in written:
        day = MonthDay.parse(written["date"]) if "date" in written else None
        return duty.YearPoint(year=written["year"], day=day, term=written.get("term"))
    return duty.DatePoint(day=date.fromisoformat(written["date"]))


def _predicate(body: Mapping[str, Any]) -> duty.Predicate | None:
    """What the file says is done, or is made sure of, if it says so."""
    if "does" not in body and "that" not in body:
        return None
    return duty.Predicate(words=body.get("does") or body["that"], clause="that" in body)


def _measure(body: Mapping[str, Any]) -> duty.Measure:
    if "distinct" in body:
        return duty.Distinct(attribute=body["distinct"])
    if "total" in body:
        return duty.Total(attribute=body["total"])
    if "covers" in body:
        ((attribute, values),) = body["covers"].items()
        return duty.Covers(attribute=attribute, values=tuple(values))
    if "contents" in body:
        return duty.Covers(attribute="contents", values=tuple(body["contents"]))
    if "consulting" in body:
        return duty.Covers(attribute="consulted", values=tuple(body["consulting"]))
    return duty.Count()


def _bound(draft: Draft) -> duty.Bound:
    body = draft.body
    if draft.verb is duty.Verb.FORBID:
        return duty.Bound(at_most=0)
    if "how_many" in body:
        return duty.Bound(vague=body["how_many"])
    low, high, measure = body.get("at_least"), body.get("at_most"), _measure(body)
    if low is None and high is None:
        low = len(measure.values) if isinstance(measure, duty.Covers) else 1
    return duty.Bound(
        at_least=None if low is None else as_number(low),
        at_most=None if high is None else as_number(high),
        stated="at_least" in body or "at_most" in body,
    )
