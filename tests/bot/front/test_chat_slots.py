"""The slots of chats: what is worked on, what waits for a slot, and what is dropped."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.front.chat_slots import AT_WORK, IN_LINE, ChatSlots


class FakeQueue:
    """Counts updates that have released their slot."""

    def __init__(self) -> None:
        self.released = 0

    @contextmanager
    def slot_released(self) -> Iterator[None]:
        """Release a slot while the block runs."""
        self.released += 1
        try:
            yield
        finally:
            self.released -= 1


class FakeWork:
    """Updates of chats that are worked on until the test releases them."""

    def __init__(self, slots: ChatSlots) -> None:
        self.slots = slots
        self.release = asyncio.Event()
        self.begun: list[int] = []
        self.refused: list[int] = []

    async def update(self, number: int, chat: int = 1, *, waits: bool = True) -> None:
        """Work on an update."""
        async with self.slots.take(chat, waits=waits) as free:
            if free:
                self.begun.append(number)
                await self.release.wait()
            else:
                self.refused.append(number)


async def test_a_few_are_worked_on_and_the_others_wait_in_the_order_they_came():
    update_queue = FakeQueue()
    work = FakeWork(ChatSlots(update_queue.slot_released))
    async with asyncio.TaskGroup() as tasks:
        for number in range(AT_WORK + 3):
            tasks.create_task(work.update(number))
        await asyncio.sleep(0.01)
        assert work.begun == list(range(AT_WORK))
        assert update_queue.released == 3
        work.release.set()
    assert work.begun == list(range(AT_WORK + 3))
    assert update_queue.released == 0


async def test_a_chat_without_updates_is_forgotten():
    """A bot that is in a hundred thousand groups must not remember each."""
    work = FakeWork(slots := ChatSlots(FakeQueue().slot_released))
    async with asyncio.TaskGroup() as tasks:
        for chat in range(50):
            tasks.create_task(work.update(0, chat))
        await asyncio.sleep(0.01)
        assert len(slots._chats) == 50
        work.release.set()
    assert not slots._chats


async def test_a_chat_without_a_free_slot_keeps_no_other_waiting():
    work = FakeWork(ChatSlots(FakeQueue().slot_released))
    async with asyncio.TaskGroup() as tasks:
        for number in range(AT_WORK + 3):
            tasks.create_task(work.update(number))
        tasks.create_task(work.update(99, chat=2))
        await asyncio.sleep(0.01)
        assert 99 in work.begun
        work.release.set()


async def test_nothing_waits_where_too_many_wait_already():
    work = FakeWork(ChatSlots(FakeQueue().slot_released))
    async with asyncio.TaskGroup() as tasks:
        for number in range(AT_WORK + IN_LINE + 2):
            tasks.create_task(work.update(number))
        await asyncio.sleep(0.01)
        assert work.refused == [AT_WORK + IN_LINE, AT_WORK + IN_LINE + 1]
        work.release.set()


async def test_what_does_not_wait_is_dropped_at_once_unless_there_is_a_slot():
    """A button that is tapped again and again."""
    work = FakeWork(ChatSlots(FakeQueue().slot_released))
    async with asyncio.TaskGroup() as tasks:
        for number in range(AT_WORK):
            tasks.create_task(work.update(number))
        await asyncio.sleep(0.01)
        await work.update(98, waits=False)
        assert work.refused == [98]
        work.release.set()
    await work.update(99, waits=False)
    assert work.begun[-1] == 99


async def test_what_is_cancelled_waits_no_more_and_keeps_no_slot():
    update_queue = FakeQueue()
    work = FakeWork(ChatSlots(update_queue.slot_released))
    tasks = [asyncio.create_task(work.update(number)) for number in range(AT_WORK + 1)]
    await asyncio.sleep(0.01)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert update_queue.released == 0
    work.release.set()
    for number in range(AT_WORK):
        await work.update(100 + number, waits=False)
    assert work.refused == []
