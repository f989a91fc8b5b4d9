"""Records go through an import batch by batch: none are held, and the outcome is the same."""

import gc
import stat

import attrs
import pytest
from click.testing import CliRunner

from careerspolicy.cli import main
from careerspolicy.errors import InvalidFacts, by_pattern
from careerspolicy.model.facts import Record
from careerspolicy.readers import import_facts, load_facts
from careerspolicy.readers.facts_files import FactsFolder
from careerspolicy.readers.mappings.sources import SheetRows
from careerspolicy.vocabulary import shared_vocabulary

WORDS = shared_vocabulary()
SCHOOLS = "urn,name,trust,lowest_year,highest_year,as_at\n1,S,T,7,11,2026-01-31\n"
PUPILS = "id,school,born,year_group,left\nA,1,2010-01-01,11,\nB,1,2010-01-01,11,2025-10-01\n"
PLAIN = "".join(f"E{number},A,2025-10-03,yes,X\n" for number in range(5_000))


def folder(tmp_path, **tables):
    """A folder of facts."""
    given = tmp_path / "given"
    given.mkdir()
    for name, text in {"schools": SCHOOLS, "pupils": PUPILS, **tables}.items():
        (given / f"{name.replace('_', '-')}.csv").write_text(text)
    return given


@pytest.mark.parametrize("head", ["id", "title"])  # with ids of their own, and without
def test_rows_are_read_no_further_than_they_are_taken(tmp_path, monkeypatch, head):
    """Neither rows nor records pile up, whether or not they take the short way."""
    given = folder(tmp_path, employer_encounters=f"{head},pupil,date,attended,employer\n{PLAIN}")
    read, taken, batches = 0, 0, SheetRows.batches

    def counted(rows):
        nonlocal read
        for batch in batches(rows):
            read += len(batch.rows)
            yield batch

    class Into:
        def forget(self):
            nonlocal read
            read = 0

        def take(self, kind, records):
            nonlocal taken
            taken += len(records)
            assert kind == "employer encounter"
            assert read - taken <= 1_000
            alive = sum(isinstance(one, Record) for one in gc.get_objects())
            assert alive - before <= 1_000

    monkeypatch.setattr(SheetRows, "batches", counted)
    gc.collect()
    before = sum(isinstance(one, Record) for one in gc.get_objects())
    facts = import_facts(given, vocabulary=WORDS, into=Into())
    assert taken == 5_000
    assert {one.kind for one in facts.records} == {"leaving"}  # which the roll told of


def test_what_was_imported_is_what_was_given(tmp_path):
    """Those about others, those without ids, and those that say of a pupil that they left."""
    given = folder(
        tmp_path,
        guidance_meetings="id,pupil,date\nM1,A,2025-10-03\n,A,2025-10-04\n,B,2025-09-04\n",
        reviews=(
            "id,school,date,about\nR1,1,2025-10-09,\nR2,1,2025-10-09,M1\n"
            ",1,2025-11-09,guidance meeting 2\nR4,1,2025-12-09,R9\nR5,1,2025-12-10,R4\n"
        ),
        leavings="pupil,date\nA,2025-12-01\n",
        destinations="pupil,date\n",
    )
    made, rejected = tmp_path / "made", tmp_path / "rejected.csv"
    kept = load_facts(given, reject_to=rejected)
    told = rejected.read_bytes()
    made.mkdir()
    into = FactsFolder(WORDS, made)
    streamed = import_facts(given, vocabulary=WORDS, into=into, reject_to=rejected)
    into.finish(streamed)
    assert rejected.read_bytes() == told
    for same in ("schools", "pupils", "waivers", "aliases", "warnings", "rejected", "account"):
        assert getattr(streamed, same) == getattr(kept, same)
    assert streamed.known_kinds == kept.known_kinds
    again = load_facts(made)
    assert sorted(map(repr_of, again.records)) == sorted(map(repr_of, kept.records))
    assert (again.pupils, again.known_kinds) == (kept.pupils, kept.known_kinds)


def repr_of(record):
    """A record without where it stands."""
    return repr({**attrs.asdict(record), "place": ""})


def test_the_second_place_of_an_id_names_the_first(tmp_path):
    """Though nothing but hashes of ids is kept."""
    rows = "id,pupil,date\nM1,A,2025-10-03\nM2,A,2025-10-03\nM1,A,2025-10-04\n"
    given = folder(tmp_path, guidance_meetings=rows)
    with pytest.raises(InvalidFacts, match=r"twice, first at .*guidance-meetings.csv:2;"):
        import_facts(given, vocabulary=WORDS, into=FactsFolder(WORDS))


@pytest.mark.parametrize(("day", "code"), [("2025-10-03", 0), ("soon", 1)])
def test_nobody_else_sees_what_is_being_written(tmp_path, monkeypatch, day, code):
    """It is written in private, and either all of it is there at the end or nothing is."""
    good = "id,pupil,date\nM1,A,2025-10-03\n"
    given = folder(tmp_path, guidance_meetings=good, reviews=f"school,date\n1,{day}\n")
    modes, finish, take = [], FactsFolder.finish, FactsFolder.take

    def noted(into, *args):
        modes.append(stat.S_IMODE(into.place.stat().st_mode))
        return (finish if len(args) == 1 else take)(into, *args)

    monkeypatch.setattr(FactsFolder, "finish", noted)
    monkeypatch.setattr(FactsFolder, "take", noted)
    outcome = CliRunner().invoke(main, ["import", str(given), "--to", str(tmp_path / "made")])
    assert (outcome.exit_code != 0) == bool(code)
    assert {*modes} == {0o700}
    there = {path.name for path in tmp_path.iterdir()}
    assert there == ({"given"} if code else {"given", "made"})
    if not code:
        made = [*(tmp_path / "made").iterdir()]
        assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
        names = {path.name for path in made}
        assert names == {
            "schools.csv",
            "pupils.csv",
            "personal-guidance-meetings.csv",
            "reviews.csv",
        }


@pytest.mark.parametrize("most", [3, 10_000])
def test_what_is_wrong_is_counted_and_not_kept(tmp_path, monkeypatch, most):
    """Of rows that are wrong alike one is kept, with how many they are; each is in the file."""
    monkeypatch.setattr("careerspolicy.readers.log._PROBLEMS", most)
    rows = "".join(f"M{n},A,{'soon' if n % 2 else '2026-12-01'}\n" for n in range(500))
    given = folder(tmp_path, guidance_meetings=f"id,pupil,date\n{rows}")
    rejected = tmp_path / "rejected.csv"
    kept = load_facts(given, reject_to=rejected)
    told = rejected.read_bytes()
    streamed = import_facts(given, vocabulary=WORDS, into=FactsFolder(WORDS), reject_to=rejected)
    assert rejected.read_bytes() == told
    assert (streamed.rejected, streamed.account) == (250, kept.account)
    assert by_pattern(streamed.warnings) == by_pattern(kept.warnings)
    assert (
        (len(streamed.warnings) <= 2 * most) if most < 500 else (streamed.warnings == kept.warnings)
    )
