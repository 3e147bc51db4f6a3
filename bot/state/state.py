"""What the bot remembers: settings of chats, quotes shown, counts, questions that found nothing.

Each method is one or two SQL statements; storing them in a file, and going on without one, is left
to ``state_file``. Nothing here raises into a handler, and no question is stored with who asked it
or where.

All calls come from one thread. Several processes may share one file.
"""

from __future__ import annotations

import contextlib
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import regex
from cachetools import TTLCache

from bot.state.state_file import StateFile
from index import meant_as_reference

#: Seconds between two writes of the counts: what a killed process may lose of them.
_FLUSH_EVERY = 5.0
#: Seconds between two prunings, and the most rows deleted at once from an end of a table: 4 ms.
_PRUNE_EVERY = 3600.0
_PRUNED_AT_ONCE = 1_000
#: Seconds for which a quote shown, or an update seen, is remembered. Telegram keeps an update that
#: was not delivered for 24 hours (https://core.telegram.org/bots/api#getting-updates).
_DAY = 86_400.0
#: Seconds for which the claim of an update lasts that is not renewed. So long waits what a process
#: had claimed when it was killed; and a process that stands still for longer may lose what it has.
CLAIM_SECONDS = 5.0
#: Seconds before it began from which a process takes claims for those of the process in whose place
#: it is: it takes longer to begin. Another that began at the same moment keeps its own.
_BEGINNING = 0.5
#: Seconds for which settings are cached, and of how many chats. A message needs them four times;
#: another process may change them.
_CACHED_SECONDS = 1.0
_CACHED_CHATS = 1_000
#: Days for which the counts are kept.
_COUNTED_DAYS = 30
#: Different questions kept, and characters of each: a real question is shorter.
MOST_MISSES = 500
MISS_LENGTH = 200

#: What an IETF language tag looks like, in short (https://www.rfc-editor.org/rfc/rfc5646).
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
#: A word with the vowel signs that are part of it.
_WORD = regex.compile(r"[\w\p{M}]+")


