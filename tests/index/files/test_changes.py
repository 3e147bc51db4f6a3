"""What became of a statement's paragraphs: by hand, and what must hold of any two versions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_statements import statement

from index.files.changes import Changes, changes_between


def between(before: list[str], after: list[str]) -> Changes:
    return changes_between(statement("a", before), statement("a", after))


OPEN, SAIL, FISH = "The harbour opens in May.", "Ferries sail twice a day.", "Boats stay there."


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([OPEN, SAIL], [OPEN, SAIL], Changes()),
        ([OPEN, SAIL], [OPEN, SAIL, FISH], Changes(added=(3,))),
        ([OPEN, SAIL, FISH], [OPEN, FISH], Changes(removed=(2,))),
        ([OPEN, SAIL], [OPEN, "Ferries sail once a day."], Changes(changed=((2, 2),))),
        ([OPEN, SAIL], [OPEN, FISH], Changes(added=(2,), removed=(2,))),
        (
            [OPEN, SAIL, FISH],
            [OPEN, "A new one, in other words.", "Ferries sail once a day.", FISH],
            Changes(added=(2,), changed=((2, 3),)),
        ),
        # What was moved is gone in one place, and new in the other.
        ([OPEN, SAIL, FISH], [SAIL, FISH, OPEN], Changes(added=(3,), removed=(1,))),
    ],
)
def test_what_changed_is_told_by_number(
    before: list[str], after: list[str], changes: Changes
) -> None:
    assert between(before, after) == changes
    assert bool(changes) == (before != after)


_TEXTS = st.lists(
    st.lists(st.sampled_from(["one", "two", "three", "four"]), min_size=1, max_size=4).map(
        " ".join
    ),
    min_size=1,
    max_size=12,
)


@given(_TEXTS, _TEXTS)
def test_what_is_neither_added_nor_removed_nor_changed_stands_in_both(
    before: list[str], after: list[str]
) -> None:
    """In the same order; and every number is told once at most."""
    found = between(before, after)
    gone = [*found.removed, *(old for old, _ in found.changed)]
    come = [*found.added, *(new for _, new in found.changed)]
    assert len(set(gone)) == len(gone)
    assert len(set(come)) == len(come)
    kept = [text for number, text in enumerate(before, 1) if number not in gone]
    assert kept == [text for number, text in enumerate(after, 1) if number not in come]
    assert all(before[old - 1] != after[new - 1] for old, new in found.changed)


def test_a_voting_record_of_thousands_is_compared_in_a_moment() -> None:
    before = ["Aye." for _ in range(5000)] + [f"Number {n}." for n in range(5000)]
    after = [f"Item {n} of the list." for n in range(5000)] + before[:-1]
    found = between(before, after)
    assert len(found.added) - len(found.removed) == len(after) - len(before)
