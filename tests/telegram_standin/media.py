"""What a message shows besides words, with the fewest fields Telegram sends; bytes elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: core.telegram.org/bots/api#sendphoto, in characters after parsing.
MAX_CAPTION = 1024

_SIZE = {"width": 640, "height": 360}
_LASTING = {"duration": 7}
# Kind -> what its object requires besides the ids of the file.
_WITH_CAPTION: dict[str, dict[str, Any]] = {
    "photo": _SIZE,
    "document": {"file_name": "paper.pdf", "mime_type": "application/pdf"},
    "voice": {**_LASTING, "mime_type": "audio/ogg"},
    "audio": _LASTING,
    "video": {**_SIZE, **_LASTING},
    "animation": {**_SIZE, **_LASTING},
}
_WITHOUT_CAPTION: dict[str, dict[str, Any]] = {
    "video_note": {"length": 240, **_LASTING},
    "sticker": {
        "width": 512,
        "height": 512,
        "type": "regular",
        "is_animated": False,
        "is_video": False,
        "emoji": "👍",
    },
}


@dataclass(frozen=True, slots=True)
class Media:
    """Something shown: its kind and the fields of Message that hold it."""

    kind: str
    fields: dict[str, Any]
    #: What can be read of it without a caption: a poll's question, the words of a rich message.
    words: str = ""

    @property
    def takes_caption(self) -> bool:
        """Whether words can stand beneath it."""
        return self.kind in _WITH_CAPTION or self.kind == "paid_media"


def make_document(described: dict[str, Any]) -> Media:
    """Return a document whose file is *described* as a message tells of it."""
    return Media("document", {"document": described})


def make_media(kind: str, number: int) -> Media:
    """Return media of a kind; `number` tells its file from all others.

    Raises ValueError for a kind nobody can show here.
    """
    details = (_WITH_CAPTION | _WITHOUT_CAPTION).get(kind)
    if details is None:
        known = ", ".join([*_WITH_CAPTION, *_WITHOUT_CAPTION])
        raise ValueError(f"a {kind!r} cannot be shown; what can: {known}")
    file = {"file_id": f"{kind}-file-{number}", "file_unique_id": f"{kind}-{number}", **details}
    if kind == "photo":
        return Media(kind, {"photo": [file]})
    if kind == "animation":
        # core.telegram.org/bots/api#message: for old clients it is a document too.
        return Media(kind, {"animation": file, "document": file})
    return Media(kind, {kind: file})
