"""Surroundings: questions that bring the answers given to them, and titles that name a subject."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_statements import columns_of, statement
from reached import reached, reaches

from index.keeping.columns import DamagedFile
from index.model.record import Record
from index.model.statement import Role, Statement
from index.ranking.context import Context
from index.ranking.score import Part
from index.search import Index

#: What is held here is held of the C and of NumPy.
pytestmark = pytest.mark.usefixtures("both_ways")

ROLES = {"Q": Role.QUESTION, "A": Role.ANSWER, "-": None}
OTHERS = [f"The {thing} is spoken of elsewhere." for thing in ("tea", "ferry", "school", "harvest")]


def transcript(statement_id: str, *turns: str, title: str = "Briefing", day: int = 1) -> Statement:
    """Return a statement of *turns*, each ``Q``, ``A`` or ``-`` and then its text."""
    plain = statement(statement_id, [turn[2:] for turn in turns], title=title, day=day)
    paragraphs = [
        replace(paragraph, role=ROLES[turn[0]])
        for paragraph, turn in zip(plain.paragraphs, turns, strict=True)
    ]
    return replace(plain, paragraphs=tuple(paragraphs))


def index_of(*turns: str) -> Index:
    return Index(Record.of([transcript("t", *turns), statement("others", OTHERS)]))


def ranked(index: Index, question: str) -> list[int]:
    """Return the numbers of the paragraphs of the transcript, best first."""
    places = index.paragraph_ids(index.rank(index.query(question)))
    return [number for one, number in places if one == "t"]


def answering(index: Index, question: str) -> list[int]:
    """Return the same of those that are given as an answer."""
    answer = index.ask(question, 50)
    here = [hit for hit in answer.hits if hit.citation.statement == "t"]
    return [hit.paragraph.number for hit in here] if answer.answered else []


def test_a_question_brings_the_answer_that_follows_its_first_paragraph_first() -> None:
    index = index_of(
        "- Welcome to the briefing.",
        "Q Is the saffron levy lawful?",
        "A We have seen the reports.",
        "A It is under review, as we said in May.",
        "Q Has the minister resigned?",
        "A No.",
    )
    for question in ("saffron levy", "Is the saffron levy lawful?", "lawful"):
        assert answering(index, question) == [3]
        assert ranked(index, question)[0] == 3
    assert answering(index, "Has the minister resigned?") == [6]


def test_a_records_first_paragraph_is_found_among_those_that_a_filter_leaves() -> None:
    """Beside questions and answers too; it is paragraph 0 of all."""
    first = transcript("opening", "- The saffron levy rises.", day=9)
    index = Index(Record.of([first, transcript("t", "Q Why?", "A So."), statement("o", OTHERS)]))
    for question in ("saffron levy in:opening", "in:opening", '"saffron levy"'):
        assert [hit.citation.statement for hit in index.ask(question).hits] == ["opening"]


def test_the_question_that_opens_a_record_brings_its_answer() -> None:
    """It is paragraph 0 of all, and so is the first of several in a row."""
    turns = ("Q Is the saffron levy lawful?", "Q And the tea tax?", "A We shall see.", "A Soon.")
    index = Index(Record.of([transcript("t", *turns, day=9), statement("others", OTHERS)]))
    for question in ("saffron levy", "tea tax"):
        assert ranked(index, question) == [3]
        assert max(index.rank(index.query(question)).parts[Part.REPLY].tolist()) > 0


def test_answers_that_open_a_record_answer_no_question() -> None:
    """As where a transcript's first question was not recorded."""
    turns = ("A The saffron levy stays.", "A It is lawful.", "Q And the tea tax?", "A Yes.")
    index = Index(Record.of([transcript("t", *turns, day=9), statement("others", OTHERS)]))
    for question in ("saffron levy", "lawful"):
        assert index.rank(index.query(question)).parts[Part.REPLY].tolist() == [0.0]


def test_the_nearer_to_the_question_the_better_an_answers_paragraph_of_the_same_words() -> None:
    index = index_of("Q What of the saffron levy?", *(["A The levy is under review."] * 4))
    assert ranked(index, "What of the saffron levy?") == [2, 3, 4, 5]
    replies = index.rank(index.query("saffron levy")).parts[Part.REPLY].tolist()
    assert replies == [pytest.approx(replies[0] / number, rel=1e-12) for number in (1, 2, 3, 4)]


