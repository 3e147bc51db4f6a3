"""Answers the commands that ask for no passage by its words: /start, /help, /ref and /sources."""

from __future__ import annotations

from functools import partial

from bot.front.request import Request
from bot.rendering.html import plain
from bot.rendering.keyboards import keyboard, questions
from bot.rendering.pages import render_sources
from bot.rendering.replies import render_amended, render_answer, render_context
from bot.rendering.view import Reply, View
from bot.services.answers import Answers
from bot.services.chats import Chats
from bot.services.sending import send
from index import Answer, parse_reference, references_in


class Commands:
    """What the bot does with each command but /ask, /settings and the operator's."""

    def __init__(self, answers: Answers, chats: Chats) -> None:
        """Show what *answers* finds."""
        self._answers = answers
        self._chats = chats

    async def start(self, request: Request) -> None:
        """Greet; or bring the paragraph whose reference a link brought along."""
        brought, view = request.wording.text, request.view
        # A link may bring anything, such as where it was posted; our references have a dash.
        if "-" in brought and (reply := self._by_name(brought, view)):
            await self._send_quote(request, reply)
            return
        text = view.strings.start_empty
        examples: tuple[str, ...] = ()
        if self._answers.index.searched.paragraphs:
            example = await self._answers.example(view.strings)
            text = view.strings.start.format(example=plain(example))
            examples = await self._answers.examples()
        await send(request.message, Reply(text, keyboard(questions(examples))))

    async def help(self, request: Request) -> None:
        """Say how to ask and what a reply means."""
        username = plain(request.me.username or "")
        await send(request.message, Reply(request.view.strings.help.format(username=username)))

    async def ref(self, request: Request) -> None:
        """Bring a paragraph by its reference, among those around it."""
        name = request.wording.text or self._reference_replied_to(request)
        if reply := self._by_name(name, request.view):
            await self._send_quote(request, reply)
            return
        index, strings = self._answers.index, request.view.strings
        newest = [index.paragraph(one.id, 1) for one in index.record.statements[:1]]
        example = next((hit.citation.reference for hit in newest if hit), "K7Q2-M9XA")
        await send(request.message, Reply(plain(strings.ref_how.format(example=example))))

    async def sources(self, request: Request) -> None:
        """List the statements on record."""
        index = self._answers.index
        opening = partial(index.paragraph, number=1)
        await send(request.message, render_sources(index.record, request.view, opening=opening))

    async def _send_quote(self, request: Request, reply: Reply) -> None:
        self._chats.note_shown(await send(request.message, reply), reply)

    def _by_name(self, name: str, view: View) -> Reply | None:
        """Return what *name* stands for; ``None`` if it is no reference, nor any other name."""
        index = self._answers.index
        hits = index.look_up(name)
        if len({hit.citation.statement for hit in hits}) > 1:
            # Two statements share the reference; the user can turn from one to the other.
            shared = Answer(
                question=name,
                answered=True,
                hits=tuple(hits),
                searched=index.searched,
                on_record=index.covered,
            )
            return render_answer(shared, view)
        if hits:
            return render_context(hits[0], *self._answers.around(hits[0]), view)
        if amended := index.amended(name):
            return render_amended(amended, view)
        if (reference := parse_reference(name)) is None:
            return None
        return Reply(plain(view.strings.reference_unknown.format(reference=reference)))

    def _reference_replied_to(self, request: Request) -> str:
        """Return the reference in what *request* replies to, one on record before others."""
        index = self._answers.index
        replied, quoted = request.message.reply_to_message, request.message.quote
        text = (replied.text or replied.caption or "") if replied else ""
        if quoted and (quoted.is_manual or not replied):
            text = quoted.text
        written = references_in(text) or [one for one in [parse_reference(text)] if one]
        known = (one for one in written if index.look_up(one) or index.amended(one))
        return next(known, "".join(written[:1]))
