"""Makes a screenshot small: of its colours it keeps the 256 most frequent, as a palette.

It reads what Chromium writes (8 bits a channel, RGB, not interlaced) and nothing else.
Source: the PNG specification, https://www.w3.org/TR/png-3/ (filters in section 9).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: The header of an image of 8 bits a channel, RGB, not interlaced, after its width and height.
_RGB = (8, 2, 0, 0, 0)
_PALETTE = (8, 3, 0, 0, 0)
_COLOURS = 256


def shrink(png: bytes) -> bytes:
    """Return *png* with a palette of 256 colours; a rarer colour becomes the nearest of them.

    Raises ValueError if *png* is of another sort than Chromium's screenshots.
    """
    chunks = list(_chunks(png))
    width, height, *sort = struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
    if tuple(sort) != _RGB:
        raise ValueError(f"not an RGB image of 8 bits a channel: {sort}")
    packed = b"".join(body for name, body in chunks if name == b"IDAT")
    pixels = _unfiltered(zlib.decompress(packed), width * 3).reshape(-1, 3)
    colours, which, count = np.unique(pixels, axis=0, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-count, kind="stable")[:_COLOURS]].astype(int)
    distance = ((colours[:, None, :].astype(int) - kept[None, :, :]) ** 2).sum(axis=2)
    rows = distance.argmin(axis=1).astype(np.uint8)[which].reshape(height, width)
    # Each row begins with the number of its filter: none.
    plain = np.hstack([np.zeros((height, 1), np.uint8), rows]).tobytes()
    return _SIGNATURE + b"".join(
        _chunk(name, body)
        for name, body in [
            (b"IHDR", struct.pack(">IIBBBBB", width, height, *_PALETTE)),
            (b"PLTE", kept.astype(np.uint8).tobytes()),
            (b"IDAT", zlib.compress(plain, 9)),
            (b"IEND", b""),
        ]
    )


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _unfiltered(data: bytes, stride: int) -> NDArray[np.uint8]:
    """Return the pixels' bytes, row by row; *stride* is the length of a row."""
    rows, above = [], bytearray(stride)
    for begin in range(0, len(data), stride + 1):
        row = bytearray(data[begin + 1 : begin + 1 + stride])
        predict = _PREDICTORS[data[begin]]
        for x in range(stride):
            left, corner = (row[x - 3], above[x - 3]) if x >= 3 else (0, 0)
            row[x] = (row[x] + predict(left, above[x], corner)) & 255
        rows.append(row)
        above = row
    return np.frombuffer(b"".join(rows), np.uint8)


def _paeth(left: int, above: int, corner: int) -> int:
    estimate = left + above - corner
    return min((left, above, corner), key=lambda one: abs(estimate - one))


_PREDICTORS = (
    lambda left, above, corner: 0,
    lambda left, above, corner: left,
    lambda left, above, corner: above,
    lambda left, above, corner: (left + above) // 2,
    _paeth,
)
