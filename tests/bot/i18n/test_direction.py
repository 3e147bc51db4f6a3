"""Right to left and left to right in one line, and nothing jumps."""

from __future__ import annotations

import datetime
import html
import re
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_statements import statement
from telegram_standin.rewriting import rewrite

from bot.citations.citing import Style, cite
from bot.i18n.direction import (
    FSI,
    LEFT_TO_RIGHT,
    LRM,
    PDI,
    RIGHT_TO_LEFT,
    RLM,
    DirectedText,
    Direction,
)
from bot.i18n.direction import direction_of as direction_of_text
from bot.i18n.languages import languages
from bot.i18n.strings import Strings, strings_of
from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.pages import render_statement
from bot.rendering.replies import (
    render_already_quoted,
    render_amended,
    render_answer,
    render_context,
    render_nothing,
    render_several,
)
from bot.rendering.sources import Sources
from bot.rendering.view import View
from index import Amended, Citation, Hit, Index, Kind, Record, Speaker

ENGLISH, URDU, CHINESE = strings_of("en"), strings_of("ur"), strings_of("zh")
BOTH = (LEFT_TO_RIGHT, RIGHT_TO_LEFT)
STRONG = {"L": LRM, "R": RLM, "AL": RLM}
ISOLATES = "\u2066\u2067\u2068"
#: Letters of both directions, digits, signs, and everything that sets a direction.
LETTERS = "ab הא وز 12 .,-()" + LRM + RLM + FSI + PDI + "\u2066\u2067\u202b\u202e"
MIXED = st.text(LETTERS + "<>{}“”·/@\n")
NAMES = st.text(LETTERS, min_size=1, max_size=40)


def shown(text: str) -> str:
    """Return *text* with its marks made visible."""
    return text.translate(str.maketrans({FSI: "[", PDI: "]", LRM: "→", RLM: "←"}))


def faults(line: str, mark: str) -> Iterator[str]:
    """Yield why a *line*, as it is read, would not all run in the direction of *mark*.

    Outside isolates no letter runs the other way, and no number stands that has a sign or a dash:
    from right to left it would be turned round, as one with a full stop, colon or slash is not
    (Unicode Annex 9, rules W2 to W4). So there is nothing that could be reordered.
    """
    opened, outside = 0, ""
    for character in line:
        opened += character in ISOLATES
        if not opened:
            outside += character
        if character == PDI:
            opened -= 1
        if opened < 0:
            yield "an isolate ends that did not begin"
            opened = 0
    if opened:
        yield "an isolate does not end"
    strong = [STRONG[kind] for one in line if (kind := unicodedata.bidirectional(one)) in STRONG]
    if strong and strong[0] != mark:
        yield "its first letter runs the other way"
    if any(STRONG.get(unicodedata.bidirectional(one), mark) != mark for one in outside):
        yield f"a letter outside isolates runs the other way: {shown(outside)}"
    if mark == RLM and re.search(r"[-–+][0-9]", outside):
        yield f"a number outside isolates is turned round: {shown(outside)}"
    if re.search("[\u202a-\u202e]", outside):
        yield "an embedding reaches beyond itself"


def check(text: str, say: Strings, *, kept: bool = True) -> None:
    """Assert that each line of *text* runs as *say* does, and perhaps that Telegram keeps it."""
    mark = say.direction.mark
    for line in text.split("\n"):
        assert not (found := list(faults(line, mark))), f"{shown(line)}: {found}"
    if kept:
        assert rewrite(text)[0] == text


