"""From a verb's slots to the one closed shape of duties.

Part of construction, the third step of loading: the tree has been checked, so nothing is here.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.school_calendar import KEY_STAGES, MonthDay
from careerspolicy.model.duty import (
    AgePoint,
    Always,
    Around,
    Bound,
    Condition,
    Count,
    Covers,
    DatePoint,
    Distinct,
    Duty,
    Each,
    EarliestOf,
    Every,
    Kept,
    KeyStagePoint,
    Matching,
    Measure,
    Once,
    Point,
    Population,
    Predicate,
    Roll,
    RollPoint,
    Schedule,
    Side,
    Total,
    Vaguely,
    Verb,
    YearPoint,
)
from careerspolicy.plain.yaml_tree import as_number
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.vocabulary import Kind, Value, Vocabulary


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


#: The limits of a number, each with the field of a condition that holds it.
LIMITS: Final = {
    "at_least": "at_least",
    "at_most": "at_most",
    "more_than": "above",
    "less_than": "below",
}


def verb_of(told: Mapping[str, Any]) -> Verb:
    """The one verb that an obligation is written with."""
    return next(verb for verb in Verb if verb.value in told)


def kind_of(verb: Verb, body: Mapping[str, Any]) -> str:
    """The kind of record that shows a duty done."""
    return FORMS[verb].kind or str(body["what"])


def subject_of(told: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    """The subject that is said, or else what the kind of record belongs to."""
    said = told.get("for", {}).get("subject")
    verb = verb_of(told)
    return str(said or vocabulary.kinds[kind_of(verb, told[verb.value])].of)


@attrs.frozen
class DutyBuilder:
    """Builds the duties of one policy, whose words and review cadence it knows."""

    vocabulary: Vocabulary
    review_every: str | None

    def duty(self, verb: Verb, told: Mapping[str, Any]) -> Duty:
        """The duty of one obligation's tree."""
        body = told[verb.value]
        kind = self.vocabulary.kinds[kind_of(verb, body)]
        subject = subject_of(told, self.vocabulary)
        population = self.population(subject, told.get("for", {}))
        return Duty(
            verb=verb,
            population=population,
            schedule=self.schedule(verb, body, population, kind.name),
            records=Matching(
                kind=kind.name,
                where=self.tests(verb, body, kind, told["id"]),
                offered=body.get("attendance") == "optional",
            ),
            measure=_measure(body),
            bound=_bound(verb, body),
            further_to=body.get("further_to", ""),
            how_soon=body.get("how_soon", ""),
            predicate=_predicate(body),
        )

    def tests(
        self, verb: Verb, body: Mapping[str, Any], kind: Kind, obligation: str
    ) -> tuple[Condition, ...]:
        """What `with` asks, and what the verb's own slots ask."""
        own = {name: body[slot] for slot, name in FORMS[verb].tests if slot in body}
        if verb is Verb.UPHOLD:
            own["promise"] = obligation
        return self.conditions({**own, **body.get("with", {})}, kind)

    def population(self, subject: str, told: Mapping[str, Any]) -> Population:
        """The population that `for` describes."""
        pupil, school = self.vocabulary.kinds["pupil"], self.vocabulary.kinds["school"]
        stage = told.get("key_stage")
        low_high = KEY_STAGES[stage] if stage else None
        return Population(
            subject=subject,
            years=tuple(range(low_high[0], low_high[1] + 1))
            if low_high
            else year_groups(told.get("years", [])),
            ages=_ages(told["ages"]) if "ages" in told else None,
            roll=Roll(told.get("roll", "any")),
            where=self.conditions(told.get("pupils", {}), pupil),
            any_of=tuple(self.conditions(group, pupil) for group in told.get("any", [])),
            school=self.conditions(told.get("school", {}), school),
            event=self.conditions(told.get("with", {}), self.vocabulary.kinds[subject]),
            share=told.get("share"),
        )

    def conditions(self, told: Mapping[str, Any], kind: Kind) -> tuple[Condition, ...]:
        """The tests that a mapping of attributes asks for."""
        return tuple(
            _condition(name, wanted, number=kind.attributes[name].type == "number")
            for name, wanted in told.items()
        )

    def schedule(
        self, verb: Verb, body: Mapping[str, Any], population: Population, kind: str
    ) -> Schedule:
        """The schedule that a verb's slots say, or the verb's usual one."""
        start, end = point(body.get("from")), point(body.get("until"))
        if "for" in body:
            return Kept(duration=Duration.parse(body["for"]), after=_surely(point(body["after"])))
        if "each" in body:
            by, opens = _yearly(body.get("by")), _yearly(body.get("not_before"))
            return Each(period=body["each"], start=start, end=end, by=by, not_before=opens)
        if "every" in body:
            return Every(duration=Duration.parse(body["every"]), start=start)
        if "how_often" in body:
            return Vaguely(words=body["how_often"])
        if "before" in body or "after" in body:
            return self.around(body)
        if "by" in body:
            return Once(start=start, end=point(body["by"]))
        if verb is Verb.UPHOLD and self.review_every:
            return Every(duration=Duration.parse(self.review_every))
        if population.subject not in THINGS and kind == population.subject:
            return Around(event=population.subject, side=Side.AT)
        if population.subject not in THINGS and (verb is Verb.NOTIFY or "how_soon" in body):
            return Around(event=population.subject, side=Side.AFTER)
        standing = body.get("always", FORMS[verb].standing)
        return Always(start=start, end=end) if standing else Once(start=start, end=end)

    def around(self, body: Mapping[str, Any]) -> Around:
        """The schedule of `before` and `after`."""
        side = Side.BEFORE if "before" in body else Side.AFTER
        event = body[side.value]
        within, notice = body.get("within"), body.get("notice")
        return Around(
            event=event,
            side=side,
            where=self.conditions(body.get("event", {}), self.vocabulary.kinds[event]),
            within=Duration.parse(within) if within else None,
            notice=Duration.parse(notice) if notice else None,
        )


