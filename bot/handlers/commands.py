"""Answers the commands that ask for no passage by its words: /start, /help, /ref, /whoami.

What /sources shows is left to ``sources``.
"""

from __future__ import annotations

from bot.answering.answers import Answers
from bot.front.addressing import author_of
from bot.front.contents import contents_of
from bot.front.request import Request
from bot.handlers.sources import ListsOfSources
from bot.rendering.html import plain
from bot.rendering.keyboards import keyboard, questions
from bot.rendering.replies import render_amended, render_answer, render_context
from bot.rendering.view import Reply, View
from index import Index, parse_reference, references_in


class Commands:
    """What the bot does with each command but /ask, /settings and the operator's."""

    def __init__(self, answers: Answers) -> None:
        """Show what *answers* finds."""
        self._answers = answers
        self._lists = ListsOfSources(answers)

    async def start(self, request: Request) -> Reply:
        """Greet; or bring the paragraph whose reference a link brought along."""
        brought, view = request.wording.text, request.view
        # A link may bring anything, such as where it was posted; our references have a dash.
        if "-" in brought and (reply := self._by_name(brought, view)):
            return reply
        text = view.strings.start_empty
        examples: tuple[str, ...] = ()
        if self._answers.index.searched.paragraphs:
            example = await self._answers.example(view.strings)
            text = view.strings.start.format(example=plain(example))
            examples = await self._answers.examples()
        return Reply(text, keyboard(questions(examples)))

    async def help(self, request: Request) -> Reply:
        """Say how to ask and what a reply means, and what one could ask, which a button asks."""
        strings, username = request.view.strings, plain(request.me.username or "")
        text = strings.help.format(username=username)
        examples = await self._answers.examples()
        if examples:
            lines = [
                strings.directed(f"· <i>{strings.isolated(plain(one))}</i>") for one in examples
            ]
            text = "\n".join([f"{text}\n\n{plain(strings.profile_examples)}", *lines])
        return Reply(text, keyboard(questions(examples if request.is_private else ())))

    async def ref(self, request: Request) -> Reply:
        """Bring a paragraph by its reference, among those around it."""
        name = request.wording.text or reference_replied_to(request, self._answers.index)
        if reply := self._by_name(name, request.view):
            return reply
        index, strings = self._answers.index, request.view.strings
        newest = [index.paragraph(one.id, 1) for one in index.record.statements[:1]]
        example = next((hit.citation.reference for hit in newest if hit), "K7Q2-M9XA")
        return Reply(plain(strings.ref_how.format(example=example)), aside=True)

    async def sources(self, request: Request) -> Reply:
        """List the statements on record, or those that are sought."""
        return await self._lists.shown(request)

    async def whoami(self, request: Request) -> Reply:
        """Tell the user's number at Telegram, by which an operator is named; in private alone."""
        strings, user = request.view.strings, author_of(request.message)
        if request.is_private and user:
            return Reply(strings.whoami.format(number=user.id))
        return Reply(plain(strings.whoami_private), aside=True)

    def _by_name(self, name: str, view: View) -> Reply | None:
        """Return what *name* stands for; ``None`` if it is no reference, nor any other name."""
        index = self._answers.index
        hits = index.look_up(name)
        if len({hit.citation.statement for hit in hits}) > 1:
            # Two statements share the reference; the user can turn from one to the other.
            return render_answer(self._answers.looked_up(name, hits), view)
        if hits:
            return render_context(hits[0], *self._answers.around(hits[0]), view)
        if amended := index.amended(name):
            return render_amended(amended, view)
        if (reference := parse_reference(name)) is None:
            return None
        text = view.strings.reference_unknown.format(reference=reference)
        return Reply(plain(text), aside=True)


def reference_replied_to(request: Request, index: Index) -> str:
    """Return the reference in what *request* replies to, one on record before others."""
    replied, quoted = request.message.reply_to_message, request.message.quote
    contents = contents_of(replied) if replied else None
    text = contents.text if contents else ""
    if quoted and (quoted.is_manual or not replied):
        text = quoted.text
    written = references_in(text) or [one for one in [parse_reference(text)] if one]
    known = (one for one in written if index.look_up(one) or index.amended(one))
    return next(known, "".join(written[:1]))
