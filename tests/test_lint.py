"""Lint finds what each rule says it finds, and nothing where there is nothing.

Each rule has a folder in `tests/lint` with a policy in which it fires and one in which it doesn't.
Their first lines say on which day they are judged, and exactly what the rule must say: one comment
for each finding, `# says: {file}:3:1: ...`, where `{file}` stands for the file's path. What a file
leaves out of the usual head is added at its end. What a rule needs besides stands beside the case:
the document (`fires.md`), or a policy that is looked at before it (`fires-other.yaml`).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from careerspolicy import read_policy
from careerspolicy.checks import RULES, lint_file, lint_together
from careerspolicy.plain.conformity import load_schema
from careerspolicy.plain.yaml_tree import read_plain

CASES = Path(__file__).parent / "lint"
AS_OF, SAYS = "# as of: ", "# says: "
DAY = date(2026, 2, 15)

HEAD = "format: 1\npolicy: tiny\ntrust: Tiny Trust\n"
DOCUMENT = "document: {title: Careers Policy}\n"
USUAL = (HEAD + DOCUMENT).splitlines(keepends=True)
OBLIGATIONS = """\
obligations:
  - id: fair
    topic: careers-fair
    title: A careers fair every school year
    who: careers leader
    provide: {what: careers event, each: school year}
    source: {section: 1}
"""
ENCOUNTER = """\
  - id: %s
    topic: employer-encounters
    title: %s
    who: careers leader
    provide: {what: employer encounter, %s}
    source: {section: 2}
"""


def case(rule: str, name: str, folder: Path) -> tuple[Path, date, list[str]]:
    """A case's file, whole and in a folder, its day, and what the rule must say."""
    path, text = folder / "case.yaml", (CASES / rule / f"{name}.yaml").read_text(encoding="utf-8")
    rest = [line for line in USUAL if f"\n{line.split(':')[0]}:" not in text]
    path.write_text("".join((text, *rest)), encoding="utf-8")
    lines = text.splitlines()
    (day,) = (line.removeprefix(AS_OF) for line in lines if line.startswith(AS_OF))
    says = [line.removeprefix(SAYS) for line in lines if line.startswith(SAYS)]
    return path, date.fromisoformat(day), [one.replace("{file}", str(path)) for one in says]


def said(rule: str, name: str, path: Path, day: date) -> list[str]:
    """What a rule says of a case that it is not told to leave out."""
    document, other = CASES / rule / f"{name}.md", CASES / rule / f"{name}-other.yaml"
    linted = lint_file(path, as_of=day, source=document if document.exists() else None)
    before = [lint_file(other, as_of=day)] if other.exists() else []
    *_, linted = lint_together([*before, linted])
    return [str(one) for one in linted.standing if one.rule == rule]


def found(
    tmp_path: Path, *parts: str, day: date = DAY, source: str = "", before: str = ""
) -> dict[str, list[str]]:
    """What lint finds in a policy of those parts: messages by rule.

    `source` is the text of its document, and `before` the obligations of another policy.
    """
    path, document, other = (tmp_path / name for name in ("policy.yaml", "it.md", "other.yaml"))
    path.write_text("".join((HEAD, *parts)), encoding="utf-8")
    document.write_text(source, encoding="utf-8")
    other.write_text(HEAD.replace("tiny", "other") + DOCUMENT + before, encoding="utf-8")
    linted = lint_file(path, as_of=day, source=document if source else None)
    if before:
        *_, linted = lint_together([lint_file(other, as_of=day), linted])
    messages: dict[str, list[str]] = {}
    for issue in linted.standing:
        messages.setdefault(issue.rule, []).append(issue.message)
    return messages


@pytest.mark.parametrize("rule", RULES)
def test_rule_fires(rule, tmp_path):
    """Where a rule fires, it says exactly where, what and how to mend it."""
    path, day, says = case(rule, "fires", tmp_path)
    assert says and said(rule, "fires", path, day) == says


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_silent(rule, tmp_path):
    """Where what it looks for isn't there, a rule says nothing."""
    path, day, says = case(rule, "silent", tmp_path)
    assert not says and said(rule, "silent", path, day) == []


