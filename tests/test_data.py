"""The bundled record, tested like code: it loads, it is our own wording, and it can be asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import regex
from real_texts import question_folders, raw_files, statement_files, wild_files

from index import Index, Kind, Record, load_record

AMBASSADOR = "brief-ambassador-jiang-february-2025"
VISIT = "brief-zardari-state-visit-february-2025"
#: A run of so many words is a copy; shorter ones are names and set phrases.
RUN = 12


@pytest.fixture(scope="module")
def bundled(project: Path) -> Record:
    return load_record(project / "data")


@pytest.fixture(scope="module")
def index(bundled: Record) -> Index:
    return Index(bundled)


def test_the_bundled_record_loads_without_a_problem(bundled: Record) -> None:
    """Not even a warning."""
    assert [str(problem) for problem in bundled.problems] == []
    assert {AMBASSADOR, VISIT} < {statement.id for statement in bundled.statements}


def test_the_bundled_briefs_say_that_they_are_ours(bundled: Record) -> None:
    for statement in bundled.statements:
        assert statement.id.startswith("brief-") == (statement.kind is Kind.BRIEF)
        assert [speaker.name for speaker in statement.speakers] == ["On Record"]
        assert statement.date is not None


def test_the_bundled_synonyms_name_what_the_record_speaks_of(bundled: Record) -> None:
    """Most groups have a member that stands in a bundled statement; the rest is for the subject."""
    texts = " ".join(paragraph.text for _, paragraph in bundled.paragraphs()).lower()
    met = [group for group in bundled.synonyms if any(one.lower() in texts for one in group)]
    assert len(bundled.synonyms) >= 10
    assert len(met) > len(bundled.synonyms) / 2
    assert all(group == tuple(dict.fromkeys(group)) for group in bundled.synonyms)


def words_of(text: str) -> list[str]:
    return regex.findall(r"[\p{L}\p{M}\p{N}]+", text.lower())


def shared_texts(shared: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every text of other people's that is beside the project."""
    for path in [*raw_files(shared), *wild_files(shared)]:
        yield path.name, path.read_text("utf-8", errors="replace")
    for folder in question_folders(shared):
        yield folder.name, (folder / "questions.jsonl").read_text("utf-8")
    sets = [folder / "statements.jsonl" for folder in question_folders(shared)]
    for path in [*statement_files(shared), *sets]:
        for line in path.read_text("utf-8").splitlines():
            statement = json.loads(line)
            filed = statement["paragraphs"]
            texts = (one if isinstance(one, str) else one["text"] for one in filed)
            yield statement["id"], "\n".join(texts)


