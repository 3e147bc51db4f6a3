import sys

import pytest
from made_pages import PARAGRAPHS, TEXT, page, read, texts

from documents.model import BlockKind, Field, Unreadable, Why
from documents.reading.html import page as reader

ARTICLE = f"<article><h1>A door</h1>{TEXT}</article>"


@pytest.fixture(params=["voted", "by our own rules"])
def _judged(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Try with trafilatura's vote, and as if it were not installed."""
    if request.param == "voted":
        pytest.importorskip("trafilatura", exc_type=ImportError)
    else:
        monkeypatch.setitem(sys.modules, "trafilatura", None)


@pytest.mark.usefixtures("_judged")
def test_only_the_text_of_a_page_is_filed() -> None:
    related = (
        '<section class="related"><h2>Read more</h2><a href="/x">Talks in Karsia</a></section>'
    )
    share = '<div class="share"><a href="#">Share</a> <a href="#">Tweet</a></div>'
    figure = "<figure><img alt='Lectern'><figcaption>Photo: Reike</figcaption></figure>"
    html = page(f"{ARTICLE}{share}{figure}{related}", around='<aside class="widget">Posts</aside>')
    extract = read(html)
    assert [block.text for block in extract.blocks] == list(PARAGRAPHS)
    reasons = {one.text: one.why for one in extract.left_out}
    assert reasons["A door"] is Why.DUPLICATE
    assert reasons["Photo: Reike"] is Why.CAPTION
    assert reasons["Share Tweet"] is Why.NAVIGATION
    assert reasons["Read more Talks in Karsia"] is Why.NAVIGATION
    assert reasons["We use cookies to make this site work for you."] is Why.ADVERTISING
    assert reasons["Home News"] is Why.HEADER


def test_that_the_vote_cannot_be_had_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert "trafilatura" in read(page(ARTICLE)).warnings[0].text


@pytest.mark.usefixtures("_judged")
def test_a_list_of_links_within_the_text_is_kept() -> None:
    links = "".join(f'<li><a href="/{n}">Do not travel to province {n}</a></li>' for n in "abc")
    html = page(f"<article><h1>Advice</h1>{TEXT}<ul>{links}</ul>{TEXT}</article>")
    assert texts(html)[3:6] == [f"• Do not travel to province {n}" for n in "abc"]


@pytest.mark.usefixtures("_judged")
@pytest.mark.parametrize("name", ["widget", "tags", "related", "sidebar", "newsletter"])
def test_a_name_never_costs_a_page_its_text(name: str) -> None:
    assert texts(page(f'<div class="{name}"><h1>A door</h1>{TEXT}</div>')) == list(PARAGRAPHS)


@pytest.mark.usefixtures("_judged")
def test_a_lead_in_an_element_of_its_own_is_kept() -> None:
    lead = "In short: the crossing opens on Monday, and the observers go there the day before that."
    html = page(
        f'<div class="top"><h1>A door</h1><div>{lead}</div></div><div class="x">{TEXT}</div>'
    )
    assert texts(html) == [lead, *PARAGRAPHS]


@pytest.mark.parametrize(
    "container",
    ['div class="govspeak"', 'div class="entry-content"', 'div itemprop="articleBody"'],
)
def test_the_container_of_an_official_site_is_the_text(container: str) -> None:
    html = page(
        f"<h1>A door</h1><p>Share it</p><{container}><p>Short.</p>{TEXT}</div><p>More news</p>"
    )
    assert texts(html) == ["Short.", *PARAGRAPHS]


def test_two_containers_are_a_list_of_articles_and_none_of_them_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    other = TEXT.replace("Monday", "Friday")
    html = page(f'<div class="entry-content">{TEXT}</div><div class="entry-content">{other}</div>')
    assert len(texts(html)) == 2 * len(PARAGRAPHS)


def test_a_page_that_is_nothing_but_text_is_filed_whole() -> None:
    html = "<html><head><title>Note</title></head><body><p>Short.</p><p>Shorter.</p></body></html>"
    assert texts(html) == ["Short.", "Shorter."]


def test_a_fragment_is_filed_whole_with_its_links() -> None:
    assert texts('<p><a href="/">Office of the Spokesperson</a></p><p>Begin Text</p>') == [
        "Office of the Spokesperson",
        "Begin Text",
    ]


def test_links_at_the_ends_are_no_text() -> None:
    home, news = '<p><a href="/">Home</a></p>', '<p><a href="/n">All news</a></p>'
    html = f"<html><body>{home}{TEXT}{news}</body></html>"
    assert texts(html) == list(PARAGRAPHS)


def test_the_day_alone_under_the_title_becomes_a_field() -> None:
    extract = read(f"<html><body><h1>A door</h1><p>9 July 2025</p>{TEXT}</body></html>")
    assert [block.text for block in extract.blocks] == list(PARAGRAPHS)
    (day,) = [claim for claim in extract.claims if claim.field is Field.DATE]
    assert (day.value, day.certain) == ("2025-07-09", True)


def test_a_dateline_with_its_place_stays_in_the_text() -> None:
    assert texts(f"<html><body><p>Port Ellin, 9 July 2025</p>{TEXT}</body></html>")[0].startswith(
        "Port"
    )


@pytest.mark.parametrize(
    ("html", "first"),
    [
        ('<meta charset="windows-1251"><p>Привет</p>'.encode("cp1251"), "Привет"),
        (
            b'<meta content="text/html; charset=iso-8859-1"><p>2.1 per cent \x96 less',
            "2.1 per cent – less",
        ),
        ('<?xml version="1.0" encoding="iso-8859-2"?><html><p>Žlutý'.encode("iso-8859-2"), "Žlutý"),
        ('<meta charset="iso-8859-1"><p>naïve 21st'.encode("utf-8-sig"), "naïve 21st"),
    ],
)
def test_a_page_is_decoded_as_it_says(html: bytes, first: str) -> None:
    assert texts(html) == [first]


def test_what_the_server_says_of_the_encoding_comes_first() -> None:
    html = '<meta charset="iso-8859-1"><p>Привет, друзья</p>'.encode("cp1251")
    assert read(html, charset="windows-1251").blocks[0].text == "Привет, друзья"


@pytest.mark.parametrize(
    "html", ["", "<html><body></body></html>", "<p>&nbsp;</p>", "<script>x</script>"]
)
def test_a_page_without_text_is_refused(html: str) -> None:
    with pytest.raises(Unreadable, match="there is no text in it"):
        read(html)


def test_a_page_too_long_for_the_vote_is_judged_by_our_own_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(_: str) -> None:
        raise AssertionError("it was asked")

    monkeypatch.setattr(reader, "vote", never)
    monkeypatch.setattr(reader, "_LONGEST_VOTED", 10)
    assert texts(page(ARTICLE)) == list(PARAGRAPHS)


def test_a_page_cut_off_anywhere_is_read_or_refused() -> None:
    html = page(
        f'{ARTICLE}<table><tr><td>a<td>b</table><ol start=3><li>c</ol><sup><a href="#x">1</a>'
    )
    for end in range(0, len(html), 7):
        try:
            extract = read(html[:end])
        except Unreadable:
            continue
        assert all(block.text.strip() for block in extract.blocks)


def test_the_kinds_of_blocks_are_those_of_a_fragment() -> None:
    html = page(f"<article>{TEXT}<h2>Demands</h2><ol start=4><li>fish</li></ol>{TEXT}</article>")
    blocks = read(html).blocks
    assert [block.kind for block in blocks[3:5]] == [BlockKind.HEADING, BlockKind.ITEM]
    assert blocks[4].text == "4. fish"
