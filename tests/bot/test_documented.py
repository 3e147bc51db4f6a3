"""Whatever a user or an operator can type has its heading or its row on the page that is about it.

Headings and rows are read, not words: a name that only stands in a sentence documents nothing. And
what has a heading or a row has to exist.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import regex
from pages import command_line
from pages.markdown import PROJECT, beneath, blocks, defined, headings, read, section
from telegram_standin import TelegramStandIn

from bot.assembly import assemble
from bot.configuration import (
    Configuration,
    ConfigurationError,
    load_configuration,
    setting_names,
)
from bot.front.addressing import ASK_ALONE
from bot.i18n.strings import strings_of
from bot.services.menus import FOR_ADMINISTRATORS, FOR_OPERATORS, IN_GROUPS, IN_PRIVATE
from bot.terminal.arguments import parser
from bot.terminal.chat import Chat
from bot.terminal.screen import Screen
from index import Fields, Index, Kind, Record, amend, load_record, withdraw

SAY = strings_of()
#: Telegram's own button sends it before a user has read anything; nobody types it.
SENT_BY_A_BUTTON = {"start"}
#: Who sets up the bot is told of it where the setting is; nobody else needs it.
FOR_OPERATORS_TO_BE = {"whoami"}
ASKING, COMMAND_LINE, RUNNING, STATEMENTS, TELEGRAM = (
    read(PROJECT / "docs" / f"{name}.md")
    for name in ("asking", "command-line", "running", "statements", "telegram")
)
SETTINGS = beneath(RUNNING, "Settings")
DEFAULTS = Configuration()


@pytest.fixture
def printed_by(warm_onrecord: Path) -> Callable[..., str]:
    """Return what runs ``onrecord`` in the project's folder and returns what it prints."""

    def run(*arguments: str) -> str:
        ran = subprocess.run(
            [warm_onrecord, *arguments],
            cwd=PROJECT,
            env={"LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
        return ran.stdout

    return run


# The commands of the bot.


def commands_of_the_bot(configuration: Configuration, index: Index) -> set[str]:
    """Return every command that the bot obeys."""
    return set(assemble(configuration, index).commands)


async def test_every_command_of_the_bot_is_in_its_help_or_menu(configuration, index):
    """The operators' are in their own menu alone; to others they are unknown."""
    token = TelegramStandIn().token
    obeyed = commands_of_the_bot(dataclasses.replace(configuration, token=token), index)
    assert {"start", "help", "ref", "sources", "settings", "status", "ask"} <= obeyed
    told = {name for name in obeyed if f"/{name}" in SAY.help}
    offered = {*IN_PRIVATE, *IN_GROUPS, *FOR_ADMINISTRATORS, *FOR_OPERATORS, ASK_ALONE}
    assert told | offered == obeyed - SENT_BY_A_BUTTON - FOR_OPERATORS_TO_BE
    assert not {"status", "reload", "misses"} & (told | {*IN_PRIVATE, *FOR_ADMINISTRATORS})


async def test_every_command_of_the_bot_has_its_row(configuration, index):
    token = TelegramStandIn().token
    obeyed = commands_of_the_bot(dataclasses.replace(configuration, token=token), index)
    assert sorted(defined(section(TELEGRAM, "Commands").body)) == sorted(
        f"/{name}" for name in obeyed
    )
    operators = {name.split()[0] for name in defined(section(TELEGRAM, "For operators").body)}
    assert operators == {"/status", "/reload", "/misses"}


async def test_every_command_in_a_menu_is_answered(telegram, running):
    """What Telegram offers people as they type a slash is what the bot obeys."""
    olga = telegram.user("Olga")
    private = telegram.private_chat(olga)
    group = telegram.group("Newsroom", administrators=[olga])
    async with running(admins=frozenset({olga.id})):
        for command in FOR_OPERATORS:
            telegram.say(private, olga, f"/{command}")
            assert (await telegram.reply(private)).text != SAY.unknown_command
        for command in FOR_ADMINISTRATORS:
            # So it is written when it is picked from the menu of a group.
            telegram.say(group, olga, f"/{command}@OnRecordBot")
            assert (await telegram.reply(group)).text != SAY.unknown_command


# The chat in the terminal.


def test_every_command_of_the_terminal_is_in_its_help_and_has_its_row(index):
    commands = set(Chat(index, SAY, Screen(SAY), 5).commands)
    assert {"/next", "/help", "/quit"} <= commands
    # Who reads the help has found /help.
    assert {one for one in commands if f"{one} " not in SAY.terminal_help} == {"/help"}
    assert "/help" in SAY.terminal_welcome
    assert set(defined(section(COMMAND_LINE, "The chat in the terminal").body)) == commands


# The command line.


def commands_of_the_parser() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def test_the_page_of_the_command_line_is_as_the_code_makes_it():
    """`make pages` writes it."""
    assert command_line.fill(COMMAND_LINE) == COMMAND_LINE


def test_every_subcommand_has_its_heading_and_its_options_beneath():
    names = {"onrecord", *(f"onrecord {name}" for name, _ in commands_of_the_parser())}
    assert {one.name for one in headings(COMMAND_LINE) if one.level == 2} == names
    overview = COMMAND_LINE.partition("\n## ")[0]
    assert {name for name in defined(overview) if name.startswith("onrecord")} == names
    for name in names:
        command = name.partition(" ")[2]
        assert ("parser", command) in command_line.parts(section(COMMAND_LINE, name).body)


def test_every_option_has_its_row():
    """So are those that are settings as well; what goes with every command has one row."""
    for name, command in [("", parser()), *commands_of_the_parser()]:
        body = section(COMMAND_LINE, f"onrecord {name}".strip()).body
        typed = {
            option
            for action in command._actions
            for option in action.option_strings
            if option.startswith("--") and option != "--help"
        } - ({"--data", "--config"} if name else set())
        rows = {row.split()[0] for row in defined(body) if row.startswith("--")}
        assert rows == typed, name


def test_the_help_of_the_command_line_names_every_command_and_option():
    text = parser().format_help()
    for name, command in commands_of_the_parser():
        assert f"\n    {name} " in text
        assert command.description
        assert all(action.help for action in command._actions), name


# The JSON objects.

#: Questions that between them bring every key: hits and none, a reference, a correction.
_ASKED = ("Gwadar", "Who won the cricket world cup?")
_EXPLAINED = ("the port of Gwader", "PM0J-T3KY", "hello")


@pytest.mark.parametrize(("command", "questions"), [("ask", _ASKED), ("explain", _EXPLAINED)])
def test_every_key_of_the_answers_is_described(printed_by, command, questions):
    """And none that is not there; what has keys within it needs no words of its own."""
    printed = [json.loads(printed_by(command, one, "--json")) for one in questions]
    check_keys(command, printed)


def test_every_key_of_an_evaluation_is_described(printed_by, tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"question": "Gwadar", "gold": []}\n', encoding="utf-8")
    check_keys("evaluate", [json.loads(printed_by("evaluate", str(questions), "--json"))])


def test_every_key_of_a_history_is_described(printed_by, data_with_history):
    printed = json.loads(printed_by("history", "quay", "--json", "--data", str(data_with_history)))
    check_keys("history", [printed])


def test_every_key_that_a_hit_has_only_sometimes_is_described(printed_by, data_with_history):
    data = str(data_with_history)
    index = Index(load_record(data_with_history))
    (version,) = index.record.earlier
    old = Index(Record.of([version])).paragraph("quay", 1)
    assert old
    printed = json.loads(printed_by("ask", old.citation.reference, "--json", "--data", data))
    plain = set(command_line.json_keys("hit"))
    found = {key for key in printed["hits"][0] if key not in plain and key != "citation"}
    assert found == set(command_line.json_keys("sometimes"))
    assert ("json", "sometimes") in command_line.parts(COMMAND_LINE)


@pytest.fixture
def data_with_history(tmp_path: Path) -> Path:
    """Return a folder with a statement that was amended, and then withdrawn."""
    text = "---\ntitle: On the quay\nspeakers: [Nadia Rahman]\n---\n\n## Ports\n\nIt opens in {}.\n"
    (tmp_path / "statements").mkdir()
    (tmp_path / "statements" / "quay.md").write_text(text.format("March"), encoding="utf-8")
    amend(tmp_path, "quay", text.format("May"), datetime.date(2025, 3, 4))
    withdraw(tmp_path, "quay", "Retracted")
    return tmp_path


def check_keys(command: str, printed: list[Any]) -> None:
    """Raise AssertionError unless the keys of *printed* are those described of *command*."""
    described = command_line.json_paths(command)
    found = {path for one in printed for path in command_line.paths(one)}
    within = {path for path in found if any(one.startswith(f"{path}.") for one in described)}
    assert found - within - described == set(), "not described"
    assert described - found == set(), "described, and not printed"
    parts = command_line.parts(COMMAND_LINE)
    assert ("json", command) in parts
    assert ("json", "hit") in parts


# The settings.


def test_every_setting_has_its_heading():
    assert set(SETTINGS) == setting_names()


def detail(name: str, label: str) -> str:
    """Return the line of a setting that begins with *label*, with what it is continued by."""
    body = " ".join(SETTINGS[name].split())
    found = regex.search(rf"- {label}: (.*?)(?= - (?:Default|Allowed|Example): |$)", body)
    assert found, f"{name} has no line “- {label}: …”"
    return str(found[1])


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_the_default_of_a_setting_is_the_one_shown(name):
    default = getattr(DEFAULTS, name)
    shown = detail(name, "Default")
    first = regex.match(r"`([^`]*)`", shown)
    if name == "health_file":
        assert default == Path(tempfile.gettempdir()) / "onrecord.health"
        assert first
        assert first[1] == default.name
        assert "temporary files" in shown
    elif default in ("", None):
        assert shown.startswith("none")
    else:
        assert first
        assert first[1] == ("[]" if default in (frozenset(), ()) else written(default))


def written(value: object) -> str:
    """Return *value* as it is written in a file of settings."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def loaded(folder: Path, text: str) -> Configuration:
    """Return the configuration in a file of this *text*."""
    file = folder / "onrecord.yaml"
    file.write_text(text, encoding="utf-8")
    return load_configuration(file, {})


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_the_example_of_a_setting_can_be_used(tmp_path, name):
    example = regex.match(r"`([^`]*)`", detail(name, "Example"))
    assert example
    assert example[1].startswith(f"{name}: ")
    assert getattr(loaded(tmp_path, example[1]), name) != getattr(DEFAULTS, name)


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_what_a_setting_allows_is_what_is_said(tmp_path, name):
    """A span of numbers ends where it is said to; each word that is listed can be given."""
    allowed = detail(name, "Allowed")
    span = regex.match(r"`(\d+)` to `(\d+)`", allowed)
    if span:
        least, most = int(span[1]), int(span[2])
        for number in (least, most):
            assert getattr(loaded(tmp_path, f"{name}: {number}"), name) == number
        for number in (least - 1, most + 1):
            with pytest.raises(ConfigurationError):
                loaded(tmp_path, f"{name}: {number}")
    elif regex.fullmatch(r"`\w+`(?:, `\w+`)+", allowed):
        words = regex.findall(r"`(\w+)`", allowed)
        for word in words:
            assert written(getattr(loaded(tmp_path, f"{name}: {word}"), name)) == word
        with pytest.raises(ConfigurationError) as refused:
            loaded(tmp_path, f"{name}: neither")
        assert regex.findall(r"\w+", refused.value.repair.partition(":")[2]) == words


def test_the_example_of_a_file_of_settings_can_be_used_and_names_them_all(tmp_path):
    (example,) = blocks(section(RUNNING, "An example onrecord.yaml").body, "yaml")
    used = loaded(tmp_path, example)
    assert used.admins == {123456789}
    # Those that are not used are shown behind a "#".
    whole = regex.sub(r"^# (?=\w+: )", "", example, flags=regex.MULTILINE)
    assert set(regex.findall(r"^(\w+):", whole, regex.MULTILINE)) == setting_names()
    loaded(tmp_path, whole)


# Statements and questions.


def test_every_field_of_a_statement_has_its_row():
    fields = {field.name for field in dataclasses.fields(Fields)}
    assert set(defined(section(STATEMENTS, "Fields").body)) == fields


def test_every_kind_of_statement_has_its_row():
    assert sorted(defined(section(STATEMENTS, "Kinds").body)) == sorted(map(str, Kind))


def test_every_operator_of_a_question_has_its_row():
    """Those that the help in the terminal shows, in the way that it shows them."""
    shown = regex.findall(r"\b([a-z]+:)\S", SAY.terminal_help)
    rows = {row.partition(":")[0] + ":" for row in defined(section(ASKING, "Operators").body)}
    assert {"from:", "in:", "kind:", "year:"} <= set(shown)
    assert {row for row in rows if regex.fullmatch(r"[a-z]+:", row)} == set(shown)
