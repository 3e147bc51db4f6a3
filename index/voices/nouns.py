"""Reads names, offices, sides and pronouns at a place in a sentence, in scripts with capitals.

A name is a run of capitalised words with small words between them; with an office before it, it is
a person's. Whether whoever is named says anything is left to ``sayers``.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.text.folding import fold
from index.voices.reporting import Reporting
from index.voices.sayer import Named, Sayer
from index.voices.sentence_words import Word, words_of, written

_BARE = frozenset({" ", "", "\u00a0", ". "})
#: Joins two names: what follows "and" is another's.
AND = frozenset({"and", "y"})
#: "of the Republic" has two small words between capitals, and no name has more.
_MOST_SMALL = 2
#: "State Antony Blinken": after "of" stand its own noun and two words of a name at least.
_FEWEST_AFTER_SMALL = 3
_LONGEST_OFFICE, _LONGEST_SIDE, _LONGEST_PRONOUN = 5, 4, 4


class NounReader:
    """Reads the nouns of sentences in one language."""

    def __init__(self, reporting: Reporting) -> None:
        """Read by the words of *reporting*."""
        self._words = reporting
        self._pronouns = reporting.pronouns()
        self._verbs = {verb.partition(" ")[0] for verb in reporting.verbs}

    def at(self, words: Sequence[Word], start: int) -> tuple[Sayer, int] | None:
        """Return the pronoun, office, side or name at *start*, and where it ends."""
        if start >= len(words):
            return None
        pronoun = self._pronoun(words, start)
        if pronoun:
            return pronoun
        at = start
        the = words[at].lower in self._words.determiners
        if the:
            at += 1
        if at >= len(words):
            return None
        return self._side(words, start, at) or self._title_or_name(words, start, at, the=the)

    def people_in(self, sentence: str) -> list[str]:
        """Return the names with a title in *sentence*, as written: "Secretary Blinken"."""
        words = words_of(sentence)
        found: list[str] = []
        if self._words.titles.isdisjoint(word.lower for word in words):
            return found
        at = 0
        while at < len(words):
            if not words[at].is_capital:
                at += 1
                continue
            stop = max(self._end_of_name(words, at), at + 1)
            at = self._title_first(words, at, stop)
            joined = self._joined(words, at, stop)
            if joined:
                found.append(written(words, at, stop) + " " + joined[0].written[0])
                stop = joined[1]
            elif any(map(self._is_title, words[at:stop])) and self._names_person(words, at, stop):
                found.append(written(words, at, stop))
            at = stop
        return found

    def label_of(self, leading: str) -> tuple[str, str]:
        """Return the name and the office in a label: "Governor Ann Lee, Ohio: “…”"; or none."""
        clauses = [words_of(clause) for clause in leading.split(",")]
        small = self._words.particles
        if not all(word.is_capital or word.lower in small for c in clauses for word in c):
            return "", ""
        named = [(clause, self.at(clause, 0)) for clause in clauses if len(clause) > 1]
        for wanted in (Named.PERSON, Named.NAME):
            for clause, found in named:
                if found and found[1] == len(clause) and found[0].named is wanted:
                    roles = [written(c, 0, len(c)) for c in clauses if c and c is not clause]
                    return found[0].written[0], ", ".join(roles)
        return "", ""

    def _pronoun(self, words: Sequence[Word], start: int) -> tuple[Sayer, int] | None:
        for stop in range(min(start + _LONGEST_PRONOUN, len(words)), start, -1):
            phrase = " ".join(word.lower for word in words[start:stop])
            if named := self._pronouns.get(phrase):
                return Sayer(named, (phrase,)), stop
        return None

    def _side(self, words: Sequence[Word], start: int, first: int) -> tuple[Sayer, int] | None:
        """Return "the Chinese side"."""
        for at in range(first + 1, min(first + _LONGEST_SIDE, len(words))):
            if words[at].gap not in _BARE:
                return None
            if words[at].lower in self._words.sides and words[at - 1].is_capital:
                return Sayer(Named.SIDE, (written(words, start, at + 1),)), at + 1
            if not words[at].is_capital and words[at].lower not in self._words.particles:
                return None
        return None

    def _title_or_name(
        self, words: Sequence[Word], start: int, first: int, *, the: bool
    ) -> tuple[Sayer, int] | None:
        stop = self._end_of_name(words, first)
        if stop == first:
            return self._small_office(words, first) if the else None
        begins_none = not the and fold(words[first].lower) in self._words.small_words
        if words[stop - 1].is_possessive or (begins_none and not self._is_title(words[first])):
            return None
        if any(self._is_plural(word) for word in words[first:stop]):
            return Sayer(Named.SEVERAL, ()), stop
        if joined := self._joined(words, first, stop):
            return joined
        if the and stop < len(words) and words[stop].lower in self._words.offices:
            # "the White House spokesperson"
            stop = self._end_of_office(words, stop)
            named = Sayer(Named.OFFICE, (written(words, first, stop),))
        elif any(self._is_title(word) for word in words[first:stop]):
            return self._titled(words, first, stop)
        else:
            named = Sayer(Named.NAME, (written(words, start if the else first, stop),))
        return named, stop

    def _small_office(self, words: Sequence[Word], first: int) -> tuple[Sayer, int] | None:
        """Return "the ambassador", an office in small letters, with a name if one follows."""
        stop = self._end_of_office(words, first)
        if stop == first:
            return None
        further = self._end_of_name(words, stop)
        named = Named.OFFICE if further == stop else Named.PERSON
        return Sayer(named, (written(words, first, further),)), further

    def _titled(self, words: Sequence[Word], first: int, stop: int) -> tuple[Sayer, int] | None:
        """Return "Secretary of State Antony Blinken", or "Secretary of State" alone."""
        if self._names_person(words, first, stop):
            return Sayer(Named.PERSON, (written(words, first, stop),)), stop
        only_titles = all(
            self._is_title(word) or word.lower in self._words.particles
            for word in words[first:stop]
        )
        if not only_titles and stop < len(words) and words[stop].lower in AND:
            # "Under Secretary for Arms Control and International Security": no end is certain.
            return None
        return Sayer(Named.OFFICE, (written(words, first, stop),)), stop

    def _is_title(self, word: Word) -> bool:
        return fold(word.lower) in self._words.titles

    def _is_plural(self, word: Word) -> bool:
        """Return whether *word* is of several offices: "Foreign Ministers"."""
        folded = fold(word.lower)
        single = folded.removesuffix("s")
        return folded not in self._words.offices and single in self._words.offices

    def _names_person(self, words: Sequence[Word], first: int, stop: int) -> bool:
        """Return whether a name follows the last title: "Secretary of State Antony Blinken"."""
        last = max(at for at in range(first, stop) if self._is_title(words[at]))
        rest = words[last + 1 : stop]
        small = [at for at, word in enumerate(rest) if word.lower in self._words.particles]
        if not small or small[0] > 0:
            return bool(rest)
        return len(rest) - small[-1] - 1 >= _FEWEST_AFTER_SMALL

    def _joined(self, words: Sequence[Word], first: int, stop: int) -> tuple[Sayer, int] | None:
        """Return the name after an office: "Chinese Ambassador to Pakistan, Jiang Zaidong"."""
        if stop >= len(words) or words[stop].gap != ", ":
            return None
        if fold(words[first].lower) in self._words.small_words:
            return None
        office = any(fold(w.lower) in self._words.offices for w in words[first:stop])
        name_stop = self._end_of_name(words, stop)
        name = words[stop:name_stop]
        if not name or any(map(self._is_title, name)) or not office:
            return None
        if self._names_person(words, first, stop) or words[name_stop - 1].is_possessive:
            return None
        return Sayer(Named.PERSON, (written(words, stop, name_stop),)), name_stop

    def _end_of_name(self, words: Sequence[Word], first: int) -> int:
        """Return where the capitalised words at *first* end, small words between them included."""
        at = first
        while at < len(words):
            if at > first and words[at].gap not in _BARE and words[at].gap != "-":
                break
            if at > first and words[at - 1].is_possessive:
                break
            if at > first and words[at].lower in self._words.adverbs:
                break
            if words[at].is_capital:
                at += 1
                continue
            following = at
            while (
                following < len(words)
                and words[following].lower in self._words.particles
                and words[following].lower not in AND
                and words[following].gap == " "
            ):
                following += 1
            if at in (first, following) or following - at > _MOST_SMALL:
                break
            if following < len(words) and words[following].is_capital:
                at = following
                continue
            break
        return at

    def _end_of_office(self, words: Sequence[Word], first: int) -> int:
        """Return where an office in small letters ends: "foreign minister"; *first* if none is."""
        end = first
        for at in range(first, min(first + _LONGEST_OFFICE, len(words))):
            if at > first and words[at].gap not in _BARE:
                break
            if fold(words[at].lower) in self._words.offices:
                end = at + 1
            elif end > first or words[at].is_capital or words[at].lower in self._verbs:
                break
        return end

    def _title_first(self, words: Sequence[Word], first: int, stop: int) -> int:
        """Return where the first title stands: "Readout of President Biden" begins with none."""
        titled = (at for at in range(first, stop) if self._is_title(words[at]))
        return next(titled, first)
