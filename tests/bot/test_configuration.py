"""Every setting, rightly and wrongly given; and a token that is never shown."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import traceback
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.configuration import (
    READERS,
    TOKEN_VARIABLE,
    Configuration,
    ConfigurationError,
    TokenNotSet,
    check_token,
    load_configuration,
    misnamed_token,
    setting_names,
)
from documents import Followed
from index import OnRecordError

TOKEN = "7123456789:AAmade_for-this_test_and_for_no_bot0"


def load(folder: Path, text: str, **environment: str) -> Configuration:
    """Return the configuration that a file of this text gives."""
    file = folder / "settings.yaml"
    file.write_text(text, encoding="utf-8")
    return load_configuration(file, environment)


def test_without_a_file_every_setting_has_its_default(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_configuration(None, {}) == Configuration()


def test_the_file_in_the_current_folder_is_read_without_being_named(tmp_path, monkeypatch):
    (tmp_path / "onrecord.yaml").write_text("passages: 7\n")
    monkeypatch.chdir(tmp_path)
    assert load_configuration(None, {}).passages == 7


def test_every_setting_can_be_read_and_no_other(tmp_path):
    assert set(READERS) == setting_names()


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("data: archive", Path("archive")),
        ("data: ~/archive", Path("~/archive").expanduser()),
        ("passages: 1", 1),
        ("passages: 20", 20),
        ('passages: "3"', 3),
        ("concurrency: 1", 1),
        ("concurrency: 64", 64),
        ("group_patience: 1440", 1440),
        ("silence: 45", 45),
        ("silence: 3600", 3600),
        ("health_file: run/health", Path("run/health")),
        ("time_zone: Asia/Karachi", ZoneInfo("Asia/Karachi")),
        ("time_zone: UTC", UTC),
        ("api: http://127.0.0.1:8081", "http://127.0.0.1:8081"),
        ("api: https://telegram.example.org/api/", "https://telegram.example.org/api"),
        ("contact: https://desk.example/bot", "https://desk.example/bot"),
        ("fetch: false", False),
        ("sources: []", ()),
        ("log: debug", "debug"),
        ("log: error", "error"),
    ],
)
def test_a_setting_rightly_given_is_taken(tmp_path, line, value):
    assert getattr(load(tmp_path, line), line.partition(":")[0]) == value


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        ('data: ""', "the path of a file or folder"),
        ("data: [a, b]", "the path of a file or folder"),
        ("data: ~", "the path of a file or folder"),
        ("data: null", "the path of a file or folder"),
        ("data:", "the path of a file or folder"),
        ("data: ~nosuchuser/x", "home folder in this path does not exist"),
        ("admins: [[1], [2]]", "such as [123456, -1001234567]"),
        ("passages: 0", "a whole number from 1 to 20"),
        ("passages: 21", "a whole number from 1 to 20"),
        ("passages: five", "a whole number from 1 to 20"),
        ("passages: 2.5", "a whole number from 1 to 20"),
        ("passages: -1", "a whole number from 1 to 20"),
        ("passages: ٣", "a whole number from 1 to 20"),
        ("passages: {a: b}", "a whole number from 1 to 20"),
        ("passages: 99999999999999999999999999", "a whole number from 1 to 20"),
        ("concurrency: 0", "a whole number from 1 to 64"),
        ("concurrency: 256", "a whole number from 1 to 64"),
        ("group_patience: 0", "a whole number from 1 to 1440"),
        ("group_patience: 1441", "a whole number from 1 to 1440"),
        ("silence: 44", "a whole number from 45 to 3600"),
        ("silence: 3601", "a whole number from 45 to 3600"),
        ("health_file: []", "the path of a file or folder"),
        ("api: api.telegram.org", "an address such as https://api.telegram.org"),
        ("api: ftp://telegram.example", "an address such as https://api.telegram.org"),
        ("api: https://telegram.example?x=1", "an address such as https://api.telegram.org"),
        ("log: verbose", "debug, info, warning, error"),
        ("log: DEBUG", "debug, info, warning, error"),
        ("fetch: no", "true, false"),
        ("contact: a b", "an e-mail address or a link, such as desk@example.org"),
        ('contact: "(me)"', "an e-mail address or a link, such as desk@example.org"),
        ('contact: "é@example.org"', "an e-mail address or a link, such as desk@example.org"),
        ("contact: [a@b.c]", "an e-mail address or a link, such as desk@example.org"),
        ("sources: true", "such as [{url: https://example.org/feed.xml, every: 1h}]"),
        ("log: [debug]", "debug, info, warning, error"),
    ],
)
def test_a_setting_wrongly_given_is_named_with_its_place_and_what_is_allowed(
    tmp_path, line, allowed
):
    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path, f"# settings\n\n{line}\n")
    key = line.partition(":")[0]
    assert str(refused.value).startswith(f"{tmp_path / 'settings.yaml'}:3: {key}: ")
    assert str(refused.value).endswith(f"{allowed}.")
    assert isinstance(refused.value, OnRecordError)


SOURCES = """\
passages: 3
sources:
  - https://a.example.org/feed.xml
  - url: https://b.example.org/feed.xml
    every: 30m
    trust: true
    speaker: Nadia Rahman; Minister
