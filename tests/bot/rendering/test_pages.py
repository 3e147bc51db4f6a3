"""A statement page by page, and the list of all: every page is a message that Telegram takes."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made_statements import LONG_TEXT, statement
from odd_statements import transcripts
from reached import reached, reaches
from received import Received, assert_quoted

from bot.i18n.strings import languages, strings_of
from bot.rendering.callback_data import Action, CallbackData, unpack
from bot.rendering.pages import render_statement
from bot.rendering.view import View
from index import Citation, Hit, Kind, Paragraph, Role, Speaker, Statement, Translation

VIEW = View(strings_of(), "OnRecordBot", can_share=True)
SAID = st.sampled_from(languages()).map(strings_of)
#: From an answer to the whole text around its second paragraph.
HERE = CallbackData(
    Action.STATEMENT,
    number=2,
    reference="AAAA-0002",
    question="harbour?",
    history=(Action.PASSAGE,),
)


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


def pages_of(made: Statement, view: View = VIEW) -> list[Received]:
    """Return every page of a statement, as one turns to them from the first on."""
    hits, pages, label = hits_of(made), [], view.strings.button_later
    here: CallbackData | None = dataclasses.replace(HERE, page=1)
    while here:
        pages.append(Received(render_statement(hits, view, here)))
        later = [one for one in pages[-1].keyboard or () if one.label == label]
        here = unpack(later[0].value) if later else None
    return pages


def without_marks(quote: str) -> str:
    return quote.removeprefix("[…] ").removesuffix(" […]")


@reaches(2)
@given(transcripts(), SAID)
@settings(max_examples=30)
def test_the_pages_hold_every_word_of_any_statement_in_order(made, say):
    """Each is taken, and each paragraph is whole or goes on where it was cut, between words."""
    pages = pages_of(made, dataclasses.replace(VIEW, strings=say))
    assume(not any(page.crowded for page in pages))
    quotes = [quote for page in pages for quote in page.quotes]
    for quote in quotes:
        assert_quoted(quote, made)
    # A paragraph may have the marks of a cut of its own.
    shown = "".join(quotes).replace("[…]", "")
    filed = "".join(one.text for one in made.paragraphs).replace("[…]", "")
    assert "".join(shown.split()) == "".join(filed.split())
    for page in pages[:-1]:
        reached()
        assert page.labels[0][-2:] == [say.button_later, say.button_back]


@given(transcripts(), SAID, st.integers(0, 999_999))
@settings(max_examples=20)
def test_a_page_beyond_the_last_is_the_last(made, say, page):
    """A button may carry the number of a page from a statement that was longer."""
    view = dataclasses.replace(VIEW, strings=say)
    last = pages_of(made, view)[-1]
    shown = Received(render_statement(hits_of(made), view, dataclasses.replace(HERE, page=10**5)))
    assert shown.text == last.text
    Received(render_statement(hits_of(made), view, dataclasses.replace(HERE, page=page)))


@pytest.mark.parametrize("character", ["&", "<", "😀", "港", "'"])
def test_the_largest_page_there_can_be_is_taken(character):
    """With names, a title and a link at their longest; 32,768 bytes before parsing."""
    line, url = character * 1000, "https://a.example/"
    url += ("'" if character in "<😀'" else character) * (2048 - len(url))
    cast = [Speaker(f"{number}{line}", line) for number in range(60)]
    made = Statement(
        id="large",
        title=line,
        speakers=tuple(cast),
        paragraphs=tuple(
            Paragraph(number, character * (10_000 if number % 9 == 0 else 40), speaker)
            for number, speaker in enumerate(cast, 1)
        ),
        publisher=line,
        url=url,
        kind=Kind.INTERVIEW,
        translation=Translation.UNOFFICIAL,
    )
    pages = pages_of(made)
    assert {without_marks(quote)[0] for page in pages for quote in page.quotes} == {character}
    assert max(len(page.text) for page in pages) > 3000


def test_a_full_page_has_room_for_the_longest_link():
    """Of 32,768 bytes before parsing; nothing is longer than these once it is escaped."""
    url = "https://a.example/" + "'" * 2030
    texts = ["&" * length for length in (2900, 350)]
    cast = (Speaker("&" * 1000, "&" * 1000),)
    made = statement("large", texts, title="&" * 1000, url=url, speakers=cast, publisher="&" * 1000)
    full, *_ = pages_of(made)
    assert len(full.text) > 3600
    assert full.marked("text_link") == ["source"]


def test_a_page_begins_with_what_the_statement_is_and_says_once_who_speaks():
    received = Received(
        render_statement(
            hits_of(
                statement(
                    "harbour",
                    ["The quay is open.", "Ferries sail.", "Boats stay."],
                    publisher="Ports Gazette",
                    url="https://ports.example.org/a",
                )
            ),
            VIEW,
            HERE,
        )
    )
    assert received.text.split("\n") == [
        "Remarks on harbour · 1 Feb 2025 · Ports Gazette · source",
        *("1 · AAAA-0001 — Nadia Rahman, Minister of Ports · direct quote", "The quay is open."),
        *("● 2 · AAAA-0002", "Ferries sail."),
        *("3 · AAAA-0003", "Boats stay."),
    ]
    assert received.marked("bold") == ["Remarks on harbour", "● 2"]
    assert received.labels == [["back"]]


def test_turns_say_who_speaks_where_that_changes_and_what_words_they_are():
    """A reporter's question is never left to pass for the official's words."""
    minister, board = Speaker("Nadia Rahman", "Minister of Ports"), Speaker("Li Wen")
    turns = [
        ("Will it open?", minister, Role.QUESTION),
        ("It will.", minister, Role.ANSWER),
        ("In March.", minister, None),
        ("Or in May.", board, None),
    ]
    made = Statement(
        id="a",
        title="T",
        speakers=(minister, board),
        paragraphs=tuple(
            Paragraph(n, text, who, role) for n, (text, who, role) in enumerate(turns, 1)
        ),
        kind=Kind.PRESS_CONFERENCE,
    )
    (page,) = pages_of(made)
    assert page.text.split("\n")[1::2] == [
        "1 · AAAA-0001 — Nadia Rahman, Minister of Ports · a question, not an official's words",
        "2 · AAAA-0002 — direct quote",
        "3 · AAAA-0003",
        "4 · AAAA-0004 — Li Wen · direct quote",
    ]


def test_the_text_opens_at_its_paragraph_and_every_page_leads_back():
    made = statement("long", ["The committee met. " * 40 for _ in range(12)])
    pages = pages_of(made)
    assert len(pages) == 3
    opened = Received(
        render_statement(hits_of(made), VIEW, dataclasses.replace(HERE, reference="AAAA-0006"))
    )
    assert "● 6" in opened.marked("bold")
    assert opened.text.replace("● ", "") == pages[1].text
    assert opened.text.endswith("page 2 of 3")
    assert [page.labels[0] for page in pages] == [
        ["later ›", "back"],
        ["‹ earlier", "later ›", "back"],
        ["‹ earlier", "back"],
    ]
    assert not any("●" in page.text for page in pages)
    for page in pages:
        assert page.keyboard
        (*_, back) = page.keyboard
        assert unpack(back.value) == CallbackData(Action.PASSAGE, number=2, question="harbour?")


def test_opened_by_nothing_that_could_be_shown_again_a_page_has_no_way_back():
    alone = dataclasses.replace(HERE, history=())
    assert Received(render_statement(hits_of(statement("a", ["One."])), VIEW, alone)).labels == []


def test_a_page_of_very_short_paragraphs_keeps_all_its_marks():
    """Telegram drops what is more than a hundred, and the quotes would not look like quotes."""
    pages = pages_of(statement("short", [f"Word {number}." for number in range(200)]))
    assert sum(len(page.quotes) for page in pages) == 200
    assert not any(page.crowded for page in pages)


def test_a_paragraph_longer_than_a_page_goes_on_between_words():
    (first, *_, last) = pages_of(statement("long", [LONG_TEXT]))
    assert first.quote.endswith(" […]")
    assert not first.quote.startswith("[…]")
    assert last.quote.startswith("[…] ")
    assert last.quote.endswith(LONG_TEXT[-30:])


def test_characters_that_readers_see_as_one_are_not_parted():
    astronaut = "👩🏽‍🚀"
    pages = pages_of(statement("long", [astronaut * 2000]))
    assert len(pages) > 1
    for page in pages:
        assert set(without_marks(page.quote).split(astronaut)) == {""}


def test_a_link_that_telegram_drops_leaves_no_word_behind():
    """A record may be made without the checks of its fields."""
    made = statement("quay", ["It is open."], url="https://ports.example.org:99999/a")
    assert "source" not in Received(render_statement(hits_of(made), VIEW, HERE)).text


def under(made: Statement, *sections: str) -> Statement:
    """Return a statement with its paragraphs under these headings."""
    headed = [
        dataclasses.replace(one, section=section)
        for one, section in zip(made.paragraphs, sections, strict=True)
    ]
    return dataclasses.replace(made, paragraphs=tuple(headed))


def test_a_heading_stands_in_bold_above_its_first_paragraph():
    made = under(statement("quay", ["One.", "Two.", "Three.", "Four."]), "", "A & B", "A & B", "C")
    (page,) = pages_of(made)
    assert page.text.split("\n")[1:] == [
        *("1 · AAAA-0001 — Nadia Rahman, Minister of Ports · direct quote", "One."),
        *("A & B", "2 · AAAA-0002", "Two.", "3 · AAAA-0003", "Three."),
        *("C", "4 · AAAA-0004", "Four."),
    ]
    assert page.marked("bold") == ["Remarks on quay", "A & B", "C"]
    assert page.quotes == ["One.", "Two.", "Three.", "Four."]


def test_a_page_that_begins_within_a_section_says_which():
    made = under(statement("quay", ["One.", LONG_TEXT]), "", "Ports and fish")
    pages = pages_of(made)
    assert len(pages) > 2
    assert all("Ports and fish" in page.marked("bold") for page in pages[1:])


def test_a_page_of_many_headings_keeps_all_its_marks():
    """Telegram keeps a hundred."""
    texts = [f"Number {number}." for number in range(80)]
    made = under(statement("quay", texts), *(f"Section {number}" for number in range(80)))
    pages = pages_of(made)
    assert [quote for page in pages for quote in page.quotes] == texts
    shown = [one for page in pages for one in page.marked("bold") if one.startswith("Section")]
    assert shown == [f"Section {number}" for number in range(80)]


def test_a_statement_that_is_withdrawn_says_so_first():
    made = dataclasses.replace(statement("quay", ["One.", LONG_TEXT]), withdrawn="Retracted & gone")
    for page in pages_of(made):
        assert page.text.startswith("Withdrawn: Retracted & gone\nRemarks on quay")
