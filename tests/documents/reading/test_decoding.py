"""Bytes become the text that was written, or a refusal that names the place."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.model import Source, Unreadable
from documents.reading.decoding import codec_of, decode

RUSSIAN = "Министр заявил, что переговоры продолжатся на следующей неделе в Женеве."
CZECH = "Ministr zahraničí prohlásil, že Česká republika bude podporovat mírové řešení."
FRENCH = "Le président a déclaré que l’été serait chaud, et que les ministres iraient à Genève."
JAPANESE = "外務大臣は来週交渉が続くと述べた。日本政府は平和を求める。"
CHINESE = "外交部发言人表示谈判将于下周继续举行。"


def source(content: bytes, charset: str = "") -> Source:
    return Source(name="a.txt", content=content, charset=charset)


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_beats_what_is_declared(mark: bytes, codec: str) -> None:
    assert decode(source(mark + FRENCH.encode(codec), "iso-8859-1"), "koi8-r") == FRENCH


def test_iso_8859_1_means_windows_1252() -> None:
    """As on the web: 0x96 is a dash there, and a control character in ISO's own table."""
    assert decode(source(b"2.1 per cent \x96 less"), "ISO-8859-1") == "2.1 per cent – less"


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("latin1", "cp1252"),
        ("US-ASCII", "cp1252"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("Shift_JIS", "cp932"),
        ("x-sjis", "cp932"),
        ("ks_c_5601-1987", "cp949"),
        ("iso-8859-9", "cp1254"),
        ("TIS-620", "cp874"),
        (' "utf-8" ', "utf-8"),
        ("koi8-ru", "koi8-u"),
        ("iso-8859-8-i", "iso8859-8"),
        ("rot13", ""),
        ("unicode_escape", ""),
        ("", ""),
    ],
)
def test_a_label_means_what_it_means_on_the_web(label: str, codec: str) -> None:
    assert codec_of(label) == codec


def test_every_label_has_a_codec_that_python_knows() -> None:
    for label in ("latin2", "latin6", "iso-8859-16", "macintosh", "windows-1258", "big5", "euc-jp"):
        assert codecs.lookup(codec_of(label))


def test_what_the_server_said_comes_before_what_the_document_says() -> None:
    content = RUSSIAN.encode("cp1251")
    assert decode(source(content, "windows-1251"), "koi8-r") == RUSSIAN
    assert decode(source(content), "windows-1251") == RUSSIAN


def test_what_is_declared_and_does_not_fit_is_passed_over() -> None:
    assert decode(source(JAPANESE.encode("euc-jp"), "utf-8"), "euc-jp") == JAPANESE
    assert decode(source(FRENCH.encode(), "no-such-encoding")) == FRENCH
    assert decode(source(b"plain"), "utf-16") == "plain"


def test_utf_8_that_is_declared_as_something_else_is_read_as_utf_8() -> None:
    """Read as declared, it would be filed as “dÃ©clarÃ©”."""
    assert decode(source(FRENCH.encode(), "iso-8859-1")) == FRENCH


def test_two_chinese_characters_that_are_utf_8_by_chance_stay_chinese() -> None:
    content = "一".encode("gb18030") + b"\xd6\xb0"
    assert decode(source(content, "gbk")) == content.decode("gb18030")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (CZECH, "cp1250"),
        (CZECH, "iso8859-2"),
        (FRENCH, "cp1252"),
        (JAPANESE, "cp932"),
        (JAPANESE, "iso2022-jp"),
        (CHINESE, "gb18030"),
        ("Hello there, everyone.", "utf-16-le"),
    ],
)
def test_an_encoding_that_nobody_told_is_recognised(text: str, codec: str) -> None:
    assert decode(source(text.encode(codec))) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_is_read_as_it_was_written(text: str) -> None:
    if not text.startswith("\ufeff") and "\ufffe" not in text and "\uffff" not in text:
        assert decode(source(text.encode())) == text


def test_line_ends_are_made_one() -> None:
    assert decode(source(b"a\r\nb\rc\nd")) == "a\nb\nc\nd"


def test_utf_8_with_a_wrong_byte_is_refused_and_the_line_named() -> None:
    """A guess would turn all of its accents into pairs of other letters."""
    content = f"{FRENCH}\n{FRENCH}\n".encode() + b"2.1 \x96 less\n"
    with pytest.raises(Unreadable, match=r"line 3 \(byte 0x96\).*UTF-8"):
        decode(source(content))


def test_bytes_in_no_encoding_are_refused_and_the_line_named() -> None:
    with pytest.raises(Unreadable, match=r"line 2 is not UTF-8\. .*save it as UTF-8"):
        decode(source(b"ab\nc\xff\xfe\x81"))


def test_a_mark_that_does_not_hold_is_told() -> None:
    with pytest.raises(Unreadable, match="begins as UTF-8, but its line 2"):
        decode(source(codecs.BOM_UTF8 + b"a\n\xff"))


@pytest.mark.parametrize(
    "content", [b"abc\x00def", b"\x00\x01\x02\x03", b"a\x01\x02\x03\x04\x05 b", bytes(range(256))]
)
def test_what_has_control_characters_is_no_text(content: bytes) -> None:
    with pytest.raises(Unreadable, match="this is not text"):
        decode(source(content))
