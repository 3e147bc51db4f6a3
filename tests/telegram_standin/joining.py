"""How people and the bot come into chats, rise in them and go; founding a chat is elsewhere."""

from __future__ import annotations

from typing import Any

from telegram_standin.membership import member_of
from telegram_standin.people import Chat, User
from telegram_standin.stage import Stage
from telegram_standin.world import Standing


class Joining(Stage):
    """The people as they let in, promote and shut out."""

    def invite(self, chat: Chat, by: User, user: User | None = None) -> None:
        """Let somebody bring the bot, or another user, into a group or channel.

        Who brings himself joins. Into a channel the bot comes as an administrator, for as anything
        less it cannot. Raises ValueError if there is nothing to join.
        """
        invited = user or self.bot
        if chat.kind == "private" or self._is_in(chat, invited):
            raise ValueError(f"{invited} is already in {chat}")
        if invited == self.bot and not self._world.bot_settings.get("can_join_groups", True):
            raise ValueError(f"{self.bot} joins no groups; its own settings say so")
        as_bot_in_channel = chat.is_channel and invited == self.bot
        standing: Standing = "administrator" if as_bot_in_channel else "member"
        self._set_standing(chat, invited, standing, by)
        told = "joins" if by == invited else f"adds {invited}"
        if chat.is_channel:
            self._world.transcript.note(chat, f"{by} {told}")
        else:
            self._report(chat, by, {"new_chat_members": [invited.to_json()]}, told)

    def remove(self, chat: Chat, by: User, user: User | None = None) -> None:
        """Let somebody remove the bot, or another user; who removes himself leaves.

        The bot learns of its own going, and of nothing after it. Raises ValueError for whom is
        not in the chat.
        """
        removed = user or self.bot
        if chat.kind == "private" or not self._is_in(chat, removed):
            raise ValueError(f"{removed} is not in {chat}")
        told = "leaves" if by == removed else f"removes {removed}"
        if chat.is_channel:
            self._world.transcript.note(chat, f"{by} {told}")
        else:
            self._report(chat, by, {"left_chat_member": removed.to_json()}, told)
        self._set_standing(chat, removed, "left" if by == removed else "kicked", by)

    def promote(self, chat: Chat, user: User, by: User | None = None) -> None:
        """Make a user, or `telegram.bot`, an administrator."""
        self._set_standing(chat, user, "administrator", by)
        self._world.transcript.note(chat, f"{user} becomes an administrator")

    def demote(self, chat: Chat, user: User, by: User | None = None) -> None:
        """Make an administrator a plain member again."""
        self._set_standing(chat, user, "member", by)
        self._world.transcript.note(chat, f"{user} is an administrator no more")

    def block(self, chat: Chat) -> None:
        """Shut the bot out: block it in a private chat, remove it from a group or channel."""
        self._world.transcript.note(chat, f"{self.bot} is shut out")
        self._set_standing(chat, self.bot, "kicked")

    def unblock(self, chat: Chat) -> None:
        """Let the bot in again."""
        self._world.transcript.note(chat, f"{self.bot} is let in")
        self._set_standing(chat, self.bot, "administrator" if chat.is_channel else "member")

    def _is_in(self, chat: Chat, user: User) -> bool:
        return self._world.standing(chat, user.id) not in ("left", "kicked")

    def _set_standing(
        self, chat: Chat, user: User, standing: Standing, by: User | None = None
    ) -> None:
        world = self._world
        before = self._standing_told(chat, user)
        world.standings[chat.id, user.id] = standing
        self._tell_of_standing(chat, user, before, by)

    def _standing_told(self, chat: Chat, user: User) -> dict[str, Any]:
        return member_of(self._world, chat, user)

    def _tell_of_standing(
        self, chat: Chat, user: User, before: dict[str, Any], by: User | None
    ) -> None:
        """Tell the bot how somebody stands in a chat who stood otherwise before."""
        world = self._world
        # Of a chat without people there is nobody to name; the bot's own account stands in.
        actor = by or world.users.get(chat.id, self.bot)
        payload = {
            "chat": chat.to_json(),
            "from": actor.to_json(),
            "date": world.clock.now(),
            "old_chat_member": before,
            "new_chat_member": member_of(world, chat, user),
        }
        if user == self.bot:
            world.tell_bot("my_chat_member", payload, chat)
        elif world.standing(chat, self.bot.id) == "administrator":
            # Only administrators are told of others, and only if they ask; most do not.
            world.updates.put("chat_member", payload)
