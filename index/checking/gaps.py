"""Finds where a quotation goes on elsewhere on record than it stopped, and what lies between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.checking.comparison import Aligned, Comparison, Standing, sentence_at
from index.model.answer import Span
from index.model.statement import Paragraph, Statement

#: A speaker who is interrupted goes on after so many words of others, each a paragraph.
_MOST_INTERRUPTIONS = 2


@dataclass(frozen=True, slots=True)
class Gap:
    """Two words that stand side by side in a quotation, and not on record."""

    before: Standing
    after: Standing
    #: The number of the quotation's word after the gap.
    written: int
    #: Whether the story marks it, by an ellipsis or by words in brackets.
    marked: bool


def gaps_in(comparison: Comparison) -> list[Gap]:
    """Return the gaps of a quotation, in order; words left out within a part unmarked are none."""
    found: list[Gap] = []
    last: Aligned | None = None
    for part in comparison.parts:
        first = True
        for pair in part.pairs:
            if not pair.same or pair.standing is None or pair.written is None:
                continue
            if last and last.standing and not _follows(last.standing, pair.standing):
                marked = any(
                    (last.written or 0) < one <= pair.written
                    for one in comparison.written.omissions
                )
                if marked or first:
                    found.append(Gap(last.standing, pair.standing, pair.written, marked))
            last, first = pair, False
    return found


def _follows(one: Standing, other: Standing) -> bool:
    return (one.paragraph, one.number + 1) == (other.paragraph, other.number)


Located = Callable[[int], tuple[Statement, Paragraph]]
Sentences = Callable[[int], Sequence[Span]]


def joins(gap: Gap, located: Located, sentences: Sentences) -> bool:
    """Return whether *gap* joins what stands apart, as no quotation may.

    A writer may leave words out of a paragraph, or between one and the next in the same voice, if
    that is marked. Without a mark, words may be missing within a sentence alone: then the quotation
    is altered.
    """
    before, after = gap.before, gap.after
    (statement, one), (other_statement, other) = located(before.paragraph), located(after.paragraph)
    if statement.id != other_statement.id or one.speaker != other.speaker or one.role != other.role:
        return True
    if (after.paragraph, after.number) <= (before.paragraph, before.number):
        return True
    if gap.marked:
        between = range(before.paragraph + 1, after.paragraph)
        # Somebody may have broken in, and the speaker gone on.
        return len(between) > _MOST_INTERRUPTIONS or any(
            located(number)[1].speaker == one.speaker for number in between
        )
    if after.paragraph != before.paragraph:
        # It goes on with the next paragraph, if it has all that is between.
        rest = any(map(str.isalnum, one.text[before.word.stop :]))
        return rest or after.paragraph != before.paragraph + 1 or after.number > 0
    spans = sentences(before.paragraph)
    return sentence_at(spans, before.word.start) != sentence_at(spans, after.word.start)
