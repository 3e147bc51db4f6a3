"""Starts ``onrecord`` for a tenth of the CPU: each start is a fork of one process that is warm.

What runs is a process of its own, with its arguments, environment, folder, streams and exit code.
That from which it is forked has imported the command line and answered one question, so that the
lists of words are read; it has kept nothing of a record. Signals are not passed on, and what
Python itself reads of the environment at its start is not read: where those are tested, and once
for each command, ``python -m bot`` is started.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import select
import shlex
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_PROJECT = Path(__file__).parents[1]
_ADDRESS = "socket"
#: What stands before the start that is asked for: its length.
_HEAD = 4

_STREAMS = (
    ("stdin", "r", "surrogateescape"),
    ("stdout", "w", "surrogateescape"),
    ("stderr", "w", "backslashreplace"),
)

# Started for each command, and so it imports as little as can be: not even ``socket``.
_CLIENT = f"""
import _socket, os, sys
words = [os.getcwdb(), *map(os.fsencode, sys.argv[2:])]
names = [name + b"=" + value for name, value in os.environb.items()]
asked = b"\\0".join([b"%d" % len(words), *words, *names])
server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
server.connect(sys.argv[1])
streams = b"".join(one.to_bytes(4, sys.byteorder) for one in range(3))
server.sendmsg(
    [len(asked).to_bytes({_HEAD}, "big")],
    [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)],
)
while asked:
    asked = asked[server.send(asked):]
code = server.recv(16)
os._exit(int(code) if code else 70)
"""


@contextlib.contextmanager
def warm_start() -> Iterator[Path]:
    """Give a program that does what ``onrecord`` does, as long as this is open."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "client.py").write_text(_CLIENT)
        command = shlex.join(
            [sys.executable, "-IS", str(folder / "client.py"), str(folder / _ADDRESS)]
        )
        program = folder / "onrecord"
        program.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        program.chmod(0o755)
        with subprocess.Popen(
            [sys.executable, "-m", "warm_start", name],
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": os.pathsep.join([str(_PROJECT), str(_PROJECT / "tests")]),
                "LC_ALL": "C.UTF-8",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as serving:
            assert serving.stdout is not None
            assert serving.stdin is not None
            assert serving.stdout.readline() == b"ready\n"
            yield program
            # It ends when its standard input does, whatever becomes of us.
            serving.stdin.close()


def _serve(folder: Path) -> None:
    """Start a command for each connection, until standard input ends."""
    import bot.__main__  # noqa: F401, PLC0415  # it sets up the environment of NumPy
    from bot.terminal.command_line import run  # noqa: PLC0415

    with contextlib.redirect_stdout(io.StringIO()):
        code = run(["--data", str(_PROJECT / "data"), "ask", "railway"])
    assert code == 0, "the bundled record was not read"
    gc.collect()
    gc.freeze()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(folder / _ADDRESS))
        server.listen(16)
        print("ready", flush=True)
        while server in select.select([server, sys.stdin], [], [])[0]:
            connection, _ = server.accept()
            if os.fork() == 0:
                server.close()
                _keep(connection)
                return
            connection.close()
            _bury()


def _bury() -> None:
    """Let go of those that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _keep(connection: socket.socket) -> None:
    """Become the command that is asked for; its parent waits and tells how it ended."""
    head, streams, _, _ = socket.recv_fds(connection, _HEAD, 3)
    length, asked = int.from_bytes(head, "big"), b""
    while len(asked) < length:
        asked += connection.recv(length - len(asked))
    count, *words = asked.split(b"\0")
    (folder, *arguments), named = words[: int(count)], words[int(count) :]
    if child := os.fork():
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        connection.sendall(str(status if status >= 0 else 128 - status).encode())
        os._exit(0)
    connection.close()
    for ours, given in enumerate(streams):
        os.dup2(given, ours)
        os.close(given)
    os.chdir(folder)
    os.environb.clear()
    os.environb.update(one.split(b"=", 1) for one in named)  # type: ignore[arg-type]
    time.tzset()
    sys.argv = ["onrecord", *map(os.fsdecode, arguments)]
    # As Python opens them at its start.
    for number, (name, mode, errors) in enumerate(_STREAMS):
        buffering = 1 if name == "stderr" else -1
        stream = open(number, mode, buffering, "utf-8", errors, closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
    from bot.__main__ import main  # noqa: PLC0415

    main()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
