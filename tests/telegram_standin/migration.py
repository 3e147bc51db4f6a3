"""Turns a group into a supergroup, which is a new chat under a new id, as Telegram tells a bot."""

from __future__ import annotations

from dataclasses import replace

from telegram_standin.founding import Founding
from telegram_standin.people import Chat, User


class Migration(Founding):
    """The people as they outgrow a group."""

    def migrate(self, group: Chat, by: User | None = None) -> Chat:
        """Upgrade a basic group and return the supergroup, with the same people in it.

        Each of the two says in a service message which the other is. From then on the old id is
        refused, with the new one in the answer; the messages stay where they were.
        """
        world = self._world
        if group.kind != "group" or group.id in world.migrated:
            raise ValueError(f"{group} is no basic group any more; use group(…, kind='group')")
        new = replace(group, id=self._new_id("supergroup"), kind="supergroup")
        world.add_chat(new, world.standing(group, self.bot.id))
        for (chat_id, user_id), standing in list(world.standings.items()):
            if chat_id == group.id:
                world.standings[new.id, user_id] = standing
        self._report(
            group, by or group, {"migrate_to_chat_id": new.id}, "upgrades the group to a supergroup"
        )
        world.migrated[group.id] = new
        self._report(
            new, new, {"migrate_from_chat_id": group.id}, "is a supergroup now, under a new id"
        )
        return new
