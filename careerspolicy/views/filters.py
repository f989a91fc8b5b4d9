"""What readers of a page may choose to see only: part of a view's tree."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

import attrs


class Choice(Enum):
    """How a filter is asked: one of several, some columns, words, or only what differs."""

    ONE = "one"
    COLUMNS = "columns"
    WORDS = "words"
    DIFFERENT = "different"


@attrs.frozen
class Filter:
    """What a reader may choose to see only; `options` are a key's value and its words."""

    choice: Choice
    name: str
    label: str
    options: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Filters:
    """Where readers of a page may choose what to see of the parts that follow.

    `unfiltered` says how much that is before anybody has chosen.
    """

    kind: ClassVar = "filters"
    filters: tuple[Filter, ...]
    unfiltered: str
