"""Splits a text into terms, each with its offsets in the original text.

The text is split as it is and each word is folded afterwards, because lower-casing can change the
length of a text: offsets never come from folded text. They are in characters (code points), end
exclusive. ``folding`` decides how words are folded, and ``language`` which words only ask.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import NamedTuple

import regex

from index.text.capitals import as_acronym, stands_out
from index.text.folding import fold
from index.text.hangul import pieces, stem_of
from index.text.hanzi import simplified
from index.text.language import (
    Language,
    language_of,
    languages_of_question,
    with_pairs_apart,
)
from index.text.numbers import ONE_WITH, PER_CENT, number_term
from index.text.stemming import stemming
from index.text.words import (
    ENDS_WORD,
    HANGUL,
    OTHER_SCRIPT,
    RUN,
    SPACED_WORD,
    is_indexed_alone,
    word_pattern,
)

#: A longer run or word is read anew each time: what people paste must not fill the memory.
_LONGEST_REMEMBERED = 64
#: So many runs that are not on record are remembered, and then forgotten all at once.
_MOST_ASKED = 2_048
#: What stands one character before the end of a longer word: 5 000, 1/2, per cent, US$.
_BEFORE_END = frozenset("0123456789rRU")
#: Every acronym does, before a possessive.
_ENDS_IN_CAPITAL = re.compile(r"[^\W\d_a-z]\b")
_APOSTROPHE = re.compile("['’]")
_QUESTION_MARK = regex.compile(r"[?？؟]")
_ENDS_SENTENCE = frozenset(".?!。？！؟۔।:;\n")


class Token(NamedTuple):
    """A term and the slice of the text it was made from."""

    start: int
    stop: int
    term: str
    #: The slice folded, but not stemmed.
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """All tokens of one text, as columns of equal length."""

    terms: list[str]
    forms: list[str]
    starts: list[int]
    stops: list[int]

    def tokens(self) -> list[Token]:
        """Return the tokens one by one."""
        columns = zip(self.starts, self.stops, self.terms, self.forms, strict=True)
        return list(map(Token._make, columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a question is about."""

    #: Its tokens, in the question's order.
    tokens: tuple[Token, ...]
    #: The words, as typed, that were dropped because they only ask.
    dropped: tuple[str, ...]
    #: Whether it is keywords and no question: "the Gwadar port", not "Is there a port at Gwadar?".
    keywords_only: bool

    @property
    def terms(self) -> tuple[str, ...]:
        """The tokens' terms."""
        return tuple(token.term for token in self.tokens)


@dataclass(frozen=True, slots=True)
class _Unsure:
    """A run that only the text around explains: it has an acronym, or ends a longer word."""

    #: The term and form of the acronym, if the run is either it or a small word.
    acronym: tuple[str, str] | None
    #: The run's tokens where it is neither an acronym nor the end of a longer word.
    tokens: list[Token]
    #: Whether it may end a longer word.
    ends_word: bool


