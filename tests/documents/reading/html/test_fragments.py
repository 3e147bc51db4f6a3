import pytest

from documents.model import Block, BlockKind, LeftOut, Warned, Why
from documents.reading.html.fragments import plain, read_fragment


def texts(html: str) -> list[str]:
    return [block.text for block in read_fragment(html).blocks]


def kinds(html: str) -> list[tuple[str, str]]:
    return [(str(block.kind), block.text) for block in read_fragment(html).blocks]


def test_a_paragraph_is_one_line() -> None:
    assert texts("<p>One\n  <b>two</b>\tthree</p><div>Four</div>") == ["One two three", "Four"]


def test_text_without_an_element_is_a_paragraph() -> None:
    assert texts("One <p>two</p> three") == ["One", "two", "three"]


def test_a_line_break_is_a_space_and_two_begin_a_paragraph() -> None:
    assert texts("<p>One<br>two<br><br>three<br/>&nbsp;<br/>four</p>") == [
        "One two",
        "three",
        "four",
    ]


@pytest.mark.parametrize(
    "opening",
    [
        "MR. PRICE: Hello.",
        "PRIME MINISTER: Hello.",
        "Ilse Maratov (Foreign Minister): Hello.",
        "Minister of the Coast: Hello.",
        "Q. Who pays?",
        "Q\u00a0\u00a0\u00a0 Who pays?",
        "记者：谁付？",
        "12. The Ministers agreed.",
        "• the second demand",
        "\u3000\u3000我们注意到有关报道。",
    ],
)
def test_a_line_that_opens_a_turn_or_an_item_begins_a_block(opening: str) -> None:
    assert texts(f"<p>The first line<br>{opening}</p>") == ["The first line", opening.strip()]


@pytest.mark.parametrize("line", ["and he said: no.", "4 Harbour Square", "Port Ellin"])
def test_another_line_goes_on_with_the_block(line: str) -> None:
    assert texts(f"<p>The first line<br>{line}</p>") == [f"The first line {line}"]


def test_the_lines_of_a_paragraph_are_told() -> None:
    (block,) = read_fragment("<p> One <br>two </p>").blocks
    assert block.lines == ("One", "two")
    assert " ".join(block.lines) == block.text


def test_headings_have_their_level() -> None:
    assert read_fragment("<h2>Back<b>ground</b></h2>").blocks == (
        Block(text="Background", kind=BlockKind.HEADING, level=2),
    )


def test_a_quotation_is_somebody_elses_words() -> None:
    html = "<p>She said this at length and in public:</p><blockquote><p>No.</p></blockquote>"
    assert kinds(html)[1] == ("quote", "No.")


def test_a_quotation_of_nearly_everything_is_an_indent() -> None:
    html = "<p>Hear:</p><blockquote><p>We thank the Kingdom of Karsia for all.</p></blockquote>"
    assert kinds(html)[1] == ("paragraph", "We thank the Kingdom of Karsia for all.")


@pytest.mark.parametrize(
    ("html", "bold"),
    [
        ("<p><strong>MODERATOR:</strong> Hey.</p>", "MODERATOR:"),
        ("<p><strong>MODERATOR</strong>: Hey <b>you</b>.</p>", "MODERATOR"),
        ("<p><b>В.</b><b>Иванов</b>: Да.</p>", "В.Иванов"),
        ("<p> <span style='font-weight: 700'>A</span> b</p>", "A"),
        ("<p><b style='font-weight:normal'>A</b> b</p>", ""),
        ("<p><b>All of it</b></p>", ""),
        ("<p>Not <b>this</b></p>", ""),
    ],
)
def test_the_bold_words_at_the_beginning_are_told(html: str, bold: str) -> None:
    assert read_fragment(html).blocks[0].bold == bold


def test_several_bold_lines_are_headings() -> None:
    body = "<p>Some words of the text.</p>"
    found = kinds(f"<p><b>Trade</b></p>{body}{body}<p><b>Energy</b></p>{body}{body}")
    assert [text for kind, text in found if kind == "heading"] == ["Trade", "Energy"]


@pytest.mark.parametrize("line", ["Who pays?", "It is so.", "MR. MILLER:"])
def test_a_bold_question_sentence_or_label_is_no_heading(line: str) -> None:
    body = "<p>Some words of the text.</p>" * 3
    found = kinds(f"<p><b>{line}</b></p>{body}<p><b>Energy</b></p>{body}<p><b>Fish</b></p>{body}")
    assert found[0] == ("paragraph", line)


def test_a_bold_line_that_comes_again_is_a_name() -> None:
    body = "<p>Some words of the text.</p>" * 2
    name = f"<p><b>Ilse Maratov</b></p>{body}"
    found = kinds(f"{name}<p><b>Jonas Reike</b></p>{body}{name}")
    assert "heading" not in [kind for kind, _ in found]


def test_scripts_and_styles_are_no_words() -> None:
    assert texts("<p>a<script>b</script></p><style>c</style><template>d</template>") == ["a"]


@pytest.mark.parametrize(
    "attribute",
    ["hidden", 'aria-hidden="true"', 'style="display: none"', 'class="screen-reader-text"'],
)
def test_hidden_text_is_left_out_and_told(attribute: str) -> None:
    fragment = read_fragment(f"<p>Seen <span {attribute}>not seen</span> too.</p>")
    assert [block.text for block in fragment.blocks] == ["Seen too."]
    assert fragment.left_out == (LeftOut(text="not seen", why=Why.HIDDEN),)
    block = read_fragment(f"<p>Seen.</p><div {attribute}><p>not</p><p>seen</p></div>")
    assert block.left_out == (LeftOut(text="not seen", why=Why.HIDDEN),)


def test_struck_through_words_are_left_out_and_told() -> None:
    fragment = read_fragment("<p>It was <s>fifty</s> [sixty].</p>")
    assert fragment.blocks[0].text == "It was [sixty]."
    assert fragment.left_out == (LeftOut(text="fifty", why=Why.DELETED),)
    assert fragment.warnings == (Warned(text="1 struck-through piece left out"),)


def test_preformatted_text_has_paragraphs_between_blank_lines() -> None:
    assert texts("<pre>One\ntwo\n\nthree</pre>") == ["One two", "three"]


def test_the_text_of_a_title_is_on_one_line() -> None:
    assert plain("The MV <i>Halcyon</i>\n&amp; <b>more</b>") == "The MV Halcyon & more"
    assert plain("") == ""
