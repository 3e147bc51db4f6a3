"""Renders what is answered as a message, for a chat that the bot is in.

How passages look is told in ``replies``; an answer as a guest, in ``inline_results``.
"""

from __future__ import annotations

from dataclasses import replace

from bot.answering.outcomes import (
    CannotRead,
    Chatted,
    CitationTold,
    Found,
    HowToAsk,
    HowToDoubt,
    NotFound,
    Outcome,
    QuotedAlready,
    UnknownCommand,
)
from bot.i18n.strings import Strings
from bot.rendering.citation_parts import render_citation_parts
from bot.rendering.html import plain
from bot.rendering.replies import (
    render_already_quoted,
    render_answer,
    render_nothing,
    render_nothing_short,
    render_several,
    render_small_talk,
)
from bot.rendering.view import Reply, View


def render_outcome(outcome: Outcome, view: View, *, passages: int, in_short: bool) -> Reply:
    """Return the reply that gives *outcome*, with up to so many *passages* at once.

    Where others read along, that nothing answers is said *in_short*. It concerns only whoever
    asked, as does all that is said where there is nothing to search.
    """
    match outcome:
        case Found() | QuotedAlready():
            return _passages(outcome, view, several=passages > 1 and len(outcome.answer.hits) > 1)
        case NotFound(answer, amended):
            if in_short and not amended:
                return replace(render_nothing_short(answer, view), aside=True)
            return replace(render_nothing(answer, view, amended), aside=not amended)
        case CitationTold(cited, parts):
            return render_citation_parts(cited, parts, view)
        case Chatted(kind, searched, examples):
            return render_small_talk(kind, searched, examples, view)
        case HowToAsk() | HowToDoubt() | CannotRead() | UnknownCommand():
            return Reply(plain(_said(outcome, view.strings)), aside=True)


def _passages(outcome: Found | QuotedAlready, view: View, *, several: bool) -> Reply:
    if isinstance(outcome, QuotedAlready):
        return render_already_quoted(outcome.answer, view, outcome.address, several=several)
    return render_several(outcome.answer, view) if several else render_answer(outcome.answer, view)


def _said(outcome: HowToAsk | HowToDoubt | CannotRead | UnknownCommand, strings: Strings) -> str:
    """Return what is said where there is nothing to search."""
    match outcome:
        case HowToAsk(subject, alone):
            command, example = "askme" if alone else "ask", strings.question_on(subject)
            return strings.help_ask.format(command=command, example=example)
        case HowToDoubt():
            return strings.doubt_how
        case CannotRead(words_alone):
            return strings.not_text_beneath if words_alone else strings.not_text
        case UnknownCommand():
            return strings.unknown_command
