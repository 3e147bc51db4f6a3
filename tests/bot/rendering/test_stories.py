"""The report on a story: what is wrong comes first, marked; and it fits, whatever the draft."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_statements import LONG_TEXT, statement
from made_stories import PORTS, cited, difference, passage, quotation, span, story
from telegram_standin.composing import parse_text

from bot.i18n.languages import languages
from bot.i18n.strings import strings_of
from bot.rendering.callback_data import Action, unpack
from bot.rendering.stories import render_story
from bot.rendering.story_words import quotation_of, words_of_draft
from bot.rendering.view import Reply, View
from index import (
    Attribution,
    Change,
    CheckedQuotation,
    CheckedStory,
    Grade,
    Index,
    Passage,
    Quotation,
    Quote,
    Record,
    Translation,
)

VIEW = View(strings_of("en"))
DRAFT = "“The harbour will open in May unless the channel is deep enough,” she said."
WORDS = "The harbour will open in May unless the channel is deep enough,"
STANDS = "The harbour will not open in May unless the channel is deep enough"
LOST = difference(DRAFT, Change.NEGATION, DRAFT.index("open"), "not")
ALTERED = CheckedQuotation(
    quotation=quotation(DRAFT, WORDS),
    grade=Grade.ALTERED,
    passages=(passage(DRAFT, WORDS, STANDS),),
    differences=(LOST,),
)


def graded(grade: Grade, count: int = 1) -> CheckedStory:
    """Return a story with so many quotations of one *grade*."""
    draft = "\n".join([DRAFT] * count)
    found = []
    for number in range(count):
        start = number * (len(DRAFT) + 1)
        whole = Quotation(start, start + len(WORDS) + 2, ())
        places = () if grade is Grade.ABSENT else ALTERED.passages
        found.append(CheckedQuotation(quotation=whole, grade=grade, passages=places))
    return story(draft, *found)


def pages_of(checked: CheckedStory, view: View = VIEW) -> list[Reply]:
    """Return all pages of the report."""
    first = render_story(checked, view, "name")
    labels = [] if first.keyboard is None else first.keyboard.inline_keyboard[-1]
    turning = [one for one in labels if unpack(str(one.callback_data)).action is Action.STORY]
    total = int(turning[-1].text.split(" ")[2]) if turning else 1
    return [render_story(checked, view, "name", number) for number in range(total)]


def buttons_of(reply: Reply) -> list[str]:
    rows = reply.keyboard.inline_keyboard if reply.keyboard else ()
    return [one.text for row in rows for one in row]


def check_limits(reply: Reply) -> None:
    """Raise AssertionError unless Telegram takes the reply and keeps all that is marked in it."""
    shown, entities = parse_text(reply.html, "HTML", None, {})
    assert 0 < len(shown.encode("utf-16-le")) // 2 <= 4096
    assert len(entities) <= 100
    assert len(reply.html.encode()) <= 32 * 1024
    assert len(buttons_of(reply)) <= 100


def test_the_worst_stands_first_under_its_number_in_the_draft():
    draft = f"“{PORTS.paragraphs[1].text}” {DRAFT}"
    verbatim = CheckedQuotation(
        quotation=quotation(draft, PORTS.paragraphs[1].text),
        grade=Grade.VERBATIM,
        passages=(passage(draft, PORTS.paragraphs[1].text, PORTS.paragraphs[1].text),),
    )
    lost = replace(LOST, written=(draft.index("open"), draft.index("open")))
    altered = replace(ALTERED, quotation=quotation(draft, WORDS), differences=(lost,))
    reply = render_story(story(draft, verbatim, altered), VIEW, "name")
    assert reply.html == (
        "<b>2 quotations: 1 verbatim, 1 altered</b>\n\n"
        "<b>2 · altered</b>\n"
        "A “not” was left out: the record has “will not open”, the story “will open”\n"
        "<blockquote>“The harbour will <b>not</b> open in May unless the channel is deep enough,”"
        "</blockquote>\n"
        "— <b>Nadia Rahman</b>, Minister of Ports · <b>24 Feb 2025</b> · direct quote\n"
        "Remarks on ports · paragraph 1 of 3 · <code>K7Q2-M9XA</code>\n\n"
        "<b>verbatim</b>\n"
        "<blockquote expandable>1. “Dredging has cost 26.5 million dollars, and ferries sail twice "
        "a day.” · Nadia Rahman · 24 Feb 2025 · <code>K7Q2-M9XB</code></blockquote>"
    )
    assert buttons_of(reply) == ["2 · K7Q2-M9XA", "1 · K7Q2-M9XB"]


def test_what_was_searched_is_told_once_however_much_is_not_on_record():
    reply = render_story(graded(Grade.ABSENT, 3), VIEW, "name")
    assert reply.html.count("Searched 3 statements") == 1
    assert reply.html.endswith("\n\nSearched 3 statements, 1 Feb 2025 to 24 Feb 2025")


def test_what_was_searched_is_told_on_each_page_that_has_something_not_on_record():
    absent, altered = graded(Grade.ABSENT, 3), graded(Grade.ALTERED, 20)
    pages = pages_of(story(altered.draft, *altered.quotations, *absent.quotations))
    told = ["Searched 3 statements" in page.html for page in pages]
    assert told == ["· not on record" in page.html for page in pages]
    assert any(told)
    assert not told[0]


def test_a_button_opens_the_passage_from_where_back_leads_to_the_page():
    reply = render_story(graded(Grade.ALTERED, 20), VIEW, "name", 1)
    opened = unpack(str(reply.keyboard.inline_keyboard[0][0].callback_data))
    assert opened is not None
    assert (opened.action, opened.reference) == (Action.CONTEXT, "K7Q2-M9XA")
    back = opened.back()
    assert (back.action, back.number, back.question) == (Action.STORY, 1, "name")


def test_changed_words_are_struck_through_before_those_on_record():
    draft = "“Dredging has cost 62.5 million rupees, and more.”"
    words = draft[1:-1]
    checked = CheckedQuotation(
        quotation=quotation(draft, words),
        grade=Grade.ALTERED,
        differences=(
            difference(draft, Change.NUMBER, "62.5", "26.5"),
            difference(draft, Change.CURRENCY, "rupees", "dollars"),
            difference(draft, Change.WORDS, ", and more", None),
        ),
    )
    assert quotation_of(checked, draft) == (
        "“Dredging has cost <s>62.5</s> <b>26.5</b> million <s>rupees</s> <b>dollars</b>"
        "<s>, and more</s>.”"
    )


def test_words_left_out_stand_apart_from_those_beside_them():
    draft = "“The harbour will open”"
    at_end = difference(draft, Change.LIMIT, len(draft) - 1, "unless the channel is deep enough")
    checked = CheckedQuotation(
        quotation=quotation(draft, draft[1:-1]), grade=Grade.ALTERED, differences=(at_end,)
    )
    assert quotation_of(checked, draft) == (
        "“The harbour will open <b>unless the channel is deep enough</b>”"
    )
    chinese = statement("zh", ["港口五月不会开放。"])
    text = chinese.paragraphs[0].text
    written = "“港口五月会开放。”"
    lost = replace(at_end, written=(5, 5), stands=Quote(chinese.paragraphs[0], 4, 5))
    checked = CheckedQuotation(
        quotation=quotation(written, written[1:-1]), grade=Grade.ALTERED, differences=(lost,)
    )
    assert text[4] == "不"
    assert quotation_of(checked, written) == "“港口五月<b>不</b>会开放。”"


def test_of_a_long_quotation_the_words_around_what_differs_are_shown():
    draft = f"“{LONG_TEXT}”"
    changed = replace(LOST, written=span(draft, "lighthouse"))
    checked = CheckedQuotation(
        quotation=quotation(draft, LONG_TEXT), grade=Grade.ALTERED, differences=(changed,)
    )
    shown = quotation_of(checked, draft)
    assert len(shown) < 800
    assert " A <s>lighthouse</s> <b>not</b> stands " in shown
    assert shown.startswith("“The committee met again")
    assert shown.count("[…]") == 2
    assert shown.endswith("before it. ”")


def test_line_breaks_within_a_quotation_are_spaces():
    draft = "“One line\nand   another\n\nand more”"
    checked = CheckedQuotation(quotation=quotation(draft, draft[1:-1]), grade=Grade.ABSENT)
    assert quotation_of(checked, draft) == "“One line and another and more”"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("at 9.30, for 26.5 million in the U.S.", "at 9.30, for 26.5 million in the U.S."),
        ("a < b & c", "a &lt; b &amp; c"),
        ("ask @everyone now", "ask <code>@everyone</code> now"),
        ("see evil.example/x or #tag", "see <code>evil.example/x</code> or <code>#tag</code>"),
        ("and/or 1,400,000,000", "and/or 1,400,000,000"),
        ("call +92.300.1234567", "call <code>+92.300.1234567</code>"),
    ],
)
def test_what_telegram_would_make_a_link_of_is_in_code(text, shown):
    assert words_of_draft(text) == shown


def test_very_many_such_words_take_few_entities():
    shown = words_of_draft("hello @everyone " * 400)
    assert shown.count("<code>") < 10
    assert "@everyone hello @everyone" in shown


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("grade", Grade)
def test_every_grade_is_reported_within_the_limits(language, grade):
    view = View(strings_of(language), "OnRecordBot", can_share=True)
    for count in (1, 30):
        for number in range(5):
            check_limits(render_story(graded(grade, count), view, "name", number))


def test_thirty_quotations_are_a_few_pages_and_each_is_on_one():
    checked = replace(graded(Grade.ALTERED, 12), draft="")
    verbatim = graded(Grade.VERBATIM, 18)
    both = story(verbatim.draft, *checked.quotations, *verbatim.quotations)
    pages = pages_of(both)
    assert 2 <= len(pages) <= 4
    text = "\n".join(page.html for page in pages)
    for number in range(1, 31):
        assert (f"<b>{number} · altered" in text) or (f"{number}. “The harbour" in text)
    for page in pages:
        check_limits(page)


def test_a_page_beyond_the_last_is_the_first():
    checked = graded(Grade.ABSENT, 20)
    last = len(pages_of(checked))
    assert (
        render_story(checked, VIEW, "name", last).html == render_story(checked, VIEW, "name").html
    )


def test_what_may_have_been_missed_stands_first_and_what_was_left_alone_last():
    """On the first page: what is wrong is between them."""
    checked = replace(graded(Grade.ABSENT, 20), unbalanced=(0,), paraphrases=((0, 5),))
    pages = [render_story(checked, VIEW, "name", number, ["It was cut."]) for number in (0, 1)]
    assert pages[0].html.split("\n")[1:5] == [
        "It was cut.",
        "A quotation mark without its partner: line 1",
        "",
        "<b>1 · not on record</b>",
    ]
    assert pages[0].html.split("\n")[-3:] == [
        "",
        "1 paraphrase was not checked",
        "Searched 3 statements, 1 Feb 2025 to 24 Feb 2025",
    ]
    assert "cut" not in pages[1].html
    assert "paraphrase" not in pages[1].html
    assert pages[1].html.split("\n")[0] == pages[0].html.split("\n")[0]


def test_a_story_without_a_quotation_concerns_only_whoever_sent_it():
    nothing = replace(story("Nothing is quoted."), paraphrases=((0, 5),))
    reply = render_story(nothing, VIEW, "name", hint="Do this.")
    assert reply.html == (
        "<b>There is no quotation of three words or more in it.</b>\n"
        "1 paraphrase was not checked\n\nDo this."
    )
    assert reply.aside
    assert reply.keyboard is None
    assert not render_story(graded(Grade.ABSENT), VIEW, "name").aside


@pytest.mark.parametrize(
    ("known", "label"),
    [
        ({"attribution": Attribution.UNCERTAIN}, "speaker not certain"),
        (
            {"attribution": Attribution.QUOTED, "quoted_from": "Ali <Khan>"},
            "quoting Ali &lt;Khan&gt;, not the speaker's own words",
        ),
        ({"translation": Translation.UNOFFICIAL}, "direct quote, unofficial translation"),
    ],
)
def test_of_verbatim_words_it_is_told_if_they_are_not_the_speakers_own(known, label):
    verbatim = replace(
        ALTERED,
        grade=Grade.VERBATIM,
        passages=(replace(ALTERED.passages[0], citation=replace(cited(1), **known)),),
        differences=(),
    )
    reply = render_story(story(DRAFT, verbatim), VIEW, "name")
    assert f" · 24 Feb 2025 · {label} · <code>K7Q2-M9XA</code>" in reply.html


def test_where_the_words_also_stand_is_counted():
    checked = replace(ALTERED, copies=(cited(2), cited(3)))
    reply = render_story(story(DRAFT, checked), VIEW, "name")
    assert "<code>K7Q2-M9XA</code> · also in 2 other places" in reply.html


def test_the_longest_of_everything_is_within_the_limits():
    """Names and addresses of a thousand characters, all differences, passages of many texts."""
    long = statement(
        "long",
        [f"Paragraph {number} " + "&<> @ten " * 300 for number in range(40)],
        title="&" * 2000,
        publisher="<" * 2000,
        url="https://ports.example/" + "&" * 278,
    )
    index = Index(Record.of([long]))
    draft = "“" + "@all & <b> ports.example " * 300 + "”"
    hits = [hit for hit in (index.paragraph("long", one) for one in range(1, 41)) if hit]
    changes = [
        replace(LOST, written=(10 + 40 * number, 30 + 40 * number), stands=hits[number].quote)
        for number in range(30)
    ]
    one = CheckedQuotation(
        quotation=Quotation(0, len(draft), ()),
        grade=Grade.ALTERED,
        passages=tuple(Passage((0, 5), hit.quote, hit.citation) for hit in hits),
        differences=tuple(changes),
        limits=tuple(hit.quote for hit in hits),
    )
    grades = [replace(one, grade=grade) for grade in Grade]
    for language in ("en", "ur"):
        for page in pages_of_all(story(draft, *grades), View(strings_of(language))):
            check_limits(page)


def pages_of_all(checked: CheckedStory, view: View) -> list[Reply]:
    """Return as many pages as the report could have, and then some."""
    return [render_story(checked, view, "name", number) for number in range(len(Grade))]


@given(st.text(max_size=400), st.data())
def test_any_draft_and_any_differences_are_taken_by_telegram(draft, data):
    """Whatever the engine says, and wherever."""
    places = st.integers(0, len(draft))
    start, stop = sorted((data.draw(places), data.draw(places)))
    written = [tuple(sorted((data.draw(places), data.draw(places)))) for _ in range(3)]
    stands = passage(DRAFT, WORDS, STANDS).quote
    changes = tuple(
        replace(LOST, written=one, stands=data.draw(st.sampled_from([stands, None])))
        for one in written
    )
    checked = replace(ALTERED, quotation=Quotation(start, stop, ()), differences=changes)
    for grade in (Grade.ALTERED, Grade.VERBATIM):
        reply = render_story(story(draft, replace(checked, grade=grade)), VIEW, "name")
        check_limits(reply)
