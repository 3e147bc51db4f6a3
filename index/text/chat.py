"""Finds what only makes conversation around a subject: "hey, any quotes on tea? thanks".

Such words are common in statements, too. So they are found only at the beginning and the end of a
question, and in clauses that have nothing else: "statement on tea", but not "statement of account".
The phrases of a language are in its file, in the notation of ``question_phrases``:

    openings    ask, or make conversation, at the beginning of a clause or after one another
    frames      lead to the subject, also after question words: "is there a *statement on* tea"
    endings     follow the subject: "tea *for me*"
    labels      say what is sought, after a subject that no question word stands before:
                "tea *quotes*", but not "who issued the quotes"
    names       have such words and are subjects: "search and rescue"

Of words, there are so many combinations that only the words are listed:

    words       lead to the subject if one of the links follows: "*your very words* on tea"; a
                clause of nothing else is chat: "tea, *my editor needs it*"
    links       "on", "about"
    postpositions   are links that stand before them: "tea *on what word is*"

``terms`` drops what is found, unless there is nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import regex

from index.text.compounds import HYPHENS
from index.text.folding import fold
from index.text.question_phrases import (
    QuestionPhrases,
    after_phrase,
    any_of,
    before_phrase,
    in_one_form,
    is_unspaced,
    question_phrases,
    words_at_edge,
)

#: The kinds of phrases, and of words.
KINDS = ("openings", "frames", "endings", "labels", "names")
WORDS = ("words", "links", "postpositions")
#: The longest ending: in words or, in a script without spaces, characters; and in characters.
_MOST_WORDS, _MOST_CHARACTERS, _LONGEST = 8, 14, 100
#: At most so many clauses are tried from the beginning, and from the end: people write no more
#: around a subject.
_MOST_CLAUSES = 4
#: At most so many words and phrases are read at the end of a question.
_MOST_AROUND = 60
#: A dot or a comma within a word or a number ends no clause.
_CLAUSE_END = re.compile(r"[?!،؛؟۔，；：？！。।…\n]|[,.:;](?!\w)|(?<=\s)[-–—](?=\s)")
_WORD, _LAST_WORD = regex.compile(r"[\w'’]+"), regex.compile(r"(?r)[\w'’]+")
#: A run of letters and digits, which is a word or a part of one.
_RUN = re.compile(r"[^\W_]+")
#: What joins a word to the next, so that it is no chat: re-opened, search-and-rescue.
_HYPHEN = f"[{HYPHENS}]"
_JOINED = re.compile(rf"\w{_HYPHEN}\w")
_CHARACTER = regex.compile(r"\w")

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """The chat of one question."""

    #: The (start, stop) of each phrase, and of each word that is listed by itself, in any order.
    phrases: list[_Span]
    words: list[_Span]
    #: Whether chat that names no more than a subject stands beside it: "a quote on".
    topical: bool
    #: Whether question words stand around the subject that are no chat.
    asks: bool


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The phrases of one kind."""

    pattern: re.Pattern[str]
    #: The words nearest to the edge of the question with which they begin or end; ``None`` for any.
    edge: frozenset[str] | None

    def may_stand_at(self, word: str) -> bool:
        """Return whether one of them may have the folded *word* nearest to the edge: most not."""
        return self.edge is None or word in self.edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """Finds the chat in the questions of one language."""

    openings: _Phrases | None
    frames: _Phrases | None
    endings: _Phrases | None
    labels: _Phrases | None
    names: QuestionPhrases | None
    #: Folded words.
    words: Collection[str]
    links: Collection[str]
    postpositions: Collection[str]
    #: Folded words that only ask as well, and that are not indexed: chat goes on after them.
    question_words: Collection[str]
    stop_words: Collection[str]
    unspaced: bool

    def find(self, question: str, asking: Sequence[_Span]) -> Found:
        """Return the chat in *question*; the slices *asking* are known to only ask."""
        reader = _Reader(self, question, asking)
        clauses = _clauses(reader.text)
        found = Found([], [], topical=False, asks=False)
        if not clauses:
            return found
        first, last = 0, len(clauses) - 1
        while first < min(last, _MOST_CLAUSES) and reader.is_chat(clauses[first], found):
            first += 1
        while first < last and len(clauses) - last <= _MOST_CLAUSES:
            if not reader.is_chat(clauses[last], found):
                break
            last -= 1
        lead = reader.lead(*clauses[first])
        tail = reader.tail(lead.end, clauses[last][1], labels=first == last and not lead.asks)
        return Found(
            found.phrases + lead.phrases + tail.phrases,
            found.words + lead.words + tail.words,
            topical=lead.topical or tail.topical,
            asks=lead.asks or tail.asks,
        )


