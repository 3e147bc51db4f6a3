"""What is built from the project has all that it needs, and building it warns of nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from index.postings.kernel import BUILT

PROJECT = Path(__file__).parents[1]
#: Folders of the project that are made, not written.
_MADE = shutil.ignore_patterns(
    *(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "*.egg-info", "build", "dist"),
    *("*.so", "*.pyd"),
)
_BUILD = "from setuptools import build_meta as b; b.build_wheel('dist'); b.build_sdist('dist')"
#: The one thing said that is not about us: with PYTHONDONTWRITEBYTECODE, nothing is compiled.
_NOT_OURS = "byte-compiling is disabled"


def build_in(folder: Path, **environment: str) -> tuple[Path, str]:
    """Build a copy of the project in *folder*; return where, and all that was said."""
    shutil.copytree(PROJECT, folder, ignore=_MADE)
    (folder / "dist").mkdir()
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", _BUILD],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "dist", done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the folder with the wheel and the source distribution, and all that was said."""
    return build_in(tmp_path_factory.mktemp("build") / "project")


def written(*folders: str) -> set[str]:
    """Return all files in *folders* of the project but those that are made."""
    files = (file for folder in folders for file in (PROJECT / folder).rglob("*"))
    return {
        file.relative_to(PROJECT).as_posix()
        for file in files
        if file.is_file() and file.suffix not in {".pyc", ".so", ".pyd"}
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


def compiled_in(dist: Path) -> list[str]:
    """Return the names of what is compiled in the wheel in *dist*."""
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        return [name for name in opened.namelist() if name.endswith((".so", ".pyd"))]


@pytest.mark.skipif(not BUILT, reason="the C was not built here, and so it will not be now")
def test_the_wheel_has_the_c_compiled_for_every_version_of_python(built: tuple[Path, str]) -> None:
    (name,) = compiled_in(built[0])
    assert name.startswith("index/postings/_kernel.")
    assert "cpython" not in name


@pytest.mark.parametrize(
    "lacking", [{"CC": "/nonexistent/cc"}, {"CFLAGS": "-nostdinc"}], ids=["compiler", "headers"]
)
def test_what_lacks_a_compiler_or_pythons_headers_is_built_without_the_c(
    tmp_path: Path, lacking: dict[str, str]
) -> None:
    dist, _ = build_in(tmp_path / "project", **lacking)
    assert compiled_in(dist) == []


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
