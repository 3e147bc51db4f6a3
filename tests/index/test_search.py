"""Answers: what holds of every one, on records made here and on the two real texts."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made_drafts import file, read_draft
from made_statements import sharing
from reached import reached, reaches
from real_texts import JOINT, REMARKS

from index.files.loading import load_record
from index.model.answer import Amended, Answer, Citation, Hit, Quote
from index.model.attribution import Attribution
from index.model.own import is_own
from index.model.record import Record
from index.model.statement import Kind, Speaker, Statement
from index.question.query_reader import MAX_TERMS
from index.ranking.briefs import BRIEF_GIVES_WAY
from index.references.catalogue import MOST_REFERENCES
from index.references.reference import references
from index.search import FEW_TERMS, Index
from index.text.sentences import sentence_spans

HARBOUR = (
    "The harbour road is open. Lorries reach the Salt Quay within an hour.",
    "Fishing crews are paid by the day. The Salt Quay pays, and the Lantern Fund insures them.",
    "Schools along the coast reopen in May.",
    "The Lantern Fund has lent 4,000 crowns to growers of saffron.",
    "Growers of saffron asked for shade nets; they were promised.",
)
BRIEF = (
    "The harbour road carries traffic again, says the ministry; lorries need an hour to the quay.",
    "Saffron growers got a loan.",
)


@pytest.fixture(scope="module")
def harbour(make_statement) -> Index:
    return Index(Record.of([make_statement(*HARBOUR, id="harbour")]))


@pytest.fixture(scope="module")
def with_brief(make_statement) -> Index:
    brief = make_statement(*BRIEF, id="brief", kind=Kind.BRIEF)
    return Index(Record.of([make_statement(*HARBOUR, id="harbour"), brief]))


def assert_holds(answer: Answer, index: Index, limit: int = 5) -> None:
    """Hold every answer to what is promised of it."""
    filed = {
        (statement.id, paragraph.number): (statement, paragraph)
        for statement, paragraph in index.record.paragraphs()
    }
    assert len(answer.hits) <= limit
    others = tuple(one for one in index.record.statements if not is_own(one))
    if not answer.understood:
        assert answer.searched == Record(others).coverage()
    assert bool(answer.hits) or not answer.answered
    for hit in answer.hits:
        statement, paragraph = filed[hit.citation.statement, hit.citation.paragraph]
        assert hit.paragraph is paragraph
        assert hit.quote.text == paragraph.text
        start, stop = hit.sentence
        assert hit.key_sentence.text == paragraph.text[start:stop] != ""
        assert all(0 <= a < b <= len(paragraph.text) for a, b in hit.highlights)
        assert all(first[1] <= second[0] for first, second in pairwise(hit.highlights))
        assert hit.citation == Citation.of(statement, paragraph, hit.citation.reference)
        assert paragraph.quotable
        assert hit.sentence in [
            (0, len(paragraph.text)),
            *sentence_spans(paragraph.text, statement.language),
        ]
    assert len({hit.citation.reference for hit in answer.hits}) == len(answer.hits)
    assert len(answer.suggestions) <= 3
    assert len(set(answer.suggestions)) == len(answer.suggestions)
    if answer.answered:
        assert answer.suggestions == ()
    for suggestion in answer.suggestions:
        assert index.ask(suggestion).answered


QUESTIONS = [
    "Is the harbour road open?",
    "Who insures fishing crews?",
    "saffron",
    "When do schools reopen?",
    "What about bitcoin?",
    "Salt Quay",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_keeps_every_promise(harbour: Index, with_brief: Index, question: str) -> None:
    for index in (harbour, with_brief):
        assert_holds(index.ask(question), index)


@pytest.mark.parametrize(
    ("question", "paragraph", "sentence", "highlights"),
    [
        ("When do lorries reach the quay?", 1, "Lorries reach", ["Lorries", "reach", "Quay"]),
        ("Is the harbour road open?", 1, "The harbour road", ["harbour", "road", "open"]),
        (
            "Does the Salt Quay pay crews?",
            2,
            "The Salt Quay",
            ["crews", "Salt", "Quay", "pays"],
        ),
        (
            "How much was lent to saffron growers?",
            4,
            "The Lantern Fund",
            ["lent", "growers", "saffron"],
        ),
    ],
)
def test_the_right_paragraph_its_sentence_and_the_words_asked_for(
    harbour: Index, question: str, paragraph: int, sentence: str, highlights: list[str]
) -> None:
    answer = harbour.ask(question)
    first = answer.hits[0]
    assert answer.answered
    assert first.paragraph.number == paragraph
    assert first.key_sentence.text.startswith(sentence)
    assert [first.quote.text[a:b] for a, b in first.highlights] == highlights


def test_the_same_question_twice_gives_equal_answers(harbour: Index, make_statement) -> None:
    """From the same index, and from another that was built of the same record."""
    again = Index(Record.of([make_statement(*HARBOUR, id="harbour")]))
    for question in QUESTIONS:
        assert harbour.ask(question) == harbour.ask(question) == again.ask(question)


def test_a_question_put_to_an_official_is_never_a_hit(make_statement) -> None:
    texts = ("Is the saffron levy lawful?", "It is under review.", "The saffron levy stays.")
    index = Index(Record.of([make_statement(*texts, asked=(1,))]))
    for question in ("Is the saffron levy lawful?", "lawful", "saffron levy", "review"):
        answer = index.ask(question)
        assert_holds(answer, index)
        assert 1 not in [hit.paragraph.number for hit in answer.hits]
    assert index.searched.paragraphs == 2


def test_a_question_paragraph_can_still_be_turned_to_and_says_what_it_is(make_statement) -> None:
    index = Index(Record.of([make_statement("Is it lawful?", "It is.", asked=(1,))]))
    hit = index.paragraph("a-statement", 1)
    assert hit is not None
    assert hit.citation.attribution is Attribution.QUESTION


def test_a_brief_gives_way_to_its_source(with_brief: Index) -> None:
    """Though the brief scores better, being worded as people ask."""
    question = "Does the harbour road carry traffic, and do lorries reach the quay in an hour?"
    ranked = with_brief.paragraph_ids(with_brief.rank(with_brief.query(question)))
    assert ranked[0] == ("brief", 1)
    answer = with_brief.ask(question)
    places = [(hit.citation.statement, hit.paragraph.number) for hit in answer.hits]
    assert places.index(("harbour", 1)) < places.index(("brief", 1))


def test_a_brief_gives_way_to_a_source_that_answers_as_much_in_other_words(
    make_statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though it shares nothing with it but what was asked; a source that lacks more does not."""
    monkeypatch.setattr("index.ranking.briefs.SHARED_IDF", 2.0)  # more than a paragraph can share
    rest = [f"Paragraph {n} speaks of tea, of rice and of shed {n}." for n in range(60)]
    brief = make_statement("The harbour levy on saffron rises.", id="brief", kind=Kind.BRIEF)
    question = "What about the harbour levy on saffron?"
    for said, first in (
        ("Of the levy that saffron pays at our harbour, nobody here thinks kindly.", "source"),
        ("Of the levy that barley pays at our harbour, nobody here thinks kindly.", "brief"),
    ):
        index = Index(Record.of([make_statement(said, *rest, id="source"), brief]))
        query = index.query(question)
        ranking = index.rank(query)
        assert index.paragraph_ids(ranking)[:2] == [("brief", 1), ("source", 1)]
        assert 1 in index.answering(query, ranking).tolist()
        assert (ranking.missing[1] <= ranking.missing[0]) == (first == "source")
        assert index.ask(question).hits[0].citation.statement == first


