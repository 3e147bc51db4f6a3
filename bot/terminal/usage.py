"""Says what can be typed on the command line, and reads it into options.

What each command does is ``command_line``'s work.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.configuration import READERS, TOKEN_VARIABLE

#: The commands that are no words of their own: nothing typed, and ``--version``.
CONVERSE, VERSION = "converse", "version"

#: The options that are settings as well. `add` has a --language of its own.
_SETTINGS = ("data", "webhook", "listen", "workers")

_EXAMPLES = """\
examples:
  onrecord                                  chat in the terminal
  onrecord ask "What about Gwadar?"         one answer
  onrecord ask 'from:Jiang after:2025-02 railway "Main Line-1" -loan'
  onrecord ask "Gwadar" --json | jq .hits   for other programs
  onrecord add speech.txt --title "Remarks to media" --speaker "Jiang Zaidong; Ambassador"
  onrecord check                            what is wrong with the statements, and the repair
  onrecord explain "What about Gwadar?"     why each passage ranks where it does
  onrecord --webhook https://bot.example.org/onrecord --workers 2    behind a proxy

exit codes: 0 done or answered, 1 nothing found or mistakes found, 2 could not be done as asked,
3 Telegram cannot be reached
"""

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line; ``command`` among the options is what to do."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--data", type=Path, metavar="DIR", help="the folder that holds statements/ (./data)"
    )
    common.add_argument(
        "--config", type=Path, metavar="FILE", help="the settings (./onrecord.yaml, if it is there)"
    )
    whole = argparse.ArgumentParser(
        prog="onrecord",
        description="Answers a question with the exact words of an official statement, and says "
        "where they stand. Without a command: the Telegram bot if "
        f"{TOKEN_VARIABLE} is set, otherwise a chat in the terminal.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    whole.add_argument(
        "--version", action="store_const", dest="command", const=VERSION, help="show the version"
    )
    _describe_running(whole)
    whole.set_defaults(command=CONVERSE)
    commands = whole.add_subparsers(title="commands", metavar="COMMAND")
    _describe_ask(commands, common)
    _describe_add(commands, common)
    check = commands.add_parser(
        "check",
        parents=[common],
        help="every problem in the data, where it is and how to repair it",
        description="Lists every problem in the statements and synonyms with its file, line "
        "and repair. Leaves with 1 if anything is left out because of one; warnings alone leave "
        "with 0.",
    )
    check.set_defaults(command="check")
    evaluate = commands.add_parser(
        "evaluate",
        parents=[common],
        help="recall, reciprocal rank and refusals over questions with known answers",
        description="Asks questions whose answers are known. A folder brings its own "
        "statements.jsonl and questions.jsonl; single files of questions are asked of the record.",
    )
    evaluate.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="DIR|FILE",
        help="a folder with statements.jsonl and questions.jsonl, or a file of questions",
    )
    evaluate.add_argument("--json", action="store_true", help="print one JSON object for each")
    evaluate.set_defaults(command="evaluate")
    _describe_explain(commands, common)
    return whole


def settings_in(options: argparse.Namespace) -> dict[str, object]:
    """Return the settings that were given as options, which go before those in the file."""
    return {name: getattr(options, name) for name in _SETTINGS if hasattr(options, name)}


def _describe_running(whole: argparse.ArgumentParser) -> None:
    running = whole.add_argument_group("how the bot runs", argument_default=argparse.SUPPRESS)
    running.add_argument(
        "--webhook",
        type=_setting("webhook"),
        metavar="URL",
        help="have Telegram deliver to this address, rather than poll; a proxy in front does TLS",
    )
    running.add_argument(
        "--listen",
        type=_setting("listen"),
        metavar="HOST:PORT",
        help="where to serve deliveries (127.0.0.1:8080) and /healthz, that also while polling",
    )
    running.add_argument(
        "--workers",
        type=_setting("workers"),
        metavar="N",
        help="how many processes share a webhook (1)",
    )


def _describe_ask(commands: _Commands, common: argparse.ArgumentParser) -> None:
    ask = commands.add_parser(
        "ask",
        parents=[common],
        help="one answer",
        description="Answers one question. Leaves with 0 if it was answered, 1 if nothing on "
        "record answers. A reference such as K7Q2-M9XA brings its paragraph.",
    )
    ask.add_argument("question", help="in plain words; quote it for the shell")
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    ask.add_argument(
        "--limit",
        type=_positive,
        metavar="N",
        help="how many passages to give at most (1; with --json 5)",
    )
    ask.set_defaults(command="ask")


def _describe_explain(commands: _Commands, common: argparse.ArgumentParser) -> None:
    explain = commands.add_parser(
        "explain",
        parents=[common],
        help="why each passage ranks where it does",
        description="Shows how a question was read, and of each passage found what its score is "
        "made of and whether it answers.",
    )
    explain.add_argument("question", help="as it would be asked; quote it for the shell")
    explain.add_argument("--json", action="store_true", help="print one JSON object")
    explain.add_argument(
        "--limit",
        type=_positive,
        metavar="N",
        default=5,
        help="how many passages to explain at most (5)",
    )
    explain.set_defaults(command="explain")


def _describe_add(commands: _Commands, common: argparse.ArgumentParser) -> None:
    add = commands.add_parser(
        "add",
        parents=[common],
        help="put documents on record",
        description="Files plain texts as statements. What a text does not tell is asked for, or "
        "taken from the options. Prints the id and the path of each statement written. Nothing "
        "is ever overwritten.",
    )
    add.add_argument("files", nargs="+", type=Path, metavar="FILE", help="plain text in UTF-8")
    add.add_argument("--title", help="what the statement is called")
    add.add_argument(
        "--speaker",
        action="append",
        dest="speakers",
        metavar="NAME[; ROLE]",
        help="whose words; may be given several times, the first is the default",
    )
    add.add_argument("--date", metavar="YYYY-MM-DD", help="when it was said")
    add.add_argument("--published", metavar="YYYY-MM-DD", help="when it was published, if later")
    add.add_argument("--kind", help="statement, remarks, report, joint statement, …")
    add.add_argument("--publisher", help="who published it")
    add.add_argument("--url", help="where it was published")
    add.add_argument("--language", metavar="TAG", help="en, ur, zh, … (en)")
    add.add_argument("--translation", help="official or unofficial, if it is one")
    add.add_argument("--id", help="what to file it under (made from date and title)")
    add.add_argument(
        "--yes", action="store_true", help="do not review, if nothing required is missing"
    )
    add.set_defaults(command="add")


def _setting(name: str) -> Callable[[str], object]:
    """Return what reads an option that is a setting too, as the file's is read."""

    def read(text: str) -> object:
        try:
            return READERS[name](text)
        except ValueError as wrong:
            raise argparse.ArgumentTypeError(f"{wrong}.") from None

    return read


def _positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1000")
    return number
