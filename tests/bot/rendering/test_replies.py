"""Whatever a statement holds, its reply is a message that Telegram takes, and verbatim."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made_statements import LONG_TEXT, statement
from odd_statements import LINE, statements, transcripts
from received import Received, assert_verbatim

from bot.citations.citing import Style
from bot.i18n.strings import languages, strings_of
from bot.rendering.callback_data import Action, CallbackData, unpack
from bot.rendering.citation_parts import render_citation_parts
from bot.rendering.fitting import LONGEST_OPEN, SHORT
from bot.rendering.keyboards import style_of, toggle_citations
from bot.rendering.replies import (
    SEVERAL,
    render_already_quoted,
    render_amended,
    render_answer,
    render_context,
    render_copies,
    render_nearest,
    render_nothing,
    render_nothing_short,
    render_several,
    render_small_talk,
)
from bot.rendering.view import Reply, View
from index import (
    Amended,
    Answer,
    Citation,
    CitationPart,
    Coverage,
    Hit,
    Index,
    Interpretation,
    Kind,
    Order,
    Paragraph,
    Role,
    SmallTalk,
    Speaker,
    Statement,
    Translation,
    Understood,
)

SAY = strings_of()
VIEW = View(SAY, "OnRecordBot", can_share=True)
DAY = datetime.date(2025, 2, 24)
REFERENCE = "K7Q2-M9XA"
#: The button that led from an answer to a paragraph.
HERE = CallbackData(
    Action.PARAGRAPH,
    number=1,
    reference="AAAA-0001",
    question="harbour?",
    history=(Action.PASSAGE,),
)
SAID = st.sampled_from(languages()).map(strings_of)


def of(made: Statement, sentence: tuple[int, int] | None = None) -> Hit:
    """Return a hit on the first paragraph of a statement."""
    paragraph = made.paragraphs[0]
    span = sentence or (0, len(paragraph.text))
    return Hit(
        paragraph=paragraph,
        citation=Citation.of(made, paragraph, REFERENCE),
        score=1.0,
        sentence=span,
        statement=made,
    )


def answer_of(*hits: Hit, question: str = "harbour?", answered: bool = True) -> Answer:
    return Answer(
        question=question,
        answered=answered,
        hits=hits,
        searched=Coverage(statements=3, paragraphs=9, first=DAY, last=DAY),
        on_record=Coverage(statements=3, paragraphs=9, first=DAY, last=DAY),
        suggestions=("Coastal Railway",),
    )


def hits_of(made: Statement) -> list[Hit]:
    """Return a hit on every paragraph of a statement, each with a reference of its own."""
    return [
        Hit(
            paragraph=one,
            citation=Citation.of(made, one, f"AAAA-{one.number:04}"),
            score=1.0,
            sentence=(0, len(one.text)),
        )
        for one in made.paragraphs
    ]


def a_slice(data: st.DataObject, text: str) -> tuple[int, int]:
    start = data.draw(st.integers(0, len(text) - 1), label="start")
    return start, data.draw(st.integers(start + 1, len(text)), label="stop")


@given(statements(), SAID, st.data())
@settings(max_examples=50)
def test_any_statement_makes_a_message_that_telegram_takes(made, say, data):
    """Accepted, at most 4,096 characters, verbatim, and with buttons that can be pressed."""
    view = dataclasses.replace(VIEW, strings=say)
    text = made.paragraphs[0].text
    hit = of(made, a_slice(data, text))
    question = data.draw(LINE, label="question")
    found = answer_of(hit, hit, question=question)
    for reply in (
        render_answer(found, view),
        render_answer(found, view, 1, (Action.SEVERAL,)),
        render_nearest(answer_of(hit, hit, question=question, answered=False), view, 1),
        render_context(hit, None, None, view, HERE),
    ):
        received = Received(reply)
        assert_verbatim(received.quotes[0], text)
        assert_verbatim(received.quote, text)
        assert (
            text[slice(*hit.sentence)][:LONGEST_OPEN].startswith(
                received.quotes[0].removeprefix("[…] ").removesuffix(" […]")
            )
            or len(received.quotes) == 1
        )
        assert (say.shortened in received.lines[1]) or received.quote == text
        assert REFERENCE in received.lines[-1]
        styles = toggle_citations(reply.keyboard, hit.citation, say, 4000)
        cited = dataclasses.replace(reply, keyboard=styles)
        received = Received(cited)
        assert all(REFERENCE in one for one in received.copied)
        written = [one for one in received.labels[-1] if one.endswith(" …")]
        assert len(received.copied) + len(written) == 5


@given(st.lists(statements(), min_size=1, max_size=4), SAID, st.integers(0, 9), st.data())
@settings(max_examples=30)
def test_several_passages_make_one_message_that_telegram_takes(made, say, number, data):
    """Each verbatim, with its own citation; and three of the longest leave room for each other."""
    view = dataclasses.replace(VIEW, strings=say)
    hits = [of(one, a_slice(data, one.paragraphs[0].text)) for one in made]
    received = Received(render_several(answer_of(*hits, question=data.draw(LINE)), view, number))
    assume(not received.crowded)
    first = number - number % SEVERAL if number < len(hits) else 0
    shown = hits[first : first + SEVERAL]
    for quote, hit in zip(received.quotes, shown, strict=True):
        assert_verbatim(quote, hit.paragraph.text)
    assert received.marked("code") == [REFERENCE] * len(shown)


@given(transcripts(), SAID, st.data())
@settings(max_examples=30)
def test_any_paragraph_and_those_around_it_make_a_message_that_telegram_takes(made, say, data):
    """The one that was asked for is given at least a tenth of the room, and its own citation."""
    view = dataclasses.replace(VIEW, strings=say)
    hits = hits_of(made)
    place = data.draw(st.integers(0, len(hits) - 1))
    before = hits[place - 1] if place else None
    after = hits[place + 1] if place + 1 < len(hits) else None
    received = Received(render_context(hits[place], before, after, view))
    assume(not received.crowded)
    shown = [hit for hit in (before, hits[place], after) if hit]
    for quote, hit in zip(received.quotes, shown, strict=True):
        assert_verbatim(quote, hit.paragraph.text)
    quote = received.quotes[1 if before else 0]
    assert len(quote) >= min(400, len(hits[place].paragraph.text))
    assert received.marked("code") == [hits[place].citation.reference]


@given(st.lists(statements(), min_size=1, max_size=4), SAID, LINE)
@settings(max_examples=20)
def test_what_is_said_without_a_quote_is_a_message_that_telegram_takes(made, say, question):
    """Already quoted, amended, or nothing found; with any names in it."""
    view = dataclasses.replace(VIEW, strings=say)
    hits = [of(one) for one in made]
    refusal = answer_of(*hits, question=question, answered=False)
    amended = Amended(REFERENCE, tuple(hits))
    for reply in (
        render_already_quoted(answer_of(*hits, question=question), view, "https://t.me/c/1/2/3"),
        render_already_quoted(answer_of(*hits, question=question), view, ""),
        render_amended(amended, view),
        render_nothing(dataclasses.replace(refusal, question=REFERENCE), view, amended),
        render_nothing(refusal, view),
        render_nothing_short(refusal, view),
    ):
        assert Received(reply).quotes == []
    labels = Received(render_amended(amended, view)).labels
    assert len(labels) == min(len(hits), SEVERAL)
    assert all(label.strip() for (label,) in labels)


@given(LINE)
def test_nothing_found_is_a_message_that_telegram_takes(question):
    refusal = answer_of(of(statement("a", ["Words."])), question=question, answered=False)
    received = Received(render_answer(refusal, VIEW))
    assert received.text == (
        "Nothing on record answers that. Searched 3 statements (9 paragraphs), 24 Feb 2025."
    )
    assert received.keyboard.labels == [["Show the nearest passage"], ["Coastal Railway"]]


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
    nearest = render_nearest(answer_of(hit, answered=False), VIEW)
    received = Received(nearest)
    assert_verbatim(received.quote, made.paragraphs[0].text)
    assert len(received.quote) > 2900
    assert received.entity("text_link").text_of(received.text).startswith(character)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("character", ["&", "😀", "港"])
def test_the_largest_of_several_passages_make_one_message(character, language):
    """Three paragraphs, each with all at its longest; what has no room is left out of the links."""
    view = dataclasses.replace(VIEW, strings=strings_of(language))
    line, url = character * 1000, "https://a.example/" + "'" * 2030
    cast = [Speaker(f"{number}{line}", line) for number in range(3)]
    made = Statement(
        id="large",
        title=line,
        speakers=tuple(cast),
        paragraphs=tuple(Paragraph(n, character * 10_000, who) for n, who in enumerate(cast, 1)),
        publisher=line,
        url=url,
        kind=Kind.INTERVIEW,
        published=DAY,
        translation=Translation.UNOFFICIAL,
    )
    before, hit, after = hits_of(made)
    every = tuple(character * 4000 for _ in range(17))
    reading = Interpretation(
        corrected=tuple(zip(every, every, strict=True)), unparsed=every, absent=every
    )
    found = dataclasses.replace(answer_of(before, hit, after), interpretation=reading)
    for reply in (render_context(hit, before, after, view), render_several(found, view)):
        received = Received(reply)
        assert len(received.quotes) == 3
        assert min(map(len, received.quotes)) > 100
    lone = Received(render_context(hit, None, after, view))
    assert len(lone.quotes) == 2


def test_a_short_paragraph_is_given_whole_with_its_key_sentence_in_bold():
    text = "The harbour opens in March. The harbour master will live on site."
    received = Received(render_answer(answer_of(of(statement("a", [text]), (0, 27))), VIEW))
    assert received.quote == text
    assert received.marked("bold")[0] == "The harbour opens in March."
    assert received.entity("blockquote")
    assert "shortened" not in received.text


def test_a_single_sentence_is_not_all_in_bold():
    received = Received(render_answer(answer_of(of(statement("a", ["One sentence."]))), VIEW))
    assert received.marked("bold") == ["Nadia Rahman", "1 Feb 2025"]


@pytest.mark.parametrize(("length", "kind"), [(0, "blockquote"), (1, "expandable_blockquote")])
def test_a_sentence_that_is_longer_than_a_screen_folds(length, kind):
    text = "x" * (LONGEST_OPEN + length)
    assert Received(render_answer(answer_of(of(statement("a", [text]))), VIEW)).entity(kind)


BEFORE, KEY, AFTER = "The board met. ", "The harbour opens in March.", " It closes at night."


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (BEFORE * 30, AFTER * 30, f"[…] {KEY} […]"),
        ("", AFTER * 30, f"{KEY} […]"),
        (BEFORE * 30, "", f"[…] {KEY}"),
    ],
)
def test_of_a_longer_paragraph_the_key_sentence_is_open_and_all_of_it_folds(before, after, shown):
    """The key sentence first, then who and when, then where; and the paragraph to be unfolded."""
    text = f"{before}{KEY}{after}"
    hit = of(statement("a", [text]), (len(before), len(before) + len(KEY)))
    received = Received(render_answer(answer_of(hit), VIEW))
    assert received.text == (
        f"{shown}\n— Nadia Rahman, Minister of Ports · 1 Feb 2025 · direct quote\n"
        f"Remarks on a · paragraph 1 of 1 · {REFERENCE}\n{text}"
    )
    assert received.marked("blockquote") == [shown]
    assert received.marked("expandable_blockquote") == [text]
    # Three lines of what is folded can be seen: they do not stress the same words a second time.
    stressed = [KEY] if before else []
    assert received.marked("bold") == ["Nadia Rahman", "1 Feb 2025", *stressed]


@pytest.mark.parametrize(("more", "quotes"), [(0, 1), (1, 2)])
def test_a_short_paragraph_is_not_folded(more, quotes):
    text = f"{KEY} {'x' * (SHORT - len(KEY) - 1 + more)}"
    received = Received(render_answer(answer_of(of(statement("a", [text]), (0, len(KEY)))), VIEW))
    assert len(received.quotes) == quotes


def test_a_paragraph_that_is_hardly_more_than_its_key_sentence_is_not_shown_twice():
    text = f"{'x' * 600} Thank you."
    received = Received(render_answer(answer_of(of(statement("a", [text]), (0, 600))), VIEW))
    assert received.quotes == [text]


def test_of_several_passages_the_key_sentences_are_shown_and_the_rest_is_a_press_away():
    text = f"{BEFORE * 30}{KEY}{AFTER * 30}"
    hit = of(statement("a", [text]), (len(BEFORE) * 30, len(BEFORE) * 30 + len(KEY)))
    received = Received(render_several(answer_of(hit, hit), VIEW))
    assert received.quotes == [f"[…] {KEY} […]"] * 2
    assert "shortened" not in received.text


def test_a_paragraph_of_10_000_characters_keeps_its_key_sentence():
    key = "A lighthouse stands on the cape."
    start = LONG_TEXT.index(key)
    received = Received(
        render_answer(answer_of(of(statement("a", [LONG_TEXT]), (start, start + len(key)))), VIEW)
    )
    assert received.quotes[0] == f"[…] {key} […]"
    assert received.marked("bold")[-1] == key
    assert received.quote.startswith("[…] ")
    assert received.quote.endswith(" […]")
    assert_verbatim(received.quote, LONG_TEXT)
    assert "shortened to fit" in received.lines[1]
    assert len(received.text) > 3800


def test_a_key_sentence_that_does_not_fit_is_cut_and_marked():
    text = "Before. " + "word " * 2000 + "end. After."
    received = Received(render_answer(answer_of(of(statement("a", [text]), (8, 10_013))), VIEW))
    for quote in received.quotes:
        assert quote.startswith("[…] word word")
        assert quote.endswith("word […]")
    assert len(received.quotes) == 2


NOTED = Interpretation(
    corrected=(("Harbuor & <co>", "harbour"),), unparsed=("kind:<b>",), absent=('deep & "water',)
)
NOTE = (
    "Showing results for harbour (not “Harbuor & <co>”). "
    'Not found word for word: “deep & "water”. This is the nearest. Taken as plain words: kind:<b>.'
    " Write a kind as kind:remarks or kind:press-release."
)


def test_how_a_question_was_read_stands_above_the_quote_and_not_in_it():
    hit = of(statement("a", ["The harbour opens in March."]))
    noted = dataclasses.replace(answer_of(hit, hit), interpretation=NOTED)
    received = Received(render_answer(noted, VIEW))
    assert received.text.startswith(f"{NOTE}\nThe harbour opens in March.\n— Nadia Rahman")
    assert received.quote == "The harbour opens in March."


def test_on_a_later_page_it_is_not_repeated():
    hit = of(statement("a", ["The harbour opens in March."]))
    noted = dataclasses.replace(answer_of(hit, hit), interpretation=NOTED)
    assert Received(render_answer(noted, VIEW, 1)).text.startswith("The harbour opens")


def test_how_a_question_was_read_stands_above_a_refusal():
    refused = dataclasses.replace(
        answer_of(of(statement("a", ["Words."])), answered=False), interpretation=NOTED
    )
    shown = Received(render_answer(refused, VIEW)).text
    assert shown == f"{NOTE.replace(' This is the nearest.', '')} {SAY.nothing(refused)}"
    nearest = Received(render_nearest(refused, VIEW)).text
    assert nearest.startswith(f"{SAY.nothing_found} {SAY.nearest} Showing results for harbour")


@pytest.mark.parametrize("character", ["&", "<", "😀", "港"])
def test_the_note_takes_its_room_from_the_quote(character):
    """A question of 4,096 characters full of operators, and a paragraph that fills a message."""
    every = tuple(character * 4000 for _ in range(17))
    noted = Interpretation(
        corrected=tuple(zip(every, every, strict=True)), unparsed=every, absent=every
    )
    hit = of(statement("a", [character * 10_000]), (5000, 5001))
    found = dataclasses.replace(answer_of(hit), interpretation=noted)
    for answered in (True, False):
        reply = dataclasses.replace(found, answered=answered)
        received = Received((render_answer if answered else render_nearest)(reply, VIEW))
        assert_verbatim(received.quote, character * 10_000)
        assert len(received.quote) > 2500
        assert Received(render_answer(reply, VIEW)).text


def test_a_greeting_offers_questions_and_thanks_do_not():
    searched = Coverage(statements=3, paragraphs=9, first=DAY, last=DAY)
    greeted = Received(render_small_talk(SmallTalk.GREETING, searched, ["Coastal Railway"], VIEW))
    assert greeted.text == SAY.greeting
    assert greeted.keyboard.labels == [["Coastal Railway"]]
    assert Received(render_small_talk(SmallTalk.THANKS, searched, (), VIEW)).text == SAY.thanks


def test_the_link_is_the_one_on_file():
    url = "https://ports.example.org/a?b=1&c=it's"
    received = Received(render_answer(answer_of(of(statement("a", ["Words."], url=url))), VIEW))
    assert received.entity("text_link").url == url


def test_the_title_is_the_link_where_there_is_one():
    linked = of(statement("a", ["Words."], url="https://ports.example.org/a"))
    assert Received(render_answer(answer_of(linked), VIEW)).marked("text_link") == ["Remarks on a"]
    received = Received(render_answer(answer_of(of(statement("a", ["Words."]))), VIEW))
    assert not received.marked("text_link")


FEBRUARY = Understood(
    speakers=("Nadia Rahman",),
    first=datetime.date(2025, 2, 1),
    last=datetime.date(2025, 2, 28),
    order=Order.NEWEST,
    by_wording=True,
)
RECORD = Coverage(
    statements=30,
    paragraphs=90,
    first=datetime.date(1999, 3, 3),
    last=datetime.date(2026, 8, 2),
)


def test_what_was_understood_stands_above_each_passage_and_can_be_lifted():
    """On every page, since it holds for all of them; above how the question was read otherwise."""
    hit = of(statement("a", ["The harbour opens in March."]))
    found = dataclasses.replace(answer_of(hit, hit), understood=FEBRUARY, interpretation=NOTED)
    first, second = (Received(render_answer(found, VIEW, number)) for number in (0, 1))
    line = "Nadia Rahman · February 2025 · newest first"
    assert first.text.startswith(f"{line}\n{NOTE}\nThe harbour opens")
    assert second.text.startswith(f"{line}\nThe harbour opens")
    several = Received(render_several(found, VIEW))
    assert several.text.startswith(f"{line}\n{NOTE}\nThe harbour opens")
    for received in (first, second, several):
        assert received.labels[1] == ["Search all"]
        assert pressed(received, "Search all").lifted


def test_lifted_it_stays_lifted_wherever_the_buttons_lead():
    hit, after = hits_of(statement("a", ["Words.", "More."]))
    found = answer_of(hit, hit)
    reply = Received(render_answer(found, VIEW, lifted=True))
    assert pressed(reply, "1 of 2 ›").lifted
    around = pressed(reply, "Context")
    assert pressed(Received(render_context(hit, None, after, VIEW, around)), "back").lifted
    several = Received(render_several(answer_of(*[hit] * 4), VIEW, lifted=True))
    assert all(pressed(several, label).lifted for label in ("1", "2", "3", "4–4 of 4 ›"))
    refused = dataclasses.replace(found, answered=False)
    nearest = pressed(Received(render_nothing(refused, VIEW, lifted=True)), SAY.button_nearest)
    assert nearest.lifted
    shown = Received(render_nearest(refused, VIEW, lifted=True))
    assert pressed(shown, "1 of 2 ›").lifted


@pytest.mark.parametrize(
    ("understood", "line", "rows"),
    [
        (Understood(order=Order.OLDEST, by_wording=True), "oldest first", [["Best match first"]]),
        (Understood(speakers=("A & <B>", "C")), "A & <B>, C", []),
        (Understood(first=datetime.date(2024, 1, 1)), "since 2024", []),
        (
            Understood(speakers=("A", "B", "C", "D"), by_wording=True),
            "A, B, C, 1 more",
            [["Search all"]],
        ),
    ],
)
def test_what_operators_asked_for_is_said_too_and_not_lifted(understood, line, rows):
    hit = of(statement("a", ["The harbour opens in March."]))
    received = Received(
        render_answer(dataclasses.replace(answer_of(hit), understood=understood), VIEW)
    )
    assert received.text.startswith(f"{line}\nThe harbour opens")
    assert received.labels[1:] == rows


def refused(understood: Understood, *, others: bool = False, searched: int = 3) -> Answer:
    covered = Coverage(statements=searched, paragraphs=9, first=DAY, last=DAY)
    if not searched:
        covered = Coverage(statements=0, paragraphs=0, first=None, last=None)
    hit = of(statement("a", ["The harbour opens in March."]))
    return dataclasses.replace(
        answer_of(hit, answered=False),
        understood=understood,
        others_answer=others,
        searched=covered,
        on_record=RECORD,
    )


SEARCHED = " Searched 3 statements (9 paragraphs), 24 Feb 2025."
FUTURE = datetime.date(2026, 11, 27)
LONG_AGO = datetime.date(1950, 1, 1)


@pytest.mark.parametrize(
    ("understood", "searched", "said", "button"),
    [
        (
            Understood(speakers=("A & <B>",)),
            3,
            f"Nothing by A & <B> on this.{SEARCHED}",
            "What others said",
        ),
        (
            Understood(first=datetime.date(2025, 2, 1), last=datetime.date(2025, 2, 28)),
            3,
            f"Nothing from February 2025 on this.{SEARCHED}",
            "Other dates",
        ),
        (
            FEBRUARY,
            3,
            f"Nothing by Nadia Rahman from February 2025 on this.{SEARCHED}",
            "Others, other dates",
        ),
        (
            Understood(speakers=("Nadia Rahman",), first=datetime.date(2024, 1, 1)),
            3,
            f"Nothing by Nadia Rahman since 2024 on this.{SEARCHED}",
            "Others, other dates",
        ),
        (
            Understood(first=FUTURE, last=FUTURE, by_wording=True),
            0,
            "Nothing from 27 Nov 2026; the newest statement is from 2 Aug 2026.",
            "Other dates",
        ),
        (
            Understood(last=LONG_AGO, by_wording=True),
            0,
            "Nothing until 1 Jan 1950; the oldest statement is from 3 Mar 1999.",
            "Other dates",
        ),
    ],
)
def test_what_is_not_on_record_of_whom_or_when_was_asked_is_said_precisely(
    understood, searched, said, button
):
    """And what others said, or of other days, is one press away, and never called the answer."""
    other = refused(understood, others=True, searched=searched)
    received = Received(render_nothing(other, VIEW))
    assert received.text == said
    assert received.labels[0][0] == button
    assert Received(render_nothing_short(other, VIEW)).text == said.replace(SEARCHED, "")
    shown = pressed(received, button)
    assert shown.action is Action.OTHERS
    others = Received(render_nearest(other, VIEW))
    first = said.replace(SEARCHED, "")
    assert others.text.startswith(f"{first} This is ")
    assert SAY.nearest not in others.text
    # What stands around it is not the answer either.
    assert around_it(shown).startswith(SAY.others_both)
    # Without others who answer, the nearest is only that.
    only = Received(render_nothing(refused(understood, searched=searched), VIEW))
    assert only.text == said
    assert only.labels[0][0] == SAY.button_nearest
    nearest = Received(render_nearest(refused(understood), VIEW))
    assert nearest.text.startswith(f"{first} {SAY.nearest}")


def around_it(shown: CallbackData) -> str:
    """Return the text of the paragraphs around a passage that is *shown*."""
    hit, after = hits_of(statement("a", ["Words.", "More."]))
    around = shown.forward(Action.CONTEXT, "AAAA-0001")
    return Received(render_context(hit, None, after, VIEW, around)).text


def test_after_a_refusal_what_was_understood_can_be_lifted():
    received = Received(render_nothing(refused(FEBRUARY), VIEW))
    assert received.labels[0] == [SAY.button_nearest, "Search all"]
    assert pressed(received, "Search all") == CallbackData(
        Action.PASSAGE, question="harbour?", lifted=True
    )


def test_a_suggestion_too_long_for_a_button_is_not_offered():
    """Its button would ask the question that was refused."""
    long = dataclasses.replace(refused(Understood()), suggestions=("x" * 70, "Coastal Railway"))
    assert Received(render_nothing(long, VIEW)).labels[1:] == [["Coastal Railway"]]


def copies_of(number: int, **known: Any) -> tuple[Citation, ...]:
    made = [
        statement(f"copy-{one}", ["Words."], day=1 + one % 28, **known) for one in range(number)
    ]
    return tuple(
        Citation.of(one, one.paragraphs[0], f"BBBB-{place:04}") for place, one in enumerate(made)
    )


def test_where_a_text_stands_many_times_one_press_lists_the_others():
    """With their dates and references, in pages."""
    copied = dataclasses.replace(of(statement("a", ["Words."])), copies=copies_of(12))
    received = Received(render_answer(answer_of(copied), VIEW))
    assert received.labels[1:] == [["also in 12 other places"]]
    opened = pressed(received, "also in 12 other places")
    assert opened == CallbackData(Action.COPIES, question="harbour?", history=(Action.PASSAGE,))
    first = Received(render_copies(copied, VIEW, opened))
    assert first.text.split("\n")[:4] == [
        "The same text, newest first",
        "",
        "1 Feb 2025 · Nadia Rahman",
        "Remarks on copy-0 · paragraph 1 of 1 · BBBB-0000",
    ]
    assert len(first.marked("code")) == 10
    assert first.text.endswith("page 1 of 2")
    assert first.labels == [["older ›", "back"]]
    second = Received(render_copies(copied, VIEW, pressed(first, "older ›")))
    assert second.marked("code") == ["BBBB-0010", "BBBB-0011"]
    assert second.labels == [["‹ newer", "back"]]
    assert pressed(second, "back").action is Action.PASSAGE


def test_without_a_button_the_citation_says_how_often_the_text_stands_on_record():
    copied = dataclasses.replace(of(statement("a", ["Words."])), copies=copies_of(1))
    several = Received(render_several(answer_of(copied, copied), VIEW))
    assert several.text.count(f"{REFERENCE} · also in 1 other place") == 2


@pytest.mark.parametrize("character", ["&", "😀", "港"])
def test_the_longest_list_of_copies_is_taken(character):
    line, url = character * 1000, "https://a.example/" + "'" * 280
    speaker = Speaker(line, line)
    many = copies_of(30, title=line, url=url, speakers=(speaker,))
    copied = dataclasses.replace(of(statement("a", ["Words."])), copies=many)
    data = CallbackData(Action.COPIES, question="?", history=(Action.PASSAGE,))
    assert len(Received(render_copies(copied, VIEW, data)).marked("code")) == 10
    assert Received(render_copies(copied, VIEW, dataclasses.replace(data, page=999))).text


def test_the_next_passage_follows_the_last_and_any_number_is_in_range():
    """A button may carry a number from a record that was larger."""
    hits = [of(statement(name, [f"Words of {name}."])) for name in ("a", "b", "c")]
    for number, name in ((0, "a"), (2, "c"), (3, "a"), (10**6 - 1, "a")):
        received = Received(render_answer(answer_of(*hits), VIEW, number))
        assert received.quote == f"Words of {name}."
        assert f"{number % 3 + 1} of 3 ›" in received.keyboard.labels[0]


def test_buttons_lead_only_where_there_is_something():
    hit, doing = of(statement("a", ["Words."])), ["Cite", "Share"]
    assert Received(render_context(hit, None, None, VIEW, HERE)).labels == [["back"]]
    assert Received(render_context(hit, None, None, VIEW)).labels == [doing]
    assert Received(render_answer(answer_of(hit), VIEW)).labels == [doing]
    first, last = hits_of(statement("a", ["Words.", "More."]))
    beginning, end = (
        render_context(first, None, last, VIEW),
        render_context(last, first, None, VIEW),
    )
    assert Received(beginning).labels == [["after ›", "Whole text"], doing]
    assert Received(end).labels == [["‹ before", "Whole text"], doing]


def test_the_buttons_of_a_passage_are_one_row_and_page_through_the_passages_alone():
    hit = of(statement("a", ["Words.", "More."]))
    rest = ["Context", "Cite", "Share"]
    assert Received(render_answer(answer_of(hit), VIEW)).labels == [rest]
    assert Received(render_answer(answer_of(hit, hit), VIEW)).labels == [["1 of 2 ›", *rest]]
    assert Received(render_answer(answer_of(hit, hit), VIEW, 1)).labels == [
        ["‹", "2 of 2 ›", *rest]
    ]


def test_where_inline_mode_is_off_nothing_can_be_shared():
    closed = dataclasses.replace(VIEW, can_share=False)
    received = Received(render_answer(answer_of(of(statement("a", ["Words."]))), closed))
    assert received.labels == [["Cite"]]


def pressed(received: Received, label: str) -> CallbackData:
    """Return the meaning of the only button that is called so."""
    assert received.keyboard is not None
    (found,) = [one for one in received.keyboard if one.label == label]
    meaning = unpack(found.value)
    assert meaning is not None
    return meaning


def test_the_way_back_leads_through_all_that_was_shown():
    """From three passages to one, to those around it, to its statement; and back again."""
    hit, after = hits_of(statement("a", ["Words.", "More."]))
    found = answer_of(*[hit] * 5)
    several = Received(render_several(found, VIEW, 3))
    passage = pressed(several, "5")
    history = (Action.SEVERAL,)
    assert passage == CallbackData(Action.PASSAGE, number=4, question="harbour?", history=history)
    one = Received(render_answer(found, VIEW, 4, passage.history))
    assert one.labels == [["Context", "Cite", "Share", "back"]]
    around = pressed(one, "Context")
    context = Received(render_context(hit, None, after, VIEW, around))
    assert context.labels == [["after ›", "Whole text", "back"]]
    assert pressed(context, "after ›").history == around.history
    whole = pressed(context, "Whole text")
    assert whole.back() == around
    assert around.back() == passage
    assert passage.back() == CallbackData(Action.SEVERAL, number=4, question="harbour?")


def test_a_neighbour_is_said_to_be_anothers_words_only_if_it_is():
    """Of the one that was asked for all is said; of those around it what differs."""
    minister, board = Speaker("Nadia Rahman", "Minister of Ports"), Speaker("Li Wen")
    turns = [("Will it open?", minister, Role.QUESTION), ("It will.", minister, None)]
    turns += [("In March.", minister, None), ("Or in May.", board, None)]
    made = Statement(
        id="a",
        title="T",
        speakers=(minister,),
        paragraphs=tuple(
            Paragraph(n, text, who, role) for n, (text, who, role) in enumerate(turns, 1)
        ),
        kind=Kind.PRESS_CONFERENCE,
    )
    hits = hits_of(made)
    first = Received(render_context(hits[1], hits[0], hits[2], VIEW)).text.split("\n")
    assert first[0] == "paragraph 1, before it · a question, not an official's words"
    assert first[-2:] == ["paragraph 3, after it", "In March."]
    second = Received(render_context(hits[2], hits[1], hits[3], VIEW)).text.split("\n")
    assert second[0] == "paragraph 2, before it"
    assert second[-2] == "paragraph 4, after it · Li Wen · direct quote"


def test_of_a_long_neighbour_the_end_that_is_next_to_the_paragraph_is_given():
    hits = hits_of(statement("a", [LONG_TEXT + "The end.", "It.", "The beginning. " + LONG_TEXT]))
    before, _, after = Received(render_context(hits[1], hits[0], hits[2], VIEW)).quotes
    assert before.startswith("[…] ")
    assert before.endswith("The end.")
    assert after.startswith("The beginning. ")
    assert after.endswith(" […]")


def test_an_amended_paragraphs_statements_are_each_to_be_read():
    """Two can share the first half of a reference; none is guessed to be the one."""
    hits = [of(statement(name, ["Words."], title=name)) for name in ("a", "b")]
    one, two = (
        Received(render_amended(Amended("K7Q2-AAAA", tuple(found)), VIEW))
        for found in (hits[:1], hits)
    )
    assert one.labels == [["Whole text"]]
    assert two.labels == [["a"], ["b"]]
    assert two.text.endswith("still on record: a, b.")
    whole = pressed(one, "Whole text")
    assert whole == CallbackData(
        Action.STATEMENT,
        reference=REFERENCE,
        question="K7Q2-AAAA",
        page=1,
        history=(Action.PASSAGE,),
    )


def test_cite_adds_a_row_of_copies_and_takes_it_back():
    hit = of(statement("a", ["Words."]))
    reply = render_answer(answer_of(hit), VIEW)
    cited = toggle_citations(reply.keyboard, hit.citation, SAY, 4000)
    received = Received(dataclasses.replace(reply, keyboard=cited))
    assert received.labels[-1] == ["Plain", "AP", "Chicago", "APA", "BibTeX"]
    assert len(set(received.copied)) == 5
    assert toggle_citations(cited, hit.citation, SAY, 4000) == reply.keyboard


def test_what_a_button_cannot_copy_whole_is_written_out():
    """A link that is left out in silence, or half a title, is no citation."""
    url = f"https://ports.example.org/{'a' * 60}"
    hit = of(statement("a", ["Words."], url=url))
    cited = toggle_citations(None, hit.citation, SAY, 4000)
    received = Received(Reply("x", cited))
    assert received.labels == [["Plain", "AP", "Chicago", "APA", "BibTeX …"]]
    assert toggle_citations(cited, hit.citation, SAY, 4000) is None
    # Where there is no room to write it out, the button copies what fits, reference and all.
    copied = Received(Reply("x", toggle_citations(None, hit.citation, SAY, 100))).copied
    assert [len(one) <= 256 and REFERENCE in one for one in copied] == [True] * 5
    assert style_of(CallbackData(Action.CITATION, number=4)) is Style.BIBTEX
    assert style_of(CallbackData(Action.CITATION, number=5)) is None


def test_an_empty_record_is_said_to_be_empty():
    empty = Answer(
        question="harbour?",
        answered=False,
        hits=(),
        searched=Coverage(statements=0, paragraphs=0, first=None, last=None),
        on_record=Coverage(statements=0, paragraphs=0, first=None, last=None),
    )
    reply = render_answer(empty, VIEW)
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
    who = Received(render_answer(answer_of(of(made)), VIEW)).lines[0]
    return who.removeprefix("— Nadia Rahman, Minister of Ports · 1 Feb 2025 · ")


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
            "the publisher's words; only text in quotation marks is a quote",
        ),
        (
            '"The harbour", she said, "will open."',
            "the publisher's words; only text in quotation marks is a quote",
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
    """An outlet's paraphrase must not end up between quotation marks."""
    outlet = before.translate(dict.fromkeys(map(ord, '"“”«»„「」『』'))).strip() or "-"
    made = statement("a", [f"She told us {outlet}"], kind=Kind.REPORT)
    assert label_of(made) == SAY.attribution_reported
    mixed = statement("a", [f"She told us {outlet} “{words}"], kind=Kind.REPORT)
    assert label_of(mixed) in (SAY.attribution_reported, SAY.attribution_mixed)