def chat(
    phrases: Mapping[str, Iterable[str]],
    words: Mapping[str, Collection[str]],
    script: str,
    *,
    question_words: Collection[str] = (),
    stop_words: Collection[str] = (),
) -> Chat | None:
    """Return a finder of *phrases* and folded *words*, by their kinds; ``None`` if there are none.

    *question_words* and *stop_words* are folded. Raises ``ValueError`` for a phrase that is not in
    the notation.

    >>> found = chat({"openings": ["hey"], "frames": ["quotes on"]}, {}, "Latin")
    >>> found.find("Hey, quotes on tea", ()).phrases
    [(0, 3), (5, 14)]
    """
    of_kind = {kind: list(phrases.get(kind, ())) for kind in KINDS}
    if not any(of_kind.values()) and not any(words.values()):
        return None

    def read(kind: str, before: str, after: str, *, last: bool) -> _Phrases | None:
        either = any_of(of_kind[kind], script, by_words=True)
        if not either:
            return None
        edge = words_at_edge(of_kind[kind], script, last=last)
        return _Phrases(re.compile(f"{before}({either}){after}"), edge)

    after = after_phrase(script) + rf"(?!{_HYPHEN}\w)"
    begins, ends = (lead + before_phrase(script) for lead in (r"[\W_]*+", rf"(?<!\w{_HYPHEN})"))
    return Chat(
        openings=read("openings", begins, after, last=False),
        frames=read("frames", begins, after, last=False),
        endings=read("endings", ends, r"\Z", last=True),
        labels=read("labels", ends, r"\Z", last=True),
        names=question_phrases(of_kind["names"], script),
        words=words.get("words", ()),
        links=words.get("links", ()),
        postpositions=words.get("postpositions", ()),
        question_words=question_words,
        stop_words=stop_words,
        unspaced=is_unspaced(script),
    )


@dataclass(slots=True)
class _Edge:
    """What stands at the beginning or the end of a text and is no subject."""

    #: How far chat reaches, and words that only ask or are not indexed.
    end: int
    #: How far these reach with words that may be chat.
    reached: int
    phrases: list[_Span] = field(default_factory=list)
    words: list[_Span] = field(default_factory=list)
    #: Words that are chat if a link follows, or nothing else.
    pending: list[_Span] = field(default_factory=list)
    #: Whether there is a question word.
    asks: bool = False
    topical: bool = False
    #: Whether numbers may be chat.
    numbers: bool = False

    def add_phrase(self, phrase: _Span, reached: int) -> None:
        """Add a *phrase*; *reached* is the end of it that is nearer to the subject."""
        self.phrases.append(phrase)
        self.commit(reached)

    def commit(self, reached: int) -> None:
        """Take the pending words for chat, up to where it *reached*."""
        self.words += self.pending
        self.pending.clear()
        self.end = self.reached = reached
        self.topical = True

    def skip(self, reached: int) -> None:
        """Pass over a word that only asks or is not indexed."""
        self.reached = reached
        if not self.pending:
            self.end = reached


