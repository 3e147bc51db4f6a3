"""Reads the word lists that come with the package: YAML files whose values are blocks of lines."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_bundled(path: Path) -> dict[str, str]:
    """Return the blocks in the file *path* by their names."""
    blocks: dict[str, str] = yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506  # the safe loader, in C
    return blocks


@cache
def read_by_language(path: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the blocks of each language in the file *path*, by its code, by their names."""
    languages: Mapping[str, Mapping[str, str]] = yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506  # as above
    return languages


def lines_of(block: str) -> list[str]:
    """Return the lines of *block* that are neither empty nor a comment (``#``), stripped."""
    lines = (line.strip() for line in block.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
