"""What each failure of JSON Schema means, in the words of somebody who writes policies.

One small function for each keyword; `conformity` decides which of their remarks to pass on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from careerspolicy.plain.failures import gist, properties, resolved, schemas_on, such_as
from careerspolicy.plain.places import Objection
from careerspolicy.plain.value_words import (
    NAMES,
    either,
    name_of,
    on_one_line,
    spelling_hint,
    type_hint,
    written,
)
from careerspolicy.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from careerspolicy.plain.failures import Failure

    _Remarks: TypeAlias = "Iterator[Remark]"


@attrs.frozen(kw_only=True)
class Remark(Objection):
    """One failure in words, with the rule broken.

    `wanted` are keys that are missing; `meant` is the key that a misspelt one stands for.
    """

    rule: str
    wanted: tuple[str, ...] = ()
    meant: str = ""


def remarks_on(failure: Failure) -> _Remarks:
    """What a failure says; several things where it is several mistakes."""
    for remark in _REMARKS.get(failure.rule, _otherwise)(failure):
        mend = failure.mend_of_mistake(remark.key) if remark.path == failure.path else ""
        known = attrs.evolve(remark, hint=mend, meant="") if mend else remark
        in_key = "propertyNames" in failure.way
        yield attrs.evolve(known, key=str(failure.value)) if in_key else known


def _remark(failure: Failure, message: str, hint: str, **more: Any) -> Remark:
    """Just these words; `more` are the other fields of a remark."""
    return Remark(
        **{"rule": failure.rule, "path": failure.path, "message": message, "hint": hint, **more}
    )


def _ruled(failure: Failure, message: str, hint: str, **more: Any) -> Remark:
    """The schema's own words where it has them, else these."""
    return _remark(failure, failure.problem or message, failure.mend or hint, **more)


def _type(failure: Failure) -> _Remarks:
    yield _wrong_type(failure, failure.types_wanted)


def _wrong_type(failure: Failure, wanted: set[str]) -> Remark:
    value = failure.value
    belongs = either(NAMES[name] for name in NAMES if name in wanted)
    message = f"{name_of(value)} stands where {belongs} belongs"
    # A number is not turned into one of several words by quotes.
    sure = bool(failure.mend) or (failure.rule != "type" and isinstance(value, int))
    hint = (spelling_hint if sure else type_hint)(value, wanted)
    hint = hint or failure.mend or such_as([failure.schema])
    return _remark(failure, failure.problem or message, hint, rule="type")


def _unknown_keys(failure: Failure) -> _Remarks:
    schema = failure.schema if isinstance(failure.schema, dict) else {}
    known = properties(schema, failure.root)
    patterns = schema.get("patternProperties", {})
    for key in failure.value:
        if key in known or any(re.search(pattern, key) for pattern in patterns):
            continue
        meant = nearest(key, known)
        homes = [name for name in known if key in properties(known[name], failure.root)]
        hint = did_you_mean(key, known)
        if homes and not meant:
            present = [name for name in homes if name in failure.value]
            hint = f"it belongs inside {either(present or homes)}"
        message = f'"{on_one_line(key)}" is not a word this part knows'
        yield _remark(failure, message, hint, key=key, meant=meant)
    if all(key in known for key in failure.value):
        yield _remark(failure, "some of these keys do not belong together", "leave some out")


def _missing(failure: Failure) -> _Remarks:
    known = properties(failure.schema, failure.root)
    for key in failure.limit:
        if key not in failure.value:
            meaning = gist(resolved(known.get(key), failure.root))
            hint = f"add it: {meaning}" if meaning else "add it"
            yield _ruled(failure, f'"{key}" is missing', hint, wanted=(key,))


def _missing_beside(failure: Failure) -> _Remarks:
    for key, wanted in failure.limit.items():
        for other in wanted if key in failure.value else ():
            if other not in failure.value:
                message = f'"{key}" needs "{other}" beside it'
                yield _ruled(failure, message, f'add "{other}"', key=key)


