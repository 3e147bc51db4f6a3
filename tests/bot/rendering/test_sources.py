"""Every statement on record can be reached by presses, however many there are."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_statements import statement
from odd_statements import statements
from received import Received

from bot.i18n.strings import languages, strings_of
from bot.rendering.callback_data import Action, CallbackData, unpack
from bot.rendering.source_codes import FIRST, Base, Page, PageKind, read_page
from bot.rendering.source_contents import SOURCES_A_PAGE
from bot.rendering.sources import Sources
from bot.rendering.view import View
from index import Citation, Hit, Kind, Record, Shelves, Speaker, Statement, load_record
from index.text.terms import Analyzers

VIEW = View(strings_of(), "OnRecordBot", can_share=True)
SAID = st.sampled_from(languages()).map(strings_of)
REAL = Path(__file__).parents[4] / "shared" / "statements"
#: Real names, by which nobody is meant.
_NAMES = ("Nadia Rahman", "Li Wen", "Omar Siddiq", "Ada Quill", "Élise Mornay", "李明", "عائشہ نور")
_KINDS = list(Kind)
_TODAY = datetime.date(2026, 3, 2)


def sources_of(record: Record, view: View = VIEW) -> Sources:
    """Return the pages of *record*; each statement has the opening ``AAAA-`` and its number."""
    known = {made.id: (number, made) for number, made in enumerate(record.statements)}

    def opening(statement_id: str) -> Hit:
        number, made = known[statement_id]
        first = made.paragraphs[0]
        cited = Citation.of(made, first, f"AAAA-{number:04}")
        return Hit(paragraph=first, citation=cited, score=0.0, sentence=(0, len(first.text)))

    return Sources(Shelves(record, Analyzers(["en"])), view, _TODAY, opening)


def made(number: int, **known: object) -> Statement:
    """Return one of many statements: of 30 years, of some 300 speakers, of all kinds."""
    speakers = tuple(
        Speaker(f"{_NAMES[one % len(_NAMES)]} {chr(65 + one % 26)}{one % 300}")
        for one in (number, number // 7)[: 1 + (number % 11 == 0)]
    )
    day = datetime.date(1996, 1, 1) + datetime.timedelta(days=number**2 % 10_950)
    one = statement(
        f"s{number:05}",
        ["Words."],
        title=f"Remarks number {number} on the harbour",
        speakers=speakers,
        kind=_KINDS[number % 17 % len(_KINDS)],
    )
    return dataclasses.replace(one, **{"date": None if number % 40 == 0 else day, **known})


def many(count: int = 1600) -> Record:
    own = dataclasses.replace(
        statement("about-on-record", ["It is a bot."], title="What the bot does"),
        date=datetime.date(2026, 11, 23),
    )
    # On one day as many as a parliament answers.
    busy = [made(number, date=datetime.date(2009, 10, 26)) for number in range(count // 7)]
    return Record.of([own, *busy, *(made(number) for number in range(len(busy), count - 1))])


def buttons_of(received: Received) -> Iterator[tuple[str, CallbackData]]:
    for row in received.keyboard or ():
        data = unpack(row.value)
        assert data, row.value
        yield row.label, data


def walk(sources: Sources) -> tuple[dict[tuple[str, int], int], dict[str, int]]:
    """Press every button from the first page on.

    Return after how many presses each page is shown, and each statement opened.
    """
    shown: dict[tuple[str, int], int] = {("", 0): 0}
    opened: dict[str, int] = {}
    waiting = deque(shown)
    while waiting:
        code, number = waiting.popleft()
        received = Received(sources.render(read_page(code), number))
        for _, data in buttons_of(received):
            if data.action is Action.STATEMENT:
                assert data.page == 1
                assert data.back() == CallbackData(Action.SOURCES, number=number, question=code)
                opened.setdefault(data.reference, shown[code, number] + 1)
                continue
            assert data.action is Action.SOURCES
            place = data.question, data.number
            if place not in shown:
                shown[place] = shown[code, number] + 1
                waiting.append(place)
    return shown, opened


def check_every_page(sources: Sources) -> None:
    """Hold every page to what a reader needs: a way back that leads on, and labels that fit."""
    record = sources.shelves.statements
    shown, opened = walk(sources)
    assert len(opened) == len(record)
    assert max(opened.values()) <= 9
    for code, number in shown:
        page = read_page(code)
        assert page.code == code
        received = Received(sources.render(page, number))
        assert len(received.text) < 3000
        assert sum(len(row) for row in received.labels) <= 80
        for row in received.labels:
            assert sum(map(len, row)) <= 60, row
        back = way_back(received)
        assert (back is not None) == (page != FIRST), received.text
        presses = 0
        while back:
            # Nowhere does "back" lead in a circle, or to what is shown already.
            above = Received(sources.render(read_page(back.question), back.number))
            assert above.text != received.text
            received, back, presses = above, way_back(above), presses + 1
            assert presses <= 5


def way_back(received: Received) -> CallbackData | None:
    return next((data for label, data in buttons_of(received) if label == "back"), None)


@pytest.mark.parametrize("count", [200, pytest.param(1600, marks=pytest.mark.slow)])
def test_each_of_many_statements_can_be_reached_by_presses(count):
    check_every_page(sources_of(many(count)))


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the shared statements are not on this machine")
def test_each_of_the_real_statements_can_be_reached_by_presses(tmp_path):
    folder = tmp_path / "statements"
    folder.mkdir()
    for file in REAL.glob("*.jsonl"):
        (folder / file.name).symlink_to(file)
    record = load_record(tmp_path)
    assert len(record.statements) > 1500
    check_every_page(sources_of(record))


def test_the_first_page_of_many_offers_years_speakers_and_kinds_with_their_numbers():
    received = Received(sources_of(many()).render())
    assert received.text.startswith("On record: 1600 statements\n\n")
    newest, *years, more, ways, own = received.labels
    assert newest == ["Newest"]
    assert [len(row) for row in years] == [3, 3, 3]
    assert more[0].startswith("Earlier (")
    assert more[1].startswith("Undated (")
    assert ways[0].startswith("Speakers (")
    assert ways[1] == "Kinds (9)"
    # Its date makes it the newest of all, and it is the last nevertheless.
    assert own == ["About this bot"]
    assert "2026 (" not in str(years)


def test_the_numbers_on_the_first_page_are_those_of_all_statements_but_the_bots_own():
    sources = sources_of(many())
    numbers = Counter[str]()
    for label, data in buttons_of(Received(sources.render())):
        if data.question.startswith("d"):
            name, _, number = label.rstrip(")").partition(" (")
            numbers[name] += int(number)
    assert sum(numbers.values()) == 1599


def test_a_year_is_divided_by_months_a_month_by_days_and_a_day_is_listed():
    sources = sources_of(many())
    year = Received(sources.render(read_page("d2009/")))
    assert year.text.startswith("2009 · ")
    (october,) = [data for label, data in buttons_of(year) if label.startswith("Oct (")]
    month = Received(sources.render(read_page(october.question)))
    assert month.text.startswith("October 2009 · ")
    (day,) = [data for label, data in buttons_of(month) if label.startswith("26 (")]
    listed = Received(sources.render(read_page(day.question)))
    assert listed.text.startswith("26 Oct 2009 · 228 statements · newest first\n\n1. ")
    assert listed.labels[:2] == [["1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"]]
    assert listed.labels[2:] == [["older ›"], ["p. 6", "p. 12", "p. 17", "p. 23"], ["back"]]


def test_what_is_few_on_a_shelf_is_listed_at_once():
    record = Record.of(
        [made(number, date=datetime.date(1996 + number, 2, 3)) for number in range(31)]
    )
    received = Received(sources_of(record).render(read_page("d1999/")))
    assert received.text.startswith("1999 · 1 statement · newest first\n\n1. ")
    assert received.labels == [["1"], ["back"]]


def test_a_year_with_one_month_shows_the_days_and_leads_back_to_the_first_page():
    record = Record.of(
        [made(number, date=datetime.date(2009, 10, 1 + number % 3)) for number in range(40)]
    )
    received = Received(sources_of(record).render(read_page("d2009/")))
    assert received.text.startswith("October 2009 · 40 statements")
    assert received.labels == [["3 (13)", "2 (13)", "1 (14)"], ["List them all", "back"]]
    *_, (_, back) = buttons_of(received)
    assert back.question == ""


@pytest.mark.parametrize(
    "code",
    [
        *(
            "p",
            "q",
            "d",
            "l",
            "d20/",
            "d2025-2/",
            "d2025-02-03-04/",
            "dp/",
            "x2025/",
            "s1",
            "nn",
            "k ",
        ),
        *("d/p", "d/k", "d/pNOBODYNOBODY", "d/knovel", "d1850/", "l2025-13/", "aÄÖ", "a-", "aZ-A"),
        *("l/w", "l/wpenguins", "l/x", "\N{NO-BREAK SPACE}", "d/\n", "l/k|"),
    ],
)
def test_a_code_of_nothing_on_record_shows_the_first_page_and_never_a_wrong_list(code):
    """After a reload a speaker may be gone; and codes may be forged."""
    sources = sources_of(many(100))
    assert sources.render(read_page(code), 3).html == sources.render().html


def test_a_code_means_the_same_after_a_reload():
    """Of a record with others before it, and with other numbers."""
    (code,) = {
        data.question
        for label, data in buttons_of(Received(sources_of(many(700)).render(read_page("an"))))
        if label.startswith("Nadia Rahman A0")
    }
    reloaded = sources_of(Record.of([made(number) for number in range(0, 2000, 3)]))
    assert Received(reloaded.render(read_page(code))).text.startswith("Nadia Rahman A0 · ")


def test_the_bots_own_statement_is_the_last_of_every_list():
    record = Record.of([*many(20).statements])
    few = Received(sources_of(record).render(number=1))
    assert "20. What the bot does\n" in few.text
    sources = sources_of(many())
    listed = read_page("l/")
    last = Received(sources.render(listed, 999))
    assert "1600. What the bot does\n" in last.text


def test_words_are_sought_and_listed_newest_first():
    sources = sources_of(many())
    page = Page(PageKind.LIST, base=Base.WORDS, name="Quill 2009")
    received = Received(sources.render(page))
    assert received.text.startswith("“Quill 2009” · ")
    assert "newest first" in received.text
    listed = received.text.split("\n\n")[1:-1]
    assert len(listed) == SOURCES_A_PAGE
    assert all(" 2009 · " in one for one in listed)


def test_words_that_a_button_has_no_room_for_are_read_again_above_it():
    sources, words = sources_of(many()), "harbour " * 8 + "remarks"
    page = Page(PageKind.LIST, base=Base.WORDS, name=words)
    received = Received(sources.render(page, 40))
    turned = [data for _, data in buttons_of(received) if data.action is Action.SOURCES]
    assert {one.question for one in turned} == {"l/w", "d/w", ""}
    again = sources.render(read_page("l/w", words), 40)
    assert again.html == sources.render(page, 40).html
    # Without the message above, nothing else is shown for it.
    assert sources.render(read_page("l/w"), 40).html == sources.render().html


def test_words_and_what_leads_on_from_them_stay_in_the_buttons():
    sources = sources_of(many())
    received = Received(sources.render(Page(PageKind.LIST, base=Base.WORDS, name="harbour")))
    by_date = next(data for label, data in buttons_of(received) if label == "By date")
    years = Received(sources.render(read_page(by_date.question)))
    assert years.text == "“harbour” · 1599 statements"
    label, year = next(buttons_of(years))
    shown = Received(sources.render(read_page(year.question)))
    assert shown.text.startswith("“harbour” · 20")
    assert label.partition(" ")[0] in shown.text


CODES = st.sampled_from(["", "l/w", "d2025-02-03/w", "a", "d/p"])


@given(st.builds("{}{}".format, CODES, st.text(max_size=80)), st.text(max_size=80))
def test_any_code_is_read_and_written_again(code, words):
    page = read_page(code, words)
    assert page in (read_page(page.code, page.name), FIRST)
    data = CallbackData(Action.SOURCES, number=999, question=page.code)
    opened = dataclasses.replace(data.forward(Action.STATEMENT, "K7Q2-M9XA"), page=1)
    assert opened.packed().endswith(f"|{page.code}")
    assert len(opened.packed().encode(errors="replace")) <= 64


@given(st.lists(statements(), min_size=1, max_size=4), SAID, st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_any_statements_make_a_list_that_telegram_takes(listed, say, number):
    """Every page there is, and beyond the last page the last."""
    record = Record(
        tuple(dataclasses.replace(one, id=f"s{place}") for place, one in enumerate(listed * 6))
    )
    view = dataclasses.replace(VIEW, strings=say)
    received = Received(
        dataclasses.replace(sources_of(record, view), opening=None).render(number=number)
    )
    last = (len(record.statements) - 1) // SOURCES_A_PAGE
    first = min(number, last) * SOURCES_A_PAGE + 1
    assert f"\n{first}. " in received.text
    assert f"\n{first + SOURCES_A_PAGE}. " not in received.text
    newer, older = [say.button_newer] * (number > 0 < last), [say.button_older] * (number < last)
    assert received.labels == ([newer + older] if newer or older else [])


@given(st.lists(statements(), min_size=1, max_size=4), SAID)
@settings(max_examples=15, deadline=None)
def test_any_statements_make_pages_that_telegram_takes(listed, say):
    """Names and titles of any length and script."""
    record = Record(
        tuple(
            dataclasses.replace(
                one, id=f"s{place}", speakers=(Speaker(f"{one.speakers[0].name[:80]}{place}"),)
            )
            for place, one in enumerate(listed * 12)
        )
    )
    sources = sources_of(record, dataclasses.replace(VIEW, strings=say))
    for code in (
        "",
        "s",
        "a",
        "k",
        "n",
        "d/",
        "l/",
        *(f"a{one.initial}" for one in sources.shelves.speakers[:3]),
    ):
        assert Received(sources.render(read_page(code), 1)).text


@pytest.mark.parametrize("character", ["&", "<", "😀", "'"])
@pytest.mark.parametrize("length", [280, 300, 301, 2048])
def test_the_largest_list_there_can_be_is_taken(character, length):
    url = "https://a.example/"
    url += ("'" if character in "<😀'" else character) * (length - len(url))
    listed = [
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
    received = Received(
        dataclasses.replace(sources_of(Record.of(listed)), opening=None).render(number=1)
    )
    assert len(received.marked("text_link")) == (SOURCES_A_PAGE if length <= 300 else 0)


def test_each_statement_in_the_list_can_be_read_and_leads_back_to_its_page():
    record = Record.of(
        statement(f"s{number:02}", ["Words."], day=number) for number in range(1, 16)
    )
    received = Received(sources_of(record).render(number=1))
    assert received.labels == [["11", "12", "13", "14", "15"], ["‹ newer"]]
    _, opened = next(buttons_of(received))
    assert opened.action is Action.STATEMENT
    assert opened.back() == CallbackData(Action.SOURCES, number=1)
    full = Received(sources_of(record).render())
    assert [len(row) for row in full.labels] == [5, 5, 1]


def test_an_empty_record_lists_nothing():
    for code in ("", "s", "d/", "l/wharbour"):
        received = Received(sources_of(Record(())).render(read_page(code), 3))
        assert (received.text, received.labels) == ("There is nothing on record yet.", [])
