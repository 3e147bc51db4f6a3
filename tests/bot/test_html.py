"""Whatever a statement holds, its reply is a message that Telegram takes, and verbatim."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_statements import LONG_TEXT, statement
from telegram_standin.composing import MAX_TEXT, parse_text
from telegram_standin.entities import Entity
from telegram_standin.keyboards import Keyboard, read_keyboard

from bot.buttons import Action, Button
from bot.html import (
    FOLDS_FROM,
    SOURCES_A_PAGE,
    Neighbours,
    Reply,
    render_answer,
    render_courtesy,
    render_nearest,
    render_paragraph,
    render_sources,
)
from bot.speaking import phrases
from index import (
    Answer,
    Citation,
    Courtesy,
    Coverage,
    Hit,
    Index,
    Kind,
    Paragraph,
    Reading,
    Record,
    Role,
    Speaker,
    Statement,
    Translation,
)
from index.fields import read_fields
from index.verbatim import repaired

SAY = phrases()
DAY = datetime.date(2025, 2, 24)
REFERENCE = "K7Q2-M9XA"
BOTH = Neighbours("AAAA-0001", "AAAA-0003")

#: The button that led to a paragraph.
HERE = Button(Action.PARAGRAPH, 1, "AAAA-0001", "harbour?")


class Received:
    """A reply as Telegram would keep it; making one fails if Telegram would refuse it."""

    def __init__(self, reply: Reply) -> None:
        self.text, self.entities = parse_text(reply.html, "HTML", None, {})
        assert 0 < len(self.text) <= MAX_TEXT
        markup = reply.keyboard.to_dict() if reply.keyboard else None
        self.keyboard: Keyboard | None = read_keyboard(markup)

    def entity(self, *kinds: str) -> Entity:
        """Return the only entity of these kinds."""
        (found,) = [entity for entity in self.entities if entity.type in kinds]
        return found

    @property
    def quote(self) -> str:
        """The quote, with the marks of its cuts."""
        return self.entity("blockquote", "expandable_blockquote").text_of(self.text)

    @property
    def lines(self) -> list[str]:
        """The lines beneath the quote: who, where, reference."""
        return self.text.partition(self.quote + "\n")[2].split("\n")


def of(made: Statement, sentence: tuple[int, int] | None = None) -> Hit:
    """Return a hit on the first paragraph of a statement."""
    paragraph = made.paragraphs[0]
    span = sentence or (0, len(paragraph.text))
    return Hit(paragraph, Citation.of(made, paragraph, REFERENCE), 1.0, span)


def answer_of(*hits: Hit, question: str = "harbour?", answered: bool = True) -> Answer:
    return Answer(question, answered, hits, Coverage(3, 9, DAY, DAY), ("Coastal Railway",))


def assert_verbatim(quote: str, paragraph: str) -> None:
    """A quote is the paragraph; or, between the marks of its cuts, a slice of it."""
    if quote != paragraph:
        assert quote.startswith("[…] ") or quote.endswith(" […]")
        words = quote.removeprefix("[…] ").removesuffix(" […]")
        assert words
        assert words in paragraph


# Statements of any sort: markup, scripts in both directions, emoji, joiners, lone marks.
ODD = st.sampled_from(
    [
        *("<b>", "</blockquote>", "&amp;", "&", "<", ">", '"', "'", "[…] ", "{}", "%s"),
        *("@OnRecordBot", "#tag", "/ask", "https://ports.example.org/a?b=1&c=2 "),
        # Right to left, and the marks of direction.
        *("سلام", "שלום", "\u200f", "\u200e"),
        *("港口。", "👩🏽‍🚀", "é", "e\u0323", "\u200b", " ", "  ", "\u00a0"),
        "The harbour opens. ",
    ]
)
TEXT = st.lists(st.one_of(ODD, st.text(max_size=8)), min_size=1, max_size=30).map("".join)
LINE = (
    TEXT.map(lambda text: repaired(" ".join(text.split()))[0].strip())
    .map(lambda text: repaired(text)[0].strip())
    .filter(str.strip)
)
LONG_LINE = st.builds(lambda line, times: (line * times)[:1000].strip(), LINE, st.integers(1, 900))
PARAGRAPH = st.builds(
    lambda line, times: repaired(((line + " ") * times)[:10_000])[0].strip(),
    LINE,
    st.one_of(st.just(1), st.integers(1, 10_000)),
).filter(str.strip)
URL = st.one_of(
    st.just(None),
    st.builds(
        lambda tail, times: ("https://ports.example.org/" + tail * times)[:2048],
        st.sampled_from(["a", "?a=1&b=2", "&", "'", "&amp;", "%20", "港", "/x", "#"]),
        st.integers(1, 2048),
    ),
)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Return a statement with all that the fields' rules let through."""
    raw = {
        "title": draw(st.one_of(LINE, LONG_LINE)),
        "speakers": [{"name": draw(st.one_of(LINE, LONG_LINE)), "role": draw(LONG_LINE)}],
        "date": draw(st.one_of(st.none(), st.dates().map(datetime.date.isoformat))),
        "published": draw(st.one_of(st.none(), st.just("2025-03-01"))),
        "kind": str(draw(st.sampled_from(Kind))),
        "publisher": draw(st.one_of(st.none(), LINE, LONG_LINE)),
        "url": draw(URL),
        "translation": draw(st.sampled_from([None, "official", "unofficial"])),
    }
    fields, wrong = read_fields(raw)
    if wrong:
        # Only direction marks that meet at the joints of a repeated line are refused.
        assert all("direction marks" in str(error) for error in wrong), wrong
        fields, wrong = read_fields({**raw, "title": "T", "speakers": ["N"], "publisher": None})
        assert not wrong
    text = draw(PARAGRAPH)
    return fields.statement("made", [Paragraph(1, text, fields.speakers[0])])


