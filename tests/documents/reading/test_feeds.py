"""RSS and Atom: a statement an entry, and no summary is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.model import Extract, Field, Source, Unreadable, Why
from documents.reading.feeds import read_feed

FULL = "<content:encoded><![CDATA[<p>The quay is open.</p><p>It is deep.</p>]]></content:encoded>"


def rss(item: str, *, title: str = "News – Harbour Board", channel: str = "", end: str = "") -> str:
    """Return a feed of one *item*; *end* replaces what closes it."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{title}</title>{channel}<item>{item}" + (end or "</item></channel></rss>")
    )


def read(text: str | bytes, url: str = "") -> list[Extract]:
    """Return the entries of the feed *text*, fetched from *url*."""
    content = text if isinstance(text, bytes) else text.encode()
    return read_feed(Source(name="feed", content=content, url=url))


def values(extract: Extract, *, certain: bool = True) -> dict[Field, str]:
    """Return what is claimed for certain, or not."""
    return {claim.field: claim.value for claim in extract.claims if claim.certain is certain}


def said(extract: Extract) -> list[str]:
    """Return the warnings."""
    return [warned.text for warned in extract.warnings]


def test_the_made_feed_has_two_statements_and_a_summary(shared: Path):
    first, second, third = read((shared / "made" / "feed.atom").read_bytes())
    assert values(first) == {
        Field.TITLE: "Statement on the grounding of the MV Halcyon",
        Field.DATE: "2025-08-19",
        Field.PUBLISHED: "2025-08-19",
        Field.MODIFIED: "2025-08-21",
        Field.SPEAKER: "Port Authority of Ellin",
        Field.PUBLISHER: "Port Authority of Ellin",
        Field.URL: "https://port.vald.example/statements/41",
        Field.LANGUAGE: "en",
    }
    assert said(first) == ["updated 2025-08-21"]
    assert [block.text for block in first.blocks] == [
        "The vessel touched bottom at 03:12 and was refloated at 05:40.",
        "No fuel was lost.",
    ]
    assert values(second)[Field.TITLE] == "Dredging & the west quay"
    assert values(second)[Field.SPEAKER] == "Edda Priel; Harbour Master"
    assert third.blocks == ()
    assert third.refused is not None
    assert third.refused.what == "the feed has only a summary of it"
    assert third.refused.repair == "Add https://port.vald.example/files/report.pdf instead"
    assert Field.DATE not in values(third), "an update is no day of publication"


def test_content_comes_before_the_description():
    """Trap: both have the text, and the description its scripts, too."""
    both = f"<title>T</title><description>&lt;script&gt;x()&lt;/script&gt;A.</description>{FULL}"
    (extract,) = read(rss(both))
    assert [block.text for block in extract.blocks] == ["The quay is open.", "It is deep."]
    (summary,) = read(rss("<title>T</title><description>The quay is …</description>"))
    assert summary.refused is not None


def test_a_description_within_the_script_of_a_content_stays_out():
    """Trap: feedparser's own cleaning makes tags of texts in scripts."""
    script = "<script>a.wrapAll('<div class=\"watermarked_image\"></div>');</script><p>Open.</p>"
    item = f"<title>T</title><content:encoded><![CDATA[{script}]]></content:encoded>"
    (extract,) = read(rss(item))
    assert [block.text for block in extract.blocks] == ["Open."]


def test_the_creator_is_name_and_role_and_is_not_said_twice():
    creator = "<dc:creator>Edda Priel, Minister of Ports</dc:creator>"
    content = FULL.replace("<p>", "<p>Edda Priel, Minister of Ports</p><p>", 1)
    (extract,) = read(rss(f"<title>T</title>{creator}{content}"))
    assert values(extract)[Field.SPEAKER] == "Edda Priel; Minister of Ports"
    assert [block.text for block in extract.blocks] == ["The quay is open.", "It is deep."]
    assert [(left.text, left.why) for left in extract.left_out] == [
        ("Edda Priel, Minister of Ports", Why.DUPLICATE)
    ]


@pytest.mark.parametrize("creator", ["Web Team", "admin", "kmiller", "press@port.example", "", " "])
def test_who_posts_it_does_not_speak(creator: str):
    (extract,) = read(rss(f"<title>T</title><dc:creator>{creator}</dc:creator>{FULL}"))
    assert not any(claim.field is Field.SPEAKER for claim in extract.claims)


def test_who_keeps_an_rss_feed_does_not_speak():
    channel = "<managingEditor>kay@port.example (Kay Mills)</managingEditor>"
    (extract,) = read(rss(f"<title>T</title>{FULL}", channel=channel))
    assert not any(claim.field is Field.SPEAKER for claim in extract.claims)


def test_a_day_is_shown_in_universal_time_and_not_shifted():
    when = "<pubDate>Wed, 03 Aug 2022 00:20:31 +0000</pubDate>"
    channel = "<language>en-US</language>"
    (extract,) = read(rss(f"<title>T</title>{when}{FULL}", channel=channel))
    assert values(extract)[Field.DATE] == values(extract)[Field.PUBLISHED] == "2022-08-03"
    assert "2022-08-03 00:20 +0000" in said(extract)[0]


