"""The words of rich messages: of every block and text that there is, and of some yet to come."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.front.flat_text import LONGEST, utf16_length
from bot.front.rich_text import flattened

BOT = {"id": 700, "is_bot": True, "first_name": "On Record", "username": "OnRecordBot"}


def text_of(*blocks: Any) -> str:
    """Return the text of a rich message of these blocks."""
    return flattened({"blocks": list(blocks)})[0]


def marked(*texts: Any) -> tuple[str, list[tuple[str, str]]]:
    """Return the text of one paragraph, and what each entity is and covers."""
    text, entities = flattened({"blocks": [{"type": "paragraph", "text": list(texts)}]})
    units = text.encode("utf-16-le")
    return text, [
        (one.type, units[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le"))
        for one in entities
    ]


def node(kind: str, text: Any, **more: Any) -> dict[str, Any]:
    """Return a rich text of a *kind*, or a block with a text."""
    return {"type": kind, "text": text, **more}


def paragraph(text: Any) -> dict[str, Any]:
    """Return a paragraph."""
    return node("paragraph", text)


def test_a_text_is_a_string_a_list_or_a_node_with_a_text():
    text = ["When does the ", node("bold", ["har", node("italic", "bour")]), " open?"]
    assert text_of(paragraph(text)) == "When does the harbour open?"


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (node("paragraph", "Open"), "Open"),
        (node("heading", "Open", size=2), "Open"),
        (node("pre", "a  = 1\n\tb", language="python"), "a  = 1\n\tb"),
        (node("footer", "Open"), "Open"),
        ({"type": "divider"}, ""),
        ({"type": "anchor", "name": "top"}, ""),
        ({"type": "mathematical_expression", "expression": "a + b"}, "a + b"),
        (
            {
                "type": "list",
                "items": [
                    {"label": "1.", "blocks": [paragraph("One"), paragraph("more")]},
                    {"label": "2.", "blocks": [paragraph("Two")], "has_checkbox": True},
                ],
            },
            "One\nmore\nTwo",
        ),
        ({"type": "blockquote", "blocks": [paragraph("Open")], "credit": "Li Wen"}, "Open\nLi Wen"),
        # Since 10.5 of blocks, before it of a text.
        ({"type": "expandable_blockquote", "blocks": [paragraph("Open")]}, "Open"),
        (
            node("expandable_blockquote", "Open", credit=["Li ", node("bold", "Wen")]),
            "Open\nLi Wen",
        ),
        (node("pullquote", "Open", credit="Li Wen"), "Open\nLi Wen"),
        (
            {
                "type": "details",
                "summary": "When",
                "blocks": [paragraph("In May"), paragraph("no")],
            },
            "When\nIn May\nno",
        ),
        (
            {
                "type": "table",
                "cells": [
                    [node("", "Port", is_header=True), node("", "Tons")],
                    [node("", ["Gwa", node("bold", "dar")]), {"align": "left"}, node("", "7")],
                ],
                "caption": "Trade",
            },
            "Port Tons\nGwadar 7\nTrade",
        ),
        (
            {
                "type": "collage",
                "blocks": [{"type": "photo", "photo": [], "caption": {"text": "A quay"}}],
                "caption": {"text": "Quays", "credit": "Li Wen"},
            },
            "A quay\nQuays\nLi Wen",
        ),
        ({"type": "slideshow", "blocks": [], "caption": {"text": "Quays"}}, "Quays"),
        ({"type": "map", "location": {}, "zoom": 9, "caption": {"text": "Here"}}, "Here"),
        *(
            ({"type": kind, kind: {"file_name": "no.pdf"}, "caption": {"text": "Open"}}, "Open")
            for kind in ("animation", "audio", "document", "photo", "video", "voice_note")
        ),
        # What can be pressed says nothing, and neither does what a bot shows while it writes.
        ({"type": "buttons", "buttons": [{"text": "Vote", "url": "https://x.example"}]}, ""),
        (node("thinking", "Wait"), ""),
        ({"type": "details", "summary": "A", "blocks": [node("thinking", "Wait")]}, "A"),
    ],
    ids=lambda value: value.get("type") if isinstance(value, dict) else "",
)
def test_every_block_is_read(block, text):
    assert text_of(block) == text
    between = text_of(paragraph("Before"), block, paragraph("after"))
    assert between == "\n".join(filter(None, ["Before", text, "after"]))


@pytest.mark.parametrize(
    "kind",
    [
        *("bold", "italic", "underline", "strikethrough", "spoiler", "date_time", "subscript"),
        *("superscript", "marked", "code", "phone_number", "bank_card_number", "hashtag"),
        *("cashtag", "anchor_link", "reference", "reference_link", "of_a_later_year"),
    ],
)
def test_a_mark_keeps_its_text_and_is_no_entity(kind):
    assert marked("The ", node(kind, ["qu", "ay"], name="n"), " opens") == ("The quay opens", [])


def test_what_has_no_text_has_what_stands_for_it():
    emoji = {"type": "custom_emoji", "custom_emoji_id": "5", "alternative_text": "🚢"}
    formula = {"type": "mathematical_expression", "expression": "x^2"}
    button = {"type": "button", "button": {"text": "Vote", "callback_data": "v"}}
    assert marked(emoji, " ", formula, {"type": "anchor", "name": "a"}, button)[0] == "🚢 x^2"


def test_what_addresses_is_an_entity_and_covers_its_text():
    text, entities = marked(
        node("bot_command", "/ask@OnRecordBot", bot_command="/ask@OnRecordBot"),
        " 🚢 ",
        node("mention", ["@OnRecord", node("bold", "Bot")], username="OnRecordBot"),
        " ",
        node("url", "ports.example.org", url="http://ports.example.org/"),
        " ",
        node("url", "https://a.example/", url="https://a.example/"),
        " ",
        node("email_address", "a@ports.example.org", email_address="a@ports.example.org"),
        " 🚢",
        node("text_mention", "On Record", user=BOT),
    )
    assert text == (
        "/ask@OnRecordBot 🚢 @OnRecordBot ports.example.org https://a.example/ "
        "a@ports.example.org 🚢On Record"
    )
    assert entities == [
        ("bot_command", "/ask@OnRecordBot"),
        ("mention", "@OnRecordBot"),
        ("text_link", "ports.example.org"),
        ("url", "https://a.example/"),
        ("email", "a@ports.example.org"),
        ("text_mention", "On Record"),
    ]


def test_a_mention_tells_whom_it_is_of():
    blocks = [paragraph([node("text_mention", "On Record", user=BOT), node("mention", "@badr")])]
    (named, plain) = flattened({"blocks": blocks})[1]
    assert named.user
    assert (named.user.id, named.user.is_bot, named.user.username) == (700, True, "OnRecordBot")
    assert plain.user is None


@pytest.mark.parametrize("user", [None, {}, {"id": "7"}, [], "badr", {"id": True}])
def test_a_mention_of_nobody_is_still_a_mention(user):
    (mention,) = flattened({"blocks": [paragraph(node("text_mention", "Badr", user=user))]})[1]
    assert mention.type == MessageEntity.TEXT_MENTION
    assert mention.user is None


def test_a_command_is_at_the_beginning_whatever_blanks_go_before():
    command = node("bot_command", " /ask")
    text, (entity,) = flattened({"blocks": [paragraph(" \n"), paragraph([" ", command, " it"])]})
    assert text == "/ask it"
    assert (entity.offset, entity.length) == (0, 4)


def test_an_entity_of_the_next_line_does_not_begin_with_the_line_break():
    blocks = [paragraph("The quay"), paragraph(node("mention", "@badr")), paragraph("opens")]
    text, (entity,) = flattened({"blocks": blocks})
    assert text == "The quay\n@badr\nopens"
    assert (entity.offset, entity.length) == (9, 5)


def test_an_entity_without_text_is_none():
    assert marked("A", node("mention", []), node("url", "", url="https://a.example"), "B") == (
        "AB",
        [],
    )


@pytest.mark.parametrize(
    "blocks",
    [None, 7, True, {}, [], [None], [7, [], {}], [[[[]]]], "", [{"type": []}], [{"text": 7}]],
)
def test_what_holds_no_words_has_none(blocks):
    assert flattened({"blocks": blocks}) == ("", ())


@pytest.mark.parametrize(
    "blocks",
    [
        "Open",
        {"type": "paragraph", "text": "Open"},
        ["Open"],
        [["Open"]],
        [{"text": {"blocks": {"items": ["Open"]}}}],
        [{"type": ["no"], "cells": "Open"}],
        [{"type": "of_a_later_year", "content": [{"children": [{"rows": [["Open"]]}]}]}],
        [{"type": "list", "items": {"blocks": "Open"}}],
        [{"type": "photo", "caption": ["Op", "en"]}],
    ],
)
def test_words_of_the_wrong_form_are_words(blocks):
    assert flattened({"blocks": blocks})[0] == "Open"


def nested(depth: int, kind: str, inner: Any = "Open") -> Any:
    """Return a text inside as many nodes, or blocks, or lists."""
    for _ in range(depth):
        if kind == "lists":
            inner = [inner]
        elif kind == "blocks":
            inner = {"type": "blockquote", "blocks": [inner]}
        else:
            inner = {"type": kind, "text": inner}
    return inner


@pytest.mark.parametrize("kind", ["lists", "blocks", "bold", "mention"])
def test_ten_thousand_levels_are_read(kind):
    text, entities = flattened({"blocks": [nested(10_000, kind)]})
    assert text == "Open"
    assert len(entities) == (kind == "mention")


@pytest.mark.parametrize(
    "blocks",
    [
        ["The quay opens. "] * 1_000_000,
        [["quay"] * 100_000] * 100,
        [[]] * 1_000_000,
        [{}] * 1_000_000,
        [{"type": "table", "cells": [[{"text": ""}] * 1000] * 1000}],
        ["quay " * 1_000_000],
        [{"type": "mention", "text": {"type": "url", "text": "🚢"}}] * 200_000,
        [[{"type": "mention", "text": "a"}] * 100_000],
        [nested(20_000, "mention", ["a"] * 30_000)],
    ],
    ids=[
        "strings",
        "lists",
        "empty lists",
        "empty nodes",
        "table",
        "long",
        "links",
        "mentions",
        "deep",
    ],
)
def test_of_what_is_larger_than_a_message_the_beginning_is_read(blocks):
    """Within a second or two, where Telegram's largest message takes some milliseconds."""
    began = time.monotonic()
    text, entities = flattened({"blocks": blocks})
    assert time.monotonic() - began < 10
    assert len(text) <= LONGEST
    assert all(0 <= one.offset < one.offset + one.length <= utf16_length(text) for one in entities)