def test_every_rule_has_both_cases():
    """Every rule has a case in which it fires and one in which it doesn't, and nobody else has."""
    assert {one.name for one in CASES.iterdir()} == {*RULES}
    for folder in CASES.iterdir():
        cases = {one.name for one in folder.iterdir() if "-other" not in one.name}
        assert {one for one in cases if one.endswith(".yaml")} == {"fires.yaml", "silent.yaml"}


def test_the_schema_knows_every_rule():
    """Exclusions can name every rule, and nothing else."""
    schema: dict[str, Any] = load_schema("policy")
    assert schema["$defs"]["lint_rule"]["enum"] == [*RULES]
    assert schema["$defs"]["lint_rule"]["enumDescriptions"] == [
        rule.summary for rule in RULES.values()
    ]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_the_example_on_a_page_fires(rule, tmp_path):
    """The example that explains a rule is one that the rule finds."""
    before, *rest = blocks(rule.page, "yaml")
    example = next((one for one in rest if one.startswith("obligations:")), before)
    source = "".join(blocks(rule.page, "markdown"))
    tops = read_plain(example.encode(), "example")
    parts = [
        "" if "document" in tops else DOCUMENT,
        "" if "obligations" in tops else OBLIGATIONS,
        example,
    ]
    before = "" if example is before else before
    assert rule.id in found(tmp_path, *parts, source=source, before=before)


def blocks(page: str, sort: str) -> list[str]:
    """The blocks of a sort of text on a page: `yaml`, or the `markdown` of a document."""
    return [block.split("```")[0] for block in page.split(f"```{sort}\n")[1:]]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_page_is_complete(rule):
    """A page says what the rule finds, why it matters, and how to mend it."""
    headings = [line for line in rule.page.splitlines() if line.startswith("## ")]
    assert headings[:3] == ["## Why it matters", "## Example", "## How to mend it"]
    assert not rule.page.startswith("#")


def exclusion(rule: str, more: str = "") -> str:
    """A `lint:` part that excludes a rule."""
    return f"lint: {{exclude: [{{rule: {rule}, reason: Agreed by the board.{more}}}]}}\n"


def test_an_exclusion_lets_a_finding_stand_with_its_reason(tmp_path):
    """An excluded finding is still there, with the reason, and no longer stands."""
    path = tmp_path / "policy.yaml"
    overdue = "document: {title: Careers Policy, next_review: 2025-12}\n"
    path.write_text(HEAD + overdue + OBLIGATIONS + exclusion("review-overdue"), encoding="utf-8")
    linted = lint_file(path, as_of=DAY)
    assert [(one.rule, one.excluded.reason) for one in linted.issues] == [
        ("review-overdue", "Agreed by the board.")
    ]
    assert linted.standing == ()


def test_an_exclusion_for_one_obligation_leaves_the_others(tmp_path):
    """An exclusion that names an obligation is about that one only."""
    late = "at_least: 1, by: {age: 21}"
    obligations = ENCOUNTER % ("one", "First", late) + ENCOUNTER % ("two", "Second", late)
    excluded = exclusion("impossible-deadline", ", obligation: one")
    path = tmp_path / "policy.yaml"
    path.write_text(f"{HEAD}{DOCUMENT}obligations:\n{obligations}{excluded}", encoding="utf-8")
    impossible = [i for i in lint_file(path, as_of=DAY).issues if i.rule == "impossible-deadline"]
    assert [(i.obligation, i.excluded is None) for i in impossible] == [
        ("one", False),
        ("two", True),
    ]


