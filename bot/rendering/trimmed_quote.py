"""Reads what /trim is to keep, and writes the trimmed quote, or says why there is none.

The same in Telegram and in a terminal. Which sentences may be left out, ``index`` decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from bot.citations.citing import Style, cite
from bot.i18n.strings import Strings
from bot.rendering.limiting import shortened
from index import Attribution, Hit, Quote, Span, Trimmed, cited, parse_reference

#: So many of the words that must stay are told.
_MOST_MISSING = 3
#: Between the parts of a quote.
_CUT = " […] "
#: Numbers of sentences, from 1, and runs of them, 1-3, with anything between. The halves of a
#: reference are longer than the numbers of a run.
_RUN = regex.compile(
    r"(?P<first>\p{Nd}{1,3})\s?[-‐‑–—~～]\s?(?P<last>\p{Nd}{1,3})(?!\p{Nd})"
    r"|(?P<first>\p{Nd}{1,9})(?!\p{Nd})"
)
_SEPARATORS = r"[\s,،、，.;]"
_NUMBERS = regex.compile(rf"{_SEPARATORS}*+(?:(?:{_RUN.pattern})(?:{_SEPARATORS}++|$))*+")
#: What may be a name, and what follows it.
_NAMED = regex.compile(r"(?s)\A\s*+(?P<name>(?:(?i:ref)\s++)?\S++)(?P<given>.*)")
#: An id with a number, which names a paragraph as a reference does.
_ID = regex.compile(r"\A\S+#\p{Nd}+")
#: Words that begin so are meant for numbers, and name no paragraph: "1 and 3".
_AS_NUMBERS = regex.compile(r"\A\s*+\p{Nd}{1,3}(?![\p{L}\p{Nd}#-])")
#: Of words that are no numbers of sentences, so many characters are told.
_LONGEST_TOLD = 40


@dataclass(frozen=True, slots=True)
class ToTrim:
    """What is to be trimmed, and to which sentences; each part may be empty."""

    #: What names the paragraph.
    name: str = ""
    #: The first and the last number of each run of sentences to keep, from 1.
    runs: tuple[Span, ...] = ()
    #: What stands in place of numbers, and cannot be read.
    unread: str = ""

    @property
    def kept(self) -> frozenset[int]:
        """The numbers of the sentences to keep, from 0."""
        return frozenset(
            number - 1 for first, last in self.runs for number in range(first, last + 1)
        )


def read_trim(words: str) -> ToTrim:
    """Return what *words*, those behind the command, ask for.

    >>> read_trim("K7Q2-M9XA 1,3-4"), read_trim("K7Q2-M9XA the first").unread
    (ToTrim(name='K7Q2-M9XA', runs=((1, 1), (3, 4)), unread=''), 'the first')
    """
    if _NUMBERS.fullmatch(words):
        return ToTrim(runs=_runs_in(words))
    if _AS_NUMBERS.match(words):
        return ToTrim(unread=words)
    named = _NAMED.match(words)
    if named and _NUMBERS.fullmatch(named["given"]):
        return ToTrim(named["name"], _runs_in(named["given"]))
    # Of other names nothing tells where they end: it may be a citation with a reference in it.
    if named and (parse_reference(named["name"]) or _ID.fullmatch(named["name"])):
        return ToTrim(named["name"], unread=named["given"].strip())
    return ToTrim(words)


def _runs_in(numbers: str) -> tuple[Span, ...]:
    pairs = [
        (int(one["first"]), int(one["last"] or one["first"])) for one in _RUN.finditer(numbers)
    ]
    return tuple((min(pair), max(pair)) for pair in pairs)


def no_such_sentence(asked: ToTrim, trimmed: Trimmed, strings: Strings) -> str:
    """Return which numbers *asked* for name no sentence, and which do; empty if all do."""
    last = len(trimmed.sentences)
    wrong = [
        str(first) if first == final else f"{first}-{final}"
        for first, final in asked.runs
        if first < 1 or final > last
    ]
    if not wrong and not asked.unread:
        return ""
    told = strings.typed(asked.unread or strings.comma.join(wrong), str, _LONGEST_TOLD)
    return strings.trim_no_sentence.format(numbers=told, last=last, run=f"1-{last}")


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
