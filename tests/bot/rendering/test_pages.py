"""A statement page by page, and the list of all: every page is a message that Telegram takes."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made_statements import LONG_TEXT, statement
from odd_statements import statements, transcripts
from reached import reached, reaches
from received import Received, assert_quoted

from bot.i18n.strings import languages, strings_of
from bot.rendering.callback_data import Action, CallbackData, unpack
from bot.rendering.pages import SOURCES_A_PAGE, render_sources, render_statement
from bot.rendering.view import View
from index import Citation, Hit, Kind, Paragraph, Record, Role, Speaker, Statement, Translation

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


@given(st.lists(statements(), min_size=1, max_size=4), SAID, st.integers(0, 9))
@settings(max_examples=30)
def test_any_statements_make_a_list_that_telegram_takes(made, say, page):
    """Every page there is, and beyond the last page the last."""
    record = Record(tuple(made * 6))
    view = dataclasses.replace(VIEW, strings=say)
    received = Received(render_sources(record, view, page))
    last = (len(record.statements) - 1) // SOURCES_A_PAGE
    first = min(page, last) * SOURCES_A_PAGE + 1
    assert f"\n{first}. " in received.text
    assert f"\n{first + SOURCES_A_PAGE}. " not in received.text
    newer, older = [say.button_newer] * (min(page, last) > 0), [say.button_older] * (page < last)
    assert received.labels == ([newer + older] if newer or older else [])


@pytest.mark.parametrize("character", ["&", "<", "😀", "'"])
@pytest.mark.parametrize("length", [280, 300, 301, 2048])
def test_the_largest_list_there_can_be_is_taken(character, length):
    url = "https://a.example/"
    url += ("'" if character in "<😀'" else character) * (length - len(url))
    many = [
        statement(
            f"s{number}",
            ["Words."],
            title=character * 1000,
            speakers=(Speaker(character * 1000),),
            url=url,
            kind=Kind.PRESS_CONFERENCE,
        )
        for number in range(25)
    ]
    received = Received(render_sources(Record.of(many), VIEW, 1))
    assert len(received.marked("text_link")) == (SOURCES_A_PAGE if length <= 300 else 0)


def test_each_statement_in_the_list_can_be_read_and_leads_back_to_its_page():
    many = Record.of(statement(f"s{number:02}", ["Words."], day=number) for number in range(1, 16))
    openings = {made.id: hit for made in many.statements for hit in hits_of(made)[:1]}
    received = Received(render_sources(many, VIEW, 1, openings.get))
    assert received.labels == [["11", "12", "13", "14", "15"], ["‹ newer"]]
    assert received.keyboard
    opened = unpack(next(iter(received.keyboard)).value)
    assert opened == CallbackData(
        Action.STATEMENT, number=1, reference="AAAA-0001", page=1, history=(Action.SOURCES,)
    )
    assert opened.back() == CallbackData(Action.SOURCES, number=1)
    full = Received(render_sources(many, VIEW, 0, openings.get))
    assert [len(row) for row in full.labels] == [5, 5, 1]


def test_an_empty_record_lists_nothing():
    received = Received(render_sources(Record(()), VIEW, 3))
    assert (received.text, received.labels) == ("There is nothing on record yet.", [])


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
