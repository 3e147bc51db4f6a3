"""Measures an index by questions with known answers.

The measures are those of information retrieval: recall at 1 and 5, and the mean reciprocal rank of
the first gold paragraph among ten (MRR@10). Ranks are taken without refusing; how often the bot
would answer or refuse, rightly or wrongly, is counted separately.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.files.loading import read_statements, read_text
from index.model.errors import QuestionsUnreadable
from index.model.record import Record
from index.model.statement import Statement
from index.search import Index

_REPAIR = 'Write {"question": "…", "gold": [["statement id", paragraph], …]} on each line.'
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with the paragraphs that answer it, or none if nothing on record does."""

    question: str
    #: (statement id, paragraph number from 1).
    gold: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How an index did; shares are from 0 to 1, times in milliseconds."""

    questions: int
    #: Of the questions that have gold.
    recall_at_1: float
    recall_at_5: float
    mrr_at_10: float
    #: Counts of questions, refusing as the bot does: answered with a gold paragraph first; answered
    #: otherwise; refused without gold; refused although there is gold.
    answered_right: int
    answered_wrong: int
    refused_right: int
    refused_wrong: int
    #: The time of a whole answer.
    p50_ms: float
    p99_ms: float


def load_set(folder: Path) -> tuple[Record, list[GoldQuestion]]:
    """Return the statements and the questions in *folder*, a set for measuring.

    Its texts are never quoted to users, so statements without a speaker are accepted.

    Raises:
        QuestionsUnreadable: a file is missing, or a line is wrong.
    """
    statements: dict[str, Statement] = {}
    path = folder / "statements.jsonl"
    for statement, problems in read_statements(path, attributed=False):
        if statement is None:
            worst = next(problem for problem in problems if not problem.warning)
            raise QuestionsUnreadable(path, worst.line, worst.what, worst.repair)
        if statement.id in statements:
            raise QuestionsUnreadable(path, None, f"two have the id {statement.id}", "Rename one.")
        statements[statement.id] = statement
    return Record.of(statements.values()), load_questions(folder / "questions.jsonl")


def load_questions(path: Path) -> list[GoldQuestion]:
    """Return the questions in the file *path*.

    Raises:
        QuestionsUnreadable: the file cannot be read, has no questions, or a line is wrong.
    """
    text, problem = read_text(path)
    if problem:
        raise QuestionsUnreadable(path, problem.line, problem.what, problem.repair)
    questions = [
        _read_question(line, path, number)
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]
    if not questions:
        raise QuestionsUnreadable(path, None, "there are no questions", _REPAIR)
    return questions


def evaluate(index: Index, questions: Sequence[GoldQuestion]) -> Evaluation:
    """Return how *index* does on *questions*."""
    ranks: list[int | None] = []
    counts = {"answered_right": 0, "answered_wrong": 0, "refused_right": 0, "refused_wrong": 0}
    times: list[float] = []
    for asked in questions:
        started = time.perf_counter()
        answer = index.ask(asked.question)
        times.append((time.perf_counter() - started) * 1000)
        first = answer.hits[0].citation if answer.answered else None
        right = first and (first.statement, first.paragraph) in asked.gold
        if answer.answered:
            counts["answered_right" if right else "answered_wrong"] += 1
        else:
            counts["refused_wrong" if asked.gold else "refused_right"] += 1
        if asked.gold:
            ranked = index.paragraph_ids(index.rank(index.query(asked.question))[:_DEPTH])
            ranks.append(next((r for r, p in enumerate(ranked, 1) if p in asked.gold), None))
    found = [rank for rank in ranks if rank]
    with_gold = len(ranks) or 1
    times.sort()
    return Evaluation(
        questions=len(questions),
        recall_at_1=sum(rank <= 1 for rank in found) / with_gold,
        recall_at_5=sum(rank <= 5 for rank in found) / with_gold,
        mrr_at_10=sum(1 / rank for rank in found) / with_gold,
        p50_ms=times[len(times) // 2] if times else 0.0,
        p99_ms=times[len(times) * 99 // 100] if times else 0.0,
        **counts,
    )


def _read_question(line: str, path: Path, number: int) -> GoldQuestion:
    try:
        raw = json.loads(line)
        gold = frozenset((str(statement), int(paragraph)) for statement, paragraph in raw["gold"])
        question = raw["question"]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        question = None
    if not isinstance(question, str):
        raise QuestionsUnreadable(path, number, "this is not a question with its gold", _REPAIR)
    return GoldQuestion(question, gold)