def test_a_reporters_question_is_no_officials_words():
    """It can be reached from the answer beside it, and must not pass for one."""
    paragraph = Paragraph(1, "Will it open?", Speaker("Nadia Rahman"), Role.QUESTION)
    made = Statement(
        id="a",
        title="T",
        speakers=(Speaker("Nadia Rahman"),),
        paragraphs=(paragraph,),
        kind=Kind.INTERVIEW,
    )
    who = Received(render_answer(answer_of(of(made)), VIEW)).lines[0]
    assert who.endswith("· a question, not an official's words")


def test_the_index_renders_as_well_as_made_hits(index: Index):
    """What the real index answers goes the same way."""
    answer = index.ask("container ships")
    assert answer.answered
    assert Received(render_answer(answer, VIEW)).quote == answer.hits[0].paragraph.text


def as_it_stood(made: Statement) -> Hit:
    """Return a hit on the first paragraph of a version that was replaced."""
    return of(dataclasses.replace(made, amended=datetime.date(2025, 3, 4)))


def test_what_was_amended_is_shown_as_it_stood_with_a_button_to_the_current_text():
    current = statement("quay", ["It opens in May."])
    stood = as_it_stood(statement("quay", ["It opens in March."]))
    amended = Amended("K7Q2-AAAA", (of(current),), (stood,))
    received = Received(render_amended(amended, VIEW))
    assert received.text.split("\n") == [
        "Amended on 4 Mar 2025. As it stood:",
        "It opens in March.",
        "— Nadia Rahman, Minister of Ports · 1 Feb 2025 · direct quote",
        f"Remarks on quay · paragraph 1 of 1 · {REFERENCE}",
    ]
    assert received.quotes == ["It opens in March."]
    assert received.labels == [["Current text"]]
    whole = pressed(received, "Current text")
    assert whole == CallbackData(
        Action.STATEMENT,
        reference=REFERENCE,
        question="K7Q2-AAAA",
        page=1,
        history=(Action.PASSAGE,),
    )


