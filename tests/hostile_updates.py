"""Updates that nobody should send: real ones, each changed in places chosen by a seed.

What people, groups and channels really send is in ``_SENT``, a function each. ``mangled`` then
takes fields away, gives them values of other types, puts junk into them and renames what was sent.
All of it is JSON; the same seed makes the same updates.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Json = Any
Fields = dict[str, Json]

#: What the bot is called.
BOT = "OnRecordBot"
#: Numbers of messages begin here, beyond those that the stand-in gives.
_FIRST_MESSAGE = 1_000_000
#: How many updates go to one set of chats: Telegram takes twenty messages a minute in a group.
IN_A_SCENE = 40

_QUESTIONS = (
    "When does the harbour open?",
    "ferries",
    "fishing boats",
    "coastal railway",
    "is this true?",
    "what did the harbour master say last week",
    '"deep-water harbour" after:2025-02-01',
    "from:nobody NOT harbour",
    "who won the cricket cup?",
    "کیا یہ سچ ہے؟",
    "港口什么时候开放？",
    "thanks!",
    "source?",
    "the second one",
    "0KYB-6BHZ",
    "https://news.example.org/a?b=c",
)
_COMMANDS = (
    "/start",
    "/start K7Q2",
    "/start listed",
    "/help",
    "/ask",
    "/ask ferries",
    "/askme ferries",
    "/ref 0KYB-6BHZ",
    "/ref",
    "/sources",
    "/sources harbour",
    "/settings",
    "/status",
    "/reload",
    "/misses on",
    "/add",
    "/whoami",
    "/hlep",
    "/",
    "/ask@OtherBot ferries",
)
#: Texts that are long, cannot be encoded, are markup, or are nothing at all.
_TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "ferries \udfff harbour",
    "\ud83d",
    "\u202eyrref\u202c",
    "\u200b\u200d\ufeff",
    "\n\n\n",
    "<b>&amp;</b></blockquote>",
    "🚢" * 2_000,
    "ferries " * 500,
    "a" * 4_096,
    "?" * 4_096,
    '"' * 999,
    "from:" * 500,
    "e\u0301" * 1_000,
    "ferries " * 5_000,
    "/ask " * 500,
    f"@{BOT} " * 100,
    "None",
    "0",
)
#: Values of the wrong type, or out of every range.
_VALUES: tuple[Json, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**53 + 1,
    2**63,
    -(2**63) - 1,
    10**30,
    0.5,
    1e308,
    "7",
    "text",
    [],
    {},
    [[]],
    [None],
    [1, "a", {}],
    ["text"],
    {"id": 1},
    {"id": []},
    {"type": "private"},
    {"text": {"text": {"text": []}}},
)
#: Kinds that a bot may get without having asked for them, with what is told in them.
_OTHER_KINDS: tuple[tuple[str, Json], ...] = (
    ("poll", {"id": "5", "question": "?", "options": [], "is_closed": False}),
    ("poll_answer", {"poll_id": "5", "option_ids": [0]}),
    ("message_reaction", {"date": 1_740_000_000, "message_id": 5}),
    ("chat_boost", {"boost": {}}),
    ("business_connection", {"id": "b"}),
    ("deleted_business_messages", {"message_ids": [1, 2]}),
    ("purchased_paid_media", {"paid_media_payload": "p"}),
    ("shipping_query", {"id": "5", "invoice_payload": "p"}),
    ("managed_bot", {"bot": {"id": 5}}),
    ("subscription", {"id": 5, "state": "active"}),
    ("community_message", {"text": "harbour"}),
    ("update_of_tomorrow", {"message": {"text": "harbour"}}),
    ("update_of_tomorrow", None),
    ("", {}),
)
_ENTITIES = (
    "mention",
    "bot_command",
    "url",
    "text_link",
    "text_mention",
    "blockquote",
    "pre",
    "custom_emoji",
    "date_time",
    "entity_of_tomorrow",
)
_ACTIONS = "nlvoaprtcesgd"


@dataclass(slots=True)
class Scene:
    """Some chats as the Bot API tells of them, and what the bot said there."""

    #: People; the first administers the groups.
    people: list[Fields]
    #: The private chats of people who did not block the bot; the first is the first person's.
    private: list[Fields]
    groups: list[Fields]
    #: Channels and their direct messages.
    channels: list[Fields]
    #: Where the bot is not.
    foreign: list[Fields]
    #: The account of the bot.
    bot: Fields
    #: Messages of the bot with buttons.
    said: list[Fields]
    #: Seconds since 1970.
    now: int
    draws: random.Random = field(default_factory=random.Random)
    number: int = 0

    def message(self, chat: Fields, sender: Fields | None = None, **more: Json) -> Fields:
        """Return a message that was not sent before."""
        self.number += 1
        return {
            "message_id": _FIRST_MESSAGE + self.number,
            "date": self.now - self.draws.choice((0, 0, 0, 1, 400, 90_000)),
            "chat": chat,
            "from": sender or self.draws.choice(self.people),
            **more,
        }

    def in_private(self, **more: Json) -> Fields:
        """Return a message in private."""
        at = self.draws.randrange(len(self.private))
        return self.message(self.private[at], self.people[at], **more)

    def in_group(self, **more: Json) -> Fields:
        """Return a message in a group."""
        return self.message(self.draws.choice(self.groups), **more)

    def question(self) -> str:
        """Return what is asked."""
        return self.draws.choice(_QUESTIONS)


def written(text: str, **entities: str) -> Fields:
    """Return the fields of a text in which each kind of entity stands at a part of it."""
    found = [
        {"type": kind, "offset": _units(text[: text.find(part)]), "length": _units(part)}
        for kind, part in entities.items()
    ]
    return {"text": text, "entities": found}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _asked_in_private(scene: Scene) -> Fields:
    return {"message": scene.in_private(text=scene.question())}


def _command(scene: Scene) -> Fields:
    text = scene.draws.choice(_COMMANDS)
    fields = written(text, bot_command=text.split()[0])
    place = scene.draws.choice((scene.in_private, scene.in_group))
    return {"message": place(**fields)}


def _command_in_caption(scene: Scene) -> Fields:
    text = scene.draws.choice(_COMMANDS)
    entities = written(text, bot_command=text.split()[0])["entities"]
    return {
        "message": scene.in_private(photo=[_file("p")], caption=text, caption_entities=entities)
    }


def _mention(scene: Scene) -> Fields:
    text = f"@{BOT} {scene.question()}"
    return {"message": scene.in_group(**written(text, mention=f"@{BOT}"))}


def _ask_in_group(scene: Scene) -> Fields:
    text = f"/ask@{BOT} {scene.question()}"
    return {"message": scene.in_group(**written(text, bot_command=f"/ask@{BOT}"))}


def _doubt_beneath(scene: Scene) -> Fields:
    beneath = scene.draws.choice(_CONTENTS)(scene)
    text = f"@{BOT} is this true?"
    asked = scene.in_group(**written(text, mention=f"@{BOT}"))
    asked["reply_to_message"] = scene.message(asked["chat"], **beneath)
    return {"message": asked}


def _external_reply(scene: Scene) -> Fields:
    text = f"@{BOT} is this true?"
    origin = {"type": "user", "sender_user": scene.people[0], "date": scene.now}
    there = {"origin": origin, "chat": scene.foreign[0], "message_id": 7}
    quote = {"text": "ferries sail twice a day", "position": 3, "is_manual": True}
    asked = scene.in_group(**written(text, mention=f"@{BOT}"), external_reply=there, quote=quote)
    return {"message": asked}


def _beneath_ours(scene: Scene) -> Fields:
    said = scene.draws.choice(scene.said)
    text = scene.question()
    return {"message": scene.message(said["chat"], text=text, reply_to_message=said)}


def _content(scene: Scene) -> Fields:
    contents = scene.draws.choice(_CONTENTS)(scene)
    place = scene.draws.choice((scene.in_private, scene.in_private, scene.in_group))
    return {"message": place(**contents)}


def _edit(scene: Scene) -> Fields:
    """Change any message: a question, a command, a rich one, a post."""
    made = scene.draws.choice(_EDITABLE)(scene)
    ((kind, message),) = made.items()
    return {f"edited_{kind}": {**message, "edit_date": scene.now}}


def _post(scene: Scene) -> Fields:
    channel = scene.channels[0]
    text = f"/ask {scene.question()}"
    post = scene.message(channel, **written(text, bot_command="/ask"))
    del post["from"]
    return {"channel_post": {**post, "sender_chat": channel, "author_signature": "A."}}


def _forwarded_post(scene: Scene) -> Fields:
    channel = scene.channels[0]
    origin = {"type": "channel", "chat": channel, "message_id": 8, "date": scene.now}
    text = f"/ask {scene.question()}"
    more = {"is_automatic_forward": True, "forward_origin": origin, "sender_chat": channel}
    return {"message": scene.in_group(**written(text, bot_command="/ask"), **more)}


def _direct_message(scene: Scene) -> Fields:
    topic = {"topic_id": 77, "user": scene.people[0]}
    text = scene.draws.choice((scene.question(), f"/ask {scene.question()}"))
    message = scene.message(scene.channels[-1], text=text, direct_messages_topic=topic)
    return {"message": message}


def _in_topic(scene: Scene) -> Fields:
    text = f"/ask {scene.question()}"
    more = {"message_thread_id": scene.draws.choice((1, 9, 999)), "is_topic_message": True}
    return {"message": scene.in_group(**written(text, bot_command="/ask"), **more)}


def _anonymous(scene: Scene) -> Fields:
    text = f"/settings@{BOT}"
    asked = scene.in_group(**written(text, bot_command=text))
    return {"message": {**asked, "sender_chat": asked["chat"]}}


def _through_another_bot(scene: Scene) -> Fields:
    other = {"id": 555, "is_bot": True, "first_name": "Other", "username": "OtherBot"}
    return {"message": scene.in_private(text=scene.question(), via_bot=other)}


def _ephemeral(scene: Scene) -> Fields:
    text = "/askme ferries"
    asked = scene.in_group(**written(text, bot_command="/askme"))
    number = 29_000_000 + scene.number
    more = {"message_id": 0, "ephemeral_message_id": number, "receiver_user": scene.bot}
    return {"message": {**asked, **more}}


def _service(scene: Scene) -> Fields:
    other = scene.draws.choice(scene.people)
    fields = scene.draws.choice(
        (
            {"new_chat_members": [other]},
            {"left_chat_member": other},
            {"new_chat_title": "Desk"},
            {"pinned_message": scene.said[0]},
            {"group_chat_created": True},
            {"migrate_from_chat_id": -5_000_000 - scene.number},
            {"successful_payment": {"currency": "XTR", "total_amount": 5}},
            {"boost_added": {"boost_count": 1}},
            {"forum_topic_created": {"name": "Ports", "icon_color": 7322096}},
            {"community_joined": {"community": {"id": 7}}},
            {"live_photo_changed": {"photo": []}},
            {},
        )
    )
    place = scene.draws.choice((scene.in_private, scene.in_group))
    return {"message": place(**fields)}


def _guest(scene: Scene) -> Fields:
    text = f"@{BOT} {scene.question()}"
    fields = written(text, mention=f"@{BOT}")
    asked = scene.message(scene.foreign[0], **fields, guest_query_id=f"guest-{scene.number}")
    if scene.draws.random() < 0.5:
        beneath = scene.draws.choice(_CONTENTS)(scene)
        asked["reply_to_message"] = scene.message(scene.foreign[0], **beneath)
    return {"guest_message": asked}


def _typed(scene: Scene) -> Fields:
    scene.number += 1
    query = {
        "id": f"inline-{scene.number}",
        "from": scene.draws.choice(scene.people),
        "query": scene.draws.choice((*_QUESTIONS, "", "fer", "harb")),
        "offset": scene.draws.choice(("", "", "10", "-1", "x", "9" * 60)),
        "chat_type": scene.draws.choice(("sender", "supergroup", "channel", "tomorrow")),
    }
    return {"inline_query": query}


def _chosen(scene: Scene) -> Fields:
    chosen = {"result_id": "r", "from": scene.draws.choice(scene.people), "query": "ferries"}
    return {"chosen_inline_result": {**chosen, "inline_message_id": "BQAAAB"}}


def _press(scene: Scene) -> Fields:
    scene.number += 1
    said = scene.draws.choice(scene.said)
    shown = [one["callback_data"] for one in _buttons_of(said)]
    query = {
        "id": f"press-{scene.number}",
        "from": scene.draws.choice(scene.people),
        "chat_instance": str(scene.number),
        "data": scene.draws.choice(shown),
    }
    match scene.draws.randrange(4):
        case 0:
            gone = {"chat": said["chat"], "message_id": said["message_id"], "date": 0}
            return {"callback_query": {**query, "message": gone}}
        case 1:
            return {"callback_query": {**query, "inline_message_id": "BQAAAB"}}
    return {"callback_query": {**query, "message": said}}


def _forged_press(scene: Scene) -> Fields:
    """Press what is not there, as a modified client can; or what could not be."""
    press = _press(scene)["callback_query"]
    said, data = scene.draws.choice(scene.said), forged(scene.draws)
    if scene.draws.random() < 0.5:
        keyboard = {"inline_keyboard": [[{"text": "B", "callback_data": data}]]}
        said = {**said, "reply_markup": keyboard}
    return {"callback_query": {**press, "message": said, "data": data}}


def forged(draws: random.Random) -> str:
    """Return what a button of ours could not have, but for its form."""
    actions = "".join(draws.choices(_ACTIONS, k=draws.choice((1, 1, 2, 3, 5))))
    number = draws.choice(("0", "1", "7", "999999", "0.1", "3.999999a", "0a", "-1", "x", ""))
    reference = draws.choice(
        ("", "0KYB-6BHZ", "language:xx", "passages:99", "yes", "\x00", "\ud800", "K7Q2" * 30)
    )
    question = draws.choice(("", "ferries", "\ud800", "🚢" * 9, "|||", "\n"))
    return draws.choice(
        (f"{actions}|{number}|{reference}|{question}", draws.choice(_TEXTS), "|||", "n|0||")
    )


def _membership(scene: Scene) -> Fields:
    chat = scene.draws.choice((scene.private[-1], *scene.channels))
    changed = {
        "chat": chat,
        "from": scene.people[0],
        "date": scene.now,
        "old_chat_member": {"user": scene.bot, "status": "member"},
        "new_chat_member": {
            "user": scene.bot,
            "status": scene.draws.choice(("member", "administrator", "left", "tomorrow")),
        },
    }
    return {"my_chat_member": changed}


def _other_kind(scene: Scene) -> Fields:
    kind, told = scene.draws.choice(_OTHER_KINDS)
    return {kind: copy.deepcopy(told)}


def _deep(scene: Scene) -> Fields:
    """Tell of blocks in blocks in blocks, far more than Telegram lets anybody send."""
    blocks = [nested(90, "blocks"), {"type": "paragraph", "text": nested(200, "text")}]
    return {"message": scene.in_private(rich_message={"blocks": blocks})}


def _in_any_kind(scene: Scene) -> Fields:
    """Tell a message, or a press, as what it is not."""
    made = scene.draws.choice(_EDITABLE)(scene)
    ((_, message),) = made.items()
    kinds = ("business_message", "edited_business_message", "poll", "message_reaction")
    kind = scene.draws.choice((*kinds, "callback_query", "my_chat_member"))
    return {kind: message}


def _several_kinds(scene: Scene) -> Fields:
    return scene.draws.choice(_EDITABLE)(scene) | _press(scene) | _typed(scene)


#: What is sent, some of it oftener.
_SENT: tuple[Callable[[Scene], Fields], ...] = (
    _asked_in_private,
    _asked_in_private,
    _command,
    _command,
    _command_in_caption,
    _mention,
    _ask_in_group,
    _doubt_beneath,
    _doubt_beneath,
    _external_reply,
    _beneath_ours,
    _content,
    _content,
    _edit,
    _edit,
    _post,
    _forwarded_post,
    _direct_message,
    _in_topic,
    _anonymous,
    _through_another_bot,
    _ephemeral,
    _service,
    _guest,
    _guest,
    _typed,
    _typed,
    _chosen,
    _press,
    _press,
    _press,
    _membership,
    _other_kind,
)
#: What nobody sends, as it is already.
_NOT_SENT = (_deep, _in_any_kind, _several_kinds, _forged_press, _forged_press)
_EDITABLE = (
    _asked_in_private,
    _command,
    _command_in_caption,
    _mention,
    _ask_in_group,
    _beneath_ours,
    _content,
)


def _file(name: str) -> Fields:
    return {"file_id": name, "file_unique_id": name, "width": 64, "height": 64}


def _rich(scene: Scene) -> Fields:
    text: Json = [
        f"@{BOT} ",
        {"type": "bold", "text": "ferries"},
        {"type": "mention", "text": f"@{BOT}", "username": BOT},
        {"type": "bot_command", "text": "/ask", "bot_command": "/ask"},
        {"type": "node_of_tomorrow", "text": ["harbour", {"type": "url", "text": "a.example"}]},
    ]
    blocks: list[Json] = [
        {"type": "heading", "size": 2, "text": scene.question()},
        {"type": "paragraph", "text": text},
        {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": "one"}]}]},
        {"type": "blockquote", "blocks": [{"type": "paragraph", "text": "said"}], "credit": "N."},
        {"type": "table", "cells": [[{"text": "a"}, {"text": "b", "colspan": 2}]], "caption": "t"},
        {"type": "details", "summary": "more", "blocks": [{"type": "footer", "text": "end"}]},
        {"type": "block_of_tomorrow", "blocks": [{"type": "paragraph", "text": "hidden"}]},
    ]
    if scene.draws.random() < 0.2:
        blocks.append(nested(14, "blocks"))
        blocks.append({"type": "paragraph", "text": nested(14, "text")})
    return {"rich_message": {"blocks": blocks}}


def nested(depth: int, name: str) -> Json:
    """Return objects in lists in objects."""
    inner: Json = {"type": "paragraph", "text": "deep"}
    for _ in range(depth):
        inner = {"type": "blockquote", name: [inner]}
    return inner


_CONTENTS: tuple[Callable[[Scene], Fields], ...] = (
    lambda scene: {"text": scene.question()},
    lambda scene: {"photo": [_file("p")], "caption": scene.question()},
    lambda _: {"photo": [_file("p")], "media_group_id": "7"},
    lambda _: {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 7}},
    lambda _: {"document": {"file_id": "d", "file_unique_id": "d", "file_name": "a.pdf"}},
    lambda _: {"sticker": {**_file("s"), "type": "regular", "is_animated": False, "emoji": "x"}},
    lambda scene: {
        "poll": {
            "id": "5",
            "question": scene.question(),
            "options": [{"text": "Yes", "voter_count": 0, "persistent_id": "0"}],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
        }
    },
    lambda scene: {"checklist": {"title": scene.question(), "tasks": [{"id": 1, "text": "Go"}]}},
    lambda scene: {"game": {"title": "G", "description": "g", "photo": [_file("g")]}},
    lambda scene: {"story": {"chat": scene.foreign[0], "id": 5}},
    lambda _: {"contact": {"phone_number": "+15550100", "first_name": "C"}},
    lambda _: {"location": {"latitude": 24.5, "longitude": 61.25}},
    lambda _: {"dice": {"emoji": "🎲", "value": 6}},
    lambda _: {"paid_media": {"star_count": 5, "paid_media": [{"type": "preview"}]}},
    lambda _: {"invoice": {"title": "I", "description": "i", "currency": "XTR"}},
    lambda _: {"live_photo": {"photo": [_file("l")]}},
    lambda _: {"content_of_tomorrow": {"text": "harbour"}},
    _rich,
    _rich,
)


def mangled(update: Fields, draws: random.Random, times: int) -> Fields:
    """Return *update* with so many changes in places that *draws* chooses."""
    changed: Fields = copy.deepcopy(update)
    for _ in range(times):
        places = [*_places(changed)]
        holder, key = draws.choice(places)
        draws.choice(_CHANGES)(holder, key, draws)
    return changed


def _places(node: Json) -> Iterator[tuple[Json, Json]]:
    """Yield each object and list within *node*, with each of its keys or positions."""
    waiting = [node]
    while waiting:
        holder = waiting.pop()
        for key in [*holder] if isinstance(holder, dict) else range(len(holder)):
            yield holder, key
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])


def _take_away(holder: Json, key: Json, _: random.Random) -> None:
    del holder[key]
    if not holder and isinstance(holder, dict):
        holder["nothing"] = None


def _give_value(holder: Json, key: Json, draws: random.Random) -> None:
    holder[key] = copy.deepcopy(draws.choice(_VALUES))


def _give_text(holder: Json, key: Json, draws: random.Random) -> None:
    holder[key] = draws.choice(_TEXTS)


def _write(holder: Json, key: Json, draws: random.Random) -> None:
    """Put a text where a text was, and a number where a number was."""
    was = holder[key]
    if isinstance(was, str):
        holder[key] = draws.choice(_TEXTS)
    elif isinstance(was, int):
        holder[key] = draws.choice([one for one in _VALUES if isinstance(one, int)])
    elif isinstance(was, dict):
        marks = [_entity(draws) for _ in range(draws.choice((1, 3, 200)))]
        was[draws.choice(("entities", "caption_entities", "text_entities"))] = marks


def _entity(draws: random.Random) -> Fields:
    ends = (-1, 0, 1, 5, 4_096, 2**31, 2**63)
    return {
        "type": draws.choice(_ENTITIES),
        "offset": draws.choice(ends),
        "length": draws.choice(ends),
        "url": draws.choice(_TEXTS),
    }


def _wrap(holder: Json, key: Json, draws: random.Random) -> None:
    holder[key] = draws.choice(([holder[key]], {"text": holder[key]}, {"id": holder[key]}))


def _deepen(holder: Json, key: Json, draws: random.Random) -> None:
    holder[key] = nested(draws.choice((5, 100)), draws.choice(("text", "blocks", "chat")))


def _add_fields(holder: Json, key: Json, draws: random.Random) -> None:
    where = holder if isinstance(holder, dict) else holder[key]
    if isinstance(where, dict):
        name = draws.choice(_NAMES)
        where[name] = copy.deepcopy(draws.choice((*_VALUES, *_TEXTS)))


def _make_many(holder: Json, key: Json, draws: random.Random) -> None:
    if isinstance(holder[key], list):
        holder[key] = holder[key] * draws.choice((2, 50))
    else:
        holder[key] = [copy.deepcopy(holder[key]) for _ in range(draws.choice((2, 50)))]


def _rename(holder: Json, key: Json, draws: random.Random) -> None:
    if isinstance(holder, dict):
        holder[draws.choice(_NAMES)] = holder.pop(key)


_CHANGES: tuple[Callable[[Json, Json, random.Random], None], ...] = (
    _take_away,
    _take_away,
    _give_value,
    _give_value,
    _give_text,
    _write,
    _write,
    _write,
    _wrap,
    _deepen,
    _add_fields,
    _add_fields,
    _make_many,
    _rename,
)
#: Fields that may turn up anywhere.
_NAMES = (
    "text",
    "caption",
    "entities",
    "caption_entities",
    "reply_to_message",
    "external_reply",
    "quote",
    "from",
    "sender_chat",
    "chat",
    "id",
    "type",
    "date",
    "message_id",
    "message_thread_id",
    "is_topic_message",
    "media_group_id",
    "via_bot",
    "reply_markup",
    "rich_message",
    "blocks",
    "ephemeral_message_id",
    "receiver_user",
    "guest_query_id",
    "migrate_to_chat_id",
    "direct_messages_topic",
    "is_direct_messages",
    "is_automatic_forward",
    "forward_origin",
    "poll",
    "checklist",
    "story",
    "game",
    "data",
    "message",
    "callback_query",
    "language_code",
    "username",
    "field_of_tomorrow",
)


def sent_update(scene: Scene) -> Fields:
    """Return the next update without its number, as it could be sent."""
    return scene.draws.choice(_SENT)(scene)


def hostile_update(scene: Scene) -> Fields:
    """Return the next update without its number, most of them with one to five changes."""
    made = scene.draws.choice((*_SENT, *_NOT_SENT))(scene)
    return mangled(made, scene.draws, scene.draws.choice((0, 0, 1, 1, 1, 2, 3, 5)))


def _buttons_of(message: Fields) -> list[Fields]:
    rows = message["reply_markup"]["inline_keyboard"]
    return [button for row in rows for button in row if "callback_data" in button]
