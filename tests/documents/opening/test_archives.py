"""A zip archive's members are read in memory, and what is not a document is refused by name."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.model import Refused, Source
from documents.opening.archives import is_archive, open_archive
from documents.opening.limits import Limits


def zipped(
    *members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def opened(
    content: bytes, limits: Limits | None = None
) -> tuple[dict[str, bytes], dict[str, str], list[str]]:
    """Return the sources' contents, the refusals' reasons and the ignored, by name."""
    ignored: list[str] = []
    found = list(open_archive("a.zip", content, limits or Limits(), ignored=ignored.append))
    sources = {one.name: one.content for one in found if isinstance(one, Source)}
    return sources, {one.name: one.what for one in found if isinstance(one, Refused)}, ignored


def test_members_are_sources() -> None:
    content = zipped(("a/one.txt", b"One."), ("a/", b""), ("two.pdf", b"%PDF-1.4"))
    sources, refused, ignored = opened(content)
    assert sources == {"a.zip: a/one.txt": b"One.", "a.zip: two.pdf": b"%PDF-1.4"}
    assert (refused, ignored) == ({}, [])


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "/etc/evil.txt",
        "C:\\evil.txt",
        "C:evil.txt",
        "a/..\\..\\b",
        "\\\\host\\a",
        "a/..",
    ],
)
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    sources, refused, _ = opened(zipped((name, b"x")))
    assert sources == {}
    assert list(refused.values()) == ["its name leads out of the archive"]


def test_a_name_with_control_characters_is_refused_and_shown_escaped() -> None:
    sources, refused, _ = opened(zipped(("a\nb\x1b[31m.txt", b"x"), ("c\x9b.txt", b"x")))
    assert sources == {}
    assert refused == {
        r"a.zip: a\x{a}b\x{1b}[31m.txt": "its name has control characters",
        r"a.zip: c\x{9b}.txt": "its name has control characters",
    }


@given(st.text(min_size=1))
def test_no_name_commands_a_terminal(name: str) -> None:
    try:
        content = zipped((name, b"x"))
    except (ValueError, IndexError):
        return  # zipfile cannot write it
    for one in open_archive(f"{name}.zip", content, Limits()):
        assert one.name.isprintable()


def test_a_link_a_backslash_and_a_password_are_refused() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    pipe = zipfile.ZipInfo("pipe.txt")
    pipe.external_attr = (stat.S_IFIFO | 0o777) << 16
    content = bytearray(zipped((link, b"/etc/passwd"), (pipe, b""), ("a\\b.txt", b"x")))
    _, refused, _ = opened(bytes(content))
    assert list(refused.values()) == [
        "it is a link",
        "it is not a file",
        "its name has a backslash",
    ]
    locked = bytearray(zipped(("a.txt", b"x")))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert list(opened(bytes(locked))[1].values()) == ["it is protected by a password"]


def test_an_archive_in_the_archive_is_refused_and_a_document_is_not() -> None:
    inner = zipped(("a.txt", b"x"))
    office = zipped(("[Content_Types].xml", b""), ("word/document.xml", b""))
    sources, refused, _ = opened(zipped(("inner.zip", inner), ("a.docx", office)))
    assert refused == {"a.zip: inner.zip": "it is an archive in the archive"}
    assert list(sources) == ["a.zip: a.docx"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused_the_second_time() -> None:
    sources, refused, _ = opened(zipped(("a.txt", b"first"), ("a.txt", b"second"), ("b.txt", b"")))
    assert sources == {"a.zip: a.txt": b"first", "a.zip: b.txt": b""}
    assert refused == {"a.zip: a.txt": "the name comes twice, with another text"}
    _, refused, _ = opened(zipped(("a.txt", b"first"), ("a.txt", b"first")))
    assert refused == {"a.zip: a.txt": "the same file comes twice"}


def test_a_bomb_is_given_up_while_it_is_counted() -> None:
    _, refused, _ = opened(zipped(("bomb.txt", b"0" * 30_000_000)))
    assert refused["a.zip: bomb.txt"].startswith("29 kB unpack to 30 MB")


def test_what_the_header_says_of_the_size_is_not_believed() -> None:
    content = bytearray(zipped(("bomb.txt", b"0" * 30_000_000)))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(mark) + place
        content[at : at + 4] = (10).to_bytes(4, "little")
    sources, refused, _ = opened(bytes(content))
    assert sources == {}
    assert len(refused) == 1


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_cannot_be_counted_is_refused(method: int) -> None:
    _, refused, _ = opened(zipped(("a.txt", b"x" * 100), method=method))
    assert refused == {"a.zip: a.txt": "it is packed in a way that is not read"}


def test_an_archive_has_so_many_members_and_bytes_at_most() -> None:
    many = zipped(*((f"{number}.txt", b"x" * 100) for number in range(10)))
    sources, refused, _ = opened(many, Limits(members=9))
    assert sources == {}
    assert "10 files in the archive" in refused["a.zip"]
    sources, refused, _ = opened(many, Limits(archive_bytes=500))
    assert len(sources) == 5
    assert "its last 5 files are not read" in refused["a.zip"]
    sources, refused, _ = opened(many, Limits(file_bytes=99))
    assert set(refused.values()) == {"it has more than 99 bytes, and no more are read"}


def test_what_systems_leave_is_ignored_and_told() -> None:
    names = (
        "__MACOSX/a/._b.txt",
        "a/.DS_Store",
        "Thumbs.db",
        "a/b.part",
        "~$b.docx",
        ".git/config",
    )
    content = zipped(*((name, b"x") for name in names), ("b.txt", b"x"))
    sources, refused, ignored = opened(content)
    assert (list(sources), refused) == (["a.zip: b.txt"], {})
    assert ignored == [f"a.zip: {name}" for name in names]


def test_an_empty_or_a_damaged_archive_is_told() -> None:
    assert opened(zipped())[1] == {"a.zip": "there is no file in the archive"}
    assert opened(b"PK\x03\x04 and no more")[1] == {"a.zip": "the archive is damaged"}
    content = bytearray(zipped(("a.txt", b"good morning"), method=zipfile.ZIP_STORED))
    content[content.index(b"good")] = ord("f")
    assert opened(bytes(content))[1] == {"a.zip: a.txt": "it is damaged"}


def test_a_name_in_utf_8_that_does_not_say_so_is_read() -> None:
    content = zipped(("déclaration.txt", b"x"))
    for mark, place in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        at = content.index(mark) + place
        content = content[:at] + bytes([content[at] & ~0x08]) + content[at + 1 :]
    assert list(opened(content)[0]) == ["a.zip: déclaration.txt"]


def test_only_an_archive_of_documents_is_one() -> None:
    assert is_archive(zipped(("ppt/a.txt", b"")))
    assert not is_archive(zipped(("[Content_Types].xml", b""), ("word/document.xml", b"")))
    assert not is_archive(zipped(("mimetype", b"application/epub+zip")))
    assert not is_archive(b"PK\x03\x04 cut short")
    assert not is_archive(b"text")


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    opened(zipped(("a.txt", b"x"), ("../b.txt", b"x")))
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_the_tricks_are_seen_through(shared: Path) -> None:
    path = shared / "made" / "tricks.zip"
    lines = (path.parent / "expected.ndjson").read_text("utf-8").splitlines()
    (expected,) = (line for line in map(json.loads, lines) if line["file"] == path.name)
    sources, refused, ignored = opened(path.read_bytes())
    for item in expected["items"]:
        assert f"a.zip: {item['file']}" in sources
    for told in expected["refused"]:
        name = f"a.zip: {told['name'].removesuffix(' (second)')}"
        if told["reason"] == "it is empty":  # told by the readers
            assert sources[name] == b""
        else:
            assert told["reason"].partition(",")[0] in refused[name]
    assert ignored == [f"a.zip: {name}" for name in expected["ignored"]]
    shown = "".join((*sources, *refused, *ignored))
    assert not any(word in shown for word in expected["must_not_contain"])
