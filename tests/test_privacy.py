"""Keyed ids: one pupil has one id, and nothing beside the key is clear but the names."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest

from careerspolicy.errors import UnusableInput
from careerspolicy.privacy import MARKS, Identities, Names, files, is_uln, is_upn

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def upn(serial, last=None):
    """An invented UPN with the right check letter."""
    rest = f"80120000{serial:03d}"
    rest += last or "0"
    return next(letter + rest for letter in LETTERS if is_upn(letter + rest))


@pytest.fixture
def key(tmp_path):
    """Where a key is not yet."""
    return tmp_path / "private" / "key"


def mode(path):
    """A file's permissions."""
    return path.stat().st_mode & 0o777


# ---------------------------------------------------------------------------- the key


def test_a_key_is_made_once_and_only_its_owner_reads_it(key):
    """Its folder is private too, and nothing temporary stays."""
    Identities.at(key)
    made = key.read_text()
    Identities.at(key)
    assert (mode(key), mode(key.parent), key.read_text()) == (0o600, 0o700, made)
    assert [path.name for path in key.parent.iterdir()] == ["key"]


def test_those_who_make_a_key_at_the_same_time_share_one(key):
    """Whoever comes second takes the first one's."""
    with ThreadPoolExecutor(16) as pool:
        ids = set(pool.map(lambda _: Identities.at(key).id_of({"upn": upn(1)}), range(64)))
    assert len(ids) == 1
    assert [path.name for path in key.parent.iterdir()] == ["key"]


def test_a_key_is_made_once_without_links_too(key, monkeypatch):
    """Not every file system has hard links."""

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert Identities.at(key).id_of({"upn": upn(1)}) == Identities.at(key).id_of({"upn": upn(1)})
    assert mode(key) == 0o600


@pytest.mark.parametrize("held", ["", "secret words", "ab" * 31, "é", "zz" * 32])
def test_a_file_that_holds_no_key_is_refused_and_left_alone(key, held):
    """What it holds may be anything, so nothing of it is shown."""
    key.parent.mkdir()
    key.write_text(held)
    key.chmod(0o600)
    with pytest.raises(
        UnusableInput, match=r"this is not a key, .*; put the true key back"
    ) as caught:
        Identities.at(key)
    assert key.read_text() == held and (not held or held not in str(caught.value))


def test_a_key_that_others_may_read_is_refused(key):
    """The message says how to mend it."""
    Identities.at(key)
    key.chmod(0o644)
    with pytest.raises(UnusableInput, match="chmod 600"):
        Identities.at(key)


def test_the_key_is_where_the_environment_says(tmp_path, monkeypatch):
    """Else in the user's own configuration."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("CAREERSPOLICY_KEY", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert files.place_of_key() == tmp_path / ".config/careerspolicy/key"
    monkeypatch.setenv("XDG_CONFIG_HOME", "not/absolute")
    assert files.place_of_key() == tmp_path / ".config/careerspolicy/key"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "x"))
    assert files.place_of_key() == tmp_path / "x/careerspolicy/key"
    monkeypatch.setenv("CAREERSPOLICY_KEY", str(tmp_path / "mine"))
    assert files.place_of_key() == tmp_path / "mine"


# ---------------------------------------------------------------------------- one pupil, one id


def test_ids_are_the_same_in_every_run_and_others_under_another_key(key, tmp_path):
    """Even where the crosswalk was not saved."""
    marks = {"upn": upn(1), "e-mail": "ada@school.example"}
    assert Identities.at(key).id_of(marks) == Identities.at(key).id_of(marks)
    assert Identities.at(key).id_of(marks) != Identities.at(tmp_path / "other").id_of(marks)


@pytest.mark.parametrize(
    ("mark", "written", "again"),
    [
        ("upn", upn(1), f" {upn(1)[:1].lower()} {upn(1)[1:5]} {upn(1)[5:9]}\u00a0{upn(1)[9:]} "),
        ("upn", upn(1, "A"), upn(1, "A").lower()),
        ("upn", "A12345678901", "a1234 5678901"),
        ("uln", "1000102504", "10001 02504"),
        ("admission number", "001234", "1234"),
        ("admission number", "001234", "1234.0"),
        ("system id", "wonde:A12", "wonde:a12"),
        ("system id", "sims:0012", "sims:12"),
        ("e-mail", "Ada@School.example", "ada@school.example "),
        ("name and birth", "Ada  Lovelace 2010-01-02", "ada lovelace 2010-01-02"),
    ],
)
def test_a_mark_is_the_same_however_it_is_written(key, mark, written, again):
    """Spaces, case and lost zeros make no other pupil."""
    ids = Identities.at(key)
    assert ids.id_of({mark: written}, "100001") == ids.id_of({mark: again}, "100001") is not None


@pytest.mark.parametrize(
    ("mark", "nothing"),
    [
        ("uln", "9999999999"), ("uln", "0000000000"), ("upn", "TBC"), ("upn", "A000000000000"),
        ("upn", ""), ("admission number", "0"), ("admission number", "N/A"), ("e-mail", "none"),
        ("system id", "-"),
    ],
)  # fmt: skip
def test_what_stands_for_no_mark_tells_nobody(key, mark, nothing):
    """Or all who have none would be one pupil."""
    ids = Identities.at(key)
    assert ids.id_of({mark: nothing}) is None is ids.known({mark: nothing})
    first = ids.id_of({mark: nothing, "name and birth": "Ada 2010-01-02"})
    assert first != ids.id_of({mark: nothing, "name and birth": "Bea 2010-01-02"})


@pytest.mark.parametrize("mark", ["admission number", "system id"])
def test_numbers_of_a_school_are_its_own(key, mark):
    """Two pupils that share an admission number in two schools are two."""
    ids = Identities.at(key)
    assert ids.id_of({mark: "4321"}, "100001") != ids.id_of({mark: "4321"}, "100002")


def test_ids_of_two_systems_are_apart(key):
    """Both count from 1."""
    ids = Identities.at(key)
    assert ids.id_of({"system id": "sims:1"}, "100001") != ids.id_of(
        {"system id": "xello:1"}, "100001"
    )


def test_a_number_with_a_slip_is_known_within_its_school_only(key):
    """A short UPN may be anybody's elsewhere."""
    ids = Identities.at(key)
    assert ids.id_of({"upn": "A12345"}, "100001") != ids.id_of({"upn": "A12345"}, "100002")