def test_nobody_named_is_one_note_a_file(tmp_path):
    """Promises that only the school or the trust owes are counted, not told one by one."""
    obligations = OBLIGATIONS + ENCOUNTER % ("one", "First", "at_least: 1, by: {year: 8}")
    named = found(tmp_path, DOCUMENT, obligations)
    assert "no-role" not in named
    nobodys = obligations.replace("who: careers leader", "who: school")
    (message,) = found(tmp_path, DOCUMENT, nobodys)["no-role"]
    assert message.startswith("2 of 2 promises name nobody who owes them")


def test_a_file_can_set_a_severity(tmp_path):
    """A trust may find a note as grave as an error."""
    path = tmp_path / "policy.yaml"
    obligations = OBLIGATIONS.replace("careers leader", "school")
    lint = "lint: {configure: {no-role: {severity: error}}}\n"
    path.write_text(HEAD + DOCUMENT + obligations + lint, encoding="utf-8")
    assert [one.severity for one in lint_file(path, as_of=DAY).issues] == ["error"]


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        ("approved: 2025-11, next_review: 2026-09, review_every: 1 year", None),
        ("approved: 2025-11, next_review: 2026-08, review_every: 1 year", "review-against-cadence"),
        ("approved: 2023-10, published: 2025-09, review_every: 1 year", "review-against-cadence"),
        ("approved: 2025-02-14, review_every: 1 year", "review-overdue"),
        ("approved: 2025-02-15, review_every: 1 year", None),
        ("next_review: 2026-02", None),
        ("next_review: 2026-02-14", "review-overdue"),
        ("effective: 2026-09, next_review: 2026-08", "implementation-after-review"),
        ("effective: 2026-11-01, next_review: 2026-11", None),
        ("approved: 2025-08, guidance_edition: 2023", "guidance-superseded-now"),
        ("approved: 2025-09, guidance_edition: 2023", "guidance-superseded-then"),
        ("approved: 2018-02, guidance_edition: 2018-01", "guidance-superseded-now"),
        ("guidance_edition: latest", None),
    ],
)
def test_dates_are_compared_as_precisely_as_they_are_written(document, rule, tmp_path):
    """A month is overdue once it is over, and an edition is replaced once the next one applies."""
    told = found(tmp_path, f"document: {{title: Careers Policy, {document}}}\n", OBLIGATIONS)
    assert [*told] == ([] if rule is None else [rule])


def test_an_edition_cited_in_passing_is_looked_at(tmp_path):
    """Every edition of the guidance that a document cites counts, not only its main one."""
    cites = "cites: [{title: Careers guidance, kind: statutory guidance, edition: 2018}]"
    document = f"document: {{title: Careers Policy, approved: 2025-01, {cites}}}\n"
    assert [*found(tmp_path, document, OBLIGATIONS)] == ["guidance-superseded-then"]


@pytest.mark.parametrize(
    ("window", "possible"),
    [
        ("from: {year: 9}, by: {age: 14}", True),
        ("from: {year: 9, date: 1 July}, until: {year: 9, date: 1 May}", False),
        ("by: {age: 21}", False),
        ("by: {age: 18}", True),
        ("from: {date: 2027-09-01}, by: {date: 2027-03-01}", False),
        ("by: {date: 2024-09-01}", False),
        ("from: joining, until: leaving", True),
        ("each: term, from: {year: 7}, until: {year: 11}", True),
    ],
)
def test_a_deadline_is_impossible_only_if_nobody_can_meet_it(window, possible, tmp_path):
    """A window without a day in it is found, whatever made it so."""
    document = "document: {title: Careers Policy, approved: 2025-09}\n"
    obligations = f"obligations:\n{ENCOUNTER % ('encounter', 'An encounter', window)}"
    told = found(tmp_path, document, obligations)
    assert ("impossible-deadline" in told) is not possible


