"""A message as a value, with its JSON and what a test wants to read of it; storing is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram_standin.entities import Entity, utf16_length
from telegram_standin.keyboards import Button, Keyboard
from telegram_standin.marks import marks_within
from telegram_standin.media import Media
from telegram_standin.people import TELEGRAM, Chat, User, sender_to_json
from telegram_standin.rich_blocks import marked_in
from telegram_standin.topics import Topic

_TELEGRAM_ITSELF = User(TELEGRAM, "Telegram")
# What a message of another chat may be, as a reply to it tells: ExternalReplyInfo. Neither its
# words nor those of a rich message are among it.
_SHOWN_ELSEWHERE = frozenset(
    {
        "animation",
        "audio",
        "checklist",
        "contact",
        "dice",
        "document",
        "game",
        "location",
        "paid_media",
        "photo",
        "poll",
        "sticker",
        "story",
        "venue",
        "video",
        "video_note",
        "voice",
    }
)


@dataclass(frozen=True, slots=True)
class Quote:
    """The part of the replied-to text a reply quotes; position in UTF-16 code units."""

    text: str
    position: int
    #: Bold and other marks, of those that a quote keeps.
    entities: tuple[Entity, ...] = ()

    @classmethod
    def of(cls, message: Message, part: str) -> Quote:
        """Return a part that stands in the words of a message as its quote."""
        start = utf16_length(message.words[: message.words.index(part)])
        marks = marks_within(message.entities, start, start + utf16_length(part))
        return cls(part, start, marks)

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's TextQuote."""
        body: dict[str, Any] = {"text": self.text, "position": self.position, "is_manual": True}
        if self.entities:
            body["entities"] = [entity.to_json() for entity in self.entities]
        return body


@dataclass(frozen=True, slots=True)
class Service:
    """What a service message reports: the fields of Message that say so, and our words for it."""

    fields: dict[str, Any]
    told: str


