"""Round trips over every paragraph of the real statements and sets of questions, in any language.

Offsets are in characters (code points) of the text as filed, whatever folding does to its length.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from real_texts import QUESTIONS, STATEMENTS, question_folders, raw_files

from index.text.language import language_of
from index.text.sentences import sentence_spans
from index.text.terms import Analyzer, Token, is_acronym

pytestmark = pytest.mark.slow

#: Every so many-th token is taken out and read alone.
SAMPLED = 10
#: One for each language, as each remembers the words that it has met.
ANALYZERS: dict[str, Analyzer] = {}


def analyzer_of(language: str) -> Analyzer:
    return ANALYZERS.setdefault(language, Analyzer(language_of(language)))


def paragraphs_in(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the statement's id, its language and the text of every paragraph in *path*."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            statement = json.loads(line)
            for paragraph in statement["paragraphs"]:
                text = paragraph["text"] if isinstance(paragraph, dict) else paragraph
                yield statement["id"], statement.get("language", "en"), text


def assert_round_trip(text: str, language: str, place: object) -> int:
    """Hold the tokens and sentences of *text* to its own slices; return how many tokens it has."""
    analyzer = analyzer_of(language)
    terms = analyzer.analyse(text)
    before = (-1, 0)
    for span in zip(terms.starts, terms.stops, strict=True):
        assert before < span, place
        assert 0 <= span[0] < span[1] <= len(text), place
        before = span
    for token in terms.tokens()[::SAMPLED]:
        piece = text[token.start : token.stop]
        alone = analyzer.analyse(piece).tokens()
        # Acronyms and numbers are read by what stands beside them.
        if piece.isupper() or any(map(str.isdigit, piece)):
            continue
        same = {(one.start, one.stop, one.term.lower(), one.form.lower()) for one in alone}
        assert (0, len(piece), token.term.lower(), token.form.lower()) in same, (place, piece)
        assert len(alone) == 1 or max(one.stop - one.start for one in alone) == 2, (place, piece)
    reached = 0
    for start, stop in sentence_spans(text, language):
        assert reached <= start < stop <= len(text), place
        assert not text[reached:start].strip(), (place, text[reached:start])
        reached = stop
    assert not text[reached:].strip(), place
    return len(terms.terms)


SETS = [f"statements/{name}" for name in STATEMENTS]
SETS += [f"questions/{name}/statements" for name in QUESTIONS]


@pytest.mark.parametrize("name", SETS)
def test_every_token_and_sentence_of_a_real_set_is_a_slice_of_its_text(
    shared: Path, name: str
) -> None:
    path = shared / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip(f"{name} is not beside the project")
    seen = tokens = 0
    for statement, language, text in paragraphs_in(path):
        tokens += assert_round_trip(text, language, (name, statement))
        seen += 1
    print(f"\n{name}: {seen} paragraphs, {tokens} tokens")
    assert seen >= 240
    assert tokens > 10 * seen


def test_every_token_of_a_question_is_a_slice_of_it(shared: Path) -> None:
    """In the language that the set is in."""
    seen = 0
    for folder in question_folders(shared):
        _, language, _ = next(paragraphs_in(folder / "statements.jsonl"))
        analyzer = analyzer_of(language)
        for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()[::5]:
            question = json.loads(line)["question"]
            for token in analyzer.subject(question).tokens:
                piece = question[token.start : token.stop]
                if is_acronym(token):
                    # The text around tells an acronym from a small word: A levels.
                    assert token.form == piece.replace(".", "")
                    continue
                assert (
                    Token(0, len(piece), token.term, token.form) in analyzer.analyse(piece).tokens()
                )
            seen += 1
    assert seen > 3000


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_raw_text_is_read_as_it_stands(shared: Path, language: str) -> None:
    """Whole files, with their line breaks, as they were published."""
    texts = [path.read_text("utf-8") for path in raw_files(shared)]
    for number, text in enumerate(texts):
        assert assert_round_trip(text, language, number) > 200
