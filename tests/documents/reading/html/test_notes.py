import pytest

from documents.model import Warned
from documents.reading.html.fragments import read_fragment

GOVSPEAK = (
    '<p>It sees boats.<sup id="fnref:1"><a href="#fn:1" rel="footnote">[footnote 1]</a></sup></p>'
    "<p>Then more.</p>"
    '<div class="footnotes" role="doc-endnotes"><ol><li id="fn:1"><p>Trial of May 2025.'
    ' <a href="#fnref:1" class="reversefootnote">&#8617;</a></p></li></ol></div>'
)
WORD = (
    '<p>It sees boats<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a>.</p><p>Then more.</p>'
    '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Trial of May 2025.</p></div>'
)


@pytest.mark.parametrize(("html", "text"), [(GOVSPEAK, "It sees boats."), (WORD, "It sees boats.")])
def test_a_note_stands_behind_the_paragraph_that_refers_to_it(html: str, text: str) -> None:
    fragment = read_fragment(html)
    assert [(str(block.kind), block.text) for block in fragment.blocks] == [
        ("paragraph", text),
        ("note", "Trial of May 2025."),
        ("paragraph", "Then more."),
    ]
    assert fragment.warnings == (Warned(text="1 footnote mark taken out of the text"),)


def test_a_note_that_is_referred_to_twice_is_filed_once() -> None:
    html = (
        '<p>One<sup><a href="#n">1</a></sup></p><p>Two<sup><a href="#n">1</a></sup></p><p id=n>N.'
    )
    fragment = read_fragment(html)
    assert [block.text for block in fragment.blocks] == ["One", "N.", "Two"]
    assert fragment.warnings == (Warned(text="2 footnote marks taken out of the text"),)


@pytest.mark.parametrize(
    "html",
    [
        "<p>on the 21<sup>st</sup> and 5 m<sup>2</sup></p>",
        '<p>on the 21<sup>st</sup> and 5 m<sup>2</sup> <a href="#top"></a></p>',
    ],
)
def test_what_is_only_raised_stays(html: str) -> None:
    assert read_fragment(html).blocks[0].text == "on the 21st and 5 m2"


def test_a_mark_without_a_note_stays() -> None:
    assert read_fragment('<p>One<sup><a href="#fn1">1</a></sup></p>').blocks[0].text == "One1"


def test_a_link_within_the_page_is_no_note() -> None:
    html = '<p>See <a href="#aid">a</a> below.</p><p id="aid">Aid was sent.</p>'
    assert [block.text for block in read_fragment(html).blocks] == ["See a below.", "Aid was sent."]


def test_a_note_that_only_a_hidden_mark_leads_to_is_told() -> None:
    hidden = '<span hidden>not seen<sup><a href="#n">1</a></sup></span>'
    fragment = read_fragment(f"<p>One{hidden}</p><p id=n>The note.</p>")
    assert [block.text for block in fragment.blocks] == ["One"]
    assert "The note." in [one.text for one in fragment.left_out]
