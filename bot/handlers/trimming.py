"""Trims a paragraph to the sentences that somebody wants to quote: what /trim and its buttons do.

How that looks is left to ``rendering.trimming``.
"""

from __future__ import annotations

from collections.abc import Collection

from telegram import InlineKeyboardButton

from bot.answering.answers import Answers
from bot.front.request import Request
from bot.handlers.commands import reference_replied_to
from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.html import plain
from bot.rendering.replies import render_amended
from bot.rendering.trimmed_quote import ToTrim, no_such_sentence, read_trim
from bot.rendering.trimming import kept_by, render_trimmed, trim_button
from bot.rendering.view import Reply, View
from index import Hit, limit_after, parse_reference, trim


class Trimming:
    """What the bot does with /trim and the buttons beneath a paragraph that is being trimmed."""

    def __init__(self, answers: Answers) -> None:
        """Trim what *answers* has on record."""
        self._answers = answers

    async def trim(self, request: Request) -> Reply:
        """Show the sentences of the paragraph whose reference is given, or is replied to."""
        index, strings = self._answers.index, request.view.strings
        asked = read_trim(request.wording.text)
        name = asked.name or reference_replied_to(request, index)
        hits = index.look_up(name)
        if len({hit.citation.reference for hit in hits}) == 1:
            return self._begun(hits[0], asked, request.view)
        if amended := index.amended(name):
            return render_amended(amended, request.view)
        if not hits and (reference := parse_reference(name)):
            told = strings.reference_unknown.format(reference=reference)
            return Reply(plain(told), aside=True)
        newest = [index.paragraph(one.id, 1) for one in index.record.statements[:1]]
        example = next((hit.citation.reference for hit in newest if hit), "K7Q2-M9XA")
        return Reply(plain(strings.trim_reference.format(example=example)), aside=True)

    def offered(self, hit: Hit, view: View) -> list[InlineKeyboardButton]:
        """Return the button that begins to trim the paragraph of *hit*; none for one sentence."""
        sentences = trim(hit.paragraph, (), hit.citation.language).sentences
        return [trim_button(hit.citation.reference, view)] if len(sentences) > 1 else []

    def pressed(self, button: CallbackData, hit: Hit, view: View) -> Reply:
        """Return the paragraph of *hit* with the sentences that *button* keeps."""
        return self._shown(hit, kept_by(button), view, button)

    def _begun(self, hit: Hit, asked: ToTrim, view: View) -> Reply:
        """Return the paragraph of *hit* with the sentences that are *asked* for, if all exist."""
        every = trim(hit.paragraph, (), hit.citation.language)
        wrong = no_such_sentence(asked, every, view.strings)
        reference = hit.citation.reference
        beginning = CallbackData(Action.TRIM, reference=reference, history=(Action.CONTEXT,))
        return self._shown(hit, () if wrong else asked.kept, view, beginning, wrong)

    def _shown(
        self, hit: Hit, kept: Collection[int], view: View, current: CallbackData, wrong: str = ""
    ) -> Reply:
        trimmed = trim(hit.paragraph, kept, hit.citation.language)
        after = limit_after(hit, self._answers.around(hit)[1])
        return render_trimmed(hit, trimmed, view, current, after, wrong=wrong)
