"""Decides when a passage answers well enough to be given, and when to say that nothing does.

What a lexical index can tell is whether a question is about the record's subjects. It cannot tell
whether the fact asked for is there: no signal of words does (areas under the curve of .51 to .59
were measured). So an answer is a passage on the subject, never a proof.
"""

from __future__ import annotations

import math

from index.bm25 import Scores


def idf(paragraphs: int, df: int) -> float:
    """Return how much a term tells that *df* of so many *paragraphs* have, in nats; never negative.

    Lucene's form of the BM25 idf, ``ln(1 + (N - df + 0.5) / (df + 0.5))``. It is used for
    sentences and for refusing, where rank_bm25's, negative for a common term, would say that
    having a word is worse than lacking it.
    """
    return math.log(1 + (paragraphs - df + 0.5) / (df + 0.5))


def support(score: Scores, missing: Scores) -> Scores:
    """Return how strongly each passage supports a question, in nats.

    Its *score*, less the idf of the question's terms that it lacks (*missing*). A question about
    something else has words that this passage, or the whole record, does not have; that tells the
    two apart better than the score alone (area under the curve .972 against .918 on SQuAD, in the
    trials made before this code was written).
    """
    return score - missing


def threshold(paragraphs: int) -> float:
    """Return the support below which nothing is answered, for a record of so many *paragraphs*.

    A question on another subject still shares words with some paragraph by chance, and the best of
    N chances grows with ln N; a word's idf, the unit of support, grows with ln N as well. So the
    bound is linear in ln N. It rises steeply while more paragraphs mean more subjects, and slowly
    once a record has most of the common words: two lines, and the lower one holds. Below some
    twenty paragraphs a third takes over, as even one paragraph shares a word with most questions.
    A record of two statements and one of a ministry's decade are judged by the same rule, with
    nothing to set.

    The numbers were fitted by eye to the support that some 95 % of off-topic questions stay below:
    records of 1, 2, 6, 12 and 24 of the 48 articles of SQuADShifts New-Wiki (31 to 800 paragraphs),
    and of 1 to 20 paragraphs, asked about the articles left out; and such records among 1,000 to
    18,000 paragraphs of government statements. ``benchmarks/refusal.py`` prints how they fare.
    """
    if paragraphs < 1:
        return 0.0
    nats = math.log(paragraphs)
    return max(nats - 5.8, min(3.9 * nats - 14.9, nats + 4.7))
