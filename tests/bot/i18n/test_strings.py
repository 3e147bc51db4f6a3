"""The strings are complete, filled in, short enough, and accepted by Telegram."""

from __future__ import annotations

import dataclasses
import datetime
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_statements import statement
from telegram_standin.composing import parse_text

from bot.i18n.languages import languages
from bot.i18n.strings import Strings, string_names, strings_of
from index import (
    Answer,
    Attribution,
    Citation,
    Coverage,
    Interpretation,
    Kind,
    SmallTalk,
    Speaker,
    Statement,
    Translation,
)

SAY = strings_of()

#: What the program fills into each entry. One that is not here has no placeholders.
FILLED: dict[str, dict[str, Any]] = {
    "date": {"day": 24, "month": "Feb", "year": 2025},
    "period": {"first": "2 Feb 2025", "last": "24 Feb 2025"},
    "month_and_year": {"month": "February", "year": 2025},
    "year": {"year": 2025},
    "since": {"date": "2024"},
    "until": {"date": "24 Feb 2025"},
    "of_period": {"period": "February 2025"},
    "nothing_by": {"speakers": "Nadia Rahman"},
    "nothing_by_in": {"speakers": "Nadia Rahman", "period": "of February 2025"},
    "nothing_in": {"period": "since 2024"},
    "nothing_after": {"period": "of 27 Nov 2026", "date": "2 Aug 2022"},
    "nothing_before": {"period": "of 1950", "date": "3 Mar 1999"},
    "copies_page": {"page": 1, "pages": 3},
    "terminal_copies_hint": {"copies": "also in 7 other places"},
    "speaker_with_role": {"name": "Nadia Rahman", "role": "Minister of Ports"},
    "published": {"date": "24 Feb 2025"},
    "written": {"date": "22 Nov 2026"},
    "reference_unknown": {"reference": "K7Q2-M9XA"},
    "example": {"name": "Coastal Railway"},
    "title_with_date": {"title": "Remarks on ports", "date": "24 Feb 2025"},
    "attribution_quoted_from": {"name": "Ann Lee"},
    "attribution_of_key_sentence": {"attribution": "direct quote"},
    "attribution_translated": {
        "attribution": "direct quote",
        "translation": "official translation",
    },
    "paragraph": {"number": 12, "total": 16},
    "nothing_matches": {"filters": "from:nobody"},
    "nothing_short": {"statements": "3 statements", "period": "2025"},
    "nothing_short_undated": {"statements": "3 statements"},
    "amended_on": {"date": "4 Mar 2025"},
    "section": {"heading": "Trade and transport"},
    "withdrawn": {"why": "retracted by the embassy"},
    "terminal_current": {"id": "2025-02-24-remarks"},
    "reference_amended": {"reference": "K7Q2-M9XA", "title": "Remarks on ports"},
    "searched": {"statements": "3 statements", "paragraphs": "9 paragraphs", "period": "2025"},
    "searched_undated": {"statements": "3 statements", "paragraphs": "9 paragraphs", "period": ""},
    "read_corrected": {"words": "gwadar", "typed": "“Gwader”"},
    "read_absent": {"phrases": "“deep water”"},
    "read_absent_nearest": {"phrases": "“deep water”"},
    "read_across": {"phrases": "“deep water”"},
    "read_judged": {"sentence": "“The port opens in May.”"},
    "read_up_to": {"words": "“and the bridge”"},
    "read_plain": {"words": "kind:poem"},
    "read_quoted": {"words": "deep water"},
    "read_more": {"number": 3},
    "button_next": {"number": 1, "total": 5},
    "button_several": {"first": 4, "last": 5, "total": 5},
    "start": {"example": "What about ferries?"},
    "help": {"username": "OnRecordBot"},
    "help_ask": {"command": "ask", "example": "What about ferries?"},
    "sources_heading": {"statements": "3 statements"},
    "sources_page": {"page": 1, "pages": 3},
    "sources_total": {"statements": "1600 statements"},
    "sources_how": {"example": "2025-02"},
    "sources_jump": {"page": 12},
    "whoami": {"number": 123456789},
    "paragraph_before": {"number": 2},
    "paragraph_after": {"number": 4},
    "statement_page": {"page": 1, "pages": 3},
    "statement_part": {"part": 1, "parts": 3},
    "quoted_already": {"where": "Remarks on ports, 24 Feb 2025 · ref <code>K7Q2-M9XA</code>"},
    "ref_how": {"example": "K7Q2-M9XA"},
    "limited_by": {"words": "However, it is late."},
    "trim_reference": {"example": "K7Q2-M9XA"},
    "trim_no_sentence": {"numbers": "0, 7-9", "last": 5, "run": "1-5"},
    "trim_must_stay": {"numbers": "2, 4", "words": "However, it is late."},
    "trim_limited_after": {"words": "However, it is late."},
    "terminal_trim_how": {"reference": "K7Q2-M9XA"},
    "not_for_you": {"number": 4711},
    "not_for_this_chat": {"number": -1004711},
    "settings_language": {"language": "English"},
    "settings_addressed": {"how": "only commands such as /ask"},
    "settings_passages": {"number": 3},
    "settings_chosen": {"choice": "English"},
    "status": {
        **{"statements": "3 statements", "paragraphs": "9 paragraphs", "period": "2025"},
        **{"mistakes": 0, "index_age": "3 h", "uptime": "2 d", "answers": 7, "refusals": 1},
        **{"inline": 4, "errors": 0, "waiting": 0, "memory": "saved on disk"},
        **{"ranking": "in C"},
    },
    "status_clock_ahead": {"span": "10 minutes"},
    "status_clock_behind": {"span": "10 minutes"},
    "status_fetched": {"age": "3 h"},
    "status_to_review": {"number": 2},
    "status_failing": {"number": 1},
    "reloaded": {"seconds": 0.4, "statements": "3 statements", "paragraphs": "9 paragraphs"},
    "reloaded_mistakes": {"files": "ports.md, rails.md"},
    "add_not_fetched": {"reason": "NetworkError"},
    "add_full": {"number": 20},
    "add_cut": {"number": 20},
    "draft_place": {"number": 2, "total": 10},
    "draft_field": {"field": "Title", "value": "Remarks on ports"},
    "draft_found": {"field": "Title", "value": "Remarks on ports", "where": "first line"},
    "draft_missing": {"fields": "Speaker"},
    "draft_amends": {"id": "2025-02-24-remarks", "why": "nearly the same words"},
    "draft_look": {"text": "it looks like a scan"},
    "draft_note": {"text": "1 insertion tracked"},
    "draft_left_out": {"counts": "3 navigation, 1 footer"},
    "draft_ask": {"field": "Title"},
    "draft_id_taken": {"id": "2025-02-24-remarks"},
    "draft_filed": {"id": "2025-02-24-remarks"},
    "settings_readers": {"how": "everybody"},
    "settings_rich": {"how": "in pages"},
    "draft_amended": {"id": "2025-02-24-remarks"},
    "draft_not_filed": {"name": "remarks.docx"},
    "draft_on_record": {"words": "The port opens in May."},
    "reload_failed": {"reason": "data/statements is missing."},
    "mistakes_more": {"number": 3},
    "folder_missing": {"reason": "No such file or directory"},
    "check_cut": {"number": 20000, "total": 20417},
    "check_unreadable": {"reason": "it is a scan"},
    "story_summary": {"quotations": "3 quotations", "grades": "2 verbatim, 1 altered"},
    "story_changed": {"name": "Number", "stands": "26.5", "written": "62.5"},
    "story_left_out": {"name": "Limiting words", "words": "“unless it floods”"},
    "story_hidden": {"name": "Limiting words", "words": "“unless it floods”"},
    "story_put_in": {"name": "Words", "words": "“at once”"},
    "story_negation_left_out": {"words": "“not”", "stands": "“will not”", "written": "“will”"},
    "story_negation_hidden": {"words": "“not”", "stands": "“will not open”"},
    "story_negation_put_in": {"words": "“not”", "stands": "“will”", "written": "“will not”"},
    "story_said_speaker": {"stands": "Nadia Rahman"},
    "story_said_date": {"stands": "24 Feb 2025"},
    "story_published": {"stands": "24 Feb 2025"},
    "story_said_statement": {"stands": "Remarks on ports"},
    "story_has": {"said": "Said by Nadia Rahman", "words": "“the mayor said”"},
    "story_place": {"number": 3, "reference": "K7Q2-M9XA"},
    "story_spliced": {"places": "paragraph 3 (K7Q2-M9XA), paragraph 9 (M9XA-K7Q2)"},
    "story_spliced_statements": {"places": "paragraph 3 (K7Q2-M9XA)"},
    "story_spliced_within": {"place": "paragraph 3 (K7Q2-M9XA)"},
    "story_goes_on": {"words": "“unless it floods”"},
    "story_begins": {"words": "“Unless it floods,”"},
    "story_absent": {"statements": "3 statements", "period": "2025"},
    "story_absent_undated": {"statements": "3 statements"},
    "story_nearest": {
        **{"words": "“The port opens”", "speaker": "Nadia Rahman", "date": "24 Feb 2025"},
        "place": "paragraph 3 (K7Q2-M9XA)",
    },
    "story_amended": {"date": "4 Mar 2025"},
    "story_unbalanced": {"lines": "line 12"},
    "story_line": {"number": 12},
    "story_paragraph": {"number": 12},
    "story_read": {"number": 20000, "total": 20417},
    "profile_example": {"example": "What about ferries?"},
    "terminal_welcome": {"statements": "3 statements", "period": "2025"},
    "terminal_welcome_undated": {"statements": "3 statements", "period": ""},
    "terminal_try": {"suggestions": "Coastal Railway"},
    "terminal_more": {"number": 1, "total": 5},
    "terminal_unknown_command": {"command": "/weather"},
    "terminal_unknown_style": {"style": "mla", "styles": "plain, ap"},
}
#: What is sent as HTML as it stands, or around other HTML.
IN_HTML = (
    *("start", "start_empty", "help", "sources_heading", "sources_page", "quoted_already"),
    *("copies_heading", "sources_total", "sources_how", "whoami"),
    *("settings_heading", "status", "misses_heading", "misses_on_now", "misses_off_now"),
    "misses_cleared",
    *("mistakes_found", "folder_missing", "folder_emptied"),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300)


