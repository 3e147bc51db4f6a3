"""Says in one line which words limit what is quoted, where these are not seen beside it."""

from __future__ import annotations

from bot.i18n.strings import Strings
from bot.rendering.fitting import LONGEST_OPEN, Fitted, between_words
from index import Quote

#: Characters of the limiting words that are shown: two lines on a phone tell what they are about.
_LONGEST_WORDS = 140
#: What the line may have in any language.
LONGEST_LIMITING_NOTE = _LONGEST_WORDS + 80


def limiting_note(limit: Quote | None, shown: Fitted, strings: Strings) -> str:
    """Return the line that says how *limit* limits what is *shown*; empty if one can see it."""
    quote = shown.quote
    if limit is None:
        return ""
    is_open = quote.stop - quote.start <= LONGEST_OPEN
    is_there = limit.paragraph is quote.paragraph
    if is_there and is_open and quote.start <= limit.start and limit.stop <= quote.stop:
        return ""
    return strings.limited_by.format(words=strings.isolated(shortened(limit)))


def shortened(quote: Quote) -> str:
    """Return the beginning of *quote*, with a mark if it is cut."""
    if quote.stop - quote.start <= _LONGEST_WORDS:
        return quote.text
    text = quote.paragraph.text
    stop = between_words(text, quote.start + _LONGEST_WORDS, quote.start + 1)
    return f"{text[quote.start : stop]} […]"