class Readers(StrEnum):
    """Who sees what the bot answers in a group."""

    EVERYBODY = "everybody"
    #: Only whoever asked.
    ASKER = "asker"
    #: Each chooses by the command: /ask for all, /askme for oneself.
    EACH_CHOOSES = "each"


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How the bot behaves in one chat, a private one too."""

    #: The language of its messages, an IETF tag; empty for the user's own in private, and
    #: for the operator's where many read.
    language: str = ""
    #: Whether it answers in a group only to commands, not to mentions and replies.
    commands_only: bool = False
    #: How many passages it shows at once, 1 or 3.
    passages: int = 1
    #: Who sees its answers, in a group.
    readers: Readers = Readers.EVERYBODY
    #: Whether a whole statement is shown as one rich message, which some apps cannot show.
    rich: bool = False

    def __post_init__(self) -> None:
        if self.language and not _LANGUAGE.fullmatch(self.language):
            raise ValueError(f"language is not a tag such as en or zh-Hans: {self.language!r}")
        if self.passages not in (1, 3):
            raise ValueError(f"passages is not 1 or 3: {self.passages!r}")


#: The columns of a chat's settings: the fields of ``ChatSettings``, in their order.
_SETTINGS = ", ".join(one.name for one in fields(ChatSettings))


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote that a message of the bot's shows."""

    #: The message that shows it.
    message_id: int
    #: The topic the message stands in; ``None`` outside topics.
    thread_id: int | None
    #: When, in seconds since 1970.
    at: float


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that found nothing."""

    #: Its words as they were first typed, on one line, cut to ``MISS_LENGTH`` characters.
    question: str
    #: How often it was asked, whatever its case, spaces and punctuation.
    times: int
    #: When it was last asked, in seconds since 1970.
    last: float


#: Deletes rows older than a moment, among so many at an end of a table.
_PRUNINGS = (
    "DELETE FROM given WHERE at < ? AND rowid IN (SELECT rowid FROM given ORDER BY rowid LIMIT ?)",
    # Update ids rise, but after a quiet week Telegram starts anywhere: so prune at both ends.
    "DELETE FROM updates WHERE at < ? AND update_id IN "
    "(SELECT update_id FROM updates ORDER BY update_id LIMIT ?)",
    "DELETE FROM updates WHERE at < ? AND update_id IN "
    "(SELECT update_id FROM updates ORDER BY update_id DESC LIMIT ?)",
)

#: Deletes all that is remembered of a chat.
_FORGETTING = ("DELETE FROM settings WHERE chat_id = ?", "DELETE FROM given WHERE chat_id = ?")


class State:
    """What the bot remembers, in a file if there is one that can be used."""

    def __init__(
        self, file: StateFile, clock: Callable[[], float], timer: Callable[[], float]
    ) -> None:
        """Remember in *file*; *clock* gives seconds since 1970, *timer* is never set back."""
        self._file = file
        self._clock = clock
        self._counts: Counter[tuple[str, str]] = Counter()
        self._cached: TTLCache[int, ChatSettings] = TTLCache(_CACHED_CHATS, _CACHED_SECONDS, timer)
        self._began = self._flushed = self._pruned = clock()
        self._prune()

    @classmethod
    def open(
        cls,
        path: Path | None,
        clock: Callable[[], float] = time.time,
        timer: Callable[[], float] = time.monotonic,
    ) -> State:
        """Return what is remembered in the file at *path*; never raises.

        With ``None`` it is in memory. So it is while the file cannot be used; the reason is logged,
        and the file is left as it is.
        """
        return cls(StateFile(path, clock), clock, timer)

    @property
    def persistent(self) -> bool:
        """Whether what is remembered now survives a restart."""
        return self._file.persistent

    def close(self) -> None:
        """Write what is not written yet, and close the file."""
        self._cached.clear()
        self.flush()
        self._file.close()

    def settings(self, chat_id: int) -> ChatSettings:
        """Return the settings of a chat, at most a second old; the defaults if it has none."""
        settings = self._cached.get(chat_id)
        if settings is None:
            settings = self._cached[chat_id] = self._read_settings(chat_id)
        return settings

    def _read_settings(self, chat_id: int) -> ChatSettings:
        rows = self._file.read(
            f"SELECT {_SETTINGS} FROM settings WHERE chat_id = ?",  # noqa: S608  # our own names
            (chat_id,),
        )
        for language, commands_only, passages, readers, rich in rows:
            # The file may have been edited by hand.
            with contextlib.suppress(ValueError, TypeError):
                return ChatSettings(
                    language, bool(commands_only), passages, Readers(readers), bool(rich)
                )
        return ChatSettings()

    def set_settings(self, chat_id: int, settings: ChatSettings) -> None:
        """Remember the *settings* of a chat."""
        self._cached.clear()
        self._file.write(
            (
                f"INSERT OR REPLACE INTO settings (chat_id, {_SETTINGS}) "  # noqa: S608
                f"VALUES (?{', ?' * len(fields(settings))})",
                (chat_id, *astuple(settings)),
            )
        )

    def note_quote(
        self, chat_id: int, *, message_id: int, thread_id: int | None, reference: str
    ) -> None:
        """Remember that a message of the bot's now shows the paragraph of *reference*."""
        # REPLACE deletes the row and adds one at the end, so that rows stay in the order of time.
        self._file.write(
            (
                "INSERT OR REPLACE INTO given (chat_id, message_id, thread_id, reference, at) "
                "VALUES (?, ?, ?, ?, ?)",
                (chat_id, message_id, thread_id, reference, self._clock()),
            )
        )

    def forget_quote(self, chat_id: int, message_id: int) -> None:
        """Remember that a message of the bot's no longer shows a quote."""
        self._file.write(
            ("DELETE FROM given WHERE chat_id = ? AND message_id = ?", (chat_id, message_id))
        )

    def last_quote(self, chat_id: int, reference: str, within: float = _DAY) -> ShownQuote | None:
        """Return the last message in a chat that shows a paragraph, *within* so many seconds."""
        rows = self._file.read(
            "SELECT message_id, thread_id, at FROM given WHERE chat_id = ? AND reference = ? "
            "ORDER BY rowid DESC LIMIT 1",
            (chat_id, reference),
        )
        newest = ShownQuote(*rows[0]) if rows else None
        return newest if newest and self._clock() - newest.at <= within else None

    def count(self, name: str, number: int = 1) -> None:
        """Add *number* to today's count of *name*; counts are written together, seconds later."""
        now = self._clock()
        self._counts[_day(now), name] += number
        # A clock that was set back must not delay this for years.
        if not 0 <= now - self._flushed < _FLUSH_EVERY:
            self.flush()

    def today(self) -> dict[str, int]:
        """Return the counts of today (UTC), of all processes together."""
        self.flush()
        rows = self._file.read(
            "SELECT name, number FROM counts WHERE day = ? ORDER BY name", (_day(self._clock()),)
        )
        return dict(rows)

    @property
    def recording_misses(self) -> bool:
        """Whether questions that find nothing are recorded; off until an operator turns it on."""
        return bool(self._file.read("SELECT 1 FROM switches WHERE name = 'misses' AND wanted = 1"))

    def record_misses(self, wanted: bool) -> None:
        """Start or stop recording questions that find nothing; those recorded stay."""
        self._file.write(("INSERT OR REPLACE INTO switches VALUES ('misses', ?)", (bool(wanted),)))

    def miss(self, question: str) -> None:
        """Record, if that is on, that *question* found nothing.

        A question without a word, or a reference, does not tell what to put on record.
        """
        if not self.recording_misses:
            return
        # SQLite cannot store half a surrogate pair, and cuts a text at NUL.
        sound = question.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
        words = " ".join(unicodedata.normalize("NFC", sound).split())[:MISS_LENGTH].strip()
        same = " ".join(_WORD.findall(words.casefold()))
        if not same or meant_as_reference(words):
            return
        self._file.write(
            (
                "INSERT INTO misses (folded, question, times, last) VALUES (?, ?, 1, ?) "
                "ON CONFLICT (folded) DO UPDATE SET times = times + 1, last = excluded.last",
                (same, words, self._clock()),
            ),
            (
                "DELETE FROM misses WHERE folded IN "
                "(SELECT folded FROM misses ORDER BY last DESC LIMIT -1 OFFSET ?)",
                (MOST_MISSES,),
            ),
        )

    def misses(self, limit: int = 20) -> list[Miss]:
        """Return the questions that found nothing, the most frequent first."""
        rows = self._file.read(
            "SELECT question, times, last FROM misses ORDER BY times DESC, last DESC, folded "
            "LIMIT ?",
            (max(limit, 0),),
        )
        return [Miss(*row) for row in rows]

    def forget_misses(self) -> None:
        """Forget all recorded questions."""
        self._file.write(("DELETE FROM misses", ()))
        # They are also in the write-ahead log, until it is emptied.
        self._file.read("PRAGMA wal_checkpoint(TRUNCATE)")

    def claim(self, updates: Sequence[int], *, handled: bool = False) -> set[int]:
        """Claim the *updates*, or note them as *handled*; return those that were free.

        Free is what no process has handled within a day or claimed within ``CLAIM_SECONDS``; and
        what was claimed well before this one began, most likely by the one in whose place it is.
        """
        now = self._clock()
        rows = ", ".join(["(?, ?, ?)"] * len(updates))
        values = [value for update in updates for value in (update, now, handled)]
        free = self._file.write_returning(
            f"INSERT INTO updates (update_id, at, handled) VALUES {rows} "  # noqa: S608  # marks
            "ON CONFLICT (update_id) DO UPDATE SET at = excluded.at, handled = excluded.handled "
            # A clock that was set back must not make claims of the future last.
            "WHERE handled = 0 AND (at < ? OR at NOT BETWEEN ? AND ?) RETURNING update_id",
            (*values, self._began - _BEGINNING, now - CLAIM_SECONDS, now + CLAIM_SECONDS),
        )
        # In doubt all are: better two answers than none.
        return set(updates) if free is None else {update for (update,) in free}

    def handled(self, updates: Sequence[int]) -> set[int]:
        """Return which of the *updates* have been handled within a day."""
        marks = ", ".join("?" * len(updates))
        rows = self._file.read(
            f"SELECT update_id FROM updates WHERE handled = 1 AND update_id IN ({marks})",  # noqa: S608
            tuple(updates),
        )
        return {update for (update,) in rows}

    def note_handled(self, update: int, *, handled: bool = True) -> None:
        """Remember that an update is handled, and may be claimed no more; or is not after all."""
        self._file.write(("UPDATE updates SET handled = ? WHERE update_id = ?", (handled, update)))

    def renew_claims(self, updates: Sequence[int]) -> None:
        """Let the claims of *updates* last for ``CLAIM_SECONDS`` from now."""
        marks = ", ".join("?" * len(updates))
        self._file.write(
            (
                f"UPDATE updates SET at = ? WHERE handled = 0 AND update_id IN ({marks})",  # noqa: S608
                (self._clock(), *updates),
            )
        )

    def release(self, update: int) -> None:
        """Let any process claim an update that is not handled."""
        self._file.write(("DELETE FROM updates WHERE update_id = ? AND handled = 0", (update,)))

    def migrate(self, old_chat: int, new_chat: int) -> None:
        """Move what is remembered of a group to the supergroup it became.

        Its quotes are forgotten: messages have other ids there.
        """
        if old_chat == new_chat:
            return
        self._cached.clear()
        # Telegram reports a migration twice; settings made in between are the newer ones.
        self._file.write(
            (
                f"INSERT OR IGNORE INTO settings (chat_id, {_SETTINGS}) "  # noqa: S608
                f"SELECT ?, {_SETTINGS} FROM settings WHERE chat_id = ?",
                (new_chat, old_chat),
            ),
            *((step, (old_chat,)) for step in _FORGETTING),
        )

    def note_move(self, old_chat: int, new_chat: int) -> None:
        """Remember for good that a group became the supergroup *new_chat*."""
        self._file.write(("INSERT OR REPLACE INTO moves VALUES (?, ?)", (old_chat, new_chat)))

    def former_groups(self, chat_id: int) -> set[int]:
        """Return the ids of the groups that became the supergroup, as far as noted."""
        rows = self._file.read("SELECT old_chat FROM moves WHERE new_chat = ?", (chat_id,))
        return {old for (old,) in rows}

    def forget_chat(self, chat_id: int) -> None:
        """Forget everything about a chat."""
        self._cached.clear()
        self._file.write(*((step, (chat_id,)) for step in _FORGETTING))

    def flush(self) -> None:
        """Write the counts, and once an hour delete what is too old."""
        now = self._clock()
        self._flushed = now
        self._file.check()
        if self._counts:
            steps = [
                (
                    "INSERT INTO counts VALUES (?, ?, ?) "
                    "ON CONFLICT (day, name) DO UPDATE SET number = number + excluded.number",
                    (day, name, number),
                )
                for (day, name), number in self._counts.items()
            ]
            self._counts.clear()
            self._file.write(*steps)
        if not 0 <= now - self._pruned < _PRUNE_EVERY:
            self._prune()

    def _prune(self) -> None:
        """Delete what is too old, a limited number of rows at once."""
        now = self._clock()
        self._pruned = now
        old = (now - _DAY, _PRUNED_AT_ONCE)
        pruned = [self._file.write((sql, old), journal=False) for sql in _PRUNINGS]
        first_day = _day(now - _COUNTED_DAYS * _DAY)
        self._file.write(("DELETE FROM counts WHERE day < ?", (first_day,)), journal=False)
        if _PRUNED_AT_ONCE in pruned:  # perhaps there are more: go on at the next flush
            self._pruned = now - _PRUNE_EVERY


def _day(moment: float) -> str:
    """Return the day of *moment* in UTC, such as 2025-02-06."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)).date().isoformat()
