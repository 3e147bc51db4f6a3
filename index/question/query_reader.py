"""Reads a question into a query: the terms to search for, and the paragraphs to search.

Misspelt words are corrected, and equivalents of the question's words are searched for as well.
``weights`` decides how much each term counts.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from index.model.answer import Hit, Interpretation
from index.postings.bm25 import Mask, PostingsBM25
from index.postings.exact_phrases import ExactPhrases, missing_from
from index.postings.sentence_index import SentenceIndex
from index.question.alike import Alike, alike_in
from index.question.amounts import Amount, amounts_in
from index.question.beginnings import Beginnings
from index.question.denied import denied_in
from index.question.equivalents import Equivalents, Match, Member, key_of, parts_of
from index.question.long_questions import beginning_of
from index.question.narrowing import NO_NARROWING, Narrower, Narrowing, Scope, outside
from index.question.paragraph_filter import ParagraphFilter
from index.question.query import Query, WordsRead
from index.question.sentences_to_check import QUESTION_MARKS
from index.question.spelling import Spelling
from index.question.syntax import Question
from index.question.weights import SHORT, Expansion, QuestionTerms, Weighting
from index.text.folding import fold
from index.text.language import script_of
from index.text.marks import has_marks
from index.text.terms import Analyzer, Token, is_acronym, is_name_or_number
from index.text.words import is_of_letters

#: A question is read up to this many different terms; a pasted article needs no more. In Chinese,
#: each character and each pair of them is a term, so a long question has over a hundred.
MAX_TERMS = 160
#: Of a question of more tokens, as a long one in Chinese is, only these first are read.
MOST_TOKENS = 2_000
#: In a question of more terms, quotation marks are taken for the writer's, not for an operator.
EXACT_IN = 20
#: Phrases are looked up at so many positions of words in all, some 15 nanoseconds each. In a record
#: of 100,000 paragraphs, these are five pairs of small words.
MOST_POSITIONS = 600_000
#: So few are looked up at more, and one alone always is. In a record of a million paragraphs, these
#: are two pairs of small words.
FEW_PHRASES, MOST_OF_FEW = 3, 2_500_000
#: A question of so many words at least may be a sentence of the record: if it has terms, and if all
#: its words are small. Fewer stand in many sentences that say something else.
MIN_VERBATIM, MIN_SMALL_VERBATIM = 3, 4
#: So many words that stand on record are a sentence of it, and not how somebody asks.
SENTENCE = 5
#: A question of more words is found by its words alone; sooner if it asks something: what officials
#: ask themselves is short.
MOST_VERBATIM, MOST_ASKED = 200, 8
#: What has a phrase of so many words answers, whatever else the question has. A shorter one may be
#: on record by chance: with two, 0.2 % more of the questions about other articles were answered.
LONG_PHRASE = 3
#: In a question of more words, a misspelt word makes no difference and is not corrected.
CORRECTED_IN = 12
#: So many characters mostly tell whether a question is more than stop words.
_FIRST = 120
#: The parts of so many words are cached; a bound, as users may type anything.
_CACHED = 1024


class _Narrowed(NamedTuple):
    """What is read of a question's words, and what they narrow."""

    read: WordsRead
    narrowing: Narrowing
    #: Whether a question that narrows may be a sentence of the record, and where it is one.
    may_stand: bool
    on_record: Mask | None


