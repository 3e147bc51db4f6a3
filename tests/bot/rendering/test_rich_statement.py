"""A whole statement as rich messages: every word of it, headings to jump to, and within limits."""

from __future__ import annotations

import dataclasses
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_statements import LONG_TEXT, statement
from odd_statements import transcripts
from real_texts import statement_files
from telegram_standin.rich_blocks import refuse_too_large
from telegram_standin.rich_html import parse_rich_html

from bot.front.rich_text import flattened
from bot.i18n.strings import languages, strings_of
from bot.rendering.rich_parts import Room, parts_of
from bot.rendering.rich_statement import (
    LONGEST_RICH,
    MOST_BLOCKS,
    RichStatement,
    render_rich_statement,
)
from bot.rendering.view import View
from index import Citation, Hit, Kind, Paragraph, Role, Speaker, Statement

VIEW = View(strings_of(), "OnRecordBot", can_share=True)
SAID = st.sampled_from(languages()).map(strings_of)
#: Tags that Telegram takes in rich messages, of those that we need.
BLOCKS = {"p", "h1", "h2", "ul", "li", "details", "footer"}
INLINE = {"a", "b", "i", "code", "summary"}


def hits_of(made: Statement) -> list[Hit]:
    """Return a hit on every paragraph of a statement, each with a reference of its own."""
    return [
        Hit(
            paragraph=one,
            citation=Citation.of(made, one, f"AAAA-{one.number:04}"),
            score=1.0,
            sentence=(0, len(one.text)),
        )
        for one in made.paragraphs
    ]


