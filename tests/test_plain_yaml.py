"""YAML is read plainly, with places, and nothing in a file can do harm."""

from __future__ import annotations

import json
import os
import tracemalloc
from contextlib import suppress

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from careerspolicy.errors import UnusableInput
from careerspolicy.plain import yaml_tree as plain_yaml
from careerspolicy.plain.places import place_of
from careerspolicy.plain.yaml_tree import (
    FACTS_LIMIT,
    POLICY_LIMIT,
    LocatedDict,
    LocatedList,
    as_number,
    load_plain,
    read_plain,
)

MIB = 2**20


def said(data, **more):
    """The problems that reading earns, in words."""
    with pytest.raises(UnusableInput) as raised:
        read_plain(data, "f.yaml", **more)
    return [str(problem) for problem in raised.value.problems]


def problems_of(text):
    """The problems that reading a text earns, perhaps none."""
    try:
        read_plain(text.encode(), "f.yaml")
    except UnusableInput as error:
        return error.problems
    return ()


@pytest.fixture(params=["fast", "pure Python"])
def _either_parser(request, monkeypatch):
    if request.param != "fast":
        monkeypatch.setattr(plain_yaml, "_LOADER", yaml.SafeLoader)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("5", 5), ("0", 0), ("-7", -7), ("-0", 0), ("123456789012345678", 123456789012345678),
        ("1234567890123456789", "1234567890123456789"), ("007", "007"), ("010", "010"),
        ("0x1F", "0x1F"), ("0o7", "0o7"), ("1_000", "1_000"), ("+1", "+1"), ("-x", "-x"),
        ("5.10", "5.10"), ("2.5", "2.5"), ("1e5", "1e5"), (".inf", ".inf"), (".nan", ".nan"),
        ("true", True), ("false", False), ("True", "True"), ("on", "on"), ("off", "off"),
        ("yes", "yes"), ("no", "no"), ("y", "y"), ("null", None), ("~", None), ("", None),
        ("Null", "Null"), ("12:30", "12:30"), ("190:20:30", "190:20:30"), ("=", "="),
        ("2026-01-31", "2026-01-31"), ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z"),
        ('"5"', "5"), ("'true'", "true"), ('"null"', "null"), ('""', ""), ("''", ""),
        ("|\n  5\n", "5\n"), (">-\n  true\n", "true"), ("٣", "٣"), ("5 # five", 5),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("_either_parser")
def test_scalars_are_plain(written, read):
    """Whole numbers, true, false and nothing are themselves; all else stays the text it is."""
    value = read_plain(f"a: {written}".encode(), "f.yaml")["a"]
    assert value == read and type(value) is type(read)


@pytest.mark.usefixtures("_either_parser")
def test_every_value_keeps_its_place():
    """Lines and columns count from 1, for keys, values and items at any depth."""
    tree = read_plain(b"# head\na: 1\nb:\n  - x\n  - c: [y, {d: z}]\n", "f.yaml")
    assert type(tree) is LocatedDict and type(tree["b"]) is LocatedList
    assert tree.key_places == {"a": (2, 1), "b": (3, 1)}
    assert tree.value_places["a"] == (2, 4)
    assert tree["b"].value_places == [(4, 5), (5, 5)]
    assert place_of(tree, ["b", 1, "c", 1, "d"]) == (5, 16)
    assert place_of(tree, ["b", 1, "c", 1, "d"], key=True) == (5, 13)


def test_place_beyond_what_there_is():
    """A path that leads nowhere has the nearest enclosing place; the root is at 1, 1."""
    tree = read_plain(b"a:\n  b: [1]\n", "f.yaml")
    assert place_of(tree, []) == place_of(tree, ["x"]) == place_of(tree, [0]) == (1, 1)
    assert place_of(tree, ["a", "x", "y"]) == place_of(tree, ["a"]) == (2, 3)
    assert place_of(tree, ["a", "b", 7]) == (2, 6)


def test_place_of_an_item_from_the_end_is_not_guessed():
    """Items count from the beginning only."""
    assert place_of(read_plain(b"- a\n- b\n", "f.yaml"), [-1]) == (1, 1)


