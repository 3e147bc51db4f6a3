"""Tells which files belong to a system, not to a person, by their names."""

from __future__ import annotations

from fnmatch import fnmatchcase

#: What operating systems, browsers and editors leave in folders and archives, in small letters.
_SYSTEM = (
    "__macosx",
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "icon\r",
    "$recycle.bin",
    "system volume information",
    "lost+found",
    "*.part",
    "*.partial",
    "*.crdownload",
    "*.download",
    "*.tmp",
    "*.swp",
    "*.lnk",
    "*~",
    "~$*",
)


def is_ignored(part: str) -> bool:
    """Return whether the file or folder *part* is hidden, a system's own, or half downloaded."""
    name = part.lower()
    return name.startswith(".") or any(fnmatchcase(name, pattern) for pattern in _SYSTEM)
