"""A policy against the law: what it is silent on, weaker in, keeps, and where it goes beyond."""

from __future__ import annotations

import json
from datetime import date

import attrs
import pytest
from cli_running import run
from jsonschema import Draft202012Validator, FormatChecker

from careerspolicy import load_policy, read_policy
from careerspolicy.comparison import against_law as gaps_module
from careerspolicy.comparison.against_law import against_law
from careerspolicy.comparison.law import Ground
from careerspolicy.english.answers import witness_sentence
from careerspolicy.errors import MissingExtra
from careerspolicy.schemas import output_schema
from careerspolicy.views.against import gaps_view

pytest.importorskip("z3", reason="deciding what is weaker needs the extra analysis")

SCHEMA = output_schema("gaps")
TODAY = date(2026, 11, 1)
LAW = """\
format: 1
policy: land
trust: Any Land
of: law
document:
  title: The law of the land
  cites:
    - {title: Education Act, kind: act, year: 1997}
    - {title: Careers guidance, kind: statutory guidance}
"""
POLICY = """\
format: 1
policy: hill
trust: Hill Trust
document: {title: Careers Policy, approved: 2019-05-01}
"""


def law(*duties, head=LAW):
    """A law of duties; each is a topic and the rest of its obligation."""
    return read_policy(_file(head, duties, ", instrument: Education Act 1997"), "land.yaml")


def policy(*promises, head=POLICY):
    """A policy of promises, given in the same way."""
    return read_policy(_file(head, promises, ""), "hill.yaml")


def _file(head, obligations, instrument):
    told = [
        f"""\
  - id: {topic}-{n}
    topic: {topic}
    {"" if "uphold:" in body else f"title: Number {n}"}
    who: school
    {body.replace(chr(10), chr(10) + "    ")}
    {"" if "source:" in body else "source: {section: 1" + instrument + "}"}
"""
        for n, (topic, body) in enumerate(obligations)
    ]
    return f"{head}obligations:\n{''.join(told)}"


def gap(asked, *promises, head=POLICY):
    """How a policy stands to the one duty of a law."""
    duty = asked if isinstance(asked, tuple) else ("personal-guidance-by-16", asked)
    made = policy(
        *(promises or [("careers-fair", "uphold: {does: be fair, attested_by: headteacher}")]),
        head=head,
    )
    (found,) = against_law(made, law(duty), [TODAY])
    return found.gaps[0]


def guidance(**slots):
    """A promise of guidance meetings, or a law on them."""
    told = {"what": "guidance meeting", "at_least": 1, "by": "{age: 16}"} | slots
    inner = ", ".join(f"{name}: {value}" for name, value in told.items())
    return f"provide: {{{inner}}}"


BY_16 = "personal-guidance-by-16"
FAIR = "uphold: {does: be fair, attested_by: headteacher}"


@pytest.mark.parametrize(
    ("promised", "standing"),
    [
        (guidance(), "kept"),
        (guidance(at_least=2), "beyond"),
        (guidance(by="{age: 15}"), "beyond"),
        (guidance(by="{age: 17}"), "weaker"),
        (guidance(attendance="optional"), "weaker"),
        (guidance(**{"with": "{qualified: true}"}), "beyond"),
        (f"for: {{pupils: {{sen: K}}}}\n{guidance()}", "weaker"),
        (f"strength: should\n{guidance()}", "weaker"),
        (f"hedge: where possible\n{guidance(at_least=3)}", "weaker"),
        ("uphold: {does: be fair, attested_by: headteacher}", "undecided"),
        (guidance(how_many="enough").replace("at_least: 1, ", ""), "undecided"),
    ],
)
def test_a_promise_stands_to_the_law_as_worked_out_by_hand(promised, standing):
    """Content, strength and population each can make a promise fall short."""
    assert gap(guidance(), (BY_16, promised)).standing.value == standing


def test_nothing_on_the_topic_is_silence():
    """A policy that never speaks of a matter is silent on it, and names nothing."""
    found = gap(guidance(), ("careers-fair", "uphold: {does: be fair, attested_by: headteacher}"))
    assert (found.standing.value, found.promises, found.witnesses) == ("silent", (), ())


