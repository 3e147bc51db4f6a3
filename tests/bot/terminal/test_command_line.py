"""The real command line, started as a person or a script starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import regex

from bot.configuration import TOKEN_VARIABLE
from bot.i18n.strings import strings_of
from bot.terminal.arguments import parser
from bot.terminal.command_line import run
from index import load_record, parse_reference, ranks_in_c

Ran = subprocess.CompletedProcess[str]
Onrecord = Callable[..., Ran]

HARBOUR = """\
---
title: Remarks on the harbour
date: 2025-02-24
kind: remarks
speakers: [{name: Nadia Rahman, role: Minister of Ports}]
publisher: Ports Gazette
url: https://ports.example.org/remarks
---

The deep-water harbour opens to container ships in March. The harbour master will
live on site.

Fishing boats keep their berths at the old quay — all of them.
"""
RAILWAY = """\
---
title: A letter on the railway
date: 2025-02-06
kind: letter
speakers: [{name: Omar Siddiq}]
---

The coastal railway to the harbour will be electrified by 2031.
"""
FIRST = (
    "The deep-water harbour opens to container ships in March. "
    "The harbour master will live on site."
)


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return what a person's shell would hand on, and nothing of the tests' own."""
    project = Path(__file__).parents[3]
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "HOME": str(home), "PYTHONPATH": str(project), "LANG": "C.UTF-8", **more}


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """Return a folder that holds data/statements/ with two statements."""
    folder = tmp_path / "data" / "statements"
    folder.mkdir(parents=True)
    (folder / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    (folder / "railway.md").write_text(RAILWAY, encoding="utf-8")
    return tmp_path


@pytest.fixture
def cold_onrecord(tmp_path: Path) -> Onrecord:
    """Return what runs ``onrecord`` in a temporary folder, its output piped."""
    return started_by([sys.executable, "-m", "bot"], tmp_path)


@pytest.fixture
def onrecord(tmp_path: Path, warm_onrecord: Path) -> Onrecord:
    """Return what does the same without importing everything anew.

    Each command has a test that starts it cold.
    """
    return started_by([str(warm_onrecord)], tmp_path)


def started_by(program: list[str], tmp_path: Path) -> Onrecord:
    """Return what runs *program* in *tmp_path*, its output piped."""

    def start(*arguments: str | bytes, typed: str | bytes = "", **more: str) -> Ran:
        content = typed.encode() if isinstance(typed, str) else typed
        ran = subprocess.run(  # our own program
            [*program, *arguments],
            cwd=tmp_path,
            env=environment(tmp_path, **more),
            input=content,
            capture_output=True,
            timeout=60,
            check=False,
        )
        out, err = ran.stdout.decode(), ran.stderr.decode()
        assert "Traceback" not in err
        assert "\x1b" not in out + err, "colour codes in a pipe"
        return subprocess.CompletedProcess(ran.args, ran.returncode, out, err)

    return start


@pytest.fixture
def inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, reads_here: None
) -> Onrecord:
    """Return what runs ``onrecord`` in this process, for what needs no process of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)

    def start(*arguments: str) -> Ran:
        try:
            code = run(arguments)
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, out, err)

    return start


def test_an_answer_is_the_quote_and_its_citation(record, cold_onrecord):
    ran = cold_onrecord("ask", "When does the harbour open to container ships?")
    assert (ran.returncode, ran.stderr) == (0, "")
    quote, who, where, url = ran.stdout.splitlines()
    assert quote == f"> {FIRST}"
    assert who == "— Nadia Rahman, Minister of Ports · 24 Feb 2025 · direct quote"
    place, _, reference = where.rpartition(" · ")
    assert place == "Remarks on the harbour · Ports Gazette · paragraph 1 of 2"
    assert url == "https://ports.example.org/remarks"
    assert parse_reference(reference)


def test_a_refusal_says_what_was_searched_and_leaves_with_1(record, onrecord):
    ran = onrecord("--data", "data", "ask", "Who won the chess olympiad?")
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout == (
        "Nothing on record answers that. "
        "Searched 2 statements (3 paragraphs), 6 Feb 2025 to 24 Feb 2025.\n"
    )


def test_json_is_one_object_with_the_paragraph_as_filed(record, onrecord):
    ran = onrecord("ask", "--json", "the harbour", "--data", str(record / "data"))
    assert ran.returncode == 0
    answer = json.loads(ran.stdout)
    assert ran.stdout.count("\n") == 1
    assert {hit["text"] for hit in answer["hits"]} == {
        FIRST,
        "The coastal railway to the harbour will be electrified by 2031.",
    }
    assert answer["ms"] > 0


def test_json_says_with_its_exit_code_too_that_nothing_answers(record, inside):
    ran = inside("ask", "--json", "Who won the chess olympiad?")
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["answered"] is False


@pytest.mark.parametrize(("limit", "quotes"), [("1", 1), ("2", 2), ("1000", 2)])
def test_as_many_passages_are_given_as_wanted(record, inside, limit, quotes):
    ran = inside("ask", "the harbour", "--limit", limit)
    assert ran.returncode == 0
    assert ran.stdout.count("\n> ") + ran.stdout.startswith("> ") == quotes
    assert ran.stdout.count("\n\n") == quotes - 1


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "many", "2.5", "٣"])
def test_a_limit_that_is_none_is_refused_with_what_is_allowed(record, inside, limit):
    ran = inside("ask", "the harbour", f"--limit={limit}")
    assert ran.returncode == 2
    assert "Give a whole number from 1 to 1000" in ran.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "fishing", "boats", "--limit", "1"),
        ("ask", "--limit", "1", "--json", "fishing", "boats"),
        ("ask", "fishing", "--json", "boats", "--limit=1"),
        ("--data", "data", "ask", "fishing boats", "at", "the", "quay"),
        ("ask", "boats", "-railway"),
        ("ask", "--", "fishing", "boats"),
    ],
)
def test_the_words_of_a_question_need_no_quotation_marks(record, inside, arguments):
    """Options stand before, after and between them, and a dash before a word excludes it."""
    ran = inside(*arguments)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Fishing boats keep their berths" in ran.stdout


def test_the_words_of_a_question_are_explained_without_quotation_marks_too(record, inside):
    ran = inside("explain", "harbour", "-railway", "--limit", "2", "--json")
    assert ran.returncode == 0
    explained = json.loads(ran.stdout)
    assert explained["question"] == "harbour -railway"
    assert explained["read"]["excluded"] == ["railway"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask",), "QUESTION"),
        (("ask", "--jsn", "boats"), "--jsn"),
        (("ask", "boats", "--limit"), "--limit"),
        (("ask", "boats", "--limit", "none"), "1 to 1000"),
    ],
)
def test_a_wrong_option_among_the_words_is_named(record, inside, arguments, said):
    ran = inside(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr


@pytest.mark.parametrize("asking", [("ask",), ("explain", "--json"), ()])
def test_yesterday_is_counted_in_the_time_zone_of_the_settings(record, onrecord, asking):
    """In the chat too. Between these two zones there is always a day, in Samoa the earlier one."""
    first = datetime.now(ZoneInfo("Pacific/Kiritimati")).date() - timedelta(days=1)
    dated = HARBOUR.replace("2025-02-24", first.isoformat())
    (record / "data/statements/harbour.md").write_text(dated, encoding="utf-8")
    for zone, found in (("Pacific/Kiritimati", True), ("Pacific/Pago_Pago", False)):
        (record / "onrecord.yaml").write_text(f"time_zone: {zone}\n", encoding="utf-8")
        if asking:
            ran = onrecord(*asking, "berths", "on:yesterday")
        else:
            ran = onrecord(typed="berths on:yesterday\n")
        assert ran.stderr == ""
        assert ("Fishing boats" in ran.stdout) is found


def test_a_reference_brings_its_paragraph(record, inside):
    reference = inside("ask", "fishing boats").stdout.rstrip().rpartition("ref ")[2]
    assert "Fishing boats" in inside("ask", reference.lower()).stdout


def test_a_greeting_is_returned_and_is_no_answer(record, inside):
    """A person reads a friendly line; a program, that nothing was answered."""
    ran = inside("ask", "Hello, bot!")
    assert (ran.returncode, ran.stdout.splitlines()[0]) == (1, strings_of().greeting)
    ran = inside("ask", "thanks", "--json")
    answer = json.loads(ran.stdout)
    assert (ran.returncode, answer["answered"], answer["hits"]) == (1, False, [])
    assert set(answer) == {
        *("question", "answered", "searched", "hits", "understood", "suggestions", "ms")
    }


def test_how_a_question_was_read_is_said_before_the_quote(record, onrecord):
    ran = onrecord("ask", "the harbuor")
    note, quote, *_ = ran.stdout.splitlines()
    assert (ran.returncode, note) == (0, "Showing results for harbour (not “harbuor”).")
    assert quote.startswith("> ")


def test_a_ranking_is_explained(record, cold_onrecord):
    ran = cold_onrecord("explain", "the harbour", "--limit", "1")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "\n1.  " in ran.stdout
    assert "\n2.  " not in ran.stdout
    assert "\nidf " in ran.stdout


def test_a_ranking_is_explained_to_programs(record, inside):
    ran = inside("explain", "the harbour", "--json")
    explained = json.loads(ran.stdout)
    assert (ran.returncode, ran.stdout.count("\n")) == (0, 1)
    assert explained["read"]["searched"] == 3
    assert len(explained["hits"]) == 2


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("harbour#2", "leads straight"),
        ("hello", "a greeting"),
        ("zzz", "Nothing that was searched"),
    ],
)
def test_what_is_not_ranked_is_explained_too(record, inside, question, said):
    ran = inside("explain", question)
    assert (ran.returncode, said in ran.stdout) == (0, True)


def test_letters_that_the_shell_could_not_read_do_not_end_it(record, cold_onrecord):
    """A question pasted in another encoding is asked as far as it can be read."""
    ran = cold_onrecord("ask", "--json", b"caf\xe9 harbour", PYTHONIOENCODING="utf-8:strict")
    assert json.loads(ran.stdout)["question"] == "caf? harbour"


def test_check_lists_each_mistake_with_its_place_and_repair(record, cold_onrecord):
    (record / "data/statements/broken.md").write_text(
        "---\ntitle: Remarks\ndate: 2025-02-30\nspeekers: [{name: A}]\n---\n\nWords.\n"
    )
    (record / "data/statements/lines.jsonl").write_text('\n{"id": \n')
    ran = cold_onrecord("check")
    assert ran.returncode == 1
    *problems, counts = ran.stdout.splitlines()
    folder = Path("data/statements")
    places = [f"{folder / 'broken.md'}:{line}" for line in (1, 3, 4)]
    places.append(f"{folder / 'lines.jsonl'}:2")
    assert [line.split(": ")[:2] for line in problems] == [["mistake", one] for one in places]
    assert "there is no such day: “2025-02-30”. Correct it." in problems[1]
    assert "Did you mean “speakers”?" in problems[2]
    assert counts == "2 statements (3 paragraphs) on record; 4 mistakes, 0 warnings."


def test_warnings_alone_are_no_failure(record, onrecord):
    (record / "data/statements/undated.md").write_text(
        "---\ntitle: A note\nspeakers: [{name: A}]\n---\n\nWords.\n"
    )
    (record / "data/statements/speech.txt").write_text("Words.")
    ran = onrecord("check")
    assert ran.returncode == 0
    assert ran.stdout.count("warning: ") == 2
    assert "0 mistakes, 2 warnings." in ran.stdout


def test_many_warnings_are_counted_by_category(record, onrecord):
    front = "---\ntitle: A note\nspeakers: [{name: A}]\n"
    for number in range(9):
        text = f"{front}---\n\nWords {number}.\n"
        (record / f"data/statements/undated{number}.md").write_text(text)
    future = f"{front}date: 9999-01-01\nkind: interview\n---\n\nJane Doe: No.\n"
    (record / "data/statements/future.md").write_text(future)
    ran = onrecord("check")
    assert ran.returncode == 0
    assert ran.stdout.splitlines()[-5:] == [
        "     9  no date",
        "     1  the speaker is not certain",
        "     1  no question found",
        "     1  a date in the future",
        "12 statements (13 paragraphs) on record; 0 mistakes, 12 warnings.",
    ]


def test_words_of_others_are_told_apart_in_an_answer(record, onrecord):
    """Read out, or by somebody who is not listed: neither is the speaker's own."""
    (record / "data/statements/debate.md").write_text(
        "---\ntitle: Debate\ndate: 2025-01-01\nkind: remarks\n"
        "speakers: [{name: Anna Berg}]\n---\n\nHe wrote this.\n\n“The lease robbed fishermen.”\n\n"
        "JANE DOE: Ferries were void.\n"
    )
    for question, words, speaker in (
        ("lease fishermen", "quoted", "Anna Berg"),
        ("ferries void", "uncertain", "JANE DOE"),
    ):
        (hit,) = json.loads(onrecord("ask", "--json", "--limit", "1", question).stdout)["hits"]
        assert (hit["words"], hit["citation"]["speaker"]) == (words, speaker)


