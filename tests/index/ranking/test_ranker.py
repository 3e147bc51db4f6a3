"""The score: its parts by hand, their sum, the order; and what is preferred, not filtered."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_statements import statement
from rank_bm25 import BM25Okapi

from index.building import K1, B
from index.model.record import Record
from index.model.statement import Speaker
from index.ranking.ranker import CANDIDATES, PREFERENCE, TITLE
from index.ranking.score import Missing, Part, Ranking
from index.search import Index
from index.text.language import language_of
from index.text.terms import Analyzer

#: What is held here is held of the C and of NumPy.
pytestmark = pytest.mark.usefixtures("both_ways")

ENGLISH = Analyzer(language_of("en"))
LIN = Speaker("Lin Wei", "Ambassador")
OTHERS = ["Tea was served.", "Rice is scarce.", "Schools reopen in May.", "A ferry sails."]


def index_of(*texts: str, **known: object) -> Index:
    return Index(Record.of([statement("a", [*texts], **known), statement("others", OTHERS, day=9)]))


def rows(index: Index, question: str, today: datetime.date | None = None) -> Ranking:
    return index.rank(index.query(question, today))


def assert_in_order(index: Index, ranking: Ranking) -> None:
    """Hold a ranking to its order: by score, of equals the newer, no paragraph twice."""
    scores, numbers = ranking.scores.tolist(), ranking.numbers.tolist()
    assert ranking.parts.shape == (len(Part), len(numbers))
    assert ranking.missing_idf.shape == (len(Missing), len(numbers))
    assert scores == pytest.approx([sum(column) for column in ranking.parts.T.tolist()])
    order = sorted(range(len(numbers)), key=lambda row: (-scores[row], numbers[row]))
    assert order == list(range(len(numbers)))
    assert len(set(numbers)) == len(numbers)
    assert len(index.paragraph_ids(ranking)) == len(numbers)


def test_the_bm25_part_is_rank_bm25s_score_with_each_term_boosted() -> None:
    texts = ["The port road is open.", "A port.", "Road works on the long road to the hills."]
    index = index_of(*texts)
    # The others are a newer statement, and stand first.
    oracle = BM25Okapi([ENGLISH.analyse(text).terms for text in [*OTHERS, *texts]], k1=K1, b=B)
    query = index.query("the port road")
    ranking = index.rank(query)
    scores = sum(
        boost * oracle.get_scores([term])
        for term, boost in zip(query.terms, query.boost.tolist(), strict=True)
    )
    assert ranking.parts[Part.BM25].tolist() == pytest.approx(scores[ranking.numbers], rel=1e-12)


def test_what_is_lacking_worked_out_by_hand() -> None:
    """The idf of the words that are not there, and of the names among them."""
    index = index_of("The port road is open.", "The port.", "A road.")
    query = index.query("a port, a road, Karachi")
    port, road, karachi = query.idf.tolist()
    ranking = index.rank(query)
    lacking = dict(zip(index.paragraph_ids(ranking), ranking.missing_idf.T.tolist(), strict=True))
    assert lacking["a", 1] == pytest.approx([karachi, karachi])
    assert lacking["a", 2] == pytest.approx([road + karachi, karachi])
    assert lacking["a", 3] == pytest.approx([port + karachi, karachi])
    assert ranking.missing.tolist() == ranking.missing_idf[Missing.TERMS].tolist()


def test_the_title_part_worked_out_by_hand() -> None:
    index = index_of("The port is open.", title="Remarks on saffron and the port")
    query = index.query("port saffron")
    ranking = index.rank(query)
    weight = query.idf[1] * query.boost[1]
    assert ranking.parts[Part.TITLE].tolist() == pytest.approx([TITLE * weight], rel=1e-12)


def test_the_preference_part_worked_out_by_hand() -> None:
    """A share of what BM25 and the best sentence give; nothing for the others."""
    index = Index(
        Record.of(
            [
                statement("envoy", ["The port is open."], speakers=(LIN,)),
                statement("minister", ["The port is shut."]),
                statement("others", OTHERS),
            ]
        )
    )
    long = "What did the ambassador say about the port" + ", of it and of it and of it" * 4
    ranking = rows(index, long)
    assert index.paragraph_ids(ranking) == [("envoy", 1), ("minister", 1)]
    base = ranking.parts[Part.BM25] + ranking.parts[Part.BEST_SENTENCE]
    assert ranking.parts[Part.PREFERENCE].tolist() == pytest.approx([PREFERENCE * base[0], 0.0])


def test_what_is_preferred_is_found_behind_many_that_score_better() -> None:
    """Though it would not be among the candidates by its words alone."""
    many = statement("many", [f"Port {n}." for n in range(CANDIDATES + 10)], day=9)
    long = "Of many things " + "that nobody will remember " * 12 + "one was the port."
    index = Index(Record.of([many, statement("envoy", [long], speakers=(LIN,))]))
    assert ("envoy", 1) not in index.paragraph_ids(rows(index, "port"))
    assert ("envoy", 1) in index.paragraph_ids(
        rows(index, "What did the ambassador say of the port?")
    )


def test_of_equals_the_newer_comes_first() -> None:
    made = [statement(f"s{day}", ["The port is open."], day=day) for day in (3, 9, 6)]
    index = Index(Record.of([*made, statement("others", OTHERS)]))
    ranking = rows(index, "port")
    assert index.paragraph_ids(ranking) == [("s9", 1), ("s6", 1), ("s3", 1)]
    assert len(set(ranking.scores.tolist())) == 1


def test_the_number_of_candidates_is_bounded() -> None:
    index = index_of(*(f"Port {n}." for n in range(CANDIDATES * 2)))
    assert len(rows(index, "port").numbers) == CANDIDATES


def test_some_rows_of_a_ranking_are_a_ranking_of_them() -> None:
    index = index_of("The port road.", "The port.", "A road; a port.")
    ranking = rows(index, "port road")
    for some in (slice(1, 3), np.array([2, 0])):
        picked = ranking[some]
        assert picked.numbers.tolist() == ranking.numbers[some].tolist()
        assert picked.scores.tolist() == ranking.scores[some].tolist()
        assert picked.missing.tolist() == ranking.missing[some].tolist()
        for part in Part:
            assert picked.parts[part].tolist() == ranking.parts[part][some].tolist()


@pytest.mark.parametrize("question", ["", "the", "zzyzx", "?"])
def test_a_query_without_a_word_on_record_ranks_nothing(question: str) -> None:
    ranking = rows(index_of("The port."), question)
    assert_in_order(index_of("The port."), ranking)
    assert ranking.numbers.tolist() == []


WORDS = ["port", "ports", "road", "Karachi", "iron-clad", "ironclad", "tea", "of", "the.", "OLT"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
QUESTIONS = st.lists(
    st.sampled_from([*WORDS, "What did the ambassador say about", "in February 2025", "?"]),
    max_size=6,
).map(" ".join)


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=4), QUESTIONS)
def test_any_ranking_is_in_order_and_its_parts_sum_to_the_score(
    texts: list[list[str]], question: str
) -> None:
    made = [
        statement(f"s{n}", some, day=2, title=some[0], speakers=(LIN,))
        if n % 2
        else statement(f"s{n}", some, title=some[-1])
        for n, some in enumerate(texts)
    ]
    index = Index(Record.of(made))
    assert_in_order(index, rows(index, question, datetime.date(2025, 3, 1)))


def test_real_rankings_are_in_order(state_department: Record) -> None:
    index = Index(Record.of(state_department.statements[:150]))
    for made in state_department.statements[:100]:
        ranking = rows(index, made.title)
        assert_in_order(index, ranking)
        assert len(ranking.numbers) > 0


def test_a_paragraph_that_only_repeats_the_word_asked_for_goes_last(make_statement) -> None:
    """A bare "Iran?" says nothing of Iran, though nothing is denser."""
    index = Index(
        Record.of([make_statement("Iran?", "The talks with Iran go on in Vienna.", "Tea grows.")])
    )
    ranking = index.rank(index.query("What of Iran?"))
    assert [number for _, number in index.paragraph_ids(ranking)] == [2, 1]
    assert (
        ranking.parts[Part.EMPTINESS].tolist()[0] == 0.0 > ranking.parts[Part.EMPTINESS].tolist()[1]
    )


@pytest.mark.parametrize(
    ("language", "heading", "passage", "question"),
    [
        ("en", "Lake levels: our plan", "Levels of the lake flood farms.", "lake levels"),
        ("en", "Lake levels plan", "We plan for lake levels to fall by June.", "lake levels plan"),
        ("en", "Lake? Sure.", "The lake feeds five million people.", "What about the lake?"),
        ("en", "Kisumu", "The pier at Kisumu was mended in March.", "Kisumu"),
        ("en", "| Lake | Level |", "The level of the lake fell in dry years.", "lake level"),
        ("es", "Pesca: nuestro plan", "La pesca da trabajo a dos mil familias.", "plan de pesca"),
        ("fr", "Pêche en mer", "La pêche en mer nourrit toute la côte.", "pêche en mer"),
        ("ru", "План развития портов", "Мы начнём развитие трёх портов на юге.", "развитие портов"),
        ("zh", "渔业改革：我们的计划", "渔业改革将从明年开始，港口也会扩建。", "渔业改革"),
        ("ur", "ماہی گیری کا منصوبہ", "ماہی گیری سے کئی خاندان روزی کماتے ہیں۔", "ماہی گیری"),
        ("ar", "خطة الصيد", "ستنشر الوزارة خطة دعم الصيد في البحيرة هذا العام.", "خطة الصيد"),
        ("hi", "मछली पालन: हमारी योजना", "मछली पालन से हज़ारों परिवार जीते हैं।", "मछली पालन"),
    ],
)  # fmt: skip
def test_a_passage_that_says_something_comes_before_a_fragment(
    language: str, heading: str, passage: str, question: str
) -> None:
    index = index_of(heading, passage, language=language)
    answer = index.ask(question)
    assert answer.answered
    assert answer.hits[0].paragraph.text == passage


def test_a_fragment_is_given_where_nothing_else_matches() -> None:
    answer = index_of("Lake levels: our plan", "The pier is new.").ask("lake levels")
    assert answer.answered
    assert answer.hits[0].paragraph.text == "Lake levels: our plan"


def test_a_fragment_that_says_the_question_word_for_word_is_given() -> None:
    """A question that most small words make is looked for as it stands; it names no subject."""
    texts = ("Not on my watch", "The watch of the harbour was doubled, and more will be hired.")
    assert index_of(*texts).ask("not on my watch").hits[0].paragraph.text == texts[0]


def test_a_question_of_filters_only_shows_fragments_last() -> None:
    index = index_of("Kisumu", "The pier is new.")
    shown = [hit.paragraph.text for hit in index.ask("in:a").hits]
    assert shown == ["The pier is new.", "Kisumu"]
