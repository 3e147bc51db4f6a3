"""Reads a question into a query: the terms to search for, and the paragraphs to search.

Misspelt words are corrected, and equivalents of the question's words are searched for as well. How
much each term counts, ``weights`` decides.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.model.answer import Hit, Interpretation
from index.postings.bm25 import Mask, PostingsBM25, Scores
from index.postings.exact_phrases import ExactPhrases, missing_from
from index.postings.passages import Passages, QueryPostings
from index.question.alike import Alike, alike_in
from index.question.amounts import Amount, amounts_in
from index.question.asked_speaker import asked_about
from index.question.dates import date_spans
from index.question.equivalents import Equivalents, Match, Member, key_of, parts_of
from index.question.filters import ParagraphFilter
from index.question.spelling import Spelling
from index.question.syntax import Question
from index.question.weights import Expansion, QuestionTerms, Weighting, shortness
from index.text.folding import fold
from index.text.language import script_of
from index.text.marks import has_marks
from index.text.terms import Analyzer, Token, is_acronym, is_name_or_number
from index.text.words import is_of_letters

#: A question is read up to this many different terms; a pasted article needs no more. In Chinese,
#: each character and each pair of them is a term, so a long question has over a hundred.
MAX_TERMS = 160
#: In a question of more terms, quotation marks are taken for the writer's, not for an operator.
EXACT_IN = 20
#: In a question of more words, a misspelt word makes no difference and is not corrected.
CORRECTED_IN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is searched for: the different terms of a question, in order, and their weights."""

    question: Question
    terms: tuple[str, ...]
    #: The idf of each, in nats; the highest there is for a term that no paragraph has.
    idf: Scores
    #: By how much the weight of each is multiplied.
    boost: Scores
    #: Whether each is a name or a number.
    named: NDArray[np.bool_]
    postings: QueryPostings
    #: Whether the question is keywords and nothing else, as in ``terms.Subject``.
    keywords_only: bool
    #: Which paragraphs are searched; ``None`` for all quotable ones.
    allowed: Mask | None
    #: Which paragraphs the wording prefers; ``None`` for no preference.
    preferred: Mask | None
    #: What a passage must have: the amounts that the question names, and the US if not us.
    amounts: tuple[Amount, ...]
    #: The words typed with accents, by the number of the term.
    marked: dict[int, str]
    #: Whether all paragraphs searched have an exact phrase of the question.
    exact: bool
    interpretation: Interpretation
    #: For explaining: the language the question was read in, its words that only ask, the speaker
    #: it asks about, and its terms that have equivalents, with these.
    language: str
    dropped: tuple[str, ...]
    speaker: str
    expansions: tuple[tuple[str, str], ...]

    @property
    def short(self) -> float:
        """How short the question is: 1 up to ``SHORT`` terms, then falling."""
        return shortness(len(self.terms))


