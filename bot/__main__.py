"""Starts ``onrecord``: the entry point of the console script and of ``python -m bot``."""

from __future__ import annotations

import os
import sys

# NumPy's linear algebra starts a thread a core when it is loaded, which costs a tenth of a second
# of CPU; nothing here multiplies matrices. It must be set before NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> None:
    """Run the command line and leave with its exit code."""
    from bot.terminal.command_line import run  # noqa: PLC0415  # after the environment is set

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
