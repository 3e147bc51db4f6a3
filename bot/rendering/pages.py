"""Renders a whole statement, in pages where it is longer than a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton
from telegram.constants import MessageLimit

from bot.citations.parts import section_if_new, speaker_if_new
from bot.i18n.strings import Strings
from bot.rendering.callback_data import CallbackData
from bot.rendering.fitting import between_words
from bot.rendering.html import (
    LONGEST_MESSAGE,
    bold,
    link,
    plain,
)
from bot.rendering.keyboards import back, button, keyboard, no_answer_in
from bot.rendering.view import Reply, View
from index import Citation, Hit, Quote, is_linked

#: Entities on a page of a statement: a paragraph has two, its quotation and its reference, and a
#: heading one. The rest of those that Telegram keeps are for the title, the mark and the link.
_ENTITIES = MessageLimit.MESSAGE_ENTITIES - 4
#: Paragraphs on a page; more are too many to read on one.
_PARAGRAPHS = MessageLimit.MESSAGE_ENTITIES // 3
#: Characters of one paragraph on a page; a longer one goes on with the next page.
_LONGEST_PART = 3000
#: Characters around a paragraph on a page: its number and reference, line breaks, a dash, marks of
#: cuts and of direction.
_BETWEEN = 45
#: Marks the paragraph at which the statement was opened.
_MARK = "●"


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a paragraph that stands on a page."""

    hit: Hit
    start: int
    stop: int


def render_statement(hits: Sequence[Hit], view: View, data: CallbackData) -> Reply:
    """Return the page that *data* asks for, of a statement whose paragraphs are all in *hits*.

    Page 0 is the one with the paragraph of the reference, which is marked there. A paragraph is cut
    only if it is longer than a page, and its cuts are marked.
    """
    strings, citation = view.strings, hits[0].citation
    title, published = strings.short_title(citation.title), strings.published_when(citation)
    # A statement opened from a passage that does not answer does not answer either.
    notes = [strings.withdrawal(citation), no_answer_in(data.history, strings)]
    pages = _pages(hits, LONGEST_MESSAGE - sum(map(len, [*notes, title, *published])), strings)
    number = min(data.page, len(pages)) or _page_with(pages, data.reference)
    lines: list[str] = []
    previous: Citation | None = None
    for part in pages[number - 1]:
        marked = not data.page and part.hit.citation.reference == data.reference
        if section := section_if_new(part.hit.citation, previous, strings):
            lines.append(bold(plain(section)))
        lines += [_label(part.hit.citation, previous, strings, marked=marked), _quoted(part)]
        previous = part.hit.citation
    if len(pages) > 1:
        lines.append(plain(strings.statement_page.format(page=number, pages=len(pages))))
    heading = [f"<b>{plain(title)}</b>", *map(plain, published)]
    if is_linked(citation.url):
        # The longest link, and a page of characters that escape longest, take 31 KiB of 32.
        heading.append(link(citation.url, plain(strings.source)))
    html = "\n".join([*map(plain, filter(None, notes)), " · ".join(heading), *lines])
    return Reply(html, keyboard([page_buttons(data, number, len(pages), strings)]))


def page_buttons(
    data: CallbackData, page: int, pages: int, strings: Strings
) -> list[InlineKeyboardButton]:
    """Return the buttons to the pages around *page*, and back to where the statement was opened."""
    turning = []
    if page > 1:
        turning.append(button(strings.button_earlier, replace(data, page=page - 1)))
    if page < pages:
        turning.append(button(strings.button_later, replace(data, page=page + 1)))
    return [*turning, *back(data, strings)]


def _pages(hits: Sequence[Hit], longest: int, strings: Strings) -> list[list[_Part]]:
    """Return the parts on each page; no page is longer than *longest* characters."""
    longest -= len(strings.source) + len(strings.statement_page) + _BETWEEN
    pages: list[list[_Part]] = []
    room, entities, previous = 0, 0, None
    for hit in hits:
        # What else a page may have above a paragraph leaves a long one less room.
        above = strings.withdrawal(hit.citation) + section_if_new(hit.citation, None, strings)
        for part in _parts(hit, _LONGEST_PART - len(above)):
            needed, marks = _needed(part, previous, strings)
            full = pages and (len(pages[-1]) == _PARAGRAPHS or entities + marks > _ENTITIES)
            if not pages or needed > room or full:
                pages.append([])
                room, entities = longest, 0
                # A new page names the section and the speaker again.
                needed, marks = _needed(part, None, strings)
            pages[-1].append(part)
            room, entities = room - needed, entities + marks
            previous = hit.citation
    return pages


def _needed(part: _Part, previous: Citation | None, strings: Strings) -> tuple[int, int]:
    """Return how many characters and entities *part* takes, after a paragraph cited *previous*."""
    citation = part.hit.citation
    section = section_if_new(citation, previous, strings)
    speaker = speaker_if_new(citation, previous, strings)
    length = part.stop - part.start + len(section) + len(speaker) + _BETWEEN
    return length, 3 if section else 2


def _parts(hit: Hit, longest: int) -> list[_Part]:
    """Return the paragraph in parts of *longest* characters at most, cut between words."""
    text, parts, start = hit.paragraph.text, [], 0
    while len(text) - start > longest:
        stop = between_words(text, start + longest, start + 1)
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


def _label(citation: Citation, previous: Citation | None, strings: Strings, *, marked: bool) -> str:
    """Return the line above a paragraph: number, reference, and the speaker if it is a new one."""
    number = f"<b>{_MARK} {citation.paragraph}</b>" if marked else f"{citation.paragraph}"
    # A line without a letter of its own has no direction.
    label = strings.directed(f"{number} · {strings.isolated(f'<code>{citation.reference}</code>')}")
    speaker = speaker_if_new(citation, previous, strings)
    return f"{label} — {plain(speaker)}" if speaker else label


def _quoted(part: _Part) -> str:
    quote = Quote(part.hit.paragraph, part.start, part.stop)
    before = "[…] " if part.start else ""
    after = " […]" if part.stop < len(part.hit.paragraph.text) else ""
    return f"<blockquote>{before}{plain(quote.text)}{after}</blockquote>"
