"""Builds the parts of an index from the statements of a record.

Each text is read once, by ``notes``. From an index that is replaced, what is known of its texts is
taken over, and the new ones are spliced in. How the parts answer is left to ``search``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from index.keeping.paragraphs import ParagraphColumns
from index.keeping.statements import Searched, TextsOf
from index.model.own import is_own
from index.model.record import Coverage, Record
from index.model.statement import Paragraph, Statement
from index.notes import Notes, Progress, Texts, notes_by_two, notes_of
from index.postings.bm25 import PostingsBM25
from index.postings.exact_phrases import ExactPhrases, TakenOver
from index.postings.sentence_index import SentenceIndex
from index.postings.tokens import sorted_tokens, spliced
from index.question.common_words import CommonWords
from index.question.equivalents import Equivalents, also_two_words, groups_of
from index.question.narrowing import Narrower
from index.question.paragraph_filter import ParagraphFilter
from index.question.query_reader import QueryReader
from index.ranking.context import Context
from index.ranking.copies import Copies
from index.ranking.denial import Denials
from index.ranking.ranker import Ranker
from index.references.catalogue import Catalogue
from index.text.abbreviations import recurring
from index.text.language import codes, language_of
from index.text.terms import Analyzers
from index.texts_read import Known, TextsRead

#: BM25's parameters. Of k1 from .6 to 1.2 and b from .6 to .85, no pair was best on all nine sets
#: of questions; these are the best on SQuADShifts New-Wiki, and within a point on most others.
K1, B = 0.8, 0.75


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
    #: Lets go of the memory of what was kept and has been read; it is read again where it is used.
    release: Callable[[], None] = lambda: None


def build(
    record: Record,
    progress: Progress | None = None,
    replaced: Parts | None = None,
    *,
    by_two: bool = False,
) -> Parts:
    """Return the parts of an index of *record*, the same with those of one that is *replaced*.

    If *by_two*, another process may read half of the texts.
    """
    statements = record.statements
    known = replaced.read.known_among(statements) if replaced else None
    columns = (
        ParagraphColumns.of(statements, known.read.columns, known.same)
        if known
        else ParagraphColumns.of(statements)
    )
    paragraphs = Searched(statements, columns.firsts)
    texts = TextsOf(paragraphs)
    by_language = Counter[str]()
    for number, count in zip(columns.language_of.tolist(), np.diff(columns.firsts), strict=True):
        by_language[columns.languages[number]] += int(count)
    tags = [tag for tag, _ in by_language.most_common()]
    analyzers = Analyzers(tags, known.read.analyzers if known else None)
    if known:
        chosen = (paragraphs[number] for number in (known.texts < 0).nonzero()[0].tolist())
        notes = notes_of(_to_read(chosen), analyzers, known, progress)
    else:
        notes = (notes_by_two if by_two else notes_of)(
            _to_read(paragraphs), analyzers, progress=progress
        )
    read = _Changed(notes, known) if known else _Anew(notes)
    # Freed as soon as it is used: what is built next takes its place in memory.
    del notes
    bm25, remarks = read.bm25, read.remarks
    defined = recurring(one for each in remarks.values() for one in each.definitions)
    #: The parts of each compound, by the compound written as one word.
    split = {"".join(parts): parts for each in remarks.values() for parts in each.compounds}
    two_words = also_two_words(read.may_be_two, bm25)
    groups = groups_of(record.synonyms, defined, split, two_words, analyzers=analyzers, bm25=bm25)
    equivalents = Equivalents(groups)
    bm25.extend(equivalents.phrases())
    bm25.prepare()
    sentence_index, taken_over = read.sentences()
    fragments, sums = read.fragments, read.sums
    del read
    if replaced:
        replaced.release()
    context = Context(
        statements,
        columns,
        lambda one: analyzers.of(one.language).analyse(one.title).terms,
        (replaced.context, known.same) if replaced and known else None,
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
            phrases=ExactPhrases(texts, columns, bm25, sentence_index.forms.numbers, taken_over),
            fragments=fragments,
            sums=sums,
            remarks=remarks,
            two_words=two_words,
        ),
        catalogue=Catalogue(
            record,
            replaced.catalogue if replaced else None,
            known.same.tolist() if known else (),
        ),
        searched=_coverage(statements, columns, ()),
        covered=_coverage(statements, columns, own),
        own=own,
        scripts=_scripts(columns),
        paragraph_filter=ParagraphFilter(statements, columns),
        equivalents=equivalents,
        compounds=split,
        context=context,
        copies=Copies(
            texts, columns, sums, (replaced.copies, known.texts) if replaced and known else None
        ),
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


def _to_read(paragraphs: Iterable[tuple[Statement, Paragraph]]) -> Texts:
    return [(statement.language, paragraph.text) for statement, paragraph in paragraphs]


class _Anew:
    """What is known when all texts were read, and notes were made of them."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self.bm25 = PostingsBM25(sorted_tokens(notes.tokens), K1, B)
        #: What may be a word that is also written as two.
        self.may_be_two: Iterable[str] = self.bm25.words
        self.fragments, self.sums, self.remarks = notes.fragments, notes.sums, notes.remarks

    def sentences(self) -> tuple[SentenceIndex, None]:
        """Return the sentences, when the phrases have been added to the postings."""
        return SentenceIndex(self.bm25, self._notes.tokens, self._notes.sentences), None


class _Changed:
    """The same when notes were made of the new texts, and the others are known."""

    def __init__(self, notes: Notes, known: Known) -> None:
        self._notes, self._known = notes, known
        before, splice = known.read, known.splice()
        self._splice = splice
        self._tokens = spliced(before.bm25.tokens, notes.tokens, splice)
        self.bm25 = PostingsBM25(self._tokens.tokens, K1, B)
        # What was no such word can be one only by new texts.
        self.may_be_two = {*before.two_words, *notes.tokens.terms, *notes.side_by_side}
        self.fragments = splice.values(before.fragments, notes.fragments)
        self.sums = splice.values(before.sums, notes.sums)
        self.remarks = known.remarks(notes.remarks)

    def sentences(self) -> tuple[SentenceIndex, TakenOver]:
        """Return the sentences, and what phrases are taken over."""
        before = self._known.read
        sentence_index, forms = SentenceIndex.spliced(
            before.sentence_index, self.bm25, self._notes.sentences, self._splice, self._tokens
        )
        return sentence_index, TakenOver(before.phrases, self._known.texts, forms)


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


def _scripts(columns: ParagraphColumns) -> frozenset[str]:
    """Return the scripts of statements: those of their languages, and those of their texts.

    A language may be written in two scripts, or be unknown here; a text may begin in another.
    """
    known = {one.script for one in map(language_of, columns.languages) if one.code in codes()}
    return frozenset(known.union(columns.scripts))