class QueryReader:
    """Reads the questions asked of one record; built once."""

    def __init__(
        self,
        *,
        analyzers: Callable[[str], list[Analyzer]],
        bm25: PostingsBM25,
        sentence_index: SentenceIndex,
        paragraph_filter: ParagraphFilter,
        phrases: ExactPhrases,
        narrower: Narrower,
        equivalents: Equivalents,
        compounds: Mapping[str, tuple[str, ...]],
        scripts: Container[str],
    ) -> None:
        """Read questions with these parts of an index.

        *analyzers* gives the analyzers for a question, best first, *compounds* the parts of each of
        the record's compounds by the compound as one word, and *scripts* the scripts of its
        statements.
        """
        self._analyzers, self._bm25, self._sentence_index = analyzers, bm25, sentence_index
        self._filter, self._phrases = paragraph_filter, phrases
        self._narrower = narrower
        self._equivalents, self._compounds = equivalents, compounds
        self._scripts = scripts
        self._weighting = Weighting(bm25, sentence_index)
        self._parts_of = lru_cache(maxsize=_CACHED)(lambda word: parts_of(word, bm25))
        self._spelling: Spelling | None = None
        self._beginnings: Beginnings | None = None

    def prepare(self) -> None:
        """Do now what the first misspelt or unfinished word and exact phrase would wait for."""
        self._neighbour("unheardof")
        self._completed("unheardof")
        self._phrases.prepare()

    def read(
        self,
        question: Question,
        *,
        scope: Scope = Scope.ASKED,
        unfinished: bool = False,
        before: Query | None = None,
    ) -> Query:
        """Return what to search for to answer *question*.

        *scope* tells how far its wording narrows what is searched. If it is *unfinished*, its last
        word is the beginning of one, unless it is on record itself. Of a question that is too long,
        only the beginning is read. What was read of the same question *before*, in another scope,
        is not read again.
        """
        beginning, last = beginning_of(question.words)
        if beginning == question.words:
            known = before if before and before.question is question else None
            return self._read(question, scope, unfinished=unfinished, before=known)
        question = replace(question, words=beginning)
        query = self._read(question, scope, unfinished=unfinished and not last)
        return replace(query, interpretation=replace(query.interpretation, read_up_to=last))

    def _read(
        self, question: Question, scope: Scope, *, unfinished: bool, before: Query | None = None
    ) -> Query:
        """Return what to search for to answer *question*, which is not too long."""
        words = question.words
        narrowed = self._narrowed(question, scope, before)
        read, narrowing, on_record = narrowed.read, narrowed.narrowing, narrowed.on_record
        analyzer, others, subject = read.analyzer, read.others, read.subject
        tokens = outside(narrowing.spans, subject.tokens[:MOST_TOKENS])
        amounts = amounts_in(words, tokens, analyzer, self._bm25)
        alike = alike_in(words, tokens, [analyzer, *others], amounts, self._bm25)
        if unfinished and question.text.endswith(words[-1:]):
            alike = self._with_completions(words, tokens, analyzer, alike)
        found, corrected = self._terms(words, tokens, analyzer, alike)
        as_typed = question.only_phrases or len(found.counts) <= EXACT_IN
        phrases = question.phrases if as_typed else ()
        ignored = tuple(f"“{one}”" for one in question.phrases) if not phrases else ()
        excluded: tuple[str, ...] = question.excluded
        if (operators := len(phrases) + len(excluded)) > 1:
            most = MOST_OF_FEW if operators <= FEW_PHRASES else MOST_POSITIONS
            phrases, excluded, omitted = self._affordable(phrases, excluded, most)
            ignored += omitted
        allowed, absent, across = self._allowed(question, phrases, excluded, analyzer, narrowing)
        if allowed is None and _is_order(narrowing, tokens, subject.dropped, analyzer):
            allowed = self._filter.allowed_by(question.filters)
        standing = [phrase for phrase in phrases if phrase not in absent] if phrases else []
        expansions = self._expansions(found, tokens, analyzer)
        if len(found.counts) <= SHORT:
            # Of a longer question, no word must be there.
            amounts += self._acronyms(words, tokens, expansions)
        amounts += self._required(words, tokens, narrowing)
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
        verbatim = None
        if not phrases and max(idf_of_terms, default=0.0) < self._weighting.highest:
            asks = bool(subject.dropped) and words.endswith(QUESTION_MARKS)
            most = MOST_ASKED if asks else MOST_VERBATIM
            fewest = MIN_VERBATIM if terms else MIN_SMALL_VERBATIM
            if fewest <= words.count(" ") + 1 <= most:
                # What stands nowhere does not stand where it is narrowed to.
                verbatim = on_record
                if not narrowed.may_stand:
                    verbatim = self._verbatim(question, analyzer, narrowing)
        return Query(
            question=question,
            terms=terms,
            idf=idf,
            boost=boost,
            named=named,
            postings=self._weighting.query_postings(terms, found, boost, used),
            keywords_only=keywords_only,
            allowed=allowed,
            narrowing=narrowing,
            amounts=amounts,
            marked={n: found.marked[t] for n, t in enumerate(terms) if t in found.marked}
            if found.marked
            else {},
            exact=len(standing) > 0,
            certain=bool(standing) and _certain(question, standing, tokens, analyzer),
            verbatim=verbatim,
            sought=tuple(standing) if verbatim is None else (words,),
            denied=denied_in(words, tokens, terms, analyzer.language),
            interpretation=Interpretation(
                corrected=corrected,
                unparsed=question.unparsed + ignored,
                absent=absent,
                across=across,
                narrowed=question.narrowed,
                foreign=letters and script_of(words) not in self._scripts,
            ),
            tokens=tokens,
            read=read,
            language=analyzer.language.code,
            dropped=subject.dropped,
            expansions=tuple((" ".join(asked), " ".join(other)) for asked, other in expansions),
        )

    def _narrowed(self, question: Question, scope: Scope, before: Query | None) -> _Narrowed:
        """Return what is read of the words of *question*, and what they narrow in this *scope*."""
        words = question.words
        if before:
            read = before.read
        else:
            analyzer, others = self._read_by(words)
            read = WordsRead(analyzer, others, analyzer.subject(words), asked=None)
        tokens = read.subject.tokens[:MOST_TOKENS]
        if scope is Scope.ANYWHERE and read.asked is not None:
            narrowing = read.asked.lifted()
        else:
            narrowing = self._narrower.read(question, tokens, read.analyzer, scope)
        if scope is Scope.ASKED:
            read = WordsRead(read.analyzer, read.others, read.subject, asked=narrowing)
        may_stand = narrowing.narrows and words.count(" ") + 1 >= SENTENCE
        on_record = None
        # What was narrowed before stands nowhere.
        if may_stand and not (before and before.narrowing.narrows):
            on_record = self._verbatim(question, read.analyzer, NO_NARROWING)
        if on_record is not None:
            # A sentence of the record asks of nobody.
            narrowing = self._narrower.read(question, tokens, read.analyzer, Scope.WORDS)
        return _Narrowed(read, narrowing, may_stand, on_record)

    def stands(self, question: Question) -> bool:
        """Return whether the few words of *question* stand on record word for word.

        If they are fewer, they say too little; if they are more, ``read`` narrows nothing then.
        """
        if not MIN_VERBATIM <= question.words.count(" ") + 1 < SENTENCE:
            return False
        question = replace(question, words=beginning_of(question.words)[0])
        analyzer, _ = self._read_by(question.words)
        return self._verbatim(question, analyzer, NO_NARROWING) is not None

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
        if others and not _has_terms(words, best):
            best = next((one for one in others if _has_terms(words, one)), best)
        return best, [one for one in others if one is not best]

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
        known = self._weighting.known
        for read in tokens:
            same = alike.get((read.start, read.stop)) if alike else None
            token = read
            if same and known(read.term).number < 0:
                token = read._replace(term=next(iter(same)))
            # Most words are neither, and quickly told to be.
            plain = token.form.isalpha() and not words[token.start].isupper()
            name = not plain and is_name_or_number(words, token)
            if known(token.term).number < 0:
                if is_acronym(token) and len(tokens) > 1 and _is_stressed(words, token, analyzer):
                    continue
                parts = self._compounds.get(token.form) or self._parts_of(token.term)
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
        """Return where no other word is taken for the acronyms among *tokens*: the US, not us.

        What has neither may still answer: it may say the United States.
        """
        acronyms = [one for one in tokens if one.form.isupper() and one.form != one.term]
        if not acronyms:
            return ()
        expanded = {term for asked, _ in expansions for term in asked}
        found: list[Amount] = []
        for one in {(one.term, one.form): one for one in acronyms}.values():
            if one.term not in expanded:
                like = np.ones(self._bm25.corpus_size, dtype=bool)
                like[self._bm25.having((one.term,))] = False
                like[self._sentence_index.having_form(one.term, one.form)] = True
                written = words[one.start : one.stop]
                found.append(Amount(written, like.nonzero()[0], is_number=False))
        return tuple(found)

    def _required(
        self, words: str, tokens: Sequence[Token], narrowing: Narrowing
    ) -> tuple[Amount, ...]:
        """Return where the words stand that *narrowing* requires, one after the other."""
        found: list[Amount] = []
        for start, stop in narrowing.required:
            within = [one for one in tokens if start <= one.start and one.stop <= stop]
            if any(map(_is_decade, within)):
                continue  # It is written in several ways.
            run = tuple(one.term for one in within)
            if run:
                having = self._bm25.having(run)
                found.append(Amount(words[start:stop], having, is_number=False))
        return tuple(found)

    def _has_no_equivalent(self, token: Token) -> bool:
        """Return whether *token* has no equivalent on record, by which it would be found."""
        return not self._equivalents.found_in([token.term])

    def _neighbour(self, form: str) -> str | None:
        if self._spelling is None:
            self._spelling = Spelling(self._sentence_index.forms)
        return self._spelling.neighbour(form)

    def _completed(self, beginning: str) -> list[str]:
        if self._beginnings is None:
            self._beginnings = Beginnings(self._sentence_index.forms)
        return self._beginnings.completed(beginning)

    def _with_completions(
        self, words: str, tokens: Sequence[Token], analyzer: Analyzer, alike: Alike
    ) -> Alike:
        """Return *alike* with the words on record that the last word of *words* may become.

        There are none if it is on record as it is, or if something stands behind it: what is
        finished is searched for as it is.
        """
        last = tokens[-1] if tokens else None
        if (
            last is None
            or last.stop < len(words)
            or (last.start, last.stop) in alike
            or last.form in analyzer.language.question_words
            or self._bm25.postings(last.term) is not None
            or not self._has_no_equivalent(last)
        ):
            return alike
        completions: dict[str, str] = {}
        for form in self._completed(last.form):
            # None, if the word is of another language and a stop word in this one.
            for one in analyzer.analyse(form).tokens():
                if one.form == form and self._bm25.postings(one.term) is not None:
                    completions.setdefault(one.term, form)
        return {**alike, (last.start, last.stop): completions} if completions else alike

    def _affordable(
        self, phrases: Sequence[str], excluded: Sequence[str], most: int
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Return the *phrases* and the *excluded* ones that are looked up, and what is left out.

        They are looked up at *most* so many positions.

        Those of small words alone stand in very many places, and a hostile question has many.
        """
        chosen: list[list[str]] = [[], []]
        omitted: list[str] = []
        spent = 0
        for number, some in enumerate((phrases, excluded)):
            for phrase in dict.fromkeys(some):
                cost = self._phrases.cost(phrase)
                if spent + cost > most:
                    omitted.append(f"{'-' * number}“{phrase}”")
                else:
                    spent += cost
                    chosen[number].append(phrase)
        return tuple(chosen[0]), tuple(chosen[1]), tuple(omitted)

    def _allowed(
        self,
        question: Question,
        phrases: Sequence[str],
        excluded: Sequence[str],
        analyzer: Analyzer,
        narrowing: Narrowing,
    ) -> tuple[Mask | None, tuple[str, ...], tuple[str, ...]]:
        """Return which paragraphs are searched, and how some *phrases* stand on record.

        The second value is the phrases that no paragraph has, the third those that only reach
        across the end of a paragraph.
        """
        if not (question.filters or phrases or excluded or narrowing.allowed is not None):
            return None, (), ()
        allowed = self._filter.allowed_by(question.filters)
        if narrowing.allowed is not None:
            allowed &= narrowing.allowed
        if excluded:
            allowed &= self._phrases.lacking(excluded, analyzer)
        if not phrases:
            return allowed, (), ()
        together = self._phrases.together(phrases)
        allowed &= together.having
        return allowed, together.absent, together.across

    def _verbatim(
        self, question: Question, analyzer: Analyzer, narrowing: Narrowing
    ) -> Mask | None:
        """Return which paragraphs have all words of *question* side by side, if any has."""
        having = self._phrases.verbatim(question.words, analyzer)
        if having is not None:
            having &= self._filter.allowed_by(question.filters)
            if narrowing.allowed is not None:
                having &= narrowing.allowed
        return having if having is not None and having.any() else None

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
        form_of = self._sentence_index.form
        for at, (one, other) in enumerate(pairwise(tokens)):
            whole = one.form + other.form
            if other.start - one.stop != 1 or form_of(whole) < 0 or not is_of_letters(whole):
                continue
            # No term, if the word on record is of another language and a stop word in this one.
            if member := tuple(analyzer.analyse(whole).terms):
                yield Match(at, 2, (member,))


def _has_terms(words: str, analyzer: Analyzer) -> bool:
    """Return whether *words* are more than stop words in the language of *analyzer*.

    Mostly the first few tell.
    """
    first = words[:_FIRST].rpartition(" ")[0] if len(words) > _FIRST else ""
    return bool((first and analyzer.analyse(first).terms) or analyzer.analyse(words).terms)


def _certain(
    question: Question, standing: Sequence[str], tokens: Sequence[Token], analyzer: Analyzer
) -> bool:
    """Return whether what has the phrases *standing* on record answers *question* for certain."""
    if question.only_phrases or any(len(one.split()) >= LONG_PHRASE for one in standing):
        return True
    quoted = {term for one in standing for term in analyzer.analyse(one).terms}
    return all(token.term in quoted for token in tokens)


def _is_order(
    narrowing: Narrowing, tokens: Sequence[Token], dropped: Sequence[str], analyzer: Analyzer
) -> bool:
    """Return whether an order is all that is asked for: "the latest", "newest statement".

    "When did it last change?" asks for a fact, of something that is not told.
    """
    if narrowing.order is None or tokens:
        return False
    return analyzer.language.fact_words.isdisjoint(map(fold, dropped))


def _is_decade(token: Token) -> bool:
    return token.form[0].isdigit() and not token.form.isdigit()


def _is_stressed(words: str, token: Token, analyzer: Analyzer) -> bool:
    """Return whether the acronym *token* may be a small word that is only stressed: "WHEN is it?".

    It is a name after a word such as "the" or "of".
    """
    before = words[: token.start].split()
    return not before or fold(before[-1]) not in analyzer.language.stop_words