def test_a_brief_does_not_give_way_to_a_source_far_behind(
    make_statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has every word that was asked for, pages apart."""
    pages = " ".join(f"They also spoke of matter {n} for a while." for n in range(120))
    said = f"A harbour stands here. {pages} A levy is paid. {pages} Some grow saffron."
    rest = [f"Paragraph {n} speaks of tea, of rice and of shed {n}." for n in range(60)]
    brief = make_statement("The harbour levy on saffron rises.", id="brief", kind=Kind.BRIEF)
    index = Index(Record.of([make_statement(said, *rest, id="source"), brief]))
    question = "What about the harbour levy on saffron?"
    query = index.query(question)
    ranking = index.rank(query)
    assert index.answering(query, ranking).tolist() == [0, 1]
    assert ranking.missing[1] <= ranking.missing[0]
    assert ranking.scores[1] < BRIEF_GIVES_WAY * ranking.scores[0]
    assert index.ask(question).hits[0].citation.statement == "brief"
    monkeypatch.setattr("index.ranking.briefs.BRIEF_GIVES_WAY", 0.0)
    assert index.ask(question).hits[0].citation.statement == "source"


def test_an_unrelated_source_does_not_go_before_the_brief_that_answers(
    make_statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It shares some words with the question, and few with the brief."""
    long = [
        "The airport opened a lounge at Multan in 2019.",
        *(f"Paragraph {n} speaks of tea, of rice and of road {n}." for n in range(200)),
        *(f"The shop {n} of the road opened late that year, as shops do." for n in range(8)),
        *(f"No airport has {n} lamps for that." for n in range(8)),
    ]
    said = "The Gwadar airport opened in January 2025."
    brief = make_statement(said, id="brief", kind=Kind.BRIEF)
    index = Index(Record.of([make_statement(*long, id="long"), brief]))
    question = "When did the Gwadar airport open?"
    query = index.query(question)
    ranking = index.rank(query)
    # It comes near in score, and does not answer by itself: only the lack of an echo tells.
    assert index.paragraph_ids(ranking)[:2] == [("brief", 1), ("long", 1)]
    assert ranking.scores[1] >= BRIEF_GIVES_WAY * ranking.scores[0]
    assert 1 not in index.answering(query, ranking)
    assert [hit.citation.statement for hit in index.ask(question).hits] == ["brief"]
    monkeypatch.setattr("index.ranking.briefs.SHARED_IDF", 0.0)
    assert index.ask(question).hits[0].citation.statement == "long"


def test_a_question_about_few_words_is_answered_where_all_stand(make_statement) -> None:
    """Even though they stand nearly everywhere; a word that is nowhere changes that."""
    texts = [f"The harbour has {n} lamps." for n in range(40)]
    index = Index(Record.of([make_statement(*texts, "Tea grows here.")]))
    for question, answered in (
        ("What do they say about the harbour?", True),
        ("What do they say about bitcoin?", False),
        ("What do they say about the harbour and the tax on it?", False),
    ):
        query = index.query(question)
        assert not query.keywords_only
        assert (len(query.terms) <= FEW_TERMS) == ("tax" not in question)
        assert index.ask(question).answered is answered


def test_a_joint_statement_is_cited_to_all_its_speakers(make_statement) -> None:
    both = (Speaker("Pakistan", "State"), Speaker("China", "State"))
    for kind, speakers, cited in (
        (Kind.JOINT_STATEMENT, both, ("Pakistan, China", "")),
        (Kind.JOINT_STATEMENT, both[:1], ("Pakistan", "State")),
        (Kind.STATEMENT, both, ("Pakistan", "State")),
    ):
        statement = make_statement("The road is open.", kind=kind, speakers=speakers)
        citation = Citation.of(statement, statement.paragraphs[0], "AAAA-AAAA")
        assert (citation.speaker, citation.role) == cited


def test_a_brief_answers_where_no_source_comes_near(make_statement) -> None:
    brief = make_statement(*BRIEF, id="brief", kind=Kind.BRIEF)
    index = Index(Record.of([make_statement("Schools reopen in May.", id="other"), brief]))
    answer = index.ask("Does the harbour road carry traffic again?")
    assert answer.answered
    assert [hit.citation.attribution for hit in answer.hits] == [Attribution.BRIEF]


def test_a_refused_question_brings_the_nearest_passages_and_suggestions(harbour: Index) -> None:
    question = "Did parliament debate cryptocurrency taxation beside schools yesterday evening?"
    answer = harbour.ask(question)
    assert not answer.answered
    assert [hit.paragraph.number for hit in answer.hits] == [3]
    # What the question itself has comes first.
    assert answer.suggestions[0] == "schools"
    assert set(answer.suggestions[1:]) == {"Salt Quay", "Lantern Fund"}
    assert_holds(answer, harbour)


def test_a_question_of_which_no_word_is_on_record_brings_no_passage(harbour: Index) -> None:
    answer = harbour.ask("bitcoin?")
    assert (answer.answered, answer.hits) == (False, ())
    assert answer.suggestions


@pytest.mark.parametrize(
    "spelling",
    [
        "{0}", "{1}", "ref {0}", "Ref {1}", " {0} ", "{2}", "{3}",
    ],
)  # fmt: skip
def test_a_reference_brings_its_paragraph_however_it_is_typed(
    harbour: Index, spelling: str
) -> None:
    """Every paragraph's own; in lower case, without the dash, with O for 0 and l for 1."""
    for number in range(1, len(HARBOUR) + 1):
        code = harbour.paragraph("harbour", number).citation.reference
        letters = code.lower().replace("0", "o").replace("1", "l")
        answer = harbour.ask(spelling.format(code, code.lower(), code.replace("-", ""), letters))
        assert answer.answered
        (hit,) = answer.hits
        assert (hit.paragraph.number, hit.citation.reference) == (number, code)
        assert hit.sentence == (0, len(hit.paragraph.text))


def test_a_zero_in_a_reference_may_be_typed_as_a_letter(make_statement) -> None:
    """So that the test above tries it, whatever codes its texts happen to have."""
    index = Index(Record.of([make_statement(*(f"Paragraph {n}." for n in range(60)))]))
    codes = [index.paragraph("a-statement", n).citation.reference for n in range(1, 61)]
    code = next(code for code in codes if "0" in code)
    assert index.ask(code.replace("0", "O")).hits == index.ask(code).hits != ()


def test_a_reference_that_is_not_on_record_is_a_question_like_any_other(harbour: Index) -> None:
    answer = harbour.ask("ZZZZ-ZZZZ")
    assert (answer.answered, answer.hits) == (False, ())
    assert harbour.look_up("ZZZZ-ZZZZ") == []


def test_a_statements_id_brings_all_its_paragraphs_and_a_number_one(harbour: Index) -> None:
    answer = harbour.ask("harbour", 50)
    assert answer.answered
    assert [hit.paragraph.number for hit in answer.hits] == [1, 2, 3, 4, 5]
    (hit,) = harbour.ask(" harbour#4 ").hits
    assert hit == harbour.paragraph("harbour", 4)
    assert hit.sentence == (0, len(HARBOUR[3]))


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "harbour#0",
            "harbour#6",
            "harbour#99",
            "harbour#-1",
            "harbour#x",
            "harbour#",
            "harbour##1",
        ),
        *("nowhere#1", "#1", "#", "harbour #1", "Harbour", f"harbour#{'9' * 5000}", "harbour#²"),
    ],
)
def test_an_id_that_names_no_paragraph_is_a_question_like_any_other(
    harbour: Index, typed: str
) -> None:
    assert harbour.look_up(typed) == []
    assert_holds(harbour.ask(typed), harbour)