def test_what_is_weaker_has_a_witness_that_meets_the_policy_and_breaks_the_law():
    """The witness tells a made-up pupil, by what they had and what they missed."""
    found = gap(guidance(at_least=2), (BY_16, guidance()))
    (shown,) = found.witnesses
    assert [one.obligation.id for one in shown.meets] == [f"{BY_16}-0"]
    assert shown.misses.policy.id == "land"
    sentence = witness_sentence(shown)
    assert "(hill)" in sentence and "misses" in sentence


def test_what_goes_beyond_has_a_witness_that_meets_the_law_alone():
    """Of beyond, the witness is the other way about."""
    (shown,) = gap(guidance(), (BY_16, guidance(at_least=2))).witnesses
    assert [one.policy.id for one in (*shown.meets, shown.misses)] == ["land", "hill"]


def test_promises_are_taken_together():
    """Two promises can keep between them what neither keeps alone; that is not beyond."""
    asked = "provide: {what: information given, covers: {matter: [apprenticeships, degrees]}}"
    one = "provide: {what: information given, with: {matter: apprenticeships}}"
    other = "provide: {what: information given, with: {matter: degrees}}"
    topic = "where-to-get-help"
    assert gap((topic, asked), (topic, one)).standing.value == "weaker"
    assert gap((topic, asked), (topic, one), (topic, other)).standing.value == "kept"


def test_a_topic_near_the_law_counts():
    """Six in all do not answer a phase by name, but they are held against it."""
    duty = ("provider-encounters-first-phase", f"near: [{BY_16}]\n{guidance()}")
    found = gap(duty, (BY_16, guidance()))
    assert found.standing.value == "kept"
    assert [one.topic for one in found.promises] == [BY_16]


def test_a_soft_promise_says_that_it_is_soft():
    """Where the content would do, the strength is what falls short, and that is said."""
    found = gap(guidance(), (BY_16, f"strength: should\n{guidance()}"))
    assert found.why == f"The law says must, and the policy only says it softly: {BY_16}-0."


@pytest.mark.parametrize(
    ("others", "standing"),
    [((), "weaker"), (("uphold: {does: be just, attested_by: headteacher}",), "undecided")],
)
def test_what_nobody_measures_is_weaker_if_no_promise_on_it_is_firm(others, standing):
    """A should alone falls short of a must; beside a firm promise nobody can tell which it is."""
    attested = "uphold: {does: be fair, attested_by: headteacher}"
    promises = (f"strength: should\n{attested}", *others)
    found = gap(("impartiality", attested), *(("impartiality", one) for one in promises))
    assert found.standing.value == standing
    assert ("softly: impartiality-0." in found.why) is (standing == "weaker")


def test_guidance_can_be_kept_softly():
    """What is itself advice is kept by a should."""
    asked = f"strength: should\n{guidance()}"
    assert gap(asked, (BY_16, f"strength: should\n{guidance()}")).standing.value == "kept"


def test_what_a_policy_may_do_does_not_keep_what_guidance_says_it_should():
    """May is softer than should, as should is softer than must."""
    asked = f"strength: should\n{guidance()}"
    found = gap(asked, (BY_16, f"strength: may\n{guidance()}"))
    assert found.standing.value == "weaker"
    assert found.why == f"The law says should, and the policy only says it softly: {BY_16}-0."


def test_promises_of_other_documents_are_left_out_of_a_witness():
    """A plan of another name cannot meet the duty, so the sentence does not speak of it."""
    asked = "keep: {what: plan, with: {document: careers programme}, contents: [sequence]}"
    made = "keep: {what: plan, with: {document: careers programme}}"
    other = "keep: {what: plan, with: {document: careers plan}}"
    topic = "programme-plan"
    (shown,) = gap((topic, asked), (topic, made), (topic, other)).witnesses
    assert [one.obligation.id for one in shown.meets] == [f"{topic}-0"]


def test_how_pupils_are_read_is_nothing_to_a_schools_own_duty():
    """The same duty of a school is kept, whatever joiners are read by; that of a pupil is not."""
    head = f"{POLICY}readings: {{joiners: time on roll}}\n"
    plan = "for: {subject: school}\nprovide: {what: plan, how_many: some}"
    topic = "programme-plan"
    assert gap((topic, plan), (topic, plan), head=head).standing.value == "kept"
    some = guidance(how_many="some").replace("at_least: 1, ", "")
    assert gap(some, (BY_16, some), head=head).standing.value == "undecided"