@given(statements(), st.data())
@settings(max_examples=80, deadline=None)
def test_any_statement_makes_a_message_that_telegram_takes(made, data):
    """Accepted, at most 4,096 characters, verbatim, and with buttons that can be pressed."""
    text = made.paragraphs[0].text
    start = data.draw(st.integers(0, len(text) - 1), label="start")
    stop = data.draw(st.integers(start + 1, len(text)), label="stop")
    hit = of(made, (start, stop))
    question = data.draw(LINE, label="question")
    found = answer_of(hit, hit, question=question)
    for reply in (
        render_answer(found, SAY, 0, BOTH),
        render_nearest(answer_of(hit, hit, question=question, answered=False), SAY, 1, BOTH),
        render_paragraph(hit, SAY, Neighbours(), HERE),
    ):
        received = Received(reply)
        assert_verbatim(received.quote, text)
        assert ("shortened to fit" in received.lines[1]) or received.quote == text
        assert received.lines[-1] == f"ref {REFERENCE}"
        assert received.keyboard is not None
        copied = [button.value for button in received.keyboard if button.action == "copy_text"]
        assert [value["text"].endswith(f"ref {REFERENCE}") for value in copied] == [True]


@given(LINE)
def test_nothing_found_is_a_message_that_telegram_takes(question):
    refusal = answer_of(of(statement("a", ["Words."])), question=question, answered=False)
    received = Received(render_answer(refusal, SAY))
    assert received.text == (
        "Nothing on record answers that. Searched 3 statements (9 paragraphs), 24 Feb 2025."
    )
    assert received.keyboard.labels == [["Coastal Railway"], ["Show what comes nearest"]]


@given(st.lists(statements(), min_size=1, max_size=4), st.integers(0, 9))
@settings(max_examples=40, deadline=None)
def test_any_statements_make_a_list_that_telegram_takes(made, page):
    """Every page there is, and beyond the last page the last."""
    record = Record(tuple(made * 6))
    received = Received(render_sources(record, SAY, page))
    last = (len(record.statements) - 1) // SOURCES_A_PAGE
    first = min(page, last) * SOURCES_A_PAGE + 1
    assert f"\n{first}. " in received.text
    assert f"{first + SOURCES_A_PAGE}. " not in received.text.split("page")[0].split("\n")
    labels = received.keyboard.labels if received.keyboard else []
    newer, older = min(page, last) > 0, page < last
    assert labels == ([["‹ newer"] * newer + ["older ›"] * older] if newer or older else [])


