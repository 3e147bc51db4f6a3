"""Defines the command line, and parses it into options.

What each command does is left to ``command_line``.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bot.configuration import READERS, TOKEN_VARIABLE

#: The values of ``command`` without a command: nothing typed, and ``--version``.
BOT_OR_CHAT, VERSION = "converse", "version"

#: The commands that take the words of a question.
_ASKING = ("ask", "explain")
#: The options of these, and those before them, that have a value.
_WITH_VALUE = ("--data", "--config", "--limit", "--webhook", "--listen", "--workers")

#: The options that are also settings. The --language of `add` is another one.
_SETTINGS = ("data", "webhook", "listen", "workers")

_DESCRIPTION = f"""\
Answers questions with the exact words of official statements, and cites them.
Without a command it starts the Telegram bot if {TOKEN_VARIABLE} is set, otherwise a
chat in the terminal.
"""

_EXAMPLES = """\
examples:
  onrecord                                  chat in the terminal
  onrecord ask what about gwadar            answer one question
  onrecord ask 'from:Jiang after:2025-02 railway "Main Line-1" -loan'
  onrecord ask "Gwadar" --json | jq .hits   answer for other programs
  onrecord add speech.txt --title "Remarks to media" --speaker "Jiang Zaidong; Ambassador"
  onrecord fetch                            bring what is new from the sources in the settings
  onrecord check                            list mistakes in the data and how to fix them
  onrecord check-quotes story.docx          grade each quotation of a story
  onrecord explain "What about Gwadar?"     show why each passage ranks where it does
  onrecord history 2025-02-24-remarks       list the versions of a statement
  onrecord withdraw 2025-02-24-remarks --why "retracted by the embassy"
  onrecord setup                            set at Telegram what a new bot needs
  onrecord run --webhook https://bot.example.org/onrecord --workers 2    run behind a proxy

exit codes:
  0  done, or answered
  1  nothing found, mistakes found, a quotation not word for word on record, a document not
     filed, a source not fetched, or something at Telegram not set
  2  wrong usage, or something that the error message names
  3  Telegram cannot be reached, or refuses the token
"""

#: How argparse reports a command that it does not know.
_UNKNOWN_COMMAND = re.compile(
    r"argument COMMAND: invalid choice: '(?P<typed>.*)' \(choose from (?P<known>.*)\)"
)


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are a line on what is wrong and one on what to do."""

    def error(self, message: str) -> NoReturn:
        """Exit with code 2 and *message*, without the usage, which would bury it."""
        repair = f"“{self.prog} --help” shows how it is used."
        if unknown := _UNKNOWN_COMMAND.match(message):
            known = unknown["known"].replace("'", "")
            message = f"there is no command “{unknown['typed']}”; the commands are {known}"
            repair = "To ask a question, write: onrecord ask …"
        self.exit(2, f"{self.prog}: {message}\n{repair}\n")


if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[_Parser]


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; among its options ``command`` is the command."""
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="folder that contains statements/ (default: ./data)",
    )
    common.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="settings file (default: ./onrecord.yaml, if it exists)",
    )
    whole = _Parser(
        prog="onrecord",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    whole.add_argument(
        "--version",
        action="store_const",
        dest="command",
        const=VERSION,
        help="show the version, and whether C or NumPy ranks",
    )
    _describe_running(whole)
    whole.set_defaults(command=BOT_OR_CHAT)
    commands = whole.add_subparsers(title="commands", metavar="COMMAND")
    _describe_ask(commands, common)
    _describe_add(commands, common)
    check = commands.add_parser(
        "check",
        parents=[common],
        help="list mistakes in the data and how to fix them",
        description="Lists every mistake and warning in the statements and synonyms: the file, the "
        "line, what is wrong and how to fix it. The exit code is 1 if a mistake keeps anything off "
        "the record; with warnings alone it is 0.",
    )
    check.set_defaults(command="check")
    _describe_check_quotes(commands, common)
    evaluate = commands.add_parser(
        "evaluate",
        parents=[common],
        help="measure recall, MRR and refusals on questions with known answers",
        description="Asks questions whose answers are known, and prints recall, mean reciprocal "
        "rank, refusals and times.",
    )
    evaluate.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="DIR|FILE",
        help="folder with its own statements.jsonl and questions.jsonl, or a file of questions to "
        "ask of the record",
    )
    evaluate.add_argument("--json", action="store_true", help="print JSON, one object per line")
    evaluate.set_defaults(command="evaluate")
    _describe_explain(commands, common)
    _describe_fetch(commands, common)
    _describe_run(commands, common)
    _describe_setup(commands, common)
    _describe_withdraw(commands, common)
    _describe_history(commands, common)
    return whole


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options in *arguments*; ``question`` is the words of a question, joined.

    The words need no quotation marks of the shell, and options may stand before and after them. A
    word with a single dash is a word that is excluded, as in ``onrecord ask port -loan``.
    """
    options = parser().parse_args(_options_first(arguments))
    if options.command in _ASKING:
        options.question = " ".join(options.question)
    return options


