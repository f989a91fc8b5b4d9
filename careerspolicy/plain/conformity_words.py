"""What each error of JSON Schema means, in the words of somebody who writes policies.

One small function for each keyword; `conformity` decides which of their answers to tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.plain.branches import alternatives, best_branch, fitting, types_wanted
from careerspolicy.plain.found_words import NAMES, either, found, short, type_hint, written
from careerspolicy.plain.messages import Said, ruled, said, with_found
from careerspolicy.plain.schema_reading import (
    examples,
    gist,
    mistaken,
    never_allowed,
    properties,
    resolved,
    told,
)
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from careerspolicy.plain.schema_reading import Failure


def said_of(error: Failure, root: Any) -> Iterator[Said]:
    """What an error against the schema `root` says; several things where it is several mistakes."""
    rule = str(error.validator)
    in_key = "propertyNames" in error.absolute_schema_path
    for one in _SAYERS.get(rule, _otherwise)(error, root):
        mend = mistaken(error, one.key) if one.at == tuple(error.absolute_path) else ""
        known = attrs.evolve(one, hint=mend, meant="") if mend else one
        yield attrs.evolve(known, key=str(error.instance)) if in_key else known


def _type(error: Failure, root: Any) -> Iterator[Said]:
    wanted = types_wanted(error)
    yield _wrong_type(error, wanted, root)


def _wrong_type(error: Failure, wanted: set[str], root: Any) -> Said:
    problem, mend = told(error, root)
    belongs = either(NAMES[name] for name in NAMES if name in wanted)
    message = f"{found(error.instance)} stands where {belongs} belongs"
    if problem:
        message = with_found(problem, error.instance)
    # A number is not turned into one of several words by quotes.
    sure = bool(mend) or (error.validator != "type" and isinstance(error.instance, int))
    hint = (_sure_hint if sure else type_hint)(error.instance, wanted)
    return said(error, message, hint or mend or _such_as(error.schema), rule="type")


def _unknown_keys(error: Failure, root: Any) -> Iterator[Said]:
    schema = error.schema if isinstance(error.schema, dict) else {}
    known = properties(schema, root)
    patterns = schema.get("patternProperties", {})
    for key in error.instance:
        if key in known or any(re.search(pattern, key) for pattern in patterns):
            continue
        near = did_you_mean(key, known)
        inside = "" if near.startswith("did") else _belongs_inside(key, error.instance, known, root)
        hint = inside or near
        message = f'"{short(key)}" is not a word this part knows'
        meant = next((name for name in known if hint == f'did you mean "{name}"?'), "")
        yield said(error, message, hint, key=key, meant=meant)
    if all(key in known for key in error.instance):
        yield said(error, "some of these keys do not belong together", "leave some out")


def _belongs_inside(key: str, instance: Any, known: dict[str, Any], root: Any) -> str:
    homes = [name for name in known if key in properties(known[name], root)]
    present = [name for name in homes if name in instance]
    return f"it belongs inside {either(present or homes)}" if homes else ""


def _missing(error: Failure, root: Any) -> Iterator[Said]:
    known = properties(error.schema, root)
    problem, mend = told(error, root)
    for key in error.validator_value:
        if key in error.instance:
            continue
        meaning = gist(resolved(known.get(key), root))
        message = problem or f'"{key}" is missing'
        hint = mend or (f"add it: {meaning}" if meaning else "add it")
        yield said(error, message, hint, wanted=(key,))


def _missing_beside(error: Failure, root: Any) -> Iterator[Said]:
    problem, mend = told(error, root)
    for key, wanted in error.validator_value.items():
        for other in wanted if key in error.instance else ():
            if other not in error.instance:
                message = problem or f'"{key}" needs "{other}" beside it'
                yield said(error, message, mend or f'add "{other}"', key=key)


def _enum(error: Failure, root: Any) -> Iterator[Said]:
    values = [error.validator_value] if error.validator == "const" else error.validator_value
    wanted = types_wanted(error)
    problem, mend = told(error, root)
    words = [written(value) for value in values]
    if problem:
        message = with_found(problem, error.instance)
    elif len(words) == 1:
        message = f"{found(error.instance)} stands where only {words[0]} belongs"
    else:
        message = f"{found(error.instance)} is not one of the words that belong here"
    hint = f"write {words[0]}" if len(words) == 1 else _near(error.instance, words)
    if wanted and len(words) > 1:
        hint = _sure_hint(error.instance, wanted) or hint
    yield said(error, message, mend if mend and "did you" not in hint else hint, rule="enum")


def _form(error: Failure, root: Any) -> Iterator[Said]:
    """For `pattern` and `format`."""
    problem, mend = told(error, root)
    plain = f"{found(error.instance)} is not written as it should be"
    message = with_found(problem, error.instance) if problem else plain
    shown = examples(error.schema) or _FORMATS.get(str(error.validator_value), [])
    meaning = gist(error.schema)
    such_as = f"such as {either(map(str, shown))}" if shown else ""
    hint = ", ".join(part for part in (meaning, such_as) if part)
    yield said(error, message, mend or (f"write {hint}" if hint else ""))


def _limit(error: Failure, root: Any) -> Iterator[Said]:
    schema, limit = error.schema, error.validator_value
    least = "minimum" in str(error.validator).lower()
    problem, mend = told(error, root)
    which = "less than" if least else "more than"
    ending = f"the {'least' if least else 'most'} that belongs here"
    if str(error.validator).startswith("exclusive"):
        which, ending = "not more than" if least else "not less than", "as it must be here"
    message = with_found(problem, error.instance) if problem else ""
    low, high = schema.get("minimum"), schema.get("maximum")
    both = f"write a number from {low} to {high}" if None not in (low, high) else ""
    message = message or f"{error.instance} is {which} {limit}, {ending}"
    yield said(error, message, mend or both or f"write {limit} or {'more' if least else 'less'}")


def _multiple(error: Failure, root: Any) -> Iterator[Said]:
    message = f"{error.instance} is not a multiple of {error.validator_value}"
    yield ruled(error, root, message, f"write a multiple of {error.validator_value}")


def _size(error: Failure, root: Any) -> Iterator[Said]:
    rule, limit, size = str(error.validator), error.validator_value, len(error.instance)
    what, one, many = _SIZES[rule[3:]]
    unit = one if limit == 1 else many
    if rule.startswith("max"):
        message = f"{what} has {size} {one if size == 1 else many}, and at most {limit} belong here"
        yield ruled(error, root, message, "shorten it")
    elif size:
        belong = "belongs" if limit == 1 else "belong"
        message = f"{what} has {size} {one if size == 1 else many}; at least {limit} {belong} here"
        yield ruled(error, root, message, f"write {limit} {unit} or more")
    else:
        hint = _such_as(error.schema) or "write something in it, or leave it out"
        yield ruled(error, root, f"{what} is empty", hint)


def _unique(error: Failure, root: Any) -> Iterator[Said]:
    for n, item in enumerate(error.instance):
        if item in error.instance[:n]:
            first = error.instance.index(item) + 1
            message = f"{found(item)} stands here again, first as item {first}"
            yield attrs.evolve(
                ruled(error, root, message, "leave one of the two out"),
                at=(*error.absolute_path, n),
            )


def _forbidden(error: Failure, root: Any) -> Iterator[Said]:
    """For `not`, of which `required` (keys that may not stand, or stand together) is the usual."""
    inner = error.validator_value
    keys = inner.get("required", []) if isinstance(inner, dict) else []
    if not keys:
        yield ruled(error, root, "this does not belong here", "leave it out")
    elif len(keys) == 1:
        yield ruled(error, root, f'"{keys[0]}" does not belong here', "leave it out", key=keys[0])
    else:
        names = " and ".join(f'"{key}"' for key in keys)
        message = f"{names} cannot stand together"
        yield ruled(error, root, message, "leave one of them out", key=keys[-1])


def _never(error: Failure, root: Any) -> Iterator[Said]:
    """For a value that the schema `false` forbids."""
    keys = never_allowed(error, root)
    names = either(f'"{key}"' for key in keys) if keys else "this"
    key = keys[0] if len(keys) == 1 else ""
    yield said(error, f"{names} does not belong here", "leave it out", key=key)


def _contains(error: Failure, root: Any) -> Iterator[Said]:
    meaning = gist(resolved(error.schema.get("contains"), root))
    hint = f"add {meaning}" if meaning else "add it"
    yield ruled(error, root, "something that belongs in this list is missing", hint)


def _several_forms(error: Failure, root: Any) -> Iterator[Said]:
    """For `anyOf` and `oneOf`: about the form that was meant, never about all of them."""
    if isinstance(error.instance, dict) and (keys := alternatives(error)):
        yield from _one_of_keys(error, keys, root)
    elif not error.context:
        yield ruled(error, root, "this can be read in two ways", "leave a part of it out")
    elif wanted := types_wanted(error):
        yield _wrong_type(error, wanted, root)
    elif _goes_deeper(error, root):
        for one in best_branch(error):
            yield from said_of(one, root)
    else:
        yield _wrong_word(error, root)


def _goes_deeper(error: Failure, root: Any) -> bool:
    """Whether the fitting form itself has the better message: on parts, or on a limit."""
    if isinstance(error.instance, (dict, list)) or all(map(_is_limit, best_branch(error))):
        return True
    return len(fitting(error)) == 1 and not told(error, root)[0]


def _is_limit(error: Failure) -> bool:
    return str(error.validator).startswith(("min", "max", "exclusive"))


def _wrong_word(error: Failure, root: Any) -> Said:
    """A scalar that none of several forms of scalar admits."""
    problem, mend = told(error, root)
    forms = [resolved(form, root) for form in error.validator_value]
    words = [written(word) for form in forms for word in form.get("enum", ())]
    words += [written(form["const"]) for form in forms if "const" in form]
    shown = [str(one) for form in forms for one in examples(form)]
    hint = did_you_mean(str(error.instance), words)
    if "did you" not in hint:
        such_as = f"write {either(map(gist, filter(gist, forms)))}" if any(map(gist, forms)) else ""
        such_as += f", such as {either(shown)}" if shown and such_as else ""
        hint = _sure_hint(error.instance, _types(forms)) or mend or such_as or hint
    message = problem or "is not what belongs here"
    return said(error, with_found(message, error.instance), hint)


def _types(forms: list[dict[str, Any]]) -> set[str]:
    types = [form.get("type", ()) for form in forms]
    return {one for given in types for one in ([given] if isinstance(given, str) else given)}


def _one_of_keys(error: Failure, keys: list[str], root: Any) -> Iterator[Said]:
    present = [key for key in error.instance if key in keys]
    if present:
        names = " and ".join(f'"{key}"' for key in present)
        message = f"{names} stand together, and only one of them may"
        yield ruled(error, root, message, "keep one", key=present[1])
    else:
        missing = ruled(error, root, f"one of these keys is missing: {', '.join(keys)}", "add one")
        yield attrs.evolve(missing, rule="required", wanted=tuple(keys))


def _otherwise(error: Failure, root: Any) -> Iterator[Said]:
    yield ruled(error, root, f"{found(error.instance)} does not belong here", "")


def _sure_hint(value: Any, wanted: Collection[str]) -> str:
    """A hint that says exactly what to write, for a number or a yes spelt out; else none."""
    hint = type_hint(value, wanted) if isinstance(value, str) else ""
    return hint if re.match(r"write (-?\d|true|false)", hint) else ""


def _such_as(schema: Any) -> str:
    shown = examples(schema)
    return f"such as {either(map(str, shown))}" if shown else ""


def _near(value: Any, words: list[str]) -> str:
    return did_you_mean(written(value), words) if isinstance(value, (str, int)) else ""


_FORMATS: Final = {"date": ["2026-01-31"]}
_SIZES: Final = {
    "Items": ("this list", "item", "items"),
    "Length": ("this text", "character", "characters"),
    "Properties": ("this mapping", "key", "keys"),
}
_SAYERS: Final[dict[str, Callable[[Failure, Any], Iterator[Said]]]] = {
    "type": _type,
    "additionalProperties": _unknown_keys,
    "unevaluatedProperties": _unknown_keys,
    "required": _missing,
    "dependentRequired": _missing_beside,
    "enum": _enum,
    "const": _enum,
    "pattern": _form,
    "format": _form,
    "minimum": _limit,
    "maximum": _limit,
    "exclusiveMinimum": _limit,
    "exclusiveMaximum": _limit,
    "multipleOf": _multiple,
    **dict.fromkeys(("minItems", "maxItems", "minLength", "maxLength"), _size),
    **dict.fromkeys(("minProperties", "maxProperties"), _size),
    "uniqueItems": _unique,
    "not": _forbidden,
    "contains": _contains,
    "anyOf": _several_forms,
    "oneOf": _several_forms,
    "None": _never,
}
