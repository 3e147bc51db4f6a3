"""What is typed after the bot's name in any chat: what is offered by the page, and sent."""

from __future__ import annotations

import datetime
import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_statements import LONG_TEXT, sharing, statement
from odd_statements import statements
from received import assert_verbatim, offered
from telegram_standin import Refuse

from bot.answering.answers import Answers
from bot.front.throttles import KEYSTROKES
from bot.handlers.inline_queries import KEPT_SECONDS, PAGE, InlineQueries
from bot.i18n.strings import languages, strings_of
from bot.rendering.inline_results import hit_result, statement_result
from bot.rendering.view import View
from bot.services.chats import Chats
from bot.state.state import State
from index import Citation, Hit, Index, Kind, Paragraph, Record, Role, Speaker, Statement
from index.references.reference import statement_code

SAY = strings_of()
VIEW = View(SAY, "OnRecordBot", can_share=True)
#: More passages than fit three pages, each with a word of its own beside the common one.
MANY = Record.of(
    statement(
        f"note-{number:02}",
        [f"The harbour note says {word}."],
        day=1 + number % 28,
        title=f"Note {number}",
    )
    for number, word in enumerate(
        start + end
        for start in "KLMNP"
        for end in ("aro", "emi", "ilu", "otu", "une", "yro", "ade")
    )
)


@pytest.fixture(scope="module")
def many() -> Index:
    return Index(MANY)


async def offer(telegram, text: str, offset: str = ""):
    """Return what is offered to whoever types *text*."""
    amina = telegram.user("Amina")
    return await telegram.type_inline(amina, text, offset).answered()


def hit_on(made: Statement, sentence: tuple[int, int] | None = None) -> Hit:
    paragraph = made.paragraphs[0]
    span = sentence or (0, len(paragraph.text))
    return Hit(
        paragraph=paragraph,
        citation=Citation.of(made, paragraph, "K7Q2-M9XA"),
        score=1.0,
        sentence=span,
    )


@given(statements(), st.sampled_from(languages()), st.data())
@settings(max_examples=40)
def test_any_statement_makes_an_offer_that_telegram_takes(made, language, data):
    """Verbatim, cited, with a title; and with no button that would change what a person sent."""
    view = View(strings_of(language), "OnRecordBot", can_share=True)
    text = made.paragraphs[0].text
    start = data.draw(st.integers(0, len(text) - 1))
    hit = hit_on(made, (start, data.draw(st.integers(start + 1, len(text)))))
    for article in (hit_result(hit, view), statement_result(made, hit, view)):
        result = offered(article)
        (quote, *_) = result.marked("blockquote") + result.marked("expandable_blockquote")
        assert_verbatim(quote, text)
        assert "K7Q2-M9XA" in result.text
        assert result.title.strip()
        assert len(result.title) <= 130
        assert result.keyboard
        assert {one.action for one in result.keyboard} == {
            *("copy_text", "url", "switch_inline_query")
        }


async def test_what_is_offered_is_recognised_by_its_sentence_and_sent_with_its_citation(
    telegram, running
):
    async with running():
        answer = await offer(telegram, "container ships")
        (result,) = answer.results
        amina, friends = answer.user, telegram.foreign_group("Friends")
        sent = telegram.choose(amina, answer, result, friends)
        context = telegram.follow(amina, sent, "Context")
        assert "paragraph 2, after it" in (await telegram.reply(context.chat)).text
        assert telegram.follow(amina, sent, "Cite").endswith(f"ref {sent.marked('code')[0]}")
    assert result.title == "The deep-water harbour opens to container ships in March."
    assert result.description == "Nadia Rahman · 24 Feb 2025 · Remarks on harbour"
    quote, who, where = sent.text.split("\n")
    assert quote.startswith(result.title)
    assert sent.marked("bold") == [result.title, "Nadia Rahman", "24 Feb 2025"]
    assert who == "— Nadia Rahman, Minister of Ports · 24 Feb 2025 · direct quote"
    place, _, reference = where.rpartition(" · ")
    assert place == "Remarks on harbour · Ports Gazette · paragraph 1 of 3"
    assert sent.marked("code") == [reference]
    assert sent.marked("text_link") == ["Remarks on harbour"]
    assert "opens to container ships in March" in unquote(sent.html).replace("%20", " ")
    assert sent.buttons == [["Cite", "Context", "Share"]]