def test_a_deadline_that_only_some_can_meet_is_found(tmp_path):
    """Ages read as birthdays leave the oldest of a year group no day before some deadlines."""
    window = "from: {year: 11, date: 1 June}, until: {age: 16}"
    obligations = f"obligations:\n{ENCOUNTER % ('encounter', 'An encounter', window)}"
    told = found(tmp_path, "readings: {ages: birthday}\n", DOCUMENT, obligations)
    assert told["impossible-deadline"] == [
        "leaves no day for a pupil born on 1 September, ages being read as birthdays"
    ]


@pytest.mark.parametrize(
    ("strong", "weak", "implied"),
    [
        ("at_least: 2, by: {age: 16}", "at_least: 1, by: {age: 16}", True),
        ("at_least: 1, by: {age: 14}", "at_least: 1, by: {year: 9}", True),
        ("at_least: 1, by: {year: 8}", "at_least: 1, by: {age: 14}", True),
        ("each: school year, from: {age: 11}", "at_least: 1, by: {age: 14}", True),
        ("each: school year, from: {age: 11}", "at_least: 2, by: {age: 14}", False),
        ("each: school year, from: {age: 11}", "at_least: 1, by: {year: 7, date: 1 May}", False),
        ("each: term", "each: school year", False),
        ("at_least: 1, by: {age: 16}", "with: {meaningful: true}, by: {age: 16}", False),
        ("with: {meaningful: true}, by: {age: 16}", "by: {age: 16}", True),
        ("by: {age: 16}, attendance: optional", "by: {age: 18}", False),
        ("at_least: 2, by: {age: 18}", "at_least: 1, by: {age: 16}", False),
        ("at_most: 2, by: {age: 16}", "at_most: 3, by: {age: 18}", False),
    ],
)
def test_implication_is_certain_or_not_claimed(strong, weak, implied, tmp_path):
    """An obligation is implied only if whatever meets the other must meet it too."""
    obligations = ENCOUNTER % ("strong", "More", strong) + ENCOUNTER % ("weak", "Less", weak)
    told = found(tmp_path, DOCUMENT, f"obligations:\n{obligations}")
    message = 'whatever meets "strong" meets this too'
    assert (message in told.get("implied-obligation", [])) is implied


@pytest.mark.parametrize(
    "text",
    [
        "Ask Mrs O'Neill.",
        "The leader is Priya Example",
        "Director Sarah McExample leads.",
        "J. Example, P Sample",
        "Call 01234 567890.",
        "office@school.example",
    ],
)
def test_people_are_found(text, tmp_path):
    """Titles, given names, initials, telephone numbers and e-mail addresses give people away."""
    document = f'document: {{title: Careers Policy, note: "{text}"}}\n'
    assert [*found(tmp_path, document, OBLIGATIONS)] == ["person-named"]


@pytest.mark.parametrize(
    "text",
    [
        "Careers and Enterprise Company",
        "The George Example School teaches A Level and T Level courses.",
        "St Thomas More is near Victoria Road.",
        "Key Stage 4, Year 11, May 2026; Education Act 1997 s.42A",
        "Career Development Framework, Gatsby Benchmarks, Director of Education",
        "See https://www.gov.uk/careers and ucas.com.",
        "On 2025-10-31 at 09:30, 1,200 pupils in 2024/25; URN 123456",
    ],
)
def test_what_only_looks_like_a_person_or_an_address_passes(text, tmp_path):
    """Schools, laws, exams, dates and national bodies are nobody's name or address."""
    document = f'document: {{title: Careers Policy, note: "{text}"}}\n'
    assert found(tmp_path, document, OBLIGATIONS) == {}


def test_known_words_pass(tmp_path):
    """A file says which names are none, and which addresses are its own."""
    note = "Jordan Example is a town; see www.tiny-trust.org.uk"
    document = f'document: {{title: Careers Policy, note: "{note}"}}\n'
    lint = """\
lint:
  configure:
    person-named: {known: [Jordan Example]}
    school-address: {known: [tiny-trust.org.uk]}
"""
    assert found(tmp_path, document, OBLIGATIONS, lint) == {}


