"""Keeps an index in a file, and starts from it: nothing is read or reckoned that was before.

``keeping`` writes and maps the columns; here is which parts of an index stand in which. A file that
was kept of other statements, or by another version of this program, is not this record's: the key
tells. ``index_file`` decides where the file is, and when it is written.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from index.building import Parts
from index.files.known_files import KnownFiles
from index.keeping.columns import DamagedFile, Keeper, Kept, KeptFile, NewFile
from index.keeping.statements import KeptStatements, keep_statements
from index.keeping.strings import DamagedText
from index.model.errors import Problem
from index.model.record import Coverage, Record
from index.postings.bm25 import PostingsBM25
from index.postings.exact_phrases import ExactPhrases
from index.postings.sentence_index import SentenceIndex
from index.question.equivalents import Equivalents
from index.question.paragraph_filter import ParagraphFilter
from index.ranking.context import Context
from index.ranking.copies import Copies
from index.references.catalogue import Catalogue
from index.search import Index
from index.text.abbreviations import Definition
from index.text.terms import Analyzers
from index.texts_read import Remarks, TextsRead

Key = Mapping[str, Any]

#: What comes of reading columns and values that are not as they were kept.
_UNREADABLE = (
    *(ArithmeticError, AttributeError, DamagedText, LookupError),
    *(RecursionError, TypeError, ValueError),
)


def keep(index: Index, path: Path, key: Key, data: Path, known: KnownFiles | None = None) -> None:
    """Write *index* to the file *path*, with the *key* that tells what it was made from.

    What is *known* of the files of its record is written, too.

    Problems are told of the files in *data*, wherever that will be. The file is whole or is not
    there, whatever happens meanwhile.

    Raises:
        OSError: it cannot be written.
    """
    with NewFile(path) as to:
        to.value("key", dict(key))
        to.strings("files", known.told(index.record, data) if known else ())
        _keep_parts(index.parts, to, data)


class KeptIndex:
    """A file with an index, opened."""

    def __init__(self, path: Path) -> None:
        """Open the file *path*.

        Raises:
            OSError: it cannot be read.
            DamagedFile: it is none, or is cut off.
        """
        self._file = KeptFile(path)
        key = self._file.columns.value("key")
        if not isinstance(key, dict):
            raise DamagedFile("its key cannot be read")
        #: What was known of the files of the record, for ``KnownFiles``.
        self.files: Sequence[str] = self._file.columns.strings("files")
        #: What the index was made from.
        self.key: Key = key

    def is_whole(self) -> bool:
        """Return whether all of the file is as it was written: its digest is compared."""
        return self._file.is_whole()

    def index(self, data: Path) -> Index:
        """Return the index of the files in *data*, whose columns are read as they are needed.

        Raises:
            DamagedFile: it says what cannot be.
        """
        try:
            parts = _kept_parts(self._file.columns, data)
            return Index.of(parts._replace(release=self._file.release), is_whole=self.is_whole)
        except _UNREADABLE as error:
            raise DamagedFile(f"its columns cannot be read ({error})") from None


def _keep_parts(parts: Parts, to: Keeper, data: Path) -> None:
    record, read = parts.record, parts.read
    keep_statements(record, read.columns, read.texts, to.within("statements"))
    to.value("problems", [one.told(data) for one in record.problems])
    to.value("synonyms", record.synonyms)
    to.value("searched", _told(parts.searched))
    to.value("covered", _told(parts.covered))
    to.value("own", list(parts.own))
    to.value("scripts", sorted(parts.scripts))
    to.value("compounds", dict(parts.compounds))
    to.value("two_words", dict(read.two_words))
    to.value("tags", list(read.analyzers.tags))
    to.within("remarks").arrays(numbers=np.array(list(read.remarks), dtype=np.int64))
    told = json.dumps(list(map(_told_remarks, read.remarks.values())))
    to.within("remarks").strings("told", [told])
    to.arrays(fragments=read.fragments, sums=read.sums)
    read.bm25.keep(to.within("bm25"))
    read.sentence_index.keep(to.within("sentence_index"))
    read.phrases.keep(to.within("phrases"))
    parts.catalogue.keep(to.within("catalogue"))
    parts.paragraph_filter.keep(to.within("paragraph_filter"))
    parts.equivalents.keep(to.within("equivalents"))
    parts.context.keep(to.within("context"))
    parts.copies.keep(to.within("copies"))


def _kept_parts(of: Kept, data: Path) -> Parts:
    kept = KeptStatements(of.within("statements"))
    record = Record(
        kept.statements,
        tuple(Problem.of(one, data) for one in of.value("problems")),
        tuple(map(tuple, of.value("synonyms"))),
        withdrawn=kept.withdrawn,
        earlier=kept.earlier,
    )
    bm25 = PostingsBM25.kept(of.within("bm25"))
    sentence_index = SentenceIndex.kept(of.within("sentence_index"), bm25)
    forms = sentence_index.forms.numbers
    read = TextsRead(
        statements=kept.statements,
        columns=kept.columns,
        texts=kept.texts,
        analyzers=Analyzers(of.value("tags")),
        bm25=bm25,
        sentence_index=sentence_index,
        phrases=ExactPhrases.kept(of.within("phrases"), kept.texts, kept.columns, bm25, forms),
        fragments=of.array("fragments", "b1"),
        sums=of.array("sums", "i8"),
        remarks=_Remarked(of.within("remarks")),
        two_words={word: tuple(parts) for word, parts in of.value("two_words").items()},
    )
    read.analyzers.freeze()
    return Parts(
        record=record,
        read=read,
        catalogue=Catalogue.kept(of.within("catalogue"), record),
        searched=_coverage(of.value("searched")),
        covered=_coverage(of.value("covered")),
        own=of.value("own"),
        scripts=frozenset(of.value("scripts")),
        paragraph_filter=ParagraphFilter.kept(of.within("paragraph_filter"), kept.columns),
        equivalents=Equivalents.kept(of.within("equivalents")),
        compounds={word: tuple(parts) for word, parts in of.value("compounds").items()},
        context=Context.kept(of.within("context"), kept.columns),
        copies=Copies.kept(of.within("copies")),
    )


def _told(coverage: Coverage) -> list[Any]:
    days = (coverage.first, coverage.last)
    return [coverage.statements, coverage.paragraphs, *(day and day.isoformat() for day in days)]


def _coverage(told: list[Any]) -> Coverage:
    statements, paragraphs, *days = told
    first, last = (datetime.date.fromisoformat(day) if day else None for day in days)
    return Coverage(statements=statements, paragraphs=paragraphs, first=first, last=last)


class _Remarked(Mapping[int, Remarks]):
    """What there is to remark of texts, by their numbers; read when it is first asked for."""

    def __init__(self, of: Kept) -> None:
        self._numbers, self._told = of.ints("numbers"), of.strings("told")

    @cached_property
    def _by_number(self) -> dict[int, list[Any]]:
        return dict(zip(self._numbers, json.loads(self._told[0]), strict=True))

    def __getitem__(self, number: int) -> Remarks:
        definitions, compounds = self._by_number[number]
        return Remarks([Definition(*one) for one in definitions], list(map(tuple, compounds)))

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def _told_remarks(remarks: Remarks) -> list[list[list[str]]]:
    definitions = [[one.short, one.long] for one in remarks.definitions]
    return [definitions, list(map(list, remarks.compounds))]
