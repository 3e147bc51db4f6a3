"""Files as Telegram keeps them: a person's, which the bot may fetch, and the bot's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from telegram_standin.methods import Method
from telegram_standin.parameters import Parameters
from telegram_standin.refusals import bad_request
from telegram_standin.world import World

#: core.telegram.org/bots/api#getfile, in bytes.
MAX_DOWNLOAD = 20_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A file: its name, bytes and type."""

    name: str
    content: bytes = field(repr=False)
    kind: str = "application/octet-stream"
    #: The size that Telegram tells; of a large file there need be no bytes here.
    size: int | None = None

    def described(self, number: int) -> dict[str, Any]:
        """Return what a message tells of it; `number` tells it from all others."""
        return {
            "file_id": f"file-{number}",
            "file_unique_id": f"unique-{number}",
            "file_name": self.name,
            "mime_type": self.kind,
            "file_size": len(self.content) if self.size is None else self.size,
        }


def path_of(file_id: str) -> str:
    """Return where a file is fetched from, below the bot's address."""
    return f"documents/{file_id}"


def _get_file(world: World, given: Parameters) -> dict[str, Any]:
    file_id = given.text("file_id")
    file = world.files.get(file_id)
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    told = file.described(int(file_id.rpartition("-")[2]))
    if told["file_size"] > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    known = ("file_id", "file_unique_id", "file_size")
    return {**{name: told[name] for name in known}, "file_path": path_of(file_id)}


METHODS = {"getFile": Method(_get_file, "file_id")}