def test_the_bundled_record_copies_no_run_of_words_of_others(shared: Path, bundled: Record) -> None:
    runs: set[tuple[str, ...]] = set()
    for statement in bundled.statements:
        words = words_of("\n".join(paragraph.text for paragraph in statement.paragraphs))
        runs |= {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    heads = {run[:2] for run in runs}
    read = 0
    for name, text in shared_texts(shared):
        words = words_of(text)
        read += len(words)
        for at, head in enumerate(pairwise(words)):
            if head in heads:
                run = tuple(words[at : at + RUN])
                assert run not in runs, f"{name}: {' '.join(run)}"
    assert len(runs) > 1500
    assert read > 2_000_000


def test_every_bundled_paragraph_is_found_first_by_its_own_key_sentence(index: Index) -> None:
    for statement, paragraph in index.record.paragraphs():
        itself = (statement.id, paragraph.number)
        key = index.ask(paragraph.text).hits[0].key_sentence
        assert (key.paragraph, index.ask(paragraph.text).answered) == (paragraph, True)
        answer = index.ask(key.text)
        first = answer.hits[0].citation
        assert answer.answered
        assert (first.statement, first.paragraph) == itself, key.text


def test_every_suggestion_works(index: Index) -> None:
    suggestions = {
        suggestion
        for question in ("bitcoin", "Who won the cricket match?", "", "IMF bailout for Pakistan")
        for suggestion in index.ask(question).suggestions
    }
    assert len(suggestions) >= 2
    for suggestion in suggestions:
        answer = index.ask(suggestion)
        assert answer.answered
        assert set(words_of(suggestion)) <= set(words_of(answer.hits[0].quote.text)), suggestion


# A question, the brief, and words that stand in the one paragraph of it that answers.
NEWCOMERS = [
    ("What was the ambassador's main message?", AMBASSADOR, "main message"),
    ("Is China offering youth exchanges and film cooperation?", AMBASSADOR, "think tanks"),
    (
        "How many Pakistanis will be trained in agriculture in China?",
        AMBASSADOR,
        "1,000 Pakistanis",
    ),
    (
        "Who invited Zardari earlier in February, and did the visit go well?",
        AMBASSADOR,
        "went well",
    ),
    (
        "Will the leaders' agreements be carried out in practice?",
        AMBASSADOR,
        "rather than on paper",
    ),
    ("Why does guidance from the top matter for relations?", AMBASSADOR, "guidance from the top"),
    ("When is the 75th anniversary of diplomatic relations?", AMBASSADOR, "ten years after"),
    ("How will the 75th anniversary be celebrated?", AMBASSADOR, "celebrated by"),
    ("Will China help Pakistan's economy develop?", AMBASSADOR, "firmer base"),
    ("What happens with the Karakoram Highway?", AMBASSADOR, "Karakoram"),
    ("Is the ML-1 railway going to be modernised?", AMBASSADOR, "Karakoram"),
    ("Will the Khunjerab Pass stay open?", AMBASSADOR, "Karakoram"),
    ("How big is Pakistan's surplus in farm trade with China?", AMBASSADOR, "237 million"),
    ("When did the first buffalo milk shipment arrive?", AMBASSADOR, "26.5 tons"),
    ("Which products will the second group of farm projects cover?", AMBASSADOR, "second group"),
    ("What is said about contract farming?", AMBASSADOR, "contract farming"),
    ("Are artificial intelligence and e-commerce part of the plans?", AMBASSADOR, "e-commerce"),
    ("What are SEZs for?", AMBASSADOR, "SEZs"),
    ("Can third countries join CPEC?", AMBASSADOR, "Third parties"),
    ("What about small projects for ordinary people?", AMBASSADOR, "ordinary Pakistanis"),
    ("Who is Zhao Leji?", VISIT, "Li Qiang"),
    ("Is the friendship iron-clad?", VISIT, "iron-clad"),
    ("What if someone tries to damage the relationship?", VISIT, "will not succeed"),
    ("What is the cornerstone of Pakistan's foreign policy?", VISIT, "cornerstone"),
    ("What is Uraan?", VISIT, "Uraan"),
    ("Do they support each other's core interests?", VISIT, "without wavering"),
    ("Does China back Pakistan's sovereignty and territorial integrity?", VISIT, "firmly backs"),
    ("Will political parties and legislatures have more contact?", VISIT, "legislatures"),
    ("Who is responsible for the safety of Chinese citizens in Pakistan?", VISIT, "foremost duty"),
    ("How will they fight terrorism?", VISIT, "zero tolerance"),
    ("What did Pakistan say about the Belt and Road Initiative?", VISIT, "eight major steps"),
    ("What are the five corridors?", VISIT, "five in all"),
    ("What is the JCC for?", VISIT, "13th meeting"),
    ("Has the new Gwadar airport opened?", VISIT, "Gwadar International Airport"),
    ("Are Chinese companies to look for oil and gas offshore?", VISIT, "offshore"),
    ("May Chinese companies invest in mines?", VISIT, "offshore"),
    ("How should the Kashmir dispute be settled?", VISIT, "inherited from history"),
    ("What about Afghanistan?", VISIT, "Afghanistan"),
    ("How many documents were signed?", VISIT, "more than a dozen"),
    ("When did Xi Jinping visit Pakistan?", AMBASSADOR, "ten years after"),
    ("On which days was President Zardari in China?", VISIT, "from 4 to 8 February"),
    ("Whom did Zardari meet besides Xi?", VISIT, "Li Qiang"),
    ("What did Pakistan tell China about Jammu and Kashmir?", VISIT, "latest developments"),
]


@pytest.mark.parametrize(
    ("question", "brief", "words"),
    NEWCOMERS,
)
def test_a_newcomers_question_brings_the_right_paragraph_of_the_briefs_first(
    index: Index, question: str, brief: str, words: str
) -> None:
    (expected,) = (
        (statement.id, paragraph.number)
        for statement, paragraph in index.record.paragraphs()
        if statement.id == brief and words in paragraph.text
    )
    answer = index.ask(question)
    assert answer.answered
    first = answer.hits[0].citation
    assert (first.statement, first.paragraph) == expected