async def test_results_come_while_the_last_word_is_typed(telegram, running):
    """Each letter offers what the finished word does; a space finishes a word that is none."""
    async with running():
        whole = await offer(telegram, "old quay berths")
        for typed in ("old quay ber", "old quay bert", "Old quay berth"):
            assert (await offer(telegram, typed)).results == whole.results
        assert (await offer(telegram, "electrif")).results
        for typed in ("electrif ", "electrifz", "el"):
            nothing = await offer(telegram, typed)
            assert not nothing.results
            assert nothing.button.text == SAY.inline_nothing


async def test_a_beginning_is_paged_through_like_a_word(telegram, running, many):
    async with running(on=many):
        first = await offer(telegram, "harb")
        assert len(first.results) == PAGE
        second = await offer(telegram, "harb", first.next_offset)
        assert second.results
        assert second.results == (await offer(telegram, "harbour", first.next_offset)).results


def test_a_sentence_that_shows_nothing_is_offered_by_its_statements_title():
    """Telegram refuses a page for one result without a title."""
    made = statement("a", ["\u200b Words."])
    assert offered(hit_result(hit_on(made, (0, 1)), VIEW)).title == "Remarks on a"


def test_a_title_that_is_cut_says_so():
    """Nobody takes its end for the end of a sentence; and it is cut between words."""
    long = statement("long", [LONG_TEXT.replace(".", ",")])
    result = offered(hit_result(hit_on(long), VIEW))
    assert re.fullmatch(r"(?:\w+,? )+…", result.title)
    assert 100 < len(result.title) <= 122
    assert LONG_TEXT.replace(".", ",").startswith(result.title.removesuffix(" …"))
    exact = statement("exact", ["x" * 120])
    assert offered(hit_result(hit_on(exact), VIEW)).title == "x" * 120


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.REMARKS, "Nadia Rahman · 1 Feb 2025"),
        (Kind.JOINT_STATEMENT, "Nadia Rahman · joint text · 1 Feb 2025"),
        (Kind.REPORT, "Nadia Rahman · the publisher's words, not a quote · 1 Feb 2025"),
        (Kind.BRIEF, "Nadia Rahman · our brief, not a quote · 1 Feb 2025"),
    ],
)
def test_before_it_is_picked_an_offer_says_whose_words_it_is_unless_the_speakers_own(kind, said):
    made = statement("a", ["The harbour opens, she said."], kind=kind)
    assert offered(hit_result(hit_on(made), VIEW)).description == f"{said} · Remarks on a"


async def test_further_hits_come_page_by_page_each_once(telegram, running, many):
    """Ten at a time, to the last that the ranking weighs; then no further page is promised."""
    async with running(on=many):
        pages, offset = [], ""
        for _ in range(9):
            answer = await offer(telegram, "harbour", offset)
            pages.append(answer.results)
            offset = answer.next_offset
            if not offset:
                break
    assert [len(page) for page in pages] == [PAGE, PAGE, PAGE]
    ids = [result.id for page in pages for result in page]
    assert len(set(ids)) == len(ids)
    assert len({result.title for page in pages for result in page}) == len(ids)


async def test_a_page_after_the_last_is_empty_and_says_nothing(telegram, running, many):
    """The button that says that nothing answers would be false there."""
    async with running(on=many):
        answer = await offer(telegram, "harbour", "30")
    assert (answer.results, answer.next_offset, answer.button) == ((), "", None)


@pytest.mark.parametrize(
    "offset", ["-1", "x", "9" * 64, "١٠", "²", "1e1", " 10", "10.0", "0x0a", "１０"]
)
async def test_an_offset_that_was_never_given_begins_anew(telegram, running, many, offset):
    async with running(on=many):
        hostile = await offer(telegram, "harbour", offset)
        assert [one.id for one in hostile.results] == [
            one.id for one in (await offer(telegram, "harbour")).results
        ]


async def test_the_largest_offset_has_no_next(telegram, running):
    """Paging ends, however many statements there are."""
    notes = Record.of(statement(f"n{number}", ["Words."]) for number in range(1030))
    async with running(on=Index(notes)):
        last = await offer(telegram, "", "990")
        assert (len(last.results), last.next_offset) == (PAGE, "")
        assert (await offer(telegram, "", "9999")).next_offset == ""


async def test_without_a_word_the_newest_statements_are_offered(telegram, running, many):
    """By their titles; what is sent is a quote, and the description says which."""
    async with running(on=many):
        answer = await offer(telegram, "  ")
        second = await offer(telegram, "", answer.next_offset)
    newest = sorted(MANY.statements, key=lambda one: one.date or datetime.date.min, reverse=True)
    titles = [result.title for result in (*answer.results, *second.results)]
    assert titles == [made.title for made in newest[:20]]
    first = answer.results[0]
    assert first.description == f"Nadia Rahman · 28 Feb 2025 · {newest[0].paragraphs[0].text}"
    assert first.text.startswith(newest[0].paragraphs[0].text)


