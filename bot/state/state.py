"""What the bot remembers: settings of chats, quotes given, counts, questions that found nothing.

Each method is one or two statements of SQL; keeping them in a file, and going on without one, is
left to ``state_file``. Nothing here raises into a handler, and no question is kept together
with who asked it or where.

All calls come from one thread. Several processes may share one file.
"""

from __future__ import annotations

import contextlib
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import regex

from bot.state.state_file import StateFile
from index import meant_as_reference

#: Seconds between two writings of the counts: what a killed process may lose of them.
_FLUSH_EVERY = 5.0
#: Seconds between two prunings, and the most rows that one takes from an end of a table: 4 ms.
_PRUNE_EVERY = 3600.0
_PRUNED_AT_ONCE = 1_000
#: Seconds for which a quote given, or an update seen, is remembered. Telegram keeps an update that
#: nobody took for 24 hours (https://core.telegram.org/bots/api#getting-updates).
_DAY = 86_400.0
#: Seconds for which settings are taken as they were last read, and chats whose settings are. A
#: message needs them four times; another process may have changed them.
_SETTLED = 1.0
_MOST_SETTLED = 1_000
#: Days for which the counts are kept.
_COUNTED_DAYS = 30
#: Different questions kept, and characters kept of each: a question in earnest is shorter.
MOST_MISSES = 500
MISS_LENGTH = 200