@pytest.mark.parametrize(
    ("kind", "cited"),
    [
        (Kind.REPORT, "Ministry of Ports, Railway Board"),
        (Kind.JOINT_STATEMENT, "Ministry of Ports, Railway Board"),
        (Kind.REMARKS, "Ministry of Ports"),
    ],
)
def test_a_report_of_several_speakers_is_cited_to_all(make_statement, kind: Kind, cited: str):
    """Else an outlet's report of two sides would be given as the words of the one named first."""
    parties = (Speaker("Ministry of Ports"), Speaker("Railway Board"))
    made = make_statement("The two sides share the quay.", kind=kind, speakers=parties)
    index = Index(Record.of([made]))
    (hit,) = index.ask("quay").hits
    assert hit.citation.speaker == cited
    assert index.ask("from:railway quay").answered is (kind is not Kind.REMARKS)


def test_in_a_report_a_named_turn_is_the_speakers_alone(tmp_path: Path) -> None:
    """To the others it would be a quote that they never gave."""
    folder = tmp_path / "statements"
    folder.mkdir()
    (folder / "fee.md").write_text(
        "---\ntitle: On the fee\nkind: report\n"
        "speakers: [{name: Nadia Rahman, role: Minister}, {name: Li Wen}]\n---\n\n"
        "Both spoke of the harbour.\n\nRAHMAN: “We will never raise the fee.”\n"
    )
    (folder / "more.jsonl").write_text(
        '{"id": "more", "title": "T", "kind": "report", "speakers": ["Nadia Rahman", "Li Wen"],'
        ' "paragraphs": ["Trains were late.",'
        ' {"text": "“Never again.”", "speaker": "Nadia Rahman"}]}'
    )
    index = Index(load_record(tmp_path))
    cited = {
        name: index.paragraph(*name).citation.speaker
        for name in (("fee", 1), ("fee", 2), ("more", 1), ("more", 2))
    }
    assert list(cited.values()) == ["Nadia Rahman, Li Wen", "Nadia Rahman"] * 2