def as_list(told: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """One word or several, as several."""
    return (told,) if isinstance(told, str) else tuple(told)


def year_groups(told: int | str | list[int | str]) -> tuple[int, ...]:
    """The year groups of `10`, `8-13` or `[7, 10-11]`, in order."""
    years: set[int] = set()
    for one in told if isinstance(told, list) else [told]:
        first, _, last = str(one).partition("-")
        years.update(range(int(first), int(last or first) + 1))
    return tuple(sorted(years))


def point(told: str | Mapping[str, Any] | None) -> Point | None:
    """The point of time that a slot names."""
    if told is None:
        return None
    if isinstance(told, str):
        return RollPoint(told)
    if "age" in told:
        return AgePoint(age=told["age"])
    if "key_stage" in told:
        return KeyStagePoint(key_stage=told["key_stage"])
    if "earliest_of" in told:
        return EarliestOf(points=tuple(_surely(point(one)) for one in told["earliest_of"]))
    if "year" in told:
        day = MonthDay.parse(told["date"]) if "date" in told else None
        return YearPoint(year=told["year"], day=day, term=told.get("term"))
    return DatePoint(day=date.fromisoformat(told["date"]))


def _yearly(told: Mapping[str, str] | None) -> MonthDay | None:
    return MonthDay.parse(told["date"]) if told else None


def _surely(found: Point | None) -> Point:
    assert found is not None  # noqa: S101 - the schema wants the slot
    return found


def _ages(told: int | str) -> tuple[int, int]:
    first, _, last = str(told).partition("-")
    return int(first), int(last or first)


def _condition(name: str, wanted: Any, *, number: bool) -> Condition:
    if isinstance(wanted, dict):
        if "all" in wanted:
            return Condition(attribute=name, all_of=frozenset(wanted["all"]))
        if "not" in wanted:
            return Condition(attribute=name, none_of=_values(wanted["not"], number=number))
        limits: dict[str, Any] = {
            field: as_number(wanted[slot]) for slot, field in LIMITS.items() if slot in wanted
        }
        return Condition(attribute=name, **limits)
    listed = wanted if isinstance(wanted, list) else [wanted]
    return Condition(attribute=name, one_of=_values(listed, number=number))


def _values(listed: list[Any], *, number: bool) -> frozenset[Value]:
    return frozenset(_value(one, number=number) for one in listed)


def _value(told: Any, *, number: bool) -> Value:
    if number:
        found = as_number(told)
        return 0 if found is None else found
    return told if isinstance(told, bool) else str(told)


def _predicate(body: Mapping[str, Any]) -> Predicate | None:
    """What the file says is done, or is made sure of, if it says so."""
    if "does" not in body and "that" not in body:
        return None
    return Predicate(words=body.get("does") or body["that"], clause="that" in body)


def _measure(body: Mapping[str, Any]) -> Measure:
    if "distinct" in body:
        return Distinct(attribute=body["distinct"])
    if "total" in body:
        return Total(attribute=body["total"])
    if "covers" in body:
        ((attribute, values),) = body["covers"].items()
        return Covers(attribute=attribute, values=tuple(values))
    if "contents" in body:
        return Covers(attribute="contents", values=tuple(body["contents"]))
    if "consulting" in body:
        return Covers(attribute="consulted", values=tuple(body["consulting"]))
    return Count()


def _bound(verb: Verb, body: Mapping[str, Any]) -> Bound:
    if verb is Verb.FORBID:
        return Bound(at_most=0)
    if "how_many" in body:
        return Bound(vague=body["how_many"])
    low, high = body.get("at_least"), body.get("at_most")
    measure = _measure(body)
    usual = None if high is not None else len(measure.values) if isinstance(measure, Covers) else 1
    return Bound(
        at_least=usual if low is None else as_number(low),
        at_most=None if high is None else as_number(high),
        stated=low is not None or high is not None,
    )