@pytest.mark.parametrize("character", ["&", "<", "😀", "港", "'"])
def test_the_largest_message_there_can_be_is_taken(character):
    """32,768 bytes before parsing is Telegram's other limit; escaping multiplies."""
    line, url = character * 1000, "https://a.example/"
    url += ("'" if character in "<😀'" else character) * (2048 - len(url))
    made = statement(
        "large",
        [character * 10_000],
        title=line,
        speakers=(Speaker(line, line),),
        publisher=line,
        url=url,
        published=datetime.date(2025, 3, 1),
        translation=Translation.UNOFFICIAL,
    )
    hit = of(made, (5000, 5001))
    nearest = render_nearest(answer_of(hit, answered=False), SAY, 0, BOTH)
    received = Received(nearest)
    assert_verbatim(received.quote, made.paragraphs[0].text)
    assert len(received.quote) > 2900
    assert received.entity("text_link").text_of(received.text) == "source"


@pytest.mark.parametrize("character", ["&", "<", "😀", "'"])
@pytest.mark.parametrize("length", [280, 300, 301, 2048])
def test_the_largest_list_there_can_be_is_taken(character, length):
    url = "https://a.example/"
    url += ("'" if character in "<😀'" else character) * (length - len(url))
    many = [
        statement(
            f"s{number}",
            ["Words."],
            title=character * 1000,
            speakers=(Speaker(character * 1000),),
            url=url,
            kind=Kind.PRESS_CONFERENCE,
        )
        for number in range(25)
    ]
    received = Received(render_sources(Record.of(many), SAY, 1))
    links = [entity for entity in received.entities if entity.type == "text_link"]
    assert len(links) == (SOURCES_A_PAGE if length <= 300 else 0)


def test_a_short_paragraph_is_given_whole_with_its_key_sentence_in_bold():
    text = "The harbour opens in March. The harbour master will live on site."
    received = Received(render_answer(answer_of(of(statement("a", [text]), (0, 27))), SAY))
    assert received.quote == text
    assert received.entity("bold").text_of(received.text) == "The harbour opens in March."
    assert received.entity("blockquote")
    assert "shortened" not in received.text


def test_a_single_sentence_is_not_all_in_bold():
    received = Received(render_answer(answer_of(of(statement("a", ["One sentence."]))), SAY))
    assert not [entity for entity in received.entities if entity.type == "bold"]


@pytest.mark.parametrize(("length", "kind"), [(0, "blockquote"), (1, "expandable_blockquote")])
def test_a_long_quote_folds(length, kind):
    text = "x" * (FOLDS_FROM + length)
    assert Received(render_answer(answer_of(of(statement("a", [text]))), SAY)).entity(kind)


def test_a_paragraph_of_10_000_characters_keeps_its_key_sentence():
    key = "A lighthouse stands on the cape."
    start = LONG_TEXT.index(key)
    received = Received(
        render_answer(answer_of(of(statement("a", [LONG_TEXT]), (start, start + len(key)))), SAY)
    )
    assert received.entity("bold").text_of(received.text) == key
    assert received.quote.startswith("[…] ")
    assert received.quote.endswith(" […]")
    assert_verbatim(received.quote, LONG_TEXT)
    assert "shortened to fit" in received.lines[1]
    assert len(received.text) > 3800


def test_a_key_sentence_that_does_not_fit_is_cut_and_marked():
    text = "Before. " + "word " * 2000 + "end. After."
    received = Received(render_answer(answer_of(of(statement("a", [text]), (8, 10_013))), SAY))
    assert received.quote.startswith("[…] word word")
    assert received.quote.endswith("word […]")