def test_what_is_left_out_of_an_answer_is_said_beside_it(record, inside):
    """On standard error, so that a program that reads the answer is not disturbed."""
    (record / "data/statements/broken.md").write_text("Words.")
    ran = inside("ask", "--json", "the harbour")
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["answered"]
    assert ran.stderr.startswith(
        f"onrecord: 1 file has mistakes, {Path('data/statements/broken.md')};"
    )
    assert "“onrecord check”" in ran.stderr


def test_the_command_that_is_named_names_the_folder_that_was(onrecord, tmp_path):
    statements = tmp_path / "my data" / "statements"
    statements.mkdir(parents=True)
    empty = onrecord("--data", "my data", "ask", "the harbour")
    assert "has no statements yet." in empty.stderr
    assert "“onrecord --data 'my data' add FILE”" in empty.stderr
    (statements / "b.md").write_text("Words.")
    (statements / "a.md").write_text("Words.")
    broken = onrecord("--data", "my data", "ask", "the harbour")
    assert "2 files have mistakes, the first is my data/statements/a.md;" in broken.stderr
    assert "“onrecord --data 'my data' check”" in broken.stderr


def test_a_missing_folder_is_met_with_the_repair(onrecord):
    ran = onrecord("ask", "the harbour")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"onrecord: {Path('data/statements')}: the folder of statements")
    assert "No such file or directory" in ran.stderr
    assert "--data" in ran.stderr
    assert ran.stderr.count("\n") == 1


