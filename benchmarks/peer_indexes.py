"""Builds an index of each peer from the texts of paragraphs.

Each is used as its own documentation shows, with the best of its own settings that were tried on
the questions it is measured on: that favours the peers, and tunes nothing of ours. No query syntax
reaches a peer, so no question can fail. What they are called and when they are used is told in
``engines``.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Callable, Sequence

import numpy as np
import regex

# ruff: noqa: PLC0415 – a peer that is not installed must not keep the others from being measured.

DEPTH = 10

#: Makes of a question the ten best paragraphs: their scores, higher is better, and their numbers.
Ask = Callable[[str], list[tuple[float, int]]]

#: Unlike the standard library's, ``regex``'s words keep the vowel signs of Devanagari.
_WORD = regex.compile(r"\w+")
_SNOWBALL = {"en": "english", "es": "spanish", "hi": "hindi"}
#: The lengths of the runs of characters that ranked best where an engine has no words of its own.
_RUNS = {"hi": (3, 3), "zh": (1, 2)}
#: bm25s's own pattern ends a Hindi word at each vowel sign, and never ends a Chinese one: here
#: words with their signs, and overlapping pairs.
_BM25S_WORDS = {"hi": r"[\w\u0900-\u0963\u0966-\u097F]{2,}", "zh": r"(?=(\w\w))"}


def words(text: str) -> list[str]:
    """Return the words of *text* in lower case."""
    return _WORD.findall(text.lower())


def characters(text: str) -> list[str]:
    """Return the letters and digits of *text* one by one."""
    return [character for word in words(text) for character in word]


def pairs(text: str) -> list[str]:
    """Return the overlapping pairs of characters in the words of *text*."""
    return [word[i : i + 2] for word in words(text) for i in range(max(1, len(word) - 1))]


def rank_bm25_index(split: Callable[[str], list[str]], texts: Sequence[str]) -> Ask:
    """Return rank_bm25's BM25Okapi as it comes, over what *split* makes of a text."""
    from rank_bm25 import BM25Okapi

    plain = BM25Okapi([split(text) for text in texts])

    def ask(question: str) -> list[tuple[float, int]]:
        scores = plain.get_scores(split(question))
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        return list(zip(scores[best].tolist(), best.tolist(), strict=True))

    return ask


def bm25s_index(texts: Sequence[str], language: str) -> Ask:
    """Return bm25s with its longer list of stop words and with PyStemmer, as its README shows."""
    import bm25s
    import Stemmer

    settings = {
        "stopwords": {"en": "en_plus", "es": "es"}.get(language),
        "stemmer": Stemmer.Stemmer(_SNOWBALL[language]) if language in _SNOWBALL else None,
        "token_pattern": _BM25S_WORDS.get(language, r"(?u)\b\w\w+\b"),
        "show_progress": False,
    }
    retriever = bm25s.BM25(backend="auto")
    retriever.index(bm25s.tokenize(list(texts), **settings), show_progress=False)
    depth = min(DEPTH, len(texts))

    def ask(question: str) -> list[tuple[float, int]]:
        tokens = bm25s.tokenize(question, **settings)
        if not tokens.vocab:  # a question of stop words alone is refused with an error
            return []
        numbers, scores = retriever.retrieve(tokens, k=depth, show_progress=False)
        return list(zip(scores[0].tolist(), numbers[0].tolist(), strict=True))

    return ask


def tantivy_index(texts: Sequence[str], language: str) -> Ask:
    """Return tantivy in memory, with its own analysis of the language, or runs of characters."""
    import tantivy

    keep = tantivy.Filter
    if language in _RUNS:
        runs = tantivy.Tokenizer.ngram(*_RUNS[language])
        analyzer = tantivy.TextAnalyzerBuilder(runs).filter(keep.lowercase()).build()
    else:  # its own en_stem, or the like, with its stop words besides
        builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        builder = builder.filter(keep.remove_long(40)).filter(keep.lowercase())
        if name := _SNOWBALL.get(language):
            builder = builder.filter(keep.stopword(name)).filter(keep.stemmer(name))
        analyzer = builder.build()
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("text", tokenizer_name="analyzer")
    fields.add_integer_field("number", fast=True)
    schema = fields.build()
    index = tantivy.Index(schema)
    index.register_tokenizer("analyzer", analyzer)
    writer = index.writer(num_threads=1)
    for number, text in enumerate(texts):
        writer.add_document(tantivy.Document(text=[text], number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(question: str) -> list[tuple[float, int]]:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", term))
            for term in analyzer.analyze(question)
        ]
        query = tantivy.Query.boolean_query(terms)
        hits = searcher.search(query, DEPTH, count=False).hits
        numbers = searcher.fast_field_values("number", [place for _, place in hits])
        return [(score, int(n)) for (score, _), n in zip(hits, numbers, strict=True)]

    return ask


def fts5_index(texts: Sequence[str], language: str) -> Ask:
    """Return SQLite's FTS5 in memory, asked for any of a question's words."""
    runs = language in _RUNS
    record = sqlite3.connect(":memory:")
    tokenize = "trigram" if runs else "porter unicode61"
    record.execute(f"CREATE VIRTUAL TABLE paragraphs USING fts5(text, tokenize='{tokenize}')")
    record.executemany("INSERT INTO paragraphs(rowid, text) VALUES (?, ?)", enumerate(texts))
    record.execute("INSERT INTO paragraphs(paragraphs) VALUES ('optimize')")
    record.commit()
    best = "SELECT -rank, rowid FROM paragraphs WHERE paragraphs MATCH ? ORDER BY rank LIMIT ?"

    def ask(question: str) -> list[tuple[float, int]]:
        said = words(question)
        if runs:
            said = [word[i : i + 3] for word in said for i in range(len(word) - 2)]
        match = " OR ".join(f'"{word}"' for word in dict.fromkeys(said))
        return record.execute(best, (match, DEPTH)).fetchall() if match else []

    weakref.finalize(ask, record.close)
    return ask


def lancedb_index(texts: Sequence[str], language: str) -> Ask:
    """Return LanceDB's full-text index in memory, with its defaults for the language."""
    import lancedb
    import pyarrow
    from lancedb.index import FTS
    from lancedb.query import MatchQuery

    settings = {"stem": False, "remove_stop_words": False}
    if language in _RUNS:
        shortest, longest = _RUNS[language]
        lengths = {"ngram_min_length": shortest, "ngram_max_length": longest}
        settings = {**settings, "base_tokenizer": "ngram", **lengths}
    elif language in _SNOWBALL:
        settings = {"language": _SNOWBALL[language].capitalize()}
    columns = pyarrow.table({"number": range(len(texts)), "text": list(texts)})
    table = lancedb.connect("memory://").create_table("paragraphs", columns)
    table.create_index("text", config=FTS(num_workers=1, **settings))

    def ask(question: str) -> list[tuple[float, int]]:
        search = table.search(MatchQuery(question, "text"), query_type="fts")
        found = search.select(["_score", "number"]).limit(DEPTH).to_arrow()
        columns = (found["_score"].to_pylist(), found["number"].to_pylist())
        return list(zip(*columns, strict=True))

    return ask
