"""Several processes on one record: forked, replaced, changed and stopped, for real."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from patience import until

from bot.process import worker as worker_module
from bot.process.worker import Worker

pytestmark = pytest.mark.slow

# What is served is a word of ours, not Telegram's: here only the processes are looked at.
PROGRAM = """
import gc, logging, os, signal, socket, sys, time
from pathlib import Path
from bot.process.worker_pool import WorkerPool

record, mode = Path("record"), sys.argv[1]
listener = socket.create_server(("127.0.0.1", 0))
listener.settimeout(0.02)
Path("port").write_text(str(listener.getsockname()[1]))
logging.basicConfig(format="%(message)s")

def load():
    with Path("loads").open("a") as loads:
        loads.write(f"{os.getpid()}\\n")
    text = record.read_text()
    if text == "slow":
        time.sleep(30)
    if text == "broken":
        raise ValueError("it is broken")
    # Small things that the collector looks at, as an index is made of.
    return text, [[number] for number in range(400_000 if mode == "large" else 1)]

def run(loaded, worker):
    stopping = []
    signal.signal(signal.SIGTERM, lambda *_: stopping.append(1))
    if mode == "die":
        os._exit(7)
    if mode == "fail":
        raise ValueError("no use")
    worker.ready()
    while not worker.orphaned and not (stopping and mode != "deaf"):
        try:
            caller, _ = listener.accept()
        except (TimeoutError, BlockingIOError):
            continue
        caller.settimeout(5)
        with caller:
            word, _, more = caller.recv(100).decode().partition(" ")
            if word == "leave":
                return int(more)
            if word == "reload":
                worker.reload_all()
            if word == "slow":
                caller.sendall(b"begun ")
                time.sleep(0.4)
            answer = f"{loaded[0]} {os.getpid()} {worker.number}"
            if word == "memory":
                gc.collect()
                rollup = Path("/proc/self/smaps_rollup").read_text().split("Private_Dirty:")[1]
                answer = rollup.split()[0]
            caller.sendall(answer.encode())
    return 0

sys.exit(WorkerPool(2, listener, load, run, pause=0.01, grace=0.5 if mode == "deaf" else 20).work())
"""


class Service:
    """The program above, running."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path) -> None:
        self.process = process
        self.folder = folder

    async def ask(self, word: str) -> str:
        """Return what a worker answers to *word*; wait until there is one."""
        for _ in range(300):
            with contextlib.suppress(FileNotFoundError, ValueError):
                port = int((self.folder / "port").read_text())
                break
            await asyncio.sleep(0.01)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(word.encode())
        answer = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        return answer.decode()

    async def who(self, record: str) -> tuple[int, int]:
        """Return the process and number of the worker that answers, which has *record*."""
        said, pid, number = (await self.ask("who")).split()
        assert said == record
        return int(pid), int(number)

    async def everyone(self, record: str = "one", but: set[int] = frozenset()) -> dict[int, int]:
        """Return the processes by number, when two that are none of *but* have answered."""
        met: dict[int, int] = {}
        for _ in range(500):
            answer = await self.ask("who")
            said, pid, number = answer.split()
            if said == record and int(pid) not in but:
                met[int(number)] = int(pid)
            if len(met) == 2:
                return met
            await asyncio.sleep(0.01)
        raise AssertionError(f"only {met} answered")

    async def left(self) -> int:
        """Return the exit code."""
        return await asyncio.wait_for(self.process.wait(), 10)

    @property
    def errors(self) -> str:
        """What was logged."""
        return (self.folder / "errors").read_text()

    @property
    def loads(self) -> list[str]:
        """The process of each loading."""
        return (self.folder / "loads").read_text().split()


Started = Callable[..., contextlib.AbstractAsyncContextManager[Service]]


@pytest.fixture
def started(tmp_path: Path, project: Path) -> Started:
    """Return what runs two workers, and stops whatever is left of them."""

    @contextlib.asynccontextmanager
    async def start(mode: str = "plain", record: str = "one") -> AsyncIterator[Service]:
        (tmp_path / "record").write_text(record)
        with (tmp_path / "errors").open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", PROGRAM, mode),
                cwd=tmp_path,
                env={"PYTHONPATH": str(project)},
                stderr=errors,
            )
        try:
            yield Service(process, tmp_path)
        finally:
            # Its workers notice that it has gone.
            if process.returncode is None:
                process.kill()
                await process.wait()

    return start


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def gone(*pids: int) -> None:
    await until(lambda: not any(map(alive, pids)))


