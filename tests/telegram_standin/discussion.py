"""Links a channel to its discussion group, where each post appears by itself and is commented on.

The forward is a message of the group like any other: privacy mode keeps it from the bot, and a
comment is a reply to it. core.telegram.org/bots/api#message, `is_automatic_forward`.
"""

from __future__ import annotations

from telegram_standin.messages import Message
from telegram_standin.people import Chat, User
from telegram_standin.privacy import tell_message
from telegram_standin.stage import Stage
from telegram_standin.world import World


class Discussion(Stage):
    """The people as they discuss what a channel posts."""

    def link(self, channel: Chat, group: Chat) -> None:
        """Make a supergroup the discussion group of a channel."""
        if not channel.is_channel or group.kind != "supergroup":
            raise ValueError(f"{group} cannot discuss {channel}; a supergroup and a channel can")
        self._world.linked |= {channel.id: group, group.id: channel}
        self._world.transcript.note(group, f"{group} becomes the discussion group of {channel}")

    def forwarded(self, post: Message) -> Message:
        """Return the automatic forward of a post, the bot's own included.

        Raises AssertionError if there is none.
        """
        forward = self._world.forwards.get(post)
        if forward is None:
            raise AssertionError(f"#{post.message_id} of {post.chat} was not forwarded")
        return self._current(forward)

    def comment(self, forward: Message, sender: User | Chat, text: str) -> Message:
        """Let somebody comment on a post, given as `forwarded` returns it."""
        if forward.forward_of is None:
            raise ValueError(f"#{forward.message_id} is no automatic forward; use say")
        return self._write(forward.chat, sender, text, reply_to=forward)


def forward_automatically(world: World, post: Message) -> None:
    """Forward a channel's new post into its discussion group, if it has one."""
    group = world.linked.get(post.chat.id)
    if group is None or not post.chat.is_channel:
        return
    forward = world.add_message(
        group,
        post.chat,
        post.text,
        entities=post.entities,
        html=post.html,
        media=post.media,
        media_group_id=post.media_group_id,
        date=post.date,
        forward_of=post,
    )
    world.forwards[post] = forward
    tell_message(world, "message", forward)


def edit_automatically(world: World, post: Message) -> None:
    """Let the automatic forward of a post follow an edit of the post."""
    known = world.forwards.get(post)
    forward = world.message(known.chat, known.message_id) if known else None
    if forward is None or (forward.text, forward.entities, forward.media) == (
        post.text,
        post.entities,
        post.media,
    ):
        return
    changed = world.change_message(
        forward,
        by_bot=False,
        text=post.text,
        entities=post.entities,
        html=post.html,
        media=post.media,
    )
    tell_message(world, "edited_message", changed)