@pytest.mark.usefixtures("_either_parser")
def test_windows_line_ends_and_byte_order_mark():
    """What Windows editors add changes neither values nor places."""
    tree = read_plain(b"\xef\xbb\xbfa: x\r\nb: y\r\n", "f.yaml")
    assert tree == {"a": "x", "b": "y"}
    assert tree.key_places == {"a": (1, 1), "b": (2, 1)}


def test_json_is_read_alike():
    """JSON is YAML: tabs, escapes and nesting are read, decimals stay as written."""
    text = '{\n\t"a": [1, 2.50, true, null, "\\u00e9\\/\\n"],\n\t"b": {"8": {}}\n}'
    assert read_plain(text.encode(), "f.json") == {
        "a": [1, "2.50", True, None, "é/\n"],
        "b": {"8": {}},
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2.5", 2.5), ("-0.5", -0.5), ("3", 3), (3, 3), ("0", 0), ("1e5", None), (".5", None),
        ("5.", None), ("1.2.3", None), ("01.5", None), ("٣.1", None), ("2,5", None), ("", None),
        (" 2.5", None), ("2.5\n", None), ("nan", None), (True, None),
    ],
)  # fmt: skip
def test_numbers_are_strict(text, number):
    """A decimal is digits with one dot; nothing else is a number."""
    assert as_number(text) == number


def test_two_encodings_that_are_not_utf8():
    """Bytes that are not UTF-8 are named with their place, and UTF-16 by its name."""
    assert said(b"a: 1\nb: caf\xe9\n") == [
        'f.yaml:2:7: a byte that is not UTF-8 text (0xE9) stands here; save it as "UTF-8"'
    ]
    for data in ("a: 1".encode("utf-16"), "a: 1".encode("utf-16-le"), "a: 1".encode("utf-16-be")):
        assert said(data) == ['f.yaml: this is UTF-16 text; save it as "UTF-8"']


def test_nul_bytes():
    """A NUL is refused where it stands."""
    assert said(b"a: 1\nb: x\0y\n") == [
        "f.yaml:2:5: an invisible character (U+0000) stands here; delete it"
    ]


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf", b"# only this\n", b"---\n...\n"])
def test_empty_files(data):
    """A file that says nothing is refused as such."""
    assert said(data) == ["f.yaml: this file says nothing; write in it, or name another file"]


def test_a_root_that_says_null_is_null():
    """Nothing is a value when it is written."""
    assert read_plain(b"null", "f.yaml") is None


def test_problems_do_not_pile_up():
    """After a hundred problems the rest of the file is left unread, and the file says so."""
    problems = said(b"\n".join(b"a: *b" for _ in range(10_000)))
    assert len(problems) <= 101
    assert any("the rest of the file was not read" in problem for problem in problems)


