"""The command line: what was typed, checked, and handed to the module that does it.

Exit codes: 0 done, or answered; 1 the answer is no (nothing on record answers, the check found
mistakes, a document was not filed); 2 it could not be done as asked; 3 Telegram cannot be reached.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.configuration import TOKEN_VARIABLE, Configuration, check_token, load_configuration
from index import OnRecordError, Record, load_record

_EXAMPLES = """\
examples:
  onrecord                                  chat in the terminal
  onrecord ask "What about Gwadar?"         one answer
  onrecord ask "Gwadar" --json | jq .hits   for other programs
  onrecord add speech.txt --title "Remarks to media" --speaker "Jiang Zaidong; Ambassador"
  onrecord check                            what is wrong with the statements, and the repair

exit codes: 0 done or answered, 1 nothing found or mistakes found, 2 could not be done as asked,
3 Telegram cannot be reached
"""


def run(arguments: Sequence[str]) -> int:
    """Do what *arguments* say; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Where a terminal cannot show a character, its number is better than no answer.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(arguments)
        # Not left for Python's exit, which would complain of a reader that has gone.
        sys.stdout.flush()
    except OnRecordError as error:
        sys.stderr.write(f"onrecord: {error}\n")
        return 2
    except BrokenPipeError:
        # Whoever read our output has read enough. Python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return code


def _run(arguments: Sequence[str]) -> int:
    if arguments and " " in arguments[0].strip():
        question = arguments[0].replace('"', "'")
        sys.stderr.write(f'onrecord: to ask a question, write: onrecord ask "{question}"\n')
        return 2
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as told:
        # Help was printed (0), or what is wrong with the options (2).
        return int(told.code or 0)
    configuration = load_configuration(getattr(options, "config", None))
    if data := getattr(options, "data", None):
        configuration = dataclasses.replace(configuration, data=data)
    code: int = options.do(options, configuration)
    return code


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--data", type=Path, metavar="DIR", help="the folder that holds statements/ (./data)"
    )
    common.add_argument(
        "--config", type=Path, metavar="FILE", help="the settings (./onrecord.yaml, if it is there)"
    )
    parser = argparse.ArgumentParser(
        prog="onrecord",
        description="Answers a question with the exact words of an official statement, and says "
        "where they stand. Without a command: the Telegram bot if "
        f"{TOKEN_VARIABLE} is set, otherwise a chat in the terminal.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    parser.add_argument(
        "--version", action="store_const", dest="do", const=_version, help="show the version"
    )
    parser.set_defaults(do=_converse)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _describe_ask(commands, common)
    _describe_add(commands, common)
    check = commands.add_parser(
        "check",
        parents=[common],
        help="every problem in the data, where it is and how to repair it",
        description="Lists every problem in the statements with its file, line and repair. "
        "Leaves with 1 if a statement is left out because of one; warnings alone leave with 0.",
    )
    check.set_defaults(do=_check)
    evaluate = commands.add_parser(
        "evaluate",
        parents=[common],
        help="recall, reciprocal rank and refusals over questions with known answers",
        description="Asks questions whose answers are known. A folder brings its own "
        "statements.jsonl and questions.jsonl; single files of questions are asked of the record.",
    )
    evaluate.add_argument("paths", nargs="+", type=Path, metavar="DIR|FILE")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object for each")
    evaluate.set_defaults(do=_evaluate)
    return parser


