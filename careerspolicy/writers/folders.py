"""The templates that a user may replace, and the folders in which users keep theirs.

Before `templating`. A shipped template says in its first comment what it makes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from careerspolicy.errors import BrokenTemplate
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

#: Where templates are shipped: those of formats, and those that word a document.
PACKAGES: Final = ("careerspolicy.writers", "careerspolicy.views")

_COMMENT: Final = re.compile(r"\A\{#(.*?)#\}", re.DOTALL)
_SEE: Final = re.compile(r": see [\w./]+\.py")


@lru_cache(maxsize=1)
def shipped_templates() -> Mapping[str, str]:
    """The text of each shipped template that a user may replace, by its name."""
    found = [one for package in PACKAGES for one in (files(package) / "templates").iterdir()]
    return {
        one.name: one.read_text(encoding="utf-8")
        for one in sorted(found, key=lambda one: one.name)
        if one.is_file()
    }


def purpose(text: str) -> str:
    """What a template is for, in its own first comment's first sentence."""
    found = _COMMENT.match(text)
    said = " ".join(_SEE.sub("", found[1]).split()) if found else ""
    return said.partition(". ")[0].rstrip(".")


def check_folder(folder: Path) -> None:
    """Raise BrokenTemplate if a user's folder is none, or replaces no shipped template."""
    if not folder.is_dir():
        what = "this is no folder" if folder.exists() else "there is no such folder"
        raise BrokenTemplate(f"{folder}: {what}; name the folder that holds your templates")
    known = shipped_templates()
    own = sorted(one for one in folder.iterdir() if one.is_file())
    if not any(one.name in known for one in own):
        raise BrokenTemplate(f"{folder}: {_why_nothing([one.name for one in own], known)}")
    for path in own:
        if path.name in known:
            _check_text(path)


def _why_nothing(own: Iterable[str], known: Iterable[str]) -> str:
    told = "nothing here has the name of a shipped template"
    for name in own:
        if "did you mean" in (hint := did_you_mean(name, known)):
            return f'{told}; of "{name}": {hint}'
    return f"{told}; these can be replaced: {', '.join(known)}"


def _check_text(path: Path) -> None:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BrokenTemplate(
            f'{path}:{line}: a byte here is not UTF-8 text; save it as "UTF-8"'
        ) from None
