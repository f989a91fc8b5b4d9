"""The package's own shape: imports run one way, none hides in a function, no module is long.

The order is the flow of the design: words and dates, then models, then what reads them, then what
judges, then what writes, then the command line.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import attrs
import pytest

PACKAGE = Path(__file__).parents[1] / "careerspolicy"
NAME = PACKAGE.name
MOST_LINES = 360

#: What stands in each layer may import what stands in it or before it.
LAYERS = (
    {"errors", "suggestions", "calendar", "suppression", "extras", "vocabulary", "schemas"},
    {"model", "plain"},
    {"loading", "readers"},
    {"evaluation", "tracing"},
    {"english"},
    {"solver", "lives"},
    {"comparison"},
    {"checks", "documents"},
    {"rendering"},
    {"cases"},
    {"", "cli", "__main__"},
)  # "" is the package's own __init__: the public names
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


@attrs.frozen
class Import:
    """One import: from which module, of which, on which line, and how."""

    source: str
    target: str
    line: int
    typing_only: bool
    inside: bool


def module_of(path: Path) -> str:
    """A module's name within the package: `loading.shape`, `loading`, and "" for the package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PATHS = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@lru_cache
def imports() -> tuple[Import, ...]:
    """Every import of one module of the package by another."""
    return tuple(
        found
        for name, path in PATHS.items()
        for found in _imports_in(ast.parse(path.read_text("utf-8")), name, typing=False, deep=False)
    )


def _imports_in(node, name, *, typing, deep):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            for target in _targets(child):
                yield Import(name, target, child.lineno, typing, deep)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            yield from _imports_in(child, name, typing=True, deep=deep)
        else:
            inside = deep or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            yield from _imports_in(child, name, typing=typing, deep=inside)


def _targets(node):
    """The modules of this package that an import names."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    else:
        assert node.level == 0, "imports name their module in full"
        names = [f"{node.module}.{alias.name}" for alias in node.names]
    for name in names:
        if name.partition(".")[0] == NAME:
            parts = name.split(".")[1:]
            known = ".".join(parts) in PATHS
            yield ".".join(parts if known else parts[:-1])


def layer_of(module: str) -> str:
    """The part of the package, as the layers name it, that a module belongs to."""
    return module.partition(".")[0]


def test_every_part_stands_in_a_layer():
    """A new package or module has a place in the flow before anything imports it."""
    assert {layer_of(module) for module in PATHS} <= RANK.keys()


def test_imports_run_one_way():
    """No module imports from a later layer, not even for its types."""
    back = [
        f"{one.source}:{one.line} imports {one.target}"
        for one in imports()
        if RANK[layer_of(one.source)] < RANK[layer_of(one.target)]
    ]
    assert back == []


def test_nothing_imports_in_a_circle():
    """Module by module, what runs at import has no cycle; what is only for types may."""
    graph: dict[str, set[str]] = {name: set() for name in PATHS}
    for one in imports():
        if not one.typing_only and not one.inside and one.source != one.target:
            graph[one.source].add(one.target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


@pytest.mark.parametrize("name", PATHS, ids=lambda name: name or NAME)
def test_an_import_inside_a_function_says_why(name):
    """An import that waits for its use (a heavy or optional one) has its reason beside it."""
    lines = PATHS[name].read_text("utf-8").splitlines()
    silent = [
        f"{PATHS[name].name}:{node.lineno}: {lines[node.lineno - 1].strip()}"
        for function in ast.walk(ast.parse("\n".join(lines)))
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom)) and not _reasoned(lines, node.lineno)
    ]
    assert silent == []


def _reasoned(lines: list[str], number: int) -> bool:
    """Whether a line, or the one above it, holds a comment that is more than an exception."""
    _, _, comment = lines[number - 1].partition("#")
    own = comment.partition(" - ")[2] if "noqa" in comment else comment
    return bool(own.strip()) or lines[number - 2].lstrip().startswith("#")


@pytest.mark.parametrize("name", PATHS, ids=lambda name: name or NAME)
def test_no_module_is_long(name):
    """A module holds one idea; past 350 lines it holds two."""
    assert len(PATHS[name].read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("name", PATHS, ids=lambda name: name or NAME)
def test_every_module_says_what_it_is(name):
    """A module's docstring says what it is and where it stands in the flow."""
    assert ast.get_docstring(ast.parse(PATHS[name].read_text("utf-8")))