NOTED = Reading(
    corrected=(("Harbuor & <co>", "harbour"),), unread=("kind:<b>",), absent=('deep & "water',)
)
NOTE = (
    "Showing results for harbour (not “Harbuor & <co>”). "
    'Not found word for word: “deep & "water”. This is the nearest. Taken as plain words: kind:<b>.'
)


def test_how_a_question_was_read_stands_above_the_quote_and_not_in_it():
    hit = of(statement("a", ["The harbour opens in March."]))
    noted = dataclasses.replace(answer_of(hit, hit), reading=NOTED)
    received = Received(render_answer(noted, SAY))
    assert received.text.startswith(f"{NOTE}\nThe harbour opens in March.\n— Nadia Rahman")
    assert received.quote == "The harbour opens in March."


def test_on_a_later_page_it_is_not_repeated():
    hit = of(statement("a", ["The harbour opens in March."]))
    noted = dataclasses.replace(answer_of(hit, hit), reading=NOTED)
    assert Received(render_answer(noted, SAY, 1)).text.startswith("The harbour opens")


def test_how_a_question_was_read_stands_above_a_refusal():
    refused = dataclasses.replace(
        answer_of(of(statement("a", ["Words."])), answered=False), reading=NOTED
    )
    shown = Received(render_answer(refused, SAY)).text
    assert shown == f"{NOTE.replace(' This is the nearest.', '')} {SAY.nothing(refused)}"
    nearest = Received(render_nearest(refused, SAY)).text
    assert nearest.startswith(f"{SAY.nothing_found} {SAY.nearest} Showing results for harbour")


@pytest.mark.parametrize("character", ["&", "<", "😀", "港"])
def test_the_note_takes_its_room_from_the_quote(character):
    """A question of 4,096 characters full of operators, and a paragraph that fills a message."""
    every = tuple(character * 4000 for _ in range(17))
    noted = Reading(tuple(zip(every, every, strict=True)), every, every)
    hit = of(statement("a", [character * 10_000]), (5000, 5001))
    found = dataclasses.replace(answer_of(hit), reading=noted)
    for answered in (True, False):
        reply = dataclasses.replace(found, answered=answered)
        received = Received((render_answer if answered else render_nearest)(reply, SAY, 0, BOTH))
        assert_verbatim(received.quote, character * 10_000)
        assert len(received.quote) > 2500
        assert Received(render_answer(reply, SAY)).text


def test_a_greeting_offers_questions_and_thanks_do_not():
    searched = Coverage(3, 9, DAY, DAY)
    greeted = Received(render_courtesy(Courtesy.GREETING, searched, ["Coastal Railway"], SAY))
    assert greeted.text == SAY.greeting
    assert greeted.keyboard.labels == [["Coastal Railway"]]
    assert Received(render_courtesy(Courtesy.THANKS, searched, (), SAY)).text == SAY.thanks


def test_the_link_is_the_one_on_file():
    url = "https://ports.example.org/a?b=1&c=it's"
    received = Received(render_answer(answer_of(of(statement("a", ["Words."], url=url))), SAY))
    assert received.entity("text_link").url == url


def test_without_a_link_there_is_no_source():
    received = Received(render_answer(answer_of(of(statement("a", ["Words."]))), SAY))
    assert "source" not in received.text


def test_the_next_passage_follows_the_last_and_any_number_is_in_range():
    """A button may carry a number from a record that was larger."""
    hits = [of(statement(name, [f"Words of {name}."])) for name in ("a", "b", "c")]
    for number, name in ((0, "a"), (2, "c"), (3, "a"), (10**6 - 1, "a")):
        received = Received(render_answer(answer_of(*hits), SAY, number))
        assert received.quote == f"Words of {name}."
        assert f"{number % 3 + 1} of 3 ›" in received.keyboard.labels[0]


def test_buttons_lead_only_where_there_is_something():
    hit = of(statement("a", ["Words."]))
    assert Received(render_paragraph(hit, SAY, Neighbours(), HERE)).keyboard.labels == [
        ["back", "Cite"]
    ]
    first = Received(render_paragraph(hit, SAY, Neighbours(after="AAAA-0002"), HERE))
    assert first.keyboard.labels == [["after ›", "back", "Cite"]]
    last = Received(render_paragraph(hit, SAY, Neighbours(before="AAAA-0002"), HERE))
    assert last.keyboard.labels == [["‹ before", "back", "Cite"]]


