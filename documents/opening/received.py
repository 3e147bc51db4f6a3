"""Opens what was received in memory: a file that somebody sent, or a text.

Its name is whatever the sender chose: it is shown, and its suffix may tell the format, but it is
never a path. Archives are opened as those that are named are.
"""

from __future__ import annotations

from collections.abc import Iterator

from documents.model import Refused, Source
from documents.opening import archives
from documents.opening.limits import Limits, size_of
from index import printable

#: Characters of a name that are shown; its end has the suffix.
_LONGEST_NAME = 120


def open_received(
    name: str, content: bytes, content_type: str = "", limits: Limits | None = None
) -> Iterator[Source | Refused]:
    """Yield what is in *content*: one source, or those of a zip archive.

    *name* and *content_type* are what the sender says, and may be wrong or hostile.
    """
    limits = limits or Limits()
    shown = _shown(name)
    if len(content) > limits.file_bytes:
        what = f"it has {size_of(len(content))}, and at most {size_of(limits.file_bytes)} are read"
        repair = "Give the part that is to be filed"
        yield Refused(name=shown, what=what, repair=repair)
    elif archives.is_archive(content):
        yield from archives.open_archive(shown, content, limits)
    else:
        yield Source(name=shown, content=content, content_type=content_type)


def received_text(name: str, text: str) -> Source:
    """Return a *text* that somebody wrote as a source, which is called *name*."""
    return Source(
        name=_shown(name),
        content=text.encode("utf-8", "replace"),
        content_type="text/plain",
        charset="utf-8",
    )


def _shown(name: str) -> str:
    """Return the last part of *name* without what a terminal or a chat would obey."""
    last = printable(name.replace("\\", "/").rsplit("/", 1)[-1]).strip()
    if len(last) > _LONGEST_NAME:
        half = _LONGEST_NAME // 2
        last = f"{last[:half]}…{last[-half:]}"
    return last or "document"
