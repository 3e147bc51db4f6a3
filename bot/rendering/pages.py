"""Renders what is longer than a message, page by page: a statement, and the list of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton

from bot.i18n.strings import Strings
from bot.rendering.callback_data import Action, Button
from bot.rendering.fitting import between_words
from bot.rendering.html import LONGEST_MESSAGE, link, plain, whose
from bot.rendering.keyboards import back, button, keyboard
from bot.rendering.view import Reply, View
from index import Citation, Hit, Quote, Record, Statement

SOURCES_A_PAGE = 10
#: Ten links of this length, each character escaped in six bytes, and their titles in five, fit the
#: 32 KiB that a message may have before parsing.
LONGEST_LISTED_URL = 300
#: Buttons that open a statement, side by side.
_A_ROW = 5
#: A page of a statement has at most so many paragraphs: with a quotation each they stay below the
#: 100 entities that Telegram keeps. And of one paragraph so many characters, or it goes on.
_PARAGRAPHS, _LONGEST_PART = 30, 3000
#: What stands around a paragraph on a page: its number and reference, line breaks, a dash, marks of
#: cuts and of direction.
_BETWEEN = 45
#: Marks the paragraph that a page was opened at.
_HERE = "●"


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a paragraph stands on a page."""

    hit: Hit
    start: int
    stop: int