def lines_of(html_text: str) -> str:
    """Return what a message says outside its quotes, which are verbatim, as it is read."""
    outside = re.sub(r"<blockquote[^>]*>.*?</blockquote>", "", html_text, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", outside))


@pytest.fixture(scope="module")
def mixed() -> Index:
    """Statements in English, Urdu and Chinese, with names that are hard to set."""
    return Index(
        Record.of(
            [
                statement(
                    "harbour",
                    ["The harbour opens in March.", "Boats keep their berths.", "Ferries sail."],
                    day=24,
                    publisher="Ports Gazette",
                    url="https://ports.example.org/a",
                ),
                statement(
                    "urdu",
                    ["بندرگاہ مارچ میں کھلے گی۔", "کشتیاں گھاٹ پر رہیں گی۔"],
                    day=20,
                    title="بندرگاہ کے بارے میں گفتگو 2025",
                    speakers=(Speaker("نادیہ رحمان", "وزیرِ بندرگاہ"),),
                    publisher="روزنامہ ساحل",
                    kind=Kind.REPORT,
                    published=datetime.date(2025, 2, 22),
                    language="ur",
                ),
                statement(
                    "chinese",
                    ["深水港将于三月开放。"],
                    day=21,
                    title="2025 年讲话（二）",
                    speakers=(Speaker("李海", "港口部长"),),
                    language="zh",
                ),
                statement(
                    "hostile",
                    ["A lighthouse stands on the cape."],
                    day=3,
                    title=f"{PDI}On <b>{FSI} lights \u202e& more",
                    speakers=(Speaker(f"12-34 نادیہ{PDI}{PDI}", f"{RLM}Minister"),),
                    publisher="\u2067x",
                ),
            ]
        )
    )


def test_what_runs_the_other_way_is_isolated():
    assert LEFT_TO_RIGHT.isolated("نادیہ") == f"{FSI}نادیہ{PDI}"
    assert RIGHT_TO_LEFT.isolated("Nadia 2") == f"{FSI}Nadia 2{PDI}"
    # What is typed by the parts of a date would be read by them, in the other order.
    assert RIGHT_TO_LEFT.isolated("2025-02") == f"{FSI}2025-02{PDI}"
    assert RIGHT_TO_LEFT.isolated("-1001") == f"{FSI}-1001{PDI}"


@pytest.mark.parametrize(
    ("direction", "text"),
    [
        *((LEFT_TO_RIGHT, text) for text in ("Nadia", "", "24 Feb 2025", "李海", "“a” · -1", "é")),
        *((RIGHT_TO_LEFT, text) for text in ("نادیہ", "", "24 فروری 2025", "12", "”ا“")),
    ],
)
def test_what_runs_the_same_way_stays_byte_for_byte(direction, text):
    assert direction.isolated(text) == direction.marked(text) == direction.for_pasting(text) == text


@given(MIXED)
def test_what_is_isolated_is_isolated_once_and_reaches_no_further(text):
    for direction in BOTH:
        isolated = direction.isolated(text)
        assert direction.isolated(isolated) == isolated
        assert direction.isolated(f"{isolated} {isolated}") == f"{isolated} {isolated}"
        opened = 0
        for character in isolated:
            opened += (character in ISOLATES) - (character == PDI)
            assert opened >= 0
        assert opened == 0


@given(MIXED)
def test_of_what_is_isolated_nothing_but_marks_is_added_or_lost(text):
    bare = re.sub(f"[{ISOLATES}{PDI}]", "", text)
    for direction in BOTH:
        assert re.sub(f"[{ISOLATES}{PDI}]", "", direction.isolated(text)) == bare
        assert direction.marked(text).replace(direction.mark, "") == text.replace(
            direction.mark, ""
        )
        assert direction.marked(direction.marked(text)) == direction.marked(text)


def test_a_line_that_begins_the_other_way_opens_with_a_mark():
    assert RIGHT_TO_LEFT.marked("— Nadia · وزیر\nوزیر\n12") == f"{RLM}— Nadia · وزیر\nوزیر\n12"
    assert LEFT_TO_RIGHT.marked("— وزیر · Nadia\nNadia") == f"{LRM}— وزیر · Nadia\nNadia"
    # A tag is not read.
    assert RIGHT_TO_LEFT.marked("<b>وزیر</b>") == "<b>وزیر</b>"
    assert RIGHT_TO_LEFT.marked("<b>Nadia</b>") == f"{RLM}<b>Nadia</b>"


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("یا /help دیکھیے۔", "یا [/help] دیکھیے۔"),
        ("/ref اور کوڈ", "←[/ref] اور کوڈ"),
        ("سے /misses off بند", "سے [/misses off] بند"),
        ("<b>آج</b> (UTC): {number}", "<b>آج</b> ([UTC]): {number}"),
        ("کے لیے <code>from:</code>، یا", "کے لیے [<code>from:</code>]، یا"),
        ("<code>-لفظ</code> نکالیں", "[<code>-لفظ</code>] نکالیں"),
        ("مثلاً: /ref {example}", "مثلاً: [/ref {example}]"),
        ("اور @{username} کو", "اور [@{username}] کو"),
        ("on:2025-02-06   year:2025", "←[on:2025-02-06   year:2025]"),
        ("{day} {month} {year}", "{day} {month} {year}"),
    ],
)
def test_what_people_type_is_isolated_in_the_text_itself(written, set_):
    """Translators write no marks."""
    assert shown(DirectedText(written, RIGHT_TO_LEFT)) == set_
    assert DirectedText(written, LEFT_TO_RIGHT) == written