def test_an_id_brings_a_reporters_question_too_and_says_what_it_is(make_statement) -> None:
    index = Index(Record.of([make_statement("Is it lawful?", "It is.", asked=(1,))]))
    (hit,) = index.ask("a-statement#1").hits
    assert hit.citation.attribution is Attribution.QUESTION


@pytest.mark.parametrize(
    "written",
    [
        "Ayesha Noor · direct quote · A statement, 6 Feb 2025 · paragraph 2 of 5 · ref {ref}",
        "({ref})",
        "ref: {ref}.",
        "What is {ref}?",
        "https://t.me/OnRecordBot?start={ref}",
        "note={{Remarks. Ref. {ref}}},\n}}",
        "as {lower} says, which is well-read and long-term",
        "“{ref}” – and nothing more, 2024-2025" + " word" * 400,
    ],
)
def test_a_citation_that_is_pasted_brings_its_paragraph(harbour: Index, written: str) -> None:
    """A user who receives a citation can check it by sending it back."""
    hit = harbour.paragraph("harbour", 2)
    reference = hit.citation.reference
    answer = harbour.ask(written.format(ref=reference, lower=reference.lower()))
    assert answer.answered
    assert answer.hits == (hit,)


def test_a_quote_that_its_reference_does_not_bear_out_is_said_to_be_absent(harbour: Index) -> None:
    """An invented quotation may come with a real reference."""
    hit = harbour.paragraph("harbour", 2)
    words, reference = hit.paragraph.text, hit.citation.reference
    made_up = f"“{words} Never in winter,” she said (ref {reference})"
    answer = harbour.ask(made_up)
    assert answer.hits == (hit,)
    assert answer.interpretation.absent == (f"{words} Never in winter,",)
    for true in (f"“{words}” ({reference})", f"Noor, “{hit.citation.title}”, ref {reference}"):
        assert harbour.ask(true).interpretation.absent == ()
    assert harbour.ask(f"from:nobody {reference}").answered is False
    assert harbour.ask(f"Noor -spokesperson- on 6 Feb, ref {reference}").hits == (hit,)


def test_what_a_citation_quotes_of_titles_and_names_is_not_asked_for_in_the_paragraph(
    make_statement,
) -> None:
    """Shortened ones too, as a button copies them."""
    made = make_statement(
        "The quay opens in May.",
        title="Joint Statement on the Quay of the Harbour",
        speakers=(Speaker("Ioannis “John” Doe"),),
        publisher="Газета «Известия»",
    )
    index = Index(Record.of([made]))
    reference = index.paragraph("a-statement", 1).citation.reference
    cited = (
        "Ioannis “John” Doe, “Joint Statement on the Quay of the Harb…”, Газета «Известия», "
        f"“The quay opens in May”, ref {reference}"
    )
    assert index.ask(cited).interpretation.absent == ()
    assert index.ask(
        f"“Joint Statement on the Pier of the Harb…” {reference}"
    ).interpretation.absent


def test_a_phrase_must_stand_in_what_is_shown(make_statement) -> None:
    texts = [f"Thing{number} is said here." for number in range(1, 8)]
    index = Index(Record.of([make_statement(*texts)]))
    codes = " ".join(index.paragraph("a-statement", n).citation.reference for n in range(1, 8))
    assert index.ask(f"“thing7” {codes}", 5).interpretation.absent == ("thing7",)
    assert index.ask(f"“thing7” {codes}", 7).interpretation.absent == ()


