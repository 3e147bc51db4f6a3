"""Tells whether questions come from standard input, before anything is loaded for them.

A supervisor or a container starts a bot without a terminal and with nothing to read: there the chat
would end at once, as if all were well. What is read is left to ``chat``.
"""

from __future__ import annotations

import select
import sys
from contextlib import suppress
from typing import TextIO

#: Seconds without a question after which is said what is waited for.
_PATIENCE = 3.0


def ends_at_once(lines: TextIO | None, waiting: str) -> bool:
    """Return whether *lines* hold nothing; wait until that can be told.

    Nothing is taken from *lines*. If that takes long, *waiting* is written to standard error.
    """
    if lines is None:
        return True
    peek = getattr(getattr(lines, "buffer", None), "peek", None)
    if peek is None:
        return False
    # Not every system can wait for every sort of file.
    with suppress(OSError, ValueError):
        if not lines.isatty() and not select.select([lines], [], [], _PATIENCE)[0]:
            sys.stderr.write(waiting)
            sys.stderr.flush()
    try:
        return not peek(1)
    except (OSError, ValueError):
        return True