EVALUATION = {
    "questions",
    "recall_at_1",
    "recall_at_5",
    "mrr_at_10",
    "answered_right",
    "answered_wrong",
    "refused_right",
    "refused_wrong",
    "p50_ms",
    "p99_ms",
}


@pytest.fixture
def measured(record: Path) -> Path:
    """Return a folder with statements and questions of its own."""
    folder = record / "measured"
    folder.mkdir()
    statements = [
        {"id": "bees", "title": "Bees", "paragraphs": ["Bees make honey.", "Wasps do not."]},
        {"id": "ants", "title": "Ants", "paragraphs": ["Ants carry leaves to the nest."]},
    ]
    questions: list[dict[str, object]] = [
        {"question": "Who makes honey?", "gold": [["bees", 1]]},
        {"question": "What do ants carry to the nest?", "gold": [["ants", 1]]},
        {"question": "Where was chess invented?", "gold": []},
    ]
    for name, rows in (("statements", statements), ("questions", questions)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return folder


def test_a_set_is_measured_on_its_own_statements(measured, cold_onrecord):
    ran = cold_onrecord("evaluate", "measured")
    assert ran.returncode == 0
    heading, *rows = ran.stdout.splitlines()
    assert heading == "measured: 2 statements, 3 paragraphs"
    figures = dict(row.split() for row in rows)
    assert set(figures) == EVALUATION
    assert (figures["questions"], figures["recall_at_1"]) == ("3", "1.0")
    assert (figures["answered_right"], figures["refused_right"]) == ("2", "1")


def test_questions_alone_are_asked_of_the_record(measured, onrecord):
    (measured / "ours.jsonl").write_text(
        json.dumps({"question": "Where do fishing boats berth?", "gold": [["harbour", 2]]})
    )
    ran = onrecord("evaluate", "--json", "measured", str(Path("measured/ours.jsonl")))
    assert ran.returncode == 0
    own, ours = map(json.loads, ran.stdout.splitlines())
    assert set(own) == set(ours) == EVALUATION
    assert (own["questions"], ours["questions"]) == (3, 1)
    assert (own["mrr_at_10"], ours["recall_at_1"], ours["answered_right"]) == (1.0, 1.0, 1)
    assert 0 < ours["p50_ms"] <= ours["p99_ms"]


@pytest.mark.parametrize(
    ("content", "place"),
    [("", ""), ('{"question": "x", "gold": []}\n{"question": 1}\n', ":2"), ("[]", ":1")],
)
def test_questions_that_cannot_be_read_are_named_with_their_line(record, inside, content, place):
    (record / "ours.jsonl").write_text(content)
    ran = inside("evaluate", "ours.jsonl")
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"onrecord: ours.jsonl{place}: ")
    assert "gold" in ran.stderr