def _enum(failure: Failure) -> _Remarks:
    words, value = [written(word) for word in failure.words], name_of(failure.value)
    if len(words) == 1:
        message = f"{value} stands where only {words[0]} belongs"
        hint = failure.mend or f"write {words[0]}"
    else:
        message = f"{value} is not one of the words that belong here"
        word = "" if isinstance(failure.value, (dict, list)) else written(failure.value)
        sure = spelling_hint(failure.value, failure.types_wanted)
        mend = "" if nearest(word, words) and not sure else failure.mend
        hint = mend or sure or did_you_mean(word, words)
    yield _remark(failure, failure.problem or message, hint, rule="enum")


def _form(failure: Failure) -> _Remarks:
    """For `pattern` and `format`."""
    examples = such_as([failure.schema], _FORMATS.get(str(failure.limit), ()))
    hint = ", ".join(filter(None, (gist(failure.schema), examples)))
    message = f"{name_of(failure.value)} is not written as it should be"
    yield _ruled(failure, message, f"write {hint}" if hint else "")


def _number(failure: Failure) -> _Remarks:
    message, hint = (words.format(failure.value, failure.limit) for words in _NUMBERS[failure.rule])
    low, high = failure.schema.get("minimum"), failure.schema.get("maximum")
    if failure.rule != "multipleOf" and None not in (low, high):
        hint = f"write a number from {low} to {high}"
    yield _ruled(failure, message, hint)


def _size(failure: Failure) -> _Remarks:
    limit, size = failure.limit, len(failure.value)
    what, unit, units = _SIZES[failure.rule[3:]]
    has = f"{what} has {size} {unit if size == 1 else units}"
    if failure.rule.startswith("max"):
        yield _ruled(failure, f"{has}, and at most {limit} belong here", "shorten it")
    elif size:
        message = f"{has}; at least {limit} {'belongs' if limit == 1 else 'belong'} here"
        yield _ruled(failure, message, f"write {limit} {unit if limit == 1 else units} or more")
    else:
        hint = such_as([failure.schema]) or "write something in it, or leave it out"
        yield _ruled(failure, f"{what} is empty", hint)


def _unique(failure: Failure) -> _Remarks:
    for n, item in enumerate(failure.value):
        if item in failure.value[:n]:
            first = failure.value.index(item) + 1
            message = f"{name_of(item)} stands here again, first as item {first}"
            yield _ruled(failure, message, "leave one of the two out", path=(*failure.path, n))


def _forbidden(failure: Failure) -> _Remarks:
    """For `not`, of which `required` (keys that may not stand, or stand together) is the usual."""
    keys = failure.limit.get("required", []) if isinstance(failure.limit, dict) else []
    if len(keys) > 1:
        message = f"{_quoted(keys, ' and ')} cannot stand together"
        yield _ruled(failure, message, "leave one of them out", key=keys[-1])
    else:
        message = f"{_quoted(keys) or 'this'} does not belong here"
        yield _ruled(failure, message, "leave it out", key=keys[0] if keys else "")


def _never(failure: Failure) -> _Remarks:
    """For a value that the schema `false` forbids; jsonschema doesn't say under which key."""
    node = schemas_on(failure.way, failure.root)[-1]
    listed = node.items() if isinstance(node, dict) else ()
    keys = [key for key, schema in listed if schema is False]
    message = f"{_quoted(keys, ' or ') or 'this'} does not belong here"
    yield _remark(failure, message, "leave it out", key=keys[0] if len(keys) == 1 else "")


def _contains(failure: Failure) -> _Remarks:
    meaning = gist(resolved(failure.schema.get("contains"), failure.root))
    message = "something that belongs in this list is missing"
    yield _ruled(failure, message, f"add {meaning or 'it'}")