def test_of_very_many_references_the_first_are_read_and_that_is_told(make_statement) -> None:
    texts = [f"Thing{number} is said here." for number in range(30)]
    index = Index(Record.of([make_statement(*texts)]))
    codes = [index.paragraph("a-statement", n).citation.reference for n in range(1, 31)]
    none = " ".join(f"K7Q2-{number}" for number in range(1000, 1040))
    all_read = index.ask(f"{none} {' '.join(codes[:MOST_REFERENCES])} {none}", 1000)
    assert [hit.citation.reference for hit in all_read.hits] == codes[:MOST_REFERENCES]
    assert all_read.interpretation.read_up_to == ""
    for limit, shown in ((1000, codes[:MOST_REFERENCES]), (5, codes[:5])):
        answer = index.ask(f"“thing27” {' '.join(codes)}", limit)
        assert [hit.citation.reference for hit in answer.hits] == shown
        assert answer.interpretation.read_up_to == codes[MOST_REFERENCES - 1]
        assert answer.interpretation.absent == ("thing27",)
    gone = references("a-statement", ["It was struck out."])[0]
    amended = index.amended(f"{' '.join(codes)} {gone}")
    assert amended is not None
    assert amended.reference == gone


def test_no_more_of_a_statement_is_read_than_is_asked_for(harbour: Index) -> None:
    whole = harbour.look_up("harbour")
    assert len(whole) > 2
    assert harbour.look_up("harbour", 2) == whole[:2]
    assert harbour.look_up("harbour#2", 1) == whole[1:2]
    both = " and ".join(hit.citation.reference for hit in whole)
    assert harbour.look_up(both, 2) == whole[:2]
    assert harbour.ask("harbour", 2).hits == tuple(whole[:2])


def test_a_text_with_several_references_brings_them_in_its_order(harbour: Index) -> None:
    fourth, second = (harbour.paragraph("harbour", number) for number in (4, 2))
    codes = [hit.citation.reference for hit in (fourth, second, fourth)]
    assert harbour.look_up(f"{codes[0]}, {codes[1]} and {codes[2]} again") == [fourth, second]


@pytest.mark.parametrize(
    "written", ["K7Q2-M9XA is unheard of", "well-read 2024-2025", "AAAA-BBBB", "0300-1234"]
)
def test_what_only_looks_like_a_reference_is_plain_words(harbour: Index, written: str) -> None:
    assert harbour.look_up(written) == []
    assert harbour.amended(written) is None
    assert harbour.ask(f"When does the harbour road reopen? {written}").hits


def amended_harbour(make_statement) -> Index:
    """Return the harbour's index after its third paragraph was amended."""
    texts = [*HARBOUR[:2], "Schools along the coast reopen in June.", *HARBOUR[3:]]
    return Index(Record.of([make_statement(*texts, id="harbour")]))


def test_an_amended_paragraphs_reference_leads_to_its_statement_and_to_no_paragraph(
    harbour: Index, make_statement
) -> None:
    """Never to the new words as if they were the old; the others' lead where they did."""
    after = amended_harbour(make_statement)
    old = [harbour.paragraph("harbour", number).citation.reference for number in range(1, 6)]
    assert after.look_up(old[2]) == []
    assert not after.ask(old[2]).answered
    assert after.amended(old[2]) == Amended(old[2], (after.paragraph("harbour", 1),))
    assert after.amended(f" ref {old[2].lower().replace('-', ' ')} ") == after.amended(old[2])
    for number in (1, 2, 4, 5):
        (hit,) = after.look_up(old[number - 1])
        assert hit == after.paragraph("harbour", number)
        assert after.amended(old[number - 1]) is None


def test_a_paragraph_that_was_struck_out_counts_as_amended(harbour: Index, make_statement) -> None:
    shorter = Index(Record.of([make_statement(*HARBOUR[:4], id="harbour")]))
    gone = harbour.paragraph("harbour", 5).citation.reference
    assert shorter.amended(gone) == Amended(gone, (shorter.paragraph("harbour", 1),))


@pytest.mark.parametrize(
    "name", ["", "harbour", "harbour#99", "Is the harbour road open?", "ZZZZ-ZZZZ", "9" * 5000]
)
def test_what_is_no_reference_or_of_no_statement_on_record_was_not_amended(
    harbour: Index, name: str
) -> None:
    assert harbour.amended(name) is None


def test_where_two_statements_can_be_meant_both_are_named() -> None:
    """Half a reference, 20 bits, stands for a statement; in a record of thousands some share it."""
    one, two = sharing(["Thank you."])
    index = Index(Record.of([one, two]))
    (first, second) = index.look_up(index.paragraph(one.id, 1).citation.reference)
    assert {first.citation.statement, second.citation.statement} == {one.id, two.id}
    gone = f"{first.citation.reference[:4]}-0000"
    amended = index.amended(gone)
    assert {hit.citation.statement for hit in amended.statements} == {one.id, two.id}


