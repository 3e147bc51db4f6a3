"""The ranking: a score by hand, rank_bm25 as the oracle to the last bit, and a full sort."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi
from reached import reached, reaches

from index.model.record import Record
from index.postings.bm25 import PostingsBM25, idf
from index.text.language import language_of
from index.text.terms import Analyzer

Corpus = Sequence[Sequence[str]]

# Few words, so that terms repeat, stand in half of all paragraphs or in all, and scores tie.
WORDS = st.sampled_from(["port", "road", "rail", "tea", "pass"])
CORPORA = st.lists(st.lists(WORDS, max_size=6), max_size=9)
QUERIES = st.lists(st.one_of(WORDS, st.just("unknown")), max_size=6)


def oracle_can_do(corpus: Corpus) -> bool:
    """Tell whether rank_bm25 takes *corpus*: it divides by the number of terms."""
    return any(corpus)


def sorted_in_full(
    corpus: Corpus, index: PostingsBM25, query: Sequence[str], k: int
) -> list[tuple[int, float]]:
    """Return the k best matching paragraphs the slow way."""
    scores = index.get_scores(query).tolist()
    matching = [number for number, terms in enumerate(corpus) if set(terms) & set(query)]
    best = sorted(matching, key=lambda number: (-scores[number], number))[:k]
    return [(number, scores[number]) for number in best]


def top(index: PostingsBM25, query: Sequence[str], k: int) -> list[tuple[int, float]]:
    numbers, scores = index.top(query, k)
    return list(zip(numbers.tolist(), scores.tolist(), strict=True))


@pytest.fixture(scope="module")
def real_corpus(state_department: Record) -> list[list[str]]:
    analyzer = Analyzer(language_of("en"))
    texts = [paragraph.text for _, paragraph in state_department.paragraphs()][:600]
    return [analyzer.analyse(text).terms for text in texts]


def real_queries(corpus: Corpus) -> list[list[str]]:
    """Return queries cut from the corpus itself, some with repeated and some with unknown terms."""
    queries = [list(terms[:6]) for terms in corpus[::7] if terms]
    repeated = [[*query, query[0], query[0]] for query in queries[::3]]
    unknown = [["zzyzx", *query, "qwghlm"] for query in queries[::4]]
    return [*queries, *repeated, *unknown, ["zzyzx"], []]


def test_a_score_worked_out_by_hand() -> None:
    """Three paragraphs of 2, 3 and 1 terms; "road" stands twice, in the second alone."""
    index = PostingsBM25([["port", "rail"], ["port", "road", "road"], ["tea"]], k1=1.5, b=0.75)
    idf = math.log(3 - 1 + 0.5) - math.log(1 + 0.5)
    avgdl = (2 + 3 + 1) / 3
    expected = idf * (2 * (1.5 + 1)) / (2 + 1.5 * (1 - 0.75 + 0.75 * 3 / avgdl))
    assert avgdl == 2
    assert expected == pytest.approx(0.5108256 * 5 / 4.0625, rel=1e-6)
    assert index.get_scores(["road"]) == pytest.approx([0, expected, 0], rel=1e-15)


def test_scores_are_those_of_rank_bm25_to_the_last_bit(real_corpus: Corpus) -> None:
    """Real paragraphs, and queries with repeated and unknown terms: equal, not nearly equal."""
    index, oracle = PostingsBM25(real_corpus), BM25Okapi(real_corpus)
    queries = real_queries(real_corpus)
    assert len(real_corpus) == 600
    assert len(queries) > 100
    for query in queries:
        assert (index.get_scores(query) == oracle.get_scores(query)).all(), query


@pytest.mark.parametrize(("k1", "b"), [(0.8, 0.75), (1.2, 0.0), (2.0, 1.0)])
def test_scores_are_those_of_rank_bm25_with_other_parameters(
    real_corpus: Corpus, k1: float, b: float
) -> None:
    index, oracle = PostingsBM25(real_corpus, k1, b), BM25Okapi(real_corpus, k1=k1, b=b)
    for query in real_queries(real_corpus)[::5]:
        assert (index.get_scores(query) == oracle.get_scores(query)).all(), query


@pytest.mark.parametrize("size", [1, 2])
def test_scores_of_one_and_of_two_real_paragraphs(real_corpus: Corpus, size: int) -> None:
    """In so small a record rank_bm25's idf is zero or negative; the scores are so, too."""
    corpus = [terms for terms in real_corpus if len(terms) > 20][:size]
    index, oracle = PostingsBM25(corpus), BM25Okapi(corpus)
    for query in [*(terms[:8] for terms in corpus), [corpus[0][0], corpus[-1][0]]]:
        assert (index.get_scores(query) == oracle.get_scores(query)).all()
    assert index.get_scores(corpus[0]).min() <= 0


