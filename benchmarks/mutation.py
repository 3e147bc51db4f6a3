"""Prints how many small changes to the code the tests notice, and lists those that they do not.

``make mutation`` lets mutmut change ``index`` and ``bot/handlers`` in a copy of the project. Each
change is tried against the tests of that part which run the changed function, the quickest first,
until one fails. As there are some ten thousand, a sample is tried: those whose number ends in 7.
``make mutation MUTANTS=0123456789`` tries all, in some hours; ``MINUTES=5`` ends each part after
five, and says how many were not reached. Real texts are not beside the copy, so that the score
is the same for everybody.

A change that is not noticed may be no mistake: a log line's words, a bound that is never met. What
a user would feel is what the tests are to notice.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tables import Column, print_table, say

PROJECT = Path(__file__).resolve().parents[1]
#: What a copy does without.
_LEFT_OUT = (".*", "*.egg-info", "build", "mutants", "__pycache__")
#: Beside the packages that are changed and their tests.
_NEEDED = ("benchmarks", "data", "docs", "README.md", "Makefile", ".ci")
#: What is printed of mutmut's verdicts; a test that never ends has noticed, too.
_VERDICTS = {
    "killed": "killed",
    "caught by type check": "killed",
    "segfault": "killed",
    "timeout": "killed",
    "survived": "survived",
    "suspicious": "survived",
    "no tests": "not covered",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A folder whose code is changed, and the folder whose tests are to notice."""

    code: str
    tests: str


PARTS = (Part("index", "tests/index"), Part("bot/handlers", "tests/bot"))


def configuration(part: Part) -> str:
    """Return mutmut's settings for *part*, as lines of ``pyproject.toml``."""
    packages = sorted({one.code.split("/")[0] for one in PARTS})
    return f"""
[tool.mutmut]
source_paths = {json.dumps(packages)}
only_mutate = {json.dumps([f"{part.code}/*"])}
also_copy = {json.dumps(_NEEDED)}
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "no:xdist", "--timeout=0"]
pytest_add_cli_args_test_selection = {json.dumps([part.tests])}
use_git_change_detection = false
track_dependencies = false
"""


def verdicts(part: Part, mutants: str, minutes: float, workers: int) -> dict[str, str]:
    """Return what became of each mutant of *part* whose number ends in one of *mutants*."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        with (copy / "pyproject.toml").open("a", encoding="utf-8") as settings:
            settings.write(configuration(part))
        _mutate(copy, mutants, minutes, workers)
        return _read(copy / "mutants", mutants)


def _mutate(copy: Path, mutants: str, minutes: float, workers: int) -> None:
    """Run mutmut in *copy* until it is done or its time is over."""
    command = [sys.executable, "-m", "mutmut", "run"]
    command += ["--max-children", str(workers), f"*__mutmut_*[{mutants}]"]
    # With CI set, the same examples are invented each time.
    environment = {**os.environ, "CI": "1"}
    with (copy / "mutmut.log").open("wb") as log:
        running = subprocess.Popen(  # noqa: S603  # our own command
            command,
            cwd=copy,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            running.wait(minutes * 60)
        except subprocess.TimeoutExpired:
            say("its time is over")
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()
    if running.returncode > 0:
        tail = (copy / "mutmut.log").read_text("utf-8", errors="replace")[-3000:]
        sys.exit(f"mutmut could not run the tests:\n{tail}")


def _read(mutants: Path, digits: str) -> dict[str, str]:
    """Return the verdicts that mutmut wrote down."""
    # Only ``make mutation`` installs it, and this module is read without it, too.
    from mutmut.stats import status_by_exit_code  # noqa: PLC0415

    read: dict[str, str] = {}
    for path in sorted(mutants.rglob("*.meta")):
        codes = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
        for name, code in codes.items():
            if name[-1] in digits:
                verdict = "not reached" if code is None else status_by_exit_code[code]
                read[name] = _VERDICTS.get(verdict, verdict)
    return read


def tell(read: dict[str, str], packages: tuple[str, ...]) -> None:
    """Print the figures, package by package, and the names of those not noticed."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, verdict in read.items():
        counts[package_of(name)][verdict] += 1
    for package in packages:
        counts[f"all of {package}"] = sum(
            (count for one, count in counts.items() if one.startswith(package)), Counter()
        )
    columns: list[Column] = [
        (verdict, {one: str(count[verdict]) for one, count in counts.items()})
        for verdict in ("killed", "survived", "not covered", "not reached")
    ]
    columns.append(("score", {one: score(count) for one, count in counts.items()}))
    print_table("mutants of", sorted(counts), columns)
    for name, verdict in sorted(read.items()):
        if verdict in ("survived", "not covered"):
            print(f"{verdict}: {name}")


def package_of(mutant: str) -> str:
    """Return the package that *mutant* changes.

    >>> package_of("index.ranking.briefs.xǁBriefsǁgive_way__mutmut_7")
    'index.ranking'
    """
    module, _, _ = mutant.rpartition(".")
    return module.rpartition(".")[0]


def score(count: Counter[str]) -> str:
    """Return the share of the mutants that were tried which were noticed.

    >>> score(Counter({"killed": 9, "survived": 1, "not reached": 5}))
    '90.0 %'
    """
    tried = count["killed"] + count["survived"] + count["not covered"]
    return f"{100 * count['killed'] / tried:.1f} %" if tried else "–"


def main() -> None:
    """Try the sample of each part, and print what became of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help="index, bot/handlers")
    parser.add_argument("--mutants", default="7", help="last digits of those to try")
    parser.add_argument("--minutes", type=float, default=30, help="for each part, at most")
    # Tests over the stand-in mostly wait.
    parser.add_argument("--workers", type=int, default=2 * (os.cpu_count() or 1))
    asked = parser.parse_args()
    chosen = [part for part in PARTS if not asked.parts or part.code in asked.parts]
    read: dict[str, str] = {}
    for part in chosen:
        say(f"{part.code}: mutants that end in {' or '.join(asked.mutants)}, by {part.tests}")
        read |= verdicts(part, asked.mutants, asked.minutes, asked.workers)
    tell(read, tuple(part.code.replace("/", ".") for part in chosen))


if __name__ == "__main__":
    main()