def test_every_paragraph_can_be_turned_to_and_none_beyond(harbour: Index) -> None:
    texts = [harbour.paragraph("harbour", n).quote.text for n in range(1, len(HARBOUR) + 1)]
    assert texts == list(HARBOUR)
    for number in (0, -1, len(HARBOUR) + 1):
        assert harbour.paragraph("harbour", number) is None
    assert harbour.paragraph("nowhere", 1) is None


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 50])
def test_the_limit_is_respected_and_takes_the_best(harbour: Index, limit: int) -> None:
    for question in QUESTIONS:
        answer = harbour.ask(question, limit)
        assert_holds(answer, harbour, limit)
        assert answer.hits == harbour.ask(question, 1000).hits[:limit]
    code = harbour.paragraph("harbour", 1).citation.reference
    assert len(harbour.ask(code, limit).hits) == 1


EMPTY_QUESTIONS = [
    *(
        "",
        " ",
        "\n\t",
        "?",
        "…—“”!?",
        "the of and",
        "what is it about",
        "\x00",
        "\ud800",
        "😀",
        "\u200b",
    ),
    *("’s", "'", "İ", "1,000", "q" * 10_000, "harbour " * 1250, "a.b." * 2500, "路" * 10_000),
    *("()[]{}*\\", "' OR 1=1 --", "K7Q2-M9XA", " ".join(f"word{n}" for n in range(2000))),
]


@pytest.mark.parametrize("question", EMPTY_QUESTIONS, ids=lambda question: ascii(question[:20]))
@pytest.mark.parametrize("size", [0, 1, 2, 5])
def test_no_question_is_too_odd_for_a_record_of_any_size(
    make_statement, question: str, size: int
) -> None:
    statements = [make_statement(*HARBOUR[:size])] if size else []
    index = Index(Record.of(statements))
    assert_holds(index.ask(question), index)


@pytest.mark.parametrize("question", ["", "?", "the of and", "bitcoin", "What is it about?"])
def test_an_empty_record_answers_nothing_and_suggests_nothing(question: str) -> None:
    answer = Index(Record.of([])).ask(question)
    assert (answer.answered, answer.hits, answer.suggestions) == (False, (), ())
    assert (answer.searched.statements, answer.searched.paragraphs) == (0, 0)


@pytest.mark.parametrize("question", ["", " ", "?!", "the of and"])
def test_a_question_without_a_subject_is_not_answered(harbour: Index, question: str) -> None:
    answer = harbour.ask(question)
    assert (answer.answered, answer.hits) == (False, ())


def test_a_record_of_nothing_but_questions_answers_nothing(make_statement) -> None:
    index = Index(Record.of([make_statement("Is the road open?", asked=(1,))]))
    assert index.ask("road").hits == ()


@pytest.mark.parametrize("size", [1, 2])
def test_a_record_of_one_or_two_paragraphs_answers(make_statement, size: int) -> None:
    """Where BM25's own idf is zero or negative."""
    index = Index(Record.of([make_statement(*HARBOUR[:size])]))
    answer = index.ask("Is the harbour road open?")
    assert answer.answered
    assert answer.hits[0].paragraph.number == 1
    assert not index.ask("bitcoin").answered


ODD = st.lists(
    st.sampled_from(
        [
            *("harbour", "Salt Quay", "SAFFRON", "the", "U.S.", "’s", "İ", "ß", "中文", "\ud800"),
            *(
                "4,000",
                "4000",
                "?",
                "\n",
                "\u202e",
                "👩‍👩‍👧",
                "e\u0301",
                "K7Q2-M9XA",
                "ref ",
                "\x00",
            ),
        ]
    ),
    max_size=12,
).map(" ".join)


@reaches(5)
@settings(deadline=None)
@given(st.one_of(st.text(st.characters(), max_size=80), ODD), st.integers(1, 7))
@example("İİİİ harbour", 1)
def test_no_text_at_all_breaks_a_promise(with_brief: Index, question: str, limit: int) -> None:
    answer = with_brief.ask(question, limit)
    if answer.answered:
        reached()
    assert_holds(answer, with_brief, limit)


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40).filter(
    lambda text: text.strip() and "\n" not in text and "\r" not in text
)


@settings(deadline=None)
@given(
    st.lists(TEXTS, min_size=1, max_size=5),
    st.sampled_from(["en", "ur", "zh", "hi", "xx"]),
    st.booleans(),
)
def test_no_record_at_all_breaks_a_promise(make_statement, texts, language, brief) -> None:
    """Asked about itself, whatever it is."""
    kind = Kind.BRIEF if brief else Kind.REPORT
    index = Index(Record.of([make_statement(*texts, language=language, kind=kind)]))
    for text in texts:
        assert_holds(index.ask(text), index)
        assert_holds(index.ask(index.paragraph("a-statement", 1).citation.reference), index)


def test_a_long_question_is_read_up_to_a_number_of_terms(harbour: Index) -> None:
    """Those that tell most are kept, in their order."""
    words = [f"word{number}" for number in range(200)]
    query = harbour.query(" ".join([*words, "harbour", *words]))
    assert len(query.terms) == MAX_TERMS == len(query.idf)
    assert list(query.terms) == [word for word in words if word in query.terms]


