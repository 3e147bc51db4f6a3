"""Finds the speaker that a question asks of: the ambassador, in "What did the ambassador say?".

The phrases that ask of a speaker are in ``index/languages/<code>.yaml``, where ``WHO`` stands for
the speaker, ``^`` for the beginning of the question, and ``~`` marks a phrase that may also speak
of something else: "Price on carbon". Their notation is otherwise that of ``question_phrases``.
Whom the record knows, the caller tells; ``narrowing`` decides what follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product, takewhile

import regex

from index.text.folding import fold
from index.text.hanzi import simplified
from index.text.language import Language, language_of
from index.wording.telling import Glance, TellingWords

Span = tuple[int, int]

#: Of a longer question, so many words are read: a speaker is asked of at its beginning.
_MOST_WORDS = 60
#: No name or role has more words, or more characters in a script without spaces.
_LONGEST, _LONGEST_UNSPACED = 7, 12
#: A name that the record does not know has so many words at most, where only its beginning is told.
_LONGEST_UNKNOWN = 3
_WORD = regex.compile(r"['’]s\b|[\w-]+(?:['’](?!s\b)\w+)*|\p{Han}")
_UNSPACED_WORD = regex.compile(r"\p{Han}|[^\W\p{Han}]+")
#: What ends a phrase: "Prime Minister, on the levy" is an address.
_BREAK = re.compile(r"[,;:?!\n]|\w{4}\.\s")
_LETTERS = regex.compile(r"\w+")
_PART = re.compile(r"\[([^\[\]()]+)\]|\(([^\[\]()]+)\)|(\S+)")
_UNSPACED = ("Han", "Thai")
_WHO, _POSSESSIVE = "WHO", "'s"


@dataclass(frozen=True, slots=True)
class Asked:
    """The speaker that a question asks of."""

    #: The (start, stop) of the name or role, and of all words of the phrase that asks.
    name: Span
    phrase: Span
    #: Whether the record knows the speaker.
    known: bool
    #: Whether the words may also speak of something else.
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    form: str
    start: int
    stop: int


def asked_of(
    words: str, language: Language, knows: Callable[[str], bool], among: Iterable[Span] = ()
) -> Asked | None:
    """Return the speaker whom the question *words* asks of, as *language* asks; ``None`` if none.

    *knows* tells whether the record has a speaker of a name or role. The words *among* these spans,
    such as those of a date, are passed over.

    >>> from index.text.language import language_of
    >>> question = "What did the ambassador say about Gwadar?"
    >>> asked = asked_of(question, language_of("en"), "ambassador".__eq__)
    >>> question[slice(*asked.name)]
    'ambassador'
    """
    phrases = _phrases(language.code)
    return phrases.find(words, knows, list(among)) if phrases else None


def may_ask_of(glance: Glance, language: Language) -> bool:
    """Return whether ``asked_of`` may find somebody in the question of which *glance* is seen."""
    phrases = _phrases(language.code)
    return phrases is not None and phrases.telling.may_be_in(glance)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One way to write a phrase: the folded words before the speaker and after."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    at_start: bool
    weak: bool


@dataclass(frozen=True, slots=True)
class _Question:
    """The words of a question, and whom the record knows."""

    text: str
    words: Sequence[_Word]
    knows: Callable[[str], bool]
    #: How many words stand before what is asked: "give me".
    lead: int

    def has(self, forms: tuple[str, ...], begin: int) -> bool:
        """Return whether its words from *begin* on have these *forms*."""
        words = self.words[begin : begin + len(forms)]
        return begin >= 0 and tuple(word.form for word in words) == forms


class _Phrases:
    """The phrases of one language that ask of a speaker; compiled once."""

    def __init__(self, language: Language) -> None:
        self._unspaced = language.script in _UNSPACED
        self._longest = _LONGEST_UNSPACED if self._unspaced else _LONGEST
        self._nobody = language.no_speakers
        self._small = language.stop_words | language.question_words
        self._fillers = language.name_fillers
        #: By the last word before the speaker, then by all of them, then by the first word after;
        #: that is empty if there is none. Phrases without a word before are under an empty word.
        self._phrases: dict[str, dict[tuple[str, ...], dict[str, list[_Phrase]]]] = {}
        phrases = [phrase for line in language.speaker_phrases for phrase in self._expanded(line)]
        # What tells most comes first.
        phrases.sort(key=lambda one: (one.weak, -len(one.before) - len(one.after)))
        for phrase in phrases:
            last, first = (*("",), *phrase.before)[-1], (*phrase.after, "")[0]
            by_before = self._phrases.setdefault(last, {}).setdefault(phrase.before, {})
            by_before.setdefault(first, []).append(phrase)
        lines = [line.strip("~^ ") for line in language.speaker_phrases]
        # "What" and "did" tell little.
        asking = " ".join(
            found[0]
            for line in lines
            for found in (_PART.match(line), _PART.match(line.partition(" ")[2]))
            if found and not line.startswith(_WHO) and not line.endswith(_WHO)
        )
        self.telling = TellingWords(
            (line.replace(_WHO, " ") for line in lines),
            language.script,
            {*language.stop_words, *_LETTERS.findall(asking)},
        )
        self._after_only = self._phrases.pop("", {}).get((), {})

    def find(self, text: str, knows: Callable[[str], bool], among: list[Span]) -> Asked | None:
        """Return the speaker asked of; one whom the record knows before one whom it does not."""
        words = (
            word
            for word in self._words(text)
            if not any(start < word.stop and word.start < stop for start, stop in among)
        )
        first = list(islice(words, _MOST_WORDS))
        lead = sum(1 for _ in takewhile(lambda word: word.form in self._small, first))
        unknown = None
        for asked in self._candidates(_Question(text, first, knows, lead)):
            if _BREAK.search(text, *asked.phrase):
                continue
            if asked.known:
                return asked
            unknown = unknown or asked
        return unknown

    def _candidates(self, question: _Question) -> Iterator[Asked]:
        for at, word in enumerate(question.words):
            for before, by_after in self._phrases.get(word.form, {}).items():
                first = at + 1 - len(before)
                if question.has(before, first):
                    yield from self._between(question, by_after, first, at + 1)
                    for phrase in by_after.get("", ()):
                        if not phrase.at_start or first <= question.lead:
                            yield from self._after(question, phrase, first, at + 1)
            for phrase in self._after_only.get(word.form, ()):
                if at and question.has(phrase.after, at):
                    yield from self._before(question, phrase, at)

    def _between(
        self, question: _Question, by_after: dict[str, list[_Phrase]], first: int, begin: int
    ) -> Iterator[Asked]:
        """Yield who stands between the words before and those of a phrase *by_after*."""
        for end in range(begin + 1, min(begin + self._longest + 1, len(question.words))):
            for phrase in by_after.get(question.words[end].form, ()):
                if question.has(phrase.after, end) and (
                    not phrase.at_start or first <= question.lead
                ):
                    stop = end + len(phrase.after)
                    yield from self._asked(question, phrase, (first, stop), (begin, end))
                    return

    def _after(
        self, question: _Question, phrase: _Phrase, first: int, begin: int
    ) -> Iterator[Asked]:
        """Yield who stands after *phrase*: whom the record knows, or the next words."""
        words = question.words
        for end in range(min(begin + self._longest, len(words)), begin, -1):
            for asked in self._asked(question, phrase, (first, end), (begin, end)):
                if asked.known:
                    yield asked
                    return
        end = begin
        while end < min(len(words), begin + _LONGEST_UNKNOWN) and self._may_be_name(words[end]):
            end += 1
        if end > begin:
            yield from self._asked(question, phrase, (first, end), (begin, end))

    def _before(self, question: _Question, phrase: _Phrase, end: int) -> Iterator[Asked]:
        """Yield whom the record knows before the words of *phrase*, which begin at *end*."""
        lowest = max(0, end - self._longest)
        begins = range(lowest, min(question.lead + 1, end) if phrase.at_start else end)
        for begin in begins:
            stop = end + len(phrase.after)
            for asked in self._asked(question, phrase, (begin, stop), (begin, end)):
                if asked.known:
                    yield asked
                    return

    def _asked(
        self, question: _Question, phrase: _Phrase, whole: Span, name: Span
    ) -> Iterator[Asked]:
        """Yield the speaker whose *name* these words are, if they may be one, without its fillers.

        *whole* and *name* are the first word and the one after the last.
        """
        words = question.words[slice(*name)]
        while words and words[0].form in self._fillers:
            words = words[1:]
        while words and words[-1].form in self._fillers:
            words = words[:-1]
        if not words or words[0].form in self._small:
            return
        span = (words[0].start, words[-1].stop)
        known = question.knows(question.text[slice(*span)])
        may_be_unknown = not phrase.weak and words[0].form not in self._nobody
        if known or (may_be_unknown and not any(map(str.isdigit, question.text[slice(*span)]))):
            all_words = (question.words[whole[0]].start, question.words[whole[1] - 1].stop)
            yield Asked(span, all_words, known, phrase.weak)

    def _may_be_name(self, word: _Word) -> bool:
        several = (self._small, self._nobody, self._fillers)
        return not any(word.form in some for some in several)

    def _words(self, text: str) -> Iterator[_Word]:
        pattern = _UNSPACED_WORD if self._unspaced else _WORD
        for match in pattern.finditer(simplified(text) if self._unspaced else text):
            form = _POSSESSIVE if match[0] in ("'s", "’s") else fold(match[0])
            yield _Word(form, *match.span())

    def _expanded(self, line: str) -> Iterator[_Phrase]:
        """Yield all ways to write the phrase of one *line*."""
        weak = line.startswith("~")
        line = line.removeprefix("~").strip()
        at_start = line.startswith("^")
        line = line.removeprefix("^").strip()
        choices: list[list[str]] = []
        for one_of, optional, word in _PART.findall(line):
            several = (one_of or optional or word).split("|")
            choices.append([*several, ""] if optional else several)
        for chosen in product(*choices):
            before, _, after = " ".join(filter(None, chosen)).partition(_WHO)
            yield _Phrase(
                tuple(one.form for one in self._words(before)),
                tuple(one.form for one in self._words(after)),
                at_start,
                weak,
            )


@cache
def _phrases(code: str) -> _Phrases | None:
    language = language_of(code)
    return _Phrases(language) if language.speaker_phrases else None
