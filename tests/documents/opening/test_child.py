"""A document that hangs, crashes or eats memory is refused, and the next one is read."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.model import Extract, Source, Unreadable
from documents.opening.child import LimitedReader
from documents.opening.limits import Limits

#: The real child, with a reader that does what the document says.
_OBEDIENT = """
import os, resource, signal, time
import documents.reading.reading as reading
from documents.model import Block, Extract, Unreadable

def shown(text):
    return [Extract(blocks=(Block(text=text),))]

def read(source):
    match source.content.decode():
        case "sleep": time.sleep(60)
        case "memory": bytearray(4 << 30)
        case "deep": return read(source)
        case "fault": return {}["a"]
        case "refuse": raise Unreadable("it is a scan", "Give its text")
        case "crash": os.kill(os.getpid(), signal.SIGSEGV)
        case "leave": os._exit(3)
        case "print": print("a library's chatter", flush=True); os.write(2, b"more of it")
        case "lie": return "no extracts"
        case "pid": return shown(str(os.getpid()))
        case "environment": return shown(" ".join(sorted(os.environ)))
        case "core": return shown(str(resource.getrlimit(resource.RLIMIT_CORE)))
    return shown("read")

reading.read = read
from documents.opening.child_main import main
main()
"""


def obedient(**limits: float) -> LimitedReader:
    kept = {"reading_seconds": 20.0, **limits}
    return LimitedReader(Limits(**kept), program=("-c", _OBEDIENT))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def shared_reader() -> Iterator[LimitedReader]:
    """Return a reader whose child goes on to the next test, unless a document breaks it."""
    with obedient() as reader:
        yield reader


def source(content: str | bytes, name: str = "a.txt") -> Source:
    given = content if isinstance(content, bytes) else content.encode()
    return Source(name=name, content=given)


def text_of(extracts: list[Extract]) -> str:
    return extracts[0].blocks[0].text


def test_a_document_is_read_by_its_own_reader() -> None:
    with LimitedReader() as reader:
        extracts = reader.read(source("<!doctype html><p>Good morning.</p>", "a.html"))
    assert "Good morning." in [block.text for block in extracts[0].blocks]


def test_a_refusal_of_the_real_reader_comes_through() -> None:
    with LimitedReader() as reader, pytest.raises(Unreadable, match="it is empty"):
        reader.read(source(""))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("memory", "it took over 1.6 GB of memory|reading it took over"),
        ("deep", "nested too deeply"),
        ("fault", r"our fault: KeyError in a reader"),
        ("crash", "broke the reader \\(SIGSEGV\\)"),
        ("leave", "broke the reader \\(exit status 3\\)"),
        ("lie", "our fault"),
    ],
)
def test_what_breaks_a_reader_is_refused_and_the_next_document_is_read(
    shared_reader: LimitedReader, content: str, what: str
) -> None:
    first = text_of(shared_reader.read(source("pid")))
    with pytest.raises(Unreadable, match=what) as refused:
        shared_reader.read(source(content))
    assert refused.value.repair
    assert "Traceback" not in str(refused.value)
    assert text_of(shared_reader.read(source("pid"))) != first


@pytest.mark.slow
def test_what_hangs_is_ended_in_time() -> None:
    with obedient(reading_seconds=6.0) as reader:
        began = time.monotonic()
        with pytest.raises(Unreadable, match="reading it took over 6 s"):
            reader.read(source("sleep"))
        assert time.monotonic() - began < 15
        assert text_of(reader.read(source("anything"))) == "read"


def test_a_refusal_costs_no_new_process(shared_reader: LimitedReader) -> None:
    first = text_of(shared_reader.read(source("pid")))
    with pytest.raises(Unreadable, match=r"it is a scan\. Give its text"):
        shared_reader.read(source("refuse"))
    assert text_of(shared_reader.read(source("pid"))) == first


def test_what_a_library_prints_is_no_answer(shared_reader: LimitedReader) -> None:
    assert text_of(shared_reader.read(source("print"))) == "read"
    assert text_of(shared_reader.read(source("print"))) == "read"


def test_a_process_reads_so_many_documents_and_is_replaced() -> None:
    with obedient(readings=2) as reader:
        processes = [text_of(reader.read(source("pid"))) for _ in range(4)]
    assert processes[0] == processes[1] != processes[2] == processes[3]


def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TELEGRAM_BOT_TOKEN", "MY_API_KEY", "A_PASSWORD", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "secret")
    with obedient() as reader:
        known = text_of(reader.read(source("environment"))).split()
    assert "PATH" in known
    assert not [name for name in known if name.endswith(("TOKEN", "KEY", "PASSWORD", "PROXY"))]


def test_the_child_leaves_no_core(shared_reader: LimitedReader) -> None:
    assert text_of(shared_reader.read(source("core"))) == "(0, 0)"


def test_a_module_in_the_working_folder_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)", "utf-8")
    monkeypatch.chdir(tmp_path)
    with LimitedReader() as reader:
        assert reader.read(source("Good morning.\n\nThank you."))


def test_no_process_is_left() -> None:
    with obedient() as reader:
        process = int(text_of(reader.read(source("pid"))))
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_process_that_was_killed_while_idle_is_replaced() -> None:
    with obedient() as reader:
        process = int(text_of(reader.read(source("pid"))))
        os.kill(process, 9)
        time.sleep(0.2)
        assert text_of(reader.read(source("anything"))) == "read"


def test_threads_take_turns() -> None:
    with obedient() as reader:
        read: list[str] = []
        threads = [
            threading.Thread(target=lambda: read.append(text_of(reader.read(source("x")))))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert read == ["read"] * 8