def texts_of(language: str) -> dict[str, str]:
    """Return the entries of a language that are single texts."""
    say = strings_of(language)
    entries = {name: getattr(say, name) for name in sorted(string_names())}
    return {name: entry for name, entry in entries.items() if isinstance(entry, str)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def cited(made: Statement | None = None, number: int = 1, reference: str = "K7Q2-M9XA") -> Citation:
    made = made or statement("a", ["One.", "Two."], day=24)
    return Citation.of(made, made.paragraphs[number - 1], reference)


@pytest.mark.parametrize("language", languages())
def test_every_placeholder_is_one_that_the_program_fills(language):
    for name, text in texts_of(language).items():
        assert placeholders(text) <= set(FILLED.get(name, {})), name
        if name in FILLED:
            assert "{" not in text.format(**FILLED[name]), name


def test_no_entry_is_expected_to_be_filled_that_is_not_there():
    assert set(FILLED) <= string_names()


def test_what_is_filled_in_is_said():
    """Nothing that a person should know is left out, but for what is not there."""
    left_out = {
        name: set(known) - placeholders(texts_of("en")[name])
        for name, known in FILLED.items()
        if set(known) - placeholders(texts_of("en")[name])
    }
    assert left_out == {
        "searched_undated": {"period"},
        "terminal_welcome_undated": {"period"},
    }


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", IN_HTML)
def test_what_is_sent_as_html_is_taken(language, name):
    text = texts_of(language)[name].format(**FILLED.get(name, {}))
    shown, _ = parse_text(text, "HTML", None, {})
    assert 0 < len(shown) <= 4096
    assert "<" not in shown


@pytest.mark.parametrize("language", languages())
def test_what_is_sent_as_plain_words_has_no_markup(language):
    """It is escaped, so markup would be seen."""
    for name, text in texts_of(language).items():
        if name not in IN_HTML:
            assert not any(mark in text for mark in ("<b>", "<i>", "<code>", "&amp;")), name


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (datetime.date(2025, 2, 24), "24 Feb 2025"),
        (datetime.date(1999, 12, 1), "1 Dec 1999"),
        (datetime.date(2024, 2, 29), "29 Feb 2024"),
        (None, "undated"),
    ],
)
def test_a_date_is_written_as_people_write_it(day, written):
    assert SAY.day(day) == written


