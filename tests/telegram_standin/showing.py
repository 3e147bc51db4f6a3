"""How people send what is more than words: media, files, albums, polls, rich messages, forwards.

What they are is told in media.py and contents.py. Here too is what Telegram itself reports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from telegram_standin.discussion import forward_automatically
from telegram_standin.files import File
from telegram_standin.media import Media, make_document, make_media
from telegram_standin.messages import Message, Quote
from telegram_standin.people import Chat, User
from telegram_standin.stage import Stage
from telegram_standin.topics import Topic


class Showing(Stage):
    """The people as they send what is more than words."""

    def show(
        self,
        chat: Chat,
        sender: User | Chat,
        caption: str = "",
        *,
        kind: str = "photo",
        reply_to: Message | None = None,
        topic: Topic | None = None,
        seconds_ago: int = 0,
        file: File | None = None,
    ) -> Message:
        """Let a person, or a channel as its own sender, send media; its `text` is the caption.

        The kinds are those of `media.make_media`; a `file` is sent as a document, which the bot can
        fetch. Raises ValueError as `say` does.
        """
        number = self._world.next_id(chat)
        media = make_document(file.described(number)) if file else make_media(kind, number)
        if file:
            self._world.files[f"file-{number}"] = file
        return self.send(
            chat,
            sender,
            media,
            caption=caption,
            reply_to=reply_to,
            topic=topic,
            seconds_ago=seconds_ago,
        )

    def send(
        self,
        chat: Chat,
        sender: User | Chat,
        content: Media,
        *,
        caption: str = "",
        reply_to: Message | None = None,
        quote: str | None = None,
        topic: Topic | None = None,
        seconds_ago: int = 0,
        via: User | None = None,
    ) -> Message:
        """Let a person, or a channel as its own sender, send what contents.py makes.

        `telegram.send(group, badr, poll("Does the harbour open?"))`. Raises ValueError as `say`
        does.
        """
        return self._send(
            chat,
            sender,
            content,
            caption,
            reply_to=reply_to,
            quote=quoted(reply_to, quote),
            topic=topic,
            seconds_ago=seconds_ago,
            via_bot=via,
        )

    def send_album(
        self,
        chat: Chat,
        sender: User | Chat,
        caption: str = "",
        *,
        kinds: Sequence[str] = ("photo", "photo"),
        reply_to: Message | None = None,
        topic: Topic | None = None,
    ) -> list[Message]:
        """Let a person, or a channel, send several media at once, the first with the caption.

        They are messages of their own with one `media_group_id`.
        """
        if not 2 <= len(kinds) <= 10:
            raise ValueError(f"an album is of 2 to 10 media, not of {len(kinds)}")
        first = self._world.next_id(chat)
        return [
            self._send(
                chat,
                sender,
                make_media(kind, first + place),
                "" if place else caption,
                reply_to=reply_to,
                topic=topic,
                media_group_id=f"13{first:09}",
            )
            for place, kind in enumerate(kinds)
        ]

    def forward(self, chat: Chat, sender: User, original: Message) -> Message:
        """Let a person forward a message of any chat, with whatever it shows."""
        self._check_place(chat, sender, None, None)
        return self._write(chat, sender, original.text, media=original.media, forwarded=original)

    def report(
        self,
        chat: Chat,
        actor: User | Chat,
        fields: Mapping[str, Any],
        *,
        told: str = "",
        topic: Topic | None = None,
    ) -> Message:
        """Let Telegram put any service message into a chat, even one that no library knows yet.

        `telegram.report(group, amina, {"boost_added": {"boost_count": 2}})`.
        """
        return self._report(chat, actor, dict(fields), told or f"({', '.join(fields)})", topic)

    def file_in(self, message: Message) -> File:
        """Return the file of a document that was sent; raises KeyError."""
        fields = message.media.fields if message.media else {}
        return self._world.files[fields["document"]["file_id"]]

    def _send(
        self, chat: Chat, sender: User | Chat, content: Media, caption: str, **more: Any
    ) -> Message:
        self._check_place(chat, sender, more.get("reply_to"), more.get("topic"))
        message = self._write(chat, sender, caption, media=content, **more)
        forward_automatically(self._world, message)
        return message


def quoted(reply_to: Message | None, part: str | None) -> Quote | None:
    """Return a part of what is replied to as a quote, None for none; raises ValueError."""
    if part is None:
        return None
    if reply_to is None or part not in reply_to.words:
        raise ValueError(f"there is no {part!r} to quote")
    return Quote.of(reply_to, part)
