"""How often somebody may ask: never more answers in any minute, and one polite line."""

from __future__ import annotations

import tracemalloc

import pytest
from hand_clock import HandClock
from hypothesis import example, given
from hypothesis import strategies as st
from reached import reached, reaches

from bot.front.throttles import MOST_KEYS, WINDOW, Limit, Verdict

FREE, TELL, SILENT = Verdict.FREE, Verdict.TELL, Verdict.SILENT

#: Seconds between questions; sixteenths add up without rounding, so that 60 seconds are 60 seconds.
PAUSES = st.lists(st.integers(0, 16 * 90).map(lambda n: n / 16), max_size=120)


def asked(limits: Limit, clock: HandClock, pauses: list[float]) -> list[tuple[float, Verdict]]:
    """Ask after each of the *pauses*; return when each question came, and its verdict."""
    verdicts = []
    for pause in pauses:
        clock.now += pause
        verdicts.append((clock.now, limits.ask("Amina")))
    return verdicts


def test_a_worked_example():
    """Three a minute: the fourth is told, the fifth is not, and a minute later all is well."""
    clock = HandClock(0)
    limits = Limit(3, clock)
    pauses = [0, 10, 10, 10, 10, 20, 10]
    #         0  10  20  30  40  60  70
    assert [verdict for _, verdict in asked(limits, clock, pauses)] == [
        *(FREE, FREE, FREE, TELL, SILENT),
        FREE,  # the one of second 0 is a minute old
        FREE,  # and the one of second 10
    ]


def test_no_limit_answers_everything():
    limits = Limit(0, HandClock())
    assert {limits.ask(1) for _ in range(1000)} == {FREE}


def test_a_negative_limit_is_refused():
    with pytest.raises(ValueError, match="-1"):
        Limit(-1)


def test_each_key_has_its_own_limit():
    limits = Limit(1, HandClock())
    assert [limits.ask(key) for key in (1, 2, 1, ("chat", 1), 2)] == [FREE, FREE, TELL, FREE, TELL]


def test_whoever_keeps_asking_too_fast_is_told_once_and_answered_at_the_limit():
    """A steady stream at three times the limit: no stream of polite lines comes back."""
    clock = HandClock(0)
    verdicts = [verdict for _, verdict in asked(Limit(6, clock), clock, [10 / 3] * 1000)]
    assert verdicts.count(TELL) == 1
    assert 320 <= verdicts.count(FREE) <= 340


def test_who_was_told_and_has_calmed_down_is_told_again_at_the_next_spell():
    clock = HandClock(0)
    verdicts = asked(Limit(1, clock), clock, [0, 1, 1, WINDOW, 1, 1])
    assert [verdict for _, verdict in verdicts] == [FREE, TELL, SILENT, FREE, TELL, SILENT]


@given(st.integers(1, 8), PAUSES)
@example(1, [0.0, 60.0])
def test_no_minute_holds_more_answers_than_allowed(per_minute, pauses):
    """Sixty seconds from any answer on, the last moment excluded, hold at most *per_minute*."""
    clock = HandClock(0)
    free = [at for at, verdict in asked(Limit(per_minute, clock), clock, pauses) if verdict is FREE]
    for begin in free:
        assert sum(begin <= at < begin + WINDOW for at in free) <= per_minute


@reaches(10)
@given(st.integers(1, 8), PAUSES)
def test_a_question_is_refused_only_when_the_minute_before_it_is_full(per_minute, pauses):
    clock = HandClock(0)
    verdicts = asked(Limit(per_minute, clock), clock, pauses)
    free = [at for at, verdict in verdicts if verdict is FREE]
    for at, verdict in verdicts:
        if verdict is not FREE:
            reached()
            assert sum(at - WINDOW < answered <= at for answered in free) == per_minute