def test_a_document_is_put_on_record_with_its_options_and_never_twice(record, cold_onrecord):
    (record / "speech.txt").write_text("The tunnel survey begins in May.\n\nIt takes a year.\n")
    given = [
        *("--title", "Remarks on the tunnel", "--date", "2025-03-01"),
        *("--speaker", "Nadia Rahman; Minister of Ports", "--speaker", "Omar Siddiq"),
        *("--published", "2025-03-02", "--kind", "remarks", "--publisher", "Ports Gazette"),
        *("--url", "https://ports.example.org/tunnel", "--language", "en-GB"),
        *("--translation", "unofficial", "--yes"),
    ]
    ran = cold_onrecord("add", "speech.txt", *given)
    path = Path("data/statements/2025-03-01-remarks-on-the-tunnel.md")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == f"2025-03-01-remarks-on-the-tunnel {path}\n"

    filed = load_record(record / "data").statements[0]
    assert [paragraph.text for paragraph in filed.paragraphs] == [
        "The tunnel survey begins in May.",
        "It takes a year.",
    ]
    assert [(one.name, one.role) for one in filed.speakers] == [
        ("Nadia Rahman", "Minister of Ports"),
        ("Omar Siddiq", ""),
    ]
    told = (str(filed.kind), filed.publisher, filed.language, str(filed.translation))
    assert told == ("remarks", "Ports Gazette", "en-GB", "unofficial")
    assert (str(filed.date), str(filed.published)) == ("2025-03-01", "2025-03-02")
    assert filed.url == "https://ports.example.org/tunnel"

    before = (record / path).read_bytes()
    again = cold_onrecord("add", "speech.txt", *given, "--id", "another")
    assert (again.returncode, again.stdout) == (1, "")
    assert "is on record already, as 2025-03-01-remarks-on-the-tunnel" in again.stderr
    assert (record / path).read_bytes() == before
    assert not (record / "data/statements/another.md").exists()


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ([], "Give --title and --speaker."),
        (["--speaker", "A"], "Give --title."),
        (["--title", "A note"], "Give --speaker."),
    ],
)
def test_what_is_missing_is_named_with_its_option(record, inside, given, wanted):
    (record / "note.txt").write_text("Words.")
    ran = inside("add", "note.txt", "--yes", *given)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("onrecord: note.txt: ")
    assert ran.stderr.rstrip().endswith(wanted)


