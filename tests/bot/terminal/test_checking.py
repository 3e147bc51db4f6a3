"""`onrecord check-quotes`: what is wrong with each quotation of a story, the worst first."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
import regex
from made_packages import package
from made_stories import SEARCHED, difference, passage, quotation, quote, story
from pages import command_line
from pages.markdown import read

from bot.i18n.strings import strings_of
from bot.terminal.command_line import run
from bot.terminal.story_json import story_object
from bot.terminal.story_places import Places
from bot.terminal.story_report import show_story
from index import (
    Change,
    CheckedQuotation,
    CheckedStory,
    Disagreement,
    Grade,
    Mismatch,
    Quotation,
)

SAY = strings_of()
SPEECH = """\
---
title: Remarks at the harbour
date: 2025-03-03
kind: remarks
speakers: [{name: Nadia Rahman, role: Minister of Ports}]
---

The harbour opens in May, and the old quay stays with the fishing boats.

Ferries will not sail at night before the new lights are tested.
"""
TRUE = "She said: “The harbour opens in May, and the old quay stays with the fishing boats.”\n"
ALTERED = "\nOf ferries: “Ferries will sail at night before the new lights are tested.”\n"
INVENTED = "\nShe added: “A tunnel to the island is to be dug by next winter.”\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data" / "statements").mkdir(parents=True)
    (tmp_path / "data" / "statements" / "harbour.md").write_text(SPEECH, "utf-8")
    return tmp_path / "data"


@pytest.fixture
def check(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return what checks a story, and gives the exit code, what is printed, and the errors."""

    def checked(text: str | bytes, *options: str, name: str = "story.txt") -> tuple[int, str, str]:
        content = text if isinstance(text, bytes) else text.encode()
        (tmp_path / name).write_bytes(content)
        code = run(["check-quotes", str(tmp_path / name), "--data", str(data), *options])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return checked


def test_a_story_whose_quotations_are_verbatim_is_a_line_for_each_and_code_0(check):
    code, out, err = check(TRUE)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "1 quotation: 1 verbatim"
    assert lines[2] == "1 verbatim:"
    assert lines[3].startswith("1. “The harbour opens in May, and the old quay stays… · line 1 · ")
    assert lines[-1] == "Searched 1 statement (2 paragraphs), 3 Mar 2025."


def test_what_differs_comes_first_with_both_texts_to_copy_and_code_1(check):
    code, out, _ = check(TRUE + INVENTED + ALTERED)
    assert code == 1
    assert out.startswith("3 quotations: 1 verbatim, 1 altered, 1 not on record\n")
    blocks = out.split("\n\n")
    assert blocks[1].startswith("3. Altered · line 5\n")
    assert "\n - Ferries will not sail at night before the new lights are tested" in blocks[1]
    assert "\n + “Ferries will sail at night before the new lights are tested.”\n" in blocks[1]
    assert "“not”" in blocks[1].splitlines()[1]
    assert "Nadia Rahman, Minister of Ports · 3 Mar 2025 · direct quote" in blocks[1]
    assert blocks[2].startswith("2. Not on record · line 3\n")
    assert "A tunnel to the island" in blocks[2]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TRUE, "story.md"),
        (TRUE.encode("utf-16"), "story.txt"),
        (f"<!doctype html><title>x</title><article><p>{TRUE * 3}</p></article>", "story.html"),
    ],
)
def test_stories_of_other_formats_are_read(check, text, name):
    code, out, _ = check(text, name=name)
    assert code == 0
    assert "verbatim" in out.splitlines()[0]


def test_a_place_in_a_document_is_its_paragraph(check):
    words = "It was a long day in the port, and the minister took her time to answer all of it."
    paragraphs = "".join(f"<p>{one}</p>" for one in (words, words + TRUE, words))
    page = f"<!doctype html><title>x</title><article>{paragraphs}</article>"
    _, out, _ = check(page, name="story.html")
    assert "· paragraph " in out


