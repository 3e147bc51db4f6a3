"""Decides whether a passage answers well enough to be given.

A lexical index can tell whether a question is about the record's subjects. It cannot tell whether
the fact that is asked for is there: no signal of words can (areas under the curve of .51 to .59
were measured). So an answer is a passage on the subject, never a proof.
"""

from __future__ import annotations

import math

import numpy as np

from index.postings.bm25 import Scores
from index.question.query import Query
from index.ranking.score import Missing, Part, Ranking

#: A question of up to this many terms is judged as a short one.
SHORT = 9
_SUPPORT = np.array([part.support for part in Part])
_PENALTIES = np.array([missing.penalty for missing in Missing])
_LONG_PENALTIES = np.array([missing.long_penalty for missing in Missing])


def support(ranking: Ranking, query: Query) -> Scores:
    """Return how strongly each passage supports *query*, in nats.

    It is the supporting share of the parts of its score, less the idf of the terms it lacks. A
    question on another subject has terms that this passage, or the whole record, lacks; so support
    separates the two better than the score alone (area under the curve .972 against .918 on SQuAD).
    In a short question, a missing name is the strongest sign.

    A long question says much that its answer leaves out: whom it is put to, what was in the papers,
    what it asks next. Of such a one, a lacking term counts a quarter as much, and a name no more
    than another word.
    """
    short = _shortness(query)
    penalties = _PENALTIES if short == 1 else short * _PENALTIES + (1 - short) * _LONG_PENALTIES
    return _SUPPORT @ ranking.parts - penalties @ ranking.missing_idf


def _shortness(query: Query) -> float:
    """Return how far *query* is judged as a short question: 1 up to ``SHORT`` terms, then less.

    A third of it is left at twelve terms, and a twentieth at nineteen. If it fell from six terms
    on, as what else is for short questions does, 8.5 % of the questions about other articles were
    answered in ``benchmarks.refusal``, and not 7.
    """
    return float(min(1.0, SHORT / max(1, len(query.terms))) ** 4)


def bound(query: Query, threshold: float) -> float:
    """Return the support above which a passage answers *query*, in nats.

    Of a short question it is the *threshold* of the record. A long one shares words with some
    paragraph by chance, the more the more it has: what n independent terms add by chance spreads
    with the square root of n, so the bound is the square root of the idf of all its terms. The size
    of the record no longer matters; a rule with ln N fitted no better.

    One sentence of a longer question was chosen among all of them, so it needs as much more as the
    whole would: the square root of the idf of all.

    Measured on 26 records of 20 to 6,000 paragraphs, in five languages, with questions of nine
    terms and more about them and about others: support by its bound separates the right passages
    from the best on another subject with an area under the curve of .943; the share of the
    question's idf that the passage has, with .938; support as of a short question, with .827. Of
    questions of more than forty terms, Chinese ones, it is .829, .802 and .659. A regression on
    fifteen signals is .005 better in English.
    """
    short, chance = _shortness(query), 0.0
    if short < 1 or query.idf_of_whole:
        chance = math.sqrt(float(query.idf.sum()))
    needed = short * threshold + (1 - short) * chance
    return needed + max(0.0, math.sqrt(query.idf_of_whole) - chance)


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
