"""What the stand-in does to a text: parsing, refusing, rewriting, finding links and commands."""

from __future__ import annotations

import pytest
from telegram_standin.detection import find_entities
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
        ("<i>a<b>b</b></i>", ["italic[a]", "bold[b]", "italic[b]"]),
        ("<b>a</>", ["bold[a]"]),
        ("<b></b>a", []),
        ("<b> </b>a", ["bold[ ]"]),
        ("a<b> </b>", []),
        ("<b>a</b><b>b</b>", ["bold[ab]"]),
        ("<b>a<code>b</code>c</b>", ["bold[a]", "code[b]", "bold[c]"]),
        ('<a href="gov.pk">a<code>b</code></a>', ["text_link[ab]"]),
        ('<code>a<a href="gov.pk">b</a></code>', ["code[ab]"]),
        ('<b>a<a href="gov.pk">b</a>c</b>', ["bold[a]", "text_link[b]", "bold[b]", "bold[c]"]),
        (
            "<b>see @someone now</b>",
            ["bold[see ]", "mention[@someone]", "bold[@someone]", "bold[ now]"],
        ),
        ('<b>a<tg-time unix="1">b</tg-time></b>', ["bold[a]", "date_time[b]"]),
        ("<blockquote>a<blockquote>b</blockquote>c</blockquote>", ["blockquote[abc]"]),
        ('<blockquote>a</blockquote><a href="gov.pk">b</a>', ["blockquote[a]", "text_link[b]"]),
        ('<a href="gov.pk">a<blockquote>b</blockquote></a>', ["blockquote[b]"]),
        ("<blockquote>see gov.</blockquote>pk", ["blockquote[see gov.]"]),
        ("<b>a<blockquote>b</blockquote></b>", ["bold[a]", "blockquote[b]", "bold[b]"]),
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
        ('<tg-time unix="1" format="x">a</tg-time>', "Invalid date format used"),
        ('<tg-time format="rt">a</tg-time>', "Invalid date format used"),
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


@pytest.mark.parametrize(
    ("attributes", "kept"),
    [
        ('unix="1" format="TDw"', (1, "wDT")),
        ('unix="1" format="DdWtT"', (1, "wdt")),
        ('unix="1" format="R"', (1, "r")),
        ('unix="2147483647"', (2147483647, None)),
        ('unix="12 May"', (12, None)),
        ('unix="4294967301"', (5, None)),
        ('unix="0"', None),
        ('unix="2147483648"', None),
        ('unix="-1"', None),
        ('unix="May"', None),
        ('format="D"', None),
    ],
)
def test_a_time_is_read_as_telegram_reads_it(
    attributes: str, kept: tuple[int, str | None] | None
) -> None:
    """Within 32 bits, up to the first letter; a time before 1970 marks nothing."""
    _, entities = parse_html(f"<tg-time {attributes}>then</tg-time>")
    found = [(entity.unix_time, entity.date_time_format) for entity in entities]
    assert found == ([kept] if kept else [])


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


def test_what_an_entity_covers_of_the_beginning_is_not_trimmed() -> None:
    """The rest is, and all that is white at the end."""
    text, entities = rewrite(*parse_html(" <b> a</b> <i> </i> "))
    assert (text, [entity.text_of(text) for entity in entities]) == (" a", [" a"])
    assert rewrite(*parse_html(" <b> </b> ")) == ("", ())


def test_styles_that_deletion_joins_are_one() -> None:
    assert drawn("<b>a</b>\r<b>b</b>") == ["bold[ab]"]


def test_runs_of_direction_marks_shrink_to_the_last() -> None:
    assert rewrite("a\u200e\u200e\u200fb")[0] == "a\u200c\u200c\u200fb"


def test_entities_beyond_the_hundredth_are_dropped_silently() -> None:
    source = " ".join(f"<b>{number}</b>" for number in range(150))
    assert len(drawn(source)) == MAX_ENTITIES


def test_bold_around_links_uses_up_the_hundred() -> None:
    """Of 30 links within bold each counts twice, and so does what is between them."""
    source = "<b>" + " ".join('<a href="gov.pk">x</a>' for _ in range(30)) + "</b>"
    assert len(drawn(source)) == 30 + 30 + 29


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
