"""Lets an operator review drafts: a message shows one, its buttons and replies change or file it.

One draft after another is shown; nothing is written before *File* is pressed. What brings drafts is
left to ``adding``, reading and filing to ``importing``, how a draft looks to ``rendering.reviews``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace

from telegram import Message

from bot.answering.answers import Answers
from bot.front.addressing import replied_to
from bot.front.chat_slots import ChatSlots
from bot.front.request import Press, Request
from bot.i18n.strings import Strings, languages, strings_of
from bot.rendering.callback_data import CallbackData
from bot.rendering.html import LONGEST_MESSAGE, plain, typed
from bot.rendering.reviews import (
    OPTIONAL,
    TYPED_FIELDS,
    Step,
    differences_text,
    field_of,
    left_out_text,
    name_of_field,
    prompt_for,
    render_filed,
    render_kinds,
    render_refused,
    render_review,
    render_translations,
    value_of,
)
from bot.rendering.view import Reply
from bot.services.changing import change
from bot.services.drafts import Drafts, Review
from bot.services.importing import Importing
from bot.services.sending import answer_press, ask_for, send, send_file
from documents import Alike, Draft, Refused, complete
from index import InvalidField, Kind, OnRecordError, Translation, printable

logger = logging.getLogger(__name__)

#: What empties a field.
_DASHES = ("-", "–", "—")
#: Characters of the reason why a reload failed: it names a folder, which can be long.
_LONGEST_REASON = 1000
#: Characters of a value or a name that a message repeats.
_LONGEST_SAID = 500


class Reviewing:
    """What the bot does with the drafts that wait for operators."""

    def __init__(
        self, importing: Importing, drafts: Drafts, answers: Answers, slots: ChatSlots
    ) -> None:
        """Compare and file by *importing*; *drafts* holds what is reviewed."""
        self._importing = importing
        self._drafts = drafts
        self._answers = answers
        self._slots = slots
        every = [strings_of(language) for language in languages()]
        #: What asks for a field, in any language, so that a reply to it is known after a restart.
        self._prompts = {prompt_for(field, one) for field in TYPED_FIELDS for one in every}

    async def begin(self, review: Review, shown: Message, strings: Strings) -> None:
        """Show the first draft of *review* in *shown*, a message of ours."""
        async with self._slots.hold(review.lock):
            review.shown = shown
            await self._changed(review, strings)

    def is_answer(self, message: Message) -> bool:
        """Return whether *message* replies to one that asked for a field."""
        asked = replied_to(message, message.get_bot().bot)
        if asked is None:
            return False
        is_known = self._drafts.asking_in(message.chat.id, asked.message_id) is not None
        return is_known or (asked.text or "") in self._prompts

    async def answer(self, request: Request) -> None:
        """Set the field that was asked for to what a reply says."""
        message, strings = request.message, request.view.strings
        asked = message.reply_to_message
        review = asked and self._drafts.asking_in(request.chat.id, asked.message_id)
        if not asked or not review:
            await send(message, Reply(plain(strings.draft_gone)))
            return
        async with self._slots.hold(review.lock):
            field = review.asked.get(asked.message_id)
            if field is None:
                await send(message, Reply(plain(strings.draft_gone)))
                return
            try:
                review.draft = await asyncio.to_thread(
                    _with_typed, review.draft, field, message.text or ""
                )
            except InvalidField as error:
                said = strings.isolated(f"{error.what[:1].upper()}{error.what[1:]}. {error.repair}")
                await send(message, Reply(plain(said)))
                return
            shown = review.shown
            if await self._changed(review, strings) and shown:
                # The review may be far above.
                value = value_of(review.draft, field, strings) or "–"
                name = name_of_field(field, strings)
                said = strings.draft_field.format(field=name, value=value)[:_LONGEST_SAID]
                await send(shown, Reply(plain(said)))

    async def press(self, press: Press, button: CallbackData, message: Message) -> None:
        """Take the step that a button beneath a draft says."""
        strings = press.view.strings
        review = self._drafts.shown_in(press.user.id, message.message_id)
        if review is None:
            await answer_press(press.query, strings.draft_gone)
            return
        await answer_press(press.query)
        async with self._slots.hold(review.lock):
            # Another press may have gone on to the next draft.
            if review.is_shown_in(message.message_id):
                await self._step(button, review, message, strings)

    async def _step(
        self, button: CallbackData, review: Review, message: Message, strings: Strings
    ) -> None:
        """Do what *button* says to the draft that *message* shows."""
        draft, alike = review.draft, review.alike
        match button.reference:
            case Step.FILE | Step.FILE_SEPARATELY as step:
                amends = step == Step.FILE
                await self._file(review, message, strings, amends=amends)
            case Step.DROP | Step.SKIP:
                await self._pass_over(review, message, strings)
            case Step.DROP_ALL:
                review.following.clear()
                await self._pass_over(review, message, strings)
            case Step.TEXT:
                content = await asyncio.to_thread(lambda: draft.content)
                await send_file(message, f"{draft.id}.md", content)
            case Step.LEFT_OUT if draft.left_out:
                left_out = await asyncio.to_thread(left_out_text, draft)
                await send_file(message, f"{draft.id}.txt", left_out)
            case Step.DIFFERENCES if alike:
                await self._tell_differences(alike, draft, message)
            case "kind" | "translation" as field:
                render = render_kinds if field == "kind" else render_translations
                await change(message, render(await self._rendered(review, strings), strings))
            case Step.BACK:
                await change(message, await self._rendered(review, strings))
            case Step.KIND_IS | Step.TRANSLATION_IS | Step.OFFERED_IS:
                await self._choose(button, review, message, strings)
            case field if field in TYPED_FIELDS:
                asked = await ask_for(message, prompt_for(field, strings))
                review.asked[asked.message_id] = field

    async def _choose(
        self, button: CallbackData, review: Review, message: Message, strings: Strings
    ) -> None:
        """Set the field whose value *button* has."""
        chosen = _chosen(button, review.draft)
        try:
            review.draft = await asyncio.to_thread(complete, review.draft, chosen)
        except InvalidField as error:
            refused = Refused(name=error.field, what=error.what, repair=error.repair)
            await send(message, render_refused([refused], strings))
            return
        await self._changed(review, strings)

    async def _changed(self, review: Review, strings: Strings) -> bool:
        """Show the draft as it is now; return whether it is still under review.

        It is not if, now that more is known of it, it turns out to be on record already.
        """
        shown = review.shown
        if shown is None:
            return False
        try:
            if not review.draft.missing or review.alike is None:
                review.alike = await self._importing.compared(review.draft)
        except OnRecordError as error:
            await change(shown, render_refused([_refusal(review.draft, error)], strings))
            await self._next(review, shown, strings)
            return False
        await change(shown, await self._rendered(review, strings))
        return True

    async def _rendered(self, review: Review, strings: Strings) -> Reply:
        place = (review.number, review.total)
        today = self._importing.today
        return await asyncio.to_thread(
            render_review, review.draft, review.alike, place, today, strings
        )

    async def _file(
        self, review: Review, message: Message, strings: Strings, *, amends: bool
    ) -> None:
        """Write the draft, say so in *message*, and go on to the next one."""
        draft = review.draft
        if draft.missing:
            return
        try:
            alike = await self._importing.compared(draft)
            if _id_of(alike) != _id_of(review.alike):
                # The record has changed since the draft was shown.
                await self._changed(review, strings)
                return
            alike = alike if amends else None
            if alike is None and await self._importing.is_taken(draft):
                await send(message, Reply(plain(strings.draft_id_taken.format(id=draft.id))))
                return
            statement_id = await self._importing.file(draft, alike)
        except OnRecordError as error:
            await send(message, render_refused([_refusal(draft, error)], strings))
            return
        said = strings.draft_amended if alike else strings.draft_filed
        await change(message, Reply(plain(said.format(id=statement_id))))
        # Beneath it, before the next is shown.
        await self._tell_on_record(statement_id, message, strings)
        await self._next(review, message, strings)

    async def _pass_over(self, review: Review, message: Message, strings: Strings) -> None:
        """Say in *message* that its draft is not filed, and go on to the next one."""
        name = review.draft.name[:_LONGEST_SAID]
        await change(message, Reply(plain(strings.draft_not_filed.format(name=name))))
        await self._next(review, message, strings)

    async def _next(self, review: Review, about: Message, strings: Strings) -> None:
        """Show the next draft of *review* that is not on record already, beneath *about*."""
        while review.go_on():
            try:
                review.alike = await self._importing.compared(review.draft)
            except OnRecordError as error:
                await send(about, render_refused([_refusal(review.draft, error)], strings))
                continue
            review.shown = await send(about, await self._rendered(review, strings))
            return
        self._drafts.end(review)

    async def _tell_on_record(self, statement_id: str, message: Message, strings: Strings) -> None:
        """Load what was filed, and show that it is on record."""
        try:
            await self._answers.reload()
        except (OnRecordError, OSError) as error:
            logger.error("the record could not be reloaded (%s)", type(error).__name__)
            reason = typed(printable(error)[:_LONGEST_REASON])
            await send(message, Reply(strings.reload_failed.format(reason=reason)))
            return
        except Exception as error:  # whatever a folder can hold, what was filed is filed
            logger.exception("the record could not be reloaded")
            reason = type(error).__name__
            await send(message, Reply(strings.reload_failed.format(reason=reason)))
            return
        if hit := self._answers.index.paragraph(statement_id, 1):
            await send(message, render_filed(hit, strings))

    @staticmethod
    async def _tell_differences(alike: Alike, draft: Draft, message: Message) -> None:
        """Send the paragraphs that differ: in a message if they fit, else in a file."""
        text = await asyncio.to_thread(differences_text, alike, draft)
        if 0 < len(text) <= LONGEST_MESSAGE:
            await send(message, Reply(plain(text)))
        else:
            await send_file(message, f"{alike.statement.id}.diff.txt", text or "=")


def _with_typed(draft: Draft, field: str, text: str) -> Draft:
    """Return *draft* with the *field* set to what was typed.

    Raises:
        InvalidField: the field cannot have that value.
    """
    line = " ".join(text.split())
    if field == "id":
        return replace(draft, given_id=line)
    if line in _DASHES and field in OPTIONAL:
        return complete(draft, {field: None})
    if field == "speakers":
        names = [one.strip() for one in text.replace("|", "\n").splitlines()]
        return complete(draft, {field: [one for one in names if one]})
    return complete(draft, {field: line})


def _chosen(button: CallbackData, draft: Draft) -> Mapping[str, object]:
    """Return the field that *button* sets, with its value; empty if there is none such."""
    number = button.number
    match button.reference:
        case Step.KIND_IS if number < len(Kind):
            return {"kind": str(list(Kind)[number])}
        case Step.TRANSLATION_IS:
            sorts = [*map(str, Translation), None]
            return {"translation": sorts[number]} if number < len(sorts) else {}
        case Step.OFFERED_IS if number < len(draft.offered):
            claim = draft.offered[number]
            field = field_of(claim.field)
            value: object = [claim.value] if field == "speakers" else claim.value
            return {field: value} if field else {}
    return {}


def _id_of(alike: Alike | None) -> str:
    return alike.statement.id if alike else ""


def _refusal(draft: Draft, error: OnRecordError) -> Refused:
    """Return *error*, which came of *draft*, as a refusal of it."""
    what, repair = getattr(error, "what", ""), getattr(error, "repair", "")
    return Refused(name=draft.name, what=str(what or error), repair=str(repair))