def test_a_story_is_read_from_standard_input(data, monkeypatch, capsys):
    class Piped:
        buffer = io.BytesIO(TRUE.encode())

        def isatty(self) -> bool:
            return False

    monkeypatch.setattr(sys, "stdin", Piped())
    assert run(["check-quotes", "-", "--data", str(data)]) == 0
    assert capsys.readouterr().out.startswith("1 quotation: 1 verbatim")


@pytest.mark.parametrize(
    "text", ["No quotation is in it.", "A “port” and a “new quay”.", "a\n" * 9]
)
def test_a_story_without_quotations_to_check_says_so_and_is_no_failure(check, text):
    code, out, _ = check(text)
    assert code == 0
    assert out.splitlines()[0] == SAY.story_no_quotations


def test_what_was_not_checked_is_counted_with_its_places(check):
    _, out, _ = check("One “port”.\n\nTwo.\n\nA “new quay” too.\n\nAn “open one.\n")
    assert "2 quotations of one or two words were not checked: lines 1, 5.\n" in out
    assert "A quotation mark has no partner: line 7.\n" in out


@pytest.mark.parametrize("text", ["He said “It will open in May.\n", f"{'a b ' * 80_000}{TRUE}"])
def test_where_a_quotation_may_have_been_missed_the_exit_code_is_1(check, text):
    code, out, _ = check(text)
    assert code == 1
    assert out.splitlines()[0] == SAY.story_no_quotations


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "story.txt", "it is empty"),
        (bytes(range(256)), "story.bin", "this is not text"),
        (b"a" * 2_000_001, "story.txt", "at most 2 MB are checked"),
        (package({"a.txt": "x", "b.txt": "y"}), "story.zip", "it holds several files"),
    ],
)
def test_what_cannot_be_checked_is_one_line_on_what_and_where_and_how_to_repair_it(
    check, content, name, told
):
    code, out, err = check(content, name=name)
    assert (code, out) == (2, "")
    assert err.startswith("onrecord: ")
    assert name in err
    assert told in err
    assert len(err.splitlines()) == 1


def test_a_file_that_is_not_there_and_a_folder_are_no_stories(data, capsys):
    for name, told in ((str(data / "none.txt"), "does not exist"), (str(data), "it is a folder")):
        assert run(["check-quotes", name, "--data", str(data)]) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert told in shown.err


def test_with_nothing_on_record_nothing_is_graded(check, data):
    (data / "statements" / "harbour.md").unlink()
    code, out, err = check(TRUE)
    assert (code, out) == (2, "")
    assert "nothing is on record to check it against" in err
    assert "onrecord add FILE" in err


def test_what_a_story_says_never_commands_the_terminal(check):
    _, out, _ = check(
        "“A tunnel \x1b[31mto the\x9b31m island\x07 is dug”\n“\x1b]0;owned\x07 a b c”"
    )
    assert [one for one in out if one != "\n" and (ord(one) < 32 or 127 <= ord(one) < 160)] == []


def test_the_page_is_written_and_only_a_page_is_written_over(check, tmp_path):
    page = tmp_path / "page.html"
    code, out, _ = check(TRUE + ALTERED, "--html", str(page))
    assert (code, out.splitlines()[0]) == (1, "2 quotations: 1 verbatim, 1 altered")
    first = page.read_text("utf-8")
    assert first.startswith("<!doctype html>")
    assert "<h1><bdi>story.txt</bdi></h1>" in first
    check(TRUE, "--html", str(page))
    assert page.read_text("utf-8") != first
    code, out, err = check(TRUE, "--html", str(tmp_path / "story.txt"))
    assert (code, out) == (2, "")
    assert "no page of On Record" in err
    empty = tmp_path / "empty.html"
    empty.touch()
    check(TRUE, "--html", str(empty))
    assert empty.read_text("utf-8").startswith("<!doctype html>")
    assert (tmp_path / "story.txt").read_text("utf-8") == TRUE


