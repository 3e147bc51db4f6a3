"""What is wrong with one file is told in a few lines, however much of it there is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index.files.loading import load_record
from index.files.problems import MOST_OF_A_FILE, FirstProblems
from index.model.errors import Problem

PATH = Path("a.md")
FRONT = "---\ntitle: A vote\ndate: 2025-02-06\nspeakers: [Ayesha Noor]\n"


def wrong(line: int, *, warning: bool = False) -> Problem:
    return Problem(PATH, line, what=f"what {line}", repair="Repair.", warning=warning)


def test_few_problems_are_all_told() -> None:
    few = [wrong(line) for line in range(MOST_OF_A_FILE)]
    assert list(FirstProblems(few)) == few


def test_of_many_the_first_are_told_and_the_rest_are_counted_where_they_end() -> None:
    many = [wrong(line) for line in range(1, 25_001)]
    *first, rest = FirstProblems(many)
    assert first == many[:MOST_OF_A_FILE]
    assert (rest.line, rest.count) == (25_000, 24_990)
    assert str(rest) == (
        "a.md:25000: and 24,990 more mistakes like these, the last of them here. "
        "Repair those above, and check again."
    )


def test_one_more_is_not_one_mores() -> None:
    *_, rest = FirstProblems(wrong(line) for line in range(MOST_OF_A_FILE + 1))
    assert "1 more mistake like" in str(rest)


def test_warnings_never_hide_a_mistake() -> None:
    """A file with a mistake is left out, and its operator must be told."""
    found = FirstProblems(wrong(line, warning=True) for line in range(500))
    found.add([wrong(501)])
    assert [problem.line for problem in found if not problem.warning] == [501]
    assert sum(problem.count for problem in found) == 501


#: A file's name and content, and how many lines of it are wrong.
FLOODS = {
    "unknown fields": ("v.md", FRONT + "k{}: x\n" * 25_000 + "---\n\nAye.\n", 25_000),
    "fields that Telegram changes": ("v.md", FRONT + "---\n\n" + "a\u2028b\n\n" * 5_000, 5_000),
    "letters in pieces": ("v.md", FRONT + "---\n\n" + "a\u0308\n\n" * 5_000, 5_000),
    "lines that are no JSON": ("v.jsonl", "{\n" * 31_250, 31_250),
    "lines that are no objects": ("v.jsonl", "1\n" * 31_250, 31_250),
    "objects without anything": ("v.jsonl", "{}\n" * 5_000, 20_000),
    "paragraphs without text": ("v.jsonl", '{"paragraphs": [' + "1," * 9_999 + "1]}", 10_003),
    "statements without a date": (
        "v.jsonl",
        '{"id": "v{}", "title": "A", "speakers": ["B"], "paragraphs": ["C"]}\n' * 2_000,
        2_000,
    ),
    "statements of one name": (
        "v.jsonl",
        '{"id": "v", "title": "A", "date": "2025-02-06", "speakers": ["B"], "paragraphs": ["C"]}\n'
        * 2_001,
        2_000,
    ),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_complaints_is_bounded_and_counted(tmp_path: Path, flood: str) -> None:
    name, content, number = FLOODS[flood]
    numbered = "".join(
        part.replace("{}", str(place), 1) if flood != "objects without anything" else part
        for place, part in enumerate(content.splitlines(keepends=True))
    )
    (tmp_path / "statements").mkdir()
    (tmp_path / "statements" / name).write_text(numbered, "utf-8")
    began = time.process_time()
    problems = load_record(tmp_path).problems
    assert len(problems) <= 2 * (MOST_OF_A_FILE + 1)
    assert sum(problem.count for problem in problems) == number
    assert time.process_time() - began < 5


def test_a_flood_of_wrong_synonyms_and_of_other_files_is_bounded_too(tmp_path: Path) -> None:
    (tmp_path / "statements").mkdir()
    for number in range(50):
        (tmp_path / "statements" / f"{number}.txt").touch()
    (tmp_path / "synonyms.yaml").write_text("- 1\n" * 500)
    problems = load_record(tmp_path).problems
    assert len(problems) == 2 * (MOST_OF_A_FILE + 1)
    assert sum(problem.count for problem in problems) == 550
