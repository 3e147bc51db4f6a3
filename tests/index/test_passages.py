"""Best sentences: two weights by hand, a naive reading of every sentence as the oracle."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language import language_of
from index.passages import Passage, Passages
from index.record import Record
from index.sentences import sentence_spans
from index.terms import Analyzer, Token

ENGLISH = Analyzer(language_of("en"))


def passage_of(text: str) -> Passage:
    return Passage(ENGLISH.analyse(text), sentence_spans(text, "en"))


def sentences_of(passage: Passage) -> list[list[Token]]:
    """Return the tokens of each sentence of *passage*."""
    return [
        [token for token in passage.terms.tokens() if start <= token.start < stop]
        for start, stop in passage.sentences
    ]


def naive_weights(
    sentence: Sequence[Token], query: Sequence[str], idf: Sequence[float]
) -> list[float]:
    """Return what makes up the weight of one sentence, as the docstring of ``weigh`` defines it."""
    terms = [token.term for token in sentence]
    beside = set(pairwise(terms))
    words = [one for term, one in zip(query, idf, strict=True) if term in terms]
    both = zip(pairwise(query), pairwise(idf), strict=True)
    return words + [(first + second) / 2 for pair, (first, second) in both if pair in beside]


def assert_weighs_as_naively(
    passages: Sequence[Passage], numbers: list[int], query: list[str], idf: list[float]
) -> None:
    evidence = Passages(passages).weigh(np.array(numbers, dtype=np.int64), query, np.array(idf))
    first = np.cumsum([0, *(len(passage.sentences) for passage in passages)]).tolist()
    assert evidence.has.shape == (len(numbers), len(query))
    for row, number in enumerate(numbers):
        passage = passages[number]
        parts = [naive_weights(sentence, query, idf) for sentence in sentences_of(passage)]
        weights = [sum(one) for one in parts]
        assert evidence.best[row] == pytest.approx(max(weights), rel=1e-12)
        chosen = int(evidence.sentence[row]) - first[number]
        assert 0 <= chosen < len(weights)
        assert weights[chosen] == pytest.approx(max(weights), rel=1e-12)
        assert parts[chosen] not in parts[:chosen], "of equals the first"
        assert evidence.has[row].tolist() == [term in passage.terms.terms for term in query]


@pytest.fixture(scope="module")
def real_passages(state_department: Record) -> list[Passage]:
    texts = [paragraph.text for _, paragraph in state_department.paragraphs()][:400]
    return [passage_of(text) for text in texts]


def test_a_sentence_with_two_words_apart_weighs_their_idf() -> None:
    passages = Passages([passage_of("The highway over the Karakoram range.")])
    query, idf = ["karakoram", "highway"], np.array([2.0, 3.0])
    evidence = passages.weigh(np.array([0]), query, idf)
    assert evidence.best.tolist() == [2.0 + 3.0]


def test_a_sentence_with_two_words_side_by_side_weighs_their_mean_once_more() -> None:
    passages = Passages([passage_of("Tea was served. The Karakoram Highway is open.")])
    query, idf = ["karakoram", "highway"], np.array([2.0, 3.0])
    evidence = passages.weigh(np.array([0]), query, idf)
    assert evidence.best.tolist() == [2.0 + 3.0 + (2.0 + 3.0) / 2]
    assert evidence.sentence.tolist() == [1]
    assert passages.sentence_span(1) == (16, 46)


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Karakoram Highway. Karakoram Highway.", 7.5),
        ("Karakoram. Highway.", 3.0),
        ("Highway Karakoram.", 5.0),
        ("Karakoram and the Highway.", 7.5),
        ("Karakoram Karakoram Highway Highway.", 7.5),
        ("Tea.", 0.0),
    ],
)
def test_weights_drawn_as_texts(text: str, weight: float) -> None:
    """A word counts once; a pair keeps its order and its sentence; stop words do not part it."""
    passages = Passages([passage_of(text)])
    evidence = passages.weigh(np.array([0]), ["karakoram", "highway"], np.array([2.0, 3.0]))
    assert evidence.best.tolist() == [weight]


def test_words_side_by_side_across_two_paragraphs_are_no_pair() -> None:
    passages = Passages([passage_of("Over the Karakoram"), passage_of("Highway tolls")])
    evidence = passages.weigh(np.array([0, 1]), ["karakoram", "highway"], np.array([2.0, 3.0]))
    assert evidence.best.tolist() == [2.0, 3.0]


def test_without_paragraphs_or_without_a_query_there_is_nothing_to_weigh() -> None:
    none, some = np.zeros(0, dtype=np.int64), np.array([0])
    full = Passages([passage_of("Over the Karakoram")])
    assert Passages([]).weigh(none, ["tea"], np.array([1.0])).has.shape == (0, 1)
    assert full.weigh(none, ["tea"], np.array([1.0])).best.tolist() == []
    assert full.weigh(some, [], np.zeros(0)).best.tolist() == [0.0]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_real_text_weighs_as_read_naively(
    real_passages: list[Passage], data: st.DataObject
) -> None:
    """Any candidates in any order; queries of neighbouring, scattered and unknown terms."""
    size = len(real_passages)
    numbers = data.draw(st.lists(st.integers(0, size - 1), unique=True, max_size=8))
    source = real_passages[data.draw(st.integers(0, size - 1))].terms.terms or ["tea"]
    begin = data.draw(st.integers(0, len(source) - 1))
    scattered = data.draw(st.lists(st.sampled_from(source), max_size=4))
    query = list(dict.fromkeys([*source[begin : begin + 5], "zzyzx", *scattered]))
    idf = data.draw(st.lists(st.floats(0.01, 12), min_size=len(query), max_size=len(query)))
    few = sorted({*numbers, *(n for n in range(size) if source is real_passages[n].terms.terms)})
    order = data.draw(st.permutations(few))
    # The record is cut to some 50 paragraphs, for speed; the candidates are renumbered in it.
    kept = sorted({*few, *range(0, size, 8)})
    chosen = [real_passages[n] for n in kept]
    assert_weighs_as_naively(chosen, [kept.index(n) for n in order], query, idf)


WORDS = st.sampled_from(["Karakoram", "highway", "port", "tea", "the.", "rail.", "of"])


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=10).map(" ".join), min_size=1, max_size=5),
    st.permutations(["karakoram", "highway", "port", "rail"]),
    st.randoms(use_true_random=False),
)
def test_small_records_weigh_as_read_naively(
    texts: list[str], query: list[str], order: Random
) -> None:
    passages = [passage_of(text) for text in texts]
    numbers = list(range(len(passages)))
    order.shuffle(numbers)
    assert_weighs_as_naively(passages, numbers, query, [1.0, 2.5, 4.0, 0.25])


def test_highlights_are_the_words_searched_for(real_passages: list[Passage]) -> None:
    """Oracle: every token of the paragraph that is a term of the query, in order."""
    passages = Passages(real_passages)
    found = 0
    for number, passage in enumerate(real_passages):
        query = [*passage.terms.terms[:2], *passage.terms.terms[-1:], "zzyzx"]
        naive = [(t.start, t.stop) for t in passage.terms.tokens() if t.term in query]
        assert passages.highlights(np.array([number]), [*query, *query]) == [naive]
        found += len(naive)
    assert found > len(real_passages)


def test_highlights_of_several_paragraphs_keep_their_order(real_passages: list[Passage]) -> None:
    passages = Passages(real_passages)
    query = [term for passage in real_passages[:5] for term in passage.terms.terms[:2]]
    apart = [passages.highlights(np.array([number]), query)[0] for number in (9, 2, 4)]
    assert passages.highlights(np.array([9, 2, 4]), query) == apart


def test_highlights_that_overlap_are_joined() -> None:
    text = "公路已开放，公路。"
    passage = Passage(Analyzer(language_of("zh")).analyse(text), sentence_spans(text, "zh"))
    passages = Passages([passage])
    places = passages.highlights(np.array([0]), ["公路", "路已", "开放"])
    assert places == [[(0, 3), (3, 5), (6, 8)]]


def test_nothing_is_highlighted_in_an_empty_record_or_for_an_unknown_word() -> None:
    assert Passages([passage_of("Over the Karakoram")]).highlights(np.array([0]), ["tea"]) == [[]]