class QueryReader:
    """Reads the questions asked of one record; built once."""

    def __init__(
        self,
        *,
        analyzers: Callable[[str], list[Analyzer]],
        bm25: PostingsBM25,
        passages: Passages,
        paragraph_filter: ParagraphFilter,
        phrases: ExactPhrases,
        equivalents: Equivalents,
        compounds: dict[str, tuple[str, ...]],
        scripts: Container[str],
    ) -> None:
        """Read questions with these parts of an index.

        *analyzers* gives the analyzers for a question, best first, *compounds* the parts of each of
        the record's compounds by the compound as one word, and *scripts* the scripts of its
        statements.
        """
        self._analyzers, self._bm25, self._passages = analyzers, bm25, passages
        self._filter, self._phrases = paragraph_filter, phrases
        self._equivalents, self._compounds = equivalents, compounds
        self._scripts = scripts
        self._weighting = Weighting(bm25, passages)
        self._spelling: Spelling | None = None

    def prepare(self) -> None:
        """Do now what the first misspelt word and the first exact phrase would wait for."""
        self._neighbour("unheardof")
        self._phrases.prepare()

    def read(self, question: Question) -> Query:
        """Return what to search for to answer *question*."""
        words = question.words
        analyzer, others = self._read_by(words)
        subject = analyzer.subject(words)
        tokens, speaker, preferred = self._without_speaker(words, subject.tokens)
        tokens, preferred = self._without_dates(question, tokens, preferred)
        amounts = amounts_in(words, tokens, analyzer, self._bm25)
        alike = alike_in(words, tokens, [analyzer, *others], amounts, self._bm25)
        found, corrected = self._terms(words, tokens, analyzer, alike)
        phrases = question.phrases if len(found.counts) <= EXACT_IN else ()
        ignored = tuple(f"“{one}”" for one in question.phrases) if not phrases else ()
        allowed, absent = self._allowed(question, phrases, analyzer)
        if speaker and not tokens and preferred is not None:
            # Only the speaker is asked about: the newest of what the speaker said.
            everything = self._filter.allowed_by(question.filters) if allowed is None else allowed
            allowed = preferred & everything
        expansions = self._expansions(found, tokens, analyzer)
        amounts += self._acronyms(words, tokens, expansions)
        idf_of_terms = self._weighting.idf(found, expansions)
        terms, idf = tuple(found.counts), np.array(idf_of_terms)
        boost = self._weighting.boost(idf_of_terms, found)
        named = np.array([found.names[term] for term in terms], dtype=bool)
        keywords_only, used = subject.keywords_only, expansions
        if len(terms) > MAX_TERMS:
            rarest = np.sort(np.argsort(-idf, kind="stable")[:MAX_TERMS])
            terms = tuple(terms[number] for number in rarest)
            idf, boost, named = idf[rarest], boost[rarest], named[rarest]
            keywords_only, used = False, []
        letters = any(map(str.isalpha, words))
        return Query(
            question=question,
            terms=terms,
            idf=idf,
            boost=boost,
            named=named,
            postings=self._weighting.query_postings(terms, found, boost, used),
            keywords_only=keywords_only,
            allowed=allowed,
            preferred=preferred,
            amounts=amounts,
            marked={n: found.marked[t] for n, t in enumerate(terms) if t in found.marked}
            if found.marked
            else {},
            exact=not ignored and len(absent) < len(question.phrases),
            interpretation=Interpretation(
                corrected=corrected,
                unparsed=question.unparsed + ignored,
                absent=absent,
                narrowed=question.narrowed,
                foreign=letters and script_of(words) not in self._scripts,
            ),
            language=analyzer.language.code,
            dropped=subject.dropped,
            speaker=speaker,
            expansions=tuple((" ".join(asked), " ".join(other)) for asked, other in expansions),
        )

    def read_named(self, question: Question, hits: Sequence[Hit]) -> Interpretation | None:
        """Return how a *question* is read that names the paragraphs of *hits* by a reference.

        Its phrases are looked for in the paragraphs and in their citations, as titles and names may
        be quoted too. ``None`` if the question has filters, and so asks for more.
        """
        if question.filters:
            return None
        if not question.phrases:
            return Interpretation()
        texts: list[str] = []
        for hit in hits:
            cited = hit.citation
            texts += [
                hit.paragraph.text,
                cited.title,
                cited.speaker,
                cited.role,
                cited.publisher,
            ]
        return Interpretation(absent=tuple(missing_from(question.phrases, texts)))

    def _read_by(self, words: str) -> tuple[Analyzer, list[Analyzer]]:
        """Return the analyzer to read *words* by, and those of the record's other languages.

        The latter have the script, too. A language in which *words* are nothing but stop words is
        not the one to read them in.
        """
        best, *others = self._analyzers(words)
        if others and not best.analyse(words).terms:
            best = next((one for one in others if one.analyse(words).terms), best)
        return best, [one for one in others if one is not best]

    def _without_speaker(
        self, words: str, tokens: tuple[Token, ...]
    ) -> tuple[tuple[Token, ...], str, Mask | None]:
        """Return *tokens* without the speaker, the speaker, and which paragraphs are the speaker's.

        If the record has no such speaker, the name stays among the tokens.
        """
        if span := asked_about(words):
            start, stop = span
            spoken = self._filter.spoken_by(words[start:stop])
            if spoken is not None:
                return _outside([span], tokens), words[start:stop], spoken
        return tokens, "", None

    def _without_dates(
        self, question: Question, tokens: tuple[Token, ...], preferred: Mask | None
    ) -> tuple[tuple[Token, ...], Mask | None]:
        """Return *tokens* without the dates in the wording, and the paragraphs of those days.

        If the record has nothing of those days, the dates stay among the tokens.
        """
        if question.preferred is None:
            return tokens, preferred
        dated = self._filter.dated(question.preferred)
        if not dated.any():
            return tokens, preferred
        others = _outside(date_spans(question.words), tokens) or tokens
        return others, dated if preferred is None else preferred & dated

    def _terms(
        self,
        words: str,
        tokens: Sequence[Token],
        analyzer: Analyzer,
        alike: Alike,
    ) -> tuple[QuestionTerms, tuple[tuple[str, str], ...]]:
        """Return the terms of *tokens*, read by *analyzer*, and the words that were corrected.

        A token also stands for the terms on record that are *alike*, given by its start and stop.
        """
        terms = QuestionTerms()
        corrected: dict[str, str] = {}
        with_marks = has_marks(words)
        for read in tokens:
            same = alike.get((read.start, read.stop)) if alike else None
            token = read
            if same and self._bm25.postings(read.term) is None:
                token = replace(read, term=next(iter(same)))
            name = is_name_or_number(words, token)
            if self._bm25.postings(token.term) is None:
                if is_acronym(token) and len(tokens) > 1 and _is_stressed(words, token, analyzer):
                    continue
                parts = self._compounds.get(token.form) or parts_of(token.term, self._bm25)
                if not parts and len(tokens) <= CORRECTED_IN and self._has_no_equivalent(token):
                    neighbour = self._neighbour(token.form)
                    if neighbour in analyzer.language.question_words and len(tokens) > 1:
                        continue
                    if neighbour:
                        corrected[words[token.start : token.stop]] = neighbour
                        parts = (neighbour,)
                if parts:
                    for one in analyzer.analyse(" ".join(parts)).tokens():
                        terms.add(one.term, one.form, name=name)
                    continue
            if with_marks and has_marks(typed := words[token.start : token.stop]):
                terms.marked.setdefault(token.term, typed)
            terms.add(token.term, token.form, name=name, alike=same)
        return terms, tuple(corrected.items())

    def _acronyms(
        self, words: str, tokens: Sequence[Token], expansions: Sequence[Expansion]
    ) -> tuple[Amount, ...]:
        """Return where the acronyms stand in capitals that share a term with a small word.

        So that the US is not borne out by "us"; unless it may stand as another word.
        """
        acronyms = [one for one in tokens if one.form.isupper() and one.form != one.term]
        if not acronyms:
            return ()
        expanded = {term for asked, _ in expansions for term in asked}
        return tuple(
            Amount(
                words[one.start : one.stop],
                self._passages.having_form(one.term, one.form),
                is_number=False,
            )
            for one in acronyms
            if one.term not in expanded
        )

    def _has_no_equivalent(self, token: Token) -> bool:
        """Return whether *token* has no equivalent on record, by which it would be found."""
        return not self._equivalents.found_in([token.term])

    def _neighbour(self, form: str) -> str | None:
        if self._spelling is None:
            self._spelling = Spelling(self._passages.forms())
        return self._spelling.neighbour(form)

    def _allowed(
        self, question: Question, phrases: Sequence[str], analyzer: Analyzer
    ) -> tuple[Mask | None, tuple[str, ...]]:
        """Return which paragraphs are searched, and which of *phrases* no paragraph has."""
        if not (question.filters or phrases or question.excluded):
            return None, ()
        allowed = self._filter.allowed_by(question.filters)
        absent = []
        for phrase in phrases:
            having = self._phrases.having(phrase)
            if having.any():
                allowed = allowed & having
            else:
                absent.append(phrase)
        for phrase in question.excluded:
            allowed = allowed & ~self._phrases.having_inflected(phrase, analyzer)
        return allowed, tuple(absent)

    def _expansions(
        self, terms: QuestionTerms, tokens: Sequence[Token], analyzer: Analyzer
    ) -> list[Expansion]:
        """Return the equivalents on record of the question's terms, each once."""
        matches = self._equivalents.found_in(terms.sequence)
        matches += self._as_one_word(terms, tokens, analyzer)
        expansions: dict[tuple[Member, Member], None] = {}
        for match in matches:
            asked = tuple(terms.sequence[match.start : match.start + match.length])
            for member in match.others:
                if self._bm25.postings(key_of(member)):
                    expansions[asked, member] = None
        return list(expansions)

    def _as_one_word(
        self, terms: QuestionTerms, tokens: Sequence[Token], analyzer: Analyzer
    ) -> Iterator[Match]:
        """Yield each two words of the question that the record writes as one."""
        if len(tokens) != len(terms.sequence):
            return
        for at, (one, other) in enumerate(pairwise(tokens)):
            whole = one.form + other.form
            if (
                other.start - one.stop != 1
                or not is_of_letters(whole)
                or self._passages.form(whole) < 0
            ):
                continue
            # No term, if the word on record is of another language and a stop word in this one.
            if member := tuple(analyzer.analyse(whole).terms):
                yield Match(at, 2, (member,))


def _is_stressed(words: str, token: Token, analyzer: Analyzer) -> bool:
    """Return whether the acronym *token* may be a small word that is only stressed: "WHEN is it?".

    It is a name after a word such as "the" or "of".
    """
    before = words[: token.start].split()
    return not before or fold(before[-1]) not in analyzer.language.stop_words


def _outside(spans: Sequence[tuple[int, int]], tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the *tokens* that overlap none of *spans*."""
    return tuple(
        one
        for one in tokens
        if not any(start < one.stop and one.start < stop for start, stop in spans)
    )