def test_of_two_questions_in_a_row_each_brings_the_answer_that_follows() -> None:
    index = index_of(
        "Q What of the shade nets?", "Q And of the lanterns, please?", "A No comment on either."
    )
    for question in ("shade nets", "What of the shade nets?", "lanterns", "What of the lanterns?"):
        assert answering(index, question) == [3]
        ranking = index.rank(index.query(question))
        assert ranking.parts[Part.REPLY][0] > 0.0
        assert ranking.missing[0] == 0.0


def test_a_question_without_an_answer_brings_nothing() -> None:
    index = index_of("A Good morning.", "Q Any plans for bitcoin?")
    assert ranked(index, "bitcoin") == []
    answer = index.ask("bitcoin")
    assert (answer.answered, answer.hits) == (False, ())


def test_a_question_at_the_end_is_not_answered_by_the_next_statement() -> None:
    first = transcript("a", "Q Any plans for bitcoin?", day=2)
    second = transcript("t", "A Good morning.", "A Tea is ready.")
    index = Index(Record.of([first, second]))
    assert index.ask("bitcoin").hits == ()


def test_an_answer_before_a_question_is_none_to_it() -> None:
    index = index_of("A Rice is scarce.", "Q What of bitcoin?", "A No plans.")
    assert ranked(index, "bitcoin") == [3]


def test_what_follows_a_question_without_being_an_answer_is_found_but_not_lifted() -> None:
    """A transcript may mark its questions only."""
    index = index_of("Q Is the saffron levy lawful?", "- The levy is under review.")
    ranking = index.rank(index.query("saffron levy"))
    assert index.paragraph_ids(ranking) == [("t", 2)]
    assert ranking.parts[Part.REPLY].tolist() == [0.0]


def test_what_the_question_has_the_answer_does_not_lack() -> None:
    index = index_of("Q Is the saffron levy lawful?", "A The levy is.", "A It is.")
    ranking = index.rank(index.query("saffron levy"))
    assert index.paragraph_ids(ranking)[0] == ("t", 2)
    assert ranking.missing[0] == 0.0


def test_a_filter_that_leaves_the_answer_leaves_its_question_too() -> None:
    index = index_of("Q Is the saffron levy lawful?", "A It is.")
    for question in ("saffron levy in:t", "saffron levy from:Rahman", "lawful year:2025"):
        assert answering(index, question) == [2]
    assert index.ask("saffron levy in:others").hits == ()


def test_neighbours_within_an_answer_lift_each_other_and_others_do_not() -> None:
    index = index_of(
        "A The levy stays.",
        "A Saffron is a crop.",
        "Q Why?",
        "A The levy stays.",
        "- The levy stays.",
    )
    ranking = index.rank(index.query("saffron levy"))
    turn = dict(zip(index.paragraph_ids(ranking), ranking.parts[Part.TURN].tolist(), strict=True))
    assert turn["t", 1] > turn["t", 4] == turn["t", 5] == 0.0


def test_a_question_in_full_prefers_what_was_said_in_reply() -> None:
    """Bare words do not."""
    index = index_of("- The levy on saffron stays.", "Q Why?", "A The levy on saffron stays.")
    assert ranked(index, "Why does the saffron levy stay?")[0] == 3
    assert ranked(index, "saffron levy") == [1, 3]


def test_a_title_adds_the_words_that_a_paragraph_lacks_and_no_others() -> None:
    def texts(*titles: str) -> Index:
        made = [
            statement(f"s{number}", ["The levy rises."], title=title, day=9 - number)
            for number, title in enumerate(titles)
        ]
        return Index(Record.of([*made, statement("others", OTHERS)]))

    index = texts("Remarks", "On saffron", "On levies")
    ranking = index.rank(index.query("saffron levy"))
    title = dict(zip(index.paragraph_ids(ranking), ranking.parts[Part.TITLE].tolist(), strict=True))
    assert index.paragraph_ids(ranking)[0] == ("s1", 1)
    assert title["s1", 1] > title["s0", 1] == title["s2", 1] == 0.0