def test_every_month_has_its_own_name():
    written = {SAY.day(datetime.date(2025, month, 9)) for month in range(1, 13)}
    assert len(written) == 12


@pytest.mark.parametrize(("number", "written"), [(0, "0 statements"), (1, "1 statement")])
def test_one_is_not_many(number, written):
    assert SAY.statements(number) == written
    assert SAY.paragraphs(number) == written.replace("statement", "paragraph")


FIRST, LAST = datetime.date(2025, 2, 2), datetime.date(2025, 2, 24)


@pytest.mark.parametrize(
    ("searched", "said"),
    [
        (
            Coverage(statements=3, paragraphs=9, first=FIRST, last=LAST),
            "Searched 3 statements (9 paragraphs), 2 Feb 2025 to 24 Feb 2025.",
        ),
        (
            Coverage(statements=1, paragraphs=1, first=LAST, last=LAST),
            "Searched 1 statement (1 paragraph), 24 Feb 2025.",
        ),
        (
            Coverage(statements=2, paragraphs=5, first=None, last=None),
            "Searched 2 statements (5 paragraphs), all undated.",
        ),
        (
            Coverage(statements=0, paragraphs=0, first=None, last=None),
            "There is nothing on record yet.",
        ),
    ],
)
def test_what_was_searched_is_said_with_its_period(searched, said):
    assert SAY.what_was_searched(searched) == said


