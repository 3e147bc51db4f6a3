"""What the stand-in does to a text: parsing, refusing, rewriting, finding links and commands."""

from __future__ import annotations

import pytest
from telegram_standin.detection import find_entities
from telegram_standin.keyboards import read_keyboard
from telegram_standin.links import LinkError, check_link
from telegram_standin.markup import parse_html
from telegram_standin.people import User
from telegram_standin.refusals import Refusal
from telegram_standin.rewriting import MAX_ENTITIES, rewrite


def drawn(source: str) -> list[str]:
    """Parse and rewrite HTML, and draw every entity as `type[what it covers]`."""
    text, entities = rewrite(*parse_html(source))
    return [f"{entity.type}[{entity.text_of(text)}]" for entity in entities]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>a</b>", ["bold[a]"]),
        ("<STRONG>a</strong >", ["bold[a]"]),
        ("<i>a<b>b</b></i>", ["italic[ab]", "bold[b]"]),
        ("<b>a</>", ["bold[a]"]),
        ("<b></b>a", []),
        ("<b> </b>a", []),
        ("<b>a</b><b>b</b>", ["bold[ab]"]),
        ("<b>a<code>b</code>c</b>", ["bold[a]", "code[b]", "bold[c]"]),
        ("<blockquote expandable>a</blockquote>", ["expandable_blockquote[a]"]),
        ("<blockquote><b>a</b></blockquote>", ["blockquote[a]", "bold[a]"]),
        ('<span class="tg-spoiler">a</span>', ["spoiler[a]"]),
        ('<a href="http://gov.pk/x?a=1&amp;b=2">a</a>', ["text_link[a]"]),
        ('<a href="http://localhost/x">a</a>', []),
        ("<a>gov.pk</a>", ["text_link[gov.pk]"]),
        ("see https://gov.pk/x.", ["url[https://gov.pk/x]"]),
        ('<a href="http://b.org">https://gov.pk</a>', ["text_link[https://gov.pk]"]),
    ],
)
def test_html_becomes_entities(source: str, expected: list[str]) -> None:
    assert drawn(source) == expected


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("a<x>b</x>", 'Unsupported start tag "x" at byte offset 1'),
        ("é<x>b</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a<b", "Unclosed start tag at byte offset 1"),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=x/y>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            'Nested start tag "blockquote" at byte offset 13',
        ),
    ],
)
def test_html_is_refused_in_the_words_of_telegram(source: str, refusal: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {refusal}"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "'),
        ("&#65;&#x42;&#128512;", "AB😀"),
        ("&lt no semicolon", "< no semicolon"),
        ("&nbsp;&apos;&copy; & &#0;", "&nbsp;&apos;&copy; & &#0;"),
    ],
)
def test_only_four_named_references_and_numbers_are_decoded(source: str, text: str) -> None:
    assert parse_html(source) == (text, ())


def test_offsets_count_utf16_code_units() -> None:
    """An emoji outside the basic plane counts twice, inside and before an entity."""
    _, entities = parse_html("😀 <b>a😀</b> &#128512;<i>b</i>")
    assert [(entity.offset, entity.length) for entity in entities] == [(3, 3), (9, 1)]


def test_code_with_a_language_is_one_entity() -> None:
    _, entities = parse_html('<pre><code class="language-py">x</code></pre>')
    assert [entity.to_json() for entity in entities] == [
        {"type": "pre", "offset": 0, "length": 1, "language": "py"}
    ]


def test_a_date_keeps_its_time_and_format() -> None:
    _, (entity,) = parse_html('<tg-time unix="1647531900" format="wDT">then</tg-time>')
    assert (entity.unix_time, entity.date_time_format) == (1647531900, "wDT")


def test_a_link_to_a_known_user_mentions_the_user() -> None:
    """A user nobody knows gets no mention."""
    amina = User(7, "Amina")
    _, (entity,) = parse_html('<a href="tg://user?id=7">her</a>', {7: amina})
    assert (entity.type, entity.user) == ("text_mention", amina)
    assert parse_html('<a href="tg://user?id=8">her</a>', {7: amina}) == ("her", ())


def test_telegram_rewrites_text_and_keeps_the_entities_in_place() -> None:
    """Worked by hand: two trimmed, TAB to space, CR, U+2028 and the ring of å gone."""
    text, (bold,) = rewrite(*parse_html(" \n\ta\u2028\r<b>a\u030a\tb </b> "))
    assert text == "aa b"
    assert (bold.offset, bold.length, bold.text_of(text)) == (1, 3, "a b")


def test_runs_of_direction_marks_shrink_to_the_last() -> None:
    assert rewrite("a\u200e\u200e\u200fb")[0] == "a\u200c\u200c\u200fb"


def test_entities_beyond_the_hundredth_are_dropped_silently() -> None:
    source = " ".join(f"<b>{number}</b>" for number in range(150))
    assert len(drawn(source)) == MAX_ENTITIES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/ask@OnRecordBot why", ["bot_command[/ask@OnRecordBot]"]),
        ("😀 /ask, @OnRecordBot!", ["bot_command[/ask]", "mention[@OnRecordBot]"]),
        ("1/2 and/or a@b", []),
        ("mail me@gov.pk or see dawn.com/x).", ["email[me@gov.pk]", "url[dawn.com/x]"]),
        ("#Gwadar $USD #1", ["hashtag[#Gwadar]", "cashtag[$USD]"]),
        ("http://a.com/?q=@someone", ["url[http://a.com/?q=@someone]"]),
    ],
)
def test_commands_mentions_and_links_are_found(text: str, expected: list[str]) -> None:
    found = [f"{entity.type}[{entity.text_of(text)}]" for entity in find_entities(text)]
    assert found == expected


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("gov.pk", "http://gov.pk/"),
        ("HTTPS://Gov.PK/A?b#c", "https://gov.pk/A?b#c"),
        ("http://gov.pk?x", "http://gov.pk/?x"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
    ],
)
def test_links_get_their_canonical_form(link: str, canonical: str) -> None:
    assert check_link(link) == canonical


@pytest.mark.parametrize("link", ["http://localhost", "ftp://gov.pk", "", "http:///x", "mailto:a"])
def test_bad_links_are_refused(link: str) -> None:
    with pytest.raises(LinkError):
        check_link(link)


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"url": "http://localhost"},
            "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
        ),
        (
            {"url": "https://gov.pk", "callback_data": "x"},
            "can't parse inline keyboard button: More than one action: url, callback_data",
        ),
        ({"calback_data": "x"}, "can't parse inline keyboard button: Unknown field 'calback_data'"),
    ],
)
def test_bad_buttons_are_refused(button: dict[str, object], refusal: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_keyboard({"inline_keyboard": [[{"text": "Go", **button}]]})
    assert refused.value.description == f"Bad Request: {refusal}"


@pytest.mark.parametrize(
    "button",
    [
        {"callback_data": "é" * 32},
        {"copy_text": {"text": "x" * 256}},
        {"url": "https://gov.pk/"},
        {"switch_inline_query_current_chat": ""},
        {"switch_inline_query_chosen_chat": {"query": "x", "allow_user_chats": True}},
    ],
)
def test_good_buttons_come_back_as_they_went(button: dict[str, object]) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", **button}]]}
    keyboard = read_keyboard(markup)
    assert keyboard is not None
    assert keyboard.to_json() == markup
