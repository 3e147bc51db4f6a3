"""No line of the log holds a secret, wherever in the record it hides."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import InvalidToken, NetworkError

from bot.process.logs import RedactingFormatter, set_up_logging

TOKEN = "7123456789:AAmade_for-this_test_and_for_no_bot0"


def record(message: str, *arguments: object, **more: object) -> logging.LogRecord:
    return logging.LogRecord("one", logging.INFO, __file__, 1, message, arguments, None, **more)


@pytest.mark.parametrize(
    "message",
    [
        TOKEN,
        f"POST https://api.telegram.example/bot{TOKEN}/getMe",
        f"https://api.telegram.example/file/bot{TOKEN.replace(':', '%3A')}/x",
        f"https://api.telegram.example/file/bot{TOKEN.replace(':', '%3a')}/x",
        f"first {TOKEN} and again {TOKEN}",
    ],
)
def test_a_token_is_taken_out_though_nobody_told_which(message):
    line = RedactingFormatter().format(record(message))
    assert TOKEN.partition(":")[2] not in line
    assert "<token>" in line


def test_a_token_in_arguments_and_tracebacks_is_taken_out():
    formatter = RedactingFormatter(TOKEN)
    assert TOKEN not in formatter.format(record("called %s with %r", TOKEN, {"token": TOKEN}))
    try:
        raise ValueError(f"no bot has {TOKEN}")
    except ValueError:
        failed = record("failed")
        failed.exc_info = sys.exc_info()
    line = formatter.format(failed)
    assert "ValueError: no bot has <token>" in line
    assert TOKEN not in line


def test_a_secret_of_any_look_is_taken_out():
    assert RedactingFormatter("hush").format(record("they say hush")).endswith("they say <token>")


def test_an_empty_secret_takes_nothing_out():
    assert RedactingFormatter("").format(record("plain words")).endswith("one: plain words")


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_stands_around_it_the_token_is_taken_out(before, after):
    line = RedactingFormatter(TOKEN).format(record("%s", before + TOKEN + after))
    assert TOKEN not in line


QUIETED = ("httpx", "httpcore", "apscheduler", "telegram", "telegram.ext.Updater")


@pytest.fixture
def logging_restored() -> Iterator[None]:
    """Give the tests their own logging back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in QUIETED}
    root.handlers[:] = []
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


@pytest.mark.usefixtures("logging_restored")
def test_at_debug_neither_addresses_nor_questions_are_logged(capsys):
    """The libraries would write each address called, and each update with who sent it."""
    set_up_logging("debug", TOKEN)
    logging.getLogger("bot.test").debug("polling with %s", TOKEN)
    logging.getLogger("httpx").info("HTTP Request: POST /bot%s/getMe", TOKEN)
    logging.getLogger("telegram.ext.Application").debug("Processing update of Amina")
    logging.getLogger("telegram.ext.Application").info("Application started")
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(" ", 2)[2] for line in err.splitlines()] == [
        "DEBUG bot.test: polling with <token>",
        "INFO telegram.ext.Application: Application started",
    ]


@pytest.mark.usefixtures("logging_restored")
@pytest.mark.parametrize(
    ("level", "written"),
    [
        ("info", ["info", "warning", "error"]),
        ("warning", ["warning", "error"]),
        ("error", ["error"]),
    ],
)
def test_nothing_less_important_than_chosen_is_logged(capsys, level, written):
    """Not by the libraries either."""
    set_up_logging(level, TOKEN)
    for name in ("bot.test", "httpx", "telegram.Bot"):
        for importance in ("debug", "info", "warning", "error"):
            getattr(logging.getLogger(name), importance)("%s says %s", name, importance)
    said = [line.rpartition(" ")[2] for line in capsys.readouterr().err.splitlines()]
    without_info = [one for one in written if one != "info"]
    assert said == written + without_info + written


@pytest.mark.usefixtures("logging_restored")
def test_a_refused_token_makes_no_traceback_and_other_failures_do(capsys):
    set_up_logging("info", TOKEN)
    for error in (InvalidToken("refused"), ValueError("something else")):
        try:
            raise error
        except Exception:
            logging.getLogger("telegram.ext").exception("it failed")
    err = capsys.readouterr().err
    assert err.count("Traceback") == 1
    assert "something else" in err


def test_a_line_of_the_log_never_commands_the_terminal():
    record = logging.LogRecord("a", logging.ERROR, "f", 1, "no file \x1b[31m\x9b2J", None, None)
    assert RedactingFormatter().format(record).endswith("no file \ufffd[31m\ufffd2J")


@pytest.mark.usefixtures("logging_restored")
def test_that_the_librarys_tries_are_over_is_said_by_the_bot_alone(capsys):
    set_up_logging("info")
    log = logging.getLogger("telegram.ext.networkloop")
    for error in (NetworkError("no name"), RuntimeError("no name")):
        try:
            raise error
        except (NetworkError, RuntimeError):
            log.exception("%s Failed run number %s", "Network Retry Loop (Bootstrap):", 5)
    told = capsys.readouterr().err
    assert told.count("Network Retry Loop") == 1
    assert "RuntimeError" in told