def render_sources(
    record: Record, view: View, page: int = 0, opening: Callable[[str], Hit | None] | None = None
) -> Reply:
    """Return page *page* (from 0) of the statements on record, newest first.

    With *opening*, which returns the first paragraph of the statement with an id, there is a button
    to read each.
    """
    strings, statements = view.strings, record.statements
    if not statements:
        return Reply(plain(strings.nothing_on_record))
    pages = -(-len(statements) // SOURCES_A_PAGE)
    page = min(page, pages - 1)
    first = page * SOURCES_A_PAGE
    shown = list(enumerate(statements[first : first + SOURCES_A_PAGE], first + 1))
    lines = [strings.sources_heading.format(statements=plain(strings.statements(len(statements))))]
    lines += [f"{number}. {_listed(statement, strings)}" for number, statement in shown]
    if pages > 1:
        lines.append(plain(strings.sources_page.format(page=page + 1, pages=pages)))
    here = Button(Action.SOURCES, page)
    opened = []
    for number, statement in shown if opening else ():
        if opening and (hit := opening(statement.id)):
            whole = replace(here.onward(Action.STATEMENT, hit.citation.reference), page=1)
            opened.append(button(str(number), whole))
    turning = []
    if page > 0:
        turning.append(button(strings.button_newer, replace(here, number=page - 1)))
    if page < pages - 1:
        turning.append(button(strings.button_older, replace(here, number=page + 1)))
    return Reply("\n\n".join(lines), keyboard([opened[:_A_ROW], opened[_A_ROW:], turning]))


def render_statement(hits: Sequence[Hit], view: View, here: Button) -> Reply:
    """Return the page that *here* says of a statement whose paragraphs are *hits*, all of them.

    Page 0 is the one with the paragraph of *here*'s reference, which is marked there. Every
    paragraph is whole, but for one that is longer than a page, whose cuts are marked.
    """
    strings, citation = view.strings, hits[0].citation
    title, published = strings.short_title(citation.title), strings.published_when(citation)
    # The whole of what only came nearest to a question answers it no more than that did.
    note = strings.only_nearest() if Action.NEAREST in here.trail else ""
    pages = _pages(hits, LONGEST_MESSAGE - sum(map(len, [note, title, *published])), strings)
    number = min(here.page, len(pages)) or _page_with(pages, here.reference)
    lines: list[str] = []
    said: Citation | None = None
    for part in pages[number - 1]:
        arrived = not here.page and part.hit.citation.reference == here.reference
        lines += [_label(part.hit.citation, said, strings, arrived=arrived), _quoted(part)]
        said = part.hit.citation
    if len(pages) > 1:
        lines.append(plain(strings.statement_page.format(page=number, pages=len(pages))))
    heading = [f"<b>{plain(title)}</b>", *map(plain, published)]
    if citation.url:
        # The longest there is, and a page of what escaping makes longest, take 31 KiB of 32.
        heading.append(link(citation.url, plain(strings.source)))
    html = "\n".join([*filter(None, [plain(note)]), " · ".join(heading), *lines])
    return Reply(html, keyboard([_turning(here, number, len(pages), strings)]))


def _turning(here: Button, page: int, pages: int, strings: Strings) -> list[InlineKeyboardButton]:
    """Return the buttons to the pages around *page*, and back to where the first was opened."""
    turning = []
    if page > 1:
        turning.append(button(strings.button_earlier, replace(here, page=page - 1)))
    if page < pages:
        turning.append(button(strings.button_later, replace(here, page=page + 1)))
    return [*turning, *back(here, strings)]


def _pages(hits: Sequence[Hit], longest: int, strings: Strings) -> list[list[_Part]]:
    """Return what stands on each page; none is longer than so many characters."""
    longest -= len(strings.source) + len(strings.statement_page) + _BETWEEN
    pages: list[list[_Part]] = []
    room, said = 0, None
    for hit in hits:
        for part in _parts(hit):
            length = part.stop - part.start + _BETWEEN
            needed = length + len(whose(hit.citation, said, strings))
            if not pages or needed > room or len(pages[-1]) == _PARAGRAPHS:
                pages.append([])
                room = longest
                # On a new page it is said again who speaks.
                needed = length + len(whose(hit.citation, None, strings))
            pages[-1].append(part)
            room -= needed
            said = hit.citation
    return pages


def _parts(hit: Hit) -> list[_Part]:
    """Return the paragraph in as few parts as fit a page each, cut between words."""
    text, parts, start = hit.paragraph.text, [], 0
    while len(text) - start > _LONGEST_PART:
        stop = between_words(text, start + _LONGEST_PART, start + 1)
        parts.append(_Part(hit, start, stop))
        start = len(text) - len(text[stop:].lstrip(" "))
        if start == len(text):
            return parts
    return [*parts, _Part(hit, start, len(text))]


def _page_with(pages: list[list[_Part]], reference: str) -> int:
    """Return the number, from 1, of the first page with the paragraph of *reference*; else 1."""
    for number, page in enumerate(pages, 1):
        if any(part.hit.citation.reference == reference for part in page):
            return number
    return 1


def _label(citation: Citation, said: Citation | None, strings: Strings, *, arrived: bool) -> str:
    """Return the line above a paragraph: number, reference, and what of its source is news."""
    number = f"<b>{_HERE} {citation.paragraph}</b>" if arrived else f"{citation.paragraph}"
    # A line without a letter of its own has no direction.
    label = strings.directed(f"{number} · {strings.isolated(f'<code>{citation.reference}</code>')}")
    news = whose(citation, said, strings)
    return f"{label} — {plain(news)}" if news else label


def _quoted(part: _Part) -> str:
    quote = Quote(part.hit.paragraph, part.start, part.stop)
    before = "[…] " if part.start else ""
    after = " […]" if part.stop < len(part.hit.paragraph.text) else ""
    return f"<blockquote>{before}{plain(quote.text)}{after}</blockquote>"


def _listed(statement: Statement, strings: Strings) -> str:
    title = plain(strings.short_title(statement.title, 120))
    if 0 < len(statement.url) <= LONGEST_LISTED_URL:
        title = link(statement.url, title)
    names = ", ".join(party.name for party in statement.parties)
    speaker = plain(strings.short_title(names, 60))
    size = strings.paragraphs(len(statement.paragraphs))
    parts = [speaker, strings.day(statement.date), strings.kind(statement.kind), size]
    return f"{title}\n{' · '.join(parts)}"
