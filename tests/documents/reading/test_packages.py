from __future__ import annotations

import struct

import pytest
from made_packages import package, packed

from documents.model import Source, Unreadable
from documents.reading.packages import DEEPEST, MOST_BYTES, Package, child, children, read_xml

_PREFIXES = {"urn:a": "a", "urn:plain": ""}


def test_a_member_is_read_whole() -> None:
    opened = Package(packed({"one.txt": b"\x00 one", "two.txt": b"two"}))
    assert opened.read("one.txt") == b"\x00 one"
    assert "two.txt" in opened
    assert opened.names == ("one.txt", "two.txt")


def test_a_member_that_is_not_there_is_empty() -> None:
    opened = Package(packed({"one.txt": b"one"}))
    assert opened.read("two.txt") == b""
    assert opened.xml("two.txt", {}) is None


def test_what_is_no_zip_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        Package(Source(name="a", content=b"PK\x03\x04 and no more"))


def test_a_member_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(Unreadable, match="unpacks to far more"):
        Package(packed({"bomb": b"\x00" * 30_000_000})).read("bomb")


def test_what_a_header_says_of_a_size_is_not_believed() -> None:
    """A member that says it has 10 bytes unpacks to its 30 MB all the same, or is damaged."""
    content = package({"bomb": b"\x00" * 30_000_000})
    place = content.index(b"PK\x01\x02")
    lying = content[: place + 24] + struct.pack("<I", 10) + content[place + 28 :]
    with pytest.raises(Unreadable):
        Package(Source(name="a", content=lying)).read("bomb")


def test_all_members_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_BYTES == 100_000_000
    monkeypatch.setattr("documents.reading.packages.MOST_BYTES", 1500)
    opened = Package(packed({"one": b"a" * 1000, "two": b"b" * 1000}))
    assert len(opened.read("one")) == 1000
    with pytest.raises(Unreadable, match="unpacks to far more"):
        opened.read("two")


def test_an_encrypted_member_is_refused() -> None:
    content = bytearray(package({"secret": b"words"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable, match="password"):
        Package(Source(name="a", content=bytes(content))).read("secret")


def test_a_damaged_member_is_refused() -> None:
    content = bytearray(package({"one": bytes(range(256)) * 40}))
    content[60] ^= 0xFF
    with pytest.raises(Unreadable, match="damaged"):
        Package(Source(name="a", content=bytes(content))).read("one")


def test_a_member_packed_in_a_way_that_is_not_known_is_refused() -> None:
    content = bytearray(package({"one": b"words"}))
    for header, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", content, content.index(header) + method, 99)
    with pytest.raises(Unreadable, match="its part 'one'"):
        Package(Source(name="a", content=bytes(content))).read("one")


def test_names_have_our_prefixes_whatever_the_document_calls_them() -> None:
    root = read_xml(b'<x:p xmlns:x="urn:a" x:k="1"><q xmlns="urn:plain"/><r/></x:p>', _PREFIXES, "")
    assert (root.tag, root.get("a:k")) == ("a:p", "1")
    assert [one.tag for one in root] == ["q", "r"]
    other = read_xml(b'<p xmlns="urn:b"/>', _PREFIXES, "")
    assert other.tag == "{urn:b}p"


def test_a_child_is_found_down_a_path() -> None:
    root = read_xml(b"<a><b><c>1</c></b><b/></a>", {}, "")
    found = child(root, "b", "c")
    assert found is not None
    assert found.text == "1"
    assert child(root, "c") is None
    assert len(children(root, "b")) == 2
    assert children(None, "b") == []


def test_too_many_levels_are_refused() -> None:
    read_xml(b"<a>" * DEEPEST + b"</a>" * DEEPEST, {}, "")
    with pytest.raises(Unreadable, match="nested"):
        read_xml(b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1), {}, "")


def test_levels_are_counted_as_they_close() -> None:
    """A long document is no deep one."""
    root = read_xml(b"<a>" + b"<b></b>" * (DEEPEST * 2) + b"</a>", {}, "")
    assert len(root) == DEEPEST * 2


def test_what_is_no_xml_is_told_by_its_name() -> None:
    with pytest.raises(Unreadable, match=r"word/x\.xml"):
        read_xml(b"<a><b></a>", {}, "word/x.xml")


@pytest.mark.parametrize("encoding", ["utf-7", "no-such-encoding"])
def test_an_encoding_that_is_none_is_refused(encoding: str) -> None:
    with pytest.raises(Unreadable):
        read_xml(f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode(), {}, "part")


def test_an_external_entity_is_not_opened() -> None:
    text = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
    with pytest.raises(Unreadable):
        read_xml(text, {}, "part")


def test_entities_that_grow_without_end_are_stopped() -> None:
    lines = ['<!ENTITY e0 "ha">'] + [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)]
    text = f"<!DOCTYPE a [{''.join(lines)}]><a>&e11;</a>".encode()
    with pytest.raises(Unreadable):
        read_xml(text, {}, "part")