def test_what_is_filled_in_is_isolated_but_for_an_address():
    """An address with a mark in it would not be one, neither to Telegram nor to who copies it."""
    phrase = DirectedText("لکھیے @{username} یا {name}", RIGHT_TO_LEFT)
    filled = phrase.format(username="OnRecordBot", name="Nadia")
    assert shown(filled) == "لکھیے [@OnRecordBot] یا [Nadia]"
    assert DirectedText("{a} and {b}").format(a=1, b="{c}") == "1 and {c}"


def test_a_language_runs_as_its_name_does():
    assert (ENGLISH.direction, CHINESE.direction) == (LEFT_TO_RIGHT, LEFT_TO_RIGHT)
    assert URDU.direction is RIGHT_TO_LEFT
    assert direction_of_text("12 עברית") is RIGHT_TO_LEFT
    assert direction_of_text("12") is LEFT_TO_RIGHT


def cited(index: Index, statement_id: str, number: int = 1) -> Citation:
    hit = index.paragraph(statement_id, number)
    assert hit is not None
    return hit.citation


def test_the_lines_of_a_citation_worked_out_by_hand(mixed):
    english, urdu = cited(mixed, "harbour"), cited(mixed, "urdu")
    assert shown(URDU.who(english)) == "←[Nadia Rahman]، [Minister of Ports] · براہِ راست اقتباس"
    assert [shown(part) for part in URDU.where(english)] == [
        *("←[Remarks on harbour]، 24 فروری 2025", "[Ports Gazette]", "پیراگراف 1 از 3")
    ]
    assert shown(URDU.who(urdu)) == "نادیہ رحمان، وزیرِ بندرگاہ · ناشر کے الفاظ، اقتباس نہیں"
    assert shown(ENGLISH.who(urdu)) == (
        "→[نادیہ رحمان], [وزیرِ بندرگاہ] · the publisher's words, not a quote"
    )
    assert [shown(part) for part in ENGLISH.where(urdu)] == [
        "→[بندرگاہ کے بارے میں گفتگو 2025], 20 Feb 2025",
        *("published 22 Feb 2025", "[روزنامہ ساحل]", "paragraph 1 of 2"),
    ]
    assert ENGLISH.who(english) == "Nadia Rahman, Minister of Ports · direct quote"


def test_a_citation_to_paste_has_marks_that_every_program_knows(mixed):
    """And no isolates; its address is untouched, and the digits of its reference keep their place.

    Without marks, the number of the day would change places with the title.
    """
    english, urdu = cited(mixed, "harbour"), cited(mixed, "urdu")
    reference = english.reference
    lead = LRM if reference[0].isdigit() else ""
    assert cite(english, Style.PLAIN, URDU) == (
        f"{RLM}Nadia Rahman{RLM}، Minister of Ports{RLM} · براہِ راست اقتباس · "
        f"{RLM}Remarks on harbour{RLM}، 24 فروری 2025 · Ports Gazette{RLM} · پیراگراف 1 از 3 · "
        f"https://ports.example.org/a · کوڈ {lead}{reference}"
    )
    assert cite(urdu, Style.PLAIN, ENGLISH).startswith(
        f"{LRM}نادیہ رحمان{LRM}, وزیرِ بندرگاہ{LRM} · the publisher's words, not a quote · "
    )
    assert not re.search(f"[{LRM}{RLM}{FSI}{PDI}]", cite(english, Style.PLAIN, ENGLISH))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("statement_id", ["harbour", "urdu", "chinese", "hostile"])
