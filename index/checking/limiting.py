"""Finds the words on record that limit a quotation, and that the story does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from index.checking.change_words import change_words_of
from index.checking.comparison import Comparison, sentence_at
from index.checking.places import Places
from index.checking.report import Passage
from index.checking.scales import scale_after
from index.checking.spelling import are_spellings
from index.checking.words import words_of
from index.drafts.quotation import Quotation
from index.model.answer import Quote
from index.text.limits import limits_of, opens_with_limit

#: So many characters beside a quotation are its sentence's.
_BESIDE = 120
#: So many are right behind it.
_RIGHT_BEHIND = 40
_SENTENCE_END = regex.compile(r"[.?!;。？！；۔\n]")


def limits_on(
    comparison: Comparison,
    passages: Sequence[Passage],
    draft: str,
    quotation: Quotation,
    places: Places,
) -> tuple[Quote, ...]:
    """Return the words on record that limit *quotation*, but for those that the *draft* tells."""
    scale = _scale_cut_off(comparison, draft, places)
    limits = (
        limit
        for limit in _limits(comparison, places)
        if not _is_told_beside(limit, passages, draft, quotation)
    )
    return (*scale, *limits)


def is_quoted(limit: Quote, quoted: Sequence[Passage]) -> bool:
    """Return whether one of *quoted* has most of the words that limit."""
    return any(
        one.quote.paragraph is limit.paragraph
        and min(one.quote.stop, limit.stop) - max(one.quote.start, limit.start)
        >= (limit.stop - limit.start) / 2
        for one in quoted
    )


def _limits(comparison: Comparison, places: Places) -> Iterator[Quote]:
    """Yield the words on record that limit what the quotation has."""
    standing = [one for part in comparison.parts for one in part.standing]
    first, last = standing[0], standing[-1]
    for paragraph in dict.fromkeys((first.paragraph, last.paragraph)):
        here = [one.word for one in standing if one.paragraph == paragraph]
        start, stop = min(one.start for one in here), max(one.stop for one in here)
        for limit in limits_of(places.text(paragraph), start, stop, places.language(paragraph)):
            # It leads to the first words, or follows the last.
            ours = first if limit.stop <= start else last
            if ours.paragraph == paragraph:
                yield Quote(places.at(paragraph)[1], limit.start, limit.stop)
    paragraph, stop = last.paragraph, last.word.stop
    spans = places.sentences(paragraph)
    after = places.next_in_voice(paragraph)
    if after is None or sentence_at(spans, stop - 1) < len(spans) - 1:
        return
    if opening := opens_with_limit(places.text(after), places.language(after)):
        yield Quote(places.at(after)[1], opening.start, opening.stop)


def _scale_cut_off(comparison: Comparison, draft: str, places: Places) -> Iterator[Quote]:
    """Yield the scale of the number that the quotation ends with: "million" of $3.2 million.

    A writer may go on with it outside of the marks: of “$3.2” million nothing is cut off.
    """
    words = comparison.written.words
    last = comparison.parts[-1].pairs[-1]
    if not last.same or last.standing is None or last.written != len(words) - 1:
        return
    scale = scale_after(last.standing, places)
    if scale is None:
        return
    stands, stop = words_of(scale.text), words[-1].stop
    behind = words_of(draft, stop, stop + _RIGHT_BEHIND)
    if not any(are_spellings(behind[:count], stands) for count in range(1, len(stands) + 2)):
        yield scale


def _is_told_beside(
    limit: Quote,
    passages: Sequence[Passage],
    draft: str,
    quotation: Quotation,
) -> bool:
    """Return whether the story has what limits in words of its own, right beside the quotation.

    It wasn't "about any religion"; "we shall pay", but only if the insurers agree.
    """
    last = passages[-1]
    leads = limit.paragraph is last.quote.paragraph and limit.stop <= last.quote.start
    language = last.citation.language
    before = _SENTENCE_END.split(draft[max(0, quotation.start - _BESIDE) : quotation.start])[-1]
    after = _SENTENCE_END.split(draft[quotation.stop : quotation.stop + _BESIDE])[0]
    if leads:
        known = change_words_of(language)
        return any(known.denies(one.plain) for one in words_of(f"{before} {after}"))
    first = words_of(limit.text)[:1]
    return any(one.plain == word.plain for one in first for word in words_of(after))
