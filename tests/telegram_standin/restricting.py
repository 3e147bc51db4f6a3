"""How people keep others from writing: members silenced, posts forbidden, topics closed.

Who is let in and shut out is told in joining.py. Most of it the bot is not told of: it finds out by
being refused.
"""

from __future__ import annotations

from telegram_standin.joining import Joining
from telegram_standin.people import Chat, User
from telegram_standin.topics import Topic


class Restricting(Joining):
    """The people as they close places to others."""

    def restrict(self, group: Chat, user: User, by: User | None = None) -> None:
        """Let a member of a supergroup read and no more, until `free`."""
        if group.kind != "supergroup" or not self._is_in(group, user):
            raise ValueError(f"{user} cannot be restricted in {group}")
        self._set_standing(group, user, "restricted", by)
        self._world.transcript.note(group, f"{user} may only read")

    def free(self, group: Chat, user: User, by: User | None = None) -> None:
        """Make who was restricted a plain member again."""
        self._set_standing(group, user, "member", by)
        self._world.transcript.note(group, f"{user} may write again")

    def silence(self, group: Chat, silent: bool = True) -> None:
        """Let only administrators write in a group, or everybody again; no bot is told."""
        if group.kind not in ("group", "supergroup"):
            raise ValueError(f"{group} is no group")
        self._world.limits.silence(group, silent)
        who = "only administrators" if silent else "everybody"
        self._world.transcript.note(group, f"{who} may write")

    def forbid_posts(self, channel: Chat, user: User, forbidden: bool = True) -> None:
        """Take from an administrator of a channel, as the bot is, the right to post, or give it."""
        if not channel.is_channel:
            raise ValueError(f"{channel} is no channel")
        world = self._world
        before = self._standing_told(channel, user)
        world.limits.allow_posts(channel, user, not forbidden)
        world.transcript.note(channel, f"{user} may {'not ' if forbidden else ''}post")
        self._tell_of_standing(channel, user, before, None)

    def close_topic(self, place: Topic | Chat, by: User | None = None) -> None:
        """Close a topic, or the General of a forum given, to all but administrators."""
        self._close(place, by, True)

    def reopen_topic(self, place: Topic | Chat, by: User | None = None) -> None:
        """Open a closed topic, or General, again."""
        self._close(place, by, False)

    def delete_topic(self, topic: Topic) -> None:
        """Delete a topic with all that is in it; no bot is told."""
        for message in self._world.messages_in(topic):
            self._world.drop_message(message, by_bot=False)

    def _close(self, place: Topic | Chat, by: User | None, closed: bool) -> None:
        topic = place if isinstance(place, Topic) else None
        chat = topic.chat if topic else place
        if not isinstance(chat, Chat) or not (topic or chat.is_forum):
            raise ValueError(f"{place} is no topic")
        self._world.limits.close(place, closed)
        kind, told = ("closed", "closes") if closed else ("reopened", "reopens")
        name = "the topic" if topic else "General"
        self._report(chat, by or chat, {f"forum_topic_{kind}": {}}, f"{told} {name}", topic)
