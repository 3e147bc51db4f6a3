"""What the bot remembers, and for how long."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
from hand_clock import HandClock
from hypothesis import example, given
from hypothesis import strategies as st

from bot.state.state import (
    CLAIM_SECONDS,
    MISS_LENGTH,
    MOST_MISSES,
    ChatSettings,
    Miss,
    ShownQuote,
    State,
)

HOUR = 3600.0
DAY = 24 * HOUR
GROUP, OTHER = -1001, -1002
REFERENCE = "K7Q2-M9XA"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


@pytest.fixture(params=["file", "memory"])
def state(request: pytest.FixtureRequest, path: Path, clock: HandClock) -> Iterator[State]:
    """A state in a file, and one in memory: nothing but a restart tells them apart."""
    state = State.open(path if request.param == "file" else None, clock)
    assert state.persistent == (request.param == "file")
    yield state
    state.close()


def rows(path: Path, table: str) -> int:
    """Return how many rows a table has, read past the bot."""
    connection = sqlite3.connect(path)
    number = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    connection.close()
    return number


# Settings


def test_a_chat_without_settings_has_the_usual_ones(state):
    assert state.settings(GROUP) == ChatSettings("", commands_only=False, passages=1)


def test_settings_that_another_process_made_are_seen_within_a_second(path, clock):
    """A message asks for them several times, and reads the file once."""
    timer = HandClock()
    here, there = State.open(path, clock, timer), State.open(path, clock)
    assert here.settings(GROUP) == ChatSettings()
    there.set_settings(GROUP, ChatSettings("ur"))
    timer.now += 0.5
    clock.now -= HOUR
    assert here.settings(GROUP) == ChatSettings()
    timer.now += 0.5
    assert here.settings(GROUP) == ChatSettings("ur")
    here.close()
    there.close()


def test_settings_of_more_chats_than_are_cached_are_read_again(state):
    state.set_settings(1, ChatSettings("ur"))
    for chat in range(1_500):
        assert state.settings(chat) == ChatSettings("ur" if chat == 1 else "")
    assert state.settings(1) == ChatSettings("ur")


def test_settings_are_those_set_last_and_each_chat_has_its_own(state):
    state.set_settings(GROUP, ChatSettings("ur"))
    state.set_settings(GROUP, ChatSettings("zh", commands_only=True, passages=3))
    assert state.settings(GROUP) == ChatSettings("zh", commands_only=True, passages=3)
    assert state.settings(OTHER) == ChatSettings()


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "no tag"},
        {"language": "<b>"},
        {"language": "en\n"},
        {"language": "x" * 40},
        {"passages": 2},
        {"passages": 0},
    ],
    ids=str,
)
def test_settings_that_make_no_sense_are_refused(wrong):
    [name] = wrong
    with pytest.raises(ValueError, match=name):
        ChatSettings(**wrong)


@pytest.mark.parametrize("language", ["", "en", "ur", "zh-Hans", "pt-BR"])
def test_language_tags_are_accepted(language):
    assert ChatSettings(language).language == language


def test_nonsense_in_an_edited_file_is_ignored(path):
    State.open(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(
        "INSERT INTO settings VALUES (1, '<b>', 0, 1, 'everybody', 0), "
        "(2, 'en', 'x', 'three', 'asker', 1), (3, 'en', 0, 1, 'nobody', 0)"
    )
    connection.close()
    state = State.open(path)
    assert all(state.settings(chat) == ChatSettings() for chat in (1, 2, 3))
    state.close()


# Quotes shown


def test_a_quote_shown_is_found_by_its_chat_and_reference(state, clock):
    state.note_quote(GROUP, message_id=7, thread_id=3, reference=REFERENCE)
    assert state.last_quote(GROUP, REFERENCE) == ShownQuote(7, 3, clock.now)
    assert state.last_quote(OTHER, REFERENCE) is None
    assert state.last_quote(GROUP, "other") is None


def test_the_newest_of_several_is_found(state, clock):
    for message in (9, 8, 10, 4):
        clock.now += 1
        state.note_quote(GROUP, message_id=message, thread_id=None, reference=REFERENCE)
    assert state.last_quote(GROUP, REFERENCE) == ShownQuote(4, None, clock.now)


def test_the_newest_is_found_though_the_clock_was_set_back(state, clock):
    state.note_quote(GROUP, message_id=1, thread_id=None, reference=REFERENCE)
    clock.now -= HOUR
    state.note_quote(GROUP, message_id=2, thread_id=None, reference=REFERENCE)
    assert state.last_quote(GROUP, REFERENCE) == ShownQuote(2, None, clock.now)


def test_a_message_shows_one_quote_at_a_time(state, clock):
    """Turning the page in a message takes back what it showed before."""
    state.note_quote(GROUP, message_id=7, thread_id=None, reference="first")
    clock.now += 5
    state.note_quote(GROUP, message_id=7, thread_id=None, reference="second")
    assert state.last_quote(GROUP, "first") is None
    assert state.last_quote(GROUP, "second") == ShownQuote(7, None, clock.now)


def test_a_quote_forgotten_leaves_the_one_before_it(state, clock):
    state.note_quote(GROUP, message_id=7, thread_id=None, reference=REFERENCE)
    state.note_quote(GROUP, message_id=8, thread_id=None, reference=REFERENCE)
    state.forget_quote(GROUP, 8)
    state.forget_quote(GROUP, 99)
    assert state.last_quote(GROUP, REFERENCE) == ShownQuote(7, None, clock.now)


def test_a_quote_shown_counts_for_a_day_or_as_long_as_asked(state, clock):
    state.note_quote(GROUP, message_id=7, thread_id=None, reference=REFERENCE)
    clock.now += HOUR
    assert state.last_quote(GROUP, REFERENCE, within=HOUR)
    assert not state.last_quote(GROUP, REFERENCE, within=HOUR - 1)
    clock.now += 23 * HOUR
    assert state.last_quote(GROUP, REFERENCE)
    clock.now += 1
    assert not state.last_quote(GROUP, REFERENCE)


MESSAGES = st.integers(1, 4)
CHATS = st.sampled_from([GROUP, OTHER])
REFERENCES = st.sampled_from(["a", "b", "c"])
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("give"), CHATS, MESSAGES, REFERENCES, st.sampled_from([None, 5])),
        st.tuples(st.just("take back"), CHATS, MESSAGES),
        st.tuples(st.just("pass"), st.integers(0, int(DAY))),
        st.tuples(st.just("flush")),
        st.tuples(st.just("migrate"), CHATS, CHATS),
        st.tuples(st.just("forget"), CHATS),
    ),
    max_size=40,
)


@given(EVENTS)
def test_quotes_given_are_those_that_a_plain_list_would_give(events):
    """An oracle: a list of what each message shows, searched from its end."""
    clock = HandClock()
    state = State.open(None, clock)
    shown: list[tuple[int, int, str, int | None, float]] = []
    for what, *values in events:
        if what == "give":
            chat, message, reference, thread = values
            state.note_quote(chat, message_id=message, thread_id=thread, reference=reference)
            shown = [row for row in shown if row[:2] != (chat, message)]
            shown.append((chat, message, reference, thread, clock.now))
        elif what == "take back":
            state.forget_quote(*values)
            shown = [row for row in shown if row[:2] != tuple(values)]
        elif what == "pass":
            clock.now += values[0]
        elif what == "flush":
            state.flush()
        else:
            state.migrate(*values) if what == "migrate" else state.forget_chat(*values)
            if what == "forget" or values[0] != values[1]:
                shown = [row for row in shown if row[0] != values[0]]
        for chat in (GROUP, OTHER):
            for reference in "abc":
                fit = [row for row in shown if row[0] == chat and row[2] == reference]
                newest = fit[-1] if fit and clock.now - fit[-1][4] <= DAY else None
                expected = newest and ShownQuote(newest[1], newest[3], newest[4])
                assert state.last_quote(chat, reference) == expected
    state.close()


# Counts


def test_counts_add_up(state):
    state.count("answers")
    state.count("answers", 4)
    state.count("refusals")
    assert state.today() == {"answers": 5, "refusals": 1}


def test_a_day_ends_at_midnight_utc(state, clock):
    """19 February 2025, 23:59:59, and a second later."""
    clock.now = 1_740_009_599.0
    state.count("answers")
    assert state.today() == {"answers": 1}
    clock.now += 1
    assert state.today() == {}
    state.count("answers", 2)
    assert state.today() == {"answers": 2}


def test_counts_of_several_processes_come_together(path, clock):
    one, two = State.open(path, clock), State.open(path, clock)
    one.count("answers", 2)
    two.count("answers", 3)
    one.flush()
    assert two.today() == {"answers": 5}
    one.close()
    two.close()


def test_counts_reach_the_file_within_seconds_without_being_asked_for(path, clock):
    state = State.open(path, clock)
    state.count("answers")
    assert rows(path, "counts") == 0
    clock.now += 5
    state.count("answers")
    assert rows(path, "counts") == 1
    clock.now -= DAY  # a clock set back puts nothing off
    state.count("answers")
    assert rows(path, "counts") == 2
    state.close()


# Questions that found nothing


def test_questions_that_found_nothing_are_kept_only_when_that_is_switched_on(state, path):
    assert not state.recording_misses
    state.miss("Who built the lighthouse?")
    assert state.misses() == []
    state.record_misses(True)
    assert state.recording_misses
    state.miss("Who built the lighthouse?")
    state.record_misses(False)
    state.miss("Who paid for it?")
    assert [miss.question for miss in state.misses()] == ["Who built the lighthouse?"]


def test_the_same_question_is_one_whatever_its_case_and_spaces(state, clock):
    state.record_misses(True)
    state.miss("  Who built\nthe  LIGHTHOUSE? ")
    clock.now += 60
    state.miss("who built the lighthouse?")
    state.miss("Straße über Café")
    state.miss("STRASSE ÜBER CAFE\N{COMBINING ACUTE ACCENT}")
    assert state.misses() == [
        Miss("Straße über Café", 2, clock.now),
        Miss("Who built the LIGHTHOUSE?", 2, clock.now),
    ]


def test_the_most_frequent_come_first_and_no_more_than_asked_for(state):
    state.record_misses(True)
    for question in ("a", "b", "b", "c", "c", "c"):
        state.miss(question)
    assert [(miss.question, miss.times) for miss in state.misses(2)] == [("c", 3), ("b", 2)]
    assert state.misses(0) == state.misses(-1) == []


def test_a_question_is_kept_only_so_long_and_only_so_many_are(state, clock):
    state.record_misses(True)
    for number in range(MOST_MISSES + 10):
        clock.now += 1
        state.miss(f"{number} " + "long " * 1000)
    kept = state.misses(10 * MOST_MISSES)
    assert len(kept) == MOST_MISSES
    assert {len(miss.question) for miss in kept} <= {MISS_LENGTH - 1, MISS_LENGTH}
    assert min(int(miss.question.split()[0]) for miss in kept) == 10


def test_a_question_asked_again_is_not_the_one_to_go(state, clock):
    state.record_misses(True)
    for number in range(2 * MOST_MISSES):
        clock.now += 1
        state.miss(f"question {number}")
        state.miss("asked again and again")
    assert state.misses(1) == [Miss("asked again and again", 2 * MOST_MISSES, clock.now)]


@given(st.text(st.characters(exclude_categories=()), max_size=20))
@example("\ud800")
@example("a\0b")
def test_whatever_is_typed_can_be_kept(question):
    """Half surrogate pairs, NULs and all."""
    state = State.open(None)
    state.record_misses(True)
    state.miss(question)
    kept = state.misses()
    assert bool(kept) == bool(regex.search(r"[\w\p{M}]", question))
    for miss in kept:
        assert miss.question == " ".join(miss.question.split()) != ""
    state.close()


@pytest.mark.parametrize(
    "question", ["", " \n\t", "\0", "?", "- 😀 !!", "K7Q2-M9XA", "ref k7q2-m9xa"], ids=repr
)
def test_what_does_not_say_what_to_put_on_record_is_not_kept(state, question):
    state.record_misses(True)
    state.miss(question)
    assert state.misses() == []


def test_questions_are_forgotten_to_the_last_byte(path):
    """Neither the file nor SQLite's files beside it hold a word of them."""
    state = State.open(path)
    state.record_misses(True)
    for number in range(100):
        state.miss(f"Who built lighthouse {number}?")
    state.forget_misses()
    assert state.misses() == []
    beside = sorted(path.parent.iterdir())
    assert len(beside) == 3
    assert not any(b"ighthouse" in file.read_bytes() for file in beside)
    assert state.recording_misses
    state.close()


