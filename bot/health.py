"""Tells whether the bot is well: to a container by the time of a file, to others by ``/healthz``.

``python -m bot.health [SETTINGS]`` reads the time of the file that the heartbeat touches, nothing
else, and exits with 0 or 1. What is said over HTTP is a value made here and served by
``wire.http_server``.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bot.configuration import load_configuration

#: The share of the longest silence after which the bot is no longer well; after the whole it exits.
#: Of the shortest that can be set, 45 seconds, that is 30: a poll is answered after 25 at most.
_UNEASY = 2 / 3


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot is, in figures that tell nothing of questions and users."""

    #: How many paragraphs can be quoted.
    paragraphs: int
    #: Seconds since the record was loaded.
    index_age: float
    #: Seconds since the bot started.
    uptime: float
    #: Seconds since Telegram last answered.
    silence: float
    #: How many updates wait to be worked on.
    waiting: int
    #: For how many seconds Telegram may be out of reach before the bot gives up.
    longest_silence: float
    #: What else is wrong, in a word.
    trouble: str = ""

    @property
    def status(self) -> str:
        """``ok``, ``silent`` when Telegram has not answered for long, or the trouble there is."""
        if self.silence >= self.longest_silence * _UNEASY:
            return "silent"
        return self.trouble or "ok"

    def to_json(self) -> dict[str, object]:
        """Return what ``/healthz`` shows; times in seconds."""
        return {
            "status": self.status,
            "paragraphs": self.paragraphs,
            "index_age": round(self.index_age, 1),
            "uptime": round(self.uptime, 1),
            "silence": round(self.silence, 1),
            "waiting": self.waiting,
        }


def healthy(health_file: Path, longest_silence: float, now: float) -> bool:
    """Return whether *health_file* was touched less than *longest_silence* seconds before *now*."""
    try:
        return now - health_file.stat().st_mtime < longest_silence
    except OSError:
        return False


def main() -> None:
    """Exit with 0 if the bot is well, with 1 if not."""
    configuration = load_configuration(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    well = healthy(configuration.health_file, configuration.silence, time.time())
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