def test_quotes_are_slices_or_nothing(make_statement) -> None:
    paragraph = make_statement("Yes.").paragraphs[0]
    assert Quote(paragraph, 0, 3).text == "Yes"
    for start, stop in ((0, 5), (-1, 2), (2, 2), (3, 1), (4, 5)):
        with pytest.raises(ValueError, match="is not a slice of 4 characters"):
            Quote(paragraph, start, stop)


def test_no_value_of_an_answer_takes_a_quotes_text_from_outside() -> None:
    assert [field.name for field in fields(Quote)] == ["paragraph", "start", "stop"]
    assert not {"text", "quote"} & {field.name for field in fields(Hit)}


def test_questions_in_another_script_find_statements_in_their_language(make_statement) -> None:
    index = Index(
        Record.of(
            [
                make_statement(*HARBOUR, id="harbour"),
                make_statement("公路已经开放。", "学校五月开学。", id="zh", language="zh"),
                make_statement("سڑک کھل گئی ہے۔", "سکول مئی میں کھلیں گے۔", id="ur", language="ur"),
            ]
        )
    )
    found = {
        question: index.ask(question).hits[0].citation.statement
        for question in ("公路开放了吗？", "سڑک کب کھلی؟", "harbour road")
    }
    assert list(found.values()) == ["zh", "ur", "harbour"]
    for question in found:
        assert_holds(index.ask(question), index)


MIXED = {
    "en": ("The harbour road is open.", "Schools reopen in May."),
    "zh": ("港口公路已经开放。", "学校五月开学。"),
    "ur": ("بندرگاہ کی سڑک کھل گئی ہے۔", "سکول مئی میں کھلیں گے۔"),
    "hi": ("बंदरगाह की सड़क खुल गई है।", "स्कूल मई में खुलेंगे।"),
    "es": ("La carretera del puerto está abierta.", "Las escuelas abren en mayo."),
}


@pytest.fixture(scope="module")
def mixed(make_statement) -> Index:
    statements = [make_statement(*texts, id=tag, language=tag) for tag, texts in MIXED.items()]
    return Index(Record.of(statements))


@pytest.mark.parametrize(
    ("question", "language", "number", "dropped"),
    [
        ("Is the harbour road open?", "en", 1, ()),
        ("When do schools reopen?", "en", 2, ("When", "do")),
        ("港口公路开放了吗？", "zh", 1, ("吗",)),
        ("何时开学？", "zh", 2, ("何时",)),
        ("سڑک کب کھلی؟", "ur", 1, ("کب",)),
        ("سکول کب کھلیں گے؟", "ur", 2, ("کب",)),
        ("सड़क कब खुली?", "hi", 1, ("कब",)),
        ("स्कूल कब खुलेंगे?", "hi", 2, ("कब",)),
        ("¿Está abierta la carretera del puerto?", "es", 1, ()),
        ("¿Cuándo abren las escuelas?", "es", 2, ("Cuándo",)),
        ("karayolu: carretera del puerto", "es", 1, ()),
    ],
)
def test_a_record_of_five_languages_answers_each_question_in_its_own(
    mixed: Index, *, question: str, language: str, number: int, dropped: tuple[str, ...]
) -> None:
    """And the words that only ask are dropped, by the language of the question."""
    query, answer = mixed.query(question), mixed.ask(question)
    assert query.language == language
    assert set(dropped) <= set(query.dropped)
    assert answer.answered
    first = answer.hits[0]
    assert (first.citation.statement, first.paragraph.number) == (language, number)
    assert_holds(answer, mixed)


def test_a_name_in_another_script_is_found_within_a_text(make_statement) -> None:
    index = Index(Record.of([make_statement("在 CPEC 框架下修路。", "学校。", language="zh")]))
    assert [hit.paragraph.number for hit in index.ask("CPEC").hits] == [1]


def test_progress_is_reported(make_statement) -> None:
    told: list[tuple[int, int]] = []
    many = make_statement(*(f"Paragraph {n}." for n in range(1200)))
    Index(Record.of([many]), lambda done, total: told.append((done, total)))
    assert told == [(0, 1200), (500, 1200), (1000, 1200)]


# The two real texts, put on record as an operator does it.

GIVEN = {
    REMARKS: {
        "title": "Remarks to media",
        "speakers": ["Jiang Zaidong; Chinese Ambassador to Pakistan"],
        "date": "2025-02-24",
    },
    JOINT: {
        "title": "Joint statement on the state visit",
        "speakers": ["Pakistan", "China"],
        "date": "2025-02-06",
        "kind": "joint statement",
    },
}
BY_FILE = {
    REMARKS: "2025-02-24-remarks-to-media",
    JOINT: "2025-02-06-joint-statement-on-the-state-visit",
}