def test_what_no_record_measures_is_named_where_something_is_weaker():
    """An attested promise on the matter may fill the gap, so a reader is told of it."""
    attested = "uphold: {does: be fair, attested_by: headteacher}"
    found = gap(guidance(at_least=2), (BY_16, guidance()), (BY_16, attested))
    assert found.why == f"Left out, since no record measures it: {BY_16}-1."


@pytest.mark.parametrize(
    ("years", "standing", "why"),
    [
        (["7-11"], "weaker", "The policy is for Years 7 to 11, the law for Years 7 to 13."),
        (["7-13"], "undecided", "It has the law's years, Years 7 to 13. "),
        (["7-11", "7-13"], "undecided", "It has the law's years"),
        (["7-11", ""], "undecided", "No record measures it"),
        ([""], "undecided", "No record measures it"),
    ],
)
def test_years_that_fall_short_are_seen_in_what_is_attested(years, standing, why):
    """Nothing measures independent guidance, but Years 7 to 11 are fewer than 7 to 13."""
    made = policy(*(("independent-guidance", _guiding(span)) for span in years))
    found = against_law(made, law(("independent-guidance", _guiding("7-13"))), [TODAY])
    assert found[0].gaps[0].standing.value == standing
    assert found[0].gaps[0].why.startswith(why)
    (duty,) = gaps_view(found).data()["questions"][0]["duties"]
    assert duty["code"] == ("attested" if standing == "undecided" else None)


def _guiding(years):
    if not years:
        return "uphold: {does: give pupils guidance, attested_by: headteacher}"
    return (
        f"for: {{years: {years}}}\n"
        'uphold: {does: "give {pupils} guidance", attested_by: headteacher}'
    )


def test_a_document_that_cites_the_guidance_may_have_regard_to_it():
    """A duty of regard is not broken by silence where the guidance is cited."""
    attested = """\
uphold: {does: be fair, attested_by: headteacher}
source:
  - {section: 45A, instrument: Education Act 1997}
  - {section: 1, instrument: Careers guidance}"""
    duty = ("legal-compliance", attested)
    assert gap(duty).standing.value == "silent"
    cites = "document: {title: P, cites: [{title: Careers guidance, kind: statutory guidance}]}\n"
    citing = "".join(one for one in POLICY.splitlines(keepends=True) if "document" not in one)
    found = gap(duty, head=citing + cites)
    assert found.standing.value == "undecided"
    assert "cites the guidance (Careers guidance)" in found.why
    assert [note.ground for note in found.notes] == [Ground.GUIDANCE_CITED]
    measured = attested.replace("uphold: {does: be fair, attested_by: headteacher}", guidance())
    assert gap((BY_16, measured), head=citing + cites).standing.value == "silent"


def test_one_promise_that_asks_just_what_the_law_does_is_no_going_beyond():
    """Beside a promise in the law's very window, a stricter one does not make it go beyond."""
    wider = guidance(by="{year: 11}")
    found = gap(guidance(), (BY_16, wider), (BY_16, guidance(at_least=2)))
    assert found.standing.value == "kept"


def test_haste_is_left_to_readers():
    """As early as possible is no number: the rest is compared, and the words are said."""
    early = "notify: {whom: local authority, matter: early leaving, how_soon: as early as possible}"
    soon = early.replace("as early as possible", "at the earliest opportunity")
    topic = "local-authority-early-leavers"
    group = "for: {subject: leaving, with: {early: true}}\n"
    found = gap((topic, group + early), (topic, group + soon))
    assert found.standing.value == "kept"
    assert 'the law says "as early as possible"' in found.why


def test_words_for_a_number_are_kept_by_the_same_words():
    """A week's worth against a week's worth is kept; against other words nobody can tell."""
    week = "provide: {what: workplace experience, how_many: a week's worth}"
    some = "provide: {what: workplace experience, how_many: some}"
    topic = "work-experience-length"
    assert gap((topic, week), (topic, week)).standing.value == "kept"
    found = gap((topic, week), (topic, some))
    assert found.standing.value == "undecided"
    assert (
        found.why
        == 'In the law, work-experience-length-0 says "a week\'s worth", which is no number.'
    )


