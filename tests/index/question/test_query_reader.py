"""Reading a question: filters, corrections, equivalents, preferences; and any text at all."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made_statements import statement
from reached import reached, reaches

from index.building import reader_of
from index.model.answer import Interpretation
from index.model.record import Record
from index.model.statement import Kind, Role, Speaker
from index.question.narrowing import Scope
from index.question.query_reader import CORRECTED_IN, EXACT_IN, MAX_TERMS
from index.question.syntax import read_question
from index.search import Index

TODAY = datetime.date(2025, 3, 10)
OTHERS = [
    *("Tea was served at noon.", "Rice is scarce this year.", "Schools reopen in May."),
    *("A ferry sails on Sundays.", "The harvest of saffron was good.", "Lamps light the quay."),
    *("Nets dry on the beach.", "The museum has a new roof.", "Glass is made in the valley."),
]
LIN = Speaker("Lin Wei", "Ambassador to the Republic")
PAKISTAN, CHINA = Speaker("Pakistan"), Speaker("China")


def index_of(*texts: str, synonyms: tuple[tuple[str, ...], ...] = ()) -> Index:
    """Return the index of one statement with *texts*, and of another about other things."""
    made = [statement("a", list(texts)), statement("others", OTHERS)]
    return Index(Record.of(made, synonyms=synonyms))


def found(index: Index, question: str) -> list[str]:
    """Return what answers *question*, each as the statement's id and the paragraph's number."""
    answer = index.ask(question, 50, TODAY)
    if not answer.answered:
        return []
    return [f"{hit.citation.statement}{hit.paragraph.number}" for hit in answer.hits]


# Filters


@pytest.fixture(scope="module")
def filed() -> Index:
    """Return the index of five statements that all speak of the port."""
    texts = ["The port is open.", "The port road is shut, and ports are busy."]
    # A text that stands twice would be shown once.
    again = [f"{text} He nodded." for text in texts]
    return Index(
        Record.of(
            [
                statement("one", texts, day=1),
                statement("two", again, day=5, speakers=(LIN,), kind=Kind.INTERVIEW),
                statement(
                    *("joint", ["The port is ours."]),
                    **{"day": 6, "kind": Kind.JOINT_STATEMENT, "speakers": (PAKISTAN, CHINA)},
                ),
                replace(
                    statement("undated", ["The port was old."], publisher="Port News"), date=None
                ),
                statement("others", OTHERS, day=2),
            ]
        )
    )


@pytest.mark.parametrize(
    ("question", "allowed"),
    [
        ("port from:Lin", {"two1", "two2"}),
        ("port from:lin from:rahman", {"one1", "one2", "two1", "two2", "undated1"}),
        ("port from:China", {"joint1"}),
        ("port on:2020s", {"one1", "one2", "two1", "two2", "joint1"}),
        ("port before:1990s", set()),
        ("port on:'20s", {"one1", "one2", "two1", "two2", "joint1"}),
        ("port on:Feb '25", {"one1", "one2", "two1", "two2", "joint1"}),
        ("port on:Jan '25", set()),
        ("port from:Pakistan", {"joint1"}),
        ('port from:"port news"', {"undated1"}),
        ("port in:one", {"one1", "one2"}),
        ("port in:one in:joint", {"one1", "one2", "joint1"}),
        ('port in:"remarks on two"', {"two1", "two2"}),
        ("port kind:interview", {"two1", "two2"}),
        ("port kind:joint-statement", {"joint1"}),
        ("port on:2025-02-05", {"two1", "two2"}),
        ("port on:6 February 2025", {"joint1"}),
        ("port after:2025-02-05", {"two1", "two2", "joint1"}),
        ("port before:2025-02-05", {"one1", "one2"}),
        ("port after:2025-02-02 before:2025-02-06", {"two1", "two2"}),
        ("port year:2025", {"one1", "one2", "two1", "two2", "joint1"}),
        ("port year:2024", set()),
        ("port on:last month", {"one1", "one2", "two1", "two2", "joint1"}),
        ("port from:Lin before:2025-02-02", set()),
        ("port from:nobody", set()),
        ("port -road", {"one1", "two1", "joint1", "undated1"}),
        ("port -roads", {"one1", "two1", "joint1", "undated1"}),
        ('port -"is open"', {"one2", "two2", "joint1", "undated1"}),
        ("port -open -road -ours", {"undated1"}),
        ('"port is open"', {"one1", "two1"}),
        ('"port is" in:joint', {"joint1"}),
        ('"ports"', {"one2", "two2"}),
        ('"port is" -open', {"joint1"}),
        ('"the port is" "is ours"', {"joint1"}),
    ],
)
def test_operators_filter(filed: Index, question: str, allowed: set[str]) -> None:
    """Several from: and in: mean any of them; dates exclude what has none."""
    assert set(found(filed, question)) == allowed
    query = filed.query(question, TODAY)
    assert query.allowed is not None
    assert not query.interpretation.unparsed


def test_filters_alone_bring_the_newest(filed: Index) -> None:
    assert found(filed, "year:2025")[:3] == ["joint1", "two1", "two2"]
    assert found(filed, "from:Rahman")[-1] == "undated1"
    assert found(filed, "-port")[0] == "others1"
    answer = filed.ask("from:Lin", 1, TODAY)
    assert (len(answer.hits), answer.hits[0].score) == (1, 0.0)
    assert answer.hits[0].key_sentence.text == "The port is open."


@pytest.mark.parametrize(
    ("question", "unparsed"),
    [
        ("port kind:nonsense", ("kind:nonsense",)),
        ("port on:someday", ("on:someday",)),
        ("port year:2025-02", ("year:2025-02",)),
        ('port "unclosed', ('"unclosed',)),
        ("port from:", ("from:",)),
        ('port ""', ('""',)),
    ],
)
def test_a_malformed_operator_is_plain_words_and_reported(
    filed: Index, question: str, unparsed: tuple[str, ...]
) -> None:
    query = filed.query(question, TODAY)
    assert query.interpretation.unparsed == unparsed
    assert query.allowed is None
    assert "port" in query.terms


# Phrases


def test_a_phrase_that_stands_nowhere_is_reported_and_its_words_are_searched(filed: Index) -> None:
    answer = filed.ask('"road port"', today=TODAY)
    assert answer.interpretation == Interpretation(absent=("road port",))
    assert answer.hits[0].paragraph.number == 2
    assert not filed.query('"road port"').exact


def test_of_two_phrases_the_one_that_stands_somewhere_filters(filed: Index) -> None:
    answer = filed.ask('"is ours" "road port"', today=TODAY)
    assert answer.interpretation.absent == ("road port",)
    assert found(filed, '"is ours" "road port"') == ["joint1"]


def test_phrases_that_stand_in_no_paragraph_together_bring_nothing(filed: Index) -> None:
    """Each stands somewhere, so neither is let go."""
    answer = filed.ask('"is ours" "is open"')
    assert (answer.hits, answer.interpretation.absent) == ((), ())


def test_a_phrase_of_small_words_only_is_found(filed: Index) -> None:
    index = index_of("What is to be is to be.", "It is to go.")
    assert set(found(index, '"is to be"')) == {"a1"}
    assert set(found(index, '"is to"')) == {"a1", "a2"}


def test_a_phrase_is_answered_by_whatever_has_it() -> None:
    """Even for common words: a user who asks for an exact phrase wants to see where it stands."""
    index = index_of(*(f"The port has {number} lamps." for number in range(40)))
    assert len(found(index, '"the port has"')) == 30


def test_in_a_long_question_quotation_marks_are_the_writers_own(filed: Index) -> None:
    """Nothing is filtered by them, and the reply says so."""
    words = " ".join(f"port{number}x" for number in range(EXACT_IN))
    for question, exact in ((f'"port is" {words}', False), (f'"port is" {words[:80]}', True)):
        query = filed.query(question)
        assert (query.allowed is not None) is query.exact is exact
        assert query.interpretation.unparsed == (() if exact else ("“port is”",))


# Preferences


def speakers() -> Index:
    minister = ["The port opens in May, and the port is big.", "The levy on the port stays."]
    ambassador = ["Of this port much has been said in many words by all our friends.", "Tea."]
    return Index(
        Record.of(
            [
                statement("minister", minister, day=9),
                statement("envoy", ambassador, day=1, speakers=(LIN,)),
                statement("others", OTHERS, day=5),
            ]
        )
    )


@pytest.mark.parametrize(
    ("question", "found", "speaker"),
    [
        ("What about the port?", {"minister1", "minister2", "envoy1"}, ""),
        ("What did the ambassador say about the port?", {"envoy1"}, "ambassador"),
        ("What has Lin Wei said about the port?", {"envoy1"}, "Lin Wei"),
        ("According to the ambassador, what of the port?", {"envoy1"}, "ambassador"),
        ("What did the minister say about the port?", {"minister1", "minister2"}, "minister"),
    ],
)
def test_the_words_of_the_speaker_asked_of_are_searched(
    question: str, found: set[str], speaker: str
) -> None:
    index = speakers()
    query = index.query(question)
    assert query.narrowing.speaker == speaker
    assert query.terms == ("port",)
    places = {f"{one}{number}" for one, number in index.paragraph_ids(index.rank(query))}
    assert places == found


def test_who_is_no_speaker_on_record_is_found_where_the_name_stands() -> None:
    index = speakers()
    answer = index.ask("What did the pope say about the port?")
    assert index.query(answer.question).terms == ("pope", "port")
    assert (answer.answered, answer.others_answer) == (False, True)
    assert answer.understood.speakers == ("pope",)
    telling = ["The pope said that the port is open.", "Tea grows."]
    report = statement("report", telling, kind=Kind.REPORT)
    answer = Index(Record.of([report])).ask(answer.question)
    assert answer.answered
    assert answer.hits[0].quote.text == telling[0]
    spoken = statement("spoken", telling)
    assert not Index(Record.of([spoken])).ask(answer.question).answered


def test_words_by_others_are_the_nearest_and_no_answer() -> None:
    answer = speakers().ask("What did the ambassador say about the levy?")
    assert not answer.answered
    assert answer.others_answer
    assert answer.understood.speakers == ("Lin Wei",)
    assert answer.hits[0].citation.statement == "minister"
    assert answer.searched.statements == 1


@pytest.mark.parametrize(
    "question",
    [
        "What did the ambassador say about the levy?",
        "What did the pope say about the port?",
        "lin wei levy",
        "Is the port open?",
    ],
)
def test_a_question_read_again_is_read_as_without_what_was_handed_on(question: str) -> None:
    reader, asked = reader_of(speakers().parts), read_question(question, TODAY)
    first = reader.read(asked)
    for scope in Scope:
        again, anew = reader.read(asked, scope=scope, before=first), reader.read(asked, scope=scope)
        assert again.read.subject is first.read.subject
        assert anew.read.subject is not first.read.subject
        told = [(one.terms, one.tokens, one.sought, one.interpretation) for one in (again, anew)]
        assert told[0] == told[1]
        for one, other in ((again.allowed, anew.allowed), (again.verbatim, anew.verbatim)):
            assert np.array_equal(one, other) if one is not None else other is None
        assert again.narrowing.spans == anew.narrowing.spans
        assert again.narrowing.narrows == anew.narrowing.narrows


def test_of_another_question_nothing_is_handed_on() -> None:
    reader = reader_of(speakers().parts)
    first = reader.read(read_question("What did the ambassador say about the levy?", TODAY))
    other = reader.read(read_question("Is the port open?", TODAY), before=first)
    assert other.terms == ("port", "open")


def test_a_speaker_alone_brings_what_the_speaker_said() -> None:
    index = speakers()
    answer = index.ask("What did the ambassador say?", 50)
    assert index.query(answer.question).terms == ()
    assert answer.answered
    assert {hit.citation.role for hit in answer.hits} == {"Ambassador to the Republic"}


def test_a_name_that_is_likely_the_subject_is_searched_for_if_its_speaker_says_nothing() -> None:
    porter = statement("briefing", ["The port is open."], speakers=(Speaker("Ned Porter"),))
    other = statement("levy", ["Mr Porter was asked about carbon.", "A price is a price."])
    index = Index(Record.of([porter, other, statement("others", OTHERS)]))
    assert index.ask("porter on carbon").understood.speakers == ("Ned Porter",)
    assert not index.ask("porter on carbon").answered
    for question in ("porter carbon", "carbon porter"):
        answer = index.ask(question)
        assert answer.answered
        assert not answer.understood
        assert answer.hits[0].citation.statement == "levy"
    for question in ("porter on the port", "port porter", "Ned Porter port"):
        answer = index.ask(question)
        assert answer.understood.speakers == ("Ned Porter",)
        assert answer.hits[0].citation.statement == "briefing"


def test_a_name_that_is_a_common_word_is_no_speaker_beside_a_subject() -> None:
    price = statement("briefing", ["Carbon is black."], speakers=(Speaker("Ned Price"),))
    levy = statement("levy", ["A price on carbon was named."])
    index = Index(Record.of([price, levy, statement("others", OTHERS)]))
    for question in ("price on carbon", "carbon price", "Price carbon"):
        answer = index.ask(question)
        assert not answer.understood
        assert answer.hits[0].citation.statement == "levy"
    assert index.ask("Ned Price on carbon").hits[0].citation.statement == "briefing"


def test_a_year_at_the_end_may_be_a_part_of_the_subject() -> None:
    index = dated()
    assert index.ask("harbour levy 2025", today=TODAY).understood.first == datetime.date(2025, 1, 1)
    deal = statement("deal", ["The harbour deal of 2023 holds.", "The levy was 3 in 2024."])
    index = Index(Record.of([deal, replace(deal, id="old", date=datetime.date(2020, 1, 1))]))
    answer = index.ask("harbour deal 2023", today=TODAY)
    assert answer.answered
    assert not answer.understood
    answer = index.ask("harbour deal 2022", today=TODAY)
    assert (answer.answered, answer.others_answer) == (False, True)
    assert str(answer.understood.first) == "2022-01-01"


def test_days_narrow_nothing_in_a_record_without_dates() -> None:
    undated = [replace(statement("a", ["A ferry sank in 1998."]), date=None)]
    answer = Index(Record.of([*undated, replace(statement("b", OTHERS), date=None)])).ask(
        "which ferry sank in 1998", today=TODAY
    )
    assert answer.answered
    assert not answer.understood


def test_nobody_is_asked_of_in_a_record_of_texts_that_nobody_speaks() -> None:
    press = {"speakers": (Speaker("Ports Weekly"),), "publisher": "Ports Weekly"}
    texts = ["Zorba opened the ferry.", "The captain named Olga built the quay."]
    index = Index(Record.of([statement("a", texts, **press), statement("b", OTHERS, **press)]))
    answer = index.ask("what did Zorba announce about the ferry")
    assert answer.answered
    assert not index.query("what did Zorba announce about the ferry").narrowing.required


@pytest.mark.parametrize("question", ["lin wei latest on tea", "newest from lin wei on tea"])
def test_a_name_beside_the_words_for_an_order_is_whom_it_asks_of(question: str) -> None:
    tea = [statement("one", ["Tea is dear."], day=3), statement("two", ["Tea is cheap."], day=9)]
    lin = statement("lin", ["Tea is served."], speakers=(LIN,))
    answer = Index(Record.of([*tea, lin, statement("others", OTHERS)])).ask(question)
    assert answer.understood.speakers == ("Lin Wei",)
    assert [hit.citation.statement for hit in answer.hits] == ["lin"]


def test_the_publisher_may_stand_before_the_office_of_a_speaker() -> None:
    spokesperson = Speaker("Ann Doe", "Spokesperson")
    ports = statement(
        "ports", ["The port is open."], speakers=(spokesperson,), publisher="Department of Ports"
    )
    mills = statement("mills", ["The port is shut."], speakers=(Speaker("Bo Roe", "Spokesperson"),))
    index = Index(Record.of([ports, mills, statement("others", OTHERS)]))
    answer = index.ask("what did the ports department spokesperson say about the port")
    assert answer.understood.speakers == ("Ann Doe",)
    assert {hit.citation.statement for hit in answer.hits} == {"ports"}


def dated() -> Index:
    january = replace(
        statement("january", ["The harbour levy rises; the harbour levy."]),
        date=datetime.date(2025, 1, 5),
    )
    february = statement("february", ["Of the harbour levy much has been said at length here."])
    undated = replace(statement("undated", ["The harbour levy is old."]), date=None)
    return Index(Record.of([january, february, undated, statement("others", OTHERS)]))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("harbour levy", {"january", "february", "undated"}),
        ("harbour levy in February 2025", {"february"}),
        ("harbour levy last month", {"february"}),
        ("harbour levy since February 2025", {"february"}),
        ("harbour levy in January 2025", {"january"}),
        ("harbour levy 2025", {"january", "february"}),
        ("harbour levy before February 2025", {"january"}),
        ("what was said on 5 january about the harbour levy?", {"january"}),
    ],
)
def test_the_days_asked_of_are_searched(question: str, found: set[str]) -> None:
    index = dated()
    query = index.query(question, TODAY)
    places = {one for one, _ in index.paragraph_ids(index.rank(query))}
    assert places == found
    answer = index.ask(question, today=TODAY)
    assert answer.answered
    assert {hit.citation.statement for hit in answer.hits} == found
    assert bool(answer.understood) == (query.narrowing.dates is not None)
    assert answer.understood.by_wording == bool(answer.understood)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("harbour levy yesterday", "2025-03-09", "2025-03-09"),
        ("harbour levy on 7 February 2025", "2025-02-07", "2025-02-07"),
        ("harbour levy in 2019", "2019-01-01", "2019-12-31"),
    ],
)
def test_days_without_an_answer_are_told(question: str, first: str, last: str) -> None:
    answer = dated().ask(question, today=TODAY)
    assert not answer.answered
    assert answer.others_answer
    understood = answer.understood
    assert (str(understood.first), str(understood.last)) == (first, last)
    assert answer.hits[0].citation.statement == "january"


def test_a_year_before_the_record_is_found_where_it_is_spoken_of() -> None:
    index = Index(Record.of([statement("one", ["The harbour was dug in 1951.", "Tea grows."])]))
    answer = index.ask("harbour in 1951", today=TODAY)
    assert answer.answered
    assert not answer.understood


@pytest.mark.parametrize("question", ["harbour levy by 2031", "harbour levy today"])
def test_days_to_come_and_an_empty_today_narrow_nothing(question: str) -> None:
    answer = dated().ask(question, today=TODAY)
    assert not answer.understood
    assert len(answer.hits) == 3


def test_a_long_question_prefers_whom_and_when_it_names() -> None:
    long = (
        "You told us on 5 January 2025 that the harbour levy would rise, and people in the fishing "
        "towns along the coast say that boats, nets and crews cost more. Is the levy fair?"
    )
    index = dated()
    query = index.query(long, TODAY)
    assert query.allowed is None
    assert query.narrowing.preferred is not None
    ranking = index.rank(query)
    assert index.paragraph_ids(ranking)[0] == ("january", 1)
    assert {"february", "undated"} <= {one for one, _ in index.paragraph_ids(ranking)}


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("latest on the harbour levy", ["february", "january", "undated"]),
        ("what's the newest statement about the harbour levy?", ["february", "january", "undated"]),
        ("harbour levy latest", ["february", "january", "undated"]),
        ("any update on the harbour levy", ["february", "january", "undated"]),
        ("the earliest statement on the harbour levy", ["january", "february", "undated"]),
    ],
)
def test_the_order_asked_for_is_that_of_the_answers(question: str, order: list[str]) -> None:
    answer = dated().ask(question, today=TODAY)
    assert [hit.citation.statement for hit in answer.hits] == order
    assert answer.understood.order == ("oldest" if order[0] == "january" else "newest")
    assert answer.answered


def test_the_newest_that_answers_is_shown_with_the_best() -> None:
    """Of bare words: the last of those shown."""
    old = [
        replace(
            statement(f"old{n}", [f"The levy, the levy {n}."]), date=datetime.date(2024, 1, 1 + n)
        )
        for n in range(9)
    ]
    new = statement("new", ["Of many things said here at great length one was perhaps the levy."])
    index = Index(Record.of([*old, new, statement("others", OTHERS)]))
    assert [hit.citation.statement for hit in index.ask("levy", 3).hits][2] == "new"
    assert [hit.citation.statement for hit in index.ask("levy", 2).hits] == ["old8", "old7"]
    assert index.ask("latest on the levy").hits[0].citation.statement == "new"


def test_what_was_understood_can_be_lifted() -> None:
    index = dated()
    answer = index.ask("harbour levy in January 2025", today=TODAY, narrow=False)
    assert not answer.understood
    assert index.query(answer.question, TODAY, narrow=False).terms == (
        *("harbour", "levi", "januari", "2025"),
    )
    operators = index.ask("levy from:rahman on:2025-01", today=TODAY, narrow=False)
    assert operators.understood.speakers == ("Nadia Rahman",)
    assert not operators.understood.by_wording


# Corrections


def test_a_word_that_is_not_on_record_is_corrected_and_reported() -> None:
    index = index_of("Terrorism at Gwadar was condemned.", "The corridor to Gwadar is long.")
    for question, first, corrected in (
        ("Gwader", {"a1", "a2"}, (("Gwader", "gwadar"),)),
        ("terorism", {"a1"}, (("terorism", "terrorism"),)),
        ("the corridr?", {"a2"}, (("corridr", "corridor"),)),
        ("Gwader corridr", {"a2", "a1"}, (("Gwader", "gwadar"), ("corridr", "corridor"))),
    ):
        answer = index.ask(question)
        assert answer.interpretation.corrected == corrected
        assert answer.answered
        assert {f"a{hit.paragraph.number}" for hit in answer.hits} <= first


def test_a_word_that_is_on_record_is_never_corrected() -> None:
    """Though a much commoner one is its neighbour; nor is another form of it."""
    index = index_of(*["Terrorism was condemned."] * 30, "The word terorism stood once.")
    for question in ("terorism", "TERORISM", "terorisms"):
        query = index.query(question)
        assert query.interpretation.corrected == ()
        assert found(index, question) == ["a31"]


def test_a_word_with_an_equivalent_on_record_is_not_corrected() -> None:
    index = index_of("The corridor is long.", "Tariffs rise.", synonyms=(("corridar", "tariff"),))
    assert index.query("corridar").interpretation.corrected == ()
    assert found(index, "corridar") == ["a2"]


def test_a_misspelt_question_word_is_neither_corrected_nor_searched_for() -> None:
    """What it is a slip for only asks; searched for, it would bring whatever holds that word."""
    index = index_of(
        *(f"Whatever the levy {n}, it stands where it stood." for n in range(9)),
        "The corridor is long.",
    )
    for question in ("Wehre is the corridor?", "wheer is the corridor?"):
        query = index.query(question)
        assert query.interpretation.corrected == ()
        assert query.terms == index.query("corridor").terms
        assert found(index, question) == ["a10"]
    # Alone it may be a word that is meant.
    assert index.query("wehre").interpretation.corrected == (("wehre", "where"),)


def test_a_long_question_is_not_corrected() -> None:
    index = index_of("The corridor is long.")
    words = " ".join(f"word{number}x" for number in range(CORRECTED_IN))
    assert index.query(f"corridr {words}").interpretation.corrected == ()
    assert index.query("corridr").interpretation.corrected != ()


# Equivalents


def test_an_abbreviation_that_the_record_defines_is_known_both_ways() -> None:
    index = index_of(
        *(
            "The Orchard Land Trust (OLT) was named.",
            "The OLT grew.",
            "An Orchard Land Trust report.",
        ),
        *("An orchard.", "Trust the land."),
    )
    assert set(found(index, "OLT")) >= {"a1", "a2", "a3"}
    assert set(found(index, "Orchard Land Trust")) >= {"a1", "a2", "a3"}
    assert found(index, "OLT")[-1] == "a3"
    assert index.query("OLT").expansions == (("olt", "orchard land trust"),)
    assert ("orchard land trust", "olt") in index.query("the Orchard Land Trust").expansions


def test_a_plural_abbreviation_is_known_in_the_singular() -> None:
    index = index_of("Special Orchard Zones (SOZs) grow.", "A special orchard zone.", "The SOZ.")
    assert set(found(index, "SOZ")) == set(found(index, "SOZs")) == {"a1", "a2", "a3"}


def test_the_operators_synonyms_are_known_both_ways() -> None:
    index = index_of(
        *(
            "Lorries wait.",
            "Trucks wait.",
            "The Belt and Road grows.",
            "The BRI grows.",
            "A road. A belt.",
        ),
        synonyms=(("lorry", "truck"), ("BRI", "Belt and Road")),
    )
    assert found(index, "lorry") == found(index, "lorries") == ["a1", "a2"]
    assert found(index, "truck") == ["a2", "a1"]
    assert found(index, "BRI") == ["a4", "a3"]
    assert set(found(index, "Belt and Road")) >= {"a3", "a4"}


@pytest.mark.parametrize("asked", ["ironclad", "iron-clad", "iron clad", "Iron-Clad", "IRONCLAD"])
@pytest.mark.parametrize(
    "texts",
    [
        ("Iron-clad ties.", "Ironclad bonds.", "Iron clad friends."),
        ("Iron-clad ties.", "Ironclad bonds."),
        ("Ironclad bonds.", "Iron clad friends."),
        ("Iron-clad ties.",),
        ("Ironclad bonds.",),
        ("Iron\u2011clad ties.", "Ironclad bonds."),
    ],
)
def test_words_with_and_without_a_hyphen_find_each_other(
    asked: str, texts: tuple[str, ...]
) -> None:
    index = index_of(*texts)
    places = index.paragraph_ids(index.rank(index.query(asked)))
    assert {("a", number) for number in range(1, len(texts) + 1)} <= set(places)


def test_an_equivalent_is_counted_once_however_it_is_known() -> None:
    """By the record's own "iron-clad", and by the two words that are one on record."""
    index = index_of("Iron-clad ties.", "Ironclad bonds.")
    for asked in ("iron clad", "iron-clad"):
        hits = {hit.hit.paragraph.number: hit for hit in index.explain(asked, 50).hits}
        assert [one.found for one in hits[2].terms] == ["ironclad"]