class Seen(HTMLParser):
    """A rich message as a program reads it that is not ours; making one fails beyond limits."""

    def __init__(self, part: RichStatement) -> None:
        super().__init__()
        self.part = part
        #: The tag and the text of each block, in order, and what stands in italics.
        self.blocks: list[tuple[str, str]] = []
        self.italic: list[str] = []
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.count = self.deepest = 0
        self.feed(part.html)
        self.close()
        assert not self.open
        assert len(part.html) <= LONGEST_RICH
        # An item holds a paragraph, which Telegram counts too.
        assert self.count + len(self.anchors) <= MOST_BLOCKS
        assert self.deepest <= 4
        assert all(one[1:] in self.anchors for one in self.links if one.startswith("#"))
        assert len(set(self.anchors)) == len(self.anchors)
        # What another reading of the same HTML says, with Telegram's own limits.
        self.read = parse_rich_html(part.html)
        refuse_too_large(self.read)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the beginning of a block, a mark or a link, or an anchor."""
        given = dict(attrs)
        assert tag in BLOCKS | INLINE, tag
        assert set(given) <= {"href", "name", "open"}
        self.open.append(tag)
        if tag in BLOCKS:
            self.blocks.append((tag, ""))
            self.count += 2 if tag == "li" else 1
            self.deepest = max(self.deepest, len(BLOCKS.intersection(self.open)))
        if tag == "i":
            self.italic.append("")
        self.anchors += [given["name"] or ""] if "name" in given else []
        self.links += [given["href"] or ""] if "href" in given else []

    def handle_endtag(self, tag: str) -> None:
        """Take its end."""
        assert self.open.pop() == tag

    def handle_data(self, text: str) -> None:
        """Take a text, which is part of the block that began last."""
        if not self.open:
            assert not text
        elif self.blocks:
            tag, before = self.blocks[-1]
            self.blocks[-1] = tag, before + text
            if "i" in self.open:
                self.italic[-1] += text

    def texts(self, *tags: str) -> list[str]:
        """Return the text of each block with one of these tags."""
        return [text for tag, text in self.blocks if tag in tags]

    @property
    def quotes(self) -> list[str]:
        """The words of the statement: the paragraph beneath each label."""
        codes = [n for n, (tag, text) in enumerate(self.blocks) if tag == "p" and "AAAA-" in text]
        return [self.blocks[number + 1][1] for number in codes]


def parts_read(made: Statement, view: View = VIEW) -> list[Seen]:
    """Return every part of a statement, as one turns to them."""
    hits = hits_of(made)
    first = Seen(render_rich_statement(hits, view, 1))
    later = range(2, first.part.parts + 1)
    return [first, *(Seen(render_rich_statement(hits, view, number)) for number in later)]


def put_together(seen: list[Seen]) -> list[str]:
    """Return the paragraphs of a statement, those together that were cut."""
    whole: list[str] = []
    for number, part in enumerate(seen):
        for place, quote in enumerate(part.quotes):
            if place == 0 and number and quote.startswith("[…] ") and whole[-1].endswith(" […]"):
                whole[-1] = whole[-1].removesuffix(" […]") + " " + quote.removeprefix("[…] ")
            else:
                whole.append(quote)
    return whole


def harbour(**more: Any) -> Statement:
    """Return a statement of three sections, by two speakers, with a question."""
    minister, board = Speaker("Nadia Rahman", "Minister of Ports"), Speaker("Li Wen")
    turns = [
        ("The quay is open.", minister, None, "The quay"),
        ("Boats stay.", minister, None, "The quay"),
        ("Will ferries sail?", board, Role.QUESTION, "Ferries"),
        ("They will.", minister, Role.ANSWER, "Ferries"),
        ("Trains run.", board, None, "Trains <&>"),
    ]
    return Statement(
        id="harbour",
        title="Remarks on the harbour",
        speakers=(minister, board),
        paragraphs=tuple(
            Paragraph(n, text, who, role, section=section)
            for n, (text, who, role, section) in enumerate(turns, 1)
        ),
        **{"kind": Kind.PRESS_CONFERENCE, "publisher": "Ports Gazette", **more},
    )


def test_a_statement_reads_like_a_page_with_its_headings():
    (seen,) = parts_read(harbour(url="https://ports.example.org/a"))
    assert seen.blocks == [
        ("h1", "Remarks on the harbour"),
        ("p", "undated · press conference · Ports Gazette · source"),
        ("details", "Contents"),
        ("ul", ""),
        *(("li", "The quay"), ("li", "Ferries"), ("li", "Trains <&>")),
        ("h2", "The quay"),
        ("p", "1 · AAAA-0001 — Nadia Rahman, Minister of Ports · direct quote"),
        ("p", "The quay is open."),
        ("p", "2 · AAAA-0002"),
        ("p", "Boats stay."),
        ("h2", "Ferries"),
        ("p", "3 · AAAA-0003 — Li Wen · a question, not an official's words"),
        ("p", "Will ferries sail?"),
        ("p", "4 · AAAA-0004 — Nadia Rahman, Minister of Ports · direct quote"),
        ("p", "They will."),
        ("h2", "Trains <&>"),
        ("p", "5 · AAAA-0005 — Li Wen · direct quote"),
        ("p", "Trains run."),
    ]
    assert seen.links == ["https://ports.example.org/a", "#s1", "#s2", "#s3"]
    assert seen.anchors == ["s1", "s2", "s3"]
    assert seen.italic == ["Will ferries sail?"]
    assert (seen.part.part, seen.part.parts, seen.part.is_rtl) == (1, 1, False)


def test_what_telegram_makes_of_it_is_what_we_read_of_others():
    """The blocks that come of it hold the same words, line by line."""
    (seen,) = parts_read(harbour())
    text, _ = flattened({"blocks": seen.read})
    assert text.split("\n") == [text for tag, text in seen.blocks if tag != "ul"]


def test_two_sections_need_no_contents():
    made = harbour()
    (seen,) = parts_read(dataclasses.replace(made, paragraphs=made.paragraphs[:4]))
    assert seen.texts("details", "li") == []
    assert seen.texts("h2") == ["The quay", "Ferries"]


def test_a_long_list_of_contents_is_folded():
    speaker = Speaker("Nadia Rahman")
    made = statement("a", ["x"])
    for number, is_open in ((8, True), (9, False)):
        paragraphs = [
            Paragraph(n, "Open.", speaker, section=f"S {n}") for n in range(1, number + 1)
        ]
        (seen,) = parts_read(dataclasses.replace(made, paragraphs=tuple(paragraphs)))
        assert ("<details open>" in seen.part.html) is is_open


def test_a_withdrawn_statement_says_so_above_everything_in_every_part():
    made = statement("long", ["The committee met. " * 500] * 8, withdrawn="Retracted <by> us")
    seen = parts_read(made)
    assert len(seen) > 2
    assert {one.blocks[0] for one in seen} == {("p", "Withdrawn: Retracted <by> us")}
    hits = hits_of(made)
    noted = Seen(render_rich_statement(hits, VIEW, 1, note="Not what was asked"))
    assert noted.texts("p")[:2] == ["Withdrawn: Retracted <by> us", "Not what was asked"]


def test_a_statement_opens_at_its_paragraph_to_which_a_link_jumps():
    made = statement("long", [f"Number {n} of the committee. " * 40 for n in range(60)])
    hits = hits_of(made)
    opened = Seen(render_rich_statement(hits, VIEW, 0, "AAAA-0050"))
    assert (opened.part.part, opened.part.parts) == (2, 3)
    assert opened.texts("p")[1] == "part 2 of 3 · ● paragraph 50 of 60"
    assert opened.links == ["#here"]
    assert opened.anchors == ["here"]
    assert "<b>● 50</b> · <code>AAAA-0050</code>" in opened.part.html
    turned = Seen(render_rich_statement(hits, VIEW, 2, "AAAA-0050"))
    assert "●" not in turned.part.html
    assert turned.texts("footer") == ["part 2 of 3"]
    (unknown, beyond) = (
        render_rich_statement(hits, VIEW, 0, "BBBB-0001"),
        render_rich_statement(hits, VIEW, 99),
    )
    assert (unknown.part, beyond.part) == (1, 3)


@given(transcripts(), SAID)
@settings(max_examples=40)
def test_the_parts_hold_every_character_of_any_statement_in_order(made, say):
    """Whatever stands in it: markup, both directions, several spaces, marks of cuts."""
    seen = parts_read(made, dataclasses.replace(VIEW, strings=say))
    if len(seen) == 1:
        assert seen[0].quotes == [one.text for one in made.paragraphs]
    shown = "".join(quote for part in seen for quote in part.quotes).replace("[…]", "")
    filed = "".join(one.text for one in made.paragraphs).replace("[…]", "")
    assert "".join(shown.split()) == "".join(filed.split())


@given(st.text(alphabet=" &<>a;#32\u00a0\u200f", min_size=1).map(str.strip).filter(bool))
def test_every_space_stays_what_it_is(text):
    """HTML takes several for one, and so the source never has two in a row."""
    (seen,) = parts_read(statement("a", [text]))
    assert seen.quotes == [text]
    assert "  " not in seen.part.html


def test_two_thousand_paragraphs_are_told_in_parts_of_whole_paragraphs():
    texts = [f"Sentence {n} of the committee, which met & rose." for n in range(2000)]
    seen = parts_read(statement("long", texts))
    assert [quote for part in seen for quote in part.quotes] == texts
    assert len(seen) < 14
    for number, part in enumerate(seen, 1):
        assert part.texts("footer") == [f"part {number} of {len(seen)}"]
        # Each names the speaker anew.
        assert part.texts("p")[2].endswith("— Nadia Rahman, Minister of Ports · direct quote")


def test_two_thousand_headings_are_no_more_blocks_than_telegram_takes():
    speaker = Speaker("Nadia Rahman")
    paragraphs = [Paragraph(n, "Open.", speaker, section=f"S {n}") for n in range(1, 2001)]
    made = dataclasses.replace(statement("a", ["x"]), paragraphs=tuple(paragraphs))
    seen = parts_read(made)
    assert sum(len(part.quotes) for part in seen) == 2000
    assert all(len(part.texts("li")) == len(part.texts("h2")) for part in seen)


@pytest.mark.parametrize("character", ["&", "<", "a", "港", "a ", "😀", "  x", "👩🏽‍🚀"])
def test_a_paragraph_longer_than_a_message_is_cut_and_its_cuts_are_marked(character):
    text = (character * 40_000)[:32_000].strip()
    before = "The quay is open."
    seen = parts_read(statement("long", [before, text, text, before]))
    # At a cut the space between two words is left out.
    joined = ["".join(one.split()) for one in put_together(seen)]
    assert joined == ["".join(one.split()) for one in (before, text, text, before)]
    for part in seen:
        assert len(part.part.html) > LONGEST_RICH // 3 or part is seen[-1]


def test_a_cut_is_between_words_and_takes_as_much_as_there_is_room_for():
    first, *_, last = parts_read(statement("long", [LONG_TEXT * 5]))
    assert first.quotes[0].endswith(". […]") or first.quotes[0].endswith(" […]")
    assert len(first.part.html) > LONGEST_RICH - 700
    assert last.quotes[-1].startswith("[…] ")
    assert LONG_TEXT.split()[-1] == last.quotes[-1].split()[-1]


def test_a_section_that_would_be_divided_late_begins_the_next_part():
    speaker = Speaker("Nadia Rahman")
    sections = [("First", 30), ("Second", 20)]
    numbers = iter(range(1, 100))
    paragraphs = [
        Paragraph(next(numbers), "The committee met. " * 40 + "It rose.", speaker, section=section)
        for section, times in sections
        for _ in range(times)
    ]
    made = dataclasses.replace(statement("a", ["x"]), paragraphs=tuple(paragraphs))
    assert [part.texts("h2") for part in parts_read(made)] == [["First"], ["Second"]]


@pytest.mark.parametrize("character", ["&", "<", "'", "😀", "港", "</h1>", "\u202e", "س"])
def test_the_largest_names_titles_and_links_leave_room_for_words(character):
    line, url = (character * 1000)[:1000], "https://a.example/"
    url += ("'" * 2048)[: 2048 - len(url)]
    cast = [Speaker(f"{number}{line}"[:1000], line) for number in range(60)]
    made = Statement(
        id="large",
        title=line,
        speakers=tuple(cast),
        paragraphs=tuple(
            Paragraph(number, (character * 300)[:900], speaker, section=f"{number}{line}"[:900])
            for number, speaker in enumerate(cast, 1)
        ),
        publisher=line,
        url=url,
        withdrawn=line[:300],
    )
    for say in map(strings_of, languages()):
        seen = parts_read(made, dataclasses.replace(VIEW, strings=say))
        assert sum(len(part.quotes) for part in seen) == 60


@pytest.mark.parametrize("language", languages())
def test_a_statement_from_right_to_left_is_shown_so_and_our_lines_in_ours(language):
    texts = ["بندرگاہ کھلی ہے۔", "Gwadar: جہاز آئیں گے۔", "کشتیاں رہیں گی۔"]
    made = statement("u", texts, title="بندرگاہ پر بیان")
    say = strings_of(language)
    (seen,) = parts_read(made, dataclasses.replace(VIEW, strings=say))
    assert seen.part.is_rtl
    assert seen.quotes == texts
    assert seen.texts("h1") == ["بندرگاہ پر بیان"]
    (line, *_) = seen.texts("p")
    assert line.startswith("\u2068") is (language != "ur")
    (other,) = parts_read(
        statement("e", ["The quay is open."]), dataclasses.replace(VIEW, strings=say)
    )
    assert not other.part.is_rtl


def test_no_part_has_two_marks_of_direction_in_a_row():
    """Telegram would change one of them."""
    made = statement("u", ["بندرگاہ کھلی ہے۔"], title="بندرگاہ", publisher="اخبار")
    for language in languages():
        (seen,) = parts_read(made, dataclasses.replace(VIEW, strings=strings_of(language)))
        for one in ("\u200e\u200e", "\u200f\u200f", "\u200e\u200f", "\u200f\u200e"):
            assert one not in seen.part.html


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30), st.integers(20, 90))
def test_paragraphs_are_divided_without_loss_or_overlap(lengths, room):
    """However little room there is."""
    hits = hits_of(statement("a", ["x" * length for length in lengths]))
    parts = parts_of(hits, Room(room, 5), lambda one, _: Room(one.stop - one.start + 4, 1))
    slices = [one for part in parts for one in part]
    assert all(parts)
    for part in parts:
        assert sum(one.stop - one.start + 4 for one in part) <= room
        assert len(part) <= 5
    for hit in hits:
        own = [(one.start, one.stop) for one in slices if one.hit is hit]
        assert own[0][0] == 0
        assert own[-1][1] == len(hit.paragraph.text)
        assert [stop for _, stop in own[:-1]] == [start for start, _ in own[1:]]


def test_real_statements_are_shown_with_every_character(shared: Path):
    files = [path for path in statement_files(shared) if path.is_file()]
    if not files:
        pytest.skip("there are no statements of governments in shared")
    seen_parts = 0
    for path in files:
        lines = path.read_text("utf-8").splitlines()
        longest = sorted(lines, key=len)[-3:]
        for line in [*lines[:7], *longest]:
            told = json.loads(line)
            texts = [one if isinstance(one, str) else one["text"] for one in told["paragraphs"]]
            texts = [" ".join(one.split("\n")) for one in texts]
            made = statement(told["id"], texts, title=told["title"])
            seen = parts_read(made)
            assert [quote for part in seen for quote in part.quotes] == texts
            seen_parts += len(seen)
    assert seen_parts > len(files)
