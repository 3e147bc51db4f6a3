"""Connects to an address that was checked, with one clock for all that is sent and received."""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from types import TracebackType

from documents.opening.addresses import Target


class TimedSocket:
    """What ``http.client`` needs of a socket; every step has only what is left of the time."""

    def __init__(self, connected: socket.socket, deadline: float, quiet: float) -> None:
        """Take the *deadline*, by the monotonic clock, and the seconds that may be *quiet*."""
        self._socket = connected
        self._deadline = deadline
        self._quiet = quiet

    def __enter__(self) -> TimedSocket:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._socket.close()

    def sendall(self, data: bytes) -> None:
        """Send all of *data*."""
        self._socket.settimeout(_left(self._deadline, self._quiet))
        self._socket.sendall(data)

    def receive_into(self, buffer: memoryview) -> int:
        """Fill the beginning of *buffer* with what comes next, and return how much that is."""
        self._socket.settimeout(_left(self._deadline, self._quiet))
        return self._socket.recv_into(buffer)

    def makefile(self, mode: str) -> io.BufferedReader:
        """Return a file to read from."""
        return io.BufferedReader(_Received(self))

    def close(self) -> None:
        """Do nothing: ``http.client`` closes before the body is read; leaving ``with`` closes."""


class _Received(io.RawIOBase):
    def __init__(self, timed: TimedSocket) -> None:
        super().__init__()
        self._timed = timed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        return self._timed.receive_into(memoryview(buffer))


def connect(
    target: Target,
    addresses: Sequence[str],
    deadline: float,
    quiet: float,
    context: Callable[[], ssl.SSLContext],
) -> TimedSocket:
    """Return a connection to the first of *addresses* that answers; *context* is asked for TLS.

    Raises:
        OSError: none answers; ``TimeoutError`` if the *deadline* has come.
    """
    failed: OSError = ConnectionError("no address")
    for address in addresses:
        try:
            connected = socket.create_connection((address, target.port), _left(deadline, quiet))
        except OSError as error:
            if time.monotonic() >= deadline:
                raise
            failed = error
            continue
        if target.scheme == "https":
            try:
                connected.settimeout(_left(deadline, quiet))
                connected = context().wrap_socket(connected, server_hostname=target.host)
            except BaseException:
                connected.close()
                raise
        return TimedSocket(connected, deadline, quiet)
    raise failed


def _left(deadline: float, quiet: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return min(left, quiet)