@pytest.mark.parametrize("corpus", [[], [[]], [[], []]])
def test_a_record_without_words_is_searched_and_nothing_is_found(corpus: Corpus) -> None:
    """rank_bm25 divides by zero here."""
    index = PostingsBM25(corpus)
    assert index.get_scores(["port"]).tolist() == [0.0] * len(corpus)
    assert top(index, ["port"], 5) == []
    assert index.df("port") == 0
    with pytest.raises(ZeroDivisionError):
        BM25Okapi(corpus)


@given(CORPORA.filter(oracle_can_do), QUERIES)
def test_scores_of_any_corpus_are_those_of_rank_bm25(corpus: Corpus, query: list[str]) -> None:
    index, oracle = PostingsBM25(corpus), BM25Okapi(corpus)
    assert index.get_scores(query).tolist() == oracle.get_scores(query).tolist()
    some = list(range(0, len(corpus), 2))
    assert index.get_batch_scores(query, some) == oracle.get_batch_scores(query, some)
    assert index.idf == oracle.idf
    assert index.average_idf == oracle.average_idf


@given(CORPORA, QUERIES, st.integers(0, 12))
def test_the_top_is_that_of_a_full_sort(corpus: Corpus, query: list[str], k: int) -> None:
    index = PostingsBM25(corpus)
    assert top(index, query, k) == sorted_in_full(corpus, index, query, k)


def test_the_top_of_real_text_is_that_of_a_full_sort(real_corpus: Corpus) -> None:
    index = PostingsBM25(real_corpus)
    for number, query in enumerate(real_queries(real_corpus)):
        k = (1, 2, 5, 10, 50, 599, 600, 10_000)[number % 8]
        assert top(index, query, k) == sorted_in_full(real_corpus, index, query, k), (query, k)


def test_of_equal_scores_the_earlier_paragraph_comes_first() -> None:
    corpus = [["tea"], ["port", "a"], ["port", "b"], ["tea"], ["port", "c"], ["d"], ["e"]]
    found = top(PostingsBM25(corpus), ["port"], 2)
    assert [number for number, _ in found] == [1, 2]
    assert found[0][1] == found[1][1] > 0


def test_a_term_in_half_of_all_paragraphs_scores_zero_and_is_found_all_the_same() -> None:
    assert top(PostingsBM25([["port", "a"], ["b", "c"]]), ["port"], 5) == [(0, 0.0)]


def test_a_term_in_every_paragraph_scores_below_zero_and_is_found_all_the_same() -> None:
    found = top(PostingsBM25([["port"], ["port", "port"]]), ["port"], 5)
    assert [number for number, _ in found] == [0, 1]
    assert 0 > found[0][1] > found[1][1]


def test_df_counts_paragraphs_not_occurrences() -> None:
    index = PostingsBM25([["port", "port"], ["port"], []])
    assert (index.df("port"), index.df("tea")) == (2, 0)


def test_scores_are_float64_one_for_each_paragraph() -> None:
    scores = PostingsBM25([["port"], [], ["tea"]]).get_scores([])
    assert (scores.dtype, scores.shape) == (np.float64, (3,))


def test_idf_worked_out_by_hand() -> None:
    """Of 10 paragraphs 2 have the term: ln(1 + 8.5 / 2.5) = ln 4.4."""
    assert idf(10, 2) == pytest.approx(1.4816045, rel=1e-7)
    assert idf(10, 2) == math.log(1 + (10 - 2 + 0.5) / (2 + 0.5))


@pytest.mark.parametrize("paragraphs", [0, 1, 2, 37, 1_000_000])
def test_idf_is_positive_and_falls_as_a_term_grows_commoner(paragraphs: int) -> None:
    values = [idf(paragraphs, df) for df in range(min(paragraphs, 50) + 1)]
    assert all(math.isfinite(value) and value > 0 for value in values)
    assert all(rarer > commoner for rarer, commoner in pairwise(values))
    assert idf(paragraphs, paragraphs) > 0


PHRASES = st.lists(st.lists(WORDS, min_size=2, max_size=3).map(tuple), max_size=4, unique=True)


