"""Splits what a story tells around its quotations: a draft into paragraphs, sentences and tokens.

Each quotation is one token, whatever it says, so that none of its words is read as the story's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from index.drafts.attributing_words import AttributingWords
from index.drafts.quotation import Quotation

#: What stands for the characters of a quotation, the first and the others; private to no text.
_FIRST, _OTHER = "\ue000", "\ue001"
#: What ends a sentence in scripts without capitals, where no abbreviation ends so.
STOPS = regex.compile(r"[。！？；;\n\r۔؟!]")
_TOKEN = regex.compile(r"\ue000\ue001*|\w+(?:['’.\-‑]\w+)*|[^\w\s]")
_LINE = regex.compile(r"[^\n\r\u2028\u2029]+")
_ENDS = frozenset(".!?…")
#: A quotation that ends with one of these has told its sentence.
_ENDED = frozenset(".")
_CLOSING = "\"'”’»›“‘)] \u00a0\u202f"
#: A longer stretch without a full stop, in tokens, is cut: it is a table or a list.
_LONGEST = 400
#: A longer line, in characters, that ends with a word or a comma goes on in the next.
_SHORTEST_LINE = 40
_GOES_ON = frozenset(",;")
_POSSESSIVE = ("'s", "’s")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark or a quotation of a draft."""

    start: int
    stop: int
    text: str
    #: In lower case; of a quotation, empty.
    form: str
    #: The number of a quotation; ``None`` of a word or a mark.
    quotation: int | None = None

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it is a word of the story's own."""
        return self.quotation is None and self.text[:1].isalnum()

    @property
    def is_possessive(self) -> bool:
        """Whether it tells whose something is: Rahman's."""
        return self.form.endswith(_POSSESSIVE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft, and the number of its paragraph."""

    paragraph: int
    tokens: tuple[Token, ...]


def without_possessive(form: str) -> str:
    """Return *form* without its possessive ending: rahman of "rahman's"."""
    return form[:-2] if form.endswith(_POSSESSIVE) else form


def masked(draft: str, quotations: Sequence[Quotation]) -> tuple[str, dict[int, int]]:
    """Return *draft* with each quotation masked, and the quotations' numbers by their offsets.

    Every character stays where it is. Quotations within others are masked with them.
    """
    parts: list[str] = []
    starts: dict[int, int] = {}
    at = 0
    for number, one in sorted(enumerate(quotations), key=lambda pair: pair[1].start):
        if one.start < at or one.stop <= one.start:
            continue
        parts.append(_cleared(draft[at : one.start]))
        parts.append(_FIRST + _OTHER * (one.stop - one.start - 1))
        starts[one.start] = number
        at = one.stop
    parts.append(_cleared(draft[at:]))
    return "".join(parts), starts


def _cleared(text: str) -> str:
    return text.replace(_FIRST, " ").replace(_OTHER, " ")


def sentences_of(
    draft: str, quotations: Sequence[Quotation], words: AttributingWords
) -> Iterator[Sentence]:
    """Yield the sentences of *draft*, in order."""
    text, starts = masked(draft, quotations)
    for paragraph, (begin, end) in enumerate(_paragraphs(text)):
        sentence: list[Token] = []
        for match in _TOKEN.finditer(text, begin, end):
            start, stop = match.span()
            number = starts.get(start) if match[0][0] == _FIRST else None
            form = "" if number is not None else match[0].lower()
            token = Token(start, stop, match[0], form, number)
            last = sentence[-1] if sentence else None
            if last is not None and _begins_another(last, token, draft):
                yield Sentence(paragraph, tuple(sentence))
                sentence = []
            if token.form == "." and last is not None and _is_shortened(last, token, words):
                continue
            sentence.append(token)
            if token.form in _ENDS or len(sentence) == _LONGEST:
                yield Sentence(paragraph, tuple(sentence))
                sentence = []
        if sentence:
            yield Sentence(paragraph, tuple(sentence))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the paragraphs of *text* begin and end; a line may go on in the next one."""
    begin = end = -1
    for line in _LINE.finditer(text):
        if line[0].isspace():
            continue
        last = text[end - 1]
        wrapped = end - begin > _SHORTEST_LINE and (last.isalnum() or last in _GOES_ON)
        if begin >= 0 and wrapped and text[end : line.start()].count("\n") == 1:
            end = line.end()
            continue
        if begin >= 0:
            yield begin, end
        begin, end = line.span()
    if begin >= 0:
        yield begin, end


def last_of(draft: str, token: Token) -> str:
    """Return the last character within the quotation *token* of *draft*; empty if none."""
    stop = token.stop
    # No quotation ends with more marks than this.
    inside = draft[max(token.start, stop - 8) : stop].rstrip(_CLOSING)
    return inside[-1:]


def _begins_another(last: Token, token: Token, draft: str) -> bool:
    """Return whether *last* is a quotation that ends a sentence, and *token* begins another."""
    if last.quotation is None or last_of(draft, last) not in _ENDED:
        return False
    if draft[max(0, last.stop - 8) : last.stop].rstrip(_CLOSING).endswith("..."):
        return False
    return token.quotation is not None or token.is_capital


def _is_shortened(last: Token, dot: Token, words: AttributingWords) -> bool:
    """Return whether the full stop *dot* shortens the word *last*."""
    if last.stop != dot.start or last.quotation is not None:
        return False
    return (len(last.text) == 1 and last.is_capital) or last.form in words["shortened"]
