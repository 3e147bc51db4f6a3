"""The options that are settings too: read alike in both places, and the option goes before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.configuration import Configuration, ConfigurationError, load_configuration
from bot.terminal.arguments import parser, settings_in

TOKEN = "7123456789:AAmade_for-this_test_and_for_no_bot0"


def by_file(folder: Path, name: str, value: str) -> object:
    """Return what a setting in a file is read as."""
    (folder / "onrecord.yaml").write_text(f'{name}: "{value}"\n')
    return getattr(load_configuration(folder / "onrecord.yaml", {}), name)


def by_option(name: str, value: str) -> object:
    """Return what an option is read as."""
    return settings_in(parser().parse_args([f"--{name}", value]))[name]


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("webhook", "https://bot.example.org", "https://bot.example.org"),
        ("webhook", "https://bot.example.org/", "https://bot.example.org/"),
        ("webhook", "https://192.0.2.7:8443/a/b-c_d.e~f", "https://192.0.2.7:8443/a/b-c_d.e~f"),
        ("webhook", "https://bot.example.org/healthz/hook", "https://bot.example.org/healthz/hook"),
        ("listen", "127.0.0.1:8080", "127.0.0.1:8080"),
        ("listen", "0.0.0.0:1", "0.0.0.0:1"),
        ("listen", "localhost:65535", "localhost:65535"),
        ("listen", "[::1]:8080", "[::1]:8080"),
        ("workers", "1", 1),
        ("workers", "64", 64),
    ],
)
def test_rightly_given_it_is_taken_in_both_places(tmp_path, name, value, read):
    assert by_option(name, value) == by_file(tmp_path, name, value) == read


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("webhook", "", "https"),
        ("webhook", "bot.example.org", "https"),
        ("webhook", "http://bot.example.org/", "https"),
        ("webhook", "https://", "a host"),
        ("webhook", "https:///path", "a host"),
        ("webhook", "https://amina@bot.example.org/", "a host"),
        ("webhook", "https://amina:secret@bot.example.org/", "a host"),
        ("webhook", "https://bot.example.org:0/", "a port"),
        ("webhook", "https://bot.example.org:65536/", "a port"),
        ("webhook", "https://bot.example.org:x/", "a port"),
        ("webhook", "https://bot.example.org/?x=1", "a path of"),
        ("webhook", "https://bot.example.org/#x", "a path of"),
        ("webhook", "https://bot.example.org/a b", "a path of"),
        ("webhook", "https://bot.example.org/a%20b", "a path of"),
        ("webhook", "https://bot.example.org//a", "a path of"),
        ("webhook", "https://bot.example.org/a/../b", "a path of"),
        ("webhook", "https://bot.example.org/.", "a path of"),
        ("webhook", "https://bot.example.org/é", "a path of"),
        ("webhook", f"https://bot.example.org/{TOKEN}", "a path of"),
        ("webhook", "https://bot.example.org/healthz", "another path"),
        ("listen", "8080", "HOST:PORT"),
        ("listen", ":8080", "HOST:PORT"),
        ("listen", "127.0.0.1", "HOST:PORT"),
        ("listen", "127.0.0.1:0", "HOST:PORT"),
        ("listen", "127.0.0.1:65536", "HOST:PORT"),
        ("listen", "::1:8080", "HOST:PORT"),
        ("listen", "http://127.0.0.1:8080", "HOST:PORT"),
        ("listen", "127.0.0.1:8080 ", "HOST:PORT"),
        ("workers", "0", "from 1 to 64"),
        ("workers", "65", "from 1 to 64"),
        ("workers", "two", "from 1 to 64"),
        ("workers", "-1", "from 1 to 64"),
    ],
)
def test_wrongly_given_it_is_refused_in_both_places_with_what_is_allowed(
    tmp_path, capsys, name, value, allowed
):
    with pytest.raises(ConfigurationError) as refused:
        by_file(tmp_path, name, value)
    assert allowed in refused.value.repair
    with pytest.raises(SystemExit) as left:
        parser().parse_args([f"--{name}={value}"])
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert f"argument --{name}: {refused.value.repair}\n" in said
    assert TOKEN not in f"{refused.value} {said}"


def test_an_option_goes_before_the_file_and_what_is_not_given_stays(tmp_path):
    (tmp_path / "onrecord.yaml").write_text("workers: 3\nlisten: 127.0.0.1:1\ndata: there\n")
    configuration = load_configuration(tmp_path / "onrecord.yaml", {})
    options = parser().parse_args(["--workers", "2", "--data", "here"])
    chosen = replace(configuration, **settings_in(options))  # type: ignore[arg-type]
    assert (chosen.workers, chosen.listen, chosen.data) == (2, "127.0.0.1:1", Path("here"))


@pytest.mark.parametrize("arguments", [[], ["ask", "ferries"], ["add", "speech.txt", "--yes"]])
def test_what_no_option_was_given_for_is_no_setting(arguments):
    """Some commands have options of the same name as no setting of theirs."""
    assert settings_in(parser().parse_args(arguments)) == {}


def test_by_itself_the_bot_polls_and_listens_nowhere():
    plain = Configuration()
    assert (plain.webhook, plain.listen, plain.workers) == ("", "", 1)