@pytest.mark.parametrize("words", Attribution)
def test_every_attribution_has_a_label_of_their_own(words):
    citation = dataclasses.replace(cited(), attribution=words)
    assert SAY.attribution_label(citation) == getattr(SAY, f"attribution_{words.name.lower()}")
    others = [
        getattr(SAY, f"attribution_{one.name.lower()}") for one in Attribution if one is not words
    ]
    assert SAY.attribution_label(citation) not in others


def test_a_direct_quote_in_a_report_is_said_to_be_the_reports():
    citation = dataclasses.replace(cited(), attribution=Attribution.DIRECT, kind=Kind.REPORT)
    assert SAY.attribution_label(citation) == "direct quote, as the publisher gives it"


def read(answered: bool = True, **known: Any) -> str:
    """Return what is said of how a question was read."""
    reading = Interpretation(**known)
    return SAY.how_read(
        Answer(
            question="?",
            answered=answered,
            hits=(),
            searched=Coverage(statements=1, paragraphs=1, first=None, last=None),
            on_record=Coverage(statements=1, paragraphs=1, first=None, last=None),
            interpretation=reading,
        )
    )


def test_a_phrase_that_goes_on_in_the_next_paragraph_is_told():
    assert read(across=("deep water", "a quay")) == (
        "Found across the end of a paragraph: “deep water”, “a quay”."
    )


def test_the_sentence_that_was_judged_is_told():
    assert read(judged="The port opens in May") == (
        "Searched for this sentence: “The port opens in May”."
    )


def test_how_far_a_question_was_read_that_is_too_long_is_told():
    assert read(read_up_to="and the bridge") == (
        "Too long: only the beginning was read, up to “and the bridge”."
    )


def test_of_a_question_that_was_read_as_typed_nothing_is_said():
    assert read() == read(answered=False) == ""


def test_how_a_question_was_read_is_said_on_one_line():
    """As one who has no time would like it: what was looked for, and what was not understood."""
    assert read(corrected=(("Gwader", "gwadar"),)) == "Showing results for gwadar (not “Gwader”)."
    both = (("Gwader", "gwadar"), ("terorism", "terrorism"))
    assert read(corrected=both) == (
        "Showing results for gwadar, terrorism (not “Gwader”, “terorism”)."
    )
    assert read(unparsed=("kind:poem", "on:never")) == (
        "Taken as plain words: kind:poem, on:never. Write a date as 2025-02-06 or 2025-02. "
        "Write a kind as kind:remarks or kind:press-release."
    )
    assert read(unparsed=("from:",)) == "Taken as plain words: from:."
    assert read(absent=("deep water",)) == (
        "Not found word for word: “deep water”. This is the nearest."
    )
    assert read(absent=("a", "b"), unparsed=("kind:\npoem",), corrected=(("c", "d"),)) == (
        "Showing results for d (not “c”). Not found word for word: “a”, “b”. This is the nearest. "
        "Taken as plain words: kind: poem. "
        "Write a kind as kind:remarks or kind:press-release."
    )


def test_a_refusal_does_not_say_that_it_is_the_nearest():
    assert read(answered=False, absent=("deep water",)) == "Not found word for word: “deep water”."


@given(st.lists(TEXTS, max_size=20), st.lists(TEXTS, max_size=20), st.booleans())
def test_however_much_was_not_understood_the_note_is_short_and_one_line(one, other, answered):
    note = read(
        answered,
        corrected=tuple(zip(one, other, strict=False)),
        unparsed=tuple(one),
        absent=tuple(text * 20 for text in other),
    )
    assert len(note) < 700
    assert "\n" not in note
    assert "20 more" not in note


