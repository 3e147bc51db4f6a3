"""Renders a checked story as one message, in pages where it is longer than that.

The summary stands on every page. A quotation that is not verbatim has a block: what is wrong with
it, the words at issue marked, where it stands. The verbatim ones are one folded list. What was
searched, and what was not checked, comes last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton
from telegram.constants import MessageLimit

from bot.i18n.story_strings import (
    findings,
    grade_name,
    missed,
    passed_over,
    searched,
    summary,
)
from bot.i18n.strings import Strings
from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.html import (
    LONGEST_LISTED_URL,
    LONGEST_MESSAGE,
    bold,
    link,
    plain,
    visible_length,
)
from bot.rendering.keyboards import button, keyboard, passage_buttons
from bot.rendering.story_words import beginning_of, quotation_of, words_of_draft
from bot.rendering.view import Reply, View
from index import Attribution, CheckedQuotation, CheckedStory, Citation, Grade

#: Blocks on a page; more are too many to read on one.
_BLOCKS = 8
#: Entities that a page has at most: a few of the hundred that Telegram keeps are for what it finds
#: itself, such as an address in a name.
_ENTITIES = MessageLimit.MESSAGE_ENTITIES - 20
#: Bytes of a page before parsing, of the 32 KiB that a message may have.
_BYTES = 28 * 1024
#: Buttons in a row, and on a page on which verbatim quotations have one, too.
_IN_ROW, _FEW_BUTTONS = 2, 8
#: Passages of a spliced quotation that are cited.
_MOST_CITED = 3
#: Characters of a name or a title in a citation, and of a verbatim quotation in the list.
_LONGEST_NAME, _FIRST_WORDS = 120, 90
#: Characters of a block, and what it has at most if there is room: lines of findings, and places.
#: The last are short enough, however long the names are.
_LONGEST_BLOCK = 3000
_ROOM = ((8, _MOST_CITED), (8, 2), (8, 1), (4, 1))
#: Words that are whose they are said to be, of which no more is said in the list.
_OWN_WORDS = (Attribution.DIRECT, Attribution.JOINT)
#: Characters between two items, and around the list.
_BETWEEN = 4


@dataclass(frozen=True, slots=True)
class _Item:
    """What is said of one quotation."""

    #: The quotation's number in the draft, from 1.
    number: int
    html: str
    grade: Grade
    #: Of the passages that it stands in, or is nearest to.
    references: tuple[str, ...]

    @property
    def is_listed(self) -> bool:
        """Whether it stands in the folded list."""
        return self.grade is Grade.VERBATIM


def render_story(
    story: CheckedStory,
    view: View,
    name: str,
    number: int = 0,
    notes: Sequence[str] = (),
    *,
    as_typed: bool = True,
    hint: str = "",
) -> Reply:
    """Return page *number* (from 0) of the report on *story*, which buttons call *name*.

    It is *as_typed*, or else the paragraphs of a document.

    The first page begins with *notes*, plain, and what may have been missed, and ends with what was
    not checked. A page on which a quotation is not on record ends with how much was searched.
    *hint*, plain, is what to know where there is no quotation, or one that is not on record.
    """
    strings = view.strings
    head = bold(plain(summary(story, strings)))
    above = [*notes, *missed(story, strings, as_typed=as_typed)]
    beneath = [plain(one) for one in passed_over(story, strings)]
    first = "\n".join([head, *map(plain, above)])
    if not story.quotations:
        told = "\n".join([first, *beneath])
        return Reply(f"{told}\n\n{plain(hint)}" if hint else told, aside=True)
    covered = "\n".join(plain(one) for one in (searched(story, strings), hint) if one)
    taken = sum(len(one.encode()) + 1 for one in [first, *beneath, covered])
    pages = _pages(_items(story, strings), taken)
    number %= len(pages)
    blocks = [one.html for one in pages[number] if not one.is_listed]
    if listed := [one.html for one in pages[number] if one.is_listed]:
        label = bold(plain(grade_name(Grade.VERBATIM, strings)))
        lines = "\n".join(listed)
        blocks.append(f"{label}\n<blockquote expandable>{lines}</blockquote>")
    current = CallbackData(Action.STORY, number=number, question=name)
    turning = passage_buttons(current, len(pages), strings)
    foot = [] if number else beneath
    if any(one.grade is Grade.ABSENT for one in pages[number]):
        foot = [*foot, covered]
    ending = ["\n".join(foot)] if foot else []
    html = "\n\n".join([head if number else first, *blocks, *ending])
    rows = [*_to_passages(pages[number], current), turning]
    return Reply(html, keyboard(rows))


def _items(story: CheckedStory, strings: Strings) -> Iterator[_Item]:
    """Yield what is said of each quotation, the worst first, the verbatim ones last."""
    order = list(Grade)
    numbered = sorted(enumerate(story.quotations, 1), key=lambda one: order.index(one[1].grade))
    for number, checked in numbered:
        citations = list(dict.fromkeys(passage.citation for passage in checked.passages))
        references = [one.reference for one in citations[:_MOST_CITED]]
        if checked.nearest:
            references.append(checked.nearest.citation.reference)
        shown = _line if checked.grade is Grade.VERBATIM else _block
        html = shown(number, checked, citations, story, strings)
        yield _Item(number, html, checked.grade, tuple(dict.fromkeys(references)))


def _block(
    number: int,
    checked: CheckedQuotation,
    citations: Sequence[Citation],
    story: CheckedStory,
    strings: Strings,
) -> str:
    """Return the block of a quotation that is not verbatim: findings, words, where they stand."""
    name = plain(grade_name(checked.grade, strings))
    head = strings.directed(bold(f"{number} · {name}"))
    told = findings(checked, story, strings, words_of_draft, plain)
    # That is said once for all.
    told = [one for one in told if one != plain(searched(story, strings))]
    words = f"<blockquote>{quotation_of(checked, story.draft)}</blockquote>"
    cited = [_cited(one, strings) for one in citations[:_MOST_CITED]]
    if cited and checked.copies:
        cited[0] += f" · {plain(strings.copies(len(checked.copies)))}"
    block = ""
    for findings_told, places in _ROOM:
        more = len(told) - findings_told
        beyond = [plain(strings.read_more.format(number=more))] if more > 0 else []
        found = [strings.direction.marked(one) for one in [*told[:findings_told], *beyond]]
        block = "\n".join([head, *found, words, *cited[:places]])
        if visible_length(block) <= _LONGEST_BLOCK:
            break
    return block


def _line(
    number: int,
    checked: CheckedQuotation,
    citations: Sequence[Citation],
    story: CheckedStory,
    strings: Strings,
) -> str:
    """Return the line of a verbatim quotation."""
    words = strings.isolated(beginning_of(checked, story.draft, _FIRST_WORDS))
    parts = [f"{number}. {words}"]
    for citation in citations[:1]:
        speaker = plain(strings.short_title(citation.speaker, _LONGEST_NAME))
        parts += [speaker, strings.day(citation.date)]
        if citation.attribution not in _OWN_WORDS or citation.translation:
            parts.append(plain(strings.attribution_label(citation)))
        parts.append(_code(citation, strings))
    return strings.directed(" · ".join(parts))


def _cited(citation: Citation, strings: Strings) -> str:
    """Return where a passage stands, in two lines as beneath any quote."""
    title, *parts = map(plain, strings.where_undated(citation))
    if 0 < len(citation.url) <= LONGEST_LISTED_URL:
        title = link(citation.url, title)
    place = strings.direction.marked(" · ".join([title, *parts, _code(citation, strings)]))
    return f"— {strings.who_and_when(citation, plain, lambda name: bold(plain(name)))}\n{place}"


def _code(citation: Citation, strings: Strings) -> str:
    return strings.isolated(f"<code>{citation.reference}</code>")


def _pages(items: Iterable[_Item], taken: int) -> list[list[_Item]]:
    """Return the items of each page, beside what has *taken* so many bytes there already."""
    pages: list[list[_Item]] = [[]]
    length, entities, size = taken, 0, taken
    for item in items:
        needed, tags = visible_length(item.html) + _BETWEEN, item.html.count("</")
        bytes_needed = len(item.html.encode())
        full = (
            length + needed > LONGEST_MESSAGE
            or entities + tags > _ENTITIES
            or size + bytes_needed > _BYTES
            or (not item.is_listed and len(pages[-1]) == _BLOCKS)
        )
        if full and pages[-1]:
            pages.append([])
            length, entities, size = taken, 0, taken
        pages[-1].append(item)
        length, entities, size = length + needed, entities + tags, size + bytes_needed
    return pages


def _to_passages(items: Sequence[_Item], current: CallbackData) -> list[list[InlineKeyboardButton]]:
    """Return rows of buttons that open the passages of *items*, from where "back" leads here.

    Verbatim quotations have some where there are few.
    """
    labelled = [(item, one) for item in items for one in item.references]
    if len(labelled) > _FEW_BUTTONS:
        labelled = [(item, one) for item, one in labelled if not item.is_listed]
    buttons = [
        button(f"{item.number} · {reference}", current.forward(Action.CONTEXT, reference))
        for item, reference in labelled
    ]
    return [buttons[at : at + _IN_ROW] for at in range(0, len(buttons), _IN_ROW)]