@pytest.fixture(scope="module")
def filed(shared: Path, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Return the bundled record with the two real texts filed beside it."""
    data = tmp_path_factory.mktemp("data")
    shutil.copytree(project / "data" / "statements", data / "statements")
    for name, known in GIVEN.items():
        draft = read_draft(shared / "statements" / "raw" / name, known)
        file(draft, load_record(data), data)
    record = load_record(data)
    assert record.problems == ()
    return record


@pytest.fixture(scope="module")
def originals(filed: Record) -> list[Statement]:
    return [statement for statement in filed.statements if statement.id in BY_FILE.values()]


@pytest.fixture(scope="module")
def beside_briefs(filed: Record) -> Index:
    return Index(filed)


@pytest.fixture(scope="module")
def alone(originals: list[Statement]) -> Index:
    """Return the index of the 37 real paragraphs only."""
    index = Index(Record.of(originals))
    assert index.searched.paragraphs == 37
    return index


def place_of(shared: Path, name: str, words: str) -> tuple[str, int]:
    """Return the statement and the number of the one paragraph of a raw text that has *words*."""
    raw = (shared / "statements" / "raw" / name).read_text("utf-8")
    paragraphs = [one for one in raw.split("\n\n") if one.strip()]
    (number,) = (n for n, one in enumerate(paragraphs, 1) if words in one)
    return BY_FILE[name], number


@pytest.mark.parametrize(
    ("question", "name", "words"),
    [
        ("Has the Gwadar airport opened?", JOINT, "Gwadar International Airport"),
        ("What did they say about Gwadar?", JOINT, "Gwadar International Airport"),
        ("Gwadar port operation and the Khunjerab Pass", REMARKS, "Khunjerab"),
        ("What is planned for the Karakoram Highway?", REMARKS, "Karakoram"),
        ("karakoram highway", REMARKS, "Karakoram"),
        ("When did buffalo dairy reach China?", REMARKS, "buffalo"),
        ("How many tons of buffalo milk products were sent?", REMARKS, "buffalo"),
        ("How should the Kashmir dispute be resolved?", JOINT, "left over from history"),
        (
            "What was China told of the situation in Jammu and Kashmir?",
            JOINT,
            "briefed the Chinese",
        ),
        ("What are the five corridors?", JOINT, "livelihood-enhancing"),
        ("Which corridors will the upgraded CPEC have?", JOINT, "livelihood-enhancing"),
        ("When is the 75th anniversary?", REMARKS, "10th anniversary"),
        ("75th anniversary of diplomatic relations", REMARKS, "10th anniversary"),
        ("Who will be sent for agricultural training?", REMARKS, "1,000 Pakistanis"),
        ("What is Uraan?", JOINT, "Uraan"),
    ],
)
def test_a_question_brings_the_originals_right_paragraph_first(
    shared: Path, beside_briefs: Index, alone: Index, *, question: str, name: str, words: str
) -> None:
    """Beside the briefs, which are worded as people ask, and without them."""
    expected = place_of(shared, name, words)
    for index in (beside_briefs, alone):
        answer = index.ask(question)
        assert_holds(answer, index)
        assert answer.answered
        first = answer.hits[0]
        assert (first.citation.statement, first.citation.paragraph) == expected


def test_a_bare_kashmir_brings_an_originals_paragraph_on_it(
    beside_briefs: Index, alone: Index
) -> None:
    for index in (beside_briefs, alone):
        answer = index.ask("What about Kashmir?")
        assert answer.answered
        assert answer.hits[0].citation.statement == BY_FILE[JOINT]
        assert "Kashmir" in answer.hits[0].quote.text


@pytest.mark.parametrize(
    "question",
    [
        "bitcoin",
        "What is the price of bitcoin today?",
        "What did the ambassador say about bitcoin?",
        "cricket",
        "Who won the cricket match?",
        "Will India and Pakistan play cricket in Dubai?",
        "What did the IMF say?",
        "Is Pakistan getting an IMF bailout?",
        "How large is the IMF loan?",
    ],
)
def test_a_question_about_something_else_is_refused(
    beside_briefs: Index, alone: Index, question: str
) -> None:
    for index in (beside_briefs, alone):
        answer = index.ask(question)
        assert not answer.answered
        assert_holds(answer, index)
        assert answer.suggestions


def test_every_real_paragraph_is_found_first_by_its_own_words(alone: Index) -> None:
    """A round trip over the originals."""
    for statement, paragraph in alone.record.paragraphs():
        first = alone.ask(paragraph.text).hits[0]
        assert (first.citation.statement, first.paragraph) == (statement.id, paragraph)


def test_questions_asked_in_two_threads_at_once_are_answered_as_one_by_one(harbour: Index) -> None:
    """The bot asks short questions in its event loop and long ones beside it."""
    asked = ["ships harbour", '"the harbour"', "ferries -quay", "Hrabour", "from:noor harbour"] * 40
    one_by_one = [harbour.ask(question) for question in asked]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(harbour.ask, asked)) == one_by_one


def test_what_is_searched_is_counted_paragraph_by_paragraph(make_statement) -> None:
    two = [make_statement("One.", "Two.", id="first"), make_statement("Three.", id="second")]
    index = Index(Record.of(two))
    assert index.searched == index.ask("three").searched == Record.of(two).coverage()
    for narrowed, paragraphs in (("first", 2), ("second", 1), ("third", 0)):
        searched = index.ask(f"in:{narrowed} bitcoin").searched
        assert (searched.statements, searched.paragraphs) == (bool(paragraphs), paragraphs)