def test_a_title_alone_brings_no_paragraph() -> None:
    made = statement("a", ["The levy rises."], title="On saffron")
    assert Index(Record.of([made, statement("others", OTHERS)])).ask("saffron").hits == ()


TURNS = st.lists(
    st.tuples(st.sampled_from("QA-"), st.sampled_from(["saffron levy", "saffron", "levy", "tea"])),
    min_size=1,
    max_size=9,
)


@reaches(10)
@given(
    st.lists(TURNS, min_size=1, max_size=3), st.sampled_from(["saffron", "saffron levy", "tea?"])
)
def test_whatever_the_turns_no_question_is_a_hit_and_no_paragraph_is_there_twice(
    transcripts: list[list[tuple[str, str]]], question: str
) -> None:
    """And what has a word asked for, or follows a question that has, is found."""
    record = Record.of(
        transcript(f"t{number}", *(f"{role} {text}" for role, text in turns))
        for number, turns in enumerate(transcripts)
    )
    index = Index(record)
    places = index.paragraph_ids(index.rank(index.query(question)))
    assert len(set(places)) == len(places)
    expected = set()
    for made in record.statements:
        waiting = False
        for paragraph in made.paragraphs:
            has = bool(set(paragraph.text.split()) & set(question.strip("?").split()))
            if paragraph.quotable:
                if has or waiting:
                    expected.add((made.id, paragraph.number))
                waiting = False
            else:
                waiting = waiting or has
    if expected:
        reached()
    assert set(places) == expected


def test_a_titles_words_are_not_among_what_its_paragraphs_lack() -> None:
    """«Litter: Rural Areas» need not say again what it is about."""
    titled = statement("litter", ["Councils may fine anyone."], title="Litter: Rural Areas")
    index = Index(Record.of([titled, statement("others", OTHERS)]))
    ranking = index.rank(index.query("fine for litter in rural areas"))
    assert index.paragraph_ids(ranking)[0] == ("litter", 1)
    assert ranking.missing[0] == 0.0
    assert ranking.parts[Part.TITLE][0] > 0.0
    assert index.ask("fine for litter in rural areas").answered


def test_a_paragraph_with_none_of_the_words_is_found_by_its_title() -> None:
    """Two names stand in the title alone, and a hundred paragraphs have the other words."""
    many = [f"A ceasefire in Lebanon, said speaker {number}." for number in range(100)]
    titled = statement(
        "joint", ["We welcome it."], title="Biden and Macron on the Lebanon ceasefire"
    )
    index = Index(
        Record.of([titled, statement("many", [*many, *OTHERS, "Biden spoke.", "So did Macron."])])
    )
    ranked = index.paragraph_ids(index.rank(index.query("biden macron lebanon ceasefire")))
    assert ("joint", 1) in ranked[:3]
    kept = index.ask("biden macron lebanon ceasefire in:many").hits
    assert {hit.citation.statement for hit in kept} == {"many"}


def test_a_title_brings_paragraphs_where_no_paragraph_is_left_by_the_words() -> None:
    """A filter leaves only the statement whose title has them."""
    titled = statement("joint", ["We welcome it."], title="The Lebanon ceasefire")
    index = Index(Record.of([titled, statement("many", ["A ceasefire in Lebanon.", *OTHERS])]))
    assert index.ask("lebanon ceasefire in:joint").hits[0].citation.statement == "joint"


def test_a_single_word_is_answered_by_its_title_only_where_no_paragraph_has_it() -> None:
    """Who asks about the harbour wants what is said of it, not all remarks on it."""
    remarks = statement(
        "t", ["The harbour opens.", "Boats keep their berths."], title="The harbour"
    )
    assert answering(Index(Record.of([remarks, statement("others", OTHERS)])), "harbour") == [1]


@pytest.mark.parametrize("statement_number", [-1, 1, 2**31, 2**62, 2**63 - 1])
def test_a_title_of_no_statement_is_damage(statement_number):
    """Nothing is reckoned with it: numpy would write where no memory is."""
    context = Context([statement("a", ["One."])], columns_of(["One."]), lambda _: ["harbour"])
    context._keys = np.array([statement_number])
    terms = context.title_terms(["harbour"], np.ones(1))
    assert terms
    with pytest.raises(DamagedFile):
        context.best_titled(terms, 0.0, 5)