@given(st.lists(statements(), min_size=1, max_size=4), SAID)
@settings(max_examples=20)
def test_what_stood_in_any_statement_is_a_message_that_telegram_takes(made, say):
    """Where several may have had it, each is quoted, as much of it as there is room for."""
    view = dataclasses.replace(VIEW, strings=say)
    current = tuple(of(one) for one in made)
    stood = tuple(map(as_it_stood, made))
    received = Received(render_amended(Amended(REFERENCE, current, stood), view))
    assume(not received.crowded)
    assert len(received.labels) == min(len(made), SEVERAL)
    for quote in received.quotes:
        assert any(_is_of(quote, one.paragraphs[0].text) for one in made)


def _is_of(quote: str, text: str) -> bool:
    return quote == text or quote.removeprefix("[…] ").removesuffix(" […]") in text


@pytest.mark.parametrize("language", languages())
def test_every_reply_that_shows_what_is_withdrawn_says_so_first(language):
    say = strings_of(language)
    view = dataclasses.replace(VIEW, strings=say)
    texts = ["It opens in May.", "Boats stay.", "That is all."]
    hits = hits_of(dataclasses.replace(statement("quay", texts), withdrawn="Retracted & gone"))
    told = answer_of(*hits)
    amended = Amended(REFERENCE, (hits[0],), (as_it_stood(statement("quay", ["In March."])),))
    stood = dataclasses.replace(
        amended.earlier[0],
        citation=dataclasses.replace(amended.earlier[0].citation, withdrawn="Retracted & gone"),
    )
    for reply in (
        render_answer(told, view),
        render_several(told, view),
        render_context(hits[1], hits[0], hits[2], view, HERE),
        render_already_quoted(told, view, "https://t.me/c/1/2/3"),
        render_citation_parts(hits[:1], [CitationPart.SPEAKER], view),
        render_amended(dataclasses.replace(amended, earlier=()), view),
        render_amended(dataclasses.replace(amended, earlier=(stood,)), view),
    ):
        shown = Received(reply).text
        assert shown.startswith(say.withdrawn.format(why="Retracted & gone"))
        assert shown.count("Retracted & gone") == (3 if reply == render_several(told, view) else 1)


def test_what_is_not_withdrawn_or_under_no_heading_is_shown_as_ever():
    received = Received(render_answer(answer_of(of(statement("quay", ["Words."]))), VIEW))
    assert received.text.split("\n") == [
        "Words.",
        "— Nadia Rahman, Minister of Ports · 1 Feb 2025 · direct quote",
        f"Remarks on quay · paragraph 1 of 1 · {REFERENCE}",
    ]


def test_the_citation_names_the_heading():
    made = statement("quay", ["Words."])
    headed = dataclasses.replace(made.paragraphs[0], section="Trade & transport")
    hit = of(dataclasses.replace(made, paragraphs=(headed,)))
    received = Received(render_answer(answer_of(hit), VIEW))
    place = f"Remarks on quay · under “Trade & transport” · paragraph 1 of 1 · {REFERENCE}"
    assert received.text.split("\n")[-1] == place
