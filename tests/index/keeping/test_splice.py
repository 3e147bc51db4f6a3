"""What is spliced is what a naive reading of the order gives."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, combinations
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keeping.splice import Splice, Weave, ahead_of, ascending

T = TypeVar("T")


def chained(lists: Iterable[list[T]]) -> list[T]:
    return list(chain.from_iterable(lists))


def ints(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


ORDERS = st.integers(0, 6).flatmap(
    lambda before: st.integers(0, 4).flatmap(
        lambda new: st.tuples(
            st.just(before),
            st.sets(st.integers(0, before - 1)) if before else st.just(set()),
            st.permutations([True] * new + [False] * before),
        )
    )
)


def order_of(before: int, gone: set[int], is_new: list[bool]) -> list[int]:
    """Return an order: the old ones but those gone, with new ones among them."""
    left = iter([number for number in range(before) if number not in gone])
    new = iter(range(before, before + len(is_new)))
    order = [next(new) if one else next(left, -1) for one in is_new]
    return [number for number in order if number >= 0]


@given(ORDERS, st.data())
def test_values_and_places_are_those_of_the_order(
    drawn: tuple[int, set[int], list[bool]], data: st.DataObject
) -> None:
    before, gone, is_new = drawn
    order = order_of(before, gone, is_new)
    count_new = sum(number >= before for number in order)
    splice = Splice.of(ints(order), before)
    values = [f"{number}" for number in range(before + count_new)]
    both = np.array(values, dtype=object)
    assert splice.values(both[:before], both[before:]).tolist() == [f"{n}" for n in order]
    assert len(splice) == len(order)
    wanted = {number: place for place, number in enumerate(order)}
    everywhere = np.arange(before, dtype=np.int32)
    moved = np.maximum(splice.moved(everywhere[::-1])[::-1], -1)
    assert moved.tolist() == [wanted.get(number, -1) for number in range(before)]
    assert splice.gone(everywhere).tolist() == [n for n in range(before) if n not in wanted]
    with pytest.MonkeyPatch().context() as patched:
        patched.setattr("index.keeping.splice._FEW", 0)
        assert np.maximum(splice.moved(everywhere), -1).tolist() == moved.tolist()
    assert splice.placed().tolist() == [wanted[before + number] for number in range(count_new)]
    # The parts of each thing stand where it does.
    sizes = data.draw(st.lists(st.integers(0, 3), min_size=len(both), max_size=len(both)))
    parts = [[f"{number}.{part}" for part in range(size)] for number, size in enumerate(sizes)]
    flat = [np.array(chained(some), dtype=object) for some in (parts[:before], parts[before:])]
    ends = np.cumsum(sizes[:before], dtype=np.int64), np.cumsum(sizes[before:], dtype=np.int64)
    pasted = splice.of_parts(*ends).values(*flat).tolist()
    assert pasted == chained(parts[number] for number in order)


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=40),
    st.lists(st.integers(0, 40), max_size=6),
    st.integers(0, 3),
)
def test_new_things_are_woven_in_behind_as_many_as_are_ahead(
    before: list[tuple[bool, int]], ahead: list[int], room: int
) -> None:
    stays = [one for one, _ in before]
    left = [value for one, value in before if one]
    ahead = sorted(min(one, len(left)) for one in ahead)
    new = [10 + number for number in range(len(ahead))]
    wanted = list(left)
    for number, place in reversed(list(zip(new, ahead, strict=True))):
        wanted.insert(place, number)
    woven = Weave(np.array(stays, dtype=bool), ints(ahead))
    values = ints([value for _, value in before])
    found = woven.values(values, ints(new), room)
    assert len(found) == len(wanted) + room
    assert found[: len(wanted)].tolist() == wanted
    rows = np.stack([values, -values], axis=1)
    added = np.stack([ints(new), -ints(new)], axis=1)
    assert woven.values(rows, added).tolist() == [[one, -one] for one in wanted]


def test_long_runs_are_woven_as_short_ones_are() -> None:
    values, new = np.arange(10_000), np.array([-1, -2])
    stays = np.ones(10_000, dtype=bool)
    stays[[5, 9_999]] = False
    found = Weave(stays, ints([0, 5_000])).values(values, new).tolist()
    left = [number for number in range(9_999) if number != 5]
    assert found == [-1, *left[:5_000], -2, *left[5_000:]]


@given(st.lists(st.tuples(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9))), max_size=5))
def test_what_is_ahead_is_counted_group_by_group(groups: list[tuple[list[int], list[int]]]) -> None:
    here = [sorted(set(one) - set(other)) for one, other in groups]
    there = [sorted(set(other)) for _, other in groups]
    begins = np.cumsum([0, *map(len, here)]).tolist()
    wanted = [
        begin + sum(one < value for one in stay)
        for begin, stay, come in zip(begins, here, there, strict=False)
        for value in come
    ]
    found = ahead_of(
        np.array(chained(here), dtype=np.int32),
        ints(list(map(len, here))),
        np.array(chained(there), dtype=np.int32),
        ints(list(map(len, there))),
    )
    assert found.tolist() == wanted


@given(st.lists(st.integers(-1, 8), max_size=9))
def test_as_few_numbers_as_can_be_are_left_out(numbers: list[int]) -> None:
    found = ascending(ints(numbers)).tolist()
    left = [number for number in found if number >= 0]
    assert all(now in (was, -1) for was, now in zip(numbers, found, strict=True))
    assert left == sorted(set(left))
    known = [number for number in numbers if number >= 0]
    most = max(
        size
        for size in range(len(known) + 1)
        for some in combinations(known, size)
        if list(some) == sorted(set(some))
    )
    assert len(left) == most


def test_a_text_that_moves_is_the_one_that_is_left_out() -> None:
    assert ascending(ints([9, 0, 1, -1, 2, 3])).tolist() == [-1, 0, 1, -1, 2, 3]
    assert ascending(ints([1, 2, 3, 0])).tolist() == [1, 2, 3, -1]
    assert ascending(ints([0, 1, 1, 2])).tolist() in ([0, 1, -1, 2], [0, -1, 1, 2])