# What a query holds


def test_a_query_of_a_plain_question_holds_its_terms_and_nothing_else(filed: Index) -> None:
    query = filed.query("Is the port road open, or the road?")
    assert query.terms == ("port", "road", "open")
    assert query.idf.shape == query.boost.shape == query.named.shape == (3,)
    assert query.allowed is query.narrowing.preferred is None
    assert (query.narrowing.speaker, query.expansions, query.interpretation) == (
        "",
        (),
        Interpretation(),
    )
    assert query.language == "en"


OPERATORS = [
    *(
        "from:",
        "in:",
        "kind:",
        "on:",
        "after:",
        "before:",
        "year:",
        "-",
        '"',
        "“",
        "”",
        "„",
        "«",
        "»",
    ),
    *(
        "「",
        "」",
        "FROM:Rahman",
        "-from:",
        '-"',
        "#",
        "a#1",
        "a#99",
        "others",
        "year:2025",
        "kind:brief",
    ),
    *(
        "port",
        "ports",
        "the",
        "公路",
        "の",
        "ไท",
        "سڑک",
        "सड़क",
        "U.S.",
        "1,000",
        "Feb 2025",
        "2025",
    ),
    *("last week", "did the minister say", "according to", "What did Nadia Rahman say about", "?"),
    *("\ud800", "\x00", "\u200d", "\u0301", "İ", "ﷺ", "ironclad", "iron-clad", "OLT", "gwadr", "_"),
]
TYPED = st.one_of(
    st.lists(st.sampled_from(OPERATORS), max_size=14).map(" ".join),
    st.lists(st.sampled_from(OPERATORS), max_size=14).map("".join),
    st.lists(st.one_of(st.sampled_from(OPERATORS), st.text(max_size=6)), max_size=8).map(" ".join),
)


