"""The rules of the code that a reader of the imports can check."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

import documents
import index

PROJECT = Path(__file__).parents[1]
PACKAGES = ("index", "documents", "bot")
FRONT_DOORS = {"index": index.__all__, "documents": documents.__all__}
MODULES = sorted(path for name in PACKAGES for path in (PROJECT / name).rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
TELEGRAM = {"telegram", "httpx", "aiohttp", "aiolimiter", "asyncio"}


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """Return what *path* says, which many of these tests look at."""
    return ast.parse(path.read_text("utf-8"))


@functools.cache
def imported_by(path: Path) -> frozenset[str]:
    """Return every module that *path* imports."""
    return frozenset(imports_in(tree_of(path)))


def imports_in(source: ast.Module) -> Iterator[str]:
    """Yield every module that *source* imports, relative imports with their dots."""
    for node in ast.walk(source):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield module
            if node.module in FRONT_DOORS and not node.level:
                # "from index import search" would reach a module through the front door.
                offered = FRONT_DOORS[node.module]
                yield from (f"{node.module}.{a.name}" for a in node.names if a.name not in offered)


def test_imports_are_read_wherever_they_stand() -> None:
    source = """
import a.b
from index import Index, search
from . import e
def f():
    from c import d
"""
    assert list(imports_in(ast.parse(source))) == ["a.b", "index", "index.search", ".", "c"]


def imports_of(house: str, roots: set[str]) -> list[str]:
    """Return where a module of *house* imports from *roots*."""
    modules = [path for path in MODULES if PROJECT / house in path.parents]
    assert len(modules) > 20
    return [
        f"{path.relative_to(PROJECT)}: {name}"
        for path in modules
        for name in sorted(imported_by(path))
        if name.split(".")[0] in roots
    ]


def test_index_imports_neither_documents_nor_the_bot_nor_anything_of_telegram() -> None:
    found = imports_of("index", {"bot", "documents", *TELEGRAM})
    assert not found, found


def test_documents_imports_neither_the_bot_nor_anything_of_telegram() -> None:
    found = imports_of("documents", {"bot", *TELEGRAM})
    assert not found, found


@pytest.mark.parametrize(
    ("house", "door"), [("bot", "index"), ("bot", "documents"), ("documents", "index")]
)
def test_a_house_imports_another_only_from_its_front_door(house: str, door: str) -> None:
    passed_by = {
        f"{path.relative_to(PROJECT)}: {name}"
        for path in MODULES
        if (PROJECT / house) in path.parents
        for name in imported_by(path)
        if name.startswith(f"{door}.")
    }
    assert passed_by == set()


#: The rooms of each house from the ground up: a room imports from itself and from those named
#: beside it. A module directly in ``index/`` or ``bot/`` that is not named imports from all.
ROOMS = {
    "index": {
        "model": (),
        "text": ("model",),
        "files": ("model", "text"),
        "keeping": ("model", "text"),
        "references": ("model", "keeping"),
        "postings": ("model", "text", "keeping"),
        "wording": ("model", "text"),
        "question": ("model", "text", "keeping", "postings", "wording"),
        "ranking": ("model", "text", "keeping", "postings", "wording", "question"),
        "voices": ("model", "text"),
        "drafts": ("model", "text", "wording"),
        "checking": (*("model", "text", "postings", "wording", "question", "voices", "drafts"),),
    },
    "documents": {
        "model": (),
        "days": (),
        "reading": ("model", "days"),
        "opening": ("model", "reading"),
        "judging": ("model",),
        "drafting": ("model", "days", "judging"),
        "filing": ("model", "drafting"),
        "importing": ("model", "judging", "drafting"),
        "fetching": ("model", "opening", "drafting", "filing", "importing"),
    },
    "bot": {
        "i18n": (),
        "citations": ("i18n",),
        "state": (),
        "answering": ("i18n",),
        "rendering": ("i18n", "citations", "answering"),
        "configuration": ("i18n",),
        "health": ("configuration",),
        "wire": ("configuration", "health"),
        "services": ("i18n", "answering", "rendering", "state", "wire", "configuration"),
        "front": ("i18n", "answering", "rendering", "state", "wire", "configuration", "services"),
        "handlers": (
            *("i18n", "citations", "answering", "rendering", "state", "wire", "configuration"),
            *("services", "front"),
        ),
        "assembly": (
            *("i18n", "answering", "rendering", "state", "wire", "configuration", "health"),
            *("services", "front", "handlers"),
        ),
        "process": ("answering", "wire", "configuration", "services", "handlers", "assembly"),
        "terminal": (
            *("i18n", "citations", "rendering", "configuration", "wire", "services", "process"),
        ),
    },
}


@pytest.mark.parametrize(
    ("package", "room"), [(package, room) for package in ROOMS for room in ROOMS[package]]
)
def test_a_room_imports_only_from_the_rooms_below_it(package: str, room: str) -> None:
    known = {room, *ROOMS[package][room]}
    inside = PROJECT / package / room
    modules = [*inside.rglob("*.py")] if inside.is_dir() else [inside.with_suffix(".py")]
    assert modules
    looking_up = {
        f"{path.relative_to(PROJECT)}: {name}"
        for path in modules
        for name in imported_by(path)
        if name.startswith(f"{package}.") and name.split(".")[1] not in known
    }
    assert looking_up == set()


def test_every_room_of_the_index_has_its_edges_told() -> None:
    folders = {
        path.name for path in (PROJECT / "index").iterdir() if (path / "__init__.py").exists()
    }
    assert folders == ROOMS["index"].keys()


@pytest.mark.parametrize("package", ["documents", "bot"])
def test_every_room_has_its_edges_told(package: str) -> None:
    inside = [path for path in (PROJECT / package).iterdir() if path.name != "__main__.py"]
    rooms = {path.stem for path in inside if path.suffix == ".py"}
    rooms |= {path.name for path in inside if (path / "__init__.py").exists()}
    assert rooms - {"__init__"} == ROOMS[package].keys()


@pytest.mark.parametrize("package", ROOMS)
def test_no_two_rooms_import_each_other(package: str) -> None:
    """The table itself is a list from the ground up: each room names only rooms before it."""
    rooms = ROOMS[package]
    before: set[str] = set()
    for room, edges in rooms.items():
        assert set(edges) <= before, room
        before.add(room)


@pytest.mark.parametrize("package", ["index", "documents"])
def test_async_lives_only_in_the_bot(package: str) -> None:
    for path in (PROJECT / package).rglob("*.py"):
        nodes = ast.walk(tree_of(path))
        kinds = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
        assert not any(isinstance(node, kinds) for node in nodes), path


def test_every_module_opens_with_a_docstring() -> None:
    assert len(MODULES) > 20
    without = [str(path) for path in MODULES if not ast.get_docstring(tree_of(path))]
    assert not without, f"say in the first line what each is for: {without}"


def test_modules_are_named_by_what_they_do() -> None:
    named = [*MODULES, *(PROJECT / "tests").rglob("*.py"), *(PROJECT / "benchmarks").rglob("*.py")]
    assert len(named) > 20
    assert [path for path in named if path.stem in FORBIDDEN_NAMES] == []
    assert [path for path in named if path.parent.name in FORBIDDEN_NAMES] == []


def test_data_holds_no_code() -> None:
    files = [path for path in (PROJECT / "data").rglob("*") if path.is_file()]
    assert {".md"} <= {path.suffix for path in files} <= {".md", ".jsonl", ".yaml"}


def test_the_front_door_of_the_index_offers_what_it_says() -> None:
    # Constants come first, as ruff has it.
    assert index.__all__ == sorted(index.__all__, key=lambda name: (not name.isupper(), name))
    assert all(hasattr(index, name) for name in index.__all__)
