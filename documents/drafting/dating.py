"""Settles when a statement was said, and when it was published, by data and by its first lines.

A day within a sentence may be of anything, and is offered alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

import regex

from documents.days import dateline_of, days_in
from documents.drafting.known import Known, settle_certain
from documents.model import Block, Claim, Doubt, Field, Warned
from index import Kind

#: A date at the very beginning of a text, as news archives write it: ``date 2025-02-25``.
_LEADING_DATE = regex.compile(r"\s*date:?\s+(\d{4}-\d{2}-\d{2})\b[\s.,:;—–-]*", regex.IGNORECASE)
#: In so many of the first and last blocks, a text says when it was said.
_TITLE_BLOCKS, _LAST_BLOCKS = 4, 3


def settle_days(known: Known, claims: Mapping[Field, list[Claim]]) -> None:
    """Settle when it was said, and when it was published, and offer what else it may be."""
    if known.blocks:
        _settle_leading_date(known)
    certain = [claim for claim in claims.get(Field.DATE, ()) if claim.certain]
    differing = {claim.value for claim in certain}
    if len(differing) > 1 and known.stated.get("date") is None:
        told = ", ".join(f"{claim.value} ({claim.where})" for claim in certain)
        known.warnings.append(
            Warned(
                text=f"it names different days on which it was said: {told}", doubt=Doubt.CONFLICT
            )
        )
    settle_certain(known, claims, Field.DATE)
    for block in (*known.blocks[:_TITLE_BLOCKS], *known.blocks[-_LAST_BLOCKS:]):
        if day := dateline_of(block.text):
            known.settle("date", day.isoformat(), f"“{block.text}”")
    title_days = [found.day.isoformat() for found in days_in(str(known.stated.get("title") or ""))]
    if len(title_days) == 1:
        known.settle("date", title_days[0], "title")
    settle_certain(known, claims, Field.PUBLISHED)
    published = known.stated.get("published")
    if published is not None and known.kind is not Kind.REPORT and "published" in known.found_in:
        known.settle("date", published, known.found_in["published"])
    known.warnings += _other_datelines(known)
    if known.stated.get("date") is None:
        known.offered += _days_in_sentences(known.blocks)
    else:
        known.offered = [one for one in known.offered if one.field is not Field.DATE]


def _other_datelines(known: Known) -> Iterator[Warned]:
    """Yield a note if the text begins or ends with another day than the data tell."""
    days = {str(known.stated.get("date")), str(known.stated.get("published"))}
    if "date" not in known.found_in or days == {"None"}:
        return
    for block in (*known.blocks[:_TITLE_BLOCKS], *known.blocks[-_LAST_BLOCKS:]):
        day = dateline_of(block.text)
        if day and day.isoformat() not in days:
            yield Warned(text=f"its text is dated otherwise: “{block.text}”")
            return


def _settle_leading_date(known: Known) -> None:
    """Move the date at the head of the text to its field.

    At the head of a report it is the day of publication, and not known when it was said. If an
    earlier date was given, the leading one is the date of publication. A date that fits neither
    field stays in the text.
    """
    first = known.blocks[0]
    match = _LEADING_DATE.match(first.text)
    if not match or not _is_day(match[1]):
        return
    leading, given = match[1], known.stated.get("date")
    published = known.stated.get("published")
    if given is None and known.kind is Kind.REPORT:
        if str(published or leading) != leading:
            return
        where = "the head of the report; when it was said is not known"
        known.settle("published", leading, where)
    elif given is None:
        known.settle("date", leading, "the head of the text")
    elif str(given) < leading and published is None:
        known.settle("published", leading, "the head of the text")
    elif leading not in (str(given), str(published)):
        return
    _shorten_first(known, match.end())


def _shorten_first(known: Known, end: int) -> None:
    """Take the first *end* characters off the text."""
    first = known.blocks[0]
    rest, lines = first.text[end:], list(first.lines)
    # The lines are joined by single spaces.
    while lines and end > 0:
        size = len(lines[0])
        lines[0] = lines[0][end:]
        end -= size + 1
        if not lines[0].strip():
            del lines[0]
        else:
            break
    if rest.strip():
        known.blocks[0] = Block(
            text=rest, kind=first.kind, page=first.page, lines=tuple(lines) if lines else ()
        )
    else:
        del known.blocks[0]


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _days_in_sentences(blocks: Sequence[Block]) -> Iterator[Claim]:
    """Yield the days that the first paragraphs name: any of them may be the day, or another's."""
    for block in blocks[:_TITLE_BLOCKS]:
        for found in days_in(block.text):
            shown = block.text[max(0, found.start - 20) : found.stop + 20]
            yield Claim(field=Field.DATE, value=found.day.isoformat(), where=f"“…{shown}…”")
