"""Splits a text into terms, each with its offsets in the original text.

The text is split as it is and each word is folded afterwards, because lower-casing can change the
length of a text: offsets never come from folded text. They are in characters (code points), end
exclusive. ``folding`` decides how words are folded, and ``language`` which words only ask.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import regex

from index.text.folding import fold
from index.text.language import Language, language_of, languages_of_question
from index.text.stemming import stemming

#: Scripts without spaces, as in a character class; their runs are split into overlapping pairs of
#: characters.
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_INITIAL = rf"[\p{{L}}--[{UNSPACED}]]"
_WORD = regex.compile(
    rf"""(?V1)
    (?P<unspaced> [{UNSPACED}]+ )
  | (?: {_INITIAL} (?:\.{_INITIAL})+ (?![\w--_]) \.? )     # U.S., H.E., U.N
  | (?: \d{{1,3}} (?:,\d{{3}})+ (?:\.\d+)? (?![\w--_]) ) # 1,000 and 1,000.5
  | (?: \d+ \.\d+ (?![\w--_]) )                          # 26.5
  | (?: (?![\u200c\u200d]) [[\w]--[_{UNSPACED}]]+ (?: ['’] [[\w]--[_{UNSPACED}]]+ )* )
    """,
    regex.VERBOSE,
)
#: A run of letters and digits with single marks among them: a word, or a few words that ``_WORD``
#: separates. Finding runs is three times as fast, and most are known words.
_RUN = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?|[^\W_]+(?:[.,'’][^\W_]+)*")
#: Letters and marks of scripts other than Latin, Greek and Cyrillic, which ``_RUN`` may break, and
#: joiners and circled letters, which only ``_WORD`` takes for parts of words.
_OTHER_SCRIPT = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0530-\u1dff\u20d0-\u20ff\u2c00-\U0010ffff"
    r"\u200c\u200d\u203f\u2040\u2054\u24b6-\u24e9]"
)
_QUESTION_MARK = regex.compile(r"[?？؟]")
_ENDS_SENTENCE = frozenset(".?!。？！؟۔।:;\n")


@dataclass(frozen=True, slots=True)
class Token:
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
        return [Token(*token) for token in columns]


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


class Analyzer:
    """Makes terms of the words of one language, and remembers those of all words of a record."""

    def __init__(self, language: Language) -> None:
        """Make terms by the stemmer and stop words of *language*."""
        self.language = language
        self._stem = stemming(language)
        #: A run as written -> the term and form of the one token that spans it, as with nearly all
        #: runs; or the tokens that it splits into, by offsets in it. Grows with the vocabulary.
        self._known: dict[str, tuple[str, str] | list[Token]] = {}
        #: A word as written -> its term and form, empty for a stop word. Grows with the vocabulary.
        self._forms: dict[str, tuple[str, str]] = {}
        self._frozen = False

    def freeze(self) -> None:
        """Remember no more words: users' questions have no end of new ones."""
        self._frozen = True

    def spellings(self) -> Iterator[tuple[str, str, str]]:
        """Yield each remembered word as written, with its term and form.

        A word of several terms is yielded with each, and a word of none with empty ones.
        """
        for run, found in self._known.items():
            if isinstance(found, tuple):
                yield run, *found
            elif found:
                for token in found:
                    yield run, token.term, token.form
            else:
                yield run, "", ""
        for word, (term, form) in self._forms.items():
            yield word, term, form

    def analyse(self, text: str) -> Terms:
        """Return the terms of *text*, stop words left out."""
        if _OTHER_SCRIPT.search(text):
            return self._split(text)
        terms: list[str] = []
        forms: list[str] = []
        starts: list[int] = []
        stops: list[int] = []
        known = self._known
        for match in _RUN.finditer(text):
            run = match[0]
            found = known[run] if run in known else self._learn(run)
            if isinstance(found, tuple):
                terms.append(found[0])
                forms.append(found[1])
                starts.append(match.start())
                stops.append(match.end())
            elif found:
                begin = match.start()
                for token in found:
                    terms.append(token.term)
                    forms.append(token.form)
                    starts.append(begin + token.start)
                    stops.append(begin + token.stop)
        return Terms(terms=terms, forms=forms, starts=starts, stops=stops)

    def subject(self, question: str) -> Subject:
        """Return what *question* is about.

        Words and phrases that only ask are dropped, unless there are no others.
        """
        tokens = self.analyse(question).tokens()
        language = self.language
        spans = language.question_phrases.spans(question) if language.question_phrases else []
        kept, dropped = [], []
        for token in tokens:
            within = any(start < token.stop and token.start < stop for start, stop in spans)
            word = question[token.start : token.stop]
            if within or token.form in language.question_words:
                dropped.append(word)
            else:
                kept.append(token)
        keywords_only = not dropped and not _QUESTION_MARK.search(question)
        return Subject(
            tokens=tuple(kept or tokens),
            dropped=tuple(dropped if kept else ()),
            keywords_only=keywords_only,
        )

    def _split(self, text: str) -> Terms:
        """Return the terms of *text*, in any script."""
        columns = Terms(terms=[], forms=[], starts=[], stops=[])
        forms = self._forms
        for match in _WORD.finditer(text):
            word = match[0]
            if match.lastgroup:
                _split_characters(word, match.start(), columns)
                continue
            term, form = forms[word] if word in forms else self._read(word)
            if term:
                columns.terms.append(term)
                columns.forms.append(form)
                columns.starts.append(match.start())
                columns.stops.append(match.end())
        return columns

    def _read(self, word: str) -> tuple[str, str]:
        """Return the term and form of *word*, remembered; empty for a stop word."""
        found = self._term_and_form(word)
        if not self._frozen:
            self._forms[word] = found
        return found

    def _term_and_form(self, word: str) -> tuple[str, str]:
        # Equal strings are kept once: a record has tens of thousands of words.
        form = fold(word)
        form = word if form == word else form
        term = self._stem(form) or form
        term = form if term == form else term
        return ("", "") if form in self.language.stop_words else (term, form)

    def _learn(self, run: str) -> tuple[str, str] | list[Token]:
        found: tuple[str, str] | list[Token]
        if run.isascii() and run.isalnum():
            # It has no mark, so it is a single word.
            known = self._term_and_form(run)
            found = known if known[0] else []
        else:
            found = tokens = self._split(run).tokens()
            if len(tokens) == 1 and (tokens[0].start, tokens[0].stop) == (0, len(run)):
                found = (tokens[0].term, tokens[0].form)
        if not self._frozen:
            self._known[run] = found
        return found


class Analyzers:
    """The analyzers of a record's languages, each built when first needed."""

    def __init__(self, tags: Sequence[str]) -> None:
        """Keep the BCP 47 *tags* of a record's languages, the commonest first."""
        self._tags = tags
        self._built: dict[str, Analyzer] = {}
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

    def spellings(self) -> Iterator[tuple[str, str, str]]:
        """Yield each remembered word, as ``Analyzer.spellings`` does."""
        return chain.from_iterable(one.spellings() for one in self._built.values())

    def for_question(self, question: str) -> list[Analyzer]:
        """Return the analyzers for *question*: the record's languages in its script, best first.

        A word may be of any of them: a question of one word tells nothing of its language.
        """
        return [self.of(one.code) for one in languages_of_question(question, self._tags)]


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
    terms = [run[a:b] if folded else fold(run[a:b]) for a, b in offsets]
    columns.terms.extend(terms)
    columns.forms.extend(terms)
    columns.starts.extend([start + a for a, _ in offsets])
    columns.stops.extend([start + b for _, b in offsets])


def is_indexed_alone(character: str) -> bool:
    """Return whether a *character* of a script without spaces is a term wherever it stands."""
    return "\u3400" <= character < "\ua000" or character >= "\U00020000"


def is_name_or_number(question: str, token: Token) -> bool:
    """Return whether *token* is written as a name or a number: "Gwadar", "the ML-1", "2015".

    A capital at the beginning of a sentence does not count.
    """
    first = question[token.start]
    if any(map(str.isdigit, question[token.start : token.stop])):
        return True
    if not first.isupper():
        return False
    before = question[: token.start].rstrip()
    return bool(before) and before[-1] not in _ENDS_SENTENCE