def occurrences(terms: Sequence[str], phrase: tuple[str, ...]) -> int:
    """Return how often *phrase* stands in *terms*, counted the slow way."""
    return sum(tuple(terms[at : at + len(phrase)]) == phrase for at in range(len(terms)))


def test_a_phrase_is_found_where_its_terms_stand_in_a_row() -> None:
    corpus = [["port", "road"], ["road", "port"], ["port"], ["road"], ["port", "tea", "road"]]
    index = PostingsBM25(corpus)
    assert index.having(("port", "road")).tolist() == [0]
    assert index.having(("port",)).tolist() == [0, 1, 2, 4]
    assert index.having(("port", "unknown")).tolist() == []
    assert index.having(()).tolist() == []
    assert index.having_term("port").tolist() == [0, 1, 2, 4]
    assert index.having_term("unknown").tolist() == []


@reaches(1)
@given(CORPORA, st.lists(st.one_of(WORDS, st.just("unknown")), max_size=4).map(tuple))
def test_a_phrase_is_found_as_by_reading_every_paragraph(
    corpus: Corpus, phrase: tuple[str, ...]
) -> None:
    """It never begins in one paragraph and ends in the next."""
    naive = [n for n, terms in enumerate(corpus) if phrase and occurrences(terms, phrase)]
    if naive:
        reached()
    assert PostingsBM25(corpus).having(phrase).tolist() == naive


@given(CORPORA.filter(oracle_can_do), PHRASES, QUERIES)
def test_phrases_that_are_added_change_no_words_weight(
    corpus: Corpus, phrases: list[tuple[str, ...]], query: list[str]
) -> None:
    """rank_bm25 still gives the same scores, to the last bit."""
    index, oracle = PostingsBM25(corpus), BM25Okapi(corpus)
    index.extend(phrases)
    assert index.get_scores(query).tolist() == oracle.get_scores(query).tolist()
    assert index.average_idf == oracle.average_idf
    assert top(index, query, 3) == sorted_in_full(corpus, index, query, 3)
    assert all(index.df(one) == sum(one in terms for terms in corpus) for one in query)


@reaches(2)
@given(CORPORA.filter(oracle_can_do), PHRASES)
def test_a_phrase_that_is_added_is_weighed_as_a_word_in_its_place(
    corpus: Corpus, phrases: list[tuple[str, ...]]
) -> None:
    """Its formula written out: paragraphs that have it, how often, and lengths in single words."""
    index = PostingsBM25(corpus)
    index.extend(phrases)
    avgdl = sum(map(len, corpus)) / len(corpus)
    for phrase in phrases:
        tf = [occurrences(terms, phrase) for terms in corpus]
        df = sum(map(bool, tf))
        if df:
            reached()
        assert index.df(phrase) == df
        own = math.log(len(corpus) - df + 0.5) - math.log(df + 0.5)
        weight = own if own >= 0 else 0.25 * index.average_idf
        expected = [
            weight * times * 2.5 / (times + 1.5 * (0.25 + 0.75 * len(terms) / avgdl))
            for times, terms in zip(tf, corpus, strict=True)
        ]
        assert index.get_scores([phrase]).tolist() == pytest.approx(expected, rel=1e-12)


def test_a_phrase_is_added_once_and_one_that_stands_nowhere_not_at_all() -> None:
    index = PostingsBM25([["port", "road"], ["tea"], ["rail"]])
    index.extend([("port", "road"), ("road", "port")])
    before = index.get_scores([("port", "road")]).tolist()
    index.extend([("port", "road"), ("tea", "rail")])
    assert index.get_scores([("port", "road")]).tolist() == before
    assert index.postings(("road", "port")) is None
    assert index.postings(("tea", "rail")) is None


@reaches(10)
@given(CORPORA, QUERIES, st.integers(1, 9), st.data())
def test_the_best_of_those_left_are_those_of_a_full_sort(
    corpus: Corpus, query: list[str], k: int, data: st.DataObject
) -> None:
    index = PostingsBM25(corpus)
    marks = st.lists(st.booleans(), min_size=len(corpus), max_size=len(corpus))
    left = np.array(data.draw(marks), dtype=bool)
    found = [one for one in map(index.postings, query) if one]
    if not found:
        return
    scores = index.get_scores(query)
    best = index.best(scores, found, k, left).tolist()
    everywhere = sorted_in_full(corpus, index, query, len(corpus))
    if best:
        reached()
    assert best == [number for number, _ in everywhere if left[number]][:k]
