"""Documents become drafts in their order, whatever is read at once; what fails is one refusal."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from documents import Draft, LimitedReaders, Refused, drafts_from
from documents.model import Block, Extract, Source, Unreadable
from index import InvalidField


class Reader:
    """Reads the first word of a source; the first document waits for the second."""

    def __init__(self, *, waits: bool = False) -> None:
        self.read_so_far: list[str] = []
        self._second = threading.Event()
        self._waits = waits

    def read(self, source: Source) -> list[Extract]:
        """Return what stands for the content of *source*."""
        self.read_so_far.append(source.name)
        if self._waits and source.name == "0":
            assert self._second.wait(10)
        if source.name == "1":
            self._second.set()
        if source.name == "bad":
            raise Unreadable("it is damaged", "Fetch it again.")
        part = Extract(blocks=(Block(text=f"Words of {source.name}."),))
        empty = Refused(name=f"{source.name}: empty", what="there is only a summary", repair="No.")
        return [part, Extract(part="two", refused=empty)] if source.name == "two" else [part]


def sources(*names: str) -> Iterator[Source | Refused]:
    for name in names:
        if name == "gone":
            yield Refused(name=name, what="this file does not exist", repair="Check it.")
        else:
            yield Source(name=name, content=b"")


def told(made: Iterator[Draft | Refused]) -> list[str]:
    return [one.texts[0] if isinstance(one, Draft) else one.what for one in made]


@pytest.mark.parametrize("ahead", [0, 1, 2, 5])
def test_the_order_stays_and_what_fails_is_one_refusal(ahead: int) -> None:
    opened = sources("a", "gone", "bad", "two", "b")
    assert told(drafts_from(opened, Reader(), {}, ahead=ahead)) == [
        "Words of a.",
        "this file does not exist",
        "it is damaged",
        "Words of two.",
        "there is only a summary",
        "Words of b.",
    ]


def test_two_are_read_at_once() -> None:
    """Or the first would wait for ever."""
    reader = Reader(waits=True)
    assert told(drafts_from(sources("0", "1"), reader, {}, ahead=2)) == [
        "Words of 0.",
        "Words of 1.",
    ]


def test_no_more_is_read_than_so_many_ahead() -> None:
    reader = Reader()
    made = drafts_from(sources(*"abcdef"), reader, {}, ahead=2)
    next(made)
    made.close()
    assert len(reader.read_so_far) <= 3


def test_a_wrong_option_is_no_fault_of_a_document() -> None:
    with pytest.raises(InvalidField):
        list(drafts_from(sources("a"), Reader(), {"kind": "reprt"}))


def test_several_processes_read_at_once_and_one_is_enough_for_one_after_another() -> None:
    with LimitedReaders(2) as readers:
        texts = [Source(name="a.txt", content=b"The road is open."), *(
            Source(name=f"{n}.txt", content=f"Words {n}.".encode()) for n in range(3)
        )]  # fmt: skip
        made = list(drafts_from(iter(texts), readers, {}, ahead=2))
    assert told(iter(made)) == ["The road is open.", "Words 0.", "Words 1.", "Words 2."]
