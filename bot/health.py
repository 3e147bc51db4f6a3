"""Tells a container whether the bot still reaches Telegram: ``python -m bot.health [SETTINGS]``.

It reads the time of the health file that polling touches, nothing else, and leaves with 0 or 1.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bot.configuration import load_configuration


def healthy(health_file: Path, longest_silence: float, now: float) -> bool:
    """Return whether *health_file* was touched less than *longest_silence* seconds before *now*."""
    try:
        return now - health_file.stat().st_mtime < longest_silence
    except OSError:
        return False


def main() -> None:
    """Leave with 0 if the bot is well, with 1 if not."""
    configuration = load_configuration(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    well = healthy(configuration.health_file, configuration.silence, time.time())
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
