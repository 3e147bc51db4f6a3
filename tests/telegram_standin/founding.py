"""How people and places come to be: users, private chats, groups, topics and channels.

Nothing here reaches the bot but the opening of a topic; who comes and goes later is for joining.
"""

from __future__ import annotations

from collections.abc import Iterable

from telegram_standin.people import Chat, ChatKind, User
from telegram_standin.stage import Stage
from telegram_standin.topics import Topic

_FIRST_USER = 5_000_000
_FIRST_GROUP = 4_000_000
_FIRST_SUPERGROUP = 1_002_000_000_000


class Founding(Stage):
    """The people as they found what there is."""

    def user(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
        is_bot: bool = False,
    ) -> User:
        """Return a new person, or another bot."""
        number = _FIRST_USER + len(self._world.users)
        user = User(number, first_name, last_name, username, language_code, is_bot)
        self._world.users[user.id] = user
        return user

    def private_chat(self, user: User) -> Chat:
        """Return the person's chat with the bot, as if the person had started it."""
        chat = Chat(
            user.id,
            "private",
            username=user.username,
            first_name=user.first_name,
            last_name=user.last_name,
        )
        self._world.standings[chat.id, user.id] = "member"
        return self._world.add_chat(chat, "member")

    def group(
        self,
        title: str,
        *,
        kind: ChatKind = "supergroup",
        username: str | None = None,
        administrators: Iterable[User] = (),
        forum: bool = False,
        joined: bool = True,
    ) -> Chat:
        """Return a new group with the bot in it; `telegram.bot` may be an administrator.

        A `forum` has topics. With `joined=False` the bot is not in it, until it is invited.
        """
        if kind not in ("group", "supergroup"):
            raise ValueError(f"a {kind} is no kind of group")
        if forum and kind != "supergroup":
            raise ValueError("only a supergroup has topics")
        chat = Chat(self._new_id(kind), kind, title, username, is_forum=forum)
        self._world.add_chat(chat, "member" if joined else "left")
        for user in administrators:
            self._world.standings[chat.id, user.id] = "administrator"
        return chat

    def channel(
        self,
        title: str,
        *,
        username: str | None = None,
        administrators: Iterable[User] = (),
        joined: bool = True,
    ) -> Chat:
        """Return a new channel with the bot as an administrator, unless `joined=False`."""
        chat = Chat(self._new_id("channel"), "channel", title, username)
        self._world.add_chat(chat, "administrator" if joined else "left")
        for user in administrators:
            self._world.standings[chat.id, user.id] = "administrator"
        return chat

    def direct_messages(self, channel: Chat) -> Chat:
        """Return the chat in which people talk to a channel, each in a topic of their own.

        To the bot, which manages it, it is a supergroup. `say` there is a person's word to the
        channel; the channel itself answers as `say(chat, channel, …, reply_to=…)`.
        """
        if not channel.is_channel:
            raise ValueError(f"{channel} is no channel")
        chat = Chat(self._new_id("supergroup"), "supergroup", channel.title, parent=channel)
        return self._world.add_chat(chat, "administrator")

    def topic(self, group: Chat, name: str, opener: User | None = None) -> Topic:
        """Let somebody open a topic in a forum, an anonymous administrator unless named.

        In a private chat the person opens it, if the bot has topics there.
        """
        private = group.kind == "private" and self._world.bot_settings["has_topics_enabled"]
        if not group.is_forum and not private:
            raise ValueError(
                f"{group} has no topics; use group(…, forum=True), and in private"
                " TelegramStandIn(private_topics=True)"
            )
        actor = opener or self._world.users.get(group.id) or group
        topic = Topic(group, self._world.next_id(group), name, actor, self._world.clock.now())
        self._report(group, actor, topic.created, "opens the topic", topic)
        return topic

    def _new_id(self, kind: ChatKind) -> int:
        first = _FIRST_GROUP if kind == "group" else _FIRST_SUPERGROUP
        return -(first + len(self._world.chats) + 1)