class _Reader:
    """Reads the clauses of one question."""

    def __init__(self, chat: Chat, question: str, asking: Sequence[_Span]) -> None:
        self._chat, self._question, self.text = chat, question, in_one_form(question)
        self._shouts = question.isupper()
        self._asking = dict(asking)
        self._asked = {stop: start for start, stop in asking}

    @cached_property
    def _names(self) -> list[_Span]:
        """The slices that have words of chat and are names, looked for where such words stand."""
        return self._chat.names.spans(self._question) if self._chat.names else []

    def is_chat(self, clause: _Span, found: Found) -> bool:
        """Return whether *clause* has nothing but chat; then add that to *found*."""
        lead = self.lead(*clause, whole=True)
        edges = [lead]
        if _CHARACTER.search(self.text, lead.reached, clause[1]):
            # Nothing is a label where there is no subject.
            edges.append(self.tail(lead.reached, clause[1], labels=False))
            if _CHARACTER.search(self.text, lead.reached, edges[1].reached):
                return False
        words = [word for edge in edges for word in (*edge.words, *edge.pending)]
        numbers = [word for word in words if self._is_number(*word)]
        if numbers and len(numbers) == len(words):
            return False
        found.phrases.extend(phrase for edge in edges for phrase in edge.phrases)
        found.words.extend(words)
        return True

    def lead(self, start: int, stop: int, *, whole: bool = False) -> _Edge:
        """Return the chat that the text from *start* to *stop* begins with.

        If that may be the *whole* of it, numbers are chat beside its words: "I file at 5".
        """
        chat, edge, opens = self._chat, _Edge(start, start, numbers=whole), True
        while edge.reached < stop:
            word = self._first_word(edge.reached, stop)
            if word is None:
                break
            kinds = (chat.openings, chat.frames) if opens else (chat.frames,)
            if phrase := self._phrase_at(kinds, edge.reached, stop):
                edge.add_phrase(phrase, phrase[1])
                continue
            opens = False
            if word[0] in self._asking:
                edge.skip(self._asking[word[0]])
                edge.asks, edge.topical = True, False
            elif chat.unspaced:
                # Words cannot be told apart, but a clause can be one.
                rest = self.text[word[0] : stop].rstrip()
                if not whole or rest not in chat.words:
                    break
                edge.pending.append((word[0], word[0] + len(rest)))
                edge.reached = stop
            elif not self._read_word(word, edge, chat.links, word[1]):
                break
        return edge

    def tail(self, start: int, stop: int, *, labels: bool) -> _Edge:
        """Return the chat that the text from *start* to *stop* ends with."""
        chat, edge = self._chat, _Edge(stop, stop)
        for _ in range(_MOST_AROUND):
            word = self._last_word(start, edge.reached)
            if word is None:
                break
            last, stop = word
            ending = self._begin(chat.endings, start, word)
            label = None
            if labels and ending is None and not edge.asks:
                label = self._begin(chat.labels, start, word)
            if ending is not None:
                led = edge.topical
                edge.add_phrase((ending, stop), ending)
                edge.topical = led
            elif label is not None and self._is_subject(self._last_word(start, label)):
                edge.add_phrase((label, stop), label)
            elif stop in self._asked:
                edge.skip(max(start, self._asked[stop]))
            elif chat.unspaced or not self._read_word(word, edge, chat.postpositions, last):
                break
        return edge

    def _read_word(self, word: _Span, edge: _Edge, links: Collection[str], reached: int) -> bool:
        """Read a *word* that stands by itself into *edge*; return whether it is no subject."""
        chat, form = self._chat, fold(self.text[slice(*word)])
        asks = form in chat.question_words
        if form in links:
            if not asks and form not in chat.stop_words:
                edge.words.append(word)
            led = edge.topical or bool(edge.pending)
            edge.commit(reached)
            edge.topical = led
        elif asks or form in chat.stop_words:
            edge.skip(reached)
            edge.asks, edge.topical = edge.asks or asks, edge.topical and not asks
        elif (form in chat.words and self._may_be_chat(*word)) or (
            edge.numbers and self._is_number(*word)
        ):
            edge.pending.append(word)
            edge.reached, edge.topical = reached, False
        else:
            return False
        return True

    def _phrase_at(self, kinds: Iterable[_Phrases | None], start: int, stop: int) -> _Span | None:
        """Return the slice of the longest phrase of these *kinds* that stands next from *start*."""
        run = _RUN.search(self.text, start, stop)
        first = fold(run[0]) if run else ""
        longest: _Span | None = None
        for phrases in kinds:
            if phrases and phrases.may_stand_at(first):
                found = phrases.pattern.match(self.text, start, stop)
                if found and not self._is_name(*found.span(1)):
                    longest = max(longest or found.span(1), found.span(1), key=_stop)
        return longest

    def _begin(self, phrases: _Phrases | None, start: int, last: _Span) -> int | None:
        """Return where the longest of *phrases* begins, from *start* on, that ends as *last* does.

        *last* is the slice of a word.
        """
        if phrases is None:
            return None
        runs = _RUN.findall(self.text, *last)
        if not phrases.may_stand_at(fold(runs[-1]) if runs else ""):
            return None
        words = self._last_words(start, last[1])
        found = phrases.pattern.search(self.text, words[0][0], last[1])
        return found.start() if found and not self._is_name(*found.span()) else None

    def _is_subject(self, word: _Span | None) -> bool:
        """Return whether *word* may be of a subject: not "of", in "date of issue"."""
        return word is not None and fold(self.text[slice(*word)]) not in self._chat.stop_words

    def _is_name(self, start: int, stop: int) -> bool:
        """Return whether something that is no chat has a part of the slice."""
        number = bisect_left(self._names, (stop, 0)) - 1
        return number >= 0 and start < self._names[number][1]

    def _may_be_chat(self, start: int, stop: int) -> bool:
        """Return whether the word at the slice is no acronym, and no part of another word or name.

        Words in capitals are no acronyms if all of the question is in capitals.
        """
        if self._is_name(start, stop) or _JOINED.search(self.text, max(0, start - 2), stop + 2):
            return False
        return self._shouts or not self._question[start:stop].isupper()

    def _is_number(self, start: int, stop: int) -> bool:
        """Return whether the slice begins with a digit, and stands between spaces: no 12%."""
        around = self.text[max(0, start - 1) : start] + self.text[stop : stop + 1]
        return self.text[start].isdigit() and (not around or around.isspace())

    def _first_word(self, start: int, stop: int) -> _Span | None:
        """Return the first word from *start* to *stop*, or character of a script without spaces."""
        found = (_CHARACTER if self._chat.unspaced else _WORD).search(self.text, start, stop)
        return found.span() if found else None

    def _last_word(self, start: int, stop: int) -> _Span | None:
        """Return the last word from *start* to *stop*, or character, as ``_first_word`` does."""
        if self._chat.unspaced:
            return next(iter(self._last_words(start, stop)[-1:]), None)
        found = _LAST_WORD.search(self.text, max(start, stop - _LONGEST), stop)
        return found.span() if found else None

    def _last_words(self, start: int, stop: int) -> list[_Span]:
        """Return the last words from *start* to *stop*, as many as an ending may have."""
        if self._chat.unspaced:
            found = _CHARACTER.finditer(self.text, max(start, stop - 2 * _MOST_CHARACTERS), stop)
            return [one.span() for one in found][-_MOST_CHARACTERS:]
        found = _WORD.finditer(self.text, max(start, stop - _LONGEST), stop)
        return [one.span() for one in found][-_MOST_WORDS:]


def _stop(span: _Span) -> int:
    return span[1]


def _clauses(text: str) -> list[_Span]:
    """Return the slices of the clauses of *text* that have a letter or digit."""
    ends = [match.span() for match in _CLAUSE_END.finditer(text)]
    if not ends:
        return [(0, len(text))]
    starts = [0, *(stop for _, stop in ends)]
    stops = [*(start for start, _ in ends), len(text)]
    return [one for one in zip(starts, stops, strict=True) if _has_character(text, *one)]


def _has_character(text: str, start: int, stop: int) -> bool:
    """Return whether the slice of *text* has a letter or digit; mostly its first tells."""
    return start < stop and (text[start].isalpha() or bool(_CHARACTER.search(text, start, stop)))