def test_without_the_solver_promises_are_only_lined_up(monkeypatch):
    """Silence, years and the very same terms are still told; the rest says which extra it needs."""

    def absent(_):
        raise MissingExtra("install careerspolicy[analysis]")

    monkeypatch.setattr(gaps_module, "load", absent)
    found = gap(guidance(), (BY_16, guidance(at_least=2)))
    assert (found.standing.value, found.why) == ("undecided", "Install careerspolicy[analysis].")
    assert gap(guidance(), (BY_16, guidance())).standing.value == "kept"
    assert gap(guidance(), ("careers-fair", guidance())).standing.value == "silent"


def test_each_day_has_its_own_law():
    """Against two days, each answer holds the duties of its day and the day's standing."""
    asked = law(
        (BY_16, f"{guidance()}\nin_force: {{until: 2025-08-31}}"),
        (BY_16, f"{guidance(at_least=2)}\nin_force: {{from: 2025-09-01}}"),
    )
    made = policy((BY_16, guidance()))
    then, now = against_law(made, asked, [date(2025, 8, 31), date(2025, 9, 1)])
    assert [one.standing.value for one in then.gaps] == ["kept"]
    assert [one.standing.value for one in now.gaps] == ["weaker"]
    assert not then.falls_short and now.falls_short


def test_advice_does_not_fail_a_policy():
    """Only an Act or regulations that say must make it fall short."""
    asked = law((BY_16, f"strength: should\n{guidance()}"))
    made = policy(("careers-fair", "uphold: {does: be fair, attested_by: headteacher}"))
    (found,) = against_law(made, asked, [TODAY])
    assert found.gaps[0].short and not found.falls_short
    assert [one.topic for one in found.apart] == ["careers-fair"]


MAINTAINED = "for: {school: {type: [community, foundation]}}"


def test_what_binds_maintained_schools_alone_is_no_gap_of_a_trust():
    """A trust's schools are academies: an Act about others asks nothing of them."""
    others = (BY_16, f"{MAINTAINED}\n{guidance()}")
    (found,) = against_law(
        policy(("careers-fair", FAIR)), law(others, (BY_16, guidance())), [TODAY]
    )
    assert [one.law.id for one in found.gaps] == [f"{BY_16}-1"]


def test_an_academy_was_not_under_section_42a_before_september_2022():
    """Liberty, held against the law of June 2021, owes section 42B and nothing of 42A."""
    england = load_policy("england")
    (found,) = against_law(load_policy("liberty"), england, [date(2021, 6, 1)])
    statutes = {gap.law.id for gap in found.gaps if gap.statutory}
    assert "provider-access" in statutes
    assert not {name for name in statutes if name.startswith(("independent-", "impartiality"))}
    assert not {"best-interests", "guidance-on-options", "careers-leader-published"} & statutes


# ---------------------------------------------------------------- the five trusts, by hand

#: What reading each document against the law gives: the duties that records measure.
BY_HAND = {
    "batley": {
        "provider-encounters-first-phase": "weaker",  # six in Years 7 to 13, no phases
        "provider-encounter-contents": "silent",
        "provider-access-statement": "silent",  # left to another policy
        "careers-leader-published": "silent",
        "local-authority-early-leavers": "silent",
        "workplace-experience-by-16": "kept",
        "personal-guidance-by-18": "kept",
        "programme-published": "kept",  # its appendix has the benchmarks of 2025 word by word
        "programme-audiences": "kept",
        "personal-guidance-published": "kept",
        "labour-market-information": "kept",
        "pupil-records-from-first-contact": "kept",
        "work-experience-total": "weaker",  # open to every pupil, not had
    },
    "aspirational": {
        "independent-guidance": "weaker",  # Years 7 to 11
        "provider-encounters-first-phase": "weaker",  # the same providers would do
        "provider-encounters-third-phase": "weaker",  # no phase, only six in all
        "provider-encounter-contents": "beyond",  # of parents too, and in every year
        "provider-access-statement-contents": "weaker",  # no times of access
        "careers-leader-published": "weaker",  # contact details, no telephone number
        "local-authority-early-leavers": "kept",
        "workplace-experience-by-18": "undecided",
        "personal-guidance-by-18": "weaker",  # the opportunity only
    },
    "liberty": {
        "provider-encounters-third-phase": "weaker",  # any encounters, in or out of school hours
        "provider-access-statement-contents": "silent",
        "careers-leader-published": "kept",
        "careers-information-contents": "kept",
        "local-authority-early-leavers": "beyond",  # of every age
        "personal-guidance-by-16": "beyond",  # with a qualified adviser
        "personal-guidance-by-18": "weaker",
    },
    "impact": {
        "provider-access": "kept",
        "provider-encounters-first-phase": "weaker",  # until the end of Year 9
        "provider-access-statement": "kept",
        "provider-access-statement-contents": "weaker",
        "careers-information-contents": "kept",
        "local-authority-information": "silent",
        "work-experience-ks3": "kept",
        "employer-encounters": "silent",  # primary pupils only
        "personal-guidance-by-18": "kept",
    },
    "education_partnership": {
        "provider-encounters-first-phase": "weaker",
        "provider-encounter-contents": "weaker",  # no answers to questions
        "provider-access-statement-contents": "weaker",
        "careers-leader-published": "weaker",
        "local-authority-early-leavers": "kept",
        "ehc-annual-review": "kept",
        "personal-guidance-by-18": "weaker",
    },
}


