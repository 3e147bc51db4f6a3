"""The project's pages: each console example gives what is shown, each link leads somewhere."""

from __future__ import annotations

import configparser
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import regex
from pages.markdown import (
    PROJECT,
    anchors,
    blocks,
    exchanges,
    links,
    name_of,
    pages,
    read,
    section,
)

README = PROJECT / "README.md"
#: A reader sees the whole README in a few screens.
MOST_BYTES = 8_000
#: Files that examples show with `cat`; they are made from what is shown.
_SHOWN = regex.compile(r"cat (\S+)")
_EXAMPLES = [
    pytest.param(path, command, shown, id=f"{name_of(path)}: {command}")
    for path in pages()
    for command, shown in exchanges(read(path))
]
_LINKS = [
    pytest.param(path, target, id=f"{name_of(path)}: {target}")
    for path in pages()
    for target in sorted(set(links(read(path))))
    if not regex.match(r"https?:", target)
]


@pytest.fixture(scope="module")
def folder_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Return a folder with the bundled data for each page; its examples run there in order."""
    folders: dict[Path, Path] = {}

    def folder(page: Path) -> Path:
        if page not in folders:
            folders[page] = tmp_path_factory.mktemp(page.stem)
            shutil.copytree(PROJECT / "data", folders[page] / "data")
        return folders[page]

    return folder


@pytest.mark.parametrize(("path", "command", "shown"), _EXAMPLES)
def test_an_example_gives_what_its_page_shows(
    folder_of: Callable[[Path], Path], warm_onrecord: Path, path: Path, command: str, shown: str
) -> None:
    folder = folder_of(path)
    if file := _SHOWN.fullmatch(command):
        (folder / file[1]).write_text(shown + "\n", encoding="utf-8")
    # Those of the README are started as its reader starts them.
    warm = [] if path == README else [str(warm_onrecord.parent)]
    programs = [*warm, str(Path(sys.executable).parent), os.environ["PATH"]]
    ran = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={"PATH": os.pathsep.join(programs), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert ran.stdout.strip("\n") == shown


def test_the_pages_have_their_examples() -> None:
    """A change of the pages' form must not silently leave no example to run."""
    assert len(list(exchanges(read(README)))) == 7
    assert len(_EXAMPLES) >= 18


def test_the_readme_is_short() -> None:
    assert len(README.read_bytes()) <= MOST_BYTES


@pytest.mark.parametrize(("path", "target"), _LINKS)
def test_a_link_leads_to_a_file_and_a_heading(path: Path, target: str) -> None:
    file, _, anchor = target.partition("#")
    leads_to = (path.parent / file).resolve() if file else path
    assert leads_to.exists(), f"there is no {file}"
    assert leads_to.is_relative_to(PROJECT), f"{file} is not of this project"
    if anchor:
        assert anchor in anchors(read(leads_to))


def test_every_page_is_reached_from_the_readme() -> None:
    reached, ahead = {README}, [README]
    while ahead:
        page = ahead.pop()
        for target in links(read(page)):
            linked = (page.parent / target.partition("#")[0]).resolve()
            if linked.suffix == ".md" and linked.is_file() and linked not in reached:
                reached.add(linked)
                ahead.append(linked)
    assert reached == set(pages())


@pytest.mark.parametrize("path", pages(), ids=map(name_of, pages()))
def test_the_list_at_the_head_of_a_page_names_its_sections(path: Path) -> None:
    """Where a page begins with a list of its sections, it lists all of them, in order."""
    text = read(path)
    sections = regex.findall(r"^## (.+)$", text, regex.MULTILINE)
    head = text.partition("\n## ")[0]
    listed = regex.findall(r"^- \[([^\]]+)\]\(#", head, regex.MULTILINE)
    assert listed in ([], sections)


def test_the_unit_for_systemd_starts_the_bot_with_the_settings_shown(tmp_path: Path) -> None:
    text = section(read(PROJECT / "docs" / "running.md"), "systemd").body
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their case
    unit.read_string(blocks(text, "ini")[0])
    assert unit.sections() == ["Unit", "Service", "Install"]
    program, *options, command = shlex.split(unit["Service"]["ExecStart"])
    assert Path(program).name == "onrecord"
    # What it is started with can be read; --version stands for running, which needs Telegram.
    assert command == "run"
    settings = tmp_path / "onrecord.yaml"
    settings.write_text(blocks(text, "yaml")[0], encoding="utf-8")
    options[options.index("--config") + 1] = str(settings)
    ran = subprocess.run(
        [sys.executable, "-m", "bot", *options, "--version"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout.startswith("onrecord ")


def test_the_version_is_in_the_changelog() -> None:
    project = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    version = regex.search(r'^version = "(.+)"$', project, regex.MULTILINE)
    assert version
    assert f"\n## {version[1]}\n" in read(PROJECT / "CHANGELOG.md")
