"""The API methods about chats and who is in them."""

from __future__ import annotations

from typing import Any

from telegram_standin.methods import Method
from telegram_standin.parameters import Parameters
from telegram_standin.people import User
from telegram_standin.refusals import bad_request
from telegram_standin.world import Standing, World

_RIGHTS = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
]


def member_to_json(user: User, standing: Standing) -> dict[str, Any]:
    """Return the Bot API's ChatMember with what its kind requires."""
    member: dict[str, Any] = {"status": standing, "user": user.to_json()}
    match standing:
        case "creator":
            member["is_anonymous"] = False
        case "administrator":
            member |= {"can_be_edited": False, "is_anonymous": False}
            member |= dict.fromkeys(_RIGHTS, True)
        case "kicked":
            member["until_date"] = 0
    return member


def _get_chat(world: World, given: Parameters) -> dict[str, Any]:
    chat = world.find_chat(given.get("chat_id"))
    gifts = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"
    return {
        **chat.to_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts.split(), False),
        **({"linked_chat_id": world.linked[chat.id].id} if chat.id in world.linked else {}),
    }


def _get_chat_member(world: World, given: Parameters) -> dict[str, Any]:
    chat = world.writable_chat(given.get("chat_id"))
    user = world.users.get(given.integer("user_id"))
    if user is None:
        raise bad_request("user not found")
    return member_to_json(user, world.standing(chat, user.id))


def _get_chat_administrators(world: World, given: Parameters) -> list[dict[str, Any]]:
    chat = world.writable_chat(given.get("chat_id"))
    if chat.kind == "private":
        raise bad_request("There are no administrators in the private chat")
    return [
        member_to_json(world.users[user_id], standing)
        for (chat_id, user_id), standing in world.standings.items()
        if chat_id == chat.id and standing in ("creator", "administrator")
    ]


def _leave_chat(world: World, given: Parameters) -> bool:
    chat = world.writable_chat(given.get("chat_id"))
    if chat.kind == "private":
        raise bad_request("Chat_id must not be a user identifier")
    world.standings[chat.id, world.bot.id] = "left"
    world.transcript.note(chat, f"{world.bot} leaves")
    world.pulse.beat()
    return True


METHODS = {
    "getChat": Method(_get_chat, "chat_id"),
    "getChatAdministrators": Method(_get_chat_administrators, "chat_id"),
    "getChatMember": Method(_get_chat_member, "chat_id user_id"),
    "leaveChat": Method(_leave_chat, "chat_id"),
}
