"""Builds the parts of an index from the statements of a record.

Each text is read once: its terms become postings as they are read, and what else is noted of it is
used when the postings are complete. How the parts answer a question is left to ``search``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.keeping.paragraphs import Ints, ParagraphColumns
from index.keeping.statements import Searched, TextsOf
from index.model.own import is_own
from index.model.record import Coverage, Record
from index.model.statement import Paragraph, Statement
from index.postings.bm25 import PostingsBM25, numbered
from index.postings.exact_phrases import ExactPhrases
from index.postings.sentence_index import SentenceColumns, SentenceIndex
from index.question.common_words import CommonWords
from index.question.equivalents import Equivalents, groups_of
from index.question.narrowing import Narrower
from index.question.paragraph_filter import ParagraphFilter
from index.question.query_reader import QueryReader
from index.ranking.context import Context
from index.ranking.copies import Copies
from index.ranking.denial import Denials
from index.ranking.ranker import Ranker
from index.references.catalogue import Catalogue
from index.text.abbreviations import definitions, recurring
from index.text.compounds import compounds
from index.text.fragments import is_fragment
from index.text.language import codes, language_of, script_of
from index.text.sentences import sentence_spans
from index.text.terms import Analyzers
from index.texts_read import Columns, Remarks, TextsRead, joined, remarks_of, words_read

#: BM25's parameters. Of k1 from .6 to 1.2 and b from .6 to .85, no pair was best on all nine sets
#: of questions; these are the best on SQuADShifts New-Wiki, and within a point on most others.
K1, B = 0.8, 0.75
#: The script of a statement is that of this many of its first characters.
_SCRIPT_SAMPLE = 400
#: Progress is reported after every this many paragraphs.
_REPORTED_EVERY = 500

#: Called with the number of paragraphs indexed so far and the number there are.
Progress = Callable[[int, int], None]

#: The paragraphs of a record in order, each with its statement.
Paragraphs = Sequence[tuple[Statement, Paragraph]]


class Parts(NamedTuple):
    """What an index consists of: all that is built, or that was kept."""

    record: Record
    #: The texts as they were read.
    read: TextsRead
    catalogue: Catalogue
    #: What there is to search, with the bot's own statement and without it.
    searched: Coverage
    covered: Coverage
    #: The numbers of the bot's own statements.
    own: Sequence[int]
    #: The scripts of the statements.
    scripts: frozenset[str]
    paragraph_filter: ParagraphFilter
    equivalents: Equivalents
    #: The parts of each of the record's compounds, by the compound as one word.
    compounds: Mapping[str, tuple[str, ...]]
    context: Context
    copies: Copies


def build(record: Record, progress: Progress | None = None, replaced: Parts | None = None) -> Parts:
    """Return the parts of an index of *record*, the same with those of one that is *replaced*."""
    statements = record.statements
    known = replaced.read.known_among(statements) if replaced else None
    before = replaced.read if replaced and known else None
    columns = ParagraphColumns.of(
        statements, before.columns if before else None, known.same if known else None
    )
    paragraphs = Searched(statements, columns.firsts)
    texts = TextsOf(paragraphs)
    by_language = Counter[str]()
    for number, count in zip(columns.language_of.tolist(), np.diff(columns.firsts), strict=True):
        by_language[columns.languages[number]] += int(count)
    tags = [tag for tag, _ in by_language.most_common()]
    analyzers = Analyzers(tags, before.analyzers if before else None)
    notes = _read(paragraphs, analyzers, before, known.texts if known else None, progress)
    bm25 = PostingsBM25(notes.columns.tokens, K1, B)
    defined = recurring(one for each in notes.remarks.values() for one in each.definitions)
    #: The parts of each compound, by the compound written as one word.
    split = {"".join(parts): parts for each in notes.remarks.values() for parts in each.compounds}
    equivalents = Equivalents(groups_of(record.synonyms, defined, split, analyzers, bm25))
    bm25.extend(equivalents.phrases())
    sentence_index = SentenceIndex(bm25, notes.columns.sentences)
    # Freed before the rest is built, which then takes their place in memory.
    del notes.columns
    titles = [analyzers.of(one.language).analyse(one.title).terms for one in statements]
    phrases = ExactPhrases(
        texts,
        columns,
        bm25,
        sentence_index.forms.numbers,
        (before.phrases, known.texts) if before and known else None,
    )
    analyzers.freeze()
    own = [number for number, one in enumerate(statements) if is_own(one)]
    return Parts(
        record=record,
        read=TextsRead(
            statements=statements,
            columns=columns,
            texts=texts,
            analyzers=analyzers,
            bm25=bm25,
            sentence_index=sentence_index,
            phrases=phrases,
            fragments=notes.fragments,
            remarks=notes.remarks,
        ),
        catalogue=Catalogue(
            record,
            replaced.catalogue if replaced else None,
            known.same.tolist() if known else (),
        ),
        searched=_coverage(statements, columns, ()),
        covered=_coverage(statements, columns, own),
        own=own,
        scripts=_scripts(statements),
        paragraph_filter=ParagraphFilter(statements, columns),
        equivalents=equivalents,
        compounds=split,
        context=Context(statements, columns, titles),
        copies=Copies(texts, columns, bm25),
    )


def reader_of(parts: Parts) -> QueryReader:
    """Return what reads the questions asked of an index of these *parts*."""
    read = parts.read
    common_words = CommonWords(read.texts, read.bm25)
    return QueryReader(
        analyzers=read.analyzers.for_question,
        bm25=read.bm25,
        sentence_index=read.sentence_index,
        paragraph_filter=parts.paragraph_filter,
        narrower=Narrower(parts.paragraph_filter, parts.covered, common_words),
        phrases=read.phrases,
        equivalents=parts.equivalents,
        compounds=parts.compounds,
        scripts=parts.scripts,
    )


def ranker_of(parts: Parts) -> Ranker:
    """Return what ranks the paragraphs of an index of these *parts*."""
    read, texts = parts.read, parts.read.texts
    return Ranker(
        read.bm25,
        read.sentence_index,
        parts.context,
        Denials(texts, read.bm25, read.sentence_index),
        texts=texts,
        fragments=read.fragments,
    )


@dataclass(slots=True)
class _Notes:
    """What is noted of all texts while they are read."""

    columns: Columns
    #: Whether each text is a fragment: shape (paragraphs,).
    fragments: NDArray[np.bool_]
    #: What else there is to remark of a text, by its number.
    remarks: dict[int, Remarks]


def _read(
    paragraphs: Paragraphs,
    analyzers: Analyzers,
    before: TextsRead | None,
    known: Ints | None,
    progress: Progress | None,
) -> _Notes:
    """Return what is noted of *paragraphs*, of which those *known* were read *before*."""
    terms, forms = words_read(before) if before else ({}, {})
    fresh = paragraphs
    order = np.arange(len(paragraphs))
    if before is not None and known is not None:
        fresh = [paragraphs[number] for number in (known < 0).nonzero()[0].tolist()]
        order = np.where(known < 0, np.cumsum(known < 0) - 1 + len(before.columns), known)
    new = _New(SentenceColumns(forms), [], {})
    tokens = numbered(_terms(fresh, analyzers, new, progress), terms)
    columns, fragments = Columns(tokens, new.columns), np.array(new.fragments, dtype=bool)
    if before is not None:
        columns = joined(before, columns, order)
        fragments = np.concatenate([before.fragments, fragments])[order]
    return _Notes(columns, fragments, remarks_of(before, new.remarks, order))


class _New(NamedTuple):
    """What is noted of new texts, besides their terms."""

    columns: SentenceColumns
    fragments: list[bool]
    remarks: dict[int, Remarks]


def _terms(
    paragraphs: Paragraphs, analyzers: Analyzers, notes: _New, progress: Progress | None
) -> Iterator[list[str]]:
    """Yield the terms of each paragraph in turn, and add to *notes* what else is in its text."""
    for number, (statement, paragraph) in enumerate(paragraphs):
        text = paragraph.text
        terms = analyzers.of(statement.language).analyse(text)
        sentences = sentence_spans(text, statement.language)
        notes.columns.add(terms, sentences)
        notes.fragments.append(is_fragment(text, sentences, len(terms.terms)))
        defined, split = definitions(text), tuple(compounds(text))
        if defined or split:
            notes.remarks[number] = Remarks(defined, split)
        if progress and number % _REPORTED_EVERY == 0:
            progress(number, len(paragraphs))
        yield terms.terms


def _coverage(
    statements: Sequence[Statement], columns: ParagraphColumns, without: Collection[int]
) -> Coverage:
    """Return how much there is to search in *statements*, but for those *without* which it is."""
    counted = np.ones(len(statements), dtype=bool)
    counted[list(without)] = False
    quotable = ~columns.is_question & counted[columns.statement_of]
    days = [one.date for one, is_one in zip(statements, counted.tolist(), strict=True) if is_one]
    dated = [day for day in days if day]
    return Coverage(
        statements=len(days),
        paragraphs=int(np.count_nonzero(quotable)),
        first=min(dated, default=None),
        last=max(dated, default=None),
    )


def _scripts(statements: Sequence[Statement]) -> frozenset[str]:
    """Return the scripts of *statements*: those of their languages, and those of their texts.

    A language may be written in two scripts, or be unknown here; a text may begin in another.
    """
    seen = {script_of(one.paragraphs[0].text[:_SCRIPT_SAMPLE]) for one in statements}
    languages = map(language_of, {one.language for one in statements})
    known = {language.script for language in languages if language.code in codes()}
    return frozenset(known | seen)