def records() -> list[Index]:
    """Return indexes of no, one and two paragraphs, of questions only, and of many languages."""
    texts = ["The port (PORT) of the iron-clad Orchard Land Trust (OLT).", "公路已开放。"]
    asked = statement("q", ["Is the port open?"])
    question = replace(asked.paragraphs[0], role=Role.QUESTION)
    several = [
        statement(tag, ["The port.", "公路 CPEC", "سڑک کھلی", "सड़क", "ไทย", "…"], language=tag)
        for tag in ("en", "zh", "ur", "hi", "th", "xx")
    ]
    return [
        Index(Record.of(made, synonyms=(("port", "公路"), ("the", "of"))))
        for made in (
            [],
            [statement("a", texts[:1])],
            [statement("a", texts)],
            [replace(asked, paragraphs=(question,))],
            several,
            [statement("a", ["…"]), replace(statement("b", ["_"]), date=None)],
        )
    ]


INDEXES = records()


@reaches(10)
@given(TYPED)
@example("a" * 4096)
@example('"' * 4096)
@example("-" * 4096)
@example("from:" * 800)
@example("on:1 " * 800)
def test_no_question_can_raise(question: str) -> None:
    """Operators and hostile text, asked of records of any size and language."""
    for index in INDEXES:
        answer = index.ask(question, 50, TODAY)
        assert answer.question == question
        explained = index.explain(question, 50, TODAY)
        terms = len(explained.query.terms)
        assert terms <= MAX_TERMS
        assert np.isfinite(explained.query.boost).all()
        for hit in explained.hits:
            reached()
            assert np.isfinite(hit.hit.score)
            assert hit.hit.paragraph.quotable


