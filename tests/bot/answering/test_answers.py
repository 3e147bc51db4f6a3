"""Answers are kept while they hold, and slow searches do not hold up the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hand_clock import HandClock
from made_statements import statement

from bot.answering.answers import Answers
from index import Answer, Index, Record

NEW = Index(Record.of([statement("new", ["Ferries sail no more."], day=27)]))
DAY = 86_400.0


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def answers(index: Index, clock: HandClock) -> AsyncIterator[Answers]:
    """Return a search of the small record, with another to be loaded."""
    made = Answers(index, passages=5, load=lambda: NEW, clock=clock)
    yield made
    await made.close()


def words(answer: Answer) -> str:
    """Return the first paragraph of *answer*."""
    return answer.hits[0].paragraph.text


async def test_an_answer_is_kept_for_all_who_ask_the_same(answers):
    assert await answers.ask("ferries") is await answers.ask("ferries")
    assert await answers.ask("ferries", 6) is not await answers.ask("ferries", 7)


async def test_an_answer_is_not_kept_into_another_day(answers, clock):
    """Last week means another week by then."""
    before = await answers.ask("ferries")
    clock.now += DAY
    assert await answers.ask("ferries") is not before


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
def test_what_may_take_long_is_searched_for_beside_the_event_loop(answers, question, quick):
    assert answers._is_quick(question) is quick


async def test_no_answer_of_the_record_before_is_kept_not_even_one_under_way(
    answers, index, monkeypatch
):
    """It was asked for before the reload and came after it: its asker has it, and nobody else."""
    began, released = threading.Event(), threading.Event()
    ask = index.ask

    def slowly(*given: object, **how: object) -> Answer:
        began.set()
        released.wait(5)
        return ask(*given, **how)

    monkeypatch.setattr(index, "ask", slowly)
    # An exact phrase is searched for in another thread.
    under_way = asyncio.create_task(answers.ask('"ferries to"'))
    await asyncio.to_thread(began.wait, 5)
    await answers.reload()
    released.set()
    assert "twice a day" in words(await under_way)
    assert words(await answers.ask('"ferries to"')) == "Ferries sail no more."


async def test_a_question_is_cut_where_a_message_ends(answers):
    """What is asked about can come from elsewhere."""
    answer = await answers.ask("ferries " * 10_000)
    assert len(answer.question) == 4096


@pytest.mark.parametrize(("configured", "wanted", "hits"), [(3, 1, 3), (1, 3, 3), (1, 1, 1)])
async def test_an_answer_has_as_many_passages_as_configured_or_more_if_wanted(
    index, configured, wanted, hits
):
    answers = Answers(index, passages=configured)
    assert len((await answers.ask("harbour", wanted)).hits) == hits
    await answers.close()


async def test_yesterday_is_counted_in_the_time_zone_of_the_operator(clock):
    """At 20:00 UTC on the 12th it is the 13th in Karachi, whatever the zone of the machine."""
    made = [statement(f"day-{day}", ["Ferries sail twice a day."], day=day) for day in (11, 12)]
    clock.now = datetime(2025, 2, 12, 20, tzinfo=UTC).timestamp()
    for zone, expected in ((UTC, "day-11"), (ZoneInfo("Asia/Karachi"), "day-12")):
        answers = Answers(Index(Record.of(made)), passages=5, clock=clock, time_zone=zone)
        answer = await answers.ask("ferries on:yesterday")
        assert [hit.citation.statement for hit in answer.hits] == [expected]
        await answers.close()


@pytest.mark.parametrize("question", ["ferries last week", '"ferries" last week'])
async def test_last_week_is_counted_by_the_bots_own_clock(clock, question):
    """Whether the question is searched for at once or in a thread of its own."""
    texts = ["Ferries sail twice a day.", "The quay is long."]
    made = [statement("early", texts, day=4), statement("late", texts, day=12)]
    answers = Answers(Index(Record.of(made)), passages=5, clock=clock)
    for day, expected in ((12, "early"), (19, "late")):
        clock.now = datetime(2025, 2, day, 12, tzinfo=UTC).timestamp()
        answer = await answers.ask(question)
        assert answer.hits[0].citation.statement == expected
    await answers.close()
