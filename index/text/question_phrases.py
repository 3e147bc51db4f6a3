"""Compiles the phrases that only ask, as listed in ``index/languages/*.yaml``, into one pattern.

"Can you tell us about" shows that something is asked, not what. The notation of a phrase:

    what is your view            these words, in any case, with any punctuation between them
    [he|she] will                one of these words, required
    thank you (very much)        optional words; (of|on) is one of these or none
    hon* *                       a word with this beginning, then any word
    follow-up                    with a hyphen, with a space, or as one word
    [Prime Minister|Minister],   an address: only at the beginning of a sentence, before a comma

Brackets cannot be nested. Straight and curly apostrophes are equal, and so are letters that
``folding`` makes equal; an accent may be left out. In a script without spaces, the spaces here are
for reading only and are not expected in a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.text.folding import VARIANTS, fold
from index.text.hanzi import simplified

# Patterns of the standard library, not of regex: they compile in less than half the time, and the
# first question waits for one. Their \w lacks vowel signs and joiners, so these are listed for the
# beginning and end of a phrase; between its words they do no harm.
_MARKS = {
    "Arabic": r"\u064b-\u065f\u0670\u200c\u200d",
    "Bengali": r"\u0981-\u0983\u09bc-\u09cd\u09d7\u200c\u200d",
    "Devanagari": r"\u0900-\u0903\u093a-\u094f\u200c\u200d",
    "Hebrew": r"\u0591-\u05bd\u05bf-\u05c7",
    "Tamil": r"\u0b82\u0bbe-\u0bcd\u0bd7",
}
#: Scripts without spaces between words.
_UNSPACED = {"Han", "Thai"}
#: What stands between two words. All repetitions are possessive, never tried again, so that the
#: time is linear.
_GAP = r"\W++"
#: A part of a phrase: one of several words, words that are optional, or a word.
PART = re.compile(r"\[([^\[\]()]+)\]|\(([^\[\]()]+)\)|([^\s\[\]()]+)")
_RUN = re.compile(r"[^\W_]+")
_VARIANTS = {
    variant: letter + variants
    for letter, variants in VARIANTS.items()
    for variant in letter + variants
}


@dataclass(frozen=True, slots=True)
class QuestionPhrases:
    """Finds the phrases of one language that only ask."""

    #: For text in lower case and in simplified characters: a pattern that ignores case takes twice
    #: the time.
    pattern: re.Pattern[str]

    def spans(self, question: str) -> list[tuple[int, int]]:
        """Return the (start, stop) of each phrase in *question*, in order."""
        return [match.span() for match in self.pattern.finditer(in_one_form(question))]


def question_phrases(phrases: Iterable[str], script: str) -> QuestionPhrases | None:
    """Return a finder of *phrases*, written in the notation above in *script*; ``None`` if empty.

    Where two phrases begin, the one that is longer as written is found. Raises ``ValueError`` for a
    phrase that is not in the notation.

    >>> found = question_phrases(["what (recent) steps [he|she] has taken", "what steps"], "Latin")
    >>> found.spans("What steps she has taken")
    [(0, 24)]
    """
    phrases = any_of(phrases, script)
    if not phrases:
        return None
    return QuestionPhrases(
        re.compile(f"{before_phrase(script)}(?:{phrases}){after_phrase(script)}")
    )


def any_of(phrases: Iterable[str], script: str, *, by_words: bool = False) -> str:
    """Return the pattern of any of *phrases* in *script*, the longest as written first.

    If *by_words*, that is the one of most words, whatever choices each has. The pattern has no
    groups, and is for text as ``in_one_form`` returns it. Raises ``ValueError`` as
    ``question_phrases`` does.
    """
    order = _words_and_length if by_words else len
    phrases = sorted(map(str.lower, phrases), key=order, reverse=True)
    if script == "Han":
        phrases = list(map(simplified, phrases))
    gap = "" if is_unspaced(script) else _GAP
    return "|".join([_pattern(phrase, gap) for phrase in phrases])


def _words_and_length(phrase: str) -> tuple[int, int]:
    return len(PART.findall(phrase)), len(phrase)


def words_at_edge(phrases: Iterable[str], script: str, *, last: bool) -> frozenset[str] | None:
    """Return the folded words with which *phrases* begin or, if *last*, end; so far as is told.

    They are runs of letters and digits: of "what's", "what" is the first and "s" the last. ``None``
    if any word will do, or if *script* is not Latin: in others words are written together, and have
    many forms.

    >>> sorted(words_at_edge(["(a) quote on", "[who's|fact-check] it"], "Latin", last=False))
    ['a', 'fact', 'factcheck', 'quote', 'who']
    """
    if script != "Latin":
        return None
    edge = -1 if last else 0
    found: set[str] = set()
    for phrase in phrases:
        parts = PART.findall(phrase.lower().removesuffix(","))
        for one_of, optional, word in reversed(parts) if last else parts:
            for choice in (one_of or optional or word).split("|"):
                if "*" in (word := choice.split()[edge]):
                    return None
                # What has hyphens may be written as one word.
                pieces = word.split("-")
                for n in range(len(pieces)):
                    written = "".join(pieces[-n - 1 :] if last else pieces[: n + 1])
                    found.add(fold(_RUN.findall(written)[edge]))
            if not optional:
                break
    return frozenset(found)


def before_phrase(script: str) -> str:
    """Return the pattern of what stands before a phrase: nothing, but no part of its first word."""
    return "" if is_unspaced(script) else rf"(?<!{_letter(script)})(?=\w)"


def after_phrase(script: str) -> str:
    """Return the pattern of what stands after a phrase: nothing, but no part of its last word."""
    return "" if is_unspaced(script) else f"(?!{_letter(script)})"


def is_unspaced(script: str) -> bool:
    """Return whether words of *script* are written without spaces between them."""
    return script in _UNSPACED


def in_one_form(text: str) -> str:
    """Return *text* as patterns of phrases expect it, with every character at its offset."""
    return _lowered(text if text.isascii() else simplified(text))


def _letter(script: str) -> str:
    return rf"[\w{_MARKS.get(script, '')}]"


def _lowered(text: str) -> str:
    """Return *text* in lower case, with every character at its offset."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join([one if len(one.lower()) != 1 else one.lower() for one in text])


