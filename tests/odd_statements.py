"""Invents statements with all that the fields' rules let through, for what must hold of any."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from index import Kind, Paragraph, Role, Speaker, Statement
from index.files.fields import read_fields
from index.files.verbatim import repaired

# Statements of any sort: markup, scripts in both directions, emoji, joiners, lone marks.
ODD = st.sampled_from(
    [
        *("<b>", "</blockquote>", "&amp;", "&", "<", ">", '"', "'", "[…] ", "{}", "%s"),
        *("@OnRecordBot", "#tag", "/ask", "https://ports.example.org/a?b=1&c=2 "),
        # Right to left, and the marks of direction.
        *("سلام", "שלום", "\u200f", "\u200e"),
        *("港口。", "👩🏽‍🚀", "é", "e\u0323", "\u200b", " ", "  ", "\u00a0"),
        "The harbour opens. ",
    ]
)
TEXT = st.lists(st.one_of(ODD, st.text(max_size=8)), min_size=1, max_size=30).map("".join)
LINE = (
    TEXT.map(lambda text: repaired(" ".join(text.split()))[0].strip())
    .map(lambda text: repaired(text)[0].strip())
    .filter(str.strip)
)
LONG_LINE = st.builds(lambda line, times: (line * times)[:1000].strip(), LINE, st.integers(1, 900))
PARAGRAPH = st.builds(
    lambda line, times: repaired(((line + " ") * times)[:10_000])[0].strip(),
    LINE,
    st.one_of(st.just(1), st.integers(1, 10_000)),
).filter(str.strip)
URL = st.one_of(
    st.just(None),
    st.builds(
        lambda tail, times: ("https://ports.example.org/" + tail * times)[:2048],
        st.sampled_from(["a", "?a=1&b=2", "&", "'", "&amp;", "%20", "港", "/x", "#"]),
        st.integers(1, 2048),
    ),
)


#: Why a statement is withdrawn, which most are not; and the heading that a paragraph stands under.
WHY = st.one_of(st.none(), st.none(), LONG_LINE.map(lambda line: line[:300].strip()))
SECTION = st.one_of(st.just(""), LINE, LONG_LINE)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Return a statement with all that the fields' rules let through."""
    raw = {
        "title": draw(st.one_of(LINE, LONG_LINE)),
        "speakers": [{"name": draw(st.one_of(LINE, LONG_LINE)), "role": draw(LONG_LINE)}],
        "date": draw(st.one_of(st.none(), st.dates().map(datetime.date.isoformat))),
        "published": draw(st.one_of(st.none(), st.just("2025-03-01"))),
        "kind": str(draw(st.sampled_from(Kind))),
        "publisher": draw(st.one_of(st.none(), LINE, LONG_LINE)),
        "url": draw(URL),
        "translation": draw(st.sampled_from([None, "official", "unofficial"])),
        "withdrawn": draw(WHY),
    }
    fields, wrong = read_fields(raw)
    if wrong:
        # Refused are only lines that show nothing, and direction marks that meet where a line is
        # repeated.
        known = ("direction marks", "can be seen")
        assert all(any(one in str(error) for one in known) for error in wrong), wrong
        harmless = {"title": "T", "speakers": ["N"], "publisher": None, "withdrawn": None}
        fields, wrong = read_fields({**raw, **harmless})
        assert not wrong
    text, section = draw(PARAGRAPH), draw(SECTION)
    return fields.statement("made", [Paragraph(1, text, fields.speakers[0], section=section)])


@st.composite
def transcripts(draw: st.DrawFn) -> Statement:
    """Return a statement of several paragraphs, by turns of several speakers."""
    made = draw(statements())
    names = st.one_of(st.just(made.speakers[0].name), LINE, LONG_LINE)
    speakers = st.builds(Speaker, names, st.one_of(st.just(""), LINE, LONG_LINE))
    cast = [made.speakers[0], *draw(st.lists(speakers, max_size=3))]
    texts = draw(st.lists(st.one_of(LINE, PARAGRAPH), min_size=1, max_size=40))
    turns = [
        (text, draw(st.sampled_from(cast)), draw(st.sampled_from([None, *Role]))) for text in texts
    ]
    sections = draw(st.lists(SECTION, min_size=1, max_size=4))
    return Statement(
        id="made",
        title=made.title,
        speakers=tuple(dict.fromkeys(cast)),
        paragraphs=tuple(
            Paragraph(number, text, speaker, role, section=sections[number % len(sections)])
            for number, (text, speaker, role) in enumerate(turns, 1)
        ),
        date=made.date,
        published=made.published,
        kind=made.kind,
        publisher=made.publisher,
        url=made.url,
        translation=made.translation,
        withdrawn=made.withdrawn,
    )