async def test_workers_share_the_port_and_a_record_that_was_loaded_once(started):
    async with started() as service:
        met = await service.everyone()
        assert set(met) == {0, 1}
        assert service.loads == [str(service.process.pid)]


async def test_a_worker_that_dies_is_replaced_while_the_other_answers(started):
    async with started() as service:
        met = await service.everyone()
        os.kill(met[0], signal.SIGKILL)
        assert await service.ask("who")
        again = await service.everyone(but={met[0]})
        assert again[1] == met[1]
        assert "worker 0 died (signal 9); another takes its place" in service.errors
        # Told to end by somebody who is not the parent, it is missed as well.
        os.kill(met[1], signal.SIGTERM)
        await service.everyone(but={met[1]})
        assert len(service.loads) == 1, "loaded again though it was there"


@pytest.mark.parametrize(("mode", "how"), [("die", "code 7"), ("fail", "code 1")])
async def test_when_workers_die_again_and_again_it_is_given_up(started, mode, how):
    """Whoever supervises it learns of it by exit code 3; it does not go on forever."""
    async with started(mode) as service:
        assert await service.left() == 3
    errors = service.errors
    assert f"died 5 times in a row ({how})" in errors
    assert errors.count("another takes its place") <= 8
    assert ("Traceback" in errors) == (mode == "fail")


@pytest.mark.parametrize("code", [2, 3])
async def test_a_worker_that_cannot_be_helped_ends_all_with_its_code(started, code):
    """As when Telegram refuses the token: another worker would fare no better."""
    async with started() as service:
        met = await service.everyone()
        await service.ask(f"leave {code}")
        assert await service.left() == code
        await gone(*met.values())
    assert "another takes its place" not in service.errors


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_told_to_stop_it_waits_for_the_answers_under_way(started, sign):
    async with started() as service:
        met = await service.everyone()
        slow = asyncio.create_task(service.ask("slow"))
        await asyncio.sleep(0.1)
        assert not slow.done()
        service.process.send_signal(sign)
        assert await service.left() == 0
        assert (await slow).startswith("begun one ")
        await gone(*met.values())
    assert service.errors == ""


async def test_ctrl_c_in_a_terminal_stops_it_in_good_order(tmp_path, started):
    """A terminal sends the signal to the workers as well; they leave it to the parent."""
    async with started() as service:
        met = await service.everyone()
        slow = asyncio.create_task(service.ask("slow"))
        await asyncio.sleep(0.1)
        for pid in (*met.values(), service.process.pid):
            os.kill(pid, signal.SIGINT)
        assert await service.left() == 0
        assert (await slow).startswith("begun one ")
    assert service.errors == ""


async def test_a_worker_that_does_not_end_is_killed(started):
    async with started("deaf") as service:
        met = await service.everyone()
        service.process.send_signal(signal.SIGTERM)
        assert await service.left() == 0
        await gone(*met.values())
    assert service.errors.count("did not end in time; killed") == 2


async def test_a_worker_whose_place_is_taken_is_killed_if_it_does_not_end(started):
    """However often the record is reloaded, no more of them pile up."""
    async with started("deaf") as service:
        old = await service.everyone()
        for record in ("two", "three"):
            (service.folder / "record").write_text(record)
            service.process.send_signal(signal.SIGHUP)
            new = await service.everyone(record, but=set(old.values()))
            await gone(*old.values())
            old = new
        assert service.errors.count("did not end in time; killed") == 4
        service.process.send_signal(signal.SIGTERM)
        assert await service.left() == 0