async def test_a_reporters_question_is_not_what_a_statement_is_offered_by(telegram, running):
    speaker = Speaker("Li Wen")
    asked = Paragraph(1, "Will it open?", speaker, Role.QUESTION)
    told = Paragraph(2, "It will.", speaker, Role.ANSWER)
    kinds = {"kind": Kind.PRESS_CONFERENCE}
    record = Record.of(
        [
            Statement(
                id="talk", title="Talk", speakers=(speaker,), paragraphs=(asked, told), **kinds
            ),
            Statement(
                id="silence", title="Silence", speakers=(speaker,), paragraphs=(asked,), **kinds
            ),
        ]
    )
    async with running(on=Index(record)):
        (result,) = (await offer(telegram, "")).results
    assert (result.title, result.marked("blockquote")) == ("Talk", ["It will."])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from:rahman ferries", ["Ferries to the harbour island sail twice a day in summer."]),
        ('"twice a day"', ["Ferries to the harbour island sail twice a day in summer."]),
        ("kind:remarks -harbour", ["Fishing boats keep their berths at the old quay."]),
        ("harbour#2", ["Fishing boats keep their berths at the old quay."]),
        (
            "in:markup",
            ['Tags such as <b>bold</b> & "quotes" <script>alert(1)</script> are only words.'],
        ),
        ("railway on:2025-02-06 commission", None),
    ],
)
async def test_all_of_the_query_syntax_works(telegram, running, query, expected):
    """Filters alone too, and a statement's id with a paragraph's number."""
    async with running():
        results = (await offer(telegram, query)).results
    assert results
    if expected:
        assert [result.title for result in results] == expected


async def test_a_statements_id_offers_its_paragraphs_in_order(telegram, running):
    async with running():
        results = (await offer(telegram, "harbour")).results
        assert "paragraph 1 of 3" in results[0].text
        assert len(results) == 3


@pytest.mark.parametrize(
    "query",
    [
        *("chess olympiad", "from:nobody", "zzz", "K7Q2-M9XA", "the", "?"),
        # Something comes near it.
        "Which summer musicals and operas sold out?",
    ],
)
async def test_what_nothing_answers_offers_nothing_but_the_way_to_the_bot(telegram, running, query):
    """Never what is only near; whoever presses is greeted, with questions that are answered."""
    async with running():
        amina = telegram.user("Amina")
        typing = telegram.type_inline(amina, query)
        answer = await typing.answered()
        assert answer.results == ()
        assert answer.button
        assert answer.button.text == "Nothing on record answers that"
        pressed = telegram.press_inline_button(amina, typing)
        greeting = await telegram.reply(pressed.chat)
    assert "Send me a question" in greeting.text
    assert greeting.buttons == [["Coastal Railway Programme"]]


async def test_words_that_stand_nowhere_are_not_offered_by_what_is_near(telegram, running):
    """A person would send it as if it were what was asked for."""
    async with running():
        answer = await offer(telegram, '"ferries of the harbour"')
        assert answer.results == ()
        assert answer.button
        assert answer.button.text == "Not on record word for word"
        assert (await offer(telegram, '"ferries to the harbour"')).results


async def test_an_amended_reference_leads_to_the_bot_which_tells_more(telegram, running):
    gone = f"{statement_code('harbour')}-0000"
    async with running():
        amina = telegram.user("Amina")
        typing = telegram.type_inline(amina, gone)
        answer = await typing.answered()
        assert answer.button
        assert answer.button.text == "That paragraph has been amended"
        told = await telegram.reply(telegram.press_inline_button(amina, typing).chat)
    assert f"Paragraph {gone} has since been amended" in told.text


async def test_who_is_not_listed_is_led_to_where_that_is_told(telegram, running):
    olga, amina = telegram.user("Olga"), telegram.user("Amina")
    async with running(people=frozenset({olga.id})):
        typing = telegram.type_inline(amina, "ferries")
        answer = await typing.answered()
        assert answer.results == ()
        assert answer.is_personal
        assert answer.button
        assert answer.button.text == "I answer only listed users"
        told = await telegram.reply(telegram.press_inline_button(amina, typing).chat)
    assert str(amina.id) in told.text