@pytest.mark.parametrize(
    ("option", "value", "repair"),
    [
        ("--date", "24 February", "Write year-month-day, for example 2025-02-24"),
        ("--kind", "remark", "Did you mean “remarks”?"),
        ("--url", "ports", "Give the whole address"),
        ("--translation", "mine", "Choose one of: official, unofficial."),
        ("--id", "../../x", "Rename it"),
    ],
)
def test_a_wrong_option_of_add_is_met_with_the_repair(record, inside, option, value, repair):
    (record / "note.txt").write_text("Words.")
    ran = inside("add", "note.txt", "--yes", "--title", "A note", "--speaker", "A", option, value)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert repair.split(", for")[0] in ran.stderr
    assert option.strip("-") in ran.stderr
    assert len(list((record / "data/statements").iterdir())) == 2


def test_nothing_is_filed_unreviewed_unless_yes_is_said(record, onrecord):
    (record / "note.txt").write_text("Words.")
    ran = onrecord("add", "note.txt", "--title", "A note", "--speaker", "A", typed="y\n")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "Give --yes" in ran.stderr
    assert len(list((record / "data/statements").iterdir())) == 2


@pytest.mark.usefixtures("reads_in_child")
def test_documents_are_judged_one_by_one_and_none_is_overwritten(record, inside):
    (record / "one.txt").write_text("One.")
    (record / "two.txt").write_bytes(b"\xff\xfe\x00")
    (record / "three.txt").write_text("date 2025-03-03. Three.")
    given = ["--yes", "--speaker", "A"]
    ran = inside("add", "one.txt", "two.txt", "three.txt", "missing.txt", *given)
    assert ran.returncode == 1
    refusals = [line for line in ran.stderr.splitlines() if "taken as" not in line]
    assert len(refusals) == 5, "none has a title, and then they are counted"
    assert refusals[-1] == "onrecord: 0 filed, 4 not filed"
    ran = inside("add", "one.txt", "three.txt", *given, "--title", "T")
    assert ran.returncode == 2
    assert "--title and --id are for a single statement" in ran.stderr
    (record / "data/statements/undated-one.md").write_text("in the way")
    ran = inside("add", "one.txt", *given, "--title", "One")
    assert ran.returncode == 1
    assert "the id undated-one is taken" in ran.stderr
    assert (record / "data/statements/undated-one.md").read_text() == "in the way"
    ran = inside("add", "three.txt", *given, "--title", "Three")
    assert ran.returncode == 0
    assert ran.stdout.startswith("2025-03-03-three ")


