"""A story's text is as it was typed, or the paragraphs of its document; the rest is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from made_packages import package

from documents import (
    Block,
    BlockKind,
    Claim,
    Extract,
    Field,
    Refused,
    Source,
    StoryText,
    Unreadable,
    open_story,
    text_of_story,
)
from documents.opening.stories import MOST_TEXT
from documents.reading.reading import read

TYPED = "He said:\n  “the  harbour\topens”\n\n* and more\n"


def of(content: str | bytes, name: str = "story.txt", **known: str) -> StoryText:
    given = content if isinstance(content, bytes) else content.encode()
    return text_of_story(Source(name=name, content=given, **known), read)


@pytest.mark.parametrize("name", ["story.txt", "story.md", "story", "standard input"])
def test_plain_text_and_markdown_are_taken_as_they_were_typed(name: str) -> None:
    """So that a place in it is the writer's own line."""
    assert of(TYPED, name) == StoryText(TYPED, as_typed=True)


@pytest.mark.parametrize(
    "text",
    [
        '{"lead": "the harbour opens in May"}',
        '[Applause] "The harbour opens in May"',
        '---\ntitle: A\nspeakers: [B]\n---\n\n"The harbour opens"\n',
        'print("the harbour opens")\n',
    ],
)
def test_what_is_no_document_to_put_on_record_is_text_too(text: str) -> None:
    assert of(text) == StoryText(text, as_typed=True)


def test_the_encoding_is_told_as_for_any_document() -> None:
    text = "Der Hafen öffnet im Mai, sagte sie: „die Fähren fahren täglich.“"
    assert of(text.encode("utf-16")).text == text
    assert of(b"\xef\xbb\xbf" + text.encode()).text == text
    assert of(text.encode("cp1252"), charset="windows-1252").text == text


def test_every_sort_of_line_end_ends_a_line() -> None:
    assert of("one\r\ntwo\rthree\x0cfour\u2028five").text == "one\ntwo\nthree\nfour\nfive"


def test_the_blocks_of_a_document_are_the_paragraphs_of_the_story() -> None:
    words = "<p>The harbour opens in May, and she said so twice on Monday.</p>"
    page = f"<!doctype html><title>T</title><article>{words}<p>It is late.</p></article>"
    story = of(page, "story.html")
    assert not story.as_typed
    assert story.text.endswith(
        "The harbour opens in May, and she said so twice on Monday.\n\nIt is late."
    )


def test_a_block_quotation_stays_one() -> None:
    """It needs no quotation marks."""
    blocks = (Block(text="She said:"), Block(text="It opens in May.", kind=BlockKind.QUOTE))
    source = Source(name="a", content=b"<p>x</p>")
    story = text_of_story(source, lambda _: [Extract(blocks=blocks)])
    assert story.text == "She said:\n\n> It opens in May."


def test_the_headline_of_a_page_is_part_of_the_story_and_its_properties_are_not() -> None:
    """A reader takes it from the page as a title; it may have a quotation in it."""

    def headed(where: str, value: str = "Harbour “opens in May”") -> str:
        claim = Claim(field=Field.TITLE, value=value, where=where)
        extract = Extract(blocks=(Block(text="It opens."),), claims=(claim,))
        return text_of_story(Source(name="a", content=b"<p>x</p>"), lambda _: [extract]).text

    assert headed("<h1>") == "Harbour “opens in May”\n\nIt opens."
    assert headed("<h1>", "It opens.") == "It opens."
    assert headed("file properties") == headed("<meta> og:title") == "It opens."


def test_a_feed_is_the_stories_in_it_and_what_is_refused_says_why() -> None:
    refused = Extract(refused=Refused(name="b", what="it has no text", repair="Open the link"))
    given = Extract(blocks=(Block(text="One."),)), Extract(blocks=(Block(text="Two."),))
    source = Source(name="a", content=b"<rss></rss>")
    assert text_of_story(source, lambda _: [*given, refused]).text == "One.\n\nTwo."
    with pytest.raises(Unreadable, match="it has no text"):
        text_of_story(source, lambda _: [refused])


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "it is empty"),
        (b" \n\t ", "it is empty"),
        (bytes(range(256)), "this is not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "it is an image"),
        (b'<?xml version="1.0"?><play/>', "XML of a kind that is not read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "it is"),
    ],
)
def test_what_has_no_text_is_refused_with_a_repair_for_a_story(content: bytes, what: str) -> None:
    with pytest.raises(Unreadable, match=what) as refused:
        of(content)
    assert refused.value.repair.endswith(".")
    assert "filed" not in refused.value.repair
    assert " add " not in refused.value.repair


def test_more_text_than_is_checked_is_refused_and_a_little_less_is_not() -> None:
    assert len(of("a" * MOST_TEXT).text) == MOST_TEXT
    with pytest.raises(Unreadable, match="at most 2 MB are checked"):
        of("a" * (MOST_TEXT + 1))


def test_a_file_and_standard_input_are_opened(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("One.")
    opened = open_story(str(tmp_path / "story.txt"))
    assert isinstance(opened, Source)
    assert opened.content == b"One."
    piped = open_story("-", standard_input=io.BytesIO(b"Two."))
    assert isinstance(piped, Source)
    assert (piped.name, piped.content) == ("standard input", b"Two.")


def test_a_link_is_opened_with_its_address_and_other_schemes_are_not() -> None:
    def fetch(url: str) -> Source:
        return Source(name=url, content=b"One.", url=url)

    assert open_story("https://news.example.org/a", fetch=fetch) == fetch(
        "https://news.example.org/a"
    )
    assert isinstance(open_story("ftp://news.example.org/a", fetch=fetch), Refused)


def test_what_is_no_single_story_is_refused(tmp_path: Path) -> None:
    (tmp_path / "two.zip").write_bytes(package({"a.txt": b"One.", "b.txt": b"Two."}))
    for name, what in (
        (str(tmp_path), "it is a folder"),
        (str(tmp_path / "two.zip"), "it holds several files"),
        (str(tmp_path / "none.txt"), "this file does not exist"),
        ("", "a name is empty"),
        ("a\x00b", "it cannot be read"),
        ("a" * 5000, "it cannot be read"),
    ):
        refused = open_story(name)
        assert isinstance(refused, Refused), name
        assert what in refused.what
        assert refused.repair.endswith(".")
        assert refused.name.isprintable()