PIECES = st.one_of(
    st.sampled_from(
        ["@badr", "/ask", "🚢", "سلام", "港口", "\ud83d", "\udea2", " ", "\n", "a\tb", ""]
    ),
    st.text(max_size=5),
)
INLINE: st.SearchStrategy[Any] = st.recursive(
    PIECES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.builds(lambda text: node("bold", text), inner),
    ),
    max_leaves=6,
)


def plain(inline: Any) -> str:
    """Return the text of an inline text, as the oracle reads it."""
    if isinstance(inline, str):
        units = inline.encode("utf-16-le", "surrogatepass")
        return units.decode("utf-16-le", "replace")
    return "".join(map(plain, inline)) if isinstance(inline, list) else plain(inline["text"])


@given(st.lists(st.tuples(INLINE, INLINE, st.sampled_from(["mention", "bot_command", "url"]))))
def test_an_entity_covers_exactly_the_text_of_its_node(parts):
    """In UTF-16 units, as Telegram counts, whatever stands before."""
    texts = ["x"]
    for before, inside, kind in parts:
        texts += [before, node(kind, inside)]
    text, entities = flattened({"blocks": [paragraph(texts)]})
    assert text == "x" + "".join(plain(one) for part in parts for one in part[:2])
    units = text.encode("utf-16-le")
    covered = [
        units[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le")
        for one in entities
    ]
    assert covered == [plain(inside) for _, inside, _ in parts if plain(inside)]
    assert [one.type for one in entities] == [kind for _, inside, kind in parts if plain(inside)]