def _describe_ask(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
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
    ask.set_defaults(do=_ask)


def _describe_add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    add = commands.add_parser(
        "add",
        parents=[common],
        help="put documents on record",
        description="Files plain texts as statements. What a text does not tell is asked for, or "
        "taken from the options. Prints the id and the path of each statement written. Nothing "
        "is ever overwritten.",
    )
    add.add_argument("files", nargs="+", type=Path, metavar="FILE", help="plain text in UTF-8")
    add.add_argument("--title")
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
    add.add_argument("--publisher")
    add.add_argument("--url", help="where it was published")
    add.add_argument("--language", metavar="TAG", help="en, ur, zh, … (en)")
    add.add_argument("--translation", help="official or unofficial, if it is one")
    add.add_argument("--id", help="what to file it under (made from date and title)")
    add.add_argument(
        "--yes", action="store_true", help="do not review, if nothing required is missing"
    )
    add.set_defaults(do=_add)


def _positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1000")
    return number


# The modules that a command needs are imported when it runs: half of them cost more than an answer.
# ruff: noqa: PLC0415


def _version(_: argparse.Namespace, __: Configuration) -> int:
    from importlib.metadata import version

    print("onrecord", version("onrecord"))
    return 0


def _converse(_: argparse.Namespace, configuration: Configuration) -> int:
    from bot.loading import load_index
    from bot.speaking import phrases

    if not configuration.token:
        from bot.terminal import run_chat

        index = load_index(configuration.data)
        return run_chat(index, phrases(), configuration.passages)

    check_token(configuration.token)
    from bot.application import run_bot
    from bot.logs import set_up_logging

    set_up_logging(configuration.log, configuration.token)
    # Until the bot has handlers of its own. As process 1 of a container it would else hear nothing.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    return run_bot(configuration, load_index(configuration.data), phrases())


def _ask(options: argparse.Namespace, configuration: Configuration) -> int:
    from bot.json_output import answer_object
    from bot.loading import load_index
    from bot.screen import Screen
    from bot.speaking import phrases

    index = load_index(configuration.data)
    # Bytes that are no text arrive from the shell as half characters, which cannot be printed.
    question = options.question.encode("utf-8", "replace").decode()
    began = time.perf_counter()
    answer = index.ask(question, options.limit or (5 if options.json else 1))
    milliseconds = (time.perf_counter() - began) * 1000
    if options.json:
        print(json.dumps(answer_object(answer, milliseconds), ensure_ascii=False))
    else:
        screen = Screen(phrases())
        if not answer.answered:
            screen.nothing_found(answer)
        for number, hit in enumerate(answer.hits if answer.answered else ()):
            if number:
                screen.line("")
            screen.passage(hit)
    return 0 if answer.answered else 1


def _add(options: argparse.Namespace, configuration: Configuration) -> int:
    from bot.filing_dialogue import add_documents
    from index import Fields

    names = (field.name for field in dataclasses.fields(Fields))
    given = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    if len(options.files) > 1 and (options.title or options.id):
        sys.stderr.write(
            "onrecord: --title and --id name one statement; add the files one by one.\n"
        )
        return 2
    return add_documents(
        options.files, given, options.id or "", configuration.data, without_review=options.yes
    )


def _check(_: argparse.Namespace, configuration: Configuration) -> int:
    from bot.speaking import phrases

    record = load_record(configuration.data)
    for problem in sorted(record.problems, key=lambda one: (str(one.path), one.line or 0)):
        print(f"{'warning' if problem.warning else 'mistake'}: {problem}")
    mistakes = sum(not problem.warning for problem in record.problems)
    say, searched = phrases(), record.coverage()
    counts = f"{say.statements(searched.statements)} ({say.paragraphs(searched.paragraphs)})"
    warnings = len(record.problems) - mistakes
    print(f"{counts} on record; {_count(mistakes, 'mistake')}, {_count(warnings, 'warning')}.")
    return 1 if mistakes else 0


def _evaluate(options: argparse.Namespace, configuration: Configuration) -> int:
    from bot.loading import load_index
    from index import Index, evaluate, load_questions, load_set

    own: Index | None = None
    for path in options.paths:
        if path.is_dir():
            record, questions = load_set(path)
            index = Index(record)
        else:
            own = own or load_index(configuration.data)
            index, questions = own, load_questions(path)
        figures = dataclasses.asdict(evaluate(index, questions))
        if options.json:
            print(json.dumps({name: _rounded(value) for name, value in figures.items()}))
        else:
            print(f"{path}: {searched_line(index.record)}")
            for name, value in figures.items():
                print(f"  {name:<16}{_rounded(value)}")
    return 0


def searched_line(record: Record) -> str:
    """Return how large *record* is, in a few words."""
    from bot.speaking import phrases

    say, searched = phrases(), record.coverage()
    return f"{say.statements(searched.statements)}, {say.paragraphs(searched.paragraphs)}"


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else round(value, 4)


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
