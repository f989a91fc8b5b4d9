"""What is said beside the files that are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@attrs.frozen(kw_only=True)
class Beside:
    """What is said beside the files that are read, since no file says it.

    `system` is the name of the shipped mapping to read them by, `mapping` a mapping file of the
    school's own. `school`, `trust` and `as_at` are those of lists that name none. `key` is the
    file of the key to pupils' ids, instead of the usual one.
    """

    system: str = ""
    mapping: Path | None = None
    school: str = ""
    trust: str = ""
    as_at: date | None = None
    key: Path | None = None