async def test_of_an_empty_record_the_button_says_so(telegram, running):
    async with running(on=Index(Record(()))):
        for text in ("", "harbour"):
            answer = await offer(telegram, text)
            assert answer.results == ()
            assert answer.button
            assert answer.button.text == "Nothing is on record yet"


async def test_the_same_words_have_the_same_results_for_everybody(telegram, running, index):
    """So that Telegram may keep them; after a restart too, and however they are spaced."""
    async with running():
        first = await offer(telegram, "harbour ferries")
        badr = telegram.user("Badr", language_code="ur")
        other = await telegram.type_inline(badr, "  harbour   ferries ").answered()
    async with running(on=Index(index.record)):
        again = await offer(telegram, "harbour ferries")
    assert first.results == other.results == again.results
    assert (first.cache_time, first.is_personal) == (KEPT_SECONDS, False)


async def test_where_only_some_are_answered_the_others_do_not_get_what_is_kept(telegram, running):
    amina = telegram.user("Amina")
    async with running(people=frozenset({amina.id})):
        answer = await telegram.type_inline(amina, "ferries").answered()
    assert answer.is_personal


async def test_after_a_reload_nothing_is_offered_as_it_was(telegram, running):
    """What was rendered of the old record is not kept."""
    olga = telegram.user("Olga")
    private = telegram.private_chat(olga)
    then, now = (
        Index(Record.of([statement("a", [f"The quay opens in {month}."])]))
        for month in ("March", "April")
    )
    async with running(on=then, load=lambda: now, admins=frozenset({olga.id})):
        (before,) = (await offer(telegram, "quay")).results
        telegram.say(private, olga, "/reload")
        await telegram.edited(await telegram.reply(private))
        (after,) = (await offer(telegram, "quay")).results
    assert (before.title, after.title) == ("The quay opens in March.", "The quay opens in April.")
    assert before.id != after.id


async def test_what_was_found_before_a_reload_is_not_kept_for_those_after_it(index, configuration):
    """The paragraph may have been amended beside its key sentence, and has its old number."""
    then, now = (
        Index(Record.of([statement("a", ["The quay opens.", f"In {month}, the quay opens."])]))
        for month in ("March", "April")
    )
    answers, state, view = Answers(then, passages=5), State.open(None), View(SAY)
    inline = InlineQueries(answers, Chats(configuration, state), state, is_personal=False)
    (hit, *_) = then.ask("quay opens March").hits
    answers.index = now
    inline._result(hit, view, then)
    (new, *_) = now.ask("quay opens April").hits
    assert "April" in inline._result(new, view, now).input_message_content.message_text
    await answers.close()
    state.close()


async def test_who_types_on_and_on_is_let_be(telegram, running):
    """A person does not get there; a program would else hold up everybody's search."""
    async with running(person_limit=1):
        amina = telegram.user("Amina")
        for number in range(KEYSTROKES):
            assert await telegram.type_inline(amina, f"ferries {number}").answered()
        typing = telegram.type_inline(amina, "ferries again")
        await telegram.quiet(telegram.private_chat(amina))
        assert typing.answer is None
        assert await telegram.type_inline(telegram.user("Badr"), "ferries").answered()


async def test_share_offers_the_paragraph_it_stands_under(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private, friends = telegram.private_chat(amina), telegram.foreign_group("Friends")
        telegram.say(private, amina, "fishing boats")
        reply = await telegram.reply(private)
        typing = telegram.follow(amina, reply, "Share", chat=friends)
        (result,) = (await typing.answered()).results
    assert result.text == reply.text


async def test_of_a_reference_that_two_statements_share_both_are_offered(telegram, running):
    """None is guessed to be meant; the titles tell them apart."""
    one, two = sharing(["Thank you all."])
    async with running(on=Index(Record.of([one, two]))):
        answer = await offer(telegram, "thank")
        amina = answer.user
        sent = telegram.choose(amina, answer, answer.results[0], telegram.foreign_group("Friends"))
        shared = await telegram.follow(amina, sent, "Share").answered()
    assert len(shared.results) == 2
    assert {result.title for result in shared.results} == {"Thank you all."}
    assert {result.description.rpartition(" · ")[2] for result in shared.results} == {
        *(one.title, two.title)
    }


async def test_that_a_person_typed_on_meanwhile_is_no_error(telegram, running, caplog):
    """Telegram drops a query after half a minute, and at once when the next letter comes."""
    refusal = "Query is too old and response timeout expired or query ID is invalid"
    async with running():
        telegram.fail("answerInlineQuery", Refuse(400, refusal))
        telegram.type_inline(telegram.user("Amina"), "ferr")
        assert (await offer(telegram, "ferries")).results
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