BOMB = b"a0: &a0 [x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 10)
)


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        b"[" * 10_000,
        b"[\n" * 10_000,
        b"{a: " * 10_000,
        b"- " * 10_000,
        b"? " * 10_000,
        b"\n".join(b" " * n + b"a:" for n in range(2_000)),
        b"a: &" + b"x" * MIB,
        b"a: !" + b"x" * MIB,
        b"\0" * MIB,
        b"a: \x01\n" * 100_000,
        b"'" + b"\n" * MIB,
        b'a: "' + b"x" * MIB,
        b"a: " * 100_000,
        b'"" ' * 100_000,
    ],
    ids=lambda data: repr(data[:12]),
)
def test_hostile_files_end_in_a_problem_and_little_memory(data):
    """However it is made, a hostile file takes memory in proportion to its size."""
    tracemalloc.start()
    problems = said(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert problems
    assert all(len(problem) < 300 for problem in problems)
    assert most < 12 * MIB


def test_a_file_over_the_limit_is_never_read(tmp_path):
    """A 100 MB file costs no memory: its size is asked before a byte is read."""
    path = tmp_path / "large.yaml"
    with path.open("wb") as opened:
        opened.truncate(100 * MIB)
    tracemalloc.start()
    with pytest.raises(UnusableInput, match="this file is larger than 4 MB; split it"):
        load_plain(path)
    with pytest.raises(UnusableInput, match="this file is larger than 64 MB; split it"):
        load_plain(path, limit=FACTS_LIMIT)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MIB


def test_the_limit_itself_is_allowed():
    """A file exactly as large as the limit is read; one byte more is not."""
    assert read_plain(b"ab: c", "f.yaml", limit=5) == {"ab": "c"}
    [problem] = said(b"ab: cd", limit=5)
    assert problem == "f.yaml: this file is larger than 5 bytes; split it into several"
    assert POLICY_LIMIT == 4 * MIB


def test_nesting_up_to_the_limit():
    """Fifty levels are read, one more is not."""
    assert read_plain(b"[" * 50 + b"]" * 50, "f.yaml")
    assert "nested more than 50 deep" in said(b"[" * 51 + b"]" * 51)[0]


def test_files_that_cannot_be_read(tmp_path):
    """A missing file, a folder, a pipe and an impossible path each earn one clear problem."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, message in [
        (tmp_path / "none.yaml", "there is no such file; look at the spelling of its path"),
        (tmp_path, "this is a folder; name a file"),
        (pipe, "this is not a regular file; name a file"),
        (tmp_path / "a\0b", "this file cannot be read; look at its path"),
        (tmp_path / ("x" * 5000), "this file cannot be read; look at its path"),
    ]:
        with pytest.raises(UnusableInput) as raised:
            load_plain(path)
        assert len(raised.value.problems) == 1
        assert str(raised.value).startswith(f"{path}: {message}")


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    """No permission is said as such (the suite may run as somebody whom nothing is forbidden)."""
    path = tmp_path / "f.yaml"
    path.write_text("a: 1")

    def forbidden(*_, **__):
        raise PermissionError

    monkeypatch.setattr(type(path), "open", forbidden)
    with pytest.raises(UnusableInput, match="this file may not be read; give yourself permission"):
        load_plain(path)


def test_all_problems_of_a_file_at_once():
    """Problems that leave the file readable are all told, in file order."""
    problems = said(b"a: &x 1\na: 2\n8: y\nb: *x\n? [k]\n: {c: !t 1}\n")
    assert [problem.split(": ")[0] for problem in problems] == [
        "f.yaml:1:4", "f.yaml:2:1", "f.yaml:3:1", "f.yaml:4:4", "f.yaml:5:3", "f.yaml:6:7",
    ]  # fmt: skip


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8")))
@example(b"\xff\xfea")
@example(b'"\\ud800"')
@example(b"a: !<tag:yaml.org,2002:\xc3\xa9> 1")
def test_random_bytes_are_read_or_refused(data):
    """Whatever a file holds, reading it returns a value or raises UnusableInput."""
    with suppress(UnusableInput):
        read_plain(data, "f.yaml")


SYNTAX = st.sampled_from([*"[]{}:,-?!&*#|>'\"%@`~\t\n \\", ": ", "- ", "\n  ", "a", "<<", "1", "é"])


@given(st.lists(SYNTAX, max_size=40).map("".join))
def test_random_yaml_is_read_or_refused_with_places(text):
    """Every problem of one text has its place in the file, a message and a hint."""
    problems = problems_of(text)
    lines = text.count("\n") + 1
    for problem in problems:
        assert problem.line <= lines + 1 and problem.message and problem.hint


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**18) + 1, 10**18 - 1)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cn"]))
)
DATA = st.dictionaries(
    st.text("abcé _-0", max_size=8),
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner) | st.dictionaries(st.text("abc:'\" 1"), inner),
        max_leaves=20,
    ),
    min_size=1,
)


class QuotedDumper(yaml.SafeDumper):
    """Writes every text in double quotes."""


QuotedDumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)
QuotedDumper.ignore_aliases = lambda *_: True


@given(DATA)
def test_what_was_written_is_read_again(data):
    """Plain data written with quoted text, as YAML or as JSON, reads equal."""
    written = yaml.dump(data, Dumper=QuotedDumper, allow_unicode=True, width=10_000)
    assert read_plain(written.encode(), "f.yaml") == data
    assert read_plain(json.dumps(data, ensure_ascii=False).encode(), "f.json") == data