#: What an IETF language tag looks like, in short (https://www.rfc-editor.org/rfc/rfc5646).
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
#: A word with the vowel signs that are part of it.
_WORD = regex.compile(r"[\w\p{M}]+")


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How the bot behaves in one chat, a private one too."""

    #: The language of its messages, an IETF tag; empty means each person's own.
    language: str = ""
    #: Whether it answers in a group only to commands, not to mentions and replies.
    commands_only: bool = False
    #: How many passages it shows at once, 1 or 3.
    passages: int = 1

    def __post_init__(self) -> None:
        if self.language and not _LANGUAGE.fullmatch(self.language):
            raise ValueError(f"language is no tag such as en or zh-Hans: {self.language!r}")
        if self.passages not in (1, 3):
            raise ValueError(f"passages is neither 1 nor 3: {self.passages!r}")


@dataclass(frozen=True, slots=True)
class Given:
    """A quote that the bot gave in a chat."""

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


#: What deletes rows older than a moment, looking only at so many from an end of a table.
_PRUNINGS = (
    "DELETE FROM given WHERE at < ? AND rowid IN (SELECT rowid FROM given ORDER BY rowid LIMIT ?)",
    # Update ids rise, but after a quiet week they may begin anywhere: so look at both ends.
    "DELETE FROM updates WHERE at < ? AND update_id IN "
    "(SELECT update_id FROM updates ORDER BY update_id LIMIT ?)",
    "DELETE FROM updates WHERE at < ? AND update_id IN "
    "(SELECT update_id FROM updates ORDER BY update_id DESC LIMIT ?)",
)

#: What deletes all that is remembered of a chat.
_FORGETTING = ("DELETE FROM settings WHERE chat_id = ?", "DELETE FROM given WHERE chat_id = ?")


class State:
    """The bot's memory, in a file if there is one that can be used."""

    def __init__(self, file: StateFile, clock: Callable[[], float]) -> None:
        """Remember in *file*; *clock* gives seconds since 1970."""
        self._file = file
        self._clock = clock
        self._counts: Counter[tuple[str, str]] = Counter()
        #: Settings that were read a moment ago, and when.
        self._settled: dict[int, tuple[ChatSettings, float]] = {}
        self._flushed = self._pruned = clock()
        self._prune()

    @classmethod
    def open(cls, path: Path | None, clock: Callable[[], float] = time.time) -> State:
        """Return what is remembered in the file at *path*; never raises.

        ``None`` means in memory. So does a file that cannot be used, until it can; why is logged,
        and such a file is left as it is.
        """
        return cls(StateFile(path, clock), clock)

    @property
    def persistent(self) -> bool:
        """Whether what is remembered now will be there after a restart."""
        return self._file.persistent

    def close(self) -> None:
        """Write what is not written yet, and close the file."""
        self._settled.clear()
        self.flush()
        self._file.close()

    def settings(self, chat_id: int) -> ChatSettings:
        """Return the settings of a chat, a second old at most; the usual ones if it has none."""
        now = self._clock()
        settings, read = self._settled.get(chat_id, (None, 0.0))
        if settings is None or not 0 <= now - read < _SETTLED:
            if len(self._settled) >= _MOST_SETTLED:
                self._settled.clear()
            settings = self._read_settings(chat_id)
            self._settled[chat_id] = settings, now
        return settings

    def _read_settings(self, chat_id: int) -> ChatSettings:
        rows = self._file.read(
            "SELECT language, commands_only, passages FROM settings WHERE chat_id = ?", (chat_id,)
        )
        for language, commands_only, passages in rows:
            # Somebody may have written other values into the file.
            with contextlib.suppress(ValueError, TypeError):
                return ChatSettings(language, bool(commands_only), passages)
        return ChatSettings()

    def set_settings(self, chat_id: int, settings: ChatSettings) -> None:
        """Remember the *settings* of a chat."""
        self._settled.clear()
        self._file.write(
            (
                "INSERT OR REPLACE INTO settings (chat_id, language, commands_only, passages) "
                "VALUES (?, ?, ?, ?)",
                (chat_id, settings.language, settings.commands_only, settings.passages),
            )
        )

    def give(self, chat_id: int, message_id: int, thread_id: int | None, reference: str) -> None:
        """Remember that a message of the bot's shows the paragraph *reference* from now on."""
        # Replacing deletes the row and adds one at the end, so that rows stay in the order of time.
        self._file.write(
            (
                "INSERT OR REPLACE INTO given (chat_id, message_id, thread_id, reference, at) "
                "VALUES (?, ?, ?, ?, ?)",
                (chat_id, message_id, thread_id, reference, self._clock()),
            )
        )

    def take_back(self, chat_id: int, message_id: int) -> None:
        """Remember that a message of the bot's shows no quote any more."""
        self._file.write(
            ("DELETE FROM given WHERE chat_id = ? AND message_id = ?", (chat_id, message_id))
        )

    def given(self, chat_id: int, reference: str, within: float = _DAY) -> Given | None:
        """Return where a chat was last shown a paragraph, if *within* so many seconds."""
        rows = self._file.read(
            "SELECT message_id, thread_id, at FROM given WHERE chat_id = ? AND reference = ? "
            "ORDER BY rowid DESC LIMIT 1",
            (chat_id, reference),
        )
        newest = Given(*rows[0]) if rows else None
        return newest if newest and self._clock() - newest.at <= within else None

    def count(self, name: str, number: int = 1) -> None:
        """Count *number* more of *name* today; the file gets it with one that is counted later."""
        now = self._clock()
        self._counts[_day(now), name] += number
        # A clock that was set back must not put this off for years.
        if not 0 <= now - self._flushed < _FLUSH_EVERY:
            self.flush()

    def today(self) -> dict[str, int]:
        """Return the counts of today (UTC), those of all processes together."""
        self.flush()
        rows = self._file.read(
            "SELECT name, number FROM counts WHERE day = ? ORDER BY name", (_day(self._clock()),)
        )
        return dict(rows)

    @property
    def recording_misses(self) -> bool:
        """Whether questions that found nothing are kept; off until it is switched on."""
        return bool(self._file.read("SELECT 1 FROM switches WHERE name = 'misses' AND wanted = 1"))

    def record_misses(self, wanted: bool) -> None:
        """Keep questions that find nothing from now on, or keep none; those kept stay."""
        self._file.write(("INSERT OR REPLACE INTO switches VALUES ('misses', ?)", (bool(wanted),)))

    def miss(self, question: str) -> None:
        """Remember, if that is switched on, that *question* found nothing.

        One without a word, and a reference, tell nobody what to put on record.
        """
        if not self.recording_misses:
            return
        # Half a surrogate pair, and NUL, are no text that SQLite keeps.
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
        """Forget all questions that found nothing."""
        self._file.write(("DELETE FROM misses", ()))
        # Their words also stand in the write-ahead log, until that is emptied.
        self._file.read("PRAGMA wal_checkpoint(TRUNCATE)")

    def first_time(self, update_id: int) -> bool:
        """Return whether no process was asked this of the same update before, within a day."""
        changed = self._file.write(
            ("INSERT OR IGNORE INTO updates VALUES (?, ?)", (update_id, self._clock()))
        )
        # In doubt it is new: better an answer twice than none.
        return changed != 0

    def migrate(self, old_chat: int, new_chat: int) -> None:
        """Move what is remembered of a group to the supergroup it became.

        Its quotes given are forgotten: messages have other numbers there.
        """
        if old_chat == new_chat:
            return
        self._settled.clear()
        # Telegram tells of a migration twice, and settings made after it are the newer ones.
        self._file.write(
            (
                "INSERT OR IGNORE INTO settings SELECT ?, language, commands_only, passages "
                "FROM settings WHERE chat_id = ?",
                (new_chat, old_chat),
            ),
            *((step, (old_chat,)) for step in _FORGETTING),
        )

    def note_move(self, old_chat: int, new_chat: int) -> None:
        """Remember for good that a group became the supergroup *new_chat*."""
        self._file.write(("INSERT OR REPLACE INTO moves VALUES (?, ?)", (old_chat, new_chat)))

    def once(self, chat_id: int) -> set[int]:
        """Return the numbers of the groups that a supergroup was, as far as that was noted."""
        rows = self._file.read("SELECT old_chat FROM moves WHERE new_chat = ?", (chat_id,))
        return {old for (old,) in rows}

    def forget_chat(self, chat_id: int) -> None:
        """Forget everything about a chat."""
        self._settled.clear()
        self._file.write(*((step, (chat_id,)) for step in _FORGETTING))

    def flush(self) -> None:
        """Write the counts, and now and then prune what is too old."""
        now = self._clock()
        self._flushed = now
        self._file.look()
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
        """Delete what is too old, as far as that is quick."""
        now = self._clock()
        self._pruned = now
        old = (now - _DAY, _PRUNED_AT_ONCE)
        pruned = [self._file.write((question, old), repeat=False) for question in _PRUNINGS]
        first_day = _day(now - _COUNTED_DAYS * _DAY)
        self._file.write(("DELETE FROM counts WHERE day < ?", (first_day,)), repeat=False)
        if _PRUNED_AT_ONCE in pruned:  # there may be more: go on at the next flush
            self._pruned = now - _PRUNE_EVERY


def _day(moment: float) -> str:
    """Return the day of *moment* in UTC, such as 2025-02-06."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)).date().isoformat()
