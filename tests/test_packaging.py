"""What is built from the project has all that it needs, and building it warns of nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
#: Folders of the project that are made, not written.
_MADE = shutil.ignore_patterns(
    *(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "*.egg-info", "build", "dist"),
)
_BUILD = "from setuptools import build_meta as b; b.build_wheel('dist'); b.build_sdist('dist')"
#: The one thing said that is not about us: with PYTHONDONTWRITEBYTECODE, nothing is compiled.
_NOT_OURS = "byte-compiling is disabled"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the folder with the wheel and the source distribution, and all that was said."""
    folder = tmp_path_factory.mktemp("build") / "project"
    shutil.copytree(PROJECT, folder, ignore=_MADE)
    (folder / "dist").mkdir()
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", _BUILD],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "dist", done.stdout + done.stderr


def written(*folders: str) -> set[str]:
    """Return all files in *folders* of the project but those that are made."""
    files = (file for folder in folders for file in (PROJECT / folder).rglob("*"))
    return {
        file.relative_to(PROJECT).as_posix()
        for file in files
        if file.is_file() and file.suffix != ".pyc"
    }


def test_building_warns_of_nothing(built: tuple[Path, str]) -> None:
    """Setuptools warns of a folder that looks like a package and is not named."""
    said = [line for line in built[1].splitlines() if _NOT_OURS not in line]
    words = ("warning", "deprecat", "would be ignored", "absent from")
    assert [line for line in said if any(word in line.lower() for word in words)] == []


def test_the_wheel_has_every_module_and_every_language(built: tuple[Path, str]) -> None:
    (wheel,) = built[0].glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    assert written("bot", "documents", "index") <= names
    assert not [name for name in names if name.startswith(("tests", "data"))]


def test_the_source_distribution_has_the_tests_with_all_that_they_need(
    built: tuple[Path, str],
) -> None:
    """A file of a new sort is to be named in MANIFEST.in."""
    (source,) = built[0].glob("*.tar.gz")
    with tarfile.open(source) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    needed = written("bot", "documents", "index", "benchmarks", "tests", "data", "docs")
    needed |= {"README.md", "CHANGELOG.md", "Makefile", "compose.yaml", "Dockerfile"}
    assert needed - names == set()


def test_what_the_bot_keeps_is_not_put_under_version_control() -> None:
    """It has the ids of chats, and questions if an operator wants them."""
    ignored = (PROJECT / ".gitignore").read_text("utf-8").splitlines()
    assert "onrecord.db*" in ignored
    assert "onrecord.local.yaml" in ignored
