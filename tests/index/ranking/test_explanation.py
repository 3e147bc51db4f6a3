"""Explaining: the figures that ranked, taken apart, and summed again to the scores."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_statements import statement
from reached import reached, reaches

from index.model.record import Record
from index.model.statement import Speaker
from index.postings.bm25 import idf
from index.ranking.explanation import Explanation, TermRead
from index.ranking.refusal import threshold
from index.ranking.score import Part
from index.search import Index

TODAY = datetime.date(2025, 3, 10)
TEXTS = (
    "The harbour road is open. Lorries reach the Salt Quay within an hour; the quay is new.",
    "Fishing crews are paid by the day. The Salt Quay pays.",
    "Schools along the coast reopen in May.",
    "The Orchard Land Trust (OLT) has lent 4,000 crowns to growers of saffron.",
    "Growers of saffron asked the OLT for shade nets; they were promised.",
    "The Orchard Land Trust is old.",
)
LIN = Speaker("Lin Wei", "Ambassador")


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(
        Record.of(
            [
                statement("harbour", list(TEXTS), title="Remarks on lorries"),
                statement("envoy", ["The quay is a friend.", "Saffron."], day=9, speakers=(LIN,)),
            ]
        )
    )


def assert_sums(explained: Explanation, index: Index) -> None:
    """Hold an explanation to the ranking that it explains."""
    ranking = index.rank(explained.query)
    ranked = dict(zip(index.paragraph_ids(ranking), ranking.scores.tolist(), strict=True))
    answering = set(index.paragraph_ids(ranking[index.answering(explained.query, ranking)]))
    for one in explained.hits:
        place = (one.hit.citation.statement, one.hit.paragraph.number)
        assert one.hit.score == pytest.approx(ranked[place], rel=1e-12, abs=1e-12)
        assert list(one.parts) == [part.key for part in Part]
        assert sum(one.parts.values()) == pytest.approx(one.hit.score, rel=1e-9, abs=1e-9)
        assert sum(term.weight for term in one.terms) == pytest.approx(
            one.parts["bm25"], rel=1e-9, abs=1e-9
        )
        assert all(term.tf >= 1 and term.term in explained.query.terms for term in one.terms)
        assert one.answers is (place in answering)
        assert 0.0 <= one.missing_names <= one.missing + 1e-9
        assert one.missing <= explained.query.idf.sum() + 1e-9


QUESTIONS = [
    *("Is the harbour road open?", "saffron", "Salt Quay", "What about bitcoin?", "lorries"),
    *("OLT", "Orchard Land Trust", "What did the ambassador say about the quay?", '"salt quay"'),
    *("quay -pays", "from:Lin", "quay in:envoy", "quay in February 2025", "harbor raod", "", "?"),
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_terms_sum_to_bm25_and_the_parts_to_the_score(index: Index, question: str) -> None:
    assert_sums(index.explain(question, 50, TODAY), index)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_hits_explained_are_those_of_the_answer_in_its_order(
    index: Index, question: str
) -> None:
    answer, explained = index.ask(question, 50, TODAY), index.explain(question, 50, TODAY)
    shown = [one.hit for one in explained.hits]
    assert [hit for hit in shown if hit in answer.hits] == list(answer.hits)
    assert any(one.answers for one in explained.hits) is answer.answered


@reaches(10)
@given(st.lists(st.sampled_from(" ".join(TEXTS).split()), max_size=9).map(" ".join))
def test_any_question_is_explained_as_it_ranks(index: Index, question: str) -> None:
    explained = index.explain(question, 50, TODAY)
    if explained.hits:
        reached()
    assert_sums(explained, index)


def test_an_explanation_worked_out_by_hand(index: Index) -> None:
    """The word "quay" stands twice in the first paragraph, of 11 terms."""
    explained = index.explain("Where is the Salt Quay?", 50, TODAY)
    assert explained.terms == (
        TermRead(
            term="salt",
            df=2,
            idf=pytest.approx(idf(8, 2)),
            boost=explained.terms[0].boost,
            named=True,
        ),
        TermRead(
            term="quay",
            df=3,
            idf=pytest.approx(idf(8, 3)),
            boost=explained.terms[1].boost,
            named=True,
        ),
    )
    assert (explained.searched, explained.paragraphs) == (8, 8)
    assert explained.threshold == threshold(8)
    assert "Where" in explained.query.dropped
    first = next(one for one in explained.hits if one.hit.quote.text == TEXTS[0])
    assert [(term.term, term.found, term.tf) for term in first.terms] == [
        ("salt", "salt", 1),
        ("quay", "quay", 2),
    ]
    for term, read in zip(first.terms, explained.terms, strict=True):
        assert term.weight == pytest.approx(term.bm25 * read.boost, rel=1e-12)
    assert (first.missing, first.missing_names) == (0.0, 0.0)
    assert first.length == 11


def test_the_equivalents_that_were_searched_for_are_shown(index: Index) -> None:
    explained = index.explain("OLT", 50)
    assert explained.query.expansions == (("olt", "orchard land trust"),)
    of_last = next(one for one in explained.hits if one.hit.quote.text == TEXTS[5])
    assert [(term.term, term.found) for term in of_last.terms] == [("olt", "orchard land trust")]


def test_what_filters_leave_is_counted(index: Index) -> None:
    explained = index.explain("quay in:envoy", 50)
    assert (explained.searched, explained.paragraphs) == (2, 8)


def test_a_preferred_speaker_is_shown_and_seen_in_the_parts(index: Index) -> None:
    long = "What did the ambassador say about the quay" + ", or of anything else of the kind" * 4
    explained = index.explain(long, 50)
    assert explained.query.narrowing.speaker == "ambassador"
    preference = {one.hit.citation.speaker: one.parts["preference"] for one in explained.hits}
    assert preference["Lin Wei"] > preference["Nadia Rahman"] == 0.0


@pytest.mark.parametrize("question", ["", "quay", "from:Lin", '"a b"'])
def test_an_empty_record_is_explained_too(question: str) -> None:
    explained = Index(Record.of([])).explain(question)
    assert (explained.hits, explained.searched, explained.paragraphs) == ((), 0, 0)


def test_real_questions_are_explained_as_they_rank(state_department: Record, shared: Path) -> None:
    index = Index(Record.of(state_department.statements[:100]))
    for made in state_department.statements[:60]:
        assert_sums(index.explain(made.title, 10, TODAY), index)
