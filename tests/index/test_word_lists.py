"""The words by language, tested like code: no list is empty, and none has a word twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

from index.text.bundled import lines_of, read_by_language

INDEX = Path(__file__).parents[2] / "index"


def words_in(block: str, between: str) -> list[str]:
    return [one for one in regex.split(between, "\n".join(lines_of(block))) if one]


def faults(file: str, between: str) -> Iterator[str]:
    """Yield what is wrong with the lists of *file*, and the repair."""
    for code, blocks in read_by_language(INDEX / file).items():
        for name, block in blocks.items():
            # Each line of kinds has the names of one text, and behind a sign what it may be.
            words = words_in(block, r"\s*(?:,|=.*|\n)\s*" if name == "kinds" else between)
            twice = [word for word, count in Counter(words).items() if count > 1]
            if not words:
                yield f"{code}: {name} is empty; take it out"
            if twice:
                yield f"{code}: {name} has twice: {', '.join(twice)}; take one out"


@pytest.mark.parametrize(
    ("file", "between"),
    [
        ("drafts/attributing_words.yaml", r"\s+"),
        ("drafts/indirect_speech.yaml", r"\s*[,\n]\s*"),
        ("voices/reporting.yaml", r"\n"),
        ("checking/changes.yaml", r"\s+"),
    ],
)
def test_no_list_is_empty_or_has_a_word_twice(file: str, between: str) -> None:
    assert list(faults(file, between)) == []
