"""Finds the other terms on record that a word of a question stands for.

A word may be of another language of the record than the question; a unit or a decade may be written
in another way. Unlike ``equivalents``, these are the word itself, and count as much.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.postings.bm25 import PostingsBM25
from index.question.amounts import Amount
from index.text.language import with_pairs_apart
from index.text.numbers import same_decade
from index.text.terms import Analyzer, Token

#: The terms of a word besides its own, each with its form, by the word's start and stop.
Alike = Mapping[tuple[int, int], Mapping[str, str]]


def alike_in(
    words: str,
    tokens: Sequence[Token],
    analyzers: Sequence[Analyzer],
    amounts: Iterable[Amount],
    bm25: PostingsBM25,
) -> Alike:
    """Return the terms on record for each word of the question *words* besides its own.

    They are what all but the first of *analyzers*, by which *tokens* were read, make of the word;
    and the other ways to write the units of *amounts* and decades.
    """
    found: dict[tuple[int, int], dict[str, str]] = {}

    def add(token: Token, others: Iterable[Token]) -> None:
        on_record = {
            other.term: other.form
            for other in others
            if other.term != token.term and bm25.term_number(other.term) >= 0
        }
        if on_record:
            found.setdefault((token.start, token.stop), {}).update(on_record)

    analyzer, *languages = analyzers
    in_others = [language.analyse(words).tokens() for language in languages]
    if with_pairs_apart(words) != words:
        for others in (analyzer.analyse(words).tokens(), *in_others):
            for number, decimal in _decimals_of_pairs(tokens, others):
                add(number, [decimal])
    if languages:
        read = {(token.start, token.stop): token for token in tokens}
        for others in in_others:
            for other in others:
                if token := read.get((other.start, other.stop)):
                    add(token, [other])
    for at, token in enumerate(tokens):
        if token.form[0].isdigit():
            decade = same_decade(tokens[at - 1].form if at else "", token.form)
            if decade:
                add(token, analyzer.analyse(decade).tokens())
    for amount in amounts:
        if amount.unit:
            add(amount.unit, amount.alike)
    return found


def _decimals_of_pairs(
    tokens: Sequence[Token], others: Iterable[Token]
) -> Iterator[tuple[Token, Token]]:
    """Yield each number of a pair such as (0,0), and the decimal that a text may mean by both.

    These are the *tokens* within one of the *others*; all are in the order of the question.
    """
    starts = [token.start for token in tokens]
    for other in others:
        if other.form[0].isdigit():
            first = bisect_left(starts, other.start)
            for token in tokens[first : bisect_left(starts, other.stop, first)]:
                yield token, other
