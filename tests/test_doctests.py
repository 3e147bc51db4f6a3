"""The examples in docstrings, run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import benchmarks
import bot
import documents
import index

MODULES = [
    name
    for package in (index, documents, bot, benchmarks)
    for name in (
        package.__name__,
        *(one.name for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")),
    )
    if not name.endswith("__main__")
]


def examples_in(module: str) -> list[doctest.DocTest]:
    found = doctest.DocTestFinder().find(importlib.import_module(module), module)
    return [one for one in found if one.examples]


@pytest.mark.parametrize("module", [one for one in MODULES if examples_in(one)])
def test_examples_hold(module: str) -> None:
    results = doctest.testmod(importlib.import_module(module))
    assert results.attempted > 0
    assert results.failed == 0


def test_there_are_examples() -> None:
    """Were none found any more, the test above would hold of nothing."""
    examples = [one for module in MODULES for test in examples_in(module) for one in test.examples]
    assert len(examples) >= 10
