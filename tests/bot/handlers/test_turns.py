"""The lines of chats: who is worked on, who waits for it, and where."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.handlers.turns import AT_WORK, IN_LINE, Turns


class FakeBacklog:
    """Counts who stands aside."""

    def __init__(self) -> None:
        self.standing = 0

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Stand aside."""
        self.standing += 1
        try:
            yield
        finally:
            self.standing -= 1


class FakeWork:
    """Updates of chats that are worked on until they are let go."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.release = asyncio.Event()
        self.begun: list[int] = []
        self.refused: list[int] = []

    async def update(self, number: int, chat: int = 1, *, waits: bool = True) -> None:
        """Work on an update, if its turn comes."""
        async with self.turns.take(chat, waits=waits) as free:
            if free:
                self.begun.append(number)
                await self.release.wait()
            else:
                self.refused.append(number)


async def test_a_few_are_worked_on_and_the_others_wait_aside_in_the_order_they_came():
    backlog = FakeBacklog()
    work = FakeWork(Turns(backlog.aside))
    async with asyncio.TaskGroup() as tasks:
        for number in range(AT_WORK + 3):
            tasks.create_task(work.update(number))
        await asyncio.sleep(0.01)
        assert work.begun == list(range(AT_WORK))
        assert backlog.standing == 3
        work.release.set()
    assert work.begun == list(range(AT_WORK + 3))
    assert backlog.standing == 0


async def test_a_line_that_is_empty_is_forgotten():
    """A bot that is in a hundred thousand groups must not remember each."""
    work = FakeWork(turns := Turns(FakeBacklog().aside))
    async with asyncio.TaskGroup() as tasks:
        for chat in range(50):
            tasks.create_task(work.update(0, chat))
        await asyncio.sleep(0.01)
        assert len(turns._lines) == 50
        work.release.set()
    assert not turns._lines


async def test_one_chats_line_keeps_no_other_waiting():
    work = FakeWork(Turns(FakeBacklog().aside))
    async with asyncio.TaskGroup() as tasks:
        for number in range(AT_WORK + 3):
            tasks.create_task(work.update(number))
        tasks.create_task(work.update(99, chat=2))
        await asyncio.sleep(0.01)
        assert 99 in work.begun
        work.release.set()


async def test_nobody_joins_a_line_that_is_too_long():
    work = FakeWork(Turns(FakeBacklog().aside))
    async with asyncio.TaskGroup() as tasks:
        for number in range(AT_WORK + IN_LINE + 2):
            tasks.create_task(work.update(number))
        await asyncio.sleep(0.01)
        assert work.refused == [AT_WORK + IN_LINE, AT_WORK + IN_LINE + 1]
        work.release.set()


async def test_who_does_not_wait_is_let_go_at_once_and_let_in_when_there_is_room():
    """A button that is tapped again and again."""
    work = FakeWork(Turns(FakeBacklog().aside))
    async with asyncio.TaskGroup() as tasks:
        for number in range(AT_WORK):
            tasks.create_task(work.update(number))
        await asyncio.sleep(0.01)
        await work.update(98, waits=False)
        assert work.refused == [98]
        work.release.set()
    await work.update(99, waits=False)
    assert work.begun[-1] == 99


async def test_who_gives_up_leaves_the_line_and_keeps_no_place():
    backlog = FakeBacklog()
    work = FakeWork(Turns(backlog.aside))
    tasks = [asyncio.create_task(work.update(number)) for number in range(AT_WORK + 1)]
    await asyncio.sleep(0.01)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert backlog.standing == 0
    work.release.set()
    for number in range(AT_WORK):
        await work.update(100 + number, waits=False)
    assert work.refused == []
