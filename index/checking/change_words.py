"""Knows the words by which a difference is named: negations, modal verbs, numbers, units, days.

They are in ``changes.yaml``, by language; words that deny and words for dates are those of
``index/languages``, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.checking.words import words_of
from index.text.bundled import lines_of, read_by_language
from index.text.language import language_of
from index.text.numbers import SAME_UNIT
from index.text.question_phrases import is_unspaced

_FILE = Path(__file__).with_name("changes.yaml")
#: The lines of a language's words for dates that name months and days of the week.
_DATES = re.compile(r"(?:month|weekday) [0-9]+:(.*)")
_CLITIC = re.compile(r"(?:n't|'(?:ve|d|ll|re|s))$")


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """The words of one language by which a change is named, as words are compared."""

    negations: frozenset[str] = frozenset()
    #: What ends a word that denies: n't.
    denying_endings: tuple[str, ...] = ()
    #: Beginnings that deny the rest of a word.
    prefixes: tuple[str, ...] = ()
    modals: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    #: What a number is a part without: million, per cent.
    scales: frozenset[str] = frozenset()
    currencies: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    #: Words that compare an amount: more, less, under.
    comparing: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    not_negations: frozenset[str] = frozenset()
    #: Whether its script has no spaces, so that words are looked for in runs of characters.
    unspaced: bool = False

    def denies(self, word: str) -> bool:
        """Return whether *word*, as compared, denies."""
        return word in self.negations or (
            len(word) > 2 and bool(self.denying_endings) and word.endswith(self.denying_endings)
        )

    def denials_in(self, text: str) -> int:
        """Return how many words of *text*, in a script without spaces, deny."""
        for word in self.not_negations:
            text = text.replace(word, "")
        return sum(text.count(word) for word in self.negations if len(word) == 1)

    def is_opposite(self, one: str, other: str) -> bool:
        """Return whether one of two words is the other with a beginning that denies it."""
        shorter, longer = sorted((one, other), key=len)
        return len(shorter) > 3 and any(longer == prefix + shorter for prefix in self.prefixes)

    def is_number(self, word: str) -> bool:
        """Return whether *word*, as compared, is a number, in digits or not."""
        return word in self.numbers or any(map(str.isdigit, word))

    def is_modal(self, word: str) -> bool:
        """Return whether *word* is a modal verb, also with what is joined to it: would've."""
        return word in self.modals or _CLITIC.sub("", word) in self.modals


@cache
def change_words_of(tag: str) -> ChangeWords:
    """Return the words of the language that the BCP 47 *tag* names."""
    language = language_of(tag)
    lists = read_by_language(_FILE).get(language.code, {})
    known = language.negations
    denying = {word for word in known.words if not word.startswith("*")} if known else set()
    dated = [match[1] for match in map(_DATES.match, language.date_words) if match]
    # Of "on Monday" in some languages each word is no day.
    days = [one.strip() for line in dated for one in line.split(",") if " " not in one.strip()]
    unspaced = is_unspaced(language.script)
    words = _as_written if unspaced else _words

    def listed(name: str, *others: str) -> frozenset[str]:
        return words(" ".join([lists.get(name, ""), *others]))

    return ChangeWords(
        negations=listed("negations", *denying),
        denying_endings=tuple(known.endings) if known else (),
        prefixes=tuple(lists.get("prefixes", "").split()),
        modals=listed("modals"),
        numbers=listed("numbers"),
        units=listed("units") | frozenset(SAME_UNIT),
        scales=listed("scales"),
        currencies=listed("currencies"),
        # "may" is a month, too; that it is one, only what stands beside it tells.
        dates=listed("dates", *days) - {"may", "mar", "sun", "sat"},
        comparing=listed("comparing"),
        names=listed("names"),
        not_negations=listed("not_negations"),
        unspaced=unspaced,
    )


def _as_written(block: str) -> frozenset[str]:
    return frozenset(word for line in lines_of(block) for word in line.split())


def _words(block: str) -> frozenset[str]:
    return frozenset(word.plain for line in lines_of(block) for word in words_of(line))