def test_the_source_document_is_looked_at_too(tmp_path):
    """With its source, a policy's document is searched for people and addresses, line by line."""
    path, source = tmp_path / "policy.yaml", tmp_path / "source.txt"
    path.write_text(HEAD + DOCUMENT + OBLIGATIONS, encoding="utf-8")
    source.write_text("Careers Policy\n\nOwner:\tJ Example\nSee oak.sch.uk.\n", encoding="utf-8")
    issues = lint_file(path, as_of=DAY, source=source).issues
    assert [(one.rule, one.line, one.file) for one in issues] == [
        ("person-named", 3, str(source)),
        ("school-address", 4, str(source)),
    ]


def test_a_word_document_is_looked_at_by_its_paragraphs(tmp_path):
    """A source in Word is searched too; an issue in it has its paragraph's number."""
    docx = pytest.importorskip("docx", reason="Word needs the extra docx")
    path, source = tmp_path / "policy.yaml", tmp_path / "source.docx"
    path.write_text(HEAD + DOCUMENT + OBLIGATIONS, encoding="utf-8")
    word = docx.Document()
    word.add_paragraph("A careers fair is held twice a year.")
    word.add_paragraph("Owner: J Example")
    word.save(source)
    issues = lint_file(path, as_of=DAY, source=source).issues
    assert [(one.rule, one.line) for one in issues if one.file == str(source)] == [
        ("person-named", 2)
    ]


SHARED = "Every pupil has a guidance meeting with a qualified careers adviser by the age of 16"


@pytest.mark.parametrize(
    ("sentence", "seen"),
    [
        (f"{SHARED}.", True),
        (f"{SHARED}, and the parents have a report.", False),
        (f"{SHARED.replace('Every pupil', 'Each pupil')}.", True),
        (f"{SHARED.replace('16', '18')}.", False),
        (f"{SHARED.replace('has', 'should have')}.", False),
        ("A careers fair is held.", False),
    ],
)
def test_a_sentence_that_is_nearly_the_same_is_seen_with_both_documents(sentence, seen, tmp_path):
    """A word or two may differ; a number, or a word that says how firmly, may not."""
    linted = []
    for name, text, by in (("ash", SHARED, 16), ("oak", sentence, 18)):
        policy, document = tmp_path / f"{name}.yaml", tmp_path / f"{name}.md"
        head = HEAD.replace("tiny", name) + DOCUMENT + "obligations:\n"
        promise = ENCOUNTER % ("meeting", "A meeting", f"by: {{age: {by}}}")
        policy.write_text(head + promise.replace("section: 2", "section: Help, clause: 1"), "utf-8")
        document.write_text(f"# Help\n\n{text}\n", "utf-8")
        linted.append(lint_file(policy, as_of=DAY, source=document))
    ash, oak = lint_together(linted)
    assert "same-sentence" not in {one.rule for one in ash.issues}
    assert ("same-sentence" in {one.rule for one in oak.issues}) is seen


def test_attested_promises_are_told_apart_by_what_they_say(tmp_path):
    """Two attested promises of one topic are not the same only because both are attested."""
    attested = """\
  - id: %s
    topic: impartiality
    who: careers leader
    uphold: {does: %s, attested_by: careers leader}
    source: {section: 3}
"""
    one, other = attested % ("one", "favour no route"), attested % ("two", "give fair advice")
    assert found(tmp_path, DOCUMENT, f"obligations:\n{one}{other}") == {}
    again = attested % ("again", "favour no route")
    told = found(tmp_path, DOCUMENT, f"obligations:\n{one}{again}")
    assert [*told] == ["repeated-obligation"]


def test_lint_settings_reach_the_model():
    """A policy keeps what it says to lint."""
    lint = "lint: {configure: {no-role: {severity: error, known: [school]}}}\n"
    settings = read_policy(HEAD + DOCUMENT + OBLIGATIONS + lint).lint.configure["no-role"]
    assert (settings.severity, settings.known) == ("error", ("school",))