def _pattern(phrase: str, gap: str) -> str:
    """Return the pattern of one *phrase*, with the pattern *gap* between its words."""
    words = phrase.removesuffix(",")
    if PART.sub("", words).strip():
        raise ValueError(f"brackets do not pair, or stand within brackets: {phrase}")
    pattern, begun = "", False
    for one_of, optional, word in PART.findall(words):
        choices = sorted((one_of or optional or word).split("|"), key=len, reverse=True)
        either = "|".join([gap.join(map(_word, choice.split())) for choice in choices])
        if optional:
            pattern += f"(?:{gap}(?:{either}))?" if begun else f"(?:(?:{either}){gap})?"
        else:
            either = f"(?:{either})" if len(choices) > 1 else either
            pattern += gap + either if begun else either
            begun = True
    if not begun:
        raise ValueError(f"every word may be left out: {phrase}")
    if words == phrase:
        return pattern
    return rf"(?:\A|(?<=\A\W)|(?<=[.?!]\s)){pattern}(?=\s?[,،，])"


def _word(word: str) -> str:
    """Return the pattern of one *word* of a phrase."""
    if word.isascii() and word.isalpha():
        return word
    return r"\w++" if word == "*" else "".join(map(_character, word))


def _character(character: str) -> str:
    """Return the pattern of *character* and its variants."""
    if character == "*":
        return r"\w*+"
    if character == "-":
        return r"[-‐‑\s]?"
    if character in _VARIANTS:
        return f"[{_VARIANTS[character]}]"
    folded = fold(character)
    if character.isalpha() and len(folded) == 1 and folded != character:
        return f"[{character}{folded}]"
    return re.escape(character)