def test_preparing_changes_no_answer(filed: Index) -> None:
    """It only does beforehand what the first who types wrong would wait for."""
    before = filed.ask('Is the prot road open, or "the port"?')
    filed.prepare()
    assert filed.ask('Is the prot road open, or "the port"?') == before


@pytest.mark.parametrize(
    "asked", ["¿Dónde está la carretera pa ra del puerto?", "la carretera c on del puerto"]
)
def test_two_words_that_make_a_stop_word_of_the_questions_language_are_two_words(
    asked: str,
) -> None:
    """The one word stands on record in another language, where it is none."""
    english = statement("e", ["The con was para legal."])
    spanish = statement("s", ["La carretera del puerto es larga."], language="es")
    index = Index(Record.of([english, spanish]))
    assert index.query(asked).language == "es"
    assert ("s", 1) in index.paragraph_ids(index.rank(index.query(asked)))


@pytest.mark.parametrize(
    ("language", "text", "question", "foreign"),
    [
        ("sd", "بندرگاهه مارچ ۾ کلندي.", "بندرگاهه ڪڏهن", False),
        ("mr", "बंदर मार्चमध्ये उघडते.", "बंदर कधी", False),
        ("mk", "Пристаништето се отвора во март.", "Кога се отвора", False),
        ("sr-Latn", "Luka se otvara u martu.", "Kada se otvara", False),
        ("zh", "港口三月开放。", "2031", False),
        ("zh", "港口三月开放。", "harbour", True),
        ("en", "The harbour opens.", "港口", True),
    ],
)
def test_the_texts_show_whether_the_record_has_the_script_of_a_question(
    language: str, text: str, question: str, foreign: bool
) -> None:
    """Not by their tags: not all languages are known, and some have two scripts."""
    index = Index(Record.of([statement("a", [text], language=language)]))
    assert index.query(question).interpretation.foreign is foreign
    headed = Index(Record.of([statement("a", ["Joint Statement", text], language="zh")]))
    assert headed.query("火星上有生命吗").interpretation.foreign is False


@pytest.mark.parametrize(
    "question",
    [
        '"the levy rose on 5 January 2024"',
        "the levy rose on 5 January 2024",
        '"on 5 January 2024" levy',
        '"according to Lin Wei" levy',
        "according to Lin Wei, the levy rose on 5 January 2024",
    ],
)
def test_what_stands_word_for_word_asks_of_nobody_and_of_no_day(question: str) -> None:
    text = "According to Lin Wei, the levy rose on 5 January 2024."
    index = Index(Record.of([statement("one", [text]), statement("two", ["Tea.", *OTHERS])]))
    answer = index.ask(question, today=TODAY)
    assert answer.answered
    assert answer.hits[0].quote.text == text
    assert not answer.understood