def test_no_question_is_kept_with_who_asked_or_where(path):
    """The table has no place for a person or a chat, and a row's words are all it says."""
    State.open(path).close()
    connection = sqlite3.connect(path)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(misses)")]
    assert columns == ["folded", "question", "times", "last"]
    connection.close()


# Updates


def test_an_update_is_claimed_once(state):
    assert [state.claim([update]) for update in (5, 6, 5, 5, 4)] == [{5}, {6}, set(), set(), {4}]
    assert state.claim([4, 7, 5, 8]) == {7, 8}
    assert state.handled([4, 5]) == set()


def test_a_claim_ends_unless_it_is_renewed_or_the_update_handled(state, clock):
    state.claim([1, 2, 3])
    clock.now += CLAIM_SECONDS - 1
    state.renew_claims([1, 9])
    state.note_handled(2)
    clock.now += 2
    assert state.claim([1, 2, 3, 9]) == {3, 9}
    assert state.handled([1, 2, 3, 9]) == {2}


def test_what_is_handled_stays_so_whatever_comes_late(state):
    state.claim([1])
    state.note_handled(1)
    state.release(1)
    state.renew_claims([1])
    assert state.claim([1]) == set()
    assert state.claim([2], handled=True) == {2}
    assert state.handled([1, 2]) == {1, 2}


