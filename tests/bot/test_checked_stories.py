"""Stories with quotations altered by hand are checked, and ``docs/checked-story.md`` shows it.

One is about the project's own statements, and shown whole. Three are about real texts: other
people's words are on no page of ours, so a table tells what was done to each quotation, and what
was found. ``make transcript`` writes the page anew; the tests fail if it reads differently.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import quoted_stories
import real_texts
import regex
from quoted_stories import Expected, QuotedStory, filled, found_at

from bot.i18n.story_strings import findings, grade_name, summary
from bot.i18n.strings import strings_of
from bot.terminal.command_line import run
from index import CheckedQuotation, CheckedStory, Grade, Index, Record, Statement, read_statements

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs" / "checked-story.md"
OWN_STORY = quoted_stories.FOLDER / "own-statements.txt"
WRITE = "ONRECORD_WRITE_TRANSCRIPT"
SAY = strings_of()
#: Of other people's words, so many of one finding are on our page; of a script without spaces, so
#: many characters, which are about as many words.
MOST_WORDS, MOST_CHARACTERS = 3, 8
#: What a story is about, as a reader is told.
ABOUT = {
    "budget": "a press conference of an Australian prime minister, in British style",
    "bulletin": "a press conference in Chinese, and two newspaper reports in English",
    "vaccines": "a briefing of the State Department",
}
REPORTS = {
    "ambassador": (
        real_texts.REMARKS,
        "title: What the ambassador told reporters\npublished: 2025-02-25\n"
        "speakers: [{name: Jiang Zaidong, role: Ambassador of China}]\n",
    ),
    "joint": (
        real_texts.JOINT,
        "title: What the two sides agreed\ndate: 2025-02-06\n"
        "speakers: [{name: Pakistan}, {name: China}]\n",
    ),
}

OPENING = """\
# Checked stories

Four stories written for this, whose quotations were altered by hand, as they get altered in
earnest. The test `tests/bot/test_checked_stories.py` checks them and makes this page (`make
transcript`). [Check a story](checking.md) tells how to read a report.

