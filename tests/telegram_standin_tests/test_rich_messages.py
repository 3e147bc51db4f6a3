"""Rich messages that the bot sends, what of their HTML is refused, and how one is a text again."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, EndPointNotFound
from telegram_standin import TelegramStandIn
from telegram_standin.refusals import Refusal
from telegram_standin.rich_blocks import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_DEPTH,
    measure,
    refuse_too_large,
    words_of,
)
from telegram_standin.rich_html import parse_rich_html

from bot.wire.newer_api import edit_rich, rich_message_of

# The library would have its own method called, which demands a text.
pytestmark = pytest.mark.filterwarnings("ignore:Please use 'Bot.editMessageText'")

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="m")]])


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        (
            "<p>A <b>b</b></p>",
            [{"type": "paragraph", "text": ["A ", {"type": "bold", "text": "b"}]}],
        ),
        ("plain &lt;b&gt;", [{"type": "paragraph", "text": "plain <b>"}]),
        ("<h2>Rail</h2>", [{"type": "heading", "size": 2, "text": "Rail"}]),
        ("<p>a</p>\n<hr>\n<p>b</p>", ["a", {"type": "divider"}, "b"]),
        (
            "<blockquote><p>a</p><p>b</p></blockquote>",
            [{"type": "blockquote", "blocks": ["a", "b"]}],
        ),
        (
            "<blockquote expandable>a</blockquote>",
            [{"type": "expandable_blockquote", "blocks": ["a"]}],
        ),
        ("<aside>a<br>b</aside>", [{"type": "pullquote", "text": ["a", "\n", "b"]}]),
        ("<footer><sup>1</sup></footer>", [{"type": "footer", "text": ("superscript", "1")}]),
        (
            "<details open><summary>More</summary><p>a</p></details>",
            [{"type": "details", "summary": "More", "blocks": ["a"], "is_open": True}],
        ),
        (
            "<ol><li>a</li><li><p>b</p></li></ol>",
            [
                {
                    "type": "list",
                    "items": [
                        {"label": "1.", "value": 1, "blocks": ["a"]},
                        {"label": "2.", "value": 2, "blocks": ["b"]},
                    ],
                }
            ],
        ),
        ("<ul><li>a</li></ul>", [{"type": "list", "items": [{"label": "•", "blocks": ["a"]}]}]),
        (
            '<table><tr><th colspan="2">a</th></tr><tr><td>b</td><td>c</td></tr></table>',
            [
                {
                    "type": "table",
                    "cells": [
                        [{"text": "a", "is_header": True, "colspan": 2}],
                        [{"text": "b"}, {"text": "c"}],
                    ],
                }
            ],
        ),
        (
            '<a name="n"></a><p><a href="#n">^</a></p>',
            [
                {"type": "anchor", "name": "n"},
                {
                    "type": "paragraph",
                    "text": {"type": "anchor_link", "text": "^", "anchor_name": "n"},
                },
            ],
        ),
        (
            '<p><a href="https://ports.example.org/a?b=1&amp;c">x</a></p>',
            [
                {
                    "type": "paragraph",
                    "text": {
                        "type": "url",
                        "text": "x",
                        "url": "https://ports.example.org/a?b=1&c",
                    },
                }
            ],
        ),
        ('<p><a href="javascript:x">x</a></p>', ["x"]),
        (
            '<pre><code class="language-sql">a</code></pre>',
            [{"type": "pre", "text": "a", "language": "sql"}],
        ),
        ("<p><mark>a</mark></p>", [{"type": "paragraph", "text": ("marked", "a")}]),
    ],
)
def test_html_becomes_blocks(source: str, blocks: list[Any]) -> None:
    """In the expectation a string among blocks is a paragraph, and a pair a marked text."""
    assert parse_rich_html(source) == spelled_out(blocks)


def spelled_out(expected: Any) -> Any:
    """Return blocks with their shorthands written out."""
    if isinstance(expected, list):
        return [
            {"type": "paragraph", "text": one} if isinstance(one, str) else spelled_out(one)
            for one in expected
        ]
    if isinstance(expected, tuple):
        return {"type": expected[0], "text": expected[1]}
    if isinstance(expected, dict):
        return {
            name: value if name == "text" and isinstance(value, list) else spelled_out(value)
            for name, value in expected.items()
        }
    return expected


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<div>a</div>", 'unsupported tag "div"'),
        ("<p>a", 'no end tag for "p"'),
        ("<p>a</b>", 'unexpected end tag "b"'),
        ("a < b", 'an unescaped "<"'),
        ("<p><p>a</p></p>", 'block "p" in "p"'),
        ("<b><hr></b>", 'block "hr" in "b"'),
        ("<li>a</li>", 'tag "li" must be in ol or ul'),
        ("<td>a</td>", 'tag "td" must be in tr'),
        ("<ul>a</ul>", 'only li may stand in "ul"'),
        ("<details><p>a</p></details>", 'must begin with its one "summary"'),
        ('<p><a href="#x">a</a></p>', "there is no anchor"),
        ("<p class=x>a</p>", 'unreadable attributes of "p"'),
    ],
)
def test_html_that_no_message_can_have_is_refused(source: str, reason: str) -> None:
    with pytest.raises(Refusal, match="can't parse rich message") as refused:
        parse_rich_html(source)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("fitting", "what"),
    [
        ("<p>" + "x" * MAX_CHARACTERS + "</p>", "<p>y</p>"),
        ("<p>x</p>" * (MAX_BLOCKS - 2), "<ul><li>x</li></ul>"),
    ],
)
def test_limits_are_kept_to_the_last_one(fitting: str, what: str) -> None:
    refuse_too_large(parse_rich_html(fitting))
    with pytest.raises(Refusal, match="TOO_MUCH"):
        refuse_too_large(parse_rich_html(fitting + what))


def test_depth_and_columns_have_limits_too() -> None:
    def nested(depth: int) -> str:
        return "<blockquote>" * (depth - 1) + "<p>x</p>" + "</blockquote>" * (depth - 1)

    def row(columns: int) -> str:
        return f"<table><tr>{'<td>x</td>' * columns}</tr></table>"

    assert measure(parse_rich_html(nested(5))).depth == 5
    refuse_too_large(parse_rich_html(nested(MAX_DEPTH) + row(MAX_COLUMNS)))
    for source in (nested(MAX_DEPTH + 1), row(MAX_COLUMNS + 1)):
        with pytest.raises(Refusal, match="TOO_MUCH"):
            refuse_too_large(parse_rich_html(source))


def test_blocks_are_counted_with_the_items_and_rows_in_them() -> None:
    """By hand: a list of two items with a paragraph each, and a table of two rows."""
    source = "<ul><li>a</li><li>b</li></ul><table><tr><td>a</td></tr><tr><td>b</td></tr></table>"
    size = measure(parse_rich_html(source))
    assert (size.blocks, size.characters, size.columns) == (5 + 3, 4, 1)


def test_the_words_are_a_line_a_block() -> None:
    source = (
        "<h1>Rail</h1><blockquote><p>a <b>b</b></p></blockquote><ul><li>c</li></ul>"
        "<details><summary>d</summary>e</details><table><tr><td>f</td><td>g</td></tr></table>"
    )
    assert words_of(parse_rich_html(source)) == "Rail\na b\nc\nd\ne\nf | g"


async def test_the_bot_sends_one_and_it_has_no_text(telegram: TelegramStandIn, bot: Bot) -> None:
    private = telegram.private_chat(telegram.user("Amina"))
    sent = await bot.do_api_request(
        "sendRichMessage",
        api_kwargs={
            "chat_id": private.id,
            "rich_message": {"html": "<p>The <b>harbour</b> of @ports</p>"},
            "reply_markup": KEYBOARD.to_dict(),
        },
    )
    assert isinstance(sent, dict)
    assert "text" not in sent
    reply = await telegram.reply(private)
    assert (reply.text, reply.words) == ("", "The harbour of @ports")
    assert (reply.marked("bold"), reply.marked("mention")) == (["harbour"], ["@ports"])
    assert reply.buttons == [["More"]]


async def test_a_text_becomes_rich_and_a_text_again(telegram: TelegramStandIn, bot: Bot) -> None:
    """No mention is found where the bot asks for none."""
    private = telegram.private_chat(telegram.user("Amina"))
    sent = await bot.send_message(private.id, "The harbour", reply_markup=KEYBOARD)
    reply = await telegram.reply(private)
    await edit_rich(bot, private.id, sent.message_id, "<p>Of @ports</p>", KEYBOARD)
    rich = await telegram.edited(reply)
    assert (rich.text, rich.words, rich.marked("mention")) == ("", "Of @ports", [])
    assert rich.buttons == [["More"]]
    with pytest.raises(BadRequest, match="not modified"):
        await edit_rich(bot, private.id, sent.message_id, "<p>Of @ports</p>", KEYBOARD)
    again = await bot.edit_message_text("The harbour", private.id, sent.message_id)
    assert not isinstance(again, bool)
    assert (again.text, rich_message_of(again)) == ("The harbour", None)
    assert (await telegram.edited(reply)).rich == []


async def test_a_channels_rich_post_by_the_bot_is_forwarded(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    channel, group = telegram.channel("Press"), telegram.group("Press discussion")
    telegram.link(channel, group)
    sent = await bot.send_message(channel.id, "The harbour")
    await edit_rich(bot, channel.id, sent.message_id, "<p>Rich</p>", None)
    assert telegram.forwarded(await telegram.reply(channel)).words == "Rich"


@pytest.mark.parametrize(
    ("rich_message", "reason"),
    [
        ({}, "Exactly one of html, markdown and blocks"),
        ({"html": "x", "blocks": []}, "Exactly one of html, markdown and blocks"),
        ({"html": "<p> </p>"}, "RICH_MESSAGE_EMPTY"),
        ({"html": "<script>x</script>"}, 'unsupported tag "script"'),
        ({"blocks": ["x"]}, "blocks must be Objects"),
        ({"html": "x", "colour": "red"}, "has no field 'colour'"),
        ({"markdown": "# x"}, "does not support"),
    ],
)
async def test_a_rich_message_that_cannot_be_is_refused(
    telegram: TelegramStandIn, bot: Bot, rich_message: dict[str, Any], reason: str
) -> None:
    private = telegram.private_chat(telegram.user("Amina"))
    with pytest.raises(BadRequest) as refused:
        await bot.do_api_request(
            "sendRichMessage", api_kwargs={"chat_id": private.id, "rich_message": rich_message}
        )
    assert reason.lower() in str(refused.value).lower()


async def test_text_and_rich_message_are_not_given_together(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    private = telegram.private_chat(telegram.user("Amina"))
    sent = await bot.send_message(private.id, "The harbour")
    with pytest.raises(BadRequest, match="not both"):
        await bot.edit_message_text(
            "x", private.id, sent.message_id, api_kwargs={"rich_message": {"html": "<p>x</p>"}}
        )


async def test_the_text_of_a_document_cannot_be_edited(telegram: TelegramStandIn, bot: Bot) -> None:
    private = telegram.private_chat(telegram.user("Amina"))
    sent = await bot.send_document(private.id, b"x", filename="x.txt")
    with pytest.raises(BadRequest, match="no text in the message"):
        await bot.edit_message_text("x", private.id, sent.message_id)


async def test_a_server_of_10_0_knows_none() -> None:
    async with TelegramStandIn(api="10.0") as telegram:
        private = telegram.private_chat(telegram.user("Amina"))
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            with pytest.raises(EndPointNotFound):
                await bot.do_api_request(
                    "sendRichMessage",
                    api_kwargs={"chat_id": private.id, "rich_message": {"html": "x"}},
                )
            sent = await bot.send_message(private.id, "The harbour")
            with pytest.raises(BadRequest, match="text is empty"):
                await edit_rich(bot, private.id, sent.message_id, "<p>x</p>", None)
