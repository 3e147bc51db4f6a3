"""Tells which words of a quotation and of its passage differ, for all that show them side by side.

The differences are found by ``index``; how they look is left to the terminal and the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index import CheckedQuotation, Passage, Quote, Span


def words_on_record(passage: Passage, checked: CheckedQuotation) -> tuple[Quote, list[Span]]:
    """Return the words to show of *passage*, and where in its paragraph they differ.

    They reach as far as the words do that the story left out at the quotation's ends.
    """
    quote = passage.quote
    touching = [
        one.stands
        for one in checked.differences
        if one.stands
        and one.stands.paragraph == quote.paragraph
        and one.stands.start <= quote.stop
        and quote.start <= one.stands.stop
    ]
    start = min([quote.start, *(one.start for one in touching)])
    stop = max([quote.stop, *(one.stop for one in touching)])
    return Quote(quote.paragraph, start, stop), [(one.start, one.stop) for one in touching]


def split_at(text: str, within: Span, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """Yield the parts of the slice of *text*, and whether one of the *spans* covers them.

    >>> list(split_at("no new port opens", (3, 17), [(7, 11)]))
    [('new ', False), ('port', True), (' opens', False)]
    """
    place, stop = within
    for first, last in sorted(spans):
        begin, end = max(first, place), min(last, stop)
        if begin < end:
            if place < begin:
                yield text[place:begin], False
            yield text[begin:end], True
            place = end
    if place < stop:
        yield text[place:stop], False
