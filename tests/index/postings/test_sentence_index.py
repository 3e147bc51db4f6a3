"""Best sentences and highlights: weights by hand, and a naive reading of all as the oracle."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_statements import statement
from reached import reached, reaches

from index.model.record import Record
from index.postings.bm25 import PostingsBM25
from index.postings.sentence_index import FOLLOWING, SAME_FORM, SentenceColumns, SentenceIndex
from index.postings.tokens import numbered, sorted_tokens
from index.question.query import Query
from index.ranking.ranker import SENTENCE
from index.ranking.score import Part
from index.search import Index
from index.text.language import language_of
from index.text.sentences import sentence_spans
from index.text.terms import Analyzer, Token

#: What is held here is held of the C and of NumPy.
pytestmark = pytest.mark.usefixtures("both_ways")

ENGLISH = Analyzer(language_of("en"))


def index_of(*texts: str, language: str = "en") -> Index:
    return Index(Record.of([statement("a", list(texts), language=language)]))


def best_weights(index: Index, question: str) -> dict[int, float]:
    """Return the weight of the best sentence of each paragraph that is ranked, by its number."""
    query = index.query(question)
    ranking = index.rank(query)
    weights = ranking.parts[Part.BEST_SENTENCE] / (SENTENCE * query.short)
    numbers = [number for _, number in index.paragraph_ids(ranking)]
    return dict(zip(numbers, weights.tolist(), strict=True))


def of_terms(query: Query) -> list[float]:
    """Return what each term weighs in a sentence."""
    weights: list[float] = (query.idf * query.boost).tolist()
    return weights


def naive_parts(sentence: list[Token], query: Query, forms: dict[str, str]) -> list[float]:
    """Return what makes up the weight of one sentence, as the docstring of ``weigh`` defines it."""
    terms = {token.term for token in sentence}
    as_asked = {token.term for token in sentence if token.form == forms.get(token.term)}
    beside = set(pairwise(token.term for token in sentence))
    weights = dict(zip(query.terms, of_terms(query), strict=True))
    parts = [weight for term, weight in weights.items() if term in terms]
    parts += [SAME_FORM * weight for term, weight in weights.items() if term in as_asked]
    pairs = [pair for pair in pairwise(query.terms) if pair in beside]
    return parts + [FOLLOWING * (weights[one] + weights[other]) / 2 for one, other in pairs]


def assert_weighs_as_naively(index: Index, question: str) -> int:
    """Hold what *index* makes of *question* to a naive reading; return how much was weighed."""
    query = index.query(question)
    weights = best_weights(index, question)
    forms: dict[str, str] = {}
    for token in ENGLISH.subject(question).tokens:
        forms.setdefault(token.term, token.form)
    assert set(query.terms) == set(forms)
    for one in index.explain(question, len(weights)).hits:
        text = one.hit.paragraph.text
        tokens = ENGLISH.analyse(text).tokens()
        spans = sentence_spans(text, "en")
        parts = [
            naive_parts([token for token in tokens if start <= token.start < stop], query, forms)
            for start, stop in spans
        ]
        sums = [sum(some) for some in parts]
        assert weights[one.hit.paragraph.number] == pytest.approx(max(sums), rel=1e-9)
        if query.verbatim is not None:
            continue  # the sentence that has all the words is shown
        chosen = spans.index(one.hit.sentence)
        assert sums[chosen] == pytest.approx(max(sums), rel=1e-9)
        assert parts[chosen] not in parts[:chosen], "of equals the first"
        asked = [token for token in tokens if token.term in query.terms]
        assert one.hit.highlights == tuple((token.start, token.stop) for token in asked)
    return len(weights)


OTHERS = ("Tea was served.", "Rice is scarce.", "Schools reopen in May.", "A ferry sails.")


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        # How often the weight of "karakoram" counts, and that of "highway"; a pair adds a quarter
        # of each.
        ("The highway over the Karakoram range.", (1.8, 1.8)),
        ("Highways over the Karakoram range.", (1.8, 1.0)),
        ("The Karakoram Highway is open.", (2.05, 2.05)),
        ("The Karakoram Highways are open.", (2.05, 1.25)),
        ("Karakoram Highway. Karakoram Highway.", (2.05, 2.05)),
        ("Highway. Karakoram!", (1.8, 0.0)),
        ("Highway Karakoram.", (1.8, 1.8)),
        ("Karakoram and the Highway.", (2.05, 2.05)),
        ("Karakoram Karakoram Highway Highway.", (2.05, 2.05)),
        ("Highways or a highway of the Karakoram.", (1.8, 1.8)),
    ],
)
def test_weights_worked_out_by_hand(text: str, shares: tuple[float, float]) -> None:
    """A word counts once, and 0.8 of it again in the form asked for; a pair keeps its order.

    A pair stands within a sentence, and small words do not part it.
    """
    assert (SAME_FORM, FOLLOWING) == (0.8, 0.5)
    index = index_of(text, "A highway by the sea.", *OTHERS)
    karakoram, highway = of_terms(index.query("karakoram highway"))
    weight = best_weights(index, "karakoram highway")[1]
    assert weight == pytest.approx(shares[0] * karakoram + shares[1] * highway, rel=1e-12)


def test_the_best_sentence_is_the_one_shown() -> None:
    index = index_of("Tea was served. The Karakoram Highway is open. Roads close.", *OTHERS)
    (hit,) = index.ask("karakoram highway").hits
    assert hit.key_sentence.text == "The Karakoram Highway is open."


def test_words_side_by_side_across_two_paragraphs_are_no_pair() -> None:
    index = index_of("Over the Karakoram", "Highway tolls", *OTHERS)
    karakoram, highway = of_terms(index.query("karakoram highway"))
    weights = best_weights(index, "karakoram highway")
    assert weights[1] == pytest.approx(1.8 * karakoram, rel=1e-12)
    assert weights[2] == pytest.approx(1.8 * highway, rel=1e-12)


def test_of_sentences_that_weigh_the_same_the_first_is_shown() -> None:
    index = index_of("Ferries are late. A port opened. A port closed.", *OTHERS)
    (hit,) = index.ask("port").hits
    assert hit.key_sentence.text == "A port opened."


@pytest.fixture(scope="module")
def real(state_department: Record) -> Index:
    texts = [paragraph.text for _, paragraph in state_department.paragraphs()]
    return index_of(*texts[:400])


@reaches(10)
@settings(max_examples=80)
@given(st.data())
def test_real_text_weighs_as_read_naively(real: Index, data: st.DataObject) -> None:
    """Questions of neighbouring and scattered words."""
    (filed,) = real.record.statements
    paragraph = data.draw(st.sampled_from(filed.paragraphs))
    tokens = ENGLISH.analyse(paragraph.text).tokens()
    # Lower-case words without hyphens, so that the question is read as nothing but words.
    words = [
        token.form
        for token in tokens
        if token.form.isalpha()
        and paragraph.text[token.start - 1 : token.stop + 1].strip("(“”,.;: ’") == token.form
    ]
    if len(words) < 2:
        return
    begin = data.draw(st.integers(0, len(words) - 2))
    scattered = data.draw(st.lists(st.sampled_from(words), max_size=3))
    question = " ".join([*words[begin : begin + 5], *scattered])
    query = real.query(question)
    if (
        query.expansions
        or query.interpretation.corrected
        or query.narrowing.speaker
        or query.narrowing.dates is not None
        or query.narrowing.preferred is not None
        or query.narrowing.order is not None
        or query.narrowing.spans
    ):
        return
    if ENGLISH.subject(question).dropped:
        return
    assert assert_weighs_as_naively(real, question) > 0
    reached()


WORDS = st.sampled_from(["Karakoram", "highway", "highways", "port", "tea", "the.", "rail.", "of"])


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=10).map(" ".join), min_size=1, max_size=6),
    st.permutations(["karakoram", "highway", "port", "rails"]),
)
def test_small_records_weigh_as_read_naively(texts: list[str], words: list[str]) -> None:
    assert_weighs_as_naively(index_of(*texts), " ".join(words))


def test_beside_a_paragraph_of_thousands_of_sentences_the_weights_are_the_same() -> None:
    """Where not all is weighed at once, to bound the memory."""
    texts = [f"Port {n} by the Karakoram highway. Highways of {n} ports." for n in range(30)]
    question = "karakoram highway port"
    long = index_of("Tea. " * 8000 + "Port.", *texts)
    assert assert_weighs_as_naively(long, question) == 30
    assert assert_weighs_as_naively(index_of("Tea. " * 80 + "Port.", *texts), question) == 30


def test_highlights_that_overlap_are_joined() -> None:
    index = index_of("公路已开放，公路。", "茶", language="zh")
    (hit,) = index.ask("公路 开放").hits
    text = hit.paragraph.text
    assert [text[start:stop] for start, stop in hit.highlights] == ["公路", "开放", "公路"]


def test_a_phrase_that_stands_for_a_word_is_highlighted_whole() -> None:
    record = Record.of(
        [statement("a", ["The Belt and Road grows.", *OTHERS])],
        synonyms=[("BRI", "Belt and Road")],
    )
    (hit,) = Index(record).ask("BRI").hits
    assert [hit.quote.text[start:stop] for start, stop in hit.highlights] == ["Belt and Road"]


def test_highlights_of_a_hit_do_not_depend_on_how_many_are_shown(real: Index) -> None:
    question = "security cooperation between allies"
    many = real.ask(question, 10).hits
    assert len(many) == 10
    for limit in (1, 2, 5):
        assert real.ask(question, limit).hits == many[:limit]


def test_every_form_on_record_is_counted_and_numbered() -> None:
    texts = ("Port, ports; PORT!", "Ports.")
    read = [ENGLISH.analyse(text) for text in texts]
    columns = SentenceColumns()
    for text, terms in zip(texts, read, strict=True):
        columns.add(terms, sentence_spans(text, "en"))
    tokens = numbered(terms.terms for terms in read)
    passages = SentenceIndex(PostingsBM25(sorted_tokens(tokens)), tokens, columns)
    assert passages.forms == {"port": 2, "ports": 2}
    assert passages.form("rail") == -1
    assert sorted(map(passages.form, passages.forms)) == [0, 1]
    assert passages.sentence_span(1) == (0, 6)
    assert passages.first_sentences(np.array([1, 0])).tolist() == [1, 0]


def test_an_empty_record_has_no_forms_and_no_sentences() -> None:
    index = Index(Record.of([]))
    ranking = index.rank(index.query("karakoram"))
    assert ranking.numbers.tolist() == ranking.sentences.tolist() == []
    assert np.array_equal(ranking.scores, np.zeros(0))