@pytest.mark.parametrize("trust", BY_HAND)
def test_the_five_trusts_stand_as_a_reader_finds(trust):
    """Each standing was worked out by reading the document and the law."""
    wanted = BY_HAND[trust]
    england = load_policy("england")
    asked = tuple(
        one
        for one in england.obligations
        if one.id in {*wanted, "workplace-experience-by-16", "personal-guidance-by-16"}
    )
    (found,) = against_law(
        load_policy(trust), attrs.evolve(england, obligations=asked), [date(2026, 11, 1)]
    )
    told = {one.law.id: one.standing.value for one in found.gaps}
    assert {name: told[name] for name in wanted} == wanted


# ---------------------------------------------------------------- the command


@pytest.fixture
def files(tmp_path):
    """A small law and a small policy as files."""
    texts = {
        "land.yaml": _file(
            LAW + PARAMETERS,
            (
                (
                    BY_16,
                    f"{guidance(at_least=2)}\nin_force: {{from: 2025-09-01}}\nturns_on: [many]",
                ),
                (BY_16, f"{guidance()}\nin_force: {{until: 2025-08-31}}"),
                (
                    "careers-fair",
                    "strength: should\nuphold: {does: be fair, attested_by: headteacher}",
                ),
            ),
            ", instrument: Education Act 1997",
        ),
        "hill.yaml": _file(POLICY, ((BY_16, guidance()),), ""),
        "bare.yaml": _file(
            POLICY.replace(", approved: 2019-05-01", ""), ((BY_16, guidance()),), ""
        ),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


PARAMETERS = """\
parameters:
  many:
    question: How many meetings?
    values:
      two: {means: Two.}
      one: {means: One., changes: {at_least: 1}}
    taken: two
    source: Nobody knows
"""


def held(files, *args, name="hill.yaml"):
    """The outcome of the command on one of those policies."""
    return run("gaps", files / name, "--law", files / "land.yaml", *args)


def test_today_and_the_policys_own_date_are_two_questions(files, monkeypatch):
    """Without a day both are answered; the exit code is today's."""
    monkeypatch.setattr("careerspolicy.cli.inputs.read_day", lambda _: TODAY)
    told = held(files)
    assert told.exit_code == 1
    now, _, then = told.stdout.partition("Against the law as it stood on the policy's own date")
    assert "Against the law as it stands on 1 November 2026" in now
    assert f"weaker: Number 0 ({BY_16}-0)" in now
    assert then.startswith(", 1 May 2019") and f"kept: Number 1 ({BY_16}-1)" in then
    assert "careers-fair-2" not in then and "stand just as above" in then


def test_one_day_is_one_question(files):
    """With --on, or --as-it-stood, there is one answer, and the exit code is its."""
    told = held(files, "--on", "2025-08-31")
    assert told.exit_code == 0 and told.stdout.count("Against the law") == 1
    told = held(files, "--as-it-stood")
    assert told.exit_code == 0
    assert "own date, 1 May 2019" in told.stdout and told.stdout.count("Against the law") == 1


def test_another_reading_of_the_law_changes_the_answer(files):
    """What is weaker under one answer to an open point is kept under another."""
    assert held(files, "--on", "2026-11-01").exit_code == 1
    told = held(files, "--on", "2026-11-01", "--reading", "many=one")
    assert told.exit_code == 0
    assert "many=one: One." in told.stdout


def test_json_tells_each_duty(files):
    """Standing, sources, dates, promises and the witness with its facts."""
    told = json.loads(held(files, "--on", "2026-11-01", "--format", "json").stdout)
    (question,) = told["questions"]
    assert (told["policy"], told["law"], told["readings"]) == ("hill", "land", {"many": "two"})
    assert (question["on"], question["own_date"], question["falls_short"]) == (
        "2026-11-01",
        False,
        True,
    )
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(told)
    first, fair = question["duties"]
    assert (first["standing"], first["statutory"], first["authority"]) == ("weaker", True, "act")
    assert first["sources"] == [
        {"instrument": "Education Act 1997", "section": "1", "edition": None}
    ]
    assert first["in_force"] == {"from": "2025-09-01", "until": None}
    assert first["promises"] == [f"{BY_16}-0"]
    assert "misses" in first["witness"]["sentence"] and "guidance" in first["witness"]["facts"]
    assert (fair["standing"], fair["statutory"], fair["witness"]) == ("silent", False, None)
    assert question["summary"]["statute"]["weaker"] == 1
    assert question["summary"]["guidance"]["silent"] == 1


def test_the_schema_of_the_json_is_sound():
    """It is itself a JSON Schema, and prints under its name."""
    Draft202012Validator.check_schema(json.loads(run("schema", "gaps").stdout))


def test_markdown_is_a_document(files):
    """Headings and tables, for a board's papers."""
    told = held(files, "--on", "2026-11-01", "--format", "md").stdout
    assert told.startswith("# hill (Hill Trust, Careers Policy), held against land")
    assert "### Statute: what an Act or regulations require" in told
    assert f"| weaker | Number 0 ({BY_16}-0) | Education Act 1997, section 1 |" in told


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--on", "2026-11-01", "--as-it-stood"], "give either --on or --as-it-stood"),
        (["--on", "November"], "is not written as a date"),
        (["--reading", "many"], '"many" is not a name and a value'),
        (["--reading", "much=one"], 'there is no open point "much"'),
        (["--reading", "many=three"], '"many" has no answer "three"'),
        (["--law", "batley"], '"batley" is a trust\'s policy and not the law'),
        (["--reading", "many=one", "--reading", "many=two"], '"many" is read in two ways'),
        (["--law", "enland"], 'did you mean "england"?'),
    ],
)
def test_bad_arguments_are_told(files, args, says):
    """Each mistake earns a word on how to mend it, and no traceback."""
    told = held(files, *args)
    assert told.exit_code == 2
    assert says in " ".join(told.stderr.split())


