"""Tells which search engines are the peers, how each is set up, and whether it is installed."""

from __future__ import annotations

import importlib.util
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from benchmarks.peer_indexes import (
    Ask,
    bm25s_index,
    characters,
    fts5_index,
    lancedb_index,
    pairs,
    rank_bm25_index,
    tantivy_index,
    words,
)


@dataclass(frozen=True, slots=True)
class Engine:
    """A peer: what it is called, how it is set up, and how it is built."""

    name: str
    #: The distribution it comes in; empty if it comes with Python.
    package: str
    #: What a reader must know to repeat the measurement.
    setting: str
    #: Makes of the texts of paragraphs and their language's code what can be asked.
    build: Callable[[Sequence[str], str], Ask]
    #: The only languages it is meant for; empty is all.
    languages: frozenset[str] = frozenset()
    #: A slow engine is timed on every n-th question only; 1 is all.
    every: int = 1
    #: A slow engine is ranked on at most this many of a set's questions, spread over it; 0 is all.
    most: int = 0

    @property
    def present(self) -> bool:
        """Whether it is installed."""
        return not self.package or importlib.util.find_spec(self.package) is not None

    @property
    def version(self) -> str:
        """The version that is installed."""
        return version(self.package) if self.package else sqlite3.sqlite_version

    def reads(self, language: str) -> bool:
        """Return whether it is meant for the language of this code."""
        return not self.languages or language in self.languages


_CHINESE = frozenset({"zh"})
ENGINES = (
    Engine(
        "rank_bm25",
        "rank_bm25",
        r"BM25Okapi as it comes, over lower-case words (`\w+`)",
        lambda texts, _: rank_bm25_index(words, texts),
        every=8,
        most=2_000,
    ),
    Engine(
        "rank_bm25, characters",
        "rank_bm25",
        "the same over single characters",
        lambda texts, _: rank_bm25_index(characters, texts),
        _CHINESE,
    ),
    Engine(
        "rank_bm25, pairs",
        "rank_bm25",
        "the same over overlapping pairs of characters",
        lambda texts, _: rank_bm25_index(pairs, texts),
        _CHINESE,
    ),
    Engine(
        "bm25s",
        "bm25s",
        "Numba where installed, its stop words (`en_plus`, `es`), PyStemmer; words with their "
        "vowel signs in Hindi, pairs of characters in Chinese",
        bm25s_index,
    ),
    Engine(
        "tantivy",
        "tantivy",
        "in memory, its `en_stem` with its stop words, the same for Spanish; runs of 3 characters "
        "in Hindi, of 1 and 2 in Chinese",
        tantivy_index,
    ),
    Engine(
        "SQLite FTS5",
        "",
        "in memory, `porter unicode61`, `trigram` in Hindi and Chinese; the question's words "
        "joined by OR",
        fts5_index,
        every=8,
    ),
    Engine(
        "LanceDB",
        "lancedb",
        "in memory, its defaults for the language; runs of 3 characters in Hindi, of 1 and 2 in "
        "Chinese",
        lancedb_index,
    ),
)
