"""Says what was found of a checked story: its summary, and what is wrong with each quotation.

All of it is plain text, for a terminal and for Telegram; how a report looks is decided there. Words
between quotation marks are slices of the draft or of the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import islice
from typing import Any

from bot.i18n.draft_places import numbered_places
from bot.i18n.neighbours import is_one_character, with_neighbours
from bot.i18n.strings import Shown, Strings, Typed
from index import (
    Attribution,
    Change,
    CheckedQuotation,
    CheckedStory,
    Citation,
    Difference,
    Disagreement,
    Grade,
    Mismatch,
    Quotation,
    Quote,
    Span,
)

#: Words of a draft or of the record are cut to so many characters: two lines on a phone.
_LONGEST = 120
#: A name or a title is cut to so many.
_LONGEST_NAME = 80
#: So many differences in mere words are told; the report marks them all.
_MOST_WORDS = 3
#: So many places of quotation marks that have no partner are named.
_MOST_PLACES = 5


def summary(story: CheckedStory, strings: Strings) -> str:
    """Return how many quotations *story* has, and of which grades: "3 quotations: 2 verbatim, …".

    The verbatim ones come first, then the others, the worst first.
    """
    if not story.quotations:
        return strings.story_no_quotations
    grades = [Grade.VERBATIM, *(grade for grade in Grade if grade is not Grade.VERBATIM)]
    counted = [(grade, story.count(grade)) for grade in grades]
    told = [_entry(strings, "count", grade)(number) for grade, number in counted if number]
    quotations = strings.story_quotations(len(story.quotations))
    return strings.story_summary.format(quotations=quotations, grades=strings.comma.join(told))


def grade_name(grade: Grade, strings: Strings) -> str:
    """Return what *grade* is called."""
    return str(_entry(strings, "grade", grade))


def grade_title(grade: Grade, strings: Strings) -> str:
    """Return what *grade* is called, with a capital."""
    name = grade_name(grade, strings)
    return name[:1].upper() + name[1:]


def findings(
    checked: CheckedQuotation,
    story: CheckedStory,
    strings: Strings,
    typed: Typed = str,
    shown: Shown = str,
) -> list[str]:
    """Return what a desk must know of a quotation, a line each, what matters most first.

    *typed* says how words of the draft are shown, and *shown* words of the record and names.
    """
    return list(_Telling(checked, story, strings, typed, shown).lines())


def searched(story: CheckedStory, strings: Strings) -> str:
    """Return how much was searched, which is what is known of a quotation that is not on record."""
    covered = story.searched
    if not covered.statements:
        return strings.nothing_on_record
    sentence = strings.story_absent if covered.first else strings.story_absent_undated
    counted = strings.statements(covered.statements)
    return sentence.format(statements=counted, period=strings.from_to(covered))


def left_alone(story: CheckedStory, strings: Strings, *, as_typed: bool = True) -> list[str]:
    """Return what of the draft was not checked, and why, a line each.

    Unless it is *as_typed*, its paragraphs are named and not its lines, which nobody sees.
    """
    return [*missed(story, strings, as_typed=as_typed), *passed_over(story, strings)]


def missed(story: CheckedStory, strings: Strings, *, as_typed: bool = True) -> list[str]:
    """Return where there may be quotations that were not found, a line each."""
    lines = []
    if 0 < story.read < len(story.draft):
        sentence = strings.story_read
        lines.append(sentence.format(number=story.read, total=len(story.draft)))
    if story.unbalanced:
        places = _places(story, strings, as_typed=as_typed)
        lines.append(strings.story_unbalanced.format(lines=places))
    return lines


def passed_over(story: CheckedStory, strings: Strings) -> list[str]:
    """Return what was found and not checked, as is right, a line each."""
    lines = []
    if story.short:
        lines.append(strings.story_short(len(story.short)))
    if story.paraphrases:
        lines.append(strings.story_paraphrases(len(story.paraphrases)))
    return lines


def _places(story: CheckedStory, strings: Strings, *, as_typed: bool) -> str:
    """Return in which lines or paragraphs of the draft a quotation mark has no partner."""
    name = strings.story_line if as_typed else strings.story_paragraph
    number = numbered_places(story.draft, as_typed=as_typed)
    numbers = dict.fromkeys(map(number, sorted(story.unbalanced)))
    named = [name.format(number=one) for one in islice(numbers, _MOST_PLACES)]
    if more := len(numbers) - len(named):
        named.append(strings.read_more.format(number=more))
    return strings.comma.join(named)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What is told of one quotation, and all that it takes."""

    checked: CheckedQuotation
    story: CheckedStory
    strings: Strings
    typed: Typed
    shown: Shown

    def lines(self) -> Iterator[str]:
        """Yield the findings, what matters most first."""
        checked, strings = self.checked, self.strings
        if checked.grade is Grade.ABSENT:
            yield from self._absent()
        if checked.grade is Grade.SPLICED:
            yield self._spliced()
        grave = [one for one in checked.differences if one.change is not Change.WORDS]
        yield from map(self._difference, grave)
        yield from map(self._disagreement, checked.disagreements)
        yield from map(self._limit, filter(self._is_untold, checked.limits))
        mere = [one for one in checked.differences if one.change is Change.WORDS]
        yield from map(self._difference, mere[:_MOST_WORDS])
        if more := len(mere[_MOST_WORDS:]):
            yield strings.story_more_words(more)
        if checked.grade is Grade.PUNCTUATED:
            yield strings.story_punctuated
        yield from self._no_longer_current()

    def _absent(self) -> Iterator[str]:
        strings = self.strings
        yield searched(self.story, strings)
        if nearest := self.checked.nearest:
            yield strings.story_nearest.format(
                words=self._on_record(nearest.quote),
                speaker=self._name(nearest.citation.speaker),
                date=strings.day(nearest.citation.date),
                place=self._place(nearest.citation),
            )

    def _spliced(self) -> str:
        strings = self.strings
        citations = [one.citation for one in self.checked.passages]
        places = list(dict.fromkeys(map(self._place, citations)))
        if len(places) == 1:
            return strings.story_spliced_within.format(place=places[0])
        several = len({one.statement for one in citations}) > 1
        sentence = strings.story_spliced_statements if several else strings.story_spliced
        return sentence.format(places=strings.comma.join(places))

    def _difference(self, difference: Difference) -> str:
        strings, change = self.strings, difference.change
        written, stands = difference.written, difference.stands
        name = _entry(strings, "change", change)
        if stands is None:
            return self._put_in(difference, name)
        if written[0] == written[1]:
            return self._left_out(difference, stands, name)
        if change in (Change.NEGATION, Change.MODAL) or is_one_character(stands.text):
            # Neither "will" nor "won't" tells much by itself, nor does one of several characters.
            stands, written = _around(stands), self._around_written(written)
        return strings.story_changed.format(
            name=name, stands=self._on_record(stands), written=self._in_draft(written)
        )

    def _left_out(self, difference: Difference, stands: Quote, name: str) -> str:
        strings = self.strings
        if difference.change is Change.NEGATION:
            hidden = difference.at_omission
            sentence = strings.story_negation_hidden if hidden else strings.story_negation_left_out
            return sentence.format(
                words=self._on_record(stands),
                stands=self._on_record(_around(stands)),
                written=self._in_draft(self._around_written(difference.written)),
            )
        sentence = strings.story_hidden if difference.at_omission else strings.story_left_out
        return sentence.format(name=name, words=self._on_record(stands))

    def _put_in(self, difference: Difference, name: str) -> str:
        """Return what the story put in, and if it is a "not", what the record has there."""
        strings, written = self.strings, difference.written
        words, around = self._in_draft(written), self._around_written(written)
        without = self._without(written, around)
        if difference.change is not Change.NEGATION or without is None:
            return strings.story_put_in.format(name=name, words=words)
        return strings.story_negation_put_in.format(
            words=words, stands=self._on_record(without), written=self._in_draft(around)
        )

    def _without(self, written: Span, around: Span) -> Quote | None:
        """Return the words on record that stand *around* those *written* in the story alone."""
        draft = self.story.draft
        before, after = draft[around[0] : written[0]].split(), draft[written[1] : around[1]].split()
        beside = r"\s*".join(map(re.escape, [*before, *after]))
        for passage in self.checked.passages:
            if not passage.written[0] <= written[0] <= written[1] <= passage.written[1]:
                continue
            quote = passage.quote
            if before and after and (found := re.search(beside, quote.text, re.IGNORECASE)):
                start = quote.start + found.start()
                return Quote(quote.paragraph, start, quote.start + found.end())
        return None

    def _disagreement(self, one: Disagreement) -> str:
        """Return what the record says, and the story's words if there are any for it."""
        strings = self.strings
        if one.mismatch is Mismatch.PARAPHRASE:
            attributions = [passage.citation.attribution for passage in self.checked.passages]
            ours = Attribution.BRIEF in attributions
            return strings.story_brief if ours else strings.story_paraphrase
        if one.mismatch is Mismatch.QUESTION:
            return strings.story_question
        said = self._said(one)
        if one.written is None or one.written[0] == one.written[1]:
            return said
        return strings.story_has.format(said=said, words=self._in_draft(one.written))

    def _said(self, one: Disagreement) -> str:
        """Return what the record says of the speaker, the day or the text."""
        strings = self.strings
        sentence = _entry(strings, "said", one.mismatch)
        if one.mismatch is not Mismatch.DATE:
            return str(sentence.format(stands=self._name(one.stands)))
        citations = [passage.citation for passage in self.checked.passages]
        if citations and all(citation.date is None for citation in citations):
            # It is not known when that was said.
            sentence = strings.story_published
        return str(sentence.format(stands=self.shown(_day(one.stands, strings))))

    def _is_untold(self, limit: Quote) -> bool:
        """Return whether a limit is none of the words that are told as left out."""
        return not any(
            one.stands.paragraph is limit.paragraph
            and one.stands.start < limit.stop
            and limit.start < one.stands.stop
            for one in self.checked.differences
            if one.stands and one.change is Change.LIMIT
        )

    def _limit(self, limit: Quote) -> str:
        """Return that the story stops before words that limit it, or begins after them."""
        follows = not any(
            one.quote.paragraph == limit.paragraph and limit.stop <= one.quote.start
            for one in self.checked.passages
        )
        sentence = self.strings.story_goes_on if follows else self.strings.story_begins
        return sentence.format(words=self._on_record(limit))

    def _no_longer_current(self) -> Iterator[str]:
        strings = self.strings
        for citation in dict.fromkeys(one.citation for one in self.checked.passages):
            if withdrawn := strings.withdrawal(citation):
                yield self.shown(withdrawn)
            if citation.amended:
                yield strings.story_amended.format(date=strings.day(citation.amended))

    def _place(self, citation: Citation) -> str:
        sentence = self.strings.story_place
        return sentence.format(number=citation.paragraph, reference=citation.reference)

    def _name(self, name: str) -> str:
        return self.shown(_short(name, _LONGEST_NAME))

    def _in_draft(self, span: Span) -> str:
        return self._quoted(self.story.draft[slice(*span)], self.typed)

    def _on_record(self, quote: Quote) -> str:
        return self._quoted(quote.text, self.shown)

    def _quoted(self, words: str, shown: Shown) -> str:
        """Return *words* on one line between quotation marks; a number needs none."""
        short = shown(_short(" ".join(words.split()), _LONGEST))
        if any(map(str.isalpha, words)):
            return self.strings.read_quoted.format(words=short)
        return short

    def _around_written(self, written: Span) -> Span:
        """Return the story's words with one more on each side, within the quotation."""
        first, last = inside(self.checked.quotation)
        return with_neighbours(self.story.draft, written, first, last)


def inside(quotation: Quotation) -> Span:
    """Return where the words of *quotation* stand in the draft, without its marks."""
    pieces = quotation.pieces
    if not pieces:
        return quotation.start, quotation.stop
    return pieces[0].start, max(pieces[-1].stop, pieces[0].start)


def _around(quote: Quote) -> Quote:
    """Return *quote* with one more word of its paragraph on each side."""
    text = quote.paragraph.text
    start, stop = with_neighbours(text, (quote.start, quote.stop), 0, len(text))
    return Quote(quote.paragraph, start, stop)


def _day(stands: str, strings: Strings) -> str:
    """Return a day as it is written in the language; what is no day stays as it is."""
    try:
        return strings.day(date.fromisoformat(stands))
    except ValueError:
        return stands


def _entry(strings: Strings, group: str, one: Enum) -> Any:
    """Return the entry for *one* of a *group* of entries."""
    return getattr(strings, f"story_{group}_{one.name.lower()}")


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