def test_an_empty_record_is_said_to_be_empty():
    empty = Answer("harbour?", False, (), Coverage(0, 0, None, None))
    for reply in (render_answer(empty, SAY), render_sources(Record(()), SAY)):
        assert Received(reply).text == "There is nothing on record yet."
        assert reply.keyboard is None


WHOLE_LABELS = [
    (Kind.STATEMENT, "direct quote"),
    (Kind.REMARKS, "direct quote"),
    (Kind.PRESS_RELEASE, "the publisher's words, not a quote"),
    (Kind.PRESS_CONFERENCE, "direct quote"),
    (Kind.INTERVIEW, "direct quote"),
    (Kind.LETTER, "direct quote"),
    (Kind.JOINT_STATEMENT, "joint text"),
    (Kind.REPORT, "the publisher's words, not a quote"),
    (Kind.BRIEF, "our brief, not a quote"),
]


def label_of(made: Statement) -> str:
    who = Received(render_answer(answer_of(of(made)), SAY)).lines[0]
    return who.removeprefix("— Nadia Rahman, Minister of Ports · ")


@pytest.mark.parametrize(("kind", "label"), WHOLE_LABELS)
@pytest.mark.parametrize(
    ("translation", "addition"),
    [
        (None, ""),
        (Translation.OFFICIAL, ", official translation"),
        (Translation.UNOFFICIAL, ", unofficial translation"),
    ],
)
def test_every_kind_and_translation_says_whose_words_they_are(kind, label, translation, addition):
    made = statement("a", ["The harbour opens."], kind=kind, translation=translation)
    assert label_of(made) == label + addition


def test_every_kind_has_its_label():
    assert {kind for kind, _ in WHOLE_LABELS} == set(Kind)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The harbour will open, she said.", "the publisher's words, not a quote"),
        (
            "She said: “The harbour will open.”",
            "the publisher's words; only what stands in quotation marks is quoted",
        ),
        (
            '"The harbour", she said, "will open."',
            "the publisher's words; only what stands in quotation marks is quoted",
        ),
        ("“The harbour will open.”", "direct quote, as the publisher gives it"),
        ("「港口将开放。」", "direct quote, as the publisher gives it"),
        ("The harbour will open,” she said.", "the publisher's words, not a quote"),
    ],
)
def test_a_report_says_what_of_it_is_quoted(text, label):
    assert label_of(statement("a", [text], kind=Kind.REPORT)) == label


@given(LINE, LINE)
def test_a_report_outside_quotation_marks_is_never_called_a_direct_quote(before, words):
    """Nobody is led to put an outlet's paraphrase between quotation marks."""
    outlet = before.translate(dict.fromkeys(map(ord, '"“”«»„「」『』'))).strip() or "-"
    made = statement("a", [f"She told us {outlet}"], kind=Kind.REPORT)
    assert label_of(made) == SAY.words_reported
    mixed = statement("a", [f"She told us {outlet} “{words}"], kind=Kind.REPORT)
    assert label_of(mixed) in (SAY.words_reported, SAY.words_mixed)


def test_a_reporters_question_is_no_officials_words():
    """It can be reached from the answer beside it, and must not pass for one."""
    paragraph = Paragraph(1, "Will it open?", Speaker("Nadia Rahman"), Role.QUESTION)
    made = Statement("a", "T", (Speaker("Nadia Rahman"),), (paragraph,), kind=Kind.INTERVIEW)
    who = Received(render_answer(answer_of(of(made)), SAY)).lines[0]
    assert who.endswith("· a question, not an official's words")


def test_the_index_renders_as_well_as_made_hits(index: Index):
    """What the real index answers goes the same way."""
    answer = index.ask("container ships")
    assert answer.answered
    assert Received(render_answer(answer, SAY)).quote == answer.hits[0].paragraph.text
