"""Reads texts once, for an index: notes their terms and sentences, and what else is in each.

That is most of the work of building an index. Of a large record, a second process reads the second
half of the texts; the notes are the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from operator import add
from signal import SIG_IGN, SIGINT, signal
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.keeping.paragraphs import Ints
from index.keeping.strings import sum_of
from index.postings.sentence_index import SentenceColumns
from index.postings.tokens import NumberedTokens, Numbering, numbered
from index.text.abbreviations import definitions
from index.text.compounds import compounds
from index.text.fragments import is_fragment
from index.text.sentences import sentence_spans
from index.text.terms import Analyzers
from index.texts_read import Known, Remarks

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

#: Progress is reported after every this many texts.
_REPORTED_EVERY = 500
#: Of fewer texts, half are read nearly as soon as another process has started.
_FEW = 20_000

#: Called with the number of texts read so far and the number there are.
Progress = Callable[[int, int], None]

#: Texts in order, each with the tag of its language.
Texts = Sequence[tuple[str, str]]


class Notes(NamedTuple):
    """What is noted of texts while they are read."""

    tokens: NumberedTokens
    sentences: SentenceColumns
    #: Whether each is a fragment, and a sum of its terms: shape (texts,).
    fragments: NDArray[np.bool_]
    sums: Ints
    #: What else there is to remark of a text, by its number.
    remarks: dict[int, Remarks]
    #: What two words that stand side by side are as one. Noted only if other texts are known.
    side_by_side: Collection[str]

    def followed_by(self, others: Notes) -> Notes:
        """Return the notes of all texts, of which *others* come after these."""
        terms = Numbering.of(self.tokens.terms)
        numbers = np.array([terms[term] for term in others.tokens.terms] or [0], dtype=np.int32)
        return Notes(
            NumberedTokens(
                [*self.tokens.terms, *terms.new],
                np.concatenate([self.tokens.tokens, numbers[others.tokens.tokens]]),
                np.concatenate([self.tokens.lengths, others.tokens.lengths]),
            ),
            self.sentences.followed_by(others.sentences),
            np.concatenate([self.fragments, others.fragments]),
            np.concatenate([self.sums, others.sums]),
            self.remarks | {len(self.sums) + at: one for at, one in others.remarks.items()},
            (),
        )


def notes_of(
    texts: Texts,
    analyzers: Analyzers,
    known: Known | None = None,
    progress: Progress | None = None,
) -> Notes:
    """Return what is noted of *texts*, where others are *known*."""
    sentences = SentenceColumns(known.read.sentence_index.forms.numbers if known else {})
    fragments, sums, remarks = array("b"), array("q"), dict[int, Remarks]()
    side_by_side = set[str]()

    def terms() -> Iterator[list[str]]:
        """Yield the terms of each text in turn, and note what else is in it."""
        for number, (language, text) in enumerate(texts):
            terms = analyzers.of(language).analyse(text)
            spans = sentence_spans(text, language)
            sentences.add(terms, spans)
            fragments.append(is_fragment(text, spans, len(terms.terms)))
            sums.append(sum_of(" ".join(terms.terms)))
            defined, split = definitions(text), tuple(compounds(text))
            if defined or split:
                remarks[number] = Remarks(defined, split)
            if known:
                side_by_side.update(map(add, terms.terms, terms.terms[1:]))
            if progress and number % _REPORTED_EVERY == 0:
                progress(number, len(texts))
            yield terms.terms

    tokens = numbered(terms(), known.read.bm25.words if known else None)
    fragmentary = np.array(fragments, dtype=bool)
    return Notes(tokens, sentences, fragmentary, np.array(sums), remarks, side_by_side)


def notes_by_two(texts: Texts, analyzers: Analyzers, progress: Progress | None = None) -> Notes:
    """Return what is noted of *texts*, of which another process reads the second half.

    Where none can be started, or it ends before its time, all is read here.
    """
    half = len(texts) // 2
    if len(texts) < _FEW:
        return notes_of(texts, analyzers, progress=progress)
    with _read_apart(texts[half:], analyzers.tags) as reading:
        first = notes_of(texts[:half], analyzers, progress=progress and _twice(progress))
        try:
            second: Notes | None = reading.recv() if reading else None
        except (EOFError, OSError):
            second = None
    return first.followed_by(second or notes_of(texts[half:], analyzers))


@contextmanager
def _read_apart(texts: Texts, tags: Sequence[str]) -> Iterator[Connection | None]:
    """Have another process read *texts*; give where its notes come from, or ``None``.

    It has nothing of this one, whose threads may hold anything when it is begun, and ends with the
    block.
    """
    from multiprocessing import get_context  # noqa: PLC0415  # only for large records

    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_send_notes, args=(sending, texts, tags), daemon=True)
    try:
        process.start()
    except OSError:  # there can be no other
        yield None
        return
    finally:
        sending.close()
    try:
        yield receiving
    finally:
        process.terminate()
        process.join()
        receiving.close()


def _send_notes(to: Connection, texts: Texts, tags: Sequence[str]) -> None:
    # Whoever interrupts the first process ends this one with it.
    signal(SIGINT, SIG_IGN)
    to.send(notes_of(texts, Analyzers(tags)))


def _twice(progress: Progress) -> Progress:
    return lambda done, total: progress(2 * done, 2 * total)