def test_what_is_not_handled_after_all_can_be_claimed_later(state, clock):
    state.claim([1])
    state.note_handled(1)
    state.note_handled(1, handled=False)
    assert state.claim([1]) == set()
    clock.now += CLAIM_SECONDS + 1
    assert state.claim([1]) == {1}


# Chats that move and chats that go


def test_settings_move_with_a_group_that_becomes_a_supergroup(state):
    """Its messages have other numbers there, so quotes shown do not."""
    state.set_settings(GROUP, ChatSettings("ur", commands_only=True))
    state.note_quote(GROUP, message_id=7, thread_id=None, reference=REFERENCE)
    state.migrate(GROUP, OTHER)
    assert state.settings(OTHER) == ChatSettings("ur", commands_only=True)
    assert state.settings(GROUP) == ChatSettings()
    assert state.last_quote(GROUP, REFERENCE) is None
    assert state.last_quote(OTHER, REFERENCE) is None


def test_a_migration_told_twice_or_to_itself_loses_nothing(state):
    state.set_settings(GROUP, ChatSettings("ur"))
    state.migrate(GROUP, GROUP)
    assert state.settings(GROUP) == ChatSettings("ur")
    state.migrate(GROUP, OTHER)
    state.set_settings(OTHER, ChatSettings("zh"))
    state.note_quote(OTHER, message_id=1, thread_id=None, reference=REFERENCE)
    state.migrate(GROUP, OTHER)
    assert state.settings(OTHER) == ChatSettings("zh")
    assert state.last_quote(OTHER, REFERENCE)


