"""Decides whether a passage answers well enough to be given.

A lexical index can tell whether a question is about the record's subjects. It cannot tell whether
the fact that is asked for is there: no signal of words can (areas under the curve of .51 to .59
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

    It is the supporting share of the parts of its score, less the idf of the terms it lacks. A
    question on another subject has terms that this passage, or the whole record, lacks; so support
    separates the two better than the score alone (area under the curve .972 against .918 on SQuAD).
    A missing name is the strongest sign.
    """
    return _SUPPORT @ ranking.parts - _PENALTIES @ ranking.missing_idf


def threshold(paragraphs: int) -> float:
    """Return the support above which a passage answers, for a record of this many *paragraphs*.

    A question on another subject still shares words with some paragraph by chance. The best of N
    chances grows with ln N, and so does the idf of a word, which is the unit of support: the
    threshold is linear in ln N. It rises steeply while more paragraphs bring more subjects, and
    slowly once a record has most of the common words: there are two lines, and the lower one
    applies. Below about twenty paragraphs a third line applies, as a single paragraph already
    shares a word with most questions. The same rule judges a record of two statements and one of a
    ministry's decade; there is nothing to configure.

    The numbers were fitted by eye: 93 to 95 % of the questions about other articles stay below the
    threshold, on records of 2 to 800 paragraphs of SQuADShifts New-Wiki, and of half of it among
    1,000 to 18,000 paragraphs of government statements. On the SQuAD sample, whose articles are
    less related, fewer are answered. ``benchmarks/refusal.py`` prints the figures of both.
    """
    if paragraphs < 1:
        return 0.0
    nats = math.log(paragraphs)
    return max(nats - 5.3, min(3.35 * nats - 12.45, 0.93 * nats + 3.6))