"""


def test_sources_are_addresses_or_say_more(tmp_path):
    first, second = load(tmp_path, SOURCES).sources
    assert first == Followed(url="https://a.example.org/feed.xml")
    assert (second.every, second.trust) == (1800, True)
    assert [one.value for one in second.claims] == ["Nadia Rahman; Minister"]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "what"),
    [
        (
            "every: 30m",
            "every: 30s",
            5,
            "every: this is not how often it may be asked: “30s”. Give",
        ),
        ("every: 30m", "evry: 30m", 5, "evry: this is not a part of a source. Did you mean"),
        ("trust: true", "trust: yes", 6, "trust: this is neither true nor false: “yes”. Give"),
        ("Nadia Rahman;", ";", 7, "speaker: a speaker needs a name"),
        ("url: https://b.", "url: ftp://b.", 4, "url: this is not the address of a page"),
        ("https://a.", "ftp://a.", 3, "url: this is not the address of a page"),
        ("https://b.", "https://a.", 4, "url: this source is listed already. Keep one"),
        ("url: https", "link: https", 4, "url: there is no address. Write"),
    ],
)
def test_what_is_wrong_with_a_source_is_told_with_its_line(tmp_path, right, wrong, line, what):
    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path, SOURCES.replace(right, wrong))
    assert str(refused.value).startswith(f"{tmp_path / 'settings.yaml'}:{line}: sources: {what}")


@pytest.mark.parametrize("part", ["every", "kind", "trust", "speaker", TOKEN])
def test_a_token_in_a_source_is_not_shown(tmp_path, part):
    with pytest.raises(ConfigurationError, match="sources: ") as refused:
        load(tmp_path, f"sources:\n  - {{url: https://a.example.org, {part}: [{{a: {TOKEN}}}]}}\n")
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize("value", ["[]", "{}", "[a, b]", "{a: b}"])
@pytest.mark.parametrize("part", ["every", "kind", "trust", "publisher", "language"])
def test_a_part_of_a_source_is_one_text(tmp_path, part, value):
    with pytest.raises(ConfigurationError, match=f":1: sources: {part}: "):
        load(tmp_path, f"sources: [{{url: https://a.example.org, {part}: {value}}}]")


def test_a_setting_that_refers_to_another_value_is_refused(tmp_path):
    """A list that holds itself has no end."""
    with pytest.raises(ConfigurationError, match=r":1: admins: there is a reference"):
        load(tmp_path, "admins: &a [*a]")


@pytest.mark.parametrize(
    ("key", "near"), [("pasages", "passages"), ("healthfile", "health_file"), ("Data", "data")]
)
def test_a_misspelt_setting_is_met_with_the_one_meant(tmp_path, key, near):
    with pytest.raises(ConfigurationError, match=f"Did you mean “{near}”"):
        load(tmp_path, f"{key}: 1")


def test_an_unknown_setting_is_met_with_those_there_are(tmp_path):
    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path, "log: info\nzzz: 1")
    assert ":2: there is no setting “zzz”" in str(refused.value)
    assert all(name in str(refused.value) for name in setting_names())


def test_a_setting_given_twice_is_refused(tmp_path):
    """The second would silently win."""
    with pytest.raises(ConfigurationError, match=r":3: passages is given twice"):
        load(tmp_path, "passages: 3\nlog: info\npassages: 5\n")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("log: [info", "this is not YAML"),
        ("log: info\n\tdata: x", "this is not YAML"),
        ("log: info\n---\nlog: debug", "this is not YAML"),
        ("just words", "it has no settings"),
        ("- log\n- info", "it has no settings"),
        ("[" * 1200, "this is not YAML"),
    ],
)
def test_a_file_that_is_no_list_of_settings_says_how_to_write_one(tmp_path, text, what):
    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path, text)
    assert str(refused.value).startswith(str(tmp_path / "settings.yaml"))
    assert what in str(refused.value)
    assert "“setting: value” lines" in refused.value.repair


def test_an_empty_file_is_no_mistake(tmp_path):
    assert load(tmp_path, "# nothing yet\n") == Configuration()


def test_a_file_that_was_named_must_be_there(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_configuration(tmp_path / "missing.yaml", {})
    (tmp_path / "latin").write_bytes(b"log: caf\xe9")
    with pytest.raises(ConfigurationError, match="not YAML"):
        load_configuration(tmp_path / "latin", {})


def test_the_token_comes_from_the_environment(tmp_path):
    assert load(tmp_path, "", **{TOKEN_VARIABLE: f" {TOKEN}\n"}).token == TOKEN
    assert load(tmp_path, "", **{TOKEN_VARIABLE: ""}).token == ""
    assert load(tmp_path, "").token == ""


def shown(error: BaseException) -> str:
    """Return all that a log or a terminal could show of an error."""
    return "".join([repr(error), str(error), *traceback.format_exception(error)])


def test_the_token_is_never_shown(tmp_path):
    configuration = load(tmp_path, "", **{TOKEN_VARIABLE: TOKEN})
    assert TOKEN not in f"{configuration} {configuration!r}"


@pytest.mark.parametrize(
    "line", ["token: {}", "Token: {}", "telegram_bot_token: {}", "log: {}", "passages: {}", "[{}"]
)
def test_a_token_in_the_file_is_refused_and_not_repeated(tmp_path, line):
    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path, line.format(TOKEN))
    assert TOKEN not in shown(refused.value)
    if line.startswith("token"):
        assert TOKEN_VARIABLE in str(refused.value)


@pytest.mark.parametrize(
    "token", ["abc", TOKEN[:20], f"bot{TOKEN}", f"{TOKEN} {TOKEN}", f"{TOKEN}!", "0x12:" + "a" * 35]
)
def test_what_is_no_token_is_refused_and_not_repeated(tmp_path, token):
    with pytest.raises(ConfigurationError) as refused:
        check_token(load(tmp_path, "", **{TOKEN_VARIABLE: token}).token)
    assert str(refused.value).startswith(f"{TOKEN_VARIABLE}: this is not a bot token")
    assert "@BotFather" in refused.value.repair
    assert token not in shown(refused.value)


def test_a_token_that_is_not_set_is_called_missing():
    with pytest.raises(ConfigurationError) as refused:
        check_token("")
    assert str(refused.value).startswith(f"{TOKEN_VARIABLE} is not set. ")
    assert "@BotFather" in refused.value.repair


@pytest.mark.parametrize("name", ["BOT_TOKEN", "TELEGRAM_TOKEN", "TG_BOT_TOKEN", "HARBOUR_BOT"])
def test_a_token_under_another_name_is_found_and_not_repeated(name):
    error = TokenNotSet({"HOME": "/home/omar", name: TOKEN})
    assert f"{name} is set, but that is not its name: call it {TOKEN_VARIABLE}." in str(error)
    assert TOKEN not in shown(error)


@pytest.mark.parametrize(
    "environment",
    [{}, {"PATH": "/bin"}, {"BOT_TOKEN": " "}, {TOKEN[8:]: TOKEN}, {TOKEN_VARIABLE: TOKEN}],
)
def test_what_is_no_token_under_another_name_is_not_called_one(environment):
    assert misnamed_token(environment) == ""


def test_a_token_that_is_there_and_empty_is_called_so():
    assert "It is there, but empty: set it to" in str(TokenNotSet({TOKEN_VARIABLE: ""}))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("asia/karachi", "Did you mean Asia/Karachi? "),
        ("Asia/Karachee", "Did you mean Asia/Karachi? "),
        ("America/New York", "Did you mean America/New_York? "),
        ("Asia", ""),
        ("../../etc/passwd", ""),
        ("+5", ""),
        ("[Asia/Karachi]", ""),
    ],
)
def test_a_time_zone_that_there_is_not_is_named_with_its_place_and_repair(tmp_path, name, meant):
    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path, f"passages: 3\ntime_zone: {name}\n")
    assert refused.value.where == f"{tmp_path / 'settings.yaml'}:2"
    assert refused.value.what.startswith("time_zone: ")
    assert refused.value.repair.startswith(meant)
    assert "such as Asia/Karachi or UTC." in refused.value.repair


def test_today_is_the_day_in_the_time_zone(monkeypatch):
    """Not that of the machine: at 20:00 UTC it is already the next day in Karachi."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    evening = datetime(2025, 2, 6, 20, tzinfo=UTC).timestamp()
    monkeypatch.setattr(time, "time", lambda: evening)
    assert Configuration().today() == date(2025, 2, 6)
    assert Configuration(time_zone=ZoneInfo("Asia/Karachi")).today() == date(2025, 2, 7)
    monkeypatch.undo()
    time.tzset()


def test_the_names_of_time_zones_are_known_where_the_system_has_none():
    """Small containers and Windows have no files of time zones."""
    without = {**os.environ, "PYTHONTZPATH": ""}
    said = subprocess.run(
        [sys.executable, "-c", "import zoneinfo; print(zoneinfo.ZoneInfo('Asia/Karachi'))"],
        env=without,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert said.stdout == "Asia/Karachi\n"
