"""What stands word for word is found, comes first, and is never denied."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from made_statements import statement

from index.files.loading import read_statements
from index.model.answer import Answer
from index.model.record import Record
from index.model.statement import Role, Speaker
from index.question.long_questions import MOST_WORDS
from index.question.query_reader import FEW_PHRASES
from index.search import Index

OTHERS = [
    *("The council approved a new budget for village schools.", "Farmers asked for more water."),
    *("A delegation visited the power station.", "The museum will reopen with old maps."),
    *("Our hospitals hired nurses in every district.", "Fishing boats returned with squid."),
]
SAID = [
    "To be, or not to be: that is how it was put to us.",
    "He told the House that he was not available for comment on the matter.",
    "We will not raise the levy.",
    "I did not say that the bank is safe.",
    "Now you do, now you don’t.",
    "The port of Arden isn’t open to tankers in winter.",
    "What is past is past, and it will not come back to us.",
]
#: The same without what denies it, and newer.
SAYING = [
    "He told the House that he was available for comment on the matter.",
    "We will raise the levy.",
    "I did say that the bank is safe.",
    "The port of Arden is open to tankers in winter.",
]


@pytest.fixture(scope="module")
def index() -> Index:
    made = [
        statement("old", SAID, day=1),
        statement("new", SAYING, day=20),
        statement("others", OTHERS, day=9),
    ]
    return Index(Record.of(made))


def first(answer: Answer) -> tuple[str, int]:
    assert answer.answered
    return answer.hits[0].citation.statement, answer.hits[0].paragraph.number


@pytest.mark.parametrize("number", range(1, len(SAID) + 1))
@pytest.mark.parametrize("written", [str, str.lower, str.upper])
def test_a_sentence_of_the_record_comes_first_however_it_is_typed(
    index: Index, number: int, written: Callable[[str], str]
) -> None:
    """With its marks and capitals or without."""
    text = written(SAID[number - 1])
    assert first(index.ask(text)) == ("old", number)
    assert first(index.ask(re.sub(r"[^\w\s’]", "", text))) == ("old", number)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("To be, or not to be", ("old", 1)),
        ("to be or not to be", ("old", 1)),
        ("not available for comment", ("old", 2)),
        ("available for comment on the matter", ("new", 1)),
        ("we will not raise the levy", ("old", 3)),
        ("we will raise the levy", ("new", 2)),
        ("I did not say that the bank is safe", ("old", 4)),
        ("I did say that the bank is safe", ("new", 3)),
        ("now you dont", ("old", 5)),
        ("now you do now you dont", ("old", 5)),
        ("what is past is past", ("old", 7)),
    ],
)
def test_a_part_of_a_sentence_comes_first_though_all_its_words_are_small(
    index: Index, question: str, found: tuple[str, int]
) -> None:
    assert first(index.ask(question)) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Did she say that she would not raise a levy?", ("old", 3)),
        ("Why was he not available to comment?", ("old", 2)),
        ("Did you never say the bank was safe?", ("old", 4)),
        ("Is the port of Arden not open to tankers?", ("old", 6)),
        ("Is it true that Arden port isn't open to tankers?", ("old", 6)),
        ("Is the port of Arden open to tankers?", ("new", 4)),
    ],
)
def test_what_is_denied_comes_before_what_is_not(
    index: Index, question: str, found: tuple[str, int]
) -> None:
    assert first(index.ask(question)) == found


def test_what_begins_with_a_word_that_denies_asks_whether_it_is(index: Index) -> None:
    assert index.query("Isn't the port of Arden open?").denied is None
    assert index.query("Is the port of Arden not open?").denied is not None


@pytest.mark.parametrize(
    ("language", "says", "denies", "question"),
    [
        ("de", "Wir erhöhen die Abgabe.", "Wir erhöhen die Abgabe nicht.", "Abgabe nicht erhöhen"),
        ("es", "Subiremos la tasa.", "No subiremos la tasa.", "¿Por qué no subiremos la tasa?"),
        ("fr", "La taxe augmente.", "La taxe n’augmente pas.", "la taxe n'augmente pas ici"),
        ("ru", "Мы повысим налог.", "Мы не повысим налог.", "Почему мы не повысим налог?"),
        ("hi", "हम कर बढ़ाएँगे।", "हम कर नहीं बढ़ाएँगे।", "क्या हम कर नहीं बढ़ाएँगे?"),
        ("ur", "ہم ٹیکس بڑھائیں گے۔", "ہم ٹیکس نہیں بڑھائیں گے۔", "ٹیکس کیوں نہیں بڑھائیں گے؟"),
    ],
)
def test_what_is_denied_comes_first_in_other_languages(
    language: str, says: str, denies: str, question: str
) -> None:
    made = [
        statement("says", [says], day=9, language=language),
        statement("denies", [denies], day=1, language=language),
    ]
    assert first(Index(Record.of(made)).ask(question)) == ("denies", 1)


def test_what_was_asked_of_an_official_is_not_first(make_statement) -> None:
    texts = ("Will you raise the levy this year?", "We have no plan to raise the levy this year.")
    index = Index(Record.of([make_statement(*texts, asked=(1,))]))
    hits = index.ask("Will you raise the levy this year?").hits
    assert [hit.paragraph.number for hit in hits] == [2]


def test_a_filter_holds_for_what_stands_word_for_word(index: Index) -> None:
    hits = index.ask("we will not raise the levy in:new").hits
    assert {hit.citation.statement for hit in hits} == {"new"}


# Phrases


@pytest.mark.parametrize("others", [1, 40])
def test_every_run_of_words_in_quotation_marks_answers(others: int) -> None:
    """Though its words only ask, or are all small, and much else has them."""
    said = [*SAID, "Members exchange views on a future; what members had agreed about homes."]
    made = [statement("said", said)]
    made += [statement(f"more{n}", [f"Views and homes {n}.", *OTHERS]) for n in range(others)]
    index = Index(Record.of(made))
    for number, text in enumerate(said, 1):
        words = text.split()
        for start in range(len(words)):
            for stop in range(start + 1, len(words) + 1):
                answer = index.ask(f'"{" ".join(words[start:stop])}"', 30)
                places = [(one.citation.statement, one.paragraph.number) for one in answer.hits]
                assert answer.answered
                assert not answer.interpretation.absent
                assert ("said", number) in places or len(places) >= 6


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ('What did he say about "the levy"?', True),
        ('"raise the levy" bitcoin', True),
        ('Who built the "levy" of bitcoin in Zanzibar?', False),
        ('"port" bitcoin Zanzibar', False),
    ],
)
def test_a_phrase_answers_if_nothing_else_is_asked_or_it_is_long(
    index: Index, question: str, answered: bool
) -> None:
    """A single quoted word stands somewhere by chance."""
    assert index.ask(question).answered is answered


def test_a_phrase_in_another_language_than_the_questions_is_found() -> None:
    arabic = ["أكد الوزير أن الميناء سيفتح.", "ناقش المجلس الميزانية.", "وصل الوفد مساء."]
    urdu = ["وزیر خارجہ نے کہا کہ مذاکرات جاری ہیں۔"]
    made = [statement("ar", arabic, language="ar"), statement("ur", urdu, language="ur")]
    assert first(Index(Record.of(made)).ask('"وزير خارجه"')) == ("ur", 1)


def test_only_the_currency_that_is_asked_for_is_found() -> None:
    texts = ["The dam will cost $250 million.", "The bridge will cost €250 million."]
    index = Index(Record.of([statement("a", [*texts, *OTHERS])]))
    for phrase, numbers in (("$250 million", [1]), ("€250 million", [2]), ("250 million", [1, 2])):
        hits = index.ask(f'"{phrase}"').hits
        assert sorted(hit.paragraph.number for hit in hits) == numbers


def test_a_long_quotation_is_exact_if_nothing_else_is_asked() -> None:
    long = " ".join(f"word{number}" for number in range(40))
    index = Index(Record.of([statement("a", [long, *OTHERS])]))
    assert index.query(f'"{long}"').exact
    assert not index.query(f'"{long}" beside it').exact


def test_a_phrase_across_the_end_of_a_paragraph_answers_and_is_told() -> None:
    broken = ["The audit office has done some", "Column 344", "estimates of the missing names."]
    index = Index(Record.of([statement("a", broken), statement("others", OTHERS)]))
    answer = index.ask('"has done some estimates"')
    assert answer.interpretation.across == ("has done some estimates",)
    assert not answer.interpretation.absent
    assert [hit.paragraph.number for hit in answer.hits] == [3, 1]
    assert index.ask('"done some"').interpretation.across == ()


@pytest.mark.parametrize("question", ['"to be or not to be"', "to be or not to be"])
def test_the_sentence_that_has_the_words_is_shown_and_they_are_highlighted(question: str) -> None:
    """Though none of them is indexed."""
    text = "He spoke of İzmir. “To be, or not to be”, he said. Then they left."
    hit = Index(Record.of([statement("a", [text, *OTHERS])])).ask(question).hits[0]
    assert hit.key_sentence.text.startswith("“To be")
    assert [text[start:stop] for start, stop in hit.highlights] == ["To be, or not to be"]


def test_a_phrase_does_not_go_on_in_anothers_words() -> None:
    who = (Speaker("Anna Berg"), Speaker("Carl Maurer"))
    made = statement("a", ["We have done some", "estimates of it."], speakers=who)
    one, other = made.paragraphs
    turns = (one, replace(other, speaker=who[1], role=Role.ANSWER, named=True))
    index = Index(Record.of([replace(made, paragraphs=turns)]))
    assert index.ask('"done some estimates"').interpretation.absent == ("done some estimates",)


# The same text many times


def test_the_same_text_is_shown_once_in_its_newest_place() -> None:
    same = "The Ministry supports dialogue. For the water treaty contact the spokesperson."
    made = [statement(f"s{n}", [f"Item {n} was discussed.", same], day=n) for n in (3, 9, 6)]
    made.append(statement("real", ["We will defend the water treaty, as farmers depend on it."]))
    index = Index(Record.of([*made, statement("others", OTHERS)]))
    for question in ("water treaty", '"water treaty"', "What of the water treaty?"):
        hits = index.ask(question).hits
        assert {hit.citation.statement for hit in hits} >= {"s9", "real"}
        assert not {hit.citation.statement for hit in hits} & {"s3", "s6"}
    assert {hit.citation.statement for hit in index.ask("water treaty in:s3").hits} == {"s3"}


def test_many_copies_do_not_crowd_out_other_texts() -> None:
    same = "The water treaty: for the water treaty contact the spokesperson."
    made = [statement(f"s{n}", [same], day=9) for n in range(120)]
    texts = [f"In valley {n} farmers live by what the old water treaty gives." for n in range(4)]
    index = Index(Record.of([*made, statement("real", texts)]))
    hits = index.ask("water treaty").hits
    assert len(hits) == 5
    assert len({hit.quote.text for hit in hits}) == 5


# A bound on the work


def test_what_is_left_out_of_too_much_work_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.question.query_reader.MOST_POSITIONS", 6)
    index = Index(Record.of([statement("a", SAID), statement("others", OTHERS)]))
    phrases = ["the levy", "the bank", "the matter", "to us", "and it"]
    query = index.query(" ".join(f'"{one}"' for one in phrases) + ' -"or not"')
    told = query.interpretation.unparsed
    assert set(told) < {f"“{one}”" for one in phrases} | {"-“or not”"}
    assert 0 < len(told) < len(phrases)
    few = " ".join(f'"{one}"' for one in phrases[:FEW_PHRASES])
    assert index.query(few).interpretation.unparsed == ()
    monkeypatch.setattr("index.question.query_reader.MOST_OF_FEW", 2)
    told = index.query(few).interpretation.unparsed
    assert 0 < len(told) < FEW_PHRASES
    read = " ".join(f'"{one}"' for one in phrases[:FEW_PHRASES] if f"“{one}”" not in told)
    assert index.query(few).allowed.tolist() == index.query(read).allowed.tolist()
    monkeypatch.setattr("index.question.query_reader.MOST_OF_FEW", 0)
    assert index.query('"the levy"').interpretation.unparsed == ()


def test_how_far_a_question_is_read_that_is_too_long_is_told() -> None:
    """The end of it is not searched for, and a question that is just short enough is read whole."""
    index = Index(Record.of([statement("a", SAID), statement("others", OTHERS)]))
    for filler in ("and ", "7, ", "中"):
        within = f"{filler * (MOST_WORDS - 1)} levy"
        for unfinished in (False, True):
            assert index.ask(within, unfinished=unfinished).interpretation.read_up_to == ""
        beyond = index.ask(f"bank {within} matter")
        assert beyond.interpretation.read_up_to.rstrip(",").endswith(filler.strip(" ,"))
        assert "levi" not in index.query(f"bank {within} matter").terms
        assert "levi" in index.query(within).terms


def test_of_a_long_text_to_be_checked_it_is_told_how_much_was_read() -> None:
    index = Index(Record.of([statement("a", SAID), statement("others", OTHERS)]))
    pasted = "Nobody on record has ever spoken of such a thing as that. " * 40
    assert index.ask(f"{pasted} Is this right?").interpretation.read_up_to
    assert not index.ask(f"{pasted[:500]} Is this right?").interpretation.read_up_to


# Real texts


SPACED = [
    *("statements/au_pm.jsonl", "statements/us_state.jsonl"),
    *("questions/xquad_es/statements.jsonl", "questions/xquad_hi/statements.jsonl"),
]
CHINESE = ["statements/cn_mfa.jsonl", "questions/cmrc_trial_zh/statements.jsonl"]
RUNS = 2222
MARKS = str.maketrans(dict.fromkeys('"“”„«»「」『』', " "))


def real(path: Path) -> Index:
    if not path.is_file():
        pytest.skip(f"{path} is not beside the project")
    read = (one for one, _ in read_statements(path, attributed=False))
    return Index(Record.of(one for one in read if one))


def assert_none_denied(index: Index, runs: list[str]) -> None:
    denied = []
    for run in runs:
        answer = index.ask(f'"{run}"')
        if not answer.answered or answer.interpretation.absent or answer.interpretation.across:
            denied.append(run)
    assert denied == []


@pytest.mark.quality
@pytest.mark.parametrize("name", SPACED)
def test_no_run_of_words_of_a_real_text_is_denied(shared: Path, name: str) -> None:
    index = real(shared / name)
    chance = random.Random(RUNS)  # noqa: S311
    texts = [p.text.translate(MARKS).split() for _, p in index.record.paragraphs() if p.quotable]
    runs: list[str] = []
    while len(runs) < RUNS:
        words = chance.choice(texts)
        start, length = chance.randrange(len(words)), chance.randint(1, 8)
        run = " ".join(words[start : start + length])
        if any(map(str.isalnum, run)):
            runs.append(run)
    assert_none_denied(index, runs)


@pytest.mark.quality
@pytest.mark.parametrize("name", CHINESE)
def test_no_run_of_characters_of_a_real_text_is_denied(shared: Path, name: str) -> None:
    index = real(shared / name)
    chance = random.Random(RUNS)  # noqa: S311
    texts = [p.text for _, p in index.record.paragraphs() if p.quotable]
    han = [run for text in texts for run in re.findall(r"[\u4e00-\u9fff，。、]{2,}", text)]
    runs: list[str] = []
    while len(runs) < RUNS:
        text = chance.choice(han)
        start = chance.randrange(len(text))
        run = text[start : start + chance.randint(1, 20)]
        if any(map(str.isalnum, run)):
            runs.append(run)
    assert_none_denied(index, runs)
