"""What the handlers share: answers kept while they hold, and how each reader sees the bot."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from hand_clock import HandClock
from made_statements import statement
from telegram import Chat, Message, User

from bot.configuration import Configuration
from bot.handlers.desk import Desk
from bot.memory.state import ChatSettings, State
from index import Answer, Index, Record

NEW = Index(Record.of([statement("new", ["Ferries sail no more."], day=27)]))
DAY = 86_400.0


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def desk(index: Index, configuration: Configuration, clock: HandClock) -> AsyncIterator[Desk]:
    """Return a desk with the small record, and another to be loaded."""
    made = Desk(index, configuration, State.open(None, clock), load=lambda: NEW, clock=clock)
    yield made
    await made.close()


def words(answer: Answer) -> str:
    """Return the first paragraph of *answer*."""
    return answer.hits[0].paragraph.text


async def test_an_answer_is_kept_for_whoever_asks_the_same(desk):
    assert await desk.ask("ferries") is await desk.ask("ferries")
    assert await desk.ask("ferries", 1) is not await desk.ask("ferries", 2)


async def test_an_answer_is_not_kept_into_another_day(desk, clock):
    """Last week means another week by then."""
    before = await desk.ask("ferries")
    clock.now += DAY
    assert await desk.ask("ferries") is not before


@pytest.mark.parametrize(
    ("question", "quick"),
    [
        ("What about China-Pakistan trade - and ferries?", False),
        ("What about China-Pakistan trade?", True),
        ("x -the -of -and -to -in -a -that -is -for", False),
        ("from:nobody ferries", False),
        ("“ferries to”", False),
        ("ferries " * 30, False),
    ],
)
def test_what_may_take_long_is_searched_for_beside_the_event_loop(desk, question, quick):
    assert desk._is_quick(question) is quick


async def test_no_answer_of_the_record_before_is_kept_not_even_one_under_way(
    desk, index, monkeypatch
):
    """It was asked for before the reload and came after it: its asker has it, and nobody else."""
    began, released = threading.Event(), threading.Event()
    ask = index.ask

    def slowly(*given: object) -> Answer:
        began.set()
        released.wait(5)
        return ask(*given)

    monkeypatch.setattr(index, "ask", slowly)
    # An exact phrase is searched for in another thread.
    under_way = asyncio.create_task(desk.ask('"ferries to"'))
    await asyncio.to_thread(began.wait, 5)
    await desk.reload()
    released.set()
    assert "twice a day" in words(await under_way)
    assert words(await desk.ask('"ferries to"')) == "Ferries sail no more."


async def test_a_question_is_cut_where_a_message_ends(desk):
    """What is asked about can come from elsewhere."""
    answer = await desk.ask("ferries " * 10_000)
    assert len(answer.question) == 4096


@pytest.mark.parametrize("question", ["ferries last week", '"ferries" last week'])
async def test_what_last_week_means_is_told_by_the_desks_own_clock(configuration, clock, question):
    """However the question is searched for, at once or in a thread of its own."""
    texts = ["Ferries sail twice a day.", "The quay is long."]
    made = [statement("early", texts, day=4), statement("late", texts, day=12)]
    desk = Desk(Index(Record.of(made)), configuration, State.open(None, clock), clock=clock)
    for day, expected in ((12, "early"), (19, "late")):
        clock.now = datetime(2025, 2, day, 12, tzinfo=UTC).timestamp()
        answer = await desk.ask(question)
        assert answer.hits[0].citation.statement == expected
    await desk.close()


@pytest.mark.parametrize(("configured", "wanted", "led"), [(5, 1, 5), (5, 3, 5), (1, 3, 3)])
async def test_a_reply_leads_through_as_many_passages_as_it_shows_at_least(
    index, configured, wanted, led
):
    desk = Desk(index, Configuration(passages=configured), State.open(None))
    desk.state.set_settings(7, ChatSettings(passages=wanted))
    assert desk.passages(Chat(7, Chat.PRIVATE)) == led
    await desk.close()


@pytest.mark.parametrize(
    ("chat", "chosen", "tag", "expected"),
    [
        (Chat.GROUP, ("", ""), "ur-PK", "ur"),
        (Chat.GROUP, ("", "zh"), "ur", "zh"),
        (Chat.GROUP, ("en", "zh"), "ur", "en"),
        (Chat.GROUP, ("", ""), "fr", "en"),
        (Chat.GROUP, ("", ""), None, "en"),
        (Chat.CHANNEL, ("", "zh"), "ur", "en"),
        (Chat.CHANNEL, ("zh", ""), "ur", "zh"),
    ],
)
async def test_the_language_is_the_chats_else_the_persons_else_the_operators(
    desk, chat, chosen, tag, expected
):
    """What was chosen, in the chat and in private, comes first; in a channel nobody reads alone."""
    for number, language in zip((-7, 5), chosen, strict=True):
        desk.state.set_settings(number, ChatSettings(language=language))
    person = User(5, "Amina", is_bot=False, language_code=tag)
    assert desk.view(Chat(-7, chat), person).say.language == expected


@pytest.mark.parametrize(("chosen", "expected"), [("zh", "zh"), ("", "ur")])
async def test_beneath_a_message_that_replies_to_nothing_the_chats_language_holds(
    desk, chosen, expected
):
    """The question is gone; who presses in a group that has none is answered in their own."""
    desk.state.set_settings(-7, ChatSettings(language=chosen))
    person = User(5, "Amina", is_bot=False, language_code="ur")
    date = datetime(2025, 2, 19, tzinfo=UTC)
    shown = Message(3, date, Chat(-7, Chat.SUPERGROUP), text="Ferries")
    assert desk.view_beneath(shown, person).say.language == expected