def test_every_line_of_every_reply_runs_as_its_language(mixed, language, statement_id):
    """Whatever the statement is written in; and Telegram takes no mark away."""
    say = strings_of(language)
    view = View(say, "OnRecordBot", can_share=True)
    hits = statement_hits(mixed, statement_id)
    words = {"harbour": "harbour", "urdu": "بندرگاہ", "chinese": "深水港", "hostile": "lighthouse"}
    answer = mixed.ask(words[statement_id], 3)
    assert answer.answered
    nothing = mixed.ask("penguins پینگوئن", 3)
    assert not nothing.answered
    neighbour = hits[1] if len(hits) > 1 else None
    reference = hits[0].citation.reference
    whole = CallbackData(Action.STATEMENT, reference=reference, page=1)
    for reply in (
        render_answer(answer, view),
        render_several(answer, view),
        render_nothing(nothing, view),
        render_amended(Amended(reference, tuple(hits[:1])), view),
        render_context(hits[0], neighbour, neighbour, view),
        render_already_quoted(answer, view, "https://t.me/ports/12"),
        Sources(mixed.shelves, view, datetime.date(2026, 3, 2)).render(),
        render_statement(hits, view, whole),
    ):
        read = lines_of(reply.html).strip()
        check(read, say, kept=False)
        # Of the marks Telegram drops only the embeddings that a hostile title came with.
        assert rewrite(read)[0] == re.sub("[\u202a-\u202e]", "", read)


def statement_hits(index: Index, statement_id: str) -> list[Hit]:
    found = [index.paragraph(statement_id, number) for number in range(1, 4)]
    return [hit for hit in found if hit is not None]


@given(NAMES, NAMES, NAMES, NAMES)
def test_whatever_the_names_a_citation_stays_in_its_lines(title, name, role, publisher):
    """A name from outside may hold any mark; what follows it stays where it was."""
    if not (title.strip() and name.strip()):
        return
    made = statement(
        "a", ["One."], title=title, speakers=(Speaker(name, role),), publisher=publisher
    )
    citation = Citation.of(made, made.paragraphs[0], "7772-9XAB")
    for say in (ENGLISH, URDU, CHINESE):
        for line in (say.who(citation), " · ".join(say.where(citation)), say.short_title(title)):
            check(line, say, kept=False)
        assert not re.search(f"[{ISOLATES}{PDI}]", cite(citation, Style.PLAIN, say))


@pytest.mark.parametrize("language", languages())
def test_what_is_said_without_filling_in_runs_in_its_direction(language):
    say = strings_of(language)
    for text in (say.settings_mentions, say.unknown_command, say.misses_off, say.terminal_help):
        check(text, say)
    filled = say.help.format(username="OnRecordBot")
    check(html.unescape(re.sub(r"<[^>]+>", "", filled)), say)
    check(say.not_for_this_chat.format(number=-1001234), say)
    check(say.settings_addressed.format(how=say.settings_mentions), say)
    for other in languages():
        check(say.settings_language.format(language=strings_of(other).language_name), say)


@pytest.mark.parametrize(
    ("line", "mark", "fault"),
    [
        ("Nadia وزیر", RLM, "its first letter runs the other way"),
        ("وزیر Nadia", RLM, "a letter outside isolates"),
        ("کوڈ 7772-9", RLM, "a number outside isolates"),
        (f"وزیر {FSI}Nadia", RLM, "an isolate does not end"),
        (f"وزیر{PDI}", RLM, "an isolate ends that did not begin"),
        ("a \u202eb", LRM, "an embedding reaches beyond itself"),
        ("a وزیر", LRM, "a letter outside isolates"),
    ],
)
def test_a_line_that_would_be_scrambled_is_found(line, mark, fault):
    assert any(fault in found for found in faults(line, mark))


def test_a_direction_is_seen_in_its_name():
    assert isinstance(URDU.direction, Direction)
    assert "Pattern" not in repr(URDU.direction)