def test_settings_of_the_supergroup_are_newer_than_those_of_the_group(state):
    state.set_settings(GROUP, ChatSettings("ur"))
    state.set_settings(OTHER, ChatSettings("zh"))
    state.migrate(GROUP, OTHER)
    assert state.settings(OTHER) == ChatSettings("zh")
    assert state.settings(GROUP) == ChatSettings()


def test_everything_about_a_chat_is_forgotten(state):
    for chat in (GROUP, OTHER):
        state.set_settings(chat, ChatSettings("ur"))
        state.note_quote(chat, message_id=7, thread_id=None, reference=REFERENCE)
    state.forget_chat(GROUP)
    assert state.settings(GROUP) == ChatSettings()
    assert state.last_quote(GROUP, REFERENCE) is None
    assert state.settings(OTHER) == ChatSettings("ur")
    assert state.last_quote(OTHER, REFERENCE)


# Time


def test_all_is_there_after_a_restart(path, clock):
    state = State.open(path, clock)
    state.set_settings(GROUP, ChatSettings("ur"))
    state.note_quote(GROUP, message_id=7, thread_id=3, reference=REFERENCE)
    state.count("answers", 3)
    state.record_misses(True)
    state.miss("Who built it?")
    state.claim([5], handled=True)
    state.close()
    state = State.open(path, clock)
    assert state.persistent
    assert state.settings(GROUP) == ChatSettings("ur")
    assert state.last_quote(GROUP, REFERENCE) == ShownQuote(7, 3, clock.now)
    assert state.today() == {"answers": 3}
    assert state.recording_misses
    assert state.misses() == [Miss("Who built it?", 1, clock.now)]
    assert state.claim([5]) == set()
    state.close()