def test_the_law_is_not_held_against_itself(files):
    """It has no promises of its own to fall short."""
    told = held(files, name="land.yaml")
    assert told.exit_code == 2
    assert "is the law itself; name a trust's policy" in " ".join(told.stderr.split())


def test_a_policy_without_a_date_has_no_day_of_its_own(files):
    """Asked for the law of its own date, a document without one says so."""
    told = held(files, "--as-it-stood", name="bare.yaml")
    assert told.exit_code == 2
    assert "the policy hill bears no date; say a day with --on" in told.stderr
    assert held(files, "--on", "2025-08-31", name="bare.yaml").exit_code == 0


def test_it_is_a_document_too(tmp_path):
    """What a director takes to a board: the same as a page, in a file that is named."""
    page = tmp_path / "gaps.html"
    told = run("gaps", "aspirational", "--on", "2026-11-22", "-o", page)
    assert told.exit_code == 1 and f"wrote {page}" in told.stderr
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>") and "Years 7 to 13" in html


def test_an_unknown_suffix_is_refused(tmp_path):
    """A format that it doesn't make is told with those that it does, and nothing is written."""
    told = run("gaps", "aspirational", "--on", "2026-11-22", "-o", tmp_path / "gaps.xlsx")
    assert told.exit_code == 2 and "its formats are text, json, md, html, docx, pdf" in told.stderr


def test_a_number_in_words_is_never_weaker():
    """What gives no number may come to what the law asks: undecided, not weaker."""
    wordy = guidance(how_many="sufficient").replace("at_least: 1, ", "")
    found = gap(guidance(at_least=2), (BY_16, guidance()), (BY_16, wordy))
    assert found.standing.value == "undecided" and "sufficient" in found.why