def test_in_a_terminal_it_is_told_where_the_page_is(check, tmp_path, monkeypatch):
    """Beside the report, so that what is piped on has the report alone."""
    page = tmp_path / "page.html"
    assert check(TRUE, "--html", str(page))[2] == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    code, out, err = check(TRUE, "--html", str(page))
    assert (code, err) == (0, f"onrecord: the page is in {page}\n")
    assert check(TRUE)[1:] == (out, "")
    assert check(TRUE, "--html", str(page), "--json")[2] == ""


def test_a_folder_in_place_of_the_page_is_told(check, tmp_path):
    code, out, err = check(TRUE, "--html", str(tmp_path))
    assert (code, out) == (2, "")
    inside = tmp_path / "story.html"
    told = f"onrecord: --html {tmp_path}: it is a folder. Name a file in it: {inside}"
    assert err.strip().splitlines() == [told]
    assert not inside.exists()


@pytest.mark.parametrize("place", ["none/page.html", "x" * 300])
def test_a_page_that_cannot_be_written_is_told_with_the_repair(check, tmp_path, place):
    code, out, err = check(TRUE, "--html", str(tmp_path / place))
    assert (code, out) == (2, "")
    assert err.startswith("onrecord: --html ")
    assert "Name " in err


def test_it_explains_which_rule_graded_each_and_all_rules(check):
    _, out, _ = check(TRUE + ALTERED, "--explain")
    assert "graded by the rule “reverses the sense”" in out
    assert "The rules, in order; the first that holds grades a quotation:\n1. is nowhere: " in out


