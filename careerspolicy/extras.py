"""Libraries that not everyone needs: loaded on use, with a clear word when they are absent.

Each belongs to an extra of `pyproject.toml`, so that `import careerspolicy` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from careerspolicy.errors import MissingExtra

#: The extra that brings each library, and what needs it.
EXTRAS: Final = {
    "docx": ("docx", "Word documents"),
    "duckdb": ("parquet", "Parquet files"),
    "narwhals": ("frames", "data frames"),
    "weasyprint": ("pdf", "PDF documents"),
    "xlsxwriter": ("xlsx", "Excel workbooks"),
    "z3": ("analysis", "comparisons of which promise is stricter"),
}


def load(module: str) -> Any:
    """An optional library's module ("docx", or one within it such as "docx.shared").

    Raises MissingExtra, with the command that installs it, when it can't be imported.
    """
    extra, purpose = EXTRAS[module.partition(".")[0]]
    try:
        return import_module(module)
    except (ImportError, OSError) as error:  # OSError: a system library that it stands on is absent
        why = f", which is installed but does not load: {error}"
        if isinstance(error, ModuleNotFoundError):
            why = f": pip install 'careerspolicy[{extra}]'"
        raise MissingExtra(f'{purpose} need the extra "{extra}"{why}') from error