@reaches(10)
@given(st.integers(1, 8), PAUSES)
@example(1, [0.0, 1.0, 59.0, 1.0])
def test_a_spell_is_told_exactly_once_and_first(per_minute, pauses):
    """The refusals fall into spells, a minute without one apart; only the first of each is told."""
    clock = HandClock(0)
    refused = [
        (at, verdict)
        for at, verdict in asked(Limit(per_minute, clock), clock, pauses)
        if verdict is not FREE
    ]
    before = -WINDOW
    for at, verdict in refused:
        reached()
        assert (verdict is TELL) == (at - before >= WINDOW)
        before = at


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=200))
def test_others_change_nothing_about_ones_own_verdicts(questions):
    """Whatever a crowd asks, each hears what they would have heard alone."""
    crowd, crowd_clock = [], HandClock(0)
    limits = Limit(3, crowd_clock)
    for key, pause in questions:
        crowd_clock.now += pause
        crowd.append((key, crowd_clock.now, limits.ask(key)))
    for person in range(6):
        alone_clock = HandClock(0)
        alone = Limit(3, alone_clock)
        for key, at, verdict in crowd:
            if key == person:
                alone_clock.now = at
                assert alone.ask(key) is verdict


def test_whoever_has_been_quiet_for_a_minute_is_forgotten():
    clock = HandClock(0)
    limits = Limit(5, clock)
    for key in range(1000):
        limits.ask(key)
    assert limits.remembered == 1000
    clock.now += WINDOW
    for _ in range(1000):
        limits.ask("Amina")
    assert limits.remembered == 1


def test_hostile_numbers_of_keys_do_not_grow_it():
    """Thirty thousand who all ask at once: so many are remembered, the latest, in 10 MB."""
    clock = HandClock(0)
    limits = Limit(20, clock)
    tracemalloc.start()
    try:
        for key in range(3 * MOST_KEYS):
            limits.ask(key)
        assert limits.remembered == MOST_KEYS
        assert tracemalloc.get_traced_memory()[0] < 10e6
    finally:
        tracemalloc.stop()
    for _ in range(19):
        limits.ask(3 * MOST_KEYS - 1)
    assert limits.ask(3 * MOST_KEYS - 1) is TELL


def test_who_asks_all_the_time_is_not_the_one_forgotten():
    """A crowd does not wash away the limit of one who asks on among it."""
    limits = Limit(2, HandClock(0))
    limits.ask("Amina")
    limits.ask("Amina")
    for key in range(3 * MOST_KEYS):
        limits.ask(key)
        if key % 1000 == 0:
            assert limits.ask("Amina") is not FREE


def test_two_who_ask_without_end_never_lock_out_a_third():
    """Whether they ask in turns, or one after the other."""
    for turns in ("ABABABABAB" * 6, "A" * 30 + "B" * 30, "A" * 15 + "B" * 15):
        limits = Limit(30, HandClock(0))
        answered = [one for one in turns if limits.ask("group", one) is FREE]
        assert 20 <= len(answered) < 30
        assert limits.ask("group", "C") is FREE
        assert limits.ask("group", "C") is FREE
        assert limits.ask("group", "D") is FREE


def test_who_asks_alone_has_two_thirds_of_a_groups_answers():
    """With the default settings these are the 20 that any user has."""
    limits = Limit(30, HandClock(0))
    assert [limits.ask("group", "A") for _ in range(22)] == [*[FREE] * 20, TELL, SILENT]


@pytest.mark.parametrize(("per_minute", "alone"), [(1, 1), (2, 2), (3, 2), (4, 3), (1000, 667)])
def test_of_a_small_limit_the_share_is_at_least_one(per_minute, alone):
    limits = Limit(per_minute, HandClock(0))
    assert [limits.ask("group", "A") for _ in range(1001)].count(FREE) == alone


@given(st.integers(1, 30), st.lists(st.integers(0, 7), max_size=120), PAUSES)
def test_a_group_never_has_more_than_its_limit_and_a_newcomer_never_waits_for_less(
    per_minute, members, pauses
):
    clock, free = HandClock(0), []
    limits = Limit(per_minute, clock)
    for member, pause in zip(members, pauses, strict=False):
        clock.now += pause
        before = [who for at, who in free if clock.now - at < WINDOW]
        verdict = limits.ask("group", member)
        if member not in before:
            assert (verdict is FREE) == (len(before) < per_minute) or set(before) == set()
        if verdict is FREE:
            free.append((clock.now, member))
            assert len(before) < per_minute


def test_the_share_comes_back_with_the_minute():
    clock = HandClock(0)
    limits = Limit(3, clock)
    assert [limits.ask("group", one) for one in "AAAB"] == [FREE, FREE, TELL, FREE]
    clock.now += WINDOW
    assert [limits.ask("group", one) for one in "AAB"] == [FREE, FREE, FREE]
