"""Finds whom a sentence names as saying what it tells: "The ambassador said that …".

Only a subject with a verb of saying directly after it counts, at the beginning of the sentence, or
after a quotation. Who that is by name is left to ``people`` and ``antecedents``.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.text.folding import fold
from index.voices.nouns import AND, NounReader
from index.voices.reporting import Reporting
from index.voices.sayer import Named, Sayer
from index.voices.sentence_words import Word, by_first_word, starts_with, words_of

#: How far a sentence is read for its subject, in characters: names and offices are long.
_FURTHEST = 400
_MOST_OPENINGS, _LONGEST_OPENING = 3, 220
#: An office between a name and the verb, in words.
_LONGEST_APPOSITION = 16
_MOST_ADVERBS = 4
#: A verb of saying has no more words: "spoke highly of".
_LONGEST_VERB = 3
#: Words before a quotation that may say whose it is.
_NEAR = 6
#: A short sentence after a quotation may hold no more than its attribution, in words.
_LONGEST_TAIL = 1


class SayerReader:
    """Reads the sentences of texts in one language, in a script with capitals."""

    def __init__(self, reporting: Reporting) -> None:
        """Read by the words of *reporting*."""
        self._words = reporting
        self._nouns = NounReader(reporting)
        self._verbs = by_first_word(reporting.verbs)
        self._after = by_first_word(reporting.after)

    def subject_of(self, sentence: str) -> Sayer | None:
        """Return whom *sentence* names as its subject, and whether that one says something."""
        words = words_of(sentence[:_FURTHEST])
        if not words:
            return None
        if (source := self._according(words)) is not None:
            return source
        first = self._skipped(words)
        sayer = None
        if words[first].lower in self._words.openings:
            # "Today the minister said", "During the visit, the minister said".
            for start in (first + 1, *_after_commas(words, first)):
                found = self._at(words, start)
                if found and (found.says or start > first + 1):
                    return found
        else:
            sayer = self._at(words, first)
            if sayer and sayer.says:
                return sayer
        if tail := self._at_end(sentence):
            return tail
        return sayer

    def after_quotation(self, following: str) -> Sayer | None:
        """Return whom the words *following* a quotation name as having said it.

        They do if they go on with the sentence of the quotation, or hold nothing else.
        """
        words = words_of(following[:_FURTHEST])
        if not words:
            return None
        if source := self._according(words):
            return source
        if verb := starts_with(words, 0, self._after):
            found = self._nouns.at(words, verb)
            if found and found[0].named is not Named.OWN:
                return found[0]
        sayer = self._at(words, 0)
        return sayer if sayer and sayer.says else None

    def before_quotation(self, leading: str) -> Sayer | None:
        """Return whom the end of the words *leading* to a quotation name as saying it."""
        words = words_of(leading[-_FURTHEST:])
        fillers = self._words.fillers | self._words.own
        end = len(words)
        while end and words[end - 1].lower in fillers and len(words) - end < _MOST_ADVERBS:
            end -= 1
        for begin in range(max(1, end - _LONGEST_VERB), end):
            if starts_with(words[:end], begin, self._verbs) == end:
                return self._ending(words, begin)
        return None

    def introduced(self, leading: str) -> Named | None:
        """Return whether the words directly before a quotation say whose it is: its own, another's.

        ``SEVERAL`` stands for anybody else. ``None`` if they say neither.
        """
        words = [word.lower for word in words_of(leading[-_FURTHEST:])][-_NEAR:]
        ending = f" {' '.join(words)}"
        if not any(ending.endswith(f" {phrase}") for phrase in self._words.quotes):
            return None
        return Named.OWN if set(words) & self._words.own else Named.SEVERAL

    def people_in(self, sentence: str) -> list[str]:
        """Return the names with a title in *sentence*, as written: "Secretary Blinken"."""
        return self._nouns.people_in(sentence)

    def label_of(self, leading: str) -> tuple[str, str]:
        """Return the name and the office in a label before a quotation, or none."""
        return self._nouns.label_of(leading)

    def is_tail(self, following: str) -> bool:
        """Return whether *following* holds an attribution and nothing else: "Mr Li said."."""
        words = words_of(following[:_FURTHEST])
        found = self._nouns.at(words, 0) if words else None
        stop = starts_with(words, found[1], self._after) if found else 0
        return bool(stop) and len(words) - stop <= _LONGEST_TAIL

    def _skipped(self, words: Sequence[Word]) -> int:
        """Return where the sentence begins, after numbers and what has no capital before it."""
        for number, word in enumerate(words[:4]):
            if any(map(str.isdigit, word.text)) or (number == 0 and word.lower == "date"):
                continue
            return number
        return 0

    def _at(self, words: Sequence[Word], start: int) -> Sayer | None:
        """Return the subject at *start* with whether it says something; ``None`` if none is."""
        found = self._nouns.at(words, start)
        if found is None:
            return None
        sayer, stop = found
        several = [sayer]
        while stop < len(words) and words[stop].lower in AND and "," not in words[stop].gap:
            other = self._nouns.at(words, stop + 1)
            if other is None:
                return Sayer(Named.SEVERAL, (), says=self._verb_soon(words, stop))
            several.append(other[0])
            stop = other[1]
        says = bool(self._verb_at(words, stop))
        if len(several) > 1:
            return Sayer(Named.SEVERAL, tuple(w for one in several for w in one.written), says)
        if not says and (stop := self._past_apposition(words, stop)):
            says = bool(self._verb_at(words, stop, after_comma=True))
        return Sayer(sayer.named, sayer.written, says)

    def _verb_soon(self, words: Sequence[Word], start: int) -> bool:
        return any(self._verb_at(words, at) for at in range(start, min(start + 8, len(words))))

    def _verb_at(self, words: Sequence[Word], start: int, *, after_comma: bool = False) -> int:
        """Return where the verb of saying at *start* ends, adverbs before it; 0 if none is."""
        at = start
        if start < len(words) and "," in words[start].gap and not after_comma:
            return 0
        while at < len(words) and at - start <= _MOST_ADVERBS:
            if at > start and "," in words[at].gap and at - start > 1:
                return 0
            if stop := starts_with(words, at, self._verbs):
                return stop
            word = words[at].lower
            if word not in self._words.adverbs and not word.endswith(("ly", "mente")):
                return 0
            at += 1
        return 0

    def _past_apposition(self, words: Sequence[Word], start: int) -> int:
        """Return where an office or the like between commas ends: "Li, the minister, said"."""
        if start >= len(words) or not words[start].gap.startswith(","):
            return 0
        for at in range(start + 1, min(start + _LONGEST_APPOSITION, len(words))):
            if words[at].gap.startswith(","):
                inside = words[start:at]
                titled = any(fold(w.lower) in self._words.offices for w in inside)
                return at if titled else 0
        return 0

    def _according(self, words: Sequence[Word]) -> Sayer | None:
        """Return the source of "According to the minister, …"; or of the same words at the end."""
        for phrase in self._words.according:
            parts = phrase.split()
            if [w.lower for w in words[: len(parts)]] == parts:
                found = self._nouns.at(words, len(parts))
                if found and (found[1] >= len(words) or "," in words[found[1]].gap):
                    return found[0]
        return None

    def _at_end(self, sentence: str) -> Sayer | None:
        """Return whom the end of *sentence* names: "…, the joint statement read."."""
        tail = sentence[-_LONGEST_OPENING:].rpartition(", ")
        if not tail[1]:
            return None
        words = words_of(tail[2])
        if source := self._according(words):
            return source
        found = self._nouns.at(words, 0) if words else None
        if found is None:
            return None
        stop = self._verb_at(words, found[1])
        return found[0] if stop and stop == len(words) else None

    def _ending(self, words: Sequence[Word], verb: int) -> Sayer | None:
        """Return the subject that ends where its *verb* begins."""
        end = verb
        while (
            end
            and verb - end < _MOST_ADVERBS
            and (words[end - 1].lower in self._words.adverbs or words[end - 1].lower.endswith("ly"))
        ):
            end -= 1
        for start in range(max(0, end - 10), end):
            found = self._nouns.at(words, start)
            if found and found[1] == end and (start == 0 or _is_edge(words, start)):
                return found[0]
        return None


def _after_commas(words: Sequence[Word], first: int) -> list[int]:
    commas = [
        at
        for at in range(first + 1, len(words))
        if words[at].gap.startswith(",") and words[at].start <= _LONGEST_OPENING
    ]
    return commas[:_MOST_OPENINGS]


def _is_edge(words: Sequence[Word], start: int) -> bool:
    """Return whether a clause may begin at *start*."""
    before = words[start - 1].lower
    return bool(set(words[start].gap) & set(",;:—–-")) or before in ("as", "and", "but", "honestly")
