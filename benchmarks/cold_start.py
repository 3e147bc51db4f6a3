"""Prints the CPU time from process start to the first answer, beside Python's own start."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

RUNS = 15
PROJECT = Path(__file__).resolve().parents[1]


def cpu_seconds(command: list[str]) -> float:
    """Return the user and system time that *command* takes."""
    before = os.times()
    subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)  # noqa: S603
    after = os.times()
    return (
        after.children_user - before.children_user + after.children_system - before.children_system
    )


def main() -> None:
    """Run each command in turn, and print the medians."""
    commands = {
        "python, nothing else": [sys.executable, "-c", "pass"],
        "python, numpy imported": [sys.executable, "-c", "import numpy"],
        "onrecord ask, bundled record": [sys.executable, "-m", "bot", "ask", "Karakoram Highway"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            times[name].append(cpu_seconds(command))
    print(f"cold start, CPU seconds, median of {RUNS} (bar: 0.5 for the first answer)")
    for name, taken in times.items():
        print(f"  {name:<30}{statistics.median(taken):.3f}  (worst {max(taken):.3f})")


if __name__ == "__main__":
    main()
