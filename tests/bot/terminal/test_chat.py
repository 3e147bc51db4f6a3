"""The conversation in the terminal: its commands, and what a person sees at a real one."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_statements import statement

from bot.citations.citing import Style
from bot.i18n.strings import strings_of
from bot.terminal.chat import Chat
from bot.terminal.screen import Screen
from index import Index, Record, Speaker, load_record, parse_reference

SAY = strings_of()
FIRST = (
    "The deep-water harbour opens to container ships in March. "
    "The harbour master will live on site."
)
BOATS = "Fishing boats keep their berths at the old quay."


class Talk:
    """A chat, and what it has shown since it was last asked."""

    def __init__(self, index: Index, passages: int = 5) -> None:
        self._shown = io.StringIO()
        self.chat = Chat(index, SAY, Screen(SAY, self._shown, interactive=True), passages)

    def __call__(self, line: str) -> str:
        """Type a line; return what is shown."""
        self._shown.truncate(0)
        self._shown.seek(0)
        self.chat.take(line)
        return self._shown.getvalue()


@pytest.fixture
def talk(index: Index) -> Talk:
    return Talk(index)


def test_a_question_is_answered_with_the_quote_and_its_citation(talk):
    quote, who, where, url = talk("container ships").splitlines()
    assert quote == f"> {FIRST}"
    assert who == "— Nadia Rahman, Minister of Ports · 24 Feb 2025 · direct quote"
    place, _, reference = where.rpartition(" · ")
    assert place == "Remarks on harbour · Ports Gazette · paragraph 1 of 3"
    assert url == "https://ports.example.org/remarks?a=1&b=2"
    assert parse_reference(reference)
    assert talk(reference).splitlines()[0] == quote


def test_what_the_citation_tells_of_the_passage_shown_is_told_in_a_line(talk):
    """And /next goes on; where nothing is shown, it is a question like any other."""
    assert talk("and the date?").startswith(SAY.nothing_found)
    where = talk("the harbour").splitlines()[2]
    reference = where.rpartition(" · ")[2]
    who, title = "Nadia Rahman, Minister of Ports · direct quote", "Remarks on harbour, 24 Feb 2025"
    assert talk("is that a direct quote?") == f"{who} · ref {reference}\n"
    assert talk("when was this") == f"{title} · ref {reference}\n"
    assert talk("source?") == (
        f"{title} · Ports Gazette · paragraph {talk('/cite').split('paragraph ')[1][0]} of 3 · "
        f"https://ports.example.org/remarks?a=1&b=2 · ref {reference}\n"
    )
    assert talk("/next").startswith("> ")


def test_next_leads_through_the_passages_to_the_last(talk):
    first = talk("the harbour")
    assert SAY.terminal_more.format(number=1, total=2) in first
    second = talk("/next")
    assert second.startswith("> ")
    assert second.splitlines()[0] != first.splitlines()[0]
    assert "/next" not in second
    assert talk("/next") == f"{SAY.terminal_no_more}\n"
    assert talk("/next") == f"{SAY.terminal_no_more}\n"


def test_before_and_after_lead_to_the_neighbours_and_stop_at_the_ends(talk):
    talk("fishing boats")
    assert talk("/before").startswith(f"> {FIRST}")
    assert talk("/before") == f"{SAY.terminal_no_before}\n"
    assert talk("/after").startswith(f"> {BOATS}")
    assert talk("/after").startswith("> Ferries to the harbour island")
    assert talk("/after") == f"{SAY.terminal_no_after}\n"


def test_cite_gives_the_citation_of_what_is_shown_on_one_line(talk):
    talk("fishing boats")
    assert "paragraph 2 of 3" in talk("/cite")
    talk("/after")
    cited = talk("/cite")
    assert cited.count("\n") == 1
    assert cited.startswith("Nadia Rahman, Minister of Ports · direct quote · Remarks on harbour")
    assert "paragraph 3 of 3 · https://ports.example.org/remarks?a=1&b=2 · ref " in cited


def test_cite_takes_the_name_of_a_style(talk):
    talk("fishing boats")
    assert talk("/cite plain") == talk("/cite")
    assert talk("/cite  AP ").startswith("Nadia Rahman, Minister of Ports, in remarks on Feb. 24,")
    assert ", par. 2 (direct quote; ref " in talk("/cite chicago")
    assert " (para. 2, ref " in talk("/cite apa")
    entry = talk("/cite bibtex").splitlines()
    assert re.fullmatch("@misc{[0-9A-Z]{4}-[0-9A-Z]{4},", entry[0])
    assert entry[-2:] == ["  url = {https://ports.example.org/remarks?a=1&b=2},", "}"]


def test_copies_lists_where_the_same_text_stands_newest_first():
    texts = ["Boats keep their berths."], ["A pier opens.", "Boats keep their berths."]
    made = [statement(f"s{day}", text, day=day) for day, text in enumerate([*texts, texts[0]], 1)]
    talk = Talk(Index(Record.of(made)))
    assert talk("/copies") == f"{SAY.terminal_ask_first}\n"
    assert talk("berths of boats").splitlines()[-1] == "also in 2 other places; /copies lists them."
    listed = talk("/copies").splitlines()
    assert [line.split(" · ")[0] for line in listed[1::2]] == ["Remarks on s2", "Remarks on s1"]
    assert [line.split(" · ")[1] for line in listed[::2]] == ["2 Feb 2025", "1 Feb 2025"]
    assert "paragraph 2 of 2" in listed[1]
    assert parse_reference(listed[1].rpartition(" · ")[2])
    talk("s2")
    assert talk("/copies") == f"{SAY.terminal_no_copies}\n"
    assert talk("/after").splitlines()[-1] == "also in 2 other places; /copies lists them."


@pytest.mark.parametrize("style", ["mla", "apa please", "-", "[bold]x[/bold]"])
def test_a_style_that_there_is_not_is_met_with_those_that_there_are(talk, style):
    styles = ", ".join(Style)
    said = f"{SAY.terminal_unknown_style.format(style=style, styles=styles)}\n"
    assert talk(f"/cite {style}") == said
    talk("fishing boats")
    assert talk(f"/cite {style}") == said
    assert said.count("\n") == 1


def test_the_help_names_every_style():
    assert all(f" {style}" in SAY.terminal_help for style in Style if style is not Style.PLAIN)


def test_nothing_found_is_said_with_what_was_searched_and_could_be_asked(talk):
    shown = talk("Which summer musicals and operas sold out?").splitlines()
    assert shown == [
        "Nothing on record answers that. "
        "Searched 4 statements (9 paragraphs), 2 Feb 2025 to 24 Feb 2025.",
        SAY.terminal_nearest_hint,
        "You could ask: summer · Coastal Railway Programme",
    ]


@pytest.mark.parametrize("command", ["/nearest", "/next"])
def test_the_nearest_passage_is_shown_only_when_asked_for_and_said_to_be_only_that(talk, command):
    assert "Ferries" not in talk("Which summer musicals and operas sold out?")
    shown = talk(command)
    assert shown.startswith(f"{SAY.only_nearest()}\n> Ferries to the harbour island")
    assert "paragraph 3 of 3" in talk("/cite")


def test_a_greeting_is_returned_with_what_could_be_asked(talk):
    assert talk("Hello!").splitlines() == [
        SAY.greeting,
        "You could ask: Coastal Railway Programme",
    ]


def test_thanks_are_returned_and_the_last_answer_stays(talk):
    talk("the harbour")
    assert talk("ok thanks") == f"{SAY.thanks}\n"
    assert talk("/next").startswith("> ")


def test_how_a_question_was_read_is_said_before_the_quote_once(talk):
    note, quote, *_ = talk("harbuor kind:poem").splitlines()
    assert note == (
        "Showing results for harbour (not “harbuor”). Taken as plain words: kind:poem. "
        "Write a kind as kind:remarks or kind:press-release."
    )
    assert quote.startswith("> ")
    assert talk("/next").startswith("> ")


def test_how_a_question_was_read_is_said_before_a_refusal(talk):
    note, refusal, *_ = talk("Who won the chess olympiad? year:soon").splitlines()
    assert note == "Taken as plain words: year:soon. Write a year as year:2025."
    assert refusal.startswith("Nothing on record answers that.")


def test_where_nothing_is_near_that_is_said(talk):
    assert SAY.terminal_nearest_hint not in talk("zzz")
    assert talk("/nearest") == f"{SAY.nothing_found}\n"


@pytest.mark.parametrize(
    "command", ["/next", "/before", "/after", "/cite", "/cite apa", "/nearest"]
)
def test_a_command_that_comes_too_early_says_so(talk, command):
    assert talk(command) == f"{SAY.terminal_ask_first}\n"


@pytest.mark.parametrize("command", ["/before", "/after", "/cite"])
def test_after_a_refusal_there_is_no_passage_to_go_on_from(talk, command):
    """The passage of the question before is not taken for the answer to this one."""
    talk("fishing boats")
    talk("Who won the chess olympiad?")
    assert talk(command) == f"{SAY.terminal_ask_first}\n"


def test_a_new_question_begins_at_its_first_passage(talk):
    talk("the harbour")
    talk("/next")
    assert talk("the harbour").startswith("> ")
    assert SAY.terminal_more.format(number=1, total=2) in talk("the harbour")


@pytest.mark.parametrize("command", ["/weather", "/", "/nextt", "/next please", "/ask ferries"])
def test_an_unknown_command_is_no_question(talk, command):
    assert talk(command) == f"{SAY.terminal_unknown_command.format(command=command)}\n"


def test_commands_are_read_in_any_case_and_with_spaces_around(talk):
    talk("fishing boats")
    assert talk("  /AFTER \n").startswith("> Ferries")


@pytest.mark.parametrize("line", ["", "   ", "\n", "\t\n"])
def test_an_empty_line_says_nothing(talk, line):
    assert talk(line) == ""


def test_a_text_behind_check_has_its_quotations_compared(talk):
    """As it is typed, in capitals and all; without one it is told how."""
    shown = talk("/check He said “Fishing boats keep no berths at the old quay” and left.")
    assert "1 quotation: 1 altered" in shown
    assert "“Fishing boats keep no berths" in shown
    assert "2 quotations" in talk(
        "/CHECK “Fishing boats keep their berths” and “She never said it”"
    )
    assert talk("/check") == f"{SAY.terminal_check_how}\n"


@pytest.mark.parametrize("named", ["story.docx", "https://example.org/story", "K7Q2-M9XA"])
def test_the_name_of_a_story_is_no_draft(talk, named):
    assert talk(f"/check {named}") == f"{SAY.terminal_check_how}\n"


def test_a_draft_of_one_chinese_word_is_one(talk):
    assert "1 quotation: 1 not on record" in talk("/check “港口明年开放给渔民”")


def test_of_a_draft_in_several_lines_the_first_says_how(talk):
    assert talk("/check He said “Fishing boats keep").endswith(f"{SAY.terminal_check_how}\n")


def test_help_and_sources(talk):
    assert talk("/help") == f"{SAY.terminal_help}\n"
    listed = talk("/sources").splitlines()
    assert listed[:2] == [
        "Remarks on harbour",
        "  Nadia Rahman · 24 Feb 2025 · remarks · 3 paragraphs · harbour",
    ]
    assert len(listed) == 8


def test_quit_ends_it_and_nothing_else_does(talk):
    for line in ("ferries", "/help", "/weather", "quit the harbour", "exits"):
        talk(line)
        assert not talk.chat.over
    talk("/quit")
    assert talk.chat.over


@pytest.mark.parametrize("line", ["quit", "exit", " Quit\n"])
def test_quit_and_exit_end_the_chat(talk, line):
    talk(line)
    assert talk.chat.over


def test_no_more_passages_are_given_than_configured(index):
    talk = Talk(index, passages=1)
    assert "/next" not in talk("the harbour")
    assert talk("/next") == f"{SAY.terminal_no_more}\n"


def test_an_empty_record_is_said_to_be_empty():
    talk = Talk(Index(Record(())))
    assert talk("ferries") == f"{SAY.nothing_on_record}\n"
    assert talk("/sources") == ""
    talk.chat.welcome()


def test_the_welcome_says_how_much_is_on_record(index, capsys):
    for on, welcome in (
        (index, "4 statements on record, 2 Feb 2025 to 24 Feb 2025."),
        (Index(Record(())), SAY.nothing_on_record),
    ):
        Chat(on, SAY, Screen(SAY), 5).welcome()
        assert capsys.readouterr().out.startswith(welcome)


class Glass(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Return that it is."""
        return True


ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[=>])")


