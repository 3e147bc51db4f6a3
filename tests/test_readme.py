"""The README's examples, run: each command gives exactly what the README shows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import regex

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
_BLOCK = regex.compile(r"^```console\n(.*?)^```", regex.MULTILINE | regex.DOTALL)
#: Files that examples show with `cat`; they are made from what is shown.
_SHOWN = regex.compile(r"cat (\S+)")


def _exchanges() -> list[tuple[str, str]]:
    """Return each command with the output that the README shows beneath it."""
    exchanges = []
    for block in _BLOCK.findall(README):
        for part in regex.split(r"^\$ ", block, flags=regex.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            exchanges.append((command, output.strip("\n")))
    return exchanges


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the bundled data, in which the examples run in the README's order."""
    home = tmp_path_factory.mktemp("readme")
    shutil.copytree(PROJECT / "data", home / "data")
    return home


@pytest.mark.parametrize(("command", "shown"), _exchanges(), ids=[c for c, _ in _exchanges()])
def test_the_example_gives_what_the_readme_shows(folder: Path, command: str, shown: str) -> None:
    if file := _SHOWN.fullmatch(command):
        (folder / file[1]).write_text(shown + "\n", encoding="utf-8")
    python = str(Path(sys.executable).parent)
    ran = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={"PATH": f"{python}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert ran.stdout.strip("\n") == shown


def test_the_readme_has_its_examples() -> None:
    """A change of the README's form must not silently leave no example to run."""
    assert len(_exchanges()) >= 8
