"""Decides when a passage answers well enough to be given, and when to say that nothing does.

What a lexical index can tell is whether a question is about the record's subjects. It cannot tell
whether the fact asked for is there: no signal of words does (areas under the curve of .51 to .59
were measured). So an answer is a passage on the subject, never a proof.
"""

from __future__ import annotations

import math

import numpy as np

from index.postings.bm25 import Scores
from index.ranking.score import Missing, Part, Ranking

_SUPPORT = np.array([part.support for part in Part])
_PENALTIES = np.array([missing.penalty for missing in Missing])


def support(ranking: Ranking) -> Scores:
    """Return how strongly each passage supports a question, in nats.

    What speaks for it, less the idf of the question's terms that it lacks. A question about
    something else has words that this passage, or the whole record, does not have; that tells the
    two apart better than the score alone (area under the curve .972 against .918 on SQuAD, in the
    trials made before this code was written). A name that is lacking tells most.
    """
    return _SUPPORT @ ranking.parts - _PENALTIES @ ranking.missing_idf


def threshold(paragraphs: int) -> float:
    """Return the support below which nothing is answered, for a record of so many *paragraphs*.

    A question on another subject still shares words with some paragraph by chance, and the best of
    N chances grows with ln N; a word's idf, the unit of support, grows with ln N as well. So the
    bound is linear in ln N. It rises steeply while more paragraphs mean more subjects, and slowly
    once a record has most of the common words: two lines, and the lower one holds. Below some
    twenty paragraphs a third takes over, as even one paragraph shares a word with most questions.
    A record of two statements and one of a ministry's decade are judged by the same rule, with
    nothing to set.

    The numbers were fitted by eye to the support that some 93 to 95 % of the questions about other
    articles stay below, on records of 2 to 800 paragraphs of SQuADShifts New-Wiki, and of half of
    it among 1,000 to 18,000 paragraphs of government statements. On the SQuAD sample, whose
    articles have less to do with each other, fewer are answered. ``benchmarks/refusal.py`` prints
    how both fare.
    """
    if paragraphs < 1:
        return 0.0
    nats = math.log(paragraphs)
    return max(nats - 5.3, min(3.35 * nats - 12.45, 0.93 * nats + 3.6))
