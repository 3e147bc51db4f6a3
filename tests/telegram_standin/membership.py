"""The API methods about chats and who is in them."""

from __future__ import annotations

from typing import Any

from telegram_standin.methods import Method
from telegram_standin.parameters import Parameters
from telegram_standin.people import Chat, User
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
#: Which of them a channel's administrator may lack here: all or none.
_CHANNEL_RIGHTS = ["can_post_messages", "can_edit_messages"]


#: What a member may do that is not restricted.
_PERMISSIONS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
]


def member_to_json(user: User, standing: Standing, *, posts: bool | None = None) -> dict[str, Any]:
    """Return the Bot API's ChatMember with what its kind requires.

    Of an administrator of a channel, and of no other, it tells whether they may post.
    """
    member: dict[str, Any] = {"status": standing, "user": user.to_json()}
    match standing:
        case "creator":
            member["is_anonymous"] = False
        case "administrator":
            member |= {"can_be_edited": False, "is_anonymous": False}
            member |= dict.fromkeys(_RIGHTS, True)
            if posts is not None:
                member |= dict.fromkeys(_CHANNEL_RIGHTS, posts)
        case "restricted":
            member |= {"is_member": True, "until_date": 0}
            member |= dict.fromkeys(_PERMISSIONS, False)
        case "kicked":
            member["until_date"] = 0
    return member


def member_of(world: World, chat: Chat, user: User) -> dict[str, Any]:
    """Return the Bot API's ChatMember of a user as he now stands in a chat."""
    posts = world.limits.may_post(chat, user) if chat.is_channel else None
    return member_to_json(user, world.standing(chat, user.id), posts=posts)


def _get_chat(world: World, given: Parameters) -> dict[str, Any]:
    chat = world.find_chat(given.get("chat_id"))
    gifts = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"
    return {
        **chat.to_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts.split(), False),
        **({"linked_chat_id": world.linked[chat.id].id} if chat.id in world.linked else {}),
        **({"parent_chat": chat.parent.to_json()} if chat.parent else {}),
    }


def _get_chat_member(world: World, given: Parameters) -> dict[str, Any]:
    chat = world.writable_chat(given.get("chat_id"))
    user = world.users.get(given.integer("user_id"))
    if user is None:
        raise bad_request("user not found")
    return member_of(world, chat, user)


def _get_chat_administrators(world: World, given: Parameters) -> list[dict[str, Any]]:
    chat = world.writable_chat(given.get("chat_id"))
    if chat.kind == "private":
        raise bad_request("There are no administrators in the private chat")
    return [
        member_of(world, chat, world.users[user_id])
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