@pytest.mark.parametrize("arguments", [["check-quotes"], ["check-quotes", "a", "b"]])
def test_one_story_is_checked_at_a_time(arguments, capsys):
    assert run(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


DRAFT = "He said “the harbour will open in May unless”.\n\nAnd “ferries sail twice a week”."


@pytest.fixture
def graded() -> CheckedStory:
    """Return a story with a quotation of which something is to be told under each key."""
    opens, sails = "the harbour will open in May", "ferries sail twice a week"
    limit = quote("unless the channel is deep enough")
    one = CheckedQuotation(
        quotation=quotation(DRAFT, "the harbour will open in May unless"),
        grade=Grade.ALTERED,
        passages=(passage(DRAFT, opens, "The harbour will not open in May"),),
        differences=(
            difference(DRAFT, Change.NEGATION, DRAFT.index("open in"), "not"),
            difference(DRAFT, Change.WORDS, "unless", None),
        ),
        disagreements=(Disagreement(Mismatch.SPEAKER, (0, 7), "Nadia Rahman"),),
        limits=(limit,),
        copies=(passage(DRAFT, opens, "Dredging").citation,),
        rule="reverses_the_sense",
    )
    two = CheckedQuotation(
        quotation=quotation(DRAFT, sails),
        grade=Grade.ABSENT,
        nearest=passage(DRAFT, sails, "ferries sail twice a day"),
    )
    return story(DRAFT, one, two, unbalanced=(3,), paraphrases=((0, 3),))


def test_the_json_object_says_all_with_offsets_of_the_draft(graded):
    told = json.loads(json.dumps(story_object(graded, 1.23456)))
    first, second = told["quotations"]
    assert DRAFT[first["start"] : first["stop"]] == first["text"]
    (found,) = first["passages"]
    assert DRAFT[found["start"] : found["stop"]] == "the harbour will open in May"
    assert (found["statement"], found["paragraph"], found["reference"]) == ("ports", 1, "K7Q2-M9XA")
    assert (found["from"], found["to"], found["text"]) == (
        0,
        32,
        "The harbour will not open in May",
    )
    assert found["citation"]["speaker"] == "Nadia Rahman"
    assert first["grade"] == "altered"
    left_out, put_in = first["differences"]
    assert left_out["change"] == "negation"
    assert left_out["written"][0] == left_out["written"][1]
    assert left_out["stands"] == {
        "reference": "K7Q2-M9XA",
        "from": 17,
        "to": 20,
        "text": "not",
    }
    assert put_in["stands"] is None
    assert first["disagreements"] == [
        {"mismatch": "speaker", "written": [0, 7], "stands": "Nadia Rahman"}
    ]
    assert first["limits"][0]["text"] == "unless the channel is deep enough"
    assert (first["copies"], first["rule"]) == (["K7Q2-M9XB"], "reverses_the_sense")
    assert second["passages"] == []
    assert second["nearest"]["text"] == "ferries sail twice a day"
    assert (told["counts"]["altered"], told["counts"]["verbatim"]) == (1, 0)
    assert (told["short"], told["paraphrases"], told["unbalanced"]) == (0, 1, [3])
    assert (told["searched"]["statements"], told["ms"]) == (SEARCHED.statements, 1.235)
    assert told["read"] == len(DRAFT)


def test_every_key_of_the_json_object_is_described(graded):
    """And none that is not there; what has keys within it needs no words of its own."""
    described = command_line.json_paths("check-quotes")
    found = set(command_line.paths(story_object(graded, 1.0)))
    within = {path for path in found if any(one.startswith(f"{path}.") for one in described)}
    assert found - within - described == set()
    assert described - found == set()
    parts = command_line.parts(read(command_line.PAGE))
    assert {("json", "check-quotes"), ("json", "passage")} <= parts


def test_the_command_prints_that_object(check):
    code, out, _ = check(TRUE + ALTERED, "--json")
    told = json.loads(out)
    assert code == 1
    assert [one["grade"] for one in told["quotations"]] == ["verbatim", "altered"]
    assert set(told["counts"]) == set(Grade)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(made: CheckedStory, *, terminal: bool = False, as_typed: bool = True) -> str:
    stream = _Terminal() if terminal else io.StringIO()
    show_story(made, Places.of(made.draft, as_typed=as_typed), SAY, stream)
    return stream.getvalue()


def test_in_a_terminal_the_words_that_differ_are_in_colour(graded, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    colour = shown(graded, terminal=True)
    assert "\x1b[1;4;31mnot\x1b[0m" in colour
    assert "\x1b[1;4;32munless\x1b[0m" in colour
    assert "\x1b" not in shown(graded)


def test_lines_are_wrapped_behind_their_sign(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    draft = f"“{'tides and ' * 12}currents”"
    one = CheckedQuotation(quotation=Quotation(0, len(draft), ()), grade=Grade.ABSENT)
    lines = shown(story(draft, one), terminal=True).splitlines()
    begun = next(number for number, line in enumerate(lines) if line.startswith(" + “"))
    assert lines[begun + 1].startswith("   and tides")
    assert max(len(regex.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines) <= 40


def test_a_long_quotation_that_is_not_on_record_is_cut_and_another_is_not(graded):
    draft = f"“{'word ' * 400}”"
    one = CheckedQuotation(quotation=Quotation(0, len(draft), ()), grade=Grade.ABSENT)
    assert max(map(len, shown(story(draft, one)).splitlines())) < 310


def test_places_are_lines_of_what_was_typed_and_paragraphs_of_a_document():
    text = "One.\n\nTwo.\n\nThree."
    assert Places.of(text, as_typed=True).at(text.index("Three")) == "line 5"
    assert Places.of(text, as_typed=False).at(text.index("Three")) == "paragraph 3"
    many = Places.of("a\n" * 9, as_typed=True)
    assert many.listed(range(0, 14, 2)) == "lines 1, 2, 3, 4, 5 and 2 more"
    assert many.listed([0, 1, 0]) == "line 1"


def test_only_a_part_of_a_very_long_story_is_read_and_it_says_so(graded):
    cut = story(DRAFT, *graded.quotations, read=20)
    assert f"Checked only to character 20 of {len(DRAFT)}." in shown(cut)
