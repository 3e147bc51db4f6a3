"""What was sent is opened in memory; its name is shown, and never a path."""

from __future__ import annotations

import io
import zipfile

import pytest

from documents import Refused, Source, open_received, received_text
from documents.opening.limits import Limits


def opened(name: str, content: bytes, limits: Limits | None = None) -> list[Source | Refused]:
    return list(open_received(name, content, "text/plain", limits))


def test_a_file_is_one_source_with_what_its_sender_says() -> None:
    (source,) = opened("remarks.txt", b"Words.")
    assert source == Source(name="remarks.txt", content=b"Words.", content_type="text/plain")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system.ini", "system.ini"),
        ("a\nb\x1b[31m.txt", "a\\x{a}b\\x{1b}[31m.txt"),
        ("", "document"),
        ("folder/", "document"),
    ],
)
def test_only_the_last_part_of_a_name_is_shown_without_controls(name: str, shown: str) -> None:
    (source,) = opened(name, b"Words.")
    assert source.name == shown


def test_a_long_name_keeps_its_suffix() -> None:
    (source,) = opened("x" * 5000 + ".docx", b"Words.")
    assert source.name.endswith(".docx")
    assert len(source.name) < 200


def test_an_archive_is_opened_and_its_members_are_named_after_it() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.txt", "One.")
        archive.writestr("../two.txt", "Two.")
    found = opened("all.zip", packed.getvalue())
    assert [one.name for one in found] == ["all.zip: one.txt", "all.zip: ../two.txt"]
    assert [type(one) for one in found] == [Source, Refused]


def test_what_is_too_long_is_refused() -> None:
    (refused,) = opened("a.txt", b"x" * 11, Limits(file_bytes=10))
    assert isinstance(refused, Refused)
    assert refused.what == "it has 11 bytes, and at most 10 bytes are read"


def test_a_text_keeps_its_lines_and_is_utf_8() -> None:
    source = received_text("message", "One.\n\nجائے‌گی")
    assert source.content.decode() == "One.\n\nجائے‌گی"
    assert (source.name, source.charset) == ("message", "utf-8")