def _options_first(arguments: Sequence[str]) -> list[str]:
    """Return *arguments* with the words of a question behind all options."""
    options: list[str] = []
    words: list[str] = []
    asking, rest = False, iter(arguments)
    for argument in rest:
        if argument == "--":
            words += rest
        elif argument == "-h" or (
            argument.startswith("--") and not any(map(str.isspace, argument))
        ):
            options.append(argument)
            if len(argument) > 2 and any(one.startswith(argument) for one in _WITH_VALUE):
                options += [value for value in [next(rest, None)] if value is not None]
        elif asking:
            words.append(argument)
        elif argument in _ASKING:
            asking = True
            options.append(argument)
        else:
            return list(arguments)
    return [*options, "--", *words] if asking and words else list(arguments)


def settings_in(options: argparse.Namespace) -> dict[str, object]:
    """Return the settings among the options, which override those in the settings file."""
    return {name: getattr(options, name) for name in _SETTINGS if hasattr(options, name)}


def _describe_running(whole: argparse.ArgumentParser) -> None:
    running = whole.add_argument_group("options of the bot", argument_default=argparse.SUPPRESS)
    running.add_argument(
        "--webhook",
        type=_setting("webhook"),
        metavar="URL",
        help="public address for Telegram to deliver to, instead of polling; a proxy in front does "
        "the TLS",
    )
    running.add_argument(
        "--listen",
        type=_setting("listen"),
        metavar="HOST:PORT",
        help="where to serve the webhook and /healthz (default with --webhook: 127.0.0.1:8080); "
        "while polling, only /healthz",
    )
    running.add_argument(
        "--workers",
        type=_setting("workers"),
        metavar="N",
        help="number of processes that share the webhook (default: 1)",
    )


def _describe_ask(commands: _Commands, common: _Parser) -> None:
    ask = commands.add_parser(
        "ask",
        parents=[common],
        help="answer one question",
        description="Answers one question. The exit code is 0 if it was answered, 1 if nothing on "
        "record answers.",
    )
    ask.add_argument(
        "question",
        nargs="+",
        metavar="QUESTION",
        help="question, with or without quotes, or a reference such as K7Q2-M9XA",
    )
    ask.add_argument("--json", action="store_true", help="print a JSON object")
    ask.add_argument(
        "--limit",
        type=_positive,
        metavar="N",
        help="show at most N passages (default: 1, with --json 5)",
    )
    ask.set_defaults(command="ask")


def _describe_check_quotes(commands: _Commands, common: _Parser) -> None:
    quotes = commands.add_parser(
        "check-quotes",
        parents=[common],
        help="grade each quotation of a story against the record",
        description="Finds every quotation of three words or more in a story, and grades it: "
        "verbatim, punctuated differently, altered, spliced, cut short, misattributed or not on "
        "record. Shows those that are not verbatim with the words that differ, the worst first. "
        "The exit code is 0 if all are verbatim or punctuated differently, or there is none; it is "
        "1 if one is not, a quotation mark has no partner, or the story is too long.",
    )
    quotes.add_argument(
        "story",
        metavar="FILE|URL|-",
        help="the story: text, Markdown, or any document that add reads; - is standard input",
    )
    quotes.add_argument("--json", action="store_true", help="print a JSON object")
    quotes.add_argument(
        "--html",
        type=Path,
        metavar="FILE",
        help="write a page that shows the story with each quotation marked, the passage beside it; "
        "in a terminal, stderr says where it is",
    )
    quotes.add_argument(
        "--explain", action="store_true", help="tell which rule graded each quotation"
    )
    quotes.set_defaults(command="check-quotes")


def _describe_explain(commands: _Commands, common: _Parser) -> None:
    explain = commands.add_parser(
        "explain",
        parents=[common],
        help="show why each passage ranks where it does",
        description="Shows how a question was read and, for each passage found, what its score is "
        "made of and whether it answers.",
    )
    explain.add_argument(
        "question", nargs="+", metavar="QUESTION", help="question, as it would be asked"
    )
    explain.add_argument("--json", action="store_true", help="print a JSON object")
    explain.add_argument(
        "--limit",
        type=_positive,
        metavar="N",
        default=5,
        help="explain at most N passages (default: 5)",
    )
    explain.set_defaults(command="explain")


def _describe_fetch(commands: _Commands, common: _Parser) -> None:
    fetch = commands.add_parser(
        "fetch",
        parents=[common],
        help="bring what is new from the sources in the settings",
        description="Asks the feeds and pages that the settings list under “sources” for what is "
        "new. What is certain is filed if its source is trusted; all else waits in incoming/ for "
        "“onrecord add”. Prints a line for each new statement. The exit code is 1 if a source, or "
        "a document that it names, could not be fetched or read.",
    )
    fetch.add_argument(
        "sources",
        nargs="*",
        metavar="URL",
        help="only these of the sources, even if they failed a short while ago",
    )
    fetch.add_argument("--due", action="store_true", help="only the sources whose time has come")
    fetch.set_defaults(command="fetch")