class Analyzer:
    """Makes terms of the words of one language, and remembers those of all words of a record."""

    def __init__(self, language: Language) -> None:
        """Make terms by the stemmer and stop words of *language*."""
        self.language = language
        self._stem = stemming(language)
        #: Folded words that are something else in capitals: stop words, question words, and "us".
        self._small = language.stop_words | language.question_words | language.homographs
        #: A run as written -> the term and form of the one token that spans it, as with nearly all
        #: runs; or the tokens that it splits into, by offsets in it. Grows with the vocabulary.
        self._known: dict[str, tuple[str, str] | list[Token] | _Unsure] = {}
        #: The same of runs in what is asked, since there is no more to learn; bounded.
        self._asked: dict[str, tuple[str, str] | list[Token] | _Unsure] = {}
        #: A word as written -> its term and form, empty for a stop word, and the acronym that it
        #: may be. Grows with the vocabulary.
        self._forms: dict[str, tuple[str, str, str]] = {}
        self._word = word_pattern(decimal_comma=language.decimal_comma)
        self._whole_words = not language.suffix_after_apostrophe
        self._frozen = False

    def freeze(self) -> None:
        """Remember no more words but for a while: users' questions have no end of new ones."""
        self._frozen = True

    def copied(self) -> Analyzer:
        """Return another that remembers the same words, and may learn more."""
        other: Analyzer = copy(self)
        other._known, other._forms, other._frozen = {**self._known}, {**self._forms}, False
        other._asked = {}
        return other

    def analyse(self, text: str) -> Terms:
        """Return the terms of *text*, stop words left out."""
        if not text.isascii() and OTHER_SCRIPT.search(text):
            return self._split(text)
        terms: list[str] = []
        forms: list[str] = []
        starts: list[int] = []
        stops: list[int] = []
        known, asked = self._known, self._asked
        # What is not remembered is learnt once all the same.
        learnt: dict[str, tuple[str, str] | list[Token] | _Unsure] = {}
        for match in RUN.finditer(text):
            run = match[0]
            if run in known:
                found = known[run]
            elif run in learnt:
                found = learnt[run]
            else:
                # Asked once, as another thread may clear it meanwhile.
                remembered = asked.get(run)
                found = self._learn(run) if remembered is None else remembered
                learnt[run] = found
            if isinstance(found, tuple):
                terms.append(found[0])
                forms.append(found[1])
                starts.append(match.start())
                stops.append(match.end())
            elif found:
                begin = match.start()
                if isinstance(found, _Unsure):
                    begin, found = self._in_context(found, text, match)
                    while starts and starts[-1] >= begin:
                        for column in (terms, forms, starts, stops):
                            column.pop()
                for token in found:
                    terms.append(token.term)
                    forms.append(token.form)
                    starts.append(begin + token.start)
                    stops.append(begin + token.stop)
        return Terms(terms=terms, forms=forms, starts=starts, stops=stops)

    def subject(self, question: str) -> Subject:
        """Return what *question* is about.

        Words and phrases that only ask are dropped, and what makes conversation around them, unless
        there are no others. A subject that chat alone leads to is keywords: "a quote on tea". Two
        numbers in brackets, as in (0,0), are no decimal in any language.
        """
        tokens = self.analyse(with_pairs_apart(question)).tokens()
        language = self.language
        spans = language.question_phrases.spans(question) if language.question_phrases else []
        if language.particles:
            # Their terms are parts of words, so the words are looked up here.
            words = regex.finditer(rf"[{HANGUL}]+", question)
            asking = language.question_words
            spans += [
                word.span()
                for word in words
                if word[0] in asking or stem_of(word[0], language.particles) in asking
            ]
        chat = language.chat.find(question, spans) if language.chat else None
        tries = [spans]
        if chat and (chat.phrases or chat.words):
            tries = [spans + chat.phrases + chat.words, spans + chat.phrases, spans]
        kept = next(filter(None, (self._kept(tokens, one) for one in tries)), ())
        marked = _QUESTION_MARK.search(question) is not None
        if not kept:
            return Subject(tokens=tuple(tokens), dropped=(), keywords_only=not marked)
        left = set(kept)
        dropped = [question[one.start : one.stop] for n, one in enumerate(tokens) if n not in left]
        asks = marked or len(dropped) > 0
        if chat and dropped and kept[-1] - kept[0] == len(kept) - 1:
            asks = not chat.topical and (marked or chat.asks)
        return Subject(
            tokens=tuple(tokens[number] for number in kept),
            dropped=tuple(dropped),
            keywords_only=not asks,
        )

    def _kept(self, tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[int]:
        """Return the numbers of the *tokens* outside *spans* that are no question words."""
        asking, kept = self.language.question_words, []
        # Both are read once, in order, as a hostile question has very many.
        starts = sorted(spans)
        at, reached = 0, -1
        for number, one in enumerate(tokens):
            while at < len(starts) and starts[at][0] < one.stop:
                reached = max(reached, starts[at][1])
                at += 1
            if (one.form not in asking and reached <= one.start) or is_acronym(one):
                kept.append(number)
        return kept

    def _split(
        self,
        text: str,
        capitals: bool | None = None,
        within: tuple[int, int] = (0, sys.maxsize),
    ) -> Terms:
        """Return the terms of *text* that stand *within* a slice of it, in any script.

        *capitals* tells whether words in capitals are acronyms; ``None`` if the text is to tell.
        """
        columns = Terms(terms=[], forms=[], starts=[], stops=[])
        for match in self._word.finditer(text, *within):
            word, kind = match[0], match.lastgroup
            if kind == "unspaced":
                _split_characters(word, match.start(), columns)
                continue
            if kind == "hangul":
                self._split_hangul(word, match.start(), columns)
                continue
            term, form = self._term_of(match, text, capitals)
            if term:
                columns.terms.append(term)
                columns.forms.append(form)
                columns.starts.append(match.start())
                columns.stops.append(match.end())
        return columns

    def _term_of(
        self, match: regex.Match[str], text: str, capitals: bool | None
    ) -> tuple[str, str]:
        """Return the term and form of the word that *match* found in *text*; empty if none."""
        word, forms = match[0], self._forms
        term, form, acronym = (
            forms[word] if word in forms else self._read(word, match.lastgroup or "word")
        )
        if acronym and (stands_out(text, *match.span()) if capitals is None else capitals):
            return (term, acronym) if form in self.language.homographs else (acronym, acronym)
        return term, form

    def _split_hangul(self, run: str, start: int, columns: Terms) -> None:
        """Add the tokens of a Korean *run*, which begins at *start*."""
        korean = language_of("ko")
        if run in korean.stop_words:
            return
        for begin, end in pieces(run, korean.particles):
            columns.terms.append(run[begin:end])
            columns.forms.append(run[begin:end])
            columns.starts.append(start + begin)
            columns.stops.append(start + end)

    def _read(self, word: str, kind: str) -> tuple[str, str, str]:
        """Return what ``_term_form_acronym`` does of a *word* of a *kind*, remembered."""
        if kind == "number":
            number = number_term(word, decimal_comma=self.language.decimal_comma)
            read = (number, number, "")
        elif kind == "percent":
            read = (PER_CENT, "percent", "")
        else:
            read = self._term_form_acronym(word)
        if not self._frozen and len(word) <= _LONGEST_REMEMBERED:
            self._forms[word] = read
        return read

    def _term_form_acronym(self, word: str) -> tuple[str, str, str]:
        """Return the term and form of *word*, empty for a stop word, and the acronym it may be."""
        # Equal strings are kept once: a record has tens of thousands of words.
        form = fold(word if self._whole_words else self._without_suffix(word))
        form = word if form == word else form
        one = ONE_WITH.get(form, form)
        term = self._stem(one) or one
        term = form if term == form else term
        acronym = as_acronym(word) if form in self._small else ""
        return ("", "", acronym) if form in self.language.stop_words else (term, form, acronym)

    def _without_suffix(self, word: str) -> str:
        """Return *word* without the suffix that some languages write after an apostrophe."""
        cut = _APOSTROPHE.search(word, 1)
        return word[: cut.start()] if cut else word

    def _in_context(self, run: _Unsure, text: str, match: re.Match[str]) -> tuple[int, list[Token]]:
        """Return where the word begins that *match* found or found the end of, and its tokens.

        Their offsets are from there.
        """
        start, stop = match.span()
        if run.acronym:
            if text.startswith("$", stop) or not stands_out(text, start, stop):
                return start, run.tokens
            return start, [Token(0, stop - start, *run.acronym)]
        if run.ends_word and text[max(0, start - 2) : start - 1] not in _BEFORE_END:
            return start, run.tokens
        if whole := SPACED_WORD.search(text, max(0, start - _LONGEST_REMEMBERED), stop):
            start = whole.start()
        tokens = self._split(text, within=(start, stop)).tokens()
        return start, [
            one._replace(start=one.start - start, stop=one.stop - start) for one in tokens
        ]

    def _learn(self, run: str) -> tuple[str, str] | list[Token] | _Unsure:
        found: tuple[str, str] | list[Token] | _Unsure
        letters = run if run.isalnum() else run.replace("’", "").replace("'", "")
        if letters.isascii() and (letters.isalpha() or run.isdigit()):
            # It has no other mark, so it is a single word.
            term, form, acronym = self._term_form_acronym(run)
            found = (term, form) if term else []
            unsure = acronym != ""
        else:
            found = _alone(self._split(run, capitals=False).tokens(), run)
            unsure = _ENDS_IN_CAPITAL.search(run) is not None
        if unsure or ENDS_WORD.fullmatch(run):
            found = self._unsure(run, found)
        if len(run) <= _LONGEST_REMEMBERED:
            remembered = self._asked if self._frozen else self._known
            if self._frozen and len(remembered) >= _MOST_ASKED:
                remembered.clear()
            remembered[run] = found
        return found

    def _unsure(
        self, run: str, found: tuple[str, str] | list[Token]
    ) -> tuple[str, str] | list[Token] | _Unsure:
        """Return the readings of *run*, if there is more than the one *found*."""
        tokens = self._split(run, capitals=False).tokens()
        named = self._split(run, capitals=True).tokens()
        if named == tokens:
            return _Unsure(None, tokens, True) if ENDS_WORD.fullmatch(run) else found
        alone = _alone(named, run)
        return _Unsure(alone if isinstance(alone, tuple) else None, tokens, False)


class Analyzers:
    """The analyzers of a record's languages, each built when first needed."""

    def __init__(self, tags: Sequence[str], before: Analyzers | None = None) -> None:
        """Keep the BCP 47 *tags* of a record's languages, the commonest first.

        The words are remembered of those *before*, if there are any.
        """
        #: The tags of the languages, the commonest first.
        self.tags = tags
        self._built: dict[str, Analyzer] = {}
        if before:
            self._built = {code: one.copied() for code, one in list(before._built.items())}
        self._frozen = False

    def of(self, tag: str) -> Analyzer:
        """Return the analyzer of the language that *tag* names."""
        language = language_of(tag)
        if language.code not in self._built:
            self._built[language.code] = Analyzer(language)
            if self._frozen:
                self._built[language.code].freeze()
        return self._built[language.code]

    def freeze(self) -> None:
        """Remember no more words in any language."""
        self._frozen = True
        for analyzer in self._built.values():
            analyzer.freeze()

    def for_question(self, question: str) -> list[Analyzer]:
        """Return the analyzers for *question*: the record's languages in its script, best first.

        A word may be of any of them: a question of one word tells nothing of its language.
        """
        return [self.of(one.code) for one in languages_of_question(question, self.tags)]


def _split_characters(run: str, start: int, columns: Terms) -> None:
    """Add the tokens of a *run* of characters without spaces, which begins at *start*.

    Each pair of neighbouring characters is a token, as most words have two characters; and so is
    each Chinese character, which is often a word by itself, or short for one in a name.
    """
    offsets = []
    last = len(run) - 1
    for offset, character in enumerate(run):
        if last == 0 or is_indexed_alone(character):
            offsets.append((offset, offset + 1))
        if offset < last:
            offsets.append((offset, offset + 2))
    # Nearly all are folded already, which is cheaper to check for all at once.
    folded = run.isalpha() and unicodedata.is_normalized("NFKC", run)
    plain = simplified(run)
    terms = [plain[a:b] if folded else fold(run[a:b]) for a, b in offsets]
    columns.terms.extend(terms)
    columns.forms.extend(terms)
    columns.starts.extend([start + a for a, _ in offsets])
    columns.stops.extend([start + b for _, b in offsets])


def _alone(tokens: list[Token], run: str) -> tuple[str, str] | list[Token]:
    """Return the term and form of the only one of *tokens* that is all of *run*, or *tokens*."""
    if len(tokens) == 1 and (tokens[0].start, tokens[0].stop) == (0, len(run)):
        return tokens[0].term, tokens[0].form
    return tokens


def is_acronym(token: Token) -> bool:
    """Return whether *token* is an acronym of the letters of a small word: WHO, US."""
    return token.form.isupper()


def is_name_or_number(question: str, token: Token) -> bool:
    """Return whether *token* is written as a name or a number: "Gwadar", "the ML-1", "2015".

    A capital at the beginning of a sentence does not count, unless the whole word is in capitals
    and the question is not.
    """
    word = question[token.start : token.stop]
    if is_acronym(token) or (not word.isalpha() and any(map(str.isdigit, word))):
        return True
    if not word[0].isupper():
        return False
    if len(word) > 1 and word.isupper() and not question.isupper():
        return True
    before = question[: token.start].rstrip()
    return bool(before) and before[-1] not in _ENDS_SENTENCE