def test_questions_that_are_piped_in_are_answered_in_turn(record, cold_onrecord):
    """And one that is no text does not end the list."""
    typed = b"container ships\n\nWho won the chess olympiad?\n"
    typed += b"caf\xe9\nfishing boats\n/cite\n/quit\ncontainer ships"
    ran = cold_onrecord(typed=typed, PYTHONIOENCODING="utf-8:strict")
    assert (ran.returncode, ran.stderr) == (0, "")
    answers = (f"? container ships\n> {FIRST}", "Nothing on record", "? fishing boats\n> Fishing")
    places = [ran.stdout.index(words) for words in answers]
    assert places == sorted(places)
    cited = ran.stdout.splitlines()[-1]
    assert cited.startswith("Nadia Rahman, Minister of Ports · direct quote · Remarks")


@pytest.mark.parametrize("arguments", [["ask", "the harbour"], ["check"]], ids=str)
def test_a_reader_who_has_seen_enough_is_no_error(record, arguments):
    """As in ``onrecord ask … | head -c1``."""
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(  # our own program
        [sys.executable, "-m", "bot", *arguments],
        cwd=record,
        env=environment(record),
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_a_wrong_setting_is_said_at_once(record, onrecord):
    (record / "onrecord.yaml").write_text("log: info\npasages: 3\n")
    ran = onrecord("ask", "the harbour")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        "onrecord: onrecord.yaml:2: there is no setting “pasages”. Did you mean “passages”?\n"
    )


def test_settings_can_be_elsewhere(record, inside):
    (record / "elsewhere.yaml").write_text("data: nowhere\n")
    ran = inside("ask", "the harbour", "--config", "elsewhere.yaml")
    assert ran.returncode == 2
    assert "nowhere" in ran.stderr
    assert inside("ask", "the harbour", "--config", "missing.yaml").returncode == 2


def test_a_wrong_token_is_said_and_not_repeated(record, onrecord):
    ran = onrecord(**{TOKEN_VARIABLE: "7123456789:AAhalf-a-token"})
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"onrecord: {TOKEN_VARIABLE}: this is not a bot token.")
    assert "AAhalf" not in ran.stderr


TOKEN = "7123456789:AAmade_for-this_test_and_for_no_bot0"


@pytest.mark.parametrize("typed", [subprocess.DEVNULL, ""])
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Set it to the token that @BotFather gave you."),
        ({TOKEN_VARIABLE: ""}, "It is there, but empty"),
        ({TOKEN_VARIABLE: "  "}, "It is there, but empty"),
        (
            {"BOT_TOKEN": TOKEN},
            f"BOT_TOKEN is set, but that is not its name: call it {TOKEN_VARIABLE}",
        ),
        ({"TELEGRAM_TOKEN": "x"}, "TELEGRAM_TOKEN is set, but"),
        ({"MY_BOT": TOKEN}, "MY_BOT is set, but"),
    ],
)
def test_without_a_token_and_without_questions_it_says_so(
    tmp_path, warm_onrecord, typed, more, said
):
    """As a service or a container starts it: there a chat would end at once, as if all were well.

    It needs no record for that.
    """
    given = {"stdin": typed} if isinstance(typed, int) else {"input": typed.encode()}
    ran = subprocess.run(
        [warm_onrecord] if more else [sys.executable, "-m", "bot"],
        cwd=tmp_path,
        env=environment(tmp_path, **more),
        capture_output=True,
        timeout=60,
        check=False,
        **given,
    )
    assert (ran.returncode, ran.stdout) == (2, b"")
    err = ran.stderr.decode()
    assert err.startswith(f"onrecord: {TOKEN_VARIABLE} is not set, and no question came in ")
    assert said in err
    assert err.count("\n") == 1
    assert TOKEN not in err