def test_what_is_too_old_is_pruned_in_time(path, clock):
    state = State.open(path, clock)
    for number in range(2500):
        state.note_quote(GROUP, message_id=number, thread_id=None, reference=REFERENCE)
        state.claim([number], handled=True)
    state.count("answers")
    state.flush()
    clock.now += DAY + 1
    for _ in range(4):  # a thousand at once, so that no message waits
        state.flush()
    assert rows(path, "given") == rows(path, "updates") == 0
    assert rows(path, "counts") == 1
    clock.now += 30 * DAY
    state.flush()
    assert rows(path, "counts") == 0
    state.close()


def test_what_is_not_too_old_is_not_pruned(path, clock):
    state = State.open(path, clock)
    state.note_quote(GROUP, message_id=1, thread_id=None, reference=REFERENCE)
    state.claim([1], handled=True)
    clock.now += DAY - 1
    state.flush()
    assert state.last_quote(GROUP, REFERENCE)
    assert state.claim([1]) == set()
    clock.now += 2
    assert state.claim([1]) == set()  # not pruned in between
    state.close()


def test_old_updates_are_pruned_though_newer_ones_have_lower_numbers(path, clock):
    """After a quiet week Telegram may begin its numbers anywhere."""
    state = State.open(path, clock)
    for number in range(5000, 5100):
        state.claim([number], handled=True)
    clock.now += 7 * DAY
    for number in range(1100):
        state.claim([number], handled=True)
    state.flush()
    assert rows(path, "updates") == 1100
    state.close()


# Hostile numbers, and calls that come late


def test_numbers_that_no_database_takes_do_no_harm(state, caplog):
    huge = 2**70
    assert state.settings(huge) == ChatSettings()
    state.set_settings(huge, ChatSettings("ur"))
    state.note_quote(huge, message_id=huge, thread_id=huge, reference="\ud800")
    state.forget_quote(huge, huge)
    assert state.last_quote(huge, "\ud800") is None
    assert state.claim([huge]) == {huge}
    assert state.handled([huge]) == set()
    state.note_handled(huge)
    state.renew_claims([huge])
    state.release(huge)
    state.migrate(huge, GROUP)
    state.migrate(GROUP, huge)
    state.forget_chat(huge)
    state.count("\ud800", huge)
    state.count("answers")
    state.flush()
    assert caplog.messages == []
    assert state.persistent or state.settings(GROUP) == ChatSettings()
    state.set_settings(GROUP, ChatSettings("ur"))
    assert state.settings(GROUP) == ChatSettings("ur")


def test_a_handler_that_comes_after_the_end_is_not_hurt(path, clock):
    state = State.open(path, clock)
    state.set_settings(GROUP, ChatSettings("ur"))
    state.close()
    state.close()
    assert not state.persistent
    assert state.settings(GROUP) == ChatSettings()
    state.note_quote(GROUP, message_id=1, thread_id=None, reference=REFERENCE)
    state.count("answers")
    state.flush()
    state.close()
    state = State.open(path, clock)
    assert state.settings(GROUP) == ChatSettings("ur")
    assert state.last_quote(GROUP, REFERENCE) is None
    state.close()
