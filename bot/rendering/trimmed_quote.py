"""Writes a trimmed quote with its citation, or says which words must stay with it.

The same in Telegram and in a terminal. Which sentences may be left out, ``index`` decides.
"""

from __future__ import annotations

import regex

from bot.citations.citing import Style, cite
from bot.i18n.strings import Strings
from bot.rendering.limiting import shortened
from index import Attribution, Hit, Quote, Trimmed, cited

#: So many of the words that must stay are told.
_MOST_MISSING = 3
#: Between the parts of a quote.
_CUT = " […] "
#: Numbers of sentences, from 1, with anything between them.
_NUMBERS = regex.compile(r"[\p{Nd}\s,،、，.;]++")
_NUMBER = regex.compile(r"(?<!\p{Nd})\p{Nd}{1,3}(?!\p{Nd})")


def read_trim(words: str) -> tuple[str, list[int]]:
    """Return the name of a paragraph in *words*, and the sentences to keep, numbered from 0.

    Either may be missing.

    >>> read_trim("K7Q2-M9XA 1,3"), read_trim("K7Q2-M9XA"), read_trim("1 3")
    (('K7Q2-M9XA', [0, 2]), ('K7Q2-M9XA', []), ('', [0, 2]))
    """
    name, _, given = words.strip().partition(" ")
    if _NUMBERS.fullmatch(words):
        name, given = "", words
    elif not _NUMBERS.fullmatch(given):
        return words, []
    numbers = [int(one) - 1 for one in _NUMBER.findall(given)]
    return name, [number for number in numbers if number >= 0]


def written(hit: Hit, trimmed: Trimmed, strings: Strings) -> str:
    """Return what is kept, a mark where something was cut between, and the citation beneath.

    It gets quotation marks only if the paragraph is the speaker's own words; a report has its own.
    Empty if nothing is kept, or if words are missing.
    """
    words = _CUT.join(part.text for part in trimmed.parts)
    if not words:
        return ""
    if hit.citation.attribution is Attribution.DIRECT:
        words = strings.read_quoted.format(words=words)
    citations = {cited(hit, (part.start, part.stop)) for part in trimmed.parts}
    citation = citations.pop() if len(citations) == 1 else hit.citation
    return f"{words}\n— {cite(citation, Style.PLAIN, strings)}"


def must_stay(trimmed: Trimmed, strings: Strings) -> str:
    """Return which sentences must stay with those kept, and why; empty if none are missing."""
    if not trimmed.missing:
        return ""
    numbers = strings.comma.join(str(number + 1) for number in trimmed.must_stay())
    words = _CUT.join(map(shortened, trimmed.missing[:_MOST_MISSING]))
    return strings.trim_must_stay.format(numbers=numbers, words=strings.isolated(words))


def limited_after(after: Quote | None, trimmed: Trimmed, strings: Strings) -> str:
    """Return that words of the next paragraph, *after*, limit what is kept; empty if none do."""
    last = len(trimmed.sentences) - 1
    if after is None or last not in trimmed.kept or trimmed.missing:
        return ""
    return strings.trim_limited_after.format(words=strings.isolated(shortened(after)))
