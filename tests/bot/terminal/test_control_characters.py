"""What a file or a setting says never commands the terminal that it is shown in."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from bot.configuration import ConfigurationError, load_configuration
from bot.i18n.strings import strings_of
from bot.terminal.command_line import run
from bot.terminal.screen import Screen
from index import Index, Record, load_record
from index.model.errors import without_controls

#: Colours, a title, a cleared screen; and the same begun by one character, U+009B.
COMMANDS = ["\x1b[31m", "\x1b]0;owned\x07", "\x1b[2J", "\x9b31m", "\x7f", "\x85", "\r", "\x00"]
GOOD = "---\ntitle: {title}\nspeakers: [{name}]\n{more}---\n\n{text}\n"


def commanding(text: str) -> list[str]:
    """Return the control characters in *text* but for line breaks."""
    return [one for one in text if one != "\n" and (ord(one) < 32 or 127 <= ord(one) < 160)]


def put(folder: Path, name: str, content: str) -> None:
    (folder / "statements").mkdir(exist_ok=True)
    (folder / "statements" / name).write_text(content, "utf-8", newline="")


@pytest.mark.parametrize("command", COMMANDS)
def test_check_and_ask_and_explain_print_none(tmp_path, capsys, command):
    quoted = json.dumps(f"{command}wrong")
    files = {
        "key.md": GOOD.format(title="A", name="B", more=f"{quoted}: 1\n", text="C."),
        "role.md": f'---\ntitle: A\nspeakers: [{{name: B, {quoted}: "x"}}]\n---\n\nC.\n',
        "value.md": GOOD.format(title=quoted, name=quoted, more=f"kind: {quoted}\n", text="C."),
        "text.md": GOOD.format(title="A", name="B", more="", text=f"Ferries {command} sail."),
        "id.jsonl": json.dumps({"id": command, "title": command, "paragraphs": [{command: 1}]}),
        "twice.jsonl": f"{{{quoted}: 1, {quoted}: 2}}\n",
        "good.jsonl": json.dumps(
            {"id": "good", "title": "A", "speakers": ["B"], "paragraphs": [f"Ferries {command}."]}
        ),
    }
    for name, content in files.items():
        put(tmp_path, name, content)
    data = ["--data", str(tmp_path)]
    assert run(["check", *data]) == 1
    for arguments in (["ask", "ferries"], ["ask", "--json", "ferries"], ["explain", "ferries"]):
        run([*arguments, *data])
    shown = capsys.readouterr()
    assert "mistake: " in shown.out
    assert commanding(shown.out + shown.err) == []


def test_a_quote_in_a_terminal_has_none_and_keeps_its_marks(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    from made_statements import statement  # noqa: PLC0415

    index = Index(Record.of([statement("a", ["Ferries \x9b31m sail."])]))
    terminal = Terminal()
    screen = Screen(strings_of(), terminal)
    screen.passage(index.ask("ferries").hits[0])
    assert "Ferries \ufffd31m sail." in terminal.getvalue()


def test_a_flood_in_one_complaint_is_cut(tmp_path):
    put(
        tmp_path, "a.md", f"---\ntitle: A\nspeakers: [{{name: B, {'k' * 100_000}: x}}]\n---\n\nC.\n"
    )
    put(tmp_path, "b.jsonl", f'{{"{"k" * 100_000}": 1, "{"k" * 100_000}": 1}}\n')
    assert max(len(str(problem)) for problem in load_record(tmp_path).problems) < 2000


@pytest.mark.parametrize("command", COMMANDS)
def test_neither_does_a_setting(tmp_path, command):
    for line in (f"{json.dumps(command + 'a')}: 1", f"log: {json.dumps(command)}"):
        (tmp_path / "settings.yaml").write_text(line)
        with pytest.raises(ConfigurationError) as refused:
            load_configuration(tmp_path / "settings.yaml", {})
        assert commanding(str(refused.value)) == []


SECRET = "AAEhBP0av28HpFd-6wGnrmMnVmqfLBZrkGw"
TOKEN = f"123456789:{SECRET}"


@pytest.mark.parametrize("token", [TOKEN, SECRET, f"bot{TOKEN}", f"{TOKEN}x", f"my {TOKEN}"])
@pytest.mark.parametrize("line", ["{}: x", '"{}": x', "{}:", "log: {}", "data: []\n{}: 1"])
def test_a_token_in_any_place_of_the_settings_is_not_shown(tmp_path, token, line):
    """Nor the half of it that is secret."""
    (tmp_path / "settings.yaml").write_text(line.format(token))
    with pytest.raises(ConfigurationError) as refused:
        load_configuration(tmp_path / "settings.yaml", {})
    assert SECRET not in f"{refused.value!r} {refused.value}"


def test_every_character_keeps_its_place():
    assert without_controls("a\x1bb\nc\x9bd") == "a\ufffdb\nc\ufffdd"
    assert without_controls("\u200fگوادر\u2060") == "\u200fگوادر\u2060"
