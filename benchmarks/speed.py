"""Prints how long a whole answer takes, and how fast an index is built, beside plain rank_bm25.

A whole answer is query, ranking, best sentence, refusal and quotes; rank_bm25's time is for its
scores and the ten best alone, over the same terms.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import statistics
import time

import numpy as np
from rank_bm25 import BM25Okapi

from benchmarks.texts import government_statements, questions_of, record_of
from index import Index
from index.text.language import language_of
from index.text.terms import Analyzer

SIZES = (2_000, 18_000, 100_000)
QUESTIONS = 400
#: Asked before the clock counts: the first misspelt word sorts the vocabulary, for instance.
WARMING = 5
PEER_QUESTIONS = 20


def main() -> None:
    """Measure at each size, ours and the peer's questions interleaved."""
    statements = government_statements()
    questions = questions_of("briefings_us_state") + questions_of("squadshifts_wiki")
    questions = questions[:: len(questions) // QUESTIONS][:QUESTIONS]
    print(f"whole answers to {len(questions)} questions, milliseconds", end=" ")
    print("(bars: p50 .25 at 2,000, 2 at 100,000; build 5,000 paragraphs a second)")
    for size in SIZES:
        record = record_of(statements, size)
        began = time.process_time()
        index = Index(record)
        built = time.process_time() - began
        analyzer = Analyzer(language_of("en"))
        texts = [p.text for _, p in record.paragraphs() if p.quotable]
        plain = BM25Okapi([analyzer.analyse(text).terms for text in texts], k1=0.8, b=0.75)
        for question in questions[:WARMING]:
            index.ask(question)
        ours: list[float] = []
        peers: list[float] = []
        for number, question in enumerate(questions):
            began = time.perf_counter()
            index.ask(question)
            ours.append((time.perf_counter() - began) * 1000)
            if number < PEER_QUESTIONS:
                began = time.perf_counter()
                scores = plain.get_scores(analyzer.subject(question).terms)
                np.argsort(scores)[::-1][:10]
                peers.append((time.perf_counter() - began) * 1000)
        ours.sort()
        p50, p99 = statistics.median(ours), ours[len(ours) * 99 // 100]
        peer = statistics.median(peers)
        print(
            f"  {len(texts):>6} paragraphs: p50 {p50:.3f}, p99 {p99:.3f}; plain rank_bm25's "
            f"ranking {peer:.2f} ({peer / p50:.0f} times as long); "
            f"index built at {len(texts) / built:,.0f} paragraphs a second"
        )


if __name__ == "__main__":
    main()
