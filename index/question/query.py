"""Reads a question into a query: the terms to search for, and where to look.

What is typed wrong is corrected, and what is called by another name is looked for under both. How
much each term counts is ``weighting``'s to say.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.model.answer import Hit, Interpretation
from index.postings.bm25 import Mask, PostingsBM25, Scores
from index.postings.exact_phrases import ExactPhrases, missing_from
from index.postings.passages import Passages, QueryPostings
from index.question.asked_speaker import asked_about
from index.question.dates import dates_stand
from index.question.equivalents import Equivalents, Match, key_of, parts_of
from index.question.filters import ParagraphFilter
from index.question.spelling import Spelling
from index.question.syntax import Question
from index.question.weights import Expansion, QuestionTerms, Weighting, shortness
from index.text.language import script_of
from index.text.terms import Analyzer, Token, is_name_or_number

#: A question is read up to this many different terms; a pasted article needs no more. A Chinese
#: character and a pair of them are a term each, so that a long question there has over a hundred.
MAX_TERMS = 160
#: In a longer question quotation marks are the writer's own, not a wish for these very words.
EXACT_IN = 20
#: In a longer question one misspelt word is of no account.
CORRECTED_IN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is searched for: a question's different terms, in order, and how much each tells."""

    question: Question
    terms: tuple[str, ...]
    #: The idf of each, in nats; of a term that no paragraph has, the highest there is.
    idf: Scores
    #: How many times each counts.
    boost: Scores
    #: Whether each is a name or a number.
    named: NDArray[np.bool_]
    postings: QueryPostings
    #: Whether the question is bare words, as ``terms.Subject`` tells.
    bare: bool
    #: Which paragraphs are searched at all; ``None`` stands for every one that can be quoted.
    allowed: Mask | None
    #: Which paragraphs the wording prefers; ``None`` stands for no preference.
    preferred: Mask | None
    #: Whether each of these paragraphs has a phrase that was asked for exactly.
    exact: bool
    interpretation: Interpretation
    #: For explaining: the language the question was read in, the words of it that only ask, whose
    #: words it asks for, and the terms looked for beside its own.
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
        analyzer: Callable[[str], Analyzer],
        bm25: PostingsBM25,
        passages: Passages,
        paragraph_filter: ParagraphFilter,
        phrases: ExactPhrases,
        equivalents: Equivalents,
        compounds: dict[str, tuple[str, ...]],
        scripts: Container[str],
    ) -> None:
        """Read with these; *analyzer* gives the analyzer to read a question with.

        *compounds* are the parts of the record's compounds, by what each is in one word; *scripts*
        are those that its statements are in.
        """
        self._analyzer, self._bm25, self._passages = analyzer, bm25, passages
        self._filter, self._phrases = paragraph_filter, phrases
        self._equivalents, self._compounds = equivalents, compounds
        self._scripts = scripts
        self._weighting = Weighting(bm25, passages)
        self._spelling: Spelling | None = None

    def prepare(self) -> None:
        """Sort the vocabulary twice, which the first who needs it waits for."""
        self._neighbour("unheardof")
        self._phrases.prepare()

    def read(self, question: Question) -> Query:
        """Return what to search for to answer *question*."""
        words = question.words
        analyzer = self._analyzer(words)
        subject = analyzer.subject(words)
        tokens, speaker, preferred = self._attributed(words, subject.tokens)
        if question.preferred is not None:
            dated = self._filter.dated(question.preferred)
            if dated.any():
                tokens = _outside(dates_stand(words), tokens) or tokens
                preferred = dated if preferred is None else preferred & dated
        terms, corrected = self._terms(words, tokens, analyzer)
        loose = len(terms.counts) > EXACT_IN
        allowed, absent = self._allowed(question, analyzer, loose=loose)
        unparsed = question.unparsed + (
            tuple(f"“{one}”" for one in question.phrases) if loose else ()
        )
        if speaker and not tokens and preferred is not None:
            # Nothing else is asked: the newest of what the speaker said.
            allowed = preferred & (
                self._filter.allowed_by(question.filters) if allowed is None else allowed
            )
        lines, expansions = self._lines(terms, tokens, analyzer)
        columns = tuple(terms.counts)
        penalties = self._weighting.idf(columns, lines)
        weights = np.array(penalties)
        named = np.array([terms.names[term] for term in columns], dtype=bool)
        boost = self._weighting.boost(penalties, terms)
        bare = subject.bare
        foreign = any(map(str.isalpha, words)) and script_of(words) not in self._scripts
        if len(columns) > MAX_TERMS:
            telling = np.sort(np.argsort(-weights, kind="stable")[:MAX_TERMS])
            columns = tuple(columns[i] for i in telling)
            weights, boost, named = weights[telling], boost[telling], named[telling]
            lines, bare = [], False
        return Query(
            question=question,
            terms=columns,
            idf=weights,
            boost=boost,
            named=named,
            postings=self._weighting.query_postings(columns, terms.forms, boost, lines),
            bare=bare,
            allowed=allowed,
            preferred=preferred,
            exact=not loose and len(absent) < len(question.phrases),
            interpretation=Interpretation(
                corrected=corrected,
                unparsed=unparsed,
                absent=absent,
                narrowed=question.narrowed,
                foreign=foreign,
            ),
            language=analyzer.language.code,
            dropped=subject.dropped,
            speaker=speaker,
            expansions=expansions,
        )

    def read_named(self, question: Question, hits: Sequence[Hit]) -> Interpretation | None:
        """Return how a *question* is read that names the paragraphs of *hits* by a reference.

        Its phrases are looked for in these, and in what is cited of them: titles and names may be
        quoted too. ``None`` if it filters, and so is about more.
        """
        if question.filters:
            return None
        if not question.phrases:
            return Interpretation()
        penalties: list[str] = []
        for hit in hits:
            cited = hit.citation
            penalties += [
                hit.paragraph.text,
                cited.title,
                cited.speaker,
                cited.role,
                cited.publisher,
            ]
        return Interpretation(absent=tuple(missing_from(question.phrases, penalties)))

    def _attributed(
        self, words: str, tokens: tuple[Token, ...]
    ) -> tuple[tuple[Token, ...], str, Mask | None]:
        """Return *tokens* without the speaker asked about, the speaker, and whose words those are.

        The name stays where nobody on record bears it.
        """
        if span := asked_about(words):
            start, stop = span
            chosen = self._filter.spoken_by(words[start:stop])
            others = _outside([(start, stop)], tokens)
            if chosen is not None:
                return others, words[start:stop], chosen
        return tokens, "", None

    def _terms(
        self, words: str, tokens: Sequence[Token], analyzer: Analyzer
    ) -> tuple[QuestionTerms, tuple[tuple[str, str], ...]]:
        """Return the terms of *tokens*, and what was corrected in them."""
        terms = QuestionTerms()
        corrected: dict[str, str] = {}
        for token in tokens:
            name = is_name_or_number(words, token)
            if self._bm25.postings(token.term) is None:
                parts = self._compounds.get(token.form) or parts_of(token.term, self._bm25)
                if not parts and len(tokens) <= CORRECTED_IN and self._alone(token):
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
            terms.add(token.term, token.form, name=name)
        return terms, tuple(corrected.items())

    def _alone(self, token: Token) -> bool:
        """Return whether *token* has no equivalent on record by which it is found."""
        return not self._equivalents.found_in([token.term])

    def _neighbour(self, form: str) -> str | None:
        if self._spelling is None:
            self._spelling = Spelling(self._passages.forms())
        return self._spelling.neighbour(form)

    def _allowed(
        self, question: Question, analyzer: Analyzer, *, loose: bool
    ) -> tuple[Mask | None, tuple[str, ...]]:
        """Return which paragraphs are searched, and the phrases that stand in none of them.

        *loose* lets phrases be.
        """
        phrases = () if loose else question.phrases
        if not (question.filters or phrases or question.excluded):
            return None, ()
        allowed = self._filter.allowed_by(question.filters)
        absent = []
        for phrase in phrases:
            standing = self._phrases.standing(phrase)
            if standing.any():
                allowed = allowed & standing
            else:
                absent.append(phrase)
        for phrase in question.excluded:
            allowed = allowed & ~self._phrases.inflected(phrase, analyzer)
        return allowed, tuple(absent)

    def _lines(
        self, terms: QuestionTerms, tokens: Sequence[Token], analyzer: Analyzer
    ) -> tuple[list[Expansion], tuple[tuple[str, str], ...]]:
        """Return which terms of the question have which equivalents on record, and tell of them."""
        matches = self._equivalents.found_in(terms.row)
        for at, (one, other) in enumerate(pairwise(tokens)):
            if other.start - one.stop == 1 and len(tokens) == len(terms.row):
                joined = one.form + other.form
                if joined.isalpha() and self._passages.form(joined) >= 0:
                    # Nothing, if it stands on record in a language other than the question's, and
                    # is a stop word in this.
                    whole = tuple(analyzer.analyse(joined).terms)
                    matches += [Match(at, 2, (whole,))] if whole else []
        lines = []
        expansions: dict[tuple[str, str], None] = {}
        for match in matches:
            asked = terms.row[match.start : match.start + match.length]
            for member in match.others:
                known = (" ".join(asked), " ".join(member)) in expansions
                if not known and self._bm25.postings(key_of(member)):
                    lines.append((asked, member))
                    expansions[" ".join(asked), " ".join(member)] = None
        return lines, tuple(expansions)


def _outside(spans: Sequence[tuple[int, int]], tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the *tokens* that stand in none of *spans*."""
    return tuple(
        one
        for one in tokens
        if not any(start < one.stop and one.start < stop for start, stop in spans)
    )
