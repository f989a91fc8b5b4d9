"""Conditions as clauses: why something fails one, and what would have to be known to tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.english.described import agreeing, filled, limits_in_figures, values
from careerspolicy.english.phrases import attribute_phrases
from careerspolicy.english.wording import listing, number
from careerspolicy.model.population import Condition

if TYPE_CHECKING:
    from careerspolicy.english.phrases import AttributePhrases
    from careerspolicy.vocabulary import Kind, Value

_HAS: Final = re.compile(r"^\{is\|are\} (?:with|of (?=\d)) ?")
_HAS_NO: Final = re.compile(r"^\{is\|are\} without (?:an? )?")


def being(condition: Condition, kind: Kind) -> str:
    """What somebody or something that passes a condition is: "is meaningful", "has a budget"."""
    attribute = attribute_phrases(condition.attribute, kind)
    if attribute.attribute.type == "yes or no":
        return _yes_or_no(attribute, yes=condition.holds(value=True) is True)
    return _verb(filled(attribute.saying("as"), attribute, condition))


def failing_clause(condition: Condition, kind: Kind, value: Value) -> str:
    """Why a record that fails a condition doesn't count, as the end of "the one on …"."""
    attribute = attribute_phrases(condition.attribute, kind)
    if attribute.attribute.type == "yes or no":
        return _yes_or_no(attribute, yes=condition.holds(value=True) is not True)
    if isinstance(value, (int, float)):
        amount = attribute.limited(number(value)).removeprefix("* ")
        return f"{_verb(f'{{is|are}} {amount}')}{_but(condition, attribute)}"
    has = _worded(value, attribute)
    if attribute.attribute.of_roles and attribute.attribute.many:  # "to", "present" are no nouns
        return f'says "{attribute.name}: {has}"{_but(condition, attribute)}'
    return f"has {has} as its {attribute.name}{_but(condition, attribute)}"


def broken_clause(condition: Condition, kind: Kind, value: Value, who: str) -> str:
    """Why somebody or something that fails a condition is not meant, as a clause."""
    attribute = attribute_phrases(condition.attribute, kind)
    if attribute.attribute.type == "yes or no" or isinstance(value, (int, float)):
        return f"{who} {failing_clause(condition, kind, value)}"
    told = [*value] if isinstance(value, frozenset) else [str(value)]
    has = Condition(attribute=condition.attribute, one_of=frozenset(told))
    but = ""
    if condition.none_of is None:
        but = f", not {values(attribute, condition)}"
    return f"{who} {being(has, kind)}{but}"


def unsaid_clause(condition: Condition, kind: Kind) -> str:
    """Why a record that leaves a condition open may not count, as the end of "the one on …"."""
    attribute = attribute_phrases(condition.attribute, kind)
    if attribute.attribute.type == "yes or no":
        return f"does not say whether it {_yes_or_no(attribute, yes=True)}"
    return f"does not say its {attribute.name}"


def asked_clause(condition: Condition, kind: Kind, who: str) -> str:
    """What would have to be known to test a condition: "whether the pupil is looked after"."""
    attribute = attribute_phrases(condition.attribute, kind)
    if attribute.attribute.type == "yes or no":
        return f"whether {who} {_yes_or_no(attribute, yes=True)}"
    return f"the {attribute.name} of {who}"


def _yes_or_no(attribute: AttributePhrases, *, yes: bool) -> str:
    return _verb(attribute.saying("yes" if yes else "no"))


def _verb(template: str) -> str:
    """A template that says what something is, as one would: "has a sixth form"."""
    told = _HAS.sub("{has|have} ", _HAS_NO.sub("{has|have} no ", template))
    return agreeing(told, many=False)


def _but(condition: Condition, attribute: AttributePhrases) -> str:
    """What was wanted instead; nothing, where only some values were ruled out."""
    if condition.none_of is not None:
        return ""
    if condition.one_of is None and condition.all_of is None:
        return f"; {limits_in_figures(condition)} is asked"
    return f", not {_wanted(condition, attribute)}"


def _wanted(condition: Condition, attribute: AttributePhrases) -> str:
    if condition.all_of is not None:
        return listing(sorted(condition.all_of))
    if condition.none_of is not None:
        return f"anything but {listing(sorted(map(str, condition.none_of)), 'or')}"
    if condition.one_of is None:
        return limits_in_figures(condition)
    return listing((attribute.coded(one) for one in sorted(map(str, condition.one_of))), "or")


def _worded(value: Value, attribute: AttributePhrases) -> str:
    if isinstance(value, frozenset):
        return listing(sorted(value)) if value else "nothing"
    return attribute.coded(str(value))
