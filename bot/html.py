"""Renders answers as Telegram messages: HTML, everything escaped, never too long.

It decides how things look. It searches nothing: whoever calls it brings the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import Action, Button
from bot.fitting import fit
from bot.speaking import Phrases
from index import Answer, Citation, Courtesy, Coverage, Hit, Record, Statement

#: A quote longer than this folds; it is about what fits on a telephone's screen.
FOLDS_FROM = 500
#: Telegram's limit is 4,096 characters after parsing (Bot API, sendMessage). Some are kept back, as
#: it counts the marks of a cut and the spaces between parts too.
LONGEST_MESSAGE = 4000
#: Telegram's limit for a button that copies text (Bot API, CopyTextButton).
LONGEST_COPY = 256
SOURCES_A_PAGE = 10
#: Ten links of this length, each character escaped in six bytes, and their titles in five, fit the
#: 32 KiB that a message may have before parsing.
LONGEST_LISTED_URL = 300


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to send."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The references of the paragraphs around one; empty where the statement begins or ends."""

    before: str = ""
    after: str = ""


def render_answer(
    answer: Answer, say: Phrases, number: int = 0, neighbours: Neighbours | None = None
) -> Reply:
    """Return the reply that gives passage *number* (from 0) of *answer*, or says there is none."""
    if not answer.answered:
        return _render_nothing(answer, say)
    here = Button(Action.PASSAGE, number, question=answer.question)
    return _render_passage(answer, say, here, neighbours)


def render_courtesy(
    kind: Courtesy, searched: Coverage, examples: Sequence[str], say: Phrases
) -> Reply:
    """Return the reply to a greeting or to thanks, with *examples* of questions as buttons."""
    rows = _questions(examples)
    text = escape(say.courteous(kind, searched), quote=False)
    return Reply(text, InlineKeyboardMarkup(rows) if rows else None)


def render_nearest(
    answer: Answer, say: Phrases, number: int = 0, neighbours: Neighbours | None = None
) -> Reply:
    """Return the reply that shows what comes nearest, said to be only that."""
    here = Button(Action.NEAREST, number, question=answer.question)
    return _render_passage(answer, say, here, neighbours, f"{say.nothing_found} {say.nearest}")


def render_paragraph(hit: Hit, say: Phrases, neighbours: Neighbours, here: Button) -> Reply:
    """Return the reply that gives the paragraph *here* leads to, with the way back."""
    back = _button(say.button_back, replace(here, action=Action.PASSAGE, reference=""))
    return Reply(_quoted(hit, say), _passage_keyboard(hit, say, neighbours, here, [back]))


