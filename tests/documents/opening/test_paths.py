"""What is named is opened, or refused in one line; nothing that is named can hold the program."""

from __future__ import annotations

import io
import os
import socket
import zipfile
from pathlib import Path

import pytest

from documents.model import Refused, Source, Unreadable
from documents.opening.limits import Limits, size_of
from documents.opening.paths import open_paths


def opened(*names: str | Path, **given: object) -> list[Source | Refused]:
    return list(open_paths([str(name) for name in names], **given))  # type: ignore[arg-type]


def reason(name: str | Path, **given: object) -> str:
    (refused,) = opened(name, **given)
    assert isinstance(refused, Refused)
    assert refused.name.isprintable()
    assert refused.repair
    return refused.what


def test_a_file_is_a_source(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Good morning.")
    assert opened(path) == [Source(name=str(path), content=b"Good morning.")]


def test_a_folder_is_walked_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c/d/e.txt", "b.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    found = [one.content.decode() for one in opened(tmp_path) if isinstance(one, Source)]
    assert found == ["a.txt", "b/1.txt", "b/2.txt", "b.txt", "c/d/e.txt"]


def test_what_systems_leave_in_a_folder_is_ignored_and_told(tmp_path: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "a.pdf.part", "~$a.docx", "a.txt"):
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x", "utf-8")
    ignored: list[str] = []
    assert len(opened(tmp_path, ignored=ignored.append)) == 1
    assert len(ignored) == 5
    # Whoever names it means it.
    assert isinstance(opened(tmp_path / "Thumbs.db")[0], Source)


def test_a_zip_archive_is_opened_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "no-suffix"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "Good morning.")
    assert opened(path) == [Source(name=f"{path}: a.txt", content=b"Good morning.")]
    assert opened("-", standard_input=io.BytesIO(path.read_bytes())) == [
        Source(name="standard input: a.txt", content=b"Good morning.")
    ]


def test_standard_input_is_a_source() -> None:
    pipe = io.BytesIO(b"Good morning.")
    assert opened("-", standard_input=pipe) == [
        Source(name="standard input", content=b"Good morning.")
    ]
    given = {"limits": Limits(file_bytes=10), "standard_input": io.BytesIO(b"Good morning.")}
    assert "more than 10 bytes" in reason("-", **given)


def test_a_line_whose_end_a_terminal_dropped_is_refused() -> None:
    class Terminal(io.BytesIO):
        def isatty(self) -> bool:
            return True

    long = b"Good morning.\n" + b"a" * 5000 + b"\nGood night."
    assert "longer than a terminal takes" in reason("-", standard_input=Terminal(long))
    lines = b"Good morning.\n" * 1000
    assert opened("-", standard_input=Terminal(lines))[0].content == lines
    assert opened("-", standard_input=io.BytesIO(long))[0].content == long


def test_a_link_is_fetched_or_refused() -> None:
    def fetch(url: str) -> Source:
        if "gone" in url:
            raise Unreadable("there is nothing at this address (404)", "Check the link")
        return Source(name=url, content=b"x")

    assert opened("HTTPS://a.example/", fetch=fetch) == [
        Source(name="HTTPS://a.example/", content=b"x")
    ]
    assert "404" in reason("http://a.example/gone", fetch=fetch)
    assert "file://" in reason("file:///etc/passwd", fetch=fetch)


def test_a_link_to_this_machine_is_refused_by_default() -> None:
    assert "no public site" in reason("http://127.0.0.1:8080/")


def test_a_large_file_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    assert reason(path) == "it has 2 GB, and at most 25 MB are read"


def test_a_file_that_has_more_than_it_says_is_counted() -> None:
    """Linux says that it is empty."""
    path = Path("/proc/self/status")
    if not path.is_file():
        pytest.skip("no /proc")
    assert "more than 20 bytes" in reason(path, limits=Limits(file_bytes=20))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert reason(tmp_path / "pipe") == "it is a pipe, not a file"
    assert reason("/dev/zero") == "it is a device, not a file"
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "s"))
        assert reason(tmp_path / "s") == "it is a socket, not a file"


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    assert reason(tmp_path) == "it is a link to a folder"
    (tmp_path / "round").symlink_to(tmp_path / "round")
    assert "cannot be read" in reason(tmp_path / "round")


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", "utf-8")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "c.txt").symlink_to("gone.txt")
    found = opened(tmp_path)
    assert [type(one) for one in found] == [Source, Source, Refused]
    assert "links to does not exist" in found[2].what  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["gone.txt", "", "a\x00b", "x" * 5000])
def test_what_does_not_exist_is_told(name: str) -> None:
    assert reason(name)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert reason(tmp_path) == "there is no document in it"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x", "utf-8")
    path.chmod(0)
    assert reason(path) == "it may not be read"


def test_a_name_that_is_no_text_is_shown_escaped(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/a\xff\x1b[31m.txt"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(b"x")
    (found,) = opened(tmp_path)
    assert found.name.isprintable()
    assert found.name.endswith(r"a\x{dcff}\x{1b}[31m.txt")


def test_a_deep_folder_is_walked(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(300):
        deep = deep / "d"
        deep.mkdir()
    (deep / "a.txt").write_text("x", "utf-8")
    assert [type(one) for one in opened(tmp_path)] == [Source]


def test_only_one_document_is_opened_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("first", "utf-8")
    found = open_paths([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    assert isinstance(next(found), Source)
    (tmp_path / "b.txt").write_text("written later", "utf-8")
    assert isinstance(next(found), Source)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (29_175, "29 kB"),
        (25_000_000, "25 MB"),
        (2_100_000_000, "2.1 GB"),
    ],
)
def test_a_size_is_said_as_people_say_it(count: int, said: str) -> None:
    assert size_of(count) == said