- [A story about our own statements](#a-story-about-our-own-statements)
- [Three stories about real texts](#three-stories-about-real-texts)

## A story about our own statements

The draft and the report, whole. The record is what comes with the project.
"""
REAL = """
## Three stories about real texts

They quote governments and newspapers, and are checked against {statements} statements. Those words
are not ours to print: of each quotation a table says what was done to it, and what the report says
first, each time with {words} words of theirs, or {characters} characters, at most. Every alteration
is named, and nothing genuine is called false.
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """A story about real texts, and what was found."""

    story: QuotedStory
    report: CheckedStory

    def found(self) -> Iterator[tuple[Expected, CheckedQuotation | None]]:
        """Yield each quotation that is expected with the one that was found there."""
        for expected in self.story.expected:
            yield expected, found_at(expected, self.report.quotations)


@pytest.fixture(scope="module")
def statements(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Statement]:
    """Return all real statements by their ids, and the two raw texts, filed as reports."""
    folder = tmp_path_factory.mktemp("reports")
    for name, (file, fields) in REPORTS.items():
        text = (shared / "statements" / "raw" / file).read_text(encoding="utf-8").strip()
        head = f"---\n{fields}kind: report\npublisher: A newspaper\n---\n\n"
        (folder / f"{name}.md").write_text(head + text, encoding="utf-8")
    files = [*real_texts.statement_files(shared), *folder.iterdir()]
    read = (one for file in files for one, _ in read_statements(file, attributed=False))
    return {one.id: one for one in read if one}


@pytest.fixture(scope="module")
def checked(statements: dict[str, Statement]) -> dict[str, Checked]:
    """Return each story about real texts, checked against all of *statements*."""
    index = Index(Record.of(list(statements.values())))
    stories = {name: filled(name, statements) for name in quoted_stories.story_names()}
    return {name: Checked(one, index.check_story(one.draft)) for name, one in stories.items()}


@pytest.mark.parametrize("name", quoted_stories.story_names())
def test_every_alteration_is_named(name: str, checked: dict[str, Checked]) -> None:
    """By its grade, and by the change that a desk must know first."""
    wrong = [
        f"{expected.number}: {expected.by_hand}: {found and found.grade}"
        for expected, found in checked[name].found()
        if not expected.is_genuine and not (found and _is_as_expected(expected, found))
    ]
    assert not wrong


@pytest.mark.parametrize("name", quoted_stories.story_names())
def test_nothing_genuine_is_called_false(name: str, checked: dict[str, Checked]) -> None:
    wrong = [
        f"{expected.number}: {expected.by_hand}: {found and found.grade}"
        for expected, found in checked[name].found()
        if expected.is_genuine and not (found and _is_as_expected(expected, found))
    ]
    assert not wrong


@pytest.mark.parametrize("name", quoted_stories.story_names())
def test_a_story_is_altered_in_ten_places_and_true_in_eight(
    name: str, statements: dict[str, Statement], checked: dict[str, Checked]
) -> None:
    """And no other quotation is found in it, but for those within others."""
    expected = filled(name, statements).expected
    genuine = sum(one.is_genuine for one in expected)
    assert genuine >= 8
    assert len(expected) - genuine >= 10
    starts = {one.span[0] - 1 for one in expected}
    found = (one.quotation for one in checked[name].report.quotations)
    assert {one.start for one in found if one.within is None} == starts


def test_the_page_shows_a_story_about_our_own_statements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    shutil.copy(OWN_STORY, tmp_path / "story.txt")
    monkeypatch.chdir(tmp_path)
    assert run(["check-quotes", "story.txt"]) == 1
    draft, report = OWN_STORY.read_text(encoding="utf-8").strip(), capsys.readouterr().out.strip()
    shown = f"$ cat story.txt\n{draft}\n\n$ onrecord check-quotes story.txt\n{report}"
    _is_on_page(f"{OPENING}\n```console\n{shown}\n```\n", lambda page: page.partition(REAL[:20])[0])


def test_the_page_tells_what_was_found_in_stories_about_real_texts(
    statements: dict[str, Statement], checked: dict[str, Checked]
) -> None:
    counts = {"words": MOST_WORDS, "characters": MOST_CHARACTERS}
    told = [REAL.format(statements=f"{len(statements):,}", **counts)]
    told += [_table(name, one) for name, one in checked.items()]
    _is_on_page("\n".join(told), lambda page: "".join(page.partition(REAL[:20])[1:]))


def _is_as_expected(expected: Expected, found: CheckedQuotation) -> bool:
    named = [one.change for one in found.differences[:1]]
    disagreeing = [one.mismatch for one in found.disagreements[:1]]
    first = disagreeing if found.grade is Grade.MISATTRIBUTED else named
    return found.grade is expected.grade and (expected.first is None or first == [expected.first])


def _is_on_page(told: str, part: Callable[[str], str]) -> None:
    """Assert that *told* is *part* of the page, or put it there if the page is to be written."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if os.environ.get(WRITE):
        before = part(page)
        page = page.replace(before, told) if before else page + told
        PAGE.write_text(page, encoding="utf-8")
    assert part(page) == told


def _table(name: str, checked: Checked) -> str:
    """Return what was done to each quotation of a story, and what the report says of it first."""
    story, report = checked.story, checked.report
    rows = []
    for number, (expected, found) in enumerate(checked.found(), 1):
        assert found
        told = findings(found, report, SAY, _few_words, _few_words)
        first = told[0].replace("|", "\\|") if told else ""
        rows.append(f"| {number} | {expected.by_hand} | {grade_name(found.grade, SAY)} | {first} |")
    altered = sum(not one.is_genuine for one in story.expected)
    return (
        f"### {name.capitalize()}: {ABOUT[name]}\n\n"
        f"{altered} of {len(rows)} quotations are altered or invented. The report begins: "
        f"“{summary(report, SAY)}”.\n\n"
        "| | what was done by hand | grade | what the report says first |\n|--:|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def _few_words(text: str) -> str:
    """Return *text*, of a real text or of a story, to a few words."""
    if regex.search(r"\p{Han}", text):
        return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"
    words = text.split()
    return text if len(words) <= MOST_WORDS else f"{' '.join(words[:MOST_WORDS])} …"
