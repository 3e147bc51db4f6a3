"""Prints the ranking quality on real questions, beside plain rank_bm25 over lower-case words."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys

import regex
from rank_bm25 import BM25Okapi

from benchmarks.texts import SHARED, require_shared
from index import GoldQuestion, Index, Record, evaluate, load_set

SETS = ("squadshifts_wiki", "squad_train_sample")
#: The peer takes milliseconds a question; it is asked every so many.
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
    """Evaluate each set; names of other sets may be given."""
    require_shared()
    print("ranking quality (bars on squadshifts_wiki: R@1 82.5, MRR@10 .875)")
    for name in sys.argv[1:] or SETS:
        record, questions = load_set(SHARED / "questions" / name)
        figures = evaluate(Index(record), questions)
        peer = plain_recall_at_1(record, questions[::PEER_EVERY])
        print(
            f"  {name:<20} R@1 {figures.recall_at_1 * 100:.2f}, R@5 {figures.recall_at_5 * 100:.2f}"
            f", MRR@10 {figures.mrr_at_10:.4f}; plain rank_bm25 R@1 {peer * 100:.1f} "
            f"(of every {PEER_EVERY}th question); p50 {figures.p50_ms:.2f} ms"
        )


if __name__ == "__main__":
    main()
