"""Finds the speaker that a question asks of: the ambassador, in "What did the ambassador say?".

The phrases that ask of a speaker are in ``index/languages/<code>.yaml``, where ``WHO`` stands for
the speaker, ``^`` for the beginning of the question, and ``~`` marks a phrase that may also speak
of something else: "Price on carbon". ``...`` are any words, so that a verb at the end of a sentence
is found: ``WHO نے ... کہا``. Their notation is otherwise that of ``question_phrases``.
Whom the record knows, the caller tells; ``narrowing`` decides what follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product, takewhile
from operator import attrgetter
from typing import NamedTuple

import regex

from index.model.answer import Span
from index.text.folding import fold
from index.text.hanzi import simplified
from index.text.language import Language, language_of
from index.text.question_phrases import PART, is_unspaced
from index.wording.telling import Glance, TellingWords

#: Of a longer question, so many words are read: a speaker is asked of at its beginning.
_MOST_WORDS = 60
#: No name or role has more words, or more characters in a script without spaces.
_LONGEST, _LONGEST_UNSPACED = 7, 12
#: A name that the record does not know has so many words at most, where only its beginning is told.
_LONGEST_UNKNOWN = 3
_WORD = regex.compile(r"['’]s\b|[\w-]+(?:['’](?!s\b)\w+)*|\p{Han}")
_UNSPACED_WORD = regex.compile(r"\p{Han}|[^\W\p{Han}]+")
#: What ends a phrase: "Prime Minister, on the levy" is an address.
_BREAK = re.compile(r"[,;:?!，；：？！。\n]|\w{4}\.\s")
_LETTERS = regex.compile(r"\w+")
#: The characters of a name that the record does not know, in a script without spaces.
_UNKNOWN_UNSPACED = range(2, 4)
_WHO, _POSSESSIVE, _ANY_WORDS = "WHO", "'s", "..."
#: What stands before a name that begins with a vowel, written together with it: l'ambassadeur.
_ELIDED = re.compile(r"(?:[ld]|qu)['’](?=\w{3})", re.IGNORECASE)


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
    #: The (start, stop) of words of the phrase that stand apart: a verb at the end.
    apart: Span | None = None


class _Word(NamedTuple):
    form: str
    start: int
    stop: int


def asked_of(
    words: str,
    language: Language,
    knows: Callable[[str], bool],
    among: Iterable[Span] = (),
    *,
    begins: int = 0,
) -> Asked | None:
    """Return the speaker whom the question *words* asks of, as *language* asks; ``None`` if none.

    *knows* tells whether the record has a speaker of a name or role. The words *among* these spans,
    such as those of a date, are passed over. What stands before the offset *begins* only leads to
    the question: "give me".

    >>> from index.text.language import language_of
    >>> question = "What did the ambassador say about Gwadar?"
    >>> asked = asked_of(question, language_of("en"), "ambassador".__eq__)
    >>> question[slice(*asked.name)]
    'ambassador'
    """
    phrases = _phrases(language.code)
    return phrases.find(words, knows, list(among), begins) if phrases else None


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
    #: Words that stand somewhere after these.
    later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Question:
    """The words of a question, and whom the record knows."""

    text: str
    words: Sequence[_Word]
    knows: Callable[[str], bool]
    #: How many words stand before what is asked: "give me".
    lead: int
    #: All its words, also those that are passed over.
    everything: Sequence[_Word]
    #: The forms of the former, and of the latter.
    forms: tuple[str, ...]
    all_forms: tuple[str, ...]

    def has(self, forms: tuple[str, ...], begin: int) -> bool:
        """Return whether its words from *begin* on have these *forms*."""
        return begin >= 0 and self.forms[begin : begin + len(forms)] == forms

    def later(self, forms: tuple[str, ...], stop: int) -> Span | None:
        """Return where words of these *forms* follow one another behind the offset *stop*."""
        size = len(forms)
        at = bisect_left(self.everything, stop, key=attrgetter("start"))
        while forms[0] in self.all_forms[at:]:
            at = self.all_forms.index(forms[0], at)
            if self.all_forms[at : at + size] == forms:
                return self.everything[at].start, self.everything[at + size - 1].stop
            at += 1
        return None


class _Phrases:
    """The phrases of one language that ask of a speaker; compiled once."""

    def __init__(self, language: Language) -> None:
        self._unspaced = is_unspaced(language.script)
        self._longest = _LONGEST_UNSPACED if self._unspaced else _LONGEST
        self._nobody = language.no_speakers
        self._surnames = language.surnames
        #: Words that add nothing to a name: side, government.
        self._beside_names = {fold(one) for one, same in language.same_speakers if not same}
        self._small = language.stop_words | language.question_words
        #: Each as the forms of its words: of its characters, in a script without spaces.
        self._fillers = {
            tuple(word.form for word in self._words(one)) for one in language.name_fillers
        }
        self._longest_filler = max(map(len, self._fillers), default=0)
        #: The first words of the fillers, and the last.
        self._filler_begins = {forms[0] for forms in self._fillers if forms}
        self._filler_ends = {forms[-1] for forms in self._fillers if forms}
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
            for found in (PART.match(line), PART.match(line.partition(" ")[2]))
            if found and not line.startswith(_WHO) and not line.endswith(_WHO)
        )
        self.telling = TellingWords(
            (line.replace(_WHO, " ").replace(_ANY_WORDS, " ") for line in lines),
            language.script,
            {*language.stop_words, *_LETTERS.findall(asking)},
        )
        self._after_only = self._phrases.pop("", {}).get((), {})

    def find(
        self, text: str, knows: Callable[[str], bool], among: list[Span], begins: int
    ) -> Asked | None:
        """Return the speaker asked of; one whom the record knows before one whom it does not."""
        everything = list(islice(self._words(text), _MOST_WORDS))
        words = everything
        if among:
            words = [
                word
                for word in everything
                if not any(start < word.stop and word.start < stop for start, stop in among)
            ]
        question = _Question(
            text=text,
            words=words,
            # Many phrases may stand beside the same name.
            knows=cache(knows),
            lead=sum(
                1
                for _ in takewhile(
                    lambda word: word.form in self._small or word.start < begins, words
                )
            ),
            everything=everything,
            forms=tuple(word.form for word in words),
            all_forms=tuple(word.form for word in everything),
        )
        unknown = None
        for asked in self._candidates(question):
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
                    # "The State Department think" goes on after "state", which is a verb, too.
                    stop = end + len(phrase.after)
                    yield from self._asked(question, phrase, (first, stop), (begin, end))
                    break

    def _after(
        self, question: _Question, phrase: _Phrase, first: int, begin: int
    ) -> Iterator[Asked]:
        """Yield who stands after *phrase*: whom the record knows, or the next words."""
        words = question.words
        for end in range(min(begin + self._longest, len(words)), begin, -1):
            if _BREAK.search(question.text, words[begin].start, words[end - 1].stop):
                continue
            for asked in self._asked(question, phrase, (first, end), (begin, end)):
                if asked.known:
                    yield asked
                    return
        if self._unspaced:
            return  # Where a name ends, only one that is known tells.
        end = begin
        while end < min(len(words), begin + _LONGEST_UNKNOWN) and self._may_be_name(words[end]):
            end += 1
        if end > begin:
            yield from self._asked(question, phrase, (first, end), (begin, end))

    def _before(self, question: _Question, phrase: _Phrase, end: int) -> Iterator[Asked]:
        """Yield whom the record knows before the words of *phrase*, which begin at *end*.

        If words must follow, as a verb does, the first words may also be a name that is unknown.
        """
        stop = end + len(phrase.after)
        if phrase.later and not question.later(phrase.later, question.words[stop - 1].stop):
            return
        lowest = max(0, end - self._longest)
        begins = range(lowest, min(question.lead + 1, end) if phrase.at_start else end)
        for begin in begins:
            for asked in self._asked(question, phrase, (begin, stop), (begin, end)):
                if asked.known:
                    yield asked
                    return
        if self._unspaced:
            if not phrase.weak:
                yield from self._unknown_unspaced(question, phrase, end)
            return
        name = question.words[question.lead : end]
        verb = phrase.later or (phrase.at_start and not phrase.weak)
        if verb and 0 < len(name) <= _LONGEST_UNKNOWN and all(map(self._may_be_name, name)):
            yield from self._asked(question, phrase, (question.lead, stop), (question.lead, end))

    def _unknown_unspaced(self, question: _Question, phrase: _Phrase, end: int) -> Iterator[Asked]:
        """Yield the name with which *question* begins, if *phrase* follows it at the word *end*."""
        words = self._without_fillers(question.words[:end])
        form = "".join(word.form for word in words)
        may_be = len(words) in _UNKNOWN_UNSPACED and form[0] in self._surnames
        if may_be and not any(form.startswith(one) for one in self._nobody):
            begin = question.words.index(words[0])
            stop = end + len(phrase.after)
            yield from self._asked(question, phrase, (begin, stop), (begin, begin + len(words)))

    def _asked(
        self, question: _Question, phrase: _Phrase, whole: Span, name: Span
    ) -> Iterator[Asked]:
        """Yield the speaker whose *name* these words are, if they may be one, without its fillers.

        *whole* and *name* are the first word and the one after the last.
        """
        words = question.words[slice(*name)]
        if not (self._unspaced and question.knows(_text_of(words, question))):
            words = self._without_fillers(words)
        if not words or (words[0].form in self._small and len(words) == 1):
            return
        apart = None
        if phrase.later:
            apart = question.later(phrase.later, question.words[whole[1] - 1].stop)
            if not apart:
                return
        span = (words[0].start, words[-1].stop)
        known = question.knows(question.text[slice(*span)])
        if not known and (elided := _ELIDED.match(question.text, *span)):
            span = (elided.end(), span[1])
            known = question.knows(question.text[slice(*span)])
        if known or (not phrase.weak and self._may_be_unknown(words)):
            all_words = (question.words[whole[0]].start, question.words[whole[1] - 1].stop)
            yield Asked(span, all_words, known, phrase.weak, apart)

    def _without_fillers(self, words: Sequence[_Word]) -> Sequence[_Word]:
        """Return *words* without the fillers at their beginning and end."""
        begins = words and words[0].form in self._filler_begins
        if not begins and (not words or words[-1].form not in self._filler_ends):
            return words
        forms = tuple(word.form for word in words)
        begin, end = 0, len(forms)
        lengths = range(self._longest_filler, 0, -1)
        while size := next((n for n in lengths if forms[begin : begin + n] in self._fillers), 0):
            begin += size
        while size := next(
            (n for n in lengths if n <= end - begin and forms[end - n : end] in self._fillers), 0
        ):
            end -= size
        return words[begin:end]

    def _may_be_unknown(self, words: Sequence[_Word]) -> bool:
        """Return whether *words* may be a name that the record does not know."""
        if words[0].form in self._small:
            return False
        # "The Chinese side" may be, "Ethiopia been" is not.
        named = [word for word in words if word.form not in self._beside_names]
        if not named or any(word.form in self._nobody for word in named):
            return False
        return not any(map(str.isdigit, "".join(word.form for word in words)))

    def _may_be_name(self, word: _Word) -> bool:
        several = (self._small, self._nobody)
        is_filler = (word.form,) in self._fillers
        return not is_filler and not any(word.form in some for some in several)

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
        for one_of, optional, word in PART.findall(line):
            several = (one_of or optional or word).split("|")
            choices.append([*several, ""] if optional else several)
        for chosen in product(*choices):
            before, _, after = " ".join(filter(None, chosen)).partition(_WHO)
            after, _, later = after.partition(_ANY_WORDS)
            yield _Phrase(
                tuple(one.form for one in self._words(before)),
                tuple(one.form for one in self._words(after)),
                at_start,
                weak,
                tuple(one.form for one in self._words(later)),
            )


def _text_of(words: Sequence[_Word], question: _Question) -> str:
    return question.text[words[0].start : words[-1].stop] if words else ""


@cache
def _phrases(code: str) -> _Phrases | None:
    language = language_of(code)
    return _Phrases(language) if language.speaker_phrases else None