def _several_forms(failure: Failure) -> _Remarks:
    """For `anyOf` and `oneOf`: about the form that was meant, never about all of them."""
    if isinstance(failure.value, dict) and (keys := failure.keys_told_apart):
        yield _one_of_keys(failure, keys)
    elif not failure.forms:
        yield _ruled(failure, "this can be read in two ways", "leave a part of it out")
    elif wanted := failure.types_wanted:
        yield _wrong_type(failure, wanted)
    elif _goes_deeper(failure):
        for inner in failure.best_form:
            yield from remarks_on(inner)
    else:
        yield _wrong_word(failure)


def _one_of_keys(failure: Failure, keys: list[str]) -> Remark:
    present = [key for key in failure.value if key in keys]
    if present:
        message = f"{_quoted(present, ' and ')} stand together, and only one of them may"
        return _ruled(failure, message, "keep one", key=present[1])
    message = f"one of these keys is missing: {', '.join(keys)}"
    return _ruled(failure, message, "add one", rule="required", wanted=tuple(keys))


def _goes_deeper(failure: Failure) -> bool:
    """Whether the fitting form itself has the better message: on parts, or on a limit."""
    limits = ("min", "max", "exclusive")
    if isinstance(failure.value, (dict, list)):
        return True
    if all(inner.rule.startswith(limits) for inner in failure.best_form):
        return True
    return len(failure.fitting) == 1 and not failure.problem


def _wrong_word(failure: Failure) -> Remark:
    """A scalar that none of several forms of scalar admits."""
    forms = [resolved(form, failure.root) for form in failure.limit]
    words = [written(word) for form in forms for word in form.get("enum", ())]
    words += [written(form["const"]) for form in forms if "const" in form]
    word, message = str(failure.value), f"{name_of(failure.value)} is not what belongs here"
    hint = did_you_mean(word, words)
    if not nearest(word, words):
        gists = [*filter(None, map(gist, forms))]
        meant = ", ".join(filter(None, (f"write {either(gists)}", such_as(forms)))) if gists else ""
        listed = (form.get("type", ()) for form in forms)
        types = {name for own in listed for name in ([own] if isinstance(own, str) else own)}
        hint = spelling_hint(word, types) or failure.mend or meant or hint
    return _remark(failure, failure.problem or message, hint)


def _otherwise(failure: Failure) -> _Remarks:
    yield _ruled(failure, f"{name_of(failure.value)} does not belong here", "")


def _quoted(keys: Collection[str], between: str = "") -> str:
    return between.join(f'"{key}"' for key in keys)


#: By the rule broken: what is wrong with a number, the rule's being the second, and the hint.
_NUMBERS: Final = {
    "minimum": ("{} is less than {}, the least that belongs here", "write {1} or more"),
    "maximum": ("{} is more than {}, the most that belongs here", "write {1} or less"),
    "exclusiveMinimum": ("{} is not more than {}, as it must be here", "write {1} or more"),
    "exclusiveMaximum": ("{} is not less than {}, as it must be here", "write {1} or less"),
    "multipleOf": ("{} is not a multiple of {}", "write a multiple of {1}"),
}
_FORMATS: Final = {"date": ["2026-01-31"]}
_SIZES: Final = {
    "Items": ("this list", "item", "items"),
    "Length": ("this text", "character", "characters"),
    "Properties": ("this mapping", "key", "keys"),
}
_REMARKS: Final[dict[str, Callable[[Failure], _Remarks]]] = {
    "type": _type,
    **dict.fromkeys(("additionalProperties", "unevaluatedProperties"), _unknown_keys),
    "required": _missing,
    "dependentRequired": _missing_beside,
    **dict.fromkeys(("enum", "const"), _enum),
    **dict.fromkeys(("pattern", "format"), _form),
    **dict.fromkeys(_NUMBERS, _number),
    **dict.fromkeys(("minItems", "maxItems", "minLength", "maxLength"), _size),
    **dict.fromkeys(("minProperties", "maxProperties"), _size),
    "uniqueItems": _unique,
    "not": _forbidden,
    "contains": _contains,
    **dict.fromkeys(("anyOf", "oneOf"), _several_forms),
    "None": _never,
}