def test_without_a_token_and_with_standard_input_closed_it_says_so(tmp_path):
    ran = subprocess.run(
        ["bash", "-c", f"exec {sys.executable} -m bot <&-"],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 2
    assert f"{TOKEN_VARIABLE} is not set".encode() in ran.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("--webhook", "https://bot.example.org/onrecord"),
        ("--listen", "127.0.0.1:8080"),
        ("--workers", "2"),
        ("run", "--webhook", "https://bot.example.org/onrecord", "--workers", "2"),
        ("--listen", "127.0.0.1:8080", "run"),
    ],
)
def test_what_only_the_bot_can_do_needs_a_token_whatever_is_piped_in(record, inside, arguments):
    ran = inside(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        f"onrecord: {TOKEN_VARIABLE} is not set. Set it to the token that @BotFather gave you.\n"
    )


@pytest.mark.parametrize("more", [{}, {"BOT_TOKEN": TOKEN}])
def test_questions_that_are_piped_in_are_answered_without_a_token(record, onrecord, more):
    ran = onrecord(typed="\nfishing boats\n/cite", **more)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Fishing boats keep their berths" in ran.stdout


def test_while_no_question_comes_it_says_what_it_waits_for(record, tmp_path):
    """A supervisor may leave the pipe open, and the bot would look as if it ran."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot"],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as waiting:
        assert waiting.stderr is not None
        line = waiting.stderr.readline().decode()
        assert line == f"onrecord: {TOKEN_VARIABLE} is not set; waiting for questions.\n"
        out, err = waiting.communicate(b"fishing boats\n", timeout=60)
    assert (waiting.returncode, err) == (0, b"")
    assert b"Fishing boats keep their berths" in out


def test_the_bots_options_stand_before_and_after_run(monkeypatch, inside, record):
    """And so do --data and --config."""
    given = []
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    monkeypatch.setattr("bot.process.running.run_bot", lambda one, *_: given.append(one) or 0)
    monkeypatch.setattr("bot.process.logs.set_up_logging", lambda *_: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    for arguments in (
        ("run", "--listen", "127.0.0.1:8081", "--data", "elsewhere"),
        ("--listen", "127.0.0.1:8081", "--data", "elsewhere", "run"),
        ("--listen", "127.0.0.1:8081", "--data", "elsewhere"),
    ):
        monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
        assert inside(*arguments).returncode == 0
    assert len(given) == 3
    assert {one.listen for one in given} == {"127.0.0.1:8081"}
    assert {one.data for one in given} == {Path("elsewhere")}


def test_help_mentions_every_command(cold_onrecord):
    ran = cold_onrecord("--help")
    assert (ran.returncode, ran.stderr) == (0, "")
    commands = [name for action in parser()._actions for name in (action.choices or ()) if name]
    assert {"ask", "add", "check", "evaluate", "explain"} <= set(commands)
    assert all(f"\n    {name} " in ran.stdout for name in commands)
    assert TOKEN_VARIABLE in ran.stdout


def test_what_is_no_command_is_met_with_those_there_are(inside):
    ran = inside("answer", "the harbour")
    assert ran.returncode == 2
    assert "ask" in ran.stderr
    assert "evaluate" in ran.stderr


def test_the_version_is_one_line_that_says_what_ranks(inside):
    ran = inside("--version")
    assert ran.returncode == 0
    ranks = "in C" if ranks_in_c() else "with NumPy"
    assert regex.fullmatch(rf"onrecord [0-9.]+ \(ranks {ranks}\)\n", ran.stdout)
