"""Prints the ranking quality on real questions, beside plain rank_bm25 over lower-case words."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys

import regex
from rank_bm25 import BM25Okapi

from benchmarks.texts import SHARED, require_shared
from index import GoldQuestion, Index, Record, evaluate, load_set

#: The sets, with the least R@1, R@5 and MRR@10 that we mean to keep; 0 is no bound.
FLOORS = {
    "squadshifts_wiki": (83.5, 0, 0.883),
    "squad_train_sample": (77.5, 0, 0.840),
    "xquad_es": (94.0, 0, 0),
    "xquad_hi": (91.5, 0, 0),
    "cmrc_trial_zh": (98.0, 0, 0),
    "briefings_uk_written": (61.0, 80, 0),
    "briefings_cn_mfa": (47.0, 70, 0),
    "briefings_us_state": (22.0, 42, 0),
    "briefings_au_pm": (29.0, 54, 0),
}
#: The peer takes milliseconds a question; in a large set it is asked every so many.
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
    print("ranking quality: R@1 %, R@5 %, MRR@10, in brackets the bar; R@1 of plain rank_bm25")
    for name in sys.argv[1:] or FLOORS:
        record, questions = load_set(SHARED / "questions" / name)
        figures = evaluate(Index(record), questions)
        every = PEER_EVERY if len(questions) > 2000 else 1
        peer = plain_recall_at_1(record, questions[::every])
        first, fifth, reciprocal = FLOORS.get(name, (0, 0, 0))
        print(
            f"  {name:<20} {figures.recall_at_1 * 100:6.2f} ({first})"
            f" {figures.recall_at_5 * 100:6.2f} ({fifth}) {figures.mrr_at_10:.4f} ({reciprocal});"
            f" plain {peer * 100:.1f}{' of every 8th question' if every > 1 else ''}",
            flush=True,
        )


if __name__ == "__main__":
    main()
