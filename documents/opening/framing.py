"""Frames what goes over the pipe to and from the child process: a length, then JSON or bytes."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

_LENGTH_BYTES = 8


def send(pipe: BinaryIO, value: Any) -> None:
    """Write *value* as one frame.

    Raises:
        OSError: nobody reads it.
    """
    send_bytes(pipe, json.dumps(value).encode("ascii"))


def send_bytes(pipe: BinaryIO, content: bytes) -> None:
    """Write *content* as one frame, as it is: a document is too long to be copied into JSON.

    Raises:
        OSError: nobody reads it.
    """
    pipe.write(len(content).to_bytes(_LENGTH_BYTES, "big"))
    pipe.write(content)
    pipe.flush()


def receive(pipe: BinaryIO, most: int) -> Any:
    """Return the value of the next frame.

    Raises:
        EOFError: the pipe ended.
        ValueError: it has more than *most* bytes, or is no JSON.
    """
    try:
        return json.loads(receive_bytes(pipe, most))
    except RecursionError:
        raise ValueError("a frame nested too deeply") from None


def receive_bytes(pipe: BinaryIO, most: int) -> bytes:
    """Return the content of the next frame.

    Raises:
        EOFError: the pipe ended.
        ValueError: it has more than *most* bytes.
    """
    length = int.from_bytes(_exactly(pipe, _LENGTH_BYTES), "big")
    if length > most:
        raise ValueError(f"a frame of {length} bytes")
    return _exactly(pipe, length)


def _exactly(pipe: BinaryIO, count: int) -> bytes:
    read = pipe.read(count)
    if len(read) != count:
        raise EOFError
    return read
