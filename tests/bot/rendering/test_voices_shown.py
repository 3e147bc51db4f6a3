"""Replies tell whose words the key sentence is, and not only the paragraph."""

from __future__ import annotations

import dataclasses
import io

import pytest
from made_statements import statement

from bot.citations.citing import LEAST_ROOM, Style, cite
from bot.i18n.strings import strings_of
from bot.rendering.html import passage
from bot.terminal.json_output import answer_object
from bot.terminal.screen import Screen
from index import Hit, Index, Kind, Record, cited

SAY = strings_of()
REPORT = (
    "The minister said that ships wait outside the harbour. “We shall dredge the northern quay by "
    "summer.” Governor Ann Lee welcomed the lighthouse."
)


def found(question: str, text: str = REPORT, kind: Kind = Kind.REPORT) -> Hit:
    made = statement("harbour", [text], kind=kind, publisher="Harbour Gazette")
    return Index(Record.of([made])).ask(question).hits[0]


def last_lines(hit: Hit) -> str:
    return passage(hit, SAY).partition("</blockquote>")[2]


def test_a_quotation_in_a_report_is_a_direct_quote_and_the_rest_that_is_shown_is_not():
    assert (
        "<b>Nadia Rahman</b>, Minister of Ports · <b>1 Feb 2025</b> · "
        "in bold: direct quote, as the publisher gives it"
    ) in last_lines(found("dredge the northern quay"))


def test_somebody_else_whom_a_sentence_reports_is_named():
    assert (
        "<b>Governor Ann Lee</b> · <b>1 Feb 2025</b> · in bold: the publisher's words, not a quote"
    ) in last_lines(found("lighthouse"))


def test_what_is_shown_alone_needs_no_such_words():
    assert "in bold" not in last_lines(found("ships", "The minister said that ships wait outside."))
    long = f"{REPORT} {'A committee wrote minutes of it all. ' * 20}"
    assert "· direct quote, as" in last_lines(found("dredge the northern quay", long))


def test_whom_a_speech_quotes_is_told_in_every_style():
    text = "As Governor Ann Lee said: “The sea gives. It takes the lighthouse.” We agree."
    hit = found("takes the lighthouse", text, Kind.REMARKS)
    hit = dataclasses.replace(hit, sentence=(text.index("It takes"), text.index(" We agree")))
    assert "<b>Nadia Rahman</b>" in last_lines(hit)
    assert "quoting Governor Ann Lee, not the speaker's own words" in last_lines(hit)
    for style in Style:
        citation = cite(cited(hit), style, SAY)
        assert "quoting Governor Ann Lee" in citation, style
        assert len(cite(cited(hit), style, SAY, LEAST_ROOM)) <= LEAST_ROOM


def test_in_a_pipe_where_no_bold_is_seen_the_whole_paragraph_is_cited():
    shown = io.StringIO()
    Screen(SAY, shown).passage(found("dredge the northern quay"))
    assert "only text in quotation marks is a quote" in shown.getvalue()


@pytest.mark.parametrize("number", [0, 1, 2])
def test_json_has_every_voice_by_its_offsets(number: int):
    made = statement("harbour", [REPORT], kind=Kind.REPORT, publisher="Harbour Gazette")
    answer = Index(Record.of([made])).ask("dredge the northern quay")
    hit = answer_object(answer, 1.0)["hits"][0]  # type: ignore[index]
    start, stop, words, speaker = hit["voices"][number]
    expected = [
        ("The minister said", "reported", "Nadia Rahman"),
        ("“We shall", "direct", "Nadia Rahman"),
        ("Governor Ann Lee", "reported", "Governor Ann Lee"),
    ][number]
    assert (REPORT[start:stop].startswith(expected[0]), words, speaker) == (True, *expected[1:])
    assert hit["words"] == "mixed"
