"""How English names kinds of record, conditions and amounts: noun phrases, never sentences.

Between the policy model and everything that writes English.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.model.duty import Condition
    from careerspolicy.model.facts import Record
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


def records_named(
    kind_name: str, tests: Iterable[Condition], vocabulary: Vocabulary, amount: float = 1
) -> str:
    """Records of a kind that pass some tests, for an amount: "meaningful employer encounters".

    The condition that a kind is named by ("publication of the {document}") goes there; one-word
    descriptions stand before the noun and the rest after it.
    """
    kind = vocabulary.kinds[kind_name]
    noun = kind.singular if amount == 1 else kind.plural
    before: list[str] = []
    after: list[str] = []
    for condition in tests:
        name, words = condition.attribute, condition_named(condition, kind)
        if f"{{{name}}}" in kind.named:
            noun = kind.named.format(**{"noun": noun, name: words})
        elif f"{{the {name}}}" in kind.named:
            noun = kind.named.format(**{"noun": noun, f"the {name}": with_article(words)})
        elif name == kind.identity:
            continue
        elif " " in words or not _said_as(kind.attributes[name]):
            after.append(words)
        else:
            before.append(words)
    phrase = " ".join((*before, noun))
    return f"{phrase} ({listed(after)})" if after else phrase


def one_named(kind_name: str, tests: Iterable[Condition], vocabulary: Vocabulary) -> str:
    """One such record, with its article: "an attestation by the careers leader"."""
    noun = records_named(kind_name, tests, vocabulary)
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def with_article(words: str) -> str:
    """A role or thing with "the", unless it is a plural.

    >>> with_article("local authority"), with_article("parents"), with_article("board of trustees")
    ('the local authority', 'parents', 'the board of trustees')
    >>> with_article("senior leader for careers")
    'the senior leader for careers'
    """
    plural = words in ("staff", "alumni") or (
        words.endswith("s") and not re.search(" (?:of|for) ", words)
    )
    return words if plural else f"the {words}"


def condition_named(condition: Condition, kind: Kind) -> str:
    """A condition as a description: "meaningful", "not part-time job", "at least 6 hours"."""
    attribute = kind.attributes[condition.attribute]
    name = condition.attribute.replace("_", " ")
    if condition.all_of is not None:
        return f"{name} {listed(sorted(condition.all_of))}"
    if condition.none_of is not None:
        return f"{name} other than {listed(sorted(map(str, condition.none_of)), 'or')}"
    if condition.one_of is None:
        return f"{name} of {_limits(condition)}"
    if attribute.type == "yes or no":
        says = attribute.says or name
        return says if True in condition.one_of else f"not {says}"
    return listed((_worded(value, attribute) for value in sorted(map(str, condition.one_of))), "or")


def condition_failed(condition: Condition, kind: Kind, value: Value) -> str:
    """Why a record that fails a condition doesn't count, as the end of "the one on …"."""
    attribute = kind.attributes[condition.attribute]
    if attribute.type == "yes or no":
        return _is(condition, attribute, wanted=False)
    has = _said(value, attribute)
    if attribute.of_roles and attribute.many:  # "to", "consulted", "present" are no nouns
        return f'says "{_label(attribute)}: {has}"{_but(condition, kind)}'
    return f"has {has} as its {_label(attribute)}{_but(condition, kind)}"


def condition_broken(condition: Condition, kind: Kind, value: Value, who: str) -> str:
    """Why somebody or something that fails a condition is not meant, as a clause."""
    attribute = kind.attributes[condition.attribute]
    if attribute.type == "yes or no":
        return f"{who} {_is(condition, attribute, wanted=False)}"
    has = _said(value, attribute)
    return f"{who}'s {_label(attribute)} is {has}{_but(condition, kind)}"


def _but(condition: Condition, kind: Kind) -> str:
    """What was wanted instead; nothing, where only some values were ruled out."""
    if condition.none_of is not None:
        return ""
    if condition.one_of is None and condition.all_of is None:
        return f"; {_limits(condition)} is asked"
    return f", not {condition_named(condition, kind)}"


def condition_unsaid(condition: Condition, kind: Kind) -> str:
    """Why a record that leaves a condition open may not count, as the end of "the one on …"."""
    attribute = kind.attributes[condition.attribute]
    if attribute.type == "yes or no":
        return f"does not say whether it {_is(condition, attribute, wanted=True)}"
    return f"does not say its {_label(attribute)}"


def condition_asked(condition: Condition, kind: Kind, who: str) -> str:
    """What would have to be known to test a condition: "whether the pupil is looked after"."""
    attribute = kind.attributes[condition.attribute]
    if attribute.type == "yes or no":
        return f"whether {who} {_is(condition, attribute, wanted=True)}"
    return attribute_asked(condition.attribute, kind, who)


def attribute_asked(name: str, kind: Kind, who: str) -> str:
    """What would have to be known of somebody or something: "the hours of the mentoring"."""
    attribute = kind.attributes.get(name)
    return f"the {_label(attribute) if attribute else name.replace('_', ' ')} of {who}"


def _is(condition: Condition, attribute: Attribute, *, wanted: bool) -> str:
    """A yes-or-no condition as a verb: "is meaningful", "has no sixth form"."""
    says = attribute.says or attribute.name.replace("_", " ")
    yes = wanted or not condition.holds(value=True)
    if says.startswith("with "):
        thing = says.removeprefix("with ")
        return f"has {thing}" if yes else f"has no {thing.removeprefix('a ').removeprefix('an ')}"
    return f"is {says}" if yes else f"is not {says}"


def _label(attribute: Attribute) -> str:
    """What an attribute is called: as it says, unless that is a phrase for its values."""
    return _said_as(attribute) or attribute.name.replace("_", " ")


def _said_as(attribute: Attribute) -> str:
    return "" if "{}" in attribute.says else attribute.says


def _said(value: Value, attribute: Attribute) -> str:
    if isinstance(value, frozenset):
        return listed(sorted(value)) if value else "nothing"
    return _worded(str(value), attribute)


def record_named(record: Record, vocabulary: Vocabulary) -> str:
    """A record by its kind, for lists of evidence."""
    return vocabulary.kinds[record.kind].singular


def _limits(condition: Condition) -> str:
    limits = (
        ("at least", condition.at_least),
        ("more than", condition.above),
        ("at most", condition.at_most),
        ("less than", condition.below),
    )
    return " and ".join(f"{words} {number(limit)}" for words, limit in limits if limit is not None)


def _worded(value: str, attribute: Attribute) -> str:
    """A coded value by its meaning where a code says nothing ("K": SEN support)."""
    return (attribute.values.get(value) or value) if len(value) == 1 else value