def render_sources(record: Record, say: Phrases, page: int = 0) -> Reply:
    """Return page *page* (from 0) of the statements on record, newest first."""
    statements = record.statements
    if not statements:
        return Reply(escape(say.nothing_on_record))
    pages = -(-len(statements) // SOURCES_A_PAGE)
    page = min(page, pages - 1)
    first = page * SOURCES_A_PAGE
    shown = statements[first : first + SOURCES_A_PAGE]
    lines = [say.sources_heading.format(statements=escape(say.statements(len(statements))))]
    lines += [
        f"{number}. {_source(statement, say)}" for number, statement in enumerate(shown, first + 1)
    ]
    if pages > 1:
        lines.append(say.sources_page.format(page=page + 1, pages=pages))
    turning = []
    if page > 0:
        turning.append(_button(say.button_newer, Button(Action.SOURCES, page - 1)))
    if page < pages - 1:
        turning.append(_button(say.button_older, Button(Action.SOURCES, page + 1)))
    return Reply("\n\n".join(lines), InlineKeyboardMarkup([turning]) if turning else None)


def _render_passage(
    answer: Answer,
    say: Phrases,
    here: Button,
    neighbours: Neighbours | None,
    heading: str = "",
) -> Reply:
    """Return the passage that *here* shows, with a button to the one that follows it.

    The *heading* stands above every passage, how the question was read above the first only.
    """
    total = len(answer.hits)
    place = here.number % total
    hit = answer.hits[place]
    onward = []
    if total > 1:
        following = replace(here, number=(place + 1) % total)
        onward.append(_button(say.button_next.format(number=place + 1, total=total), following))
    notes = [heading, "" if place else say.how_read(answer)]
    quoted = _quoted(hit, say, " ".join(filter(None, notes)))
    return Reply(quoted, _passage_keyboard(hit, say, neighbours, here, onward))


def _render_nothing(answer: Answer, say: Phrases) -> Reply:
    rows = _questions(answer.suggestions)
    if answer.hits:
        nearest = Button(Action.NEAREST, question=answer.question)
        rows.append([_button(say.button_nearest, nearest)])
    text = " ".join(filter(None, [say.how_read(answer), say.nothing(answer)]))
    return Reply(escape(text, quote=False), InlineKeyboardMarkup(rows) if rows else None)


def _questions(questions: Sequence[str]) -> list[list[InlineKeyboardButton]]:
    """Return a row for each of *questions*, whose button asks it."""
    return [[_button(one, Button(Action.PASSAGE, question=one))] for one in questions]


def _quoted(hit: Hit, say: Phrases, note: str = "") -> str:
    """Return the quote with its key sentence in bold, a *note* above and the citation beneath."""
    citation = hit.citation
    plain_lines = [say.who(citation), " · ".join(say.where(citation)), say.source, say.shortened]
    room = LONGEST_MESSAGE - sum(map(len, plain_lines)) - len(note)
    fitted = fit(hit, room)
    quote, (key_start, key_stop) = fitted.quote, fitted.key
    text = quote.paragraph.text
    key = escape(text[key_start:key_stop], quote=False)
    whole = (key_start, key_stop) == (quote.start, quote.stop)
    words = "".join(
        [
            "[…] " if fitted.cut_before else "",
            escape(text[quote.start : key_start], quote=False),
            # A quote that is bold from end to end has no key sentence to point out.
            key if whole else f"<b>{key}</b>",
            escape(text[key_stop : quote.stop], quote=False),
            " […]" if fitted.cut_after else "",
        ]
    )
    fold = " expandable" if quote.stop - quote.start > FOLDS_FROM else ""
    shortened = say.shortened if fitted.cut_before or fitted.cut_after else ""
    return "\n".join(
        [
            *([escape(note, quote=False)] if note else []),
            f"<blockquote{fold}>{words}</blockquote>",
            f"— {escape(say.who(citation), quote=False)}",
            _where(citation, say, shortened),
            f"{escape(say.reference)} <code>{citation.reference}</code>",
        ]
    )


def _where(citation: Citation, say: Phrases, shortened: str) -> str:
    parts = [escape(part, quote=False) for part in say.where(citation)]
    if shortened:
        parts.append(escape(shortened))
    if citation.url:
        parts.append(f'<a href="{escape(citation.url)}">{escape(say.source)}</a>')
    return " · ".join(parts)


def _source(statement: Statement, say: Phrases) -> str:
    title = escape(_clipped(statement.title, 120), quote=False)
    if 0 < len(statement.url) <= LONGEST_LISTED_URL:
        title = f'<a href="{escape(statement.url)}">{title}</a>'
    speaker = escape(_clipped(statement.speakers[0].name, 60), quote=False)
    size = say.paragraphs(len(statement.paragraphs))
    return f"{title}\n{speaker} · {say.day(statement.date)} · {statement.kind} · {size}"


def _passage_keyboard(
    hit: Hit,
    say: Phrases,
    neighbours: Neighbours | None,
    here: Button,
    onward: list[InlineKeyboardButton],
) -> InlineKeyboardMarkup:
    row = []
    if neighbours and neighbours.before:
        before = replace(here, action=Action.PARAGRAPH, reference=neighbours.before)
        row.append(_button(say.button_before, before))
    if neighbours and neighbours.after:
        after = replace(here, action=Action.PARAGRAPH, reference=neighbours.after)
        row.append(_button(say.button_after, after))
    row += onward
    citation = say.on_one_line(hit.citation, LONGEST_COPY)
    row.append(InlineKeyboardButton(say.button_cite, copy_text=CopyTextButton(citation)))
    return InlineKeyboardMarkup([row])


def _button(label: str, meaning: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=meaning.packed())


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
