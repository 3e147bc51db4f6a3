"""Finds whom a sentence names as saying what it tells, in scripts without capitals.

In Chinese a verb of saying follows the subject, 发言人表示; in Urdu a word marks it, سفیر نے کہا.
Whether what stands before is a name, an office or a side, its own words tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex

from index.text.folding import fold
from index.voices.reporting import Reporting
from index.voices.sayer import Named, Sayer

#: The longest subject with its office, in characters.
_LONGEST_SUBJECT = 60
_FURTHEST = 200
#: "中方", "俄方"; in Urdu the noun stands apart.
_LONGEST_HAN_SIDE, _LONGEST_SIDE = 3, 15
_HAN = regex.compile(r"\p{Han}")
#: A name has so many words at most; more are a clause.
_LONGEST_NAME = 5
_TRIMMED = " ，,、。：:；;\u3000“”「」『』\"'()（）"


class MarkedSayerReader:
    """Reads the sentences of texts in one language without capitals."""

    def __init__(self, reporting: Reporting) -> None:
        """Read by the words of *reporting*."""
        self._words = reporting
        self._pronouns = reporting.pronouns()
        self._subject = _subject_pattern(reporting)
        self._offices = _any_of(reporting.offices)

    def subject_of(self, sentence: str) -> Sayer | None:
        """Return whom *sentence* names as its subject, if a verb of saying follows."""
        beginning = sentence[:_FURTHEST]
        if match := self._subject.match(beginning):
            return self._sayer(match["subject"])
        clauses = regex.split("[，、,،]", beginning, maxsplit=2)
        if len(clauses) > 1:
            at = beginning.index(clauses[1], len(clauses[0]))
            if match := self._subject.match(beginning, at):
                return self._sayer(match["subject"])
        return None

    def after_quotation(self, following: str) -> Sayer | None:
        """Return whom the words *following* a quotation name as having said it."""
        match = self._subject.match(following.lstrip(_TRIMMED)[:_FURTHEST])
        return self._sayer(match["subject"]) if match else None

    def before_quotation(self, leading: str) -> Sayer | None:
        """Return whom the words *leading* to a quotation name as saying it, directly before."""
        clause = regex.split("[，。；,،۔]", leading[-_FURTHEST:].rstrip(_TRIMMED))[-1]
        match = self._subject.match(clause)
        return self._sayer(match["subject"]) if match and match.end() == len(clause) else None

    def introduced(self, leading: str) -> Named | None:
        """Return whether the words directly before a quotation say whose it is: its own, another's.

        ``SEVERAL`` stands for anybody else. ``None`` if they say neither.
        """
        sayer = self.before_quotation(leading)
        if sayer is None:
            return None
        return Named.OWN if sayer.named is Named.OWN else Named.SEVERAL

    def people_in(self, sentence: str) -> list[str]:
        """Return no names: nothing tells where one begins."""
        return []

    def label_of(self, leading: str) -> tuple[str, str]:
        """Return no name: nothing tells a label from other words before a colon."""
        return "", ""

    def is_tail(self, following: str) -> bool:
        """Return whether *following* holds an attribution and nothing else."""
        return self._subject.fullmatch(following.strip(_TRIMMED)) is not None

    def _sayer(self, subject: str) -> Sayer | None:
        written = subject.strip(_TRIMMED)
        if named := self._pronouns.get(written):
            return Sayer(named, (written,))
        if not written:
            return None
        words = written.split()
        if len(words) > 1 and words[-1] in self._words.persons | self._words.several:
            # A clause that ends in "he": "… خطاب کرتے ہوئے انہوں".
            return Sayer(Named.PRONOUN, (words[-1],))
        is_clause = len(words) > _LONGEST_NAME and self._titled(written) is Named.NAME
        if is_clause or regex.search("[和与及、]|\\bاور\\b", written):
            return Sayer(Named.SEVERAL, ())
        longest = _LONGEST_HAN_SIDE if _HAN.search(written) else _LONGEST_SIDE
        if len(written) <= longest and written.endswith(tuple(self._words.sides)):
            return Sayer(Named.SIDE, (written,))
        return Sayer(self._titled(written), (written,))

    def _titled(self, written: str) -> Named:
        """Return whether *written* is an office, a name with an office, or without."""
        if _HAN.search(written):
            office = self._offices.search(written) if self._offices else None
            if office is None:
                return Named.NAME
            return Named.OFFICE if office.end() == len(written) else Named.PERSON
        titled = [fold(word) in self._words.offices for word in written.split()]
        if not any(titled):
            return Named.NAME
        return Named.OFFICE if titled[-1] else Named.PERSON


@cache
def _subject_pattern(reporting: Reporting) -> regex.Pattern[str]:
    """Return what a subject with its verb of saying looks like."""
    verbs = "|".join(map(regex.escape, _longest_first(reporting.verbs)))
    adverbs = "|".join(map(regex.escape, _longest_first(reporting.adverbs)))
    if reporting.subject_end:
        marks = "|".join(map(regex.escape, reporting.subject_end))
        return regex.compile(
            rf"(?P<subject>[^،۔,.:؛“”\"]{{1,{_LONGEST_SUBJECT}}}?)\s(?:{marks})\s"
            rf"(?:(?:{adverbs})\s){{0,6}}(?:{verbs})(?!\w)"
        )
    return regex.compile(
        rf"(?P<subject>[^，。：；“”「」]{{1,{_LONGEST_SUBJECT}}}?)(?:{adverbs})*+(?:{verbs})"
    )


def _any_of(words: Iterable[str]) -> regex.Pattern[str] | None:
    listed = _longest_first(words)
    return regex.compile("|".join(map(regex.escape, listed))) if listed else None


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))