def test_a_upn_that_stands_twice_in_a_list_is_one_pupil(key):
    """Whether it is a second stay or a mistake is for the reader to say."""
    ids = Identities.at(key)
    twice = [ids.id_of({"upn": upn(1), "admission number": number}, "100001") for number in "12"]
    assert twice[0] == twice[1] and not ids.conflicts


def test_marks_join_files_months_and_systems(key):
    """The roll has UPN and admission number; later files have one of them, or an address."""
    ids = Identities.at(key)
    ada = ids.id_of({"upn": upn(1), "admission number": "007"}, "100001")
    ids.id_of({"upn": upn(1), "e-mail": "ada@school.example"})
    ids.save()
    later = Identities.at(key)
    assert ada == later.known({"admission number": "7"}, "100001")
    assert ada == later.known({"e-mail": "ADA@school.example"})
    assert ada == later.id_of({"e-mail": "ada@school.example", "uln": "1000102504"})
    assert ada == later.known({"uln": "1000102504"})
    assert not later.conflicts


def test_a_temporary_upn_gives_way_to_the_true_one(key):
    """The id stays."""
    ids = Identities.at(key)
    before = ids.id_of({"upn": upn(1, "A"), "admission number": "7"}, "100001")
    assert ids.id_of({"upn": upn(2), "admission number": "7"}, "100001") == before
    assert ids.known({"upn": upn(2)}) == before and not ids.conflicts


def test_what_is_learnt_late_joins_two_ids_and_says_so(key):
    """What was read before under the other id can be put right by the caller."""
    ids = Identities.at(key)
    ada = ids.id_of({"upn": upn(1)})
    other = ids.id_of({"admission number": "7", "e-mail": "ada@school.example"}, "100001")
    assert ids.id_of({"upn": upn(1), "admission number": "7"}, "100001") == ada
    (conflict,) = ids.conflicts
    assert (conflict.pupil, conflict.other, conflict.joined) == (ada, other, True)
    assert ids.known({"e-mail": "ada@school.example"}) == ada


@pytest.mark.parametrize(
    ("shared", "own"),
    [
        ({"admission number": "7"}, [{"upn": upn(1)}, {"upn": upn(2)}]),
        ({"e-mail": "parent@home.example"}, [{"upn": upn(1)}, {"upn": upn(2)}]),
        ({"e-mail": "parent@home.example"}, [{"admission number": "1"}, {"admission number": "2"}]),
        ({"name and birth": "Ada 2010-01-02"}, [{"upn": upn(1)}, {"upn": upn(2)}]),
    ],
)
def test_what_two_pupils_share_tells_neither(key, shared, own):
    """Stronger marks say that they are two, now and after saving."""
    ids = Identities.at(key)
    first, second = (ids.id_of({**shared, **marks}, "100001") for marks in own)
    (conflict,) = ids.conflicts
    assert first != second and not conflict.joined
    ids.save()
    later = Identities.at(key)
    assert later.known(shared, "100001") is None
    assert [later.known({**shared, **marks}, "100001") for marks in own] == [first, second]


def test_a_record_of_an_unknown_pupil_has_the_id_that_a_list_would_give(key):
    """And teaches nothing."""
    ids = Identities.at(key)
    unknown = ids.known({"upn": upn(3), "e-mail": "c@school.example"})
    assert ids.known({"e-mail": "c@school.example"}) != unknown
    assert ids.id_of({"upn": upn(3)}) == unknown