@pytest.mark.parametrize("text", ["[bold]no[/bold] [/] :100: [link=x]", "A :smile: [red]"])
def test_to_a_person_too_words_are_only_words(monkeypatch, text):
    """Neither brackets nor colons of a title or a question become colour or pictures."""
    monkeypatch.setenv("TERM", "xterm")
    glass = Glass()
    made = statement("a", [f"Ferries sail: {text}"], title=text, speakers=(Speaker(text),))
    chat = Chat(Index(Record.of([made])), SAY, Screen(SAY, glass), 5)
    for line in ("ferries sail", "/sources", "/cite", f"/{text}"):
        glass.truncate(0)
        glass.seek(0)
        chat.take(line)
        assert text in ESCAPE.sub("", glass.getvalue())


def test_what_is_to_be_copied_is_not_broken_into_lines(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    glass = Glass()
    url = "https://ports.example.org/" + "a" * 200
    made = statement("a", ["Ferries sail."], url=url)
    chat = Chat(Index(Record.of([made])), SAY, Screen(SAY, glass), 5)
    chat.take("ferries")
    assert url in ESCAPE.sub("", glass.getvalue()).splitlines()
    glass.truncate(0)
    glass.seek(0)
    chat.take("/cite")
    assert len(ESCAPE.sub("", glass.getvalue()).splitlines()) == 1


class Terminal:
    """A pseudo-terminal with ``onrecord`` in it: what is typed, and what is seen."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._own, theirs = pty.openpty()
        _set_size(theirs, rows=40, columns=100)
        project = Path(__file__).parents[3]
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(project),
            "LANG": "C.UTF-8",
            "TERM": "xterm",
        }
        self.process = subprocess.Popen(  # our own program
            [sys.executable, "-m", "bot", *arguments],
            cwd=folder,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            # A suite that runs in the background ignores Ctrl-C, and so would all that it starts.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        os.close(theirs)
        self._unread = b""

    def type(self, text: str) -> None:
        """Press these keys."""
        os.write(self._own, text.encode())

    def until(self, words: str, timeout: float = 20) -> str:
        """Return what is seen from here on, up to *words*, colour codes included."""
        end = time.monotonic() + timeout
        pattern = re.compile(re.escape(words.encode()))
        while not (found := pattern.search(self._unread)):
            ready, _, _ = select.select([self._own], [], [], max(0, end - time.monotonic()))
            try:
                assert ready, f"{words!r} was not seen within {timeout} s, only {self._unread!r}"
                self._unread += os.read(self._own, 65536)
            except OSError:
                raise AssertionError(f"it ended before {words!r}: {self._unread!r}") from None
        seen, self._unread = self._unread[: found.end()], self._unread[found.end() :]
        return seen.decode().replace("\r\n", "\n")

    def close(self) -> int:
        """Return the exit code, once it has ended of itself."""
        code = self.process.wait(timeout=10)
        os.close(self._own)
        return code


def _set_size(terminal: int, rows: int, columns: int) -> None:
    import fcntl  # noqa: PLC0415  # beside the only use
    import termios  # noqa: PLC0415

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


@contextlib.contextmanager
def terminal(folder: Path, *arguments: str) -> Iterator[Terminal]:
    opened = Terminal(folder, *arguments)
    try:
        yield opened
    finally:
        if opened.process.poll() is None:
            opened.process.kill()
            opened.process.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that holds a record of one statement."""
    (tmp_path / "data" / "statements").mkdir(parents=True)
    (tmp_path / "data" / "statements" / "harbour.md").write_text(
        "---\ntitle: Remarks on the harbour\ndate: 2025-02-24\n"
        "speakers: [{name: Nadia Rahman}]\n---\n\n"
        f"{FIRST}\n\n{BOATS}\n",
        encoding="utf-8",
    )
    return tmp_path


def test_at_a_terminal_there_is_a_welcome_a_prompt_and_colour_and_ctrl_d_ends_it(folder):
    with terminal(folder) as seen:
        welcome = seen.until(SAY.terminal_prompt)
        assert "1 statement on record, 24 Feb 2025." in ESCAPE.sub("", welcome)
        seen.type("container ships\r")
        answer = seen.until("paragraph 1 of 2 · ")
        assert "\x1b[1" in answer, "the key sentence in bold"
        assert ";36m" in answer, "the words of the question in colour"
        plain = ESCAPE.sub("", answer)
        assert "\nThe deep-water harbour opens to container ships in March. The" in plain.replace(
            "\r", ""
        )
        assert "— Nadia Rahman · 24 Feb 2025 · direct quote" in plain
        seen.until(SAY.terminal_prompt)
        seen.type("/before\r")
        seen.until(SAY.terminal_no_before)
        seen.until(SAY.terminal_prompt)
        # Ctrl-C gives up a line, not the conversation.
        seen.type("half a ques")
        seen.until("half a ques")
        # Python's readline misses a signal that comes just before it waits for a key, so a person
        # who is that quick presses again.
        for _ in range(20):
            seen.process.send_signal(signal.SIGINT)
            with contextlib.suppress(AssertionError):
                seen.until(SAY.terminal_prompt, timeout=1)
                break
        else:
            pytest.fail("Ctrl-C did not bring the prompt back")
        seen.type("\x04")
        assert seen.close() == 0


def test_at_a_terminal_add_asks_shows_and_files(folder):
    """What the text does not tell is asked for; a wrong answer is asked again."""
    (folder / "speech.txt").write_text("The tunnel survey begins in May.\n\nIt takes a year.\n")
    with terminal(folder, "add", "speech.txt") as seen:
        seen.until("Title: ")
        seen.type("Remarks on the tunnel\n")
        seen.until("Whose words? (name; role): ")
        seen.type("Omar Siddiq; Chief Engineer | Nadia Rahman\n")
        seen.until("When was it said? (2025-02-24; empty if unknown): ")
        seen.type("1 March\n")
        seen.until("Write year-month-day")
        seen.until("empty if unknown): ")
        seen.type("2025-03-01\n")
        review = seen.until("File it? [y]es")
        rows = dict(re.findall(r"^  (\w+) {2,}(.+)$", review, re.MULTILINE))
        assert rows == {
            "id": "2025-03-01-remarks-on-the-tunnel",
            "title": "Remarks on the tunnel",
            "date": "2025-03-01",
            "kind": "joint statement  ← several speakers are given",
            "speakers": "Omar Siddiq; Chief Engineer | Nadia Rahman",
            "language": "en",
            "paragraphs": "2",
            "begins": "The tunnel survey begins in May.",
            "ends": "It takes a year.",
        }
        seen.until("…): ")
        seen.type("kind\n")
        assert "joint statement" in seen.until("brief): ")
        seen.type("remarks\n")
        assert "kind        remarks" in seen.until("…): ")
        assert not list((folder / "data/statements").glob("*tunnel*")), "not before it is approved"
        seen.type("y\n")
        seen.until("2025-03-01-remarks-on-the-tunnel.md")
        assert seen.close() == 0
    filed = load_record(folder / "data").statements[0]
    assert (filed.title, str(filed.kind)) == ("Remarks on the tunnel", "remarks")
    assert filed.speakers == (Speaker("Omar Siddiq", "Chief Engineer"), Speaker("Nadia Rahman"))


def test_at_a_terminal_add_files_nothing_that_is_not_approved_or_is_given_up(folder):
    """With --yes nothing optional is asked for; without an answer nothing is written."""
    (folder / "one.txt").write_text("One.\n")
    (folder / "two.txt").write_text("Two.\n")
    given = ["--speaker", "Omar Siddiq", "--data", "data"]
    with terminal(folder, "add", "one.txt", "two.txt", *given) as seen:
        seen.until("Title: ")
        seen.type("One\n")
        seen.until("empty if unknown): ")
        seen.type("\n")
        seen.until("…): ")
        seen.type("n\n")
        seen.until("it was not approved. Nothing was written.")
        seen.until("Title: ")
        seen.type("\x04")
        seen.until("stopped; nothing more was written.")
        assert seen.close() == 1
    with terminal(folder, "add", "one.txt", *given, "--title", "One", "--yes") as seen:
        seen.until("undated-one.md")
        assert seen.close() == 0
    assert sorted(path.name for path in (folder / "data/statements").iterdir()) == [
        "harbour.md",
        "undated-one.md",
    ]
