"""How much of the outside world is taken in at most."""

from __future__ import annotations

from dataclasses import dataclass

#: Bytes in a megabyte, as file managers count.
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a file, an archive, a link and a reader may take; the rest is refused."""

    #: Bytes of one document, unpacked. The longest statements, with pictures, have some 15 MB.
    file_bytes: int = 25 * MEGABYTE
    #: Files in an archive, and bytes of all of them, unpacked.
    members: int = 500
    archive_bytes: int = 100 * MEGABYTE
    #: A member that unpacks to more than so many times its size is a bomb; text reaches 20.
    ratio: int = 100
    #: Seconds for a link, with all its redirects, and without a byte.
    link_seconds: float = 20.0
    quiet_seconds: float = 10.0
    redirects: int = 5
    #: Seconds, by the clock, and bytes of address space for a reader; documents until it is
    #: replaced by a fresh one.
    reading_seconds: float = 20.0
    reading_bytes: int = 1536 * 1024 * 1024
    readings: int = 200


def size_of(count: int) -> str:
    """Return *count* bytes as a person says it: "29 kB", "2.1 GB"."""
    for unit, name in ((1_000_000_000, "GB"), (MEGABYTE, "MB"), (1000, "kB")):
        if count >= unit:
            said = count / unit
            return f"{said:.0f} {name}" if said >= 10 else f"{said:.1f} {name}".replace(".0 ", " ")
    return f"{count} bytes"