@dataclass(frozen=True, slots=True)
class Ephemeral:
    """What a message that one person sees has in place of an id.

    Telegram may use the number again; `serial` counts all there ever were, and is told to nobody.
    """

    number: int
    receiver: User
    serial: int


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """A message as it stood at one moment.

    Two messages are equal when chat and id are, whatever edits lie between them, so that
    `reply.reply_to == question` holds for an edited question too.
    """

    chat: Chat
    message_id: int
    sender: User | Chat
    date: int
    #: What it says; of media, the caption.
    text: str
    entities: tuple[Entity, ...] = ()
    #: The text as the sender handed it over, markup included.
    html: str = ""
    keyboard: Keyboard | None = None
    reply_to: Message | None = None
    quote: Quote | None = None
    edit_date: int | None = None
    link_preview_options: dict[str, Any] | None = None
    #: The topic it is in, None for "General" and wherever there are no topics.
    topic: Topic | None = None
    #: Of a channel's direct messages: the person whose topic it is in.
    direct_topic: User | None = None
    #: `message_thread_id`: the topic's id, or the first message of a chain of replies.
    thread_id: int | None = None
    media: Media | None = None
    service: Service | None = None
    #: The channel's post of which this is the automatic forward.
    forward_of: Message | None = None
    #: What a person forwarded by it.
    forwarded: Message | None = None
    #: Whether it asks whoever sees it for a reply.
    asks_reply: bool = False
    #: What it replies to in another topic.
    external_reply: Message | None = None
    #: The bot a person sent it through.
    via_bot: User | None = None
    #: By which that bot, or a guest, knows it.
    inline_message_id: str | None = None
    #: Who called the bot that sends it as a guest.
    guest_caller: User | Chat | None = None
    #: What the media sent together have in common.
    media_group_id: str | None = None
    #: Set if only one person, and the bot, see it; its `message_id` is 0 then.
    ephemeral: Ephemeral | None = None

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, Message) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[int, int, int]:
        return (self.chat.id, self.message_id, self.ephemeral.serial if self.ephemeral else 0)

    @property
    def only_for(self) -> User | None:
        """The one person who sees it; None if everybody in the chat does."""
        if self.ephemeral is None:
            return None
        person = self.sender if self.ephemeral.receiver.is_bot else self.ephemeral.receiver
        assert isinstance(person, User), "no chat writes to the bot alone"
        return person

    @property
    def name(self) -> str:
        """How the transcript refers to it."""
        return f"#e{self.ephemeral.serial}" if self.ephemeral else f"#{self.message_id}"

    @property
    def rich(self) -> list[Any]:
        """The blocks of a rich message; empty if it is none."""
        shown = self.media.fields if self.media else {}
        blocks: list[Any] = shown.get("rich_message", {}).get("blocks", [])
        return blocks

    @property
    def words(self) -> str:
        """What can be read of it: the text or caption, else a poll's question, the rich words."""
        return self.text or (self.media.words if self.media else "")

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the inline keyboard, row by row; empty without one."""
        return self.keyboard.labels if self.keyboard else []

    def button(self, label: str) -> Button:
        """Return the button with this label, or else the only one containing it.

        Raises AssertionError, listing the buttons, if there is none or more than one.
        """
        buttons = list(self.keyboard or ())
        found = [button for button in buttons if button.label == label] or [
            button for button in buttons if label in button.label
        ]
        if len(found) != 1:
            count = "no button" if not found else f"{len(found)} buttons"
            raise AssertionError(
                f"message #{self.message_id} has {count} for {label!r}; its buttons: {self.buttons}"
            )
        return found[0]

    def marked(self, kind: str) -> list[str]:
        """Return what each entity of a kind covers: `reply.marked("blockquote")`.

        Of a rich message, the words of each block or text of that type.
        """
        if self.rich:
            return marked_in(self.rich, kind)
        return [entity.text_of(self.text) for entity in self.entities if entity.type == kind]

    def to_json(self, *, with_reply: bool = True) -> dict[str, Any]:
        """Return the Bot API's Message; a replied-to message does not show its own reply."""
        body: dict[str, Any] = {
            "message_id": self.message_id,
            **sender_to_json(self.sender, self.chat),
            "chat": self.chat.to_json(),
            "date": self.date,
            **self._content(),
            **self._place(),
            **self._origin(),
        }
        if self.media_group_id:
            body["media_group_id"] = self.media_group_id
        if self.edit_date is not None:
            body["edit_date"] = self.edit_date
        if self.link_preview_options:
            body["link_preview_options"] = self.link_preview_options
        if self.keyboard:
            body["reply_markup"] = self.keyboard.to_json()
        if with_reply:
            body |= self._reply()
        if self.quote:
            body["quote"] = self.quote.to_json()
        return body

    def _place(self) -> dict[str, Any]:
        """Return where in the chat it is, and who sees it."""
        body: dict[str, Any] = {}
        if self.ephemeral:
            body["ephemeral_message_id"] = self.ephemeral.number
            body["receiver_user"] = self.ephemeral.receiver.to_json()
        if self.thread_id is not None:
            body["message_thread_id"] = self.thread_id
        if self.topic:
            body["is_topic_message"] = True
        if self.direct_topic:
            whose = {"topic_id": self.direct_topic.id, "user": self.direct_topic.to_json()}
            body["direct_messages_topic"] = whose
        return body

    def _origin(self) -> dict[str, Any]:
        """Return whence and by whom it comes."""
        body: dict[str, Any] = {}
        if self.forward_of:
            body["from"] = _TELEGRAM_ITSELF.to_json()
            body["is_automatic_forward"] = True
            body["forward_origin"] = _origin(self.forward_of)
        if self.forwarded:
            body["forward_origin"] = _origin(self.forwarded)
        if self.via_bot:
            body["via_bot"] = self.via_bot.to_json()
        if self.guest_caller:
            kind = "user" if isinstance(self.guest_caller, User) else "chat"
            body[f"guest_bot_caller_{kind}"] = self.guest_caller.to_json()
        return body

    def _content(self) -> dict[str, Any]:
        if self.service:
            return self.service.fields
        body = dict(self.media.fields) if self.media else {}
        words, marks = ("caption", "caption_entities") if self.media else ("text", "entities")
        if self.text:
            body[words] = self.text
        if self.entities:
            body[marks] = [entity.to_json() for entity in self.entities]
        return body

    def _reply(self) -> dict[str, Any]:
        if self.external_reply:
            return {"external_reply": _told_elsewhere(self.external_reply)}
        if self.reply_to:
            return {"reply_to_message": self.reply_to.to_json(with_reply=False)}
        if self.topic and self.topic.shown_as_replied and self.message_id != self.topic.thread_id:
            return {"reply_to_message": self.topic.to_json()}
        return {}


def thread_of(chat: Chat, topic: Topic | None, reply_to: Message | None) -> dict[str, Any]:
    """Return the fields that place a new message: its topic and its thread's id.

    In a supergroup a reply joins the thread of what it replies to, in its topic if that is in one.
    Elsewhere, "General" included, the thread bears the id of the chain's first message, which
    `sendMessage` takes for no topic: levlam in tdlib/telegram-bot-api#356 and #447.
    """
    if topic is not None:
        return {"topic": topic, "thread_id": topic.thread_id}
    if reply_to is None or chat.kind != "supergroup" or chat.is_direct_messages:
        return {}
    # A message that one person sees begins no thread.
    thread_id = reply_to.thread_id or reply_to.message_id or None
    return {"topic": reply_to.topic, "thread_id": thread_id}


def _told_elsewhere(message: Message) -> dict[str, Any]:
    # core.telegram.org/bots/api#externalreplyinfo
    told: dict[str, Any] = {"origin": _origin(message)}
    if message.chat.numbers_its_own_messages:
        told |= {"chat": message.chat.to_json(), "message_id": message.message_id}
    if message.link_preview_options:
        told["link_preview_options"] = message.link_preview_options
    shown = message.media.fields if message.media else {}
    return told | {name: value for name, value in shown.items() if name in _SHOWN_ELSEWHERE}


def _origin(message: Message) -> dict[str, Any]:
    # core.telegram.org/bots/api#messageorigin
    sender = message.sender
    if message.chat.is_channel:
        who = {"type": "channel", "chat": message.chat.to_json(), "message_id": message.message_id}
    elif isinstance(sender, User):
        who = {"type": "user", "sender_user": sender.to_json()}
    else:
        who = {"type": "chat", "sender_chat": sender.to_json()}
    return {**who, "date": message.date}
