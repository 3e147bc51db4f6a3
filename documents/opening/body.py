"""Reads the body of an answer, unpacked, and counts it while it is read."""

from __future__ import annotations

import http.client
import zlib
from collections.abc import Iterator

from documents.model import Unreadable

_PIECE = 65_536
#: zlib's window sizes: with gzip's header, with zlib's, with none.
_GZIP, _ZLIB, _RAW = 31, 15, -15
_CUT = ("the site sent only a part of it", "Try again later, or save the page and add the file")
_SAVE = "Open it in a browser, save the page, and add the file"


class TooLong(Exception):
    """A body is longer than it may be; its *beginning* was read."""

    def __init__(self, beginning: bytes) -> None:
        """Carry the *beginning*."""
        self.beginning = beginning
        super().__init__(f"longer than {len(beginning)} bytes")


def read_body(answer: http.client.HTTPResponse, most: int) -> bytes:
    """Return the body of *answer*, unpacked.

    Raises:
        TooLong: it has more than *most* bytes, packed or unpacked.
        Unreadable: it is cut short, or packed in a way that is not read.
    """
    packings = [
        packing
        for part in (answer.getheader("Content-Encoding") or "").split(",")
        if (packing := part.strip().lower()) not in ("", "identity")
    ]
    if packings and packings not in (["gzip"], ["x-gzip"], ["deflate"]):
        what = "the site packs its answer in a way that was not asked for"
        raise Unreadable(what, _SAVE)
    received = _received(answer, most)
    try:
        return _joined(_unpacked(received) if packings else received, most)
    except zlib.error:
        raise Unreadable("the site's answer is damaged", _SAVE) from None


def _joined(pieces: Iterator[bytes], most: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > most:
            raise TooLong(bytes(body[:most]))
    return bytes(body)


def _received(answer: http.client.HTTPResponse, most: int) -> Iterator[bytes]:
    """Yield what comes, as it comes."""
    count = 0
    while True:
        try:
            piece = answer.read(_PIECE)
        except http.client.IncompleteRead:
            raise Unreadable(*_CUT) from None
        if not piece:
            break
        count += len(piece)
        yield piece
        if count > most:
            raise TooLong(b"")
    # http.client tells of it only when all is read at once.
    if answer.length:
        raise Unreadable(*_CUT)


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield *pieces* unpacked, none of them longer than a piece."""
    unpacking = None
    for piece in pieces:
        waiting, is_full = piece, False
        while waiting or is_full:
            if unpacking is None:
                unpacking = zlib.decompressobj(_window_of(waiting))
            unpacked = unpacking.decompress(waiting, _PIECE)
            yield unpacked
            waiting = unpacking.unconsumed_tail
            # All may be taken in before all is given out.
            is_full = len(unpacked) == _PIECE and not unpacking.eof
            if unpacking.eof:
                # gzip may have several members, one behind the other; padding is none.
                waiting = unpacking.unused_data.lstrip(b"\x00")
                unpacking = None
    if unpacking is not None:
        raise Unreadable(*_CUT)


def _window_of(beginning: bytes) -> int:
    """Return the window size for what begins so; "deflate" comes with zlib's header, or bare."""
    if beginning.startswith(b"\x1f\x8b") or beginning == b"\x1f":
        return _GZIP
    has_header = len(beginning) > 1 and int.from_bytes(beginning[:2], "big") % 31 == 0
    return _ZLIB if has_header and beginning[0] & 0x0F == 8 else _RAW
