"""Prints the ranking quality on real questions, beside plain rank_bm25 over lower-case words."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys

import regex
from rank_bm25 import BM25Okapi

from benchmarks.floors import FLOORS, Floor
from benchmarks.texts import present, questions_folder
from index import GoldQuestion, Index, Record, evaluate, load_set

#: The peer takes milliseconds a question; in a large set it is asked every eighth question.
PEER_EVERY = 8


def plain_recall_at_1(record: Record, questions: list[GoldQuestion]) -> float:
    """Return the share of *questions* whose gold plain rank_bm25 ranks first."""
    places = [(s.id, p.number) for s, p in record.paragraphs() if p.quotable]
    texts = [p.text for _, p in record.paragraphs() if p.quotable]
    words = regex.compile(r"\w+")
    plain = BM25Okapi([words.findall(text.lower()) for text in texts])
    first = 0
    for asked in questions:
        scores = plain.get_scores(words.findall(asked.question.lower()))
        first += places[int(scores.argmax())] in asked.gold
    return first / len(questions)


def main() -> None:
    """Evaluate each set that has a floor; names of other sets may be given."""
    floors = {floor.name: floor for floor in FLOORS}
    print("ranking quality: R@1 %, R@5 %, MRR@10, in brackets the floor; R@1 of plain rank_bm25")
    for name in filter(present, sys.argv[1:] or floors):
        record, questions = load_set(questions_folder(name))
        figures = evaluate(Index(record), questions)
        every = PEER_EVERY if len(questions) > 2000 else 1
        peer = plain_recall_at_1(record, questions[::every])
        floor = floors.get(name, Floor(name, len(questions), 0))
        print(
            f"  {name:<20} {figures.recall_at_1:7.2%} ({floor.recall_at_1:.1%})"
            f" {figures.recall_at_5:7.2%} ({floor.recall_at_5:.1%})"
            f" {figures.mrr_at_10:.4f} ({floor.mrr_at_10});"
            f" plain {peer:.1%}{' of every 8th question' if every > 1 else ''}",
            flush=True,
        )


if __name__ == "__main__":
    main()