def _describe_run(commands: _Commands, common: _Parser) -> None:
    run = commands.add_parser(
        "run",
        parents=[common],
        help=f"run the bot; {TOKEN_VARIABLE} must be set",
        description=f"Runs the Telegram bot, as a bare onrecord does if {TOKEN_VARIABLE} is set. "
        "Without it the exit code is 2, and no chat in the terminal begins: so write it where the "
        "bot is started by a service or a container.",
    )
    _describe_running(run)
    run.set_defaults(command="run")


def _describe_setup(commands: _Commands, common: _Parser) -> None:
    setup = commands.add_parser(
        "setup",
        parents=[common],
        help="show what Telegram should know of the bot, and set it",
        description="Compares what Telegram knows of the bot with what it should: inline mode and "
        "its placeholder, guest mode, privacy mode, joining groups, the menus of commands and the "
        "texts of the profile. Shows what differs and asks whether to set it. What the Bot API "
        "server cannot set is left for @BotFather, with the command for it. The exit code is 1 if "
        "something that differs was not set.",
    )
    setup.add_argument("--yes", action="store_true", help="set it without asking")
    setup.set_defaults(command="setup")


def _describe_withdraw(commands: _Commands, common: _Parser) -> None:
    withdraw = commands.add_parser(
        "withdraw",
        parents=[common],
        help="quote a statement as current no more",
        description="Notes in a statement's file why it is withdrawn. It is searched and listed no "
        "more. Its id and its references still bring it, and every reply that shows it says why it "
        "is withdrawn. Prints the id and the path.",
    )
    withdraw.add_argument("id", metavar="ID", help="id of the statement: its file's name")
    withdraw.add_argument(
        "--why", required=True, metavar="WHY", help="why it is withdrawn, for the bot's users"
    )
    withdraw.set_defaults(command="withdraw")


def _describe_history(commands: _Commands, common: _Parser) -> None:
    history = commands.add_parser(
        "history",
        parents=[common],
        help="list the versions of a statement",
        description="Lists the versions of a statement, the oldest first: from when to when each "
        "was current, how many paragraphs it has, and which were added, removed or changed.",
    )
    history.add_argument("id", metavar="ID", help="id of the statement: its file's name")
    history.add_argument("--json", action="store_true", help="print a JSON object")
    history.set_defaults(command="history")


def _describe_add(commands: _Commands, common: _Parser) -> None:
    add = commands.add_parser(
        "add",
        parents=[common],
        help="put documents on record",
        description="Reads documents and files them as statements: text, Markdown, HTML, PDF, "
        "Word, OpenDocument, EPUB, RTF, e-mail, RSS and Atom, parliaments' XML; a folder or a zip "
        "of them; or a link. Asks for what a document does not say, unless an option says it. "
        "Prints the id and the path of each statement. Never overwrites a file; an amended text "
        "keeps the old one.",
    )
    add.add_argument(
        "files",
        nargs="+",
        metavar="FILE|FOLDER|URL|-",
        help="what to read; - is standard input",
    )
    add.add_argument("--title", help="title of the statement")
    add.add_argument(
        "--speaker",
        action="append",
        dest="speakers",
        metavar="NAME[; ROLE]",
        help="whose words they are; repeat it for more speakers, the main one first",
    )
    add.add_argument("--date", metavar="YYYY-MM-DD", help="day it was said")
    add.add_argument("--published", metavar="YYYY-MM-DD", help="day it was published, if later")
    add.add_argument(
        "--kind", help="statement, remarks, report, joint statement, … (default: guessed)"
    )
    add.add_argument("--publisher", help="who published the text")
    add.add_argument("--url", help="address where it was published")
    add.add_argument("--language", metavar="TAG", help="en, ur, zh, … (default: en)")
    add.add_argument("--translation", help="official or unofficial, for a translation")
    add.add_argument("--id", help="id of the statement (default: from date and title)")
    add.add_argument(
        "--yes",
        action="store_true",
        help="file without a review what is certain; what is not is named, with the command for it",
    )
    add.add_argument(
        "--accept",
        action="append",
        default=[],
        choices=("ocr", "letters", "turn", "embargo", "conflict", "amended"),
        metavar="DOUBT",
        help="with --yes, file in spite of this doubt: ocr, letters, turn, embargo, conflict or "
        "amended; repeat it for more",
    )
    add.add_argument("--json", action="store_true", help="print a JSON object for each document")
    add.set_defaults(command="add")


def _setting(name: str) -> Callable[[str], object]:
    """Return the reader of an option that is also a setting: the settings file's own."""

    def read(text: str) -> object:
        try:
            return READERS[name](text)
        except ValueError as wrong:
            raise argparse.ArgumentTypeError(f"{wrong}.") from None

    return read


def _positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError(f"Give a whole number from 1 to 1000, not {text!r}.")
    return number
