"""How English names kinds of record, conditions and amounts: noun phrases, never sentences.

Between the policy model and everything that writes English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from careerspolicy.duty import Condition, Duty
    from careerspolicy.facts import Record
    from careerspolicy.vocabulary import Attribute, Kind, Value, Vocabulary


def number(amount: float) -> str:
    """A number as people write it: 2, 7.5.

    >>> number(2.0), number(7.5)
    ('2', '7.5')
    """
    return f"{amount:g}"


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Words as a list in a sentence.

    >>> listed(["sixth form", "college", "university"])
    'sixth form, college and university'
    """
    *first, last = [*words] or [""]
    return f"{', '.join(first)} {joint} {last}" if first else last


def records_named(duty: Duty, vocabulary: Vocabulary, amount: float = 1) -> str:
    """What a duty counts, for an amount: "meaningful employer encounters".

    The condition that a kind is named by ("publication of the {document}") goes there; one-word
    descriptions stand before the noun and the rest after it.
    """
    kind = vocabulary.kinds[duty.records.kind]
    noun = kind.singular if amount == 1 else kind.plural
    before: list[str] = []
    after: list[str] = []
    for condition in duty.records.where:
        words = condition_named(condition, kind)
        if f"{{{condition.attribute}}}" in kind.named:
            noun = kind.named.format(**{"noun": noun, condition.attribute: words})
        elif " " in words or not kind.attributes[condition.attribute].says:
            after.append(words)
        else:
            before.append(words)
    phrase = " ".join((*before, noun))
    return f"{phrase} ({listed(after)})" if after else phrase


def condition_named(condition: Condition, kind: Kind) -> str:
    """A condition as a description: "meaningful", "not part-time job", "at least 6 hours"."""
    attribute = kind.attributes[condition.attribute]
    name = condition.attribute.replace("_", " ")
    if condition.all_of is not None:
        return f"{name} {listed(sorted(condition.all_of))}"
    if condition.one_of is None:
        return f"{name} {_limits(condition)}"
    if attribute.type == "yes or no":
        says = attribute.says or name
        return says if True in condition.one_of else f"not {says}"
    return listed((_worded(value, attribute) for value in sorted(map(str, condition.one_of))), "or")


def condition_failed(condition: Condition, kind: Kind, said: Mapping[str, Value]) -> str:
    """Why something that fails a condition doesn't pass, as the end of "it …"."""
    attribute = kind.attributes[condition.attribute]
    if attribute.type == "yes or no":
        return f"is not {condition_named(condition, kind)}".replace("is not not ", "is ")
    value = said[condition.attribute]
    has = listed(sorted(value)) if isinstance(value, frozenset) else str(value)
    name = condition.attribute.replace("_", " ")
    return f"has {_worded(has, attribute)} as its {name}, not {condition_named(condition, kind)}"


def condition_unsaid(condition: Condition, kind: Kind) -> str:
    """Why something that leaves a condition open may not pass, as the end of "it …"."""
    return f"does not say {condition_asked(condition, kind)}"


def condition_asked(condition: Condition, kind: Kind) -> str:
    """What would have to be known to test a condition: "whether it is meaningful"."""
    if kind.attributes[condition.attribute].type == "yes or no":
        said = condition_named(condition, kind).removeprefix("not ")
        return f"whether it is {said}"
    return f"its {condition.attribute.replace('_', ' ')}"


def record_named(record: Record, vocabulary: Vocabulary) -> str:
    """A record by its kind, for lists of evidence."""
    return vocabulary.kinds[record.kind].singular


def _limits(condition: Condition) -> str:
    low, high = condition.at_least, condition.at_most
    parts = []
    if low is not None:
        parts.append(f"at least {number(low)}")
    if high is not None:
        parts.append(f"at most {number(high)}")
    return " and ".join(parts)


def _worded(value: str, attribute: Attribute) -> str:
    """A coded value by its meaning where a code says nothing ("K": SEN support)."""
    return attribute.values.get(value, "") if len(value) == 1 else value