def test_ids_are_safe_in_spreadsheets(key):
    """No number, no date, no formula, one case, one length."""
    ids = Identities.at(key)
    made = {ids.id_of({"admission number": str(n)}, "1") for n in range(1, 2000)}
    assert len(made) == 1999 and all(re.fullmatch("p[a-z2-7]{16}", one) for one in made)


def test_an_unknown_kind_of_mark_is_refused(key):
    """The marks are a closed list."""
    with pytest.raises(ValueError, match="shoe size is not one of upn"):
        Identities.at(key).id_of({"shoe size": "7"})


# ---------------------------------------------------------------------------- beside the key


def test_nothing_in_the_crosswalk_is_clear(key):
    """Marks are there as tokens, names nowhere, and a repr shows neither key nor names."""
    ids = Identities.at(key)
    marks = dict(zip(MARKS, (upn(1), "1000102504", "w:A77", "8899", "ada@x.example",
                             "Ada Lovelace 2010-01-02"), strict=True))  # fmt: skip
    ids.name(ids.id_of(marks, "100001"), "Ada Lovelace")
    ids.save()
    held = (key.parent / "crosswalk.csv").read_text().casefold()
    clear = [*marks.values(), "w:a77", "lovelace", "ada@"]
    assert [text for text in clear if text.casefold() in held] == []
    assert "Ada" not in repr(ids) + repr(Names.at(key)) and key.read_text().strip() not in repr(ids)


def test_files_beside_the_key_are_private_and_merged(key):
    """Two imports at once lose none of each other's names."""
    first, second = Identities.at(key), Identities.at(key)
    ada, bea = first.id_of({"upn": upn(1)}), second.id_of({"upn": upn(2)})
    first.name(ada, 'Ada "A", Lovelace\nKing')
    second.name(bea, "Béa")
    first.save()
    second.save()
    assert [Names.at(key).shown(one) for one in (ada, bea, "A1")] == [
        f'Ada "A", Lovelace\nKing ({ada})', f"Béa ({bea})", "A1",
    ]  # fmt: skip
    assert {path.name: mode(path) for path in key.parent.iterdir()} == dict.fromkeys(
        ("key", "names.csv", "crosswalk.csv"), 0o600
    )


def test_a_failure_leaves_the_old_file_and_no_temporary_one(key, monkeypatch):
    """Written whole or not at all."""
    ids = Identities.at(key)
    ids.name(ids.id_of({"upn": upn(1)}), "Ada")
    ids.save()
    before = {path.name: path.read_bytes() for path in key.parent.iterdir()}
    ids.name(ids.id_of({"upn": upn(2)}), "Bea")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        ids.save()
    assert {path.name: path.read_bytes() for path in key.parent.iterdir()} == before


@pytest.mark.parametrize("name", ["names.csv", "crosswalk.csv"])
def test_a_spoiled_file_beside_the_key_is_refused_by_line(key, name):
    """Nothing of the line is shown."""
    Identities.at(key)
    (key.parent / name).write_text("Ada,Lovelace,1\n")
    with pytest.raises(UnusableInput, match=f"{name}:1: this line is not") as caught:
        Names.at(key) if name == "names.csv" else Identities.at(key)
    assert "Ada" not in str(caught.value)


def test_names_that_nobody_kept_are_said_to_be_missing(key):
    """With the place where they would be."""
    with pytest.raises(UnusableInput, match=r"names.csv: there is no names file here; it is made"):
        Names.at(key)


# ---------------------------------------------------------------------------- check characters


@pytest.mark.skipif(not find_spec("stdnum"), reason="python-stdnum is an oracle only")
def test_check_letters_are_those_of_another_library():
    """For permanent and temporary UPNs."""
    from stdnum.gb.upn import calc_check_digit  # noqa: PLC0415 - an oracle that may be absent

    for n in range(2000):
        for last in "05A":
            rest = f"801{n * 7919 % 10000:04d}{n % 100:02d}{n % 90:02d}{last}"
            right = calc_check_digit(rest)
            assert [letter for letter in LETTERS if is_upn(letter + rest)] == [right]


@pytest.mark.parametrize(
    ("number", "right"),
    [("1000102504", True), ("0000000042", True), ("9999999999", False), ("1000102503", False),
     ("100010250", False), ("١٠٠٠١٠٢٥٠٤", False), ("", False)],
)  # fmt: skip
def test_check_digits_of_learner_numbers(number, right):
    """A remainder of 0 has no check digit."""
    assert is_uln(number) is right


@pytest.mark.parametrize(
    "text", ["", "A", "A80120000500", "I801200005001", "A80120000500I", "A8012000050é1"]
)
def test_what_is_no_upn(text):
    """Too short, or with letters that UPNs do not have."""
    assert not is_upn(text)


def test_one_wrong_digit_is_seen():
    """The check letter catches every single slip in a digit."""
    for place in range(1, 13):
        for digit in "0123456789":
            changed = upn(123)[:place] + digit + upn(123)[place + 1 :]
            assert is_upn(changed) == (changed == upn(123))