async def test_on_sighup_the_record_is_loaded_anew_and_nobody_is_turned_away(started):
    async with started() as service:
        old = await service.everyone()
        asked, said = 0, set()
        changed = False

        async def keep_asking() -> None:
            nonlocal asked
            while not changed or len(said) < 2:
                said.add((await service.ask("who")).split()[0])
                asked += 1

        asking = [asyncio.create_task(keep_asking()) for _ in range(8)]
        for record in ("two", "three"):
            await asyncio.sleep(0.1)
            (service.folder / "record").write_text(record)
            service.process.send_signal(signal.SIGHUP)
            new = await service.everyone(record)
        await gone(*old.values())
        changed = True
        await asyncio.gather(*asking)  # raises what a refused caller raised
        assert said == {"one", "two", "three"}
        assert asked > 50
        assert not set(new.values()) & set(old.values())
        assert len(service.loads) == 3
    assert service.errors == ""


async def test_a_worker_can_have_the_record_loaded_anew(started):
    """As when an operator writes /reload to whichever worker happens to hear it."""
    async with started() as service:
        old = await service.everyone()
        (service.folder / "record").write_text("two")
        await service.ask("reload")
        await service.everyone("two", but=set(old.values()))


async def test_a_record_that_cannot_be_loaded_anew_leaves_the_old_one_in_place(started):
    async with started() as service:
        old = await service.everyone()
        (service.folder / "record").write_text("broken")
        service.process.send_signal(signal.SIGHUP)
        await until(lambda: "it is broken" in service.errors)
        assert await service.everyone("one") == old
        assert (
            "the record could not be reloaded, and the old one stays: it is broken"
            in service.errors
        )


async def test_it_stops_at_once_though_it_is_still_loading(started):
    async with started(record="slow") as service:
        await until((service.folder / "loads").exists)
        service.process.send_signal(signal.SIGTERM)
        assert await service.left() == 0
    assert service.errors == ""


async def test_it_stops_at_once_though_it_is_loading_anew(started):
    async with started() as service:
        await service.everyone()
        (service.folder / "record").write_text("slow")
        service.process.send_signal(signal.SIGHUP)
        await until(lambda: len(service.loads) == 2)
        assert await service.ask("who"), "the workers go on meanwhile"
        service.process.send_signal(signal.SIGTERM)
        assert await service.left() == 0
    assert service.errors == ""


async def test_a_record_that_cannot_be_loaded_at_all_is_the_callers_matter(started):
    async with started(record="broken") as service:
        assert await service.left() == 1
    assert service.errors.rstrip().endswith("ValueError: it is broken")


async def test_workers_whose_parent_was_killed_leave_the_port_to_the_next(started):
    async with started() as service:
        met = await service.everyone()
        port = int((service.folder / "port").read_text())
        service.process.kill()
        await service.left()
        await gone(*met.values())
    socket.create_server(("127.0.0.1", port)).close()


@pytest.mark.parametrize("lost", [True, False])
async def test_a_worker_stops_when_its_parent_has_gone(monkeypatch, caplog, lost):
    monkeypatch.setattr(worker_module, "_LOOK_EVERY", 0.01)
    with socket.socket() as listener:
        worker = Worker(3, listener, os.getpid() if lost else os.getppid(), -1)
        stopped: list[bool] = []
        watching = asyncio.create_task(worker.leave_with_parent(lambda: stopped.append(True)))
        await asyncio.sleep(0.1)
        watching.cancel()
    assert (len(stopped) > 1) is lost, "the library may not hear the first call"
    assert caplog.text.count("worker 3 lost its parent") == lost


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted as Linux does")
async def test_a_worker_shares_the_memory_of_the_record(started):
    """Each has no copy of its own, though it collects its garbage: 400,000 lists are 40 MB."""
    async with started("large") as service:
        await service.everyone()
        kilobytes = int(await service.ask("memory"))
    assert kilobytes < 12_000


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted as Linux does")
def test_no_thread_runs_when_the_record_is_loaded(project, tmp_path):
    """A fork takes along the locks that threads hold, and not the threads."""
    program = """
import os, bot.assembly
from pathlib import Path
from bot.terminal.loading import load_index
index = load_index(Path(os.environ["DATA"]))
index.prepare()
assert index.ask("gwadar").answered
print(len(os.listdir("/proc/self/task")))
"""
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={
            "PYTHONPATH": str(project),
            "DATA": str(project / "data"),
            "OPENBLAS_NUM_THREADS": "1",  # as bot/__main__.py has it
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout == "1\n"