def test_a_day_with_an_offset_is_the_day_that_is_written():
    when = "<pubDate>Tue, 02 Aug 2022 23:20:31 -0400</pubDate>"
    (extract,) = read(rss(f"<title>T</title>{when}{FULL}"))
    assert values(extract)[Field.DATE] == "2022-08-02"
    assert said(extract) == []


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        ("Press Releases &#8211; Ministry of Ports", "Ministry of Ports"),
        ("Harbour Board | Statements", "Harbour Board"),
        ("Ministry of Ports", "Ministry of Ports"),
        ("News", None),
    ],
)
def test_the_publisher_is_the_part_of_the_title_that_names_somebody(
    title: str, publisher: str | None
):
    (extract,) = read(rss(f"<title>T</title>{FULL}", title=title))
    assert values(extract).get(Field.PUBLISHER) == publisher


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Ports &amp;amp; quays", "Ports & quays"),
        ("Ports &amp; quays", "Ports & quays"),
        ("The board&amp;#8217;s plan", "The board’s plan"),
        ("5 &lt; 6 metres", "5 < 6 metres"),
        ("<![CDATA[The <em>Halcyon</em>]]>", "The Halcyon"),
    ],
)
def test_titles_are_unescaped_once_more_where_they_are_html(written: str, title: str):
    (extract,) = read(rss(f"<title>{written}</title>{FULL}"))
    assert values(extract)[Field.TITLE] == title


def test_links_start_from_the_address_of_the_feed():
    (extract,) = read(rss(f"<title>T</title><link>/t/1</link>{FULL}"), "https://port.example/feed")
    assert values(extract)[Field.URL] == "https://port.example/t/1"


def test_the_id_is_the_address_where_there_is_no_link():
    item = f'<title>T</title><guid isPermaLink="false">https://port.example/?p=1</guid>{FULL}'
    (extract,) = read(rss(item))
    assert values(extract)[Field.URL] == "https://port.example/?p=1"


def test_the_day_of_rss_1_0_is_that_of_publication():
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><item><title>T</title>'
        f"<dc:date>2025-01-02T23:30:00-05:00</dc:date>{FULL}</item></rdf:RDF>"
    )
    (extract,) = read(feed)
    assert values(extract)[Field.DATE] == "2025-01-02"
    assert said(extract) == []


def test_one_entry_that_cannot_be_read_refuses_no_other():
    deep = FULL.replace("<p>", "<div>" * 2000, 1)
    extracts = read(rss(f"<title>A</title>{deep}</item><item><title>B</title>{FULL}"))
    assert [bool(extract.blocks) for extract in extracts] == [False, True]
    assert extracts[0].refused is not None
    assert "nested" in extracts[0].refused.what


def test_two_entries_of_one_title_can_be_told_apart():
    item = f"<title>T</title>{FULL}"
    parts = [extract.part for extract in read(rss(f"{item}</item><item>{item}"))]
    assert parts == ["T (entry 1)", "T (entry 2)"]


def test_an_entry_in_which_the_feed_breaks_off_is_refused():
    """The text may go on where the file ends: it must not be filed as whole."""
    whole = f"<title>First</title>{FULL}</item><item><title>Second</title>"
    text = rss(f"{whole}<content:encoded>&lt;p&gt;The quay is op", end=" ")
    extracts = read(text)
    assert extracts[0].refused is None
    assert extracts[-1].blocks == ()
    assert extracts[-1].refused is not None


def test_a_text_that_looks_like_a_path_or_an_address_is_not_opened(tmp_path: Path):
    """Trap: feedparser opens what it takes for a file's name."""
    path = tmp_path / "feed.xml"
    path.write_text(rss(f"<title>T</title>{FULL}"), encoding="utf-8")
    with pytest.raises(Unreadable):
        read(str(path))
    with pytest.raises(Unreadable):
        read(path.as_uri())


@pytest.mark.parametrize(
    "text", ["", "<html><p>x</p></html>", rss("", end="</channel></rss>")[:200]]
)
def test_what_is_no_feed_is_refused(text: str):
    with pytest.raises(Unreadable):
        read(text)


def test_bytes_are_decoded_as_the_web_reads_them():
    text = rss(f"<title>The \x93west\x94 quay</title>{FULL}", title="News")
    text = text.replace("UTF-8", "iso-8859-1")
    (extract,) = read(text.encode("latin-1"))
    assert values(extract)[Field.TITLE] == "The “west” quay"


def test_a_real_feed_has_ten_statements(shared: Path):
    extracts = read((shared / "wild" / "state_data.rss").read_bytes())
    assert len(extracts) == 10
    assert all(extract.blocks and not extract.refused for extract in extracts)
    assert [len(extract.blocks) for extract in extracts] == [8, 7, 1, 2, 2, 4, 7, 3, 44, 3]
    words = " ".join(block.text for extract in extracts for block in extract.blocks)
    assert not any(word in words for word in ("jQuery", "watermarked_image", "safelinks"))