def test_what_is_left_out_of_the_note_is_counted():
    note = read(unparsed=tuple(f"kind:{number}" for number in range(9)))
    assert note.startswith("Taken as plain words: kind:0, kind:1, kind:2, 6 more. Write a kind")


def test_small_talk_gets_a_reply_that_says_if_the_record_is_empty():
    full, empty = (
        Coverage(statements=1, paragraphs=1, first=None, last=None),
        Coverage(statements=0, paragraphs=0, first=None, last=None),
    )
    assert SAY.small_talk_reply(SmallTalk.GREETING, full) == SAY.greeting
    assert (
        SAY.small_talk_reply(SmallTalk.GREETING, empty) == f"{SAY.greeting} {SAY.nothing_on_record}"
    )
    assert SAY.small_talk_reply(SmallTalk.THANKS, full) == SAY.small_talk_reply(
        SmallTalk.THANKS, empty
    )


def test_the_second_line_tells_what_when_publisher_and_place():
    made = statement("a", ["One.", "Two."], day=24, publisher="Ports Gazette")
    assert SAY.where(cited(made, 2)) == [
        "Remarks on a, 24 Feb 2025",
        "Ports Gazette",
        "paragraph 2 of 2",
    ]


def test_a_publisher_who_is_the_speaker_is_named_once():
    made = statement("a", ["One."], speakers=(Speaker("Port Office"),), publisher="Port Office")
    assert "Port Office" not in SAY.where(cited(made))
    assert SAY.who(cited(made)) == "Port Office · direct quote"


@pytest.mark.parametrize(("day", "said"), [(24, False), (25, True)])
def test_the_day_of_publication_is_said_where_it_differs(day, said):
    made = statement("a", ["One."], day=24, published=datetime.date(2025, 2, day))
    assert ("published 25 Feb 2025" in SAY.where(cited(made))) is said


def test_a_long_title_name_or_publisher_is_shortened_openly():
    long = "Under-Secretary " * 60
    made = statement(
        "a", ["One."], title=long, speakers=(Speaker(long, long),), publisher=long + "!"
    )
    for part in (*SAY.who(cited(made)).split(", "), *SAY.where(cited(made))[:2]):
        assert "…" in part
        assert len(part) < 200


def test_the_strings_are_read_once():
    assert strings_of("en") is strings_of() is SAY
    assert isinstance(SAY, Strings)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", Kind)
def test_each_kind_of_statement_has_a_name_of_its_own(language, kind):
    say = strings_of(language)
    others = [say.kind(one) for one in Kind if one is not kind]
    assert say.kind(kind) not in others
    if language == "en":
        assert say.kind(kind) == kind.value


def test_dates_are_written_as_each_language_has_them():
    day = datetime.date(2025, 2, 24)
    assert strings_of("zh").day(day) == "2025年2月24日"
    assert strings_of("ur").day(day) == "24 فروری 2025"


def test_between_sentences_stands_a_space_unless_it_is_in_the_full_stop():
    assert SAY.sentences("One.", "", "Two.") == "One. Two."
    assert strings_of("zh").sentences("一。", "二。") == "一。二。"
    assert strings_of("ur").sentences("ایک۔", "دو۔") == "ایک۔ دو۔"
    assert SAY.sentences() == SAY.sentences("") == ""


def test_a_reply_in_chinese_has_the_commas_of_chinese():
    say = strings_of("zh")
    citation = dataclasses.replace(cited(), translation=Translation.OFFICIAL)
    assert say.who(citation) == "Nadia Rahman，Minister of Ports · 直接引语，官方译文"
    assert say.where(citation) == ["Remarks on a，2025年2月24日", "第 1 段，共 2 段"]
    reading = Interpretation(unparsed=("kind:poem", "on:never"))
    answer = Answer(
        question="?",
        answered=True,
        hits=(),
        searched=Coverage(statements=1, paragraphs=1, first=None, last=None),
        on_record=Coverage(statements=1, paragraphs=1, first=None, last=None),
        interpretation=reading,
    )
    assert say.how_read(answer).startswith("按普通词语处理：kind:poem、on:never。日期请写成")


@pytest.mark.parametrize(("language", "begins"), [("en", "2"), ("zh", "2"), ("ur", "\u200f")])
def test_a_line_that_begins_with_a_number_runs_as_its_language(language, begins):
    """By itself it has no direction, and what is isolated in it gives it none."""
    assert strings_of(language).directed("2 · \u2068K7Q2-M9XA\u2069").startswith(begins)
